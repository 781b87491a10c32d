//! A letter put together from its parts (RFC 5322, RFC 2046).

use std::io::Read;

use lettre::Message;
use lettre::message::header::{
    Bcc, Cc, ContentDisposition, ContentId, ContentTransferEncoding, ContentType, From, HeaderName,
    HeaderValue, ReplyTo, To,
};
use lettre::message::{Body, Mailbox, Mailboxes, MessageBuilder, MultiPart, SinglePart};
use waxwing_model::{Address, Envelope};

use super::envelope::{envelope, new_message_id};
use super::large::{Coding, Framed, Mark};
use super::{AttachedData, ComposeError, Composed, Outgoing, OutgoingAttachment};
use crate::address::check;
use crate::{date, file_name, visible};

/// The same as it stands among the drafts, while it is written: whom it is for may be missing or unfinished, and is left out
/// as far as it is no address; Bcc stands in it, or nobody would know of it later. It is not for sending. Gives its
/// Message-ID too.
pub fn compose_draft(letter: &Outgoing) -> Result<(Vec<u8>, String), ComposeError> {
    let framed = compose_draft_around(letter)?;
    Ok((whole(&framed, letter)?, framed.message_id))
}

/// The same without the large files, as [`compose_around`]. Its envelope names nobody.
pub fn compose_draft_around(letter: &Outgoing) -> Result<Framed, ComposeError> {
    let finished = |addresses: &[Address]| -> Vec<Address> {
        let finished = addresses.iter().filter(|address| check(&address.email).is_ok());
        finished.cloned().collect()
    };
    let letter = Outgoing {
        to: finished(&letter.to),
        cc: finished(&letter.cc),
        bcc: finished(&letter.bcc),
        reply_to: finished(&letter.reply_to),
        ..letter.clone()
    };
    let nobody = Envelope {
        from: letter.from.email.clone(),
        to: Vec::new(),
    };
    let message_id = new_message_id(&nobody.from);
    frame(&letter, message_id, nobody, Blind::Named)
}

/// Whether those in Bcc are named in the letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Blind {
    Named,
    Hidden,
}

/// Puts a letter together: text and HTML as alternatives, the pictures of the HTML beside them, attachments
/// around all. Date and Message-ID are ours; Bcc stands in the envelope alone.
pub fn compose(letter: &Outgoing) -> Result<Composed, ComposeError> {
    let framed = compose_around(letter)?;
    let raw = whole(&framed, letter)?;
    let Framed {
        message_id, envelope, ..
    } = framed;
    Ok(Composed {
        raw,
        message_id,
        envelope,
    })
}

/// The same without the large files, which are read into their places when the letter is written.
pub fn compose_around(letter: &Outgoing) -> Result<Framed, ComposeError> {
    let envelope = envelope(
        &letter.from,
        letter.to.iter().chain(&letter.cc).chain(&letter.bcc),
    )?;
    let message_id = new_message_id(&envelope.from);
    frame(letter, message_id, envelope, Blind::Hidden)
}

/// A letter with the files that are at hand in their places.
fn whole(framed: &Framed, letter: &Outgoing) -> Result<Vec<u8>, ComposeError> {
    let mut raw = Vec::new();
    let data = |number: usize| -> Option<Box<dyn Read + '_>> {
        match &letter.attachments.get(number)?.data {
            AttachedData::Here(data) => Some(Box::new(data.as_slice())),
            AttachedData::Apart { .. } => None,
        }
    };
    framed.write(&mut raw, &data).map_err(unbuilt)?;
    Ok(raw)
}

