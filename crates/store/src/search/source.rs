//! Indexes that know the letters of which something is asked beside words: those with a keyword, a star, files, unread ones, those
//! of a folder. A search without words reads such an index, from the newest letter down, rather than all that is shown. How each
//! letter is asked stands in `condition.rs`.

use waxwing_model::Timestamp;

use super::Hit;
use super::choice::Choice;
use super::condition::{Conditions, Known, ids, names_mailboxes};
use super::few::Few;
use super::named::mailboxes;
use super::operator::Asked;
use super::query::Node;
use super::volumes;
use super::way::Way;
use crate::{Reading, StoreError};

/// Rows of an index, one a letter or more, as `d`.
pub(crate) struct Source {
    pub from: &'static str,
    /// The letter's id.
    pub email: &'static str,
    /// What all of them are.
    pub condition: String,
}

/// Octets above which the index of sizes has a letter.
const LARGE: i64 = 100_000;

impl Source {
    /// The index for what is asked. `None`: there is none, or it has so many letters that nothing is gained by it.
    pub fn of(asked: &Asked, conditions: &mut Conditions, known: &Known<'_>) -> Option<Self> {
        let of_memberships = |from, condition| Self {
            from,
            email: "d.email_id",
            condition,
        };
        Some(match asked {
            Asked::Keyword(keyword) => {
                let keyword = conditions.parameter(keyword.clone());
                of_memberships("tagged AS d", format!("d.keyword = {keyword}"))
            }
            Asked::Starred => of_memberships(
                "membership AS d INDEXED BY membership_starred",
                "d.starred = 1".to_owned(),
            ),
            Asked::Seen(false) => {
                let all: Vec<i64> = known.mailboxes.iter().map(|mailbox| mailbox.id.0).collect();
                of_memberships(
                    "membership AS d INDEXED BY membership_unread",
                    format!("d.mailbox_id IN ({}) AND d.unread = 1", ids(&all)),
                )
            }
            Asked::Folder(_) | Asked::FolderLike(_) | Asked::Account(_) | Asked::AccountLike(_) => {
                let some = mailboxes(asked, known).unwrap_or_default();
                of_memberships(
                    "membership AS d INDEXED BY membership_newest",
                    format!("d.mailbox_id IN ({})", ids(&some)),
                )
            }
            Asked::Attachment => Self {
                from: "email AS d INDEXED BY email_attached",
                email: "d.id",
                condition: "d.has_attachment = 1".to_owned(),
            },
            Asked::Larger(size) if *size >= LARGE => Self {
                from: "email AS d INDEXED BY email_size",
                email: "d.id",
                // The index knows only these, and is taken where that is said.
                condition: format!("d.size > {LARGE} AND d.size > {}", conditions.parameter(*size)),
            },
            Asked::MessageId(id) => Self {
                from: "thread_reference AS r CROSS JOIN email AS d INDEXED BY email_thread ON d.thread_id = r.thread_id",
                email: "d.id",
                condition: {
                    let id = conditions.parameter(id.clone());
                    format!(
                        "r.account_id IN (SELECT id FROM account) AND r.message_id = {id} AND d.message_id = {id}"
                    )
                },
            },
            Asked::Larger(_)
            | Asked::Smaller(_)
            | Asked::Seen(true)
            | Asked::Since(_)
            | Asked::Before(_)
            | Asked::During(_) => return None,
        })
    }
}

/// Which of several wishes are likely to leave fewer letters; what is not among them is read in another way.
fn preference(asked: &Asked) -> Option<u8> {
    Some(match asked {
        Asked::Keyword(_) => 0,
        Asked::Starred => 1,
        Asked::Attachment => 2,
        Asked::Seen(false) => 3,
        _ => return None,
    })
}

