//! Cuts scripts that are written without spaces into overlapping pairs of characters, because the index splits
//! words only where there are spaces. Other scripts are left to the index's own tokeniser. All of it is folded before
//! (`fold.rs`), so that a run is a run however it is written.

use std::borrow::Cow;
use std::ops::Range;

use super::fold::{changes, fold_into, folded};

/// A text as it is indexed. `日本語` becomes `日本 本語 語`: each pair, and the last character by itself, so that
/// every single character begins some word of the index.
pub(crate) fn for_index(text: &str) -> Cow<'_, str> {
    cut(text, Last::Alone)
}

/// The same for a query, as a phrase to be found. The last run has no lone character at its end, because the
/// text may go on there: `日本` is to be found in `日本語`.
pub(crate) fn for_query(text: &str) -> Cow<'_, str> {
    cut(text, Last::InPairs)
}

/// A text as it is indexed, and where each of its characters comes from.
pub(crate) struct Placed<'a> {
    pub text: Cow<'a, str>,
    /// Where each character of the text begins, and the octets of the original of which it is made. Empty where both are the same.
    places: Vec<(usize, Range<usize>)>,
}

impl<'a> Placed<'a> {
    pub fn of(original: &'a str) -> Self {
        if !needs_cutting(original) {
            return Self {
                text: Cow::Borrowed(original),
                places: Vec::new(),
            };
        }
        let mut text = String::with_capacity(original.len() * 3);
        let mut places = Vec::with_capacity(original.len());
        cut_into(original, Last::Alone, &mut |character, place| {
            places.push((text.len(), place));
            text.push(character);
        });
        Self {
            text: Cow::Owned(text),
            places,
        }
    }

    /// The part of the original that a part of the text is made of.
    pub fn original(&self, part: Range<usize>) -> Option<Range<usize>> {
        if self.places.is_empty() {
            return Some(part);
        }
        // The last that begins there or before, and the last that begins before the end.
        let begin = self.places.partition_point(|(at, _)| *at <= part.start);
        let end = self.places.partition_point(|(at, _)| *at < part.end);
        let (_, first) = self.places.get(begin.checked_sub(1)?)?;
        let (_, last) = self.places.get(end.checked_sub(1)?)?;
        (part.start < part.end).then_some(first.start..last.end)
    }
}

/// Whether a query's last word is a single character of such a script. It is then only the beginning of an
/// indexed pair.
pub(crate) fn ends_in_one(text: &str) -> bool {
    let text = folded(text);
    let mut backwards = text.chars().rev();
    backwards.next().is_some_and(is_unspaced) && !backwards.next().is_some_and(is_unspaced)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Alone,
    InPairs,
}

fn cut(text: &str, last: Last) -> Cow<'_, str> {
    if !needs_cutting(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() * 3);
    cut_into(text, last, &mut |character, _| out.push(character));
    Cow::Owned(out)
}

/// Whether a text is indexed otherwise than as it is.
fn needs_cutting(text: &str) -> bool {
    // All scripts without spaces take three bytes or more a character, so most Western text is passed as it is.
    !text.is_ascii()
        && (changes(text) || (!text.bytes().all(|byte| byte < 0xE0) && text.chars().any(is_unspaced)))
}

/// Gives what a text is cut into, character by character, and from which octets of the text each of them is.
fn cut_into(text: &str, last: Last, push: &mut impl FnMut(char, Range<usize>)) {
    let mut run: Vec<(char, Range<usize>)> = Vec::new();
    fold_into(text, &mut |character, place| {
        if is_unspaced(character) {
            run.push((character, place));
            return;
        }
        // Something follows, so the run is whole, as it is in the text that is looked for.
        push_run(&run, Last::Alone, push);
        run.clear();
        push(character, place);
    });
    push_run(&run, last, push);
}

fn push_run(run: &[(char, Range<usize>)], last: Last, push: &mut impl FnMut(char, Range<usize>)) {
    let (Some((_, begin)), Some((end, place))) = (run.first(), run.last()) else {
        return;
    };
    push(' ', begin.clone());
    for pair in run.windows(2) {
        for (character, place) in pair {
            push(*character, place.clone());
        }
        push(' ', place.clone());
    }
    if last == Last::Alone || run.len() == 1 {
        push(*end, place.clone());
        push(' ', place.clone());
    }
}

