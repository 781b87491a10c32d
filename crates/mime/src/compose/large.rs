//! Large attachments. Put together like the others, a file of 25 MB would stand in memory five times over; so the letter is
//! put together without it, and the file is written into its place once.

use std::hash::{DefaultHasher, Hash, Hasher};

use lettre::message::Body;
use lettre::message::header::ContentTransferEncoding;
use memchr::memmem;

use super::OutgoingAttachment;

/// From here on it is worth it.
const LARGE: usize = 256 * 1024;

/// Octets of a file that fill a line of 76 characters (RFC 2045, section 6.8).
const LINE: usize = 57;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// What stands in the letter for a large file; `None`: it is not large.
pub(super) fn placeholder(attachment: &OutgoingAttachment) -> Option<Body> {
    let mark = mark(attachment)?;
    Some(Body::dangerous_pre_encoded(mark, ContentTransferEncoding::Base64))
}

/// The letter with the large files in their places. A mark that a text happens to hold as well is taken for the place of
/// the file only where it is a whole line, and once.
pub(super) fn put_in(formatted: Vec<u8>, attachments: &[OutgoingAttachment]) -> Vec<u8> {
    let mut places: Vec<(usize, usize, &OutgoingAttachment)> = Vec::new();
    for attachment in attachments {
        let Some(mark) = mark(attachment) else { continue };
        let line = [b"\r\n", mark.as_slice(), b"\r\n"].concat();
        // The last one: texts stand before files.
        let place = memmem::rfind_iter(&formatted, &line)
            .map(|at| at + 2)
            .find(|at| !places.iter().any(|(taken, _, _)| taken == at));
        if let Some(at) = place {
            places.push((at, mark.len(), attachment));
        }
    }
    if places.is_empty() {
        return formatted;
    }
    places.sort_by_key(|(at, _, _)| *at);
    let encoded: usize = places
        .iter()
        .map(|(_, _, file)| file.data.len().div_ceil(LINE) * 78)
        .sum();
    let mut letter = Vec::with_capacity(formatted.len() + encoded);
    let mut done = 0;
    for (at, length, file) in places {
        letter.extend_from_slice(formatted.get(done..at).unwrap_or_default());
        encode(&file.data, &mut letter);
        done = at + length;
    }
    letter.extend_from_slice(formatted.get(done..).unwrap_or_default());
    letter
}

/// A line that no other file has, in the letters of base64.
fn mark(attachment: &OutgoingAttachment) -> Option<Vec<u8>> {
    if attachment.data.len() < LARGE {
        return None;
    }
    let mut hasher = DefaultHasher::new();
    (&attachment.name, &attachment.data).hash(&mut hasher);
    Some(format!("waxwing/file/{:016x}/{}", hasher.finish(), attachment.data.len()).into_bytes())
}

/// Base64 in lines (RFC 4648, section 4), without an end to the last.
fn encode(data: &[u8], out: &mut Vec<u8>) {
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
            data,
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
        let marks: Vec<String> = attachments
            .iter()
            .filter_map(mark)
            .map(|mark| String::from_utf8(mark).unwrap())
            .collect();
        let letter = Outgoing {
            from: Address::new("Lena", "lena@waxwing.test"),
            to: vec![Address::new("", "jonas@waxwing.test")],
            cc: Vec::new(),
            bcc: Vec::new(),
            reply_to: Vec::new(),
            subject: "Files".to_owned(),
            html: None,
            text: format!("before\r\n{}\r\nafter", marks.join("\r\n")),
            attachments,
            in_reply_to: Vec::new(),
            references: Vec::new(),
            date: 0,
            utc_offset_minutes: 0,
            asks_for_receipt: false,
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
}
