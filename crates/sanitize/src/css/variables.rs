//! Values that have names (CSS Custom Properties, Level 1). A web view would carry them past every rule about what a value may
//! be; so they are filled in here, before a value is looked at, and no name and no `var()` is ever written.
//!
//! A name has the value that a sheet gives it for the whole letter, or else the last one that a sheet gives it anywhere outside
//! of a condition. Not here: names that have one value in one place and another in another.

use std::cell::Cell;
use std::collections::HashMap;

use cssparser::{
    AtRuleParser, CowRcStr, DeclarationParser, Parser, ParserState, QualifiedRuleParser, RuleBodyItemParser,
    RuleBodyParser, StyleSheetParser, ToCss, Token,
};

use super::glance::asks_for_names;
use super::{ParseError, Refused, refused};

/// Names of one letter, and octets of the value of one.
const MOST: usize = 1_000;
const LONGEST: usize = 512;
/// Names that are filled in in one value, in each other and side by side, and octets of what it becomes.
const MOST_FILLED: usize = 64;
const LONGEST_FILLED: usize = 2_048;
/// Octets of a letter that are read and written to fill names in, whether it comes to anything or not.
const MOST_OCTETS: usize = 1024 * 1024;
/// Brackets and names within each other in one value.
const DEEPEST_FILLED: usize = 75;
/// Rules within rules that are followed.
const DEEPEST: usize = 4;

/// Names that one rule or attribute gives values to, which count before those of the letter.
pub(super) type Own = HashMap<String, String>;

pub(crate) struct Variables {
    /// So many sheets were read.
    read: usize,
    known: HashMap<String, Known>,
    /// Octets that may be read and written still.
    left: Cell<usize>,
}

struct Known {
    value: String,
    /// It was given for the whole letter.
    is_for_all: bool,
}

impl Default for Variables {
    fn default() -> Self {
        Self {
            read: 0,
            known: HashMap::new(),
            left: Cell::new(MOST_OCTETS),
        }
    }
}

impl Variables {
    /// Whether a piece of style has a name in it that is to be filled in.
    pub(crate) fn are_asked_for(css: &str) -> bool {
        asks_for_names(css)
    }

    /// Reads the sheets that have come since the last time. Says how many octets those were.
    pub(crate) fn read(&mut self, sheets: &[String]) -> usize {
        let new = sheets.get(self.read..).unwrap_or_default();
        self.read = sheets.len();
        for css in new.iter().filter(|css| css.contains("--")) {
            let mut names = Names {
                variables: self,
                depth: 0,
            };
            for _ in StyleSheetParser::new(&mut Parser::new(css), &mut names) {}
        }
        new.iter().map(String::len).sum()
    }

    /// A value with all its names filled in. `None`: one of them has no value, or it would be too much.
    pub(super) fn filled(&self, value: &str, own: &Own) -> Option<String> {
        let mut filling = Filling {
            variables: self,
            own,
            left: MOST_FILLED,
            made: String::new(),
        };
        filling.read(value, 0).ok()?;
        Some(filling.made)
    }

    /// Octets that were read and written so far.
    pub(crate) fn spent(&self) -> usize {
        MOST_OCTETS.saturating_sub(self.left.get())
    }

    /// Takes so many octets from those that are left. `None`, with nothing left: they are too many.
    fn spend(&self, octets: usize) -> Option<()> {
        let left = self.left.get().checked_sub(octets);
        self.left.set(left.unwrap_or_default());
        left.map(|_| ())
    }

    fn give(&mut self, name: &str, value: String, is_for_all: bool) {
        let has_room = self.known.len() < MOST;
        match self.known.get_mut(name) {
            Some(known) if known.is_for_all && !is_for_all => {}
            Some(known) => *known = Known { value, is_for_all },
            None if has_room => {
                self.known.insert(name.to_owned(), Known { value, is_for_all });
            }
            None => {}
        }
    }
}

/// The text of a value, as it stands, without a word that makes it count more. `None`: it is too long.
pub(super) fn text_of(input: &mut Parser) -> Option<String> {
    let start = input.position();
    while input.next().is_ok() {}
    let text = input.slice_from(start).trim();
    let text = text.strip_suffix("!important").unwrap_or(text).trim_end();
    (text.len() <= LONGEST).then(|| text.to_owned())
}

struct Filling<'f> {
    variables: &'f Variables,
    own: &'f Own,
    left: usize,
    made: String,
}

