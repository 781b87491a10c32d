//! Bodies: the one that is being opened at once, the others in the background, newest first.

use std::collections::{BTreeMap, HashMap};

use waxwing_model::{EmailId, MailboxId};
use waxwing_remote::RemoteError;
use waxwing_remote::imap::UidSet;

use super::ImapWorker;
use crate::clock::now;
use crate::engine::{Engine, blocking};
use crate::error::{EngineError, Result};
use crate::letters::ingest;
use crate::operations::promises;

/// Bodies of one step: small enough that a letter which is opened meanwhile does not wait.
const BATCH: u32 = 100;
const BATCH_OCTETS: u64 = 4_000_000;
/// A message of more is not taken in one piece, and asking for it ends the connection.
pub(super) const LARGEST: u32 = 250 * 1024 * 1024;

impl ImapWorker {
    /// The body of one letter, now.
    pub(crate) async fn fetch_body(&mut self, email: EmailId) -> Result<()> {
        let places = self.engine.read(move |reading| {
            let mut places = Vec::new();
            for location in reading.locations(&[email])? {
                places.push((location.mailbox, location.uid));
            }
            Ok(places)
        });
        for (mailbox, uid) in places.await? {
            if !self.open(mailbox).await? {
                continue;
            }
            if let Some(raw) = self.session.fetch_body(uid).await? {
                return keep(&self.engine, vec![(email, raw)]).await;
            }
        }
        Err(EngineError::Gone("the letter"))
    }

    /// A body that somebody waits for to put it elsewhere. `false`: there is none.
    pub(crate) async fn fetch_promised(&mut self) -> Result<bool> {
        let account = self.account.id;
        let promised = self
            .engine
            .read(move |reading| reading.bodies_promised(account))
            .await?;
        let Some(email) = promised
            .into_iter()
            .find(|email| !self.unobtainable.contains(email))
        else {
            return Ok(false);
        };
        self.opened = None;
        let size = self
            .engine
            .read(move |reading| reading.email(email))
            .await?
            .map_or(0, |email| email.size);
        let fetched = match size > LARGEST {
            true => Err(EngineError::Gone("the letter")),
            false => promises::fetch(&self.engine, &mut self.session, email).await,
        };
        match fetched {
            Err(EngineError::Gone(_)) => {
                self.unobtainable.insert(email);
                self.engine.give_up_copies_of(email).await?;
            }
            // A folder that cannot be opened today; the list of folders may tell more.
            Err(EngineError::Remote(RemoteError::Refused { doing, reply })) => {
                self.unobtainable.insert(email);
                self.complaints
                    .push(format!("The server refused ({doing}): {reply}"));
            }
            outcome => outcome?,
        }
        Ok(true)
    }

    /// A batch of bodies that are not here yet. `false`: there is none left.
    pub(super) async fn fetch_bodies(&mut self) -> Result<bool> {
        let (account, keeping) = (self.account.id, self.account.keeping);
        let asked = BATCH + u32::try_from(self.unobtainable.len()).unwrap_or(0);
        let missing = self
            .engine
            .read(move |reading| reading.bodies_missing(account, &keeping, now(), asked))
            .await?;
        let missing: Vec<EmailId> = missing
            .into_iter()
            .filter(|email| !self.unobtainable.contains(email))
            .collect();
        if !missing.is_empty() && self.progress.activity().is_none() {
            let count = self
                .engine
                .read(move |reading| reading.bodies_missing_count(account, &keeping, now()))
                .await?;
            self.progress.expect(count as usize);
        }
        let asked = missing.clone();
        let places = self
            .engine
            .read(move |reading| {
                let mut places = HashMap::new();
                for location in reading.locations(&asked)? {
                    places
                        .entry(location.email)
                        .or_insert((location.mailbox, location.uid, 0));
                }
                for email in reading.emails(&asked)? {
                    if let Some(place) = places.get_mut(&email.id) {
                        place.2 = email.size;
                    }
                }
                Ok(places)
            })
            .await?;
        let mut groups: BTreeMap<MailboxId, BTreeMap<u32, EmailId>> = BTreeMap::new();
        let mut octets = 0;
        let known_unobtainable = self.unobtainable.len();
        for email in missing {
            let Some((mailbox, uid, size)) = places.get(&email) else {
                // Shown here and nowhere on the server: the next look at its folder decides.
                self.unobtainable.insert(email);
                continue;
            };
            if *size > LARGEST {
                // The attempt would cost the connection, each time.
                self.unobtainable.insert(email);
                continue;
            }
            if octets > 0 && octets + u64::from(*size) > BATCH_OCTETS {
                break;
            }
            octets += u64::from(*size);
            groups.entry(*mailbox).or_default().insert(*uid, email);
        }
        if groups.is_empty() {
            // Further ones may stand behind those that cannot be had.
            return Ok(self.unobtainable.len() > known_unobtainable);
        }
        for (mailbox, mut wanted) in groups {
            if !self.open(mailbox).await? {
                self.unobtainable.extend(wanted.into_values());
                continue;
            }
            let uids: Vec<u32> = wanted.keys().copied().collect();
            let mut bodies = Vec::with_capacity(uids.len());
            let fetched = self
                .session
                .fetch_bodies(&UidSet::from_uids(&uids), &mut |uid, raw| {
                    if let Some(email) = wanted.remove(&uid) {
                        bodies.push((email, raw));
                    }
                })
                .await;
            // What came whole before a cut is kept.
            self.progress.advance(bodies.len());
            keep(&self.engine, bodies).await?;
            if let Some(activity) = self.progress.activity() {
                self.engine.set_activity(self.account.id, activity);
            }
            match fetched {
                Err(RemoteError::Refused { doing, reply }) => {
                    self.complaints
                        .push(format!("The server refused ({doing}). ({reply})"));
                }
                fetched => fetched?,
            }
            self.unobtainable.extend(wanted.into_values());
        }
        Ok(true)
    }
}

/// Parses and stores whole bodies in one transaction, for letters that wait for them elsewhere too.
pub(crate) async fn keep(engine: &Engine, bodies: Vec<(EmailId, Vec<u8>)>) -> Result<()> {
    let parsed = blocking(move || {
        bodies
            .into_iter()
            .map(|(email, raw)| {
                let facts = ingest::facts(&waxwing_mime::parse(&raw));
                (email, raw, facts)
            })
            .collect::<Vec<_>>()
    })
    .await?;
    let waiting = engine
        .write(move |writing| {
            let mut waiting = Vec::new();
            for (email, raw, facts) in parsed {
                // It may have been deleted while it was on its way.
                if writing.email(email)?.is_some() {
                    writing.put_body(email, &raw, &facts)?;
                    waiting.extend(promises::fulfil(writing, email)?);
                }
            }
            Ok(waiting)
        })
        .await?;
    for account in waiting {
        engine.wake(account);
    }
    Ok(())
}
