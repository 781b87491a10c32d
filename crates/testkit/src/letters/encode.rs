//! Text as a letter carries it: encoded words, base64 and quoted-printable bodies, dates.
//! Written for the tests' letters alone and by another way than the crate that Waxwing sends with, so that an
//! error there is not hidden by the same error here.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// A header's text: as it is when it is ASCII, else as encoded words (RFC 2047) of at most 75 bytes each.
pub(super) fn header(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let mut words = Vec::new();
    let mut word = String::new();
    for letter in text.chars() {
        if word.len() + letter.len_utf8() > 42 {
            words.push(std::mem::take(&mut word));
        }
        word.push(letter);
    }
    words.push(word);
    let words: Vec<String> = words
        .iter()
        .map(|word| format!("=?utf-8?B?{}?=", STANDARD.encode(word)))
        .collect();
    words.join("\r\n ")
}

/// Base64 in lines of 76 (RFC 2045 section 6.8).
pub(super) fn base64(bytes: &[u8]) -> String {
    let mut lines = String::with_capacity(bytes.len() * 4 / 3 + bytes.len() / 28);
    for piece in bytes.chunks(57) {
        STANDARD.encode_string(piece, &mut lines);
        lines.push_str("\r\n");
    }
    lines
}

/// Quoted-printable (RFC 2045 section 6.7), with soft breaks before 76 characters.
pub(super) fn quoted_printable(text: &str) -> String {
    let mut lines = String::with_capacity(text.len() * 5 / 4);
    for line in text.lines() {
        let mut width = 0;
        for byte in line.bytes() {
            let plain = matches!(byte, b' '..=b'~') && byte != b'=';
            let needs = if plain { 1 } else { 3 };
            if width + needs > 75 {
                lines.push_str("=\r\n");
                width = 0;
            }
            if plain {
                lines.push(char::from(byte));
            } else {
                lines.push_str(&format!("={byte:02X}"));
            }
            width += needs;
        }
        // A space at the end of a line would be lost on the way.
        if lines.ends_with(' ') {
            lines.pop();
            lines.push_str("=20");
        }
        lines.push_str("\r\n");
    }
    lines
}

/// A date as RFC 5322 section 3.3 writes it.
pub(super) fn date(seconds: i64) -> String {
    let format = time::format_description::well_known::Rfc2822;
    let date = time::OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(time::OffsetDateTime::UNIX_EPOCH);
    date.format(&format).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_printable_keeps_lines_short_and_spaces_at_their_ends() {
        let text = format!("ends with a space \n{}\nä=b", "long ".repeat(40));
        let encoded = quoted_printable(&text);
        assert!(
            encoded.contains("ends with a space=20\r\n"),
            "the space survives: {encoded}"
        );
        assert!(
            encoded.contains("=C3=A4=3Db"),
            "UTF-8 and the equals sign are escaped: {encoded}"
        );
        assert!(
            encoded.lines().all(|line| line.len() <= 78),
            "no line is too long: {encoded}"
        );
    }

    #[test]
    fn a_long_subject_becomes_several_encoded_words() {
        let encoded = header(&"Grüße an alle, die heute hier sind. ".repeat(3));
        assert!(encoded.lines().count() > 1, "it is folded: {encoded}");
        assert!(
            encoded.lines().all(|line| line.len() <= 76),
            "RFC 2047 section 2 allows 76: {encoded}"
        );
    }

    #[test]
    fn dates_are_in_the_form_of_mail() {
        assert_eq!(
            date(1_672_646_400),
            "Mon, 02 Jan 2023 08:00:00 +0000",
            "2 January 2023 was a Monday"
        );
    }
}
