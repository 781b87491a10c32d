//! A style attribute with the values of its names in their places, so that whoever looks at it next, for what is hidden, for
//! pictures, for what may stay, looks at the same. Not here: what any of it means.

use cssparser::{CowRcStr, DeclarationParser, Parser, ParserState, RuleBodyParser};

use super::variables::{Own, text_of};
use super::{ParseError, Refused, Variables, refused};

/// The style with every name filled in. A declaration that cannot be filled in is left out; nothing else is.
pub(crate) fn filled(css: &str, variables: &Variables) -> String {
    let mut reader = Filled {
        variables,
        own: Own::new(),
        text: String::with_capacity(css.len()),
    };
    for _ in RuleBodyParser::new(&mut Parser::new(css), &mut reader) {}
    reader.text
}

struct Filled<'v> {
    variables: &'v Variables,
    /// Names that were given values here.
    own: Own,
    text: String,
}

impl<'i> DeclarationParser<'i> for Filled<'_> {
    type Declaration = ();
    type Error = Refused;

    fn parse_value(
        &mut self,
        name: CowRcStr<'i>,
        input: &mut Parser<'i>,
        start: &ParserState,
    ) -> Result<(), ParseError> {
        if name.starts_with("--") {
            if let Some(value) = text_of(input) {
                self.own.insert(name.as_ref().to_owned(), value);
            }
            return Ok(());
        }
        let from = input.position();
        while input.next().is_ok() {}
        let (called, value) = (input.slice(start.position()..from), input.slice_from(from));
        let filled = match Variables::are_asked_for(value) {
            true => self.variables.filled(value, &self.own),
            false => Some(value.to_owned()),
        };
        let Some(filled) = filled else {
            return refused();
        };
        self.text.push_str(called);
        self.text.push_str(&filled);
        self.text.push(';');
        Ok(())
    }
}

declarations_alone!(Filled<'_>);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_give_way_to_their_values_and_the_rest_stays_as_it_is() {
        let mut variables = Variables::default();
        variables.read(&[":root{--n:none;--c:#0a7}".to_owned()]);
        for (css, made) in [
            ("display:var(--n)", "display: none ;"),
            ("DISPLAY : var(--n) !important", "DISPLAY :  none  !important;"),
        ] {
            assert_eq!(filled(css, &variables), made, "{css}");
        }
    }
}
