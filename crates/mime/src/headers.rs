//! The header of a letter, read (RFC 5322, section 3.6).

use std::borrow::Cow;
use std::collections::HashSet;

use waxwing_model::{Address, Timestamp};

use crate::content::Content;
use crate::fields::{self, Field};
use crate::{address, charset, date, visible, words};

/// Identifiers of one field that are read: the first one and the last ones, for the middle of a long
/// conversation adds nothing to either end.
const ID_LIMIT: usize = 200;

/// The fields that everyone needs, and all of them as text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Headers {
    /// Without angle brackets.
    pub message_id: Option<String>,
    pub in_reply_to: Vec<String>,
    pub references: Vec<String>,
    pub subject: String,
    pub from: Vec<Address>,
    pub sender: Option<Address>,
    pub to: Vec<Address>,
    pub cc: Vec<Address>,
    pub bcc: Vec<Address>,
    pub reply_to: Vec<Address>,
    pub date: Option<Timestamp>,
    /// Type and subtype of the top level, in lower case.
    pub content_type: Option<String>,
    /// Every field in its order, decoded, without control and bidi characters.
    pub fields: Vec<(String, String)>,
}

impl Headers {
    /// The first field of that name, whatever its case.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// Who sent it, where that is none of those who wrote it (RFC 5322, section 3.6.2): a secretary, a program that others write with,
    /// or the list that it came by. The same person under another name is nobody else.
    pub fn sent_by(&self) -> Option<&Address> {
        let sender = self.sender.as_ref()?;
        let is_author = |from: &Address| from.email.eq_ignore_ascii_case(&sender.email);
        (!self.from.iter().any(is_author)).then_some(sender)
    }

    /// Who asks to hear that the letter was read (RFC 8098, section 2.1). Reports ask for nothing.
    pub fn receipt_to(&self) -> Vec<Address> {
        match self.field("Disposition-Notification-To") {
            Some(list) if self.content_type.as_deref() != Some("multipart/report") => address::list(list)
                .into_iter()
                .filter(|asker| asker.email.contains('@'))
                .collect(),
            _ => Vec::new(),
        }
    }
}

/// Reads a header block alone (IMAP's `BODY[HEADER.FIELDS …]`).
pub fn parse_headers(raw_header: &[u8]) -> Headers {
    let header = fields::header_of(raw_header);
    read(&fields::split(&in_own_set(&header)).0)
}

/// The same without [`Headers::fields`], which only a reader of the letter asks for.
pub fn parse_envelope(raw_header: &[u8]) -> Headers {
    let header = fields::header_of(raw_header);
    envelope(&fields::split(&in_own_set(&header)).0)
}

/// A header whose eight-bit fields are in the character set that it names for the body.
fn in_own_set(header: &[u8]) -> Cow<'_, [u8]> {
    if header.is_ascii() {
        return Cow::Borrowed(header);
    }
    let set = Content::read(&fields::split(header).0).charset();
    charset::header_in(header, set.as_deref())
}

/// As [`Headers::sent_by`], of a header block. Most have nobody but their From, and are read no further.
pub(crate) fn sent_by(header: &[u8]) -> Option<Address> {
    let header = in_own_set(header);
    let (fields, _) = fields::split(&header);
    let has_sender = fields.iter().any(|field| field.is("Sender"));
    has_sender.then(|| envelope(&fields))?.sent_by().cloned()
}

/// The identifiers that tie a letter to its conversation: its own, its references, what it answers; each once.
pub fn thread_ids(headers: &Headers) -> Vec<String> {
    let mut seen = HashSet::new();
    let all = headers
        .message_id
        .iter()
        .chain(&headers.references)
        .chain(&headers.in_reply_to);
    all.filter(|id| seen.insert(id.as_str())).cloned().collect()
}

