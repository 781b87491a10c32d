//! Selectors: elements, classes, ids, attributes and the plain pseudo-classes.
//!
//! Pseudo-elements of the browser's own widgets (`::placeholder`, `::file-selector-button`, `::-webkit-…`,
//! `::details-content`) are dropped: in them a style was seen to load pictures past the frame's policy.

use cssparser::{Parser, Token};

use super::writer::Writer;
use super::{ParseError, refused};

/// What may stay of a list of selectors.
#[derive(Debug, Default)]
pub(super) struct Selectors {
    /// With commas between them.
    pub(super) kept: String,
    /// What all of it costs.
    pub(super) cost: usize,
    /// One of them asks for what is not known before the letter is read: where the pointer is, which links were followed,
    /// what stands in an attribute that a letter quotes.
    pub(super) asks: bool,
}

/// What may stay of a list of selectors in a letter where so many elements stand side by side.
pub(super) fn selectors(input: &mut Parser, widest: usize) -> Result<Selectors, ParseError> {
    let mut made = Selectors {
        kept: String::with_capacity(32),
        ..Selectors::default()
    };
    input.parse_comma_separated(|input| {
        let before = made.kept.len();
        if before > 0 {
            made.kept.push_str(", ");
        }
        let (mut effort, mut writer) = (Effort::default(), Writer::new(&mut made.kept));
        let is_good = selector(input, &mut writer, &mut effort).is_ok() && !writer.is_empty();
        if is_good {
            made.cost = made.cost.saturating_add(effort.cost(widest));
            made.asks |= effort.asks;
        } else {
            made.kept.truncate(before);
        }
        // A refused selector must not take its neighbours with it, so its rest is read and forgotten here.
        while input.next().is_ok() {}
        Ok::<_, ParseError>(())
    })?;
    if made.kept.is_empty() { refused() } else { Ok(made) }
}

/// What a selector costs whoever looks for what it means. Each step between elements is looked for at every place where
/// the one before it was found, so the cost grows by a power with every step.
#[derive(Default)]
struct Effort {
    steps: usize,
    among_siblings: usize,
    /// Places among siblings that are counted: a web view counts them each time.
    counted: usize,
    pieces: usize,
    /// Selectors of attributes: each is held against the words of an element's attributes.
    attributes: usize,
    asks: bool,
}

impl Effort {
    /// Blanks around a sign are counted with it.
    const MOST_STEPS: usize = 24;
    const MOST_AMONG_SIBLINGS: usize = 3;
    const MOST_PIECES: usize = 64;

    /// In comparisons with each element, half of whose siblings stand on either side of it. Where one walk begins at
    /// every step of another, they multiply.
    fn cost(&self, widest: usize) -> usize {
        const OF_AN_ATTRIBUTE: usize = 10;
        let own = (self.steps + self.pieces + self.attributes * OF_AN_ATTRIBUTE).max(1);
        let walk = widest / 2 + 1;
        let walks = (0..self.among_siblings).fold(1_usize, |all, _| all.saturating_mul(walk));
        let counts = self.counted.saturating_mul(walk).saturating_add(1);
        own.saturating_mul(walks).saturating_mul(counts)
    }

    fn note(&mut self, token: &Token) -> Result<(), ParseError> {
        match token {
            Token::WhiteSpace(_) | Token::Delim('>' | '+') => self.steps += 1,
            Token::Delim('~') => {
                self.steps += 1;
                self.among_siblings += 1;
            }
            _ => self.pieces += 1,
        }
        if self.steps > Self::MOST_STEPS
            || self.among_siblings > Self::MOST_AMONG_SIBLINGS
            || self.pieces > Self::MOST_PIECES
        {
            return refused();
        }
        Ok(())
    }
}

fn selector(input: &mut Parser, writer: &mut Writer, effort: &mut Effort) -> Result<(), ParseError> {
    while let Ok(token) = input.next_including_whitespace().cloned() {
        effort.note(&token)?;
        match &token {
            Token::WhiteSpace(_)
            | Token::Ident(_)
            | Token::IDHash(_)
            | Token::Delim('*' | '>' | '+' | '~') => {
                writer.token(&token)?;
            }
            Token::Delim('.') => {
                writer.token(&token)?;
                match input.next_including_whitespace()?.clone() {
                    class @ Token::Ident(_) => writer.token(&class)?,
                    _ => return refused(),
                }
            }
            Token::SquareBracketBlock => {
                writer.token(&token)?;
                effort.attributes += 1;
                effort.asks |= input.parse_nested_block(|inside| attribute(inside, writer))?;
                writer.close(']');
            }
            Token::Colon => pseudo(input, writer, effort)?,
            _ => return refused(),
        }
    }
    Ok(())
}

