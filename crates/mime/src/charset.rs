//! Bytes to text, whatever the letter says they are, and whatever they are.

mod japanese;
mod label;
mod packed;
mod unlabelled;
mod wide;

use std::borrow::Cow;

use encoding_rs::{EUC_KR, Encoding, GBK, ISO_2022_JP, UTF_8, WINDOWS_1252};
use mail_parser::decoders::charsets::map::charset_decoder;

pub(crate) use packed::name_of;
pub use unlabelled::is_text;

const UTF_8_MARK: &[u8] = b"\xef\xbb\xbf";

/// The text, and whether the bytes were what the label says.
pub(crate) fn decode(bytes: &[u8], label: Option<&str>) -> (String, bool) {
    let label = label.map(label::known_as).filter(|label| !label.is_empty());
    let Some(label) = label.as_deref().filter(|label| says_something(label)) else {
        return undecided(bytes, label.as_deref());
    };
    let (text, was_true) = labelled(bytes, label);
    // What is no text in its set and is UTF-8 all the same, or says that it is, was given the wrong label.
    if (!was_true || bytes.starts_with(UTF_8_MARK))
        && !bytes.is_ascii()
        && let Ok(text) = std::str::from_utf8(bytes.strip_prefix(UTF_8_MARK).unwrap_or(bytes))
    {
        return (text.to_owned(), false);
    }
    (text, was_true)
}

/// What a label says, if it does.
fn said(label: Option<&str>) -> Option<String> {
    label
        .map(label::known_as)
        .filter(|label| !label.is_empty() && says_something(label))
}

/// Whether a label is worth a word: many programs write these under whatever they send.
fn says_something(label: &str) -> bool {
    !is_ascii_label(label) && !is_utf8_label(label) && label != "x-user-defined"
}

/// Without a label, or with one under which other sets are sent as often.
fn undecided(bytes: &[u8], label: Option<&str>) -> (String, bool) {
    if let Some(text) = wide::marked(bytes) {
        return (text, label.is_none());
    }
    if let Some((text, is_well_made)) = japanese::unlabelled(bytes) {
        return (text, label.is_none() && is_well_made);
    }
    decode_unlabelled(bytes, label.is_some_and(is_utf8_label), label.is_some())
}

/// In the set that is named.
fn labelled(bytes: &[u8], label: &str) -> (String, bool) {
    if let Some(read) = wide::decode(bytes, label) {
        return read;
    }
    if let Some((lead, encoding)) = shifted(label) {
        return encoding_of_shifted(bytes, lead, encoding);
    }
    if let Some(encoding) = Encoding::for_label_no_replacement(label.as_bytes()) {
        if encoding == ISO_2022_JP {
            return japanese::decode(bytes);
        }
        let (text, malformed) = encoding.decode_without_bom_handling(bytes);
        return (text.into_owned(), !malformed);
    }
    // What the WHATWG's table leaves out: UTF-7 and the code pages of DOS.
    match charset_decoder(label.as_bytes()) {
        Some(decoder) => (decoder(bytes), true),
        None => (decode_unlabelled(bytes, false, true).0, false),
    }
}

