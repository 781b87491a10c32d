//! The table `copy_habit`: whether an account's server files copies of sent letters by itself. What is made of it is the
//! engine's.

use rusqlite::params;
use waxwing_model::{AccountId, Timestamp};

use crate::{Reading, StoreError, Writing};

/// What is known of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CopyHabit {
    /// `None`: not known.
    pub files_itself: Option<bool>,
    /// The last copy of ours, which has still to be looked after.
    pub own: Option<OwnCopy>,
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
        let found = self.one(
            "reading who files copies of sent letters",
            "SELECT files_itself, message_id, uid_validity, uid, filed_at FROM copy_habit WHERE account_id = ?1",
            [account.0],
            |row| {
                let message_id: Option<String> = row.get(1)?;
                let own = match message_id {
                    Some(message_id) => Some(OwnCopy {
                        message_id,
                        uid_validity: row.get(2)?,
                        uid: row.get(3)?,
                        filed_at: row.get(4)?,
                    }),
                    None => None,
                };
                Ok(CopyHabit {
                    files_itself: row.get(0)?,
                    own,
                })
            },
        )?;
        Ok(found.unwrap_or_default())
    }
}

impl Writing<'_> {
    /// Notes it, and that there is no copy to look after.
    pub fn set_files_copies(&mut self, account: AccountId, itself: Option<bool>) -> Result<(), StoreError> {
        self.run(
            "noting who files copies of sent letters",
            "INSERT INTO copy_habit (account_id, files_itself) VALUES (?1, ?2)
             ON CONFLICT (account_id) DO UPDATE SET files_itself = excluded.files_itself, message_id = NULL",
            params![account.0, itself],
        )?;
        Ok(())
    }

    /// A copy of ours was filed, which has to be looked after.
    pub fn note_own_copy(&mut self, account: AccountId, own: &OwnCopy) -> Result<(), StoreError> {
        self.run(
            "noting a copy of a sent letter",
            "INSERT INTO copy_habit (account_id, message_id, uid_validity, uid, filed_at)
             VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (account_id) DO UPDATE SET message_id = excluded.message_id,
               uid_validity = excluded.uid_validity, uid = excluded.uid, filed_at = excluded.filed_at",
            params![account.0, own.message_id, own.uid_validity, own.uid, own.filed_at],
        )?;
        Ok(())
    }
}
