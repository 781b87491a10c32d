//! A piece of a long text that shows why it was found: the first place where most of the words stand near each other, with a little
//! of what stands before and behind it. What is marked in it, and how it is shown, is for others.

use unicode_normalization::char::is_combining_mark;

use super::marks::{self, Shown, ShownPart, WordAt};
use super::query;
use crate::{Reading, StoreError};

/// Octets within which words are near each other: about what a row shows of a line.
const NEAR: usize = 120;
/// Characters before the first of them: a narrow row shows the word that follows them too. What stands in a file follows its name.
const BEFORE: usize = 12;
const BEFORE_IN_FILE: usize = 5;
/// Characters from there on.
const BEHIND: usize = 240;

/// Some of the words of a query, by their numbers. A query has fewer of them than there are bits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WordSet(u64);

impl WordSet {
    pub(super) fn of(words: impl IntoIterator<Item = usize>) -> Self {
        words.into_iter().fold(Self::default(), Self::with)
    }

    pub(super) fn with(self, word: usize) -> Self {
        let bit = u32::try_from(word).ok().and_then(|word| 1_u64.checked_shl(word));
        Self(self.0 | bit.unwrap_or_default())
    }

    pub(super) fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    pub(super) fn has(self, word: usize) -> bool {
        self == self.with(word)
    }

    /// How much somebody learns who sees these: words that are wanted most, and then words.
    pub(super) fn worth(self, wanted: Self) -> (u32, u32) {
        ((self.0 & wanted.0).count_ones(), self.0.count_ones())
    }

    /// Whether one of them is among the others.
    pub fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// A part of a text with words that were looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// As it stands there, with its line ends.
    pub text: String,
    /// Something stands before it.
    pub goes_on: bool,
    pub words: WordSet,
}

impl Reading<'_> {
    /// Of each text the piece with most of the words that are wanted, or else with most of those of the query. `None`: it has none.
    pub fn pieces_in(
        query: &str,
        wanted: WordSet,
        shown: &[Shown],
    ) -> Result<Vec<Option<Piece>>, StoreError> {
        let node = query::parse(query).node;
        let words = node.as_ref().map(marks::wanted).unwrap_or_default();
        let places = marks::places(&words, shown)?;
        let each = shown.iter().zip(places);
        let pieces = each.map(|(Shown { part, text }, places)| {
            let room = match part {
                ShownPart::Papers => BEFORE_IN_FILE,
                _ => BEFORE,
            };
            piece(text, places, wanted, room)
        });
        Ok(pieces.collect())
    }

    /// Which of some pieces shows most of the words that are wanted; of several the first.
    pub fn telling(pieces: &[Option<Piece>], wanted: WordSet) -> Option<usize> {
        let told = pieces.iter().enumerate();
        let told = told.filter_map(|(at, piece)| Some((at, piece.as_ref()?.words)));
        // The last of the largest, counted backwards.
        told.rev()
            .max_by_key(|(_, words)| words.worth(wanted))
            .map(|(at, _)| at)
    }
}

/// The part of a text around words whose places are known, with so many characters before them.
fn piece(text: &str, mut places: Vec<WordAt>, wanted: WordSet, room: usize) -> Option<Piece> {
    places.sort_unstable_by_key(|(_, place)| (place.start, place.end));
    let (first, words) = densest(&places, wanted)?;
    let start = before(text, first, room);
    let rest = text.get(start..)?;
    let end = rest
        .char_indices()
        .nth(room + BEHIND)
        .map_or(rest.len(), |(at, _)| at);
    Some(Piece {
        text: rest.get(..end)?.to_owned(),
        goes_on: !text.get(..start)?.trim().is_empty(),
        words,
    })
}

/// The piece of a letter's text.
pub(super) fn piece_of_text(text: &str, places: Vec<WordAt>, wanted: WordSet) -> Option<Piece> {
    piece(text, places, wanted, BEFORE)
}

