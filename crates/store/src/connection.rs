//! How a connection is opened: the file's rights, and the pragmas each connection needs.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use crate::StoreError;
use crate::error::Doing;

/// Statements kept prepared on a connection. The whole crate has about 150, and a search one or two for each volume of the index.
const STATEMENTS: usize = 480;
/// Octets of a page.
const PAGE: u32 = 8192;
/// How long a program that is leaving may still hold the store.
const LEAVING: Duration = Duration::from_millis(500);

/// Makes the folder and the empty file where they are missing, so that nobody else may read either, and takes
/// the lock that keeps a second Waxwing out. The lock lives as long as the file that is returned, and goes with
/// the process however it ends.
pub(crate) fn prepare(path: &Path) -> Result<File, StoreError> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        private_folder(folder).doing("making the store's folder")?;
    }
    let lock = private_file(&beside(path, "lock")).doing("making the lock of the store")?;
    take(&lock)?;
    // SQLite gives its write-ahead log and shared memory the rights of the main file.
    private_file(path).doing("making the store's file")?;
    Ok(lock)
}

/// Takes the lock, or waits a moment for whoever is just leaving: a program that was closed a breath ago, or a child
/// of ours that holds a copy of the lock between its making and its beginning.
fn take(lock: &File) -> Result<(), StoreError> {
    let begun = Instant::now();
    loop {
        match lock.try_lock() {
            Ok(()) => return Ok(()),
            Err(TryLockError::WouldBlock) if begun.elapsed() < LEAVING => std::thread::sleep(LEAVING / 25),
            Err(TryLockError::WouldBlock) => return Err(StoreError::InUse),
            Err(TryLockError::Error(source)) => {
                return Err(StoreError::Io {
                    doing: "locking the store".to_owned(),
                    source,
                });
            }
        }
    }
}

/// The path of a file beside the store: `mail.sqlite` and `lock` give `mail.sqlite.lock`.
pub(crate) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

/// Makes this the connection that writes. What it has committed is on the disk, not only on its way there.
pub(crate) fn make_writer(connection: &Connection) -> Result<(), StoreError> {
    // Letters are long: with larger pages there are fewer of them to be written. It counts for a new file only.
    connection
        .pragma_update(None, "page_size", PAGE)
        .doing("opening the store for writing")?;
    let mode: String = connection
        .query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))
        .doing("switching to the write-ahead log")?;
    if mode != "wal" {
        let source = std::io::Error::other(format!("the file system allows only the mode {mode}"));
        return Err(StoreError::Io {
            doing: "switching to the write-ahead log".to_owned(),
            source,
        });
    }
    connection
        .execute_batch(
            "PRAGMA synchronous = FULL; PRAGMA cache_size = -16384; PRAGMA journal_size_limit = 67108864;",
        )
        .doing("opening the store for writing")
}

/// A connection that only reads.
pub(crate) fn reader(path: &Path) -> Result<Connection, StoreError> {
    let connection = open(path)?;
    connection
        .execute_batch("PRAGMA query_only = ON; PRAGMA cache_size = -4096;")
        .doing("opening the store for reading")?;
    Ok(connection)
}

/// [`reader`] for a file that is another program's, perhaps: the pages that its log holds stay there when this is closed. `None`:
/// there is no such file.
pub(crate) fn reader_beside(path: &Path) -> Result<Option<Connection>, StoreError> {
    match std::fs::metadata(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error).doing("looking for the store"),
        Ok(_) => {}
    }
    let connection = reader(path)?;
    connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)
        .doing("opening the store for reading")?;
    Ok(Some(connection))
}

/// A connection as both kinds need it.
pub(crate) fn open(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).doing("opening the store")?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    // Else SQLite looks at what is bound while it plans, and plans anew as soon as something else is: each time, since
    // statements that stay prepared are asked with another letter each time.
    connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)
        .doing("opening the store")?;
    connection
        .busy_timeout(std::time::Duration::from_secs(10))
        .doing("opening the store")?;
    // On macOS fsync(2) leaves what it was given in the drive's own memory, and only F_FULLFSYNC brings it to the disk. Elsewhere
    // `fullfsync` says nothing.
    connection
        .execute_batch(
            "PRAGMA foreign_keys = ON; PRAGMA mmap_size = 0; PRAGMA trusted_schema = OFF;
             PRAGMA temp_store = MEMORY; PRAGMA cell_size_check = ON;
             PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON;",
        )
        .doing("opening the store")?;
    Ok(connection)
}

#[cfg(unix)]
pub(crate) fn private_folder(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
}

#[cfg(not(unix))]
pub(crate) fn private_folder(folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)
}

/// Opens a file that only its owner may read; takes others' rights away if it stood there with more.
#[cfg(unix)]
pub(crate) fn private_file(path: &Path) -> std::io::Result<File> {
    use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
    let file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(path)?;
    if file.metadata()?.permissions().mode() & 0o077 != 0 {
        file.set_permissions(std::fs::Permissions::from_mode(0o600))?;
    }
    Ok(file)
}

/// Makes a file that is not there yet and that only its owner may read.
pub(crate) fn private_new_file(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// On Windows a file takes its rights from its folder: below a person's own (`%LOCALAPPDATA%`) it is theirs, the system's and the
/// administrators'. Where the profile was put elsewhere, that place says who reads it.
#[cfg(not(unix))]
pub(crate) fn private_file(path: &Path) -> std::io::Result<File> {
    OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_committed_is_asked_to_reach_the_disk_and_not_only_the_drive() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("store");
        let _lock = prepare(&path).unwrap();
        let connection = open(&path).unwrap();
        make_writer(&connection).unwrap();
        let asked = |pragma: &str| {
            let value = connection.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0));
            value.unwrap()
        };
        assert_eq!(asked("synchronous"), 2, "FULL");
        assert_eq!(asked("fullfsync"), 1, "what macOS needs for that");
        assert_eq!(asked("checkpoint_fullfsync"), 1);
    }
}
