//! The table `email`: a letter's envelope and state. Its body, its places and its conversation have their own
//! files.

use rusqlite::{Row, params};
use waxwing_model::{
    AccountId, Address, Body, Change, Email, EmailId, Keyword, Keywords, MailboxId, ThreadId, Timestamp,
};

use crate::column::{from_json, from_json_of, json};
use crate::error::Doing;
use crate::{Reading, StoreError, Writing};

/// A letter that is not in the store yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEmail {
    pub account: AccountId,
    /// Where it is shown.
    pub mailbox: MailboxId,
    /// Its number on the server, in the same mailbox; `None` where there is no server.
    pub uid: Option<u32>,
    /// Without angle brackets.
    pub message_id: Option<String>,
    pub in_reply_to: Vec<String>,
    pub references: Vec<String>,
    pub subject: String,
    pub from: Vec<Address>,
    pub to: Vec<Address>,
    pub cc: Vec<Address>,
    pub bcc: Vec<Address>,
    pub reply_to: Vec<Address>,
    /// As [`Email::sent_by`].
    pub sent_by: Option<Address>,
    pub sent_at: Option<Timestamp>,
    pub received_at: Timestamp,
    pub size: u32,
    pub keywords: Keywords,
    pub has_attachment: bool,
    pub preview: String,
}

const EMAIL: &str =
    "SELECT email.id, email.account_id, email.thread_id, received_at, sent_at, size, has_body,
    has_attachment, keywords, message_id, subject, preview, from_addresses, to_addresses, cc_addresses,
    bcc_addresses, reply_to_addresses, in_reply_to, reference_ids,
    (SELECT json_group_array(mailbox_id) FROM membership WHERE membership.email_id = email.id), sent_by
    FROM email";

/// The order of letters of one moment: that of their numbers, as far as they stand in one mailbox.
pub(crate) const ARRIVAL: &str = "(SELECT max(arrival) FROM membership WHERE membership.email_id = email.id)";

impl Reading<'_> {
    pub fn email(&self, email: EmailId) -> Result<Option<Email>, StoreError> {
        self.one(
            "reading a letter",
            &format!("{EMAIL} WHERE email.id = ?1"),
            [email.0],
            email_from,
        )
    }

    pub fn has_email(&self, email: EmailId) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM email WHERE id = ?1)";
        Ok(self.number("looking for a letter", sql, [email.0])? != 0)
    }

    /// Those of the letters that are here, in the order in which they were given.
    pub fn emails(&self, emails: &[EmailId]) -> Result<Vec<Email>, StoreError> {
        let mut found = Vec::with_capacity(emails.len());
        for &email in emails {
            found.extend(self.email(email)?);
        }
        Ok(found)
    }

    /// The letters of a conversation that are shown anywhere, oldest first.
    pub fn thread(&self, thread: ThreadId) -> Result<Vec<Email>, StoreError> {
        let sql = format!(
            "{EMAIL} WHERE email.thread_id = ?1
             AND EXISTS (SELECT 1 FROM membership WHERE membership.email_id = email.id)
             ORDER BY received_at, {ARRIVAL}, email.id"
        );
        self.all("reading a conversation", &sql, [thread.0], email_from)
    }

    /// The letters of an account with this Message-ID: a copy in Sent and the one that came back have the same.
    pub fn email_with_message_id(
        &self,
        account: AccountId,
        message_id: &str,
    ) -> Result<Vec<EmailId>, StoreError> {
        self.all(
            "looking for a letter by its Message-ID",
            "SELECT email.id FROM thread_reference
             JOIN email ON email.thread_id = thread_reference.thread_id AND email.message_id = ?2
             WHERE thread_reference.account_id = ?1 AND thread_reference.message_id = ?2 ORDER BY email.id",
            params![account.0, message_id],
            |row| row.get(0).map(EmailId),
        )
    }
}

