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

    fn letters(sheet: &str) -> Variables {
        let mut variables = Variables::default();
        variables.read(&[sheet.to_owned()]);
        variables
    }

    /// What a style becomes, with one space where there are several.
    fn made(css: &str) -> String {
        let variables = letters(":root{--n:none;--c:#0a7;--loop:var(--pool);--pool:var(--loop);--s:\"a;b\"}");
        let words = filled(css, &variables);
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Each style, and what it becomes.
    fn all_made(styles: &[(&str, &str)]) {
        for (css, result) in styles {
            assert_eq!(made(css), *result, "{css}");
        }
    }

    #[test]
    fn names_give_way_to_their_values_and_the_rest_stays_as_it_is() {
        let variables = letters(":root{--n:none;--c:#0a7}");
        for (css, made) in [
            ("display:var(--n)", "display: none ;"),
            ("DISPLAY : var(--n) !important", "DISPLAY :  none  !important;"),
        ] {
            assert_eq!(filled(css, &variables), made, "{css}");
        }
    }

    #[test]
    fn what_stands_for_a_name_without_a_value_may_have_names_itself() {
        all_made(&[
            ("color:var(--x,red)", "color:red;"),
            ("color:var(--x,var(--y,var(--c)))", "color: #0a7 ;"),
            ("color:var(--x,var(--y,var(--z)));top:0", "top:0;"),
            ("color:var(--c,var(--y))", "color: #0a7 ;"),
            ("color:var(--x,rgb(1,var(--y,2),3))", "color:rgb(1,2,3);"),
            ("color:var(--x,)", "color:;"),
            ("color:var(--x", ""),
        ]);
    }

    #[test]
    fn own_names_count_before_those_of_the_letter_from_where_they_stand_on() {
        all_made(&[
            ("--n:block;display:var(--n)", "display: block ;"),
            ("display:var(--n);--n:block", "display: none ;"),
            ("--m:var(--n);display:var(--m)", "display: none ;"),
            ("--n:block!important;--n:flex;display:var(--n)", "display: flex ;"),
            ("--N:block;display:var(--n)", "display: none ;"),
        ]);
    }

    #[test]
    fn names_that_lead_back_to_themselves_have_no_value() {
        for css in [
            "color:var(--loop);top:0",
            "color:var(--loop,red);top:0",
            "--a:var(--a);color:var(--a);top:0",
            "--a:var(--b);--b:var(--c2,var(--a));color:var(--a);top:0",
        ] {
            assert_eq!(made(css), "top:0;", "{css}");
        }
    }

    #[test]
    fn what_is_left_open_ends_with_the_style() {
        all_made(&[
            ("top:0;color:var(--c", "top:0;color: #0a7 ;"),
            ("color:var(--x,rgb(1,2,3", "color:rgb(1,2,3);"),
            ("background:var(--x,url(a;b", "background:url(a;b);"),
            ("content:var(--x,\"a;display:none", "content:\"a;display:none\";"),
            ("color:var(--c)/*;display:none", "color: #0a7 ;"),
            ("color:var(--c)};display:none", "display:none;"),
            ("color:var(--c;display:none)", ""),
            ("color:var(--c x);top:0", "top:0;"),
        ]);
    }

    #[test]
    fn a_name_in_a_string_an_address_or_a_comment_is_none() {
        all_made(&[
            ("content:\"var(--n)\"", "content:\"var(--n)\";"),
            // A bracket in an address without quotes makes it none (CSS Syntax 3, section 4.3.6).
            ("background:url(var(--n));top:0", "top:0;"),
            ("background:url(\"var(--n)\")", "background:url(\"var(--n)\");"),
            ("color:red/*var(--n)*/", "color:red ;"),
            ("/*display:var(--n)*/top:0", "top:0;"),
            ("content:var(--s);top:0", "content: \"a;b\" ;top:0;"),
            ("x-var(--n):0;top:0", "top:0;"),
            ("width:calc-var(--n)", "width:calc-var(--n);"),
        ]);
    }

    #[test]
    fn a_style_of_any_length_takes_no_more_than_a_letter_may() {
        let variables = letters(&format!(":root{{--long:{}}}", "x".repeat(500)));
        let css = "color:var(--long);".repeat(100_000);
        let text = filled(&css, &variables);
        assert!(text.len() < 2 << 20, "{} octets were made", text.len());
        assert!(
            text.len() > 500_000,
            "as long as there is room they are filled in"
        );
        assert_eq!(
            filled("color:var(--long);top:0", &variables),
            "top:0;",
            "nothing is left"
        );
        let long = format!("--a:{};color:var(--a);top:0", "x".repeat(100_000));
        assert_eq!(
            filled(&long, &letters("")),
            "top:0;",
            "nobody writes so long a value"
        );
        let deep = format!(
            "color:var(--x,{}red{});top:0",
            "(".repeat(50_000),
            ")".repeat(50_000)
        );
        assert_eq!(filled(&deep, &letters("")), "top:0;");
        let nested = format!(
            "color:{}red{};top:0",
            "var(--x,".repeat(50_000),
            ")".repeat(50_000)
        );
        assert_eq!(filled(&nested, &letters("")), "top:0;");
    }
}
