//! A whole style sheet: rules, and rules under `@media` and `@supports`. Every other at-rule goes: `@import`, `@font-face` and
//! `@namespace` load, `@keyframes` moves, and the rest no letter needs.

use cssparser::{
    AtRuleParser, CowRcStr, DeclarationParser, Parser, ParserState, QualifiedRuleParser, RuleBodyItemParser,
    RuleBodyParser, StyleSheetParser, Token,
};

use super::declarations::read;
use super::range::Range;
use super::selector::selectors;
use super::writer::Writer;
use super::{Found, ParseError, Refused, refused};

/// `@media` in `@media` deeper than this is nothing a letter needs.
const DEEPEST: usize = 4;

/// A web view holds each selector of a letter against each of its elements: so many comparisons a letter may cost.
const MOST_COMPARISONS: usize = 40_000_000;
/// More selectors than this no letter needs, and so many it may have however long it is, by what each costs.
const MOST_SELECTORS: usize = 20_000;
const ALWAYS: usize = 200;

/// What the selectors of all sheets of a letter may cost still.
pub(crate) struct Room {
    left: usize,
    /// So many elements stand side by side at the most, which is how far a selector may walk among siblings.
    widest: usize,
}

impl Room {
    /// For a letter with so many elements, so many of them side by side.
    pub(crate) fn for_letter(elements: usize, widest: usize) -> Self {
        Self {
            left: (MOST_COMPARISONS / elements.max(1)).clamp(ALWAYS, MOST_SELECTORS),
            widest,
        }
    }

    /// Takes what a selector costs, if there is room for it.
    fn take(&mut self, cost: usize) -> Option<()> {
        self.left = self.left.checked_sub(cost)?;
        Some(())
    }
}

/// What may stay of a style sheet, written anew, one rule a line.
pub(crate) fn sheet(css: &str, found: &Found, room: &mut Room) -> String {
    let mut rules = Rules {
        found,
        depth: 0,
        text: String::new(),
        room,
    };
    for _ in StyleSheetParser::new(&mut Parser::new(css), &mut rules) {}
    rules.text
}

struct Rules<'f> {
    found: &'f Found,
    depth: usize,
    text: String,
    room: &'f mut Room,
}

impl<'i> QualifiedRuleParser<'i> for Rules<'_> {
    type Prelude = (Vec<String>, usize);
    type QualifiedRule = ();
    type Error = Refused;

    fn parse_prelude(&mut self, input: &mut Parser<'i>) -> Result<(Vec<String>, usize), ParseError> {
        // A rule without a good selector is still read, so that what it would have loaded is counted.
        Ok(selectors(input, self.room.widest).unwrap_or_default())
    }

    fn parse_block(
        &mut self,
        (selectors, cost): (Vec<String>, usize),
        _start: &ParserState,
        input: &mut Parser<'i>,
    ) -> Result<(), ParseError> {
        let declarations = read(input, self.found);
        if !selectors.is_empty() && !declarations.is_empty() {
            if self.room.take(cost).is_none() {
                self.found.cut();
                return Ok(());
            }
            for (number, selector) in selectors.iter().enumerate() {
                self.text.push_str(if number > 0 { ", " } else { "" });
                self.text.push_str(selector);
            }
            self.text.push_str(" { ");
            self.text.push_str(&declarations);
            self.text.push_str(" }\n");
        }
        Ok(())
    }
}

impl<'i> AtRuleParser<'i> for Rules<'_> {
    type Prelude = String;
    type AtRule = ();
    type Error = Refused;

    fn parse_prelude(&mut self, name: CowRcStr<'i>, input: &mut Parser<'i>) -> Result<String, ParseError> {
        if self.depth >= DEEPEST {
            return refused();
        }
        let mut writer = Writer::new();
        if name.eq_ignore_ascii_case("media") {
            media(input, &mut writer)?;
            return Ok(format!("@media {}", writer.finish()));
        }
        if name.eq_ignore_ascii_case("supports") {
            supports(input, &mut writer)?;
            return Ok(format!("@supports {}", writer.finish()));
        }
        refused()
    }

    fn parse_block(
        &mut self,
        query: String,
        _start: &ParserState,
        input: &mut Parser<'i>,
    ) -> Result<(), ParseError> {
        let mut inside = Rules {
            found: self.found,
            depth: self.depth + 1,
            text: String::new(),
            room: self.room,
        };
        for _ in RuleBodyParser::new(input, &mut inside) {}
        if !inside.text.is_empty() {
            self.text.push_str(&query);
            self.text.push_str(" {\n");
            self.text.push_str(&inside.text);
            self.text.push_str("}\n");
        }
        Ok(())
    }
}

impl DeclarationParser<'_> for Rules<'_> {
    type Declaration = ();
    type Error = Refused;
}

impl RuleBodyItemParser<'_, (), Refused> for Rules<'_> {
    fn parse_declarations(&self) -> bool {
        false
    }

    fn parse_qualified(&self) -> bool {
        true
    }
}

/// What no letter may ask. A dark scheme: the paper of a letter with colours is white whatever the system likes, and the
/// app's look is not the system's. The height of the window, in any form: the frame is as high as its letter, so a letter
/// that is high in a low frame and low in a high one would never come to rest.
fn follows_frame(word: &str) -> bool {
    const FEATURES: [&str; 8] = [
        "prefers-color-scheme",
        "height",
        "min-height",
        "max-height",
        "aspect-ratio",
        "min-aspect-ratio",
        "max-aspect-ratio",
        "orientation",
    ];
    FEATURES.iter().any(|feature| feature.eq_ignore_ascii_case(word))
}

/// What a web view must know for rules to hold. It asks for nothing but that.
fn supports(input: &mut Parser, writer: &mut Writer) -> Result<(), ParseError> {
    while let Ok(token) = input.next_including_whitespace().cloned() {
        match &token {
            // What no element of a letter may be is not asked for either.
            Token::Ident(word) if super::property::is_barred(word) => return refused(),
            Token::WhiteSpace(_)
            | Token::Ident(_)
            | Token::Number { .. }
            | Token::Percentage { .. }
            | Token::Dimension { .. }
            | Token::Colon => writer.token(&token)?,
            Token::ParenthesisBlock => {
                writer.token(&token)?;
                input.parse_nested_block(|inside| supports(inside, writer))?;
                writer.close(')');
            }
            _ => return refused(),
        }
    }
    Ok(())
}

/// A media query of words, numbers and brackets.
fn media(input: &mut Parser, writer: &mut Writer) -> Result<(), ParseError> {
    while let Ok(token) = input.next_including_whitespace().cloned() {
        match &token {
            Token::Ident(word) if follows_frame(word) => return refused(),
            Token::WhiteSpace(_)
            | Token::Ident(_)
            | Token::Number { .. }
            | Token::Dimension { .. }
            | Token::Colon
            | Token::Comma
            | Token::Delim('/') => writer.token(&token)?,
            Token::ParenthesisBlock => match input.try_parse(|input| input.parse_nested_block(Range::read)) {
                Ok(range) => range.write(writer)?,
                Err(_) => {
                    writer.token(&token)?;
                    input.parse_nested_block(|inside| media(inside, writer))?;
                    writer.close(')');
                }
            },
            _ => return refused(),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
