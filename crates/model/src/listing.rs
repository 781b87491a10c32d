//! What a message list asks for, and its rows.

use serde::{Deserialize, Serialize};

use crate::{AccountId, Address, EmailId, MailboxId, ThreadId, Timestamp};

/// Where the rows come from.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum ListingSource {
    Mailbox {
        mailbox: MailboxId,
    },
    /// The inbox of every account.
    AllInboxes,
    /// The inboxes of some accounts together.
    Inboxes {
        accounts: Vec<AccountId>,
    },
    /// Every letter with a star, outside Trash and Junk.
    Starred,
    /// Full-text search; best understood by the store's search index.
    Search {
        query: String,
    },
}

/// Which of its rows a list shows: those of which all that is set is true. Of a conversation each may be true of another
/// letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ListingFilter {
    pub unread: bool,
    pub starred: bool,
    pub attachment: bool,
    /// It names one of the person's own addresses in To or Cc.
    pub to_me: bool,
}

impl ListingFilter {
    /// Every row.
    pub const ALL: Self = Self {
        unread: false,
        starred: false,
        attachment: false,
        to_me: false,
    };
    /// Rows with something to read.
    pub const UNREAD: Self = Self {
        unread: true,
        ..Self::ALL
    };
}

/// What the rows of a list are sorted by. Rows that are alike in it stand newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum OrderBy {
    /// The newest first.
    #[default]
    Date,
    /// By name, from A on; in Sent and Drafts whom it goes to.
    Sender,
    /// From A on, whatever answer or forward it is.
    Subject,
    /// The largest first; a conversation is as large as its letters together.
    Size,
    /// The unread first.
    Unread,
    /// Those with a star first.
    Starred,
    /// Those with a file first.
    Attachment,
}

/// How the rows of a list are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ListingOrder {
    pub by: OrderBy,
    /// The other way round.
    pub reversed: bool,
}

impl ListingOrder {
    /// By date, as every list begins.
    pub const NEWEST: Self = Self {
        by: OrderBy::Date,
        reversed: false,
    };
    /// By date, the oldest first.
    pub const OLDEST: Self = Self {
        by: OrderBy::Date,
        reversed: true,
    };
}

/// What a row stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ListingGrouping {
    /// One row a conversation.
    #[default]
    Conversations,
    /// One row a letter.
    Messages,
}

/// A list as it is asked for; its rows are asked for by their places in it, from 0 on.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Listing {
    pub source: ListingSource,
    pub filter: ListingFilter,
    pub order: ListingOrder,
    pub grouping: ListingGrouping,
}

impl Listing {
    /// All of a mailbox, a row a letter, the newest first.
    pub fn letters_of(mailbox: MailboxId) -> Self {
        Self {
            source: ListingSource::Mailbox { mailbox },
            filter: ListingFilter::ALL,
            order: ListingOrder::NEWEST,
            grouping: ListingGrouping::Messages,
        }
    }
}

/// Somebody whom a row names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Participant {
    /// The name, or the address where there is none.
    pub name: String,
    pub email: String,
    /// It is oneself, by whichever of one's addresses.
    pub own: bool,
    /// Of the letters of the conversation that nobody has read, the newest is theirs.
    pub newest_unread: bool,
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
    /// The folders that show these letters, those of the newest first, each once. Where the source is a folder it is that one.
    pub mailboxes: Vec<MailboxId>,
    /// Who has written in the conversation, in whatever folder, in the order in which they wrote first, each once. In Sent and
    /// Drafts, and where only oneself has written, to whom the letters of the row go. In a list by name it begins with the name
    /// that the row is sorted by.
    pub people: Vec<Participant>,
    /// How many letters the conversation shows to whoever opens it from here, in whatever folder they lie.
    pub letters: u32,
    /// There are more letters than those: they are not all counted.
    pub more_letters: bool,
    /// The newest letter's, whose colour and initials the avatar takes.
    pub avatar: Address,
    /// Octets, of the letters of the row together.
    pub size: u32,
    pub subject: String,
    pub preview: String,
    pub received_at: Timestamp,
    pub unread: bool,
    pub starred: bool,
    pub answered: bool,
    pub has_attachment: bool,
    /// Nobody wants to hear of what comes to the conversation.
    pub muted: bool,
}
