//! The style sheets of a letter: rules, and rules under `@media`, `@supports`, `@container` and `@layer`. Every other at-rule
//! goes: `@import`, `@font-face` and `@namespace` load, `@keyframes` moves, and the rest no letter needs.

use std::cell::OnceCell;
use std::rc::Rc;

use cssparser::{
    AtRuleParser, CowRcStr, DeclarationParser, Parser, ParserState, QualifiedRuleParser, RuleBodyItemParser,
    RuleBodyParser, StyleSheetParser,
};

use super::declarations::{declarations, declare_hidden, read};
use super::glance::{asks_nothing, may_ask, silent_from};
use super::layers::{self, Layer, Layers};
use super::query::{Query, container, media, supports};
use super::room::{Room, Stands};
use super::selector::{Selectors, selectors};
use super::writer::Writer;
use super::{Found, ParseError, Refused, Sight, refused};

/// `@media` in `@media` deeper than this is nothing a letter needs.
const DEEPEST: usize = 4;

/// Octets of what a rule may be under.
const LONGEST_QUERY: usize = 1_000;

/// The sheets of a letter, read one after the other and written as one.
pub(crate) struct Sheets<'f> {
    room: Room<'f>,
    layers: Layers,
    /// The rules that stand in no layer.
    text: String,
}

impl<'f> Sheets<'f> {
    pub(crate) fn for_letter(letter: &Stands<'f>) -> Self {
        Self {
            room: Room::for_letter(letter),
            layers: Layers::default(),
            text: String::new(),
        }
    }

    pub(crate) fn read(&mut self, css: &str, sight: Sight<'_>) {
        self.text.reserve(css.len());
        let mut rules = Rules {
            css,
            silent_from: silent_from(css),
            sight,
            depth: 0,
            asks: false,
            is_looked_at: false,
            around: Vec::new(),
            layer: None,
            text: &mut self.text,
            room: &mut self.room,
            layers: &mut self.layers,
        };
        for _ in StyleSheetParser::new(&mut Parser::new(css), &mut rules) {}
    }

    /// What their selectors cost, with those of the parts before.
    pub(crate) fn taken(&self) -> usize {
        self.room.taken()
    }

    /// What may stay of them, written anew, one rule a line.
    pub(crate) fn finish(self) -> String {
        let mut text = self.layers.finish();
        match text.is_empty() {
            true => self.text,
            false => {
                text.push_str(&self.text);
                text
            }
        }
    }
}

struct Rules<'r, 'f, 's> {
    /// The whole sheet, and from where on nothing in it asks for a picture.
    css: &'r str,
    silent_from: usize,
    sight: Sight<'s>,
    /// So many rules are around these.
    depth: usize,
    /// They hold only where more is so than how wide something is.
    asks: bool,
    /// They do not hold here, and nothing of them is written.
    is_looked_at: bool,
    /// Under what they hold, the outermost first.
    around: Vec<Rc<str>>,
    layer: Option<Layer>,
    text: &'r mut String,
    room: &'r mut Room<'f>,
    layers: &'r mut Layers,
}

