//! The order of a list that no index has: the rows of one or more mailboxes with what they are sorted by, in memory. How it
//! is read from the store, and what it takes to keep it true, is `ordering`'s; which orders are kept is `gathered`'s.

use std::cmp::Ordering;
use std::sync::Arc;

use waxwing_model::{
    Listing, ListingFilter, ListingGrouping, ListingOrder, MailboxId, OrderBy, OwnAddress, Timestamp,
};

use crate::listing::Key;

/// What a row is sorted by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum SortKey {
    Number(u64),
    Text(Arc<str>),
}

/// A row in its place.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    /// A thread's or an email's, after the grouping.
    pub id: i64,
    pub received_at: Timestamp,
    /// Settles the order of letters of one moment. What has no number stands behind all that have one.
    pub arrival: u32,
    /// Which of the order's mailboxes.
    pub mailbox: u32,
    pub key: SortKey,
}

/// The rows of a list in their order, and what they were made of.
pub(crate) struct Order {
    pub mailboxes: Vec<MailboxId>,
    /// The person's own addresses, where letters to them are asked for.
    pub own: Vec<OwnAddress>,
    by: ListingOrder,
    entries: Vec<Entry>,
}

impl Order {
    pub fn new(
        mailboxes: Vec<MailboxId>,
        own: Vec<OwnAddress>,
        by: ListingOrder,
        mut entries: Vec<Entry>,
    ) -> Self {
        entries.sort_unstable_by(|a, b| compare(by, a, b));
        entries.shrink_to_fit();
        Self {
            mailboxes,
            own,
            by,
            entries,
        }
    }

    /// The same with the rows of these ids, which are sorted, in the place of those they had. Rows that went have none.
    pub fn with(&self, ids: &[i64], mut fresh: Vec<Entry>) -> Self {
        fresh.sort_unstable_by(|a, b| compare(self.by, a, b));
        let mut fresh = fresh.into_iter().peekable();
        let mut entries = Vec::with_capacity(self.entries.len() + fresh.len());
        for entry in &self.entries {
            if ids.binary_search(&entry.id).is_ok() {
                continue;
            }
            while let Some(new) = fresh.next_if(|new| compare(self.by, new, entry) == Ordering::Less) {
                entries.push(new);
            }
            entries.push(entry.clone());
        }
        entries.extend(fresh);
        Self {
            mailboxes: self.mailboxes.clone(),
            own: self.own.clone(),
            by: self.by,
            entries,
        }
    }

    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn keys(&self, offset: usize, limit: usize) -> Vec<Key> {
        let page = self.entries.iter().skip(offset).take(limit);
        page.filter_map(|entry| {
            let place = usize::try_from(entry.mailbox).ok()?;
            let mailbox = *self.mailboxes.get(place)?;
            Some(Key {
                id: entry.id,
                mailbox,
            })
        })
        .collect()
    }

    /// Where the first row stands that has one of these ids.
    pub fn position(&self, ids: &[i64]) -> Option<usize> {
        self.entries.iter().position(|entry| ids.contains(&entry.id))
    }

    /// How many rows stand at the beginning of a list by date of which this is true.
    pub fn before(&self, is_before: impl Fn(Timestamp) -> bool) -> usize {
        self.entries.partition_point(|entry| is_before(entry.received_at))
    }
}

/// Rows that are alike stand newest first, whichever way the others stand.
fn compare(order: ListingOrder, a: &Entry, b: &Entry) -> Ordering {
    let newest = (b.received_at, b.arrival, b.id).cmp(&(a.received_at, a.arrival, a.id));
    let from_the_lowest = match order.by {
        OrderBy::Date if order.reversed => return newest.reverse(),
        OrderBy::Date => return newest,
        OrderBy::Sender | OrderBy::Subject => !order.reversed,
        OrderBy::Size | OrderBy::Unread | OrderBy::Starred | OrderBy::Attachment => order.reversed,
    };
    let keys = match from_the_lowest {
        true => a.key.cmp(&b.key),
        false => b.key.cmp(&a.key),
    };
    keys.then(newest)
}

