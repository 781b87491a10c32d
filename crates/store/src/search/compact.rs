//! Volumes of the index to which nothing is added any more, each put together behind the scenes. FTS5 writes what comes into
//! pieces and merges some of them as more come; a volume that is full would keep half a dozen for ever, and each search asks
//! each of them. A few pages at a time, so that nobody waits for the writer. A volume is written anew as a whole, so it has to be
//! worth that: a letter that goes or changes in an old one adds a small piece beside a large one, and is no reason.

use super::volumes;
use crate::{Reading, StoreError, Writing};

/// A volume of up to so many pieces is left alone.
const FEW: usize = 2;
/// One of more than that is put together in any case.
const MANY: usize = 12;
/// In between, where all pieces but the largest have this part of its pages: one in so many.
const WORTHWHILE: u64 = 4;

/// FTS5 has no more levels, nor pieces (`FTS5_MAX_SEGMENT`).
const MOST: u64 = 2_000;

/// Where FTS5 keeps the list of its pieces (`FTS5_STRUCTURE_ROWID` in fts5_index.c).
const STRUCTURE: i64 = 10;
/// What stands behind its first four octets where deleted lines are told of in it (`FTS5_STRUCTURE_V2`).
const SECOND_FORM: [u8; 4] = [0xFF, 0, 0, 1];

impl Reading<'_> {
    /// A volume that is worth to be put together, if there is one. To the newest, letters are still added: it is left alone unless
    /// they came by the hundred. Whoever has begun with one goes on until [`Writing::compact`] has nothing left to do.
    pub fn loose_volume(&self) -> Result<Option<i64>, StoreError> {
        for (place, volume) in self.volumes()?.iter().enumerate() {
            let pieces = self.pieces(volume.id)?;
            let is_worth_it = match place {
                0 => pieces.len() > MANY && is_in_parts(&pieces),
                _ => is_loose(&pieces),
            };
            if is_worth_it {
                return Ok(Some(volume.id));
            }
        }
        Ok(None)
    }

    /// Octets of the file that the index takes.
    pub fn search_octets(&self) -> Result<u64, StoreError> {
        let octets = self.number(
            "measuring the search index",
            "SELECT coalesce(sum(pgsize), 0) FROM dbstat WHERE aggregate = TRUE AND (name LIKE 'search%' OR name IN ('word', 'beginning'))",
            [],
        )?;
        Ok(octets.unsigned_abs())
    }

    /// Lines that were taken out of the index or written anew, as far as FTS5 has still to pass them by in searches and merges.
    pub fn replaced_lines(&self) -> Result<u64, StoreError> {
        let mut replaced = 0;
        for volume in self.volumes()? {
            let pieces = pieces(&self.structure(volume.id)?);
            replaced += pieces.iter().map(|piece| piece.deleted).sum::<u64>();
        }
        Ok(replaced)
    }

    /// The pages of each piece of a volume. None: that could not be read.
    pub(crate) fn pieces(&self, volume: i64) -> Result<Vec<u64>, StoreError> {
        Ok(pages(&self.structure(volume)?))
    }

    fn structure(&self, volume: i64) -> Result<Vec<u8>, StoreError> {
        let sql = format!("SELECT block FROM {}_data WHERE id = ?1", volumes::table(volume));
        let doing = "looking of what a volume is made";
        let structure = self.one(doing, &sql, [STRUCTURE], |row| row.get(0))?;
        Ok(structure.unwrap_or_default())
    }
}

fn is_loose(pieces: &[u64]) -> bool {
    match pieces.len() {
        0..=FEW => false,
        count => count > MANY || is_in_parts(pieces),
    }
}

/// Whether much of it stands outside its largest piece.
fn is_in_parts(pieces: &[u64]) -> bool {
    let largest = pieces.iter().copied().max().unwrap_or_default();
    let all: u64 = pieces.iter().sum();
    all.saturating_sub(largest).saturating_mul(WORTHWHILE) >= all
}

