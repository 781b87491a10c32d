//! A whole letter, read.

use crate::{Attachment, Headers, Oddity};

/// What a letter says and what it carries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Letter {
    pub headers: Headers,
    /// The best plain text: the text parts joined, or the HTML without its markup.
    pub text: Option<String>,
    /// Whether the sender wrote `text`, rather than us from the HTML.
    pub text_is_original: bool,
    /// The HTML parts in one string. They are to be sanitised one by one: see `html_parts`.
    pub html: Option<String>,
    pub html_parts: Vec<String>,
    pub attachments: Vec<Attachment>,
    /// The first words: at most 200 characters, no quotes, no signature.
    pub preview: String,
    pub oddities: Vec<Oddity>,
}

/// Reads a letter. It never fails: what cannot be read is left out and told in `oddities`.
pub fn parse(_raw: &[u8]) -> Letter {
    Letter::default()
}
