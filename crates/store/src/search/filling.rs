//! How FTS5 keeps a volume while lines come by the hundred, and while they come one by one. What comes is written as a piece of
//! its own, and FTS5 merges pieces as more come, so that a search has few to ask. While a volume is filled, each line would be
//! written three or four times by that; it is left in pieces then, larger ones, and put together once when it is full
//! (`search/compact.rs`).

use super::volumes;
use crate::{StoreError, Writing};

/// Lines of one transaction from which on volumes are being filled.
const MANY: usize = if cfg!(test) { 20 } else { 200 };

/// Pieces of a volume that are merged, where lines come one by one: FTS5's own number.
const MERGED: i64 = 4;
/// Octets that FTS5 gathers before it writes a piece, a quarter of that else.
const GATHERED: i64 = 4 << 20;
/// Pieces of one size that a search would find too many, however they have come.
const TOO_MANY: i64 = 32;

impl Writing<'_> {
    /// Before lines are written into a volume, so many of them in this transaction.
    pub(crate) fn prepare_volume(&self, volume: i64, lines: usize) -> Result<(), StoreError> {
        let doing = "preparing a volume of the index";
        let table = volumes::table(volume);
        let sql = format!("SELECT v FROM {table}_config WHERE k = 'automerge'");
        let known: Option<i64> = self.one(doing, &sql, [], |row| row.get(0))?;
        let set = |word: &str, value: i64| {
            let sql = format!("INSERT INTO {table} ({table}, rank) VALUES (?1, ?2)");
            self.run(doing, &sql, rusqlite::params![word, value])
        };
        match known {
            Some(0) if lines < MANY => {
                set("automerge", MERGED)?;
            }
            known if lines >= MANY && known != Some(0) => {
                set("automerge", 0)?;
                set("crisismerge", TOO_MANY)?;
                set("hashsize", GATHERED)?;
            }
            _ => {}
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::volumes_tests::Shelf;
    use super::*;

    #[test]
    fn a_volume_is_left_in_pieces_while_it_is_filled_and_merged_again_afterwards() {
        let shelf = Shelf::new();
        let merged = || {
            let sql = "SELECT v FROM search_config WHERE k = 'automerge'";
            shelf
                .store
                .read(|r| r.one("looking", sql, [], |row| row.get::<_, i64>(0)))
                .unwrap()
        };
        let some = i64::try_from(MANY).unwrap();
        shelf.add(&[1, 2, 3]);
        assert_eq!(merged(), None, "FTS5's own number where letters come one by one");
        let moments = |from: i64| (from..from + 3 * some).map(|day| day * 1000).collect::<Vec<_>>();
        shelf.add(&moments(10));
        shelf.index();
        assert_eq!(merged(), Some(0));
        shelf.hold_against_letters("filled");
        shelf.add(&[100_000_000]);
        assert_eq!(merged(), Some(MERGED));
    }
}
