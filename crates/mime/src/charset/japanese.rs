//! Japanese mail of seven bits (RFC 1468), in which escape sequences say which set is meant, and which forgets them, or loses them on
//! its way. What is unlike the standard is mended in a copy before the tables read it.

use std::borrow::Cow;

use encoding_rs::ISO_2022_JP;
use memchr::memchr;

const ESCAPE: u8 = 0x1b;
const TO_ASCII: &[u8] = b"\x1b(B";

/// The text, and whether it is in the set as its standard wants it.
pub(super) fn decode(bytes: &[u8]) -> (String, bool) {
    let escaped = with_escapes(bytes);
    let mended = with_ends(&escaped);
    let (text, malformed) = ISO_2022_JP.decode_without_bom_handling(&mended);
    let is_mended = [&escaped, &mended]
        .iter()
        .any(|bytes| matches!(bytes, Cow::Owned(_)));
    (text.into_owned(), !malformed && !is_mended)
}

/// The same of what does not say that it is Japanese, or says that it is ASCII. Nothing else has its escape sequences.
pub(super) fn unlabelled(bytes: &[u8]) -> Option<(String, bool)> {
    let escape = memchr(ESCAPE, bytes)?;
    let names = bytes.get(escape + 1..escape + 3)?;
    (matches!(names, b"$B" | b"$@") && bytes.is_ascii()).then(|| decode(bytes))
}

/// The shift that an escape sequence begins: into a set of two octets a sign, or of kana. `None`: back to ASCII or nearly so.
fn shift(sequence: &[u8]) -> Option<&[u8]> {
    match sequence {
        [_, b'$', b'@' | b'B', ..] | [_, b'(', b'I', ..] => sequence.get(..3),
        _ => None,
    }
}

/// Each line ends in ASCII (RFC 1468, section "Formal Syntax"), whatever was forgotten in it. A line that was broken in two on its way
/// goes on in its shift, which its second half ends.
fn with_ends(bytes: &[u8]) -> Cow<'_, [u8]> {
    let mut mended: Option<Vec<u8>> = None;
    // The shift that the line before was left in, and the one that is in force.
    let (mut left, mut shifted): (Option<&[u8]>, Option<&[u8]>) = (None, None);
    let mut passed = 0;
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        if let Some(left) = left.take().filter(|_| goes_on(line)) {
            shifted = Some(left);
            if let Some(mended) = &mut mended {
                mended.extend_from_slice(left);
            }
        }
        for at in memchr::memchr_iter(ESCAPE, line) {
            shifted = shift(line.get(at..).unwrap_or_default());
        }
        let content = line.trim_ascii_end();
        left = shifted.take();
        if left.is_some() {
            let mended = mended.get_or_insert_with(|| bytes.get(..passed).unwrap_or_default().to_vec());
            mended.extend_from_slice(content);
            mended.extend_from_slice(TO_ASCII);
            mended.extend_from_slice(line.get(content.len()..).unwrap_or_default());
        } else if let Some(mended) = &mut mended {
            mended.extend_from_slice(line);
        }
        passed += line.len();
    }
    mended.map_or(Cow::Borrowed(bytes), Cow::Owned)
}

/// Whether a line begins with whole signs of two octets, up to a sequence that ends them.
fn goes_on(line: &[u8]) -> bool {
    let (signs, rest) = line.split_at(memchr(ESCAPE, line).unwrap_or(line.len()));
    matches!(rest, [_, b'(', b'B' | b'J', ..]) && are_signs(signs)
}

fn are_signs(signs: &[u8]) -> bool {
    !signs.is_empty()
        && signs.len().is_multiple_of(2)
        && signs.iter().all(|byte| (0x21..=0x7e).contains(byte))
}

/// Old gateways take out the escape signs themselves, of which `$B` and `(B` are left around the text.
fn with_escapes(bytes: &[u8]) -> Cow<'_, [u8]> {
    if memchr(ESCAPE, bytes).is_some() {
        return Cow::Borrowed(bytes);
    }
    let mut mended = Vec::new();
    let (mut at, mut written) = (0, 0);
    while let Some(found) = memchr(b'$', bytes.get(at..).unwrap_or_default()) {
        let from = at + found;
        let (end, is_whole) = bare_run(bytes, from);
        at = end.max(from + 1);
        if is_whole {
            mended.extend_from_slice(bytes.get(written..from).unwrap_or_default());
            mended.push(ESCAPE);
            mended.extend_from_slice(bytes.get(from..end).unwrap_or_default());
            mended.push(ESCAPE);
            written = end;
        }
    }
    if written == 0 {
        return Cow::Borrowed(bytes);
    }
    mended.extend_from_slice(bytes.get(written..).unwrap_or_default());
    Cow::Owned(mended)
}

/// Where signs of two octets end that begin with `$B` at `from`, and whether `(B` ends them.
fn bare_run(bytes: &[u8], from: usize) -> (usize, bool) {
    let run = bytes.get(from..).unwrap_or_default();
    let Some(signs) = run.strip_prefix(b"$B").or_else(|| run.strip_prefix(b"$@")) else {
        return (from, false);
    };
    let mut end = from + 2;
    for sign in signs.chunks_exact(2) {
        if matches!(sign, b"(B" | b"(J") {
            return (end, end > from + 2);
        }
        if !are_signs(sign) {
            break;
        }
        end += 2;
    }
    (end, false)
}

#[cfg(test)]
mod tests {
    use waxwing_testkit::effort::assert_linear;

    use super::*;

    #[test]
    fn a_line_ends_in_ascii_whatever_was_forgotten_in_it() {
        for (bytes, text) in [
            (
                &b"\x1b$BEtBf\r\nBring the lamp.\r\n"[..],
                "灯台\r\nBring the lamp.\r\n",
            ),
            (b"\x1b$BEtBf\nrope", "灯台\nrope"),
            (b"\x1b$BEtBf", "灯台"),
            (b"\x1b(IEB\nrope\n", "ﾅﾂ\nrope\n"),
            // Broken in two on its way, and ended in the second half.
            (b"\x1b$BEtBf\nEtBf\x1b(B rope\n", "灯台\n灯台 rope\n"),
            (b"\x1b$BEtBf\nEt\x1b$BBf\x1b(B\n", "灯台\nEt台\n"),
        ] {
            let (read, is_it) = decode(bytes);
            assert_eq!((read.as_str(), is_it), (text, false), "{}", bytes.escape_ascii());
        }
        assert_eq!(
            decode(b"\x1b$BEtBf\x1b(B, rope\n"),
            ("灯台, rope\n".to_owned(), true),
            "what is well made stays"
        );
    }

    #[test]
    fn escape_signs_that_were_taken_out_are_put_back() {
        for (bytes, text) in [
            (&b"$BEtBf(B and $BEtBf(J\n"[..], "灯台 and 灯台\n"),
            (b"it costs $Both and (B\n", "it costs $Both and (B\n"),
            (b"$B(B", "$B(B"),
        ] {
            assert_eq!(decode(bytes).0, text);
        }
    }

    #[test]
    fn each_sign_is_looked_at_once() {
        for piece in ["$B", "$B!", "\x1b$B!!\n", "\x1b$B!!\n!!", "!!\n\x1b(B", "\x1b"] {
            assert_linear(
                format_args!("{piece:?}"),
                4_000,
                |pieces| piece.repeat(pieces),
                |text| decode(text.as_bytes()),
            );
        }
    }
}
