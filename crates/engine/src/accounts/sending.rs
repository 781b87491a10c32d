//! What opens the server that sends: something of its own, or what opens the server that is read from. Where the latter is replaced
//! by something that is not for both, what opened the server that sends stays, and is its own from then on.

use secrecy::SecretString;
use waxwing_model::{AccountId, Authentication, ServerSettings};
use waxwing_remote::oauth::Grant;
use waxwing_store::{StoreError, Writing};
use waxwing_vault::Sealed;

use super::credentials::{Door, Purpose, context};
use super::for_this_run::{Seal, sealed_secret};
use super::keeper::unseal;
use crate::engine::{Engine, Inner, blocking};
use crate::error::Result;
use crate::oauth::{is_unreadable, seal_grant};

/// What is kept for incoming mail and opens the server that sends as well.
pub(crate) enum Shared {
    Password(SecretString),
    Grant(Box<Grant>),
}

impl Engine {
    /// Whether something is kept for the server that sends alone.
    pub(crate) async fn sends_by_itself(&self, account: AccountId) -> Result<bool> {
        let inner = self.inner.clone();
        self.read(move |reading| {
            for purpose in [Door::Outgoing.into(), Purpose::Grant(Door::Outgoing)] {
                if sealed_secret(&inner, reading, account, &purpose.to_text())?.is_some() {
                    return Ok(true);
                }
            }
            Ok(false)
        })
        .await
    }

    /// What the server that sends would lose with what is kept for incoming mail; one that asks nobody who they are loses nothing. What
    /// cannot be read is lost already, or stays beside what is typed for this run. Whoever asks keeps others from making tokens fresh.
    pub(crate) async fn shared_with_sending(
        &self,
        account: AccountId,
        outgoing: Option<&ServerSettings>,
    ) -> Result<Option<Shared>> {
        if !outgoing.is_some_and(signs_in) || self.sends_by_itself(account).await? {
            return Ok(None);
        }
        let shared = self.kept_for_incoming(account).await;
        match shared {
            Err(error) if is_unreadable(&error) => Ok(None),
            shared => shared,
        }
    }

    async fn kept_for_incoming(&self, account: AccountId) -> Result<Option<Shared>> {
        let inner = self.inner.clone();
        let password = blocking(move || {
            let purpose = Purpose::from(Door::Incoming);
            let sealed = inner
                .store
                .read(|reading| sealed_secret(&inner, reading, account, &purpose.to_text()))?;
            sealed
                .map(|sealed| unseal(&inner, &[context(account, purpose)], &Sealed(sealed)))
                .transpose()
        })
        .await??;
        if let Some(password) = password {
            return Ok(Some(Shared::Password(password)));
        }
        let grant = self.grant((account, Door::Incoming)).await?;
        Ok(grant.map(|grant| Shared::Grant(Box::new(grant))))
    }
}

impl Engine {
    /// What is kept and opens both servers, where in this run a sign-in was put beside it that is not for the one that sends. Read
    /// before that counts in its place.
    pub(super) async fn shared_beside_typed(&self, account: AccountId) -> Result<Option<Shared>> {
        let known = self.account(account).await?;
        let Some(outgoing) = known.outgoing.filter(signs_in) else {
            return Ok(None);
        };
        let purpose = Purpose::Grant(Door::Incoming).to_text();
        if !self.inner.for_this_run.has(account, &purpose) || self.sends_by_itself(account).await? {
            return Ok(None);
        }
        let typed = self.grant((account, Door::Incoming)).await?;
        if typed.is_none_or(|typed| typed.covers(&outgoing.host)) {
            return Ok(None);
        }
        let inner = self.inner.clone();
        match blocking(move || written_for_incoming(&inner, account)).await? {
            Err(error) if is_unreadable(&error) => Ok(None),
            shared => shared,
        }
    }
}

/// What the store has for incoming mail, whatever was typed for this run.
fn written_for_incoming(inner: &Inner, account: AccountId) -> Result<Option<Shared>> {
    for purpose in [Door::Incoming.into(), Purpose::Grant(Door::Incoming)] {
        let sealed = inner
            .store
            .read(|reading| reading.sealed_secret(account, &purpose.to_text()))?;
        let Some(sealed) = sealed else {
            continue;
        };
        let secret = unseal(inner, &[context(account, purpose)], &Sealed(sealed))?;
        return Ok(Some(match purpose {
            Purpose::Password(_) => Shared::Password(secret),
            Purpose::Grant(_) => Shared::Grant(Box::new(Grant::from_text(&secret)?)),
        }));
    }
    Ok(None)
}

fn signs_in(server: &ServerSettings) -> bool {
    server.authentication != Authentication::None
}

impl Shared {
    /// Keeps it for the server that sends alone.
    pub(crate) fn keep(
        &self,
        writing: &mut Writing<'_>,
        seal: &mut Seal<'_>,
        account: AccountId,
    ) -> Result<(), StoreError> {
        match self {
            Self::Password(password) => seal.keep(writing, account, Door::Outgoing.into(), password),
            Self::Grant(grant) => seal_grant(writing, seal, (account, Door::Outgoing), grant),
        }
    }
}
