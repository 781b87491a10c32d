//! One letter's bytes as the frame shows them: what is read, what is sanitised, and what its pictures may be.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use waxwing_mime::{Letter, Named, PartId, Piece, Tnef};
use waxwing_sanitize::{
    Colours, Details, Findings, Heading, Links, Options, Part, Quotes, RemoteImages, SafeHtml,
};

use super::attachments::{self, Attachment, Seen};
use super::body::Look;
use super::gallery::FromAfar;
use super::pictures::{self, Asked};
use crate::caution::listeners;

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
    pub(super) asked: Vec<FromAfar>,
    pub(super) letter: Letter,
    /// Pictures of its own are not shown in it, since all of them together would fill the memory.
    pub(super) is_crowded: bool,
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
    let Said { html, text, is_own } = said(&letter, wrapped.as_ref());
    let named = Named::of(&letter);
    let wrapped_pictures = pictures_of(wrapped.as_ref());
    let is_here =
        |file: &waxwing_mime::Attachment| file.picture.is_some() && !absent.contains_key(&file.part.0);
    let asked = RefCell::new(Numbered::default());
    let drawn = RefCell::new(Drawn::default());
    // What somebody passed on is what they want to be read.
    let quotes = match on {
        _ if waxwing_mime::is_passed_on(&letter.headers.subject) => Quotes::PassedOn,
        On::Screen => Quotes::Folded,
        On::Paper(_) => Quotes::Open,
    };
    let between = between(&letter, absent, token, &drawn);
    let (numbers, parts): (Vec<usize>, Vec<Part<'_>>) = match is_own {
        true => parts(&letter, html, &between),
        // What Outlook has wrapped has one part.
        false => each(html),
    }
    .into_iter()
    .unzip();
    let options = Options {
        remote_images,
        // A picture that the letter does not hold would be an error in the frame for nothing.
        inline_image: &|content_id| {
            let has_room = |points| drawn.borrow_mut().has_room_for(content_id, points);
            match named.by_id(content_id) {
                Some(file) => is_here(file) && has_room(file.points),
                None => wrapped_pictures
                    .get(content_id)
                    .is_some_and(|points| has_room(*points)),
            }
            .then(|| pictures::address(token, content_id))
        },
        image_by_location: &|part, address| {
            let file = named
                .by_address(*numbers.get(part)?, address)
                .filter(|file| is_own && is_here(file))
                .filter(|file| drawn.borrow_mut().has_room_for(&file.part.0, file.points))?;
            Some(pictures::address_within(token, &file.part.0))
        },
        remote_image: &|url| {
            let number = asked.borrow_mut().number(url);
            Some(pictures::remote_address(token, number))
        },
        written_image: &|written| drawn.borrow_mut().has_room_for_written(written),
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
        part: 0,
    };
    let (safe, findings, details) = match look.plain || parts.is_empty() {
        true => waxwing_sanitize::examine_text(&text_of(&letter, html, text), quotes),
        false => waxwing_sanitize::examine_letter(&parts, &options),
    };
    let attachments = {
        let asked = Asked::by(&[safe.body(), safe.fragment(), safe.style_sheet()], token);
        let seen = Seen {
            own: &|file| {
                let is_meant = |id: &str| named.by_id(id).is_some_and(|meant| meant.part == file.part);
                let by_id = file.content_id.as_deref();
                is_here(file)
                    && (asked.has_part(&file.part.0)
                        || by_id.is_some_and(|id| asked.has_id(id) && is_meant(id)))
            },
            wrapped: &|id| asked.has_id(id),
        };
        attachments::rows(raw, &letter, &seen, absent, before)
    };
    let document = match on {
        On::Screen => safe.frame(waxwing_sanitize::Look {
            dark: look.dark,
            dark_around: look.dark_around,
        }),
        On::Paper(heading) => safe.printed(&with_files(heading, &attachments)),
    };
    let darkened = safe.is_darkened();
    let asked = from_afar(asked.take().urls, &details);
    Rendered {
        document,
        findings,
        details,
        darkened,
        attachments,
        asked,
        letter,
        is_crowded: drawn.take().is_crowded,
    }
}

/// Pictures that a letter brings, each counted once however often it is drawn. Who shows a letter draws all of them.
#[derive(Default)]
struct Drawn {
    known: HashMap<u64, bool>,
    written: u64,
    points: u64,
    /// For some there was no room.
    is_crowded: bool,
}

impl Drawn {
    /// Points of all that are written into the HTML: as many as one picture may have.
    const MOST_WRITTEN: u64 = waxwing_mime::MOST_POINTS;
    /// Points of all that stand beside it: thirty pictures of a good camera.
    const MOST: u64 = 3 * waxwing_mime::MOST_POINTS;

    /// `name`: by what the picture is known among those of the letter.
    fn has_room_for(&mut self, name: &str, points: u64) -> bool {
        let fits = *self.known.entry(hash(name)).or_insert_with(|| {
            let all = self.points.saturating_add(points);
            let fits = all <= Self::MOST;
            self.points = if fits { all } else { self.points };
            fits
        });
        self.is_crowded |= !fits;
        fits
    }

