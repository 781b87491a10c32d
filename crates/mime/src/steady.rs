//! What of a message stays the same however often and by whichever server it is handed out, so that it can be recognised
//! without a name: its header without the fields that servers keep their own notes in, and its text.
//!
//! What is not here: hashing it, and deciding whether two messages are the same.

use crate::fields;

/// Fields in which mail servers and mail programs note what became of a message. They come, change and go.
const NOTES: [&str; 14] = [
    "status",
    "x-status",
    "x-keywords",
    "x-uid",
    "x-uidl",
    "x-imap",
    "x-imapbase",
    "content-length",
    "lines",
    "x-mozilla-status",
    "x-mozilla-status2",
    "x-mozilla-keys",
    "x-gmail-labels",
    "x-gm-thrid",
];

/// The steady parts of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Steady<'a> {
    /// Its header fields in their order, each line ended by LF.
    pub header: Vec<u8>,
    /// Its text without the empty lines at its end, of which servers add and take away some.
    pub text: &'a [u8],
    /// Whether the header says which message it is: there is a Message-ID (RFC 5322, section 3.6.4), or a server has
    /// written when it came by.
    pub is_named: bool,
}

/// Takes a message apart, or its header alone.
pub fn steady(raw: &[u8]) -> Steady<'_> {
    let (end, start) = fields::header_end(raw, 0, |_| false);
    let (fields, _) = fields::split(raw.get(..end).unwrap_or_default());
    let mut header = Vec::with_capacity(end);
    let mut is_named = false;
    for field in fields {
        if NOTES.iter().any(|note| field.is(note)) {
            continue;
        }
        is_named |= field.is("message-id") || field.is("received");
        let lines = field.raw.trim_ascii_end();
        header.extend(lines.iter().filter(|byte| **byte != b'\r'));
        header.push(b'\n');
    }
    let text = raw.get(start..).unwrap_or_default();
    Steady {
        header,
        text: text.trim_ascii_end(),
        is_named,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_servers_note_in_a_header_and_how_they_end_lines_makes_no_difference() {
        let once =
            b"Received: by a\r\n\tfor b\r\nSubject: Keys\r\nMessage-ID: <1@a>\r\n\r\nUnder the stone.\r\n";
        let again = b"Status: RO\nReceived: by a\n\tfor b\nX-UIDL: 77\nSubject: Keys\nMessage-ID: <1@a>\nContent-Length: 3\n\nUnder the stone.\n\n\n";
        assert_eq!(steady(once), steady(again), "the same message");
        assert!(steady(once).is_named);
    }

    #[test]
    fn the_header_alone_is_the_header_of_the_whole() {
        let whole = b"Subject: Keys\r\nTo: b\r\n\r\nUnder the stone.\r\n";
        let header = b"Subject: Keys\r\nTo: b\r\n\r\n";
        assert_eq!(steady(whole).header, steady(header).header);
        assert!(!steady(whole).is_named, "nothing says which message it is");
        assert_ne!(steady(whole).text, steady(header).text);
    }

    #[test]
    fn what_differs_in_a_field_or_in_the_text_differs() {
        let one = steady(b"Subject: a\r\n\r\nx");
        assert_ne!(one, steady(b"Subject: b\r\n\r\nx"));
        assert_ne!(one, steady(b"Subject: a\r\n\r\ny"));
    }
}
