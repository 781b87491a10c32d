//! Who may be meant while a name or an address is typed: the people of inboxes and Sent, whom one writes with most and of late first,
//! and behind them everybody else of whom the index knows. Nobody gets in by way of Junk or Trash. There is no table of people.

use std::collections::HashMap;

use waxwing_model::{Address, Email, Timestamp};

use crate::column::from_json;
use crate::search::folded;
use crate::{Reading, StoreError, Unindexed};

/// How far back one looks in each mailbox: enough letters for the people one writes with, few enough for a
/// keystroke.
const NEWEST: u32 = 1_500;

/// Letters that the index gives at a time. One person may have written all of them.
const AT_A_TIME: u32 = 200;

/// How often the index is asked, each time without those who are known already.
const TIMES: usize = 4;

/// People who are left out of a question; a query holds only so much.
const LEFT_OUT: usize = 40;
/// Octets that they take at the most: what is asked stands behind them.
const OCTETS_LEFT_OUT: usize = 3_000;

const DAY: Timestamp = 86_400_000;

/// People who may be meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownPeople {
    /// Whom one writes with most comes first, each address once.
    pub people: Vec<Address>,
    /// There may be others, who are found as one types on.
    pub more: bool,
}

/// Somebody who was found, and how much one has to do with them.
struct Known {
    address: Address,
    weight: u32,
}

type People = HashMap<String, Known>;

impl Reading<'_> {
    /// People of whose name or address a word begins with what was typed.
    pub fn known_people(&self, typed: &str, limit: u32) -> Result<KnownPeople, StoreError> {
        let typed = plain(typed.trim());
        let mut people = People::new();
        if typed.is_empty() {
            return Ok(KnownPeople {
                people: Vec::new(),
                more: false,
            });
        }
        self.written_with(&typed, &mut people)?;
        let left = self.known_to_the_index(&typed, &mut people)?;
        let own = self.own_addresses()?;
        let mut people: Vec<Known> = people.into_values().collect();
        for known in &mut people {
            // One is in all of one's letters, and writes with others.
            if own.iter().any(|own| own.receives(&known.address.email)) {
                known.weight = 0;
            }
        }
        people.sort_by(|one, other| {
            let by_address = || one.address.email.cmp(&other.address.email);
            other.weight.cmp(&one.weight).then_with(by_address)
        });
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = left || people.len() > limit;
        people.truncate(limit);
        let people = people.into_iter().map(|known| known.address).collect();
        Ok(KnownPeople { people, more })
    }

    /// The people of the newest letters of inboxes and Sent.
    fn written_with(&self, typed: &str, people: &mut People) -> Result<(), StoreError> {
        let doing = "looking for people";
        let mailboxes: Vec<(i64, bool)> = self.all(
            doing,
            "SELECT id, role = 'sent' FROM mailbox WHERE role IN ('inbox', 'sent')",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        let mut newest = Timestamp::MIN;
        for (mailbox, _) in &mailboxes {
            let sql = "SELECT coalesce(max(received_at), 0) FROM membership WHERE mailbox_id = ?1";
            newest = newest.max(self.number(doing, sql, [*mailbox])?);
        }
        for (mailbox, sent) in mailboxes {
            self.all(
                doing,
                "SELECT from_addresses, to_addresses, cc_addresses, at FROM email JOIN (
                   SELECT email_id, received_at AS at FROM membership WHERE mailbox_id = ?1
                   ORDER BY received_at DESC LIMIT ?2)
                 ON id = email_id ORDER BY at DESC",
                [mailbox, i64::from(NEWEST)],
                |row| {
                    let from: Vec<Address> = from_json(row, 0)?;
                    let to: Vec<Address> = from_json(row, 1)?;
                    let cc: Vec<Address> = from_json(row, 2)?;
                    let at: Timestamp = row.get(3)?;
                    let late = lateness(newest.saturating_sub(at));
                    // Whom one has written to counts for more than who has written, and that for more than who was there too.
                    let (of_sender, of_others) = if sent { (0, 6) } else { (2, 1) };
                    let senders = from.into_iter().map(|address| (address, of_sender));
                    let others = to.into_iter().chain(cc).map(|address| (address, of_others));
                    for (address, weight) in senders.chain(others) {
                        add(people, typed, address, weight * late);
                    }
                    Ok(())
                },
            )?;
        }
        Ok(())
    }

    /// People of all other letters, as far as the index leads to them. Gives whether there may be others still.
    fn known_to_the_index(&self, typed: &str, people: &mut People) -> Result<bool, StoreError> {
        let words: Vec<&str> = typed
            .split(|character: char| !character.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        let Some((last, whole)) = words.split_last() else {
            return Ok(false);
        };
        // A single letter is the beginning of too much for the index.
        if last.chars().nth(1).is_none() {
            return Ok(true);
        }
        // Of letters that wait to be indexed nobody can tell.
        let mut left = self.has_unindexed(Unindexed::All)?;
        for place in ["from", "to"] {
            let asked: String = whole.iter().map(|word| format!("{place}:\"{word}\" ")).collect();
            left |= self.led_to(place, &format!("{asked}{place}:{last}"), typed, people)?;
        }
        Ok(left)
    }

    fn led_to(&self, place: &str, asked: &str, typed: &str, people: &mut People) -> Result<bool, StoreError> {
        let mut all_of_them = Vec::new();
        for _ in 0..TIMES {
            all_of_them.clear();
            all_of_them.extend(people.keys().map(|email| email.replace('"', " ")));
            // The same question each time, whatever order a map has.
            all_of_them.sort_unstable();
            let mut octets = 0;
            let without: String = all_of_them
                .iter()
                .take(LEFT_OUT)
                .take_while(|email| {
                    octets += email.len() + place.len() + 5;
                    octets <= OCTETS_LEFT_OUT
                })
                .map(|email| format!("-{place}:\"{email}\" "))
                .collect();
            let query = format!("-in:trash -in:junk {without}{asked}");
            let found = self.search(&query, AT_A_TIME, 0)?;
            let is_full = u32::try_from(found.len()).is_ok_and(|count| count >= AT_A_TIME);
            let before = people.len();
            for address in self.emails(&found)?.into_iter().flat_map(everybody) {
                add(people, typed, address, 1);
            }
            if !is_full {
                return Ok(false);
            }
            if people.len() == before {
                return Ok(true);
            }
        }
        Ok(true)
    }
}

