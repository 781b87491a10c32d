//! Pages of the write-ahead log go back into the store's file here, on a thread of its own: whoever writes would otherwise
//! wait for the disk at every sixteen megabytes, though nobody asked for what it wrote to be there yet.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;

use rusqlite::Connection;
use rusqlite::hooks::Wal;

use crate::StoreError;
use crate::error::Doing;

/// Pages of the log that are worth a checkpoint.
const WORTHWHILE: i32 = 2_048;
/// Pages at which whoever writes makes the checkpoint and waits for it, so that the log cannot outgrow the disk.
const TOO_MANY: i32 = 8_192;

/// The thread that makes checkpoints, as long as this lives.
pub(crate) struct Checkpoints {
    bell: Arc<Bell>,
    thread: Option<JoinHandle<()>>,
}

/// What the thread waits for.
#[derive(Default)]
struct Bell {
    call: Mutex<Option<Call>>,
    rung: Condvar,
    /// Held while the thread is at a checkpoint: there can be one at a time.
    at_work: Mutex<()>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Call {
    Checkpoint,
    End,
}

impl Bell {
    /// One call that waits stands for all that come meanwhile, and the last call of all for every other.
    fn ring(&self, call: Call) {
        let mut waiting = self.call.lock().unwrap_or_else(PoisonError::into_inner);
        if *waiting != Some(Call::End) {
            *waiting = Some(call);
        }
        self.rung.notify_one();
    }

    fn wait(&self) -> Call {
        let waiting = self.call.lock().unwrap_or_else(PoisonError::into_inner);
        let mut waiting = self
            .rung
            .wait_while(waiting, |call| call.is_none())
            .unwrap_or_else(PoisonError::into_inner);
        waiting.take().unwrap_or(Call::End)
    }
}

impl Checkpoints {
    /// Has checkpoints of the log that `writer` writes made over a connection of their own.
    pub(crate) fn begin(writer: &mut Connection, own: Connection) -> Result<Self, StoreError> {
        let doing = "preparing to write";
        let bell = Arc::new(Bell::default());
        let call = bell.clone();
        writer
            .wal_hook(Some(move |log: &mut Wal, pages: i32| {
                if pages >= TOO_MANY {
                    let _its_turn = call.at_work.lock().unwrap_or_else(PoisonError::into_inner);
                    // The transaction stands, whatever comes of it; the next one tries again.
                    let _made = log.checkpoint();
                } else if pages >= WORTHWHILE {
                    call.ring(Call::Checkpoint);
                }
                Ok(())
            }))
            .doing(doing)?;
        let heard = bell.clone();
        let thread = std::thread::Builder::new()
            .name("checkpoints".to_owned())
            .spawn(move || serve(&own, &heard))
            .map_err(|source| StoreError::Io {
                doing: doing.to_owned(),
                source,
            })?;
        Ok(Self {
            bell,
            thread: Some(thread),
        })
    }
}

impl Drop for Checkpoints {
    /// Waits for the checkpoint under way.
    fn drop(&mut self) {
        self.bell.ring(Call::End);
        if let Some(thread) = self.thread.take() {
            let _panicked = thread.join();
        }
    }
}

fn serve(own: &Connection, heard: &Bell) {
    while heard.wait() == Call::Checkpoint {
        let _mine = heard.at_work.lock().unwrap_or_else(PoisonError::into_inner);
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
                .execute("INSERT INTO page VALUES (zeroblob(?1))", [PAGE.cast_signed()])
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
                begun.elapsed() < Duration::from_secs(120),
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