/// Letters and marks of scripts in which a space does not part words, or not all of them. Punctuation among them
/// parts words, so it is left out.
pub(crate) fn is_unspaced(character: char) -> bool {
    matches!(u32::from(character),
        0x0E01..=0x0E3A | 0x0E40..=0x0E4E // Thai
        | 0x0E81..=0x0ECE // Lao
        | 0x1000..=0x103F | 0x1050..=0x108F // Burmese
        | 0x1100..=0x11FF // Hangul, in letters
        | 0x1780..=0x17D3 // Khmer
        | 0x3005..=0x3007 // marks that stand for an ideograph
        | 0x3041..=0x3096 | 0x3099..=0x309A | 0x309D..=0x309F // Hiragana
        | 0x30A1..=0x30FA | 0x30FC..=0x30FF | 0x31F0..=0x31FF | 0xFF66..=0xFF9F // Katakana
        | 0x3105..=0x312F | 0x31A0..=0x31BF // Bopomofo
        | 0x3131..=0x318E | 0xAC00..=0xD7A3 // Hangul
        | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x2_0000..=0x3_FFFF // ideographs
    )
}

/// What stands behind the last character that parts words.
pub(crate) fn last_word(text: &str) -> &str {
    text.trim_end_matches(parts_words)
        .rsplit(parts_words)
        .next()
        .unwrap_or_default()
}

/// Whether a character parts words. Marks are of no importance for that, as far as they stand in words.
pub(crate) fn parts_words(character: char) -> bool {
    !character.is_alphanumeric() && !is_mark(character) && !is_unspaced(character)
}

/// Accents that stand behind their letter as characters of their own.
pub(crate) fn is_mark(character: char) -> bool {
    matches!(u32::from(character), 0x0300..=0x036F | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x20D0..=0x20FF | 0xFE20..=0xFE2F)
}

#[cfg(test)]
mod tests {
    use std::ops::RangeInclusive;

    use waxwing_testkit::effort::assert_linear;

    use super::super::words::parted;
    use super::*;

    #[test]
    fn a_text_is_cut_into_pairs_and_its_last_character() {
        assert_eq!(
            for_index("日本語").split_whitespace().collect::<Vec<_>>(),
            ["日本", "本語", "語"]
        );
        assert_eq!(
            for_index("Zug ist da"),
            "Zug ist da",
            "scripts with spaces are left alone"
        );
    }

    /// Signs of a script as nobody writes them, none twice in the same order, with a sign between words or without.
    fn nonsense(signs: RangeInclusive<char>, word: usize, count: usize) -> String {
        let all: Vec<char> = signs.collect();
        let mut chance = 1_usize;
        let mut text = String::new();
        for number in 1..=count {
            chance = chance.wrapping_mul(1_103_515_245).wrapping_add(12_345) % (1 << 31);
            text.push(all[(chance >> 8) % all.len()]);
            if number % word == 0 {
                text.push(' ');
            }
        }
        text
    }

    #[test]
    fn texts_without_words_take_as_long_as_they_are() {
        for (what, signs) in [
            ("Latin", 'a'..='z'),
            ("Tibetan", '\u{f40}'..='\u{f84}'),
            ("Thai", '\u{e01}'..='\u{e3a}'),
            ("Thai, of marks alone", '\u{e47}'..='\u{e4e}'),
            ("accents", '\u{300}'..='\u{36f}'),
            ("Hangul, in letters", '\u{1100}'..='\u{11ff}'),
            ("ideographs", '\u{4e00}'..='\u{9fff}'),
        ] {
            for word in [4, usize::MAX] {
                assert_linear(
                    format!("{what} in words of {word}"),
                    10_000,
                    |count| nonsense(signs.clone(), word, count),
                    |text| parted(&for_index(text)).expect("it is parted").len(),
                );
            }
        }
    }

    #[test]
    fn what_is_cut_knows_where_it_comes_from() {
        let placed = Placed::of("é 日本語 ok");
        assert_eq!(placed.text, for_index("é 日本語 ok"), "it is what is indexed");
        let at = placed.text.find("本語").unwrap();
        assert_eq!(
            placed.original(at..at + 6),
            Some(6..12),
            "a pair is two characters"
        );
        let ok = placed.text.find("ok").unwrap();
        assert_eq!(placed.original(ok..ok + 2), Some(13..15));
        let folded = Placed::of("Stra\u{ad}ße, oﬃce");
        assert_eq!(folded.text, "Strasse, office");
        assert_eq!(folded.original(0..5), Some(0..8), "half a letter is all of it");
        assert_eq!(
            folded.original(0..4),
            Some(0..4),
            "what is not seen belongs to no letter"
        );
        assert_eq!(folded.original(9..11), Some(11..15));
        assert_eq!(folded.original(9..9), None, "nothing is nowhere");
        let plain = Placed::of("née");
        assert_eq!(plain.original(0..4), Some(0..4), "nothing was cut");
    }

    #[test]
    fn a_query_ends_where_the_text_may_go_on() {
        assert_eq!(for_query("日本").split_whitespace().collect::<Vec<_>>(), ["日本"]);
        assert_eq!(
            for_query("東京tower").split_whitespace().collect::<Vec<_>>(),
            ["東京", "京", "tower"]
        );
        assert!(ends_in_one("京"), "one character begins a pair");
        assert!(!ends_in_one("東京"), "two are a pair");
    }
}
