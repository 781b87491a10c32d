//! Folders (RFC 8621, section 2), on a server or on this computer.

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
}
