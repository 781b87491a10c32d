//! A search, one volume of the index after the other, the newest first. Whoever asks looks after each whether that is
//! enough.

use std::cmp::Reverse;

use rusqlite::params_from_iter;
use waxwing_model::EmailId;

use super::choice::{Choice, Lacking, choices};
use super::condition::{Conditions, Known};
use super::expression::{self, Split};
use super::few::Few;
use super::lexicon::Lexicon;
use super::operator::Asked;
use super::query::{self, Node};
use super::volumes::{self, Volume};
use super::way::Way;
use super::{Hit, query::Query};
use crate::{Reading, StoreError};

/// So many of the newest matches are put into the order of how well they match. The others follow by their dates.
const RANKED: usize = 5_000;

/// How much a match counts in each column of the index (body, subject, sender, recipients, copies, files, kinds, list,
/// papers).
const WEIGHTS: &str = "1.0, 8.0, 5.0, 3.0, 2.0, 4.0, 1.0, 2.0, 0.5";

pub(crate) struct Found {
    pub hits: Vec<Hit>,
    /// There are no others.
    pub whole: bool,
}

impl Reading<'_> {
    /// Gathers what matches and is shown anywhere. `go_on` is shown, by their dates, all that are newer than whatever is still
    /// to be found, and how many volumes were asked for them.
    pub(crate) fn walk(
        &self,
        text: &str,
        go_on: &mut dyn FnMut(&[Hit], usize) -> bool,
    ) -> Result<Found, StoreError> {
        self.walk_beside(self.found_by_servers(text)?, query::parse(text), go_on)
    }

    /// Letters that match here, without those that only servers have found.
    pub fn search_here(&self, query: &str) -> Result<Vec<EmailId>, StoreError> {
        let found = self.walk_beside(Vec::new(), query::parse(query), &mut |_, _| true)?;
        Ok(found.hits.into_iter().map(|hit| hit.email).collect())
    }

    /// Letters with files that match, in the order of the search.
    pub(crate) fn letters_with_files_found(&self, text: &str) -> Result<Vec<EmailId>, StoreError> {
        let mut query = query::parse(text);
        let attached = Node::Asked(Asked::Attachment);
        query.node = query.node.map(|node| match node {
            Node::All(mut all) => {
                all.push(attached);
                Node::All(all)
            }
            node => Node::All(vec![node, attached]),
        });
        let mut theirs = self.found_by_servers(text)?;
        let with_files = self.with_files(theirs.iter().map(|hit| hit.email))?;
        theirs.retain(|hit| with_files.contains(&hit.email));
        let found = self.walk_beside(theirs, query, &mut |_, _| true)?;
        Ok(found.hits.into_iter().map(|hit| hit.email).collect())
    }

    fn walk_beside(
        &self,
        mut hits: Vec<Hit>,
        query: Query,
        go_on: &mut dyn FnMut(&[Hit], usize) -> bool,
    ) -> Result<Found, StoreError> {
        let Some(node) = &query.node else {
            return Ok(Found {
                hits: Vec::new(),
                whole: true,
            });
        };
        let way = self.way(node)?;
        let lexicon = self.lexicon(node)?;
        let nodes = choices(node);
        let mut choices = self.begun(&nodes, &way)?;
        let mut asked = 0;
        for (place, volume) in way.volumes.iter().enumerate() {
            let ranked = query.best && hits.len() < RANKED;
            let mut found = Vec::new();
            let mut is_asked = false;
            for choice in &mut choices {
                match self.found_in((place, volume), choice, &way, &lexicon, ranked) {
                    Ok(Some(mut some)) => {
                        is_asked = true;
                        found.append(&mut some);
                    }
                    Ok(None) => {}
                    // The others are asked all the same, and this one is built again.
                    Err(StoreError::DamagedIndex(_)) => self.note_damage(),
                    Err(error) => return Err(error),
                }
            }
            asked += usize::from(is_asked);
            put_in_order(&mut found);
            let overlap = hits
                .last()
                .zip(found.first())
                .is_some_and(|(last, first)| last.standing() <= first.standing());
            hits.append(&mut found);
            if overlap {
                put_in_order(&mut hits);
            }
            let Some(still) = way.volumes.iter().skip(place + 1).map(|rest| rest.newest).max() else {
                break;
            };
            let certain = hits.partition_point(|hit| hit.received_at > still);
            if query.best && certain < RANKED {
                continue;
            }
            if !go_on(hits.get(..certain).unwrap_or_default(), asked) {
                hits.truncate(certain);
                return Ok(in_best_order(hits, &query, false));
            }
        }
        Ok(in_best_order(hits, &query, true))
    }

    /// Whoever mends the index hears of it.
    pub(super) fn note_damage(&self) {
        if let Some((gathered, _)) = self.gathered() {
            gathered.note_damage();
        }
    }

    /// With what each way of a query begins.
    fn begun<'a>(&self, nodes: &'a [Node], way: &Way) -> Result<Vec<Choice<'a>>, StoreError> {
        let begin = |node: &'a Node| {
            let split = expression::split(node);
            Ok(Choice {
                node,
                within: self.within(&split.rest)?,
                few: self.few_meant(&split.rest, &way.known(Vec::new()))?,
                lacking: Lacking::of(&split),
                split,
            })
        };
        nodes.iter().map(begin).collect()
    }

    /// What a volume, or the tables of its time, have of one of the ways. `None`: it need not be asked.
    fn found_in(
        &self,
        (place, volume): (usize, &Volume),
        choice: &mut Choice<'_>,
        way: &Way,
        lexicon: &Lexicon,
        ranked: bool,
    ) -> Result<Option<Vec<Hit>>, StoreError> {
        if !choice.within.meets(volume) {
            return Ok(None);
        }
        let Some(expression) = &choice.split.expression else {
            return self.hits_between(place, choice, way).map(Some);
        };
        let knows = lexicon.knows(volume.id);
        // Where something is missing altogether, the rest need not be gathered.
        let lacks = match knows {
            true => !lexicon.may_have(volume.id, choice.node),
            false => self.lacks(volume, &mut choice.lacking, place)?,
        };
        if lacks {
            return Ok(None);
        }
        let found = match knows && !ranked {
            true => self.hits_listed(volume, choice, way, lexicon)?,
            // How well letters match is told by what is asked, so all volumes are asked the same.
            false => self.hits_in(volume, expression, (&choice.split, &choice.few), way, ranked)?,
        };
        choice.lacking.expected = found.is_empty();
        Ok(Some(found))
    }

    /// Whether a volume has nothing of one of the words that are wanted. FTS5 gathers all that begins like a word before it
    /// looks whether the others are there at all.
    fn lacks(&self, volume: &Volume, lacking: &mut Lacking, place: usize) -> Result<bool, StoreError> {
        if !lacking.expected || lacking.parts.len() < 2 {
            return Ok(false);
        }
        // Which one it is stays the same for a while. All of them are asked for seldom, since those that are there cost.
        let asked = match place.is_power_of_two() {
            true => lacking.parts.len(),
            false => 1,
        };
        let table = volumes::table(volume.id);
        // The statement of a search for words, so that each volume has one that is ready.
        let sql = statement(&in_index(&table), "NULL", "", &format!("{table} MATCH ?1"));
        for (at, part) in lacking.parts.iter().enumerate().take(asked) {
            let first: Option<i64> = self.one("searching", &sql, [part], |row| row.get(0))?;
            if first.is_none() {
                lacking.parts.swap(0, at);
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn found_by_servers(&self, query: &str) -> Result<Vec<Hit>, StoreError> {
        let letters = self
            .gathered()
            .map(|(gathered, _)| gathered.beside(query))
            .unwrap_or_default();
        if letters.is_empty() {
            return Ok(Vec::new());
        }
        let mut hits = self.being(query, &letters)?;
        put_in_order(&mut hits);
        Ok(hits)
    }

    /// What one volume of the index has. To sort it by a join with the narrow `membership` is faster than with the wide
    /// `email`.
    pub(super) fn hits_in(
        &self,
        volume: &Volume,
        expression: &str,
        (split, few): (&Split<'_>, &Option<Few>),
        way: &Way,
        ranked: bool,
    ) -> Result<Vec<Hit>, StoreError> {
        let table = volumes::table(volume.id);
        let mut conditions = Conditions::default();
        let expression = conditions.parameter(expression.to_owned());
        conditions.sql.push(format!("{table} MATCH {expression}"));
        if let Some(few) = few {
            let letters = few.between(volume.since, volume.newest);
            if letters.is_empty() {
                return Ok(Vec::new());
            }
            // Not by the index's own rowid: FTS5 would begin anew for each of them.
            let letters = conditions.parameter(Few::list(letters));
            let sql = format!("+{table}.rowid IN (SELECT value FROM json_each({letters}))");
            conditions.sql.push(sql);
        }
        let known = way.known(vec![volume.id]);
        let rank = match ranked {
            true => format!("bm25({table}, {WEIGHTS})"),
            false => "NULL".to_owned(),
        };
        self.hits_from(&in_index(&table), &rank, conditions, split, &known)
    }

    pub(crate) fn hits_from(
        &self,
        from: &str,
        rank: &str,
        mut conditions: Conditions,
        split: &Split<'_>,
        known: &Known<'_>,
    ) -> Result<Vec<Hit>, StoreError> {
        for node in &split.rest {
            conditions.require(node, known);
        }
        let email = if conditions.of_email {
            "CROSS JOIN email e ON e.id = m.email_id"
        } else {
            ""
        };
        let sql = statement(from, rank, email, &conditions.sql.join(" AND "));
        self.all(
            "searching",
            &sql,
            params_from_iter(conditions.parameters),
            |row| {
                Ok(Hit {
                    rank: row.get(5)?,
                    ..Hit::from_row(row)?
                })
            },
        )
    }
}

fn in_index(table: &str) -> String {
    format!("{table} CROSS JOIN membership m ON m.email_id = {table}.rowid")
}

fn statement(from: &str, rank: &str, email: &str, conditions: &str) -> String {
    format!(
        "SELECT m.email_id, m.thread_id, m.received_at, m.arrival, m.unread, {rank} FROM {from} {email} WHERE {conditions}"
    )
}

/// Newest first and each letter once. One that two mailboxes show is found twice, maybe with two numbers.
fn put_in_order(hits: &mut Vec<Hit>) {
    hits.sort_unstable_by_key(|hit| Reverse((hit.received_at, hit.email, hit.arrival)));
    hits.dedup_by(|other, one| {
        let is_same = other.email == one.email;
        if is_same {
            one.rank = one.rank.or(other.rank);
        }
        is_same
    });
    hits.sort_by_key(|hit| Reverse(hit.standing()));
}

fn in_best_order(mut hits: Vec<Hit>, query: &Query, whole: bool) -> Found {
    if query.best {
        hits.sort_by(|one, other| match (one.rank, other.rank) {
            (Some(one), Some(other)) => one.total_cmp(&other),
            (one, other) => other.is_some().cmp(&one.is_some()),
        });
    }
    Found { hits, whole }
}

#[cfg(test)]
mod tests {
    use waxwing_model::Listing;

    use super::super::volumes::FULL;
    use super::super::volumes_tests::Shelf;

    #[test]
    fn what_most_volumes_lack_is_found_in_those_that_have_it() {
        let shelf = Shelf::new();
        let letters = shelf.add(&(0..12 * FULL).map(|day| day * 1000).collect::<Vec<_>>());
        shelf.index();
        let narwhal = letters[557];
        for query in [
            "jonas narwhal",
            "noth narw",
            "narwhal jonas nothing orchard",
            "from:jonas (xylophone OR narwhal)",
            "narwhal jonas -boat",
            "narwhal jonas is:read",
            "\"but a narw",
        ] {
            assert_eq!(shelf.found(query), [narwhal], "{query}");
        }
        for query in [
            "narwhal boat",
            "jonas xylophone",
            "jonas narwhal -nothing",
            "whale boat jonas",
        ] {
            assert!(shelf.found(query).is_empty(), "{query}");
        }
        assert_eq!(
            shelf.found("jonas whale"),
            shelf.found("whale"),
            "in every volume"
        );
    }

    #[test]
    fn what_is_rare_is_shown_before_all_volumes_were_asked_and_then_found_whole() {
        let shelf = Shelf::new();
        let ids = shelf.add(&(0..15 * FULL).rev().collect::<Vec<_>>());
        shelf.index();
        let first = |listing: &Listing| shelf.store.read(|r| r.first_rows(listing, 100)).unwrap();
        let whales = Shelf::listing("whale ");
        let shown = first(&whales).unwrap();
        assert!((10..25).contains(&shown.rows.len()), "{} rows", shown.rows.len());
        assert!(
            shown
                .rows
                .iter()
                .zip(ids.iter().step_by(50))
                .all(|(row, id)| row.email == *id)
        );
        shelf.store.read(|r| r.gather_while(&whales, || true)).unwrap();
        assert_eq!(first(&whales), None, "all are at hand");
        assert_eq!(shelf.store.read(|r| r.count(&whales)).unwrap(), 30);
        assert_eq!(
            first(&Shelf::listing("xylophone ")),
            None,
            "nothing is known when all were asked"
        );
    }
}
