//! Content transfer encodings (RFC 2045, section 6), read leniently. Each decoder hands runs of bytes to a
//! sink, so that a length is counted by the very code that decodes.

mod extent;
mod name;

use std::borrow::Cow;

use memchr::memchr;

use crate::uuencode::{self, uudecode};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Transfer {
    /// 7bit, 8bit, binary, and whatever is not known.
    #[default]
    Identity,
    Base64,
    QuotedPrintable,
    /// From before MIME, and never in its standard.
    Uuencode,
}

impl Transfer {
    /// The bytes, and whether they were well formed.
    pub(crate) fn decode(self, encoded: &[u8]) -> (Cow<'_, [u8]>, bool) {
        let mut bytes = Vec::new();
        let well_formed = match self {
            Self::Identity => return (Cow::Borrowed(encoded), true),
            Self::Base64 => {
                bytes.reserve(encoded.len() / 4 * 3);
                base64_up_to_its_end(encoded, &mut |run| bytes.extend_from_slice(run))
            }
            Self::QuotedPrintable => {
                bytes.reserve(encoded.len());
                quoted_printable(encoded, &mut |run| bytes.extend_from_slice(run))
            }
            Self::Uuencode => uudecode(encoded, &mut |run| bytes.extend_from_slice(run)).is_nothing(),
        };
        // What says that it is such a file and holds none is at least read as it is.
        if self == Self::Uuencode && bytes.is_empty() {
            return (Cow::Borrowed(encoded), false);
        }
        (Cow::Owned(bytes), well_formed)
    }

    /// A text as it is read: what is no base64 though it says so is shown as it stands, and what was put before or behind the
    /// encoded text stands above or below it.
    pub(crate) fn decode_text(self, encoded: &[u8]) -> (Cow<'_, [u8]>, bool) {
        match self {
            Self::Base64 => {}
            Self::Uuencode => return uuencode::text(encoded),
            Self::Identity | Self::QuotedPrintable => return self.decode(encoded),
        }
        let (data, footer) = encoded.split_at(extent::end(encoded));
        if extent::is_words(data) {
            return (Cow::Borrowed(encoded), false);
        }
        let (mut bytes, well_formed) = self.decode(encoded);
        // What stands on the last line itself is its padding, or a boundary.
        let footer = footer.get(memchr(b'\n', footer).unwrap_or(footer.len())..);
        let footer = footer.unwrap_or_default();
        if !footer.trim_ascii().is_empty() {
            let ends_line = bytes.ends_with(b"\n");
            let footer = if ends_line {
                footer.trim_ascii_start()
            } else {
                footer
            };
            bytes.to_mut().extend_from_slice(footer);
        }
        (bytes, well_formed)
    }

    /// How many bytes [`Transfer::decode`] would give, and whether they are well formed.
    pub(crate) fn measure(self, encoded: &[u8]) -> (usize, bool) {
        let mut count = 0usize;
        let well_formed = match self {
            Self::Identity => return (encoded.len(), true),
            Self::Base64 => base64_up_to_its_end(encoded, &mut |run| count += run.len()),
            Self::QuotedPrintable => quoted_printable(encoded, &mut |run| count += run.len()),
            Self::Uuencode => uudecode(encoded, &mut |run| count += run.len()).is_nothing(),
        };
        if self == Self::Uuencode && count == 0 {
            return (encoded.len(), false);
        }
        (count, well_formed)
    }
}

/// What a character means in base64: a digit, or one of those below, which are no digits.
const BASE64: [u8; 256] = base64_values();
const NO_DIGIT: u8 = 0x80;
const PADDING: u8 = 0x81;
const SPACE: u8 = 0x82;
const FOREIGN: u8 = 0x83;
/// Groups that are decoded at a time: a line has 19 at the most.
const GROUPS: usize = 19;

/// Base64 without what was put behind it.
fn base64_up_to_its_end(encoded: &[u8], sink: &mut impl FnMut(&[u8])) -> bool {
    let (data, footer) = encoded.split_at(extent::end(encoded));
    let is_padding = |byte: &u8| *byte == b'=' || byte.is_ascii_whitespace();
    base64(data, sink) && footer.iter().all(is_padding)
}

