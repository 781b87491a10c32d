//! The tables `thread` and `thread_reference`: which letters are one conversation (RFC 5322, section 3.6.4;
//! RFC 8621, section 3). Message-IDs join letters, and servers that know conversations (`identities`); never a subject.

use std::collections::BTreeSet;

use rusqlite::params;
use waxwing_model::{AccountId, Change, EmailId, MailboxId, ThreadId};

use crate::{NewEmail, Reading, StoreError, Writing};

/// As many Message-IDs of one letter are followed: its own, its parents, and the newest references. A longer
/// list is no conversation but an attack.
const FOLLOWED: usize = 128;

/// Octets in a line (RFC 5322, section 2.1.1), and so in a Message-ID that somebody made in good faith.
const LONGEST: usize = 998;

impl Reading<'_> {
    fn thread_naming(&self, account: AccountId, message_id: &str) -> Result<Option<ThreadId>, StoreError> {
        self.one(
            "looking for a letter's conversation",
            "SELECT thread_id FROM thread_reference WHERE account_id = ?1 AND message_id = ?2",
            params![account.0, message_id],
            |row| row.get(0).map(ThreadId),
        )
    }
}

impl Writing<'_> {
    /// The conversation that a new letter belongs to: the one that has named it or one of those it names. Where
    /// that is several, they have been one all along and are joined.
    pub(crate) fn thread_for(&mut self, new: &NewEmail) -> Result<ThreadId, StoreError> {
        let doing = "finding a letter's conversation";
        let named = followed(new);
        let mut found = BTreeSet::new();
        let mut unknown = Vec::new();
        for message_id in named {
            match self.thread_naming(new.account, message_id)? {
                Some(thread) => {
                    found.insert(thread);
                }
                None => unknown.push(message_id),
            }
        }
        // The oldest stays, because it is the one that somebody may be looking at.
        let mut found = found.into_iter();
        let thread = match found.next() {
            Some(oldest) => {
                for other in found {
                    self.join(other, oldest)?;
                }
                oldest
            }
            None => {
                let sql = "INSERT INTO thread (account_id) VALUES (?1)";
                ThreadId(self.insert(doing, sql, [new.account.0])?)
            }
        };
        for message_id in unknown {
            self.run(
                doing,
                "INSERT INTO thread_reference (account_id, message_id, thread_id) VALUES (?1, ?2, ?3)",
                params![new.account.0, message_id, thread.0],
            )?;
        }
        Ok(thread)
    }

    /// Makes one conversation a part of another.
    pub(crate) fn join(&mut self, part: ThreadId, whole: ThreadId) -> Result<(), StoreError> {
        let doing = "joining two conversations";
        // Triggers take over what is shown, and only that.
        self.settle_shown()?;
        let emails: Vec<EmailId> = self.all(
            doing,
            "SELECT id FROM email WHERE thread_id = ?1",
            [part.0],
            |row| row.get(0).map(EmailId),
        )?;
        for &EmailId(email) in &emails {
            let sql = "UPDATE membership SET thread_id = ?2 WHERE email_id = ?1";
            self.run(doing, sql, [email, whole.0])?;
        }
        for sql in [
            "UPDATE email SET thread_id = ?2 WHERE thread_id = ?1",
            "UPDATE thread_reference SET thread_id = ?2 WHERE thread_id = ?1",
            "UPDATE thread_identity SET thread_id = ?2 WHERE thread_id = ?1",
        ] {
            self.run(doing, sql, [part.0, whole.0])?;
        }
        self.run(doing, "DELETE FROM thread WHERE id = ?1", [part.0])?;
        let shown: Vec<MailboxId> = self.all(
            doing,
            "SELECT DISTINCT mailbox_id FROM membership
             WHERE email_id IN (SELECT id FROM email WHERE thread_id = ?1)",
            [whole.0],
            |row| row.get(0).map(MailboxId),
        )?;
        for mailbox in shown {
            self.note(Change::Listing { mailbox });
        }
        self.touched.emails.extend(&emails);
        self.touched.threads.extend([part, whole]);
        self.note(Change::Emails { emails });
        Ok(())
    }

    /// Forgets a conversation whose last letter is gone, with the Message-IDs that led to it.
    pub(crate) fn forget_thread_if_empty(&mut self, thread: ThreadId) -> Result<(), StoreError> {
        self.run(
            "forgetting an empty conversation",
            "DELETE FROM thread WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM email WHERE thread_id = ?1)",
            [thread.0],
        )?;
        Ok(())
    }
}

/// The Message-IDs of a letter that are followed, each once.
fn followed(new: &NewEmail) -> BTreeSet<&str> {
    new.message_id
        .iter()
        .chain(&new.in_reply_to)
        .chain(new.references.iter().rev())
        .map(|message_id| message_id.trim())
        .filter(|message_id| !message_id.is_empty() && message_id.len() <= LONGEST)
        .take(FOLLOWED)
        .collect()
}
