//! Names that are made to look like others: the true ending is turned round, pushed out of sight or parted by what nobody sees, or
//! what looks like an ending is none.

use super::kinds;
use crate::file_name::ending;
use crate::visible;

/// Kinds that a disguise pretends to be.
const HARMLESS: [&str; 24] = [
    "avi", "bmp", "csv", "doc", "docx", "gif", "htm", "html", "jpeg", "jpg", "mov", "mp3", "mp4", "odt",
    "pdf", "png", "ppt", "pptx", "rtf", "txt", "webp", "xls", "xlsx", "zip",
];
/// Signs that look like the dot, are none, and are used for nothing else in names (Unicode's confusables.txt, U+002E).
const FALSE_DOTS: [char; 7] = [
    '\u{0701}',
    '\u{0702}',
    '\u{2024}',
    '\u{2e33}',
    '\u{a4f8}',
    '\u{a60e}',
    '\u{1d16d}',
];
/// Signs that look like it, or a little, and have a use of their own, as the dot of full width behind a number in Japanese: they count
/// where an ending stands behind them.
const NEARLY_DOTS: [char; 9] = [
    '\u{00b7}', '\u{0660}', '\u{06f0}', '\u{2022}', '\u{22c5}', '\u{3002}', '\u{fe52}', '\u{ff0e}',
    '\u{ff61}',
];
/// Blanks before the ending that nobody types, and blanks anywhere that push what follows out of sight.
const BEFORE_ENDING: usize = 3;
const ANYWHERE: usize = 8;
/// Signs that an ending has at the most.
const LONGEST_ENDING: usize = 14;

/// `given` as the sender wrote it, and the name that came of it.
pub(super) fn is_disguised(given: &str, name: &str, is_dangerous: bool) -> bool {
    turns(given)
        || given.contains('\0')
        || is_pushed(given)
        || has_false_dot(given)
        || has_parted_ending(given)
        || has_foreign_letters(name)
        || (is_dangerous && has_two_endings(name))
}

/// Marks that turn the direction of what follows (UAX #9): "gnp.exe" shows as "exe.png".
fn turns(given: &str) -> bool {
    given
        .chars()
        .any(|one| matches!(one, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
}

/// The true ending is pushed out of sight.
fn is_pushed(given: &str) -> bool {
    let mut blanks = 0;
    for one in given.chars() {
        if one.is_whitespace() || visible::is_filler(one) {
            blanks += 1;
            if blanks >= ANYWHERE {
                return true;
            }
        } else if !visible::is_unseen(one) {
            if one == '.' && blanks >= BEFORE_ENDING {
                return true;
            }
            blanks = 0;
        }
    }
    false
}

fn has_false_dot(given: &str) -> bool {
    given.char_indices().any(|(at, one)| {
        let behind = given.get(at + one.len_utf8()..).unwrap_or_default();
        let ending = behind.split('.').next().unwrap_or_default();
        FALSE_DOTS.contains(&one) || (NEARLY_DOTS.contains(&one) && is_known(ending))
    })
}

/// Within the ending stands what nobody sees: a program that goes by the whole of it takes it for another one.
fn has_parted_ending(given: &str) -> bool {
    let Some((_, ending)) = given.trim_end().rsplit_once('.') else {
        return false;
    };
    let seen: String = ending.chars().filter(|one| !visible::is_unseen(*one)).collect();
    let seen = seen.trim();
    ending.chars().any(visible::is_unseen)
        && (1..=LONGEST_ENDING).contains(&seen.len())
        && seen.bytes().all(|one| one.is_ascii_alphanumeric() || one == b'-')
}

/// Its ending has Latin letters and such of another alphabet that look like them: Greek, Cyrillic, or of full width.
fn has_foreign_letters(name: &str) -> bool {
    let ending = ending(name);
    let is_foreign = |one: char| matches!(one, '\u{0370}'..='\u{03ff}' | '\u{0400}'..='\u{052f}' | '\u{ff21}'..='\u{ff5a}');
    !ending.contains(' ')
        && ending.chars().any(is_foreign)
        && (ending.chars().any(|one| one.is_ascii_alphabetic())
            || ending.chars().all(|one| one >= '\u{ff21}'))
}

/// Before the ending that counts stands one that looks harmless, whatever is put between the two.
fn has_two_endings(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(stem, _)| {
        let stem = stem.trim_end_matches(|one: char| one.is_whitespace() || matches!(one, '.' | '_' | '-'));
        HARMLESS.contains(&ending(stem).as_str())
    })
}

fn is_known(ending: &str) -> bool {
    let ending = ending.to_ascii_lowercase();
    HARMLESS.contains(&ending.as_str()) || kinds::of(&ending).is_some()
}
