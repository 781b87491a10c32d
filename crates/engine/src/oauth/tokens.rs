//! Tokens for an account's connections. One of them makes a token fresh, ahead of its end, and all others wait for it; what comes
//! is on the disk before anybody uses it, since the provider may have forgotten the old one. A token that a server refuses is
//! made fresh once. What the provider says is over is written down, so that nobody asks again until the person has signed in.

use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};
use tokio::sync::OwnedMutexGuard;
use waxwing_model::{AccountId, ServerSettings};
use waxwing_remote::oauth::{Grant, SignInError};
use waxwing_remote::{Credentials, RemoteError, Secret};

use crate::accounts::credentials::{Door, again};
use crate::engine::{Engine, locked};
use crate::error::{EngineError, Result};
use crate::oauth::Place;

impl Engine {
    /// Connects with what is known, and where a server refuses a token, once more with a fresh one.
    pub(crate) async fn signed_in<S, F>(
        &self,
        account: AccountId,
        server: &ServerSettings,
        door: Door,
        connect: impl Fn(Credentials) -> F,
    ) -> Result<S>
    where
        F: Future<Output = Result<S, RemoteError>>,
    {
        let credentials = self.credentials(account, server, door).await?;
        let shown = match &credentials.password {
            Secret::AccessToken(token) => again(token),
            Secret::Password(_) => return Ok(connect(credentials).await?),
        };
        // One that a person has typed in the place of a password is judged for good.
        let Some(place) = self.grant_place(account, door).await? else {
            return Ok(connect(credentials).await?);
        };
        let error = match connect(credentials.clone()).await {
            Err(error) if judges_the_secret(&error) => error,
            outcome => return self.taken(place, &shown, outcome),
        };
        let Some(fresh) = self.fresher_token(place, &shown, &error).await? else {
            return Err(error.into());
        };
        let once_more = Credentials {
            username: credentials.username,
            password: Secret::AccessToken(again(&fresh)),
        };
        match connect(once_more).await {
            Err(error) if judges_the_secret(&error) => Err(refused(&error)),
            outcome => self.taken(place, &fresh, outcome),
        }
    }

    /// A server has taken this token, or something else stood in the way.
    fn taken<S>(&self, place: Place, shown: &SecretString, outcome: Result<S, RemoteError>) -> Result<S> {
        if outcome.is_ok() {
            let mut on_trial = locked(&self.inner.oauth.on_trial);
            if on_trial.get(&place).is_some_and(|token| same(token, shown)) {
                on_trial.remove(&place);
            }
        }
        Ok(outcome?)
    }

    /// A token for one of the account's servers. Made fresh where its time is nearly over.
    pub(crate) async fn access_token(&self, place: Place, server: &ServerSettings) -> Result<SecretString> {
        let held = self.hold_tokens(place).await;
        let (grant, read) = self.granted(place).await?;
        if !grant.covers(&server.host) {
            return Err(not_for(&grant, &server.host));
        }
        if !grant.is_due() || !grant.can_be_renewed() && !grant.is_over() {
            return Ok(again(grant.access()));
        }
        let usable = !grant.is_over();
        let old = again(grant.access());
        match self.renew(place, grant, read, held, Why::Due).await {
            // There is a little time left, and perhaps a network before it is over.
            Err(error) if usable && error.is_transient() => Ok(old),
            outcome => outcome,
        }
    }

    /// Another token than the one that was refused. `None`: there is nothing that a token could come from.
    async fn fresher_token(
        &self,
        place: Place,
        shown: &SecretString,
        error: &RemoteError,
    ) -> Result<Option<SecretString>> {
        let held = self.hold_tokens(place).await;
        let Some((grant, read)) = self.sealed_grant(place).await? else {
            return Ok(None);
        };
        if !same(grant.access(), shown) {
            // Another connection was quicker.
            return Ok(Some(again(grant.access())));
        }
        // It came because another was refused: the server does not want this person, whatever is shown to it.
        let on_trial = locked(&self.inner.oauth.on_trial)
            .get(&place)
            .is_some_and(|token| same(token, shown));
        if on_trial {
            return Err(refused(error));
        }
        let fresh = self.renew(place, grant, read, held, Why::Refused).await?;
        Ok(Some(fresh))
    }

