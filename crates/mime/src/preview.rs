//! The first words of a letter, for lists: without quotes, without the line that announces a quote, and without
//! the signature.

use crate::visible;

const LENGTH: usize = 200;
/// Octets that are looked at: whoever quotes more before writing a word shows the quote.
const LOOKED_AT: usize = 64 << 10;

pub(crate) fn of(text: &str) -> String {
    let start = (0..=LOOKED_AT.min(text.len()))
        .rev()
        .find_map(|end| text.get(..end))
        .unwrap_or_default();
    let own = words(own_lines(start));
    if own.is_empty() { excerpt(start) } else { own }
}

/// A piece of a text on one line, as the first words are shown: of quotes what they say, and no more than so much.
pub fn excerpt(piece: &str) -> String {
    words(
        piece
            .lines()
            .map(|line| line.trim_start_matches(['>', ' ']))
            .collect(),
    )
}

/// The lines that the sender wrote for this letter.
fn own_lines(text: &str) -> Vec<&str> {
    let lines: Vec<&str> = text.lines().collect();
    let mut own = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let trimmed = line.trim();
        // The mark of a signature (RFC 3676, section 4.3), with the space that some lose.
        if trimmed == "--" || announces_original(trimmed) {
            break;
        }
        // Looked for only where a line could announce something, or this would be quadratic.
        let quote_follows = || {
            let following = lines
                .iter()
                .skip(index + 1)
                .map(|line| line.trim())
                .find(|line| !line.is_empty());
            following.is_some_and(|line| line.starts_with('>'))
        };
        let announces_quote = trimmed.ends_with(':') && quote_follows();
        // The announcement may be wrapped over two lines.
        let announces_later = trimmed.starts_with("On ")
            && lines
                .get(index + 1)
                .is_some_and(|next| next.trim().ends_with("wrote:"));
        let is_ornament = !trimmed.is_empty() && trimmed.chars().all(|c| "-=_*~#+|.".contains(c));
        if announces_later {
            break;
        }
        if !trimmed.starts_with('>') && !announces_quote && !is_ornament {
            own.push(*line);
        }
    }
    own
}

/// How several programs begin what they quote whole.
fn announces_original(line: &str) -> bool {
    line.starts_with("-----Original")
        || line.starts_with("-----Ursprüngliche")
        || line == "________________________________"
}

fn words(lines: Vec<&str>) -> String {
    let mut preview = String::new();
    let mut length = 0;
    for word in lines.iter().flat_map(|line| line.split_whitespace()) {
        // Newsletters pad their first words with characters that show nothing.
        let word = visible::one_line(word.trim_matches(shows_nothing));
        if word.is_empty() {
            continue;
        }
        let room = LENGTH.saturating_sub(length + usize::from(length > 0));
        if room == 0 {
            break;
        }
        if length > 0 {
            preview.push(' ');
            length += 1;
        }
        let taken: String = word.chars().take(room).collect();
        length += taken.chars().count();
        preview.push_str(&taken);
    }
    preview
}

fn shows_nothing(c: char) -> bool {
    matches!(
        c,
        '\u{34f}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}' | '\u{2007}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_preview_is_what_the_sender_wrote() {
        for (text, preview) in [
            (
                "Good morning both,\n\nI moved the stairs.",
                "Good morning both, I moved the stairs.",
            ),
            ("> old\n> words\n\nNo objections.\n-- \nLena", "No objections."),
            ("Fine.\n\nOn 23 November, Amara wrote:\n> old", "Fine."),
            (
                "Fine.\n\nOn Mon, 23 Nov 2026 at 10:42, Amara Okafor\n<amara@kustwerk.example> wrote:\n> old",
                "Fine.",
            ),
            ("Gut.\n\nAm 23.11. schrieb Amara:\n\n> alt", "Gut."),
            ("> only a quote", "only a quote"),
            (
                "=====\nNews.\u{34f}\u{200c}\n-----\n\u{34f} \u{200c} today",
                "News. today",
            ),
            ("Here is the list:\none", "Here is the list: one"),
            ("a\u{202e}b", "ab"),
            ("", ""),
        ] {
            assert_eq!(of(text), preview, "{text:?}");
        }
    }

    #[test]
    fn an_excerpt_is_one_line_without_what_is_not_to_be_seen() {
        assert_eq!(
            excerpt("> the red\n> > ket\u{202e}tle\r\n\n\twhistles\0"),
            "the red kettle whistles"
        );
        assert_eq!(excerpt(" \n"), "");
    }

    #[test]
    fn a_preview_is_never_longer_than_two_hundred_characters() {
        assert_eq!(of(&"ü".repeat(500)).chars().count(), LENGTH, "one endless word");
        assert!(of(&"üb er ".repeat(500)).chars().count() <= LENGTH, "many words");
    }
}
