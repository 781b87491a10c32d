//! Bytes to text, whatever the letter says they are, and whatever they are.

use encoding_rs::{EUC_KR, Encoding, GBK, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use mail_parser::decoders::charsets::map::charset_decoder;

/// The text, and whether the bytes were what the label says.
pub(crate) fn decode(bytes: &[u8], label: Option<&str>) -> (String, bool) {
    let label = label.map(str::trim).filter(|label| !label.is_empty());
    if label.is_none_or(|label| is_ascii_label(label) || is_utf8_label(label)) {
        if let Some(text) = japanese_unlabelled(bytes) {
            return (text, label.is_none());
        }
        return decode_unlabelled(bytes, label.is_some_and(is_utf8_label), label.is_some());
    }
    let label = label.map(known_as).unwrap_or_default();
    if is_wide_label(label) {
        return decode_wide(bytes, label);
    }
    if let Some((lead, encoding)) = shifted(label) {
        return encoding_of_shifted(bytes, lead, encoding);
    }
    if let Some(encoding) = Encoding::for_label_no_replacement(label.as_bytes()) {
        let (text, malformed) = encoding.decode_without_bom_handling(bytes);
        return (text.into_owned(), !malformed);
    }
    // What the WHATWG's table leaves out: UTF-7 and the code pages of DOS.
    match charset_decoder(label.as_bytes()) {
        Some(decoder) => (decoder(bytes), true),
        None => (decode_unlabelled(bytes, false, true).0, false),
    }
}

/// The name that a table knows for one that programs write.
fn known_as(label: &str) -> &str {
    const ALIASES: [(&str, &str); 14] = [
        ("cp932", "shift_jis"),
        ("windows-932", "shift_jis"),
        ("cp936", "gbk"),
        ("windows-936", "gbk"),
        ("cp949", "euc-kr"),
        ("cp950", "big5"),
        ("windows-950", "big5"),
        ("cp1361", "euc-kr"),
        ("latin-1", "iso-8859-1"),
        ("latin-9", "iso-8859-15"),
        ("iso-8859-8-i", "iso-8859-8"),
        ("x-gbk", "gbk"),
        ("gb_2312", "gbk"),
        ("mac", "macintosh"),
    ];
    let known = ALIASES
        .iter()
        .find(|(alias, _)| label.eq_ignore_ascii_case(alias));
    known.map_or(label, |(_, name)| name)
}

/// UTF-16 by its byte order mark, or else by where its zeros stand. What has neither and is ASCII was never that.
fn decode_wide(bytes: &[u8], label: &str) -> (String, bool) {
    let zeros = |odd: usize| {
        bytes
            .iter()
            .skip(odd)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    let (high_first, low_first) = (zeros(0), zeros(1));
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None if bytes.is_ascii() && high_first + low_first == 0 => {
            return (decode_unlabelled(bytes, false, true).0, false);
        }
        None if high_first > low_first => UTF_16BE,
        None if label.to_ascii_lowercase().ends_with("be") && high_first == low_first => UTF_16BE,
        None => UTF_16LE,
    };
    let (text, _, malformed) = encoding.decode(bytes);
    (text.into_owned(), !malformed)
}

fn is_wide_label(label: &str) -> bool {
    const WIDE: [&str; 9] = [
        "utf-16",
        "utf-16be",
        "utf-16le",
        "utf16",
        "unicode",
        "ucs-2",
        "unicodefffe",
        "iso-10646-ucs-2",
        "csunicode",
    ];
    WIDE.iter().any(|known| label.eq_ignore_ascii_case(known))
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

/// Japanese mail of seven bits that does not say so, or says that it is ASCII. Nothing else has its escape sequences.
fn japanese_unlabelled(bytes: &[u8]) -> Option<String> {
    let escape = memchr::memchr(0x1b, bytes)?;
    let names = bytes.get(escape + 1..escape + 3)?;
    if !matches!(names, b"$B" | b"$@") || !bytes.is_ascii() {
        return None;
    }
    Some(ISO_2022_JP.decode_without_bom_handling(bytes).0.into_owned())
}

/// The text of a file that says nothing of its character set: by its byte order mark, or UTF-8, or the most usual 8-bit set.
pub fn text_of(bytes: &[u8]) -> String {
    let text = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding.decode(bytes).0.into_owned(),
        None => decode_header(bytes),
    };
    crate::visible::many_lines(&text)
}

/// A header value's bytes: UTF-8 (RFC 6532), or the most usual 8-bit set for those who send it raw.
pub(crate) fn decode_header(bytes: &[u8]) -> String {
    decode_unlabelled(bytes, false, true).0
}

/// UTF-8 where it is that, if here and there a byte is not; else the most usual 8-bit set. `is_utf8`: it is said to be.
fn decode_unlabelled(bytes: &[u8], is_utf8: bool, labelled: bool) -> (String, bool) {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Some(text) = UTF_8.decode_without_bom_handling_and_without_replacement(bytes) {
        return (text.into_owned(), true);
    }
    let (mut signs, mut faults) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        signs += chunk.valid().bytes().filter(|byte| *byte >= 0xc0).count();
        faults += usize::from(!chunk.invalid().is_empty());
    }
    // In a text of another set two bytes look like a sign of UTF-8 now and then, and hardly ever two times of three.
    let most = if is_utf8 { signs } else { signs / 2 };
    let text = match faults <= most {
        true => utf8_with_faults(bytes),
        false => WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    };
    (text, !labelled)
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
    fn one_bad_byte_spoils_no_letter() {
        let cut = "Grüße aus 東京".as_bytes();
        let (text, was_true) = decode(&[cut, b" \xff"].concat(), Some("utf-8"));
        assert_eq!((text.as_str(), was_true), ("Grüße aus 東京 \u{fffd}", false));
        let half = cut.get(..cut.len() - 1).unwrap_or_default();
        assert_eq!(decode(half, None).0, "Grüße aus 東\u{fffd}", "cut within a sign");
        assert_eq!(decode_header(half), "Grüße aus 東\u{fffd}");
        assert_eq!(text_of(half), "Grüße aus 東\u{fffd}");
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
