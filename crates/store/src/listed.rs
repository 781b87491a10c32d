//! The letters that are meant by a choice among the rows of a list, which may be all of a million: found in one snapshot, as
//! numbers and nothing else. What is done to them is the engine's.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use waxwing_model::{
    EmailId, LettersOfRow, Listed, Listing, ListingGrouping, MailboxId, Marks, RowId, ThreadId,
};

use crate::listing::{Group, Key, Scope, usize_of};
use crate::{Reading, StoreError};

const DOING: &str = "finding the letters that are chosen";

/// The rows between the two ends, without those that are not meant.
enum Rows {
    Keys(Vec<Key>),
    /// Those of these places.
    Groups(Arc<Vec<Group>>, Vec<usize>),
}

impl Reading<'_> {
    /// The letters that are meant, each once; those of a list by date with the newest, or the oldest, first. `None`: the list does
    /// not have one of the two ends any more.
    pub fn listed(&self, listed: &Listed) -> Result<Option<Vec<EmailId>>, StoreError> {
        let Some(rows) = self.rows_of(listed)? else {
            return Ok(None);
        };
        let newest = listed.letters == LettersOfRow::Newest;
        let mut emails = match rows {
            Rows::Keys(keys) => match listed.listing.grouping {
                ListingGrouping::Messages => keys.into_iter().map(|key| EmailId(key.id)).collect(),
                ListingGrouping::Conversations => self.letters_of_rows(keys, newest)?,
            },
            Rows::Groups(groups, places) => {
                let of_row = if newest { 1 } else { usize::MAX };
                let groups = places.into_iter().filter_map(|place| groups.get(place));
                groups
                    .flat_map(|group| group.emails.iter().take(of_row).copied())
                    .collect()
            }
        };
        emails.extend(&listed.also);
        let mut known = HashSet::with_capacity(emails.len());
        emails.retain(|email| known.insert(*email));
        Ok(Some(emails))
    }

    /// What is true of the rows that are meant; `None` as above.
    pub fn listed_marks(&self, listed: &Listed) -> Result<Option<Marks>, StoreError> {
        let Some(rows) = self.rows_of(listed)? else {
            return Ok(None);
        };
        let mut marks = Marks {
            unread: false,
            starred: true,
        };
        // Each row as (has something unread, has a star). Mostly the first rows say both.
        let mut sees = |(unread, starred): (bool, bool)| {
            marks.unread |= unread;
            marks.starred &= starred;
            marks.unread && !marks.starred
        };
        let also = listed.also.iter().map(|email| self.marks_of_letters(&[*email]));
        match rows {
            Rows::Keys(keys) => {
                let of_keys = keys
                    .iter()
                    .map(|key| self.marks_of_key(key, listed.listing.grouping));
                for row in of_keys.chain(also) {
                    if sees(row?) {
                        break;
                    }
                }
            }
            Rows::Groups(groups, places) => {
                let groups = places.iter().filter_map(|place| groups.get(*place));
                let of_groups = groups.map(|group| self.marks_of_letters(&group.emails));
                for row in of_groups.chain(also) {
                    if sees(row?) {
                        break;
                    }
                }
            }
        }
        Ok(Some(marks))
    }

    /// Letters that these mailboxes show and no other does, by ascending id.
    pub fn letters_only_in(&self, mailboxes: &[MailboxId]) -> Result<Vec<EmailId>, StoreError> {
        let these: Vec<String> = mailboxes.iter().map(|mailbox| mailbox.0.to_string()).collect();
        let these = these.join(", ");
        let sql = format!(
            "SELECT DISTINCT email_id FROM membership WHERE mailbox_id IN ({these}) AND NOT EXISTS (
               SELECT 1 FROM membership AS other
               WHERE other.email_id = membership.email_id AND other.mailbox_id NOT IN ({these}))
             ORDER BY email_id"
        );
        self.all(DOING, &sql, [], |row| row.get(0).map(EmailId))
    }

    fn rows_of(&self, listed: &Listed) -> Result<Option<Rows>, StoreError> {
        let listing = &listed.listing;
        let count = self.count(listing)?;
        let Some(first) = self.end(listing, listed.first, 0)? else {
            return Ok(None);
        };
        let Some(last) = self.end(listing, listed.last, count.saturating_sub(1))? else {
            return Ok(None);
        };
        let length = if count == 0 {
            0
        } else {
            (last + 1).saturating_sub(first)
        };
        let except: HashSet<i64> = listed.except.iter().map(|row| row.0).collect();
        Ok(Some(match self.scope(listing)? {
            Scope::Mailboxes(mailboxes) => {
                let mut keys = self.keys(&mailboxes, listing, first, length)?;
                keys.retain(|key| !except.contains(&key.id));
                Rows::Keys(keys)
            }
            Scope::Ordered(order) => {
                let mut keys = order.keys(usize_of(first), usize_of(length));
                keys.retain(|key| !except.contains(&key.id));
                Rows::Keys(keys)
            }
            Scope::Gathered(groups) => {
                let is_meant = |place: &usize| {
                    groups.get(*place).is_some_and(|group| {
                        row_id(group, listing.grouping).is_none_or(|id| !except.contains(&id))
                    })
                };
                let range = usize_of(first)..usize_of(first).saturating_add(usize_of(length));
                let places = range.filter(is_meant).collect();
                Rows::Groups(groups, places)
            }
        }))
    }

    /// Where an end stands.
    fn end(&self, listing: &Listing, row: Option<RowId>, without: u32) -> Result<Option<u32>, StoreError> {
        match (row, listing.grouping) {
            (None, _) => Ok(Some(without)),
            (Some(RowId(id)), ListingGrouping::Conversations) => self.position(listing, ThreadId(id)),
            (Some(RowId(id)), ListingGrouping::Messages) => self.position_of_email(listing, EmailId(id)),
        }
    }

    /// The letters of conversations, of all or only the newest of each. Whole mailboxes are read through once, which takes a
    /// fraction of the time of asking for one conversation after the other.
    fn letters_of_rows(&self, keys: Vec<Key>, newest: bool) -> Result<Vec<EmailId>, StoreError> {
        let mut threads: BTreeMap<MailboxId, Vec<i64>> = BTreeMap::new();
        for key in keys {
            threads.entry(key.mailbox).or_default().push(key.id);
        }
        let mut emails = Vec::new();
        for (mailbox, mut threads) in threads {
            threads.sort_unstable();
            let mut met = vec![false; threads.len()];
            let sql = "SELECT email_id, thread_id FROM membership WHERE mailbox_id = ?1
                       ORDER BY received_at DESC, arrival DESC, email_id DESC";
            // A vector of nothing takes no room.
            self.all(DOING, sql, [mailbox.0], |row| {
                let place = threads.binary_search(&row.get(1)?).ok();
                if let Some(met) = place.and_then(|place| met.get_mut(place))
                    && !(std::mem::replace(met, true) && newest)
                {
                    emails.push(EmailId(row.get(0)?));
                }
                Ok(())
            })?;
        }
        Ok(emails)
    }

    fn marks_of_key(&self, key: &Key, grouping: ListingGrouping) -> Result<(bool, bool), StoreError> {
        let sql = match grouping {
            ListingGrouping::Conversations => {
                "SELECT unread > 0, starred > 0 FROM conversation WHERE thread_id = ?1 AND mailbox_id = ?2"
            }
            ListingGrouping::Messages => {
                "SELECT unread, starred FROM membership WHERE email_id = ?1 AND mailbox_id = ?2"
            }
        };
        let found = self.one(DOING, sql, [key.id, key.mailbox.0], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
        Ok(found.unwrap_or((false, true)))
    }

    fn marks_of_letters(&self, emails: &[EmailId]) -> Result<(bool, bool), StoreError> {
        let sql =
            "SELECT coalesce(max(unread), 0), coalesce(max(starred), 0) FROM membership WHERE email_id = ?1";
        let (mut unread, mut starred) = (false, false);
        for email in emails {
            let (u, s): (bool, bool) = self
                .one(DOING, sql, [email.0], |row| Ok((row.get(0)?, row.get(1)?)))?
                .unwrap_or_default();
            unread |= u;
            starred |= s;
        }
        Ok((unread, starred))
    }
}

/// What a gathered row is known by.
fn row_id(group: &Group, grouping: ListingGrouping) -> Option<i64> {
    match grouping {
        ListingGrouping::Conversations => Some(group.thread.0),
        ListingGrouping::Messages => group.emails.first().map(|email| email.0),
    }
}