fn frame(
    letter: &Outgoing,
    message_id: String,
    envelope: Envelope,
    blind: Blind,
) -> Result<Framed, ComposeError> {
    let marks: Vec<Option<Mark>> = letter
        .attachments
        .iter()
        .map(|attachment| Mark::of(attachment, is_letter(attachment)))
        .collect();
    let date = date::format(letter.date, letter.utc_offset_minutes)
        .ok_or_else(|| ComposeError::Build("its date lies outside the calendar".to_owned()))?;
    let mut message = content(header(letter, &message_id)?, letter, &marks)?;
    // Lettre writes dates at Greenwich only, and takes what it cannot read for missing: so ours goes in last.
    message
        .headers_mut()
        .insert_raw(HeaderValue::new(HeaderName::new_from_ascii_str("Date"), date));
    message.headers_mut().remove::<Bcc>();
    if blind == Blind::Named && !letter.bcc.is_empty() {
        message.headers_mut().set(Bcc::from(mailboxes(&letter.bcc)?));
    }
    if letter.asks_for_receipt {
        message.headers_mut().insert_raw(HeaderValue::new(
            HeaderName::new_from_ascii_str("Disposition-Notification-To"),
            format!("<{}>", check(&letter.from.email)?),
        ));
    }
    Ok(Framed::new(&message.formatted(), &marks, message_id, envelope))
}

pub(super) fn header(letter: &Outgoing, message_id: &str) -> Result<MessageBuilder, ComposeError> {
    let mut builder = Message::builder()
        .header(From::from(mailboxes(std::slice::from_ref(&letter.from))?))
        .subject(visible::one_line(&letter.subject))
        .message_id(Some(format!("<{message_id}>")))
        .envelope(placeholder_envelope(letter)?);
    if !letter.to.is_empty() {
        builder = builder.header(To::from(mailboxes(&letter.to)?));
    }
    if !letter.cc.is_empty() {
        builder = builder.header(Cc::from(mailboxes(&letter.cc)?));
    }
    if !letter.reply_to.is_empty() {
        builder = builder.header(ReplyTo::from(mailboxes(&letter.reply_to)?));
    }
    if let Some(ids) = id_list(&letter.in_reply_to) {
        builder = builder.in_reply_to(ids);
    }
    if let Some(ids) = id_list(&letter.references) {
        builder = builder.references(ids);
    }
    Ok(builder)
}

/// Lettre wants an envelope before it builds, and would refuse a letter that has only Bcc. Ours is another one.
fn placeholder_envelope(letter: &Outgoing) -> Result<lettre::address::Envelope, ComposeError> {
    let sender = check(&letter.from.email)?;
    lettre::address::Envelope::new(Some(sender.clone()), vec![sender]).map_err(unbuilt)
}

fn mailboxes(addresses: &[Address]) -> Result<Mailboxes, ComposeError> {
    let mut mailboxes = Mailboxes::new();
    for address in addresses {
        let name = address
            .name
            .as_deref()
            .map(visible::one_line)
            .filter(|name| !name.is_empty());
        mailboxes.push(Mailbox::new(name, check(&address.email)?));
    }
    Ok(mailboxes)
}

/// Identifiers in their brackets; what could not stand there is left out.
fn id_list(ids: &[String]) -> Option<String> {
    let is_id = |id: &&String| {
        !id.is_empty() && id.len() < 900 && id.bytes().all(|b| b.is_ascii_graphic() && b != b'<' && b != b'>')
    };
    let list: Vec<String> = ids.iter().filter(is_id).map(|id| format!("<{id}>")).collect();
    (!list.is_empty()).then(|| list.join(" "))
}

/// A body that may be one part or several.
enum Piece {
    Single(SinglePart),
    Multi(MultiPart),
}

impl Piece {
    fn first_of(self, multipart: MultiPart) -> MultiPart {
        match self {
            Self::Single(part) => multipart.singlepart(part),
            Self::Multi(part) => multipart.multipart(part),
        }
    }
}

