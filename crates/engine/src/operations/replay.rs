//! An entry of the journal, done on the IMAP server. Each is idempotent or guarded: a cut at any byte is followed
//! by the same entry once more, and that neither loses nor doubles a message.

use std::collections::{BTreeMap, HashMap};

use waxwing_model::{AccountId, EmailId, Keywords, MailboxId, Operation};
use waxwing_remote::RemoteError;
use waxwing_remote::imap::{Session, UidSet};
use waxwing_store::{JournalEntry, OperationState};

use super::half_moved::half_moved;
use super::replay_folders;
use crate::engine::Engine;
use crate::error::{EngineError, Result};

/// What came of one entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Replayed {
    Done,
    /// In the server's words.
    Refused(String),
}

/// Messages of one mailbox on the server.
struct Group {
    mailbox: MailboxId,
    path: String,
    /// The UIDVALIDITY under which the UIDs are known.
    uid_validity: Option<u32>,
    messages: Vec<(u32, EmailId)>,
}

const REBUILT: &str = "the server has numbered the folder anew, and the letters cannot be found in it";

impl Engine {
    /// Replays the oldest entry. `None`: the journal has nothing for the account.
    pub(crate) async fn replay_next(
        &self,
        session: &mut Session,
        account: AccountId,
    ) -> Result<Option<(JournalEntry, Replayed)>> {
        // In one transaction: an undo in between would strike the entry, and it would be replayed all the same.
        let claimed = self
            .write(move |writing| {
                let entry = writing.next_operation(account)?;
                if let Some(entry) = &entry {
                    writing.set_operation_state(entry.id, OperationState::Attempting, None)?;
                }
                Ok(entry)
            })
            .await?;
        let Some(entry) = claimed else {
            return Ok(None);
        };
        let id = entry.id;
        let outcome = match self.replay(session, &entry).await {
            Err(EngineError::Remote(RemoteError::Refused { reply, .. })) => Replayed::Refused(reply),
            outcome => outcome?,
        };
        match &outcome {
            Replayed::Done => {
                self.write(move |writing| writing.set_operation_state(id, OperationState::Done, None))
                    .await?;
            }
            Replayed::Refused(reason) => self.refuse(entry.clone(), reason.clone()).await?,
        }
        Ok(Some((entry, outcome)))
    }

    async fn replay(&self, session: &mut Session, entry: &JournalEntry) -> Result<Replayed> {
        match &entry.operation {
            Operation::SetKeywords { emails, add, remove } => {
                self.replay_keywords(session, emails, add, remove).await
            }
            Operation::Move { emails, to } => {
                let tried = entry.state == OperationState::Attempting;
                self.replay_move(session, emails, *to, tried).await
            }
            Operation::Destroy { emails } => self.replay_destroy(session, emails).await,
            Operation::CreateMailbox {
                mailbox,
                parent,
                name,
                ..
            } => replay_folders::create(self, session, *mailbox, *parent, name).await,
            Operation::RenameMailbox {
                mailbox,
                parent,
                name,
            } => replay_folders::rename(self, session, entry.account, *mailbox, *parent, name).await,
            Operation::DestroyMailbox { paths, .. } => replay_folders::destroy(session, paths).await,
        }
    }

    async fn replay_keywords(
        &self,
        session: &mut Session,
        emails: &[EmailId],
        add: &Keywords,
        remove: &Keywords,
    ) -> Result<Replayed> {
        for group in self.groups(emails).await? {
            let Some(group) = self.open_group(session, group).await? else {
                return Ok(Replayed::Refused(REBUILT.into()));
            };
            session.store_keywords(&uid_set(&group), add, remove).await?;
        }
        Ok(Replayed::Done)
    }

