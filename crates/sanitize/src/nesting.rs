//! How deep the tags of a letter are nested, and how much work their disorder would make for a parser.
//!
//! A parser looks through its open elements at every tag, so a hundred thousand of them take minutes; and it opens
//! cut-off formatting anew in every paragraph, so a thousand of those make millions of elements. Both are held
//! down here, on tags alone, before any tree is built. A mistake here costs looks, never safety.

use crate::element::{ends_paragraph, is_formatting, is_phrase};

/// Deeper than any letter that a person wrote, tables in tables in quotes in quotes included.
const DEEPEST: usize = 256;
/// So many cut-off formatting elements may be opened again by the parser.
const MOST_ADRIFT: usize = 24;
/// So many elements may come to be by being opened again; after that, formatting ends with its block.
const MOST_REOPENED: usize = 100_000;

/// Whether a start tag may be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Good,
    TooDeep,
    /// A part of a table where no table is.
    Nowhere,
}

#[derive(Default)]
pub(crate) struct Nesting {
    open: Vec<Open>,
    /// Formatting that was cut off by the end of a block and that the parser goes on opening.
    adrift: Vec<&'static str>,
    reopened: usize,
    /// Start tags left out for depth, whose end tags are to be left out too.
    left_out: usize,
    /// So many tables are open.
    tables: usize,
    disordered: bool,
    /// So many elements stand side by side where nothing is open, and at the most where something is.
    outermost: usize,
    widest: usize,
    /// So many open elements were looked at.
    steps: usize,
}

struct Open {
    name: &'static str,
    /// How much was adrift when this began. A table cell ends what went adrift in it.
    adrift_before: usize,
    children: usize,
}

impl Nesting {
    /// Takes note of a start tag, and says whether it may be written. End tags that keep the parser's work small
    /// are written to `to`.
    pub(crate) fn start(&mut self, name: &'static str, to: &mut String) -> Place {
        if self.is_lost(name) {
            return Place::Nowhere;
        }
        self.reopen(to);
        self.imply_ends(name, to);
        if self.open.len() >= DEEPEST {
            self.left_out += 1;
            self.disordered = true;
            return Place::TooDeep;
        }
        self.disordered |= self.is_between_cells() && !is_table_part(name);
        self.tables += usize::from(name == "table");
        self.add_child();
        self.open.push(Open {
            name,
            adrift_before: self.adrift.len(),
            children: 0,
        });
        Place::Good
    }

    /// Takes note of an element without content.
    pub(crate) fn void(&mut self, name: &str, to: &mut String) -> Place {
        if self.is_lost(name) {
            return Place::Nowhere;
        }
        self.reopen(to);
        self.imply_ends(name, to);
        self.disordered |= self.is_between_cells() && !is_table_part(name);
        self.add_child();
        Place::Good
    }

    /// Takes note of text.
    pub(crate) fn text(&mut self, text: &str, to: &mut String) {
        self.reopen(to);
        self.disordered |= self.is_between_cells() && !text.trim_ascii().is_empty();
    }

    /// So many elements are open.
    pub(crate) fn depth(&self) -> usize {
        self.open.len()
    }

    pub(crate) fn steps(&self) -> usize {
        self.steps
    }

    /// So many elements stand side by side at the most. What a parser moves out of a table is counted where it was.
    pub(crate) fn widest(&self) -> usize {
        self.widest
    }

    fn add_child(&mut self) {
        let children = match self.open.last_mut() {
            Some(open) => &mut open.children,
            None => &mut self.outermost,
        };
        *children += 1;
        self.widest = self.widest.max(*children);
    }

    /// Whether the tags were such that the parser had to mend them by moving or doubling elements.
    pub(crate) fn is_disordered(&self) -> bool {
        self.disordered
    }

    /// Takes note of an end tag. False if it ends nothing and must not be written.
    pub(crate) fn end(&mut self, name: &str, to: &mut String) -> bool {
        if self.left_out > 0 {
            self.left_out -= 1;
            return false;
        }
        let found = self.find(name);
        // From there on they are looked at once more.
        self.steps += 2 * (self.open.len() - found.unwrap_or_default());
        let Some(at) = found else {
            // A stray end tag of formatting takes it out of what the parser would open again.
            let adrift = self.adrift.iter().rposition(|one| *one == name);
            return adrift.map(|at| self.adrift.remove(at)).is_some();
        };
        let through_block = self.open.iter().skip(at + 1).any(|open| !is_phrase(open.name));
        self.disordered |= through_block;
        if through_block && is_formatting(name) {
            // The parser splits such an element around the block; the block stays open.
            self.open.remove(at);
            return true;
        }
        if through_block && is_phrase(name) {
            return false;
        }
        self.pop_to(at, to);
        true
    }

