//! Drawings and formulas (SVG, MathML): none of their elements stays, for they can load and run things; the words that a web
//! view would have written in them do.

use crate::element::Fate;
use crate::markup::Tag;

/// A drawing or a formula that is being passed over.
pub(super) struct Foreign {
    name: &'static str,
    /// So many of its own name are open.
    depth: usize,
    /// Elements of words that are open; a drawing says nothing elsewhere.
    words: usize,
    /// Elements that are open and not shown; a formula says all else.
    notes: usize,
    /// An element whose content is no markup, as a style sheet.
    silent: Option<&'static str>,
}

impl Foreign {
    pub(super) fn new(name: &'static str) -> Self {
        Self {
            name,
            depth: 1,
            words: 0,
            notes: 0,
            silent: None,
        }
    }

    /// Whether text that stands here is written by a web view.
    pub(super) fn speaks(&self) -> bool {
        let is_written = match self.name {
            "math" => self.notes == 0,
            _ => self.words > 0,
        };
        is_written && self.silent.is_none()
    }

    /// An element begins. Says whether it is one of words, which stand apart from those before them.
    pub(super) fn start(&mut self, tag: &Tag) -> bool {
        if matches!(tag.fate, Fate::Sheet | Fate::KeepText(_) | Fate::RemoveText(_)) {
            self.silent = Some(tag.name);
        } else if !tag.is_closed {
            self.depth += usize::from(tag.name == self.name);
            self.words += usize::from(tag.name == "text");
            self.notes += usize::from(is_note(tag.name));
        }
        tag.name == "text"
    }

    /// An element ends. `false`: it was the drawing itself.
    pub(super) fn end(&mut self, name: &str) -> bool {
        if self.silent == Some(name) {
            self.silent = None;
        }
        self.words = self.words.saturating_sub(usize::from(name == "text"));
        self.notes = self.notes.saturating_sub(usize::from(is_note(name)));
        self.depth -= usize::from(name == self.name);
        self.depth > 0
    }
}

/// What a formula carries along for programs (MathML 3, section 5.2).
fn is_note(name: &str) -> bool {
    matches!(name, "annotation" | "annotation-xml")
}
