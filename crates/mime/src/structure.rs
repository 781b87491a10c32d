//! The tree of a letter's parts (RFC 2046), found in one pass over its bytes and without recursion.
//!
//! This is where depth and number of parts are limited, so that all that follows may walk the tree as it likes.
//! No part is decoded here. An attached letter (message/rfc822) is one part: it is not looked into.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use memchr::memmem;

use crate::content::Content;
use crate::fields::{beginning, header_end, holds_damage, line_at, split, with_line_ends};
use crate::{Oddity, signed};

/// Multiparts within multiparts that are followed. Real letters have fewer than ten.
pub(crate) const DEPTH_LIMIT: usize = 40;
/// Parts of one letter that are kept apart.
pub(crate) const PART_LIMIT: usize = 2_000;
/// Passes over a letter whose multiparts do not keep the boundaries that they name.
const MOST_PASSES: usize = 4;
/// Octets of a boundary that is found and not named; one that is named has 70 (RFC 2046, section 5.1.1).
const LONGEST_FOUND: usize = 200;
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
}

impl<'a> Structure<'a> {
    /// The tree as a person reads it: what stands in the wrapping of a signature, or was packed, stands in its place.
    pub(crate) fn read(raw: &'a [u8]) -> Self {
        let mut structure = Self::bare(raw);
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
        if let Cow::Owned(_) = structure.raw {
            structure.oddities.push(Oddity::LineEnds);
        }
        structure
    }

    fn of(raw: Cow<'a, [u8]>) -> Self {
        let (nodes, oddities) = Walk::over(&raw);
        Self { raw, nodes, oddities }
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
    fn over(raw: &'a [u8]) -> (Vec<Node>, Vec<Oddity>) {
        let mut found = HashMap::new();
        for _ in 1..MOST_PASSES {
            let walk = Walk::pass(raw, &found);
            let more = walk.boundaries_in_use();
            if more.is_empty() {
                return walk.finish();
            }
            found.extend(more);
        }
        Walk::pass(raw, &found).finish()
    }

    /// Passes over the letter once. `found` are the boundaries of multiparts that name others, by where their headers stand.
    fn pass(raw: &'a [u8], found: &'a HashMap<usize, Vec<u8>>) -> Self {
        let mut walk = Walk {
            raw,
            found,
            nodes: Vec::new(),
            open: Vec::new(),
            leaf: None,
            oddities: Vec::new(),
        };
        if beginning(raw) > 0 && !raw.starts_with(b"From ") {
            walk.note(Oddity::BeforeHeader);
        }
        if !found.is_empty() {
            walk.note(Oddity::BadBoundary);
        }
        let (_, start) = walk.begin_part(0, String::from("1"));
        walk.run(start);
        walk
    }

    fn finish(mut self) -> (Vec<Node>, Vec<Oddity>) {
        self.adopt_childless();
        (self.nodes, self.oddities)
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

/// What stands behind two dashes on the first line behind which a part begins as parts do: with a field of its content.
fn boundary_in_use(body: &[u8]) -> Option<&[u8]> {
    let mut at = 0;
    loop {
        let (line, next) = line_at(body, at);
        let part = body.get(next..).filter(|part| !part.is_empty())?;
        let begins = part
            .get(..8)
            .is_some_and(|start| start.eq_ignore_ascii_case(b"content-"));
        let boundary = line.strip_prefix(b"--").map(<[u8]>::trim_ascii_end);
        if let Some(boundary) = boundary.filter(|line| begins && (1..=LONGEST_FOUND).contains(&line.len())) {
            return Some(boundary);
        }
        at = next;
    }
}

/// A multipart whose end has not come.
struct Open {
    node: usize,
    /// `None` until the first line that looks like one, where the letter does not say.
    boundary: Option<Vec<u8>>,
}

impl Open {
    /// Whether a line (without its two dashes) is this boundary, and whether it is the closing one.
    fn ends_at(&self, line: &[u8]) -> Option<bool> {
        let boundary = self.boundary.as_deref()?;
        match line.strip_prefix(boundary)? {
            b"" => Some(false),
            b"--" => Some(true),
            _ => None,
        }
    }
}

struct Walk<'a> {
    raw: &'a [u8],
    found: &'a HashMap<usize, Vec<u8>>,
    nodes: Vec<Node>,
    open: Vec<Open>,
    /// The part whose body is being passed; `None` before the first part and after the last one of a multipart.
    leaf: Option<usize>,
    oddities: Vec<Oddity>,
}

impl Walk<'_> {
    /// Reads the header of a part; gives where it ends and where the body starts.
    fn begin_part(&mut self, start: usize, section: String) -> (usize, usize) {
        let open = &self.open;
        let (end, body) = header_end(self.raw, start, |line| match_boundary(open, line).is_some());
        let header = self.raw.get(start..end).unwrap_or_default();
        let (fields, too_long) = split(header);
        if too_long {
            self.note(Oddity::HeaderTooLong);
        }
        if holds_damage(header) {
            self.note(Oddity::DamagedHeader);
        }
        let mut content = Content::read(&fields);
        if !content.well_typed {
            self.note(Oddity::BadType);
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
            let named = || content.boundary().map(String::into_bytes);
            let boundary = self.found.get(&start).cloned().or_else(named);
            self.open.push(Open {
                node: index,
                boundary,
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
        while !self.open.is_empty() {
            let rest = self.raw.get(at..).unwrap_or_default();
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
        let Some((depth, closing)) = match_boundary(&self.open, line) else {
            return next;
        };
        if !closing && self.nodes.len() >= PART_LIMIT {
            self.note(Oddity::TooManyParts);
            return next;
        }
        // The line end before a boundary belongs to the boundary (RFC 2046, section 5.1.1).
        let before = self.raw.get(..at).unwrap_or_default();
        let before = before.strip_suffix(b"\n").unwrap_or(before);
        let end = before.strip_suffix(b"\r").unwrap_or(before).len();
        self.close_down_to(depth + 1, end);
        if closing {
            self.close_down_to(depth, end);
            return next;
        }
        let section = self.next_section();
        self.begin_part(next, section).1
    }

    /// Ends the part being passed, and all multiparts deeper than `depth`.
    fn close_down_to(&mut self, depth: usize, end: usize) {
        let leaf = self.leaf.take();
        let closed = self.open.split_off(depth.min(self.open.len()));
        if end == self.raw.len() && !closed.is_empty() {
            self.note(Oddity::Truncated);
        }
        for index in leaf.into_iter().chain(closed.into_iter().map(|open| open.node)) {
            if let Some(node) = self.nodes.get_mut(index) {
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
        let belongs_outside = match_boundary(&self.open, line).is_some();
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

    /// A multipart without a single part is shown as the text that it holds.
    fn adopt_childless(&mut self) {
        let mut found = false;
        for node in &mut self.nodes {
            if node.content.is_multipart() && node.children.is_empty() {
                node.content.set_media_type("text/plain");
                found = true;
            }
        }
        if found {
            self.note(Oddity::BadBoundary);
        }
    }

    fn note(&mut self, oddity: Oddity) {
        if !self.oddities.contains(&oddity) {
            self.oddities.push(oddity);
        }
    }
}

/// Which open multipart a line ends a part of, innermost first, and whether it is the last part.
fn match_boundary(open: &[Open], line: &[u8]) -> Option<(usize, bool)> {
    let line = line.strip_prefix(b"--")?.trim_ascii_end();
    open.iter()
        .enumerate()
        .rev()
        .find_map(|(depth, open)| open.ends_at(line).map(|closing| (depth, closing)))
}

#[cfg(test)]
mod tests;