impl Filling<'_> {
    /// A value, which costs as much as it is long.
    fn read(&mut self, value: &str, depth: usize) -> Result<(), ParseError> {
        match self.variables.spend(value.len()) {
            Some(()) => self.fill(&mut Parser::new(value), depth),
            None => refused(),
        }
    }

    fn fill(&mut self, input: &mut Parser, depth: usize) -> Result<(), ParseError> {
        if depth > DEEPEST_FILLED {
            return refused();
        }
        loop {
            let start = input.position();
            let Ok(token) = input.next_including_whitespace_and_comments().cloned() else {
                return Ok(());
            };
            match &token {
                Token::Comment(_) => self.push(" ")?,
                Token::Function(name) if name.eq_ignore_ascii_case("var") => {
                    input.parse_nested_block(|inside| self.name(inside, depth + 1))?;
                }
                Token::Function(_) | Token::ParenthesisBlock => {
                    self.push(input.slice_from(start))?;
                    input.parse_nested_block(|inside| self.fill(inside, depth + 1))?;
                    self.push(")")?;
                }
                Token::SquareBracketBlock
                | Token::CurlyBracketBlock
                | Token::Semicolon
                | Token::CloseParenthesis
                | Token::CloseSquareBracket
                | Token::CloseCurlyBracket
                | Token::BadString(_)
                | Token::BadUrl(_) => return refused(),
                // One that was left open must not reach into what stands behind it.
                Token::QuotedString(_) | Token::UnquotedUrl(_) => self.push(&token.to_css_string())?,
                _ => self.push(input.slice_from(start))?,
            }
        }
    }

    /// `--name`, or `--name, and what stands for it where it has no value`.
    fn name(&mut self, input: &mut Parser, depth: usize) -> Result<(), ParseError> {
        self.left = match self.left.checked_sub(1) {
            Some(left) => left,
            None => return refused(),
        };
        let name = input.expect_ident_cloned()?;
        let known = || self.variables.known.get(&*name).map(|known| &known.value);
        let value = self.own.get(&*name).or_else(known).cloned();
        if let Some(value) = value {
            // Nothing but what would stand for it may follow.
            if !input.is_exhausted() {
                input.expect_comma()?;
            }
            while input.next().is_ok() {}
            // Beside what stands there already it must not become one word with it.
            self.push(" ")?;
            self.read(&value, depth)?;
            return self.push(" ");
        }
        input.expect_comma()?;
        self.fill(input, depth)
    }

    fn push(&mut self, text: &str) -> Result<(), ParseError> {
        let fits = self.made.len() + text.len() <= LONGEST_FILLED;
        if !fits || self.variables.spend(text.len()).is_none() {
            return refused();
        }
        self.made.push_str(text);
        Ok(())
    }
}

/// Reads a sheet for the names in it.
struct Names<'v> {
    variables: &'v mut Variables,
    depth: usize,
}

impl<'i> QualifiedRuleParser<'i> for Names<'_> {
    type Prelude = bool;
    type QualifiedRule = ();
    type Error = Refused;

    /// Whether the rule is for the whole letter.
    fn parse_prelude(&mut self, input: &mut Parser<'i>) -> Result<bool, ParseError> {
        let start = input.position();
        while input.next().is_ok() {}
        let mut selectors = input.slice_from(start).split(',').map(str::trim);
        Ok(selectors.any(|one| matches!(one, ":root" | "html" | "body" | "*" | ":host")))
    }

    fn parse_block(
        &mut self,
        is_for_all: bool,
        _start: &ParserState,
        input: &mut Parser<'i>,
    ) -> Result<(), ParseError> {
        let mut values = Values {
            variables: self.variables,
            is_for_all,
        };
        for _ in RuleBodyParser::new(input, &mut values) {}
        Ok(())
    }
}

impl<'i> AtRuleParser<'i> for Names<'_> {
    type Prelude = ();
    type AtRule = ();
    type Error = Refused;

    /// What holds on every screen is read on.
    fn parse_prelude(&mut self, name: CowRcStr<'i>, input: &mut Parser<'i>) -> Result<(), ParseError> {
        let start = input.position();
        while input.next().is_ok() {}
        let query = input.slice_from(start).trim();
        let holds = name.eq_ignore_ascii_case("layer")
            || name.eq_ignore_ascii_case("media")
                && ["", "all", "screen", "only screen"]
                    .iter()
                    .any(|known| known.eq_ignore_ascii_case(query));
        if holds && self.depth < DEEPEST {
            Ok(())
        } else {
            refused()
        }
    }

    fn parse_block(&mut self, _: (), _start: &ParserState, input: &mut Parser<'i>) -> Result<(), ParseError> {
        let mut inside = Names {
            variables: self.variables,
            depth: self.depth + 1,
        };
        for _ in RuleBodyParser::new(input, &mut inside) {}
        Ok(())
    }
}

impl DeclarationParser<'_> for Names<'_> {
    type Declaration = ();
    type Error = Refused;
}

impl RuleBodyItemParser<'_, (), Refused> for Names<'_> {
    fn parse_declarations(&self) -> bool {
        false
    }

    fn parse_qualified(&self) -> bool {
        true
    }
}

/// Reads a rule for the names that it gives values to.
struct Values<'v> {
    variables: &'v mut Variables,
    is_for_all: bool,
}

impl<'i> DeclarationParser<'i> for Values<'_> {
    type Declaration = ();
    type Error = Refused;

    fn parse_value(
        &mut self,
        name: CowRcStr<'i>,
        input: &mut Parser<'i>,
        _start: &ParserState,
    ) -> Result<(), ParseError> {
        if !name.starts_with("--") {
            return refused();
        }
        if let Some(value) = text_of(input) {
            self.variables.give(&name, value, self.is_for_all);
        }
        Ok(())
    }
}

declarations_alone!(Values<'_>);

#[cfg(test)]
mod tests;