impl Writing<'_> {
    /// Gives a letter these keywords in the place of those it had.
    pub fn set_keywords(&mut self, email: EmailId, keywords: &Keywords) -> Result<(), StoreError> {
        let doing = "changing a letter's keywords";
        let sql = "SELECT account_id, received_at, keywords FROM email WHERE id = ?1";
        let (account, received_at, before): (i64, Timestamp, Keywords) = self
            .one(doing, sql, [email.0], |row| {
                Ok((row.get(0)?, row.get(1)?, from_json(row, 2)?))
            })?
            .ok_or(StoreError::NoSuch {
                what: "letter",
                id: email.0,
            })?;
        if before == *keywords {
            return Ok(());
        }
        self.run(
            doing,
            "UPDATE email SET keywords = ?2 WHERE id = ?1",
            params![email.0, json(keywords).doing(doing)?],
        )?;
        self.put_tags(email, received_at, &before, keywords)?;
        let unread = !keywords.has(Keyword::SEEN);
        let starred = keywords.has(Keyword::FLAGGED);
        let changed = self.run(
            doing,
            "UPDATE membership SET unread = ?2, starred = ?3
             WHERE email_id = ?1 AND (unread <> ?2 OR starred <> ?3)",
            params![email.0, unread, starred],
        )?;
        if changed > 0 && before.has(Keyword::SEEN) == unread {
            self.note(Change::Mailboxes {
                account: AccountId(account),
            });
        }
        self.touched.marked.push(email);
        self.note(Change::Emails { emails: vec![email] });
        Ok(())
    }

    /// Removes a letter from this computer, whole.
    pub fn remove_email(&mut self, email: EmailId) -> Result<(), StoreError> {
        self.remove_emails(&[email])
    }

    /// The same for several. Their lines leave the search index before anything else goes: it writes out what it has
    /// gathered whenever a statement with triggers comes between.
    pub fn remove_emails(&mut self, emails: &[EmailId]) -> Result<(), StoreError> {
        // FTS5 takes them by ascending id, and writes out what it has gathered at each step back.
        let mut ascending = emails.to_vec();
        ascending.sort_unstable();
        for email in ascending {
            self.unindex(email)?;
        }
        for &email in emails {
            self.remove_unindexed(email)?;
        }
        Ok(())
    }

    fn remove_unindexed(&mut self, email: EmailId) -> Result<(), StoreError> {
        let doing = "removing a letter";
        let sql = "SELECT account_id, thread_id FROM email WHERE id = ?1";
        let (account, thread): (i64, i64) = self
            .one(doing, sql, [email.0], |row| Ok((row.get(0)?, row.get(1)?)))?
            .ok_or(StoreError::NoSuch {
                what: "letter",
                id: email.0,
            })?;
        for mailbox in self.shown_in(email)? {
            self.note(Change::Listing { mailbox });
        }
        self.run(doing, "DELETE FROM email WHERE id = ?1", [email.0])?;
        self.forget_thread_if_empty(ThreadId(thread))?;
        self.touched.emails.push(email);
        self.touched.threads.push(ThreadId(thread));
        self.note(Change::Mailboxes {
            account: AccountId(account),
        });
        self.note(Change::Emails { emails: vec![email] });
        Ok(())
    }
}

fn email_from(row: &Row<'_>) -> rusqlite::Result<Email> {
    let mut mailboxes: Vec<MailboxId> = from_json(row, 19)?;
    mailboxes.sort_unstable();
    Ok(Email {
        id: EmailId(row.get(0)?),
        account: AccountId(row.get(1)?),
        thread: ThreadId(row.get(2)?),
        mailboxes,
        message_id: row.get(9)?,
        in_reply_to: from_json(row, 17)?,
        references: from_json(row, 18)?,
        subject: row.get(10)?,
        from: from_json(row, 12)?,
        to: from_json(row, 13)?,
        cc: from_json(row, 14)?,
        bcc: from_json(row, 15)?,
        reply_to: from_json(row, 16)?,
        sent_by: from_json_of(row, 20)?,
        sent_at: row.get(4)?,
        received_at: row.get(3)?,
        size: row.get(5)?,
        keywords: from_json(row, 8)?,
        preview: row.get(11)?,
        has_attachment: row.get(7)?,
        body: if row.get(6)? { Body::Complete } else { Body::Absent },
    })
}
