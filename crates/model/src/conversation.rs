//! What the person says of conversations by hand, so that it can be remembered and taken back.

use serde::{Deserialize, Serialize};

use crate::EmailId;

/// What was said of one letter. It is known by its Message-ID, or by its looks where it has none, since its id is another one
/// when it is fetched again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ConversationWish {
    pub name: String,
    /// What it answers is another conversation.
    pub apart: bool,
    /// Letters of one bond are one conversation, whatever they answer.
    pub bond: Option<i64>,
    /// Nobody wants to hear of what comes to its conversation.
    pub muted: bool,
}

/// A conversation as it stood.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Stood {
    pub emails: Vec<EmailId>,
    /// What the server calls it.
    pub identities: Vec<String>,
}

/// How conversations stood, and what was said of their letters.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Arrangement {
    pub conversations: Vec<Stood>,
    pub wishes: Vec<ConversationWish>,
}
