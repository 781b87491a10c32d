//! Makes equal what is equal to whoever searches, before FTS5 parts words and takes capitals and most accents away: letters in
//! their compatible composed form (NFKC, UAX 15), so that it makes no difference how a program has written them; letters that
//! people without the key type as others (`ß`, `ł`, `ø`); and without what is not seen in a word: hyphens where it may be broken,
//! signs of direction, points of vowels, letters drawn long. Text and query take the same step (docs/adr/0063).

use std::borrow::Cow;
use std::iter::once;
use std::ops::Range;

use unicode_normalization::char::{canonical_combining_class, decompose_canonical, decompose_compatible};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick, is_nfkc_quick};

/// A text with all of that done.
pub(crate) fn folded(text: &str) -> Cow<'_, str> {
    if !changes(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut |character, _| out.push(character));
    Cow::Owned(out)
}

/// Whether folding may change a text. Most of what is written in Latin letters it does not, and is passed as it is.
pub(crate) fn changes(text: &str) -> bool {
    !text.is_ascii()
        && (text.chars().any(is_folded)
            // What parts words is left alone, though some of it has another form.
            || is_nfkc_quick(text.chars().map(|one| if is_settled(one) || parts(one) { ' ' } else { one }))
                != IsNormalized::Yes)
}

/// Gives what a text is folded into, character by character, and from which octets of the text each of them is. Letters that
/// become several are all from the same place, and so are several that become one.
pub(crate) fn fold_into(text: &str, push: &mut impl FnMut(char, Range<usize>)) {
    let mut piece = String::new();
    let mut place = 0..0;
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let end = at + character.len_utf8();
        if is_settled(character) && characters.peek().is_none_or(|(_, next)| is_settled(*next)) {
            fold_piece(&piece, &place, push);
            piece.clear();
            give(character, &(at..end), push);
            continue;
        }
        if is_dropped(character) {
            // A point belongs to the letter before it, and is marked with it.
            if is_point(character) && !piece.is_empty() {
                place.end = end;
            }
            continue;
        }
        if begins_anew(character) {
            fold_piece(&piece, &place, push);
            piece.clear();
        }
        if piece.is_empty() {
            place.start = at;
        }
        piece.push(character);
        place.end = end;
    }
    fold_piece(&piece, &place, push);
}

/// Folds a letter with the marks that stand behind it. Of no other letter it depends.
fn fold_piece(piece: &str, place: &Range<usize>, push: &mut impl FnMut(char, Range<usize>)) {
    let mut give = |character| give(character, place, push);
    let mut characters = piece.chars();
    match (characters.next(), characters.next()) {
        (None, _) => {}
        (Some(one), None) if is_settled(one) || parts(one) || first(one) == ' ' => give(one),
        (Some(one), None) if stands_alone(one) => {
            give(' ');
            once(one).nfkc().for_each(&mut give);
            give(' ');
        }
        _ => piece.nfkc().for_each(give),
    }
}

/// Gives a character that is composed.
fn give(character: char, place: &Range<usize>, push: &mut impl FnMut(char, Range<usize>)) {
    match spelled(character) {
        _ if character.is_ascii() => push(character, place.clone()),
        Some(letters) => letters.chars().for_each(|one| push(one, place.clone())),
        None if is_dropped(character) => {}
        None => push(without_accent(character), place.clone()),
    }
}

/// Letters by far most texts are made of: each is in NFKC, and changes nothing that stands before it. That is looked up for others.
fn is_settled(character: char) -> bool {
    character < '\u{a0}'
        || matches!(
            character,
            // Latin
            '\u{c0}'..='\u{131}' | '\u{134}'..='\u{13e}' | '\u{141}'..='\u{148}' | '\u{14a}'..='\u{17e}'
            // Greek, Cyrillic, Hebrew, Arabic
            | '\u{391}'..='\u{3a1}' | '\u{3a3}'..='\u{3ce}' | '\u{400}'..='\u{481}' | '\u{48a}'..='\u{52f}'
            | '\u{5d0}'..='\u{5ea}' | '\u{621}'..='\u{63a}' | '\u{641}'..='\u{64a}'
            // Dashes and quotes
            | '\u{2012}'..='\u{2016}' | '\u{2018}'..='\u{2023}'
            // Punctuation of East Asia, kana, ideographs, Hangul
            | '\u{3001}'..='\u{3011}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fe}'
            | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}'
        )
}

/// Whether folding changes the character, also where it is composed.
fn is_folded(character: char) -> bool {
    !character.is_ascii()
        && !matches!(character, '\u{2070}'..='\u{fdff}')
        && (is_dropped(character) || spelled(character).is_some() || without_accent(character) != character)
}

/// What is not seen, or makes no difference to the word in which it stands.
fn is_dropped(character: char) -> bool {
    match character {
        // Where a word may be broken, and where two letters are parted or joined.
        '\u{ad}' | '\u{34f}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => true,
        // The direction of writing.
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        // How a sign is drawn.
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => true,
        other => is_point(other),
    }
}

/// Vowels and the like above and below Arabic and Hebrew letters, and the stroke that draws a word long. The signs between
/// words that stand among the Hebrew ones are none: they part words.
fn is_point(character: char) -> bool {
    matches!(
        character,
        '\u{640}' | '\u{64b}'..='\u{652}' | '\u{670}'
        | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}' | '\u{5c7}'
    )
}

