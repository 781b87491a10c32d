//! Letters that stand in one file behind each other (mbox, RFC 4155), as they come in archives and attachments.
//!
//! A letter begins behind a line `From lena@a.example Mon Nov 23 10:00:00 2026`: it has a time and a year, and a field of a header
//! follows it, or the empty line of a letter without any. A line of a text that begins with "From " has neither, or has a ">" before
//! it, which is taken away again. So no empty line need stand before a letter, which some programs leave out, if someone is named
//! in the line and a day or a month stands in it: else a text may tell when the ferry runs. A file in which no such line stands is one
//! letter. Not here: reading the letters.

use std::ops::Range;

/// Octets of a line that are looked at.
const LINE_LIMIT: usize = 500;

/// Whether these bytes begin like such a file.
pub fn is_mbox(bytes: &[u8]) -> bool {
    without_start(bytes).starts_with(b"From ")
}

/// What may stand before the first line: a byte order mark, and empty lines.
fn without_start(bytes: &[u8]) -> &[u8] {
    bytes
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(bytes)
        .trim_ascii_start()
}

/// Where each letter stands, without the line before it. However many there are, each line is looked at once.
pub fn letters_of_mbox(bytes: &[u8]) -> Vec<Range<usize>> {
    let first = bytes.len() - without_start(bytes).len();
    if first == bytes.len() {
        return Vec::new();
    }
    let mut letters: Vec<Range<usize>> = Vec::new();
    let (mut at, mut after_empty) = (first, true);
    while at < bytes.len() {
        let next = line_end(bytes, at);
        if is_separator(bytes, at..next, at == first, after_empty) {
            match letters.last_mut() {
                Some(last) => last.end = at,
                // The file begins in the midst of a letter.
                None if at > first => letters.push(first..at),
                None => {}
            }
            letters.push(next..bytes.len());
        }
        after_empty = bytes
            .get(at..next)
            .is_some_and(|line| line.trim_ascii().is_empty());
        at = next;
    }
    if letters.is_empty() {
        letters.push(first..bytes.len());
    }
    letters
}

/// Where the next line begins. Lines end as they do in letters, or with CR alone.
fn line_end(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    let Some(end) = memchr::memchr2(b'\r', b'\n', rest) else {
        return bytes.len();
    };
    let is_pair = rest.get(end..end + 2) == Some(b"\r\n");
    at + end + if is_pair { 2 } else { 1 }
}

/// Whether a line stands before a letter. The first of a file need have no date, nor one of a single word behind an empty line.
fn is_separator(bytes: &[u8], line: Range<usize>, is_first: bool, after_empty: bool) -> bool {
    let next = line.end;
    let line = bytes.get(line).unwrap_or_default();
    let Some(rest) = line.strip_prefix(b"From ") else {
        return false;
    };
    let rest = rest.get(..LINE_LIMIT.min(rest.len())).unwrap_or_default();
    let following = bytes.get(next..).unwrap_or_default();
    let is_bare = || after_empty && rest.trim_ascii().iter().all(|byte| !byte.is_ascii_whitespace());
    let is_dated = has_date(rest);
    let is_sure = is_dated && is_postmark(rest);
    let begins = is_first || is_sure || after_empty && (is_dated || is_bare());
    let is_without_header = || after_empty && is_sure && matches!(following.first(), Some(b'\r' | b'\n'));
    begins && (following.is_empty() || begins_field(following) || is_without_header())
}

/// Someone or something is named first, and a day or a month by the three letters of the standard.
fn is_postmark(text: &[u8]) -> bool {
    const DAYS_AND_MONTHS: [&[u8]; 19] = [
        b"mon", b"tue", b"wed", b"thu", b"fri", b"sat", b"sun", b"jan", b"feb", b"mar", b"apr", b"may",
        b"jun", b"jul", b"aug", b"sep", b"oct", b"nov", b"dec",
    ];
    let mut words = text
        .split(u8::is_ascii_whitespace)
        .filter(|word| !word.is_empty());
    let names_someone = words.next().is_some_and(|word| !is_clock(word));
    let is_name = |word: &[u8]| {
        let word = word.strip_suffix(b",").unwrap_or(word);
        DAYS_AND_MONTHS.iter().any(|name| name.eq_ignore_ascii_case(word))
    };
    names_someone && words.any(is_name)
}

