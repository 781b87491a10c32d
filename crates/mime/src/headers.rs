//! The header of a letter, read (RFC 5322, section 3.6).

use waxwing_model::{Address, Timestamp};

/// The fields that everyone needs, and all of them as text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Headers {
    /// Without angle brackets.
    pub message_id: Option<String>,
    pub in_reply_to: Vec<String>,
    pub references: Vec<String>,
    pub subject: String,
    pub from: Vec<Address>,
    pub sender: Option<Address>,
    pub to: Vec<Address>,
    pub cc: Vec<Address>,
    pub bcc: Vec<Address>,
    pub reply_to: Vec<Address>,
    pub date: Option<Timestamp>,
    /// Type and subtype of the top level, in lower case.
    pub content_type: Option<String>,
    /// Every field in its order, decoded, without control and bidi characters.
    pub fields: Vec<(String, String)>,
}

/// Reads a header block alone (IMAP's `BODY[HEADER.FIELDS …]`).
pub fn parse_headers(_raw_header: &[u8]) -> Headers {
    Headers::default()
}

/// The identifiers that tie a letter to its conversation: its own, its references, what it answers; each once.
pub fn thread_ids(headers: &Headers) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    for id in headers.message_id.iter().chain(&headers.references).chain(&headers.in_reply_to) {
        if !ids.contains(id) {
            ids.push(id.clone());
        }
    }
    ids
}
