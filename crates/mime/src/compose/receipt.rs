//! The reader's word that a letter was read (RFC 8098). Nothing is said that the sender does not know: no names of
//! programs or computers, no text of the letter.
//!
//! Not here: whether it is given. That is the reader's to say.

use lettre::message::header::{HeaderName, HeaderValue, Headers as Fields};
use waxwing_model::{Address, Envelope, Timestamp};

use super::envelope::{envelope, new_message_id};
use super::{ComposeError, Composed};
use crate::{Headers, date, visible};

/// The receipt for a letter with these header fields, from `reader`. `None`: nobody asks for one.
pub fn receipt(
    original: &Headers,
    reader: &Address,
    moment: Timestamp,
    utc_offset_minutes: i16,
) -> Result<Option<Composed>, ComposeError> {
    let askers = original.receipt_to();
    if askers.is_empty() {
        return Ok(None);
    }
    let Envelope { from, to } = envelope(reader, askers.iter())?;
    let message_id = new_message_id(&from);
    let date = date::format(moment, utc_offset_minutes)
        .ok_or_else(|| ComposeError::Build("its date lies outside the calendar".to_owned()))?;
    let boundary = format!("receipt-{}", uuid::Uuid::new_v4().simple());
    let mut fields = Fields::new();
    let mut put = |name: &'static str, value: String| {
        fields.insert_raw(HeaderValue::new(HeaderName::new_from_ascii_str(name), value));
    };
    put("Date", date);
    put("Message-ID", format!("<{message_id}>"));
    put("From", format!("<{from}>"));
    put(
        "To",
        to.iter()
            .map(|asker| format!("<{asker}>"))
            .collect::<Vec<_>>()
            .join(", "),
    );
    put(
        "Subject",
        format!("Read: {}", visible::one_line(&original.subject)),
    );
    let about = original.message_id.as_deref().filter(|id| is_harmless(id));
    if let Some(id) = about {
        put("In-Reply-To", format!("<{id}>"));
        put("References", format!("<{id}>"));
    }
    put("MIME-Version", "1.0".to_owned());
    put(
        "Content-Type",
        format!("multipart/report; report-type=disposition-notification; boundary=\"{boundary}\""),
    );
    let named = about.map_or(String::new(), |id| format!("Original-Message-ID: <{id}>\r\n"));
    let raw = format!(
        "{fields}\r\n--{boundary}\r\n\
         Content-Type: text/plain; charset=us-ascii\r\n\r\n\
         Your letter was shown to its reader. That does not say that it was understood.\r\n\r\n\
         --{boundary}\r\n\
         Content-Type: message/disposition-notification\r\n\r\n\
         Final-Recipient: rfc822;{from}\r\n\
         {named}\
         Disposition: manual-action/MDN-sent-manually; displayed\r\n\r\n\
         --{boundary}--\r\n"
    );
    Ok(Some(Composed {
        raw: raw.into_bytes(),
        message_id,
        // Nobody answers a receipt (RFC 8098, section 3).
        envelope: Envelope {
            from: String::new(),
            to,
        },
    }))
}

/// Whether an identifier of somebody else's can stand in a field of ours.
fn is_harmless(id: &str) -> bool {
    id.len() < 900
        && id
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && byte != b'<' && byte != b'>')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse_headers;

    #[test]
    fn a_receipt_names_the_letter_and_nothing_that_its_sender_does_not_know() {
        let original = parse_headers(
            "From: amara@waxwing.test\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\nMessage-ID: <1@waxwing.test>\r\n\
             Disposition-Notification-To: Amara <amara@waxwing.test>\r\n\r\n"
                .as_bytes(),
        );
        let reader = Address::new("Lena", "lena@waxwing.test");
        let made = receipt(&original, &reader, 1_795_426_920_000, 60)
            .unwrap()
            .expect("it is asked for");
        assert_eq!(made.envelope.from, "", "nobody answers it");
        assert_eq!(made.envelope.to, ["amara@waxwing.test"]);
        let text = String::from_utf8(made.raw.clone()).expect("plain text");
        assert!(text.is_ascii(), "also its subject: {text}");
        assert!(!text.contains("Lena"), "the address alone: {text}");
        let read = crate::parse(&made.raw);
        assert_eq!(read.headers.subject, "Read: Grüße");
        let report = read.report.expect("it is a report");
        assert_eq!(report.about.as_deref(), Some("1@waxwing.test"));
        assert_eq!(report.lines.len(), 1);
        assert!(read.headers.receipt_to().is_empty(), "a receipt asks for none");
    }

    #[test]
    fn a_letter_that_asks_for_nothing_gets_nothing_and_a_trick_is_none() {
        let reader = Address::new("", "lena@waxwing.test");
        let plain = parse_headers(b"From: amara@waxwing.test\r\n\r\n");
        assert_eq!(receipt(&plain, &reader, 0, 0).unwrap(), None);
        let trick = parse_headers(
            b"Subject: a\r\nMessage-ID: <a\tb@c>\r\nDisposition-Notification-To: <amara@waxwing.test\r\n Bcc: x@y>\r\n\r\n",
        );
        if let Ok(Some(made)) = receipt(&trick, &reader, 0, 0) {
            let headers = parse_headers(&made.raw);
            assert_eq!(headers.bcc, [], "no field comes in by an address");
        }
    }
}
