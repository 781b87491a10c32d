//! What an answer starts with.

use waxwing_model::{Address, ResponseKind, Timestamp};

use crate::Letter;

/// The beginning of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    pub to: Vec<Address>,
    pub cc: Vec<Address>,
    pub subject: String,
    pub quote_html: String,
    pub in_reply_to: Vec<String>,
    pub references: Vec<String>,
}

/// As [`respond_at`], in the time zone of the letter's own Date field.
pub fn respond(kind: ResponseKind, original: &Letter, own_addresses: &[String]) -> Response {
    respond_at(kind, original, own_addresses, 0, 0)
}

/// What a response starts with. Times are told at `utc_offset_minutes`, with the year unless it is that of `now`.
pub fn respond_at(
    _kind: ResponseKind,
    original: &Letter,
    _own_addresses: &[String],
    _utc_offset_minutes: i16,
    _now: Timestamp,
) -> Response {
    Response {
        to: Vec::new(),
        cc: Vec::new(),
        subject: original.headers.subject.clone(),
        quote_html: String::new(),
        in_reply_to: Vec::new(),
        references: Vec::new(),
    }
}