pub(crate) fn read(fields: &[Field<'_>]) -> Headers {
    Headers {
        fields: fields.iter().map(decoded).collect(),
        ..envelope(fields)
    }
}

fn envelope(fields: &[Field<'_>]) -> Headers {
    let text = |name: &str| fields::first(fields, name);
    let first_ids = |name: &str| text(name).map(|value| ids(&value)).unwrap_or_default();
    Headers {
        message_id: first_ids("Message-ID").into_iter().next(),
        in_reply_to: first_ids("In-Reply-To"),
        references: first_ids("References"),
        subject: text("Subject").map(|value| shown(&value)).unwrap_or_default(),
        // A second From is what forgers add: one reader sees this, the next one that. The first counts.
        from: text("From")
            .map(|value| address::list(&value))
            .unwrap_or_default(),
        sender: text("Sender").and_then(|value| address::list(&value).into_iter().next()),
        to: addresses(fields, "To"),
        cc: addresses(fields, "Cc"),
        bcc: addresses(fields, "Bcc"),
        reply_to: addresses(fields, "Reply-To"),
        date: text("Date")
            .and_then(|value| date::parse(&value))
            .map(|(timestamp, _)| timestamp),
        content_type: Content::read(fields).given_media_type().map(str::to_owned),
        fields: Vec::new(),
    }
}

/// Message identifiers in their angle brackets (RFC 5322, section 3.6.4), and without them where a sender forgot.
pub(crate) fn ids(value: &str) -> Vec<String> {
    let bracketed = value
        .split('<')
        .skip(1)
        .filter_map(|piece| piece.split_once('>').map(|(id, _)| id));
    let mut ids: Vec<String> = bracketed.filter_map(id).collect();
    if ids.is_empty() {
        ids = value
            .split_whitespace()
            .filter(|word| word.contains('@'))
            .filter_map(id)
            .collect();
    }
    if ids.len() > ID_LIMIT {
        ids.drain(1..=ids.len() - ID_LIMIT);
    }
    ids
}

fn id(text: &str) -> Option<String> {
    let is_plain = |byte: u8| byte.is_ascii_graphic() && byte != b'<' && byte != b'>';
    if (1..=998).contains(&text.len()) && text.bytes().all(is_plain) {
        return Some(text.to_owned());
    }
    let id: String = visible::one_line(text)
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '<' && *c != '>')
        .collect();
    (!id.is_empty() && id.len() <= 998).then_some(id)
}

fn addresses(fields: &[Field<'_>], name: &str) -> Vec<Address> {
    fields
        .iter()
        .filter(|field| field.is(name))
        .flat_map(|field| address::list(&field.unfolded()))
        .collect()
}

fn decoded(field: &Field<'_>) -> (String, String) {
    (
        String::from_utf8_lossy(field.name).into_owned(),
        shown(&field.unfolded()),
    )
}

fn shown(value: &str) -> String {
    visible::one_line(&words::decode(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_sent_a_letter_is_told_where_that_is_none_of_those_who_wrote_it() {
        let sent_by = |header: &str| {
            let found = sent_by(&fields::header_of(header.as_bytes()));
            assert_eq!(
                found.as_ref(),
                parse_headers(header.as_bytes()).sent_by(),
                "{header}"
            );
            found.map(|sender| sender.email)
        };
        let office = Some("office@harbour.example".to_owned());
        for (header, expected) in [
            (
                "From: jonas@a.example\r\nSender: Office <office@harbour.example>\r\n\r\n",
                office.clone(),
            ),
            (
                "From: a@a.example, b@b.example\r\nSender: B@b.example\r\n\r\n",
                None,
            ),
            (
                "From: jonas@a.example\r\n\r\nSender: office@harbour.example",
                None,
            ),
            ("Sender: office@harbour.example\r\n\r\n", office),
        ] {
            assert_eq!(sent_by(header), expected, "{header}");
        }
    }

    #[test]
    fn no_carriage_return_alone_makes_a_field_where_lines_end_otherwise() {
        for end in ["\r\n", "\n"] {
            let raw =
                format!("Subject: hi\rFrom: boss@bank.example\r\r x{end}From: thief@evil.example{end}{end}");
            let from = parse_envelope(raw.as_bytes()).from;
            assert_eq!(from.len(), 1, "{raw:?}");
            assert_eq!(from[0].email, "thief@evil.example", "{raw:?}");
        }
    }

    #[test]
    fn a_header_is_read_field_by_field() {
        let headers = parse_headers(
            "From: =?utf-8?q?Mika_Per=C3=A4l=C3=A4?= <mika@saaristo.example>\r\n\
             To: Lena <lena@a.example>, amara@b.example\r\nTo: jonas@c.example\r\n\
             Subject: =?utf-8?q?Dinner_on_?=\r\n =?utf-8?q?Friday=3F?=\r\n\
             Date: Mon, 23 Nov 2026 10:42:00 +0100\r\nMessage-ID: <a@b>\r\n\
             References: <x@y>\r\n <a@b> <z@y>\r\nIn-Reply-To: message of Monday <z@y>\r\n\
             Content-Type: Text/HTML; charset=utf-8\r\n\r\n"
                .as_bytes(),
        );
        assert_eq!(
            headers.from,
            [Address::new("Mika Perälä", "mika@saaristo.example")],
            "decoded name"
        );
        assert_eq!(headers.to.len(), 3, "a field that comes twice counts twice");
        assert_eq!(
            headers.subject, "Dinner on Friday?",
            "words over two lines are joined"
        );
        assert_eq!(
            headers.date,
            Some(1_795_426_920_000),
            "the time zone is taken off"
        );
        assert_eq!(headers.content_type.as_deref(), Some("text/html"), "lower case");
        assert_eq!(headers.in_reply_to, ["z@y"], "words around an identifier go");
        assert_eq!(
            thread_ids(&headers),
            ["a@b", "x@y", "z@y"],
            "each once, its own first"
        );
        assert_eq!(
            headers.field("subject"),
            Some("Dinner on Friday?"),
            "names have no case"
        );
    }

    #[test]
    fn eight_bit_headers_are_read_as_utf_8_or_as_latin() {
        assert_eq!(
            parse_headers("Subject: Grüße\n\n".as_bytes()).subject,
            "Grüße",
            "RFC 6532"
        );
        assert_eq!(
            parse_headers(b"Subject: Gr\xfc\xdfe\n\n").subject,
            "Grüße",
            "an old sender"
        );
        assert_eq!(
            parse_headers(b"Subject: \xf0\xd2\xc9\xd7\xc5\xd4\nContent-Type: text/plain; charset=koi8-r\n\n")
                .subject,
            "Привет",
            "the body says in what"
        );
        assert_eq!(parse_headers(b"Subject: \x1b$BEtBf\x1b(B\n\n").subject, "灯台");
    }

    #[test]
    fn identifiers_are_found_without_their_brackets_too() {
        assert_eq!(ids("a@b c@d"), ["a@b", "c@d"], "no brackets at all");
        assert_eq!(
            ids("<a @b> <> <c@d"),
            ["a@b"],
            "spaces go, empty and open ones are none"
        );
    }

    #[test]
    fn of_a_thousand_references_the_first_and_the_last_are_kept() {
        let value: String = (0..1000).map(|n| format!("<{n}@a> ")).collect();
        let ids = ids(&value);
        assert_eq!(
            (ids.len(), ids[0].as_str(), ids[199].as_str()),
            (ID_LIMIT, "0@a", "999@a"),
            "both ends"
        );
    }
}
