//! An entry of the journal, done on the IMAP server. Each is idempotent or guarded: a cut at any byte is followed
//! by the same entry once more, and that neither loses nor doubles a message.

use std::collections::BTreeMap;

use waxwing_model::{AccountId, Activity, EmailId, Keywords, MailboxId, Operation};
use waxwing_remote::RemoteError;
use waxwing_remote::imap::{Session, UidSet};
use waxwing_store::{JournalEntry, OperationState, Turn};

use super::{
    replay_copy, replay_destroy, replay_emptied, replay_folders, replay_labels, replay_move, replay_put,
    replay_refile, subscriptions,
};
use crate::clock::now;
use crate::engine::Engine;
use crate::error::{EngineError, Result};

/// What came of one entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Replayed {
    Done,
    /// In the server's words.
    Refused(String),
    /// It waits for something and is queued again; what stands behind it goes on.
    Waiting,
    /// It was closed together with what it did.
    Closed,
}

/// Messages of one mailbox on the server.
pub(super) struct Group {
    pub(super) mailbox: MailboxId,
    pub(super) path: String,
    /// The UIDVALIDITY under which the UIDs are known.
    pub(super) uid_validity: Option<u32>,
    pub(super) messages: Vec<(u32, EmailId)>,
}

/// Fewer letters are deleted before anybody could read how many are left.
const TOLD: usize = 100;

pub(super) const REBUILT: &str =
    "the server has numbered the folder anew, and the letters cannot be found in it";

impl Engine {
    /// Replays the oldest entry. `None`: the journal has nothing for the account.
    pub(crate) async fn replay_next(
        &self,
        session: &mut Session,
        account: AccountId,
        turn: Turn,
    ) -> Result<Option<(JournalEntry, Replayed)>> {
        // Whoever is writing much is waited for only where there is something to claim.
        let ready = self
            .read(move |reading| reading.ready_operation(account, now(), turn))
            .await?;
        if ready.is_none() {
            return Ok(None);
        }
        // In one transaction: an undo in between would strike the entry, and it would be replayed all the same.
        let claimed = self
            .write(move |writing| {
                let entry = writing.ready_operation(account, now(), turn)?;
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
        self.tell_deleting(&entry).await?;
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
            Replayed::Waiting | Replayed::Closed => {}
        }
        Ok(Some((entry, outcome)))
    }

    /// A folder that is emptied takes a server its time.
    async fn tell_deleting(&self, entry: &JournalEntry) -> Result<()> {
        if !matches!(&entry.operation, Operation::Destroy { emails, .. } if emails.len() >= TOLD) {
            return Ok(());
        }
        let account = entry.account;
        let left = self
            .read(move |reading| reading.letters_to_destroy(account))
            .await?;
        self.set_activity(account, Activity::Deleting { left });
        Ok(())
    }

    async fn replay(&self, session: &mut Session, entry: &JournalEntry) -> Result<Replayed> {
        let labels = session.capabilities().gmail;
        match &entry.operation {
            Operation::SetKeywords { emails, add, remove } if labels => {
                replay_labels::keywords(self, session, emails, add, remove).await
            }
            Operation::Move { emails, to } if labels => {
                replay_labels::move_to(self, session, entry.id, emails, *to).await
            }
            Operation::Refile { emails, from, to } if labels => {
                replay_labels::refile(self, session, entry, emails, *from, *to).await
            }
            Operation::Refile { emails, from, to } => {
                replay_refile::replay(self, session, entry.id, emails, *from, *to).await
            }
            Operation::SetKeywords { emails, add, remove } => {
                self.replay_keywords(session, emails, add, remove).await
            }
            Operation::Move { emails, to } => replay_move::replay(self, session, entry.id, emails, *to).await,
            Operation::Destroy { emails, only_in } => {
                replay_destroy::replay(self, session, entry, emails, *only_in).await
            }
            Operation::Copy { .. } | Operation::Upload { .. } => {
                replay_copy::replay(self, session, entry).await
            }
            Operation::Put { .. } => replay_put::replay(self, session, entry).await,
            Operation::CreateMailbox {
                mailbox,
                parent,
                name,
                ..
            } => replay_folders::create(self, session, entry.account, *mailbox, *parent, name).await,
            Operation::RenameMailbox {
                mailbox,
                parent,
                name,
            } => replay_folders::rename(self, session, entry.account, *mailbox, *parent, name).await,
            Operation::SetSubscribed { mailbox, subscribed } => {
                subscriptions::replay(self, session, entry.account, *mailbox, *subscribed).await
            }
            Operation::DestroyMailbox { paths, .. } => replay_folders::destroy(session, paths).await,
            Operation::ClearAway { mailbox } => replay_emptied::replay(self, session, entry, *mailbox).await,
            // No server hears of it.
            Operation::TakeOut { .. }
            | Operation::Unite { .. }
            | Operation::Arrange { .. }
            | Operation::Mute { .. } => Ok(Replayed::Done),
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

    /// Selects the group's mailbox. Under another UIDVALIDITY the UIDs we know are other messages (RFC 9051, section
    /// 2.3.1.1): ours are looked for by their Message-ID. `None`: one of them cannot be told for certain.
    pub(super) async fn open_group(&self, session: &mut Session, mut group: Group) -> Result<Option<Group>> {
        let selected = session.select(&group.path).await?;
        if group.uid_validity == Some(selected.uid_validity) {
            return Ok(Some(group));
        }
        let ids: Vec<EmailId> = group.messages.iter().map(|(_, email)| *email).collect();
        let mut found = Vec::with_capacity(ids.len());
        let sought = self
            .read(move |reading| {
                let mut sought = Vec::with_capacity(ids.len());
                for email in reading.emails(&ids)? {
                    sought.push((email.id, reading.identity_of(email.id)?, email.message_id));
                }
                Ok(sought)
            })
            .await?;
        for (email, name, message_id) in sought {
            let uids = match (&name, message_id) {
                (Some(name), _) => session.find_letter(&group.path, name).await?,
                (None, Some(message_id)) => session.find_message_id(&group.path, &message_id).await?,
                (None, None) => return Ok(None),
            };
            match uids.as_slice() {
                // Gone is done, as everywhere here.
                [] => {}
                [uid] => found.push((*uid, email)),
                // Copies of one letter: what is to be done is to be done to all of them.
                all if name.is_some() => found.extend(all.iter().map(|uid| (*uid, email))),
                _ => return Ok(None),
            }
        }
        // What is known of the folder is put right when it is looked at next; here only the operation counts.
        group.messages = found;
        Ok(Some(group))
    }

    /// Messages of one mailbox whose numbers are known. `None`: the server does not have the mailbox.
    pub(super) async fn group(
        &self,
        mailbox: MailboxId,
        messages: Vec<(u32, EmailId)>,
    ) -> Result<Option<Group>> {
        let remote = self.read(move |reading| reading.remote_mailbox(mailbox)).await?;
        let Some(remote) = remote else { return Ok(None) };
        Ok(remote.path.map(|path| Group {
            mailbox,
            path,
            uid_validity: remote.sync.uid_validity,
            messages,
        }))
    }

    /// Where the server has these letters now, by mailbox. Letters it no longer has are not among them: for each
    /// of our operations, gone is done.
    pub(super) async fn groups(&self, emails: &[EmailId]) -> Result<Vec<Group>> {
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

pub(super) fn uid_set(group: &Group) -> UidSet {
    UidSet::from_uids(&group.messages.iter().map(|(uid, _)| *uid).collect::<Vec<_>>())
}
