//! Folders that another client renamed. A server that names its folders (MAILBOXID, RFC 8474) tells that one with another
//! path is the same folder, and its letters stay; on any other server it is gone, and a new one has come.

use std::collections::{HashMap, HashSet};

use waxwing_model::{AccountId, MailboxId, Operation};
use waxwing_remote::imap::ListedMailbox;
use waxwing_store::{JournalEntry, Reading, StoreError, Writing};

use super::ImapWorker;
use crate::error::Result;

/// What the server called the folders when they were last looked at, and what it calls them now.
pub(super) struct Names {
    by_name: HashMap<String, MailboxId>,
    of: HashMap<MailboxId, String>,
    listed: HashSet<String>,
}

impl Names {
    pub(super) fn of(
        reading: &Reading<'_>,
        account: AccountId,
        listed: &[ListedMailbox],
    ) -> Result<Self, StoreError> {
        let noted = reading.mailbox_identities(account)?;
        Ok(Self {
            by_name: noted.iter().map(|(id, name)| (name.clone(), *id)).collect(),
            of: noted.into_iter().collect(),
            listed: listed
                .iter()
                .filter_map(|mailbox| mailbox.identity.clone())
                .collect(),
        })
    }

    /// The folder that is listed, among those that have a path and were not found yet: by its name, else by its path,
    /// unless what stood at that path is listed under its name elsewhere.
    pub(super) fn find(
        &self,
        listed: &ListedMailbox,
        known: &HashMap<String, MailboxId>,
    ) -> Option<MailboxId> {
        let name = listed.identity.as_ref();
        let named = name.and_then(|name| self.by_name.get(name)).copied();
        if let Some(id) = named
            && known.values().any(|other| *other == id)
        {
            return Some(id);
        }
        let there = *known.get(&listed.path)?;
        let elsewhere = self
            .of
            .get(&there)
            .is_some_and(|was| name.is_some_and(|name| name != was) && self.listed.contains(was));
        (!elsewhere).then_some(there)
    }
}

/// Takes over a new path, and the new name where the person has not given another one meanwhile.
pub(super) fn follow(
    writing: &mut Writing<'_>,
    id: MailboxId,
    listed: &ListedMailbox,
    parent: Option<MailboxId>,
    name: &str,
    pending: &[JournalEntry],
) -> Result<(), StoreError> {
    let path = writing.remote_mailbox(id)?.and_then(|remote| remote.path);
    if path.as_deref() == Some(listed.path.as_str()) {
        return Ok(());
    }
    writing.set_path(id, Some(&listed.path), listed.delimiter)?;
    let ours = pending
        .iter()
        .any(|entry| matches!(&entry.operation, Operation::RenameMailbox { mailbox, .. } if *mailbox == id));
    if !ours {
        writing.rename_mailbox(id, parent, name)?;
    }
    Ok(())
}

impl ImapWorker {
    /// Asks for the names of folders that seem to be new, where the list did not tell them and one that had a name
    /// seems to be gone.
    pub(super) async fn ask_names(&mut self, listed: &mut [ListedMailbox]) -> Result<()> {
        if !self.session.capabilities().object_id {
            return Ok(());
        }
        let account = self.account.id;
        let (paths, named) = self
            .engine
            .read(move |reading| {
                let paths: HashMap<String, MailboxId> = reading
                    .remote_mailboxes(account)?
                    .into_iter()
                    .filter_map(|remote| Some((remote.path?, remote.id)))
                    .collect();
                let named: HashSet<MailboxId> = reading
                    .mailbox_identities(account)?
                    .into_iter()
                    .map(|(id, _)| id)
                    .collect();
                Ok((paths, named))
            })
            .await?;
        let gone = paths
            .iter()
            .any(|(path, id)| named.contains(id) && listed.iter().all(|mailbox| mailbox.path != *path));
        for mailbox in listed {
            if gone && mailbox.selectable && mailbox.identity.is_none() && !paths.contains_key(&mailbox.path)
            {
                match self.session.mailbox_identity(&mailbox.path).await {
                    Err(waxwing_remote::RemoteError::Refused { .. }) => {}
                    told => mailbox.identity = told?,
                }
            }
        }
        Ok(())
    }
}
