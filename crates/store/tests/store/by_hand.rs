//! Lists as one would sort them by hand, out of the letters themselves, to be held against what the store gives.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use waxwing_model::{
    Email, EmailId, LettersOfRow, Listed, Listing, ListingFilter, ListingGrouping, ListingOrder,
    ListingSource, MailboxId, Marks, OrderBy, Row, RowId,
};
use waxwing_store::{Reading, StoreError};

use crate::scene::Scene;

pub const BY: [OrderBy; 7] = [
    OrderBy::Date,
    OrderBy::Sender,
    OrderBy::Subject,
    OrderBy::Size,
    OrderBy::Unread,
    OrderBy::Starred,
    OrderBy::Attachment,
];

/// Every order, and every filter with the newest first.
pub fn kinds(source: &ListingSource) -> Vec<Listing> {
    let mut kinds = Vec::new();
    for grouping in [ListingGrouping::Conversations, ListingGrouping::Messages] {
        let listing = |filter, order| Listing {
            source: source.clone(),
            filter,
            order,
            grouping,
        };
        for by in BY {
            for reversed in [false, true] {
                kinds.push(listing(ListingFilter::ALL, ListingOrder { by, reversed }));
            }
        }
        for bits in 1..16 {
            let filter = ListingFilter {
                unread: bits & 1 > 0,
                starred: bits & 2 > 0,
                attachment: bits & 4 > 0,
                to_me: bits & 8 > 0,
            };
            let by = BY[bits % BY.len()];
            kinds.push(listing(filter, ListingOrder::NEWEST));
            kinds.push(listing(
                filter,
                ListingOrder {
                    by,
                    reversed: bits % 2 > 0,
                },
            ));
        }
    }
    kinds
}

/// Compares the rows of a list of mailboxes with what one would sort by hand.
pub fn assert_sorted(scene: &Scene, listing: &Listing, mailboxes: &[MailboxId]) {
    let expected = by_hand(scene, listing, mailboxes);
    scene
        .store
        .read(|r| {
            let rows = r.page(listing, 0, 10_000)?;
            let listed: Vec<Vec<EmailId>> = rows.iter().map(|row| row.emails.clone()).collect();
            assert_eq!(listed, expected, "{listing:?}");
            assert_eq!(r.count(listing)? as usize, rows.len(), "{listing:?} is counted");
            for (place, row) in (0..).zip(&rows) {
                assert_eq!(
                    r.position_of_email(listing, row.email)?,
                    Some(place),
                    "{listing:?}"
                );
            }
            if let [.., last] = rows.as_slice() {
                let from = rows.len() - 1;
                let page = r.page(listing, u32::try_from(from).unwrap(), 5)?;
                assert_eq!(
                    page,
                    std::slice::from_ref(last),
                    "{listing:?} can be read from anywhere"
                );
            }
            assert_chosen(r, listing, &rows)
        })
        .unwrap();
}

/// Whoever chooses rows by naming the list has the letters of these rows, and of no others.
fn assert_chosen(r: &Reading<'_>, listing: &Listing, rows: &[Row]) -> Result<(), StoreError> {
    let id = |row: &Row| match listing.grouping {
        ListingGrouping::Conversations => RowId(row.thread.0),
        ListingGrouping::Messages => RowId(row.email.0),
    };
    let sorted = |emails: Vec<EmailId>| emails.into_iter().collect::<BTreeSet<EmailId>>();
    let all = Listed {
        listing: listing.clone(),
        first: None,
        last: None,
        except: Vec::new(),
        also: Vec::new(),
        letters: LettersOfRow::All,
    };
    let whole = r.listed(&all)?.unwrap_or_default();
    let expected: BTreeSet<EmailId> = rows.iter().flat_map(|row| row.emails.clone()).collect();
    assert_eq!(whole.len(), expected.len(), "each letter once: {listing:?}");
    assert_eq!(sorted(whole), expected, "all of {listing:?}");
    let marks = Marks {
        unread: rows.iter().any(|row| row.unread),
        starred: rows.iter().all(|row| row.starred),
    };
    assert_eq!(r.listed_marks(&all)?, Some(marks), "{listing:?}");
    let [_, first, between, .., last, outside] = rows else {
        return Ok(());
    };
    let some = Listed {
        first: Some(id(first)),
        last: Some(id(last)),
        except: vec![id(between)],
        also: vec![outside.email],
        letters: LettersOfRow::Newest,
        ..all
    };
    let range = rows.iter().skip(1).take(rows.len() - 2);
    let left = range.filter(|row| id(row) != id(between)).map(|row| row.email);
    let expected: BTreeSet<EmailId> = left.chain([outside.email]).collect();
    let chosen = r.listed(&some)?.unwrap_or_default();
    assert_eq!(sorted(chosen), expected, "from one row to another of {listing:?}");
    let gone = Listed {
        last: Some(RowId(i64::MAX)),
        ..some
    };
    assert_eq!(r.listed(&gone)?, None, "an end that is not there: {listing:?}");
    Ok(())
}

