//! Encoded words in header fields (RFC 2047). Addresses never pass through here before they are taken apart.

use std::borrow::Cow;

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
        let read = read(word_on, &mut endless);
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
            Read::NotAWord => {
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
/// `endless`: no "?=" follows anywhere, so that nobody has to look for one again.
fn read<'a>(text: &'a str, endless: &mut bool) -> Read<'a> {
    let Some(inner) = text.strip_prefix("=?") else {
        return Read::NotAWord;
    };
    let Some((charset, inner)) = split_near(inner, 60) else {
        return Read::NotAWord;
    };
    let Some((encoding, inner)) = split_near(inner, 4) else {
        return Read::NotAWord;
    };
    let charset = charset.trim();
    let is_base64 = match encoding.trim() {
        "b" | "B" => true,
        "q" | "Q" => false,
        _ => return Read::NotAWord,
    };
    if charset.is_empty() || charset.contains(char::is_whitespace) {
        return Read::NotAWord;
    }
    let whole = if *endless { None } else { inner.split_once("?=") };
    *endless = whole.is_none();
    let Some((encoded, after)) = whole.or_else(|| without_end(inner, is_base64)) else {
        return Read::NotAWord;
    };
    let mut bytes = Vec::with_capacity(encoded.len());
    if is_base64 {
        transfer::base64(encoded.as_bytes(), &mut |run| bytes.extend_from_slice(run));
    } else {
        transfer::q_encoding(without_folds(encoded).as_bytes(), &mut |run| {
            bytes.extend_from_slice(run)
        });
    }
    // A language may follow the character set (RFC 2231, section 5).
    let charset = charset.split('*').next().unwrap_or_default().to_owned();
    Read::Word {
        charset,
        bytes,
        after,
    }
}

/// Octets of a word without an end. One that is whole has 75 (RFC 2047, section 2).
const LONGEST_OPEN: usize = 250;

/// A word whose end is missing, up to the next white space, where it cannot be anything else.
fn without_end(inner: &str, is_base64: bool) -> Option<(&str, &str)> {
    let mut near = inner.bytes().take(LONGEST_OPEN);
    let end = near.position(|sign| sign.is_ascii_whitespace());
    let end = end.or((inner.len() <= LONGEST_OPEN).then_some(inner.len()))?;
    let (word, after) = inner.split_at_checked(end)?;
    let word = word.trim_end_matches('?');
    let is_digit = |sign: u8| sign.is_ascii_alphanumeric() || matches!(sign, b'+' | b'/' | b'=');
    let is_one = match is_base64 {
        true => word.len() >= 4 && word.len() % 4 == 0 && word.bytes().all(is_digit),
        false => {
            let mut octets = word.split('=').skip(1).peekable();
            let is_octet = |octet: &str| octet.bytes().take(2).filter(u8::is_ascii_hexdigit).count() == 2;
            !word.contains("=?") && octets.peek().is_some() && octets.all(is_octet)
        }
    };
    is_one.then_some((word, after))
}

/// White space between two encoded octets is a fold that was made in the midst of a word: a space has a sign of its own.
fn without_folds(encoded: &str) -> Cow<'_, str> {
    if !encoded.contains([' ', '\t']) {
        return Cow::Borrowed(encoded);
    }
    let mut whole = String::with_capacity(encoded.len());
    let mut rest = encoded;
    while let Some(at) = rest.find([' ', '\t']) {
        let (before, space) = rest.split_at(at);
        let after = space.trim_start_matches([' ', '\t']);
        whole.push_str(before);
        let is_octet = whole.len().checked_sub(3).and_then(|at| whole.get(at..));
        if !(is_octet.is_some_and(|octet| octet.starts_with('=')) && after.starts_with('=')) {
            whole.push_str(space.get(..space.len() - after.len()).unwrap_or_default());
        }
        rest = after;
    }
    whole.push_str(rest);
    Cow::Owned(whole)
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
    use waxwing_testkit::effort::assert_linear;

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
            ("=?utf-8?B?R3LDvMOfZQ==", "Grüße"),
            ("=?utf-8?Q?Gr=C3=BC=C3=9Fe? aus Kiel", "Grüße aus Kiel"),
            ("=?utf-8 ?q?gr=C3=BC?=", "grü"),
            ("=?utf-8? q ?gr=C3=BC?=", "grü"),
            ("=?utf-8?Q?Gr=C3=BC =C3=9Fe?=", "Grüße"),
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
        for piece in ["=?a?q?x", "=?utf-8?b?QUFB "] {
            assert_linear(piece, 4_000, |pieces| piece.repeat(pieces), |raw| decode(raw));
        }
        let raw = "=?a?q?x".repeat(100_000);
        assert_eq!(decode(&raw), raw, "no word ends, so the text stays");
        let raw = "=?utf-8?b?QUFB ".repeat(100_000);
        assert_eq!(
            decode(&raw).trim(),
            "AAA".repeat(100_000),
            "each of them is short"
        );
    }
}
