//! Volumes of the index that make no sense any more, as after a disk has lost pages: they are found, emptied, and the letters of their
//! time left to be indexed, while the other volumes are searched and new letters come. Whoever searches, or writes, and meets one has
//! it noted (`gathered.rs`), so that it is mended soon and not only when all is compared once a day. Not here: tables that are no index,
//! whose rows nobody has twice.

use rusqlite::params;

use super::repair::span;
use super::volumes;
use crate::{Reading, Store, StoreError, Writing, connection};

impl Store {
    /// Whether somebody has met a volume that makes no sense, since this was asked last.
    pub fn has_met_damage(&self) -> bool {
        self.gathered().takes_damage()
    }

    /// Empties what makes no sense of the index, and leaves its letters to be indexed. Gives how many volumes it were.
    pub(super) fn mend_volumes(&self) -> Result<u32, StoreError> {
        let mut mended = 0;
        for volume in self.read(|reading| reading.volumes())? {
            // With a connection of its own: FTS5 keeps the outline of a volume, and would find damage where others have written since.
            let fresh = connection::reader(self.path())?;
            if !Reading::new(&fresh, self.packs()).is_sound(volume.id)? {
                mended += u32::from(self.write(|writing| writing.begin_anew(volume.id))?);
            }
        }
        Ok(mended)
    }
}

impl Reading<'_> {
    /// Whether the words of a volume, and where they stand, agree with each other. All of it is read.
    fn is_sound(&self, volume: i64) -> Result<bool, StoreError> {
        let sql = format!("PRAGMA integrity_check('{}')", volumes::table(volume));
        let told = self.all("looking whether the search index is sound", &sql, [], |row| {
            row.get::<_, String>(0)
        });
        match told {
            Ok(told) => Ok(told == ["ok"]),
            Err(StoreError::DamagedIndex(_)) => Ok(false),
            // Whatever else went wrong, as a file that could not be read, says nothing of the volume. It may have gone since.
            Err(error) => match span(&self.volumes()?, volume) {
                Some(_) => Err(error),
                None => Ok(true),
            },
        }
    }
}

