//! A letter that somebody else wrote, made fit for SMTP. Its text is not touched but for line ends.

use std::io::Write;

use time::OffsetDateTime;
use waxwing_model::{Address, Envelope};

use super::envelope::{envelope, new_message_id};
use super::line_ends::{self, LastLine};
use super::{ComposeError, Composed};
use crate::fields::{self, Field};
use crate::{address, date, headers};

/// A letter of somebody else's that is fit for sending but for the line ends of its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ready<'a> {
    header: Vec<u8>,
    text: &'a [u8],
    /// Without angle brackets.
    pub message_id: String,
    pub envelope: Envelope,
}

impl Ready<'_> {
    /// Every byte as it will be sent.
    pub fn write(&self, out: &mut dyn Write) -> std::io::Result<()> {
        out.write_all(&self.header)?;
        line_ends::copy(&mut &*self.text, out, LastLine::Ended)
    }
}

/// The same, in memory.
pub fn for_sending(raw: &[u8]) -> Result<Composed, ComposeError> {
    let ready = ready(raw)?;
    let mut raw = Vec::with_capacity(raw.len() + 200);
    ready
        .write(&mut raw)
        .map_err(|error| ComposeError::Build(error.to_string()))?;
    let Ready {
        message_id, envelope, ..
    } = ready;
    Ok(Composed {
        raw,
        message_id,
        envelope,
    })
}

/// Makes a ready .eml fit for sending: the envelope comes from its fields, Bcc goes, line ends become CRLF,
/// Message-ID and Date are added where they are missing.
pub fn ready(raw: &[u8]) -> Result<Ready<'_>, ComposeError> {
    let (end, body) = fields::header_end(raw, 0, |_| false);
    let (fields, too_long) = fields::split(raw.get(..end).unwrap_or_default());
    if too_long {
        return Err(ComposeError::Build("its header is too long".to_owned()));
    }
    let sender = first_address(&fields, "Sender").or_else(|| first_address(&fields, "From"));
    let sender = sender.ok_or(ComposeError::NoSender)?;
    let recipients: Vec<Address> = fields
        .iter()
        .filter(|field| is_recipient(field))
        .flat_map(listed)
        .collect();
    let envelope = envelope(&sender, recipients.iter())?;

    let mut out = Vec::with_capacity(end + 200);
    let message_id = match fields::first(&fields, "Message-ID").map(|value| headers::ids(&value)) {
        Some(ids) if !ids.is_empty() => ids.into_iter().next().unwrap_or_default(),
        _ => {
            let id = new_message_id(&envelope.from);
            out.extend_from_slice(format!("Message-ID: <{id}>\r\n").as_bytes());
            id
        }
    };
    let has_date = fields::first(&fields, "Date").is_some_and(|value| date::parse(&value).is_some());
    if let (false, Some(now)) = (
        has_date,
        date::format(OffsetDateTime::now_utc().unix_timestamp() * 1000, 0),
    ) {
        out.extend_from_slice(format!("Date: {now}\r\n").as_bytes());
    }
    for field in fields.iter().filter(|field| stays(field, has_date, &message_id)) {
        write_field(field.raw, &mut out);
    }
    out.extend_from_slice(b"\r\n");
    Ok(Ready {
        header: out,
        text: raw.get(body..).unwrap_or_default(),
        message_id,
        envelope,
    })
}

fn is_recipient(field: &Field<'_>) -> bool {
    ["To", "Cc", "Bcc"].iter().any(|name| field.is(name))
}

fn listed(field: &Field<'_>) -> Vec<Address> {
    address::list(&field.unfolded())
}

fn first_address(fields: &[Field<'_>], name: &str) -> Option<Address> {
    fields
        .iter()
        .find(|field| field.is(name))
        .and_then(|field| listed(field).into_iter().next())
}

/// Bcc never leaves; a date and an identifier that cannot be read make room for ours.
fn stays(field: &Field<'_>, has_date: bool, message_id: &str) -> bool {
    let is_hidden = field.is("Bcc") || field.is("Resent-Bcc");
    let is_bad_date = field.is("Date") && !has_date;
    let is_bad_id = field.is("Message-ID")
        && headers::ids(&field.unfolded()).first().map(String::as_str) != Some(message_id);
    !is_hidden && !is_bad_date && !is_bad_id
}

/// A field with its folds. A CR alone is no line end here: it would let another field in.
fn write_field(raw: &[u8], out: &mut Vec<u8>) {
    for line in raw.split_inclusive(|&byte| byte == b'\n') {
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        out.extend(
            line.iter()
                .filter(|&&byte| byte != 0)
                .map(|&byte| if byte == b'\r' { b' ' } else { byte }),
        );
        out.extend_from_slice(b"\r\n");
    }
}
