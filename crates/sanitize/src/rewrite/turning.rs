//! Text that turns its direction too often stands in boxes, and without the looks of its words: a web view lays out each box by itself,
//! and takes longer over a line with every element in it. Not here: how often is too often.

use std::collections::HashMap;

use super::Pass;
use crate::attributes::Attributes;
use crate::element::{is_formatting, is_phrase};
use crate::image::Purpose;
use crate::turns::{self, Within};

/// Where text that turns often stands.
#[derive(Default)]
pub(super) struct Boxes {
    /// How deep the letter's own box stands that it is in.
    own_at: Option<usize>,
    /// One of ours is open.
    open: bool,
    /// Elements that were left out, whose ends are to be, too: how deep each stood, by name.
    left_out: HashMap<&'static str, Vec<usize>>,
}

impl Pass<'_> {
    /// Writes text with places where its long words may be broken, and in boxes where it turns too often.
    pub(super) fn write_turning(&mut self, text: &str) {
        let depth = self.nesting.depth();
        self.boxes.own_at = self.boxes.own_at.filter(|at| depth >= *at);
        let Self {
            unbroken,
            made,
            boxes,
            ..
        } = self;
        let within = match boxes.own_at {
            _ if boxes.open => Within::Ours,
            Some(_) => Within::Own,
            None => Within::Nothing,
        };
        self.turns.pieces(text, within, |piece, begins| {
            if begins {
                if boxes.open {
                    made.html.push_str(turns::CLOSE);
                }
                made.html.push_str(turns::OPEN);
                made.purse.elements += 1;
                boxes.open = true;
            }
            made.purse.elements += unbroken.write(piece, &mut made.html);
        });
    }

    /// Our box ends before a tag is written.
    pub(super) fn close_box(&mut self) {
        if std::mem::take(&mut self.boxes.open) {
            self.made.html.push_str(turns::CLOSE);
        }
    }

    /// Whether an element says nothing but how its words look, or which way they go, in a letter that turns too often for that. Its words
    /// stay. What stands in a line and has a direction of its own is a turn itself.
    pub(super) fn is_left_out(
        &mut self,
        name: &'static str,
        attributes: &Attributes,
        style: Option<&str>,
    ) -> bool {
        let is_look = is_phrase(name) && !matches!(name, "a" | "map" | "rp" | "rt" | "ruby");
        let shows = matches!(self.purpose, Purpose::Showing(_));
        if !shows || !is_look || turns::is_box(name, style) {
            return false;
        }
        if self.turns.are_many() {
            let depth = self.nesting.depth();
            self.boxes.left_out.entry(name).or_default().push(depth);
            return true;
        }
        if matches!(name, "bdi" | "bdo") || attributes.get("dir").is_some() {
            self.turns.isolated();
        }
        false
    }

    /// Whether this is the end of an element that was left out so.
    pub(super) fn ends_left_out(&mut self, name: &str) -> bool {
        let depth = self.nesting.depth();
        let Some(open) = self.boxes.left_out.get_mut(name) else {
            return false;
        };
        // What stood in an element that has ended has ended with it. Formatting goes on.
        while !is_formatting(name) && open.pop_if(|at| *at > depth).is_some() {}
        open.pop().is_some()
    }

    /// Takes note of an element that may be a box as those that are made here.
    pub(super) fn note_box(&mut self, name: &str, style: Option<&str>) {
        let depth = self.nesting.depth();
        self.boxes.own_at = self.boxes.own_at.filter(|at| depth > *at);
        if self.boxes.own_at.is_none() && turns::is_box(name, style) {
            self.boxes.own_at = Some(depth);
            self.turns.enter_box();
        }
    }
}