/// Where words are near each other that tell most, and which; of several such places the first.
fn densest(places: &[WordAt], wanted: WordSet) -> Option<(usize, WordSet)> {
    let all = WordSet::of(places.iter().map(|(word, _)| *word));
    let mut best: Option<(usize, WordSet)> = None;
    for (at, (word, place)) in places.iter().enumerate() {
        let near = places.get(at + 1..).unwrap_or_default().iter();
        let near = near.take_while(|(_, next)| next.end <= place.start + NEAR);
        let words = near.fold(WordSet::of([*word]), |words, (word, _)| words.with(*word));
        if best.is_none_or(|(_, before)| words.worth(wanted) > before.worth(wanted)) {
            best = Some((place.start, words));
        }
        if words == all {
            break;
        }
    }
    best
}

/// Where to begin, so that a few words before a place are whole; where nothing parts words, some characters before it.
fn before(text: &str, place: usize, room: usize) -> usize {
    let ahead = text.get(..place).unwrap_or_default();
    let Some((first, _)) = ahead.char_indices().rev().nth(room) else {
        return 0;
    };
    if ahead
        .get(..first)
        .is_some_and(|text| text.ends_with(char::is_whitespace))
    {
        return first;
    }
    let some = ahead.get(first..).unwrap_or_default();
    if let Some(space) = some.find(char::is_whitespace) {
        let from = some.get(space..).unwrap_or_default();
        return place - from.trim_start().len();
    }
    // No accent without its letter.
    let half = some.char_indices().skip(room / 2);
    let begin = half.into_iter().find(|(_, one)| !is_combining_mark(*one));
    begin.map_or(place, |(at, _)| first + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(query: &str, text: &str) -> Option<Piece> {
        let shown = Shown {
            part: ShownPart::Text,
            text: text.to_owned(),
        };
        Reading::pieces_in(query, WordSet::default(), &[shown])
            .unwrap()
            .remove(0)
    }

    #[test]
    fn a_piece_begins_a_little_before_what_was_found() {
        let filler = "Nothing of that kind stands here. ".repeat(30);
        let found = of(
            "kettle ",
            &format!("{filler}At noon the kettle whistles. {filler}"),
        )
        .unwrap();
        assert!(
            found.text.starts_with("At noon the kettle whistles. Nothing"),
            "whole words before it: {:?}",
            found.text
        );
        assert!(found.goes_on && found.text.chars().count() <= BEFORE + BEHIND);
        let start = of("kettle ", "The kettle whistles.").unwrap();
        assert_eq!(
            (start.text.as_str(), start.goes_on),
            ("The kettle whistles.", false)
        );
        assert_eq!(
            of("lantern ", "The kettle whistles."),
            None,
            "what has none has no piece"
        );
    }

    #[test]
    fn the_words_are_shown_where_most_of_them_stand_together() {
        let filler = "Nothing of that kind stands here. ".repeat(10);
        let text = format!(
            "A kettle. {filler}A lamp. {filler}The lamp by the kettle. {filler}The kettle by the lamp."
        );
        let found = of("kettle lamp ", &text).unwrap().text;
        assert!(
            found.contains("The lamp by the kettle."),
            "the first such place: {found:?}"
        );
    }

    #[test]
    fn scripts_without_spaces_are_cut_between_signs() {
        let found = of("東京", &format!("{}東京都", "あいうえお".repeat(40))).unwrap();
        assert_eq!(found.text, "えおあいうえお東京都");
        let thai = of("สวัส", &format!("{}สวัสดี", "ที่".repeat(50))).unwrap();
        assert!(
            thai.text.starts_with('ท'),
            "no mark without its letter: {:?}",
            thai.text
        );
        assert!(thai.text.ends_with("สวัสดี"));
    }

    #[test]
    fn what_is_wanted_most_decides_which_file_is_shown() {
        let shown = ["a kettle, a kettle", "no. 4711"].map(|text| Shown {
            part: ShownPart::Papers,
            text: text.to_owned(),
        });
        let number = WordSet::of([1]);
        let pieces = Reading::pieces_in("kettle 4711 ", number, &shown).unwrap();
        assert_eq!(Reading::telling(&pieces, number), Some(1));
        assert_eq!(
            Reading::telling(&pieces, WordSet::default()),
            Some(0),
            "or else the first"
        );
        assert_eq!(Reading::telling(&[None], number), None);
    }
}
