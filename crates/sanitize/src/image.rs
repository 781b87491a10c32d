//! What becomes of a picture: shown from the letter, shown through our scheme, an empty place, or nothing at all.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashSet;

use url::Url;

use crate::attributes::Attributes;
use crate::trackers::{Details, TrackerKind};
use crate::{Findings, Options, RemoteImages, css, link};

/// A picture written into the letter may be this long, in characters of base64.
const LONGEST_DATA: usize = 3 * 1024 * 1024;

/// For whom the letter is being cleaned.
#[derive(Clone, Copy)]
pub(crate) enum Purpose<'a> {
    /// A person reads it here.
    Showing(&'a Options<'a>),
    /// It goes out.
    Sending,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Picture {
    /// This URL goes into the letter.
    At(String),
    /// An empty place of the same size, with its words.
    Placeholder,
    /// Nothing: nobody would have seen it.
    Gone,
}

/// Decides about one `<img>` and counts it. `style`: its own, with names filled in. `unseen`: what is around it hides it.
pub(crate) fn picture(
    image: &Attributes,
    style: Option<&str>,
    unseen: bool,
    purpose: Purpose,
    findings: &mut Findings,
    details: &mut Details,
) -> Picture {
    let source = link::bare(image.get("src").unwrap_or_default());
    if let Some(known) = came_with_letter(&source, purpose) {
        return match (known, purpose) {
            (Some(url), _) => Picture::At(url),
            (None, Purpose::Showing(_)) => Picture::Placeholder,
            (None, Purpose::Sending) => Picture::Gone,
        };
    }
    match (first_remote(&source, image), purpose) {
        (Some(url), Purpose::Showing(options)) => {
            let unseen = unseen || is_invisible(image, style);
            remote(&url, unseen, options, findings, details)
        }
        (Some(url), Purpose::Sending) => Picture::At(url.into()),
        (None, Purpose::Showing(_)) => Picture::Placeholder,
        (None, Purpose::Sending) => Picture::Gone,
    }
}

/// Where a picture is shown that is in the letter. `None`: it is none of those; `Some(None)`: it is, but nothing to be shown.
fn came_with_letter(source: &str, purpose: Purpose) -> Option<Option<String>> {
    match (link::scheme(source).as_deref(), purpose) {
        (Some("data"), Purpose::Sending) => Some(data(source)),
        (Some("data"), Purpose::Showing(options)) => Some(data(source).filter(|url| {
            let written = url.split_once(',').map(|(_, written)| written);
            written.is_some_and(options.written_image)
        })),
        (Some("cid"), Purpose::Sending) => {
            Some(content_id(source).map(|id| format!("cid:{}", escape_content_id(&id))))
        }
        (Some("cid"), Purpose::Showing(options)) => {
            let address = content_id(source).and_then(|id| (options.inline_image)(&id));
            Some(address.filter(|url| link::is_ours(url)))
        }
        (_, Purpose::Sending) => None,
        (_, Purpose::Showing(options)) => located(source, options).map(Some),
    }
}

/// Where a picture is shown that the letter has under this address (RFC 2557, section 5).
fn located(source: &str, options: &Options) -> Option<String> {
    if source.is_empty() {
        return None;
    }
    (options.image_by_location)(options.part, source).filter(|url| link::is_ours(url))
}

/// Decides about the pictures of styles and of attributes of before CSS, and counts them like any other.
pub(crate) struct Backgrounds<'o> {
    options: &'o Options<'o>,
    made: RefCell<Made>,
}

/// What came of it.
#[derive(Default)]
pub(crate) struct Made {
    /// The URLs that were put in.
    pub(crate) pictures: HashSet<String>,
    pub(crate) findings: Findings,
    pub(crate) details: Details,
}

impl<'o> Backgrounds<'o> {
    pub(crate) fn new(options: &'o Options<'o>) -> Self {
        Self {
            options,
            made: RefCell::default(),
        }
    }

    /// The URLs that were put in so far.
    pub(crate) fn pictures(&self) -> HashSet<String> {
        self.made.borrow().pictures.clone()
    }

    pub(crate) fn finish(self) -> Made {
        self.made.into_inner()
    }
}

impl css::Pictures for Backgrounds<'_> {
    fn shows_remote(&self) -> bool {
        self.options.remote_images == RemoteImages::Allowed
    }

    fn at(&self, url: &str, unseen: bool) -> Option<String> {
        let source = link::bare(url);
        let Made {
            pictures,
            findings,
            details,
        } = &mut *self.made.borrow_mut();
        let address = match came_with_letter(&source, Purpose::Showing(self.options)) {
            Some(known) => known?,
            None => match remote(&link::remote(&source)?, unseen, self.options, findings, details) {
                Picture::At(address) => address,
                Picture::Placeholder | Picture::Gone => return None,
            },
        };
        pictures.insert(address.clone());
        Some(address)
    }
}

fn remote(
    url: &Url,
    unseen: bool,
    options: &Options,
    findings: &mut Findings,
    details: &mut Details,
) -> Picture {
    let counted = match unseen {
        true => Some(TrackerKind::Pixel),
        // Whoever only counts readers has no pictures to show.
        false => details.is_counter(url).then_some(TrackerKind::Counter),
    };
    if let Some(kind) = counted {
        details.tracker(url, kind);
        findings.trackers = findings.trackers.saturating_add(1);
        return Picture::Gone;
    }
    findings.remote_images = findings.remote_images.saturating_add(1);
    details.picture(url, options.reader);
    if options.remote_images == RemoteImages::Blocked || !matches!(url.scheme(), "http" | "https") {
        return Picture::Placeholder;
    }
    (options.remote_image)(url.as_str())
        .filter(|url| link::is_ours(url))
        .map_or(Picture::Placeholder, Picture::At)
}

