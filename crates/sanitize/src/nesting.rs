//! How deep the tags of a letter are nested, and how much work their disorder would make for a parser.
//!
//! A parser looks through its open elements at every tag, so a hundred thousand of them take minutes; and it opens
//! cut-off formatting anew in every paragraph, so a thousand of those make millions of elements. What stands in a table
//! but in none of its cells it moves before the table (foster parenting; WHATWG HTML, section 13.2.6.1), and looks
//! through all that stands before the table for each piece. All three are held down here, and the squares of tables with them, on tags alone, before any
//! tree is built. A mistake here costs looks, never safety.

use crate::element::{ends_paragraph, is_formatting, is_phrase};
use crate::squares::Squares;

/// Deeper than any letter that a person wrote, tables in tables in quotes in quotes included.
const DEEPEST: usize = 256;
/// So many cut-off formatting elements may be opened again by the parser.
const MOST_ADRIFT: usize = 24;
/// So many elements may come to be by being opened again; after that, formatting ends with its block.
const MOST_REOPENED: usize = 100_000;
/// So many elements may be looked at for what is moved out of tables. Sloppy tables that somebody meant need a few
/// thousand; after that, a table ends where something stands between its cells.
const MOST_PASSED_BY: usize = 500_000;

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
    tables: Squares,
    disordered: bool,
    /// So many elements stand side by side where nothing is open, and at the most where something is.
    outermost: usize,
    widest: usize,
    /// So many pieces were moved out of tables, and so many elements were looked at for it.
    moved: usize,
    passed_by: usize,
    /// So many elements were looked at, those of `passed_by` among them.
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
        self.start_spanning(name, (1, 1), to)
    }

    /// The same of one that spans so many columns and rows of a table.
    pub(crate) fn start_spanning(
        &mut self,
        name: &'static str,
        spans: (usize, usize),
        to: &mut String,
    ) -> Place {
        if self.is_lost(name, spans, to) {
            return Place::Nowhere;
        }
        self.reopen(to);
        self.imply_ends(name, to);
        if self.open.len() >= DEEPEST {
            self.left_out += 1;
            self.disordered = true;
            return Place::TooDeep;
        }
        if !is_table_part(name) {
            self.move_out(1, to);
        }
        if name == "table" {
            self.tables.begin_table();
        }
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
        if self.is_lost(name, (1, 1), to) {
            return Place::Nowhere;
        }
        self.reopen(to);
        self.imply_ends(name, to);
        if !is_table_part(name) {
            self.move_out(1, to);
        }
        self.add_child();
        Place::Good
    }

    /// Takes note of text.
    pub(crate) fn text(&mut self, text: &str, to: &mut String) {
        if self.is_between_cells() && !text.trim_ascii().is_empty() {
            self.move_out(pieces(text), to);
        }
        self.reopen(to);
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
            // Right in a table, the block is moved out of it once more.
            let above = at.checked_sub(1).and_then(|above| self.open.get(above));
            if above.is_some_and(|above| is_between(above.name)) {
                let looks = self.widest.saturating_add(self.moved);
                self.passed_by = self.passed_by.saturating_add(looks);
                self.steps += looks;
            }
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

    /// Whether the parser would leave this out for want of a table. A table without room for it ends before it.
    fn is_lost(&mut self, name: &str, spans: (usize, usize), to: &mut String) -> bool {
        if !is_table_part(name) {
            return false;
        }
        while !self.tables.is_outside() && !self.tables.take(name, spans) {
            self.disordered = true;
            if self.end_table(to).is_none() {
                break;
            }
        }
        self.tables.is_outside()
    }

    /// Whether this is inside a table but in none of its cells, where nothing may stand but parts of a table.
    pub(crate) fn is_between_cells(&self) -> bool {
        self.open.last().is_some_and(|open| is_between(open.name))
    }

    /// Takes note of so many pieces that the parser would move out of the table, if that is where they stand. Where that
    /// has become too much work the table ends before them, and they stand behind it.
    fn move_out(&mut self, pieces: usize, to: &mut String) {
        if !self.is_between_cells() {
            return;
        }
        self.disordered = true;
        // Before a table stands no more than stands side by side anywhere, and what was moved there.
        let looks = pieces.saturating_mul(self.widest.saturating_add(self.moved));
        if self.passed_by.saturating_add(looks) <= MOST_PASSED_BY {
            self.passed_by += looks;
            self.steps += looks;
            self.moved += pieces;
            return;
        }
        while self.is_between_cells() && self.end_table(to).is_some() {}
    }

    /// Ends the innermost table, if there is one.
    fn end_table(&mut self, to: &mut String) -> Option<()> {
        let at = self.open.iter().rposition(|open| open.name == "table")?;
        self.pop_to(at, to);
        write_end("table", to);
        Some(())
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
            if popped.name == "table" {
                self.tables.end_table();
            }
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

/// A tokenizer hands text on in so many pieces at the most: each line end and each sign that is written as a reference is
/// one of its own.
fn pieces(text: &str) -> usize {
    let alone = |sign: &char| matches!(sign, '&' | '<' | '>' | '"' | '\'' | '\u{a0}' | '\n' | '\r' | '\0');
    1 + 2 * text.chars().filter(alone).count()
}

fn is_table_part(name: &str) -> bool {
    matches!(
        name,
        "caption" | "col" | "colgroup" | "tbody" | "td" | "tfoot" | "th" | "thead" | "tr"
    )
}

/// Whether nothing may stand right in this but parts of a table.
fn is_between(name: &str) -> bool {
    matches!(name, "table" | "tbody" | "thead" | "tfoot" | "tr" | "colgroup")
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
