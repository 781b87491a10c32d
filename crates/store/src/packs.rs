//! Packs: files beside the store in which the bytes of letters stand one behind the other, with the text that was found
//! in them. The table `body` says where; a pack says nothing that the table does not.
//!
//! SQLite would write each byte twice, into its log and into its file, and take both through its pages. A pack is only
//! ever appended to: what no row points to is room that [`crate::Store::give_back`] gives back. Not here: which letter
//! is where, and whether the bytes are the right ones (`bodies`).

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, IoSlice, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, TryLockError};
use std::time::Duration;

use crate::StoreError;
use crate::connection::{beside, private_file, private_folder};
use crate::error::Doing;
use crate::shelf::Shelf;

/// A pack of this many octets is not appended to any more.
const FULL: u64 = 64 << 20;
/// A pack that was not written to for so long is on the disk.
const LATELY: Duration = Duration::from_secs(3_600);
/// What ends a letter, so that no two begin at the same octet though one of them is empty.
const BETWEEN: &[u8] = b"\n";

/// Where the bytes of a letter begin. Its text stands right behind them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub pack: i64,
    pub start: i64,
}

pub(crate) struct Packs {
    folder: PathBuf,
    tail: Mutex<Tail>,
    /// Packs before the tail of which something may not be on the disk yet.
    unsynced: Unsynced,
    /// No pack goes while somebody reads who may have seen a row that points into it.
    readers: RwLock<()>,
    /// What is not a letter yet.
    shelf: Arc<Shelf>,
}

type Unsynced = Arc<Mutex<BTreeMap<i64, Arc<File>>>>;

/// The pack that is appended to. What stands behind `end` belongs to nobody.
struct Tail {
    pack: i64,
    end: u64,
    file: Option<Arc<File>>,
    /// Whether something was appended that may not be on the disk yet.
    unsynced: bool,
}

/// One transaction's additions. They are taken back when it goes without having been kept.
pub(crate) struct Appending<'a> {
    packs: &'a Packs,
    begun_in: i64,
    begun_at: u64,
    kept: bool,
}

impl Packs {
    /// The packs of the store in this file.
    pub fn beside(store: &Path) -> Self {
        Self {
            folder: beside(store, "letters"),
            tail: Mutex::new(Tail {
                pack: 1,
                end: 0,
                file: None,
                unsynced: false,
            }),
            unsynced: Unsynced::default(),
            readers: RwLock::new(()),
            shelf: Arc::new(Shelf::beside(store)),
        }
    }

    pub fn shelf(&self) -> &Arc<Shelf> {
        &self.shelf
    }

    /// Goes on behind the last byte that a row points to. `None`: no row points anywhere. Gives the octets that the
    /// last pack really has, if that is fewer: the power went before they were on the disk.
    pub fn resume(&self, last: Option<Place>) -> Result<Option<u64>, StoreError> {
        // A program that was killed may have left bytes on their way to the disk.
        for (pack, file) in self.lately_changed()? {
            locked(&self.unsynced).insert(pack, Arc::new(file));
        }
        let mut tail = locked(&self.tail);
        tail.file = None;
        (tail.pack, tail.end) = last.map_or((1, 0), |last| (last.pack, last.start.unsigned_abs()));
        let there = match std::fs::metadata(self.path(tail.pack)) {
            Ok(file) => file.len(),
            Err(error) if error.kind() == ErrorKind::NotFound => 0,
            Err(error) => return Err(error).doing("looking at the letters on this computer"),
        };
        if there >= tail.end {
            return Ok(None);
        }
        // Rows that point behind its end must not point to other letters one day.
        self.turn(&mut tail);
        Ok(Some(there))
    }

