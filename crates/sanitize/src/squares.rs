//! The squares of tables. A web view keeps one for each column in each row, whether anything stands in it or not: a row of twenty
//! thousand cells above twenty thousand rows of one would take ten gigabytes, and the window with it. Not here: where tables begin
//! and end.

/// Squares of all tables of a letter, and of the cells that span several. The largest reports that people send have a tenth.
const MOST: usize = 2_000_000;

/// The open tables, and how many squares were made so far.
#[derive(Default)]
pub(crate) struct Squares {
    open: Vec<Table>,
    made: usize,
}

#[derive(Default)]
struct Table {
    rows: usize,
    /// Columns of the row that is being read, and of the widest.
    columns: usize,
    widest: usize,
}

impl Squares {
    pub(crate) fn begin_table(&mut self) {
        self.open.push(Table::default());
    }

    pub(crate) fn end_table(&mut self) {
        self.open.pop();
    }

    /// Whether no table is open.
    pub(crate) fn is_outside(&self) -> bool {
        self.open.is_empty()
    }

    /// Takes note of a part of the innermost table, which spans so many columns and rows. False if that is more than a letter may have.
    pub(crate) fn take(&mut self, part: &str, (columns, rows): (usize, usize)) -> bool {
        let Some(table) = self.open.last_mut() else {
            return true;
        };
        let before = table.rows * table.widest;
        match part {
            "td" | "th" => {
                table.rows = table.rows.max(1);
                table.columns += columns;
                table.widest = table.widest.max(table.columns);
                self.made += columns * rows;
            }
            // A style can make a row of any of its parts.
            _ => {
                table.rows += 1;
                table.columns = 0;
            }
        }
        self.made += table.rows * table.widest - before;
        self.made <= MOST
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn has_room(parts: impl IntoIterator<Item = (&'static str, (usize, usize))>) -> bool {
        let mut squares = Squares::default();
        squares.begin_table();
        parts.into_iter().all(|(part, spans)| squares.take(part, spans))
    }

    #[test]
    fn tables_that_people_send_have_room() {
        let row =
            |columns| std::iter::once(("tr", (1, 1))).chain(std::iter::repeat_n(("td", (1, 1)), columns));
        assert!(has_room((0..7_000).flat_map(|_| row(20))), "a long report");
        assert!(has_room((0..300).flat_map(|_| row(300))), "a wide one");
        assert!(has_room([("tr", (1, 1)), ("td", (100, 100))]));
    }

    #[test]
    fn squares_that_nothing_stands_in_count_too() {
        let wide = || std::iter::once(("tr", (1, 1))).chain(std::iter::repeat_n(("td", (1, 1)), 5_000));
        for part in ["tr", "tbody", "caption", "col"] {
            let tall = std::iter::repeat_n((part, (1, 1)), 5_000);
            assert!(!has_room(wide().chain(tall.clone())), "{part} below a wide row");
            assert!(!has_room(tall.chain(wide())), "and above it");
        }
        let spans = std::iter::repeat_n(("td", (100, 100)), 1_000);
        assert!(!has_room(spans));
    }
}
