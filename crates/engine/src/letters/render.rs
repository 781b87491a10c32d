//! One letter's bytes as the frame shows them: what is read, what is sanitised, and what its pictures may be.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashSet};

use waxwing_mime::{Letter, Tnef};
use waxwing_sanitize::{Colours, Details, Findings, Heading, Links, Options, Quotes, RemoteImages, SafeHtml};

use super::attachments::{self, Attachment};
use super::body::Look;
use super::pictures;

/// For whom a letter is made ready.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum On<'a> {
    Screen,
    Paper(&'a Heading),
}

pub(super) struct Rendered {
    pub(super) document: String,
    pub(super) findings: Findings,
    pub(super) details: Details,
    /// The letter's colours were changed for dark paper.
    pub(super) darkened: bool,
    pub(super) attachments: Vec<Attachment>,
    /// Pictures from the network that the frame may ask for, by their number.
    pub(super) asked: Vec<String>,
    pub(super) letter: Letter,
}

/// `before` is the way to the letter within the one that was received.
pub(super) fn render(
    raw: &[u8],
    before: &str,
    absent: &BTreeMap<String, u32>,
    look: &Look,
    remote_images: RemoteImages,
    token: &str,
    on: On<'_>,
) -> Rendered {
    let letter = match &look.charset {
        Some(charset) => waxwing_mime::parse_in(raw, charset),
        None => waxwing_mime::parse(raw),
    };
    let wrapped = wrapped(raw, &letter);
    let (html, text) = said(&letter, wrapped.as_ref());
    let here: HashSet<&str> = letter
        .attachments
        .iter()
        .filter(|attachment| !absent.contains_key(&attachment.part.0))
        .filter_map(|attachment| attachment.content_id.as_deref())
        .chain(
            wrapped
                .iter()
                .flat_map(|wrapped| &wrapped.files)
                .filter_map(|file| file.content_id.as_deref()),
        )
        .collect();
    let asked = RefCell::new(Vec::new());
    let quotes = match on {
        On::Screen => Quotes::Folded,
        On::Paper(_) => Quotes::Open,
    };
    let options = Options {
        remote_images,
        // A picture that the letter does not hold would be an error in the frame for nothing.
        inline_image: &|content_id| {
            here.contains(content_id)
                .then(|| pictures::address(token, content_id))
        },
        remote_image: &|url| {
            let mut asked = asked.borrow_mut();
            asked.push(url.to_owned());
            Some(pictures::remote_address(token, asked.len() - 1))
        },
        colours: match look.dark && on == On::Screen {
            true => Colours::Dark,
            false => Colours::Own,
        },
        quotes,
        links: match look.keeps_links {
            true => Links::Told,
            false => Links::Cleaned,
        },
        reader: &look.reader,
    };
    let (safe, findings, details) = match look.plain || html.is_empty() {
        true => (
            waxwing_sanitize::from_text_with(&text_of(&letter, html, text), quotes),
            Findings::default(),
            Details::default(),
        ),
        false => waxwing_sanitize::examine_parts(html, &options),
    };
    let attachments = attachments::shown(raw, &letter, html, absent, before);
    let document = match on {
        On::Screen => safe.frame(waxwing_sanitize::Look { dark: look.dark }),
        On::Paper(heading) => safe.printed(heading),
    };
    let darkened = safe.is_darkened();
    Rendered {
        document,
        findings,
        details,
        darkened,
        attachments,
        asked: asked.take(),
        letter,
    }
}

/// The HTML of a letter and its text; those that Outlook has wrapped where the letter has none of its own.
fn said<'a>(letter: &'a Letter, wrapped: Option<&'a Tnef>) -> (&'a [String], Option<&'a str>) {
    let text = letter.text.as_deref();
    let says_nothing = letter.html_parts.is_empty() && text.is_none_or(|text| text.trim().is_empty());
    match wrapped.filter(|_| says_nothing) {
        Some(wrapped) => (wrapped.html.as_slice(), wrapped.text.as_deref().or(text)),
        None => (&letter.html_parts, text),
    }
}

/// The sender's own text, or the HTML as text with its links.
fn text_of(letter: &Letter, html: &[String], text: Option<&str>) -> String {
    match text {
        Some(text) if letter.text_is_original || html.is_empty() => text.to_owned(),
        _ => html
            .iter()
            .map(|part| waxwing_mime::text_from_html(part))
            .collect::<Vec<_>>()
            .join("\n\n"),
    }
}

/// What is in a letter's winmail.dat.
pub(super) fn wrapped(raw: &[u8], letter: &Letter) -> Option<Tnef> {
    let wrapper = letter
        .attachments
        .iter()
        .find(|attachment| waxwing_mime::is_tnef(&attachment.media_type, &attachment.name))?;
    let (_, bytes) = waxwing_mime::attachment(raw, &wrapper.part)?;
    waxwing_mime::open_tnef(&bytes)
}

/// The sanitised body of a parsed letter: its HTML parts, or its text.
pub(super) fn safe_html(letter: &Letter, options: &Options<'_>) -> (SafeHtml, Findings) {
    if letter.html_parts.is_empty() {
        let text = letter.text.as_deref().unwrap_or_default();
        return (waxwing_sanitize::from_text(text), Findings::default());
    }
    waxwing_sanitize::sanitize_parts(&letter.html_parts, options)
}
