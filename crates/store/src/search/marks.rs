//! Where the words of a query stand in texts that are shown, so that they can be marked. The index is asked itself: the
//! texts are put into a small one in memory, which splits and folds words as the large one does, and FTS5 says where each
//! expression of the query is found. So whatever is found is marked, and nothing else. Not here: what letters match.

use std::ops::Range;

use rusqlite::{Connection, params};

use super::cut::{self, Placed};
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
const WORK: usize = 64 << 20;

/// Which part of a letter a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShownPart {
    Subject,
    Sender,
    Recipients,
    Copies,
    Text,
    FileName,
}

impl ShownPart {
    const ALL: [Self; 6] = [
        Self::Subject,
        Self::Sender,
        Self::Recipients,
        Self::Copies,
        Self::Text,
        Self::FileName,
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
        let mut marks = vec![Vec::new(); shown.len()];
        let mut wanted = Vec::new();
        let query = query::parse(query);
        if let Some(node) = &query.node {
            gather(node, &mut wanted);
        }
        if wanted.is_empty() || shown.is_empty() {
            return Ok(marks);
        }
        let small = Small::of(shown)?;
        let mut work = WORK;
        for words in wanted {
            small.find(words, &mut marks, &mut work)?;
        }
        for places in &mut marks {
            *places = joined(std::mem::take(places));
            places.truncate(MOST);
        }
        Ok(marks)
    }
}

/// The words that are looked for in what is shown.
fn gather<'a>(node: &'a Node, wanted: &mut Vec<&'a Words>) {
    match node {
        Node::All(nodes) | Node::Any(nodes) => nodes.iter().for_each(|node| gather(node, wanted)),
        Node::Words(words) if !matches!(words.place, Some(Place::Kind | Place::List)) => wanted.push(words),
        Node::Words(_) | Node::Not(_) | Node::Asked(_) => {}
    }
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
        words: &Words,
        marks: &mut [Vec<Range<usize>>],
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
            let (Some((part, clean, placed)), Some(places)) = (self.texts.get(number), marks.get_mut(number))
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
                let word = clean.get(found.clone()).unwrap_or_default();
                let end = found.start + as_far_as_typed(word, words);
                places.extend(placed.original(found.start..end));
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

fn last_word(text: &str) -> &str {
    text.trim_end_matches(parts_words)
        .rsplit(parts_words)
        .next()
        .unwrap_or_default()
}

/// Whether a character parts words. Marks are of no importance for that, as far as they stand in words.
fn parts_words(character: char) -> bool {
    !character.is_alphanumeric() && !is_mark(character) && !cut::is_unspaced(character)
}

