//! The tree of a letter's parts (RFC 2046), found in one pass over its bytes and without recursion.
//!
//! This is where depth and number of parts are limited, so that all that follows may walk the tree as it likes.
//! No part is decoded here. An attached letter (message/rfc822) is one part: it is not looked into.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

mod boundary;
mod mend;

use boundary::{Met, Open, boundary_in_use, meet};
use memchr::memmem;

use crate::content::Content;
use crate::fields::{beginning, header_end, holds_damage, line_at, split};
use crate::line_ends::{are_doubled, with_line_ends, without_end};
use crate::transfer::Transfer;
use crate::{Oddity, signed};

/// Multiparts within multiparts that are followed. Real letters have fewer than ten.
pub(crate) const DEPTH_LIMIT: usize = 40;
/// Parts of one letter that are kept apart.
pub(crate) const PART_LIMIT: usize = 2_000;
/// Passes over a letter whose multiparts do not keep the boundaries that they name.
const MOST_PASSES: usize = 4;
/// Wrappings of S/MIME in one letter that are taken off.
const MOST_WRAPPINGS: usize = 4;

/// One part: a leaf, or a multipart with children.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    /// IMAP's section number (RFC 9051, section 6.4.5). Each leaf has its own.
    pub(crate) section: String,
    pub(crate) content: Content,
    pub(crate) header: Range<usize>,
    pub(crate) body: Range<usize>,
    pub(crate) children: Vec<usize>,
}

impl Node {
    pub(crate) fn is_leaf(&self) -> bool {
        self.children.is_empty()
    }
}

#[derive(Debug)]
pub(crate) struct Structure<'a> {
    raw: Cow<'a, [u8]>,
    /// The letter itself comes first, and each multipart before its children.
    pub(crate) nodes: Vec<Node>,
    pub(crate) oddities: Vec<Oddity>,
    /// The bodies of multiparts that are encoded, which none may be (RFC 2045, section 6.4), and hold no part as they stand.
    encoded: Vec<(Range<usize>, Transfer)>,
}

impl<'a> Structure<'a> {
    /// The tree as a person reads it: what stands in the wrapping of a signature, or was packed, stands in its place.
    pub(crate) fn read(raw: &'a [u8]) -> Self {
        let mut structure = Self::bare(raw);
        let mut known = Vec::new();
        for (mend, oddity) in mend::MENDS {
            let Some(mended) = mend(&structure) else { continue };
            known.extend(structure.oddities.iter().find(|odd| **odd == Oddity::LineEnds));
            structure = Self::of(Cow::Owned(mended));
            known.push(oddity);
        }
        known.retain(|oddity| !structure.oddities.contains(oddity));
        structure.oddities.extend(known);
        let mut unpacked = signed::Unpacked::default();
        for _ in 0..MOST_WRAPPINGS {
            let Some((unwrapped, was_signed)) = signed::unwrapped(&structure, &mut unpacked) else {
                break;
            };
            let mut oddities = std::mem::take(&mut structure.oddities);
            structure = Self::of(Cow::Owned(unwrapped));
            oddities.extend(was_signed.then_some(Oddity::NotVerified));
            oddities.retain(|oddity| !structure.oddities.contains(oddity));
            structure.oddities.extend(oddities);
        }
        structure
    }

    /// The tree as it stands in these very bytes.
    pub(crate) fn bare(raw: &'a [u8]) -> Self {
        let mut structure = Self::of(with_line_ends(raw));
        if matches!(structure.raw, Cow::Owned(_)) || are_doubled(raw) {
            structure.oddities.push(Oddity::LineEnds);
        }
        structure
    }

    fn of(raw: Cow<'a, [u8]>) -> Self {
        let mut walk = Walk::over(&raw);
        walk.adopt_childless();
        walk.adopt_preambles();
        let (nodes, oddities, encoded) = (walk.nodes, walk.oddities, walk.encoded);
        Self {
            raw,
            nodes,
            oddities,
            encoded,
        }
    }

    /// The letter's own header block.
    pub(crate) fn header(&self) -> &[u8] {
        let header = self.nodes.first().map(|node| node.header.clone());
        self.raw.get(header.unwrap_or_default()).unwrap_or_default()
    }

    /// The bytes in which everything stands, where they are not those of the letter.
    pub(crate) fn into_copy(self) -> Option<Vec<u8>> {
        match self.raw {
            Cow::Borrowed(_) => None,
            Cow::Owned(copy) => Some(copy),
        }
    }

    pub(crate) fn raw(&self) -> &[u8] {
        &self.raw
    }

    /// The encoded bytes of a part.
    pub(crate) fn body(&self, node: &Node) -> &[u8] {
        self.raw.get(node.body.clone()).unwrap_or_default()
    }

