//! What a message list shows: how many rows, which ones at an offset, and where a conversation stands among them.
//! Rows are put together in `rows`.
//!
//! Mailboxes are read from an index that is already in the order of the list; the starred and the found are few
//! enough, or rare enough, to be gathered and sorted.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use rusqlite::params_from_iter;
use waxwing_model::{
    EmailId, Listing, ListingFilter, ListingGrouping, ListingOrder, ListingSource, MailboxId, Row, ThreadId,
    Timestamp,
};

use crate::search::Hit;
use crate::{Reading, StoreError};

/// Where a row is to be read from: a conversation or a letter in a mailbox.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Key {
    /// A thread's or an email's, after the grouping.
    pub id: i64,
    pub mailbox: MailboxId,
}

/// A row of gathered letters, newest first.
pub(crate) struct Group {
    pub thread: ThreadId,
    pub emails: Vec<EmailId>,
    unread: bool,
}

const DOING: &str = "reading a list";

impl Reading<'_> {
    /// How many rows the list has.
    pub fn count(&self, listing: &Listing) -> Result<u32, StoreError> {
        match self.scope(listing)? {
            Scope::Mailboxes(mailboxes) => self.count_in(&mailboxes, listing),
            Scope::Gathered(groups) => Ok(clamped(groups.len())),
        }
    }

    /// The rows from an offset on.
    pub fn page(&self, listing: &Listing, offset: u32, limit: u32) -> Result<Vec<Row>, StoreError> {
        match self.scope(listing)? {
            Scope::Mailboxes(mailboxes) => {
                let keys = self.keys(&mailboxes, listing, offset, limit)?;
                self.rows_in_mailboxes(&keys, listing.grouping)
            }
            Scope::Gathered(groups) => {
                let wanted = groups
                    .iter()
                    .skip(usize_of(offset))
                    .take(usize_of(limit))
                    .collect::<Vec<&Group>>();
                self.rows_of_groups(&wanted)
            }
        }
    }

    /// The offset of a conversation's first row, if the list has one.
    pub fn position(&self, listing: &Listing, thread: ThreadId) -> Result<Option<u32>, StoreError> {
        match self.scope(listing)? {
            Scope::Mailboxes(mailboxes) => self.position_in(&mailboxes, listing, thread),
            Scope::Gathered(groups) => Ok(groups
                .iter()
                .position(|group| group.thread == thread)
                .map(clamped)),
        }
    }

    fn scope(&self, listing: &Listing) -> Result<Scope, StoreError> {
        Ok(match &listing.source {
            ListingSource::Mailbox { mailbox } => Scope::Mailboxes(vec![*mailbox]),
            // One inbox an account, so that no conversation can be met twice.
            ListingSource::AllInboxes => Scope::Mailboxes(self.all(
                DOING,
                "SELECT min(id) FROM mailbox WHERE role = 'inbox' GROUP BY account_id ORDER BY account_id",
                [],
                |row| row.get(0).map(MailboxId),
            )?),
            ListingSource::Starred => self.gathered_by(listing, || self.starred())?,
            ListingSource::Search { query } => self.gathered_by(listing, || self.hits(query))?,
        })
    }

    pub(crate) fn gathered_by(
        &self,
        listing: &Listing,
        hits: impl FnOnce() -> Result<Vec<Hit>, StoreError>,
    ) -> Result<Scope, StoreError> {
        let gather = || hits().map(|hits| grouped(hits, listing));
        let groups = match self.gathered() {
            Some((gathered, commits)) => gathered.get(listing, commits, gather)?,
            None => Arc::new(gather()?),
        };
        Ok(Scope::Gathered(groups))
    }

    fn count_in(&self, mailboxes: &[MailboxId], listing: &Listing) -> Result<u32, StoreError> {
        let sql = match (listing.grouping, listing.filter) {
            (ListingGrouping::Conversations, ListingFilter::All) => {
                "SELECT conversations FROM mailbox WHERE id = ?1"
            }
            (ListingGrouping::Conversations, ListingFilter::Unread) => {
                "SELECT unread_conversations FROM mailbox WHERE id = ?1"
            }
            (ListingGrouping::Messages, ListingFilter::All) => "SELECT total FROM mailbox WHERE id = ?1",
            (ListingGrouping::Messages, ListingFilter::Unread) => "SELECT unread FROM mailbox WHERE id = ?1",
        };
        let mut sum = 0_u32;
        for mailbox in mailboxes {
            let rows = self.number(DOING, sql, [mailbox.0])?;
            sum = sum.saturating_add(u32::try_from(rows).unwrap_or(0));
        }
        Ok(sum)
    }

    /// The keys of a page. A page near the end is read from the end, so the way to it is half as long at worst.
    fn keys(
        &self,
        mailboxes: &[MailboxId],
        listing: &Listing,
        offset: u32,
        limit: u32,
    ) -> Result<Vec<Key>, StoreError> {
        let count = self.count_in(mailboxes, listing)?;
        let limit = limit.min(count.saturating_sub(offset));
        if limit == 0 {
            return Ok(Vec::new());
        }
        let from_the_end = count - offset - limit;
        let newest_first = listing.order == ListingOrder::Newest;
        if from_the_end < offset {
            let mut keys = self.keys_from(mailboxes, listing, !newest_first, from_the_end, limit)?;
            keys.reverse();
            Ok(keys)
        } else {
            self.keys_from(mailboxes, listing, newest_first, offset, limit)
        }
    }

    fn keys_from(
        &self,
        mailboxes: &[MailboxId],
        listing: &Listing,
        descending: bool,
        offset: u32,
        limit: u32,
    ) -> Result<Vec<Key>, StoreError> {
        let arm = match (listing.grouping, listing.filter) {
            (ListingGrouping::Conversations, ListingFilter::All) => {
                "SELECT latest_at, thread_id, mailbox_id FROM conversation WHERE mailbox_id = "
            }
            (ListingGrouping::Conversations, ListingFilter::Unread) => {
                "SELECT latest_at, thread_id, mailbox_id FROM conversation WHERE unread > 0 AND mailbox_id = "
            }
            (ListingGrouping::Messages, ListingFilter::All) => {
                "SELECT received_at, email_id, mailbox_id FROM membership WHERE mailbox_id = "
            }
            (ListingGrouping::Messages, ListingFilter::Unread) => {
                "SELECT received_at, email_id, mailbox_id FROM membership WHERE unread = 1 AND mailbox_id = "
            }
        };
        // SQLite merges the arms, each read in order from its index, as far as the page reaches.
        let arms: Vec<String> = (3..)
            .zip(mailboxes)
            .map(|(place, _): (usize, _)| format!("{arm}?{place}"))
            .collect();
        let order = if descending { "DESC" } else { "ASC" };
        let sql = format!(
            "{} ORDER BY 1 {order}, 2 {order} LIMIT ?1 OFFSET ?2",
            arms.join(" UNION ALL ")
        );
        let numbers = [i64::from(limit), i64::from(offset)]
            .into_iter()
            .chain(mailboxes.iter().map(|id| id.0));
        self.all(DOING, &sql, params_from_iter(numbers), |row| {
            Ok(Key {
                id: row.get(1)?,
                mailbox: MailboxId(row.get(2)?),
            })
        })
    }

    fn position_in(
        &self,
        mailboxes: &[MailboxId],
        listing: &Listing,
        thread: ThreadId,
    ) -> Result<Option<u32>, StoreError> {
        let newest_first = listing.order == ListingOrder::Newest;
        let (of_thread, before) = match listing.grouping {
            ListingGrouping::Conversations => (
                "SELECT latest_at, thread_id FROM conversation
                 WHERE mailbox_id = ?1 AND thread_id = ?2 AND (unread > 0 OR NOT ?3)",
                "FROM conversation WHERE mailbox_id = ?1 AND (latest_at, thread_id)",
            ),
            ListingGrouping::Messages => (
                "SELECT membership.received_at, email.id FROM email
                 CROSS JOIN membership ON membership.email_id = email.id AND membership.mailbox_id = ?1
                 WHERE email.thread_id = ?2 AND (membership.unread = 1 OR NOT ?3)",
                "FROM membership WHERE mailbox_id = ?1 AND (received_at, email_id)",
            ),
        };
        let only_unread = listing.filter == ListingFilter::Unread;
        let mut keys: Vec<(Timestamp, i64)> = Vec::new();
        for mailbox in mailboxes {
            let params = rusqlite::params![mailbox.0, thread.0, only_unread];
            keys.extend(self.all(DOING, of_thread, params, |row| Ok((row.get(0)?, row.get(1)?)))?);
        }
        let first = if newest_first {
            keys.into_iter().max()
        } else {
            keys.into_iter().min()
        };
        let Some((at, id)) = first else {
            return Ok(None);
        };
        let side = if newest_first { ">" } else { "<" };
        let unread = match (only_unread, listing.grouping) {
            (false, _) => "",
            (true, ListingGrouping::Conversations) => " AND unread > 0",
            (true, ListingGrouping::Messages) => " AND unread = 1",
        };
        let sql = format!("SELECT count(*) {before} {side} (?2, ?3){unread}");
        let mut position = 0_u32;
        for mailbox in mailboxes {
            let rows = self.number(DOING, &sql, [mailbox.0, at, id])?;
            position = position.saturating_add(u32::try_from(rows).unwrap_or(0));
        }
        Ok(Some(position))
    }

    /// Every letter with a star that is shown outside Trash and Junk, newest first.
    fn starred(&self) -> Result<Vec<Hit>, StoreError> {
        let mut hits = self.all(
            DOING,
            "SELECT email_id, thread_id, received_at, unread FROM membership INDEXED BY membership_starred
             WHERE starred = 1
               AND mailbox_id NOT IN (SELECT id FROM mailbox WHERE role IN ('trash', 'junk'))
             ORDER BY received_at DESC, email_id DESC",
            [],
            |row| {
                Ok(Hit {
                    email: EmailId(row.get(0)?),
                    thread: ThreadId(row.get(1)?),
                    received_at: row.get(2)?,
                    unread: row.get(3)?,
                    rank: None,
                })
            },
        )?;
        hits.dedup_by_key(|hit| hit.email);
        Ok(hits)
    }
}

