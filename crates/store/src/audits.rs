//! The table `audit`: when each mailbox was compared with the server, message by message. What is compared is the
//! engine's.

use rusqlite::params;
use waxwing_model::{AccountId, Change, EmailId, MailboxId, Timestamp};

use crate::{Reading, StoreError, Writing};

impl Reading<'_> {
    /// When a mailbox was last audited, or began to be kept.
    pub fn audited_at(&self, mailbox: MailboxId) -> Result<Option<Timestamp>, StoreError> {
        self.one(
            "looking when a mailbox was audited",
            "SELECT audited_at FROM audit WHERE mailbox_id = ?1",
            [mailbox.0],
            |row| row.get(0),
        )
    }

    /// The mailbox of an account whose audit is the longest ago, if that was before this moment.
    pub fn audit_due(&self, account: AccountId, before: Timestamp) -> Result<Option<MailboxId>, StoreError> {
        self.one(
            "looking which mailbox is to be audited",
            "SELECT audit.mailbox_id FROM audit JOIN mailbox ON mailbox.id = audit.mailbox_id
             WHERE mailbox.account_id = ?1 AND mailbox.selectable = 1 AND audited_at < ?2
             ORDER BY audited_at, audit.mailbox_id LIMIT 1",
            [account.0, before],
            |row| row.get(0).map(MailboxId),
        )
    }

    /// Letters that the server has in a mailbox, that it does not show, and of which there is nothing more to hear.
    pub fn located_and_not_shown(&self, mailbox: MailboxId) -> Result<Vec<EmailId>, StoreError> {
        self.all(
            "looking for letters that a mailbox does not show",
            "SELECT DISTINCT email_id FROM location WHERE mailbox_id = ?1
               AND NOT EXISTS (SELECT 1 FROM membership
                 WHERE membership.email_id = location.email_id AND membership.mailbox_id = ?1)
               AND NOT EXISTS (SELECT 1 FROM operation_email WHERE operation_email.email_id = location.email_id)
             ORDER BY email_id",
            [mailbox.0],
            |row| row.get(0).map(EmailId),
        )
    }
}

impl Writing<'_> {
    pub fn set_audited(&mut self, mailbox: MailboxId, at: Timestamp) -> Result<(), StoreError> {
        self.run(
            "noting an audit",
            "INSERT INTO audit (mailbox_id, audited_at) VALUES (?1, ?2)
             ON CONFLICT (mailbox_id) DO UPDATE SET audited_at = excluded.audited_at",
            [mailbox.0, at],
        )?;
        Ok(())
    }

    /// Takes over the server's word for the size of a letter whose bytes are not here.
    pub fn set_size(&mut self, email: EmailId, size: u32) -> Result<(), StoreError> {
        self.run(
            "correcting a letter's size",
            "UPDATE email SET size = ?2 WHERE id = ?1 AND has_body = 0",
            params![email.0, size],
        )?;
        self.touched.emails.push(email);
        Ok(())
    }

    /// Counts a mailbox anew, where what is kept of it is not what one would count. Says whether it was not.
    pub fn recount(&mut self, account: AccountId, mailbox: MailboxId) -> Result<bool, StoreError> {
        let doing = "counting a mailbox anew";
        let astray = self.number(
            doing,
            "SELECT EXISTS (
               SELECT thread_id, latest_at, total, unread, starred FROM conversation WHERE mailbox_id = ?1
               EXCEPT SELECT thread_id, max(received_at), count(*), sum(unread), sum(starred)
               FROM membership WHERE mailbox_id = ?1 GROUP BY thread_id)
             OR EXISTS (
               SELECT 1 FROM mailbox WHERE id = ?1 AND (
                 total <> (SELECT count(*) FROM membership WHERE mailbox_id = ?1)
                 OR unread <> (SELECT count(*) FROM membership WHERE mailbox_id = ?1 AND unread = 1)
                 OR conversations <> (SELECT count(DISTINCT thread_id) FROM membership WHERE mailbox_id = ?1)
                 OR conversations <> (SELECT count(*) FROM conversation WHERE mailbox_id = ?1)
                 OR unread_conversations
                   <> (SELECT count(DISTINCT thread_id) FROM membership WHERE mailbox_id = ?1 AND unread = 1)))",
            [mailbox.0],
        )?;
        if astray == 0 {
            return Ok(false);
        }
        for sql in [
            "DELETE FROM conversation WHERE mailbox_id = ?1",
            "INSERT INTO conversation (mailbox_id, thread_id, latest_at, latest_arrival, total, unread, starred)
             SELECT mailbox_id, thread_id, latest_at, max(arrival) FILTER (WHERE received_at = latest_at), count(*),
               sum(unread), sum(starred)
             FROM (SELECT *, max(received_at) OVER (PARTITION BY thread_id) AS latest_at
               FROM membership WHERE mailbox_id = ?1) GROUP BY thread_id",
            "UPDATE mailbox SET
               total = (SELECT count(*) FROM membership WHERE mailbox_id = ?1),
               unread = (SELECT count(*) FROM membership WHERE mailbox_id = ?1 AND membership.unread = 1),
               conversations = (SELECT count(*) FROM conversation WHERE mailbox_id = ?1),
               unread_conversations
                 = (SELECT count(*) FROM conversation WHERE mailbox_id = ?1 AND conversation.unread > 0)
             WHERE id = ?1",
        ] {
            self.run(doing, sql, [mailbox.0])?;
        }
        self.note(Change::Listing { mailbox });
        self.note(Change::Mailboxes { account });
        Ok(true)
    }
}
