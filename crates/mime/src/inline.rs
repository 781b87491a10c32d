//! What `cid:` names within a letter (RFC 2392), found once for all the pictures of a letter: a photo report has hundreds, and
//! the letter is not taken apart for each.

use std::collections::HashMap;
use std::ops::Range;

use crate::structure::Structure;
use crate::transfer::Transfer;

/// Where the parts of a letter stand that have a Content-ID.
#[derive(Debug, Clone, Default)]
pub struct InlineParts {
    places: HashMap<String, Place>,
    /// The letter as it was put right before it was read, where it had to be: the places are in there.
    copy: Option<Vec<u8>>,
}

#[derive(Debug, Clone)]
struct Place {
    media_type: String,
    transfer: Transfer,
    /// In the letter's bytes.
    body: Range<usize>,
}

impl InlineParts {
    /// Of two parts with one name, the first is meant.
    pub fn of(raw: &[u8]) -> Self {
        let structure = Structure::read(raw);
        let mut places = HashMap::new();
        for node in structure.leaves() {
            if let Some(id) = node.content.content_id.clone() {
                places.entry(id).or_insert_with(|| Place {
                    media_type: node.content.media_type().to_owned(),
                    transfer: node.content.transfer,
                    body: node.body.clone(),
                });
            }
        }
        Self {
            places,
            copy: structure.into_copy(),
        }
    }

    /// The media type and the bytes of one, out of the letter that this was made of.
    pub fn get(&self, raw: &[u8], content_id: &str) -> Option<(String, Vec<u8>)> {
        let wanted = content_id.trim().trim_start_matches('<').trim_end_matches('>');
        let place = self.places.get(wanted)?;
        let raw = self.copy.as_deref().unwrap_or(raw);
        let (bytes, _) = place.transfer.decode(raw.get(place.body.clone())?);
        Some((place.media_type.clone(), bytes.into_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_is_found_by_its_name_and_the_first_counts() {
        let raw = b"Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n<img src=cid:a@x>\n\
            --b\nContent-Type: image/png\nContent-ID: <a@x>\nContent-Transfer-Encoding: base64\n\nYQ==\n\
            --b\nContent-Type: image/gif\nContent-ID: <b@x>\n\nb\n\
            --b\nContent-Type: image/gif\nContent-ID: <a@x>\n\nsecond\n--b--\n";
        let parts = InlineParts::of(raw);
        assert_eq!(parts.get(raw, "a@x"), Some(("image/png".into(), b"a".to_vec())));
        assert_eq!(parts.get(raw, "<b@x>"), Some(("image/gif".into(), b"b".to_vec())));
        assert_eq!(parts.get(raw, "c@x"), None);
        assert_eq!(parts.get(b"", "a@x"), None, "another letter's bytes give nothing");
        let old: Vec<u8> = raw
            .iter()
            .map(|&byte| if byte == b'\n' { b'\r' } else { byte })
            .collect();
        let parts = InlineParts::of(&old);
        assert_eq!(
            parts.get(&old, "a@x"),
            Some(("image/png".into(), b"a".to_vec())),
            "however its lines end"
        );
    }
}
