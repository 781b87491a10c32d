//! The table `remote_mailbox`: a mailbox as the server knows it, and how far it has been fetched.

use rusqlite::{Row, params};
use waxwing_model::{AccountId, MailboxId};

use crate::{Reading, StoreError, Writing};

/// How far the synchronisation of one mailbox has come (RFC 9051, section 2.3.1.1; RFC 7162).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SyncState {
    pub uid_validity: Option<u32>,
    /// Every UID below it is known, or is still to come in the backfill.
    pub uid_next: Option<u32>,
    pub highest_modseq: Option<u64>,
    /// UIDs below it are still to be fetched. `None` is not started, 1 is complete.
    pub backfill_below: Option<u32>,
}

/// A mailbox as the server has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteMailbox {
    pub id: MailboxId,
    /// `None` for one that is not created there yet, and for a local one.
    pub path: Option<String>,
    pub delimiter: Option<char>,
    pub sync: SyncState,
}

const COLUMNS: &str = "mailbox_id, path, delimiter, uid_validity, uid_next, highest_modseq, backfill_below";

impl Reading<'_> {
    pub fn remote_mailboxes(&self, account: AccountId) -> Result<Vec<RemoteMailbox>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM remote_mailbox
             WHERE mailbox_id IN (SELECT id FROM mailbox WHERE account_id = ?1) ORDER BY mailbox_id"
        );
        self.all(
            "reading what the server's mailboxes are",
            &sql,
            [account.0],
            remote_mailbox_from,
        )
    }

    pub fn remote_mailbox(&self, mailbox: MailboxId) -> Result<Option<RemoteMailbox>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM remote_mailbox WHERE mailbox_id = ?1");
        self.one(
            "reading what a mailbox is on the server",
            &sql,
            [mailbox.0],
            remote_mailbox_from,
        )
    }
}

impl Writing<'_> {
    /// Keeps the path that the server has for a mailbox.
    pub fn set_path(
        &mut self,
        mailbox: MailboxId,
        path: Option<&str>,
        delimiter: Option<char>,
    ) -> Result<(), StoreError> {
        self.change(
            "mailbox",
            mailbox.0,
            "keeping a mailbox's path",
            "UPDATE remote_mailbox SET path = ?2, delimiter = ?3 WHERE mailbox_id = ?1",
            params![mailbox.0, path, delimiter.map(String::from)],
        )
    }

    pub fn set_sync_state(&mut self, mailbox: MailboxId, sync: &SyncState) -> Result<(), StoreError> {
        self.change(
            "mailbox",
            mailbox.0,
            "keeping how far a mailbox is fetched",
            "UPDATE remote_mailbox SET uid_validity = ?2, uid_next = ?3, highest_modseq = ?4, backfill_below = ?5
             WHERE mailbox_id = ?1",
            params![
                mailbox.0,
                sync.uid_validity,
                sync.uid_next,
                // A mod-sequence has 63 bits (RFC 7162, section 3.1). One that has more is a lie of the
                // server's; the next comparison is then with the largest there can be.
                sync.highest_modseq.map(|modseq| i64::try_from(modseq).unwrap_or(i64::MAX)),
                sync.backfill_below,
            ],
        )
    }

    /// Forgets where the letters of a mailbox are on the server: its UIDVALIDITY is another one. They are still
    /// shown, and are noted as [`Reading::displaced`] until they are found again.
    pub fn forget_locations(&mut self, mailbox: MailboxId) -> Result<(), StoreError> {
        for sql in [
            "INSERT INTO displaced (mailbox_id, email_id)
             SELECT mailbox_id, email_id FROM location WHERE mailbox_id = ?1 ON CONFLICT DO NOTHING",
            "DELETE FROM location WHERE mailbox_id = ?1",
            "DELETE FROM deleted_message WHERE mailbox_id = ?1",
        ] {
            self.run("forgetting a mailbox's numbers", sql, [mailbox.0])?;
        }
        Ok(())
    }
}

fn remote_mailbox_from(row: &Row<'_>) -> rusqlite::Result<RemoteMailbox> {
    Ok(RemoteMailbox {
        id: MailboxId(row.get(0)?),
        path: row.get(1)?,
        delimiter: row
            .get::<_, Option<String>>(2)?
            .and_then(|text| text.chars().next()),
        sync: SyncState {
            uid_validity: row.get(3)?,
            uid_next: row.get(4)?,
            highest_modseq: row
                .get::<_, Option<i64>>(5)?
                .and_then(|modseq| u64::try_from(modseq).ok()),
            backfill_below: row.get(6)?,
        },
    })
}
