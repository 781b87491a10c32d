//! What a transfer encoding is called (RFC 2045, section 6.1), however it is written.

use super::Transfer;
use crate::words;

/// Names of what is not encoded.
const PLAIN: [&str; 9] = [
    "", "7bit", "7bits", "8bit", "8bits", "bit7", "bit8", "binary", "none",
];
const UUENCODE: [&str; 4] = ["xuuencode", "uuencode", "xuue", "uue"];

impl Transfer {
    /// The encoding that a field names, and whether it names one that is known. Signs in and about the name do not matter.
    pub(crate) fn from_field(value: &str) -> (Self, bool) {
        let value = words::decode(value);
        // A comment may stand before the name (RFC 2045, section 6.1 and RFC 822, section 3.4.3).
        let value = match value
            .trim_start()
            .strip_prefix('(')
            .and_then(|rest| rest.split_once(')'))
        {
            Some((_, behind)) if !behind.trim().is_empty() => behind,
            _ => &value,
        };
        let name = value.split([';', '(']).next().unwrap_or_default();
        let name: String = name
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|sign| sign.to_ascii_lowercase())
            .take(80)
            .collect();
        match name.as_str() {
            name if name.contains("base64") => (Self::Base64, true),
            name if name.contains("quotedprintable") => (Self::QuotedPrintable, true),
            name if UUENCODE.contains(&name) => (Self::Uuencode, true),
            name => (Self::Identity, PLAIN.contains(&name)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encoding_is_known_by_many_names() {
        for name in [
            "base64",
            "BASE64",
            "\"base64\"",
            "base64,",
            "<base64>",
            "base64.",
            "x-base64",
            "base-64",
            "8bit base64",
            "base64 (a comment)",
            "(a comment) base64",
            "=?us-ascii?q?base64?=",
        ] {
            assert_eq!(Transfer::from_field(name), (Transfer::Base64, true), "{name}");
        }
        for name in [
            "Quoted-Printable",
            "\"quoted-printable\"",
            "quoted_printable",
            "quoted printable",
            "quotedprintable;",
        ] {
            let known = (Transfer::QuotedPrintable, true);
            assert_eq!(Transfer::from_field(name), known, "{name}");
        }
        for name in ["7bit", "8Bit", "binary", "", "7 bit"] {
            assert_eq!(Transfer::from_field(name), (Transfer::Identity, true), "{name}");
        }
        for name in ["x-unknown", "utf-8", "hexadecimal"] {
            assert_eq!(Transfer::from_field(name), (Transfer::Identity, false), "{name}");
        }
    }
}
