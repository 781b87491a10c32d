//! What a message list asks for, and its rows.

use serde::{Deserialize, Serialize};

use crate::{AccountId, EmailId, MailboxId, ThreadId, Timestamp};

/// Where the rows come from.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum ListingSource {
    Mailbox {
        mailbox: MailboxId,
    },
    /// The inbox of every account.
    AllInboxes,
    /// Every letter with a star, outside Trash and Junk.
    Starred,
    /// Full-text search; best understood by the store's search index.
    Search {
        query: String,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ListingFilter {
    #[default]
    All,
    Unread,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ListingOrder {
    #[default]
    Newest,
    Oldest,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ListingGrouping {
    /// One row a conversation.
    #[default]
    Conversations,
    /// One row a letter.
    Messages,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Listing {
    pub source: ListingSource,
    pub filter: ListingFilter,
    pub order: ListingOrder,
    pub grouping: ListingGrouping,
}

/// One row of a list: a conversation, or one letter of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    pub thread: ThreadId,
    /// The newest letter of the conversation within the source.
    pub email: EmailId,
    pub account: AccountId,
    /// The letters of the conversation within the source, newest first (a row is acted upon as a whole).
    pub emails: Vec<EmailId>,
    /// Names of the correspondents, oldest first, each once.
    pub people: Vec<String>,
    /// The address whose colour and initials the avatar takes.
    pub avatar: String,
    pub subject: String,
    pub preview: String,
    pub received_at: Timestamp,
    pub unread: bool,
    pub starred: bool,
    pub answered: bool,
    pub has_attachment: bool,
}
