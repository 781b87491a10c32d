//! Letters that bring files, of some folders, of a person or with a star, newest first. What the files are is in the letters themselves.

use std::collections::HashSet;

use rusqlite::params;
use waxwing_model::{EmailId, MailboxId};

use crate::{Reading, StoreError};

impl Reading<'_> {
    /// Those in any of these mailboxes, each once.
    pub fn letters_with_files_in(
        &self,
        mailboxes: &[MailboxId],
        offset: u32,
        limit: u32,
    ) -> Result<Vec<EmailId>, StoreError> {
        let end = offset.saturating_add(limit);
        let mut found = Vec::new();
        // The index has the order of each mailbox and not that of several: so many of each have the newest of all among them.
        for mailbox in mailboxes {
            found.extend(self.all(
                "looking for letters with files",
                "SELECT membership.received_at, membership.email_id
                 FROM membership JOIN email ON email.id = membership.email_id
                 WHERE membership.mailbox_id = ?1 AND email.has_attachment = 1
                 ORDER BY membership.received_at DESC, membership.email_id DESC LIMIT ?2",
                params![mailbox.0, end],
                |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)),
            )?);
        }
        found.sort_unstable_by(|one, other| other.cmp(one));
        found.dedup();
        let page = found.into_iter().skip(offset as usize).take(limit as usize);
        Ok(page.map(|(_, email)| EmailId(email)).collect())
    }

    /// Those with a star, outside Trash and Junk, each once.
    pub fn letters_with_files_starred(&self, offset: u32, limit: u32) -> Result<Vec<EmailId>, StoreError> {
        self.all(
            "looking for letters with files",
            "SELECT DISTINCT email.received_at, email.id
             FROM membership INDEXED BY membership_starred JOIN email ON email.id = membership.email_id
             WHERE membership.starred = 1 AND email.has_attachment = 1
               AND mailbox_id NOT IN (SELECT id FROM mailbox WHERE role IN ('trash', 'junk'))
             ORDER BY email.received_at DESC, email.id DESC LIMIT ?1 OFFSET ?2",
            [limit, offset],
            |row| row.get(1).map(EmailId),
        )
    }

    /// Which of these letters have files.
    pub(crate) fn with_files(
        &self,
        letters: impl Iterator<Item = EmailId>,
    ) -> Result<HashSet<EmailId>, StoreError> {
        let mut found = HashSet::new();
        let sql = "SELECT EXISTS (SELECT 1 FROM email WHERE id = ?1 AND has_attachment = 1)";
        for letter in letters {
            if self.number("looking for letters with files", sql, [letter.0])? != 0 {
                found.insert(letter);
            }
        }
        Ok(found)
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
