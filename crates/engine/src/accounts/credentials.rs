//! Passwords of accounts: sealed by the vault, kept by the store, opened only for a sign-in. Where the person signed in in the
//! browser, a token is shown in their place (`oauth`).

use std::borrow::Cow;

use secrecy::{ExposeSecret, SecretString};
use waxwing_model::{Account, AccountId, IdentityId, ServerSettings};
use waxwing_remote::oauth::Grant;
use waxwing_remote::{Credentials, Secret, Trust};
use waxwing_store::{StoreError, Writing};
use waxwing_vault::Sealed;

use super::for_this_run::{Seal, sealed_secret};
use super::keeper::unseal;
use crate::engine::{Engine, Inner, blocking};
use crate::error::{EngineError, Result};
use crate::oauth::Place;

/// Which of an account's servers a password is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Door {
    Incoming,
    Outgoing,
    /// The server of an identity, where it has one of its own.
    Identity(IdentityId),
}

impl Door {
    pub(crate) fn purpose(self) -> Cow<'static, str> {
        match self {
            Self::Incoming => "incoming".into(),
            Self::Outgoing => "outgoing".into(),
            Self::Identity(identity) => format!("identity {identity}").into(),
        }
    }
}

/// What a sealed secret is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    Password(Door),
    /// What the person granted at a provider's page: tokens, for this server, and, where it is the one that is read from, for the one
    /// that sends where that has nothing of its own.
    Grant(Door),
}

impl Purpose {
    pub(crate) fn to_text(self) -> Cow<'static, str> {
        match self {
            Self::Password(door) => door.purpose(),
            Self::Grant(Door::Incoming) => "oauth".into(),
            Self::Grant(door) => format!("oauth {}", door.purpose()).into(),
        }
    }
}

impl From<Door> for Purpose {
    fn from(door: Door) -> Self {
        Self::Password(door)
    }
}

impl Engine {
    /// What signs in to one of the account's servers. For an account that is switched off nothing does.
    pub(crate) async fn credentials(
        &self,
        account: AccountId,
        server: &ServerSettings,
        door: Door,
    ) -> Result<Credentials> {
        self.account(account).await?.must_be_on()?;
        self.known_credentials(account, server, door).await
    }

    /// The same for one that is only tried.
    pub(super) async fn known_credentials(
        &self,
        account: AccountId,
        server: &ServerSettings,
        door: Door,
    ) -> Result<Credentials> {
        if let Some(place) = self.grant_place(account, door).await? {
            return Ok(Credentials {
                username: server.username.clone(),
                password: Secret::AccessToken(self.access_token(place, server).await?),
            });
        }
        let inner = self.inner.clone();
        let password = blocking(move || {
            let sealed = inner
                .store
                .read(
                    |reading| match sealed_secret(&inner, reading, account, &door.purpose())? {
                        Some(sealed) => Ok(Some(sealed)),
                        // What belongs to the account is nothing for a server that one identity has for itself.
                        None if matches!(door, Door::Identity(_)) => Ok(None),
                        // One password for both servers is kept once.
                        None => sealed_secret(&inner, reading, account, &Door::Incoming.purpose()),
                    },
                )?
                .ok_or(EngineError::Gone("the account's password"))?;
            unseal(
                &inner,
                &[context(account, door), context(account, Door::Incoming)],
                &Sealed(sealed),
            )
        })
        .await??;
        Ok(credentials(server, password))
    }

    /// Where what opens this door stands, if it was granted in the browser. A password that is kept for it comes first; the server
    /// that sends is opened by what opens the other one, unless it has something of its own.
    pub(crate) async fn grant_place(&self, account: AccountId, door: Door) -> Result<Option<Place>> {
        let inner = self.inner.clone();
        self.read(move |reading| {
            let is_kept = |purpose: Purpose| {
                Ok::<_, StoreError>(sealed_secret(&inner, reading, account, &purpose.to_text())?.is_some())
            };
            if is_kept(door.into())? {
                return Ok(None);
            }
            if is_kept(Purpose::Grant(door))? {
                return Ok(Some((account, door)));
            }
            // What belongs to the account is nothing for a server that one identity has for itself.
            let follows = door == Door::Outgoing && is_kept(Purpose::Grant(Door::Incoming))?;
            Ok(follows.then_some((account, Door::Incoming)))
        })
        .await
    }
}

/// What is refused of an account that is switched off.
pub(crate) trait MustBeOn {
    fn must_be_on(&self) -> Result<()>;
}

impl MustBeOn for Account {
    fn must_be_on(&self) -> Result<()> {
        match self.disabled {
            false => Ok(()),
            true => Err(EngineError::Invalid(format!(
                "{} is switched off in the settings, so that its servers are not asked",
                self.called()
            ))),
        }
    }
}

/// The secret as this server's sign-in takes it. Where the settings ask for an access token, what the person gave in the
/// place of a password is one.
pub(super) fn credentials(server: &ServerSettings, secret: SecretString) -> Credentials {
    Credentials {
        username: server.username.clone(),
        password: if server.authentication.takes_token() {
            Secret::AccessToken(secret)
        } else {
            Secret::Password(secret)
        },
    }
}

/// What was granted in the browser, as this server's sign-in takes it.
pub(crate) fn with_token(server: &ServerSettings, grant: &Grant) -> Credentials {
    Credentials {
        username: server.username.clone(),
        password: Secret::AccessToken(again(grant.access())),
    }
}

/// One transaction in which passwords are sealed and kept. Their context names rows that it makes, so they come after these;
/// a vault that will not seal takes the whole transaction back.
pub(crate) fn write_sealing<T>(
    inner: &Inner,
    work: impl FnOnce(&mut Writing<'_>, &mut Seal<'_>) -> Result<T, StoreError>,
) -> Result<T> {
    let mut seal = Seal::new(inner);
    let kept = inner.store.write(|writing| work(writing, &mut seal));
    if let Some(error) = seal.refused.take() {
        return Err(EngineError::from(error));
    }
    let kept = kept?;
    seal.done();
    Ok(kept)
}

/// What a sealed secret is bound to, so that one account's cannot be put in another's place.
pub(crate) fn context(account: AccountId, purpose: impl Into<Purpose>) -> String {
    context_of(account, &purpose.into().to_text())
}

pub(super) fn context_of(account: AccountId, purpose: &str) -> String {
    format!("account {account} {purpose}")
}

impl Engine {
    /// Whom the account's connections trust.
    pub(crate) async fn trust(&self, account: &Account) -> Result<Trust> {
        self.trust_of(account, &[]).await
    }

    /// Whom connections trust here, with an authority of one's own beside those of the computer.
    pub(crate) fn trust_with(&self, extra_ca: Option<&str>) -> Result<Trust> {
        let trust = match extra_ca {
            Some(pem) => Trust::with_extra_ca(pem)?,
            None => Trust::system(),
        };
        Ok(trust.within(&self.surroundings()))
    }
}

/// The same secret once more; `SecretString` does not copy itself by accident.
pub(crate) fn again(secret: &SecretString) -> SecretString {
    SecretString::from(secret.expose_secret().to_owned())
}
