//! Letters that bring files, of a folder or of a person, newest first. What the files are is in the letters themselves.

use rusqlite::params;
use waxwing_model::{EmailId, MailboxId};

use crate::{Reading, StoreError};

impl Reading<'_> {
    /// Those in a mailbox.
    pub fn letters_with_files_in(
        &self,
        mailbox: MailboxId,
        offset: u32,
        limit: u32,
    ) -> Result<Vec<EmailId>, StoreError> {
        self.all(
            "looking for letters with files",
            "SELECT membership.email_id FROM membership JOIN email ON email.id = membership.email_id
             WHERE membership.mailbox_id = ?1 AND email.has_attachment = 1
             ORDER BY membership.received_at DESC, membership.email_id DESC LIMIT ?2 OFFSET ?3",
            params![mailbox.0, limit, offset],
            |row| row.get(0).map(EmailId),
        )
    }

    /// Those from an address, in whatever mailboxes, however it is written.
    pub fn letters_with_files_from(
        &self,
        address: &str,
        offset: u32,
        limit: u32,
    ) -> Result<Vec<EmailId>, StoreError> {
        self.all(
            "looking for letters with files",
            "SELECT id FROM email
             WHERE has_attachment = 1 AND EXISTS (SELECT 1 FROM membership WHERE email_id = email.id)
               AND EXISTS (SELECT 1 FROM json_each(from_addresses)
                 WHERE json_extract(value, '$.email') = ?1 COLLATE NOCASE)
             ORDER BY received_at DESC, id DESC LIMIT ?2 OFFSET ?3",
            params![address, limit, offset],
            |row| row.get(0).map(EmailId),
        )
    }
}