/// A piece of a volume.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Piece {
    pages: u64,
    /// Lines of it that were taken out or written anew.
    deleted: u64,
}

/// The pages of each piece.
fn pages(structure: &[u8]) -> Vec<u64> {
    pieces(structure).iter().map(|piece| piece.pages).collect()
}

/// The pieces of a volume, as the list of them says (`fts5StructureDecode` in fts5_index.c).
fn pieces(structure: &[u8]) -> Vec<Piece> {
    let rest = structure.get(4..).unwrap_or_default();
    let (mut rest, is_second) = match rest.strip_prefix(&SECOND_FORM) {
        Some(rest) => (rest, true),
        None => (rest, false),
    };
    let mut next = || {
        let (value, behind) = number(rest);
        rest = behind;
        value
    };
    let (levels, count, _written) = (next(), next(), next());
    let mut pieces = Vec::new();
    for _ in 0..levels.min(MOST) {
        let (_merged, own) = (next(), next());
        for _ in 0..own.min(MOST) {
            let (_id, first, last) = (next(), next(), next());
            let mut piece = Piece {
                pages: (last + 1).saturating_sub(first),
                deleted: 0,
            };
            if is_second {
                let (_first_origin, _last_origin, _deleted_pages) = (next(), next(), next());
                piece.deleted = next();
                let _lines = next();
            }
            pieces.push(piece);
        }
    }
    // Whatever it was that was read, it was no list of pieces.
    match u64::try_from(pieces.len()) == Ok(count) {
        true => pieces,
        false => Vec::new(),
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
            let mut steps = 0;
            while shelf.store.write(|w| w.compact(volume, 4)).unwrap() {
                steps += 1;
            }
            assert!(steps > 0, "a loose volume is one at which something can be done");
        }
        assert_eq!(shelf.store.read(|r| r.pieces(first)).unwrap().len(), 1);
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
    fn a_volume_is_written_anew_where_that_is_worth_it() {
        assert!(!is_loose(&[]) && !is_loose(&[700]) && !is_loose(&[400, 300]));
        assert!(!is_loose(&[700, 1, 1]), "two letters that went are no reason");
        assert!(!is_loose(&[700, 20, 20, 20, 1, 1]), "nor are some more");
        assert!(is_loose(&[300, 200, 100, 20, 4, 1]), "as a first fetch leaves it");
        assert!(is_loose(&[[700].as_slice(), &[1; MANY]].concat()), "nor for ever");
    }

    #[test]
    fn the_list_of_pieces_is_read_in_both_its_forms() {
        // Two levels: of two pieces, one of them of 300 pages, and of one.
        let first = [
            0, 0, 0, 9, 2, 3, 40, 0, 2, 1, 1, 0x82, 0x2C, 2, 1, 1, 0, 1, 3, 5, 9,
        ];
        assert_eq!(pages(&first), [300, 1, 5]);
        let second = [
            0, 0, 0, 9, 0xFF, 0, 0, 1, 1, 2, 40, 0, 2, 1, 1, 7, 1, 1, 0, 0, 9, 2, 1, 1, 2, 2, 1, 1, 9,
        ];
        assert_eq!(pages(&second), [7, 1]);
        assert_eq!(
            pieces(&second)
                .iter()
                .map(|piece| piece.deleted)
                .collect::<Vec<_>>(),
            [0, 1],
            "what was taken out is told in the second"
        );
        for end in 0..second.len() - 16 {
            assert!(pages(&second[..end]).len() < 2, "half a list is none");
        }
    }

    #[test]
    fn numbers_are_read_as_sqlite_writes_them() {
        assert_eq!(number(&[5, 9]), (5, [9].as_slice()));
        assert_eq!(number(&[0x81, 0x00, 7]), (128, [7].as_slice()));
        assert_eq!(number(&[]), (0, [].as_slice()), "nothing is no number");
        assert_eq!(number(&[0x81]), (1, [].as_slice()), "nor is half of one");
    }
}
