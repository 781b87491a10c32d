//! One reply of the server: three digits and some words (RFC 5321, section 4.2), perhaps over several lines.
//!
//! Read generously, because servers are careless: words in Latin-1, codes without words, no space behind the code.
//! But lines with different codes are no reply at all.

use crate::{RemoteError, error::clean};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reply {
    pub(super) code: u16,
    pub(super) lines: Vec<String>,
}

/// One line: its code, whether more follow, its words.
pub(super) fn line(bytes: &[u8]) -> Option<(u16, bool, String)> {
    let (digits, rest) = bytes.split_at_checked(3)?;
    if !digits.iter().all(u8::is_ascii_digit) || !matches!(digits.first(), Some(b'2'..=b'5')) {
        return None;
    }
    let code = std::str::from_utf8(digits).ok()?.parse().ok()?;
    let (more, words) = match rest.split_first() {
        None => (false, rest),
        Some((b'-', words)) => (true, words),
        Some((b' ' | b'\t', words)) => (false, words),
        Some(_) => return None,
    };
    Some((code, more, String::from_utf8_lossy(words).trim().to_owned()))
}

impl Reply {
    /// 2xx, and 3xx where a question was asked.
    pub(super) fn is_positive(&self) -> bool {
        matches!(self.code, 200..=399)
    }

    pub(super) fn is_permanent(&self) -> bool {
        self.code >= 500
    }

    /// The whole reply as it may be shown: the code and the words, in one line.
    pub(super) fn text(&self) -> String {
        clean(&format!("{} {}", self.code, self.lines.join(" ")))
    }

    /// What a refusal means that is neither about signing in nor about one letter.
    pub(super) fn into_error(self, doing: &'static str) -> RemoteError {
        match self.code {
            400..=499 => RemoteError::temporary(doing, self.text()),
            500..=599 => RemoteError::refused(doing, self.text()),
            _ => RemoteError::protocol(doing, format!("an answer out of turn: {}", self.text())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn careless_lines_are_read_and_garbage_is_not() {
        assert_eq!(line(b"250"), Some((250, false, String::new())));
        assert_eq!(line(b"250-SIZE 10"), Some((250, true, "SIZE 10".into())));
        assert_eq!(
            line(b"550 Empf\xe4nger unbekannt"),
            Some((550, false, "Empf\u{fffd}nger unbekannt".into()))
        );
        for garbage in [
            &b""[..],
            b"25",
            b"2500",
            b"+OK",
            b"abc def",
            b"150 x",
            b"650 x",
            b"250_x",
        ] {
            assert_eq!(line(garbage), None, "{garbage:?} is no reply");
        }
    }
}
