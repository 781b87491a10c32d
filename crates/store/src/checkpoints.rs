//! Pages of the write-ahead log go back into the store's file here, on a thread of its own: whoever writes would otherwise
//! wait for the disk at every sixteen megabytes, though nobody asked for what it wrote to be there yet.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

use rusqlite::Connection;

use crate::StoreError;
use crate::error::Doing;

/// Pages of the log that are worth a checkpoint.
const WORTHWHILE: i32 = 2_048;
/// Pages at which whoever writes makes the checkpoint and waits for it, so that the log cannot outgrow the disk.
const TOO_MANY: i32 = 8_192;

/// The thread that makes checkpoints. It ends when nobody can call for them any more.
pub(crate) struct Checkpoints {
    calls: Option<SyncSender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Checkpoints {
    /// Has checkpoints of the log that `writer` writes made over a connection of their own.
    pub(crate) fn begin(writer: &mut Connection, own: Connection) -> Result<Self, StoreError> {
        let doing = "preparing to write";
        // One call that waits stands for all that come meanwhile.
        let (calls, heard) = sync_channel(1);
        let call = calls.clone();
        writer
            .wal_hook(Some(move |log: &mut rusqlite::hooks::Wal, pages: i32| {
                if pages >= TOO_MANY {
                    // The transaction stands, whatever comes of it; the next one tries again.
                    let _made = log.checkpoint();
                } else if pages >= WORTHWHILE {
                    // It is full where a call waits already.
                    let _waits = call.try_send(());
                }
                Ok(())
            }))
            .doing(doing)?;
        let thread = std::thread::Builder::new()
            .name("checkpoints".to_owned())
            .spawn(move || serve(&own, &heard))
            .map_err(|source| StoreError::Io {
                doing: doing.to_owned(),
                source,
            })?;
        Ok(Self {
            calls: Some(calls),
            thread: Some(thread),
        })
    }
}

impl Drop for Checkpoints {
    /// Waits for the checkpoint under way. The writer has gone before, and its calls with it.
    fn drop(&mut self) {
        self.calls = None;
        if let Some(thread) = self.thread.take() {
            let _panicked = thread.join();
        }
    }
}

fn serve(own: &Connection, heard: &Receiver<()>) {
    while heard.recv().is_ok() {
        // What cannot be done now, as on a full disk, is tried again at the next call; until then the log has it all.
        let _made = own.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::time::{Duration, Instant};

    use super::*;

    const PAGE: u64 = 4_096;

    fn scene(path: &Path) -> (Connection, Checkpoints) {
        let mut writer = Connection::open(path).unwrap();
        writer
            .execute_batch(
                "PRAGMA page_size = 4096; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
                 CREATE TABLE page (bytes BLOB)",
            )
            .unwrap();
        let checkpoints = Checkpoints::begin(&mut writer, Connection::open(path).unwrap()).unwrap();
        (writer, checkpoints)
    }

    fn write(writer: &mut Connection, pages: u64) {
        let transaction = writer.transaction().unwrap();
        for _ in 0..pages {
            transaction
                .execute("INSERT INTO page VALUES (zeroblob(?1))", [PAGE])
                .unwrap();
        }
        transaction.commit().unwrap();
    }

    fn length(path: &Path, ending: &str) -> u64 {
        let name = format!("{}{ending}", path.display());
        std::fs::metadata(name).map_or(0, |facts| facts.len())
    }

    #[test]
    fn pages_go_back_though_nobody_writes_any_more() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("store");
        let (mut writer, _checkpoints) = scene(&path);
        let pages = u64::try_from(WORTHWHILE).unwrap() + 100;
        write(&mut writer, pages);
        let begun = Instant::now();
        while length(&path, "") < pages * PAGE {
            assert!(
                begun.elapsed() < Duration::from_secs(30),
                "the thread was called, and the file has only {} octets",
                length(&path, "")
            );
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    #[test]
    fn the_log_has_an_end_however_much_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("store");
        let (mut writer, _checkpoints) = scene(&path);
        let most = u64::try_from(TOO_MANY).unwrap();
        for _ in 0..64 {
            write(&mut writer, most / 8);
        }
        let log = length(&path, "-wal");
        assert!(
            log < 3 * most * (PAGE + 24),
            "the log has {log} octets after eight times what it may grow to"
        );
    }

    #[test]
    fn the_thread_ends_with_its_store() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("store");
        let (mut writer, checkpoints) = scene(&path);
        write(&mut writer, 3_000);
        drop(writer);
        drop(checkpoints);
        assert_eq!(
            length(&path, "-wal"),
            0,
            "the last connection takes the log with it"
        );
        let whole: String = Connection::open(&path)
            .unwrap()
            .query_row("PRAGMA integrity_check", [], |row| row.get(0))
            .unwrap();
        assert_eq!(whole, "ok");
    }
}
