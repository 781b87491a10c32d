//! Where the words of a query stand in texts that are shown, so that they can be marked. The index is asked itself: the
//! texts are put into a small one in memory, which splits and folds words as the large one does, and FTS5 says where each
//! expression of the query is found. So whatever is found is marked, and nothing else. Not here: what letters match.

use std::ops::Range;

use rusqlite::{Connection, params};

use super::cut::{self, Placed, is_mark, last_word, parts_words};
use super::expression::phrase;
use super::operator::Place;
use super::query::{self, Node, Words};
use super::record::beginning;
use crate::error::Doing;
use crate::{Reading, StoreError};

/// What parts a text into words, and makes capitals and accents equal. It is that of the index (`schema.sql`).
pub(crate) const TOKENIZER: &str = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'";

/// They stand around what is found, and in no text.
const BEGIN: char = '\u{1}';
const END: char = '\u{2}';

/// Places in one text; nobody looks at more.
const MOST: usize = 2_000;

/// Octets of text that are gone through for one question, each as often as there are words that it has. The longest of letters and a
/// query of many words would take half a minute; what is not reached is not marked.
const WORK: usize = if cfg!(test) { 1 << 20 } else { 64 << 20 };

/// Which part of a letter a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShownPart {
    Subject,
    Sender,
    Recipients,
    Copies,
    Text,
    FileName,
    /// What kind of files hang on it.
    Kinds,
    /// What the mailing list is called.
    List,
    /// What stands in a file.
    Papers,
}

impl ShownPart {
    const ALL: [Self; 9] = [
        Self::Subject,
        Self::Sender,
        Self::Recipients,
        Self::Copies,
        Self::Text,
        Self::FileName,
        Self::Kinds,
        Self::List,
        Self::Papers,
    ];

    /// As the index calls it.
    fn column(self) -> &'static str {
        match self {
            Self::Subject => "subject",
            Self::Sender => "sender",
            Self::Recipients => "recipients",
            Self::Copies => "copies",
            Self::Text => "body",
            Self::FileName => "files",
            Self::Kinds => "kinds",
            Self::List => "list",
            Self::Papers => "papers",
        }
    }
}

/// A text that is shown of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    pub part: ShownPart,
    pub text: String,
}

impl Reading<'_> {
    /// Which octets of each text the words of a query are, in ascending order and apart. Words that are not wanted are not marked.
    pub fn marks(query: &str, shown: &[Shown]) -> Result<Vec<Vec<Range<usize>>>, StoreError> {
        let query = query::parse(query);
        let mut wanted = query.node.as_ref().map(wanted).unwrap_or_default();
        // What kind of file a letter has, and what its list is called, is no word of what is shown.
        wanted.retain(|words| !matches!(words.place, Some(Place::Kind | Place::List)));
        let marks = places(&wanted, shown)?.into_iter().map(|places| {
            let mut marks = joined(places.into_iter().map(|(_, place)| place).collect());
            marks.truncate(MOST);
            marks
        });
        Ok(marks.collect())
    }
}

/// The words that are wanted, in the order of the query.
pub(super) fn wanted(node: &Node) -> Vec<&Words> {
    match node {
        Node::All(nodes) | Node::Any(nodes) => nodes.iter().flat_map(wanted).collect(),
        Node::Words(words) => vec![words],
        Node::Not(_) | Node::Asked(_) => Vec::new(),
    }
}

/// Which of some words stands somewhere, by its number, and the octets that it is there.
pub(super) type WordAt = (usize, Range<usize>);

/// Where words stand in each text.
pub(super) fn places(wanted: &[&Words], shown: &[Shown]) -> Result<Vec<Vec<WordAt>>, StoreError> {
    let mut places = vec![Vec::new(); shown.len()];
    if wanted.is_empty() || shown.is_empty() {
        return Ok(places);
    }
    let small = Small::of(shown)?;
    let mut work = WORK;
    for (number, words) in wanted.iter().enumerate() {
        small.find(number, words, &mut places, &mut work)?;
    }
    Ok(places)
}

/// An index of what is shown.
struct Small<'a> {
    connection: Connection,
    texts: Vec<(ShownPart, String, Placed<'a>)>,
}

