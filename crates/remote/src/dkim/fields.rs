//! A letter as a verifier sees it: its fields octet for octet, and the body. Nothing is repaired: what a signature covers
//! is what stands there.

use super::canonical;
use super::signature::Signature;

pub(super) struct Fields<'l> {
    /// Each with its line end, folds and all.
    fields: Vec<&'l [u8]>,
    pub(super) body: &'l [u8],
}

impl<'l> Fields<'l> {
    pub(super) fn read(raw: &'l [u8]) -> Self {
        let mut fields = Vec::new();
        let mut rest = raw;
        while let Some(field) = next_field(rest) {
            fields.push(field);
            rest = rest.get(field.len()..).unwrap_or_default();
        }
        Self {
            fields,
            body: rest.strip_prefix(b"\r\n").unwrap_or(rest),
        }
    }

    /// The fields of that name, which is in lower case, from the top.
    pub(super) fn named(&self, name: &str) -> impl Iterator<Item = &'l [u8]> {
        self.fields
            .iter()
            .copied()
            .filter(move |field| name_of(field) == name)
    }

    /// The octets that the domain put its name to: the fields, each name from the bottom up, and the signature itself
    /// (RFC 6376, sections 3.7 and 5.4.2).
    pub(super) fn signed(&self, signature: &Signature) -> Vec<u8> {
        let mut octets = Vec::new();
        let mut taken: Vec<&str> = Vec::new();
        for name in &signature.signed {
            let before = taken.iter().filter(|other| *other == name).count();
            taken.push(name);
            let mut all: Vec<&[u8]> = self.named(name).collect();
            all.reverse();
            if let Some(field) = all.get(before) {
                octets.extend(canonical::field(field, signature.header));
            }
        }
        let mut itself = signature.itself.clone();
        itself.extend_from_slice(b"\r\n");
        let itself = canonical::field(&itself, signature.header);
        octets.extend_from_slice(itself.strip_suffix(b"\r\n").unwrap_or(&itself));
        octets
    }

    /// Names of which every field is signed: another one put above or below would not be.
    pub(super) fn covered(&self, signature: &Signature) -> Vec<String> {
        let mut covered: Vec<String> = Vec::new();
        for name in &signature.signed {
            let there = self.named(name).count();
            let signed = signature.signed.iter().filter(|other| *other == name).count();
            if (1..=signed).contains(&there) && !covered.contains(name) {
                covered.push(name.clone());
            }
        }
        covered
    }
}

/// The field that text begins with: a line, and those behind it that begin with white space.
fn next_field(text: &[u8]) -> Option<&[u8]> {
    if text.is_empty() || text.starts_with(b"\r\n") {
        return None;
    }
    let mut end = line_end(text, 0);
    while text.get(end).is_some_and(|byte| matches!(byte, b' ' | b'\t')) {
        end = line_end(text, end);
    }
    text.get(..end)
}

fn line_end(text: &[u8], from: usize) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    memchr::memchr(b'\n', rest).map_or(text.len(), |at| from + at + 1)
}

fn name_of(field: &[u8]) -> String {
    let colon = field.iter().position(|&byte| byte == b':').unwrap_or_default();
    let name = field.get(..colon).unwrap_or_default().trim_ascii();
    String::from_utf8_lossy(name).to_ascii_lowercase()
}
