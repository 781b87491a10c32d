//! Parcels: bytes on their way out, few of them at hand and many in a file of their own beside the store. A letter with a
//! large file would otherwise stand in memory several times over, since SQLite takes a value whole, copies it, and holds
//! its pages; a parcel is written and read piece by piece.
//!
//! The table `parcel` says whose a file is and proves it. Not here: the files themselves (`shelf`).

use std::fs::File;
use std::io::{ErrorKind, Read, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::params;
use sha2::{Digest, Sha256};

use crate::error::Doing;
use crate::shelf::{Shelf, read_at};
use crate::{Reading, StoreError, Writing};

/// From here on bytes stand in a file.
const LARGE: usize = 256 * 1024;
/// How much is read at once.
const PIECE: usize = 64 * 1024;

/// Bytes, wherever they are. Clones are the same ones.
#[derive(Debug, Clone)]
pub struct Parcel {
    size: u64,
    bytes: Bytes,
}

#[derive(Debug, Clone)]
enum Bytes {
    Here(Arc<Vec<u8>>),
    Apart(Arc<Apart>),
}

/// A file of the shelf.
#[derive(Debug)]
struct Apart {
    file: File,
    number: i64,
    sha256: [u8; 32],
    /// Whoever has to remove it if no row comes to name it.
    maker: Option<Arc<Shelf>>,
    claimed: AtomicBool,
}

/// To whom a parcel belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Owner {
    Attachment(i64),
    Submission(i64),
}

/// Takes bytes in, as many as come.
pub(crate) struct Packer {
    shelf: Arc<Shelf>,
    memory: Vec<u8>,
    file: Option<(File, i64)>,
    digest: Sha256,
    size: u64,
}

impl Parcel {
    /// Octets.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Some of the bytes from there, at least one unless there are no more. Reading what was written lately costs no more
    /// than a copy.
    pub fn read_at(&self, at: u64, into: &mut [u8]) -> std::io::Result<usize> {
        match &self.bytes {
            Bytes::Here(bytes) => {
                let rest = usize::try_from(at).ok().and_then(|at| bytes.get(at..));
                rest.unwrap_or_default().read(into)
            }
            Bytes::Apart(apart) => read_at(&apart.file, at, into),
        }
    }

    /// All of it from the beginning.
    pub fn reader(&self) -> impl Read + '_ {
        Reader { parcel: self, at: 0 }
    }

    /// So many of the first bytes, or fewer where there are fewer.
    pub fn beginning(&self, most: u64) -> std::io::Result<Vec<u8>> {
        let mut bytes = Vec::with_capacity(usize::try_from(most.min(self.size)).unwrap_or_default());
        self.reader().take(most).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// What stands in the owner's own row.
    pub(crate) fn in_the_row(&self) -> &[u8] {
        match &self.bytes {
            Bytes::Here(bytes) => bytes,
            Bytes::Apart(_) => &[],
        }
    }
}

impl From<Vec<u8>> for Parcel {
    fn from(bytes: Vec<u8>) -> Self {
        Self {
            size: octets(bytes.len()),
            bytes: Bytes::Here(Arc::new(bytes)),
        }
    }
}

struct Reader<'a> {
    parcel: &'a Parcel,
    at: u64,
}

impl Read for Reader<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let read = self.parcel.read_at(self.at, into)?;
        self.at += octets(read);
        Ok(read)
    }
}

impl Packer {
    pub(crate) fn new(shelf: &Arc<Shelf>) -> Self {
        Self {
            shelf: Arc::clone(shelf),
            memory: Vec::new(),
            file: None,
            digest: Sha256::new(),
            size: 0,
        }
    }

    /// What came. A large parcel is on the disk then.
    pub fn finish(mut self) -> Result<Parcel, StoreError> {
        let Some((file, number)) = self.file.take() else {
            return Ok(std::mem::take(&mut self.memory).into());
        };
        let apart = Apart {
            file,
            number,
            sha256: std::mem::take(&mut self.digest).finalize().into(),
            maker: Some(Arc::clone(&self.shelf)),
            claimed: AtomicBool::new(false),
        };
        let synced = self.shelf.sync(&apart.file);
        synced.doing("writing a large file to the disk")?;
        Ok(Parcel {
            size: self.size,
            bytes: Bytes::Apart(Arc::new(apart)),
        })
    }
}

