//! What the HTML of a letter names within it, by `cid:` (RFC 2392) or by its part, found once for all the pictures of a
//! letter: a photo report has hundreds, and the letter is not taken apart for each.

use std::collections::HashMap;
use std::ops::Range;

use crate::bodies::Bodies;
use crate::structure::{Node, Structure};
use crate::transfer::Transfer;
use crate::{PartId, attachment};

/// Where the parts of a letter stand that its HTML may name.
#[derive(Debug, Clone, Default)]
pub struct InlineParts {
    /// By their sections.
    places: HashMap<String, Place>,
    /// The sections of those that have a Content-ID.
    by_id: HashMap<String, String>,
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
    /// Of several parts with one name the first picture is meant, as whoever shows the letter means it; where none of them is a
    /// picture, the first.
    pub fn of(raw: &[u8]) -> Self {
        let structure = Structure::read(raw);
        let (mut places, mut by_id) = (HashMap::new(), HashMap::new());
        let bodies = Bodies::choose(&structure);
        let hanging = bodies.attachments.iter();
        let pictures = hanging
            .filter_map(|&index| structure.nodes.get(index))
            .filter(|node| is_named(node) && attachment::is_drawn(&structure, node));
        for node in pictures.chain(structure.leaves().filter(|node| is_named(node))) {
            if let Some(id) = node.content.content_id.clone() {
                by_id.entry(id).or_insert_with(|| node.section.clone());
            }
            places.entry(node.section.clone()).or_insert_with(|| Place {
                media_type: node.content.media_type().to_owned(),
                transfer: node.content.transfer,
                body: node.body.clone(),
            });
        }
        Self {
            places,
            by_id,
            copy: structure.into_copy(),
        }
    }

    /// The media type and the bytes of one, out of the letter that this was made of.
    pub fn get(&self, raw: &[u8], content_id: &str) -> Option<(String, Vec<u8>)> {
        let wanted = content_id.trim().trim_start_matches('<').trim_end_matches('>');
        self.part(raw, &PartId(self.by_id.get(wanted)?.clone()))
    }

    /// The same of one that has a name of either kind, by its part.
    pub fn part(&self, raw: &[u8], part: &PartId) -> Option<(String, Vec<u8>)> {
        let place = self.places.get(&part.0)?;
        let raw = self.copy.as_deref().unwrap_or(raw);
        let (bytes, _) = place.transfer.decode(raw.get(place.body.clone())?);
        Some((place.media_type.clone(), bytes.into_owned()))
    }
}

fn is_named(node: &Node) -> bool {
    node.content.content_id.is_some() || node.content.location.is_some()
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
        assert_eq!(
            parts.part(raw, &PartId("2".into())),
            parts.get(raw, "a@x"),
            "by its part it is the same"
        );
        assert_eq!(
            parts.part(raw, &PartId("1".into())),
            None,
            "what has no name is not named"
        );
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
