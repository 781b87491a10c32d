//! A list of declarations: a style attribute, or the inside of a rule.

use cssparser::{
    AtRuleParser, CowRcStr, DeclarationParser, Parser, ParserState, QualifiedRuleParser, RuleBodyItemParser,
    RuleBodyParser, Token,
};

use super::dark::{Colour, function};
use super::property::{is_colour, kind};
use super::value::{note_urls, value};
use super::{Found, ParseError, Refused, refused};

/// What may stay of a style attribute, written anew. Empty if nothing may.
pub(crate) fn declarations(css: &str, found: &Found) -> String {
    read(&mut Parser::new(css), found)
}

/// Whether a style makes its element invisible, as trackers are. `css` is any style attribute.
pub(crate) fn hides(css: &str) -> bool {
    let clean = declarations(&css.to_ascii_lowercase(), &Found::default());
    let (mut narrow, mut low) = (false, false);
    for declaration in clean.split("; ") {
        let declaration = declaration.trim_end_matches(" !important");
        let Some((name, value)) = declaration.split_once(": ") else {
            continue;
        };
        match (name, value) {
            ("display", "none") | ("visibility", "hidden" | "collapse") | ("opacity", "0" | "0.0") => {
                return true;
            }
            ("width" | "max-width", "0" | "0px" | "1px") => narrow = true,
            ("height" | "max-height", "0" | "0px" | "1px") => low = true,
            _ => {}
        }
    }
    narrow && low
}

/// Whether a style makes the words of its element invisible.
pub(crate) fn hides_text(css: &str) -> bool {
    if hides(css) {
        return true;
    }
    let clean = declarations(&css.to_ascii_lowercase(), &Found::default());
    let has = |name: &str, values: &[&str]| {
        clean.split("; ").any(|declaration| {
            let declaration = declaration.trim_end_matches(" !important");
            declaration
                .split_once(": ")
                .is_some_and(|(known, value)| known == name && values.contains(&value))
        })
    };
    let nothing = ["0", "0px", "1px"];
    has("font-size", &nothing)
        || has("color", &["transparent"])
        || has("overflow", &["hidden"])
            && ["width", "max-width", "height", "max-height"]
                .iter()
                .any(|name| has(name, &nothing))
}

/// Reads declarations to the end of the input or block.
pub(super) fn read(input: &mut Parser, found: &Found) -> String {
    let mut reader = Declarations {
        found,
        text: String::new(),
    };
    // What was refused is simply not written; the iterator goes on behind it.
    for _ in RuleBodyParser::new(input, &mut reader) {}
    reader.text
}

struct Declarations<'f> {
    found: &'f Found,
    text: String,
}

impl<'i> DeclarationParser<'i> for Declarations<'_> {
    type Declaration = ();
    type Error = Refused;

    fn parse_value(
        &mut self,
        name: CowRcStr<'i>,
        input: &mut Parser<'i>,
        _start: &ParserState,
    ) -> Result<(), ParseError> {
        let name = name.to_ascii_lowercase();
        let Some(kind) = kind(&name) else {
            note_urls(input, self.found);
            return refused();
        };
        if self.found.darkens() && matches!(name.as_str(), "background" | "background-color") {
            note_paper(input, self.found);
        }
        let value = value(kind, input, self.found)?;
        if is_colour(&name) && !matches!(value.as_str(), "inherit" | "initial" | "transparent" | "none") {
            self.found.colour();
        }
        if !self.text.is_empty() {
            self.text.push_str("; ");
        }
        self.text.push_str(&name);
        self.text.push_str(": ");
        self.text.push_str(&value);
        Ok(())
    }
}

/// Looks for the colour of a paper without taking anything from the input.
fn note_paper(input: &mut Parser, found: &Found) {
    let start = input.state();
    while let Ok(token) = input.next().cloned() {
        let colour = match &token {
            Token::Ident(word) => Colour::named(word),
            Token::Hash(digits) | Token::IDHash(digits) => Colour::digits(digits),
            Token::Function(name) => input.parse_nested_block(|inside| function(name, inside)).ok(),
            _ => None,
        };
        if let Some(colour) = colour {
            found.paper(colour.is_dark_paper());
            break;
        }
    }
    input.reset(&start);
}

impl AtRuleParser<'_> for Declarations<'_> {
    type Prelude = ();
    type AtRule = ();
    type Error = Refused;
}

impl QualifiedRuleParser<'_> for Declarations<'_> {
    type Prelude = ();
    type QualifiedRule = ();
    type Error = Refused;
}

impl RuleBodyItemParser<'_, (), Refused> for Declarations<'_> {
    fn parse_declarations(&self) -> bool {
        true
    }

    fn parse_qualified(&self) -> bool {
        false
    }
}
