//! What a message list shows: how many rows, which ones at an offset, and where a row stands among them. Rows are put
//! together in `rows`.
//!
//! Mailboxes by date are read from an index that is already in the order of the list (`by_date`). Mailboxes in any other
//! order, or narrowed to what no index knows, have their order made when it is first asked for and kept true from then on
//! (`order`, ADR 36). The starred and the found are few enough, or rare enough, to be gathered and sorted.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use waxwing_model::{
    AccountId, EmailId, Listing, ListingFilter, ListingGrouping, ListingSource, MailboxId, OrderBy, Row,
    ThreadId, Timestamp,
};

use crate::order::Order;
use crate::search::Hit;
use crate::{Reading, StoreError};

/// Where a row is to be read from: a conversation or a letter in a mailbox.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Key {
    /// A thread's or an email's, after the grouping.
    pub id: i64,
    pub mailbox: MailboxId,
}

/// Which row is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Of {
    /// The first row of a conversation.
    Thread(ThreadId),
    /// The row that stands for a letter, or has it.
    Email(EmailId),
}

impl Of {
    pub fn id(self) -> i64 {
        match self {
            Self::Thread(thread) => thread.0,
            Self::Email(email) => email.0,
        }
    }
}

/// A row of gathered letters, newest first.
pub(crate) struct Group {
    pub thread: ThreadId,
    pub emails: Vec<EmailId>,
    /// When the newest of them came.
    pub received_at: Timestamp,
    pub unread: bool,
}

impl Group {
    fn is(&self, of: Of) -> bool {
        match of {
            Of::Thread(thread) => self.thread == thread,
            Of::Email(email) => self.emails.contains(&email),
        }
    }
}

const DOING: &str = "reading a list";

