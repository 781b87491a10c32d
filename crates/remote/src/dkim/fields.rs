//! A letter as a verifier sees it: its fields octet for octet, and the body. Nothing is repaired: what a signature covers
//! is what stands there.

use std::collections::HashMap;

use super::canonical;
use super::signature::Signature;

/// Octets of a header that are looked at. Real ones have a few thousand, and up to six signatures each pass over them.
const LONGEST: usize = 64 * 1_024;

pub(super) struct Fields<'l> {
    /// Each with its line end, folds and all, from the top; by their names in lower case.
    named: HashMap<String, Vec<&'l [u8]>>,
    pub(super) body: &'l [u8],
    /// Whether all of the header are fields. Where something else stands in it, readers do not agree on where the text
    /// begins, and a signature of what one of them sees says nothing of what another one shows.
    pub(super) are_plain: bool,
}

impl<'l> Fields<'l> {
    pub(super) fn read(raw: &'l [u8]) -> Self {
        let mut named: HashMap<String, Vec<&[u8]>> = HashMap::new();
        let mut are_plain = true;
        let mut rest = raw;
        while let Some(field) = next_field(rest) {
            match name_of(field) {
                Some(name) => named.entry(name).or_default().push(field),
                // The line that separates letters in an mbox file may have been saved with the letter.
                None if rest.len() == raw.len() && field.starts_with(b"From ") => {}
                None => are_plain = false,
            }
            rest = rest.get(field.len()..).unwrap_or_default();
            if raw.len() - rest.len() > LONGEST {
                are_plain = false;
                break;
            }
        }
        Self {
            named,
            body: rest.strip_prefix(b"\r\n").unwrap_or(rest),
            are_plain,
        }
    }

    /// The fields of that name, which is in lower case, from the top.
    pub(super) fn named(&self, name: &str) -> &[&'l [u8]] {
        self.named.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// The octets that the domain put its name to: the fields, each name from the bottom up, and the signature itself
    /// (RFC 6376, sections 3.7 and 5.4.2).
    pub(super) fn signed(&self, signature: &Signature) -> Vec<u8> {
        let mut octets = Vec::new();
        let mut taken: HashMap<&str, usize> = HashMap::new();
        for name in &signature.signed {
            let taken = taken.entry(name).or_default();
            *taken += 1;
            let all = self.named(name);
            if let Some(field) = all.len().checked_sub(*taken).and_then(|at| all.get(at)) {
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
        let mut signed: HashMap<&str, usize> = HashMap::new();
        for name in &signature.signed {
            *signed.entry(name).or_default() += 1;
        }
        let mut covered: Vec<String> = signed
            .into_iter()
            .filter(|(name, times)| (1..=*times).contains(&self.named(name).len()))
            .map(|(name, _)| name.to_owned())
            .collect();
        covered.sort();
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

/// The name in the field's first line, as the one who shows the letter reads it: printable ASCII and a colon, white space
/// before which is no fault.
fn name_of(field: &[u8]) -> Option<String> {
    let line = field.get(..line_end(field, 0).min(256))?;
    let colon = memchr::memchr(b':', line)?;
    let name = line.get(..colon)?.trim_ascii_end();
    (!name.is_empty() && name.iter().all(|byte| (33..=126).contains(byte)))
        .then(|| String::from_utf8_lossy(name).to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signature(names: &str) -> Signature {
        let value =
            format!("DKIM-Signature: v=1; a=rsa-sha256; d=a.test; s=x; h={names}; bh=AA==; b=AA==\r\n");
        Signature::read(value.as_bytes()).unwrap()
    }

    #[test]
    fn a_header_of_which_readers_see_different_ends_is_told() {
        for (raw, plain) in [
            ("From: a@b.test\r\nSubject: x\r\n y\r\n\r\ntext", true),
            ("From lena Mon Nov 23\r\nFrom: a@b.test\r\n\r\ntext", true),
            ("From : a@b.test\r\n", true),
            ("From: a@b.test\r\nPay here\r\nand now\r\n\r\ntext", false),
            ("From: a@b.test\r\nPay here\r\nTo: c@d.test\r\n\r\ntext", false),
            (" folded: x\r\nFrom: a@b.test\r\n\r\n", false),
            ("From: a@b.test\r\nFrom lena Mon Nov 23\r\n\r\n", false),
            ("From: a@b.test\r\n\r\r\n\r\n", false),
            ("From: a@b.test\r\nT\u{e4}g: x\r\n\r\n", false),
        ] {
            assert_eq!(Fields::read(raw.as_bytes()).are_plain, plain, "{raw:?}");
        }
        let late = format!("From: a@b.test\r\n{}: x\r\n\r\n", "y".repeat(300));
        assert!(
            !Fields::read(late.as_bytes()).are_plain,
            "no reader looks so far for a colon"
        );
        let long = "From: a@b.test\r\n".repeat(LONGEST / 16 + 2);
        assert!(
            !Fields::read(long.as_bytes()).are_plain,
            "longer ones do harm only"
        );
    }

    #[test]
    fn what_is_signed_is_never_more_than_what_stands_there() {
        let raw = "X: y\r\n".repeat(9_000);
        let fields = Fields::read(raw.as_bytes());
        assert!(fields.are_plain);
        let names = ["from"; 1]
            .into_iter()
            .chain(["x"; 99])
            .collect::<Vec<_>>()
            .join(":");
        let signature = signature(&names);
        let itself = signature.itself.len();
        assert_eq!(
            fields.signed(&signature).len(),
            99 * 6 + itself,
            "a name that comes so often takes one field each time"
        );
        assert_eq!(
            fields.covered(&signature),
            Vec::<String>::new(),
            "most are not signed"
        );
    }
}
