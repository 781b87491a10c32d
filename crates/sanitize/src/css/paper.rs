//! The papers of a block of declarations, and the borders that belong to one: a button's frame of its own colour is no line, and gets
//! no other colour than the button. Not here: what becomes of a colour.

use cssparser::{Parser, Token};

use super::Sight;
use super::dark::{Colour, Role, function};
use super::property::role;

/// In pixels. A frame that is wider is a piece of paper. What stands on one side alone is a line however wide it is: the bar beside a
/// quote is to be seen.
const WIDEST_LINE: f32 = 3.0;
/// Borders that are remembered of one block: more than an element has sides, in several ways of saying so.
const MOST_LINES: usize = 32;

/// What was seen of them as one declaration came after the other, where colours are changed for dark paper.
#[derive(Debug, Default)]
pub(super) struct Papers {
    paper: Option<Colour>,
    /// Borders that were written as lines: their colours as they were, and where they stand.
    lines: Vec<Written>,
    /// The frame around is wider than a line, whatever its colour.
    is_framed: bool,
    /// What is being written.
    now: Option<Seen>,
}

#[derive(Debug, Clone, Copy)]
enum Seen {
    Paper(Colour),
    /// Whether it is all around.
    Line(Colour, bool),
    /// A frame is wider than a line.
    Frame,
}

impl Papers {
    /// What the colours of the declaration that comes next are for. Nothing is taken from the input. The paper is noted.
    pub(super) fn role(&mut self, name: &str, input: &mut Parser, sight: Sight<'_>) -> Role {
        self.now = None;
        let role = role(name);
        match role {
            Role::Paper if matches!(name, "background" | "background-color") => {
                if let Look {
                    colour: Some(colour), ..
                } = look(input)
                {
                    if sight.is_of_all() {
                        sight.found.paper(colour.is_dark_paper());
                    } else if colour.is_dark_paper() {
                        sight.found.dark_part();
                    }
                    self.paper = Some(colour);
                    self.now = Some(Seen::Paper(colour));
                }
            }
            Role::Line if name.starts_with("border") => {
                let look = look(input);
                if name == "border-width" {
                    self.is_framed = look.is_wide;
                    self.now = look.is_wide.then_some(Seen::Frame);
                    return role;
                }
                let is_around = matches!(name, "border" | "border-color");
                let is_frame = is_around && (look.is_wide || name == "border-color" && self.is_framed);
                if is_frame || look.colour.is_some() && look.colour == self.paper {
                    return Role::Paper;
                }
                self.now = look.colour.map(|colour| Seen::Line(colour, is_around));
            }
            _ => {}
        }
        role
    }

    /// The declaration was written, its value from there on. Borders of the colour of a paper that comes after them are made part of it.
    pub(super) fn written(&mut self, text: &mut String, from: usize) {
        match self.now.take() {
            Some(Seen::Line(colour, is_around)) if self.lines.len() < MOST_LINES => {
                self.lines.push(Written {
                    colour,
                    is_around,
                    at: from,
                })
            }
            // Each border is looked at once, however many papers follow.
            Some(Seen::Paper(paper)) => {
                let lines = std::mem::take(&mut self.lines);
                lines
                    .iter()
                    .filter(|line| line.colour == paper)
                    .for_each(|line| line.to_paper(text));
            }
            Some(Seen::Frame) => {
                let (frames, lines): (Vec<_>, _) = std::mem::take(&mut self.lines)
                    .into_iter()
                    .partition(|line| line.is_around);
                frames.iter().for_each(|line| line.to_paper(text));
                self.lines = lines;
            }
            Some(Seen::Line(..)) | None => {}
        }
    }
}

/// A border that was written as a line.
#[derive(Debug)]
struct Written {
    colour: Colour,
    is_around: bool,
    at: usize,
}

impl Written {
    /// Makes it a piece of paper. Both colours are as long, so that nothing moves.
    fn to_paper(&self, text: &mut String) {
        let [line, paper] = [Role::Line, Role::Paper].map(|role| self.colour.on_dark(role).to_digits());
        let end = text
            .get(self.at..)
            .and_then(|rest| rest.find(';'))
            .map_or(text.len(), |end| self.at + end);
        let value = text.get(self.at..end).map(|value| value.replace(&line, &paper));
        if let Some(value) = value.filter(|value| value.len() == end - self.at) {
            text.replace_range(self.at..end, &value);
        }
    }
}

/// Whether the paper that a clean style says is a dark one; nothing where it says none.
pub(super) fn is_dark_in(style: &str) -> Option<bool> {
    let papers = style.split(';').filter_map(|declaration| {
        let (name, value) = declaration.split_once(':')?;
        matches!(name.trim(), "background" | "background-color").then_some(value)
    });
    let mut colours = papers.filter_map(|value| look(&mut Parser::new(value)).colour);
    colours.next_back().and_then(Colour::is_dark_where_covering)
}

/// What a value says of a paper or a border.
struct Look {
    /// The first colour in it.
    colour: Option<Colour>,
    /// Every width in it is more than a line's, and there is one.
    is_wide: bool,
}

/// Nothing is taken from the input.
fn look(input: &mut Parser) -> Look {
    let start = input.state();
    let (mut first, mut wide, mut narrow) = (None, false, false);
    while let Ok(token) = input.next().cloned() {
        match &token {
            Token::Dimension { value, unit, .. } => {
                let pixels = match &*unit.to_ascii_lowercase() {
                    "px" => *value,
                    "pt" => value * 4.0 / 3.0,
                    _ => value * 16.0,
                };
                match pixels > WIDEST_LINE {
                    true => wide = true,
                    false => narrow = true,
                }
            }
            Token::Number { .. } => narrow = true,
            Token::Ident(word) if word.eq_ignore_ascii_case("thick") => wide = true,
            Token::Ident(word)
                if word.eq_ignore_ascii_case("thin") || word.eq_ignore_ascii_case("medium") =>
            {
                narrow = true;
            }
            _ if first.is_none() => first = colour(&token, input),
            _ => {}
        }
    }
    input.reset(&start);
    Look {
        colour: first,
        is_wide: wide && !narrow,
    }
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
