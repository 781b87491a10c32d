//! The letter as it goes over the wire behind DATA: every line end is CRLF, and a dot at the start of a line is
//! doubled (RFC 5321, section 4.5.2).
//!
//! In this order: servers differ in what a bare CR or LF means to them, so a letter with LF "." LF in it could end
//! early for some, and the rest of it would be read as commands (SMTP smuggling, CVE-2023-51764). After this none
//! is left.

use crate::letter::{self, Letter, PIECE, Pages};

/// The pieces to write. The last one ends with CRLF; the final dot is not among them.
pub(super) struct Pieces<'a> {
    pages: Pages<'a>,
    /// The byte before, or the end of the line before the first.
    last: u8,
    ended: bool,
}

impl<'a> Pieces<'a> {
    pub(super) fn of(letter: &'a dyn Letter) -> Self {
        Self {
            pages: Pages::of(letter),
            last: b'\n',
            ended: letter.size() == 0,
        }
    }

    fn next_piece(&mut self) -> std::io::Result<Option<Vec<u8>>> {
        if self.ended {
            return Ok(None);
        }
        let Some(page) = self.pages.turn()? else {
            self.ended = true;
            return Ok((!is_line_end(self.last)).then(|| b"\r\n".to_vec()));
        };
        let mut piece = Vec::with_capacity(PIECE + PIECE / 32);
        for &byte in page {
            match byte {
                b'\n' if self.last == b'\r' => {}
                b'\r' | b'\n' => piece.extend_from_slice(b"\r\n"),
                b'.' if is_line_end(self.last) => piece.extend_from_slice(b".."),
                byte => piece.push(byte),
            }
            self.last = byte;
        }
        Ok(Some(piece))
    }
}

impl Iterator for Pieces<'_> {
    type Item = std::io::Result<Vec<u8>>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_piece().transpose()
    }
}

fn is_line_end(byte: u8) -> bool {
    matches!(byte, b'\r' | b'\n')
}

/// What has to be known of a letter before it is handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Facts {
    /// What SIZE counts: the letter with its line ends made right and without the doubled dots (RFC 1870, section 5).
    pub(super) size: usize,
    pub(super) is_ascii: bool,
    /// Up to the first empty line.
    pub(super) header: Vec<u8>,
}

/// Reads a letter through.
pub(super) fn look_at(letter: &dyn Letter) -> std::io::Result<Facts> {
    let mut features = Facts {
        size: 0,
        is_ascii: true,
        header: letter::header(letter)?,
    };
    let mut pages = Pages::of(letter);
    let mut last = b'\n';
    while let Some(page) = pages.turn()? {
        features.is_ascii &= page.is_ascii();
        for &byte in page {
            features.size += match (last, byte) {
                (b'\r', b'\n') => 0,
                (_, b'\r' | b'\n') => 2,
                _ => 1,
            };
            last = byte;
        }
    }
    if !is_line_end(last) {
        features.size += 2;
    }
    Ok(features)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on_the_wire(letter: &[u8]) -> String {
        let pieces = Pieces::of(&letter).map(Result::unwrap);
        String::from_utf8(pieces.flatten().collect()).unwrap()
    }

    fn size(letter: &[u8]) -> usize {
        look_at(&letter).unwrap().size
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