impl<'a> Small<'a> {
    fn of(shown: &'a [Shown]) -> Result<Self, StoreError> {
        let doing = "looking where words stand";
        let connection = Connection::open_in_memory().doing(doing)?;
        let columns = ShownPart::ALL.map(ShownPart::column).join(", ");
        connection
            .execute_batch(&format!(
                "PRAGMA journal_mode = OFF;
                 CREATE VIRTUAL TABLE shown USING fts5 ({columns}, tokenize = \"{TOKENIZER}\")"
            ))
            .doing(doing)?;
        let mut texts = Vec::with_capacity(shown.len());
        let begun = connection.unchecked_transaction().doing(doing)?;
        for (number, Shown { part, text }) in (0_i64..).zip(shown) {
            let placed = Placed::of(beginning(text));
            // As long as before, so that places stay the same.
            let clean = placed.text.replace(['\0', BEGIN, END], " ");
            begun
                .prepare_cached(&format!(
                    "INSERT INTO shown (rowid, {}) VALUES (?1, ?2)",
                    part.column()
                ))
                .and_then(|mut statement| statement.execute(params![number, clean]))
                .doing(doing)?;
            texts.push((*part, clean, placed));
        }
        begun.commit().doing(doing)?;
        Ok(Self { connection, texts })
    }

    fn find(
        &self,
        word: usize,
        words: &Words,
        found_in: &mut [Vec<WordAt>],
        work: &mut usize,
    ) -> Result<(), StoreError> {
        if *work == 0 {
            return Ok(());
        }
        let doing = "looking where words stand";
        let columns: Vec<String> = (0..ShownPart::ALL.len())
            .map(|column| format!("highlight(shown, {column}, char(1), char(2))"))
            .collect();
        let sql = format!(
            "SELECT rowid, {} FROM shown WHERE shown MATCH ?1",
            columns.join(", ")
        );
        let mut statement = self.connection.prepare_cached(&sql).doing(doing)?;
        let mut rows = statement.query([phrase(words)]).doing(doing)?;
        while let Some(row) = rows.next().doing(doing)? {
            let number: i64 = row.get(0).doing(doing)?;
            let number = usize::try_from(number).unwrap_or(usize::MAX);
            let (Some((part, clean, placed)), Some(places)) =
                (self.texts.get(number), found_in.get_mut(number))
            else {
                continue;
            };
            *work = work.saturating_sub(clean.len().max(1));
            if *work == 0 {
                break;
            }
            let column = ShownPart::ALL
                .iter()
                .position(|one| one == part)
                .unwrap_or_default();
            let marked: Option<String> = row.get(column + 1).doing(doing)?;
            for found in between(&marked.unwrap_or_default()).into_iter().take(MOST) {
                let text = clean.get(found.clone()).unwrap_or_default();
                let end = found.start + as_far_as_typed(text, words);
                places.extend(placed.original(found.start..end).map(|place| (word, place)));
            }
        }
        Ok(())
    }
}

/// What stands between the signs, as places in the text without them.
fn between(marked: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut begun = 0;
    for (signs, (at, sign)) in marked
        .char_indices()
        .filter(|(_, character)| [BEGIN, END].contains(character))
        .enumerate()
    {
        let at = at - signs;
        match sign {
            BEGIN => begun = at,
            _ => found.push(begun..at),
        }
    }
    found
}

/// How much of what is found has been asked for: of a word whose beginning was typed not the rest.
fn as_far_as_typed(found: &str, words: &Words) -> usize {
    if !words.beginning && !cut::ends_in_one(&words.text) {
        return found.len();
    }
    let typed = last_word(&cut::for_query(&words.text))
        .chars()
        .filter(|one| !is_mark(*one))
        .count();
    let last = last_word(found);
    let begin = found.trim_end_matches(parts_words).len() - last.len();
    let length = last
        .char_indices()
        .filter(|(_, character)| !is_mark(*character))
        .nth(typed)
        .map_or(last.len(), |(at, _)| at);
    begin + length
}

/// In ascending order, those that touch put together.
fn joined(mut places: Vec<Range<usize>>) -> Vec<Range<usize>> {
    places.sort_unstable_by_key(|place| (place.start, place.end));
    let mut out: Vec<Range<usize>> = Vec::with_capacity(places.len());
    for place in places {
        match out.last_mut().filter(|before| place.start <= before.end) {
            Some(before) => before.end = before.end.max(place.end),
            None => out.push(place),
        }
    }
    out
}

#[cfg(test)]
mod tests;
