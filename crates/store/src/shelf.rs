//! The shelf: a folder beside the store with files that hold large bytes on their way out, one each. A file that no row of
//! `parcel` names is nobody's and goes: with the next commit, or with the next opening after a crash. Not here: what is in
//! them (`parcels`).

use std::collections::BTreeSet;
use std::fs::{File, OpenOptions};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::Connection;

use crate::StoreError;
use crate::connection::{beside, private_folder, private_new_file};
use crate::error::Doing;
use crate::packs::on_the_disk;

#[derive(Debug)]
pub(crate) struct Shelf {
    folder: PathBuf,
    numbers: Mutex<Numbers>,
}

#[derive(Debug, Default)]
struct Numbers {
    last: i64,
    /// Those that a row names, or did.
    named: BTreeSet<i64>,
}

impl Shelf {
    /// That of the store in this file.
    pub fn beside(store: &Path) -> Self {
        Self {
            folder: beside(store, "parcels"),
            numbers: Mutex::default(),
        }
    }

    /// Goes on where the last run ended: files that no row names are removed.
    pub fn resume(&self, connection: &Connection) -> Result<(), StoreError> {
        let rows = named_by_rows(connection).doing("looking for large files")?;
        let mut files = BTreeSet::new();
        match std::fs::read_dir(&self.folder) {
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            entries => {
                for entry in entries.doing("looking for large files")? {
                    let name = entry.doing("looking for large files")?.file_name();
                    let number = name.to_str().and_then(|name| name.strip_suffix(".parcel"));
                    files.extend(number.and_then(|number| number.parse::<i64>().ok()));
                }
            }
        }
        for number in files.difference(&rows) {
            self.remove(*number);
        }
        let mut numbers = self.numbers();
        numbers.last = files.union(&rows).copied().max().unwrap_or(0);
        numbers.named = rows;
        Ok(())
    }

    /// Removes the files whose rows went. To be called by whoever holds the writer, after a commit.
    pub fn tidy(&self, connection: &Connection) {
        if self.numbers().named.is_empty() {
            return;
        }
        let Ok(rows) = named_by_rows(connection) else {
            return;
        };
        let gone: Vec<i64> = {
            let mut numbers = self.numbers();
            let gone = numbers.named.difference(&rows).copied().collect();
            numbers.named = rows;
            gone
        };
        for number in gone {
            self.remove(number);
        }
    }

    /// A row names this one from now on, if its transaction comes to something.
    pub fn name(&self, number: i64) {
        self.numbers().named.insert(number);
    }

    /// A new file, which nobody else can read.
    pub fn make(&self) -> std::io::Result<(File, i64)> {
        private_folder(&self.folder)?;
        loop {
            let number = {
                let mut numbers = self.numbers();
                numbers.last += 1;
                numbers.last
            };
            match private_new_file(&self.path(number)) {
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                made => return Ok((made?, number)),
            }
        }
    }

    pub fn open(&self, number: i64) -> std::io::Result<File> {
        OpenOptions::new().read(true).open(self.path(number))
    }

    /// Waits until a new file is on the disk.
    pub fn sync(&self, file: &File) -> std::io::Result<()> {
        file.sync_data()?;
        on_the_disk(&self.folder)
    }

    pub fn size(&self, number: i64) -> std::io::Result<u64> {
        Ok(std::fs::metadata(self.path(number))?.len())
    }

    /// One that cannot be removed now is found at the next opening.
    pub fn remove(&self, number: i64) {
        let _ = std::fs::remove_file(self.path(number));
    }

    fn path(&self, number: i64) -> PathBuf {
        self.folder.join(format!("{number:06}.parcel"))
    }

    fn numbers(&self) -> MutexGuard<'_, Numbers> {
        self.numbers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn named_by_rows(connection: &Connection) -> rusqlite::Result<BTreeSet<i64>> {
    let mut statement = connection.prepare_cached("SELECT id FROM parcel")?;
    let rows = statement.query_map([], |row| row.get(0))?;
    rows.collect()
}

#[cfg(unix)]
pub(crate) fn read_at(file: &File, at: u64, into: &mut [u8]) -> std::io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, into, at)
}

#[cfg(windows)]
pub(crate) fn read_at(file: &File, at: u64, into: &mut [u8]) -> std::io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, into, at)
}
