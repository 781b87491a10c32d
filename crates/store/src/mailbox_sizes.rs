//! The table `mailbox_size`: how large mailboxes are on their servers, as those said last. It is for showing only.

use std::collections::HashMap;

use waxwing_model::MailboxId;

use crate::quotas::bytes;
use crate::{Reading, StoreError, Writing};

impl Reading<'_> {
    /// Of the mailboxes whose servers tell, in bytes.
    pub fn mailbox_sizes(&self) -> Result<HashMap<MailboxId, u64>, StoreError> {
        let sizes = self.all(
            "reading how large the mailboxes are",
            "SELECT mailbox_id, size FROM mailbox_size",
            [],
            |row| Ok((MailboxId(row.get(0)?), row.get::<_, i64>(1)?.unsigned_abs())),
        )?;
        Ok(sizes.into_iter().collect())
    }
}

impl Writing<'_> {
    pub fn set_mailbox_size(&mut self, mailbox: MailboxId, size: u64) -> Result<(), StoreError> {
        self.run(
            "noting how large a mailbox is",
            "INSERT INTO mailbox_size (mailbox_id, size) VALUES (?1, ?2)
             ON CONFLICT (mailbox_id) DO UPDATE SET size = excluded.size",
            [mailbox.0, bytes(size)],
        )?;
        Ok(())
    }
}
