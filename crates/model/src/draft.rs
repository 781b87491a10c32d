//! A letter being written. It is kept on this computer as one types.

use serde::{Deserialize, Serialize};

use crate::{AccountId, Address, AttachmentId, DraftId, EmailId, IdentityId, Timestamp};

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
    /// As whom it is written. `None`: as the account's usual identity.
    #[serde(default)]
    pub identity: Option<IdentityId>,
    /// The tagged address of that identity (`lena+shop@…`) that the answered letter was written to.
    #[serde(default)]
    pub from: Option<String>,
    #[serde(default)]
    pub asks: Asks,
}

/// What a letter asks of those who carry and read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Asks {
    /// The reader's word that it was read (RFC 8098).
    pub receipt: bool,
    /// Reports of how it fares (RFC 3461).
    pub notices: bool,
    /// Encryption all the way, or not to be sent (RFC 8689).
    pub encryption: bool,
}

/// A file of a draft. Its octets stand in the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftAttachment {
    pub id: AttachmentId,
    pub name: String,
    pub media_type: String,
    /// Octets.
    pub size: u32,
}

/// A letter being written, as it was last saved.
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
