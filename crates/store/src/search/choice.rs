//! The ways in which a query can be met. `boat OR is:starred` is met by a letter about a boat, which the index of words knows, and
//! by one with a star, which another index knows; asked as one it would be a question to each letter that there is. So an OR of
//! words and other wishes is taken apart, and a search goes each of the ways for itself.

use super::expression::{Split, expression};
use super::few::Few;
use super::query::Node;
use super::within::Within;

/// So many ways are gone by themselves. What has more is asked as it stands.
const MOST: usize = 12;

/// One of the ways, and with what it begins.
pub(crate) struct Choice<'a> {
    pub node: &'a Node,
    pub split: Split<'a>,
    pub within: Within,
    /// The only letters that can match, where what is asked of them leaves few.
    pub few: Option<Few>,
    pub lacking: Lacking,
}

/// Words that are wanted, the one first that was last missing.
pub(crate) struct Lacking {
    pub parts: Vec<String>,
    /// The volume before had nothing.
    pub expected: bool,
}

impl Lacking {
    pub fn of(split: &Split<'_>) -> Self {
        Self {
            parts: split.parts.clone(),
            expected: false,
        }
    }
}

/// What a query is taken apart into: a letter that one of them finds is found.
pub(crate) fn choices(node: &Node) -> Vec<Node> {
    let mut ways = taken_apart(node).unwrap_or_else(|| vec![node.clone()]);
    ways.dedup();
    ways
}

/// `None`: there are too many ways.
fn taken_apart(node: &Node) -> Option<Vec<Node>> {
    // Words are one question, however they hang together.
    if expression(node).is_some() {
        return Some(vec![node.clone()]);
    }
    match node {
        Node::Any(nodes) => {
            // Those that are words stay together.
            let (words, others): (Vec<&Node>, Vec<&Node>) =
                nodes.iter().partition(|node| expression(node).is_some());
            let mut ways = Vec::new();
            match words.as_slice() {
                [] => {}
                [one] => ways.push((*one).clone()),
                several => ways.push(Node::Any(several.iter().map(|node| (*node).clone()).collect())),
            }
            for other in others {
                ways.extend(taken_apart(other)?);
            }
            (ways.len() <= MOST).then_some(ways)
        }
        Node::All(nodes) => {
            let mut ways = vec![Vec::new()];
            for node in nodes {
                let choices = taken_apart(node)?;
                if ways.len() * choices.len() > MOST {
                    return None;
                }
                ways = ways
                    .iter()
                    .flat_map(|way: &Vec<Node>| choices.iter().map(move |choice| with(way, choice)))
                    .collect();
            }
            Some(ways.into_iter().map(Node::All).collect())
        }
        Node::Not(_) | Node::Words(_) | Node::Asked(_) => Some(vec![node.clone()]),
    }
}

fn with(way: &[Node], choice: &Node) -> Vec<Node> {
    let mut all = way.to_vec();
    match choice {
        Node::All(nodes) => all.extend(nodes.iter().cloned()),
        other => all.push(other.clone()),
    }
    all
}

/// Whether a way is one of words and nothing else.
#[cfg(test)]
fn is_words(node: &Node) -> bool {
    super::expression::split(node).rest.is_empty()
}

#[cfg(test)]
mod tests {
    use waxwing_model::{Keyword, Keywords};

    use super::super::query::parse;
    use super::super::volumes::FULL;
    use super::super::volumes_tests::Shelf;
    use super::*;

    fn ways(query: &str) -> Vec<Node> {
        choices(&parse(query).node.unwrap())
    }

    #[test]
    fn an_or_of_words_and_wishes_is_taken_apart_and_one_of_words_is_not() {
        for (query, expected) in [
            ("boat OR kettle ", 1),
            ("boat OR is:starred ", 2),
            ("boat OR kettle OR is:starred OR tag:work ", 3),
            ("(boat OR is:starred) (kettle OR is:unread) ", 4),
            ("(boat is:unread) OR (kettle (is:starred OR tag:work)) ", 3),
            ("-(boat OR is:starred) kettle ", 1),
            ("boat is:unread ", 1),
        ] {
            assert_eq!(ways(query).len(), expected, "{query}");
        }
        let [words, _] = ways("boat OR kettle OR is:starred ").try_into().unwrap();
        assert!(is_words(&words), "its words are one way");
        let many = format!("{}x", "(boat OR is:starred OR tag:a OR tag:b) ".repeat(3));
        assert_eq!(ways(&many).len(), 1, "too many ways are gone as one");
    }

    #[test]
    fn letters_are_found_by_each_way_and_once() {
        let shelf = Shelf::new();
        let letters = shelf.add(&(0..12 * FULL).map(|day| day * 1000).collect::<Vec<_>>());
        shelf.index();
        let mark = |w: &mut crate::Writing<'_>| {
            letters.iter().enumerate().try_for_each(|(at, email)| {
                let mut keywords = Keywords::only(Keyword::SEEN);
                for (every, keyword) in [(97, "work"), (111, Keyword::FLAGGED)] {
                    if at % every == 0 {
                        keywords = keywords.with(keyword);
                    }
                }
                w.set_keywords(*email, &keywords)
            })
        };
        shelf.store.write(mark).unwrap();
        let boat = |at: usize| at.is_multiple_of(3) && !at.is_multiple_of(50);
        type Wanted<'a> = &'a dyn Fn(usize) -> bool;
        let cases: [(&str, Wanted<'_>); 7] = [
            ("narwhal OR is:starred", &|at| at == 557 || at % 111 == 0),
            ("narwhal OR whale OR tag:work", &|at| {
                at == 557 || at % 50 == 0 || at % 97 == 0
            }),
            ("boat OR is:starred", &|at| boat(at) || at % 111 == 0),
            ("(whale OR is:starred) tag:work", &|at| {
                at % 97 == 0 && (at % 50 == 0 || at % 111 == 0)
            }),
            ("(boat is:starred) OR (whale tag:work)", &|at| {
                (boat(at) && at % 111 == 0) || (at % 50 == 0 && at % 97 == 0)
            }),
            ("tag:nothing OR -jonas", &|_| false),
            ("(narwhal OR tag:work) -boat", &|at| {
                !boat(at) && (at == 557 || at % 97 == 0)
            }),
        ];
        for (query, wanted) in cases {
            let expected: Vec<_> = (0..letters.len())
                .rev()
                .filter(|at| wanted(*at))
                .map(|at| letters[at])
                .collect();
            assert_eq!(shelf.found(&format!("{query} ")), expected, "{query}");
        }
        let first = shelf
            .store
            .read(|r| r.search("boat OR is:starred ", 5, 0))
            .unwrap();
        assert_eq!(first, shelf.found("boat OR is:starred ")[..5]);
    }
}
