//! Letters of an account that leaves: which of them can stay on this computer.

use rusqlite::params;
use waxwing_model::{AccountId, EmailId};

use crate::{Reading, StoreError};

impl Reading<'_> {
    /// How many letters of an account are whole here, and of how many there is only a header.
    pub fn counted_letters(&self, account: AccountId) -> Result<(u32, u32), StoreError> {
        let found = self.one(
            "counting the letters of an account",
            "SELECT coalesce(sum(has_body), 0), coalesce(sum(1 - has_body), 0) FROM email
             WHERE account_id = ?1 AND EXISTS (SELECT 1 FROM membership WHERE membership.email_id = email.id)",
            [account.0],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        Ok(found.unwrap_or_default())
    }

    /// How many letters of an account have still to be sent, and how many that were sent stand nowhere but in the outbox.
    pub fn counted_outbox(&self, account: AccountId) -> Result<(u32, u32), StoreError> {
        let found = self.one(
            "counting the letters in the outbox",
            "SELECT coalesce(sum(state <> 'sent'), 0),
               coalesce(sum(state = 'sent' AND (copy_filed = 0 OR length(raw) > 0
                 OR EXISTS (SELECT 1 FROM parcel WHERE parcel.submission_id = submission.id))), 0)
             FROM submission WHERE account_id = ?1",
            [account.0],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        Ok(found.unwrap_or_default())
    }

    /// Those that are whole here, behind a letter, in the order of their ids.
    pub fn whole_letters(
        &self,
        account: AccountId,
        after: EmailId,
        limit: usize,
    ) -> Result<Vec<EmailId>, StoreError> {
        self.all(
            "looking for the letters of an account",
            "SELECT id FROM email WHERE account_id = ?1 AND id > ?2 AND has_body = 1
               AND EXISTS (SELECT 1 FROM membership WHERE membership.email_id = email.id)
             ORDER BY id LIMIT ?3",
            params![account.0, after.0, i64::try_from(limit).unwrap_or(i64::MAX)],
            |row| row.get(0).map(EmailId),
        )
    }
}
