//! Volumes of the index to which nothing is added any more, each put together behind the scenes. FTS5 writes what comes into
//! pieces and merges some of them as more come; a volume that is full would keep half a dozen for ever, and each search asks
//! each of them. A few pages at a time, so that nobody waits for the writer.

use super::volumes;
use crate::{Reading, StoreError, Writing};

/// A volume of more pieces than that is put together. A single letter that changes in an old volume is no reason.
const PIECES: u64 = 2;

/// Where FTS5 keeps the list of its pieces (`FTS5_STRUCTURE_ROWID` in fts5_index.c).
const STRUCTURE: i64 = 10;
/// What stands behind its first four octets where deleted lines are told of in it (`FTS5_STRUCTURE_V2`).
const SECOND_FORM: [u8; 4] = [0xFF, 0, 0, 1];

impl Reading<'_> {
    /// A volume that could be put together, if there is one. To the newest, letters are still added.
    pub fn loose_volume(&self) -> Result<Option<i64>, StoreError> {
        for volume in self.volumes()?.iter().skip(1) {
            if self.pieces(volume.id)? > PIECES {
                return Ok(Some(volume.id));
            }
        }
        Ok(None)
    }

    /// Octets of the file that the index takes.
    pub fn search_octets(&self) -> Result<u64, StoreError> {
        let octets = self.number(
            "measuring the search index",
            "SELECT coalesce(sum(pgsize), 0) FROM dbstat WHERE aggregate = TRUE AND name LIKE 'search%'",
            [],
        )?;
        Ok(octets.unsigned_abs())
    }

    /// Of how many pieces a volume is. 0: that could not be read.
    pub(crate) fn pieces(&self, volume: i64) -> Result<u64, StoreError> {
        let sql = format!("SELECT block FROM {}_data WHERE id = ?1", volumes::table(volume));
        let structure: Option<Vec<u8>> =
            self.one("looking of what a volume is made", &sql, [STRUCTURE], |row| {
                row.get(0)
            })?;
        let structure = structure.unwrap_or_default();
        let rest = structure.get(4..).unwrap_or_default();
        let rest = rest.strip_prefix(&SECOND_FORM).unwrap_or(rest);
        // How many levels there are, and behind it how many pieces.
        let (_, rest) = number(rest);
        Ok(number(rest).0)
    }
}

impl Writing<'_> {
    /// Goes on with putting a volume together, by about so many of its pages. `false`: nothing was left to be done.
    pub fn compact(&mut self, volume: i64, pages: u32) -> Result<bool, StoreError> {
        let doing = "putting a volume together";
        if !self.volumes()?.iter().any(|one| one.id == volume) {
            return Ok(false);
        }
        let table = volumes::table(volume);
        let before = self.number(doing, "SELECT total_changes()", [])?;
        // Less than nothing: all pieces, also those that FTS5 would leave alone.
        self.run(
            doing,
            &format!("INSERT INTO {table} ({table}, rank) VALUES ('merge', ?1)"),
            [-i64::from(pages)],
        )?;
        // The line that asks for it counts as one itself (FTS5, section 6.6).
        Ok(self.number(doing, "SELECT total_changes()", [])? > before + 1)
    }
}

/// A number as SQLite's file format writes it, of at most eight octets, and what stands behind it.
fn number(octets: &[u8]) -> (u64, &[u8]) {
    let mut value = 0;
    for (at, octet) in octets.iter().enumerate().take(8) {
        value = value << 7 | u64::from(octet & 0x7F);
        if octet & 0x80 == 0 {
            return (value, octets.get(at + 1..).unwrap_or_default());
        }
    }
    (value, &[])
}

#[cfg(test)]
mod tests {
    use super::super::volumes::FULL;
    use super::super::volumes_tests::Shelf;
    use super::*;

    #[test]
    fn full_volumes_are_put_together_and_find_the_same() {
        let shelf = Shelf::new();
        let moments: Vec<i64> = (0..5 * FULL).rev().map(|day| day * 1000).collect();
        // As they would come from a server, a few at a time.
        for some in moments.chunks(30) {
            shelf.add(some);
            shelf.index();
        }
        let before = shelf.found("boat");
        let loose = || shelf.store.read(|r| r.loose_volume()).unwrap();
        let first = loose().expect("volumes are of many pieces at first");
        let newest = shelf.store.read(|r| Ok(r.volumes()?[0].id)).unwrap();
        assert_ne!(first, newest, "letters are still added to the newest");
        while let Some(volume) = loose() {
            let more = shelf.store.write(|w| w.compact(volume, 4)).unwrap();
            assert!(more, "it goes on for as long as there is something to do");
        }
        assert_eq!(shelf.store.read(|r| r.pieces(first)).unwrap(), 1);
        assert!(
            !shelf.store.write(|w| w.compact(first, 4)).unwrap(),
            "and is done then"
        );
        assert!(
            !shelf.store.write(|w| w.compact(4711, 4)).unwrap(),
            "one that is gone is no error"
        );
        assert_eq!(shelf.found("boat"), before);
        shelf.hold_against_letters("put together");
    }

    #[test]
    fn numbers_are_read_as_sqlite_writes_them() {
        assert_eq!(number(&[5, 9]), (5, [9].as_slice()));
        assert_eq!(number(&[0x81, 0x00, 7]), (128, [7].as_slice()));
        assert_eq!(number(&[]), (0, [].as_slice()), "nothing is no number");
        assert_eq!(number(&[0x81]), (1, [].as_slice()), "nor is half of one");
    }
}
