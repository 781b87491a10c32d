//! What a person has granted, as the store keeps it: sealed by the vault, beside the passwords.

use serde_json::{Value, json};
use waxwing_model::{Authentication, ServerSettings};
use waxwing_remote::oauth::{Client, Grant};
use waxwing_store::{Reading, StoreError, Writing};
use waxwing_vault::Sealed;

use crate::accounts::Door;
use crate::accounts::credentials::{Purpose, context, write_sealing};
use crate::accounts::for_this_run::{Seal, sealed_secret};
use crate::accounts::keeper::unseal;
use crate::engine::{Engine, blocking, locked};
use crate::error::{EngineError, Result};
use crate::oauth::Place;

/// Before the number of an account, the setting under which stands what is no secret of its sign-in.
const KNOWN: &str = "oauth.known ";

/// What a sign-in is begun with once more, also where what was granted cannot be read any more.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
    pub(super) issuer: Option<String>,
    /// The one that the person has typed.
    pub(super) client: Option<Client>,
}

impl Engine {
    /// What the person has granted there, if anything.
    pub(crate) async fn grant(&self, place: Place) -> Result<Option<Grant>> {
        let Some(sealed) = self.sealed(place).await? else {
            return Ok(None);
        };
        match self.unkept(place) {
            Some(newer) => Ok(Some(newer)),
            None => Ok(Some(self.opened(place, sealed).await?)),
        }
    }

    /// The same for a person who signs in once more: what cannot be read is as good as nothing.
    async fn readable_grant(&self, place: Place) -> Result<Option<Grant>> {
        match self.grant(place).await {
            Err(error) if is_unreadable(&error) => Ok(None),
            grant => grant,
        }
    }

    /// The same with the bytes that the store has, by which it is known whether they are still those. Whoever asks keeps others
    /// from making tokens fresh meanwhile: what could not be kept is newer, and its place is looked for again.
    pub(super) async fn sealed_grant(&self, place: Place) -> Result<Option<(Grant, Vec<u8>)>> {
        let Some(mut sealed) = self.sealed(place).await? else {
            return Ok(None);
        };
        if let Some(newer) = self.unkept(place) {
            if let Err(error) = self.replace_grant(place, &newer, sealed.clone()).await {
                tracing::warn!(%error, "a fresh sign-in can still not be kept; it stays in memory");
                return Ok(Some((newer, sealed)));
            }
            tracing::info!(account = %place.0, "a fresh sign-in is kept at last");
            let Some(now) = self.sealed(place).await? else {
                return Ok(None);
            };
            sealed = now;
        }
        let grant = self.opened(place, sealed.clone()).await?;
        Ok(Some((grant, sealed)))
    }

    /// Whoever calls it keeps others from making tokens fresh.
    pub(crate) async fn keep_unkept(&self, place: Place) -> Result<()> {
        match (self.unkept(place), self.sealed(place).await?) {
            (Some(newer), Some(sealed)) => self.replace_grant(place, &newer, sealed).await,
            _ => Ok(()),
        }
    }

    /// All that was granted there and is still here: what counts now, and what is kept beside it while another one is
    /// used in this run. `None` stands for one that cannot be read.
    pub(super) async fn all_granted(&self, place: Place) -> Result<Vec<Option<Grant>>> {
        let inner = self.inner.clone();
        let (counts, kept) = self
            .read(move |reading| {
                let purpose = Purpose::Grant(place.1).to_text();
                let counts = sealed_secret(&inner, reading, place.0, &purpose)?;
                Ok((counts, reading.sealed_secret(place.0, &purpose)?))
            })
            .await?;
        let mut granted = Vec::new();
        let kept = kept.filter(|kept| Some(kept) != counts.as_ref());
        if counts.is_some()
            && let Some(newer) = self.unkept(place)
        {
            granted.push(Some(newer));
        } else if let Some(counts) = counts {
            granted.push(readable(self.opened(place, counts).await)?);
        }
        if let Some(kept) = kept {
            granted.push(readable(self.opened(place, kept).await)?);
        }
        Ok(granted)
    }

    /// What was granted and could not be kept.
    fn unkept(&self, place: Place) -> Option<Grant> {
        locked(&self.inner.oauth.unkept).get(&place).cloned()
    }

    async fn sealed(&self, place: Place) -> Result<Option<Vec<u8>>> {
        let inner = self.inner.clone();
        self.read(move |reading| sealed_secret(&inner, reading, place.0, &Purpose::Grant(place.1).to_text()))
            .await
    }

    async fn opened(&self, place: Place, sealed: Vec<u8>) -> Result<Grant> {
        let inner = self.inner.clone();
        blocking(move || {
            let text = unseal(
                &inner,
                &[context(place.0, Purpose::Grant(place.1))],
                &Sealed(sealed),
            )?;
            Ok(Grant::from_text(&text)?)
        })
        .await?
    }

    /// What the next sign-in is begun with: as what was granted says, or what stands beside it.
    pub(super) async fn known_sign_in(&self, place: Place) -> Result<Known> {
        if let Some(grant) = self.readable_grant(place).await? {
            return Ok(Known {
                client: grant.own_client.then_some(grant.client),
                issuer: grant.issuer,
            });
        }
        let noted = self.setting(&known_of(place)).await?;
        Ok(noted.map(|text| Known::read(&text)).unwrap_or_default())
    }