    fn has_room_for_written(&mut self, written: &str) -> bool {
        *self.known.entry(hash(written)).or_insert_with(|| {
            let points = waxwing_mime::points_of_written(written);
            let all = points.map(|points| self.written.saturating_add(points));
            let fits = all.filter(|all| *all <= Self::MOST_WRITTEN);
            self.written = fits.unwrap_or(self.written);
            fits.is_some()
        })
    }
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// Pictures from the network by their numbers. A letter that shows one many times asks for it once.
#[derive(Default)]
struct Numbered {
    urls: Vec<String>,
    numbers: HashMap<String, usize>,
}

impl Numbered {
    fn number(&mut self, url: &str) -> usize {
        if let Some(number) = self.numbers.get(url) {
            return *number;
        }
        let number = self.urls.len();
        self.numbers.insert(url.to_owned(), number);
        self.urls.push(url.to_owned());
        number
    }
}

fn from_afar(urls: Vec<String>, details: &Details) -> Vec<FromAfar> {
    let mut listeners = listeners(details);
    let each = urls.into_iter().map(|url| FromAfar {
        listener: listeners.remove(url.as_str()),
        url,
    });
    each.collect()
}

/// The heading of a letter on paper, with the names of the files that the paper does not show.
fn with_files(heading: &Heading, files: &[Attachment]) -> Heading {
    let mut heading = heading.clone();
    let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
    if !names.is_empty() {
        heading.lines.push(("Files".to_owned(), names.join(", ")));
    }
    heading
}

/// The pictures that Outlook has wrapped, by their Content-IDs, with their points.
fn pictures_of(wrapped: Option<&Tnef>) -> HashMap<&str, u64> {
    let files = wrapped.iter().flat_map(|wrapped| &wrapped.files);
    let pictures = files.filter_map(|file| {
        let (_, points) = waxwing_mime::drawn(&file.data)?;
        Some((file.content_id.as_deref()?, points))
    });
    pictures.collect()
}

/// The pictures between the texts of a letter that are here, by their part, with where they are served and their names.
fn between<'a>(
    letter: &'a Letter,
    absent: &BTreeMap<String, u32>,
    token: &str,
    drawn: &RefCell<Drawn>,
) -> HashMap<&'a PartId, (String, &'a str)> {
    let asked = |part: &&PartId| !absent.contains_key(&part.0);
    let pictures = letter.pieces.iter().filter_map(|piece| match piece {
        Piece::Picture(part) => Some(part),
        _ => None,
    });
    let found = pictures.filter(asked).filter_map(|part| {
        let file = letter.attachments.iter().find(|file| file.part == *part)?;
        let address = pictures::address_between(token, &part.0);
        // What the HTML shows is not shown once more.
        let is_meant = file.picture.is_some() && !file.shown;
        let is_shown = is_meant && drawn.borrow_mut().has_room_for(&part.0, file.points);
        is_shown.then_some((part, (address, file.name.as_str())))
    });
    found.collect()
}

/// What stands in a letter in its order, each with its number among the parts of its HTML where it is one. Empty: it is text alone.
fn parts<'a>(
    letter: &'a Letter,
    html: &'a [String],
    between: &'a HashMap<&PartId, (String, &str)>,
) -> Vec<(usize, Part<'a>)> {
    if letter.pieces.is_empty() || html.is_empty() && between.is_empty() {
        return each(html);
    }
    let pieces = letter.pieces.iter().filter_map(|piece| match piece {
        Piece::Html(number) => html.get(*number).map(|html| (*number, Part::Html(html))),
        Piece::Text(text) => Some((0, Part::Text(text))),
        Piece::Picture(part) => between
            .get(part)
            .map(|(address, name)| (0, Part::Picture { address, name })),
    });
    pieces.collect()
}

fn each(html: &[String]) -> Vec<(usize, Part<'_>)> {
    html.iter().map(|part| Part::Html(part)).enumerate().collect()
}

/// The Content-IDs of the pictures that are shown in what a letter says, be that its own or what Outlook has wrapped.
pub(super) fn shown_ids(raw: &[u8], letter: &Letter) -> HashSet<String> {
    let wrapped = wrapped(raw, letter);
    waxwing_mime::shown_content_ids(said(letter, wrapped.as_ref()).html)
}

/// The HTML of a letter and its text.
struct Said<'a> {
    html: &'a [String],
    text: Option<&'a str>,
    /// Outlook has wrapped neither.
    is_own: bool,
}

/// What a letter says; what Outlook has wrapped where the letter says nothing itself.
fn said<'a>(letter: &'a Letter, wrapped: Option<&'a Tnef>) -> Said<'a> {
    let text = letter.text.as_deref();
    let says_nothing = letter.html_parts.is_empty() && text.is_none_or(|text| text.trim().is_empty());
    match wrapped.filter(|_| says_nothing) {
        Some(wrapped) => Said {
            html: wrapped.html.as_slice(),
            text: wrapped.text.as_deref().or(text),
            is_own: false,
        },
        None => Said {
            html: &letter.html_parts,
            text,
            is_own: true,
        },
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
    let wrapper = attachments::first_wrapper(letter)?;
    let (_, bytes) = waxwing_mime::attachment(raw, &wrapper.part)?;
    waxwing_mime::open_tnef(&bytes)
}

/// The sanitised body of a parsed letter: its HTML parts, or its text.
pub(super) fn safe_html(letter: &Letter, options: &Options<'_>) -> (SafeHtml, Findings) {
    if letter.html_parts.is_empty() {
        let text = letter.text.as_deref().unwrap_or_default();
        let (safe, findings, _) = waxwing_sanitize::examine_text(text, Quotes::Open);
        return (safe, findings);
    }
    waxwing_sanitize::sanitize_parts(&letter.html_parts, options)
}

#[cfg(test)]
mod tests;
