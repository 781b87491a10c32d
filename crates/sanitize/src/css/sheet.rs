//! A whole style sheet: rules, and rules under `@media`. Every other at-rule goes: `@import`, `@font-face` and
//! `@namespace` load, `@keyframes` moves, and the rest no letter needs.

use cssparser::{
    AtRuleParser, CowRcStr, DeclarationParser, Parser, ParserState, QualifiedRuleParser, RuleBodyItemParser,
    RuleBodyParser, StyleSheetParser, Token,
};

use super::declarations::read;
use super::selector::selectors;
use super::writer::Writer;
use super::{Found, ParseError, Refused, refused};

/// `@media` in `@media` deeper than this is nothing a letter needs.
const DEEPEST: usize = 4;

/// What may stay of a style sheet, written anew, one rule a line.
pub(crate) fn sheet(css: &str, found: &Found) -> String {
    let mut rules = Rules {
        found,
        depth: 0,
        text: String::new(),
    };
    for _ in StyleSheetParser::new(&mut Parser::new(css), &mut rules) {}
    rules.text
}

struct Rules<'f> {
    found: &'f Found,
    depth: usize,
    text: String,
}

impl<'i> QualifiedRuleParser<'i> for Rules<'_> {
    type Prelude = String;
    type QualifiedRule = ();
    type Error = Refused;

    fn parse_prelude(&mut self, input: &mut Parser<'i>) -> Result<String, ParseError> {
        // A rule without a good selector is still read, so that what it would have loaded is counted.
        Ok(selectors(input).unwrap_or_default())
    }

    fn parse_block(
        &mut self,
        selectors: String,
        _start: &ParserState,
        input: &mut Parser<'i>,
    ) -> Result<(), ParseError> {
        let declarations = read(input, self.found);
        if !selectors.is_empty() && !declarations.is_empty() {
            self.text.push_str(&selectors);
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
        if !name.eq_ignore_ascii_case("media") || self.depth >= DEEPEST {
            return refused();
        }
        let mut writer = Writer::new();
        media(input, &mut writer)?;
        Ok(writer.finish())
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
        };
        for _ in RuleBodyParser::new(input, &mut inside) {}
        if !inside.text.is_empty() {
            self.text.push_str("@media ");
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

/// A media query of words, numbers and brackets. Queries for a dark scheme go: the paper of a letter with colours
/// is white whatever the system likes, and the app's look is not the system's.
fn media(input: &mut Parser, writer: &mut Writer) -> Result<(), ParseError> {
    while let Ok(token) = input.next_including_whitespace().cloned() {
        match &token {
            Token::Ident(word) if word.eq_ignore_ascii_case("prefers-color-scheme") => return refused(),
            Token::WhiteSpace(_)
            | Token::Ident(_)
            | Token::Number { .. }
            | Token::Dimension { .. }
            | Token::Colon
            | Token::Comma
            | Token::Delim('/') => writer.token(&token)?,
            Token::ParenthesisBlock => {
                writer.token(&token)?;
                input.parse_nested_block(|inside| media(inside, writer))?;
                writer.close(')');
            }
            _ => return refused(),
        }
    }
    Ok(())
}
