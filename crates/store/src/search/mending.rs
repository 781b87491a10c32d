//! Volumes of the index that make no sense any more, as after a disk has lost pages: they are found, emptied, and the letters of their
//! time left to be indexed, while the other volumes are searched and new letters come. Whoever searches, or writes, and meets one has
//! it noted (`gathered.rs`), so that it is mended soon and not only when all is compared once a day. Not here: tables that are no index,
//! whose rows nobody has twice.

use super::comparing::Place;
use super::repair::span;
use super::volumes;
use crate::{Durability, Reading, Store, StoreError, Writing, connection};

impl Store {
    /// Whether somebody has met a volume that makes no sense, since this was asked last.
    pub fn has_met_damage(&self) -> bool {
        self.gathered().takes_damage()
    }

    /// Empties a volume that makes no sense, and leaves its letters to be indexed. Says whether it did.
    pub(super) fn mend_volume(&self, volume: i64) -> Result<bool, StoreError> {
        // With a connection of its own: FTS5 keeps the outline of a volume, and would find damage where others have written since.
        let fresh = connection::reader(self.path())?;
        if Reading::new(&fresh, self.packs()).is_sound(volume)? {
            return Ok(false);
        }
        drop(fresh);
        // Before it is emptied, and outside of the transaction: whoever has something to write waits for no more than a few of them to be
        // noted. Of whatever is not among them, as what comes next, it is seen when all letters are compared.
        let letters = self.read(|reading| reading.lines_of_volume(volume));
        self.empty_in_portions(volume)?;
        let emptied = self.write(|writing| writing.begin_anew(volume))?;
        if emptied {
            match letters {
                Ok(letters) => drop(self.leave_all_missing(&letters)?),
                Err(StoreError::Damaged(_) | StoreError::DamagedIndex(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(emptied)
    }

    /// Takes most of a volume out that makes no sense, some of it at a time, so that whoever has something to write waits for that alone. A
    /// program that ends in between leaves one that makes no sense either.
    fn empty_in_portions(&self, volume: i64) -> Result<(), StoreError> {
        let some = |writing: &mut Writing<'_>| match span(&writing.volumes()?, volume) {
            Some(_) => writing.empty_some(volume),
            None => Ok(false),
        };
        loop {
            match self.write_with(Durability::Soon, some) {
                Ok(true) => {}
                // What cannot even be taken out block by block is dropped as it is.
                Ok(false) | Err(StoreError::Damaged(_) | StoreError::DamagedIndex(_)) => return Ok(()),
                Err(error) => return Err(error),
            }
        }
    }
}

impl Reading<'_> {
    /// The letters that a volume has lines of. FTS5 keeps them apart from the words.
    fn lines_of_volume(&self, volume: i64) -> Result<Vec<i64>, StoreError> {
        if span(&self.volumes()?, volume).is_none() {
            return Ok(Vec::new());
        }
        let sql = format!("SELECT id FROM {}_docsize ORDER BY id", volumes::table(volume));
        self.all("looking which letters are indexed", &sql, [], |row| row.get(0))
    }

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
    /// Empties a volume. A program that ends before its letters are noted goes on behind it, with what all letters are compared for.
    /// `false`: there is no such volume any more.
    fn begin_anew(&mut self, volume: i64) -> Result<bool, StoreError> {
        let doing = "building a part of the search index again";
        if span(&self.volumes()?, volume).is_none() {
            return Ok(false);
        }
        self.unlist(volume)?;
        self.empty_volume(volume)?;
        self.note_place(Some(Place::Volume(volume)))?;
        // What was to be moved from there has no line there any more.
        self.run(
            doing,
            "UPDATE unindexed SET volume = NULL WHERE volume = ?1",
            [volume],
        )?;
        Ok(true)
    }
}

#[cfg(test)]
mod tests;
