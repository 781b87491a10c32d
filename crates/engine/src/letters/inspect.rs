//! Looking at a message without an account: what was understood of it, and what the frame would get. For
//! scripts and checks.

use waxwing_mime::Letter;
use waxwing_model::Address;
use waxwing_sanitize::{Look, Options, RemoteImages};

use super::render::safe_html;

/// What a message says.
#[derive(Debug, Clone, PartialEq)]
pub struct Inspection {
    pub message_id: Option<String>,
    pub in_reply_to: Vec<String>,
    pub references: Vec<String>,
    pub subject: String,
    pub from: Vec<Address>,
    pub to: Vec<Address>,
    pub cc: Vec<Address>,
    pub bcc: Vec<Address>,
    pub reply_to: Vec<Address>,
    /// Milliseconds since 1970.
    pub date: Option<i64>,
    /// All header fields in order, decoded.
    pub fields: Vec<(String, String)>,
    pub text: Option<String>,
    pub html: Option<String>,
    pub preview: String,
    pub attachments: Vec<InspectedAttachment>,
    pub oddities: Vec<String>,
}

/// One of its files, or a picture of its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InspectedAttachment {
    pub part: String,
    pub name: String,
    pub media_type: String,
    pub size: u32,
    pub inline: bool,
    pub content_id: Option<String>,
}

/// Reads a message (RFC 5322) from its octets. Never fails: what is broken is told in `oddities`.
pub fn inspect(raw: &[u8]) -> Inspection {
    let Letter {
        headers,
        text,
        html,
        attachments,
        preview,
        oddities,
        ..
    } = waxwing_mime::parse(raw);
    Inspection {
        message_id: headers.message_id,
        in_reply_to: headers.in_reply_to,
        references: headers.references,
        subject: headers.subject,
        from: headers.from,
        to: headers.to,
        cc: headers.cc,
        bcc: headers.bcc,
        reply_to: headers.reply_to,
        date: headers.date,
        fields: headers.fields,
        text,
        html,
        preview,
        attachments: attachments
            .into_iter()
            .map(|attachment| InspectedAttachment {
                part: attachment.part.0,
                name: attachment.name,
                media_type: attachment.media_type,
                size: attachment.size,
                inline: attachment.inline,
                content_id: attachment.content_id,
            })
            .collect(),
        oddities: oddities.iter().map(ToString::to_string).collect(),
    }
}

/// The document that the frame would get for a message, remote content blocked.
pub fn render(raw: &[u8]) -> String {
    let letter = waxwing_mime::parse(raw);
    let parts = waxwing_mime::InlineParts::of(raw);
    let named = waxwing_mime::Named::of(&letter);
    let inline_image = |content_id: &str| {
        let (_, bytes) = parts.get(raw, content_id)?;
        waxwing_mime::picture_type(&bytes).map(|_| super::pictures::address("0", content_id))
    };
    let options = Options {
        remote_images: RemoteImages::Blocked,
        inline_image: &inline_image,
        image_by_location: &|part, address| {
            let file = named
                .by_address(part, address)
                .filter(|file| file.picture.is_some())?;
            Some(super::pictures::address_within("0", &file.part.0))
        },
        written_image: &|written| waxwing_mime::points_of_written(written).is_some(),
        ..Options::blocked()
    };
    let (safe, _) = safe_html(&letter, &options);
    safe.frame(Look::LIGHT)
}

/// The same for a bare HTML body.
pub fn render_html(html: &str) -> String {
    let options = Options {
        written_image: &|written| waxwing_mime::points_of_written(written).is_some(),
        ..Options::blocked()
    };
    waxwing_sanitize::sanitize(html, &options).0.frame(Look::LIGHT)
}

/// The text of a message, for a terminal.
pub fn text(raw: &[u8]) -> String {
    waxwing_mime::parse(raw).text.unwrap_or_default()
}

/// The media type for a file's name; RFC 2046's "some bytes" where the name does not tell.
pub fn media_type_for(name: &str) -> &'static str {
    let kind = name
        .rsplit_once('.')
        .map(|(_, kind)| kind.to_ascii_lowercase())
        .unwrap_or_default();
    match kind.as_str() {
        "aac" => "audio/aac",
        "avif" => "image/avif",
        "bmp" => "image/bmp",
        "csv" => "text/csv",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "eml" => "message/rfc822",
        "flac" => "audio/flac",
        "gif" => "image/gif",
        "gz" => "application/gzip",
        "heic" => "image/heic",
        "heif" => "image/heif",
        "htm" | "html" => "text/html",
        "ics" => "text/calendar",
        "jpeg" | "jpg" => "image/jpeg",
        "json" => "application/json",
        "mbox" => "application/mbox",
        "md" => "text/markdown",
        "m4a" => "audio/mp4",
        "m4v" | "mp4" => "video/mp4",
        "mov" => "video/quicktime",
        "mp3" => "audio/mpeg",
        "odp" => "application/vnd.oasis.opendocument.presentation",
        "ods" => "application/vnd.oasis.opendocument.spreadsheet",
        "odt" => "application/vnd.oasis.opendocument.text",
        "oga" | "ogg" | "opus" => "audio/ogg",
        "ogv" => "video/ogg",
        "pdf" => "application/pdf",
        "png" => "image/png",
        "pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "svg" => "image/svg+xml",
        "tar" => "application/x-tar",
        "tif" | "tiff" => "image/tiff",
        "txt" => "text/plain",
        "vcf" => "text/vcard",
        "wav" => "audio/wav",
        "weba" => "audio/webm",
        "webm" => "video/webm",
        "webp" => "image/webp",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xml" => "application/xml",
        "zip" => "application/zip",
        _ => "application/octet-stream",
    }
}
