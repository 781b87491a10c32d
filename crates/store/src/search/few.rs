//! Letters that are left by what is asked of them beside words, where an index knows that they are few: those with a rare keyword, the
//! largest, a small folder's. A search then looks at no others, and into no volume that has none of them.

use rusqlite::params_from_iter;
use waxwing_model::{EmailId, Timestamp};

use super::condition::{Conditions, Known};
use super::named::mailboxes;
use super::operator::Asked;
use super::query::Node;
use super::source::Source;
use crate::{Reading, StoreError};

/// So many are few. Tests have small stores.
const FEW: u32 = if cfg!(test) { 60 } else { 20_000 };

/// By their dates, oldest first.
pub(crate) struct Few(Vec<(Timestamp, EmailId)>);

impl Few {
    /// Those of a span of time, its ends included.
    pub fn between(&self, since: Timestamp, until: Timestamp) -> &[(Timestamp, EmailId)] {
        let begin = self.0.partition_point(|(at, _)| *at < since);
        let end = self.0.partition_point(|(at, _)| *at <= until);
        self.0.get(begin..end).unwrap_or_default()
    }

    /// As a parameter of `json_each`.
    pub fn list(letters: &[(Timestamp, EmailId)]) -> String {
        let mut ids: Vec<i64> = letters.iter().map(|(_, email)| email.0).collect();
        ids.sort_unstable();
        ids.dedup();
        Self::listed(&ids)
    }

    pub fn listed(ids: &[i64]) -> String {
        let ids: Vec<String> = ids.iter().map(i64::to_string).collect();
        format!("[{}]", ids.join(","))
    }
}

impl Reading<'_> {
    /// The letters that the wishes leave, as far as one of them leaves few.
    pub(crate) fn few_meant(&self, wishes: &[&Node], known: &Known<'_>) -> Result<Option<Few>, StoreError> {
        let mut fewest: Option<Vec<(Timestamp, EmailId)>> = None;
        for wish in wishes {
            let Node::Asked(asked) = wish else { continue };
            if has_many(asked, known) {
                continue;
            }
            let mut conditions = Conditions::default();
            let Some(source) = Source::of(asked, &mut conditions, known) else {
                continue;
            };
            let least = fewest
                .as_ref()
                .map_or(FEW, |few| u32::try_from(few.len()).unwrap_or(FEW));
            let sql = format!(
                "SELECT d.received_at, {} FROM {} WHERE {} LIMIT {}",
                source.email,
                source.from,
                source.condition,
                conditions.parameter(least + 1)
            );
            let letters = self.all(
                "looking whether few letters are meant",
                &sql,
                params_from_iter(conditions.parameters),
                |row| Ok((row.get(0)?, EmailId(row.get(1)?))),
            )?;
            if u32::try_from(letters.len()).is_ok_and(|count| count <= least) {
                fewest = Some(letters);
            }
        }
        Ok(fewest.map(|mut letters| {
            letters.sort_unstable();
            Few(letters)
        }))
    }
}

/// Whether it is known without looking that more are meant.
fn has_many(asked: &Asked, known: &Known<'_>) -> bool {
    let count: u64 = match asked {
        Asked::Seen(false) => known
            .mailboxes
            .iter()
            .map(|mailbox| u64::from(mailbox.unread))
            .sum(),
        _ => {
            let Some(some) = mailboxes(asked, known) else {
                return false;
            };
            let meant = known
                .mailboxes
                .iter()
                .filter(|mailbox| some.contains(&mailbox.id.0));
            meant.map(|mailbox| u64::from(mailbox.total)).sum()
        }
    };
    count > u64::from(FEW)
}

#[cfg(test)]
mod tests {
    use waxwing_model::{EmailId, Keyword, Keywords};

    use super::super::volumes::FULL;
    use super::super::volumes_tests::Shelf;

