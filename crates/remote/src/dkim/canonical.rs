//! Letters as they are signed: `simple`, as they are, and `relaxed`, without what servers change on the way (RFC 6376,
//! section 3.4).

use std::borrow::Cow;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Canonical {
    Simple,
    Relaxed,
}

impl Canonical {
    /// Of header and body, from `c=`. The body's is simple where it is not told.
    pub(super) fn both(text: &str) -> Option<(Self, Self)> {
        let (header, body) = text.split_once('/').unwrap_or((text, "simple"));
        Some((Self::one(header)?, Self::one(body)?))
    }

    fn one(word: &str) -> Option<Self> {
        match word {
            "simple" => Some(Self::Simple),
            "relaxed" => Some(Self::Relaxed),
            _ => None,
        }
    }
}

/// Lines end with CR LF on the wire, whatever became of them on a disk.
pub(super) fn with_line_ends(raw: &[u8]) -> Cow<'_, [u8]> {
    let mut before = 0;
    let lone = raw.iter().any(|&byte| {
        let lone = byte == b'\n' && before != b'\r';
        before = byte;
        lone
    });
    if !lone {
        return Cow::Borrowed(raw);
    }
    let mut whole = Vec::with_capacity(raw.len() + raw.len() / 32);
    let mut before = 0;
    for &byte in raw {
        if byte == b'\n' && before != b'\r' {
            whole.push(b'\r');
        }
        whole.push(byte);
        before = byte;
    }
    Cow::Owned(whole)
}

/// One field with its line end as it is signed.
pub(super) fn field(field: &[u8], how: Canonical) -> Vec<u8> {
    if how == Canonical::Simple {
        return field.to_vec();
    }
    let colon = field.iter().position(|&byte| byte == b':').unwrap_or(field.len());
    let (name, value) = field.split_at_checked(colon).unwrap_or((field, b""));
    let mut relaxed = name.trim_ascii_end().to_ascii_lowercase();
    relaxed.push(b':');
    let value = value.strip_prefix(b":").unwrap_or(value);
    let words = value
        .split(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))
        .filter(|word| !word.is_empty());
    for (number, word) in words.enumerate() {
        if number > 0 {
            relaxed.push(b' ');
        }
        relaxed.extend_from_slice(word);
    }
    relaxed.extend_from_slice(b"\r\n");
    relaxed
}

/// A body as it is signed.
pub(super) fn body(body: &[u8], how: Canonical) -> Vec<u8> {
    let mut whole = match how {
        Canonical::Simple => body.to_vec(),
        Canonical::Relaxed => relaxed(body),
    };
    if !whole.is_empty() && !whole.ends_with(b"\r\n") {
        whole.extend_from_slice(b"\r\n");
    }
    // Empty lines at the end do not count.
    while whole.ends_with(b"\r\n\r\n") {
        whole.truncate(whole.len() - 2);
    }
    if whole == b"\r\n" && how == Canonical::Relaxed {
        whole.clear();
    }
    if whole.is_empty() && how == Canonical::Simple {
        whole.extend_from_slice(b"\r\n");
    }
    whole
}

/// Spaces at the ends of lines go, several become one.
fn relaxed(body: &[u8]) -> Vec<u8> {
    let mut whole = Vec::with_capacity(body.len());
    let mut space = false;
    for &byte in body {
        match byte {
            b' ' | b'\t' => space = true,
            b'\r' | b'\n' => {
                space = false;
                whole.push(byte);
            }
            _ => {
                if space {
                    whole.push(b' ');
                    space = false;
                }
                whole.push(byte);
            }
        }
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_standard_come_out_as_it_says() {
        // RFC 6376, section 3.4.5.
        assert_eq!(field(b"A: X\r\n", Canonical::Relaxed), b"a:X\r\n");
        assert_eq!(field(b"B : Y\t\r\n\tZ  \r\n", Canonical::Relaxed), b"b:Y Z\r\n");
        assert_eq!(
            field(b"B : Y\t\r\n\tZ  \r\n", Canonical::Simple),
            b"B : Y\t\r\n\tZ  \r\n"
        );
        let text = b" C \r\nD \t E\r\n\r\n\r\n";
        assert_eq!(body(text, Canonical::Relaxed), b" C\r\nD E\r\n");
        assert_eq!(body(text, Canonical::Simple), b" C \r\nD \t E\r\n");
    }

    #[test]
    fn an_empty_body_is_a_line_end_or_nothing() {
        for empty in [&b""[..], b"\r\n", b"\r\n\r\n"] {
            assert_eq!(body(empty, Canonical::Simple), b"\r\n", "section 3.4.3");
            assert_eq!(body(empty, Canonical::Relaxed), b"", "section 3.4.4");
        }
        assert_eq!(body(b"a", Canonical::Relaxed), b"a\r\n", "a last line has an end");
    }

    #[test]
    fn lines_end_as_on_the_wire() {
        assert_eq!(with_line_ends(b"a\nb\r\nc\n").as_ref(), b"a\r\nb\r\nc\r\n");
        assert!(matches!(with_line_ends(b"a\r\nb"), Cow::Borrowed(_)));
    }
}