impl Rules<'_, '_, '_> {
    /// Reads the rules within one. `asks`: it is one for where more is so than how wide something is.
    fn inside(&mut self, query: Option<Rc<str>>, asks: bool, layer: Option<Layer>, input: &mut Parser) {
        let mut inside = Rules {
            css: self.css,
            silent_from: self.silent_from,
            sight: self.sight,
            depth: self.depth + 1,
            asks: self.asks || asks,
            is_looked_at: self.is_looked_at,
            around: self.around.iter().cloned().chain(query).collect(),
            layer,
            text: self.text,
            room: self.room,
            layers: self.layers,
        };
        for _ in RuleBodyParser::new(input, &mut inside) {}
    }

    /// Whether the block that begins there is seen to ask for no picture.
    fn asks_nothing(&self, from: usize) -> bool {
        from >= self.silent_from || asks_nothing(self.css, from)
    }

    /// Reads rules that do not hold here, for what they tell of their sender: whether there is a design for the dark. They are read as
    /// they would be if they held, and only where somebody wants to know.
    fn look_at_other_paper(&mut self, dark: bool, input: &mut Parser) {
        if !dark || !self.sight.found.darkens() {
            return;
        }
        let found = Found::darkening();
        let mut inside = Rules {
            css: self.css,
            silent_from: self.css.len(),
            sight: self.sight.asking().apart(&found),
            depth: self.depth + 1,
            asks: true,
            is_looked_at: true,
            around: Vec::new(),
            layer: None,
            text: &mut String::new(),
            room: self.room,
            layers: &mut Layers::default(),
        };
        for _ in RuleBodyParser::new(input, &mut inside) {}
        self.sight
            .found
            .step(usize::try_from(found.steps()).unwrap_or(usize::MAX));
        if found.is_dark_by_design() {
            self.sight.found.dark_design();
        }
    }

    /// Reads a rule that is only looked at. A button may be dark on any paper: what counts is the first paper below all of the letter.
    fn look_at_rule(&mut self, selectors: &Selectors, input: &mut Parser) {
        let found = Found::darkening();
        read(input, self.sight.apart(&found), &mut String::new());
        self.sight
            .found
            .step(usize::try_from(found.steps()).unwrap_or(usize::MAX));
        if let Some(is_dark) = found.first_paper()
            && !selectors.asks
            && self.room.ground.is_any_of(&selectors.kept)
        {
            self.sight.found.paper(is_dark);
        }
    }

    /// The rules within a query, with it around them.
    fn in_query(&mut self, query: Rc<str>, asks: bool, input: &mut Parser) {
        let before = self.text.len();
        self.text.push_str(&query);
        self.text.push_str(" {\n");
        let from = self.text.len();
        self.inside(Some(query), asks, self.layer, input);
        match self.text.len() > from {
            true => self.text.push_str("}\n"),
            false => self.text.truncate(before),
        }
    }
}

/// Rules with what stands around them.
fn within(around: &str, rules: &str) -> String {
    match rules.is_empty() {
        true => String::new(),
        false => format!("{around} {{\n{rules}}}\n"),
    }
}

impl<'i> QualifiedRuleParser<'i> for Rules<'_, '_, '_> {
    type Prelude = Selectors;
    type QualifiedRule = ();
    type Error = Refused;

    fn parse_prelude(&mut self, input: &mut Parser<'i>) -> Result<Selectors, ParseError> {
        // A rule without a good selector is still read, so that what it would have loaded is counted.
        Ok(selectors(input, self.room.widest).unwrap_or_default())
    }

    fn parse_block(
        &mut self,
        selectors: Selectors,
        _start: &ParserState,
        input: &mut Parser<'i>,
    ) -> Result<(), ParseError> {
        if self.is_looked_at {
            self.look_at_rule(&selectors, input);
            return Ok(());
        }
        let sight = match selectors.kept.is_empty() {
            true => self.sight.without_pictures(),
            // A picture that comes only where something is so would tell its sender that it is.
            false if self.asks || selectors.asks => self.sight.asking(),
            false if self.asks_nothing(input.position().byte_index()) => self.sight.unseen(false),
            false => self.sight.unseen(is_hidden(input, self.sight)),
        };
        let before = self.text.len();
        self.text.push_str(&selectors.kept);
        self.text.push_str(" { ");
        let from = self.text.len();
        let counted = OnceCell::new();
        let count = || {
            *counted.get_or_init(|| {
                self.sight.found.step(selectors.kept.len());
                self.room.census.count(&selectors.kept)
            })
        };
        let of_all = || !selectors.asks && self.room.ground.is_any_of(&selectors.kept);
        read(input, sight.counted(&count).of_all_where(&of_all), self.text);
        let says_nothing = selectors.kept.is_empty() || self.text.len() == from;
        let has_room = says_nothing || self.room.take(selectors.cost).is_some();
        if !has_room {
            self.sight.found.cut();
        }
        match has_room && !says_nothing {
            true => self.text.push_str(" }\n"),
            false => self.text.truncate(before),
        }
        Ok(())
    }
}

