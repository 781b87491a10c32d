//! The table `tracker`: who would have been told that a letter was opened, and by how many ways, or was told because a
//! picture was fetched. Whose ways they are is found out elsewhere.

use std::collections::BTreeMap;

use rusqlite::params;
use waxwing_model::{Address, EmailId, Timestamp};

use crate::column::from_json;
use crate::{Reading, StoreError, Writing};

/// One way of one letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrackerFact {
    pub host: String,
    /// `pixel`, `counter`, `personal` or `link`.
    pub kind: String,
    pub service: Option<String>,
    pub amount: u32,
    /// A picture was asked for and its host has answered, so it was told.
    pub loaded: bool,
}

/// A sender who tracks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrackingSender {
    pub address: Address,
    /// Letters that were opened and had such ways.
    pub letters: u32,
    /// How many of them had a picture fetched that told the sender.
    pub told: u32,
    pub last_at: Timestamp,
    /// By whom, the most frequent first: hosts, or services where they are known.
    pub by: Vec<(String, u32)>,
    /// Pictures for this reader alone, and pixels and counters.
    pub pictures: u32,
    /// Links for this reader alone.
    pub links: u32,
}

impl Reading<'_> {
    /// What is kept of a letter.
    pub fn trackers(&self, email: EmailId) -> Result<Vec<TrackerFact>, StoreError> {
        self.all(
            "reading what a letter would have told",
            "SELECT host, kind, service, amount, loaded FROM tracker WHERE email_id = ?1 ORDER BY host = '', host, kind",
            [email.0],
            |row| {
                Ok(TrackerFact {
                    host: row.get(0)?,
                    kind: row.get(1)?,
                    service: row.get(2)?,
                    amount: row.get(3)?,
                    loaded: row.get(4)?,
                })
            },
        )
    }

    /// Everybody who tracks, the most frequent first.
    pub fn tracking_senders(&self, limit: usize) -> Result<Vec<TrackingSender>, StoreError> {
        type Found = (Vec<Address>, Timestamp, i64, TrackerFact);
        let found: Vec<Found> = self.all(
            "reading who tracks",
            "SELECT from_addresses, received_at, email.id, host, kind, service, amount, loaded
             FROM tracker JOIN email ON email.id = tracker.email_id ORDER BY received_at, email.id",
            [],
            |row| {
                let fact = TrackerFact {
                    host: row.get(3)?,
                    kind: row.get(4)?,
                    service: row.get(5)?,
                    amount: row.get(6)?,
                    loaded: row.get(7)?,
                };
                Ok((from_json(row, 0)?, row.get(1)?, row.get(2)?, fact))
            },
        )?;
        struct Sum {
            sender: TrackingSender,
            last: i64,
            last_told: i64,
            by: BTreeMap<String, u32>,
        }
        let mut sums: BTreeMap<String, Sum> = BTreeMap::new();
        for (from, at, email, fact) in found {
            let Some(address) = from.into_iter().next() else {
                continue;
            };
            let sum = sums.entry(address.email.to_lowercase()).or_insert_with(|| Sum {
                sender: TrackingSender {
                    address: address.clone(),
                    letters: 0,
                    told: 0,
                    last_at: at,
                    by: Vec::new(),
                    pictures: 0,
                    links: 0,
                },
                last: 0,
                last_told: 0,
                by: BTreeMap::new(),
            });
            if sum.last != email {
                sum.last = email;
                sum.sender.letters += 1;
            }
            if fact.loaded && sum.last_told != email {
                sum.last_told = email;
                sum.sender.told += 1;
            }
            sum.sender.last_at = sum.sender.last_at.max(at);
            match fact.kind.as_str() {
                "link" => sum.sender.links = sum.sender.links.saturating_add(fact.amount),
                _ => {
                    sum.sender.pictures = sum.sender.pictures.saturating_add(fact.amount);
                    *sum.by.entry(fact.service.unwrap_or(fact.host)).or_default() += fact.amount;
                }
            }
        }
        let mut senders: Vec<TrackingSender> = sums
            .into_values()
            .map(|sum| {
                let mut by: Vec<(String, u32)> = sum.by.into_iter().collect();
                by.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
                TrackingSender { by, ..sum.sender }
            })
            .collect();
        senders.sort_by_key(|sender| {
            (
                std::cmp::Reverse(sender.letters),
                std::cmp::Reverse(sender.last_at),
            )
        });
        senders.truncate(limit);
        Ok(senders)
    }
}

impl Writing<'_> {
    /// Keeps what was found in a letter, in the place of what was found before. What was told once stays told.
    pub fn put_trackers(&mut self, email: EmailId, facts: &[TrackerFact]) -> Result<(), StoreError> {
        let doing = "keeping what a letter would have told";
        if !self.has_email(email)? {
            return Ok(());
        }
        let told = "SELECT host, kind FROM tracker WHERE email_id = ?1 AND loaded = 1";
        let told: Vec<(String, String)> =
            self.all(doing, told, [email.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
        self.run(doing, "DELETE FROM tracker WHERE email_id = ?1", [email.0])?;
        for fact in facts {
            let before = told
                .iter()
                .any(|(host, kind)| *host == fact.host && *kind == fact.kind);
            self.run(
                doing,
                "INSERT INTO tracker (email_id, host, kind, service, amount, loaded) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (email_id, host, kind)
                 DO UPDATE SET amount = amount + excluded.amount, loaded = max(loaded, excluded.loaded)",
                params![
                    email.0,
                    fact.host,
                    fact.kind,
                    fact.service,
                    fact.amount,
                    fact.loaded || before
                ],
            )?;
        }
        Ok(())
    }

    /// Notes that a host has answered for a picture whose address is this reader's alone, whether or not it is known by now that the
    /// letter has any.
    pub fn tracker_told(
        &mut self,
        email: EmailId,
        host: &str,
        service: Option<&str>,
    ) -> Result<(), StoreError> {
        if !self.has_email(email)? {
            return Ok(());
        }
        self.run(
            "keeping who was told of a letter",
            "INSERT INTO tracker (email_id, host, kind, service, amount, loaded) VALUES (?1, ?2, 'personal', ?3, 1, 1)
             ON CONFLICT (email_id, host, kind) DO UPDATE SET loaded = 1 WHERE loaded = 0",
            params![email.0, host, service],
        )?;
        Ok(())
    }
}
