//! The tables `thread` and `thread_reference`: which letters are one conversation (RFC 5322, section 3.6.4;
//! RFC 8621, section 3). Message-IDs join letters, servers that know conversations (`identities`), what the person has said
//! by hand (`arranging`), and a subject only where nothing else speaks (`subjects`).

use std::collections::BTreeSet;

use rusqlite::params;
use waxwing_model::{AccountId, Change, EmailId, MailboxId, ThreadId};

use crate::conversation_wishes::looks;
use crate::{NewEmail, Reading, StoreError, Writing};

/// As many Message-IDs of one letter are followed: its own, its parents, and the newest references. A longer
/// list is no conversation but an attack.
const FOLLOWED: usize = 128;

/// Octets in a line (RFC 5322, section 2.1.1), and so in a Message-ID that somebody made in good faith.
const LONGEST: usize = 998;

/// Where a new letter belongs.
pub(crate) struct Placed {
    pub thread: ThreadId,
    /// Nobody wants to hear of it.
    pub muted: bool,
}

/// What a letter names, as far as it is followed.
#[derive(Debug, Default)]
pub(crate) struct Followed {
    pub names: BTreeSet<String>,
    pub bonds: BTreeSet<i64>,
    pub muted: bool,
    /// It was taken out of the conversation of what it answers.
    pub apart: bool,
    /// Something was said of conversations of the account.
    pub has_wishes: bool,
}

/// Whether a Message-ID can be one.
pub(crate) fn usable(message_id: &str) -> bool {
    !message_id.is_empty() && message_id.len() <= LONGEST
}

impl Reading<'_> {
    pub(crate) fn thread_naming(
        &self,
        account: AccountId,
        message_id: &str,
    ) -> Result<Option<ThreadId>, StoreError> {
        self.one(
            "looking for a letter's conversation",
            "SELECT thread_id FROM thread_reference WHERE account_id = ?1 AND message_id = ?2",
            params![account.0, message_id],
            |row| row.get(0).map(ThreadId),
        )
    }

    /// Whether a conversation has a letter that was taken out of another by hand: a server's word or a subject does not
    /// take it back.
    pub(crate) fn is_apart(&self, thread: ThreadId) -> Result<bool, StoreError> {
        let found = self.number(
            "looking whether a conversation stands apart",
            "SELECT EXISTS (SELECT 1 FROM thread_reference
             JOIN conversation_wish ON conversation_wish.account_id = thread_reference.account_id
               AND conversation_wish.name = thread_reference.message_id
             WHERE thread_reference.thread_id = ?1 AND conversation_wish.apart = 1)",
            [thread.0],
        )?;
        Ok(found != 0)
    }

    /// The names of a letter that are followed, the nearest first, as far as the first letter that was taken out of its
    /// conversation: what stands before that is another one. `own` is the letter's own, whatever it is known by; a
    /// Message-ID leads to it in any case, and looks where something was said of them.
    pub(crate) fn followed(
        &self,
        account: AccountId,
        own: &str,
        in_reply_to: &[String],
        references: &[String],
    ) -> Result<Followed, StoreError> {
        let has_wishes = self.has_wishes(account)?;
        let mut followed = Followed {
            has_wishes,
            ..Followed::default()
        };
        let parents = in_reply_to.iter().chain(references.iter().rev());
        let names = std::iter::once(own).chain(parents.map(|name| name.trim()).filter(|name| usable(name)));
        for (at, name) in names.take(FOLLOWED).enumerate() {
            let is_looks = at == 0 && name.starts_with(' ');
            if !has_wishes {
                if !is_looks {
                    followed.names.insert(name.to_owned());
                }
                continue;
            }
            let wish = self.conversation_wish(account, name)?;
            if !is_looks || wish.apart || wish.bond.is_some() || wish.muted {
                followed.names.insert(name.to_owned());
            }
            followed.bonds.extend(wish.bond);
            followed.muted |= wish.muted;
            if wish.apart {
                followed.apart = true;
                break;
            }
        }
        Ok(followed)
    }
}

impl Writing<'_> {
    /// The conversation that a new letter belongs to: the one that has named it or one of those it names, or that it was
    /// joined with by hand. Where that is several, they have been one all along and are joined.
    pub(crate) fn thread_for(&mut self, new: &NewEmail) -> Result<Placed, StoreError> {
        let doing = "finding a letter's conversation";
        let own = match new
            .message_id
            .as_deref()
            .map(str::trim)
            .filter(|name| usable(name))
        {
            Some(own) => own.to_owned(),
            None => looks(new.sent_at.unwrap_or(new.received_at), &new.from, &new.subject),
        };
        let followed = self.followed(new.account, &own, &new.in_reply_to, &new.references)?;
        let mut found = BTreeSet::new();
        let mut unknown = Vec::new();
        for name in &followed.names {
            match self.thread_naming(new.account, name)? {
                Some(thread) => {
                    found.insert(thread);
                }
                None => unknown.push(name),
            }
        }
        for bond in &followed.bonds {
            for name in self.bonded(new.account, *bond)? {
                found.extend(self.thread_naming(new.account, &name)?);
            }
        }
        if !followed.apart {
            for thread in self.threads_by_subject(new)? {
                if !self.is_apart(thread)? {
                    found.insert(thread);
                }
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
        for name in unknown {
            self.run(
                doing,
                "INSERT INTO thread_reference (account_id, message_id, thread_id) VALUES (?1, ?2, ?3)",
                params![new.account.0, name, thread.0],
            )?;
        }
        let muted = followed.has_wishes && (followed.muted || self.is_muted(thread)?);
        if muted {
            self.mute_too(new.account, &own, thread)?;
        }
        Ok(Placed { thread, muted })
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
        if self.is_muted(part)? {
            self.set_muted(whole, true)?;
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
