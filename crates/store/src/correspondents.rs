//! Whom the person writes with. Read from the newest letters; there is no table of people. Not here: who is offered while a name is
//! typed (`known_people.rs`).

use std::collections::HashMap;

use waxwing_model::{Address, Email, EmailId, MailboxId, Timestamp};

use crate::column::from_json;
use crate::{Reading, StoreError, Unindexed};

/// How far back one looks in each mailbox: enough letters for the people one writes with, few enough for a
/// keystroke.
const NEWEST: u32 = 1_500;

/// Letters of one day that are looked at.
const OF_A_DAY: i64 = 5_000;

/// Letters of one address that are looked at; who has written more often is no stranger.
const ENOUGH: u32 = 200;

/// Somebody who was written to or who wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correspondent {
    pub address: Address,
    /// Letters of theirs, and letters to them.
    pub letters: u32,
    pub written_to: bool,
}

/// Which letters inboxes and Sent have, as far as it tells whether people read from them may be others now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeopleStamp {
    newest_letter: i64,
    mailboxes: Vec<MailboxStamp>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct MailboxStamp {
    mailbox: i64,
    role: String,
    letters: i64,
    /// When it came, and its place among those of that moment.
    newest: Option<(Timestamp, i64, i64)>,
}

impl Reading<'_> {
    /// Told in a few steps of an index, however many letters there are. The same for letters that were only read or starred.
    pub fn people_stamp(&self) -> Result<PeopleStamp, StoreError> {
        let doing = "looking whether there are other people";
        let newest_letter = self.number(doing, "SELECT coalesce(max(id), 0) FROM email", [])?;
        let mut mailboxes = self.all(
            doing,
            "SELECT id, role, total FROM mailbox WHERE role IN ('inbox', 'sent') ORDER BY id",
            [],
            |row| {
                Ok(MailboxStamp {
                    mailbox: row.get(0)?,
                    role: row.get(1)?,
                    letters: row.get(2)?,
                    newest: None,
                })
            },
        )?;
        for stamp in &mut mailboxes {
            stamp.newest = self.one(
                doing,
                "SELECT received_at, arrival, email_id FROM membership WHERE mailbox_id = ?1
                 ORDER BY received_at DESC, arrival DESC, email_id DESC LIMIT 1",
                [stamp.mailbox],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )?;
        }
        Ok(PeopleStamp {
            newest_letter,
            mailboxes,
        })
    }

    /// Everybody of the newest letters of inboxes and Sent, each address once. Nobody gets in by way of Junk.
    pub fn correspondents(&self) -> Result<Vec<Correspondent>, StoreError> {
        let doing = "looking for people";
        let mut people: HashMap<String, Correspondent> = HashMap::new();
        for (role, column, written_to) in [("inbox", "from_addresses", false), ("sent", "to_addresses", true)]
        {
            let mailboxes: Vec<i64> =
                self.all(doing, "SELECT id FROM mailbox WHERE role = ?1", [role], |row| {
                    row.get(0)
                })?;
            for mailbox in mailboxes {
                let sql = format!(
                    "SELECT {column} FROM email JOIN (
                       SELECT email_id FROM membership WHERE mailbox_id = ?1 ORDER BY received_at DESC LIMIT ?2)
                     ON id = email_id"
                );
                let letters: Vec<Vec<Address>> =
                    self.all(doing, &sql, [mailbox, i64::from(NEWEST)], |row| from_json(row, 0))?;
                for address in letters.into_iter().flatten() {
                    let known = people
                        .entry(address.email.to_lowercase())
                        .or_insert_with(|| Correspondent {
                            address: address.clone(),
                            letters: 0,
                            written_to: false,
                        });
                    known.letters += 1;
                    known.written_to |= written_to;
                    if known.address.name.is_none() {
                        known.address.name = address.name;
                    }
                }
            }
        }
        Ok(people.into_values().collect())
    }

    /// Whether a letter from this address came before this one. While letters wait to be indexed nobody can tell, and it is
    /// not denied.
    pub fn has_earlier_from(&self, address: &str, than: &Email) -> Result<bool, StoreError> {
        if self.has_unindexed(Unindexed::All)? {
            return Ok(true);
        }
        let found = self.naming_as_sender(address, ENOUGH)?;
        // Others have like addresses, and so many that the search says nothing of this one: then it is not denied.
        if u32::try_from(found.len()).is_ok_and(|count| count >= ENOUGH) {
            return Ok(true);
        }
        Ok(self.emails(&found)?.into_iter().any(|email| {
            let same = email
                .from
                .iter()
                .any(|from| from.email.eq_ignore_ascii_case(address));
            let earlier = (email.received_at, email.sent_at) < (than.received_at, than.sent_at);
            same && email.id != than.id && earlier
        }))
    }

    fn naming_as_sender(&self, address: &str, limit: u32) -> Result<Vec<EmailId>, StoreError> {
        let quoted = address.replace('"', " ");
        self.search(&format!("from:\"{quoted}\""), limit, 0)
    }

    /// The newest letters that this address is shown as the sender of, as far as they are indexed.
    pub fn letters_from(&self, address: &str, limit: u32) -> Result<Vec<Email>, StoreError> {
        let found = self.naming_as_sender(address, limit)?;
        let mut letters = self.emails(&found)?;
        letters.retain(|email| {
            let first = email.from.first();
            first.is_some_and(|from| from.email.eq_ignore_ascii_case(address))
        });
        Ok(letters)
    }

    /// The newest letters of a mailbox.
    pub fn newest_in(&self, mailbox: MailboxId, limit: u32) -> Result<Vec<EmailId>, StoreError> {
        self.all(
            "looking at the newest letters",
            "SELECT email_id FROM membership WHERE mailbox_id = ?1 ORDER BY received_at DESC, arrival DESC LIMIT ?2",
            [mailbox.0, i64::from(limit)],
            |row| row.get(0).map(EmailId),
        )
    }

    /// The letters of a mailbox by the last days that have any, the newest first. Of a day only so many, as a stranger could fill it.
    pub fn newest_days_in(
        &self,
        mailbox: MailboxId,
        day: Timestamp,
        days: usize,
    ) -> Result<Vec<Vec<EmailId>>, StoreError> {
        let doing = "looking at the newest letters";
        let newest = "SELECT received_at FROM membership WHERE mailbox_id = ?1 AND received_at < ?2
                      ORDER BY received_at DESC LIMIT 1";
        let of_it =
            "SELECT email_id FROM membership WHERE mailbox_id = ?1 AND received_at >= ?2 AND received_at < ?3
                     ORDER BY received_at DESC, arrival DESC LIMIT ?4";
        let mut found = Vec::new();
        let mut before = Timestamp::MAX;
        while found.len() < days {
            let newest: Option<Timestamp> = self.one(doing, newest, [mailbox.0, before], |row| row.get(0))?;
            let Some(newest) = newest else {
                break;
            };
            let start = newest.div_euclid(day).saturating_mul(day);
            found.push(
                self.all(doing, of_it, [mailbox.0, start, before, OF_A_DAY], |row| {
                    row.get(0).map(EmailId)
                })?,
            );
            before = start;
        }
        Ok(found)
    }
}
