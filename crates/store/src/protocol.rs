//! What is known of an account's server, forgotten all at once: the account goes on with another protocol. Its letters, and
//! where they are shown, stay. Which of them the new server has is the engine's to say.

use rusqlite::params;
use waxwing_model::{AccountId, EmailId};

use crate::{Reading, StoreError, Writing};

impl Reading<'_> {
    /// Every letter of an account, shown or not, in the order in which they came.
    pub fn letters_of(&self, account: AccountId) -> Result<Vec<EmailId>, StoreError> {
        self.all(
            "listing the letters of an account",
            "SELECT id FROM email WHERE account_id = ?1 ORDER BY id",
            [account.0],
            |row| row.get(0).map(EmailId),
        )
    }

    /// Letters of an account whose text is not here, and their octets.
    pub fn letters_without_body(&self, account: AccountId) -> Result<(u32, u64), StoreError> {
        let found = self.one(
            "counting letters whose text is not here",
            "SELECT count(*), coalesce(sum(size), 0) FROM email WHERE account_id = ?1 AND has_body = 0",
            [account.0],
            |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)),
        )?;
        let (letters, octets) = found.unwrap_or_default();
        Ok((
            u32::try_from(letters).unwrap_or(u32::MAX),
            u64::try_from(octets).unwrap_or(0),
        ))
    }

    /// Letters that were sent and whose copy has still to be filed on the server.
    pub fn copies_waiting(&self, account: AccountId) -> Result<u32, StoreError> {
        let found = self.number(
            "counting copies that are to be filed",
            "SELECT count(*) FROM submission WHERE account_id = ?1 AND state = 'sent' AND copy_filed = 0",
            [account.0],
        )?;
        Ok(u32::try_from(found).unwrap_or(u32::MAX))
    }

    /// Messages that a maildrop still has and whose letters were deleted here.
    pub fn deleted_and_still_there(&self, account: AccountId) -> Result<u32, StoreError> {
        let found = self.number(
            "counting letters that were deleted here alone",
            "SELECT count(*) FROM uidl LEFT JOIN maildrop_message AS looks USING (account_id, uidl)
             WHERE uidl.account_id = ?1 AND deleted = 1 AND looks.gone_at IS NULL",
            [account.0],
        )?;
        Ok(u32::try_from(found).unwrap_or(u32::MAX))
    }
}

impl Writing<'_> {
    /// Forgets what stands in an account's maildrop.
    pub fn forget_maildrop(&mut self, account: AccountId) -> Result<(), StoreError> {
        self.run(
            "forgetting a maildrop",
            "DELETE FROM uidl WHERE account_id = ?1",
            [account.0],
        )?;
        Ok(())
    }

    /// Forgets all that an account's IMAP server has told: paths, numbers, names, sizes. The folders are folders of this
    /// computer from now on.
    pub fn forget_server(&mut self, account: AccountId) -> Result<(), StoreError> {
        let doing = "forgetting a server";
        let of_mailboxes = "mailbox_id IN (SELECT id FROM mailbox WHERE account_id = ?1)";
        for table in [
            "location",
            "deleted_message",
            "displaced",
            "audit",
            "mailbox_identity",
            "mailbox_size",
        ] {
            self.run(
                doing,
                &format!("DELETE FROM {table} WHERE {of_mailboxes}"),
                [account.0],
            )?;
        }
        for table in [
            "email_identity",
            "thread_identity",
            "quota",
            "room_asked",
            "filing",
            "copy_habit",
        ] {
            self.run(
                doing,
                &format!("DELETE FROM {table} WHERE account_id = ?1"),
                params![account.0],
            )?;
        }
        self.run(
            doing,
            &format!(
                "UPDATE remote_mailbox SET path = NULL, delimiter = NULL, uid_validity = NULL, uid_next = NULL,
                   highest_modseq = NULL, backfill_below = NULL WHERE {of_mailboxes}"
            ),
            [account.0],
        )?;
        Ok(())
    }
}
