//! Which lines of a plain text are laid out by columns: tables of spaces, of bars and of box drawing, differences between files, and
//! code. Such a block is set in type of one width from its first line to its last, a line between two rows too, and nothing
//! else is. Not here: how it is written.

mod code;
mod rows;

use rows::{Line, Rows};

/// So many other lines may stand between two rows of one table: a name, a cell that goes on below itself.
const MOST_BETWEEN: usize = 2;
/// What stands above the first line that is drawn is the head of a table, unless it is longer.
const LONGEST_HEAD: usize = 100;

/// For each line whether it is laid out by columns. Lines that are quoted as deep as each other are looked at together, so `lines` have
/// their depth and the text behind its signs.
pub(super) fn of(lines: &[(usize, &str)]) -> Vec<bool> {
    let mut laid_out = vec![false; lines.len()];
    let mut from = 0;
    for run in lines.chunk_by(|(one, _), (next, _)| one == next) {
        let texts: Vec<&str> = run.iter().map(|(_, text)| *text).collect();
        if let Some(marks) = laid_out.get_mut(from..from + texts.len()) {
            code::mark(&texts, marks);
            tables(&texts, marks);
            join(&texts, marks);
        }
        from += run.len();
    }
    laid_out
}

/// Marks tables: neighbouring rows, of which one alone is none.
fn tables(texts: &[&str], marks: &mut [bool]) {
    let rows = Rows::of(texts);
    let mut table: Option<Table> = None;
    for (at, line) in rows.lines().enumerate() {
        let (Line::Row, Some(open)) = (line, table.as_mut()) else {
            match (line, table.as_mut()) {
                (Line::Row, _) => table = Some(Table::begins(at)),
                (Line::Words, Some(open)) => open.words += 1,
                (Line::Empty, Some(open)) => open.is_apart = true,
                _ => {}
            }
            continue;
        };
        // Words in their own paragraph are said between two tables.
        if open.words > if open.is_apart { 0 } else { MOST_BETWEEN } {
            open.mark(&rows, texts, marks);
            *open = Table::begins(at);
            continue;
        }
        *open = Table {
            last: at,
            rows: open.rows + 1,
            ..Table::begins(open.first)
        };
    }
    if let Some(last) = table {
        last.mark(&rows, texts, marks);
    }
}

/// Rows that belong together as far as has been seen.
struct Table {
    first: usize,
    last: usize,
    rows: usize,
    /// Since the last row so many lines of words came, and perhaps an empty one.
    words: usize,
    is_apart: bool,
}

impl Table {
    fn begins(at: usize) -> Self {
        Self {
            first: at,
            last: at,
            rows: 1,
            words: 0,
            is_apart: false,
        }
    }

    fn mark(&self, rows: &Rows, texts: &[&str], marks: &mut [bool]) {
        if self.rows < 2 {
            return;
        }
        let (mut first, mut last) = (self.first, self.last);
        let is = |at: usize, line: Line| rows.at(at) == Some(line);
        let begins_with_rule = first.checked_sub(1).is_some_and(|at| is(at, Line::Rule));
        if begins_with_rule {
            first -= 1;
        }
        // The words of a head may be as wide as their columns, with one space between them.
        let has_head = first.checked_sub(1).is_some_and(|at| {
            begins_with_rule
                && is(at, Line::Words)
                && texts
                    .get(at)
                    .is_some_and(|text| text.len() <= LONGEST_HEAD && text.trim().contains(' '))
        });
        first -= usize::from(has_head);
        if has_head && first.checked_sub(1).is_some_and(|at| is(at, Line::Rule)) {
            first -= 1;
        }
        if is(last + 1, Line::Rule) {
            last += 1;
        }
        for mark in marks.iter_mut().take(last + 1).skip(first) {
            *mark = true;
        }
    }
}

/// Blocks with nothing but empty lines between them are one, so that no other type stands between.
fn join(texts: &[&str], marks: &mut [bool]) {
    let mut last: Option<usize> = None;
    for at in 0..marks.len() {
        if marks.get(at) == Some(&true) {
            for between in last.map_or(at, |last| last + 1)..at {
                if let Some(mark) = marks.get_mut(between) {
                    *mark = true;
                }
            }
            last = Some(at);
        } else if texts.get(at).is_some_and(|text| !text.trim().is_empty()) {
            last = None;
        }
    }
}

#[cfg(test)]
mod tests;