impl Reading<'_> {
    /// How many rows the list has.
    pub fn count(&self, listing: &Listing) -> Result<u32, StoreError> {
        match self.scope(listing)? {
            Scope::Mailboxes(mailboxes) => self.count_in(&mailboxes, listing),
            Scope::Ordered(order) => Ok(clamped(order.len())),
            Scope::Gathered(groups) => Ok(clamped(groups.len())),
        }
    }

    /// The rows from an offset on.
    pub fn page(&self, listing: &Listing, offset: u32, limit: u32) -> Result<Vec<Row>, StoreError> {
        match self.scope(listing)? {
            Scope::Mailboxes(mailboxes) => {
                let keys = self.keys(&mailboxes, listing, offset, limit)?;
                self.rows_in_mailboxes(&keys, listing)
            }
            Scope::Ordered(order) => {
                let keys = order.keys(usize_of(offset), usize_of(limit));
                self.rows_in_mailboxes(&keys, listing)
            }
            Scope::Gathered(groups) => {
                let wanted = groups
                    .iter()
                    .skip(usize_of(offset))
                    .take(usize_of(limit))
                    .collect::<Vec<&Group>>();
                self.rows_of_groups(&wanted, listing)
            }
        }
    }

    /// The offset of a conversation's first row, if the list has one.
    pub fn position(&self, listing: &Listing, thread: ThreadId) -> Result<Option<u32>, StoreError> {
        self.place(listing, Of::Thread(thread))
    }

    /// The offset of the row that stands for a letter, or has it.
    pub fn position_of_email(&self, listing: &Listing, email: EmailId) -> Result<Option<u32>, StoreError> {
        self.place(listing, Of::Email(email))
    }

    fn place(&self, listing: &Listing, of: Of) -> Result<Option<u32>, StoreError> {
        match self.scope(listing)? {
            Scope::Mailboxes(mailboxes) => self.position_in(&mailboxes, listing, of),
            Scope::Ordered(order) => self.position_in_order(&order, listing, of),
            Scope::Gathered(groups) => Ok(groups.iter().position(|group| group.is(of)).map(clamped)),
        }
    }

    /// The offset of the first row that is not newer than this moment; not older where the oldest stand first. `None`: the
    /// list is not by date.
    pub fn position_of_moment(
        &self,
        listing: &Listing,
        moment: Timestamp,
    ) -> Result<Option<u32>, StoreError> {
        if listing.order.by != OrderBy::Date {
            return Ok(None);
        }
        let before = |at: Timestamp| match listing.order.reversed {
            false => at > moment,
            true => at < moment,
        };
        Ok(Some(match self.scope(listing)? {
            Scope::Mailboxes(mailboxes) => self.rows_before_moment(&mailboxes, listing, moment)?,
            Scope::Ordered(order) => clamped(order.before(before)),
            // A search may have those first that match best.
            Scope::Gathered(groups) if !are_by_date(&groups, listing) => return Ok(None),
            Scope::Gathered(groups) => clamped(groups.partition_point(|group| before(group.received_at))),
        }))
    }

    pub(crate) fn scope(&self, listing: &Listing) -> Result<Scope, StoreError> {
        let mailboxes = match &listing.source {
            ListingSource::Mailbox { mailbox } => vec![*mailbox],
            ListingSource::AllInboxes => self.inboxes()?.into_iter().map(|(mailbox, _)| mailbox).collect(),
            ListingSource::Inboxes { accounts } => self
                .inboxes()?
                .into_iter()
                .filter(|(_, account)| accounts.contains(account))
                .map(|(mailbox, _)| mailbox)
                .collect(),
            ListingSource::Starred => return self.gathered_by(listing, || self.starred()),
            ListingSource::Search { query } => return self.gathered_by(listing, || self.hits(query)),
        };
        let has_index = listing.order.by == OrderBy::Date
            && [ListingFilter::ALL, ListingFilter::UNREAD].contains(&listing.filter);
        if has_index || mailboxes.is_empty() {
            return Ok(Scope::Mailboxes(mailboxes));
        }
        Ok(Scope::Ordered(self.order(listing, &mailboxes)?))
    }

    /// One inbox an account, so that no conversation can be met twice.
    fn inboxes(&self) -> Result<Vec<(MailboxId, AccountId)>, StoreError> {
        self.all(
            DOING,
            "SELECT min(id), account_id FROM mailbox WHERE role = 'inbox' GROUP BY account_id ORDER BY account_id",
            [],
            |row| Ok((MailboxId(row.get(0)?), AccountId(row.get(1)?))),
        )
    }

    pub(crate) fn gathered_by(
        &self,
        listing: &Listing,
        hits: impl FnOnce() -> Result<Vec<Hit>, StoreError>,
    ) -> Result<Scope, StoreError> {
        let gather = || self.sorted_groups(grouped(hits()?, listing), listing);
        let groups = match self.gathered() {
            Some((gathered, commits)) => gathered.get(listing, commits, gather)?,
            None => Arc::new(gather()?),
        };
        Ok(Scope::Gathered(groups))
    }

    /// Every letter with a star that is shown outside Trash and Junk, newest first.
    fn starred(&self) -> Result<Vec<Hit>, StoreError> {
        let mut hits = self.all(
            DOING,
            "SELECT email_id, thread_id, received_at, arrival, unread FROM membership INDEXED BY membership_starred
             WHERE starred = 1
               AND mailbox_id NOT IN (SELECT id FROM mailbox WHERE role IN ('trash', 'junk'))
             ORDER BY received_at DESC, arrival DESC, email_id DESC",
            [],
            Hit::from_row,
        )?;
        // A letter that two mailboxes show is found twice.
        let mut known = HashSet::with_capacity(hits.len());
        hits.retain(|hit| known.insert(hit.email));
        Ok(hits)
    }
}

pub(crate) enum Scope {
    Mailboxes(Vec<MailboxId>),
    Ordered(Arc<Order>),
    Gathered(Arc<Vec<Group>>),
}

/// Letters as the rows of a list, in the order of the first of each; within a row the newest comes first.
pub(crate) fn grouped(hits: Vec<Hit>, listing: &Listing) -> Vec<Group> {
    let standing = |hit: &Hit| (hit.received_at, hit.arrival);
    let standings: HashMap<EmailId, (Timestamp, i64)> =
        match hits.is_sorted_by_key(|hit| Reverse(standing(hit))) {
            true => HashMap::new(),
            false => hits.iter().map(|hit| (hit.email, standing(hit))).collect(),
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
                    received_at: hit.received_at,
                    unread: hit.unread,
                });
            }
        }
    }
    if !standings.is_empty() {
        for group in &mut groups {
            let standing = |email: &EmailId| standings.get(email).copied();
            group
                .emails
                .sort_by_key(|email| Reverse((standing(email), *email)));
            if let Some((latest, _)) = group.emails.first().and_then(standing) {
                group.received_at = latest;
            }
        }
    }
    if listing.filter.unread {
        groups.retain(|group| group.unread);
    }
    groups
}

fn are_by_date(groups: &[Group], listing: &Listing) -> bool {
    groups.is_sorted_by(|one, other| match listing.order.reversed {
        false => one.received_at >= other.received_at,
        true => one.received_at <= other.received_at,
    })
}

pub(crate) fn clamped(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

pub(crate) fn usize_of(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
