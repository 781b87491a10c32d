//! What a person types into the search box, taken apart. docs/search.md is the same for people.
//!
//! Everything asked for must be there; words may be beginnings; `OR` between two things is content with one of them,
//! parentheses hold together; "phrases" stand in quotes and are whole; a minus or a `NOT` in front means not, and `AND` says
//! what holds without it; `from:`, `in:` and
//! their like stand in `operator.rs`. There is no query that cannot be asked: what cannot be meant so is taken as words,
//! and what is odd about it is told beside. Not here: any SQL.

use super::fold::folded;
use super::operator::{self, Asked, Meaning, Place, Wrong};
use super::token::{Kind, Token, is_quote, token};

/// Terms that are looked for. Nobody types more, and the index allows only so deep an expression.
const TERMS: usize = 48;

/// Parentheses within each other. The same goes for them.
const DEEPEST: usize = 12;

/// Characters of a query that are read.
const LONGEST: usize = 4000;

/// From this length on a word that is all letters also finds those that begin with it, so that `Rechnung` finds
/// `Rechnungsnummer` and `lamp` finds `lamps`.
const BEGINNING: usize = 4;

#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Query {
    /// `None`: there is nothing to look for.
    pub node: Option<Node>,
    /// The best matches first, rather than the newest.
    pub best: bool,
    pub faults: Vec<Fault>,
    /// What is asked for by a name that somebody has to know, and the piece in which it stands.
    pub named: Vec<(String, Asked)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Node {
    /// All of them must hold.
    All(Vec<Node>),
    /// One of them is enough.
    Any(Vec<Node>),
    Not(Box<Node>),
    Words(Words),
    Asked(Asked),
}

/// Words that stand beside each other in the index.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Words {
    pub place: Option<Place>,
    pub text: String,
    /// The last of them may be the beginning of one.
    pub beginning: bool,
}

/// What is odd about a query, and the piece of it that is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub piece: String,
    pub kind: FaultKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// The operator does not know what stands behind it.
    Value(Wrong),
    /// Nothing stands behind it.
    NoValue,
    /// An OR or an AND that has nothing on one of its sides.
    OneSided,
    /// Signs alone, which are not looked for.
    NoWord,
    /// A parenthesis that is not closed, or was not opened.
    Parenthesis,
    /// Quotes that are not closed.
    Quote,
    /// More is asked than can be looked for at once.
    TooMuch,
}

/// Takes a query apart.
pub(crate) fn parse(query: &str) -> Query {
    let shown = query.get(..query.floor_char_boundary(LONGEST)).unwrap_or(query);
    let mut parser = Parser {
        rest: shown.trim_start(),
        ended: shown.ends_with(char::is_whitespace),
        terms: 0,
        operator: None,
        signs: None,
        query: Query::default(),
    };
    if shown.len() < query.len() {
        parser.fault("…", FaultKind::TooMuch);
    }
    let node = parser.all(0);
    // Among words signs are no matter, as in `salt & pepper`.
    if node.is_none()
        && let Some(signs) = parser.signs
    {
        parser.fault(signs, FaultKind::NoWord);
    }
    Query { node, ..parser.query }
}

struct Parser<'a> {
    rest: &'a str,
    /// A space stands at the end: the last piece is not being typed any more.
    ended: bool,
    terms: usize,
    /// The operator in front of the parentheses that are open.
    operator: Option<&'a str>,
    /// A piece that is no word.
    signs: Option<&'a str>,
    query: Query,
}

impl<'a> Parser<'a> {
    /// What stands to the next closing parenthesis, or to the end.
    fn all(&mut self, depth: usize) -> Option<Node> {
        let mut choices: Vec<Vec<Node>> = Vec::new();
        let mut or = false;
        let mut before = Before::Nothing;
        while !self.rest.is_empty() {
            let (token, after) = token(self.rest, depth > 0);
            self.rest = after.trim_start();
            if token.kind == Kind::Close {
                if depth > 0 {
                    self.wants(&before);
                    return together(choices);
                }
                self.fault(token.whole, FaultKind::Parenthesis);
                continue;
            }
            let node = match token.kind {
                _ if self.is_binding(&token, &before) => {
                    // One that is left out, since it stands behind another such word, holds nothing together.
                    or |=
                        token.kind == Kind::Or && matches!(before, Before::Something) && !choices.is_empty();
                    before = self.bound(&token, before);
                    continue;
                }
                Kind::Open(name) => self.group(depth, name),
                _ => self.term(&token),
            };
            let is_turned = token.negative != before.turns();
            before = Before::Something;
            let Some(node) = node else { continue };
            let node = if is_turned {
                Node::Not(Box::new(node))
            } else {
                node
            };
            match choices.last_mut().filter(|_| or) {
                Some(choice) => choice.push(node),
                None => choices.push(vec![node]),
            }
            or = false;
        }
        if self.ended {
            self.wants(&before);
            if depth > 0 {
                self.fault("(", FaultKind::Parenthesis);
            }
        }
        together(choices)
    }

    /// Whether it says how others hold together. Where nothing stands before it and it is being typed, it may become a word: ORANGE.
    fn is_binding(&self, token: &Token<'a>, before: &Before<'a>) -> bool {
        let is_one = matches!(token.kind, Kind::Or | Kind::And | Kind::Not);
        is_one && !(matches!(before, Before::Nothing) && self.rest.is_empty() && !self.ended)
    }