    async fn replay_move(
        &self,
        session: &mut Session,
        emails: &[EmailId],
        to: MailboxId,
        tried_before: bool,
    ) -> Result<Replayed> {
        let Some(target) = self.read(move |reading| reading.remote_mailbox(to)).await? else {
            return Ok(Replayed::Refused("the folder is gone".into()));
        };
        let Some(target_path) = target.path else {
            return Ok(Replayed::Refused("the server does not have this folder".into()));
        };
        for group in self.groups(emails).await? {
            if group.mailbox == to {
                continue;
            }
            let Some(mut group) = self.open_group(session, group).await? else {
                return Ok(Replayed::Refused(REBUILT.into()));
            };
            if tried_before && !session.capabilities().r#move {
                let copied = half_moved(self, session, &group.messages, to, &target_path).await?;
                group.messages.retain(|message| !copied.contains(message));
                session.select(&group.path).await?;
                self.remove_half_moved(session, group.mailbox, copied).await?;
            }
            let moved = session.move_messages(&uid_set(&group), &target_path).await?;
            // New UIDs count only under the UIDVALIDITY that we know the mailbox by (RFC 4315, section 3).
            let known = target.sync.uid_validity.is_some() && target.sync.uid_validity == moved.uid_validity;
            let pairs: HashMap<u32, u32> = moved.pairs.into_iter().collect();
            self.write(move |writing| {
                for (uid, email) in &group.messages {
                    writing.remove_location(group.mailbox, *uid)?;
                    if let Some(&new) = pairs.get(uid)
                        && known
                        && writing.mailbox(to)?.is_some()
                        && writing.email(*email)?.is_some()
                        && writing.email_at(to, new)?.is_none()
                    {
                        writing.put_location(*email, to, new)?;
                    }
                }
                Ok(())
            })
            .await?;
        }
        Ok(Replayed::Done)
    }

    /// What is left of a move behind its COPY.
    async fn remove_half_moved(
        &self,
        session: &mut Session,
        mailbox: MailboxId,
        copied: Vec<(u32, EmailId)>,
    ) -> Result<()> {
        let uids: Vec<u32> = copied.iter().map(|(uid, _)| *uid).collect();
        session.destroy(&UidSet::from_uids(&uids)).await?;
        self.write(move |writing| {
            for uid in uids {
                writing.remove_location(mailbox, uid)?;
            }
            Ok(())
        })
        .await
    }

    async fn replay_destroy(&self, session: &mut Session, emails: &[EmailId]) -> Result<Replayed> {
        for group in self.groups(emails).await? {
            let Some(group) = self.open_group(session, group).await? else {
                return Ok(Replayed::Refused(REBUILT.into()));
            };
            session.destroy(&uid_set(&group)).await?;
            self.write(move |writing| {
                for (uid, _) in &group.messages {
                    writing.remove_location(group.mailbox, *uid)?;
                }
                Ok(())
            })
            .await?;
        }
        let emails = emails.to_vec();
        self.write(move |writing| {
            for email in emails {
                let hidden = writing
                    .email(email)?
                    .is_some_and(|email| email.mailboxes.is_empty());
                if hidden {
                    writing.remove_email(email)?;
                }
            }
            Ok(())
        })
        .await?;
        Ok(Replayed::Done)
    }

    /// Selects the group's mailbox. Under another UIDVALIDITY the UIDs we know are other messages (RFC 9051, section
    /// 2.3.1.1): ours are looked for by their Message-ID. `None`: one of them cannot be told for certain.
    async fn open_group(&self, session: &mut Session, mut group: Group) -> Result<Option<Group>> {
        let selected = session.select(&group.path).await?;
        if group.uid_validity == Some(selected.uid_validity) {
            return Ok(Some(group));
        }
        let ids: Vec<EmailId> = group.messages.iter().map(|(_, email)| *email).collect();
        let mut found = Vec::with_capacity(ids.len());
        for email in self.read(move |reading| reading.emails(&ids)).await? {
            let Some(message_id) = email.message_id else {
                return Ok(None);
            };
            match session
                .find_message_id(&group.path, &message_id)
                .await?
                .as_slice()
            {
                [uid] => found.push((*uid, email.id)),
                // Gone is done, as everywhere here.
                [] => {}
                _ => return Ok(None),
            }
        }
        // What is known of the folder is put right when it is looked at next; here only the operation counts.
        group.messages = found;
        Ok(Some(group))
    }

    /// Where the server has these letters now, by mailbox. Letters it no longer has are not among them: for each
    /// of our operations, gone is done.
    async fn groups(&self, emails: &[EmailId]) -> Result<Vec<Group>> {
        let emails = emails.to_vec();
        self.read(move |reading| {
            let mut places: BTreeMap<MailboxId, Vec<(u32, EmailId)>> = BTreeMap::new();
            for location in reading.locations(&emails)? {
                places
                    .entry(location.mailbox)
                    .or_default()
                    .push((location.uid, location.email));
            }
            let mut groups = Vec::new();
            for (mailbox, messages) in places {
                let Some(remote) = reading.remote_mailbox(mailbox)? else {
                    continue;
                };
                if let Some(path) = remote.path {
                    groups.push(Group {
                        mailbox,
                        path,
                        uid_validity: remote.sync.uid_validity,
                        messages,
                    });
                }
            }
            Ok(groups)
        })
        .await
    }
}

fn uid_set(group: &Group) -> UidSet {
    UidSet::from_uids(&group.messages.iter().map(|(uid, _)| *uid).collect::<Vec<_>>())
}