/// Whether a rule hides what it is for, as far as it says so itself. Nothing is taken from the input.
fn is_hidden(input: &mut Parser, sight: Sight<'_>) -> bool {
    let start = input.state();
    let from = input.position();
    while input.next().is_ok() {}
    let text = input.slice_from(from);
    sight.found.step(text.len());
    let is_hidden = may_ask(text)
        && declare_hidden(&declarations(text, sight.apart(&Found::default())).to_ascii_lowercase());
    input.reset(&start);
    is_hidden
}

/// A rule with rules in it.
enum Around {
    /// They hold where this does, which may ask for more than how wide something is.
    Query(Rc<str>, bool),
    /// They are for paper that is light where this is dark, or the other way round.
    OtherPaper { dark: bool },
    /// They stand in this layer; without a name, in one of their own.
    Layer(Vec<String>),
}

impl<'i> AtRuleParser<'i> for Rules<'_, '_, '_> {
    type Prelude = Around;
    type AtRule = ();
    type Error = Refused;

    fn parse_prelude(&mut self, name: CowRcStr<'i>, input: &mut Parser<'i>) -> Result<Around, ParseError> {
        if name.eq_ignore_ascii_case("import") {
            note_import(input, self.sight.found);
            return refused();
        }
        if self.depth >= DEEPEST {
            return refused();
        }
        if name.eq_ignore_ascii_case("layer") {
            return Ok(Around::Layer(layers::names(input)?));
        }
        let known = ["media", "supports", "container"];
        let known = known.into_iter().find(|known| name.eq_ignore_ascii_case(known));
        let mut words = format!("@{} ", known.unwrap_or_default());
        let mut writer = Writer::new(&mut words);
        let query = match known {
            Some("supports") => supports(input, &mut writer)?,
            Some("container") => container(input, &mut writer)?,
            Some(_) => media(input, &mut writer, self.sight.found.shows_dark_design())?,
            None => return refused(),
        };
        match query {
            Query::ForOtherPaper { dark } => Ok(Around::OtherPaper { dark }),
            Query::Holds { asks } if words.len() <= LONGEST_QUERY => Ok(Around::Query(words.into(), asks)),
            Query::Holds { .. } => refused(),
        }
    }

    fn rule_without_block(&mut self, around: Around, _start: &ParserState) -> Result<(), ()> {
        match around {
            // It says in which order they count.
            Around::Layer(names) if !names.is_empty() => {
                for name in names {
                    self.layers.named(&name, self.layer);
                }
                Ok(())
            }
            _ => Err(()),
        }
    }

    fn parse_block(
        &mut self,
        around: Around,
        _start: &ParserState,
        input: &mut Parser<'i>,
    ) -> Result<(), ParseError> {
        let names = match around {
            Around::Query(query, asks) => {
                self.in_query(query, asks, input);
                return Ok(());
            }
            Around::OtherPaper { dark } => {
                self.look_at_other_paper(dark, input);
                return Ok(());
            }
            Around::Layer(names) => names,
        };
        let name = match names.as_slice() {
            [] => "",
            [name] => name,
            _ => return refused(),
        };
        match self.layers.named(name, self.layer) {
            Some(layer) => {
                let mut inside = String::new();
                std::mem::swap(self.text, &mut inside);
                self.inside(None, false, Some(layer), input);
                std::mem::swap(self.text, &mut inside);
                let around = self.around.iter().rev();
                let whole = around.fold(inside, |rules, around| within(around, &rules));
                if self.layers.add(layer, &whole).is_none() {
                    self.sight.found.cut();
                }
            }
            // There are too many of them, and these count as they stand.
            None => {
                self.inside(None, false, self.layer, input);
            }
        }
        Ok(())
    }
}

/// Notes the sheet that would be brought in (CSS Cascading and Inheritance, Level 4, section 2).
fn note_import(input: &mut Parser, found: &Found) {
    if let Ok(url) = input.expect_url_or_string() {
        found.sheet(&url);
    }
}

impl DeclarationParser<'_> for Rules<'_, '_, '_> {
    type Declaration = ();
    type Error = Refused;
}

impl RuleBodyItemParser<'_, (), Refused> for Rules<'_, '_, '_> {
    fn parse_declarations(&self) -> bool {
        false
    }

    fn parse_qualified(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests;