    /// What an OR, an AND or a NOT makes of what stood before it. One that has nothing to bind is told, and means nothing.
    fn bound(&mut self, token: &Token<'a>, before: Before<'a>) -> Before<'a> {
        match (token.kind, before) {
            (Kind::Not, before) => Before::Not {
                turns: !before.turns(),
                whole: token.whole,
            },
            (_, Before::Something) => Before::Between(token.whole),
            (_, before) => {
                self.fault(token.whole, FaultKind::OneSided);
                before
            }
        }
    }

    /// Tells what nothing follows.
    fn wants(&mut self, before: &Before<'a>) {
        match before {
            Before::Nothing | Before::Something => {}
            Before::Between(whole) => self.fault(whole, FaultKind::OneSided),
            Before::Not { whole, .. } => self.fault(whole, FaultKind::NoValue),
        }
    }

    fn group(&mut self, depth: usize, name: Option<&'a str>) -> Option<Node> {
        if depth < DEEPEST {
            let around = self.operator;
            self.operator = name.or(around);
            let node = self.all(depth + 1);
            self.operator = around;
            return node;
        }
        self.fault("(", FaultKind::TooMuch);
        self.rest = "";
        None
    }

    fn term(&mut self, token: &Token<'a>) -> Option<Node> {
        let (name, text, quoted) = match token.kind {
            Kind::Text { name, text, quoted } => (name.or(self.operator), text, quoted),
            Kind::Or | Kind::And | Kind::Not => (None, token.whole, false),
            Kind::Open(_) | Kind::Close => return None,
        };
        if self.terms >= TERMS {
            if self.terms == TERMS {
                self.fault(token.whole, FaultKind::TooMuch);
            }
            self.terms += 1;
            return None;
        }
        let is_last = self.rest.is_empty() && !quoted;
        // What is being typed is not wrong yet.
        let finished = !is_last || self.ended;
        if finished && !quoted && token.whole.contains(is_quote) {
            self.fault(token.whole, FaultKind::Quote);
        }
        let words = |place, text: &str| {
            let text = text.trim();
            let read = folded(text);
            read.chars().any(char::is_alphanumeric).then(|| {
                Node::Words(Words {
                    place,
                    text: text.to_owned(),
                    beginning: !quoted && may_go_on(&read, is_last && !self.ended),
                })
            })
        };
        if name.is_some() && quoted && text.trim().is_empty() {
            self.fault(token.whole, FaultKind::NoValue);
            return None;
        }
        let node = match name {
            None => {
                let node = words(None, text);
                if finished && operator::is_bare(text) {
                    self.fault(token.whole, FaultKind::NoValue);
                }
                match (node, message_id(text)) {
                    // The letter of that name, and those in which it is spoken of.
                    (Some(node), Some(id)) => Some(Node::Any(vec![
                        Node::Asked(Asked::MessageId(id.to_owned())),
                        node,
                    ])),
                    (node, _) => node,
                }
            }
            Some(name) => match operator::meaning(name, text, is_last && !self.ended) {
                Meaning::In(place) => words(Some(place), text),
                Meaning::Is(asked) => {
                    if let Asked::Folder(_) | Asked::Account(_) = asked {
                        self.query.named.push((token.whole.to_owned(), asked.clone()));
                    }
                    Some(Node::Asked(asked))
                }
                Meaning::Best => {
                    self.query.best = true;
                    return None;
                }
                // What the operator does not know is looked for as it stands.
                Meaning::Unknown(wrong) => {
                    let node = words(None, &format!("{name}:{text}"));
                    if finished {
                        self.fault(token.whole, FaultKind::Value(wrong));
                    }
                    node
                }
            },
        };
        self.terms += usize::from(node.is_some());
        if node.is_none() && !text.trim().is_empty() {
            match name {
                // The words that stand beside it do not tell what it was to be.
                Some(_) if finished => self.fault(token.whole, FaultKind::NoWord),
                _ => self.signs = self.signs.or(Some(token.whole)),
            }
        }
        node
    }

    fn fault(&mut self, piece: &str, kind: FaultKind) {
        let fault = Fault {
            piece: piece.to_owned(),
            kind,
        };
        if !self.query.faults.contains(&fault) {
            self.query.faults.push(fault);
        }
    }
}

/// What stands before a piece of a query.
enum Before<'a> {
    /// It is the first, or the first in its parentheses.
    Nothing,
    Something,
    /// An OR or an AND.
    Between(&'a str),
    /// One NOT or more; two of them turn nothing round.
    Not {
        turns: bool,
        whole: &'a str,
    },
}

impl Before<'_> {
    fn turns(&self) -> bool {
        matches!(self, Before::Not { turns: true, .. })
    }
}

/// A Message-ID as other programs show it, in its brackets (RFC 5322, section 3.6.4).
fn message_id(text: &str) -> Option<&str> {
    let id = text.strip_prefix('<')?.strip_suffix('>')?;
    let (left, right) = id.split_once('@')?;
    let is_one = !left.is_empty() && !right.is_empty() && !id.contains(char::is_whitespace);
    is_one.then_some(id)
}

/// Whether the word may be the beginning of one. Numbers, addresses and ids are meant as they stand, once they are typed;
/// a single letter is the beginning of too much, whatever signs stand behind it (`C++`).
fn may_go_on(text: &str, typing: bool) -> bool {
    let length = text.chars().filter(|one| one.is_alphanumeric()).count();
    if typing {
        return length > 1;
    }
    length >= BEGINNING
        && text
            .chars()
            .all(|character| character.is_alphabetic() || character == '-')
}

fn together(choices: Vec<Vec<Node>>) -> Option<Node> {
    let mut all: Vec<Node> = choices
        .into_iter()
        .map(|mut choice| match choice.len() {
            1 => choice.remove(0),
            _ => Node::Any(choice),
        })
        .collect();
    match all.len() {
        0 => None,
        1 => all.pop(),
        _ => Some(Node::All(all)),
    }
}
