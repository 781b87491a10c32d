//! Mail in a Dovecot's Maildirs, behind the server's back: put in, listed, and its UIDVALIDITY changed.
//! A letter that is put in keeps its bytes as they are, which delivery over LMTP would not do.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::Dovecot;
use crate::StageError;
use crate::people::address;

static DELIVERED: AtomicU64 = AtomicU64::new(0);

impl Dovecot {
    /// The Maildir of a person's INBOX. It may not exist yet.
    pub fn maildir(&self, user: &str) -> PathBuf {
        self.path("mail").join(address(user)).join("Maildir")
    }

    /// The Maildir of a folder. `mailbox` is its name as the server says it (`INBOX`, `Archive/2024`).
    pub fn mailbox_dir(&self, user: &str, mailbox: &str) -> PathBuf {
        if mailbox.eq_ignore_ascii_case("INBOX") {
            return self.maildir(user);
        }
        let inner = mailbox.strip_prefix(self.prefix.as_str()).unwrap_or(mailbox);
        self.maildir(user)
            .join(format!(".{}", inner.replace(self.separator, ".")))
    }

    /// Puts a letter into a folder, byte for byte, as new mail. A folder that does not exist is made.
    pub fn deliver(&self, user: &str, mailbox: &str, raw: &[u8]) -> Result<(), StageError> {
        let name = unique_name();
        self.put(user, mailbox, raw, &Path::new("new").join(name))
    }

    /// The same as a letter that came so many days ago.
    pub fn deliver_days_ago(
        &self,
        user: &str,
        mailbox: &str,
        raw: &[u8],
        days: u64,
    ) -> Result<(), StageError> {
        let name = unique_name();
        self.put(user, mailbox, raw, &Path::new("new").join(&name))?;
        let path = self.mailbox_dir(user, mailbox).join("new").join(name);
        let came = SystemTime::now() - Duration::from_secs(days * 24 * 60 * 60);
        let dated = fs::File::options()
            .append(true)
            .open(path)
            .and_then(|file| file.set_modified(came));
        dated.map_err(StageError::io("date a letter of the server"))
    }

    /// Puts a letter into a folder with flags, in Maildir's letters: `S` seen, `R` answered, `F` flagged,
    /// `T` deleted, `D` draft.
    pub fn deliver_with_flags(
        &self,
        user: &str,
        mailbox: &str,
        raw: &[u8],
        flags: &str,
    ) -> Result<(), StageError> {
        let name = format!("{}:2,{flags}", unique_name());
        self.put(user, mailbox, raw, &Path::new("cur").join(name))
    }

    /// The letters in a folder as they lie on the disk, oldest first.
    pub fn letters(&self, user: &str, mailbox: &str) -> Result<Vec<Vec<u8>>, StageError> {
        let folder = self.mailbox_dir(user, mailbox);
        let mut names = Vec::new();
        for part in ["new", "cur"] {
            let Ok(entries) = fs::read_dir(folder.join(part)) else {
                continue;
            };
            names.extend(entries.flatten().map(|entry| (entry.file_name(), entry.path())));
        }
        names.sort();
        names
            .iter()
            .map(|(_, path)| fs::read(path).map_err(StageError::io("read a letter of the server")))
            .collect()
    }

    /// Gives a folder another UIDVALIDITY, so that every UID that a client remembers is void
    /// (RFC 9051 section 2.3.1.1). The letters stay.
    pub fn invalidate(&self, user: &str, mailbox: &str) -> Result<(), StageError> {
        let user = address(user);
        let status = self.doveadm(&["mailbox", "status", "-u", &user, "uidvalidity", mailbox])?;
        let old: u32 = status
            .rsplit_once("uidvalidity=")
            .and_then(|(_, value)| value.trim().parse().ok())
            .ok_or_else(|| StageError::Command {
                command: "doveadm mailbox status".to_owned(),
                output: status,
            })?;
        let new = old.wrapping_add(1).to_string();
        self.doveadm(&["mailbox", "update", "-u", &user, "--uid-validity", &new, mailbox])?;
        Ok(())
    }

    fn put(&self, user: &str, mailbox: &str, raw: &[u8], to: &Path) -> Result<(), StageError> {
        let folder = self.mailbox_dir(user, mailbox);
        self.make(&self.path("mail").join(address(user)))?;
        self.make(&self.maildir(user))?;
        self.make(&folder)?;
        for part in ["tmp", "new", "cur"] {
            self.make(&folder.join(part))?;
        }
        let tmp = folder.join("tmp").join(to.file_name().unwrap_or_default());
        fs::write(&tmp, raw).map_err(StageError::io("write a letter for the server"))?;
        self.hand_over(&tmp)?;
        fs::rename(&tmp, folder.join(to)).map_err(StageError::io("deliver a letter to the server"))
    }

    fn make(&self, folder: &Path) -> Result<(), StageError> {
        match fs::create_dir(folder) {
            Ok(()) => self.hand_over(folder),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
            Err(source) => Err(StageError::Io {
                doing: format!("make {}", folder.display()),
                source,
            }),
        }
    }
}

/// A name that sorts by the time of delivery, because Dovecot gives out UIDs in that order.
fn unique_name() -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let count = DELIVERED.fetch_add(1, Ordering::Relaxed);
    format!(
        "{}.M{:06}P{}Q{count:08}.waxwing",
        now.as_secs(),
        now.subsec_micros(),
        std::process::id()
    )
}
