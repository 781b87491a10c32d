//! What is made of multiparts that are none: without parts, with words before the first boundary, encoded as a whole, or with
//! boundaries that stand on no line of their own.

use std::ops::Range;

use memchr::{memchr, memmem};

use super::boundary::begins_with_content;
use super::{Node, Structure, Walk};
use crate::Oddity;
use crate::content::Content;
use crate::fields::line_at;

/// Gives a copy of a letter in which one fault is mended, where it has that.
type Mend = fn(&Structure<'_>) -> Option<Vec<u8>>;

/// What is mended in a copy of the letter, and what is said of it.
pub(super) const MENDS: [(Mend, Oddity); 2] = [(apart, Oddity::BadBoundary), (decoded, Oddity::BadEncoding)];

/// Octets before the first boundary that are looked through for what mail programs write there.
const PREAMBLE_LOOKED_AT: usize = 2_000;

impl Walk<'_> {
    /// A multipart without a single part is shown as the text that it holds.
    pub(super) fn adopt_childless(&mut self) {
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

    /// Words before the first boundary of a multipart that has no text are its text: its first boundary is lost. What mail
    /// programs write there for programs without MIME is not.
    pub(super) fn adopt_preambles(&mut self) {
        let mut texts = Vec::new();
        for (index, node) in self.nodes.iter().enumerate() {
            if let Some(body) = self.preamble(node) {
                texts.push((index, node.section.clone(), body));
            }
        }
        for (index, section, body) in texts {
            let section = match index {
                0 => "0".to_owned(),
                _ => format!("{section}.0"),
            };
            let added = self.nodes.len();
            if let Some(node) = self.nodes.get_mut(index) {
                node.children.insert(0, added);
            }
            self.nodes.push(Node {
                section,
                content: Content::default(),
                header: body.start..body.start,
                body,
                children: Vec::new(),
            });
            self.note(Oddity::BadBoundary);
        }
    }

    /// Where the words stand that are lost otherwise.
    fn preamble(&self, node: &Node) -> Option<Range<usize>> {
        let kind = node.content.media_type();
        if !matches!(
            kind,
            "multipart/mixed" | "multipart/related" | "multipart/alternative"
        ) {
            return None;
        }
        let may_be_text = |index: &usize| {
            self.nodes.get(*index).is_none_or(|child| {
                let kind = child.content.media_type();
                kind.starts_with("text/") && !child.content.is_attachment() || kind.starts_with("multipart/")
            })
        };
        if node.children.iter().any(may_be_text) {
            return None;
        }
        let first = self.nodes.get(*node.children.first()?)?;
        let before = self.raw.get(node.body.start..first.header.start)?;
        // The last line is the boundary itself.
        let before = before.strip_suffix(b"\n")?;
        let end = memchr::memrchr(b'\n', before)?;
        let words = before.get(..end)?;
        let start = words
            .get(..PREAMBLE_LOOKED_AT)
            .unwrap_or(words)
            .to_ascii_lowercase();
        let has = |word: &str| memmem::find(&start, word.as_bytes()).is_some();
        let is_usual = has("mime") || has("multipart") || has("multi-part");
        let is_text = !is_usual
            && words
                .iter()
                .any(|sign| sign.is_ascii_alphanumeric() || !sign.is_ascii());
        is_text.then(|| node.body.start..node.body.start + end)
    }
}

/// Whether something stands behind the first line of this range, which is a closing boundary.
pub(super) fn holds_more(raw: &[u8], range: Range<usize>) -> bool {
    let Some(behind) = raw.get(range) else {
        return false;
    };
    // The line end before the boundary belongs to it.
    let boundary = behind.trim_ascii_start();
    let more = memchr(b'\n', boundary).and_then(|end| boundary.get(end..));
    more.is_some_and(|more| !more.trim_ascii_start().is_empty())
}

/// The letter with a line end before each boundary that a program has put right behind the last word of a part, without one. Behind it
/// a part says what it is, or the letter ends.
fn apart(structure: &Structure<'_>) -> Option<Vec<u8>> {
    let outermost = structure.nodes.first().filter(|node| !node.is_leaf())?;
    let boundary = outermost.content.boundary()?;
    if !boundary.contains(|sign: char| sign.is_ascii_alphanumeric()) {
        return None;
    }
    let dashed = format!("--{}", boundary.trim_end());
    let raw = structure.raw();
    let mut whole = Vec::new();
    let mut written = 0;
    for at in memmem::find_iter(raw, dashed.as_bytes()).filter(|at| *at >= outermost.body.start) {
        let (behind, next) = line_at(raw, at + dashed.len());
        let rest = raw.get(next..).unwrap_or_default();
        let divides = match behind.trim_ascii() {
            b"" => begins_with_content(rest),
            b"--" => rest.trim_ascii_start().is_empty(),
            _ => false,
        };
        let stands_alone = raw.get(..at).unwrap_or_default().ends_with(b"\n");
        if divides && !stands_alone {
            whole.extend_from_slice(raw.get(written..at)?);
            whole.extend_from_slice(b"\r\n");
            written = at;
        }
    }
    if written == 0 {
        return None;
    }
    whole.extend_from_slice(raw.get(written..)?);
    Some(whole)
}

/// The letter with its encoded multiparts decoded, once, where that makes parts of them.
fn decoded(structure: &Structure<'_>) -> Option<Vec<u8>> {
    let raw = structure.raw();
    let mut whole = Vec::new();
    let mut at = 0;
    for (body, transfer) in &structure.encoded {
        let (bytes, _) = transfer.decode(raw.get(body.clone())?);
        let begins = bytes.starts_with(b"--") || memmem::find(&bytes, b"\n--").is_some();
        if !begins || body.start < at {
            continue;
        }
        whole.extend_from_slice(raw.get(at..body.start)?);
        whole.extend_from_slice(&bytes);
        at = body.end;
    }
    if at == 0 {
        return None;
    }
    whole.extend_from_slice(raw.get(at..)?);
    Some(whole)
}
