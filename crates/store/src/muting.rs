//! The table `muted_thread`: conversations that nobody wants to hear of. It follows from `conversation_wish`, by which a
//! conversation stays muted when its letters are fetched again.

use std::collections::BTreeSet;

use waxwing_model::{AccountId, Change, ConversationWish, EmailId, Keyword, Keywords, Operation, ThreadId};

use crate::{NewEntry, OperationState, Reading, StoreError, Writing};

impl Reading<'_> {
    pub fn is_muted(&self, thread: ThreadId) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM muted_thread WHERE thread_id = ?1)";
        Ok(self.number("looking whether a conversation is muted", sql, [thread.0])? != 0)
    }

    /// Whether nobody wants to hear of a letter: all conversations are muted that it answers. If it answers none that is here,
    /// what was said of their letters counts, and who has named it. A stranger's letter may name what it likes.
    pub(crate) fn is_answer_muted(
        &self,
        answered: &BTreeSet<ThreadId>,
        named_by: Option<ThreadId>,
        is_said: bool,
    ) -> Result<bool, StoreError> {
        if answered.is_empty() {
            return Ok(is_said
                || match named_by {
                    Some(thread) => self.is_muted(thread)?,
                    None => false,
                });
        }
        for thread in answered {
            if !self.is_muted(*thread)? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

impl Writing<'_> {
    /// Whether nobody wants to hear of a conversation.
    pub(crate) fn set_muted(&mut self, thread: ThreadId, muted: bool) -> Result<(), StoreError> {
        let sql = match muted {
            true => "INSERT INTO muted_thread (thread_id) VALUES (?1) ON CONFLICT DO NOTHING",
            false => "DELETE FROM muted_thread WHERE thread_id = ?1",
        };
        self.run("muting a conversation", sql, [thread.0])?;
        Ok(())
    }

    /// Whether anybody wants to hear of the conversations of letters. It gives those whose conversations are others by it.
    pub fn mute(&mut self, emails: &[EmailId], muted: bool) -> Result<Vec<EmailId>, StoreError> {
        let mut changed = Vec::new();
        for thread in self.threads_of(emails)? {
            if self.is_muted(thread)? == muted {
                continue;
            }
            self.set_muted(thread, muted)?;
            self.mute_all(thread, muted)?;
            let members: Vec<EmailId> = self.members(thread)?.iter().map(|member| member.email).collect();
            self.note(Change::Emails {
                emails: members.clone(),
            });
            // Each of them, since any may be gone when this is taken back.
            changed.extend(members);
        }
        Ok(changed)
    }

    /// Joins two conversations by the server's word, the newer one with the older. They are muted if both are; a letter that
    /// came just now is what the other one is.
    pub(crate) fn join_as_said(&mut self, one: ThreadId, other: ThreadId) -> Result<(), StoreError> {
        // The oldest stays, because it is the one that somebody may be looking at.
        let (part, whole) = (one.max(other), one.min(other));
        let (part_muted, whole_muted) = (self.is_muted(part)?, self.is_muted(whole)?);
        if part_muted == whole_muted {
            return self.join(part, whole);
        }
        let heard = self.members(if part_muted { whole } else { part })?;
        self.join(part, whole)?;
        match heard.as_slice() {
            [single] => self.mute_too(single.account, &single.name, whole),
            _ => {
                self.set_muted(whole, false)?;
                self.mute_all(whole, false)
            }
        }
    }

    /// A conversation is muted by what was said of its letters.
    pub(crate) fn follow_mutes(&mut self, thread: ThreadId) -> Result<(), StoreError> {
        let mut muted = false;
        for member in self.members(thread)? {
            muted |= self.conversation_wish(member.account, &member.name)?.muted;
        }
        self.set_muted(thread, muted)
    }

    /// Says it of each letter of a conversation, and of each that is only named in it.
    pub(crate) fn mute_all(&mut self, thread: ThreadId, muted: bool) -> Result<(), StoreError> {
        let members = self.members(thread)?;
        let Some(account) = members.first().map(|member| member.account) else {
            return Ok(());
        };
        for member in members.iter().filter(|member| member.name.starts_with(' ')) {
            self.lead_to(member)?;
        }
        for name in self.names_in(thread, &members)? {
            let wish = self.conversation_wish(account, &name)?;
            if wish.muted != muted {
                self.wish(account, &ConversationWish { muted, ..wish })?;
            }
        }
        Ok(())
    }

    /// A letter that came to a muted conversation is known by its own name too.
    pub(crate) fn mute_too(
        &mut self,
        account: AccountId,
        name: &str,
        thread: ThreadId,
    ) -> Result<(), StoreError> {
        self.set_muted(thread, true)?;
        let wish = self.conversation_wish(account, name)?;
        self.wish(account, &ConversationWish { muted: true, ..wish })
    }

    /// The server hears that a letter counts as read which came to a muted conversation.
    pub(crate) fn tell_muted(&mut self, account: AccountId, email: EmailId) -> Result<(), StoreError> {
        let action = self.new_action()?;
        self.journal(&NewEntry {
            action,
            account,
            operation: Operation::SetKeywords {
                emails: vec![email],
                add: Keywords::only(Keyword::SEEN),
                remove: Keywords::none(),
            },
            inverse: Vec::new(),
            state: OperationState::Queued,
        })?;
        Ok(())
    }
}
