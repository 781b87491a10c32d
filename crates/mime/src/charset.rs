//! Bytes to text, whatever the letter says they are, and whatever they are.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use mail_parser::decoders::charsets::map::charset_decoder;

/// The text, and whether the bytes were what the label says.
pub(crate) fn decode(bytes: &[u8], label: Option<&str>) -> (String, bool) {
    let label = label.map(str::trim).filter(|label| !label.is_empty());
    if label.is_none_or(|label| is_ascii_label(label) || is_utf8_label(label)) {
        return decode_unlabelled(bytes, label.is_some() || bytes.is_ascii());
    }
    let label = label.unwrap_or_default();
    if let Some(encoding) = Encoding::for_label_no_replacement(label.as_bytes()) {
        let (text, malformed) = encoding.decode_without_bom_handling(bytes);
        return (text.into_owned(), !malformed);
    }
    // What the WHATWG's table leaves out: UTF-7 and the code pages of DOS.
    match charset_decoder(label.as_bytes()) {
        Some(decoder) => (decoder(bytes), true),
        None => (decode_unlabelled(bytes, true).0, false),
    }
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
    decode_unlabelled(bytes, true).0
}

fn decode_unlabelled(bytes: &[u8], labelled: bool) -> (String, bool) {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match UTF_8.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => (text.into_owned(), true),
        None => (
            WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
            !labelled,
        ),
    }
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
