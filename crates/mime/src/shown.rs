//! Which pictures of a letter its HTML shows, by their Content-IDs (RFC 2392) or by the addresses that they had (RFC 2557,
//! section 5). That is said here alone, for lists, for the index, and for whoever shows the letter: what its HTML shows is no
//! file of its own. Not here: which octets are a picture, and what of the HTML a reader lets be shown.

use std::collections::{HashMap, HashSet};

use url::Url;

use crate::html_sources::{ids, sources};
use crate::transfer::percent_decoded;
use crate::{Attachment, Letter, html_sources};

/// Different addresses in the HTML of a letter that are looked up: more than it has parts.
const MOST_ADDRESSES: usize = 5_000;

/// The names of one part.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Called<'a> {
    pub(crate) id: Option<&'a str>,
    /// As it was given.
    pub(crate) location: Option<&'a str>,
    /// The same as a whole address.
    pub(crate) address: Option<&'a str>,
}

/// The pictures of a letter by their names, each told by a number of the caller's. Of several that go by one name the first is
/// meant.
#[derive(Debug, Default)]
pub(crate) struct Names<'a> {
    ids: HashMap<&'a str, usize>,
    locations: HashMap<&'a str, usize>,
    addresses: HashMap<&'a str, usize>,
}

impl<'a> Names<'a> {
    /// Nothing but pictures may be given: what is none and stands before one does not take its name.
    pub(crate) fn of(pictures: impl Iterator<Item = (usize, Called<'a>)>) -> Self {
        let mut names = Self::default();
        for (number, called) in pictures {
            if let Some(id) = called.id {
                names.ids.entry(id).or_insert(number);
            }
            if let Some(location) = called.location {
                names.locations.entry(location).or_insert(number);
            }
            if let Some(address) = called.address {
                names.addresses.entry(address).or_insert(number);
            }
        }
        names
    }

    fn is_empty(&self) -> bool {
        self.ids.is_empty() && self.locations.is_empty()
    }

    pub(crate) fn by_id(&self, id: &str) -> Option<usize> {
        self.ids.get(id).copied()
    }

    /// By whole addresses, or else, since many senders keep no base, by those that were given. `base`: to what it is relative.
    fn by_address(&self, base: Option<&Url>, address: &str) -> Option<usize> {
        if address.is_empty() || self.locations.is_empty() {
            return None;
        }
        let whole = base.and_then(|base| base.join(address).ok());
        whole
            .and_then(|whole| self.addresses.get(whole.as_str()))
            .or_else(|| self.locations.get(address))
            .copied()
    }

    /// Those that HTML shows, given as its parts and to what addresses in each of them are relative. Each address of a part is looked
    /// up once, and of different ones no more than `MOST_ADDRESSES`. It is asked for only where it could show any.
    pub(crate) fn shown_in<'h, Bases: AsRef<[Option<Url>]>>(
        &self,
        html: impl FnOnce() -> (&'h [String], Bases),
    ) -> HashSet<usize> {
        let mut shown = HashSet::new();
        if self.is_empty() {
            return shown;
        }
        let mut addresses = Different::default();
        let (parts, bases) = html();
        let mut before = None;
        for (number, part) in parts.iter().enumerate() {
            let base = base_of(bases.as_ref(), number);
            if base != before {
                addresses.forget();
                before = base;
            }
            let mut tell = |source: &str| {
                shown.extend(match content_id(source) {
                    Some(id) => self.by_id(&id),
                    None if addresses.is_next(source) => self.by_address(base, source),
                    None => None,
                });
            };
            match self.locations.is_empty() {
                true => ids(part, &mut tell),
                false => sources(part, &mut tell),
            }
        }
        shown
    }
}

fn base_of(bases: &[Option<Url>], part: usize) -> Option<&Url> {
    bases.get(part)?.as_ref()
}

/// The addresses that were looked up.
#[derive(Default)]
struct Different {
    addresses: HashSet<String>,
    /// How many there were before the last part with another base.
    earlier: usize,
}

impl Different {
    /// Whether an address is still to be looked up.
    fn is_next(&mut self, address: &str) -> bool {
        self.earlier + self.addresses.len() < MOST_ADDRESSES
            && !self.addresses.contains(address)
            && self.addresses.insert(address.to_owned())
    }

    /// They lead elsewhere from now on.
    fn forget(&mut self) {
        self.earlier += self.addresses.len();
        self.addresses.clear();
    }
}

/// The pictures of a letter by the names that its HTML may call them.
#[derive(Debug)]
pub struct Named<'a> {
    attachments: &'a [Attachment],
    bases: &'a [Option<Url>],
    names: Names<'a>,
}

impl<'a> Named<'a> {
    pub fn of(letter: &'a Letter) -> Self {
        Self {
            attachments: &letter.attachments,
            bases: &letter.bases,
            names: names(&letter.attachments),
        }
    }

    /// The picture with this Content-ID (without `cid:` and brackets).
    pub fn by_id(&self, id: &str) -> Option<&'a Attachment> {
        self.attachments.get(self.names.by_id(id)?)
    }

    /// The picture that goes by this address, relative or whole, as the one of `html_parts` with this number has it.
    pub fn by_address(&self, part: usize, address: &str) -> Option<&'a Attachment> {
        let base = base_of(self.bases, part);
        self.attachments.get(self.names.by_address(base, address)?)
    }
}

/// Marks which of these attachments the HTML shows.
pub(crate) fn mark(attachments: &mut [Attachment], html: &[String], bases: &[Option<Url>]) {
    for number in names(attachments).shown_in(|| (html, bases)) {
        if let Some(attachment) = attachments.get_mut(number) {
            // Some senders attach what their HTML shows; what is shown is inline whatever it says.
            (attachment.shown, attachment.inline) = (true, true);
        }
    }
}

fn names(attachments: &[Attachment]) -> Names<'_> {
    let pictures = attachments.iter().enumerate();
    let pictures = pictures.filter(|(_, attachment)| attachment.may_be_drawn());
    let pictures = pictures.map(|(number, attachment)| {
        let called = Called {
            id: attachment.content_id.as_deref(),
            location: attachment.location.as_deref(),
            address: attachment.address.as_deref(),
        };
        (number, called)
    });
    Names::of(pictures)
}

/// The Content-IDs of all pictures that HTML shows, whether they are in the letter or not.
pub fn shown_content_ids(html: &[String]) -> HashSet<String> {
    let mut ids = HashSet::new();
    for part in html {
        html_sources::ids(part, &mut |source| ids.extend(content_id(source)));
    }
    ids
}

fn content_id(source: &str) -> Option<String> {
    let (scheme, id) = source.split_once(':')?;
    let id = scheme.eq_ignore_ascii_case("cid").then(|| percent_decoded(id))?;
    Some(id.trim().trim_start_matches('<').trim_end_matches('>').to_owned())
}

#[cfg(test)]
mod tests;