    /// Begins the additions of a transaction. There is one at a time.
    pub fn begin(&self) -> Appending<'_> {
        let tail = locked(&self.tail);
        Appending {
            packs: self,
            begun_in: tail.pack,
            begun_at: tail.end,
            kept: false,
        }
    }

    /// Puts a letter and its text behind the others.
    pub fn append(&self, raw: &[u8], text: &str) -> Result<Place, StoreError> {
        let doing = "keeping a letter's body";
        let mut tail = locked(&self.tail);
        if tail.end >= FULL {
            self.turn(&mut tail);
        }
        let (pack, end) = (tail.pack, tail.end);
        let file = match &mut tail.file {
            Some(file) => file,
            none => none.insert(Arc::new(self.open(pack).doing(doing)?)),
        };
        let mut file = &**file;
        file.seek(SeekFrom::Start(end)).doing(doing)?;
        let mut rest = &mut [raw, text.as_bytes(), BETWEEN].map(IoSlice::new)[..];
        while !rest.is_empty() {
            match file.write_vectored(rest).doing(doing)? {
                0 => return Err(std::io::Error::from(ErrorKind::WriteZero)).doing(doing),
                written => IoSlice::advance_slices(&mut rest, written),
            }
        }
        tail.unsynced = true;
        tail.end += octets(raw.len()) + octets(text.len()) + octets(BETWEEN.len());
        let start = i64::try_from(end).unwrap_or(i64::MAX);
        Ok(Place { pack, start })
    }

    /// So many octets from there; `None` where the pack does not have them.
    pub fn read(&self, place: Place, size: i64) -> Result<Option<Vec<u8>>, StoreError> {
        let doing = "reading a letter's body";
        let (Ok(start), Ok(size)) = (u64::try_from(place.start), u64::try_from(size)) else {
            return Ok(None);
        };
        let mut file = match File::open(self.path(place.pack)) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            opened => opened.doing(doing)?,
        };
        let there = file.metadata().doing(doing)?.len();
        let end = start.checked_add(size);
        let (Some(_), Ok(capacity)) = (end.filter(|end| *end <= there), usize::try_from(size)) else {
            return Ok(None);
        };
        file.seek(SeekFrom::Start(start)).doing(doing)?;
        let mut bytes = Vec::with_capacity(capacity);
        file.take(size).read_to_end(&mut bytes).doing(doing)?;
        Ok(Some(bytes))
    }

    /// While this is held no pack goes.
    pub fn hold(&self) -> RwLockReadGuard<'_, ()> {
        self.readers.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// The packs that are there, with their octets.
    pub fn all(&self) -> Result<Vec<(i64, u64)>, StoreError> {
        let doing = "looking at the letters on this computer";
        let entries = match std::fs::read_dir(&self.folder) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries.doing(doing)?,
        };
        let mut found = Vec::new();
        for entry in entries {
            let entry = entry.doing(doing)?;
            let name = entry.file_name();
            let number = name.to_str().and_then(|name| name.strip_suffix(".pack"));
            if let Some(number) = number.and_then(|number| number.parse().ok()) {
                found.push((number, entry.metadata().doing(doing)?.len()));
            }
        }
        found.sort_unstable();
        Ok(found)
    }

    /// Begins a new pack, so that letters of any other can be moved into it.
    pub fn turn_over(&self) {
        let mut tail = locked(&self.tail);
        if tail.end > 0 {
            self.turn(&mut tail);
        }
    }

    /// Goes on with the next pack. The one before is brought to the disk behind the scenes; whoever has to wait for the
    /// disk waits for that, too.
    fn turn(&self, tail: &mut Tail) {
        if let Some(file) = tail.file.take().filter(|_| tail.unsynced) {
            let pack = tail.pack;
            locked(&self.unsynced).insert(pack, Arc::clone(&file));
            let unsynced = Arc::clone(&self.unsynced);
            std::thread::spawn(move || {
                if file.sync_data().is_ok() {
                    locked(&unsynced).remove(&pack);
                }
            });
        }
        tail.pack += 1;
        tail.end = 0;
        tail.unsynced = false;
    }

    /// Waits until all that was ever appended is on the disk: rows that are committed now point to it, and the disk is
    /// about to have all rows.
    fn sync(&self) -> std::io::Result<()> {
        let before: Vec<(i64, Arc<File>)> = locked(&self.unsynced)
            .iter()
            .map(|(pack, file)| (*pack, Arc::clone(file)))
            .collect();
        for (pack, file) in before {
            file.sync_data()?;
            locked(&self.unsynced).remove(&pack);
        }
        let mut tail = locked(&self.tail);
        if let Some(file) = tail.file.as_ref().filter(|_| tail.unsynced) {
            file.sync_data()?;
            tail.unsynced = false;
        }
        Ok(())
    }

    /// Packs that were written to within the last hour, by a clock that may have been set since.
    fn lately_changed(&self) -> Result<Vec<(i64, File)>, StoreError> {
        let doing = "looking at the letters on this computer";
        let mut found = Vec::new();
        for (pack, _) in self.all()? {
            let changed = std::fs::metadata(self.path(pack)).and_then(|file| file.modified());
            let changed = changed.doing(doing)?;
            if changed.elapsed().map_or(true, |since| since < LATELY) {
                found.push((pack, private_file(&self.path(pack)).doing(doing)?));
            }
        }
        Ok(found)
    }

    /// Removes packs to which no row points. The one that is appended to stays. Says whether there was any; `None`: somebody
    /// reads who may have begun before. That is not waited for, since all who read later would wait as well.
    pub fn remove(&self, packs: &[i64]) -> Result<Option<bool>, StoreError> {
        let _alone = match self.readers.try_write() {
            Ok(alone) => alone,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => return Ok(None),
        };
        let tail = locked(&self.tail).pack;
        let mut any = false;
        for pack in packs.iter().filter(|pack| **pack != tail) {
            any = true;
            locked(&self.unsynced).remove(pack);
            match std::fs::remove_file(self.path(*pack)) {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    return Err(error).doing("giving back what letters used");
                }
                _ => {}
            }
        }
        Ok(Some(any))
    }

    fn path(&self, pack: i64) -> PathBuf {
        self.folder.join(format!("{pack:06}.pack"))
    }

    fn open(&self, pack: i64) -> std::io::Result<File> {
        private_folder(&self.folder)?;
        let path = self.path(pack);
        let is_new = !path.exists();
        let file = private_file(&path)?;
        if is_new {
            on_the_disk(&self.folder)?;
        }
        Ok(file)
    }
}

