//! A letter with a file for calendars beside its words (iMIP, RFC 6047). Not here: what stands in the file.

use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Body, MultiPart, SinglePart};

use super::build::{header, unbuilt};
use super::envelope::{envelope, new_message_id};
use super::{ComposeError, Composed, Outgoing};
use crate::{date, visible};

/// The letter's words and the file as alternatives, which is how calendars look for it.
pub(crate) fn compose_with_calendar(
    letter: &Outgoing,
    method: &str,
    file: &str,
) -> Result<Composed, ComposeError> {
    let envelope = envelope(&letter.from, letter.to.iter())?;
    let message_id = new_message_id(&envelope.from);
    let date = date::format(letter.date, letter.utc_offset_minutes)
        .ok_or_else(|| ComposeError::Build("its date lies outside the calendar".to_owned()))?;
    let kind =
        ContentType::parse(&format!("text/calendar; charset=utf-8; method={method}")).map_err(unbuilt)?;
    // Lines of a calendar file end in CR LF, and nothing on the way may change that.
    let file = Body::new_with_encoding(file.as_bytes().to_vec(), ContentTransferEncoding::Base64)
        .unwrap_or_else(Body::new);
    let mut message = header(letter, &message_id)?
        .multipart(
            MultiPart::alternative()
                .singlepart(SinglePart::plain(visible::many_lines(&letter.text)))
                .singlepart(SinglePart::builder().header(kind).body(file)),
        )
        .map_err(unbuilt)?;
    message
        .headers_mut()
        .insert_raw(HeaderValue::new(HeaderName::new_from_ascii_str("Date"), date));
    Ok(Composed {
        raw: message.formatted(),
        message_id,
        envelope,
    })
}