impl Reading<'_> {
    /// What the tables have of the time that a volume is for. Where there is one volume, that is all. A volume that makes no sense is
    /// left out, where words are asked beside other things: it is not known which letters of it have them.
    pub(crate) fn hits_between(
        &self,
        place: usize,
        choice: &Choice<'_>,
        way: &Way,
    ) -> Result<Vec<Hit>, StoreError> {
        let Some(volume) = way.volumes.get(place) else {
            return Ok(Vec::new());
        };
        let behind = place.checked_sub(1).and_then(|place| way.volumes.get(place));
        let until = behind.map_or(Timestamp::MAX, |later| later.since.saturating_sub(1));
        let within = (volume.since, until);
        let overlapping = way.volumes.iter();
        let overlapping = overlapping.filter(|other| other.since <= until && other.newest >= volume.since);
        let mut known = way.known(overlapping.map(|other| other.id).collect());
        match self.hits_within(within, choice, way, &known) {
            Err(StoreError::DamagedIndex(_)) => {
                self.note_damage();
                known.damaged = self.damaged_of(choice, &known)?;
                self.hits_within(within, choice, way, &known)
            }
            hits => hits,
        }
    }

    /// Which of the volumes that a search asks beside the tables make no sense to it.
    fn damaged_of(&self, choice: &Choice<'_>, known: &Known<'_>) -> Result<Vec<i64>, StoreError> {
        let mut conditions = Conditions::default();
        for node in &choice.split.rest {
            conditions.require(node, known);
        }
        let mut damaged = Vec::new();
        for volume in &known.volumes {
            let table = volumes::table(*volume);
            let sql = format!("SELECT count(*) FROM {table} WHERE {table} MATCH ?1");
            for expression in &conditions.expressions {
                match self.number("searching", &sql, [expression]) {
                    Ok(_) => {}
                    Err(StoreError::DamagedIndex(_)) => {
                        damaged.push(*volume);
                        break;
                    }
                    Err(error) => return Err(error),
                }
            }
        }
        Ok(damaged)
    }

    fn hits_within(
        &self,
        (since, until): (Timestamp, Timestamp),
        choice: &Choice<'_>,
        way: &Way,
        known: &Known<'_>,
    ) -> Result<Vec<Hit>, StoreError> {
        let split = &choice.split;
        let is_only = way.volumes.len() == 1;
        let mut conditions = Conditions::default();
        if let Some(few) = &choice.few {
            let letters = few.between(since, until);
            if letters.is_empty() {
                return Ok(Vec::new());
            }
            let letters = conditions.parameter(Few::list(letters));
            let from =
                format!("json_each({letters}) AS d CROSS JOIN membership AS m ON m.email_id = d.value");
            return self.hits_from(&from, "NULL", conditions, split, known);
        }
        let asked = split.rest.iter().filter_map(|node| match node {
            Node::Asked(asked) => Some(asked),
            _ => None,
        });
        let source = asked
            .filter_map(|asked| preference(asked).map(|rank| (rank, asked)))
            .min_by_key(|(rank, _)| *rank)
            .and_then(|(_, asked)| Source::of(asked, &mut conditions, known));
        if !is_only {
            let [since, until] = [since, until].map(|moment| conditions.parameter(moment));
            let table = if source.is_some() { "d" } else { "m" };
            conditions
                .sql
                .push(format!("{table}.received_at BETWEEN {since} AND {until}"));
        }
        let from = match source {
            Some(source) => {
                conditions.sql.push(source.condition);
                format!(
                    "{} CROSS JOIN membership AS m ON m.email_id = {}",
                    source.from, source.email
                )
            }
            None => {
                if !is_only && !split.rest.iter().any(|node| names_mailboxes(node)) {
                    // Of each mailbox there is an index in the order of time.
                    let all: Vec<i64> = way.mailboxes.iter().map(|mailbox| mailbox.id.0).collect();
                    conditions.narrow(&all);
                }
                "membership AS m".to_owned()
            }
        };
        self.hits_from(&from, "NULL", conditions, split, known)
    }
}
