//! The server's folders and ours.

use std::collections::HashMap;

use waxwing_model::{Mailbox, MailboxId, Role};
use waxwing_remote::imap::ListedMailbox;
use waxwing_store::{NewMailbox, StoreError, Writing};

use super::ImapWorker;
use crate::error::Result;

impl ImapWorker {
    /// Reads the list of folders, takes over what changed, and lines all of them up to be looked at.
    pub(super) async fn read_folders(&mut self) -> Result<()> {
        let mut listed = self.session.list().await?;
        // Parents before children.
        listed.sort_by_key(|mailbox| mailbox.parts.len());
        let account = self.account.id;
        let mut to_check = self
            .engine
            .write(move |writing| {
                take_over(writing, account, &listed)?;
                let mailboxes = writing.mailboxes(Some(account))?;
                Ok(mailboxes
                    .into_iter()
                    .filter(|mailbox| mailbox.selectable)
                    .collect::<Vec<Mailbox>>())
            })
            .await?;
        to_check.sort_by_key(|mailbox| importance(mailbox.role));
        let wanted: Vec<MailboxId> = self.to_check.drain(..).collect();
        self.to_check.extend(wanted);
        for mailbox in to_check {
            if !self.to_check.contains(&mailbox.id) {
                self.to_check.push_back(mailbox.id);
            }
        }
        Ok(())
    }
}

/// The order in which a person misses folders.
fn importance(role: Option<Role>) -> u8 {
    match role {
        Some(Role::Inbox) => 0,
        Some(Role::Sent) => 1,
        Some(Role::Drafts) => 2,
        Some(Role::Archive) => 3,
        None => 4,
        Some(Role::All) => 5,
        Some(Role::Junk) => 6,
        Some(Role::Trash) => 7,
    }
}

fn take_over(
    writing: &mut Writing<'_>,
    account: waxwing_model::AccountId,
    listed: &[ListedMailbox],
) -> Result<(), StoreError> {
    let mut known: HashMap<String, MailboxId> = HashMap::new();
    for remote in writing.remote_mailboxes(account)? {
        if let Some(path) = remote.path {
            known.insert(path, remote.id);
        }
    }
    let mut by_parts: HashMap<Vec<String>, MailboxId> = HashMap::new();
    let mut roles: Vec<Role> = Vec::new();
    for mailbox in listed {
        // One folder a role: a second "Sent Messages" beside "Sent" is a folder like any other.
        let role = mailbox.role.filter(|role| !roles.contains(role));
        roles.extend(role);
        let Some((name, above)) = mailbox.parts.split_last() else {
            continue;
        };
        let parent = (0..above.len())
            .rev()
            .find_map(|depth| by_parts.get(above.get(..=depth)?).copied());
        let id = match known.remove(&mailbox.path) {
            Some(id) => {
                let was = writing.mailbox(id)?;
                if was.is_some_and(|was| was.role != role || was.selectable != mailbox.selectable) {
                    writing.update_mailbox_facts(id, role, mailbox.selectable)?;
                }
                id
            }
            None => adopt_or_insert(writing, account, mailbox, parent, name, role)?,
        };
        by_parts.insert(mailbox.parts.clone(), id);
    }
    // INBOX always exists (RFC 9051, section 5.1). A list without it is not the whole list, and nothing follows from it.
    if !listed
        .iter()
        .any(|mailbox| mailbox.path.eq_ignore_ascii_case("INBOX"))
    {
        return Ok(());
    }
    // What is left is gone from the server, unless a rename of ours is still on its way there.
    let pending = writing.pending_operations(account)?;
    for gone in known.into_values() {
        let ours = pending.iter().any(|entry| {
            matches!(&entry.operation, waxwing_model::Operation::RenameMailbox { mailbox, .. } if *mailbox == gone)
        });
        if !ours && writing.mailbox(gone)?.is_some() {
            // Folders within it that the server still has stay, at the top.
            for child in writing.mailboxes(Some(account))? {
                if child.parent == Some(gone) && by_parts.values().any(|id| *id == child.id) {
                    writing.rename_mailbox(child.id, None, &child.name)?;
                }
            }
            writing.remove_mailbox(gone)?;
        }
    }
    Ok(())
}

/// A folder made here whose making the server has confirmed only by listing it is the same folder.
fn adopt_or_insert(
    writing: &mut Writing<'_>,
    account: waxwing_model::AccountId,
    mailbox: &ListedMailbox,
    parent: Option<MailboxId>,
    name: &str,
    role: Option<Role>,
) -> Result<MailboxId, StoreError> {
    if let Some(made_here) = writing.mailbox_named(account, parent, name)? {
        let without_path = writing
            .remote_mailbox(made_here.id)?
            .is_some_and(|remote| remote.path.is_none());
        if without_path {
            writing.set_path(made_here.id, Some(&mailbox.path), mailbox.delimiter)?;
            return Ok(made_here.id);
        }
    }
    // The one name that every server has to have, and has to shout (RFC 9051, section 5.1).
    let name = if mailbox.path.eq_ignore_ascii_case("INBOX") {
        "Inbox"
    } else {
        name
    };
    writing.insert_mailbox(&NewMailbox {
        account,
        parent,
        name: name.to_owned(),
        role,
        selectable: mailbox.selectable,
        path: Some(mailbox.path.clone()),
        delimiter: mailbox.delimiter,
    })
}
