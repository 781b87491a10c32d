//! The table `deleted_message`: what the server has in a mailbox and nobody is shown; and with it, how many messages
//! are known of a mailbox, to be compared with the server's number.

use rusqlite::params;
use waxwing_model::MailboxId;

use crate::{Reading, StoreError, Writing};

/// What is known of a mailbox, in numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reckoning {
    /// Letters that the server has in it.
    pub located: u32,
    /// Messages that it has and nobody is shown, since they are marked as deleted.
    pub deleted: u32,
    /// Letters that are shown in it.
    pub shown: u32,
}

impl Reckoning {
    /// How many messages the server should count.
    pub fn messages(self) -> u32 {
        self.located.saturating_add(self.deleted)
    }
}

impl Reading<'_> {
    pub fn reckoning(&self, mailbox: MailboxId) -> Result<Reckoning, StoreError> {
        let found = self.one(
            "counting what is known of a mailbox",
            "SELECT (SELECT count(*) FROM location WHERE mailbox_id = ?1),
                    (SELECT count(*) FROM deleted_message WHERE mailbox_id = ?1),
                    (SELECT total FROM mailbox WHERE id = ?1)",
            [mailbox.0],
            |row| {
                Ok(Reckoning {
                    located: row.get(0)?,
                    deleted: row.get(1)?,
                    shown: row.get::<_, Option<u32>>(2)?.unwrap_or(0),
                })
            },
        )?;
        Ok(found.unwrap_or_default())
    }

    /// Every UID that the server is known to have in a mailbox, from one to another, ascending: shown or marked as
    /// deleted.
    pub fn known_uids(&self, mailbox: MailboxId, from: u32, to: u32) -> Result<Vec<u32>, StoreError> {
        let doing = "listing a mailbox's numbers";
        let uids = |sql| self.all(doing, sql, params![mailbox.0, from, to], |row| row.get(0));
        let mut known: Vec<u32> =
            uids("SELECT uid FROM location WHERE mailbox_id = ?1 AND uid BETWEEN ?2 AND ?3 ORDER BY uid")?;
        // Mostly there are none, and to have both put together takes longer than to list them.
        let deleted = uids(
            "SELECT uid FROM deleted_message WHERE mailbox_id = ?1 AND uid BETWEEN ?2 AND ?3 ORDER BY uid",
        )?;
        if !deleted.is_empty() {
            known.extend(deleted);
            known.sort_unstable();
            known.dedup();
        }
        Ok(known)
    }
}

impl Writing<'_> {
    /// The server has a message that is marked as deleted: it counts, and nobody is shown it.
    pub fn note_deleted(&mut self, mailbox: MailboxId, uid: u32) -> Result<(), StoreError> {
        self.run(
            "noting a deleted message",
            "INSERT INTO deleted_message (mailbox_id, uid) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
            params![mailbox.0, uid],
        )?;
        Ok(())
    }

    /// It is gone, or no longer marked.
    pub fn forget_deleted(&mut self, mailbox: MailboxId, uid: u32) -> Result<(), StoreError> {
        self.run(
            "forgetting a deleted message",
            "DELETE FROM deleted_message WHERE mailbox_id = ?1 AND uid = ?2",
            params![mailbox.0, uid],
        )?;
        Ok(())
    }

    /// Messages of a mailbox that letters are known of are not deleted.
    pub(crate) fn forget_deleted_located(&mut self, mailbox: MailboxId) -> Result<(), StoreError> {
        self.run(
            "forgetting deleted messages",
            "DELETE FROM deleted_message WHERE mailbox_id = ?1 AND EXISTS (SELECT 1 FROM location
               WHERE location.mailbox_id = deleted_message.mailbox_id AND location.uid = deleted_message.uid)",
            [mailbox.0],
        )?;
        Ok(())
    }
}
