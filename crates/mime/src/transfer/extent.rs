//! How far base64 goes where something else was put behind it, as lists and virus scanners do, and whether it is any.

use memchr::{memchr, memmem};

use super::{FOREIGN, NO_DIGIT, SPACE, base64_value};

/// Octets of a line, and of a text, that are looked at.
const LINE_LOOKED_AT: usize = 100;
const TEXT_LOOKED_AT: usize = 4_096;
/// Digits of a line that no word has, so that it is base64 though it holds no whole groups.
const LONG_LINE: usize = 16;
/// Places at which the data may end that are looked at.
const MOST_ENDS: usize = 1_000;
/// Of so many signs one that does not belong there makes it no base64.
const ONE_OF: usize = 12;

/// Where the encoded octets end. Behind padding, and behind a line of dashes or underscores, something must follow that
/// can be none, or else they do not end there.
pub(super) fn end(encoded: &[u8]) -> usize {
    behind_padding(encoded).min(before_rule(encoded))
}

fn behind_padding(encoded: &[u8]) -> usize {
    let mut at = 0;
    for _ in 0..MOST_ENDS {
        let Some(found) = memchr(b'=', encoded.get(at..).unwrap_or_default()) else {
            break;
        };
        at += found + 1;
        let rest = encoded.get(at..).unwrap_or_default();
        let more = rest.trim_ascii_start();
        if !more.is_empty() && !may_be_data(more) && !is_last_piece(more) {
            return at;
        }
        at += rest.len() - more.len();
    }
    encoded.len()
}

fn before_rule(encoded: &[u8]) -> usize {
    let ends = [&b"\n--"[..], b"\n__"].map(|rule| {
        let mut starts = memmem::find_iter(encoded, rule).take(MOST_ENDS);
        let end = starts.find(|start| {
            let behind = encoded.get(start + 1..).unwrap_or_default();
            let (line, more) = behind.split_at(memchr(b'\n', behind).unwrap_or(behind.len()));
            let is_rule = line
                .iter()
                .all(|sign| matches!(sign, b'-' | b'_' | b' ' | b'\t' | b'\r'));
            let more = more.trim_ascii_start();
            is_rule && !more.is_empty() && !may_be_data(more)
        });
        end.unwrap_or(encoded.len())
    });
    ends.into_iter().min().unwrap_or(encoded.len())
}

/// Whether the first line could be base64: nothing but digits and padding, in whole groups where the line is short and there
/// is no padding.
fn may_be_data(text: &[u8]) -> bool {
    let text = text.get(..LINE_LOOKED_AT).unwrap_or(text);
    let whole = memchr(b'\n', text);
    let line = text
        .get(..whole.unwrap_or(text.len()))
        .unwrap_or_default()
        .trim_ascii();
    let is_in_groups = || line.len() % 4 == 0 || memchr(b'=', line).is_some();
    is_plain(line) && (line.len() >= LONG_LINE || is_in_groups())
}

/// Whether nothing follows but one line of digits, which are a piece whose padding was left out.
fn is_last_piece(text: &[u8]) -> bool {
    // One digit behind the groups is no octet.
    let is_piece = |line: &[u8]| is_plain(line) && line.len() % 4 != 1;
    text.len() <= LINE_LOOKED_AT && is_piece(text.trim_ascii())
}

/// Digits of either alphabet (RFC 4648, sections 4 and 5) and padding, and neither a rule nor a boundary.
fn is_plain(line: &[u8]) -> bool {
    let is_rule = line.starts_with(b"--") || line.starts_with(b"__");
    let is_digit = |sign: &u8| sign.is_ascii_alphanumeric() || b"+/-_=".contains(sign);
    !is_rule && line.iter().all(is_digit)
}

/// Whether it is words with the label of base64: signs in it that are no digits, and spaces between the others.
pub(super) fn is_words(encoded: &[u8]) -> bool {
    let encoded = encoded.trim_ascii();
    let looked_at = encoded.get(..TEXT_LOOKED_AT).unwrap_or(encoded);
    let foreign = looked_at
        .iter()
        .filter(|&&sign| base64_value(sign) == FOREIGN)
        .count();
    let is_digit = |sign: u8| base64_value(sign) < NO_DIGIT;
    let is_gap = |signs: &&[u8]| match signs {
        [before, space, after] => {
            base64_value(*space) == SPACE
                && !space.is_ascii_control()
                && is_digit(*before)
                && is_digit(*after)
        }
        _ => false,
    };
    let gaps = looked_at.windows(3).filter(is_gap).count();
    // A single fault may happen to anything.
    foreign + gaps > 1 && (foreign + gaps) * ONE_OF > looked_at.len()
}

#[cfg(test)]
mod tests {
    use waxwing_testkit::effort::assert_linear;

    use super::*;

    #[test]
    fn base64_ends_where_something_else_was_put_behind_it() {
        for (encoded, data) in [
            ("TGVuYQ==\r\n\r\n____\r\nCrew mailing list\r\n", "TGVuYQ=="),
            ("TGVu\r\n-- \r\nThis mail was scanned\r\n", "TGVu\r"),
            ("TGVuYQ=--b--", "TGVuYQ="),
            ("TGVuYQ==TGVuYQ==", "TGVuYQ==TGVuYQ=="),
            ("TGVu\r\n____\r\nTGVu\r\n", "TGVu\r\n____\r\nTGVu\r\n"),
            ("TGVuYQ==\r\n", "TGVuYQ==\r\n"),
            ("TGVuYQ==\r\nTGVuYQ\r\n", "TGVuYQ==\r\nTGVuYQ\r\n"),
            ("TGVuYQ==\r\nT-_u\r\nLenas\r\n", "TGVuYQ==\r\nT-_u\r\nLenas\r\n"),
            ("TGVuYQ==\r\nThanks\r\nto all\r\n", "TGVuYQ=="),
            ("TGVuYQ==\r\n-- \r\nCrew\r\n", "TGVuYQ=="),
        ] {
            assert_eq!(encoded.get(..end(encoded.as_bytes())), Some(data), "{encoded}");
        }
    }

    #[test]
    fn pieces_that_were_encoded_one_by_one_are_all_read_however_long_their_lines() {
        let piece = format!("{}\r\nTGVuYQ==\r\n", "TGVu".repeat(18).split_at(70).0);
        let pieces = piece.repeat(3);
        assert_eq!(end(pieces.as_bytes()), pieces.len());
    }

    #[test]
    fn words_are_told_from_base64() {
        for words in [
            "Hello Lena, this is plain.",
            "<html><body><p>Hello</p></body></html>",
        ] {
            assert!(is_words(words.as_bytes()), "{words}");
        }
        for data in ["TGVu\r\nYQ==", "TG*VuYQ==", "SGVs!\r\n bG8gTGVu\r\n YQ==\r\n", ""] {
            assert!(!is_words(data.as_bytes()), "{data}");
        }
    }

    #[test]
    fn a_hundred_thousand_ends_are_looked_at_once() {
        let padded = "=".repeat(100_000);
        assert_eq!(end(padded.as_bytes()), padded.len());
        let ruled = "\n--\n".repeat(100_000);
        assert!(end(ruled.as_bytes()) <= ruled.len());
        for piece in ["=", "\n--\n"] {
            let what = format_args!("{piece:?}");
            assert_linear(
                what,
                5_000,
                |pieces| piece.repeat(pieces),
                |text| end(text.as_bytes()),
            );
        }
    }
}
