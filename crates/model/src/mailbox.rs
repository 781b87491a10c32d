//! Folders (RFC 8621, section 2), on a server or on this computer.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::{AccountId, MailboxId};

/// What a mailbox is for (RFC 6154, RFC 8621).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    Inbox,
    Drafts,
    Sent,
    Archive,
    Junk,
    Trash,
    /// Gmail's "All Mail" and its like.
    All,
}

/// A mailbox as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mailbox {
    pub id: MailboxId,
    pub account: AccountId,
    pub parent: Option<MailboxId>,
    /// The last part of the path, decoded.
    pub name: String,
    pub role: Option<Role>,
    /// Whether it can hold messages (`\Noselect` cannot).
    pub selectable: bool,
    pub total: u32,
    pub unread: u32,
    /// Whether the person wants to see it among the folders (`isSubscribed`, RFC 8621, section 2). See [`put_away`].
    pub subscribed: bool,
}

/// The mailboxes that do not stand among the others: those that are not subscribed. One that has a role, or holds one
/// that is shown, is never among them.
pub fn put_away(mailboxes: &[Mailbox]) -> HashSet<MailboxId> {
    let parents: HashMap<MailboxId, Option<MailboxId>> = mailboxes
        .iter()
        .map(|mailbox| (mailbox.id, mailbox.parent))
        .collect();
    let mut away: HashSet<MailboxId> = mailboxes
        .iter()
        .filter(|mailbox| mailbox.role.is_none() && !mailbox.subscribed)
        .map(|mailbox| mailbox.id)
        .collect();
    for mailbox in mailboxes {
        let mut shown = (!away.contains(&mailbox.id)).then_some(mailbox.id);
        // What is shown shows all that stands around it; where that is shown already, so is the rest.
        while let Some(around) = shown.and_then(|id| parents.get(&id).copied().flatten()) {
            shown = away.remove(&around).then_some(around);
        }
    }
    away
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mailbox(id: i64, parent: Option<i64>, role: Option<Role>, subscribed: bool) -> Mailbox {
        Mailbox {
            id: MailboxId(id),
            account: AccountId(1),
            parent: parent.map(MailboxId),
            name: id.to_string(),
            role,
            selectable: true,
            total: 0,
            unread: 0,
            subscribed,
        }
    }

    #[test]
    fn what_is_not_subscribed_is_put_away_but_never_a_role_nor_what_holds_something_that_is_shown() {
        let folders = [
            mailbox(1, None, Some(Role::Inbox), false),
            mailbox(2, None, None, false),
            mailbox(3, Some(2), None, false),
            mailbox(4, Some(3), None, true),
            mailbox(5, Some(2), None, false),
            mailbox(6, None, None, false),
            mailbox(7, Some(6), Some(Role::Sent), false),
            mailbox(8, None, None, false),
            mailbox(9, Some(8), None, false),
            mailbox(10, None, None, true),
        ];
        let mut away: Vec<i64> = put_away(&folders).into_iter().map(|id| id.0).collect();
        away.sort_unstable();
        assert_eq!(
            away,
            [5, 8, 9],
            "2, 3 and 6 hold what is shown, 1 and 7 have a role"
        );
    }

    #[test]
    fn folders_that_stand_within_each_other_do_not_keep_anybody_waiting() {
        let ring = [mailbox(1, Some(2), None, false), mailbox(2, Some(1), None, true)];
        assert!(put_away(&ring).is_empty(), "both are shown, and it ends");
    }
}