/// Sets of seven bits that shift into a set of two bytes and back (RFC 1557, 1843, 1922): between which signs, and what
/// the set is called with its high bits on.
fn shifted(label: &str) -> Option<(Shift, &'static Encoding)> {
    let is = |known: &str| label.eq_ignore_ascii_case(known);
    if is("iso-2022-kr") || is("csiso2022kr") {
        Some((Shift::Controls, EUC_KR))
    } else if is("iso-2022-cn") || is("iso-2022-cn-ext") {
        Some((Shift::Controls, GBK))
    } else if is("hz-gb-2312") || is("hz") {
        Some((Shift::Tildes, GBK))
    } else {
        None
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shift {
    /// SO and SI, and escape sequences that say which set is meant.
    Controls,
    /// `~{` and `~}`.
    Tildes,
}

fn encoding_of_shifted(bytes: &[u8], shift: Shift, encoding: &'static Encoding) -> (String, bool) {
    let mut whole = Vec::with_capacity(bytes.len());
    let mut is_shifted = false;
    let mut rest = bytes;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match (shift, byte, after) {
            (Shift::Controls, 0x0e, _) => is_shifted = true,
            (Shift::Controls, 0x0f, _) => is_shifted = false,
            (Shift::Controls, 0x1b, [b'$', b')' | b'*', _, after @ ..]) => rest = after,
            (Shift::Tildes, b'~', [b'{', after @ ..]) => (is_shifted, rest) = (true, after),
            (Shift::Tildes, b'~', [b'}', after @ ..]) => (is_shifted, rest) = (false, after),
            (Shift::Tildes, b'~', [b'~', after @ ..]) if !is_shifted => {
                whole.push(b'~');
                rest = after;
            }
            // A line ends in the plain set, whatever was forgotten in it.
            (_, b'\n', _) => {
                is_shifted = false;
                whole.push(byte);
            }
            (_, 0x21..=0x7e, _) if is_shifted => whole.push(byte | 0x80),
            _ => whole.push(byte),
        }
    }
    let (text, malformed) = encoding.decode_without_bom_handling(&whole);
    (text.into_owned(), !malformed)
}

/// The text of a file, in the character set that its sender says, or else by its byte order mark, or UTF-8, or by what its letters
/// look like.
pub fn text_of(bytes: &[u8], label: Option<&str>) -> String {
    let text = match (said(label), Encoding::for_bom(bytes)) {
        (Some(label), _) => decode(bytes, Some(&label)).0,
        (None, Some((encoding, _))) => encoding.decode(bytes).0.into_owned(),
        (None, None) => unlabelled::decode(bytes),
    };
    crate::visible::many_lines(&text)
}

/// A header value's bytes: UTF-8 (RFC 6532), or the most usual 8-bit set for those who send it raw.
pub(crate) fn decode_header(bytes: &[u8]) -> String {
    japanese::unlabelled(bytes)
        .unwrap_or_else(|| decode_unlabelled(bytes, false, true))
        .0
}

/// A header whose eight-bit lines are in a set that is known otherwise, in UTF-8. Lines that are UTF-8 already stay, and
/// where nothing is to be done it is the header itself. A fold is in the set of its line.
pub(crate) fn header_in<'a>(header: &'a [u8], label: Option<&str>) -> Cow<'a, [u8]> {
    let Some(label) = label.filter(|_| std::str::from_utf8(header).is_err()) else {
        return Cow::Borrowed(header);
    };
    let mut whole = Vec::with_capacity(header.len() * 2);
    for line in header.split_inclusive(|byte| *byte == b'\n') {
        match std::str::from_utf8(line) {
            Ok(_) => whole.extend_from_slice(line),
            Err(_) => whole.extend_from_slice(decode(line, Some(label)).0.as_bytes()),
        }
    }
    Cow::Owned(whole)
}

/// UTF-8 where it is that, if here and there a byte is not; else the most usual 8-bit set. `is_utf8`: it is said to be.
fn decode_unlabelled(bytes: &[u8], is_utf8: bool, labelled: bool) -> (String, bool) {
    let bytes = bytes.strip_prefix(UTF_8_MARK).unwrap_or(bytes);
    if let Some(text) = UTF_8.decode_without_bom_handling_and_without_replacement(bytes) {
        return (text.into_owned(), true);
    }
    let text = nearly_utf8(bytes, is_utf8)
        .unwrap_or_else(|| WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned());
    (text, !labelled)
}

/// The text, if it is UTF-8 in which here and there a byte is not. `is_utf8`: it is said to be.
fn nearly_utf8(bytes: &[u8], is_utf8: bool) -> Option<String> {
    let (mut signs, mut faults) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        signs += chunk.valid().bytes().filter(|byte| *byte >= 0xc0).count();
        faults += usize::from(!chunk.invalid().is_empty());
    }
    // In a text of another set two bytes look like a sign of UTF-8 now and then, and hardly ever two times of three.
    let most = if is_utf8 { signs } else { signs / 2 };
    (faults <= most).then(|| utf8_with_faults(bytes))
}

/// A byte that stands alone in a word is a letter of the most usual 8-bit set, as in a footer that somebody has put below;
/// every other fault is one.
fn utf8_with_faults(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    let mut chunks = bytes.utf8_chunks().peekable();
    while let Some(chunk) = chunks.next() {
        text.push_str(chunk.valid());
        let next = chunks.peek().and_then(|next| next.valid().bytes().next());
        let in_word = text
            .bytes()
            .next_back()
            .is_some_and(|byte| byte.is_ascii_alphabetic())
            || next.is_some_and(|byte| byte.is_ascii_alphabetic());
        match chunk.invalid() {
            [] => {}
            [letter @ 0xc0..=0xfe] if in_word => text.push(char::from(*letter)),
            _ => text.push('\u{fffd}'),
        }
    }
    text
}

