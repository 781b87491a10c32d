//! Which folder here is which on the server: by what it is for, then by its name. Folders of the server's that are not here
//! are made, folders of ours that it does not have and that nothing needs go.

use std::collections::{HashMap, HashSet};

use waxwing_model::{AccountId, ActionId, Mailbox, MailboxId, Operation, Role};
use waxwing_store::{NewEntry, OperationState, Reading, StoreError, SyncState, Writing};

use super::census::{Census, Folder};
use crate::operations::Refusal;
use crate::sync::folders::take_over;

/// The names from the outermost folder to this one.
pub(super) fn names_of(mailbox: MailboxId, all: &[Mailbox]) -> Vec<String> {
    let mut names = Vec::new();
    let mut above = Some(mailbox);
    while let Some(one) = above.and_then(|id| all.iter().find(|other| other.id == id)) {
        names.push(one.name.clone());
        above = one.parent;
    }
    names.reverse();
    names
}

/// Which of the server's folders is which of ours, as far as that is clear before anything is changed.
pub(super) fn counterparts(all: &[Mailbox], folders: &[Folder]) -> HashMap<MailboxId, usize> {
    let mut found = HashMap::new();
    for mailbox in all {
        let by_role = mailbox
            .role
            .and_then(|role| folders.iter().position(|folder| folder.role == Some(role)));
        let names = names_of(mailbox.id, all);
        let by_name = || folders.iter().position(|folder| folder.parts == names);
        if let Some(at) = by_role.or_else(by_name) {
            found.insert(mailbox.id, at);
        }
    }
    found
}

/// Gives our folders the server's paths, makes those that are missing here, and gives the folder here for each one of the
/// census.
pub(super) fn adopt(
    writing: &mut Writing<'_>,
    account: AccountId,
    census: &Census,
) -> Result<Vec<Option<MailboxId>>, StoreError> {
    let mut adopted = Vec::new();
    for listed in &census.listed {
        let Some(role) = listed.role else { continue };
        let Some(ours) = writing.mailbox_with_role(account, role)? else {
            continue;
        };
        let free = writing
            .remote_mailbox(ours.id)?
            .is_some_and(|remote| remote.path.is_none());
        if free {
            writing.set_path(ours.id, Some(&listed.path), listed.delimiter)?;
            adopted.push((ours.id, listed));
        }
    }
    take_over(writing, account, &census.listed)?;
    let mut by_path = paths(writing, account)?;
    for (ours, listed) in adopted {
        // The inbox has one name everywhere.
        let Some((name, above)) = listed
            .parts
            .split_last()
            .filter(|_| listed.role != Some(Role::Inbox))
        else {
            continue;
        };
        let parent = census
            .listed
            .iter()
            .find(|other| other.parts == above)
            .and_then(|other| by_path.get(&other.path))
            .copied();
        writing.rename_mailbox(ours, parent, name)?;
    }
    merge_namesakes(writing, account)?;
    by_path = paths(writing, account)?;
    let mut places = Vec::with_capacity(census.folders.len());
    for folder in &census.folders {
        let place = by_path.get(&folder.path).copied();
        if let Some(place) = place {
            let state = SyncState {
                uid_validity: Some(folder.uid_validity),
                uid_next: Some(folder.uid_next),
                highest_modseq: None,
                // Which of the messages below it are new here is found out by listing them.
                backfill_below: Some(folder.uid_next),
            };
            writing.set_sync_state(place, &state)?;
        }
        places.push(place);
    }
    Ok(places)
}

fn paths(reading: &Reading<'_>, account: AccountId) -> Result<HashMap<String, MailboxId>, StoreError> {
    let remotes = reading.remote_mailboxes(account)?.into_iter();
    Ok(remotes
        .filter_map(|remote| Some((remote.path?, remote.id)))
        .collect())
}

/// A folder of ours beside one of the server's that has the same name by now, since that was adopted by what it is for.
fn merge_namesakes(writing: &mut Writing<'_>, account: AccountId) -> Result<(), StoreError> {
    let with_path: HashSet<MailboxId> = paths(writing, account)?.into_values().collect();
    let all = writing.mailboxes(Some(account))?;
    for ours in all.iter().filter(|mailbox| !with_path.contains(&mailbox.id)) {
        let twin = all.iter().find(|other| {
            with_path.contains(&other.id) && other.parent == ours.parent && other.name == ours.name
        });
        let Some(twin) = twin else { continue };
        for email in writing.unlocated(ours.id)? {
            writing.set_mailboxes(email, &[twin.id])?;
        }
        for child in all.iter().filter(|child| child.parent == Some(ours.id)) {
            writing.rename_mailbox(child.id, Some(twin.id), &child.name)?;
        }
        writing.remove_mailbox(ours.id)?;
    }
    Ok(())
}

/// Folders that the server does not have: made there if they show letters, hold folders that do, or were made by the
/// person and are empty; removed here otherwise. `emptied` are those whose letters have all gone to Local Folders.
pub(super) fn make_the_rest(
    writing: &mut Writing<'_>,
    account: AccountId,
    action: ActionId,
    emptied: &HashSet<MailboxId>,
) -> Result<(), Refusal> {
    let with_path: HashSet<MailboxId> = paths(writing, account)?.into_values().collect();
    // Parents stand before their children.
    let all = writing.mailboxes(Some(account))?;
    let mut needed: HashSet<MailboxId> = HashSet::new();
    for mailbox in all.iter().rev() {
        let own = mailbox.role.is_none() && !emptied.contains(&mailbox.id);
        if mailbox.total > 0 || own || needed.contains(&mailbox.id) {
            needed.insert(mailbox.id);
            needed.extend(mailbox.parent);
        }
    }
    for mailbox in all.iter().filter(|mailbox| !with_path.contains(&mailbox.id)) {
        if !needed.contains(&mailbox.id) {
            // One around it may have taken it along.
            if writing.mailbox(mailbox.id)?.is_some() {
                writing.remove_mailbox(mailbox.id)?;
            }
            continue;
        }
        writing.journal(&NewEntry {
            action,
            account,
            operation: Operation::CreateMailbox {
                account,
                mailbox: mailbox.id,
                parent: mailbox.parent,
                name: mailbox.name.clone(),
            },
            inverse: vec![Operation::DestroyMailbox {
                mailbox: mailbox.id,
                paths: Vec::new(),
            }],
            state: OperationState::Queued,
        })?;
    }
    Ok(())
}
