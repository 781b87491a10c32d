//! Cuts scripts that are written without spaces into overlapping pairs of characters, because the index splits
//! words only where there are spaces. Other scripts are left to the index's own tokeniser.

use std::borrow::Cow;

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

/// Whether a query's last word is a single character of such a script. It is then only the beginning of an
/// indexed pair.
pub(crate) fn ends_in_one(text: &str) -> bool {
    let mut backwards = text.chars().rev();
    backwards.next().is_some_and(is_unspaced) && !backwards.next().is_some_and(is_unspaced)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Alone,
    InPairs,
}

fn cut(text: &str, last: Last) -> Cow<'_, str> {
    // All of these scripts take three bytes or more a character, so most Western text is passed as it is.
    if text.bytes().all(|byte| byte < 0xE0) || !text.chars().any(is_unspaced) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() * 3);
    let mut run: Vec<char> = Vec::new();
    for character in text.chars() {
        if is_unspaced(character) {
            run.push(character);
            continue;
        }
        // Something follows, so the run is whole, as it is in the text that is looked for.
        push_run(&mut out, &run, Last::Alone);
        run.clear();
        out.push(character);
    }
    push_run(&mut out, &run, last);
    Cow::Owned(out)
}

fn push_run(out: &mut String, run: &[char], last: Last) {
    let Some(end) = run.last() else {
        return;
    };
    out.push(' ');
    for pair in run.windows(2) {
        out.extend(pair);
        out.push(' ');
    }
    if last == Last::Alone || run.len() == 1 {
        out.push(*end);
        out.push(' ');
    }
}

/// Letters and marks of scripts in which a space does not part words, or not all of them. Punctuation among them
/// parts words, so it is left out.
fn is_unspaced(character: char) -> bool {
    matches!(u32::from(character),
        0x0E01..=0x0E3A | 0x0E40..=0x0E4E // Thai
        | 0x0E81..=0x0ECE // Lao
        | 0x1000..=0x103F | 0x1050..=0x108F // Burmese
        | 0x1100..=0x11FF // Hangul, in letters
        | 0x1780..=0x17D3 // Khmer
        | 0x3005..=0x3007 // marks that stand for an ideograph
        | 0x3041..=0x3096 | 0x309D..=0x309F // Hiragana
        | 0x30A1..=0x30FA | 0x30FC..=0x30FF | 0x31F0..=0x31FF | 0xFF66..=0xFF9F // Katakana
        | 0x3105..=0x312F | 0x31A0..=0x31BF // Bopomofo
        | 0x3131..=0x318E | 0xAC00..=0xD7A3 // Hangul
        | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x2_0000..=0x3_FFFF // ideographs
    )
}

#[cfg(test)]
mod tests {
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
