//! Letters that stand in one file behind each other (mbox, RFC 4155), as they come in archives and attachments.
//!
//! A letter begins with a line "From " after an empty line. In a letter's text such a line has a ">" before it, which is
//! taken away again. Not here: reading the letters.

use std::ops::Range;

use memchr::memmem;

/// Letters of one file that are kept apart. More are kept as one piece with the last.
const LETTER_LIMIT: usize = 10_000;

/// Whether these bytes begin like such a file.
pub fn is_mbox(bytes: &[u8]) -> bool {
    bytes.starts_with(b"From ")
}

/// Where each letter stands, without the line before it.
pub fn letters_of_mbox(bytes: &[u8]) -> Vec<Range<usize>> {
    if !is_mbox(bytes) {
        return Vec::new();
    }
    let mut starts = vec![0];
    for found in memmem::find_iter(bytes, b"\nFrom ") {
        let before = bytes.get(..found).unwrap_or_default();
        let before = before.strip_suffix(b"\r").unwrap_or(before);
        if before.ends_with(b"\n") && starts.len() < LETTER_LIMIT {
            starts.push(found + 1);
        }
    }
    let ends = starts.iter().skip(1).copied().chain([bytes.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|(&start, end)| {
            let line = bytes.get(start..end).unwrap_or_default();
            let first = memchr::memchr(b'\n', line).map_or(line.len(), |at| at + 1);
            start + first..end
        })
        .collect()
}

/// One letter as it was before it was put into the file.
pub fn letter_of_mbox(bytes: &[u8], number: usize) -> Option<Vec<u8>> {
    let range = letters_of_mbox(bytes).get(number)?.clone();
    let stored = bytes.get(range)?;
    let mut letter = Vec::with_capacity(stored.len());
    for line in stored.split_inclusive(|byte| *byte == b'\n') {
        let quoted = line.iter().take_while(|byte| **byte == b'>').count();
        let is_protected = quoted > 0 && line.get(quoted..).is_some_and(|rest| rest.starts_with(b"From "));
        letter.extend(line.get(usize::from(is_protected)..).unwrap_or_default());
    }
    Some(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &[u8] =
        b"From lena@waxwing.test Mon Nov 23 10:00:00 2026\nSubject: one\n\n>From here on\nFrom nobody\n\n\
        From jonas@waxwing.test Mon Nov 23 11:00:00 2026\r\nSubject: two\r\n\r\n>>From twice\r\n";

    #[test]
    fn letters_begin_at_a_from_line_after_an_empty_line() {
        assert_eq!(
            letters_of_mbox(FILE).len(),
            2,
            "a From in the middle of a text begins none"
        );
        let one = letter_of_mbox(FILE, 0).unwrap_or_default();
        assert_eq!(
            String::from_utf8_lossy(&one),
            "Subject: one\n\nFrom here on\nFrom nobody\n\n",
            "and what was protected is as it was"
        );
        let two = letter_of_mbox(FILE, 1).unwrap_or_default();
        assert_eq!(
            String::from_utf8_lossy(&two),
            "Subject: two\r\n\r\n>From twice\r\n"
        );
        assert_eq!(letter_of_mbox(FILE, 2), None);
    }

    #[test]
    fn what_is_no_such_file_has_no_letters() {
        for bytes in [&b""[..], b"Subject: one\n\nFrom x", b"From"] {
            assert_eq!(letters_of_mbox(bytes), [], "{bytes:?}");
        }
        assert_eq!(
            letters_of_mbox(b"From x").first(),
            Some(&(6..6)),
            "an empty letter is one"
        );
    }
}
