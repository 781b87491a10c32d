//! The text of a letter's file for calendars, in the character set that the part says it is in.

use crate::structure::Structure;
use crate::{PartId, charset};

/// A file for calendars is as long as this at most.
const LONGEST: usize = 1 << 20;

/// What stands in a part. Without a character set it is UTF-8 (RFC 5545, section 3.1.4).
pub fn calendar_file(raw: &[u8], part: &PartId) -> Option<String> {
    let structure = Structure::read(raw);
    let Some(node) = structure.leaves().find(|node| node.section == part.0) else {
        // It stands within the text of a part (uuencoded).
        let (_, bytes) = crate::attachment(raw, part)?;
        return Some(crate::text_of(bytes.get(..LONGEST.min(bytes.len()))?));
    };
    let (bytes, _) = node.content.transfer.decode(structure.body(node));
    let bytes = bytes.get(..LONGEST.min(bytes.len()))?;
    let label = node.content.charset();
    Some(charset::decode(bytes, label.as_deref()).0)
}
