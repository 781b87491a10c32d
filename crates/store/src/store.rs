//! The store as a whole: opening it, one writer, a few readers, and telling what was committed.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, Transaction, TransactionBehavior};
use waxwing_model::{Change, EmailId};

use crate::checkpoints::Checkpoints;
use crate::error::Doing;
use crate::gathered::Gathered;
use crate::packs::Packs;
use crate::parcels::Packer;
use crate::{Parcel, Reading, StoreError, Writing, connection, migration};

/// Readers that are kept open. More are opened when they are needed, and closed afterwards.
const READERS: usize = 4;

/// What a transaction is worth when the power goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// It is on the disk when the call returns.
    Now,
    /// It is on its way there. A power cut may take the last seconds of such transactions, always the newest and
    /// always whole; the end of the program takes none. For what can be fetched again.
    Soon,
}

/// The mail on this computer. Clones are the same store; the last one that goes closes it.
#[derive(Clone)]
pub struct Store {
    shared: Arc<Shared>,
}

struct Shared {
    path: PathBuf,
    // Fields are dropped in this order: connections before the lock that guards their file.
    readers: Mutex<Vec<Connection>>,
    desk: Option<Desk>,
    packs: Packs,
    gathered: Gathered,
    reads: AtomicU64,
    on_commit: Box<dyn Fn(Vec<Change>) + Send + Sync>,
}

impl Shared {
    /// The store's file, where another program may have it open to write.
    fn others(&self) -> Option<&Path> {
        self.desk.is_none().then_some(&self.path)
    }

    fn another_reader(&self) -> Result<Connection, StoreError> {
        let Some(path) = self.others() else {
            return connection::reader(&self.path);
        };
        let gone = || std::io::Error::from(std::io::ErrorKind::NotFound);
        let reader = connection::reader_beside(path)?;
        reader.ok_or_else(gone).doing("opening the store for reading")
    }
}

/// What it takes to write, and what only one program at a time has.
struct Desk {
    writer: Mutex<Writer>,
    _checkpoints: Checkpoints,
    _lock: File,
}

struct Writer {
    connection: Connection,
    durability: Durability,
}

impl Writer {
    /// `synchronous = FULL` waits for the disk at each commit, and so for all commits before it too; NORMAL does at
    /// checkpoints only, which keeps the file sound.
    fn set_durability(&mut self, durability: Durability) -> Result<(), StoreError> {
        if self.durability == durability {
            return Ok(());
        }
        let level = match durability {
            Durability::Now => "FULL",
            Durability::Soon => "NORMAL",
        };
        self.connection
            .pragma_update(None, "synchronous", level)
            .doing("preparing to write")?;
        self.durability = durability;
        Ok(())
    }
}

impl Store {
    /// Opens the store in this file, or makes one. `on_commit` is told what each transaction changed, in the
    /// order of the commits and before the next one begins; so it must not write to the store itself.
    pub fn open(path: &Path, on_commit: Box<dyn Fn(Vec<Change>) + Send + Sync>) -> Result<Self, StoreError> {
        let lock = connection::prepare(path)?;
        let mut writer = connection::open(path)?;
        let found = migration::recognise(&writer)?;
        connection::make_writer(&writer)?;
        let packs = Packs::beside(path);
        migration::migrate(&mut writer, path, &packs, found)?;
        let checkpoints = Checkpoints::begin(&mut writer, connection::open(path)?)?;
        let shared = Shared {
            path: path.to_owned(),
            readers: Mutex::default(),
            desk: Some(Desk {
                writer: Mutex::new(Writer {
                    connection: writer,
                    durability: Durability::Now,
                }),
                _checkpoints: checkpoints,
                _lock: lock,
            }),
            packs,
            gathered: Gathered::default(),
            reads: AtomicU64::new(0),
            on_commit,
        };
        let store = Self {
            shared: Arc::new(shared),
        };
        store.resume_packs()?;
        store.packs().shelf().resume(&store.writer()?.connection)?;
        Ok(store)
    }

