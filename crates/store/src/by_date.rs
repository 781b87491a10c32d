//! Lists that are read from an index which is already in their order: those of mailboxes by date, all of them or what is
//! unread. What else a list may be sorted by is `order`'s.

use rusqlite::params_from_iter;
use waxwing_model::{Listing, ListingGrouping, MailboxId, Timestamp};

use crate::listing::{Key, Of};
use crate::{Reading, StoreError};

const DOING: &str = "reading a list";

/// Where a row stands among those of its mailbox: its moment, what settles the order within that, and its id.
type Standing = (Timestamp, i64, i64);

impl Reading<'_> {
    /// How many rows there are.
    pub(crate) fn count_in(&self, mailboxes: &[MailboxId], listing: &Listing) -> Result<u32, StoreError> {
        let sql = match (listing.grouping, listing.filter.unread) {
            (ListingGrouping::Conversations, false) => "SELECT conversations FROM mailbox WHERE id = ?1",
            (ListingGrouping::Conversations, true) => {
                "SELECT unread_conversations FROM mailbox WHERE id = ?1"
            }
            (ListingGrouping::Messages, false) => "SELECT total FROM mailbox WHERE id = ?1",
            (ListingGrouping::Messages, true) => "SELECT unread FROM mailbox WHERE id = ?1",
        };
        let mut sum = 0_u32;
        for mailbox in mailboxes {
            let rows = self.number(DOING, sql, [mailbox.0])?;
            sum = sum.saturating_add(u32::try_from(rows).unwrap_or(0));
        }
        Ok(sum)
    }

    /// The keys of a page. A page near the end is read from the end, so the way to it is half as long at worst.
    pub(crate) fn keys(
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
        let newest_first = !listing.order.reversed;
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
        let arm = match (listing.grouping, listing.filter.unread) {
            (ListingGrouping::Conversations, false) => {
                "SELECT latest_at, latest_arrival, thread_id, mailbox_id FROM conversation WHERE mailbox_id = "
            }
            (ListingGrouping::Conversations, true) => {
                "SELECT latest_at, latest_arrival, thread_id, mailbox_id FROM conversation WHERE unread > 0 AND mailbox_id = "
            }
            (ListingGrouping::Messages, false) => {
                "SELECT received_at, arrival, email_id, mailbox_id FROM membership WHERE mailbox_id = "
            }
            (ListingGrouping::Messages, true) => {
                "SELECT received_at, arrival, email_id, mailbox_id FROM membership WHERE unread = 1 AND mailbox_id = "
            }
        };
        // SQLite merges the arms, each read in order from its index, as far as the page reaches.
        let arms: Vec<String> = (3..)
            .zip(mailboxes)
            .map(|(place, _): (usize, _)| format!("{arm}?{place}"))
            .collect();
        let order = if descending { "DESC" } else { "ASC" };
        let sql = format!(
            "{} ORDER BY 1 {order}, 2 {order}, 3 {order} LIMIT ?1 OFFSET ?2",
            arms.join(" UNION ALL ")
        );
        let numbers = [i64::from(limit), i64::from(offset)]
            .into_iter()
            .chain(mailboxes.iter().map(|id| id.0));
        self.all(DOING, &sql, params_from_iter(numbers), |row| {
            Ok(Key {
                id: row.get(2)?,
                mailbox: MailboxId(row.get(3)?),
            })
        })
    }

    /// Where a row stands.
    pub(crate) fn position_in(
        &self,
        mailboxes: &[MailboxId],
        listing: &Listing,
        of: Of,
    ) -> Result<Option<u32>, StoreError> {
        let sql = match (listing.grouping, of) {
            (ListingGrouping::Conversations, Of::Thread(_)) => {
                "SELECT latest_at, latest_arrival, thread_id FROM conversation
                 WHERE mailbox_id = ?1 AND thread_id = ?2 AND (unread > 0 OR NOT ?3)"
            }
            (ListingGrouping::Conversations, Of::Email(_)) => {
                "SELECT latest_at, latest_arrival, thread_id FROM conversation
                 WHERE mailbox_id = ?1 AND thread_id = (SELECT thread_id FROM email WHERE id = ?2)
                   AND (unread > 0 OR NOT ?3)"
            }
            (ListingGrouping::Messages, Of::Thread(_)) => {
                "SELECT membership.received_at, membership.arrival, email.id FROM email
                 CROSS JOIN membership ON membership.email_id = email.id AND membership.mailbox_id = ?1
                 WHERE email.thread_id = ?2 AND (membership.unread = 1 OR NOT ?3)"
            }
            (ListingGrouping::Messages, Of::Email(_)) => {
                "SELECT received_at, arrival, email_id FROM membership
                 WHERE mailbox_id = ?1 AND email_id = ?2 AND (unread = 1 OR NOT ?3)"
            }
        };
        let mut standings: Vec<Standing> = Vec::new();
        for mailbox in mailboxes {
            let params = rusqlite::params![mailbox.0, of.id(), listing.filter.unread];
            standings.extend(self.all(DOING, sql, params, |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })?);
        }
        let first = match listing.order.reversed {
            false => standings.into_iter().max(),
            true => standings.into_iter().min(),
        };
        first
            .map(|standing| self.rows_before(mailboxes, listing, standing))
            .transpose()
    }

    /// How many rows stand before one that is not older, or not newer, than this moment.
    pub(crate) fn rows_before_moment(
        &self,
        mailboxes: &[MailboxId],
        listing: &Listing,
        moment: Timestamp,
    ) -> Result<u32, StoreError> {
        let end = match listing.order.reversed {
            false => i64::MAX,
            true => i64::MIN,
        };
        self.rows_before(mailboxes, listing, (moment, end, end))
    }

    fn rows_before(
        &self,
        mailboxes: &[MailboxId],
        listing: &Listing,
        (at, arrival, id): Standing,
    ) -> Result<u32, StoreError> {
        let rows = match (listing.grouping, listing.filter.unread) {
            (ListingGrouping::Conversations, false) => {
                "conversation WHERE mailbox_id = ?1 AND (latest_at, latest_arrival, thread_id)"
            }
            (ListingGrouping::Conversations, true) => {
                "conversation WHERE unread > 0 AND mailbox_id = ?1 AND (latest_at, latest_arrival, thread_id)"
            }
            (ListingGrouping::Messages, false) => {
                "membership WHERE mailbox_id = ?1 AND (received_at, arrival, email_id)"
            }
            (ListingGrouping::Messages, true) => {
                "membership WHERE unread = 1 AND mailbox_id = ?1 AND (received_at, arrival, email_id)"
            }
        };
        let side = if listing.order.reversed { "<" } else { ">" };
        let sql = format!("SELECT count(*) FROM {rows} {side} (?2, ?3, ?4)");
        let mut before = 0_u32;
        for mailbox in mailboxes {
            let count = self.number(DOING, &sql, [mailbox.0, at, arrival, id])?;
            before = before.saturating_add(u32::try_from(count).unwrap_or(0));
        }
        Ok(before)
    }
}
