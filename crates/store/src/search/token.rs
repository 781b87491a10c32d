//! A query cut into pieces: words, phrases, operators with their values, minus signs, OR, AND, NOT and parentheses. Signs that keyboards of
//! other scripts and word processors write in the place of those of ASCII are these signs: `“lamp room”`, `from：amara`, `（a OR b）`.

use super::operator;

/// One piece of a query as it was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    /// All of it.
    pub whole: &'a str,
    pub negative: bool,
    pub kind: Kind<'a>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind<'a> {
    /// With the name in front of it, where one of ours stands there: all within is meant so.
    Open(Option<&'a str>),
    Close,
    Or,
    /// Between words, as other programs have it. All words are wanted without it.
    And,
    /// In front of something, as other programs have it: a minus.
    Not,
    Text {
        /// The name in front of a colon, where one of ours stands there.
        name: Option<&'a str>,
        text: &'a str,
        quoted: bool,
    },
}

/// The first piece, and what is behind it. Within parentheses a closing one ends a word.
pub(crate) fn token(rest: &str, within: bool) -> (Token<'_>, &str) {
    let (negative, after) = match rest.strip_prefix(['-', '\u{ff0d}']) {
        Some(after) => (true, after),
        None => (false, rest),
    };
    let (kind, after) = if let (name, Some(after)) = open(after) {
        (Kind::Open(name), after)
    } else if let Some(after) = after.strip_prefix(is_close).filter(|_| !negative) {
        (Kind::Close, after)
    } else {
        text(after, within)
    };
    let kind = match kind {
        Kind::Text {
            name: None,
            text,
            quoted: false,
        } if !negative => match text {
            "OR" => Kind::Or,
            "AND" => Kind::And,
            "NOT" => Kind::Not,
            _ => kind,
        },
        other => other,
    };
    let length = rest.len().saturating_sub(after.len());
    let token = Token {
        whole: rest.get(..length).unwrap_or(rest).trim_end(),
        negative,
        kind,
    };
    (token, after)
}

/// What stands behind a parenthesis that opens, and the operator in front of it.
fn open(rest: &str) -> (Option<&str>, Option<&str>) {
    let (name, after) = operator::name(rest);
    (name, after.strip_prefix(is_open))
}

fn is_open(character: char) -> bool {
    matches!(character, '(' | '\u{ff08}')
}

fn is_close(character: char) -> bool {
    matches!(character, ')' | '\u{ff09}')
}

/// Whether the sign begins or ends a phrase, by itself or as one of a pair. Which one of a pair begins it differs by language.
pub(crate) fn is_quote(character: char) -> bool {
    character == '"' || is_of_pair(character)
}

fn is_of_pair(character: char) -> bool {
    matches!(
        character,
        '\u{ab}' | '\u{bb}' | '\u{201c}'..='\u{201f}' | '\u{ff02}'
    )
}

/// What stands between quotes that the text begins with, and behind them. `None` for what stands behind: they are not closed.
fn quoted(text: &str) -> Option<(&str, Option<&str>)> {
    let (within, closes): (_, fn(char) -> bool) = match text.strip_prefix('"') {
        Some(within) => (within, |one| one == '"'),
        None => (text.strip_prefix(is_of_pair)?, is_of_pair),
    };
    Some(match within.split_once(closes) {
        Some((phrase, after)) => (phrase, Some(after)),
        None => (within, None),
    })
}

fn text(rest: &str, within: bool) -> (Kind<'_>, &str) {
    let (name, after) = operator::name(rest);
    let (text, quoted, after) = match quoted(after) {
        Some((text, Some(after))) => (text, true, after),
        // It is still being typed.
        Some((text, None)) => (text, false, ""),
        None => {
            let (text, after) = after
                .split_at_checked(end_of_word(after, within))
                .unwrap_or((after, ""));
            (text, false, after)
        }
    };
    (Kind::Text { name, text, quoted }, after)
}

/// A word may hold parentheses of its own, as `fill(colour)` does.
fn end_of_word(text: &str, within: bool) -> usize {
    let mut open = 0_u32;
    text.char_indices()
        .find(|(_, character)| match *character {
            one if is_open(one) => {
                open += 1;
                false
            }
            one if is_close(one) && open > 0 => {
                open -= 1;
                false
            }
            one if is_close(one) => within,
            other => other.is_whitespace(),
        })
        .map_or(text.len(), |(at, _)| at)
}
