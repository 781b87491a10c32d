//! Words as an expression for the index (FTS5's query syntax). Every word is quoted, so nothing that a person types is
//! syntax.

use super::cut;
use super::query::{Choice, Query, Term, What, Words};

/// The part of a query that the index answers, and what is left for the tables.
pub(crate) struct Split<'a> {
    /// `None` where the index has nothing to begin with: no word is wanted.
    pub expression: Option<String>,
    pub rest: Vec<&'a Choice>,
}

/// Puts into one expression whatever is only words: those that are wanted, and single ones that are not.
pub(crate) fn split(query: &Query) -> Split<'_> {
    let mut wanted = Vec::new();
    let mut unwanted = String::new();
    let mut single_unwanted = Vec::new();
    let mut rest = Vec::new();
    for choice in &query.choices {
        let phrases: Option<Vec<String>> = choice.iter().map(wanted_phrase).collect();
        match (phrases, choice.as_slice()) {
            (Some(phrases), [_]) => wanted.extend(phrases),
            (Some(phrases), _) => wanted.push(format!("({})", phrases.join(" OR "))),
            (
                None,
                [
                    Term {
                        negative: true,
                        what: What::Words(words),
                    },
                ],
            ) => {
                unwanted.push_str(" NOT ");
                unwanted.push_str(&phrase(words));
                single_unwanted.push(choice);
            }
            (None, _) => rest.push(choice),
        }
    }
    if wanted.is_empty() {
        rest.extend(single_unwanted);
        return Split {
            expression: None,
            rest,
        };
    }
    Split {
        expression: Some(format!("({}){unwanted}", wanted.join(" AND "))),
        rest,
    }
}

fn wanted_phrase(term: &Term) -> Option<String> {
    match &term.what {
        What::Words(words) if !term.negative => Some(phrase(words)),
        _ => None,
    }
}

/// Words beside each other, in their place.
pub(crate) fn phrase(words: &Words) -> String {
    let text = cut::for_query(&words.text).replace(['"', '\0'], " ");
    let column = words
        .place
        .map(|place| format!("{} : ", place.column()))
        .unwrap_or_default();
    let is_beginning = words.beginning || cut::ends_in_one(&words.text);
    format!("({column}\"{text}\"{})", if is_beginning { " *" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::super::query::parse;
    use super::*;

    fn expression(query: &str) -> Option<String> {
        parse(query).and_then(|query| split(&query).expression)
    }

    #[test]
    fn words_phrases_places_and_negations_become_one_expression() {
        let cases = [
            ("lena", r#"(("lena" *))"#, "the last word may be a beginning"),
            (
                "lena boat ",
                r#"(("lena") AND ("boat" *))"#,
                "all words are wanted",
            ),
            (r#""red boat""#, r#"(("red boat"))"#, "a phrase is whole"),
            ("boat -red", r#"(("boat")) NOT ("red" *)"#, "a minus takes away"),
            (
                "FROM:lena boat",
                r#"((sender : "lena") AND ("boat" *))"#,
                "a place has no case",
            ),
            (
                r#"to:"amara w" x"#,
                r#"((recipients : "amara w") AND ("x" *))"#,
                "a place takes a phrase",
            ),
            (
                "subject: boat",
                r#"(("subject:") AND ("boat" *))"#,
                "a place without a word is a word",
            ),
            (
                r#"boat "red"#,
                r#"(("boat") AND ("red" *))"#,
                "an open quote is still being typed",
            ),
            ("-boat", r#"(("boat" *))"#, "only negations are words"),
            ("日", "((\" 日 \" *))", "one character begins a pair"),
            (
                "red OR from:lena boat",
                r#"((("red") OR (sender : "lena")) AND ("boat" *))"#,
                "one of two is enough",
            ),
            (
                "from:",
                r#"(("from:" *))"#,
                "an operator without a value is a word",
            ),
            (
                "boat has:attachment",
                r#"(("boat"))"#,
                "what the index does not know is left for the tables",
            ),
        ];
        for (query, expected, reason) in cases {
            assert_eq!(expression(query).as_deref(), Some(expected), "{query}: {reason}");
        }
    }

    #[test]
    fn what_the_index_cannot_answer_is_left() {
        for (query, left) in [
            ("boat OR is:unread", 1),
            ("-from:lena", 1),
            ("is:unread -boat", 2),
            ("boat -red is:unread", 1),
            ("boat OR -red kettle", 1),
        ] {
            let parsed = parse(query).unwrap();
            assert_eq!(split(&parsed).rest.len(), left, "{query}");
        }
        assert_eq!(
            expression("is:unread -boat"),
            None,
            "there is no word to begin with"
        );
    }
}
