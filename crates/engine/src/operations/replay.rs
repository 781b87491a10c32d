//! An entry of the journal, done on the IMAP server. Each is idempotent or guarded: a cut at any byte is followed
//! by the same entry once more, and that neither loses nor doubles a message.

use std::collections::BTreeMap;

use waxwing_model::{AccountId, EmailId, Keywords, MailboxId, Operation};
use waxwing_remote::RemoteError;
use waxwing_remote::imap::{Session, UidSet};
use waxwing_store::{JournalEntry, OperationState};

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
    messages: Vec<(u32, EmailId)>,
}

impl Engine {
    /// Replays the oldest entry. `None`: the journal has nothing for the account.
    pub(crate) async fn replay_next(
        &self,
        session: &mut Session,
        account: AccountId,
    ) -> Result<Option<(JournalEntry, Replayed)>> {
        let Some(entry) = self.read(move |reading| reading.next_operation(account)).await? else {
            return Ok(None);
        };
        let id = entry.id;
        self.write(move |writing| writing.set_operation_state(id, OperationState::Attempting, None))
            .await?;
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
            Operation::Move { emails, to } => self.replay_move(session, emails, *to).await,
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
            session.select(&group.path).await?;
            session.store_keywords(&uid_set(&group), add, remove).await?;
        }
        Ok(Replayed::Done)
    }

    async fn replay_move(
        &self,
        session: &mut Session,
        emails: &[EmailId],
        to: MailboxId,
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
            session.select(&group.path).await?;
            let moved = session.move_messages(&uid_set(&group), &target_path).await?;
            // New UIDs count only under the UIDVALIDITY that we know the mailbox by (RFC 4315, section 3).
            let known = target.sync.uid_validity.is_some() && target.sync.uid_validity == moved.uid_validity;
            self.write(move |writing| {
                for (uid, email) in &group.messages {
                    writing.remove_location(group.mailbox, *uid)?;
                    let new = moved
                        .pairs
                        .iter()
                        .find(|(source, _)| source == uid)
                        .map(|(_, new)| *new);
                    if let Some(new) = new
                        && known
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

    async fn replay_destroy(&self, session: &mut Session, emails: &[EmailId]) -> Result<Replayed> {
        for group in self.groups(emails).await? {
            session.select(&group.path).await?;
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
                if let Some(path) = reading.remote_mailbox(mailbox)?.and_then(|remote| remote.path) {
                    groups.push(Group {
                        mailbox,
                        path,
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
