//! The server's folders and ours, and which of them have to be looked into.
//!
//! Where the server tells how all of them stand beside their list (LIST-STATUS, RFC 5819) and keeps mod-sequences
//! (RFC 7162), a folder that stands as it did is not even selected. Elsewhere each folder is: STATUS for one folder at
//! a time costs the round trip that its SELECT costs, and the SELECT says more. Without mod-sequences no number shows
//! that a mark has changed, so that folders are looked into whatever their numbers are.

use std::collections::{HashMap, HashSet};

use waxwing_model::{AccountId, Mailbox, MailboxId, Operation, Role};
use waxwing_remote::imap::{ListedMailbox, Status};
use waxwing_store::{JournalEntry, NewMailbox, Reading, RemoteMailbox, StoreError, SyncState, Writing};

use super::ImapWorker;
use super::renamed::{self, Names};
use crate::error::Result;
use crate::operations::subscriptions;

impl ImapWorker {
    /// Reads the list of folders, takes over what changed, and lines up those to be looked into.
    pub(super) async fn read_folders(&mut self) -> Result<()> {
        let mut listed = self.session.list_with_status().await?;
        // Parents before children.
        listed.sort_by_key(|mailbox| mailbox.parts.len());
        self.ask_names(&mut listed).await?;
        // What a server says of the folder that is open may be old (RFC 9051, section 6.3.11).
        let open = self.session.selected().map(str::to_owned);
        let account = self.account.id;
        let mut to_check = self
            .engine
            .write_soon(move |writing| {
                take_over(writing, account, &listed)?;
                let unchanged = unchanged(writing, account, &listed, open.as_deref())?;
                let mailboxes = writing.mailboxes(Some(account))?;
                Ok(mailboxes
                    .into_iter()
                    .filter(|mailbox| mailbox.selectable && !unchanged.contains(&mailbox.id))
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

/// The folders that stand as they did.
fn unchanged(
    reading: &Reading<'_>,
    account: AccountId,
    listed: &[ListedMailbox],
    open: Option<&str>,
) -> Result<HashSet<MailboxId>, StoreError> {
    let told: HashMap<&str, Status> = listed
        .iter()
        .filter(|mailbox| Some(mailbox.path.as_str()) != open)
        .filter_map(|mailbox| Some((mailbox.path.as_str(), mailbox.status?)))
        .collect();
    let mut unchanged = HashSet::new();
    for remote in reading.remote_mailboxes(account)? {
        let status = remote.path.as_deref().and_then(|path| told.get(path));
        if let Some(status) = status
            && stands_as_it_did(&remote.sync, status)
            && is_whole(reading, &remote, status)?
        {
            unchanged.insert(remote.id);
        }
    }
    Ok(unchanged)
}

/// A mark that changes moves the mod-sequence, an arrival moves UIDNEXT as well.
fn stands_as_it_did(sync: &SyncState, status: &Status) -> bool {
    sync.backfill_below == Some(1)
        && status.uid_validity != 0
        && sync.uid_validity == Some(status.uid_validity)
        && status.uid_next != 0
        && sync.uid_next == Some(status.uid_next)
        && status.highest_modseq.is_some()
        && sync.highest_modseq == status.highest_modseq
}

/// A deletion need not move anything but the number of messages where there is no QRESYNC. And what is shown here is what
/// the server has, so that nothing waits for a look to be put right.
fn is_whole(reading: &Reading<'_>, remote: &RemoteMailbox, status: &Status) -> Result<bool, StoreError> {
    let reckoning = reading.reckoning(remote.id)?;
    if reckoning.messages() != status.messages {
        return Ok(false);
    }
    // Of one letter the server may have two copies in a folder, which shows it once.
    Ok(reckoning.located == reckoning.shown || reading.letters_located(remote.id)? == reckoning.shown)
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

pub(crate) fn take_over(
    writing: &mut Writing<'_>,
    account: AccountId,
    listed: &[ListedMailbox],
) -> Result<(), StoreError> {
    let mut known: HashMap<String, MailboxId> = HashMap::new();
    for remote in writing.remote_mailboxes(account)? {
        if let Some(path) = remote.path {
            known.insert(path, remote.id);
        }
    }
    // The person may have deleted a folder while the server was listing it; the journal tells the server next.
    let pending = writing.pending_operations(account)?;
    let deleted = |path: &str| {
        pending.iter().any(|entry| {
            matches!(&entry.operation, Operation::DestroyMailbox { paths, .. } if paths.iter().any(|own| own == path))
        })
    };
    let told = subscriptions::are_told(listed);
    let names = Names::of(writing, account, listed)?;
    let mut by_parts: HashMap<Vec<String>, MailboxId> = HashMap::new();
    let chosen = writing.chosen_roles(account)?;
    // What the person has chosen a folder for is no other folder's.
    let mut roles: Vec<Role> = chosen.keys().copied().collect();
    // Places that only hold folders and were not known.
    let mut fresh: HashSet<MailboxId> = HashSet::new();
    for mailbox in listed.iter().filter(|mailbox| !deleted(&mailbox.path)) {
        let Some((name, above)) = mailbox.parts.split_last() else {
            continue;
        };
        let known_as = names.find(mailbox, &known);
        let wanted = known_as.and_then(|id| chosen.iter().find(|(_, own)| **own == id));
        // One folder a role: a second "Sent Messages" beside "Sent" is a folder like any other.
        let role = match wanted {
            Some((role, _)) => Some(*role),
            None => mailbox.role.filter(|role| !roles.contains(role)),
        };
        roles.extend(role);
        let parent = (0..above.len())
            .rev()
            .find_map(|depth| by_parts.get(above.get(..=depth)?).copied());
        let id = match known_as {
            Some(id) => {
                known.retain(|_, other| *other != id);
                renamed::follow(writing, id, mailbox, parent, name, &pending)?;
                let was = writing.mailbox(id)?;
                if was
                    .as_ref()
                    .is_some_and(|was| was.role != role || was.selectable != mailbox.selectable)
                {
                    writing.update_mailbox_facts(id, role, mailbox.selectable)?;
                }
                // It stood at the top as long as the place that it is in had not been heard of.
                if let Some(was) = was
                    && was.parent.is_none()
                    && parent.is_some_and(|parent| fresh.contains(&parent))
                {
                    writing.rename_mailbox(id, parent, &was.name)?;
                }
                id
            }
            None => {
                let id = adopt_or_insert(writing, account, mailbox, parent, name, role)?;
                if !mailbox.selectable {
                    fresh.insert(id);
                }
                id
            }
        };
        if told {
            take_over_subscription(writing, id, mailbox.subscribed, &pending)?;
        }
        if let Some(identity) = &mailbox.identity {
            writing.set_mailbox_identity(id, identity)?;
        }
        by_parts.insert(mailbox.parts.clone(), id);
    }
    // INBOX always exists (RFC 9051, section 5.1). A list without it is not the whole list, and nothing follows from it.
    let inbox = listed
        .iter()
        .find(|mailbox| mailbox.path.eq_ignore_ascii_case("INBOX"))
        .and_then(|mailbox| by_parts.get(&mailbox.parts).copied());
    let Some(inbox) = inbox else {
        return Ok(());
    };
    // What is left is gone from the server, unless a rename of ours is still on its way there.
    for gone in known.into_values() {
        let ours = pending.iter().any(
            |entry| matches!(&entry.operation, Operation::RenameMailbox { mailbox, .. } if *mailbox == gone),
        );
        if !ours && writing.mailbox(gone)?.is_some() {
            // Folders within it that the server still has stay, at the top.
            for child in writing.mailboxes(Some(account))? {
                if child.parent == Some(gone) && by_parts.values().any(|id| *id == child.id) {
                    writing.rename_mailbox(child.id, None, &child.name)?;
                }
            }
            save_uploads(writing, gone, inbox, &pending)?;
            writing.remove_mailbox(gone)?;
        }
    }
    Ok(())
}

/// Letters that no server has yet do not go with a folder. They are shown in the inbox until it is their turn in the journal,
/// which finds that there is nowhere to put them, keeps them in Local Folders, and tells of it.
fn save_uploads(
    writing: &mut Writing<'_>,
    gone: MailboxId,
    inbox: MailboxId,
    pending: &[JournalEntry],
) -> Result<(), StoreError> {
    let account = writing.mailbox(gone)?.map(|mailbox| mailbox.account);
    let mut going = HashSet::from([gone]);
    // Parents come before their children.
    for mailbox in writing.mailboxes(account)? {
        if mailbox.parent.is_some_and(|parent| going.contains(&parent)) {
            going.insert(mailbox.id);
        }
    }
    for entry in pending {
        let Operation::Upload { email, .. } = entry.operation else {
            continue;
        };
        let Some(letter) = writing.email(email)? else {
            continue;
        };
        let shown = &letter.mailboxes;
        if !shown.is_empty() && shown.iter().all(|mailbox| going.contains(mailbox)) {
            writing.set_mailboxes(email, &[inbox])?;
        }
    }
    Ok(())
}

/// A folder of which the server has still to hear that it was made, renamed, shown or put away is subscribed as it is here.
fn take_over_subscription(
    writing: &mut Writing<'_>,
    id: MailboxId,
    subscribed: bool,
    pending: &[JournalEntry],
) -> Result<(), StoreError> {
    let ours = pending.iter().any(|entry| {
        matches!(&entry.operation,
            Operation::SetSubscribed { mailbox, .. }
            | Operation::CreateMailbox { mailbox, .. }
            | Operation::RenameMailbox { mailbox, .. } if *mailbox == id)
    });
    match ours {
        true => Ok(()),
        false => writing.set_subscribed(id, subscribed),
    }
}

/// A folder made here whose making the server has confirmed only by listing it is the same folder.
fn adopt_or_insert(
    writing: &mut Writing<'_>,
    account: AccountId,
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

#[cfg(test)]
mod tests {
    use waxwing_model::Protocol;

    use super::*;
    use crate::lena;

    fn listed(names: &[&str], selectable: bool) -> ListedMailbox {
        ListedMailbox {
            path: names.join("/"),
            parts: names.iter().map(|name| (*name).to_owned()).collect(),
            delimiter: Some('/'),
            role: None,
            selectable,
            subscribed: false,
            status: None,
            identity: None,
        }
    }

    #[test]
    fn a_folder_that_stood_at_the_top_goes_under_its_heading_when_that_is_heard_of() {
        let home = lena::Home::of(&lena::account(Protocol::Imap));
        let (inbox, team) = (listed(&["INBOX"], true), listed(&["Shared", "team"], true));
        let take = |list: &[ListedMailbox]| {
            let taken = home.store.write(|w| take_over(w, home.account, list));
            taken.expect("the list")
        };
        let team_now = || {
            let known = home.store.read(|r| r.mailboxes(Some(home.account)));
            let mailboxes = known.expect("the folders");
            let team = mailboxes.iter().find(|one| one.name == "team").expect("team");
            let above = mailboxes.iter().find(|one| Some(one.id) == team.parent);
            (team.id, above.map(|one| one.name.clone()))
        };
        take(&[inbox.clone(), team.clone()]);
        let (before, above) = team_now();
        assert_eq!(above, None, "nobody has told of the place that it is in");
        take(&[inbox, listed(&["Shared"], false), team]);
        assert_eq!(team_now(), (before, Some("Shared".to_owned())), "the same folder");
    }
}