struct Whole {
    letters: Vec<(Email, i64)>,
    starred: bool,
    unread: bool,
    attachment: bool,
    to_me: bool,
}

impl Whole {
    fn newest(&self) -> &(Email, i64) {
        &self.letters[0]
    }

    fn size(&self) -> u32 {
        self.letters.iter().map(|(email, _)| email.size).sum()
    }

    /// Whoever wrote first is named first.
    fn oldest(&self) -> &Email {
        &self.letters[self.letters.len() - 1].0
    }

    /// By what the list is sorted by, and by nothing else.
    fn compare(&self, other: &Self, order: ListingOrder) -> Ordering {
        let name = |of: &Self| of.oldest().from[0].display().to_lowercase();
        let subject = |of: &Self| of.newest().0.subject.trim_start_matches("Re: ").to_lowercase();
        let first = match order.by {
            OrderBy::Date => return Ordering::Equal,
            OrderBy::Sender => name(self).cmp(&name(other)),
            OrderBy::Subject => subject(self).cmp(&subject(other)),
            OrderBy::Size => other.size().cmp(&self.size()),
            OrderBy::Unread => other.unread.cmp(&self.unread),
            OrderBy::Starred => other.starred.cmp(&self.starred),
            OrderBy::Attachment => other.attachment.cmp(&self.attachment),
        };
        match order.reversed {
            true => first.reverse(),
            false => first,
        }
    }
}

/// Which letters are shown where, and by which number they stand there among those of their moment.
fn shown(scene: &Scene) -> Vec<(i64, i64, i64)> {
    let behind = rusqlite::Connection::open(scene.path()).unwrap();
    let mut statement = behind
        .prepare("SELECT email_id, mailbox_id, arrival FROM membership")
        .unwrap();
    statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect()
}

/// The highest number of each letter in some mailboxes.
pub fn arrivals(scene: &Scene, mailboxes: &[MailboxId]) -> BTreeMap<EmailId, i64> {
    let mut arrivals = BTreeMap::new();
    for (email, mailbox, arrival) in shown(scene) {
        if mailboxes.contains(&MailboxId(mailbox)) {
            let highest = arrivals.entry(EmailId(email)).or_insert(arrival);
            *highest = arrival.max(*highest);
        }
    }
    arrivals
}

fn by_hand(scene: &Scene, listing: &Listing, mailboxes: &[MailboxId]) -> Vec<Vec<EmailId>> {
    let mut groups: BTreeMap<(i64, i64), Vec<(Email, i64)>> = BTreeMap::new();
    for (id, mailbox, arrival) in shown(scene) {
        if !mailboxes.contains(&MailboxId(mailbox)) {
            continue;
        }
        let email = scene.store.read(|r| r.email(EmailId(id))).unwrap().unwrap();
        let key = match listing.grouping {
            ListingGrouping::Conversations => (email.thread.0, 0),
            ListingGrouping::Messages => (0, id),
        };
        groups.entry(key).or_default().push((email, arrival));
    }
    let mut wholes: Vec<((i64, i64), Whole)> = groups
        .into_iter()
        .map(|(key, mut letters)| {
            letters
                .sort_by_key(|(email, arrival)| std::cmp::Reverse((email.received_at, *arrival, email.id)));
            let any = |is: &dyn Fn(&Email) -> bool| letters.iter().any(|(email, _)| is(email));
            let whole = Whole {
                starred: any(&|email| email.keywords.has("$flagged")),
                unread: any(&|email| !email.keywords.has("$seen")),
                attachment: any(&|email| email.has_attachment),
                to_me: any(&|email| {
                    email
                        .to
                        .iter()
                        .chain(&email.cc)
                        .any(|to| to.email == "lena@harbour.example")
                }),
                letters,
            };
            (key, whole)
        })
        .filter(|(_, whole)| {
            let filter = listing.filter;
            (whole.unread || !filter.unread)
                && (whole.starred || !filter.starred)
                && (whole.attachment || !filter.attachment)
                && (whole.to_me || !filter.to_me)
        })
        .collect();
    let order = listing.order;
    let standing =
        |(key, whole): &((i64, i64), Whole)| (whole.newest().0.received_at, whole.newest().1, *key);
    wholes.sort_by(|a, b| {
        let newest = standing(b).cmp(&standing(a));
        let oldest_first = order.by == OrderBy::Date && order.reversed;
        let rest = if oldest_first { newest.reverse() } else { newest };
        a.1.compare(&b.1, order).then(rest)
    });
    wholes
        .into_iter()
        .map(|(_, whole)| whole.letters.iter().map(|(email, _)| email.id).collect())
        .collect()
}

/// The orders by date, all rows and the unread ones.
pub fn dated() -> Vec<(ListingGrouping, ListingFilter, ListingOrder)> {
    let mut kinds = Vec::new();
    for grouping in [ListingGrouping::Conversations, ListingGrouping::Messages] {
        for filter in [ListingFilter::ALL, ListingFilter::UNREAD] {
            for order in [ListingOrder::NEWEST, ListingOrder::OLDEST] {
                kinds.push((grouping, filter, order));
            }
        }
    }
    kinds
}