fn content(
    builder: MessageBuilder,
    letter: &Outgoing,
    marks: &[Option<Mark>],
) -> Result<Message, ComposeError> {
    let shown = |(attachment, _): &(&OutgoingAttachment, Option<&Mark>)| {
        letter.html.is_some() && attachment.content_id.is_some()
    };
    let attachments = letter.attachments.iter().zip(marks.iter().map(Option::as_ref));
    let text = visible::many_lines(&letter.text);
    let mut piece = match &letter.html {
        None => Piece::Single(SinglePart::plain(text)),
        Some(html) => Piece::Multi(MultiPart::alternative_plain_html(text, visible::many_lines(html))),
    };
    let (inline, apart): (Vec<_>, Vec<_>) = attachments.partition(shown);
    if !inline.is_empty() {
        let related = piece.first_of(MultiPart::related().build());
        piece = Piece::Multi(inline.into_iter().fold(related, |parts, (file, mark)| {
            parts.singlepart(attached(file, mark, true))
        }));
    }
    if !apart.is_empty() {
        let mixed = piece.first_of(MultiPart::mixed().build());
        piece = Piece::Multi(apart.into_iter().fold(mixed, |parts, (file, mark)| {
            parts.singlepart(attached(file, mark, false))
        }));
    }
    match piece {
        Piece::Single(part) => builder.singlepart(part),
        Piece::Multi(part) => builder.multipart(part),
    }
    .map_err(unbuilt)
}

fn is_letter(attachment: &OutgoingAttachment) -> bool {
    visible::one_line(&attachment.media_type).starts_with("message/")
}

fn attached(attachment: &OutgoingAttachment, mark: Option<&Mark>, inline: bool) -> SinglePart {
    let given = visible::one_line(&attachment.media_type);
    let name = file_name::safe(&attachment.name).unwrap_or_else(|| file_name::invented(&given, "1"));
    let (media_type, body) = match (mark, &attachment.data) {
        (Some(mark), _) if is_letter(attachment) && mark.coding() == Coding::Base64 => {
            (parsed_type("application/octet-stream"), mark.body())
        }
        (Some(mark), _) => (parsed_type(&given), mark.body()),
        (None, AttachedData::Here(data)) => encoded(&given, data),
        // What is apart has a mark.
        (None, AttachedData::Apart { .. }) => encoded(&given, &[]),
    };
    let mut part = SinglePart::builder().header(media_type);
    if let (true, Some(id)) = (inline, &attachment.content_id) {
        let id: String = id
            .chars()
            .filter(|c| c.is_ascii_graphic() && *c != '<' && *c != '>')
            .collect();
        part = part
            .header(ContentId::from(format!("<{id}>")))
            .header(ContentDisposition::inline_with_name(&name));
    } else {
        part = part.header(ContentDisposition::attachment(&name));
    }
    part.body(body)
}

/// Every attachment travels as base64, so that not one byte changes on the way; left to choose, lettre sends
/// short texts as they are, bare line feeds included. An attached letter may not be encoded (RFC 2046, section
/// 5.2.1): one that is not plain ASCII goes as a mere file.
fn encoded(media_type: &str, data: &[u8]) -> (ContentType, Body) {
    let is_letter = media_type.starts_with("message/");
    let is_plain =
        data.is_ascii() && !data.contains(&0) && data.split(|&b| b == b'\n').all(|line| line.len() < 990);
    if is_letter && is_plain {
        let text = String::from_utf8_lossy(data).into_owned();
        if let Ok(body) = Body::new_with_encoding(text, ContentTransferEncoding::SevenBit) {
            return (parsed_type(media_type), body);
        }
    }
    let media_type = if is_letter {
        parsed_type("application/octet-stream")
    } else {
        parsed_type(media_type)
    };
    let body = Body::new_with_encoding(data.to_vec(), ContentTransferEncoding::Base64);
    (media_type, body.unwrap_or_else(Body::new))
}

fn parsed_type(media_type: &str) -> ContentType {
    let given = media_type
        .is_ascii()
        .then(|| ContentType::parse(media_type).ok())
        .flatten();
    given
        .or_else(|| ContentType::parse("application/octet-stream").ok())
        .unwrap_or(ContentType::TEXT_PLAIN)
}

pub(super) fn unbuilt(error: impl std::fmt::Display) -> ComposeError {
    ComposeError::Build(error.to_string())
}
