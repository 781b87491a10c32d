//! The table `location`: where the server has a letter, as last known. Where it is shown is `memberships`'.

use std::collections::HashSet;

use rusqlite::params;
use waxwing_model::{EmailId, Keywords, MailboxId};

use crate::column::from_json;
use crate::{Reading, StoreError, Writing};

const LOOKING: &str = "looking for letters without a place on the server";

/// One copy of a letter on the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Location {
    pub email: EmailId,
    pub mailbox: MailboxId,
    pub uid: u32,
}

/// A letter under its number in a mailbox, with what is compared with the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    pub uid: u32,
    pub email: EmailId,
    /// Those of this message, where its letter has several with keywords of their own.
    pub keywords: Keywords,
    pub size: u32,
    pub has_body: bool,
}

impl Reading<'_> {
    /// Where these letters are, in the order in which they were given.
    pub fn locations(&self, emails: &[EmailId]) -> Result<Vec<Location>, StoreError> {
        let mut found = Vec::new();
        for &email in emails {
            found.extend(self.all(
                "looking where a letter is on the server",
                "SELECT mailbox_id, uid FROM location WHERE email_id = ?1 ORDER BY mailbox_id, uid",
                [email.0],
                |row| {
                    Ok(Location {
                        email,
                        mailbox: MailboxId(row.get(0)?),
                        uid: row.get(1)?,
                    })
                },
            )?);
        }
        Ok(found)
    }

    pub fn email_at(&self, mailbox: MailboxId, uid: u32) -> Result<Option<EmailId>, StoreError> {
        self.one(
            "looking which letter has a number",
            "SELECT email_id FROM location WHERE mailbox_id = ?1 AND uid = ?2",
            params![mailbox.0, uid],
            |row| row.get(0).map(EmailId),
        )
    }

    /// The UIDs under which letters are known in a mailbox, from one to another.
    pub fn located_uids(&self, mailbox: MailboxId, from: u32, to: u32) -> Result<HashSet<u32>, StoreError> {
        let found = self.all(
            "looking which numbers have letters",
            "SELECT uid FROM location WHERE mailbox_id = ?1 AND uid BETWEEN ?2 AND ?3",
            params![mailbox.0, from, to],
            |row| row.get(0),
        )?;
        Ok(found.into_iter().collect())
    }

    /// Letters that the server has in a mailbox, from this UID upwards, with their keywords as they are here: at
    /// most so many, so that a mailbox of a million never has to be held at once.
    pub fn located(&self, mailbox: MailboxId, from: u32, limit: u32) -> Result<Vec<Located>, StoreError> {
        self.all(
            "listing the letters of a mailbox",
            "SELECT location.uid, email.id, coalesce(copy_keywords.keywords, email.keywords), email.size, email.has_body
             FROM location CROSS JOIN email ON email.id = location.email_id
             LEFT JOIN copy_keywords
               ON copy_keywords.mailbox_id = location.mailbox_id AND copy_keywords.uid = location.uid
             WHERE location.mailbox_id = ?1 AND location.uid >= ?2 ORDER BY location.uid LIMIT ?3",
            params![mailbox.0, from, limit],
            |row| {
                Ok(Located {
                    uid: row.get(0)?,
                    email: EmailId(row.get(1)?),
                    keywords: from_json(row, 2)?,
                    size: row.get(3)?,
                    has_body: row.get(4)?,
                })
            },
        )
    }

    /// Letters that a mailbox shows, that the server is not known to have there, and of which it has nothing more
    /// to hear.
    pub fn unlocated(&self, mailbox: MailboxId) -> Result<Vec<EmailId>, StoreError> {
        self.all(
            LOOKING,
            "SELECT email_id FROM membership WHERE mailbox_id = ?1
               AND NOT EXISTS (SELECT 1 FROM location
                 WHERE location.email_id = membership.email_id AND location.mailbox_id = ?1)
               AND NOT EXISTS (SELECT 1 FROM operation_email WHERE operation_email.email_id = membership.email_id)
             ORDER BY email_id",
            [mailbox.0],
            |row| row.get(0).map(EmailId),
        )
    }

    /// The same, believing the letters' numbers where they add up to the same: a look at each letter of a large mailbox takes
    /// longer than all else that is done when something has happened in it. How many they are is not enough, since a letter
    /// that has two numbers there hides one that has none; nor is their sum alone.
    pub fn unlocated_by_count(&self, mailbox: MailboxId) -> Result<Vec<EmailId>, StoreError> {
        // What is under way may have letters there that are not shown, and so may a server that calls letters by names.
        let agree = self.number(
            LOOKING,
            "SELECT NOT EXISTS (SELECT 1 FROM operation_email)
               AND NOT EXISTS (SELECT 1 FROM mailbox JOIN filing USING (account_id)
                 WHERE mailbox.id = ?1 AND filing <> 'folders')
               AND (SELECT count(*), total(email_id), total(email_id * email_id % 1000003)
                   FROM location WHERE mailbox_id = ?1)
                 = (SELECT count(*), total(email_id), total(email_id * email_id % 1000003)
                   FROM membership WHERE mailbox_id = ?1)",
            [mailbox.0],
        )?;
        match agree {
            1 => Ok(Vec::new()),
            _ => self.unlocated(mailbox),
        }
    }

    pub fn highest_uid(&self, mailbox: MailboxId) -> Result<Option<u32>, StoreError> {
        self.end_of(mailbox, "SELECT max(uid) FROM location WHERE mailbox_id = ?1")
    }

    pub fn lowest_uid(&self, mailbox: MailboxId) -> Result<Option<u32>, StoreError> {
        self.end_of(mailbox, "SELECT min(uid) FROM location WHERE mailbox_id = ?1")
    }

    fn end_of(&self, mailbox: MailboxId, sql: &str) -> Result<Option<u32>, StoreError> {
        let doing = "looking for the first and last number of a mailbox";
        Ok(self.one(doing, sql, [mailbox.0], |row| row.get(0))?.flatten())
    }
}

