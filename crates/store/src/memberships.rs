//! The table `membership`: where a letter is shown. Counts and conversation rows follow it, by triggers where rows change
//! or go and from here where they are added, so no other file may change them.

use rusqlite::params;
use waxwing_model::{AccountId, Change, EmailId, Keyword, Keywords, MailboxId, ThreadId, Timestamp};

use crate::column::from_json;
use crate::{Reading, StoreError, Writing};

/// Letters that a mailbox shows and that are not counted yet: all it shows from one to another, which are new.
pub(crate) struct Uncounted {
    mailbox: MailboxId,
    first: EmailId,
    last: EmailId,
}

impl Reading<'_> {
    /// The mailboxes that show a letter, by ascending id.
    pub(crate) fn shown_in(&self, email: EmailId) -> Result<Vec<MailboxId>, StoreError> {
        self.all(
            "looking where a letter is shown",
            "SELECT mailbox_id FROM membership WHERE email_id = ?1 ORDER BY mailbox_id",
            [email.0],
            |row| row.get(0).map(MailboxId),
        )
    }
}

impl Writing<'_> {
    /// Shows a letter in exactly these mailboxes. It may be none, while the server has still to destroy it.
    pub fn set_mailboxes(&mut self, email: EmailId, mailboxes: &[MailboxId]) -> Result<(), StoreError> {
        let account = self
            .one(
                "looking where a letter is shown",
                "SELECT account_id FROM email WHERE id = ?1",
                [email.0],
                |row| row.get(0),
            )?
            .ok_or(StoreError::NoSuch {
                what: "letter",
                id: email.0,
            })?;
        let before = self.shown_in(email)?;
        let mut changed = false;
        for &mailbox in before.iter().filter(|mailbox| !mailboxes.contains(mailbox)) {
            self.run(
                "taking a letter out of a mailbox",
                "DELETE FROM membership WHERE email_id = ?1 AND mailbox_id = ?2",
                [email.0, mailbox.0],
            )?;
            self.note(Change::Listing { mailbox });
            changed = true;
        }
        for &mailbox in mailboxes.iter().filter(|mailbox| !before.contains(mailbox)) {
            self.show_too(email, mailbox)?;
            self.note(Change::Listing { mailbox });
            changed = true;
        }
        if changed {
            self.note(Change::Mailboxes {
                account: AccountId(account),
            });
            self.note(Change::Emails { emails: vec![email] });
        }
        Ok(())
    }

    /// Shows a letter in one more mailbox; no change if it is there.
    fn show_too(&mut self, email: EmailId, mailbox: MailboxId) -> Result<(), StoreError> {
        let doing = "showing a letter in a mailbox";
        let sql = "SELECT thread_id, received_at, keywords FROM email WHERE id = ?1";
        let (thread, received_at, keywords): (i64, i64, Keywords) = self
            .one(doing, sql, [email.0], |row| {
                Ok((row.get(0)?, row.get(1)?, from_json(row, 2)?))
            })?
            .ok_or(StoreError::NoSuch {
                what: "letter",
                id: email.0,
            })?;
        self.show(email, mailbox, ThreadId(thread), received_at, &keywords)?;
        self.count_shown()
    }

    /// The same for a letter whose facts are at hand. It is to be counted before anything else changes
    /// ([`Writing::count_shown`]).
    pub(crate) fn show(
        &mut self,
        email: EmailId,
        mailbox: MailboxId,
        thread: ThreadId,
        received_at: Timestamp,
        keywords: &Keywords,
    ) -> Result<(), StoreError> {
        let added = self.run(
            "showing a letter in a mailbox",
            "INSERT INTO membership (email_id, mailbox_id, thread_id, received_at, unread, starred)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING",
            params![
                email.0,
                mailbox.0,
                thread.0,
                received_at,
                !keywords.has(Keyword::SEEN),
                keywords.has(Keyword::FLAGGED),
            ],
        )?;
        if added > 0 {
            match &mut self.uncounted {
                Some(uncounted) if uncounted.mailbox == mailbox && uncounted.last < email => {
                    uncounted.last = email;
                }
                other => {
                    let before = other.replace(Uncounted {
                        mailbox,
                        first: email,
                        last: email,
                    });
                    if let Some(before) = before {
                        self.count(before)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Counts letters that were shown since the last time.
    pub(crate) fn count_shown(&mut self) -> Result<(), StoreError> {
        match self.uncounted.take() {
            Some(uncounted) => self.count(uncounted),
            None => Ok(()),
        }
    }

    fn count(&self, Uncounted { mailbox, first, last }: Uncounted) -> Result<(), StoreError> {
        let doing = "counting the letters of a mailbox";
        // By the letters, which are few, rather than by the mailbox.
        self.run(
            doing,
            "INSERT INTO conversation (mailbox_id, thread_id, latest_at, total, unread, starred)
             SELECT mailbox_id, thread_id, max(received_at), count(*), sum(unread), sum(starred) FROM membership
             WHERE +mailbox_id = ?1 AND email_id BETWEEN ?2 AND ?3 GROUP BY thread_id
             ON CONFLICT (mailbox_id, thread_id) DO UPDATE SET
               latest_at = max(latest_at, excluded.latest_at),
               total = total + excluded.total,
               unread = unread + excluded.unread,
               starred = starred + excluded.starred",
            [mailbox.0, first.0, last.0],
        )?;
        self.run(
            doing,
            "UPDATE mailbox SET (total, unread) =
               (SELECT mailbox.total + count(*), mailbox.unread + coalesce(sum(membership.unread), 0) FROM membership
                WHERE +mailbox_id = ?1 AND email_id BETWEEN ?2 AND ?3)
             WHERE id = ?1",
            [mailbox.0, first.0, last.0],
        )?;
        Ok(())
    }
}
