//! A store in a folder of its own, with lena's account and her mailboxes, and a watcher of what it tells.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

pub(crate) use crate::lena::{account as lena, mailbox};
use waxwing_model::{AccountId, Address, Change, EmailId, Keeping, Keywords, MailboxId, Role, Timestamp};
use waxwing_store::{NewEmail, Reading, Store, StoreError};

pub struct Scene {
    pub folder: tempfile::TempDir,
    pub store: Store,
    pub account: AccountId,
    pub inbox: MailboxId,
    pub archive: MailboxId,
    pub trash: MailboxId,
    told: Arc<Mutex<Vec<Change>>>,
}

/// The store in this file, of which nobody is told anything.
pub fn opened(path: &Path) -> Store {
    Store::open(path, Box::new(|_| {})).unwrap()
}

impl Scene {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let told: Arc<Mutex<Vec<Change>>> = Arc::default();
        let teller = Arc::clone(&told);
        let store = Store::open(
            &folder.path().join("mail.sqlite"),
            Box::new(move |changes| teller.lock().unwrap().extend(changes)),
        )
        .unwrap();
        let (account, [inbox, archive, trash]) = store
            .write(|w| {
                let account = w.insert_account(&lena())?;
                let inbox = w.insert_mailbox(&mailbox(account, "Inbox", Some(Role::Inbox)))?;
                let archive = w.insert_mailbox(&mailbox(account, "Archive", Some(Role::Archive)))?;
                let trash = w.insert_mailbox(&mailbox(account, "Trash", Some(Role::Trash)))?;
                Ok((account, [inbox, archive, trash]))
            })
            .unwrap();
        told.lock().unwrap().clear();
        Self {
            folder,
            store,
            account,
            inbox,
            archive,
            trash,
            told,
        }
    }

    pub fn path(&self) -> PathBuf {
        self.folder.path().join("mail.sqlite")
    }

    /// The same store after its program has ended.
    pub fn reopen(self) -> Self {
        let path = self.path();
        drop(self.store);
        let store = opened(&path);
        Self { store, ..self }
    }

    /// The file that letters of this store stand in, the first of them.
    pub fn pack(&self) -> PathBuf {
        self.folder.path().join("mail.sqlite.letters/000001.pack")
    }

    /// Changes the first octet of a letter behind the store's back.
    pub fn spoil(&self, email: EmailId) {
        let behind = rusqlite::Connection::open(self.path()).unwrap();
        let sql = "SELECT start FROM body WHERE email_id = ?1 AND pack = 1";
        let start: i64 = behind.query_row(sql, [email.0], |row| row.get(0)).unwrap();
        let mut bytes = std::fs::read(self.pack()).unwrap();
        bytes[usize::try_from(start).unwrap()] ^= 1;
        std::fs::write(self.pack(), bytes).unwrap();
    }

    /// A letter in lena's inbox. Numbers are also moments: the higher is the newer.
    pub fn letter(&self, number: u32) -> NewEmail {
        letter(self.account, self.inbox, number)
    }

    pub fn add(&self, letter: &NewEmail) -> EmailId {
        self.store.write(|w| w.insert_email(letter)).unwrap()
    }

    /// What was told since the last time.
    pub fn told(&self) -> Vec<Change> {
        std::mem::take(&mut self.told.lock().unwrap())
    }

    /// A look at the tables past the store.
    pub fn number(&self, sql: &str) -> i64 {
        rusqlite::Connection::open(self.path())
            .unwrap()
            .query_row(sql, [], |row| row.get(0))
            .unwrap()
    }
}

pub fn letter(account: AccountId, mailbox: MailboxId, number: u32) -> NewEmail {
    NewEmail {
        account,
        mailbox,
        uid: None,
        message_id: Some(format!("{number}@orchard.example")),
        in_reply_to: Vec::new(),
        references: Vec::new(),
        subject: format!("letter number{number}"),
        from: vec![Address::new("Jonas Brandt", "jonas@orchard.example")],
        to: vec![Address::new("Lena Vogt", "lena@harbour.example")],
        cc: Vec::new(),
        bcc: Vec::new(),
        reply_to: Vec::new(),
        sent_by: None,
        sent_at: None,
        received_at: i64::from(number) * 1000,
        size: 100,
        keywords: Keywords::none(),
        has_attachment: false,
        preview: String::new(),
    }
}

/// The letters whose body is to be fetched.
pub fn missing(
    reading: &Reading<'_>,
    account: AccountId,
    keeping: &Keeping,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<EmailId>, StoreError> {
    let missing = reading.bodies_to_fetch(account, keeping, now, limit)?;
    Ok(missing.into_iter().map(|letter| letter.email).collect())
}
