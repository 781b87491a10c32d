//! The papers of a block of declarations, and the borders that belong to one: a button's frame of its own colour is no line, and gets
//! no other colour than the button. Not here: what becomes of a colour.

use cssparser::{Parser, Token};

use super::Found;
use super::dark::{Colour, Role, function};
use super::property::role;

/// In pixels. A line that is wider is a piece of paper.
const WIDEST_LINE: f32 = 3.0;
/// Borders that are remembered of one block: more than an element has sides, in several ways of saying so.
const MOST_LINES: usize = 32;

/// What was seen of them as one declaration came after the other, where colours are changed for dark paper.
#[derive(Debug, Default)]
pub(super) struct Papers {
    paper: Option<Colour>,
    /// Borders that were written as lines: their colours as they were, and where they stand.
    lines: Vec<(Colour, usize)>,
    /// What is being written.
    now: Option<Seen>,
}

#[derive(Debug, Clone, Copy)]
enum Seen {
    Paper(Colour),
    Line(Colour),
}

impl Papers {
    /// What the colours of the declaration that comes next are for. Nothing is taken from the input. The paper is noted.
    pub(super) fn role(&mut self, name: &str, input: &mut Parser, found: &Found) -> Role {
        self.now = None;
        let role = role(name);
        match role {
            Role::Paper if matches!(name, "background" | "background-color") => {
                if let (Some(colour), _) = look(input) {
                    found.paper(colour.is_dark_paper());
                    self.paper = Some(colour);
                    self.now = Some(Seen::Paper(colour));
                }
            }
            Role::Line if name.starts_with("border") => {
                let (colour, is_wide) = look(input);
                if is_wide || colour.is_some() && colour == self.paper {
                    return Role::Paper;
                }
                self.now = colour.map(Seen::Line);
            }
            _ => {}
        }
        role
    }

    /// The declaration was written, its value from there on. Borders of the colour of a paper that comes after them are made part of it.
    pub(super) fn written(&mut self, text: &mut String, from: usize) {
        match self.now.take() {
            Some(Seen::Line(colour)) if self.lines.len() < MOST_LINES => self.lines.push((colour, from)),
            Some(Seen::Line(_)) => {}
            Some(Seen::Paper(paper)) => {
                let [line, paper_now] = [Role::Line, Role::Paper].map(|role| paper.on_dark(role).to_digits());
                // Both are as long, so that nothing moves. Each border is looked at once, however many papers follow.
                let lines = std::mem::take(&mut self.lines);
                for (_, at) in lines.into_iter().filter(|(colour, _)| *colour == paper) {
                    let end = text
                        .get(at..)
                        .and_then(|rest| rest.find(';'))
                        .map_or(text.len(), |end| at + end);
                    let value = text.get(at..end).map(|value| value.replace(&line, &paper_now));
                    if let Some(value) = value.filter(|value| value.len() == end - at) {
                        text.replace_range(at..end, &value);
                    }
                }
            }
            None => {}
        }
    }
}

/// The first colour of a value, and whether a width in it is more than a line's. Nothing is taken from the input.
fn look(input: &mut Parser) -> (Option<Colour>, bool) {
    let start = input.state();
    let (mut first, mut is_wide) = (None, false);
    while let Ok(token) = input.next().cloned() {
        match &token {
            Token::Dimension { value, unit, .. } => {
                let pixels = match &*unit.to_ascii_lowercase() {
                    "px" => *value,
                    "pt" => value * 4.0 / 3.0,
                    _ => value * 16.0,
                };
                is_wide |= pixels > WIDEST_LINE;
            }
            Token::Ident(word) if word.eq_ignore_ascii_case("thick") => is_wide = true,
            _ if first.is_none() => first = colour(&token, input),
            _ => {}
        }
    }
    input.reset(&start);
    (first, is_wide)
}

/// Whether a value is a colour and nothing else. Nothing is taken from the input.
pub(super) fn is_colour_alone(input: &mut Parser) -> bool {
    let start = input.state();
    let is_colour = input
        .next()
        .cloned()
        .is_ok_and(|token| colour(&token, input).is_some());
    let _ = input.try_parse(cssparser::parse_important);
    let is_alone = is_colour && input.is_exhausted();
    input.reset(&start);
    is_alone
}

/// The colour that begins with this token.
fn colour(token: &Token, input: &mut Parser) -> Option<Colour> {
    match token {
        Token::Ident(word) => Colour::named(word),
        Token::Hash(digits) | Token::IDHash(digits) => Colour::digits(digits),
        Token::Function(name) => input.parse_nested_block(|inside| function(name, inside)).ok(),
        _ => None,
    }
}