pub(crate) enum Scope {
    Mailboxes(Vec<MailboxId>),
    Gathered(Arc<Vec<Group>>),
}

/// Letters as the rows of a list, in the order of the first of each; within a row the newest comes first.
pub(crate) fn grouped(hits: Vec<Hit>, listing: &Listing) -> Vec<Group> {
    let by_date: HashMap<EmailId, Timestamp> = match hits.is_sorted_by_key(|hit| Reverse(hit.received_at)) {
        true => HashMap::new(),
        false => hits.iter().map(|hit| (hit.email, hit.received_at)).collect(),
    };
    let mut groups: Vec<Group> = Vec::new();
    let mut places: HashMap<ThreadId, usize> = HashMap::new();
    for hit in hits {
        let place = match listing.grouping {
            ListingGrouping::Messages => groups.len(),
            ListingGrouping::Conversations => *places.entry(hit.thread).or_insert(groups.len()),
        };
        match groups.get_mut(place) {
            Some(group) => {
                group.emails.push(hit.email);
                group.unread |= hit.unread;
            }
            None => {
                groups.push(Group {
                    thread: hit.thread,
                    emails: vec![hit.email],
                    unread: hit.unread,
                });
            }
        }
    }
    if !by_date.is_empty() {
        for group in &mut groups {
            group
                .emails
                .sort_by_key(|email| Reverse((by_date.get(email).copied(), *email)));
        }
    }
    if listing.filter == ListingFilter::Unread {
        groups.retain(|group| group.unread);
    }
    if listing.order == ListingOrder::Oldest {
        groups.reverse();
    }
    groups
}

fn clamped(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn usize_of(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
