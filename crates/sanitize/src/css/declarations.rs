//! A list of declarations: a style attribute, or the inside of a rule.

use cssparser::{CowRcStr, DeclarationParser, Parser, ParserState, RuleBodyParser};

use super::costs::plainer;
use super::paper::{self, Papers};
use super::property::{Kind, is_colour, kind, only_paints, role};
use super::value::{note_urls, value};
use super::variables::{Own, text_of};
use super::{Found, ParseError, Refused, Sight, Variables, refused};
use crate::lower::lower;

/// What may stay of a style attribute, written anew. Empty if nothing may.
pub(crate) fn declarations(css: &str, sight: Sight<'_>) -> String {
    let mut text = String::with_capacity(css.len() + css.len() / 4);
    read(&mut Parser::new(css), sight, &mut text);
    text
}

/// Whether a style makes its element invisible, as trackers are. `css` is any style attribute, its names filled in.
pub(crate) fn hides(css: &str) -> bool {
    declare_hidden(&declarations(
        &css.to_ascii_lowercase(),
        Sight::bare(&Found::default()),
    ))
}

/// The same of declarations that are clean and in lower case.
pub(super) fn declare_hidden(clean: &str) -> bool {
    let (mut narrow, mut low, mut away, mut absolute) = (false, false, false, false);
    for declaration in clean.split("; ") {
        let declaration = declaration.trim_end_matches(" !important");
        let Some((name, value)) = declaration.split_once(": ") else {
            continue;
        };
        match name {
            "display" if value == "none" => return true,
            "visibility" if matches!(value, "hidden" | "collapse") => return true,
            // Fainter than anybody sees.
            "opacity" if value.parse::<f32>().is_ok_and(|opacity| opacity <= 0.05) => return true,
            "width" | "max-width" => narrow |= is_tiny(value),
            "height" | "max-height" => low |= is_tiny(value),
            "position" => absolute = value == "absolute",
            name if name.starts_with("inset") => {
                away |= value.split(' ').filter_map(pixels).any(|at| at <= -500.0);
            }
            "left" | "top" | "right" | "bottom" => away |= pixels(value).is_some_and(|at| at <= -500.0),
            "margin-left" | "margin-top" if pixels(value).is_some_and(|at| at <= -500.0) => return true,
            _ => {}
        }
    }
    narrow && low || absolute && away
}

/// Whether nothing of this length can be seen.
fn is_tiny(value: &str) -> bool {
    pixels(value).is_some_and(|length| length < 2.0)
}

/// A fixed length in pixels.
fn pixels(value: &str) -> Option<f32> {
    const UNITS: [(&str, f32); 9] = [
        ("px", 1.0),
        ("pt", 4.0 / 3.0),
        ("pc", 16.0),
        ("in", 96.0),
        ("cm", 37.8),
        ("mm", 3.78),
        ("rem", 16.0),
        ("em", 16.0),
        ("", 1.0),
    ];
    UNITS
        .iter()
        .find_map(|(unit, times)| Some(value.strip_suffix(unit)?.parse::<f32>().ok()? * times))
}

/// Whether a style, its names filled in, makes the words of its element invisible.
pub(crate) fn hides_text(css: &str) -> bool {
    if hides(css) {
        return true;
    }
    let clean = declarations(&css.to_ascii_lowercase(), Sight::bare(&Found::default()));
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
        || has("-webkit-text-fill-color", &["transparent"])
        || has("overflow", &["hidden"])
            && ["width", "max-width", "height", "max-height"]
                .iter()
                .any(|name| has(name, &nothing))
}

/// Reads declarations to the end of the input or block, and writes what may stay of them.
pub(super) fn read(input: &mut Parser, sight: Sight<'_>, to: &mut String) {
    let mut reader = Declarations {
        sight,
        own: Own::new(),
        papers: Papers::default(),
        start: to.len(),
        text: to,
    };
    // What was refused is cut off again; the iterator goes on behind it.
    for _ in RuleBodyParser::new(input, &mut reader) {}
}

struct Declarations<'s, 't> {
    sight: Sight<'s>,
    /// Names that were given values here.
    own: Own,
    papers: Papers,
    text: &'t mut String,
    /// Where they begin in the text.
    start: usize,
}

impl<'i> DeclarationParser<'i> for Declarations<'_, '_> {
    type Declaration = ();
    type Error = Refused;

    fn parse_value(
        &mut self,
        name: CowRcStr<'i>,
        input: &mut Parser<'i>,
        _start: &ParserState,
    ) -> Result<(), ParseError> {
        if name.starts_with("--") && self.sight.variables().is_some() {
            if let Some(value) = text_of(input) {
                self.own.insert(name.as_ref().to_owned(), value);
            }
            return refused();
        }
        let name = lower(&name);
        let Some(kind) = kind(&name) else {
            note_urls(input, self.sight.found);
            return refused();
        };
        match self.filled(input) {
            None => self.declare(&name, kind, input),
            Some(text) => self.declare(&name, kind, &mut Parser::new(&text)),
        }
    }
}

impl Declarations<'_, '_> {
    /// Writes a declaration whose names are filled in.
    fn declare(&mut self, name: &str, kind: Kind, input: &mut Parser) -> Result<(), ParseError> {
        let Sight { found, .. } = self.sight;
        // A paper is no more than its colour, whichever of its names it is given by.
        let name = match self.sight.only_paints() && name == "background" && paper::is_colour_alone(input) {
            true => "background-color",
            false => name,
        };
        let stays = !self.sight.only_paints() || only_paints(name);
        let before = self.text.len();
        if before > self.start {
            self.text.push_str("; ");
        }
        self.text.push_str(name);
        self.text.push_str(": ");
        let from = self.text.len();
        let role = match found.darkens() && stays {
            true => self.papers.role(name, input, self.sight),
            false => role(name),
        };
        if value(kind, input, self.sight.with_role(role), self.text).is_err() || !stays {
            self.text.truncate(before);
            return refused();
        }
        let value = self.text.get(from..).unwrap_or_default();
        if found.spent.take(name, value, || self.sight.elements()).is_none() {
            found.make_plainer();
            let Some(plainer) = plainer(name, value) else {
                self.text.truncate(before);
                return refused();
            };
            self.text.truncate(from);
            self.text.push_str(&plainer);
        }
        let value = self.text.get(from..).unwrap_or_default();
        if is_colour(name) && !matches!(value, "inherit" | "initial" | "transparent" | "none") {
            found.colour();
        }
        if found.darkens() {
            self.papers.written(self.text, from);
        }
        Ok(())
    }

    /// A value with its names filled in, where it has any. What cannot be filled in is no value of anything.
    fn filled(&self, input: &mut Parser) -> Option<String> {
        let variables = self.sight.variables()?;
        let start = input.state();
        let from = input.position();
        while input.next().is_ok() {}
        let text = input.slice_from(from);
        if !Variables::are_asked_for(text) {
            input.reset(&start);
            return None;
        }
        Some(variables.filled(text, &self.own).unwrap_or_default())
    }
}

declarations_alone!(Declarations<'_, '_>);
