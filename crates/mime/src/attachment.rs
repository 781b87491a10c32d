//! Attachments: their list, their bytes, and names that are safe to save under.

use crate::Letter;

/// Which part of a letter. Opaque, and the same for the same bytes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PartId(pub String);

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    pub part: PartId,
    /// Never empty; no path, no control or bidi characters.
    pub name: String,
    /// In lower case, without parameters.
    pub media_type: String,
    /// Octets, decoded.
    pub size: u32,
    /// Without angle brackets.
    pub content_id: Option<String>,
    /// Meant to be seen within the text.
    pub inline: bool,
}

/// One attachment with its bytes.
pub fn attachment(_raw: &[u8], _part: &PartId) -> Option<(Attachment, Vec<u8>)> {
    None
}

/// The media type and the bytes of what `cid:` names (RFC 2392).
pub fn inline_by_content_id(_raw: &[u8], _content_id: &str) -> Option<(String, Vec<u8>)> {
    None
}

/// Whether a list shows a paper clip.
pub fn has_attachment(letter: &Letter) -> bool {
    !letter.attachments.is_empty()
}
