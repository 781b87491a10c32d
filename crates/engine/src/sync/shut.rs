//! Folders that the server lists and does not open. They do not stop the others, and what is shown of them is what was seen last: so
//! it stays told which they are, for as long as it is so.

use waxwing_model::{MailboxId, ShutMailbox};

use super::ImapWorker;
use crate::error::Result;

impl ImapWorker {
    pub(super) fn note_shut(&mut self, mailbox: MailboxId, path: &str, reply: String) {
        self.complaints
            .push(format!("The server does not open “{path}”. ({reply})"));
        self.shut.insert(mailbox, reply);
    }

    /// Which are shut now, without those that are no more.
    pub(super) async fn shut_now(&self) -> Result<Vec<ShutMailbox>> {
        let mut shut = Vec::with_capacity(self.shut.len());
        for (&mailbox, reply) in &self.shut {
            if !self.is_gone(mailbox).await? {
                shut.push(ShutMailbox {
                    mailbox,
                    reply: reply.clone(),
                });
            }
        }
        Ok(shut)
    }
}
