//! Words as an expression for the index (FTS5's query syntax). Every word is quoted, so nothing that a person types is
//! syntax.

use std::cmp::Reverse;

use super::cut;
use super::query::{Node, Words};

/// The part of a query that the index answers, and what is left for the tables.
#[derive(Default)]
pub(crate) struct Split<'a> {
    /// `None` where the index has nothing to begin with: no word is wanted.
    pub expression: Option<String>,
    /// What is wanted, each by itself, and what must be there for it; those that are likely to be rare come first.
    pub parts: Vec<String>,
    pub rest: Vec<&'a Node>,
}

/// Puts into one expression whatever is only words: those that are wanted, and those that are not.
pub(crate) fn split(node: &Node) -> Split<'_> {
    split_by(node, &phrase)
}

/// The same with words that are written in another way.
pub(crate) fn split_by<'a>(node: &'a Node, written: &dyn Fn(&Words) -> String) -> Split<'a> {
    let all = match node {
        Node::All(nodes) => nodes.as_slice(),
        one => std::slice::from_ref(one),
    };
    let mut wanted = Vec::new();
    let mut unwanted = String::new();
    let mut all_unwanted = Vec::new();
    let mut implied = Vec::new();
    let mut rest = Vec::new();
    for node in all {
        if let Some(expression) = expression_by(node, written) {
            wanted.push(expression);
            implied.extend(but_the_last(node).map(|words| phrase(&words)));
        } else if let Node::Not(inner) = node
            && let Some(expression) = expression_by(inner, written)
        {
            unwanted.push_str(" NOT ");
            unwanted.push_str(&expression);
            all_unwanted.push(node);
        } else {
            rest.push(node);
        }
    }
    if wanted.is_empty() {
        rest.extend(all_unwanted);
        return Split {
            rest,
            ..Split::default()
        };
    }
    let expression = Some(format!("({}){unwanted}", wanted.join(" AND ")));
    wanted.append(&mut implied);
    // Long words are rare, and a word that is not the beginning of others is found without gathering them.
    wanted.sort_by_key(|part| (part.contains('*'), Reverse(part.len())));
    Split {
        expression,
        parts: wanted,
        rest,
    }
}

/// What the index is asked, where it can answer by itself: there are only words, and some of them are wanted.
pub(crate) fn expression(node: &Node) -> Option<String> {
    expression_by(node, &phrase)
}

fn expression_by(node: &Node, written: &dyn Fn(&Words) -> String) -> Option<String> {
    match node {
        Node::Words(words) => Some(written(words)),
        Node::Any(nodes) => {
            let all: Option<Vec<String>> = nodes.iter().map(|node| expression_by(node, written)).collect();
            all.map(|all| format!("({})", all.join(" OR ")))
        }
        Node::All(_) => {
            let split = split_by(node, written);
            split
                .expression
                .filter(|_| split.rest.is_empty())
                .map(|whole| format!("({whole})"))
        }
        Node::Not(_) | Node::Asked(_) => None,
    }
}

/// Of a phrase whose last word may go on, the words that are typed.
fn but_the_last(node: &Node) -> Option<Words> {
    let Node::Words(words) = node else { return None };
    let (before, _) = words.text.trim_end().rsplit_once(char::is_whitespace)?;
    let is_word = words.beginning && before.chars().any(char::is_alphanumeric);
    is_word.then(|| Words {
        text: before.to_owned(),
        beginning: false,
        ..words.clone()
    })
}

/// Words beside each other, in their place.
pub(crate) fn phrase(words: &Words) -> String {
    let text = cut::for_query(&words.text).replace(['"', '\0'], " ");
    let is_beginning = words.beginning || cut::ends_in_one(&words.text);
    format!(
        "({}\"{text}\"{})",
        columns(words),
        if is_beginning { " *" } else { "" }
    )
}

/// Where words are looked for, as it is written in front of them.
pub(crate) fn columns(words: &Words) -> String {
    words
        .place
        .map(|place| format!("{} : ", place.columns()))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::query::parse;
    use super::*;

    fn of(query: &str) -> (Option<String>, usize) {
        let node = parse(query).node.unwrap();
        let split = split(&node);
        (split.expression, split.rest.len())
    }

    #[test]
    fn words_phrases_places_and_negations_become_one_expression() {
        let cases = [
            ("lena", r#"(("lena" *))"#, "the last word may be a beginning"),
            (
                "lena boat ",
                r#"(("lena" *) AND ("boat" *))"#,
                "all words are wanted",
            ),
            (r#""red boat""#, r#"(("red boat"))"#, "a phrase is whole"),
            ("boat -red", r#"(("boat" *)) NOT ("red" *)"#, "a minus takes away"),
            (
                "FROM:lena boat",
                r#"((sender : "lena" *) AND ("boat" *))"#,
                "a place has no case",
            ),
            (
                r#"to:"amara w" xy"#,
                r#"(({recipients copies} : "amara w") AND ("xy" *))"#,
                "a place takes a phrase, and may be two columns",
            ),
            (
                "subject: boat",
                r#"(("subject:") AND ("boat" *))"#,
                "a place without a word is a word",
            ),
            (
                r#"boat "red"#,
                r#"(("boat" *) AND ("red" *))"#,
                "an open quote is still being typed",
            ),
            ("日", "((\" 日 \" *))", "one character begins a pair"),
            (
                "red OR from:lena boat",
                r#"((("red") OR (sender : "lena" *)) AND ("boat" *))"#,
                "one of two is enough",
            ),
            (
                "(red (boat -old)) OR blue kettle",
                r#"((((("red") AND ((("boat" *)) NOT ("old")))) OR ("blue" *)) AND ("kettle" *))"#,
                "whatever stands in parentheses",
            ),
            (
                "from:",
                r#"(("from:" *))"#,
                "an operator without a value is a word",
            ),
            (
                "boat has:attachment",
                r#"(("boat" *))"#,
                "what the index does not know is left for the tables",
            ),
        ];
        for (query, expected, reason) in cases {
            assert_eq!(of(query).0.as_deref(), Some(expected), "{query}: {reason}");
        }
    }

    #[test]
    fn what_is_likely_to_be_rare_is_asked_for_first() {
        let node = parse("kettle boat77 \"red lighthouse ke").node.unwrap();
        assert_eq!(
            split(&node).parts,
            [
                "(\"red lighthouse\")",
                "(\"boat77\")",
                "(\"red lighthouse ke\" *)",
                "(\"kettle\" *)"
            ]
        );
    }

    #[test]
    fn what_the_index_cannot_answer_is_left() {
        for (query, left) in [
            ("boat OR is:unread", 1),
            ("-from:lena", 1),
            ("is:unread -boat", 2),
            ("-boat", 1),
            ("-boat -(red)", 2),
            ("boat -red is:unread", 1),
            ("boat OR -red kettle", 1),
            ("(boat is:unread) kettle", 1),
            ("-(boat kettle) red", 0),
        ] {
            assert_eq!(of(query).1, left, "{query}");
        }
        for query in ["is:unread -boat", "-boat"] {
            assert_eq!(of(query).0, None, "{query}: there is no word to begin with");
        }
    }
}
