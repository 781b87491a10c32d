//! One letter's envelope and state (RFC 8621, section 4), without its body.

use serde::{Deserialize, Serialize};

use crate::{AccountId, Address, EmailId, Keywords, MailboxId, ThreadId, Timestamp};

/// How much of the letter stands in the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Body {
    /// Only the header fields.
    Absent,
    /// Every byte, checked.
    Complete,
}

/// A letter as lists and headings need it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Email {
    pub id: EmailId,
    pub account: AccountId,
    pub thread: ThreadId,
    /// The mailboxes in which it is shown.
    pub mailboxes: Vec<MailboxId>,
    /// Without angle brackets; `None` where the letter has none.
    pub message_id: Option<String>,
    pub in_reply_to: Vec<String>,
    pub references: Vec<String>,
    pub subject: String,
    pub from: Vec<Address>,
    pub to: Vec<Address>,
    pub cc: Vec<Address>,
    pub bcc: Vec<Address>,
    pub reply_to: Vec<Address>,
    /// Who sent it, where that is none of those who wrote it (RFC 5322, section 3.6.2).
    pub sent_by: Option<Address>,
    /// The Date field, where it can be read.
    pub sent_at: Option<Timestamp>,
    /// When the server got it (IMAP's INTERNALDATE), or when it came here.
    pub received_at: Timestamp,
    /// Octets of the whole message.
    pub size: u32,
    pub keywords: Keywords,
    /// The first words of the text; empty while the body is absent.
    pub preview: String,
    pub has_attachment: bool,
    pub body: Body,
}