impl Writing<'_> {
    /// `false`: there is no such volume any more.
    fn begin_anew(&mut self, volume: i64) -> Result<bool, StoreError> {
        let doing = "building a part of the search index again";
        let Some((since, until)) = span(&self.volumes()?, volume) else {
            return Ok(false);
        };
        self.unlist(volume)?;
        self.empty_volume(volume)?;
        // What was to be moved from there has no line there any more.
        self.run(
            doing,
            "UPDATE unindexed SET volume = NULL WHERE volume = ?1",
            [volume],
        )?;
        self.run(
            doing,
            "INSERT INTO unindexed (email_id, volume, whole)
             SELECT id, NULL, has_body FROM email WHERE received_at BETWEEN ?1 AND ?2
             ON CONFLICT (email_id) DO NOTHING",
            params![since, until],
        )?;
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::super::volumes::{FULL, table};
    use super::super::volumes_tests::Shelf;
    use crate::{Repairs, StoreError, Unindexed};

    /// Makes nonsense of what a volume says, in all of its blocks or in the outline alone.
    fn spoil(shelf: &Shelf, table: &str, what: &str) {
        let sql = format!(
            "UPDATE {table}_data SET block = CAST(printf('%.*c', length(block), 'Z') AS BLOB) {what}"
        );
        shelf
            .store
            .with_writer(|connection| connection.execute(&sql, []))
            .expect("it is spoilt");
    }

    #[test]
    fn a_damaged_volume_is_left_out_of_a_search_noted_and_built_again() {
        for what in ["WHERE id > 10", "WHERE id = 10", ""] {
            let shelf = Shelf::new();
            shelf.add(&(0..4 * FULL).map(|day| day * 1000).collect::<Vec<_>>());
            shelf.index();
            // So that nobody has the outline of it in mind.
            let shelf = shelf.reopened();
            let whole = shelf.found("jonas ");
            assert_eq!(shelf.store.repair_search().unwrap(), Repairs::default());
            assert!(!shelf.store.has_met_damage(), "all is well");
            let largest = shelf.store.read(|r| {
                let mut tables = Vec::new();
                for volume in r.volumes()?.iter().filter(|volume| volume.id > 1) {
                    let table = table(volume.id);
                    let lines = r.number("counting", &format!("SELECT count(*) FROM {table}_docsize"), [])?;
                    tables.push((lines, table));
                }
                Ok(tables.into_iter().max().expect("there are several"))
            });
            spoil(&shelf, &largest.unwrap().1, what);
            let shelf = shelf.reopened();
            let found = shelf.found("jonas ");
            assert!(
                found.len() < whole.len() && found.len() >= whole.len() / 2,
                "{what}: the others are found, {} of {}",
                found.len(),
                whole.len()
            );
            assert!(shelf.store.has_met_damage(), "{what}: it is noted");
            assert!(!shelf.store.has_met_damage(), "once");
            let repairs = shelf.store.repair_search().unwrap();
            assert_eq!(repairs.damaged, 1, "{what}");
            assert_eq!(shelf.found("jonas "), found, "{what}: the others still are");
            let half = shelf
                .store
                .write(|w| w.index_waiting(Unindexed::All, 30))
                .unwrap();
            assert_eq!(half, 30);
            assert_eq!(
                shelf.found("jonas ").len(),
                found.len() + 30,
                "{what}: while it is built"
            );
            shelf.index();
            assert_eq!(shelf.found("jonas "), whole, "{what}: and all are again");
            assert_eq!(shelf.store.repair_search().unwrap(), Repairs::default());
            shelf.hold_against_letters(what);
            shelf.store.check().unwrap();
        }
    }

    #[test]
    fn the_only_volume_is_built_again_and_letters_come_to_it() {
        let shelf = Shelf::new();
        let letters = shelf.add(&[1000, 2000, 3000]);
        shelf.index();
        spoil(&shelf, "search", "");
        let shelf = shelf.reopened();
        assert!(shelf.found("jonas ").is_empty());
        let come = shelf.store.write(|w| {
            let letter = w.email(letters[0])?.expect("it is there").subject;
            assert_eq!(letter, "A whale");
            w.put_body(letters[0], b"x", &crate::BodyFacts::default())
        });
        assert!(
            matches!(come, Ok(()) | Err(StoreError::DamagedIndex(_))),
            "{come:?}"
        );
        assert!(shelf.store.has_met_damage());
        assert_eq!(shelf.store.repair_search().unwrap().damaged, 1);
        shelf.index();
        assert_eq!(shelf.found("jonas ").len(), 3);
        shelf
            .store
            .write(|w| w.put_body(letters[0], b"x", &crate::BodyFacts::default()))
            .unwrap();
        shelf.hold_against_letters("after it was mended");
        shelf.store.check().unwrap();
    }

    #[test]
    fn a_disk_that_is_full_ends_the_building_of_the_index_with_what_was_written_and_it_goes_on_later() {
        let shelf = Shelf::new();
        shelf.add(&(0..4 * FULL).map(|day| day * 1000).collect::<Vec<_>>());
        shelf.index();
        let whole = shelf.found("jonas ");
        let limit = |pages: i64| {
            shelf.store.with_writer(|connection| {
                connection
                    .query_row(&format!("PRAGMA max_page_count = {pages}"), [], |row| {
                        row.get::<_, i64>(0)
                    })
                    .expect("a limit")
            })
        };
        shelf.store.write(|w| w.leave_all_to_be_indexed()).unwrap();
        assert!(shelf.found("jonas ").is_empty());
        // No more than there is now: what was emptied is free, and is used up before the end.
        let pages = shelf.store.with_writer(|connection| {
            connection
                .execute_batch("PRAGMA incremental_vacuum; VACUUM;")
                .expect("no room is free");
            connection
                .query_row("PRAGMA page_count", [], |row| row.get::<_, i64>(0))
                .expect("pages")
        });
        limit(pages + 8);
        let full = loop {
            match shelf.store.write(|w| w.index_waiting(Unindexed::All, 20)) {
                Ok(0) => panic!("there is room for everything"),
                Ok(_) => {}
                Err(error) => break error,
            }
        };
        assert!(matches!(full, StoreError::Full { .. }), "{full:?}");
        let some = shelf.found("jonas ").len();
        assert!(some > 0 && some < whole.len(), "{some} of {}", whole.len());
        assert!(!shelf.store.has_met_damage(), "nothing is damaged");
        shelf.store.check().unwrap();
        limit(1 << 30);
        shelf.index();
        assert_eq!(shelf.found("jonas "), whole);
        assert_eq!(shelf.store.repair_search().unwrap(), Repairs::default());
    }
}
