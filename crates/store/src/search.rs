//! The table `search`: a full-text index over the letters, kept in the transactions that change them. What a
//! query means stands in `search/query.rs` and `search/operator.rs`, what the index is asked in `search/expression.rs`,
//! what the other tables are asked in `search/condition.rs`, and how scripts without spaces are cut in `search/cut.rs`.

mod condition;
mod cut;
mod expression;
mod lines;
mod operator;
mod query;

use std::collections::HashSet;

use rusqlite::params_from_iter;
use waxwing_model::{Address, EmailId, ThreadId, Timestamp};

use self::condition::Conditions;
pub(crate) use self::lines::{Former, Line, Lines};
use crate::{Reading, StoreError, Unindexed, Writing};

/// Octets of text that are indexed of one body. A longer one is data rather than a letter.
const INDEXED: usize = 1 << 20;

/// Letters that are read at a time when the index is built again.
const BATCH: u32 = 500;

/// What of a letter is indexed.
pub(crate) struct Indexed<'a> {
    pub subject: &'a str,
    pub from: &'a [Address],
    pub recipients: &'a [&'a [Address]],
    pub body: &'a str,
}

/// A letter that was found, as far as a list must know it to put it in its place.
pub(crate) struct Hit {
    pub email: EmailId,
    pub thread: ThreadId,
    pub received_at: Timestamp,
    /// Settles the order of letters of one moment.
    pub arrival: i64,
    pub unread: bool,
}

impl Reading<'_> {
    /// The letters that match, newest first. A query that is no query is taken as the words it has.
    pub fn search(&self, query: &str, limit: u32, offset: u32) -> Result<Vec<EmailId>, StoreError> {
        let hits = self.hits(query)?.into_iter();
        let page = hits.skip(usize::try_from(offset).unwrap_or(usize::MAX));
        Ok(page
            .take(usize::try_from(limit).unwrap_or(usize::MAX))
            .map(|hit| hit.email)
            .collect())
    }

    /// How many letters match.
    pub fn search_count(&self, query: &str) -> Result<u32, StoreError> {
        Ok(u32::try_from(self.hits(query)?.len()).unwrap_or(u32::MAX))
    }

    /// All that match and are shown anywhere, newest first. To sort them by a join with the narrow `membership` is
    /// faster than with the wide `email`.
    pub(crate) fn hits(&self, query: &str) -> Result<Vec<Hit>, StoreError> {
        let Some(query) = query::parse(query) else {
            return Ok(Vec::new());
        };
        let split = expression::split(&query);
        let mut conditions = Conditions::default();
        let mut from = "membership m";
        if let Some(expression) = split.expression {
            from = "search JOIN membership m ON m.email_id = search.rowid";
            let expression = conditions.parameter(expression);
            conditions.sql.push(format!("search MATCH {expression}"));
        }
        let mailboxes = self.mailboxes(None)?;
        for choice in split.rest {
            conditions.require(choice, &mailboxes);
        }
        let email = if conditions.of_email {
            "JOIN email e ON e.id = m.email_id"
        } else {
            ""
        };
        let sql = format!(
            "SELECT m.email_id, m.thread_id, m.received_at, m.arrival, m.unread FROM {from} {email} WHERE {}",
            conditions.sql.join(" AND ")
        );
        let mut hits = self.all(
            "searching",
            &sql,
            params_from_iter(conditions.parameters),
            |row| {
                Ok(Hit {
                    email: EmailId(row.get(0)?),
                    thread: ThreadId(row.get(1)?),
                    received_at: row.get(2)?,
                    arrival: row.get(3)?,
                    unread: row.get(4)?,
                })
            },
        )?;
        // A letter that two mailboxes show is found twice.
        hits.sort_unstable_by_key(|hit| std::cmp::Reverse((hit.received_at, hit.arrival, hit.email)));
        let mut known = HashSet::with_capacity(hits.len());
        hits.retain(|hit| known.insert(hit.email));
        Ok(hits)
    }
}

impl Writing<'_> {
    /// Builds the index again from what the store has.
    pub fn rebuild_search(&mut self) -> Result<(), StoreError> {
        let doing = "building the search index again";
        self.settle_lines()?;
        self.run(doing, "INSERT INTO search (search) VALUES ('delete-all')", [])?;
        self.run(doing, "DELETE FROM unindexed", [])?;
        self.run(
            doing,
            "INSERT INTO unindexed (email_id, has_line, whole) SELECT id, 0, has_body FROM email",
            [],
        )?;
        while self.index_waiting(Unindexed::All, BATCH)? > 0 {}
        Ok(())
    }
}

impl Line {
    pub(crate) fn of(what: &Indexed<'_>) -> Self {
        Self {
            subject: what.subject.to_owned(),
            sender: people(what.from),
            recipients: people(what.recipients.iter().copied().flatten()),
            body: beginning(what.body).to_owned(),
        }
    }
}

fn people<'a>(addresses: impl IntoIterator<Item = &'a Address>) -> String {
    let mut text = String::new();
    for address in addresses {
        text.push_str(address.name.as_deref().unwrap_or_default());
        text.push(' ');
        text.push_str(&address.email);
        text.push('\n');
    }
    text
}

fn beginning(text: &str) -> &str {
    text.get(..text.floor_char_boundary(INDEXED)).unwrap_or(text)
}
