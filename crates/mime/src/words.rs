//! Encoded words in header fields (RFC 2047). Addresses never pass through here before they are taken apart.

use crate::charset;
use crate::transfer;

/// The text with its encoded words decoded. Neighbouring words of one character set are joined before they are
/// decoded, for many senders cut characters in two.
pub(crate) fn decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut pending: Option<(String, Vec<u8>)> = None;
    let mut rest = text;
    let mut endless = false;
    while let Some(at) = rest.find("=?") {
        let (before, word_on) = rest.split_at(at);
        let read = if endless { Read::Endless } else { read(word_on) };
        match read {
            Read::Word {
                charset,
                bytes,
                after,
            } => {
                // White space between two encoded words is not part of the text (RFC 2047, section 6.2).
                let joined = pending.is_some() && before.trim().is_empty();
                if !joined {
                    flush(&mut pending, &mut out);
                    out.push_str(before);
                }
                match &mut pending {
                    Some((known, collected)) if known.eq_ignore_ascii_case(&charset) => {
                        collected.extend(bytes)
                    }
                    _ => {
                        flush(&mut pending, &mut out);
                        pending = Some((charset, bytes));
                    }
                }
                rest = after;
            }
            Read::NotAWord | Read::Endless => {
                endless = endless || matches!(read, Read::Endless);
                flush(&mut pending, &mut out);
                out.push_str(before);
                out.push_str("=?");
                rest = word_on.get(2..).unwrap_or_default();
            }
        }
    }
    flush(&mut pending, &mut out);
    out.push_str(rest);
    out
}

enum Read<'a> {
    Word {
        charset: String,
        bytes: Vec<u8>,
        after: &'a str,
    },
    NotAWord,
    /// No "?=" follows anywhere, so that nobody has to look for one again.
    Endless,
}

/// The encoded word with which a text begins, undecoded. With white space in it it is none (RFC 2047, section 2). Otherwise, within
/// how many octets none that has begun comes to its end.
pub(crate) fn leading(text: &str) -> Result<&str, usize> {
    let inner = text
        .strip_prefix("=?")
        .and_then(|inner| split_near(inner, 60))
        .and_then(|(_, inner)| split_near(inner, 4))
        .filter(|(encoding, _)| matches!(*encoding, "b" | "B" | "q" | "Q"));
    let Some((_, inner)) = inner else { return Err(0) };
    let start = text.len() - inner.len();
    let mut before = b' ';
    for (offset, byte) in inner.bytes().enumerate() {
        match byte {
            b'=' if before == b'?' => return text.get(..start + offset + 1).ok_or(0),
            b' ' | b'\t' | b'\r' | b'\n' => return Err(start + offset),
            _ => before = byte,
        }
    }
    Err(text.len())
}

/// One encoded word at the start of `text`: `=?charset*language?encoding?text?=`.
fn read(text: &str) -> Read<'_> {
    let Some(inner) = text.strip_prefix("=?") else {
        return Read::NotAWord;
    };
    let Some((charset, inner)) = split_near(inner, 60) else {
        return Read::NotAWord;
    };
    let Some((encoding, inner)) = split_near(inner, 4) else {
        return Read::NotAWord;
    };
    let is_base64 = match encoding {
        "b" | "B" => true,
        "q" | "Q" => false,
        _ => return Read::NotAWord,
    };
    if charset.is_empty() || charset.contains(char::is_whitespace) {
        return Read::NotAWord;
    }
    let Some((encoded, after)) = inner.split_once("?=") else {
        return Read::Endless;
    };
    let mut bytes = Vec::with_capacity(encoded.len());
    if is_base64 {
        transfer::base64(encoded.as_bytes(), &mut |run| bytes.extend_from_slice(run));
    } else {
        transfer::q_encoding(encoded.as_bytes(), &mut |run| bytes.extend_from_slice(run));
    }
    // A language may follow the character set (RFC 2231, section 5).
    let charset = charset.split('*').next().unwrap_or_default().to_owned();
    Read::Word {
        charset,
        bytes,
        after,
    }
}

/// Splits at the next question mark if it is near.
fn split_near(text: &str, within: usize) -> Option<(&str, &str)> {
    let at = text.bytes().take(within).position(|byte| byte == b'?')?;
    let (left, right) = text.split_at_checked(at)?;
    Some((left, right.strip_prefix('?')?))
}

fn flush(pending: &mut Option<(String, Vec<u8>)>, out: &mut String) {
    if let Some((charset, bytes)) = pending.take() {
        out.push_str(&charset::decode(&bytes, Some(&charset)).0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_decoded_and_the_space_between_them_goes() {
        for (raw, text) in [
            ("=?utf-8?Q?Gr=C3=BC=C3=9Fe?= aus Kiel", "Grüße aus Kiel"),
            ("=?UTF-8?B?R3LDvMOf?= =?UTF-8?B?ZQ==?=", "Grüße"),
            ("=?iso-8859-1?q?Per=E4l=E4?= =?utf-8?q?_=C3=A5?=", "Perälä å"),
            ("=?utf-8?q?a_b?=c", "a bc"),
            ("=?utf-8*de?q?gr=C3=BCn?=", "grün"),
            ("=?utf-8?q?a?= b =?utf-8?q?c?=", "a b c"),
            ("=?utf-8?Q?with space?=", "with space"),
        ] {
            assert_eq!(decode(raw), text, "{raw}");
        }
    }

    #[test]
    fn a_character_cut_in_two_by_two_words_is_whole_again() {
        assert_eq!(
            decode("=?utf-8?q?gr=C3?=\r\n =?utf-8?q?=BCn?="),
            "grün",
            "the bytes are joined first"
        );
    }

    #[test]
    fn what_is_not_an_encoded_word_stays_as_it_is() {
        for raw in [
            "=?",
            "=?utf-8?q?open",
            "=?utf-8?x?a?=",
            "a =? b ?= c",
            "=??q?a?=",
            "=?utf-8?q",
        ] {
            assert_eq!(decode(raw), raw, "{raw}");
        }
    }

    #[test]
    fn a_hundred_thousand_open_words_are_looked_at_once() {
        let raw = "=?a?q?x".repeat(100_000);
        assert_eq!(decode(&raw), raw, "no word ends, so the text stays");
    }
}
