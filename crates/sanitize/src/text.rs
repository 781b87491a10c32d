//! Plain text as a letter: links, nested quotes, the signature. The words and their spacing stay as they are.

mod addresses;
mod columns;
mod earlier;
mod spacing;

use std::borrow::Cow;

use crate::attributes::write;
use crate::fold::{Fold, is_seen};
use crate::options::Quotes;
use crate::purse::Purse;
use crate::trackers::Details;
use crate::turns::{self, Turns, Within};
use crate::unbroken::Unbroken;
use crate::{link, quote};
use addresses::Kind;
use spacing::Spacing;

/// Deeper quotes than this are shown at this depth.
const DEEPEST: usize = 24;
/// So many elements a text may become: each quote and each link is one. What comes after them stays as the text that it is.
const MOST_ELEMENTS: usize = 50_000;

/// HTML for `text`; `details` are told of its links, and how much was looked at for it. It still goes through the last filter.
/// `purse`: what the parts before have taken; what this one takes is added.
pub(crate) fn html(text: &str, quotes: Quotes, purse: &mut Purse, details: &mut Details) -> String {
    let mut page = Page {
        html: String::with_capacity(text.len() * 2),
        depth: 0,
        earlier: false,
        passed_on: false,
        signature: false,
        kept: None,
        fresh: true,
        after_empty: false,
        fold: Fold::default(),
        elements: purse.elements,
        steps: text.len(),
        turns: Turns::after(purse.turns),
        unbroken: Unbroken::after(purse.words),
        details,
    };
    page.html.push_str("<div class=\"waxwing-text\">");
    // A line end is CR LF on the wire (RFC 5322 section 2.1) and anything at all in practice.
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<&str> = text.trim_end_matches('\n').split('\n').collect();
    let quoted: Vec<(usize, &str)> = lines.iter().map(|line| depth(line)).collect();
    let columns = columns::of(&quoted);
    for (number, ((line, quoted), is_column)) in lines.iter().zip(quoted).zip(columns).enumerate() {
        // What an answer quotes is no part of it, whether or not it was passed on before.
        if !page.earlier && quoted.0 == 0 {
            let after = || lines.iter().skip(number + 1).copied();
            let begins = earlier::begins(line, after());
            let is_passed_on = match quotes {
                Quotes::PassedOn => begins || earlier::is_bare(line, after()),
                Quotes::Open | Quotes::Folded => false,
            };
            if is_passed_on || earlier::is_passed_on(line, after()) {
                page.enter_passed_on();
            } else if begins {
                page.enter_earlier();
            }
        }
        page.line(line, quoted, is_column);
    }
    page.keep_spaces(None);
    page.leave_signature();
    page.set_depth(0);
    if page.earlier {
        page.html.push_str("</div>");
    }
    if quotes == Quotes::Folded {
        std::mem::take(&mut page.fold).apply(&mut page.html);
    }
    page.html.push_str("</div>");
    purse.elements = page.elements;
    purse.turns = page.turns.count();
    purse.words = page.unbroken.spent();
    page.details.took(u64::try_from(page.steps).unwrap_or(u64::MAX));
    page.html
}

struct Page<'d> {
    html: String,
    depth: usize,
    /// What follows was written before.
    earlier: bool,
    /// It is what the letter is for.
    passed_on: bool,
    signature: bool,
    /// The element that is open in which every space stays.
    kept: Option<Kept>,
    /// Nothing stands in this block yet, so no line end is wanted before the next line.
    fresh: bool,
    /// The line before was empty. Its end is the block's own where a block begins, so it is written twice there.
    after_empty: bool,
    fold: Fold,
    elements: usize,
    steps: usize,
    turns: Turns,
    unbroken: Unbroken,
    details: &'d mut Details,
}

/// Why every space of a line stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kept {
    /// They put something in its place.
    Spaces,
    /// The line is one of a block that is laid out by columns.
    Columns,
}

