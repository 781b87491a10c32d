//! As whom a person writes: identities of their accounts, added, changed and removed.

use secrecy::SecretString;
use waxwing_model::{
    Account, AccountId, Authentication, CertificateException, Identity, IdentityId, NewIdentity,
    ServerSettings,
};
use waxwing_remote::smtp;
use waxwing_store::{StoreError, Writing};

use super::certificates::drop_idle_exceptions;
use super::check::{tidy, validate_server};
use super::credentials::{Door, Purpose, again, write_sealing};
use super::shown::Shown;
use super::trial::{Tried, try_outgoing, used};
use crate::engine::{Engine, blocking};
use crate::error::{EngineError, Result};
use crate::oauth::{SignInId, for_tokens, known_of, seal_grant};

/// What the settings have gathered.
#[derive(Clone, Default)]
pub struct IdentityForm {
    pub email: String,
    pub name: String,
    /// One address or several; empty: answers go to `email`.
    pub reply_to: String,
    /// HTML from the editor. It passes the sanitiser.
    pub signature: String,
    /// `None`: letters go by the account's server.
    pub outgoing: Option<ServerSettings>,
    /// For that server. `None` keeps the one that is known, if the server is the same.
    pub password: Option<SecretString>,
    /// The person has signed in in the browser for it, in the place of a password.
    pub signed_in: Option<SignInId>,
    /// Certificates that the person has accepted in the sheet. Only one that the server shows is kept.
    pub accepted: Vec<CertificateException>,
    /// The person has read what an unencrypted connection means and wants it all the same.
    pub allow_plain: bool,
}

impl Engine {
    /// Of all accounts; each account's usual one first.
    pub async fn identities(&self) -> Result<Vec<Identity>> {
        self.read(|reading| reading.identities()).await
    }

    /// Adds an identity. Its own server, if it has one, is signed in to first.
    pub async fn add_identity(&self, account: AccountId, form: IdentityForm) -> Result<IdentityId> {
        let account = self.account(account).await?;
        let new = form.checked()?;
        let found = self.try_out(&account, None, &new, &form).await?;
        self.keep_identity(account.id, None, new, found).await
    }

    /// Gives an identity other facts. Its own server, if it has one, is signed in to first; refused, all stays as it was.
    pub async fn change_identity(&self, identity: IdentityId, form: IdentityForm) -> Result<()> {
        let before = self.identity(identity).await?;
        let account = self.account(before.account).await?;
        let new = form.checked()?;
        let found = self.try_out(&account, Some(&before), &new, &form).await?;
        self.keep_identity(account.id, Some(identity), new, found).await?;
        Ok(())
    }

    /// Tries the server of an identity that is there or is to be, as far as the question whether letters may be sent from its
    /// address, and keeps nothing.
    pub async fn try_identity(
        &self,
        account: AccountId,
        identity: Option<IdentityId>,
        form: IdentityForm,
    ) -> Result<Tried> {
        let account = self.account(account).await?;
        let before = match identity {
            Some(identity) => Some(self.identity(identity).await?),
            None => None,
        };
        let new = form.checked()?;
        let Some(server) = &new.outgoing else {
            return Err(EngineError::Invalid(format!(
                "{} has no server of its own to try",
                new.email
            )));
        };
        let shown = self.shown_by(&account, before.as_ref(), server, &form).await?;
        let trust = self.trust_of(&account, &form.accepted).await?;
        Ok(try_outgoing(server, shown.as_ref(), trust, &new.email).await)
    }

    /// Drafts that were written as this one go as the account's usual identity.
    pub async fn remove_identity(&self, identity: IdentityId) -> Result<()> {
        let account = self.identity(identity).await?.account;
        let usual = self.read(move |reading| reading.usual_identity(account)).await?;
        if usual.is_some_and(|usual| usual.id == identity) {
            return Err(EngineError::Invalid(
                "the account needs its first identity; it can be changed instead".into(),
            ));
        }
        let waiting = self.read(move |reading| reading.submissions_as(identity)).await?;
        if waiting > 0 {
            return Err(EngineError::Invalid(
                "a letter in the outbox is written as it and has not been sent; send it or take it back first".into(),
            ));
        }
        let _nobody_else = self.without_renewal(account).await;
        let granted = self.granted_before(account).await;
        self.write(move |writing| {
            forget_server(writing, account, identity)?;
            writing.remove_identity(identity)?;
            drop_idle_exceptions(writing, account)
        })
        .await?;
        self.forget_tokens((account, Door::Identity(identity)));
        self.take_back_what_lost(granted).await;
        Ok(())
    }

    pub(crate) async fn identity(&self, identity: IdentityId) -> Result<Identity> {
        self.read(move |reading| reading.identity(identity))
            .await?
            .ok_or(EngineError::Gone("the identity"))
    }

    /// Signs in to an identity's own server, where there is something new to find out. Gives what is to be kept of it.
    async fn try_out(
        &self,
        account: &Account,
        before: Option<&Identity>,
        new: &NewIdentity,
        form: &IdentityForm,
    ) -> Result<FoundOut> {
        let Some(server) = &new.outgoing else {
            return Ok(FoundOut::default());
        };
        let is_known = before.is_some_and(|before| before.outgoing.as_ref() == Some(server));
        let is_new = form.password.is_some() || form.signed_in.is_some();
        if is_known && !is_new && form.accepted.is_empty() {
            // Known to work. A signature can be changed without a network.
            return Ok(FoundOut::default());
        }
        let shown = self.shown_by(account, before, server, form).await?;
        let (trust, seen) = self.trust_of(account, &form.accepted).await?.observed();
        let credentials = shown.as_ref().map(|shown| shown.to(server));
        if let Err(error) = smtp::check(server, credentials.as_ref(), &trust).await {
            return Err(match &shown {
                Some(shown) => shown.told(server, error),
                None => error.into(),
            });
        }
        Ok(FoundOut {
            accepted: used(server, seen.encryption().as_ref(), &form.accepted),
            secret: shown.filter(|_| is_new),
        })
    }