impl Writing<'_> {
    /// Keeps where the server has a letter. A letter that stood under the same number is no longer there, and a
    /// message under it is no longer one that nobody is shown.
    pub fn put_location(&mut self, email: EmailId, mailbox: MailboxId, uid: u32) -> Result<(), StoreError> {
        self.add_locations(mailbox, [(email, uid)])?;
        self.number_shown(email, mailbox, uid)?;
        self.forget_deleted(mailbox, uid)?;
        self.run(
            "noting that a letter was found again",
            "DELETE FROM displaced WHERE mailbox_id = ?1 AND email_id = ?2",
            [mailbox.0, email.0],
        )?;
        Ok(())
    }

    /// The same for letters that are new, and so were looked for nowhere. Whether messages that nobody was shown stood
    /// under their numbers is the caller's to look after.
    pub(crate) fn add_locations(
        &self,
        mailbox: MailboxId,
        letters: impl IntoIterator<Item = (EmailId, u32)>,
    ) -> Result<(), StoreError> {
        let doing = "keeping where a letter is on the server";
        let letters: Vec<(EmailId, u32)> = letters.into_iter().collect();
        // One statement that did either would keep copies of the pages that it changes, for each letter.
        let added: Vec<usize> = self.each(
            doing,
            "INSERT INTO location (mailbox_id, uid, email_id) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
            &letters,
            |statement, (email, uid)| statement.execute(params![mailbox.0, uid, email.0]),
        )?;
        let taken = letters.iter().zip(added).filter(|(_, added)| *added == 0);
        for ((email, uid), _) in taken {
            self.run(
                doing,
                "UPDATE location SET email_id = ?3 WHERE mailbox_id = ?1 AND uid = ?2",
                params![mailbox.0, uid, email.0],
            )?;
        }
        Ok(())
    }

    /// The server no longer has this one. Says which letter it was.
    pub fn remove_location(&mut self, mailbox: MailboxId, uid: u32) -> Result<Option<EmailId>, StoreError> {
        let email = self.email_at(mailbox, uid)?;
        self.run(
            "forgetting where a letter is on the server",
            "DELETE FROM location WHERE mailbox_id = ?1 AND uid = ?2",
            params![mailbox.0, uid],
        )?;
        Ok(email)
    }
}
