//! Lists of tags, `v=1; a=rsa-sha256; …` (RFC 6376, section 3.2), as signatures and keys have them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Tags of one list. Known ones are a dozen.
const MOST: usize = 40;

pub(super) struct Tags<'t>(Vec<(&'t str, &'t str)>);

impl<'t> Tags<'t> {
    /// `None`: it is no such list, it is endless, or a tag comes twice.
    pub(super) fn read(text: &'t str) -> Option<Self> {
        let mut tags: Vec<(&str, &str)> = Vec::new();
        for piece in text.split(';') {
            if piece.trim().is_empty() {
                continue;
            }
            let (name, value) = piece.split_once('=')?;
            let (name, value) = (name.trim(), value.trim());
            if name.is_empty() || tags.len() == MOST || tags.iter().any(|(known, _)| *known == name) {
                return None;
            }
            tags.push((name, value));
        }
        Some(Self(tags))
    }

    pub(super) fn get(&self, name: &str) -> Option<&'t str> {
        self.0
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| *value)
    }

    /// A value without any white space, which may stand anywhere in it.
    pub(super) fn word(&self, name: &str) -> Option<String> {
        Some(bare(self.get(name)?))
    }

    /// The words of a list with colons, in lower case.
    pub(super) fn words(&self, name: &str) -> Option<Vec<String>> {
        let list = self.word(name)?.to_ascii_lowercase();
        Some(list.split(':').map(str::to_owned).collect())
    }

    pub(super) fn bytes(&self, name: &str) -> Option<Vec<u8>> {
        STANDARD.decode(self.word(name)?).ok()
    }
}

fn bare(text: &str) -> String {
    text.chars().filter(|one| !one.is_ascii_whitespace()).collect()
}