/// Base64 (RFC 2045, section 6.8). Foreign characters are passed over, as the RFC asks; whether there were any
/// besides white space is the result.
pub(crate) fn base64(encoded: &[u8], sink: &mut impl FnMut(&[u8])) -> bool {
    let mut well_formed = true;
    let mut bits: u32 = 0;
    let mut count = 0u8;
    let mut rest = encoded;
    loop {
        if count == 0 {
            rest = whole_groups(rest, sink);
        }
        let Some((&byte, after)) = rest.split_first() else {
            break;
        };
        rest = after;
        match base64_value(byte) {
            PADDING => {
                well_formed &= finish_base64(bits, count, sink);
                (bits, count) = (0, 0);
                // It was encoded again, and once only decoded.
                if let Some(after) = rest.strip_prefix(b"3D")
                    && after.first().is_none_or(|next| base64_value(*next) >= NO_DIGIT)
                {
                    (rest, well_formed) = (after, false);
                }
            }
            SPACE => {}
            FOREIGN => well_formed = false,
            digit => {
                bits = bits << 6 | u32::from(digit);
                count += 1;
                if count == 4 {
                    push_group(bits, sink);
                    (bits, count) = (0, 0);
                }
            }
        }
    }
    finish_base64(bits, count, sink) && well_formed
}

/// Groups of four digits with nothing in between, which most of an attachment is. Gives what follows them.
fn whole_groups<'a>(encoded: &'a [u8], sink: &mut impl FnMut(&[u8])) -> &'a [u8] {
    let mut rest = encoded;
    loop {
        let mut bytes = [0; GROUPS * 3];
        let mut groups = 0;
        for (group, into) in rest.chunks_exact(4).zip(bytes.chunks_exact_mut(3)) {
            let mut bits = 0;
            let mut all = 0;
            for value in group.iter().map(|&byte| base64_value(byte)) {
                bits = bits << 6 | u32::from(value & !NO_DIGIT);
                all |= value;
            }
            if all & NO_DIGIT != 0 {
                break;
            }
            let [_, decoded @ ..] = bits.to_be_bytes();
            into.copy_from_slice(&decoded);
            groups += 1;
        }
        sink(bytes.get(..groups * 3).unwrap_or_default());
        rest = rest.get(groups * 4..).unwrap_or_default();
        if groups < GROUPS {
            return rest;
        }
    }
}

fn push_group(bits: u32, sink: &mut impl FnMut(&[u8])) {
    let [_, decoded @ ..] = bits.to_be_bytes();
    sink(&decoded);
}

#[expect(clippy::indexing_slicing, reason = "the table has a value for every byte")]
fn base64_value(byte: u8) -> u8 {
    BASE64[usize::from(byte)]
}

#[expect(
    clippy::indexing_slicing,
    reason = "every index is a byte, and it is computed when this is compiled"
)]
const fn base64_values() -> [u8; 256] {
    let mut values = [FOREIGN; 256];
    let mut digit = 0;
    while digit < 64u8 {
        let character = match digit {
            0..26 => b'A' + digit,
            26..52 => b'a' + digit - 26,
            52..62 => b'0' + digit - 52,
            62 => b'+',
            _ => b'/',
        };
        values[character as usize] = digit;
        digit += 1;
    }
    // The alphabet for addresses (RFC 4648, section 5), which some senders use.
    values[b'-' as usize] = 62;
    values[b'_' as usize] = 63;
    values[b'=' as usize] = PADDING;
    values[b' ' as usize] = SPACE;
    values[b'\t' as usize] = SPACE;
    values[b'\r' as usize] = SPACE;
    values[b'\n' as usize] = SPACE;
    values
}

/// The one or two bytes of an incomplete group. A single character is no byte.
fn finish_base64(bits: u32, count: u8, sink: &mut impl FnMut(&[u8])) -> bool {
    match count {
        2 => sink(&[(bits >> 4) as u8]),
        3 => sink(&[(bits >> 10) as u8, (bits >> 2) as u8]),
        _ => {}
    }
    count != 1
}

/// Quoted-printable (RFC 2045, section 6.7). An equals sign that means nothing is kept as it is.
pub(crate) fn quoted_printable(encoded: &[u8], sink: &mut impl FnMut(&[u8])) -> bool {
    let mut well_formed = true;
    let mut rest = encoded;
    while !rest.is_empty() {
        let end = memchr(b'\n', rest).map_or(rest.len(), |at| at + 1);
        let (line, after) = rest.split_at(end);
        rest = after;
        let content = line.strip_suffix(b"\n").unwrap_or(line);
        let content = content.strip_suffix(b"\r").unwrap_or(content);
        let line_end = line.get(content.len()..).unwrap_or_default();
        // Spaces at the end of a line were added on the way (rule 3).
        let content = if line_end.is_empty() {
            content
        } else {
            content.trim_ascii_end()
        };
        match content.strip_suffix(b"=") {
            Some(soft) if !line_end.is_empty() => well_formed &= hexadecimal(soft, b'=', sink),
            // The line end behind the last one belongs to a boundary.
            Some(soft) if hexadecimal(soft, b'=', sink) => {}
            Some(_) => {
                well_formed = false;
                sink(b"=");
            }
            _ => {
                well_formed &= hexadecimal(content, b'=', sink);
                sink(line_end);
            }
        }
    }
    well_formed
}

