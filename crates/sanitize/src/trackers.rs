//! What a letter would tell of its reader, and to whom: pixels, services that count readers (`data/trackers.txt`), and
//! addresses that are one person's alone. Nothing is asked; it is read from the addresses themselves.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use md5::{Digest as _, Md5};
use sha2::{Digest as _, Sha256};
use url::Url;

use crate::css;

const COUNTERS: &str = include_str!("../data/trackers.txt");
/// Links of one letter that are looked at, and octets of a link's text.
const MOST: usize = 2_000;
const LONGEST: usize = 4_000;
/// A word of an address that is as long as this, with letters and digits in it, is somebody's number.
const TELLING: usize = 20;

struct Counter {
    service: &'static str,
    host: &'static str,
    path: &'static str,
    /// It has pictures for the eye too.
    shows: bool,
}

static KNOWN: LazyLock<Vec<Counter>> = LazyLock::new(|| {
    COUNTERS
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut words = line.split('|').map(str::trim);
            Some(Counter {
                service: words.next()?,
                host: words.next().filter(|host| !host.is_empty())?,
                path: words.next()?,
                shows: words.next() == Some("shows"),
            })
        })
        .collect()
});

/// How a letter would have told that it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TrackerKind {
    /// A picture that nobody can see.
    Pixel,
    /// A picture of a service that counts readers.
    Counter,
    /// A picture like any other, whose address is this reader's alone.
    Personal,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tracker {
    pub host: String,
    /// Of the picture, as [`crate::Options::remote_image`] is asked for it.
    pub address: String,
    /// The service behind it, where it is a known one.
    pub service: Option<&'static str>,
    pub kind: TrackerKind,
}

/// A link and what it stands under.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LinkSeen {
    /// As the letter has it.
    pub given: String,
    /// As it stands in the frame.
    pub shown: String,
    /// What can be seen of its text, as far as the styles at its place tell. Empty where that is the address.
    pub text: String,
    /// All of its text, with a blank wherever an element begins or ends: what stands in an element of its own may be hidden
    /// in a way that is not known here.
    pub apart: String,
    /// It stands under more text than is kept.
    pub cut: bool,
}

/// What was found in a letter beyond the counts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Details {
    /// Hosts of pictures that a reader may ask for, with how many each has.
    pub hosts: BTreeMap<String, u32>,
    pub trackers: Vec<Tracker>,
    pub links: Vec<LinkSeen>,
    /// There were more links than are kept.
    pub more_links: bool,
    /// Links whose address is this reader's alone.
    pub personal_links: u32,
    steps: u64,
    inside: Option<LinkSeen>,
    /// The hidden element within the link, and how many of its name are open.
    hidden: Option<(String, usize)>,
}

impl Details {
    /// Adds what was found in another part of the same letter.
    pub(crate) fn add(&mut self, other: Details) {
        self.hosts_of_styles(other.hosts);
        self.trackers.extend(other.trackers);
        self.links.extend(other.links);
        self.more_links |= other.more_links;
        self.personal_links = self.personal_links.saturating_add(other.personal_links);
        self.steps = self.steps.saturating_add(other.steps);
    }

    /// How much was looked at to make the letter safe: signs, open elements, pieces of style. It is the same on every
    /// machine, so that a test can tell what grows as the letter does from what grows faster.
    pub fn steps(&self) -> u64 {
        self.steps
    }

    pub(crate) fn took(&mut self, steps: u64) {
        self.steps = self.steps.saturating_add(steps);
    }

    pub(crate) fn hosts_of_styles(&mut self, hosts: BTreeMap<String, u32>) {
        for (host, count) in hosts {
            let known = self.hosts.entry(host).or_default();
            *known = known.saturating_add(count);
        }
    }

    /// Whether all that is behind an address counts readers.
    pub(crate) fn is_counter(&self, url: &Url) -> bool {
        counter(url).is_some_and(|counter| !counter.shows)
    }

    pub(crate) fn tracker(&mut self, url: &Url, kind: TrackerKind) {
        if self.trackers.len() < MOST
            && let Some(host) = url.host_str()
        {
            self.trackers.push(Tracker {
                host: host.to_owned(),
                address: url.as_str().to_owned(),
                service: service(url),
                kind,
            });
        }
    }

    pub(crate) fn picture(&mut self, url: &Url, reader: &[String]) {
        let Some(host) = url.host_str() else { return };
        *self.hosts.entry(host.to_owned()).or_default() += 1;
        if names(url, reader) {
            self.tracker(url, TrackerKind::Personal);
        }
    }

    /// A link begins; `given` is its address as the letter has it, `shown` as the frame does.
    pub(crate) fn link(&mut self, given: &Url, shown: &str, reader: &[String]) {
        self.link_ends();
        if matches!(given.scheme(), "http" | "https") && (names(given, reader) || has_number(given)) {
            self.personal_links = self.personal_links.saturating_add(1);
        }
        self.inside = Some(LinkSeen {
            given: given.as_str().to_owned(),
            shown: shown.to_owned(),
            ..LinkSeen::default()
        });
    }

