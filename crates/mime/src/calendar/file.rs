//! The text of a letter's file for calendars, in the character set that the part says it is in, and what the part says that the
//! sender wants.

use crate::structure::Structure;
use crate::{PartId, charset};

/// A file for calendars is as long as this at most.
const LONGEST: usize = 1 << 20;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CalendarFile {
    pub text: String,
    /// `method` of the part's kind (RFC 6047, section 2.4).
    pub method: Option<String>,
}

/// What stands in a part. Without a character set it is UTF-8 (RFC 5545, section 3.1.4).
pub fn calendar_file(raw: &[u8], part: &PartId) -> Option<CalendarFile> {
    let structure = Structure::read(raw);
    let Some(node) = structure.leaves().find(|node| node.section == part.0) else {
        // It stands within the text of a part (uuencoded).
        let (_, bytes) = crate::attachment(raw, part)?;
        let text = crate::text_of(bytes.get(..LONGEST.min(bytes.len()))?, None);
        return Some(CalendarFile { text, method: None });
    };
    let (bytes, _) = node.content.transfer.decode(structure.body(node));
    let bytes = bytes.get(..LONGEST.min(bytes.len()))?;
    let label = node.content.charset();
    Some(CalendarFile {
        text: charset::decode(&unfolded(bytes), label.as_deref()).0,
        method: node.content.parameter("method"),
    })
}

/// Lines are folded after so many octets, which may be in the middle of a character (RFC 5545, section 3.1): they are joined
/// before the octets are read. A text whose characters have two octets each is left as it is.
fn unfolded(bytes: &[u8]) -> Vec<u8> {
    if bytes.contains(&0) {
        return bytes.to_vec();
    }
    let mut text = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let [one, after @ ..] = rest {
        rest = match rest {
            [b'\r', b'\n', b' ' | b'\t', after @ ..] | [b'\n', b' ' | b'\t', after @ ..] => after,
            _ => {
                text.push(*one);
                after
            }
        };
    }
    text
}