fn is_digits(text: &[u8]) -> bool {
    !text.is_empty() && text.iter().all(u8::is_ascii_digit)
}

/// A time of day: two numbers and a colon between them.
fn is_clock(word: &[u8]) -> bool {
    let mut numbers = word.splitn(3, |byte| *byte == b':');
    let mut two = || {
        numbers
            .next()
            .is_some_and(|number| number.len() <= 2 && is_digits(number))
    };
    two() && two()
}

/// A time of day and a year stand in it.
fn has_date(text: &[u8]) -> bool {
    let words = || text.split(|byte| byte.is_ascii_whitespace());
    let is_year =
        |word: &[u8]| word.len() == 4 && is_digits(word) && matches!(word.first(), Some(b'1' | b'2'));
    words().any(is_clock) && words().any(is_year)
}

/// Whether a text begins with the name of a field and a colon (RFC 5322, section 2.2), or with what some programs put before the
/// fields, a line "From " or ">From " of another one.
fn begins_field(text: &[u8]) -> bool {
    if text.starts_with(b">From ") || text.starts_with(b"From ") {
        return true;
    }
    let name = text
        .iter()
        .take(LINE_LIMIT)
        .take_while(|byte| matches!(byte, b'!'..=b'9' | b';'..=b'~'))
        .count();
    let after = text.get(name..).unwrap_or_default();
    let blanks = after
        .iter()
        .take(LINE_LIMIT)
        .take_while(|byte| matches!(byte, b' ' | b'\t'))
        .count();
    name > 0 && after.get(blanks) == Some(&b':')
}

/// A letter as it was before it was put into the file, of which it is this piece.
pub fn letter_of_mbox(stored: &[u8]) -> Vec<u8> {
    let mut letter = Vec::with_capacity(stored.len());
    let mut at = 0;
    while at < stored.len() {
        let next = line_end(stored, at);
        let line = stored.get(at..next).unwrap_or_default();
        let quoted = line.iter().take_while(|byte| **byte == b'>').count();
        let is_protected = quoted > 0 && line.get(quoted..).is_some_and(|rest| rest.starts_with(b"From "));
        letter.extend(line.get(usize::from(is_protected)..).unwrap_or_default());
        at = next;
    }
    letter
}

#[cfg(test)]
mod tests {
    use waxwing_testkit::effort::assert_linear;

    use super::*;

    const FILE: &[u8] =
        b"From lena@waxwing.test Mon Nov 23 10:00:00 2026\nSubject: one\n\n>From here on\nFrom nobody\n\n\
        From jonas@waxwing.test Mon Nov 23 11:00:00 2026\r\nSubject: two\r\n\r\n>>From twice\r\n";

    fn letters(file: &[u8]) -> Vec<String> {
        let places = letters_of_mbox(file).into_iter();
        places
            .map(|place| String::from_utf8_lossy(&letter_of_mbox(&file[place])).into_owned())
            .collect()
    }

    #[test]
    fn letters_begin_at_a_from_line_with_a_date_and_a_field_behind_it() {
        assert_eq!(
            letters(FILE),
            [
                "Subject: one\n\nFrom here on\nFrom nobody\n\n",
                "Subject: two\r\n\r\n>From twice\r\n"
            ],
            "a From in the middle of a text begins none, and what was protected is as it was"
        );
    }