    /// The open element that an end tag of this name would end. Tables and their cells keep end tags in.
    fn find(&self, name: &str) -> Option<usize> {
        let from_top = self
            .open
            .iter()
            .rev()
            .position(|open| open.name == name || is_wall(open.name, name))?;
        let at = self.open.len().checked_sub(from_top + 1)?;
        self.open.get(at).filter(|open| open.name == name).map(|_| at)
    }

    /// Whether the parser would leave this out for want of a table.
    fn is_lost(&self, name: &str) -> bool {
        self.tables == 0 && is_table_part(name)
    }

    /// Whether this is inside a table but in none of its cells, where nothing may stand but parts of a table.
    pub(crate) fn is_between_cells(&self) -> bool {
        self.open.last().is_some_and(|open| {
            matches!(
                open.name,
                "table" | "tbody" | "thead" | "tfoot" | "tr" | "colgroup"
            )
        })
    }

    /// Ends elements whose end tag may be left out.
    fn imply_ends(&mut self, name: &str, to: &mut String) {
        let (ended, is_wall): (&[&str], fn(&str) -> bool) = match name {
            "li" => (&["li"], is_list_wall),
            "dt" | "dd" => (&["dt", "dd"], is_list_wall),
            "td" | "th" => (&["td", "th"], |open| matches!(open, "tr" | "table")),
            "tr" => (&["tr"], |open| open == "table"),
            "tbody" | "thead" | "tfoot" => (
                &["tbody", "thead", "tfoot", "tr", "caption", "colgroup"],
                |open| open == "table",
            ),
            "a" => (&["a"], is_cell_or_table),
            "nobr" => (&["nobr"], is_cell_or_table),
            _ => (&[], |_| true),
        };
        while let Some(at) = self.nearest(ended, is_wall) {
            self.steps += self.open.len() - at;
            if is_formatting(name) {
                self.disordered = true;
                self.open.remove(at);
                write_end(name, to);
            } else {
                self.pop_to(at, to);
            }
        }
        self.steps += self.open.len();
        if ends_paragraph(name) {
            let paragraph = self.open.iter().rposition(|open| !is_phrase(open.name));
            let paragraph = paragraph.filter(|&at| self.open.get(at).is_some_and(|open| open.name == "p"));
            if let Some(at) = paragraph {
                self.pop_to(at, to);
            }
        }
    }

    /// The innermost open element of `ended`, if no wall stands before it.
    fn nearest(&self, ended: &[&str], is_wall: fn(&str) -> bool) -> Option<usize> {
        if ended.is_empty() {
            return None;
        }
        let at = self
            .open
            .iter()
            .rposition(|open| ended.contains(&open.name) || is_wall(open.name))?;
        self.open
            .get(at)
            .filter(|open| ended.contains(&open.name))
            .map(|_| at)
    }

    /// Ends the element at `at` and all above it.
    fn pop_to(&mut self, at: usize, to: &mut String) {
        while self.open.len() > at {
            let Some(popped) = self.open.pop() else { return };
            self.tables -= usize::from(popped.name == "table");
            if matches!(popped.name, "td" | "th" | "caption") {
                self.adrift.truncate(popped.adrift_before);
            } else if is_formatting(popped.name) && self.open.len() > at {
                self.disordered = true;
                if self.adrift.len() < MOST_ADRIFT && self.reopened < MOST_REOPENED {
                    self.adrift.push(popped.name);
                } else {
                    write_end(popped.name, to);
                }
            }
        }
    }

    /// The parser opens what is adrift again before this tag or text.
    fn reopen(&mut self, to: &mut String) {
        if self.adrift.is_empty() {
            return;
        }
        self.add_child();
        self.reopened = self.reopened.saturating_add(self.adrift.len());
        if self.reopened >= MOST_REOPENED {
            for name in self.adrift.drain(..).rev() {
                write_end(name, to);
            }
        }
    }
}

fn is_table_part(name: &str) -> bool {
    matches!(
        name,
        "caption" | "col" | "colgroup" | "tbody" | "td" | "tfoot" | "th" | "thead" | "tr"
    )
}

/// A list item ends an earlier one through `address`, `div` and `p`, and through no other block.
fn is_list_wall(open: &str) -> bool {
    !is_phrase(open) && !matches!(open, "address" | "div" | "p")
}

fn is_cell_or_table(open: &str) -> bool {
    matches!(open, "td" | "th" | "caption" | "table")
}

fn is_wall(open: &str, name: &str) -> bool {
    match name {
        "table" => false,
        "td" | "th" | "tr" | "tbody" | "thead" | "tfoot" | "caption" => open == "table",
        _ => is_cell_or_table(open),
    }
}

fn write_end(name: &str, to: &mut String) {
    to.push_str("</");
    to.push_str(name);
    to.push('>');
}