/// Says whether it asks what stands in an attribute, other than in those that say how an element looks.
fn attribute(input: &mut Parser, writer: &mut Writer) -> Result<bool, ParseError> {
    let start = input.state();
    let asks = input.expect_ident().is_ok_and(|name| !is_in(name, OF_LOOKS));
    input.reset(&start);
    while let Ok(token) = input.next().cloned() {
        match &token {
            Token::Ident(_)
            | Token::QuotedString(_)
            | Token::Delim('=')
            | Token::IncludeMatch
            | Token::DashMatch
            | Token::PrefixMatch
            | Token::SuffixMatch
            | Token::SubstringMatch => writer.token(&token)?,
            _ => return refused(),
        }
    }
    Ok(asks)
}

fn pseudo(input: &mut Parser, writer: &mut Writer, effort: &mut Effort) -> Result<(), ParseError> {
    let mut next = input.next_including_whitespace()?.clone();
    let is_element = matches!(next, Token::Colon);
    writer.token(&Token::Colon)?;
    if is_element {
        writer.token(&Token::Colon)?;
        next = input.next_including_whitespace()?.clone();
    }
    match &next {
        Token::Ident(name) if is_element && is_pseudo_element(name) => writer.token(&next),
        Token::Ident(name) if !is_element && (is_pseudo_class(name) || is_pseudo_element(name)) => {
            effort.counted += usize::from(is_in(name, OF_TYPE));
            effort.asks |= is_in(name, OF_READER);
            writer.token(&next)
        }
        Token::Function(name) if !is_element && is_in(name, &["not", "is", "where"]) => {
            writer.token(&next)?;
            let mut is_first = true;
            input.parse_nested_block(|inside| {
                inside.parse_comma_separated(|one| {
                    if !std::mem::take(&mut is_first) {
                        writer.raw(", ");
                    }
                    selector(one, &mut writer.apart(), effort)
                })
            })?;
            writer.close(')');
            Ok(())
        }
        Token::Function(name) if !is_element && is_in(name, COUNTING) => {
            effort.counted += usize::from(!is_in(name, &["lang", "dir"]));
            writer.token(&next)?;
            input.parse_nested_block(|inside| counting(inside, writer))?;
            writer.close(')');
            Ok(())
        }
        _ => refused(),
    }
}

fn counting(input: &mut Parser, writer: &mut Writer) -> Result<(), ParseError> {
    while let Ok(token) = input.next_including_whitespace().cloned() {
        match &token {
            Token::WhiteSpace(_)
            | Token::Ident(_)
            | Token::Number { .. }
            | Token::Dimension { .. }
            | Token::Delim('+' | '-') => writer.token(&token)?,
            _ => return refused(),
        }
    }
    Ok(())
}

/// Attributes that say how an element looks, and nothing of whoever reads or of what is quoted.
const OF_LOOKS: &[&str] = &[
    "class",
    "id",
    "style",
    "width",
    "height",
    "align",
    "valign",
    "bgcolor",
    "border",
    "cellpadding",
    "cellspacing",
    "dir",
    "role",
];

const COUNTING: &[&str] = &[
    "nth-child",
    "nth-last-child",
    "nth-of-type",
    "nth-last-of-type",
    "lang",
    "dir",
];

const OF_TYPE: &[&str] = &["first-of-type", "last-of-type", "only-of-type"];

/// What they hold for is up to whoever reads, and to what was read before.
const OF_READER: &[&str] = &["link", "visited", "any-link", "hover", "active", "focus"];

fn is_pseudo_element(name: &str) -> bool {
    is_in(name, &["before", "after", "first-line", "first-letter"])
}

fn is_pseudo_class(name: &str) -> bool {
    const KNOWN: &[&str] = &[
        "link",
        "visited",
        "any-link",
        "hover",
        "active",
        "focus",
        "root",
        "empty",
        "first-child",
        "last-child",
        "only-child",
        "first-of-type",
        "last-of-type",
        "only-of-type",
    ];
    is_in(name, KNOWN)
}

fn is_in(name: &str, known: &[&str]) -> bool {
    known.iter().any(|one| one.eq_ignore_ascii_case(name))
}
