//! The tables `copy_habit` and `own_copy`: whether an account's server files copies of sent letters by itself, and the
//! copies of ours that will tell. What is made of it is the engine's.

use rusqlite::params;
use waxwing_model::{AccountId, Timestamp};

use crate::{Reading, StoreError, Writing};

/// What is known of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CopyHabit {
    /// `None`: not known.
    pub files_itself: Option<bool>,
    /// Copies of ours, which have still to be looked after, the oldest first.
    pub own: Vec<OwnCopy>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnCopy {
    pub message_id: String,
    pub uid_validity: u32,
    pub uid: u32,
    pub filed_at: Timestamp,
}

impl Reading<'_> {
    pub fn copy_habit(&self, account: AccountId) -> Result<CopyHabit, StoreError> {
        let doing = "reading who files copies of sent letters";
        let sql = "SELECT files_itself FROM copy_habit WHERE account_id = ?1";
        let files_itself = self.one(doing, sql, [account.0], |row| row.get(0))?.flatten();
        let own = self.all(
            doing,
            "SELECT message_id, uid_validity, uid, filed_at FROM own_copy WHERE account_id = ?1
             ORDER BY filed_at, uid_validity, uid",
            [account.0],
            |row| {
                Ok(OwnCopy {
                    message_id: row.get(0)?,
                    uid_validity: row.get(1)?,
                    uid: row.get(2)?,
                    filed_at: row.get(3)?,
                })
            },
        )?;
        Ok(CopyHabit { files_itself, own })
    }
}

impl Writing<'_> {
    pub fn set_files_copies(&mut self, account: AccountId, itself: Option<bool>) -> Result<(), StoreError> {
        self.run(
            "noting who files copies of sent letters",
            "INSERT INTO copy_habit (account_id, files_itself) VALUES (?1, ?2)
             ON CONFLICT (account_id) DO UPDATE SET files_itself = excluded.files_itself",
            params![account.0, itself],
        )?;
        Ok(())
    }

    /// A copy of ours was filed, which has to be looked after.
    pub fn note_own_copy(&mut self, account: AccountId, own: &OwnCopy) -> Result<(), StoreError> {
        self.run(
            "noting a copy of a sent letter",
            "INSERT INTO own_copy (account_id, message_id, uid_validity, uid, filed_at) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT DO UPDATE SET message_id = excluded.message_id, filed_at = excluded.filed_at",
            params![account.0, own.message_id, own.uid_validity, own.uid, own.filed_at],
        )?;
        Ok(())
    }

    /// It was looked after.
    pub fn forget_own_copy(&mut self, account: AccountId, own: &OwnCopy) -> Result<(), StoreError> {
        self.run(
            "noting that a copy was looked after",
            "DELETE FROM own_copy WHERE account_id = ?1 AND uid_validity = ?2 AND uid = ?3",
            params![account.0, own.uid_validity, own.uid],
        )?;
        Ok(())
    }
}
