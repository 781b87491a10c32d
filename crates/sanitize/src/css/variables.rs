//! Values that have names (CSS Custom Properties, Level 1). A web view would carry them past every rule about what a value may
//! be; so they are filled in here, before a value is looked at, and no name and no `var()` is ever written.
//!
//! A name has the value that a sheet gives it for the whole letter, or else the last one that a sheet gives it anywhere outside
//! of a condition. Not here: names that have one value in one place and another in another.

use std::cell::Cell;
use std::collections::HashMap;

use cssparser::{
    AtRuleParser, CowRcStr, DeclarationParser, Parser, ParserState, QualifiedRuleParser, RuleBodyItemParser,
    RuleBodyParser, StyleSheetParser, Token,
};

use super::{ParseError, Refused, refused};

/// Names of one letter, and octets of the value of one.
const MOST: usize = 1_000;
const LONGEST: usize = 512;
/// Names that are filled in in one value, in each other and side by side, and octets of what it becomes.
const MOST_FILLED: usize = 64;
const LONGEST_FILLED: usize = 2_048;
/// Octets of all values of a letter in which names were filled in.
const MOST_OCTETS: usize = 512 * 1024;
/// Rules within rules that are followed.
const DEEPEST: usize = 4;

/// Names that one rule or attribute gives values to, which count before those of the letter.
pub(super) type Own = HashMap<String, String>;

pub(crate) struct Variables {
    /// So many sheets were read.
    read: usize,
    known: HashMap<String, Known>,
    /// Octets that may be filled in still.
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
        css.as_bytes()
            .windows(4)
            .any(|word| word.eq_ignore_ascii_case(b"var("))
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
        if self.left.get() == 0 {
            return None;
        }
        let mut filling = Filling {
            variables: self,
            own,
            left: MOST_FILLED,
            made: String::new(),
        };
        filling.fill(&mut Parser::new(value)).ok()?;
        let left = self.left.get().checked_sub(filling.made.len());
        self.left.set(left.unwrap_or_default());
        left.map(|_| filling.made)
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
    fn fill(&mut self, input: &mut Parser) -> Result<(), ParseError> {
        loop {
            let start = input.position();
            let Ok(token) = input.next_including_whitespace_and_comments().cloned() else {
                return Ok(());
            };
            match &token {
                Token::Comment(_) => self.push(" ")?,
                Token::Function(name) if name.eq_ignore_ascii_case("var") => {
                    input.parse_nested_block(|inside| self.name(inside))?;
                }
                Token::Function(_) | Token::ParenthesisBlock => {
                    self.push(input.slice_from(start))?;
                    input.parse_nested_block(|inside| self.fill(inside))?;
                    self.push(")")?;
                }
                Token::SquareBracketBlock | Token::CurlyBracketBlock => return refused(),
                _ => self.push(input.slice_from(start))?,
            }
        }
    }

    /// `--name`, or `--name, and what stands for it where it has no value`.
    fn name(&mut self, input: &mut Parser) -> Result<(), ParseError> {
        self.left = match self.left.checked_sub(1) {
            Some(left) => left,
            None => return refused(),
        };
        let name = input.expect_ident_cloned()?;
        let known = || self.variables.known.get(&*name).map(|known| &known.value);
        let value = self.own.get(&*name).or_else(known).cloned();
        if let Some(value) = value {
            while input.next().is_ok() {}
            // Beside what stands there already it must not become one word with it.
            self.push(" ")?;
            self.fill(&mut Parser::new(&value))?;
            return self.push(" ");
        }
        input.expect_comma()?;
        self.fill(input)
    }

    fn push(&mut self, text: &str) -> Result<(), ParseError> {
        if self.made.len() + text.len() > LONGEST_FILLED {
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

impl AtRuleParser<'_> for Values<'_> {
    type Prelude = ();
    type AtRule = ();
    type Error = Refused;
}

impl QualifiedRuleParser<'_> for Values<'_> {
    type Prelude = ();
    type QualifiedRule = ();
    type Error = Refused;
}

impl RuleBodyItemParser<'_, (), Refused> for Values<'_> {
    fn parse_declarations(&self) -> bool {
        true
    }

    fn parse_qualified(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(sheet: &str, value: &str) -> Option<String> {
        let mut variables = Variables::default();
        variables.read(&[sheet.to_owned()]);
        let words = variables.filled(value, &Own::new())?;
        Some(words.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn a_name_is_filled_in_with_the_value_that_holds_for_all() {
        let sheet = "p{--c:red} :root{--brand:#0a7 ; --edge:1px solid var(--brand);--Space: 8px!important} .a{--brand:blue}\
                     @media(max-width:9px){:root{--brand:black}} @media screen{html{--s:1}} @layer x{:root,:host{--l:2}}\
                     @media print{:root{--p:3}} .b{--once:4px} .c{--loop:var(--loop)}";
        for (value, made) in [
            ("var(--brand)", Some("#0a7")),
            ("VAR( --edge )", Some("1px solid #0a7")),
            ("calc(2 * var(--Space))", Some("calc(2 * 8px )")),
            ("var(--space)", None),
            ("var(--s)var(--l)", Some("1 2")),
            ("var(--p)", None),
            ("var(--none, var(--once))", Some("4px")),
            ("var(--none,)", Some("")),
            ("var(--c)/**/x", Some("red x")),
            ("var(--loop)", None),
            ("var(x)", None),
            ("var(--c) {}", None),
        ] {
            assert_eq!(filled(sheet, value).as_deref(), made, "{value}");
        }
    }

    #[test]
    fn names_within_names_take_no_more_than_a_value_may() {
        let mut sheet = String::from(":root{--a0:;--b0:xxxxxxxxxxxxxxxx;");
        for number in 1..20 {
            let before = number - 1;
            sheet += &format!("--a{number}:{};", format!("var(--a{before})").repeat(40));
            sheet += &format!("--b{number}:{};", format!("var(--b{before})").repeat(10));
        }
        for name in ["a19", "b19", "a3", "b2"] {
            assert_eq!(filled(&sheet, &format!("var(--{name})")), None, "{name}");
        }
        assert!(filled(&sheet, "var(--b1)").is_some());
        let mut variables = Variables::default();
        variables.read(&[format!(":root{{--x:{}}}", "y".repeat(LONGEST))]);
        let times = (0..10_000).filter(|_| variables.filled("var(--x)", &Own::new()).is_some());
        let times = times.count();
        assert!(times * LONGEST <= MOST_OCTETS && times > 900, "{times}");
    }
}