    /// Whose page it was, where it is known.
    pub(crate) async fn known_issuer(&self, place: Place) -> Result<Option<String>> {
        Ok(self.known_sign_in(place).await?.issuer)
    }

    /// Notes whom a domain names, where nothing was granted: what was granted knows better. `true`: it was not known.
    pub(super) async fn note_issuer(&self, place: Place, issuer: &str) -> Result<bool> {
        let inner = self.inner.clone();
        let issuer = issuer.to_owned();
        self.write(move |writing| {
            let granted = sealed_secret(&inner, writing, place.0, &Purpose::Grant(place.1).to_text())?;
            if granted.is_some() || !is_there(writing, place)? {
                return Ok(false);
            }
            let noted = writing.setting(&known_of(place))?;
            let noted = noted.map(|text| Known::read(&text)).unwrap_or_default();
            let is_news = noted.issuer.as_ref() != Some(&issuer);
            if is_news {
                // A client id of the person's own was for another one.
                writing.put_setting(&known_of(place), &Known::told(Some(&issuer), None))?;
            }
            Ok(is_news)
        })
        .await
    }

    /// Puts a grant in the place of the one that was read, unless somebody else has put another one there: a person who has signed
    /// in again meanwhile is right.
    pub(super) async fn replace_grant(&self, place: Place, grant: &Grant, read: Vec<u8>) -> Result<()> {
        let inner = self.inner.clone();
        let fresh = grant.clone();
        let kept = blocking(move || {
            write_sealing(&inner, |writing, seal| {
                let now = sealed_secret(&inner, writing, place.0, &Purpose::Grant(place.1).to_text())?;
                if now.as_ref() == Some(&read) {
                    seal.renew(writing, place.0, Purpose::Grant(place.1), &fresh.to_text())?;
                    writing.put_setting(&known_of(place), &Known::noted(&fresh))?;
                }
                Ok(())
            })
        })
        .await?;
        let mut unkept = locked(&self.inner.oauth.unkept);
        match &kept {
            Ok(()) => unkept.remove(&place),
            Err(_) => unkept.insert(place, grant.clone()),
        };
        kept
    }

    /// Another grant stands in the store now, or none.
    pub(crate) fn forget_tokens(&self, place: Place) {
        locked(&self.inner.oauth.unkept).remove(&place);
        locked(&self.inner.oauth.on_trial).remove(&place);
    }
}

/// Seals what was granted, and notes beside it what is no secret of it.
pub(crate) fn seal_grant(
    writing: &mut Writing<'_>,
    seal: &mut Seal<'_>,
    place: Place,
    grant: &Grant,
) -> Result<(), StoreError> {
    seal.keep(writing, place.0, Purpose::Grant(place.1), &grant.to_text())?;
    writing.put_setting(&known_of(place), &Known::noted(grant))
}

/// The setting of a place; it goes with the account.
pub(crate) fn known_of(place: Place) -> String {
    match place {
        (account, Door::Incoming) => format!("{KNOWN}{account}"),
        (account, door) => format!("{KNOWN}{account} {}", door.purpose()),
    }
}

impl Known {
    /// A client id that comes with a secret is of no use without it.
    fn noted(grant: &Grant) -> String {
        let own = grant.own_client && grant.client.secret.is_none();
        Self::told(grant.issuer.as_ref(), own.then_some(&grant.client.id))
    }

    fn told(issuer: Option<&String>, client: Option<&String>) -> String {
        json!({ "issuer": issuer, "client": client }).to_string()
    }

    fn read(text: &str) -> Self {
        let noted: Value = serde_json::from_str(text).unwrap_or_default();
        let word = |name: &str| noted.get(name).and_then(Value::as_str);
        Self {
            issuer: word("issuer").map(str::to_owned),
            client: word("client").and_then(|id| Client::new(id, None)),
        }
    }
}

/// Whether there is still the account, or its address, that the place belongs to.
fn is_there(reading: &Reading<'_>, (account, door): Place) -> Result<bool, StoreError> {
    Ok(match door {
        Door::Incoming | Door::Outgoing => reading.account(account)?.is_some(),
        Door::Identity(identity) => reading.identity(identity)?.is_some(),
    })
}

/// Whether what was granted is there and cannot be read: its key is gone or shut away, or its text is none.
pub(crate) fn is_unreadable(error: &EngineError) -> bool {
    matches!(error, EngineError::Vault(_) | EngineError::Remote(_))
}

fn readable(opened: Result<Grant>) -> Result<Option<Grant>> {
    match opened {
        Ok(grant) => Ok(Some(grant)),
        Err(error) if is_unreadable(&error) => Ok(None),
        Err(error) => Err(error),
    }
}

/// A server that was told to take passwords in one way takes tokens in the best.
pub(crate) fn for_tokens(server: &mut ServerSettings) {
    if !server.authentication.takes_token() {
        server.authentication = Authentication::Auto;
    }
}

#[cfg(test)]
pub(super) mod tests;