impl Appending<'_> {
    /// Waits until what was appended is on the disk, by this transaction and by all before it.
    pub fn sync(&self) -> Result<(), StoreError> {
        self.packs.sync().doing("writing letters to the disk")
    }

    /// The transaction was committed.
    pub fn keep(mut self) {
        self.kept = true;
    }
}

impl Drop for Appending<'_> {
    fn drop(&mut self) {
        if self.kept {
            return;
        }
        let mut tail = locked(&self.packs.tail);
        let last = tail.pack;
        if last != self.begun_in {
            tail.file = None;
            tail.pack = self.begun_in;
        }
        for pack in self.begun_in + 1..=last {
            let _ = std::fs::remove_file(self.packs.path(pack));
        }
        tail.end = self.begun_at;
        // Room is given back as soon as can be: it may be what the transaction lacked. What stays is written over.
        if let Ok(file) = OpenOptions::new().write(true).open(self.packs.path(tail.pack)) {
            let _ = file.set_len(tail.end);
        }
    }
}

/// A new name in a folder is on the disk when the folder is.
#[cfg(unix)]
pub(crate) fn on_the_disk(folder: &Path) -> std::io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Windows has no such wait: a folder is not opened to be flushed, and NTFS keeps names in a journal of its own.
#[cfg(not(unix))]
pub(crate) fn on_the_disk(_folder: &Path) -> std::io::Result<()> {
    Ok(())
}

fn octets(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

/// A panic while the lock was held has left at most bytes behind the end.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