    /// A link of a plain text, which stands under its own address: there is no text that could lie.
    pub(crate) fn link_of_text(&mut self, shown: String) {
        if self.links.len() < MOST {
            self.links.push(LinkSeen {
                given: shown.clone(),
                shown,
                ..LinkSeen::default()
            });
        }
    }

    pub(crate) fn text(&mut self, text: &str) {
        if let Some(link) = &mut self.inside {
            link.cut |= !push(&mut link.apart, text);
            if self.hidden.is_none() {
                push(&mut link.text, text);
            }
        }
    }

    /// Words of an attribute that stand for an element within a link: those of a picture that is not shown, and those that are
    /// read aloud.
    pub(crate) fn said(&mut self, words: &str) {
        let Some(link) = &mut self.inside else { return };
        for words in [" ", words, " "] {
            link.cut |= !push(&mut link.apart, words);
            if self.hidden.is_none() {
                push(&mut link.text, words);
            }
        }
    }

    /// Whether a link is open.
    pub(crate) fn is_in_link(&self) -> bool {
        self.inside.is_some()
    }

    /// An element begins within a link; `style` is what it says of its looks.
    pub(crate) fn starts(&mut self, name: &str, style: Option<&str>) {
        let Some(link) = &mut self.inside else { return };
        if !link.apart.is_empty() && !link.apart.ends_with(' ') {
            push(&mut link.apart, " ");
        }
        if crate::element::is_void(name) {
            // A line ends, or a picture stands between.
            if self.hidden.is_none() && !link.text.is_empty() && !link.text.ends_with(' ') {
                push(&mut link.text, " ");
            }
            return;
        }
        match &mut self.hidden {
            Some((hidden, depth)) if hidden == name => *depth += 1,
            Some(_) => {}
            none => *none = style.is_some_and(css::hides_text).then(|| (name.to_owned(), 1)),
        }
    }

    pub(crate) fn ends(&mut self, name: &str) {
        let Some(link) = &mut self.inside else { return };
        if !link.apart.is_empty() && !link.apart.ends_with(' ') {
            push(&mut link.apart, " ");
        }
        if let Some((hidden, depth)) = &mut self.hidden
            && hidden == name
        {
            *depth -= 1;
            if *depth == 0 {
                self.hidden = None;
            }
        }
    }

    pub(crate) fn link_ends(&mut self) {
        self.hidden = None;
        if let Some(link) = self.inside.take() {
            match self.links.len() < MOST {
                true => self.links.push(link),
                false => self.more_links = true,
            }
        }
    }
}

/// Adds to a link's text what there is room for. `false`: it was not all.
fn push(kept: &mut String, text: &str) -> bool {
    let room = LONGEST.saturating_sub(kept.len());
    let end = text.floor_char_boundary(room.min(text.len()));
    kept.push_str(text.get(..end).unwrap_or_default());
    end == text.len()
}

fn service(url: &Url) -> Option<&'static str> {
    counter(url).map(|counter| counter.service)
}

fn counter(url: &Url) -> Option<&'static Counter> {
    let host = url.host_str()?;
    KNOWN.iter().find(|counter| {
        let theirs = host
            .strip_suffix(counter.host)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
        theirs && url.path().starts_with(counter.path)
    })
}

/// Whether an address names the reader: by their own address, written out or in one of the usual disguises.
fn names(url: &Url, reader: &[String]) -> bool {
    if reader.is_empty() {
        return false;
    }
    let whole = url.as_str();
    let written = crate::image::percent_decoded(whole).unwrap_or(std::borrow::Cow::Borrowed(whole));
    let lower = written.to_ascii_lowercase();
    reader.iter().any(|address| {
        let address = address.to_lowercase();
        let bytes = address.as_bytes();
        !address.is_empty()
            && (lower.contains(&address)
                || whole.contains(&URL_SAFE_NO_PAD.encode(bytes))
                || written.contains(&STANDARD_NO_PAD.encode(bytes))
                || lower.contains(&hex(&Md5::digest(bytes)))
                || lower.contains(&hex(&Sha256::digest(bytes))))
    })
}

/// Whether there is a word in the address that is too long and too mixed to be one.
fn has_number(url: &Url) -> bool {
    let path = url.path().split(['/', '.', '-', '_', '~']);
    let query = url
        .query()
        .unwrap_or_default()
        .split(['&', '=', '.', '-', '_', '~', '%']);
    path.chain(query).any(|word| {
        word.len() >= TELLING
            && word.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && word.bytes().filter(u8::is_ascii_digit).count() >= 3
            && word.bytes().any(|byte| byte.is_ascii_alphabetic())
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests;
