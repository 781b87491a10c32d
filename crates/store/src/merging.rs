//! Two letters that turn out to be one: the server calls both by the same name. That is heard late of letters which were
//! known before the server told names, and of those that were put on it from here.

use waxwing_model::{EmailId, MailboxId};

use crate::{Reading, StoreError, Writing};

impl Reading<'_> {
    /// Whether the server has still to hear something of a letter.
    fn is_pending(&self, email: EmailId) -> Result<bool, StoreError> {
        Ok(!self.operations_on(email)?.is_empty())
    }
}

impl Writing<'_> {
    /// Makes one letter a part of another of the same account: its places, its memberships, and its bytes where the
    /// other has none. `false`: the server has still to hear of one of them, under its own id, so both stay for now.
    pub fn merge_emails(&mut self, part: EmailId, whole: EmailId) -> Result<bool, StoreError> {
        let doing = "making two letters one";
        if part == whole || self.is_pending(part)? || self.is_pending(whole)? {
            return Ok(false);
        }
        let (Some(gone), Some(stays)) = (self.email(part)?, self.email(whole)?) else {
            return Ok(false);
        };
        for sql in [
            "UPDATE location SET email_id = ?2 WHERE email_id = ?1",
            "INSERT INTO displaced (mailbox_id, email_id)
             SELECT mailbox_id, ?2 FROM displaced WHERE email_id = ?1 ON CONFLICT DO NOTHING",
        ] {
            self.run(doing, sql, [part.0, whole.0])?;
        }
        let mut shown = stays.mailboxes;
        shown.extend(gone.mailboxes);
        shown.sort_unstable();
        shown.dedup();
        self.set_mailboxes(whole, &shown)?;
        self.number_as_located(whole)?;
        if !self.verify_body(whole)? && self.verify_body(part)? {
            self.copy_body(part, whole)?;
        }
        if stays.thread != gone.thread {
            self.join_as_said(stays.thread, gone.thread)?;
        }
        self.remove_email(part)?;
        Ok(true)
    }

    /// Mailboxes that showed a letter before the server had told its number there show it now in the order of numbers.
    fn number_as_located(&mut self, email: EmailId) -> Result<(), StoreError> {
        let sql = "SELECT mailbox_id, max(uid) FROM location WHERE email_id = ?1 GROUP BY mailbox_id";
        let located: Vec<(MailboxId, u32)> =
            self.all("reading where a letter is", sql, [email.0], |row| {
                Ok((MailboxId(row.get(0)?), row.get(1)?))
            })?;
        for (mailbox, uid) in located {
            self.number_shown(email, mailbox, uid)?;
        }
        Ok(())
    }
}