    #[test]
    fn what_is_asked_of_letters_is_found_whether_few_are_so_or_many() {
        let shelf = Shelf::new();
        let moments: Vec<i64> = (0..12 * FULL).map(|day| day * 1000).collect();
        let letters = shelf.add(&moments);
        shelf.index();
        let keywords = |at: usize| {
            let mut keywords = Keywords::none();
            for (every, keyword) in [
                (97, "work"),
                (3, "often"),
                (111, Keyword::FLAGGED),
                (2, Keyword::SEEN),
            ] {
                if at.is_multiple_of(every) {
                    keywords = keywords.with(keyword);
                }
            }
            keywords
        };
        let mark = |letters: &[EmailId]| {
            let each = |w: &mut crate::Writing<'_>| {
                letters
                    .iter()
                    .enumerate()
                    .try_for_each(|(at, email)| w.set_keywords(*email, &keywords(at)))
            };
            shelf.store.write(each).unwrap();
        };
        mark(&letters);
        shelf.store.with_writer(|connection| {
            connection
                .execute("UPDATE email SET size = id * 1000", [])
                .unwrap();
        });
        let size = |at: usize| letters[at].0 * 1000;
        type Wanted<'a> = &'a dyn Fn(usize) -> bool;
        let boat = |at: usize| at.is_multiple_of(3) && !at.is_multiple_of(50);
        let every = |number: usize| move |at: usize| at.is_multiple_of(number);
        let cases: [(&str, Wanted<'_>); 21] = [
            ("tag:work", &every(97)),
            ("tag:often", &every(3)),
            ("tag:nothing", &|_| false),
            ("tag:$flagged", &every(111)),
            ("tag:$seen tag:work", &|at| {
                at.is_multiple_of(97) && at.is_multiple_of(2)
            }),
            ("tag:work boat", &|at| at.is_multiple_of(97) && boat(at)),
            ("tag:often whale", &|at| at.is_multiple_of(150)),
            ("tag:work -boat", &|at| at.is_multiple_of(97) && !boat(at)),
            ("-tag:often boat", &|_| false),
            ("-tag:often whale", &|at| {
                at.is_multiple_of(50) && !at.is_multiple_of(3)
            }),
            ("tag:work OR is:starred", &|at| {
                at.is_multiple_of(97) || at.is_multiple_of(111)
            }),
            ("is:starred has:attachment", &|at| at.is_multiple_of(555)),
            ("has:attachment whale", &every(50)),
            ("is:unread narwhal", &|at| at == 557),
            ("larger:1190k", &|at| size(at) > 1_190_000),
            ("larger:600k jonas", &|at| size(at) > 600_000),
            ("larger:100k jonas", &|at| size(at) > 100_000),
            ("larger:99k jonas", &|at| size(at) > 99_000),
            ("smaller:20k is:unread", &|at| {
                size(at) < 20_000 && !at.is_multiple_of(2)
            }),
            ("in:inbox tag:work", &every(97)),
            ("-in:inbox", &|_| false),
        ];
        let expected = |wanted: Wanted<'_>| -> Vec<EmailId> {
            let found = (0..letters.len()).rev().filter(|at| wanted(*at));
            found.map(|at| letters[at]).collect()
        };
        for (query, wanted) in cases {
            let query = format!("{query} ");
            assert_eq!(shelf.found(&query), expected(wanted), "{query}");
        }
        // So that few are large, two of them about as large as the smallest that the index of sizes has.
        shelf.store.with_writer(|connection| {
            connection
                .execute_batch(
                    "UPDATE email SET size = id * 83;
                     UPDATE email SET size = 100000 WHERE id = 700; UPDATE email SET size = 100001 WHERE id = 800;",
                )
                .unwrap();
        });
        let size = |at: usize| match letters[at].0 {
            700 => 100_000,
            800 => 100_001,
            id => id * 83,
        };
        let large = |octets: i64| move |at: usize| size(at) > octets;
        for (query, octets) in [
            ("larger:100k", 100_000),
            ("larger:99999", 99_999),
            ("larger:100001", 100_001),
        ] {
            assert_eq!(
                shelf.found(&format!("{query} ")),
                expected(&large(octets)),
                "{query}"
            );
        }
        let first = shelf.store.read(|r| r.search("tag:often", 7, 2)).unwrap();
        assert_eq!(first, expected(&every(3))[2..9], "the newest of many");
        shelf
            .store
            .write(|w| {
                w.set_keywords(letters[97], &Keywords::only("often"))?;
                w.remove_email(letters[194])
            })
            .unwrap();
        let left = |at: usize| at.is_multiple_of(97) && ![97, 194].contains(&at);
        assert_eq!(shelf.found("tag:work "), expected(&left), "as they are now");
    }
}