fn everybody(email: Email) -> impl Iterator<Item = Address> {
    let senders = email.from.into_iter().chain(email.reply_to);
    senders.chain(email.to).chain(email.cc)
}

/// What is of late counts for more.
fn lateness(before_the_newest: Timestamp) -> u32 {
    match before_the_newest / DAY {
        ..=30 => 4,
        31..=180 => 2,
        _ => 1,
    }
}

fn add(people: &mut People, typed: &str, address: Address, weight: u32) {
    if !begins(&address, typed) {
        return;
    }
    let known = people
        .entry(address.email.to_lowercase())
        .or_insert_with(|| Known {
            address: address.clone(),
            weight: 0,
        });
    known.weight = known.weight.saturating_add(weight);
    if known.address.name.is_none() {
        known.address.name = address.name;
    }
}

/// As a search compares: neither case nor accents tell two names apart.
fn plain(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let text = folded(text);
    let without = text
        .nfd()
        .filter(|one| !unicode_normalization::char::is_combining_mark(*one));
    without.flat_map(char::to_lowercase).collect()
}

fn begins(address: &Address, typed: &str) -> bool {
    let name = plain(address.name.as_deref().unwrap_or_default());
    let email = plain(&address.email);
    name.starts_with(typed)
        || email.starts_with(typed)
        || name.split_whitespace().any(|word| word.starts_with(typed))
        || email
            .split(['@', '.', '-', '_', '+'])
            .any(|word| word.starts_with(typed))
}
