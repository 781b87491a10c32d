//! The table `filing`: how the server of an account keeps a letter that is in several mailboxes. It is noted when a
//! session begins, since what an action means depends on it when there is no session too.

use rusqlite::params;
use waxwing_model::{AccountId, Filing};

use crate::column::{from_word, word};
use crate::error::Doing;
use crate::{Reading, StoreError, Writing};

impl Reading<'_> {
    /// As the server last said; folders where none has.
    pub fn filing(&self, account: AccountId) -> Result<Filing, StoreError> {
        let found = self.one(
            "reading how an account's server keeps letters",
            "SELECT filing FROM filing WHERE account_id = ?1",
            [account.0],
            |row| from_word(row, 0),
        )?;
        Ok(found.unwrap_or_default())
    }
}

impl Writing<'_> {
    pub fn set_filing(&mut self, account: AccountId, filing: Filing) -> Result<(), StoreError> {
        let doing = "noting how an account's server keeps letters";
        self.run(
            doing,
            "INSERT INTO filing (account_id, filing) VALUES (?1, ?2)
             ON CONFLICT (account_id) DO UPDATE SET filing = excluded.filing",
            params![account.0, word(&filing).doing(doing)?],
        )?;
        Ok(())
    }
}