/// The Q encoding of encoded words (RFC 2047, section 4.2).
pub(crate) fn q_encoding(encoded: &[u8], sink: &mut impl FnMut(&[u8])) -> bool {
    let mut well_formed = true;
    for (index, piece) in encoded.split(|&byte| byte == b'_').enumerate() {
        if index > 0 {
            sink(b" ");
        }
        well_formed &= hexadecimal(piece, b'=', sink);
    }
    well_formed
}

/// Bytes written as a mark and two hexadecimal digits: `=C3`, and `%C3` in RFC 2231.
pub(crate) fn hexadecimal(encoded: &[u8], mark: u8, sink: &mut impl FnMut(&[u8])) -> bool {
    let mut well_formed = true;
    let mut rest = encoded;
    while let Some(at) = memchr(mark, rest) {
        let (plain, marked) = rest.split_at(at);
        sink(plain);
        if let [_, high, low, after @ ..] = marked
            && let (Some(high), Some(low)) = (digit(*high), digit(*low))
        {
            sink(&[high << 4 | low]);
            rest = after;
        } else {
            well_formed = false;
            sink(&[mark]);
            rest = marked.get(1..).unwrap_or_default();
        }
    }
    sink(rest);
    well_formed
}

/// What stands in an address (RFC 3986, section 2.1).
pub(crate) fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    hexadecimal(text.as_bytes(), b'%', &mut |run| bytes.extend_from_slice(run));
    String::from_utf8_lossy(&bytes).into_owned()
}

fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(transfer: Transfer, encoded: &[u8]) -> (Vec<u8>, bool) {
        let (bytes, well_formed) = transfer.decode(encoded);
        assert_eq!(
            (bytes.len(), well_formed),
            transfer.measure(encoded),
            "measured by the same code"
        );
        (bytes.into_owned(), well_formed)
    }

    #[test]
    fn base64_is_read_with_its_line_breaks_and_faults() {
        for (encoded, bytes, well_formed) in [
            ("TGVu\r\nYQ==", "Lena", true),
            ("TGVuYQ", "Lena", true),
            ("TGVuYQ==TGVuYQ==", "LenaLena", true),
            ("TGVuYQ==\r\nTGVuYQ", "LenaLena", true),
            ("TG*VuYQ==", "Lena", false),
            ("TGVuY", "Len", false),
            ("TGVuYQ=3D=3D", "Lena", false),
            ("TGVuYSA=3D", "Lena ", false),
            ("TGVuYQ==\r\n\r\n____\r\nCrew list\r\n", "Lena", false),
            ("", "", true),
        ] {
            assert_eq!(
                decoded(Transfer::Base64, encoded.as_bytes()),
                (bytes.as_bytes().to_vec(), well_formed),
                "{encoded}"
            );
        }
    }

    #[test]
    fn uuencode_is_a_transfer_encoding_for_those_who_say_so() {
        for name in ["x-uuencode", "UUENCODE", "x-uue"] {
            let (transfer, _) = Transfer::from_field(name);
            assert_eq!(
                decoded(transfer, b"begin 644 -\n#0V%T\n`\nend\n"),
                (b"Cat".to_vec(), true)
            );
            assert_eq!(
                decoded(transfer, b"words"),
                (b"words".to_vec(), false),
                "nothing is lost"
            );
        }
    }

    #[test]
    fn quoted_printable_is_read_with_its_soft_breaks_and_faults() {
        for (encoded, text, well_formed) in [
            ("gr=C3=BCn", "grün", true),
            ("a=\r\nb  \r\nc", "ab\r\nc", true),
            ("a=  \nb", "ab", true),
            ("1=2 and 50=", "1=2 and 50=", false),
            ("=c3=bc\n", "ü\n", true),
            ("Hello=", "Hello", true),
        ] {
            assert_eq!(
                decoded(Transfer::QuotedPrintable, encoded.as_bytes()),
                (text.as_bytes().to_vec(), well_formed),
                "{encoded}"
            );
        }
    }
}
