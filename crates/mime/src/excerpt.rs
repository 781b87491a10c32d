//! As much of a text as an editor bears: a letter may hold a file as one word of a megabyte, or a hundred thousand lines, and an editor
//! measures each of them with every key. What is left out is said where it stood. Not here: the letter itself, which stays whole.

use std::borrow::Cow;

/// Octets of text.
const LONGEST: usize = 128 << 10;
const MOST_LINES: usize = 3_000;
/// Signs of a word. Hardly an address in a letter has as many.
const LONGEST_WORD: usize = 1_000;
/// Of a longer one so many are kept.
const KEPT_OF_WORD: usize = 100;

/// A text as far as an editor bears it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Excerpt {
    pub(crate) text: String,
    /// Something was left out.
    pub(crate) is_shortened: bool,
}

pub(crate) fn excerpt(text: &str) -> Excerpt {
    let (mut kept, mut is_shortened) = (String::new(), false);
    let mut rest = text.trim_end();
    for _ in 0..MOST_LINES {
        if rest.is_empty() || kept.len() >= LONGEST {
            break;
        }
        let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
        let line = without_long_words(line);
        is_shortened |= matches!(line, Cow::Owned(_));
        let room = LONGEST.saturating_sub(kept.len());
        if line.len() > room {
            kept.push_str(line.get(..line.floor_char_boundary(room)).unwrap_or_default());
            kept.push('\n');
            break;
        }
        kept.push_str(&line);
        kept.push('\n');
        rest = after;
    }
    let is_cut = !rest.is_empty();
    if is_cut {
        kept.push_str("[The rest of this letter is too long to be quoted, and is left out here.]");
    }
    kept.truncate(kept.trim_end_matches('\n').len());
    Excerpt {
        text: kept,
        is_shortened: is_shortened || is_cut,
    }
}

/// A line in which of words that nobody has written only the beginning stands.
fn without_long_words(line: &str) -> Cow<'_, str> {
    if line.len() <= LONGEST_WORD {
        return Cow::Borrowed(line);
    }
    let is_long = |word: &str| word.len() > LONGEST_WORD && word.chars().nth(LONGEST_WORD).is_some();
    if !line.split(ends_word).any(is_long) {
        return Cow::Borrowed(line);
    }
    let mut kept = String::new();
    for word in line.split_inclusive(ends_word) {
        let bare = word.trim_end_matches(ends_word);
        if !is_long(bare) {
            kept.push_str(word);
            continue;
        }
        kept.extend(bare.chars().take(KEPT_OF_WORD));
        let left_out = bare.chars().count() - KEPT_OF_WORD;
        kept.push_str(&format!(
            "… [{left_out} more signs of this word are left out here]"
        ));
        kept.push_str(word.get(bare.len()..).unwrap_or_default());
    }
    Cow::Owned(kept)
}

/// Where a line may end: the scripts of the East have no spaces.
fn ends_word(sign: char) -> bool {
    sign.is_whitespace()
        || matches!(sign, '\u{e00}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{2e80}'..='\u{d7ff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_is_quoted_as_it_is() {
        for text in [
            "Hello\n\n> Lena\n",
            "x",
            "",
            &"灯塔".repeat(5_000),
            &"words ".repeat(9_000),
        ] {
            let made = excerpt(text);
            assert_eq!((made.text.as_str(), made.is_shortened), (text.trim_end(), false));
        }
    }

    #[test]
    fn what_an_editor_would_not_bear_is_left_out_and_said_to_be() {
        let word = excerpt(&format!("See {} and more", "x".repeat(1 << 20)));
        assert!(word.is_shortened && word.text.len() < 300, "{}", word.text);
        assert!(word.text.contains("xxx… [1048476 more signs") && word.text.ends_with("here] and more"));
        for (long, why) in [
            ("a line\n".repeat(20_000), "lines"),
            ("words ".repeat(200_000), "one line"),
        ] {
            let made = excerpt(&long);
            assert!(made.is_shortened && made.text.len() < LONGEST + 200, "{why}");
            assert!(made.text.lines().count() <= MOST_LINES + 1, "{why}");
            assert!(made.text.ends_with("is left out here.]"), "{why}");
        }
    }
}