    #[test]
    fn a_text_that_begins_a_line_with_from_is_kept_whole() {
        let file = "From lena@a.example Mon Nov 23 10:00:00 2026\nSubject: one\n\nHello,\n\nFrom here on we go by boat.\n\
            From 10:00 on the 23rd of 2026 we sail\nand see\n\nFrom tom@b.example Mon Nov 23 11:00:00 2026\nSubject: two\n\nhi\n";
        let found = letters(file.as_bytes());
        assert_eq!(found.len(), 2);
        assert!(
            found[0].contains("\n\nFrom here on we go by boat.\nFrom 10:00 on"),
            "{found:?}"
        );
    }

    #[test]
    fn letters_are_found_however_the_file_is_made() {
        let one = "From lena@a.example Mon Nov 23 10:00:00 2026\nSubject: one\n\nhi\n";
        let two = "From tom@b.example Mon Nov 23 11:00 +0100 2026\nSubject: two\n\nhi\n";
        for (file, expected) in [
            (format!("{one}{two}"), 2),
            (format!("{one} \n{two}"), 2),
            (format!("\n\r\n{one}"), 1),
            (format!("\u{feff}{one}\n{two}"), 2),
            (format!("{one}\n{two}").replace('\n', "\r"), 2),
            (format!("{one}\n{two}").replace('\n', "\r\n"), 2),
            (
                format!("{one}From 09:30 on 24 Nov 2026 the ferry runs\nNote: bring a coat\n"),
                1,
            ),
            (
                format!("{one}From here at 09:30 in 2026 it runs\nNote: bring a coat\n"),
                1,
            ),
            (
                format!("{one}\nFrom tom@b.example Mon Nov 23 11:00:00 2026\n\nno header\n"),
                2,
            ),
            (
                format!("{one}\nFrom 09:30 on 24 Nov 2026 the ferry runs\n\nand then\n"),
                1,
            ),
            ("Subject: one\n\nhi\nFrom here\n".to_owned(), 1),
            ("From lena\nSubject: one\n\nhi\n".to_owned(), 1),
            ("From lena\nwords\n".to_owned(), 1),
            (format!("Subject: nought\n\nhi\n\n{one}"), 2),
        ] {
            let found = letters(file.as_bytes());
            assert_eq!(found.len(), expected, "{file:?}");
            let is_read = |letter: &String| crate::parse(letter.as_bytes()).text.is_some();
            assert!(found.iter().all(is_read), "{file:?} gives {found:?}");
            assert!(!found[0].starts_with('\n'), "{file:?}");
        }
    }

    #[test]
    fn what_holds_nothing_has_no_letters() {
        for bytes in [&b""[..], b"\n\n", b"\xef\xbb\xbf"] {
            assert_eq!(letters_of_mbox(bytes), [], "{bytes:?}");
        }
        assert_eq!(
            letters_of_mbox(b"From x").first(),
            Some(&(6..6)),
            "an empty letter is one"
        );
    }

    #[test]
    fn every_letter_of_a_file_is_one_of_its_own_however_many_there_are() {
        let one = "From a@b.example Mon Nov 16 09:00:00 2020\nSubject: one\n\nhi\n\n";
        let places = letters_of_mbox(one.repeat(25_000).as_bytes());
        assert_eq!(places.len(), 25_000);
        assert!(
            places.iter().all(|place| place.len() < one.len()),
            "none has another in it"
        );
    }

    #[test]
    fn a_hundred_thousand_lines_are_looked_at_once() {
        for piece in [
            "From a 10:00 2026\n",
            "From a 10:00 2026\r",
            "From a\na:b\n",
            "\n",
            ">",
        ] {
            let file = |pieces| piece.repeat(pieces);
            // A search from each octet to the end is fast: it takes many to be seen.
            let size = if piece.len() == 1 { 20_000 } else { 2_000 };
            let what = format_args!("{piece:?}");
            assert_linear(what, size, file, |file| letters_of_mbox(file.as_bytes()));
        }
    }
}