impl Write for Packer {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.file.is_none() && self.memory.len() + bytes.len() < LARGE {
            self.memory.extend_from_slice(bytes);
            self.size += octets(bytes.len());
            return Ok(bytes.len());
        }
        if self.file.is_none() {
            let (mut file, number) = self.shelf.make()?;
            let memory = std::mem::take(&mut self.memory);
            let moved = file.write_all(&memory);
            self.digest.update(&memory);
            self.file = Some((file, number));
            moved?;
        }
        let Some((file, _)) = &mut self.file else {
            return Err(ErrorKind::NotFound.into());
        };
        let written = file.write(bytes)?;
        self.digest.update(bytes.get(..written).unwrap_or_default());
        self.size += octets(written);
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Drop for Packer {
    fn drop(&mut self) {
        if let Some((_, number)) = self.file.take() {
            self.shelf.remove(number);
        }
    }
}

impl Drop for Apart {
    fn drop(&mut self) {
        if let Some(shelf) = self
            .maker
            .take()
            .filter(|_| !self.claimed.load(Ordering::Acquire))
        {
            shelf.remove(self.number);
        }
    }
}

impl Owner {
    fn columns(self) -> (Option<i64>, Option<i64>) {
        match self {
            Self::Attachment(id) => (Some(id), None),
            Self::Submission(id) => (None, Some(id)),
        }
    }
}

impl Reading<'_> {
    /// The parcel of an owner in whose row these bytes stand. One that is not what it was is [`StoreError::Damaged`].
    pub(crate) fn parcel(&self, owner: Owner, in_the_row: Vec<u8>) -> Result<Parcel, StoreError> {
        let doing = "reading a large file";
        let (attachment, submission) = owner.columns();
        let found: Option<(i64, u64, [u8; 32])> = self.one(
            doing,
            "SELECT id, size, sha256 FROM parcel WHERE attachment_id = ?1 OR submission_id = ?2",
            params![attachment, submission],
            |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs(), row.get(2)?)),
        )?;
        let Some((number, size, sha256)) = found else {
            return Ok(in_the_row.into());
        };
        let file = match self.shelf().open(number) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Err(damaged(number)),
            opened => opened.doing(doing)?,
        };
        let apart = Apart {
            file,
            number,
            sha256,
            maker: None,
            claimed: AtomicBool::new(true),
        };
        if apart.proved(size).doing(doing)? {
            Ok(Parcel {
                size,
                bytes: Bytes::Apart(Arc::new(apart)),
            })
        } else {
            Err(damaged(number))
        }
    }

    /// Whether what rows name is there, as large as they say.
    pub(crate) fn check_parcels(&self) -> Result<(), StoreError> {
        let rows: Vec<(i64, u64)> =
            self.all("checking the store", "SELECT id, size FROM parcel", [], |row| {
                Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs()))
            })?;
        for (number, size) in rows {
            let there = self.shelf().size(number);
            if there.ok() != Some(size) {
                return Err(damaged(number));
            }
        }
        Ok(())
    }
}

impl Writing<'_> {
    /// Notes whose a parcel is. What is small stands in the owner's row already.
    pub(crate) fn put_parcel(&mut self, owner: Owner, parcel: &Parcel) -> Result<(), StoreError> {
        let Bytes::Apart(apart) = &parcel.bytes else {
            return Ok(());
        };
        let (attachment, submission) = owner.columns();
        self.run(
            "keeping a large file",
            "INSERT INTO parcel (id, size, sha256, attachment_id, submission_id) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                apart.number,
                i64::try_from(parcel.size).unwrap_or(i64::MAX),
                apart.sha256.as_slice(),
                attachment,
                submission
            ],
        )?;
        // If the transaction comes to nothing, no row names it and it goes with the next one.
        apart.claimed.store(true, Ordering::Release);
        self.shelf().name(apart.number);
        Ok(())
    }

    /// The letter needs its bytes no more.
    pub(crate) fn remove_parcel_of_sent(&mut self, submission: i64) -> Result<(), StoreError> {
        self.run(
            "clearing the outbox",
            "DELETE FROM parcel WHERE submission_id = (SELECT id FROM submission
               WHERE id = ?1 AND state = 'sent' AND copy_filed = 1)",
            [submission],
        )?;
        Ok(())
    }
}

impl Apart {
    fn proved(&self, size: u64) -> std::io::Result<bool> {
        if self.file.metadata()?.len() != size {
            return Ok(false);
        }
        let mut digest = Sha256::new();
        let mut piece = vec![0; PIECE];
        let mut at = 0;
        loop {
            match read_at(&self.file, at, &mut piece)? {
                0 => return Ok(digest.finalize().as_slice() == self.sha256),
                read => {
                    digest.update(piece.get(..read).unwrap_or_default());
                    at += octets(read);
                }
            }
        }
    }
}

fn damaged(number: i64) -> StoreError {
    StoreError::Damaged(format!("the bytes of parcel {number} are not those it had"))
}

fn octets(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
