//! What a person types into the search box, taken apart. docs/search.md is the same for people.
//!
//! Everything asked for must be there, the last word may be a beginning; `OR` between two things is content with one of
//! them; "phrases" stand in quotes; a minus in front means not; `from:`, `in:` and their like stand in `operator.rs`.
//! There is no wrong query: what cannot be meant so is taken as words. Not here: any SQL.

use super::operator::{self, Asked, Place};

/// Terms that are looked for. Nobody types more, and the index allows only so deep an expression.
const TERMS: usize = 48;

/// Characters of a query that are read.
const LONGEST: usize = 4000;

/// All of the choices must hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Query {
    pub choices: Vec<Choice>,
}

/// One of these is enough.
pub(crate) type Choice = Vec<Term>;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Term {
    /// It must not be so.
    pub negative: bool,
    pub what: What,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum What {
    Words(Words),
    Asked(Asked),
}

/// Words that stand beside each other in the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Words {
    pub place: Option<Place>,
    pub text: String,
    /// The person may still be typing it.
    pub beginning: bool,
}

/// The query, or `None` where there is nothing to look for.
pub(crate) fn parse(query: &str) -> Option<Query> {
    let query = query.get(..query.floor_char_boundary(LONGEST)).unwrap_or(query);
    let mut choices: Vec<Choice> = Vec::new();
    let mut or = false;
    let mut rest = query.trim_start();
    let mut terms = 0;
    while !rest.is_empty() && terms < TERMS {
        let (token, after) = token(rest);
        rest = after.trim_start();
        if token.is_or() && !choices.is_empty() {
            // Behind it something is still to come, or it is still being typed.
            or = true;
            continue;
        }
        let Some(term) = token.term(rest.is_empty()) else {
            continue;
        };
        terms += 1;
        match choices.last_mut().filter(|_| or) {
            Some(choice) => choice.push(term),
            None => choices.push(vec![term]),
        }
        or = false;
    }
    let only_unwanted_words = choices
        .iter()
        .flatten()
        .all(|term| matches!(&term.what, What::Words(words) if term.negative && words.place.is_none()));
    if only_unwanted_words {
        // "Everything but this" would be nearly everything; more likely the minus belongs to the word.
        for term in choices.iter_mut().flatten() {
            term.negative = false;
        }
    }
    (!choices.is_empty()).then_some(Query { choices })
}

/// One piece of a query as it was typed.
struct Token<'a> {
    negative: bool,
    /// The name in front of a colon, where one of ours stands there.
    name: Option<&'a str>,
    text: &'a str,
    quoted: bool,
}

fn token(rest: &str) -> (Token<'_>, &str) {
    let (negative, after) = match rest.strip_prefix('-') {
        Some(after) => (true, after),
        None => (false, rest),
    };
    let (name, after) = operator::name(after);
    let (text, quoted, after) = match after.strip_prefix('"') {
        Some(after) => match after.split_once('"') {
            Some((text, after)) => (text, true, after),
            // It is still being typed.
            None => (after, false, ""),
        },
        None => {
            let end = after.find(char::is_whitespace).unwrap_or(after.len());
            let (text, after) = after.split_at_checked(end).unwrap_or((after, ""));
            (text, false, after)
        }
    };
    let token = Token {
        negative,
        name,
        text,
        quoted,
    };
    (token, after)
}