    pub(super) async fn hold_tokens(&self, place: Place) -> OwnedMutexGuard<()> {
        let lock = Arc::clone(locked(&self.inner.oauth.renewing).entry(place).or_default());
        lock.lock_owned().await
    }

    /// Waits until nobody makes a token of the account fresh, and keeps others from it.
    pub(crate) async fn without_renewal(&self, account: AccountId) -> Vec<OwnedMutexGuard<()>> {
        let mut held = Vec::new();
        for door in self.granted_doors(account).await {
            held.push(self.hold_tokens((account, door)).await);
        }
        held
    }

    async fn granted(&self, place: Place) -> Result<(Grant, Vec<u8>)> {
        let found = self.sealed_grant(place).await?;
        let (grant, read) = found.ok_or(EngineError::Gone("the account's sign-in"))?;
        match &grant.ended {
            Some(reason) => Err(over(reason)),
            None => Ok((grant, read)),
        }
    }

    /// Whoever waits for it may go away; what has come is kept all the same.
    async fn renew(
        &self,
        place: Place,
        grant: Grant,
        read: Vec<u8>,
        held: OwnedMutexGuard<()>,
        why: Why,
    ) -> Result<SecretString> {
        let engine = self.clone();
        let task = self.begin(async move {
            let outcome = engine.ask_and_keep(place, grant, read).await;
            if let (Why::Refused, Ok(fresh)) = (why, &outcome) {
                locked(&engine.inner.oauth.on_trial).insert(place, again(fresh));
            }
            // Whoever waits for the lock may be closing the store.
            drop(engine);
            drop(held);
            outcome
        });
        task.await.map_err(|_| EngineError::Closing)?
    }

    async fn ask_and_keep(&self, place: Place, grant: Grant, read: Vec<u8>) -> Result<SecretString> {
        let error = match grant.renewed(&self.surroundings()).await {
            Ok(fresh) => {
                if let Err(error) = self.replace_grant(place, &fresh, read).await {
                    tracing::error!(%error, "a fresh sign-in could not be kept; it stays in memory");
                }
                return Ok(again(fresh.access()));
            }
            Err(error) => error,
        };
        if let RemoteError::SignIn(SignInError::Ended { reason }) = &error {
            tracing::info!(account = %place.0, "the sign-in at the provider counts no longer");
            self.forget_client(grant.issuer.as_deref(), reason).await;
            self.replace_grant(place, &grant.ended(reason), read).await?;
        }
        Err(error.into())
    }
}

/// Why a fresh token is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Why {
    /// The time of the old one is nearly over.
    Due,
    /// A server did not take it.
    Refused,
}

fn same(one: &SecretString, other: &SecretString) -> bool {
    one.expose_secret() == other.expose_secret()
}

/// Whether the server has looked at the secret and does not take it.
fn judges_the_secret(error: &RemoteError) -> bool {
    matches!(
        error,
        RemoteError::TokenRefused { .. } | RemoteError::AuthenticationFailed { .. }
    )
}

/// A server that refuses tokens that are fresh wants the person, as one does whose grant is over.
fn refused(error: &RemoteError) -> EngineError {
    over(&error.to_string())
}

/// A token is shown to the servers that its person has signed in for, and to no other.
pub(crate) fn not_for(grant: &Grant, host: &str) -> EngineError {
    EngineError::Invalid(format!(
        "the sign-in at {} is not for {host}; sign in again",
        grant.provider
    ))
}

fn over(reason: &str) -> EngineError {
    let reason = reason.to_owned();
    RemoteError::from(SignInError::Ended { reason }).into()
}
