//! Makes the order of a list that no index has, and puts it right after something was written. The first time reads all
//! letters of the mailboxes; from then on only those that a transaction has touched are read again.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rusqlite::Row as SqlRow;
use waxwing_model::{EmailId, Listing, ListingGrouping, MailboxId, OrderBy, OwnAddress};

use crate::error::Doing;
use crate::facts::Reader;
use crate::listing::{Group, Of, clamped};
use crate::order::{Entry, Fact, Needs, Order, depends_on_marks};
use crate::rows::People;
use crate::touched::Touched;
use crate::{Reading, StoreError};

const DOING: &str = "putting a list in order";

/// Of so many rows one may be read by itself in the time in which all are read together.
const BY_THEMSELVES: usize = 20;

/// The letters of so many gathered rows are read together.
const AT_ONCE: usize = 1000;

impl Reading<'_> {
    /// The order of a list: one that is kept, or put right, or made.
    pub(crate) fn order(&self, listing: &Listing, mailboxes: &[MailboxId]) -> Result<Arc<Order>, StoreError> {
        let own = match listing.filter.to_me {
            true => self.own_addresses()?,
            false => Vec::new(),
        };
        let make = || self.make_order(listing, mailboxes, own.clone());
        let Some((gathered, commits)) = self.gathered() else {
            return make().map(Arc::new);
        };
        gathered.order(listing, commits, |kept, touched| match kept {
            Some(order) if order.mailboxes == mailboxes && order.own == own => {
                self.put_right(listing, order, touched)
            }
            _ => make().map(Arc::new),
        })
    }

    /// Where a row stands in an order.
    pub(crate) fn position_in_order(
        &self,
        order: &Order,
        listing: &Listing,
        of: Of,
    ) -> Result<Option<u32>, StoreError> {
        let ids: Vec<i64> = match (listing.grouping, of) {
            (ListingGrouping::Conversations, Of::Thread(thread)) => vec![thread.0],
            (ListingGrouping::Messages, Of::Email(email)) => vec![email.0],
            (ListingGrouping::Conversations, Of::Email(email)) => self.all(
                DOING,
                "SELECT thread_id FROM email WHERE id = ?1",
                [email.0],
                |row| row.get(0),
            )?,
            (ListingGrouping::Messages, Of::Thread(thread)) => self.all(
                DOING,
                "SELECT id FROM email WHERE thread_id = ?1",
                [thread.0],
                |row| row.get(0),
            )?,
        };
        Ok(order.position(&ids).map(clamped))
    }

    /// Gathered rows as the list narrows and sorts them.
    pub(crate) fn sorted_groups(
        &self,
        mut groups: Vec<Group>,
        listing: &Listing,
    ) -> Result<Vec<Group>, StoreError> {
        let filter = listing.filter;
        if !(filter.starred || filter.attachment || filter.to_me) && listing.order.by == OrderBy::Date {
            if listing.order.reversed {
                groups.reverse();
            }
            return Ok(groups);
        }
        let mut reader = self.reader(listing, &[], Vec::new())?;
        if filter.to_me {
            reader.own = self.own_addresses()?;
        }
        let mut passing: Vec<(Group, Fact)> = Vec::with_capacity(groups.len());
        let mut groups = groups.into_iter();
        loop {
            let some: Vec<Group> = groups.by_ref().take(AT_ONCE).collect();
            if some.is_empty() {
                break;
            }
            let mut facts = self.facts_anywhere(&mut reader, &some)?;
            for group in some {
                let whole = whole(&mut facts, &group).filter(|fact| fact.passes(filter));
                passing.extend(whole.map(|fact| (group, fact)));
            }
        }
        // They have been gathered in this order, which is that of how well they match where that was asked.
        if listing.order.by == OrderBy::Date {
            let mut groups: Vec<Group> = passing.into_iter().map(|(group, _)| group).collect();
            if listing.order.reversed {
                groups.reverse();
            }
            return Ok(groups);
        }
        let mut waiting: Vec<Option<Group>> = Vec::with_capacity(passing.len());
        let mut entries = Vec::with_capacity(passing.len());
        for (place, (group, mut fact)) in (0..).zip(passing) {
            // The place among the gathered ones stands for the row from here on.
            fact.thread = place;
            fact.email = place;
            entries.push(fact.into_entry(listing));
            waiting.push(Some(group));
        }
        let order = Order::new(vec![MailboxId(0)], Vec::new(), listing.order, entries);
        let sorted = order.keys(0, order.len()).into_iter().filter_map(|key| {
            let place = usize::try_from(key.id).ok()?;
            waiting.get_mut(place)?.take()
        });
        Ok(sorted.collect())
    }

    fn make_order(
        &self,
        listing: &Listing,
        mailboxes: &[MailboxId],
        own: Vec<OwnAddress>,
    ) -> Result<Order, StoreError> {
        let mut reader = self.reader(listing, mailboxes, own)?;
        let entries = match self.few(listing, mailboxes)? {
            Some(ids) => self.entries_of(&mut reader, listing, &ids)?,
            None => self.all_entries(&mut reader, listing)?,
        };
        Ok(Order::new(mailboxes.to_vec(), reader.own, listing.order, entries))
    }

    fn put_right(
        &self,
        listing: &Listing,
        order: &Arc<Order>,
        touched: &Touched,
    ) -> Result<Arc<Order>, StoreError> {
        let mut ids: Vec<i64> = Vec::new();
        let marked: &[EmailId] = match depends_on_marks(listing) {
            true => &touched.marked,
            false => &[],
        };
        match listing.grouping {
            ListingGrouping::Messages => ids.extend(touched.emails.iter().chain(marked).map(|email| email.0)),
            ListingGrouping::Conversations => {
                ids.extend(touched.threads.iter().map(|thread| thread.0));
                for email in touched.emails.iter().chain(marked) {
                    let sql = "SELECT thread_id FROM email WHERE id = ?1";
                    ids.extend(self.one(DOING, sql, [email.0], |row| row.get::<_, i64>(0))?);
                }
            }
        }
        ids.sort_unstable();
        ids.dedup();
        if ids.is_empty() && !touched.all {
            return Ok(Arc::clone(order));
        }
        if touched.all || ids.len() > 100 + self.shown_in_all(&order.mailboxes)? / BY_THEMSELVES {
            let made = self.make_order(listing, &order.mailboxes, order.own.clone())?;
            return Ok(Arc::new(made));
        }
        let mut reader = self.reader(listing, &order.mailboxes, order.own.clone())?;
        let fresh = self.entries_of(&mut reader, listing, &ids)?;
        Ok(Arc::new(order.with(&ids, fresh)))
    }

    fn reader<'a>(
        &self,
        listing: &Listing,
        mailboxes: &'a [MailboxId],
        own: Vec<OwnAddress>,
    ) -> Result<Reader<'a>, StoreError> {
        let people = match mailboxes {
            [] => None,
            [one] => Some(self.people_in(*one)?),
            // Inboxes.
            _ => Some(People::Senders),
        };
        Ok(Reader {
            mailboxes,
            own,
            needs: Needs::of(listing),
            people,
            names: HashSet::new(),
        })
    }

    /// The ids that a list with a filter can have at most, where an index knows them and they are few.
    fn few(&self, listing: &Listing, mailboxes: &[MailboxId]) -> Result<Option<Vec<i64>>, StoreError> {
        let sql = match (listing.filter.starred, listing.filter.unread) {
            (true, _) => {
                "SELECT email_id, thread_id FROM membership INDEXED BY membership_starred
                 WHERE starred = 1 AND mailbox_id = ?1"
            }
            (false, true) => {
                "SELECT email_id, thread_id FROM membership INDEXED BY membership_unread
                 WHERE unread = 1 AND mailbox_id = ?1"
            }
            (false, false) => return Ok(None),
        };
        let column = match listing.grouping {
            ListingGrouping::Messages => 0,
            ListingGrouping::Conversations => 1,
        };
        let mut ids: Vec<i64> = Vec::new();
        for mailbox in mailboxes {
            ids.extend(self.all(DOING, sql, [mailbox.0], |row| row.get::<_, i64>(column))?);
        }
        ids.sort_unstable();
        ids.dedup();
        Ok((ids.len() <= self.shown_in_all(mailboxes)? / BY_THEMSELVES).then_some(ids))
    }

    /// How many letters mailboxes show.
    fn shown_in_all(&self, mailboxes: &[MailboxId]) -> Result<usize, StoreError> {
        let sql = format!(
            "SELECT coalesce(sum(total), 0) FROM mailbox WHERE id IN ({})",
            listed(mailboxes)
        );
        Ok(usize::try_from(self.number(DOING, &sql, [])?).unwrap_or(0))
    }

    /// Every row of the list, read in the order in which letters stand in the file.
    fn all_entries(&self, reader: &mut Reader<'_>, listing: &Listing) -> Result<Vec<Entry>, StoreError> {
        let ids = listed(reader.mailboxes);
        // Where the mailboxes have a good part of all letters, to pass the others by is faster than to look each one up.
        let everywhere = self.number(DOING, "SELECT coalesce(sum(total), 0) FROM mailbox", [])?;
        let everywhere = usize::try_from(everywhere).unwrap_or(0);
        let path = match self.shown_in_all(reader.mailboxes)?.saturating_mul(8) >= everywhere {
            true => "NOT INDEXED",
            false => "INDEXED BY membership_newest",
        };
        let email = match reader.needs.any() {
            true => "CROSS JOIN email e ON e.id = m.email_id",
            false => "",
        };
        let sql = format!(
            "SELECT {} FROM membership m {path} {email} WHERE m.mailbox_id IN ({ids})",
            reader.columns()
        );
        match listing.grouping {
            ListingGrouping::Messages => {
                let mut entries = Vec::new();
                self.each_row(&sql, |row| {
                    let fact = reader.fact(row)?;
                    if fact.passes(listing.filter) {
                        entries.push(fact.into_entry(listing));
                    }
                    Ok(())
                })?;
                Ok(entries)
            }
            ListingGrouping::Conversations => {
                let mut wholes: HashMap<i64, Fact> = HashMap::new();
                self.each_row(&sql, |row| {
                    let fact = reader.fact(row)?;
                    match wholes.entry(fact.thread) {
                        std::collections::hash_map::Entry::Occupied(mut whole) => whole.get_mut().join(fact),
                        std::collections::hash_map::Entry::Vacant(free) => drop(free.insert(fact)),
                    }
                    Ok(())
                })?;
                let passing = wholes.into_values().filter(|fact| fact.passes(listing.filter));
                Ok(passing.map(|fact| fact.into_entry(listing)).collect())
            }
        }
    }

    /// The rows of these threads or letters, as far as the list has them.
    fn entries_of(
        &self,
        reader: &mut Reader<'_>,
        listing: &Listing,
        ids: &[i64],
    ) -> Result<Vec<Entry>, StoreError> {
        let of = match listing.grouping {
            ListingGrouping::Conversations => "e.thread_id",
            ListingGrouping::Messages => "e.id",
        };
        let sql = format!(
            "SELECT {} FROM email e
             CROSS JOIN membership m ON m.email_id = e.id AND m.mailbox_id IN ({}) WHERE {of} = ?1",
            reader.columns(),
            listed(reader.mailboxes)
        );
        let mut entries = Vec::with_capacity(ids.len());
        for id in ids {
            let facts = self.all(DOING, &sql, [id], |row| reader.fact(row))?;
            let whole = facts.into_iter().reduce(|mut whole, fact| {
                whole.join(fact);
                whole
            });
            let passing = whole.filter(|fact| fact.passes(listing.filter));
            entries.extend(passing.map(|fact| fact.into_entry(listing)));
        }
        Ok(entries)
    }

    /// The letters of some gathered rows, each wherever it is shown.
    fn facts_anywhere(
        &self,
        reader: &mut Reader<'_>,
        groups: &[Group],
    ) -> Result<HashMap<i64, Fact>, StoreError> {
        let ids = groups
            .iter()
            .flat_map(|group| group.emails.iter().map(|email| email.0));
        let ids = crate::column::json(&ids.collect::<Vec<i64>>()).doing(DOING)?;
        let sql = format!(
            "SELECT {} FROM email e CROSS JOIN membership m ON m.email_id = e.id
             WHERE e.id IN (SELECT value FROM json_each(?1))",
            reader.columns()
        );
        let mut facts = HashMap::with_capacity(groups.len());
        self.all(DOING, &sql, [ids], |row| {
            let fact = reader.fact(row)?;
            facts.entry(fact.email).or_insert(fact);
            Ok(())
        })?;
        Ok(facts)
    }

    fn each_row(
        &self,
        sql: &str,
        mut take: impl FnMut(&SqlRow<'_>) -> rusqlite::Result<()>,
    ) -> Result<(), StoreError> {
        // A vector of nothing takes no room.
        self.all(DOING, sql, [], |row| take(row)).map(drop)
    }

    /// Every address at which the person gets letters.
    pub(crate) fn own_addresses(&self) -> Result<Vec<OwnAddress>, StoreError> {
        let addresses: Vec<String> = self.all(
            DOING,
            "SELECT email FROM account UNION SELECT email FROM identity ORDER BY 1",
            [],
            |row| row.get(0),
        )?;
        Ok(addresses
            .iter()
            .filter_map(|address| OwnAddress::new(address))
            .collect())
    }
}

/// What is to be known of a gathered row.
fn whole(facts: &mut HashMap<i64, Fact>, group: &Group) -> Option<Fact> {
    let letters = group.emails.iter().filter_map(|email| facts.remove(&email.0));
    letters.reduce(|mut whole, fact| {
        whole.join(fact);
        whole
    })
}

fn listed(mailboxes: &[MailboxId]) -> String {
    let ids: Vec<String> = mailboxes.iter().map(|mailbox| mailbox.0.to_string()).collect();
    ids.join(", ")
}