impl Token<'_> {
    fn is_or(&self) -> bool {
        !self.negative && self.name.is_none() && !self.quoted && self.text == "OR"
    }

    fn term(&self, is_last: bool) -> Option<Term> {
        let beginning = is_last && !self.quoted;
        let words = |place, text: String| {
            text.chars()
                .any(char::is_alphanumeric)
                .then_some(What::Words(Words {
                    place,
                    text,
                    beginning,
                }))
        };
        let what = match self.name {
            None => words(None, self.text.to_owned()),
            Some(name) => match operator::place(name) {
                Some(place) => words(Some(place), self.text.to_owned()),
                None => match operator::asked(name, self.text, beginning) {
                    Some(asked) => Some(What::Asked(asked)),
                    // What the operator does not know is looked for as it stands.
                    None => words(None, format!("{name}:{}", self.text)),
                },
            },
        }?;
        Some(Term {
            negative: self.negative,
            what,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::operator::{Day, Place};
    use super::*;

    fn words(place: Option<Place>, text: &str, beginning: bool) -> What {
        What::Words(Words {
            place,
            text: text.to_owned(),
            beginning,
        })
    }

    fn parsed(query: &str) -> Vec<Vec<(bool, What)>> {
        let choices = parse(query).map(|query| query.choices).unwrap_or_default();
        choices
            .into_iter()
            .map(|choice| {
                choice
                    .into_iter()
                    .map(|term| (term.negative, term.what))
                    .collect()
            })
            .collect()
    }

    #[test]
    fn what_operators_ask_stands_apart_from_words() {
        let attachment = || What::Asked(Asked::Attachment);
        let unread = || What::Asked(Asked::Seen(false));
        let cases = [
            (
                "from:Amara has:attachment quarterly",
                vec![
                    vec![(false, words(Some(Place::From), "Amara", false))],
                    vec![(false, attachment())],
                    vec![(false, words(None, "quarterly", true))],
                ],
                "as in the drawing",
            ),
            (
                "is:unread -has:attachment",
                vec![vec![(false, unread())], vec![(true, attachment())]],
                "a minus turns an operator round",
            ),
            (
                "-is:unread",
                vec![vec![(true, unread())]],
                "and can stand by itself",
            ),
            (
                "boat OR -is:unread IS:Unread",
                vec![
                    vec![(false, words(None, "boat", false)), (true, unread())],
                    vec![(false, unread())],
                ],
                "OR binds two neighbours",
            ),
            (
                "a OR b OR c d",
                vec![
                    vec![
                        (false, words(None, "a", false)),
                        (false, words(None, "b", false)),
                        (false, words(None, "c", false)),
                    ],
                    vec![(false, words(None, "d", true))],
                ],
                "or more",
            ),
            (
                "boat OR",
                vec![vec![(false, words(None, "boat", false))]],
                "an OR that is still being typed asks for nothing",
            ),
            (
                "OR boat or",
                vec![
                    vec![(false, words(None, "OR", false))],
                    vec![(false, words(None, "boat", false))],
                    vec![(false, words(None, "or", true))],
                ],
                "one without a neighbour, or in small letters, is a word",
            ),
            (
                "in:\"Ferry timetable\" in:arch",
                vec![
                    vec![(false, What::Asked(Asked::Folder("Ferry timetable".into())))],
                    vec![(false, What::Asked(Asked::FolderLike("arch".into())))],
                ],
                "a folder may have a space, and may still be being typed",
            ),
            (
                "after:2026-03 before:yesterday",
                vec![
                    vec![(false, What::Asked(Asked::Since(Day::On("2026-03-01".into()))))],
                    vec![(false, What::Asked(Asked::Before(Day::Ago(1))))],
                ],
                "days",
            ),
            (
                "larger:10M smaller:500",
                vec![
                    vec![(false, What::Asked(Asked::Larger(10_000_000)))],
                    vec![(false, What::Asked(Asked::Smaller(500)))],
                ],
                "sizes",
            ),
            (
                "has:wings is:bird before:noon larger:life cc:lena http://a",
                vec![
                    vec![(false, words(None, "has:wings", false))],
                    vec![(false, words(None, "is:bird", false))],
                    vec![(false, words(None, "before:noon", false))],
                    vec![(false, words(None, "larger:life", false))],
                    vec![(false, words(None, "cc:lena", false))],
                    vec![(false, words(None, "http://a", true))],
                ],
                "what no operator knows is words",
            ),
        ];
        for (query, expected, reason) in cases {
            assert_eq!(parsed(query), expected, "{query}: {reason}");
        }
    }

    #[test]
    fn what_has_no_word_asks_for_nothing() {
        for query in ["", "  ", "-", "\"\"", "***", "( ) ^", "-\"\" !", "from:\"\""] {
            assert_eq!(parse(query), None, "{query:?}");
        }
    }
}
