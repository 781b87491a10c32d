//! Large attachments. Put together like the others, a file of 25 MB would stand in memory five times over; so the letter is
//! put together without it, and the file is read into its place piece by piece while the letter is written.

use std::io::{Read, Result, Write};

use lettre::message::Body;
use lettre::message::header::ContentTransferEncoding;
use memchr::memmem;
use uuid::Uuid;
use waxwing_model::Envelope;

use super::line_ends::{self, LastLine};
use super::{AttachedData, OutgoingAttachment};

/// From here on it is worth it.
const LARGE: usize = 256 * 1024;

/// Octets of a file that fill a line of 76 characters (RFC 2045, section 6.8).
const LINE: usize = 57;
/// Octets that are encoded at once.
const PIECE: usize = LINE * 512;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// A letter with places for its large files, to be written from its first to its last byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Framed {
    pieces: Vec<Piece>,
    /// Without angle brackets.
    pub message_id: String,
    /// To, Cc and Bcc, each once.
    pub envelope: Envelope,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Bytes(Vec<u8>),
    /// The data of the attachment with this number.
    Data(usize, Coding),
}

/// How a large file stands in the letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Coding {
    Base64,
    /// A letter of plain ASCII in a letter (RFC 2046, section 5.2.1).
    AsItIs,
}

/// What stands for a large file while the letter is put together: a line that nothing else has.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    line: String,
    coding: Coding,
}

impl Framed {
    pub(super) fn new(
        formatted: &[u8],
        marks: &[Option<Mark>],
        message_id: String,
        envelope: Envelope,
    ) -> Self {
        Self {
            pieces: pieces(formatted, marks),
            message_id,
            envelope,
        }
    }

    /// Writes the letter, with CRLF and without Bcc. `data` opens what an attachment holds.
    pub fn write<'d>(
        &self,
        out: &mut dyn Write,
        data: &dyn Fn(usize) -> Option<Box<dyn Read + 'd>>,
    ) -> Result<()> {
        for piece in &self.pieces {
            match piece {
                Piece::Bytes(bytes) => out.write_all(bytes)?,
                Piece::Data(number, coding) => {
                    let mut data = data(*number).ok_or(std::io::ErrorKind::NotFound)?;
                    match coding {
                        Coding::Base64 => encode_all(&mut *data, out)?,
                        Coding::AsItIs => line_ends::copy(&mut *data, out, LastLine::AsItIs)?,
                    }
                }
            }
        }
        Ok(())
    }
}

impl Mark {
    /// `None`: the file is not large.
    pub(super) fn of(attachment: &OutgoingAttachment, is_letter: bool) -> Option<Self> {
        let coding = match &attachment.data {
            AttachedData::Here(data) if is_letter || data.len() < LARGE => return None,
            AttachedData::Apart { is_plain: true } if is_letter => Coding::AsItIs,
            _ => Coding::Base64,
        };
        let line = format!("waxwing/file/{}", Uuid::new_v4().simple());
        Some(Self { line, coding })
    }

    pub(super) fn coding(&self) -> Coding {
        self.coding
    }

    pub(super) fn body(&self) -> Body {
        let coding = match self.coding {
            Coding::Base64 => ContentTransferEncoding::Base64,
            Coding::AsItIs => ContentTransferEncoding::SevenBit,
        };
        Body::dangerous_pre_encoded(self.line.clone().into_bytes(), coding)
    }
}

/// The letter between its large files. They stand in it in another order than in the list of attachments.
fn pieces(formatted: &[u8], marks: &[Option<Mark>]) -> Vec<Piece> {
    let mut places: Vec<(usize, usize, Piece)> = Vec::new();
    for (number, mark) in marks.iter().enumerate() {
        let Some(mark) = mark else { continue };
        if let Some(at) = memmem::find(formatted, mark.line.as_bytes()) {
            places.push((at, mark.line.len(), Piece::Data(number, mark.coding)));
        }
    }
    places.sort_by_key(|(at, _, _)| *at);
    let mut pieces = Vec::with_capacity(2 * places.len() + 1);
    let mut done = 0;
    for (at, length, file) in places {
        pieces.push(Piece::Bytes(formatted.get(done..at).unwrap_or_default().to_vec()));
        pieces.push(file);
        done = at + length;
    }
    pieces.push(Piece::Bytes(formatted.get(done..).unwrap_or_default().to_vec()));
    pieces
}

/// Whether bytes can stand in a letter as they are: ASCII, in lines that every server takes.
pub fn is_plain(data: &mut dyn Read) -> Result<bool> {
    let mut piece = [0; 16 * 1024];
    let mut length = 0;
    loop {
        let count = match data.read(&mut piece) {
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            read => read?,
        };
        if count == 0 {
            return Ok(true);
        }
        for &byte in piece.get(..count).unwrap_or_default() {
            length = if byte == b'\n' { 0 } else { length + 1 };
            if byte == 0 || !byte.is_ascii() || length >= 990 {
                return Ok(false);
            }
        }
    }
}

/// Base64 in lines, without an end to the last.
fn encode_all(data: &mut dyn Read, out: &mut dyn Write) -> Result<()> {
    let mut piece = Vec::with_capacity(PIECE);
    let mut encoded = Vec::with_capacity(2 * PIECE);
    loop {
        piece.clear();
        let most = u64::try_from(PIECE).unwrap_or(u64::MAX);
        if Read::take(&mut *data, most).read_to_end(&mut piece)? == 0 {
            return Ok(());
        }
        if !encoded.is_empty() {
            out.write_all(b"\r\n")?;
            encoded.clear();
        }
        encode(&piece, &mut encoded);
        out.write_all(&encoded)?;
    }
}

