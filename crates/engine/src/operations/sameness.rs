//! Whether what a server gives back is the letter that it was given.
//!
//! Most give back every byte. Some change line ends, some add fields above, and a few keep only what a letter means and
//! write it anew (Exchange). The original is deleted only when nothing of the letter can have been lost.

use std::collections::HashMap;

/// How alike they are; all but the last will do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sameness {
    /// Byte for byte.
    Exact,
    /// But for line ends, and empty lines at the end.
    LineEnds,
    /// The same text, and every field of ours among the fields.
    FieldsAdded,
    /// The same Message-ID, people, subject, date and words, and attachments of the same sizes, in another wrapping.
    Rewritten,
    Different,
}

pub(crate) fn compare(ours: &[u8], theirs: &[u8]) -> Sameness {
    if ours == theirs {
        return Sameness::Exact;
    }
    let (ours_plain, theirs_plain) = (plain(ours), plain(theirs));
    if ours_plain == theirs_plain {
        return Sameness::LineEnds;
    }
    let (our_header, our_text) = halves(&ours_plain);
    let (their_header, their_text) = halves(&theirs_plain);
    if our_text == their_text && holds_all(their_header, our_header) {
        return Sameness::FieldsAdded;
    }
    if means_the_same(ours, theirs) {
        return Sameness::Rewritten;
    }
    Sameness::Different
}

/// With LF alone, and without empty lines at the end.
fn plain(raw: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(raw.len());
    let mut rest = raw.iter().copied().peekable();
    while let Some(byte) = rest.next() {
        if byte == b'\r' {
            let _ = rest.next_if_eq(&b'\n');
            plain.push(b'\n');
        } else {
            plain.push(byte);
        }
    }
    while plain.last() == Some(&b'\n') {
        plain.pop();
    }
    plain
}

/// The header and what stands behind the first empty line.
fn halves(plain: &[u8]) -> (&[u8], &[u8]) {
    match plain.windows(2).position(|two| two == b"\n\n") {
        Some(at) => plain.split_at(at),
        None => (plain, &[]),
    }
}

/// Whether every field of one header stands in another, as often as there.
fn holds_all(header: &[u8], wanted: &[u8]) -> bool {
    let mut there: HashMap<Vec<u8>, usize> = HashMap::new();
    for field in fields(header) {
        *there.entry(field).or_default() += 1;
    }
    fields(wanted)
        .into_iter()
        .all(|field| match there.get_mut(&field) {
            Some(left) if *left > 0 => {
                *left -= 1;
                true
            }
            _ => false,
        })
}

/// Fields as one line each: a server may fold them in other places.
fn fields(header: &[u8]) -> Vec<Vec<u8>> {
    let mut fields: Vec<Vec<u8>> = Vec::new();
    for line in header.split(|byte| *byte == b'\n') {
        let words = || {
            line.split(|byte| matches!(byte, b' ' | b'\t'))
                .filter(|word| !word.is_empty())
        };
        match fields.last_mut() {
            Some(field) if line.starts_with(b" ") || line.starts_with(b"\t") => {
                for word in words() {
                    field.push(b' ');
                    field.extend_from_slice(word);
                }
            }
            _ => fields.push(words().collect::<Vec<_>>().join(&b' ')),
        }
    }
    fields
}

fn means_the_same(ours: &[u8], theirs: &[u8]) -> bool {
    let (ours, theirs) = (waxwing_mime::parse(ours), waxwing_mime::parse(theirs));
    let (above, there) = (&ours.headers, &theirs.headers);
    let headed_alike = above.message_id.is_some()
        && above.message_id == there.message_id
        && above.subject == there.subject
        && above.from == there.from
        && above.to == there.to
        && above.cc == there.cc
        && above.date == there.date;
    if !headed_alike {
        return false;
    }
    let words = |text: &Option<String>| -> Vec<String> {
        text.as_deref()
            .unwrap_or_default()
            .split_whitespace()
            .map(str::to_owned)
            .collect()
    };
    let sizes = |letter: &waxwing_mime::Letter| -> Vec<u32> {
        letter
            .attachments
            .iter()
            .map(|attachment| attachment.size)
            .collect()
    };
    words(&ours.text) == words(&theirs.text)
        && sizes(&ours) == sizes(&theirs)
        // Where neither words nor attachments can be read, nothing was compared.
        && !(words(&ours.text).is_empty() && ours.attachments.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LETTER: &str = "Message-ID: <a@waxwing.test>\r\nSubject: a long\r\n subject\r\nReceived: x\r\nReceived: x\r\n\
        \r\nHello, Amara.\r\n\r\nLena\r\n";

    fn with(theirs: &str) -> Sameness {
        compare(LETTER.as_bytes(), theirs.as_bytes())
    }

    #[test]
    fn what_servers_do_to_a_letter_is_told_apart() {
        assert_eq!(with(LETTER), Sameness::Exact);
        assert_eq!(with(&LETTER.replace("\r\n", "\n")), Sameness::LineEnds);
        assert_eq!(with(&format!("{LETTER}\r\n")), Sameness::LineEnds);
        assert_eq!(
            with(&format!(
                "X-Server: yes\r\n{}",
                LETTER.replace("long\r\n subject", "long subject")
            )),
            Sameness::FieldsAdded,
            "a field on top, another folded otherwise"
        );
        let rewritten = "Message-ID: <a@waxwing.test>\r\nSubject: a long subject\r\nMIME-Version: 1.0\r\n\
            Content-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nHello, =41mara.\r\nLena\r\n";
        assert_eq!(with(rewritten), Sameness::Rewritten);
    }

    #[test]
    fn what_has_lost_something_is_different() {
        for theirs in [
            "",
            "Message-ID: <a@waxwing.test>\r\n\r\n",
            "Message-ID: <a@waxwing.test>\r\nSubject: a long subject\r\n\r\nHello, Amara.\r\n",
            &LETTER.replace("<a@", "<b@").replace("Lena", "Lena."),
        ] {
            assert_eq!(with(theirs), Sameness::Different, "{theirs:?}");
        }
        assert_eq!(
            with(
                &LETTER
                    .replace("Subject: a", "Subject: another")
                    .replace("Lena", "Lena.")
            ),
            Sameness::Different
        );
    }

    #[test]
    fn a_letter_of_which_nothing_can_be_read_has_to_come_back_as_it_was() {
        let ours = b"Message-ID: <a@waxwing.test>\r\nContent-Type: application/x\r\n\r\n";
        let theirs = b"Message-ID: <a@waxwing.test>\r\nSubject: other\r\n\r\n";
        assert_eq!(compare(ours, theirs), Sameness::Different);
    }
}