/// Letters that are no other letter with an accent (UAX 15 has no form for them), as they are typed without them.
fn spelled(character: char) -> Option<&'static str> {
    Some(match character {
        'ß' | 'ẞ' => "ss",
        'ς' => "σ",
        'ı' | 'İ' => "i",
        'ł' | 'Ł' => "l",
        'ø' | 'Ø' | 'ǿ' | 'Ǿ' => "o",
        'đ' | 'Đ' => "d",
        'æ' | 'Æ' | 'ǽ' | 'Ǽ' | 'ǣ' | 'Ǣ' => "ae",
        'œ' | 'Œ' => "oe",
        'ё' | 'Ё' => "е",
        _ => return None,
    })
}

/// A Greek letter without its accents, which FTS5 leaves it: they are not written on capitals.
fn without_accent(character: char) -> char {
    if !matches!(character, '\u{386}'..='\u{3ce}' | '\u{1f00}'..='\u{1fff}') {
        return character;
    }
    let mut letter = None;
    decompose_canonical(character, |one| letter = letter.or(Some(one)));
    letter.unwrap_or(character)
}

/// Spaces, dashes and signs that part words whatever their form. Those with another form would leave an accent behind (`´`), or
/// are other such signs.
fn parts(character: char) -> bool {
    matches!(
        character,
        '\u{a0}' | '¨' | '¯' | '´' | '¸' | '\u{2000}'..='\u{206f}' | '\u{3000}'
    ) && !is_dropped(character)
}

/// Signs that part words and are written as letters without them: `5 №`, `Waxwing™`. The letters are words of their own; so
/// are fractions.
fn stands_alone(character: char) -> bool {
    matches!(
        character,
        '℀' | '℁' | '℅' | '℆' | '№' | '℠' | '℡' | '™' | '℻' | '¼'..='¾' | '⅐'..='⅟' | '↉'
    )
}

/// Whether what stands before the character cannot be changed by it.
fn begins_anew(character: char) -> bool {
    if character < '\u{300}' {
        return true;
    }
    let first = first(character);
    canonical_combining_class(first) == 0 && is_nfc_quick(once(first)) == IsNormalized::Yes
}

/// The first character of what one is taken apart into.
fn first(character: char) -> char {
    let mut first = None;
    decompose_compatible(character, |one| first = first.or(Some(one)));
    first.unwrap_or(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_equal_to_whoever_searches_is_equal() {
        for (text, expected) in [
            ("Versicherungs\u{ad}nehmer", "Versicherungsnehmer"),
            ("Stra\u{200b}ße", "Strasse"),
            ("회의록", "회의록"),
            (
                "\u{1112}\u{116c}\u{110b}\u{1174}\u{1105}\u{1169}\u{11a8}",
                "회의록",
            ),
            ("カ\u{3099}イト\u{3099}", "ガイド"),
            ("ｶﾞｲﾄﾞ", "ガイド"),
            ("４７１１", "4711"),
            ("oﬃce", "office"),
            ("Ĳsland", "IJsland"),
            ("Łódź", "lódź"),
            ("Ærø København Œuvre", "aero Kobenhavn oeuvre"),
            ("ёлка, е\u{308}лка", "елка, елка"),
            ("Diyarbakır İzmir I\u{307}zmir", "Diyarbakir izmir izmir"),
            ("Οδυσσεύς ΐ ᾳ", "Οδυσσευσ ι α"),
            ("مَرْحَبًا", "مرحبا"),
            ("محـــمد", "محمد"),
            ("שָׁלוֹם", "שלום"),
            ("\u{fb2a}לום", "שלום"),
            ("בן־אדם", "בן־אדם"),
            ("𝓦𝓪𝔁 ⓦⓐⓧ", "Wax wax"),
            ("2½ №5 Aga™", "2 1\u{2044}2   No 5 Aga TM "),
            ("l´eau … \u{a0}", "l´eau … \u{a0}"),
            ("1\u{fe0f}\u{20e3}", "1\u{20e3}"),
            ("a\u{328}\u{301} a\u{301}\u{328}", "\u{105}\u{301} \u{105}\u{301}"),
        ] {
            assert_eq!(folded(text), expected, "{text}");
            assert_eq!(folded(expected), expected, "what is folded stays so");
        }
    }

    #[test]
    fn what_is_plain_is_passed_as_it_is() {
        for text in [
            "plain",
            "Frau Müller – “née” … 5 € ",
            "Привет, мир",
            "東京都",
            "회의",
            "日本\u{3000}語",
        ] {
            assert!(!changes(text), "{text}");
            assert!(matches!(folded(text), Cow::Borrowed(_)));
        }
    }

    #[test]
    fn what_is_settled_needs_no_looking_up() {
        for character in ('\0'..=char::MAX).filter(|one| is_settled(*one)) {
            assert!(begins_anew(character) && !is_dropped(character), "{character:?}");
            assert_eq!(is_nfkc_quick(once(character)), IsNormalized::Yes, "{character:?}");
        }
        let early = ('\u{2070}'..='\u{fdff}')
            .filter(|one| is_dropped(*one) || spelled(*one).is_some() || without_accent(*one) != *one);
        assert_eq!(early.collect::<Vec<_>>(), [], "none of them is folded");
    }

    #[test]
    fn each_character_knows_the_letters_that_it_is_made_of() {
        let text = "o\u{ad}ﬃ e\u{301}\u{ad}x שָׁל";
        let mut places = Vec::new();
        fold_into(text, &mut |character, place| {
            places.push((character, text.get(place).unwrap()));
        });
        assert_eq!(
            places,
            [
                ('o', "o"),
                ('f', "ﬃ"),
                ('f', "ﬃ"),
                ('i', "ﬃ"),
                (' ', " "),
                ('é', "e\u{301}"),
                ('x', "x"),
                (' ', " "),
                ('ש', "שָׁ"),
                ('ל', "ל"),
            ]
        );
    }
}