fn is_ascii_label(label: &str) -> bool {
    ["us-ascii", "ascii", "ansi_x3.4-1968", "iso646-us"]
        .iter()
        .any(|known| label.eq_ignore_ascii_case(known))
}

fn is_utf8_label(label: &str) -> bool {
    ["utf-8", "utf8", "unicode-1-1-utf-8", "utf8mb4"]
        .iter()
        .any(|known| label.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_label_is_read_as_what_it_names() {
        for (label, bytes, text) in [
            ("iso-8859-1", &b"gr\xfc\xdfe"[..], "grüße"),
            ("KOI8-R", b"\xf0\xd2\xc9\xd7\xc5\xd4", "Привет"),
            ("shift_jis", b"\x93\x94\x91\xe4", "灯台"),
            ("iso-2022-jp", b"\x1b$BEtBf\x1b(B", "灯台"),
            ("gb2312", b"\xb5\xc6\xcb\xfe", "灯塔"),
            ("euc-kr", b"\xb5\xee\xb4\xeb", "등대"),
            ("utf-7", b"gr+APw-n", "grün"),
        ] {
            assert_eq!(decode(bytes, Some(label)), (text.to_owned(), true), "{label}");
        }
    }

    #[test]
    fn a_file_is_read_in_the_set_that_its_sender_says() {
        let koi8 = b"\xf0\xd2\xc9\xd7\xc5\xd4";
        assert_eq!(text_of(koi8, Some("koi8-r")), "Привет");
        assert_eq!(
            text_of(b"\xc3\xa9t\xc3\xa9", Some("us-ascii")),
            "été",
            "that says nothing"
        );
        assert_eq!(
            text_of(b"\xff\xfeg\0r\0\xfc\0n\0", Some("utf-8")),
            "grün",
            "by its mark"
        );
    }

    #[test]
    fn labels_that_programs_write_are_known() {
        for (label, bytes, text) in [
            ("cp932", &b"\x93\x94\x91\xe4"[..], "灯台"),
            ("cp936", b"\xb5\xc6\xcb\xfe", "灯塔"),
            ("CP949", b"\xb5\xee\xb4\xeb", "등대"),
            ("cp950", b"\xbfO\xb6\xf0", "燈塔"),
            ("iso-2022-kr", b"\x1b$)C\x0e5n4k\x0f, Lena", "등대, Lena"),
            ("hz-gb-2312", b"~{5FK~~}, ~~", "灯塔, ~"),
            ("utf-16", b"\xfe\xff\x00H\x00i", "Hi"),
            ("utf-16", b"\xff\xfeH\x00i\x00", "Hi"),
            ("utf-16", b"\x00H\x00i", "Hi"),
            ("unicode", b"H\x00i\x00", "Hi"),
            ("utf-32", b"\xff\xfe\0\0H\0\0\0i\0\0\0", "Hi"),
            ("UTF-32BE", b"\0\0\0H\0\0\0i", "Hi"),
            ("ibm437", b"gr\x81n", "grün"),
            ("unicode-1-1-utf-7", b"gr+APw-n", "grün"),
            ("win-1251", b"\xcf\xf0\xe8\xe2\xe5\xf2", "Привет"),
            ("windows1251", b"\xcf\xf0\xe8\xe2\xe5\xf2", "Привет"),
            ("cp-1251", b"\xcf\xf0\xe8\xe2\xe5\xf2", "Привет"),
            ("ansi-1251", b"\xcf\xf0\xe8\xe2\xe5\xf2", "Привет"),
            ("\"windows-1251\";", b"\xcf\xf0\xe8\xe2\xe5\xf2", "Привет"),
            (
                "windows-1251 format=flowed",
                b"\xcf\xf0\xe8\xe2\xe5\xf2",
                "Привет",
            ),
            ("1251", b"\xcf\xf0\xe8\xe2\xe5\xf2", "Привет"),
            ("windows1250", b"\xb9", "ą"),
            ("koi8r", b"\xf0\xd2\xc9\xd7\xc5\xd4", "Привет"),
            ("iso-2022-jp-2", b"\x1b$BEtBf\x1b(B", "灯台"),
            ("iso-2022-jp-ms", b"\x1b$BEtBf\x1b(B", "灯台"),
            ("cp50220", b"\x1b$BEtBf\x1b(B", "灯台"),
            ("cp51932", b"\xc5\xf4\xc2\xe6", "灯台"),
            ("eucjp", b"\xc5\xf4\xc2\xe6", "灯台"),
            ("euc-cn", b"\xb5\xc6\xcb\xfe", "灯塔"),
            ("gb2312-80", b"\xb5\xc6\xcb\xfe", "灯塔"),
            ("uhc", b"\xb5\xee\xb4\xeb", "등대"),
            ("ms949", b"\xb5\xee\xb4\xeb", "등대"),
            ("x-windows-949", b"\xb5\xee\xb4\xeb", "등대"),
        ] {
            assert_eq!(decode(bytes, Some(label)), (text.to_owned(), true), "{label}");
        }
        assert_eq!(
            decode(b"Hello body here", Some("unicode")),
            ("Hello body here".to_owned(), false),
            "no such thing, and it is told"
        );
        for label in [Some("us-ascii"), None] {
            assert_eq!(decode(b"\x1b$BEtBf\x1b(B", label).0, "灯台", "{label:?}");
        }
    }

    #[test]
    fn utf_8_and_utf_16_win_over_labels_that_they_are_not_in() {
        for label in ["iso-2022-jp", "euc-jp", "euc-kr", "x-user-defined"] {
            assert_eq!(
                decode("Grüße aus 東京, Příliš".as_bytes(), Some(label)).0,
                "Grüße aus 東京, Příliš",
                "{label}"
            );
        }
        let marked = b"\xef\xbb\xbfgr\xc3\xbcn";
        assert_eq!(decode(marked, Some("iso-8859-1")), ("grün".to_owned(), false));
        assert_eq!(
            decode(b"\xff\xfeg\0r\0\xfc\0n\0", None),
            ("grün".to_owned(), true)
        );
        assert_eq!(decode(b"gr\xfcn", Some("x-user-defined")).0, "grün");
    }

    #[test]
    fn a_header_in_another_set_is_made_utf_8_line_by_line() {
        let header = b"Subject: \xf0\xd2\xc9\xd7\xc5\xd4\nTo: gr\xc3\xbcn\n";
        assert_eq!(
            &*header_in(header, Some("koi8-r")),
            "Subject: Привет\nTo: grün\n".as_bytes()
        );
        assert!(matches!(
            header_in(b"Subject: x\n", Some("koi8-r")),
            Cow::Borrowed(_)
        ));
    }

    #[test]
    fn one_bad_byte_spoils_no_letter() {
        let cut = "Grüße aus 東京".as_bytes();
        let (text, was_true) = decode(&[cut, b" \xff"].concat(), Some("utf-8"));
        assert_eq!((text.as_str(), was_true), ("Grüße aus 東京 \u{fffd}", false));
        let half = cut.get(..cut.len() - 1).unwrap_or_default();
        assert_eq!(decode(half, None).0, "Grüße aus 東\u{fffd}", "cut within a sign");
        assert_eq!(decode_header(half), "Grüße aus 東\u{fffd}");
        assert_eq!(text_of(half, None), "Grüße aus 東\u{fffd}");
        let footer = [cut, b"\nViele Gr\xfc\xdfe\n"].concat();
        assert_eq!(
            decode(&footer, Some("utf-8")).0,
            "Grüße aus 東京\nViele Grüße\n",
            "another's footer"
        );
    }

    #[test]
    fn eight_bit_text_without_a_true_label_is_still_read() {
        assert_eq!(
            decode(b"gr\xfcn", Some("utf-8")),
            ("grün".to_owned(), false),
            "the label lied"
        );
        assert_eq!(
            decode("grün".as_bytes(), Some("us-ascii")).0,
            "grün",
            "UTF-8 under the label of ASCII"
        );
        assert_eq!(
            decode(b"gr\xfcn", Some("x-unheard-of")),
            ("grün".to_owned(), false),
            "no such label"
        );
        assert_eq!(decode(b"gr\xfcn", None).0, "grün", "no label at all");
    }
}