    /// Opens the store in this file to read in it, beside whoever else has it open, and changes nothing: it takes no lock, and what
    /// writes answers [`StoreError::OnlyRead`]. `None`: there is no store, or it is of an older version, and so has to be
    /// opened to be used.
    pub fn open_beside(path: &Path) -> Result<Option<Self>, StoreError> {
        let Some(reader) = connection::reader_beside(path)? else {
            return Ok(None);
        };
        if migration::recognise(&reader)? != migration::newest() {
            return Ok(None);
        }
        let shared = Shared {
            path: path.to_owned(),
            readers: Mutex::new(vec![reader]),
            desk: None,
            packs: Packs::beside(path),
            gathered: Gathered::default(),
            reads: AtomicU64::new(0),
            on_commit: Box::new(|_| {}),
        };
        Ok(Some(Self {
            shared: Arc::new(shared),
        }))
    }

    /// Whether it was opened with [`Store::open_beside`].
    pub fn only_reads(&self) -> bool {
        self.shared.desk.is_none()
    }

    /// Reads from one snapshot: what others commit meanwhile is not seen.
    pub fn read<T>(&self, f: impl FnOnce(&Reading<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let doing = "beginning to read";
        self.shared.reads.fetch_add(1, Ordering::Relaxed);
        let pooled = locked(&self.shared.readers).pop();
        let reader = match pooled {
            Some(reader) => reader,
            None => self.shared.another_reader()?,
        };
        let _held = self.shared.packs.hold();
        let commits = self.shared.gathered.commits();
        let snapshot = Transaction::new_unchecked(&reader, TransactionBehavior::Deferred).doing(doing)?;
        let reading = Reading::new(&snapshot, &self.shared.packs).of_another(self.shared.others());
        let answer = f(&reading.with_gathered(&self.shared.gathered, commits));
        // Nothing was written, so there is nothing to lose in how the transaction ends. A connection that
        // cannot end it, or whose reader panicked, is not used again.
        if snapshot.rollback().is_ok() {
            let mut readers = locked(&self.shared.readers);
            if readers.len() < READERS {
                readers.push(reader);
            }
        }
        answer
    }

    /// How often it was read since it was opened, and so how many ways there and back those had who waited. What is counted can
    /// be tested on any machine.
    pub fn reads(&self) -> u64 {
        self.shared.reads.load(Ordering::Relaxed)
    }

    /// How often something was committed since it was opened.
    pub fn commits(&self) -> u64 {
        self.shared.gathered.commits() / 2
    }

    /// Writes in one transaction. An error, or a panic, undoes all of it. When this returns `Ok`, it is on the
    /// disk. Not to be called from within another `write`.
    pub fn write<T>(
        &self,
        f: impl FnOnce(&mut Writing<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.write_with(Durability::Now, f)
    }

    /// The same, for what need not be on the disk at once.
    pub fn write_with<T>(
        &self,
        durability: Durability,
        f: impl FnOnce(&mut Writing<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let written = self.written(durability, f);
        if let Err(StoreError::DamagedIndex(_)) = &written {
            self.shared.gathered.note_damage();
        }
        written
    }

    fn written<T>(
        &self,
        durability: Durability,
        f: impl FnOnce(&mut Writing<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut writer = self.writer()?;
        writer.set_durability(durability)?;
        let transaction = writer
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .doing("beginning to write")?;
        let appending = self.shared.packs.begin();
        let mut writing = Writing::new(&transaction, &self.shared.packs);
        let answer = f(&mut writing)?;
        writing.settle_lines()?;
        writing.require_sound()?;
        let (changes, touched) = writing.into_changes();
        // Before the rows that point there.
        if durability == Durability::Now {
            appending.sync()?;
        }
        self.shared.gathered.commit_begins();
        let committed = transaction.commit().doing("writing to the disk");
        self.shared.gathered.commit_ended(touched);
        committed?;
        appending.keep();
        self.shared.packs.shelf().tidy(&writer.connection);
        if !changes.is_empty() {
            (self.shared.on_commit)(changes);
        }
        Ok(answer)
    }

    /// Has lists of a query show letters that servers have found for it and whose text is not here, until another is asked
    /// for.
    pub fn show_beside(&self, query: &str, letters: Vec<EmailId>) {
        self.shared.gathered.set_beside(query, letters);
    }

    /// Has lists of searches gathered anew, though nothing was written: another day has begun, and `today` is that.
    pub fn forget_gathered(&self) {
        self.shared.gathered.forget();
    }

    /// Takes in bytes that may be many, piece by piece. They are on the disk then, and go if nothing is made of them.
    pub fn pack(
        &self,
        write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
    ) -> Result<Parcel, StoreError> {
        let mut pieces = BufWriter::with_capacity(64 * 1024, Packer::new(self.shared.packs.shelf()));
        let written = write(&mut pieces).and_then(|()| pieces.flush());
        written.doing("taking in a large file")?;
        let (packer, _) = pieces.into_parts();
        packer.finish()
    }

    /// Gives back to the disk what the files do not use, where that is half of one or more; else the mail to come uses
    /// it. Writing waits meanwhile, for about as long as it takes to copy what is left. Says whether any was given.
    pub fn give_back(&self) -> Result<bool, StoreError> {
        let emptied = self.give_back_packs()?;
        Ok(self.give_back_pages()? || emptied)
    }

    fn give_back_pages(&self) -> Result<bool, StoreError> {
        let doing = "making the store smaller";
        let _writer = self.writer()?;
        // A connection of its own, since the copy is made where temporary tables are: in memory, on the others.
        let fresh = connection::open(&self.shared.path)?;
        let number = |sql: &str| fresh.query_row(sql, [], |row| row.get::<_, i64>(0)).doing(doing);
        if number("PRAGMA freelist_count")? * 2 < number("PRAGMA page_count")? {
            return Ok(false);
        }
        fresh
            .execute_batch("PRAGMA temp_store = FILE; PRAGMA synchronous = FULL; VACUUM;")
            .doing(doing)?;
        // The log is as long as the copy. Where somebody reads in it, it is cut at the next opening.
        let _busy = number("PRAGMA wal_checkpoint(TRUNCATE)")?;
        Ok(true)
    }

    /// Reads every page and looks whether it makes sense. It takes a while on a large store.
    pub fn check(&self) -> Result<(), StoreError> {
        // A connection of its own: FTS5 keeps the index's outline in memory and, unlike a search, the check does
        // not ask whether another connection has changed it since, so an old one would find damage that is not.
        let fresh = connection::reader(&self.shared.path)?;
        let _held = self.shared.packs.hold();
        let r = Reading::new(&fresh, &self.shared.packs);
        let doing = "checking the store";
        let words: Vec<String> = r.all(doing, "PRAGMA integrity_check", [], |row| row.get(0))?;
        if words != ["ok"] {
            return Err(StoreError::Damaged(words.join("; ")));
        }
        let astray: Vec<String> = r.all(doing, "PRAGMA foreign_key_check", [], |row| row.get(0))?;
        if let Some(table) = astray.first() {
            return Err(StoreError::Damaged(format!(
                "{} rows of {table} point nowhere",
                astray.len()
            )));
        }
        r.check_packs()?;
        r.check_parcels()
    }

    pub(crate) fn path(&self) -> &Path {
        &self.shared.path
    }

    pub(crate) fn gathered(&self) -> &Gathered {
        &self.shared.gathered
    }

    pub(crate) fn packs(&self) -> &Packs {
        &self.shared.packs
    }

    /// While this is held nobody writes.
    pub(crate) fn hold_writer(&self) -> Result<impl Drop + '_, StoreError> {
        self.writer()
    }

    fn writer(&self) -> Result<MutexGuard<'_, Writer>, StoreError> {
        let desk = self.shared.desk.as_ref().ok_or(StoreError::OnlyRead)?;
        Ok(locked(&desk.writer))
    }
}

/// A panic while the lock was held has already rolled its transaction back, so what is behind it is sound.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
impl Store {
    /// The writing connection itself, for tests that limit it or watch it.
    pub(crate) fn with_writer<T>(&self, f: impl FnOnce(&mut Connection) -> T) -> T {
        f(&mut self.writer().expect("a store that is written to").connection)
    }
}