    /// What signs in to an identity's server: what was typed or granted, or what is known of the same server.
    async fn shown_by(
        &self,
        account: &Account,
        before: Option<&Identity>,
        server: &ServerSettings,
        form: &IdentityForm,
    ) -> Result<Option<Shown>> {
        if let Some(password) = &form.password {
            return Ok(Some(Shown::Password(again(password))));
        }
        if let Some(grant) = self.grant_covering(form.signed_in, &[&server.host])? {
            return Ok(Some(Shown::Grant(grant)));
        }
        if server.authentication == Authentication::None {
            return Ok(None);
        }
        match before.filter(|before| before.outgoing.as_ref() == Some(server)) {
            Some(before) => self
                .known_credentials(account.id, server, Door::Identity(before.id))
                .await
                .map(|kept| Some(Shown::Kept(kept))),
            // The password of one server is never tried at another.
            None => Err(EngineError::Invalid(format!(
                "the password for {} is missing",
                server.host
            ))),
        }
    }

    /// Writes the identity, what signs in to its server and what was accepted for that in one transaction.
    async fn keep_identity(
        &self,
        account: AccountId,
        known: Option<IdentityId>,
        new: NewIdentity,
        found: FoundOut,
    ) -> Result<IdentityId> {
        let _nobody_else = self.without_renewal(account).await;
        let granted = self.granted_before(account).await;
        let inner = self.inner.clone();
        // No server of its own, or one that asks for nothing.
        let is_open = new
            .outgoing
            .as_ref()
            .is_none_or(|server| server.authentication == Authentication::None);
        let replaces = found.secret.is_some() || is_open;
        let kept = blocking(move || {
            write_sealing(&inner, |writing, seal| {
                let identity = match known {
                    Some(identity) => {
                        writing.update_identity(identity, &new)?;
                        identity
                    }
                    None => writing.insert_identity(account, &new)?,
                };
                let door = Door::Identity(identity);
                if is_open {
                    forget_server(writing, account, identity)?;
                }
                match &found.secret {
                    Some(Shown::Password(password)) => {
                        seal.forget(writing, account, Purpose::Grant(door))?;
                        seal.keep(writing, account, door.into(), password)?;
                    }
                    Some(Shown::Grant(grant)) => {
                        seal.forget(writing, account, door.into())?;
                        seal_grant(writing, seal, (account, door), grant)?;
                    }
                    Some(Shown::Kept(_)) | None => {}
                }
                if let Some(accepted) = &found.accepted {
                    writing.put_certificate_exception(account, accepted)?;
                }
                drop_idle_exceptions(writing, account)?;
                Ok(identity)
            })
        })
        .await??;
        if replaces {
            self.forget_tokens((account, Door::Identity(kept)));
        }
        self.take_back_what_lost(granted).await;
        Ok(kept)
    }
}

/// What came of trying an identity's server, and is to be kept.
#[derive(Default)]
struct FoundOut {
    /// What was typed or granted, and the server has taken.
    secret: Option<Shown>,
    /// What the person accepted and the server showed.
    accepted: Option<CertificateException>,
}

/// Whatever opened the own server of an identity, where it is needed no more.
fn forget_server(
    writing: &mut Writing<'_>,
    account: AccountId,
    identity: IdentityId,
) -> std::result::Result<(), StoreError> {
    let door = Door::Identity(identity);
    writing.remove_sealed_secret(account, &door.purpose())?;
    writing.remove_sealed_secret(account, &Purpose::Grant(door).to_text())?;
    writing.remove_setting(&known_of((account, door)))
}

impl IdentityForm {
    /// Refuses what cannot be an identity, in words.
    fn checked(&self) -> Result<NewIdentity> {
        let email = self.email.trim();
        is_address(email)?;
        let reply_to = self.reply_to.trim();
        if !reply_to.is_empty() {
            waxwing_mime::parse_addresses(reply_to)?;
        }
        let mut outgoing = self.outgoing.as_ref().map(|server| tidy(server, email));
        if let Some(server) = &outgoing {
            validate_server(server, "sends", self.allow_plain)?;
        }
        if self.signed_in.is_some() {
            outgoing.iter_mut().for_each(for_tokens);
        }
        Ok(NewIdentity {
            email: email.to_owned(),
            name: self.name.trim().to_owned(),
            reply_to: (!reply_to.is_empty()).then(|| reply_to.to_owned()),
            signature: waxwing_sanitize::for_sending(&self.signature),
            outgoing,
        })
    }
}

fn is_address(text: &str) -> Result<()> {
    let found = waxwing_mime::parse_addresses(text);
    let parts = text.rsplit_once('@');
    let is_one = matches!(found.as_deref(), Ok([one]) if one.email == text)
        && parts.is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty());
    match is_one {
        true => Ok(()),
        false => Err(EngineError::Invalid(format!("“{text}” is not an email address"))),
    }
}

#[cfg(test)]
mod tests;
