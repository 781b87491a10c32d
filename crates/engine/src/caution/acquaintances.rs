//! Whom the person knows, and which domains others may be made to look like because of that. Read from thousands of letters, so kept
//! until other letters stand in inboxes and Sent, or the person has other addresses.

use std::sync::Arc;

use tokio::sync::Mutex;
use waxwing_model::Identity;
use waxwing_sanitize::Domain;
use waxwing_store::{Correspondent, PeopleStamp, Reading, StoreError};

use super::links::known_domains;
use crate::engine::{Engine, blocking};
use crate::error::Result;

pub(crate) struct Acquaintances {
    /// Those whom the person writes with, and the person under each of their addresses.
    pub(super) people: Vec<Correspondent>,
    pub(super) domains: Vec<Domain>,
}

/// What they were read from.
#[derive(PartialEq, Eq)]
struct Source {
    letters: PeopleStamp,
    own: Vec<Identity>,
    accounts: Vec<String>,
}

impl Source {
    fn read(reading: &Reading<'_>) -> std::result::Result<Self, StoreError> {
        let accounts = reading.accounts()?.into_iter();
        Ok(Self {
            letters: reading.people_stamp()?,
            own: reading.identities()?,
            accounts: accounts.map(|account| account.email).collect(),
        })
    }
}

/// Held while they are read: whoever asks meanwhile waits for the same.
#[derive(Default)]
pub(crate) struct KeptAcquaintances(Mutex<Option<(Source, Arc<Acquaintances>)>>);

impl Engine {
    pub(super) async fn acquaintances(&self) -> Result<Arc<Acquaintances>> {
        let mut kept = self.inner.acquaintances.0.lock().await;
        let source = self.read(Source::read).await?;
        if let Some((known, acquaintances)) = &*kept
            && *known == source
        {
            return Ok(Arc::clone(acquaintances));
        }
        let people = self.read(|reading| reading.correspondents()).await?;
        let own: Vec<String> = source
            .own
            .iter()
            .map(|identity| identity.email.clone())
            .chain(source.accounts.iter().cloned())
            .collect();
        let (domains, mut people) = blocking(move || (known_domains(&own, &people), people)).await?;
        people.extend(source.own.iter().map(|identity| Correspondent {
            address: identity.address(),
            letters: 1,
            written_to: true,
        }));
        let acquaintances = Arc::new(Acquaintances { people, domains });
        *kept = Some((source, Arc::clone(&acquaintances)));
        Ok(acquaintances)
    }
}

#[cfg(test)]
mod tests;
