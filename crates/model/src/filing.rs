//! How a server keeps a letter that is in several mailboxes, and so what it means to move, copy or mark one.

use serde::{Deserialize, Serialize};

/// What a server calls a letter, and the conversation that it puts it into (RFC 8474; Gmail's X-GM-EXT-1).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ObjectIds {
    pub email: String,
    /// Not every server that knows letters knows conversations.
    pub thread: Option<String>,
}

/// What a server makes of a letter that is in several mailboxes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Filing {
    /// A message in two mailboxes is two letters: nothing tells that they are one.
    #[default]
    Folders,
    /// The server tells which messages are copies of one letter (EMAILID, RFC 8474). Each has flags of its own.
    Copies,
    /// A letter exists once, and mailboxes are labels on it (Gmail's X-GM-EXT-1). Its flags are the same in all.
    Labels,
}

impl Filing {
    /// Whether a letter can be in several mailboxes and be one.
    pub fn knows_letters(self) -> bool {
        self != Self::Folders
    }
}
