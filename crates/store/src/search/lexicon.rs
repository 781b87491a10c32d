//! What the table `word` tells of the words of one query: which volumes need not be asked, since they lack a word that is wanted, and
//! how a word goes on in a volume that was typed in part. FTS5 reads words that are named one beside the other, and gathers those that
//! begin alike in full before it gives the first; so what begins so is named, where that are not too many words.

use std::collections::{HashMap, HashSet};

use super::beginnings::may_be_wide;
use super::cut;
use super::expression::{self, phrase};
use super::query::{Node, Words};
use super::words::{Listed, may_be_cut, parted};
use crate::{Reading, StoreError};

/// Words that begin alike and are looked at; more are as good as all.
const MOST: usize = 400;
/// Words that are named in one volume. More of them FTS5 gathers faster.
pub(crate) const NAMED: usize = 6;

/// A word of a query.
enum Word {
    /// It stands in these volumes.
    Whole(String, Vec<i64>),
    /// These begin so, each in its volumes.
    Beginning(Vec<Listed>),
    /// So many begin so that it stands in all volumes, as far as anybody knows.
    Anything,
}

impl Word {
    fn stands_in(&self, volume: i64) -> bool {
        let has = |volumes: &[i64]| volumes.binary_search(&volume).is_ok();
        match self {
            Self::Whole(_, volumes) => has(volumes),
            Self::Beginning(words) => words.iter().any(|(_, volumes)| has(volumes)),
            Self::Anything => true,
        }
    }
}

/// What is known of the words of a query.
pub(crate) struct Lexicon {
    listed: HashSet<i64>,
    /// Of those the volumes that are known by beginnings too.
    gathered: HashSet<i64>,
    /// Of each piece of the query the words that it is parted into.
    pieces: HashMap<Words, Vec<Word>>,
    /// Pieces that are one beginning, anywhere in a letter: as the index folds it.
    beginnings: HashMap<Words, String>,
}

impl Lexicon {
    /// Whether a volume's words are known at all.
    pub fn knows(&self, volume: i64) -> bool {
        self.listed.contains(&volume)
    }

    /// Whether a volume may have what is wanted, as far as words decide it.
    pub fn may_have(&self, volume: i64, node: &Node) -> bool {
        match node {
            Node::All(nodes) => nodes.iter().all(|node| self.may_have(volume, node)),
            Node::Any(nodes) => nodes.iter().any(|node| self.may_have(volume, node)),
            Node::Words(words) => self
                .pieces
                .get(words)
                .is_none_or(|parts| parts.iter().all(|word| word.stands_in(volume))),
            Node::Not(_) | Node::Asked(_) => true,
        }
    }

    /// What of a query begins in so many ways in a volume that it may be known which letters have it. All of it must be wanted.
    pub fn wide<'a>(&'a self, volume: i64, node: &'a Node) -> Vec<(&'a Words, &'a str)> {
        if self.beginnings.is_empty() || !self.gathered.contains(&volume) {
            return Vec::new();
        }
        let all = match node {
            Node::All(nodes) => nodes.as_slice(),
            one => std::slice::from_ref(one),
        };
        all.iter()
            .filter_map(|node| match node {
                Node::Words(words) => Some((words, self.beginnings.get(words)?.as_str())),
                _ => None,
            })
            .filter(|(words, _)| self.goes_on_in_many_ways(volume, words))
            .collect()
    }

    fn goes_on_in_many_ways(&self, volume: i64, words: &Words) -> bool {
        match self.pieces.get(words).map(Vec::as_slice) {
            Some([Word::Beginning(words)]) => {
                let here = words
                    .iter()
                    .filter(|(_, volumes)| volumes.binary_search(&volume).is_ok());
                here.take(NAMED + 1).count() > NAMED
            }
            Some([Word::Anything]) => true,
            _ => false,
        }
    }

    /// How the index of a volume is asked for a piece.
    pub fn phrase(&self, volume: i64, words: &Words) -> String {
        let Some((Word::Beginning(last), before)) =
            self.pieces.get(words).and_then(|parts| parts.split_last())
        else {
            return phrase(words);
        };
        let mut text = String::new();
        for word in before {
            let Word::Whole(word, _) = word else {
                return phrase(words);
            };
            text.push_str(word);
            text.push(' ');
        }
        let named: Vec<String> = last
            .iter()
            .filter(|(_, volumes)| volumes.binary_search(&volume).is_ok())
            .take(NAMED + 1)
            .map(|(word, _)| format!("\"{text}{word}\"{}", if may_be_cut(word) { " *" } else { "" }))
            .collect();
        match named.len() {
            1..=NAMED => format!("({}({}))", expression::columns(words), named.join(" OR ")),
            _ => phrase(words),
        }
    }
}

impl Reading<'_> {
    /// What is known of the words that a query wants and does not want.
    pub(crate) fn lexicon(&self, node: &Node) -> Result<Lexicon, StoreError> {
        let mut lexicon = Lexicon {
            listed: self.listed_volumes()?,
            gathered: self.gathered_volumes()?,
            pieces: HashMap::new(),
            beginnings: HashMap::new(),
        };
        if !lexicon.listed.is_empty() {
            self.look_up(node, &mut lexicon)?;
        }
        Ok(lexicon)
    }

    fn look_up(&self, node: &Node, lexicon: &mut Lexicon) -> Result<(), StoreError> {
        match node {
            Node::All(nodes) | Node::Any(nodes) => {
                nodes.iter().try_for_each(|node| self.look_up(node, lexicon))?;
            }
            Node::Not(inner) => self.look_up(inner, lexicon)?,
            Node::Words(words) if !lexicon.pieces.contains_key(words) => {
                let mut parts = parted(&cut::for_query(&words.text))?;
                let beginning = match words.beginning || cut::ends_in_one(&words.text) {
                    true => parts.pop(),
                    false => None,
                };
                let mut known = Vec::with_capacity(parts.len() + 1);
                for part in parts {
                    let volumes = self.volumes_with(&part)?;
                    known.push(Word::Whole(part, volumes));
                }
                if let Some(beginning) = beginning {
                    if known.is_empty() && words.place.is_none() && may_be_wide(&beginning) {
                        lexicon.beginnings.insert(words.clone(), beginning.clone());
                    }
                    let all = match may_be_cut(&beginning) {
                        true => None,
                        false => self.words_from(&beginning, MOST)?,
                    };
                    known.push(all.map_or(Word::Anything, Word::Beginning));
                }
                lexicon.pieces.insert(words.clone(), known);
            }
            Node::Words(_) | Node::Asked(_) => {}
        }
        Ok(())
    }
}
