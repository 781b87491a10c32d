//! The tables `thread` and `thread_reference`: which letters are one conversation (RFC 5322, section 3.6.4;
//! RFC 8621, section 3). Message-IDs join letters, servers that know conversations (`identities`), what the person has said
//! by hand (`arranging`), and a subject only where nothing else speaks (`subjects`).

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::params;
use waxwing_model::{AccountId, Change, EmailId, MailboxId, ThreadId};

use crate::conversation_wishes::looks;
use crate::newcomers::Newcomers;
use crate::subjects::Heading;
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
    /// It was taken out of a conversation, or answers what was.
    pub apart: bool,
    /// The bond of what it went out with.
    pub side: Option<i64>,
}

/// How far a letter's names are followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// A letter that went out with another is that one's, and its parents are not asked.
    AnyConversation,
    /// Within one conversation it matters what answers what.
    Within,
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

    /// Whether a conversation has a letter that was taken out of another by hand, or that is of one bond with such a
    /// letter: a server's word or a subject does not take it back.
    pub(crate) fn is_apart(&self, thread: ThreadId) -> Result<bool, StoreError> {
        // From the few names that were taken out to the one thread of each, not through all names of the conversation.
        let found = self.number(
            "looking whether a conversation stands apart",
            "SELECT EXISTS (SELECT 1 FROM thread CROSS JOIN conversation_wish AS out
               ON out.account_id = thread.account_id AND out.apart = 1
             CROSS JOIN thread_reference ON thread_reference.account_id = out.account_id
               AND thread_reference.message_id = out.name AND thread_reference.thread_id = thread.id
             WHERE thread.id = ?1)
             OR EXISTS (SELECT 1 FROM thread CROSS JOIN conversation_wish AS out
               ON out.account_id = thread.account_id AND out.apart = 1
             CROSS JOIN conversation_wish AS bound ON bound.account_id = out.account_id AND bound.bond = out.bond
             CROSS JOIN thread_reference ON thread_reference.account_id = bound.account_id
               AND thread_reference.message_id = bound.name AND thread_reference.thread_id = thread.id
             WHERE thread.id = ?1)",
            [thread.0],
        )?;
        Ok(found != 0)
    }

    /// The names of a letter that are followed, the nearest first, as far as the first letter that was taken out of its
    /// conversation or went out with it: what stands before that is another one. `own` is the letter's own, whatever it is
    /// known by; a Message-ID leads to it in any case, and looks where something was said of them.
    pub(crate) fn followed(
        &self,
        account: AccountId,
        own: &str,
        in_reply_to: &[String],
        references: &[String],
        has_wishes: bool,
        reach: Reach,
    ) -> Result<Followed, StoreError> {
        let mut followed = Followed::default();
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
            let went_out = match wish.bond {
                Some(bond) if at > 0 || reach == Reach::AnyConversation => {
                    self.is_bond_apart(account, bond)?
                }
                _ => false,
            };
            if wish.apart || went_out {
                followed.apart = true;
                followed.side = wish.bond;
                // A letter may say first that it answers what stands before it.
                let before = references
                    .iter()
                    .rposition(|named| named.trim() == name)
                    .unwrap_or(0);
                for older in references.iter().take(before).filter(|older| older.trim() != own) {
                    followed.names.remove(older.trim());
                }
                break;
            }
        }
        Ok(followed)
    }
}

impl Writing<'_> {
    /// The conversation that a new letter belongs to: the one that has named it or one of those it names, or that it was
    /// joined with by hand. Where that is several, they have been one all along and are joined. `before` are letters of the
    /// same account that came just before it; there are none where something was said by hand.
    pub(crate) fn thread_for(
        &mut self,
        before: &mut Newcomers<'_>,
        new: &NewEmail,
        heading: &Heading<'_>,
        has_wishes: bool,
    ) -> Result<Placed, StoreError> {
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
        let mut followed = self.followed(
            new.account,
            &own,
            &new.in_reply_to,
            &new.references,
            has_wishes,
            Reach::AnyConversation,
        )?;
        if followed.side.is_some() {
            followed.names.insert(own.clone());
        }
        // Whom it answers, and who has named it.
        let mut answered = BTreeSet::new();
        let mut named_by = None;
        let mut unknown = Vec::new();
        for name in &followed.names {
            let led_to = match before.thread_naming(name) {
                None => self.thread_naming(new.account, name)?,
                thread => thread,
            };
            match led_to {
                Some(thread) if *name == own => named_by = Some(thread),
                Some(thread) => {
                    answered.insert(thread);
                }
                None => unknown.push(name),
            }
        }
        for bond in &followed.bonds {
            answered.extend(self.threads_bonded(new.account, *bond)?);
        }
        if !followed.apart {
            for thread in self.threads_by_subject(heading, before)? {
                if !has_wishes || !self.is_apart(thread)? {
                    answered.insert(thread);
                }
            }
        }
        if let Some(side) = followed.side {
            let led_to = answered.iter().copied().chain(named_by);
            let mut led_astray = BTreeSet::new();
            for thread in led_to {
                if !self.is_apart(thread)? {
                    led_astray.insert(thread);
                }
            }
            self.go_along(new.account, &followed.names, side)?;
            for thread in led_astray {
                let called = self.call_over(thread, &followed.names, side)?;
                if answered.remove(&thread) {
                    answered.extend(called);
                }
                if named_by == Some(thread) {
                    named_by = called;
                }
            }
            // Some of them may lead nowhere now.
            unknown = followed.names.iter().collect();
        }
        let muted = has_wishes && self.is_answer_muted(&answered, named_by, followed.muted)?;
        let mut found = answered;
        found.extend(named_by);
        // The oldest stays, because it is the one that somebody may be looking at.
        let mut found = found.into_iter();
        let thread = match found.next() {
            Some(oldest) => {
                let mut was_muted = has_wishes && self.is_muted(oldest)?;
                for other in found {
                    // Rows are joined.
                    self.settle_newcomers(before)?;
                    was_muted |= has_wishes && self.is_muted(other)?;
                    self.join(other, oldest)?;
                }
                if was_muted && !muted {
                    self.set_muted(oldest, false)?;
                    self.mute_all(oldest, false)?;
                }
                oldest
            }
            None => {
                let sql = "INSERT INTO thread (account_id) VALUES (?1)";
                ThreadId(self.insert(doing, sql, [new.account.0])?)
            }
        };
        for name in unknown {
            before.lead(name, thread);
        }
        if muted {
            self.mute_too(new.account, &own, thread)?;
        }
        Ok(Placed { thread, muted })
    }

    /// Has names lead to conversations that lead nowhere.
    pub(crate) fn lead_all(
        &self,
        account: AccountId,
        names: &BTreeMap<String, ThreadId>,
    ) -> Result<(), StoreError> {
        let _added: Vec<usize> = self.each(
            "finding a letter's conversation",
            "INSERT INTO thread_reference (account_id, message_id, thread_id) VALUES (?1, ?2, ?3)
             ON CONFLICT DO NOTHING",
            names,
            |statement, (name, thread)| statement.execute(params![account.0, name, thread.0]),
        )?;
        Ok(())
    }

    /// Makes one conversation a part of another. Whether it is muted is the caller's to say.
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