/// What must be known of each letter to put its row in its place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Needs {
    pub size: bool,
    pub attachment: bool,
    pub to_me: bool,
    pub sender: bool,
    pub subject: bool,
}

impl Needs {
    pub fn of(listing: &Listing) -> Self {
        let by = listing.order.by;
        Self {
            size: by == OrderBy::Size,
            attachment: by == OrderBy::Attachment || listing.filter.attachment,
            to_me: listing.filter.to_me,
            sender: by == OrderBy::Sender,
            subject: by == OrderBy::Subject,
        }
    }

    /// Whether the wide table of letters is needed at all.
    pub fn any(self) -> bool {
        self.size || self.attachment || self.to_me || self.sender || self.subject
    }
}

/// Whether marks of letters decide where rows of a list stand, or whether they do.
pub(crate) fn depends_on_marks(listing: &Listing) -> bool {
    listing.filter.unread
        || listing.filter.starred
        || matches!(listing.order.by, OrderBy::Unread | OrderBy::Starred)
}

/// A letter, as far as its row's place depends on it.
pub(crate) struct Fact {
    pub email: i64,
    pub thread: i64,
    /// Which of the order's mailboxes.
    pub mailbox: u32,
    pub received_at: Timestamp,
    pub arrival: u32,
    pub unread: bool,
    pub starred: bool,
    pub size: u64,
    pub attachment: bool,
    pub to_me: bool,
    pub subject: Option<Arc<str>>,
    /// Apart, since only lists by name need it.
    pub named: Option<Box<Named>>,
}

/// When a letter came, its number among those of that moment, and its id.
pub(crate) type Standing = (Timestamp, u32, i64);

/// Whom a row names first: its oldest letter's first person.
pub(crate) struct Named {
    pub name: Arc<str>,
    /// The letter's that names them.
    pub standing: Standing,
}

impl Fact {
    fn standing(&self) -> Standing {
        (self.received_at, self.arrival, self.email)
    }

    /// Makes one letter's facts those of a conversation of both.
    pub fn join(&mut self, other: Self) {
        self.unread |= other.unread;
        self.starred |= other.starred;
        self.attachment |= other.attachment;
        self.to_me |= other.to_me;
        self.size = self.size.saturating_add(other.size);
        if other.standing() > self.standing() {
            self.email = other.email;
            self.received_at = other.received_at;
            self.arrival = other.arrival;
            self.subject = other.subject;
        }
        if let Some(theirs) = other.named {
            let ours = self.named.as_ref().map(|ours| ours.standing);
            if ours.is_none_or(|ours| theirs.standing < ours) {
                self.named = Some(theirs);
            }
        }
    }

    pub fn passes(&self, filter: ListingFilter) -> bool {
        (!filter.unread || self.unread)
            && (!filter.starred || self.starred)
            && (!filter.attachment || self.attachment)
            && (!filter.to_me || self.to_me)
    }

    pub fn key(&self, by: OrderBy) -> SortKey {
        match by {
            OrderBy::Date => SortKey::Number(0),
            OrderBy::Sender => {
                let name = self.named.as_ref().map(|named| Arc::clone(&named.name));
                SortKey::Text(name.unwrap_or_default())
            }
            OrderBy::Subject => SortKey::Text(self.subject.clone().unwrap_or_default()),
            OrderBy::Size => SortKey::Number(self.size),
            OrderBy::Unread => SortKey::Number(self.unread.into()),
            OrderBy::Starred => SortKey::Number(self.starred.into()),
            OrderBy::Attachment => SortKey::Number(self.attachment.into()),
        }
    }

    pub fn into_entry(self, listing: &Listing) -> Entry {
        Entry {
            id: match listing.grouping {
                ListingGrouping::Conversations => self.thread,
                ListingGrouping::Messages => self.email,
            },
            received_at: self.received_at,
            arrival: self.arrival,
            mailbox: self.mailbox,
            key: self.key(listing.order.by),
        }
    }
}
