//! `parse`, `render` and `sanitize`: looking at a message on standard input.

use std::io::Read;

use serde::Serialize;
use waxwing_engine::letters::inspect;
use waxwing_model::Address;

use crate::failure::Failure;
use crate::output::Output;

#[derive(Serialize)]
struct Parsed {
    message_id: Option<String>,
    in_reply_to: Vec<String>,
    references: Vec<String>,
    subject: String,
    from: Vec<Address>,
    to: Vec<Address>,
    cc: Vec<Address>,
    bcc: Vec<Address>,
    reply_to: Vec<Address>,
    /// Milliseconds since 1970.
    date: Option<i64>,
    headers: Vec<Header>,
    text: Option<String>,
    html: Option<String>,
    preview: String,
    attachments: Vec<ParsedAttachment>,
    oddities: Vec<String>,
}

#[derive(Serialize)]
struct Header {
    name: String,
    value: String,
}

#[derive(Serialize)]
struct ParsedAttachment {
    part: String,
    name: String,
    #[serde(rename = "type")]
    media_type: String,
    size: u32,
    inline: bool,
    content_id: Option<String>,
}

pub fn parse(output: &Output) -> Result<(), Failure> {
    let message = inspect::inspect(&read()?);
    output.json_line(&Parsed {
        message_id: message.message_id,
        in_reply_to: message.in_reply_to,
        references: message.references,
        subject: message.subject,
        from: message.from,
        to: message.to,
        cc: message.cc,
        bcc: message.bcc,
        reply_to: message.reply_to,
        date: message.date,
        headers: message
            .fields
            .into_iter()
            .map(|(name, value)| Header { name, value })
            .collect(),
        text: message.text,
        html: message.html,
        preview: message.preview,
        attachments: message
            .attachments
            .into_iter()
            .map(|attachment| ParsedAttachment {
                part: attachment.part,
                name: attachment.name,
                media_type: attachment.media_type,
                size: attachment.size,
                inline: attachment.inline,
                content_id: attachment.content_id,
            })
            .collect(),
        oddities: message.oddities,
    })
}

pub fn render(output: &Output) -> Result<(), Failure> {
    output.text(inspect::render(&read()?))
}

pub fn sanitize(output: &Output) -> Result<(), Failure> {
    output.text(inspect::render_html(&String::from_utf8_lossy(&read()?)))
}

fn read() -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}
