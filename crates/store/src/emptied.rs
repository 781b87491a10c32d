//! What a folder that is emptied holds, and how much of it a server has still to let go of.

use waxwing_model::{AccountId, EmailId, MailboxId, OperationId};

use crate::{Reading, StoreError};

impl Reading<'_> {
    /// The letters that a mailbox shows, in the order in which they came.
    pub fn letters_in(&self, mailbox: MailboxId) -> Result<Vec<EmailId>, StoreError> {
        self.all(
            "listing the letters of a mailbox",
            "SELECT email_id FROM membership WHERE mailbox_id = ?1 ORDER BY email_id",
            [mailbox.0],
            |row| row.get(0).map(EmailId),
        )
    }

    /// The numbers of the open lines that touch a letter, oldest first.
    pub fn open_lines_on(&self, email: EmailId) -> Result<Vec<OperationId>, StoreError> {
        self.all(
            "reading the journal",
            "SELECT operation_id FROM operation_email WHERE email_id = ?1 ORDER BY operation_id",
            [email.0],
            |row| row.get(0).map(OperationId),
        )
    }

    /// Whether the server has letters in a mailbox that lines of the journal are still about.
    pub fn waits_for_letters(&self, mailbox: MailboxId) -> Result<bool, StoreError> {
        let found = self.number(
            "looking for letters that a server has still to hear of",
            "SELECT EXISTS (SELECT 1 FROM location
               JOIN operation_email ON operation_email.email_id = location.email_id
               WHERE location.mailbox_id = ?1)",
            [mailbox.0],
        )?;
        Ok(found != 0)
    }

    /// Letters of an account that were deleted here for good, and that its server has still.
    pub fn letters_to_destroy(&self, account: AccountId) -> Result<u32, StoreError> {
        let found = self.number(
            "reading how many letters are to be deleted on the server",
            "SELECT max(coalesce(max(letters), 0), 0) FROM letters_to_destroy WHERE account_id = ?1",
            [account.0],
        )?;
        Ok(u32::try_from(found).unwrap_or(u32::MAX))
    }
}
