//! A letter being written. It is kept on this computer as one types.

use serde::{Deserialize, Serialize};

use crate::{AccountId, Address, AttachmentId, DraftId, EmailId, Timestamp};

/// Whether the draft answers a letter or passes it on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ResponseKind {
    Reply,
    ReplyAll,
    Forward,
}

/// The letter a draft responds to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftOrigin {
    pub email: EmailId,
    pub kind: ResponseKind,
}

/// What the person types.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DraftContent {
    pub to: Vec<Address>,
    pub cc: Vec<Address>,
    pub bcc: Vec<Address>,
    pub subject: String,
    /// Rich text from the editor. It passes the sanitiser before it is sent.
    pub html: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftAttachment {
    pub id: AttachmentId,
    pub name: String,
    pub media_type: String,
    /// Octets.
    pub size: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    pub id: DraftId,
    pub account: AccountId,
    pub content: DraftContent,
    pub attachments: Vec<DraftAttachment>,
    pub origin: Option<DraftOrigin>,
    /// The Message-IDs for In-Reply-To and References (RFC 5322, section 3.6.4).
    pub in_reply_to: Vec<String>,
    pub references: Vec<String>,
    pub updated_at: Timestamp,
}