    pub(crate) fn leaves(&self) -> impl Iterator<Item = &Node> {
        self.nodes.iter().filter(|node| node.is_leaf())
    }
}

impl<'a> Walk<'a> {
    fn over(raw: &'a [u8]) -> Self {
        let mut walk = Walk::pass(raw, HashMap::new());
        let encoded = walk.encoded_multiparts();
        for _ in 1..MOST_PASSES {
            let more = walk.boundaries_in_use();
            if more.is_empty() {
                break;
            }
            let mut found = walk.found;
            found.extend(more);
            walk = Walk::pass(raw, found);
        }
        Self { encoded, ..walk }
    }

    /// Passes over the letter once. `found` are the boundaries of multiparts that name others, by where their headers stand.
    fn pass(raw: &'a [u8], found: HashMap<usize, Vec<u8>>) -> Self {
        let is_again = !found.is_empty();
        let mut walk = Walk {
            raw,
            found,
            nodes: Vec::new(),
            open: Vec::new(),
            leaf: None,
            oddities: Vec::new(),
            encoded: Vec::new(),
        };
        if beginning(raw) > 0 && !raw.starts_with(b"From ") {
            walk.note(Oddity::BeforeHeader);
        }
        if is_again {
            walk.note(Oddity::BadBoundary);
        }
        let (_, start) = walk.begin_part(0, String::from("1"));
        walk.run(start);
        walk
    }

    /// The bodies of multiparts that are encoded and hold no part.
    fn encoded_multiparts(&self) -> Vec<(Range<usize>, Transfer)> {
        let encoded = self.nodes.iter().filter(|node| {
            let packed = matches!(
                node.content.transfer,
                Transfer::Base64 | Transfer::QuotedPrintable
            );
            packed && node.content.is_multipart() && node.is_leaf()
        });
        encoded
            .map(|node| (node.body.clone(), node.content.transfer))
            .collect()
    }

    /// The boundaries by which multiparts are divided that name another one, which never comes. The bodies of such parts do
    /// not overlap, so all of them together are looked through once.
    fn boundaries_in_use(&self) -> Vec<(usize, Vec<u8>)> {
        let barren = self.nodes.iter().filter(|node| {
            let content = &node.content;
            content.is_multipart() && node.children.is_empty() && !self.found.contains_key(&node.header.start)
        });
        barren
            .filter_map(|node| {
                let body = self.raw.get(node.body.clone())?;
                Some((node.header.start, boundary_in_use(body)?.to_vec()))
            })
            .collect()
    }
}

struct Walk<'a> {
    raw: &'a [u8],
    found: HashMap<usize, Vec<u8>>,
    nodes: Vec<Node>,
    open: Vec<Open>,
    /// The part whose body is being passed; `None` before the first part and after the last one of a multipart.
    leaf: Option<usize>,
    oddities: Vec<Oddity>,
    encoded: Vec<(Range<usize>, Transfer)>,
}