impl Page<'_> {
    /// `quoted`: how deep the line is quoted, and what is.
    fn line(&mut self, line: &str, quoted: (usize, &str), is_column: bool) {
        let (depth, rest) = match self.elements < MOST_ELEMENTS {
            true => quoted,
            false => (0, line),
        };
        if depth != self.depth {
            self.keep_spaces(None);
            self.leave_signature();
            if depth > self.depth {
                self.keep_empty_line();
            }
            self.set_depth(depth);
        }
        // RFC 3676 section 4.3: the separator is "-- " alone on its line. Many programs lose the space.
        if !self.signature && matches!(rest, "-- " | "--") {
            self.keep_spaces(None);
            self.keep_empty_line();
            self.html.push_str("<div class=\"waxwing-signature\">");
            self.signature = true;
            self.fresh = true;
        }
        let spacing = spacing::of(rest);
        let has_room = self.elements < MOST_ELEMENTS;
        let is_laid_out = spacing == Spacing::LaidOut || self.kept.is_some() && spacing::is_rule(rest);
        match is_column && has_room {
            true => self.keep_spaces(Some(Kept::Columns)),
            false if self.kept == Some(Kept::Columns) && has_room => self.keep_spaces(None),
            false => {}
        }
        // An empty line ends nothing else. Behind the last element all lines are in one.
        if !rest.is_empty() && self.kept != Some(Kept::Columns) {
            self.keep_spaces((is_laid_out || !has_room).then_some(Kept::Spaces));
        }
        if !self.fresh {
            self.html.push('\n');
        }
        self.fresh = false;
        self.after_empty = rest.trim_end_matches(' ').is_empty();
        if is_seen(rest) {
            self.fold.seen();
        }
        self.link(rest, spacing);
    }

    fn link(&mut self, line: &str, spacing: Spacing) {
        let Page {
            html,
            elements,
            steps,
            turns,
            unbroken,
            details,
            ..
        } = self;
        let mut visible = |text: &str, html: &mut String| visible(text, turns, unbroken, html);
        addresses::pieces(line, steps, &mut |piece, kind| {
            let kind = kind.filter(|_| *elements < MOST_ELEMENTS);
            let href = match kind {
                None if spacing == Spacing::Sentences && *elements < MOST_ELEMENTS => {
                    return spacing::keep(piece, elements, html, &mut visible);
                }
                None => return visible(piece, html),
                Some(Kind::Web) => piece.to_owned(),
                Some(Kind::Www) => format!("https://{piece}"),
                Some(Kind::Person) => format!("mailto:{piece}"),
            };
            *elements += 1;
            if let Some(shown) = link::allowed(&href) {
                details.link_of_text(shown.into());
            }
            html.push_str("<a");
            write("href", &href, html);
            html.push('>');
            visible(piece, html);
            html.push_str("</a>");
        });
    }

    fn set_depth(&mut self, depth: usize) {
        if self.depth == 0 && depth > 0 && !self.passed_on {
            self.fold.quote(self.html.len(), 0);
        }
        while self.depth < depth {
            self.html.push_str("<blockquote type=\"cite\"");
            write("class", quote::CLASS, &mut self.html);
            self.html.push('>');
            self.elements += 1;
            self.depth += 1;
            self.fresh = true;
        }
        while self.depth > depth {
            self.html.push_str("</blockquote>");
            self.depth -= 1;
            self.fresh = true;
        }
        if depth == 0 && !self.earlier {
            let end = self.html.len();
            self.fold.ended(end, end, 0);
        }
    }

    /// An earlier letter follows, to the end. One with nothing before it is passed on, and is all there is to read.
    fn enter_earlier(&mut self) {
        if !self.fold.has_begun() {
            return;
        }
        self.leave_all();
        self.fold.quote(self.html.len(), 0);
        self.open_rest(quote::CLASS);
    }

    /// What is passed on follows, to the end. It is what the letter is for: it is not folded, and its quotes are part of it.
    fn enter_passed_on(&mut self) {
        self.leave_all();
        // What stood before it as the end of the letter is its middle now.
        self.fold.seen();
        self.open_rest(quote::PASSED_ON);
    }

    fn open_rest(&mut self, class: &str) {
        self.html.push_str("<div");
        write("class", class, &mut self.html);
        self.html.push('>');
        self.earlier = true;
        self.passed_on = class == quote::PASSED_ON;
        self.fresh = true;
    }

    fn leave_all(&mut self) {
        self.keep_spaces(None);
        self.leave_signature();
        self.set_depth(0);
        self.keep_empty_line();
    }

    fn keep_spaces(&mut self, kept: Option<Kept>) {
        if self.kept == kept {
            return;
        }
        match self.kept {
            Some(Kept::Spaces) => self.html.push_str(spacing::CLOSE),
            Some(Kept::Columns) => {
                self.html.push_str(spacing::CLOSE_COLUMNS);
                self.fresh = true;
            }
            None => {}
        }
        self.kept = kept;
        match kept {
            Some(Kept::Spaces) => self.html.push_str(spacing::OPEN),
            Some(Kept::Columns) => {
                self.keep_empty_line();
                self.html.push_str(spacing::OPEN_COLUMNS);
                self.fresh = true;
            }
            None => return,
        }
        self.elements += 1;
    }

    /// An empty line before a block is seen: a line end right before a block ends the line above it, and makes none of its own.
    fn keep_empty_line(&mut self) {
        if std::mem::take(&mut self.after_empty) {
            self.html.push('\n');
        }
    }

    fn leave_signature(&mut self) {
        if self.signature {
            self.html.push_str("</div>");
            self.signature = false;
            self.fresh = true;
        }
    }
}

/// How many `>` a line begins with, and what follows (RFC 3676 section 4.5, and the `> >` of other programs).
fn depth(line: &str) -> (usize, &str) {
    let (mut depth, mut rest) = (0, line);
    while let Some(after) = rest
        .strip_prefix('>')
        .or_else(|| rest.strip_prefix(" >").filter(|_| depth > 0))
    {
        depth += 1;
        rest = after;
    }
    if depth == 0 {
        return (0, line);
    }
    (depth.min(DEEPEST), rest.strip_prefix(' ').unwrap_or(rest))
}

/// Text without the control characters that a terminal would obey and a page would show as boxes.
fn visible(text: &str, turns: &mut Turns, unbroken: &mut Unbroken, to: &mut String) {
    let shown: Cow<'_, str> = match text.contains(|one: char| one.is_control() && one != '\t') {
        true => Cow::Owned(
            text.chars()
                .filter(|&one| !one.is_control() || one == '\t')
                .collect(),
        ),
        false => Cow::Borrowed(text),
    };
    // A piece begins a word of its own, and what words cost is counted over all.
    unbroken.ends();
    turns.pieces(&shown, Within::Nothing, |piece, boxed| {
        let (open, close) = if boxed {
            (turns::OPEN, turns::CLOSE)
        } else {
            ("", "")
        };
        to.push_str(open);
        unbroken.write(piece, to);
        to.push_str(close);
    });
}
