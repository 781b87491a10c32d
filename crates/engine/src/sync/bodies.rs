//! Bodies: the one that is being opened at once, the others in the background, newest first.

use std::collections::BTreeMap;

use waxwing_model::{EmailId, MailboxId};
use waxwing_remote::imap::UidSet;

use super::ImapWorker;
use crate::engine::{Engine, blocking};
use crate::error::{EngineError, Result};
use crate::letters::ingest;

/// Bodies of one step: small enough that a letter which is opened meanwhile does not wait.
const BATCH: u32 = 100;
const BATCH_OCTETS: u64 = 4_000_000;

impl ImapWorker {
    /// The body of one letter, now.
    pub(crate) async fn fetch_body(&mut self, email: EmailId) -> Result<()> {
        let places = self.engine.read(move |reading| {
            let mut places = Vec::new();
            for location in reading.locations(&[email])? {
                if let Some(path) = reading
                    .remote_mailbox(location.mailbox)?
                    .and_then(|remote| remote.path)
                {
                    places.push((path, location.uid));
                }
            }
            Ok(places)
        });
        for (path, uid) in places.await? {
            if self.session.selected() != Some(path.as_str()) {
                self.session.select(&path).await?;
            }
            if let Some(raw) = self.session.fetch_body(uid).await? {
                return keep(&self.engine, vec![(email, raw)]).await;
            }
        }
        Err(EngineError::Gone("the letter"))
    }

    /// A batch of bodies that are not here yet. `false`: there is none left.
    pub(super) async fn fetch_bodies(&mut self) -> Result<bool> {
        let account = self.account.id;
        let asked = BATCH + u32::try_from(self.unobtainable.len()).unwrap_or(0);
        let missing = self
            .engine
            .read(move |reading| {
                let missing = reading.bodies_missing(account, asked)?;
                let sizes = reading
                    .emails(&missing)?
                    .into_iter()
                    .map(|email| (email.id, email.size))
                    .collect::<BTreeMap<_, _>>();
                let mut places = Vec::new();
                for location in reading.locations(&missing)? {
                    places.push((
                        location.mailbox,
                        location.uid,
                        location.email,
                        sizes.get(&location.email).copied().unwrap_or(0),
                    ));
                }
                Ok((missing, places))
            })
            .await?;
        let (missing, places) = missing;
        let mut groups: BTreeMap<MailboxId, BTreeMap<u32, EmailId>> = BTreeMap::new();
        let mut octets = 0;
        for email in missing
            .iter()
            .filter(|email| !self.unobtainable.contains(email))
            .copied()
            .collect::<Vec<_>>()
        {
            let Some((mailbox, uid, _, size)) = places.iter().find(|place| place.2 == email) else {
                // Shown here and nowhere on the server: the next look at its folder decides.
                self.unobtainable.insert(email);
                continue;
            };
            if octets > 0 && octets + u64::from(*size) > BATCH_OCTETS {
                break;
            }
            octets += u64::from(*size);
            groups.entry(*mailbox).or_default().insert(*uid, email);
        }
        if groups.is_empty() {
            return Ok(false);
        }
        for (mailbox, mut wanted) in groups {
            let path = self
                .engine
                .read(move |reading| Ok(reading.remote_mailbox(mailbox)?.and_then(|remote| remote.path)));
            let Some(path) = path.await? else {
                self.unobtainable.extend(wanted.into_values());
                continue;
            };
            if self.session.selected() != Some(path.as_str()) {
                self.session.select(&path).await?;
            }
            let uids: Vec<u32> = wanted.keys().copied().collect();
            let mut bodies = Vec::with_capacity(uids.len());
            self.session
                .fetch_bodies(&UidSet::from_uids(&uids), &mut |uid, raw| {
                    if let Some(email) = wanted.remove(&uid) {
                        bodies.push((email, raw));
                    }
                })
                .await?;
            keep(&self.engine, bodies).await?;
            self.unobtainable.extend(wanted.into_values());
        }
        Ok(true)
    }
}

/// Parses and stores whole bodies in one transaction.
async fn keep(engine: &Engine, bodies: Vec<(EmailId, Vec<u8>)>) -> Result<()> {
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
    engine
        .write(move |writing| {
            for (email, raw, facts) in parsed {
                // It may have been deleted while it was on its way.
                if writing.email(email)?.is_some() {
                    writing.put_body(email, &raw, &facts)?;
                }
            }
            Ok(())
        })
        .await
}
