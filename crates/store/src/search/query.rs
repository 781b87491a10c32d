//! What a person types into the search box, as an expression for the index.
//!
//! Words must all be there, the last one may be a beginning; "phrases" stand in quotes; a minus in front means
//! not; `from:`, `to:` and `subject:` look in one place. There is no wrong query: what cannot be meant so is
//! taken as words.

use super::cut;

/// Terms that are looked for. Nobody types more, and the index allows only so deep an expression.
const TERMS: usize = 48;

/// Characters of a query that are read.
const LONGEST: usize = 4000;

struct Term<'a> {
    negative: bool,
    column: Option<&'static str>,
    text: &'a str,
    quoted: bool,
}

/// The index's expression, or `None` where there is no word to look for.
pub(crate) fn expression(query: &str) -> Option<String> {
    let query = query.get(..query.floor_char_boundary(LONGEST)).unwrap_or(query);
    let mut terms = parse(query);
    if terms.iter().all(|term| term.negative) {
        // "Everything but this" would be nearly everything; more likely the minus belongs to the word.
        for term in &mut terms {
            term.negative = false;
        }
    }
    let end = terms.len().saturating_sub(1);
    let mut wanted = Vec::new();
    let mut unwanted = String::new();
    for (place, term) in terms.iter().enumerate() {
        let phrase = phrase(term, place == end);
        if term.negative {
            unwanted.push_str(" NOT ");
            unwanted.push_str(&phrase);
        } else {
            wanted.push(phrase);
        }
    }
    (!wanted.is_empty()).then(|| format!("({}){unwanted}", wanted.join(" AND ")))
}

fn phrase(term: &Term<'_>, is_last: bool) -> String {
    let text = cut::for_query(term.text).replace(['"', '\0'], " ");
    let column = term
        .column
        .map(|column| format!("{column} : "))
        .unwrap_or_default();
    let is_beginning = (is_last && !term.quoted) || cut::ends_in_one(term.text);
    format!("({column}\"{text}\"{})", if is_beginning { " *" } else { "" })
}

fn parse(query: &str) -> Vec<Term<'_>> {
    let mut terms = Vec::new();
    let mut rest = query.trim_start();
    while !rest.is_empty() && terms.len() < TERMS {
        let (negative, after) = match rest.strip_prefix('-') {
            Some(after) => (true, after),
            None => (false, rest),
        };
        let (column, after) = column(after);
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
        if text.chars().any(char::is_alphanumeric) {
            terms.push(Term {
                negative,
                column,
                text,
                quoted,
            });
        }
        rest = after.trim_start();
    }
    terms
}

/// The place to look in, where the text begins with one and goes on after the colon.
fn column(text: &str) -> (Option<&'static str>, &str) {
    for (name, column) in [
        ("from:", "sender"),
        ("to:", "recipients"),
        ("subject:", "subject"),
    ] {
        let Some((head, tail)) = text.split_at_checked(name.len()) else {
            continue;
        };
        let goes_on = tail.chars().next().is_some_and(|next| !next.is_whitespace());
        if head.eq_ignore_ascii_case(name) && goes_on {
            return (Some(column), tail);
        }
    }
    (None, text)
}

#[cfg(test)]
mod tests {
    use super::*;

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
        ];
        for (query, expected, reason) in cases {
            assert_eq!(expression(query).as_deref(), Some(expected), "{query}: {reason}");
        }
    }

    #[test]
    fn what_has_no_word_asks_for_nothing() {
        for query in ["", "  ", "-", "\"\"", "from:", "***", "( ) ^", "-\"\" !"] {
            let expected = (query == "from:").then(|| r#"(("from:" *))"#.to_owned());
            assert_eq!(expression(query), expected, "{query:?}");
        }
    }
}
