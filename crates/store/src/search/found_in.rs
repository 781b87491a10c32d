//! Why a letter was found: whether what a row shows of it says so, or which part of its text, or the name of a file, or none of
//! these, so that it is what stands in its files. The parts of the letter are asked as the index was (`marks.rs`). Not here: what
//! stands in files, which this room cannot read.

use waxwing_model::EmailId;

use super::Line;
use super::excerpt::{Piece, WordSet, piece_of_text};
use super::marks::{self, Shown, ShownPart, WordAt};
use super::query::{self, Node, Words};
use super::record::Rest;
use crate::{Reading, StoreError};

/// Octets of a letter's record that are read: the text as far as it is indexed, and mostly what stands behind it.
const READ: i64 = 2 << 20;
/// Characters of its beginning that a row shows, if it is narrow.
const SEEN: usize = 48;

/// Where somebody sees why a letter was found, who does not see it in its row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FoundIn {
    /// In this part of its text.
    Text(Piece),
    /// In the name of this file.
    FileName(String),
    /// Some of the words in the name of this file, and others in this part of its text.
    NameAndText(String, Piece),
    /// In what of it is on a server alone. Of a letter that is here in part its text is here.
    Elsewhere { in_part: bool },
    /// Nowhere but in what stands in its files, which has these words.
    Papers(WordSet),
}

impl Reading<'_> {
    /// Why a letter was found. `None`: its row shows that, or it is not known here.
    pub fn why_found(&self, query: &str, email: EmailId) -> Result<Option<FoundIn>, StoreError> {
        let Some(node) = query::parse(query).node else {
            return Ok(None);
        };
        let words = marks::wanted(&node);
        if words.is_empty() {
            return Ok(None);
        }
        let Some(preview) = self.preview(email)? else {
            return Ok(None);
        };
        let record = self.text_up_to(email, READ)?;
        let is_here = record.is_some();
        let record = record.unwrap_or_default();
        let line = match self.line_of(email, &record) {
            // It went meanwhile.
            Err(StoreError::NoSuch { .. }) => return Ok(None),
            line => line?,
        };
        let rest = line.rest;
        let shown = parts(line, &preview);
        let mut places = marks::places(&words, &shown)?;
        let in_each: Vec<WordSet> = places
            .iter()
            .map(|places| WordSet::of(places.iter().map(|(word, _)| *word)))
            .collect();
        let all = in_each.iter().fold(WordSet::default(), |all, some| all.or(*some));
        if !holds(&node, &words, all) {
            // Nobody has looked into what is not here but whoever has it.
            if !is_here || (rest == Rest::Nothing && self.is_in_part(email)?) {
                return Ok(Some(FoundIn::Elsewhere { in_part: is_here }));
            }
            let missing = WordSet::of(0..words.len()).without(all);
            return Ok((rest != Rest::Nothing).then_some(FoundIn::Papers(missing)));
        }
        // What a row shows anyway needs no other place.
        let set = |part: usize| in_each.get(part).copied().unwrap_or_default();
        let header = HEADER
            .into_iter()
            .fold(WordSet::default(), |all, part| all.or(set(part)));
        let fresh = WordSet::of(0..words.len()).without(header);
        let of = |part: usize| {
            shown
                .get(part)
                .map(|shown| shown.text.as_str())
                .unwrap_or_default()
        };
        let name = named(
            of(FILES),
            places.get(FILES).map(Vec::as_slice).unwrap_or_default(),
            fresh,
        );
        let body = places.get_mut(BODY).map(std::mem::take).unwrap_or_default();
        let body = piece_of_text(of(BODY), body, fresh);
        let seen = set(BEGINNING);
        let in_body = body.as_ref().map(|piece| piece.words).unwrap_or_default();
        let told_by_body = in_body.worth(fresh) > seen.worth(fresh);
        let told = if told_by_body { in_body } else { seen };
        let name = name.filter(|(_, words)| words.without(told).meets(fresh));
        Ok(match (name, body) {
            (Some((name, words)), Some(piece)) if piece.words.without(words).meets(fresh) => {
                Some(FoundIn::NameAndText(name, piece))
            }
            (Some((name, _)), _) => Some(FoundIn::FileName(name)),
            (None, body) => body.filter(|_| told_by_body).map(FoundIn::Text),
        })
    }

    fn preview(&self, email: EmailId) -> Result<Option<String>, StoreError> {
        let sql = "SELECT preview FROM email WHERE id = ?1";
        self.one("reading how a letter begins", sql, [email.0], |row| row.get(0))
    }
}

/// Places in what [`parts`] gives.
const BEGINNING: usize = 0;
const BODY: usize = 1;
const FILES: usize = 2;
const HEADER: [usize; 4] = [3, 4, 5, 6];

/// What of a letter is in the index but for what stands in its files, and what a row shows of its text.
fn parts(line: Line, preview: &str) -> [Shown; 9] {
    let shown = |part, text| Shown { part, text };
    [
        shown(ShownPart::Text, preview.chars().take(SEEN).collect()),
        shown(ShownPart::Text, line.body),
        shown(ShownPart::FileName, line.files),
        shown(ShownPart::Subject, line.subject),
        shown(ShownPart::Sender, line.sender),
        shown(ShownPart::Recipients, line.recipients),
        shown(ShownPart::Copies, line.copies),
        shown(ShownPart::Kinds, line.kinds),
        shown(ShownPart::List, line.list),
    ]
}

/// Whether a letter with these words is one that was looked for, as far as words say.
fn holds(node: &Node, words: &[&Words], found: WordSet) -> bool {
    match node {
        Node::All(nodes) => nodes.iter().all(|node| holds(node, words, found)),
        Node::Any(nodes) => nodes.iter().any(|node| holds(node, words, found)),
        // The same words at another place of the query are found where these are.
        Node::Words(one) => words
            .iter()
            .position(|each| *each == one)
            .is_some_and(|at| found.has(at)),
        Node::Not(_) | Node::Asked(_) => true,
    }
}

/// The name with most of the words, of names that stand a line each.
fn named(names: &str, places: &[WordAt], wanted: WordSet) -> Option<(String, WordSet)> {
    let mut best: Option<(String, WordSet)> = None;
    let mut start = 0;
    for name in names.split('\n') {
        let end = start + name.len();
        let here = places
            .iter()
            .filter(|(_, place)| place.start >= start && place.end <= end);
        let words = WordSet::of(here.map(|(word, _)| *word));
        let before = best
            .as_ref()
            .map(|(_, words)| words.worth(wanted))
            .unwrap_or_default();
        if words.worth(wanted) > before {
            best = Some((name.to_owned(), words));
        }
        start = end + 1;
    }
    best
}
