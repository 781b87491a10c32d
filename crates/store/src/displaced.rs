//! The table `displaced`: letters whose numbers were lost with a UIDVALIDITY. They are found again by what stands in
//! them, which is the engine's.

use waxwing_model::{AccountId, EmailId, MailboxId};

use crate::{Reading, StoreError, Writing};

impl Reading<'_> {
    /// Letters that lost their number in a mailbox with its UIDVALIDITY and were not found in it again yet.
    pub fn displaced(&self, mailbox: MailboxId) -> Result<Vec<EmailId>, StoreError> {
        self.all(
            "listing letters that lost their number",
            "SELECT email_id FROM displaced WHERE mailbox_id = ?1 ORDER BY email_id",
            [mailbox.0],
            |row| row.get(0).map(EmailId),
        )
    }

    /// Those of them that the server has still to hear something of, in all mailboxes of an account.
    pub fn displaced_and_pending(&self, account: AccountId) -> Result<Vec<(MailboxId, EmailId)>, StoreError> {
        self.all(
            "listing letters that lost their number",
            "SELECT displaced.mailbox_id, displaced.email_id FROM displaced
             JOIN mailbox ON mailbox.id = displaced.mailbox_id
             WHERE mailbox.account_id = ?1
               AND EXISTS (SELECT 1 FROM operation_email WHERE operation_email.email_id = displaced.email_id)
             ORDER BY displaced.mailbox_id, displaced.email_id",
            [account.0],
            |row| Ok((MailboxId(row.get(0)?), EmailId(row.get(1)?))),
        )
    }
}

impl Writing<'_> {
    /// A letter came into a mailbox whose numbers mean something else by now than is known here.
    pub fn note_displaced(&mut self, mailbox: MailboxId, email: EmailId) -> Result<(), StoreError> {
        self.run(
            "noting a letter that lost its number",
            "INSERT INTO displaced (mailbox_id, email_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
            [mailbox.0, email.0],
        )?;
        Ok(())
    }

    /// A letter that lost its number was looked for in vain.
    pub fn forget_displaced(&mut self, mailbox: MailboxId, email: EmailId) -> Result<(), StoreError> {
        self.run(
            "giving up a letter that lost its number",
            "DELETE FROM displaced WHERE mailbox_id = ?1 AND email_id = ?2",
            [mailbox.0, email.0],
        )?;
        Ok(())
    }
}
