//! The letter as it goes over the wire behind DATA: every line end is CRLF, and a dot at the start of a line is
//! doubled (RFC 5321, section 4.5.2).
//!
//! In this order: servers differ in what a bare CR or LF means to them, so a letter with LF "." LF in it could end
//! early for some, and the rest of it would be read as commands (SMTP smuggling, CVE-2023-51764). After this none
//! is left.

/// How much is written at once.
const PIECE: usize = 64 * 1024;

/// The pieces to write. The last one ends with CRLF; the final dot is not among them.
pub(super) struct Pieces<'a> {
    rest: &'a [u8],
    line_start: bool,
}

impl<'a> Pieces<'a> {
    pub(super) fn of(letter: &'a [u8]) -> Self {
        Self {
            rest: letter,
            line_start: true,
        }
    }
}

impl Iterator for Pieces<'_> {
    type Item = Vec<u8>;

    fn next(&mut self) -> Option<Vec<u8>> {
        if self.rest.is_empty() {
            return None;
        }
        let mut piece = Vec::with_capacity(PIECE + 4);
        while piece.len() < PIECE {
            let Some((&byte, tail)) = self.rest.split_first() else {
                break;
            };
            if self.line_start && byte == b'.' {
                piece.push(b'.');
            }
            self.rest = match byte {
                b'\r' => tail.strip_prefix(b"\n").unwrap_or(tail),
                _ => tail,
            };
            self.line_start = matches!(byte, b'\r' | b'\n');
            if self.line_start {
                piece.extend_from_slice(b"\r\n");
            } else {
                piece.push(byte);
            }
        }
        if self.rest.is_empty() && !self.line_start {
            piece.extend_from_slice(b"\r\n");
        }
        Some(piece)
    }
}

/// What SIZE counts: the letter with its line ends made right and without the doubled dots (RFC 1870, section 5).
pub(super) fn size(letter: &[u8]) -> usize {
    let mut size = 0;
    let mut last = b'\n';
    for &byte in letter {
        size += match (last, byte) {
            (b'\r', b'\n') => 0,
            (_, b'\r' | b'\n') => 2,
            _ => 1,
        };
        last = byte;
    }
    if letter.is_empty() || matches!(last, b'\r' | b'\n') {
        size
    } else {
        size + 2
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on_the_wire(letter: &[u8]) -> String {
        String::from_utf8(Pieces::of(letter).flatten().collect()).unwrap()
    }

    #[test]
    fn every_line_end_becomes_crlf_before_dots_are_doubled() {
        assert_eq!(on_the_wire(b"a\nb\rc\r\nd"), "a\r\nb\r\nc\r\nd\r\n");
        assert_eq!(on_the_wire(b".\r\n..\n.x\r.y"), "..\r\n...\r\n..x\r\n..y\r\n");
        assert_eq!(on_the_wire(b"a\r\r\n\n"), "a\r\n\r\n\r\n");
        assert_eq!(on_the_wire(b""), "");
    }

    #[test]
    fn no_spelling_of_an_early_end_survives() {
        for trick in [
            "\n.\n",
            "\n.\r\n",
            "\r\n.\n",
            "\r.\r",
            "\r.\r\n",
            "\r\n.\r",
            "\r\n.\r\n",
            "\n.\r",
        ] {
            let sent = on_the_wire(format!("a{trick}MAIL FROM:<amara@waxwing.test>\r\n").as_bytes());
            assert_eq!(
                sent, "a\r\n..\r\nMAIL FROM:<amara@waxwing.test>\r\n",
                "of {trick:?}"
            );
        }
    }

    #[test]
    fn borders_between_pieces_change_nothing() {
        for shift in 0..6 {
            let mut letter = vec![b'x'; PIECE - shift];
            letter.extend_from_slice(b"\r\n.\r\n\n.a");
            let sent = on_the_wire(&letter);
            assert!(sent.ends_with("x\r\n..\r\n\r\n..a\r\n"), "shifted by {shift}");
            assert_eq!(size(&letter) + 2, sent.len(), "two dots were doubled");
        }
    }

    #[test]
    fn the_size_is_what_is_sent_without_the_doubled_dots() {
        for letter in [
            &b""[..],
            b"a",
            b"a\n",
            b"a\r",
            b"a\r\n",
            b"\r\r\n\n\r",
            b"a\nb\rc",
        ] {
            assert_eq!(size(letter), on_the_wire(letter).len(), "{letter:?}");
        }
    }
}