/// The URL of `src`, or else the first one that `srcset` or an old attribute offers.
fn first_remote(source: &str, image: &Attributes) -> Option<Url> {
    link::remote(source).or_else(|| {
        let others = ["srcset", "data-src", "lowsrc", "dynsrc"]
            .into_iter()
            .filter_map(|name| image.get(name));
        others
            .flat_map(str::split_ascii_whitespace)
            .find_map(link::remote)
    })
}

/// The picture behind an element, in a way of before CSS.
pub(crate) fn background<'a>(element: &str, attributes: &Attributes<'a>) -> Option<&'a str> {
    let has_one = matches!(
        element,
        "body" | "table" | "tbody" | "thead" | "tfoot" | "tr" | "td" | "th"
    );
    let url = has_one.then(|| attributes.get("background"))??;
    (!url.trim().is_empty()).then_some(url)
}

/// Of at most one pixel, a speck, or hidden: such a picture is there to be counted, not to be seen.
fn is_invisible(image: &Attributes, style: Option<&str>) -> bool {
    let sizes = (is_tiny(image, "width"), is_tiny(image, "height"));
    matches!(sizes, (Some(true), Some(true) | None) | (None, Some(true)))
        || is_speck(image)
        || is_hidden(image, style)
}

/// Of a few pixels both ways. What is so thin one way alone may be a line.
fn is_speck(image: &Attributes) -> bool {
    ["width", "height"]
        .iter()
        .all(|name| side(image, name).is_some_and(|side| side <= 3.0))
}

/// The same of an element with a picture behind it. One that is thin in one direction alone is a line.
pub(crate) fn is_invisible_behind(element: &Attributes, style: Option<&str>) -> bool {
    let sizes = (is_tiny(element, "width"), is_tiny(element, "height"));
    sizes == (Some(true), Some(true)) || is_hidden(element, style)
}

fn is_tiny(element: &Attributes, name: &str) -> Option<bool> {
    Some(side(element, name)? < 2.0)
}

/// In pixels.
fn side(element: &Attributes, name: &str) -> Option<f32> {
    let size = element.get(name)?.trim().trim_end_matches("px").trim_end();
    size.parse().ok()
}

fn is_hidden(element: &Attributes, style: Option<&str>) -> bool {
    element.get("hidden").is_some() || style.is_some_and(css::hides)
}

/// Whether a picture says how much room it wants to be seen in, or what to read where it is not seen.
pub(crate) fn says_size(image: &Attributes, style: Option<&str>) -> bool {
    let says = |name| image.get(name).is_some_and(|value| !value.trim().is_empty());
    says("width")
        || says("height")
        || says("alt")
        || style.is_some_and(|style| style.contains("width") || style.contains("height"))
}

/// A picture of a kind that cannot hold a script, as base64. Written anew, without whatever else stood there.
fn data(source: &str) -> Option<String> {
    let (_, rest) = source.split_once(':')?;
    let (kind, body) = rest.split_once(',')?;
    let mut words = kind.split(';').map(|word| word.trim().to_ascii_lowercase());
    let kind = words.next().filter(|kind| {
        matches!(
            kind.as_str(),
            "image/png" | "image/jpeg" | "image/jpg" | "image/gif" | "image/webp"
        )
    })?;
    if !words.any(|word| word == "base64") || body.len() > LONGEST_DATA {
        return None;
    }
    let body = percent_decoded(body)?;
    let body: String = body
        .chars()
        .filter(|character| !character.is_ascii_whitespace())
        .collect();
    let sound = !body.is_empty()
        && body
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'='));
    sound.then(|| format!("data:{kind};base64,{body}"))
}

/// Whether this is a picture as [`data`] writes it. The last filter asks, when only text is left to look at.
pub(crate) fn is_data(url: &str) -> bool {
    data(url).as_deref() == Some(url)
}

/// The Content-ID of a `cid:` URL, decoded (RFC 2392 section 2).
fn content_id(url: &str) -> Option<String> {
    let (_, id) = url.split_once(':')?;
    let id = percent_decoded(id)?;
    let id = id.trim().trim_start_matches('<').trim_end_matches('>');
    (!id.is_empty()).then(|| id.to_owned())
}

/// Whether this is a `cid:` URL as it is written for sending.
pub(crate) fn is_content_id(url: &str) -> bool {
    url.starts_with("cid:")
        && content_id(url).is_some_and(|id| url == format!("cid:{}", escape_content_id(&id)))
}

fn escape_content_id(id: &str) -> String {
    let mut escaped = String::with_capacity(id.len());
    for byte in id.bytes() {
        if byte.is_ascii_alphanumeric() || b"@.-_+$!*=~".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            escaped.push_str(&format!("%{byte:02X}"));
        }
    }
    escaped
}

pub(crate) fn percent_decoded(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains('%') {
        return Some(Cow::Borrowed(text));
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        let digits = after.first_chunk::<2>().filter(|_| byte == b'%');
        let decoded = digits.and_then(|digits| {
            let digits = std::str::from_utf8(digits).ok()?;
            u8::from_str_radix(digits, 16).ok()
        });
        if let Some(decoded) = decoded {
            bytes.push(decoded);
            rest = after.get(2..).unwrap_or_default();
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok().map(Cow::Owned)
}
