//! A search in one volume whose words are listed (`words.rs`): how its words go on is known (`lexicon.rs`), and of what goes on in
//! many ways the letters (`beginnings.rs`).

use super::Hit;
use super::choice::Choice;
use super::condition::Conditions;
use super::expression::{self, Split};
use super::few::Few;
use super::letters::Letters;
use super::lexicon::Lexicon;
use super::query::{Node, Words};
use super::volumes::{self, Volume};
use super::way::Way;
use crate::{Reading, StoreError};

impl Reading<'_> {
    /// What a volume has whose words are listed.
    pub(super) fn hits_listed(
        &self,
        volume: &Volume,
        choice: &Choice<'_>,
        way: &Way,
        lexicon: &Lexicon,
    ) -> Result<Vec<Hit>, StoreError> {
        let written = |words: &Words| lexicon.phrase(volume.id, words);
        let wide = lexicon.wide(volume.id, choice.node);
        let beginnings: Vec<&str> = wide.iter().map(|(_, beginning)| *beginning).collect();
        let Some((letters, known)) = self.letters_beginning(volume.id, &beginnings)? else {
            let split = expression::split_by(choice.node, &written);
            return match &split.expression {
                Some(expression) => self.hits_in(volume, expression, (&split, &choice.few), way, false),
                None => Ok(Vec::new()),
            };
        };
        // What is looked up is not asked of the index.
        let is_known = |node: &Node| {
            let Node::Words(words) = node else { return false };
            wide.iter()
                .any(|(one, beginning)| *one == words && known.contains(beginning))
        };
        let rest = match choice.node {
            Node::All(nodes) => nodes.iter().filter(|node| !is_known(node)).cloned().collect(),
            _ => Vec::new(),
        };
        let rest = Node::All(rest);
        let split = expression::split_by(&rest, &written);
        match &split.expression {
            Some(expression) => {
                let mut hits = self.hits_in(volume, expression, (&split, &choice.few), way, false)?;
                hits.retain(|hit| letters.has(hit.email));
                Ok(hits)
            }
            None => self.hits_among(volume, &letters, (&split, &choice.few), way),
        }
    }

    /// Those of some letters of a volume that still have a line there, and are what else is wanted.
    fn hits_among(
        &self,
        volume: &Volume,
        letters: &Letters,
        (split, few): (&Split<'_>, &Option<Few>),
        way: &Way,
    ) -> Result<Vec<Hit>, StoreError> {
        let ids: Vec<i64> = match few {
            Some(few) => {
                let few = few.between(volume.since, volume.newest).iter();
                few.map(|(_, email)| *email)
                    .filter(|email| letters.has(*email))
                    .map(|email| email.0)
                    .collect()
            }
            None => letters.ids().collect(),
        };
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let mut conditions = Conditions::default();
        let list = conditions.parameter(Few::listed(&ids));
        let from = format!(
            "json_each({list}) AS d CROSS JOIN {}_docsize AS l ON l.id = d.value CROSS JOIN membership AS m",
            volumes::table(volume.id)
        );
        conditions.sql.push("m.email_id = l.id".to_owned());
        self.hits_from(&from, "NULL", conditions, split, &way.known(vec![volume.id]))
    }
}
