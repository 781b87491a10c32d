//! The table `search`: a full-text index over the letters, kept in the transactions that change them. What a
//! query means stands in `search/query.rs`, and how scripts without spaces are cut in `search/cut.rs`.

mod cut;
mod query;

use rusqlite::params;
use waxwing_model::{Address, EmailId, ThreadId, Timestamp};

use crate::column::from_json;
use crate::{Reading, StoreError, Writing};

/// Octets of text that are indexed of one body. A longer one is data rather than a letter.
const INDEXED: usize = 1 << 20;

/// Letters that are read at a time when the index is built again.
const BATCH: i64 = 500;

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
        let Some(expression) = query::expression(query) else {
            return Ok(Vec::new());
        };
        let mut hits = self.all(
            "searching",
            "SELECT email_id, thread_id, received_at, unread FROM search
             JOIN membership ON membership.email_id = search.rowid
             WHERE search MATCH ?1",
            [expression],
            |row| {
                Ok(Hit {
                    email: EmailId(row.get(0)?),
                    thread: ThreadId(row.get(1)?),
                    received_at: row.get(2)?,
                    unread: row.get(3)?,
                })
            },
        )?;
        // A letter that two mailboxes show is found twice.
        hits.sort_unstable_by_key(|hit| std::cmp::Reverse((hit.received_at, hit.email)));
        hits.dedup_by_key(|hit| hit.email);
        Ok(hits)
    }
}

impl Writing<'_> {
    /// Builds the index again from what the store has.
    pub fn rebuild_search(&mut self) -> Result<(), StoreError> {
        let doing = "building the search index again";
        self.run(doing, "INSERT INTO search (search) VALUES ('delete-all')", [])?;
        let mut after = 0;
        loop {
            type Line = (i64, String, [Vec<Address>; 4], String);
            let lines: Vec<Line> = self.all(
                doing,
                "SELECT email.id, subject, from_addresses, to_addresses, cc_addresses, bcc_addresses,
                   coalesce(body.text, partial_body.text, '')
                 FROM email LEFT JOIN body ON body.email_id = email.id
                 LEFT JOIN partial_body ON partial_body.email_id = email.id
                 WHERE email.id > ?1 ORDER BY email.id LIMIT ?2",
                [after, BATCH],
                |row| {
                    let people = [
                        from_json(row, 2)?,
                        from_json(row, 3)?,
                        from_json(row, 4)?,
                        from_json(row, 5)?,
                    ];
                    Ok((row.get(0)?, row.get(1)?, people, row.get(6)?))
                },
            )?;
            let Some(last) = lines.last() else {
                return Ok(());
            };
            after = last.0;
            for (email, subject, [from, to, cc, bcc], body) in &lines {
                self.index(
                    EmailId(*email),
                    &Indexed {
                        subject,
                        from,
                        recipients: &[to, cc, bcc],
                        body,
                    },
                )?;
            }
        }
    }

    /// Adds a letter's line to the index. It must have none.
    pub(crate) fn index(&mut self, email: EmailId, what: &Indexed<'_>) -> Result<(), StoreError> {
        let recipients = people(what.recipients.iter().copied().flatten());
        self.run(
            "indexing a letter",
            "INSERT INTO search (rowid, subject, sender, recipients, body) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                email.0,
                cut::for_index(what.subject),
                cut::for_index(&people(what.from)),
                cut::for_index(&recipients),
                cut::for_index(beginning(what.body)),
            ],
        )?;
        Ok(())
    }

    pub(crate) fn unindex(&mut self, email: EmailId) -> Result<(), StoreError> {
        self.run(
            "taking a letter out of the index",
            "DELETE FROM search WHERE rowid = ?1",
            [email.0],
        )?;
        Ok(())
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