/// Base64 in lines (RFC 4648, section 4), without an end to the last.
pub(crate) fn encode(data: &[u8], out: &mut Vec<u8>) {
    let letter = |value: u32, shift: u32| {
        let place = usize::try_from((value >> shift) & 63).unwrap_or_default();
        ALPHABET.get(place).copied().unwrap_or(b'=')
    };
    for (number, line) in data.chunks(LINE).enumerate() {
        if number > 0 {
            out.extend_from_slice(b"\r\n");
        }
        for group in line.chunks(3) {
            let byte = |place: usize| u32::from(group.get(place).copied().unwrap_or(0));
            let value = byte(0) << 16 | byte(1) << 8 | byte(2);
            let mut four = [
                letter(value, 18),
                letter(value, 12),
                letter(value, 6),
                letter(value, 0),
            ];
            for (place, character) in four.iter_mut().enumerate() {
                if place > group.len() {
                    *character = b'=';
                }
            }
            out.extend_from_slice(&four);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::{Outgoing, compose};
    use waxwing_model::Address;

    fn file(name: &str, data: Vec<u8>) -> OutgoingAttachment {
        OutgoingAttachment {
            name: name.to_owned(),
            media_type: "application/pdf".to_owned(),
            content_id: None,
            data: data.into(),
        }
    }

    fn letter_with(attachments: Vec<OutgoingAttachment>) -> Outgoing {
        Outgoing {
            from: Address::new("Lena", "lena@waxwing.test"),
            to: vec![Address::new("", "jonas@waxwing.test")],
            cc: Vec::new(),
            bcc: Vec::new(),
            reply_to: Vec::new(),
            subject: "Files".to_owned(),
            html: None,
            text: String::new(),
            attachments,
            in_reply_to: Vec::new(),
            references: Vec::new(),
            date: 0,
            utc_offset_minutes: 0,
            asks_for_receipt: false,
        }
    }

    #[test]
    fn base64_is_what_everybody_else_reads() {
        for (data, expected) in [
            (&b""[..], ""),
            (b"f", "Zg=="),
            (b"fo", "Zm8="),
            (b"foo", "Zm9v"),
            (b"foob", "Zm9vYg=="),
        ] {
            let mut out = Vec::new();
            encode(data, &mut out);
            assert_eq!(String::from_utf8(out).unwrap(), expected);
        }
        let mut out = Vec::new();
        encode(&[255; 58], &mut out);
        assert_eq!(
            out.split(|byte| *byte == b'\n')
                .map(<[u8]>::len)
                .collect::<Vec<_>>(),
            [77, 4]
        );
    }

    #[test]
    fn large_files_come_out_as_they_went_in_also_twice_and_beside_a_text_with_their_marks() {
        let data: Vec<u8> = (0..LARGE + 17)
            .map(|n| u8::try_from(n * 31 % 251).unwrap())
            .collect();
        let other: Vec<u8> = data.iter().map(|byte| byte ^ 90).collect();
        let attachments = vec![
            file("a.pdf", data.clone()),
            file("b.pdf", other.clone()),
            file("a.pdf", data.clone()),
            file("small.txt", b"small".to_vec()),
        ];
        let marks = ["waxwing/file/", "waxwing/file/00000000000000000000000000000000"];
        let letter = Outgoing {
            text: format!("before\r\n{}\r\nafter", marks.join("\r\n")),
            ..letter_with(attachments)
        };
        let raw = compose(&letter).expect("it can be put together").raw;
        let read = crate::parse(&raw);
        let found: Vec<Vec<u8>> = read
            .attachments
            .iter()
            .filter_map(|attachment| crate::attachment(&raw, &attachment.part))
            .map(|(_, data)| data)
            .collect();
        assert!(
            found == [data.clone(), other, data, b"small".to_vec()],
            "byte for byte, each in its place"
        );
        let text = read.text.unwrap_or_default();
        assert!(
            marks.iter().all(|mark| text.contains(mark)),
            "the text is left alone: {text}"
        );
        assert!(
            raw.split(|byte| *byte == b'\n').all(|line| line.len() <= 200),
            "short lines"
        );
    }
    #[test]
    fn a_large_letter_in_a_letter_stands_as_it_is_where_it_is_plain_and_is_a_file_where_it_is_not() {
        let plain = b"Subject: In\n\nA line.\n".repeat(40_000);
        let mut wide = plain.clone();
        wide.extend_from_slice("é".as_bytes());
        assert!(is_plain(&mut &*plain).unwrap());
        assert!(!is_plain(&mut &*wide).unwrap(), "beyond ASCII");
        assert!(
            !is_plain(&mut &[b'x'; 2_000][..]).unwrap(),
            "a line that is too long"
        );
        for (data, expected) in [(&plain, "message/rfc822"), (&wide, "application/octet-stream")] {
            let mut file = file("in.eml", Vec::new());
            file.media_type = "message/rfc822".to_owned();
            file.data = AttachedData::Apart {
                is_plain: is_plain(&mut &**data).unwrap(),
            };
            let framed = crate::compose::compose_around(&letter_with(vec![file])).unwrap();
            let mut raw = Vec::new();
            framed
                .write(&mut raw, &|_| Some(Box::new(&**data)))
                .expect("it is written");
            assert!(
                memmem::find(&raw, format!("Content-Type: {expected}\r\n").as_bytes()).is_some(),
                "{}",
                String::from_utf8_lossy(&raw[..600])
            );
            assert!(
                raw.windows(2)
                    .all(|pair| (pair[0] == b'\r') == (pair[1] == b'\n')),
                "every line ends with CRLF"
            );
        }
    }
}