/// Accents that stand behind their letter as characters of their own.
fn is_mark(character: char) -> bool {
    matches!(u32::from(character), 0x0300..=0x036F | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x20D0..=0x20FF | 0xFE20..=0xFE2F)
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
mod tests {
    use super::*;

    /// What is marked of a text, in brackets.
    fn marked(query: &str, part: ShownPart, text: &str) -> String {
        let shown = Shown {
            part,
            text: text.to_owned(),
        };
        let marks = Reading::marks(query, &[shown]).unwrap();
        let mut out = text.to_owned();
        for place in marks.concat().iter().rev() {
            out.insert(place.end, ']');
            out.insert(place.start, '[');
        }
        out
    }

    fn text(query: &str, text: &str) -> String {
        marked(query, ShownPart::Text, text)
    }

    #[test]
    fn words_are_marked_where_the_index_finds_them() {
        for (query, expected, reason) in [
            (
                "lamp room",
                "the [lamp] in the [room], a [Lamp]",
                "each of them, whatever its case",
            ),
            (
                "\"lamp room\"",
                "a lamp, the [lamp room], a [lamp, room]",
                "a phrase is whole",
            ),
            ("\"lamp\"", "[lamp] and lamps", "quotes are meant as they stand"),
            (
                "rechnung",
                "die [Rechnung]snummer der Abrechnung",
                "a beginning is marked as far as it was typed",
            ),
            (
                "muller",
                "Frau [Müller], [Muller], [Mu\u{308}ller]",
                "accents make no difference",
            ),
            ("mull", "[Müll]er, [Mu\u{308}ll]er", "also where the word goes on"),
            ("日本", "[日本]語の[日本]", "any two characters"),
            ("日本語", "[日本語]", "or more"),
            ("京", "東[京]の[京]都", "one is one, though pairs are indexed"),
            ("東京tower", "in [東京tower]", "scripts beside each other"),
            ("สวัส", "[สวัส]ดีครับ", "Thai has no spaces either"),
            ("-lamp room", "lamp, [room]", "what is not wanted is not marked"),
            (
                "(lamp OR room) is:unread",
                "[lamp] or [room], unread",
                "and what is asked of a letter is no word",
            ),
            (
                "4711",
                "no. [4711], not 47110",
                "numbers are meant as they stand, once something follows",
            ),
            (
                "amara@lighthouse.example",
                "to [amara@lighthouse.example]",
                "addresses literally",
            ),
            (
                "subject:lamp from:room",
                "lamp, room",
                "what is looked for elsewhere is not marked here",
            ),
            ("body:lamp", "[lamp]", "and here it is"),
            ("lamp lamps", "[lamps]", "what lies over each other is one place"),
        ] {
            let query = format!("{query} ");
            let plain = expected.replace(['[', ']'], "");
            assert_eq!(text(&query, &plain), expected, "{query}: {reason}");
        }
    }

    #[test]
    fn each_part_is_marked_by_what_is_looked_for_in_it() {
        use ShownPart::{Copies, FileName, Recipients, Sender, Subject};
        assert_eq!(marked("from:lena ", Sender, "Lena Vogt"), "[Lena] Vogt");
        assert_eq!(marked("from:lena ", Recipients, "Lena Vogt"), "Lena Vogt");
        assert_eq!(marked("to:lena ", Recipients, "Lena Vogt"), "[Lena] Vogt");
        assert_eq!(
            marked("to:lena ", Copies, "Lena Vogt"),
            "[Lena] Vogt",
            "copies are recipients"
        );
        assert_eq!(marked("cc:lena ", Recipients, "Lena Vogt"), "Lena Vogt");
        assert_eq!(
            marked("filename:plan ", FileName, "plan_of_deck.pdf"),
            "[plan]_of_deck.pdf"
        );
        assert_eq!(
            marked("plan ", Subject, "The plan"),
            "The [plan]",
            "a word by itself is looked for anywhere"
        );
        assert_eq!(
            marked("type:pdf ", FileName, "plan.pdf"),
            "plan.pdf",
            "a kind is no word"
        );
    }

    #[test]
    fn texts_of_any_kind_are_looked_through() {
        assert_eq!(
            text("lamp", "\0\u{1}lamp\u{2}"),
            "\0\u{1}[lamp]\u{2}",
            "signs of our own in it"
        );
        assert_eq!(text("", "lamp"), "lamp");
        assert_eq!(text("\" (", "lamp"), "lamp", "a query without words");
        assert_eq!(text("lamp", ""), "");
        let long = format!("{} lamp", "日".repeat(600_000));
        let shown = [Shown {
            part: ShownPart::Text,
            text: long,
        }];
        let marks = Reading::marks("lamp", &shown).unwrap();
        assert_eq!(marks, [Vec::new()], "what is not indexed is not marked");
    }

    #[test]
    fn a_letter_that_is_made_to_be_marked_everywhere_ends_with_so_many_places() {
        let shown = Shown {
            part: ShownPart::Text,
            text: "lamp ".repeat(200_000),
        };
        let marks = Reading::marks(&"lamp ".repeat(40), &vec![shown; 3]).unwrap();
        assert!(marks.iter().all(|places| places.len() == MOST));
        assert_eq!(marks[0][MOST - 1], 5 * (MOST - 1)..5 * MOST - 1);
    }

    #[test]
    fn words_are_split_as_in_the_index() {
        let schema = include_str!("../../schema.sql");
        assert!(schema.contains(&format!("tokenize = \"{TOKENIZER}\"")));
    }
}