impl Walk<'_> {
    /// Reads the header of a part; gives where it ends and where the body starts.
    fn begin_part(&mut self, start: usize, section: String) -> (usize, usize) {
        let open = &self.open;
        let (end, body) = header_end(self.raw, start, |line| meet(open, line, b"-").is_some());
        let header = self.raw.get(start..end).unwrap_or_default();
        let (fields, too_long) = split(header);
        if too_long {
            self.note(Oddity::HeaderTooLong);
        }
        if holds_damage(header) {
            self.note(Oddity::DamagedHeader);
        }
        let at_boundary = || meet(&self.open, line_at(self.raw, end).0, b"-").is_some();
        if end == body && end < self.raw.len() && !fields.is_empty() && !at_boundary() {
            self.note(Oddity::NoEmptyLine);
        }
        let mut content = Content::read(&fields);
        if !content.well_typed {
            self.note(Oddity::BadType);
        }
        if !content.well_encoded {
            self.note(Oddity::BadEncoding);
        }
        let parent = self.open.last().map(|open| open.node);
        // Within a digest a part without a type is a letter (RFC 2046, section 5.1.5).
        let in_digest = parent
            .and_then(|parent| self.nodes.get(parent))
            .is_some_and(|parent| parent.content.media_type() == "multipart/digest");
        if in_digest && content.given_media_type().is_none() {
            content.set_media_type("message/rfc822");
        }
        let index = self.nodes.len();
        if let Some(parent) = parent.and_then(|parent| self.nodes.get_mut(parent)) {
            parent.children.push(index);
        }
        self.leaf = None;
        if content.is_multipart() && self.open.len() < DEPTH_LIMIT {
            // No boundary ends in a space, for nobody would see where.
            let named = || {
                content
                    .boundary()
                    .map(|named| named.trim_end().as_bytes().to_vec())
            };
            let boundary = self.found.get(&start).cloned().or_else(named);
            self.open.push(Open {
                node: index,
                boundary,
                closed: false,
            });
        } else {
            if content.is_multipart() {
                content.set_media_type("application/octet-stream");
                self.note(Oddity::TooDeep);
            }
            self.leaf = Some(index);
        }
        self.nodes.push(Node {
            section,
            content,
            header: start..end,
            body: body..body,
            children: Vec::new(),
        });
        (end, body)
    }

    /// Passes over the rest of the letter from boundary to boundary.
    fn run(&mut self, start: usize) {
        let finder = memmem::Finder::new(b"\n--");
        let mut at = start;
        while let Some(rest) = self.raw.get(at..).filter(|_| !self.open.is_empty()) {
            let dashes = match rest.starts_with(b"--") {
                true => at,
                false => match finder.find(rest) {
                    Some(found) => at + found + 1,
                    None => break,
                },
            };
            let (line, next) = line_at(self.raw, dashes);
            at = self.pass_dashes(line, dashes, next);
        }
        self.close_down_to(0, self.raw.len());
    }

    /// A line that starts with two dashes: the end of a part, or nothing. Gives where to go on.
    fn pass_dashes(&mut self, line: &[u8], at: usize, next: usize) -> usize {
        self.guess_boundary(line);
        let rest = self.raw.get(next..).unwrap_or_default();
        let Some(Met {
            depth,
            closing,
            damaged,
        }) = meet(&self.open, line, rest)
        else {
            return next;
        };
        if damaged {
            self.note(Oddity::BadBoundary);
        }
        if !closing && self.nodes.len() >= PART_LIMIT {
            self.note(Oddity::TooManyParts);
            return next;
        }
        // The line end before a boundary belongs to the boundary (RFC 2046, section 5.1.1).
        let before = self.raw.get(..at).unwrap_or_default();
        let end = without_end(before).len();
        self.close_down_to(depth + 1, end);
        let Some(multipart) = self.open.get_mut(depth) else {
            return next;
        };
        let went_on = multipart.closed;
        multipart.closed = closing;
        if closing {
            if let Some(node) = self.nodes.get_mut(multipart.node) {
                node.body.end = end.max(node.body.start);
            }
            return next;
        }
        if went_on {
            self.note(Oddity::BadBoundary);
        }
        let section = self.next_section();
        self.begin_part(next, section).1
    }

    /// Ends the part being passed, and all multiparts deeper than `depth`.
    fn close_down_to(&mut self, depth: usize, end: usize) {
        let leaf = self.leaf.take();
        let ended = self.open.split_off(depth.min(self.open.len()));
        if end == self.raw.len() && ended.iter().any(|multipart| !multipart.closed) {
            self.note(Oddity::Truncated);
        }
        let is_closed = ended
            .into_iter()
            .map(|multipart| (multipart.node, multipart.closed));
        for (index, is_closed) in leaf.map(|leaf| (leaf, false)).into_iter().chain(is_closed) {
            let Some(node) = self.nodes.get_mut(index) else {
                continue;
            };
            // Behind the closing boundary of a multipart without parts stands what it holds, if anything.
            if !is_closed || node.is_leaf() && mend::holds_more(self.raw, node.body.end..end) {
                node.body.end = end.max(node.body.start);
            }
        }
    }

    fn next_section(&self) -> String {
        let parent = self.open.last().and_then(|open| self.nodes.get(open.node));
        let number = parent.map_or(0, |parent| parent.children.len()) + 1;
        match parent {
            Some(parent) if self.open.len() > 1 => format!("{}.{number}", parent.section),
            _ => number.to_string(),
        }
    }

    /// A multipart that does not name its boundary gets the first line that looks like one.
    fn guess_boundary(&mut self, line: &[u8]) {
        if self.leaf.is_some() {
            return;
        }
        let belongs_outside = meet(&self.open, line, b"-").is_some();
        if let Some(open) = self.open.last_mut()
            && open.boundary.is_none()
            && !belongs_outside
            && let Some(guess) = line.strip_prefix(b"--").map(<[u8]>::trim_ascii_end)
            && !guess.is_empty()
        {
            open.boundary = Some(guess.to_vec());
            self.note(Oddity::BadBoundary);
        }
    }

    fn note(&mut self, oddity: Oddity) {
        if !self.oddities.contains(&oddity) {
            self.oddities.push(oddity);
        }
    }
}

#[cfg(test)]
mod tests;
