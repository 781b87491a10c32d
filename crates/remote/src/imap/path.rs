//! Names of mailboxes: modified UTF-7 (RFC 3501, section 5.1.3) to what people read, and back.
//!
//! A path is kept in modified UTF-7 whatever is spoken, so that a server which learns UTF-8 has the same folders
//! as before; [`Names`] puts it into the words of the session. Not here: quoting (`command`), and which mailbox is for
//! what (`role`).

use std::borrow::Cow;

use base64::Engine;
use base64::alphabet::IMAP_MUTF7;
use base64::engine::general_purpose::NO_PAD;
use base64::engine::{DecodePaddingMode, GeneralPurpose};

/// Base64 with a comma for the slash and without padding. Trailing bits that should be zero are not insisted on.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &IMAP_MUTF7,
    NO_PAD
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// How names of mailboxes stand on the wire.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Names {
    /// What every server takes that has IMAP4rev1.
    #[default]
    ModifiedUtf7,
    /// After UTF8=ACCEPT (RFC 6855, section 3), and in IMAP4rev2 (RFC 9051, section 5.1).
    Utf8,
}

impl Names {
    /// A path as it is said.
    pub(super) fn said(self, path: &str) -> Cow<'_, str> {
        match self {
            Self::Utf8 if path.contains('&') => Cow::Owned(decode(path)),
            _ => Cow::Borrowed(path),
        }
    }

    /// What was heard, as it is kept.
    pub(super) fn heard(self, name: &str) -> Cow<'_, str> {
        let plain = |c: char| (' '..='~').contains(&c) && c != '&';
        match self {
            Self::Utf8 if !name.chars().all(plain) => Cow::Owned(encode(name)),
            _ => Cow::Borrowed(name),
        }
    }
}

/// The path of a mailbox with these names, outermost first, in modified UTF-7.
pub(super) fn encode_path(parts: &[&str], delimiter: Option<char>) -> String {
    let encoded: Vec<String> = parts.iter().map(|part| encode(part)).collect();
    encoded.join(&delimiter.map(String::from).unwrap_or_default())
}

/// The names in a path, outermost first.
pub(super) fn decode_path(path: &str, delimiter: Option<char>) -> Vec<String> {
    let Some(delimiter) = delimiter else {
        return vec![decode(path)];
    };
    path.split(delimiter)
        .filter(|part| !part.is_empty())
        .map(decode)
        .collect()
}

fn encode(name: &str) -> String {
    let mut encoded = String::with_capacity(name.len());
    let mut shifted: Vec<u8> = Vec::new();
    for c in name.chars() {
        if (' '..='~').contains(&c) {
            shift(&mut encoded, &mut shifted);
            encoded.push(c);
            if c == '&' {
                encoded.push('-');
            }
        } else {
            let mut units = [0; 2];
            shifted.extend(
                c.encode_utf16(&mut units)
                    .iter()
                    .flat_map(|unit| unit.to_be_bytes()),
            );
        }
    }
    shift(&mut encoded, &mut shifted);
    encoded
}

fn shift(encoded: &mut String, shifted: &mut Vec<u8>) {
    if !shifted.is_empty() {
        encoded.push('&');
        BASE64.encode_string(&*shifted, encoded);
        encoded.push('-');
        shifted.clear();
    }
}

/// A name that is not properly encoded is shown as it stands: some servers send UTF-8, or a bare `&`.
fn decode(name: &str) -> String {
    let mut decoded = String::with_capacity(name.len());
    let mut rest = name;
    while let Some((plain, after)) = rest.split_once('&') {
        decoded.push_str(plain);
        let Some((inner, after)) = after.split_once('-') else {
            return name.to_owned();
        };
        if inner.is_empty() {
            decoded.push('&');
        } else {
            let Some(text) = unshift(inner) else {
                return name.to_owned();
            };
            decoded.push_str(&text);
        }
        rest = after;
    }
    decoded.push_str(rest);
    decoded
}

fn unshift(inner: &str) -> Option<String> {
    let bytes = BASE64.decode(inner).ok()?;
    let (pairs, []) = bytes.as_chunks::<2>() else {
        return None;
    };
    String::from_utf16(
        &pairs
            .iter()
            .map(|pair| u16::from_be_bytes(*pair))
            .collect::<Vec<_>>(),
    )
    .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_go_there_and_back() {
        let names = [
            ("Entwürfe", "Entw&APw-rfe"),
            ("台北", "&U,BTFw-"),
            ("R&D", "R&-D"),
            ("日本語 & mehr", "&ZeVnLIqe- &- mehr"),
            ("😀", "&2D3eAA-"),
            ("INBOX", "INBOX"),
            ("", ""),
        ];
        for (name, wire) in names {
            assert_eq!(encode(name), wire, "{name} as RFC 3501 wants it");
            assert_eq!(decode(wire), name, "{wire} as a person wants it");
        }
    }

    #[test]
    fn what_is_heard_in_utf8_is_kept_as_before_and_said_in_utf8_again() {
        for name in [
            "Entwürfe/R&D",
            "Tom & Jerry",
            "&",
            "台北.&-",
            "&APw-",
            "INBOX",
            "😀\\\"",
        ] {
            let kept = Names::Utf8.heard(name);
            assert_eq!(kept, encode(name), "{name} is kept in modified UTF-7");
            assert_eq!(
                Names::Utf8.said(&kept),
                name,
                "and {kept} is said as it was heard"
            );
        }
        for name in ["Entw&APw-rfe", "Tom & Jerry", "Entwürfe"] {
            let names = Names::ModifiedUtf7;
            assert_eq!(names.heard(name), name, "nothing is done to it");
            assert_eq!(names.said(name), name);
        }
    }

    #[test]
    fn a_name_that_is_badly_encoded_is_shown_as_it_stands() {
        for name in ["Tom & Jerry", "&", "&!!!-", "&AA-", "Entwürfe", "&2D0-"] {
            assert_eq!(decode(name), name, "it can still be seen and opened");
        }
    }

    #[test]
    fn a_path_is_split_at_its_delimiter() {
        assert_eq!(
            decode_path("INBOX.Entw&APw-rfe", Some('.')),
            ["INBOX", "Entwürfe"]
        );
        assert_eq!(
            decode_path("a/b", None),
            ["a/b"],
            "a flat server has no hierarchy"
        );
        assert_eq!(
            decode_path("dir/", Some('/')),
            ["dir"],
            "some servers mark a folder of folders so"
        );
        assert_eq!(encode_path(&["Entwürfe", "R&D"], Some('/')), "Entw&APw-rfe/R&-D");
    }

    #[test]
    fn no_control_character_reaches_the_wire() {
        let encoded = encode("a\r\nb\0c");
        assert!(
            encoded.chars().all(|c| (' '..='~').contains(&c)),
            "{encoded:?} is one harmless line"
        );
    }
}
