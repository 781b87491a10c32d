//! Other servers for an account that is there: its host has moved, or was typed wrongly. They are tried before they are
//! kept, and have to have the same mail (`same_mail`; a maildrop's names tell by themselves). The letters that are here stay,
//! and the journal goes to wherever the account is.

use std::sync::Arc;

use secrecy::SecretString;
use waxwing_model::{
    Account, AccountId, Authentication, CertificateException, Protocol, ServerSettings, TroubleKind,
};
use waxwing_remote::imap::Session;
use waxwing_remote::oauth::Grant;
use waxwing_store::{StoreError, Writing};

use super::certificates::drop_idle_exceptions;
use super::check::{tidy, validate_server};
use super::credentials::{Door, Purpose, again, write_sealing};
use super::for_this_run::Seal;
use super::shown::Shown;
use super::trial::{Tried, sign_in, try_outgoing, used};
use crate::engine::{Engine, blocking};
use crate::error::{EngineError, Result};
use crate::oauth::{SignInId, for_tokens, is_unreadable, seal_grant};

/// What the sheet has gathered.
#[derive(Clone)]
pub struct ServersForm {
    pub incoming: ServerSettings,
    pub outgoing: ServerSettings,
    /// `None` keeps what is known.
    pub password: Option<SecretString>,
    /// The person has signed in in the browser, in the place of a password.
    pub signed_in: Option<SignInId>,
    /// Likewise; where nothing is known, what opens the server for incoming mail.
    pub outgoing_password: Option<SecretString>,
    /// Likewise, for the server that sends alone.
    pub outgoing_signed_in: Option<SignInId>,
    /// Certificates that the person has accepted in the sheet. Only those that a server shows are kept.
    pub accepted: Vec<CertificateException>,
    /// The person has read what an unencrypted connection means and wants it all the same.
    pub allow_plain: bool,
}

/// What came of trying both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trial {
    pub incoming: Tried,
    pub outgoing: Tried,
}

impl Trial {
    /// Whether both are well.
    pub fn is_ok(&self) -> bool {
        self.incoming.is_ok() && self.outgoing.is_ok()
    }
}

impl Engine {
    /// Tries other servers for the account and changes nothing.
    pub async fn try_servers(&self, account: AccountId, form: ServersForm) -> Result<Trial> {
        let known = self.account(account).await?;
        let form = self.checked_form(&known, form).await?;
        let (trial, session) = self.try_form(&known, &form).await?;
        leave(session).await;
        Ok(trial)
    }

    /// Tries them, and if both are well the account lives there from now on.
    pub async fn change_servers(&self, account: AccountId, form: ServersForm) -> Result<Trial> {
        let known = self.account(account).await?;
        let form = self.checked_form(&known, form).await?;
        let (trial, session) = self.try_form(&known, &form).await?;
        if !trial.is_ok() {
            leave(session).await;
            return Ok(trial);
        }
        if let Err(unsettled) = self.require_settled(&known) {
            leave(session).await;
            return Err(unsettled);
        }
        if let Some(session) = session {
            self.require_the_same_mail(&known, &form.incoming.host, session)
                .await?;
        }
        self.keep_servers(known, form, &trial).await?;
        self.go_on(account).await;
        Ok(trial)
    }

    /// The form as it can be tried.
    async fn checked_form(&self, account: &Account, form: ServersForm) -> Result<ServersForm> {
        let mut form = form.checked(account)?;
        let keys = self.keys_of(account, &form).await?;
        keys.settle_methods(&mut form);
        Ok(form)
    }

    /// With the session of the sign-in, where the protocol has more to be asked.
    async fn try_form(&self, account: &Account, form: &ServersForm) -> Result<(Trial, Option<Session>)> {
        let keys = self.keys_of(account, form).await?;
        let incoming = self
            .shown_with(account, &form.incoming, Door::Incoming, keys.incoming)
            .await?;
        let outgoing = match form.outgoing.authentication {
            Authentication::None => None,
            _ => Some(
                self.shown_with(account, &form.outgoing, Door::Outgoing, keys.outgoing)
                    .await?,
            ),
        };
        let trust = self.trust_of(account, &form.accepted).await?;
        let ((incoming, session), outgoing) = tokio::join!(
            sign_in(account.protocol, &form.incoming, &incoming, trust.clone()),
            try_outgoing(&form.outgoing, outgoing.as_ref(), trust.clone(), &account.email)
        );
        Ok((Trial { incoming, outgoing }, session))
    }

    /// What is new for incoming mail is for sending too, unless sending has something of its own, or goes on by a sign-in whose provider
    /// knows nothing of the new server for incoming mail. A sign-in in the browser is for the servers of its provider alone.
    async fn keys_of(&self, account: &Account, form: &ServersForm) -> Result<Keys> {
        let incoming = self.grant_covering(form.signed_in, &[&form.incoming.host])?;
        let outgoing = self.grant_covering(form.outgoing_signed_in, &[&form.outgoing.host])?;
        let own = self.sends_by_itself(account.id).await?;
        let follows = !own
            && incoming
                .as_ref()
                .is_some_and(|grant| grant.covers(&form.outgoing.host));
        let key = |password: &Option<SecretString>, grant: &Option<Arc<Grant>>| match (password, grant) {
            (Some(password), _) => Some(Shown::Password(again(password))),
            (None, Some(grant)) => Some(Shown::Grant(Arc::clone(grant))),
            (None, None) => None,
        };
        Ok(Keys {
            outgoing: match key(&form.outgoing_password, &outgoing) {
                Some(own) => Some(own),
                None if !own && form.password.is_some() => match self.sending_goes_on(account, form).await? {
                    true => None,
                    false => key(&form.password, &None),
                },
                None if follows => key(&None, &incoming),
                None => None,
            },
            incoming: key(&form.password, &incoming),
        })
    }

    /// Whether what was granted for both servers is for the one that sends still, and for the new one for incoming mail no more: a
    /// password for this one is another's.
    async fn sending_goes_on(&self, account: &Account, form: &ServersForm) -> Result<bool> {
        let Some(place) = self.grant_place(account.id, Door::Outgoing).await? else {
            return Ok(false);
        };
        match self.grant(place).await {
            Ok(grant) => Ok(grant.is_some_and(|grant| {
                grant.covers(&form.outgoing.host) && !grant.covers(&form.incoming.host)
            })),
            // Nobody can say whom it is for; who reads where they always did types it for both.
            Err(error) if is_unreadable(&error) => Ok(account
                .incoming
                .as_ref()
                .is_none_or(|before| before.host != form.incoming.host)),
            Err(error) => Err(error),
        }
    }

    async fn shown_with(
        &self,
        account: &Account,
        server: &ServerSettings,
        door: Door,
        new: Option<Shown>,
    ) -> Result<Shown> {
        match new {
            Some(shown) => Ok(shown),
            None => Ok(Shown::Kept(
                self.known_credentials(account.id, server, door).await?,
            )),
        }
    }

    async fn keep_servers(&self, known: Account, form: ServersForm, trial: &Trial) -> Result<()> {
        let used: Vec<CertificateException> = [&trial.incoming, &trial.outgoing]
            .into_iter()
            .filter_map(|tried| used(&tried.server, tried.encryption.as_ref(), &form.accepted))
            .collect();
        let account = known.id;
        let _nobody_else = self.without_renewal(account).await;
        let keys = self.keys_of(&known, &form).await?;
        let replaced: Vec<Door> = [(Door::Incoming, &keys.incoming), (Door::Outgoing, &keys.outgoing)]
            .into_iter()
            .filter_map(|(door, new)| new.is_some().then_some(door))
            .collect();
        let left_to_sending = match (&keys.incoming, &keys.outgoing) {
            (Some(_), None) => self.shared_with_sending(account, Some(&form.outgoing)).await?,
            _ => None,
        };
        let before = self.granted_before(account).await;
        let inner = self.inner.clone();
        let kept = blocking(move || {
            let mut changed_meanwhile = false;
            let kept = write_sealing(&inner, |writing, seal| {
                // As it is now: the trial may have taken a while.
                let now = writing.account(known.id)?.filter(|now| {
                    (now.protocol, &now.incoming, &now.outgoing)
                        == (known.protocol, &known.incoming, &known.outgoing)
                });
                let Some(mut account) = now else {
                    changed_meanwhile = true;
                    return Err(StoreError::TooLate);
                };
                account.incoming = Some(form.incoming.clone());
                account.outgoing = Some(form.outgoing.clone());
                writing.update_account(&account)?;
                for exception in &used {
                    writing.put_certificate_exception(account.id, exception)?;
                }
                drop_idle_exceptions(writing, account.id)?;
                if let Some(shared) = &left_to_sending {
                    shared.keep(writing, seal, account.id)?;
                }
                keys.keep(&form, writing, seal, account.id)?;
                writing.revive_submissions(account.id, &OF_THE_SERVER)?;
                writing.hasten_submissions(account.id, &[])
            });
            match changed_meanwhile {
                true => Err(EngineError::Invalid(format!(
                    "{} was changed meanwhile; look at its servers again",
                    known.email
                ))),
                false => kept,
            }
        })
        .await?;
        if kept.is_ok() {
            for door in replaced {
                self.forget_tokens((account, door));
            }
            self.take_back_what_lost(before).await;
        }
        kept
    }
}

/// What is new for each server. What there is for sending may be what there is for incoming mail.
struct Keys {
    incoming: Option<Shown>,
    outgoing: Option<Shown>,
}

impl Keys {
    /// A server that is shown a sign-in was perhaps told to take a password in one way. Where one sign-in is for both, one that asks
    /// nobody who they are goes on so.
    fn settle_methods(&self, form: &mut ServersForm) {
        let by_token = |new: &Option<Shown>| matches!(new, Some(Shown::Grant(_)));
        if by_token(&self.incoming) {
            for_tokens(&mut form.incoming);
        }
        let asked = form.outgoing.authentication != Authentication::None;
        if by_token(&self.outgoing) && (asked || form.outgoing_signed_in.is_some()) {
            for_tokens(&mut form.outgoing);
        }
    }

    /// Whichever is new, password or sign-in, replaces the other. What is for both is kept once.
    fn keep(
        &self,
        form: &ServersForm,
        writing: &mut Writing<'_>,
        seal: &mut Seal<'_>,
        account: AccountId,
    ) -> Result<(), StoreError> {
        let own = form.outgoing_password.is_some() || form.outgoing_signed_in.is_some();
        let outgoing = self.outgoing.as_ref().filter(|_| own);
        for (door, new) in [
            (Door::Incoming, self.incoming.as_ref()),
            (Door::Outgoing, outgoing),
        ] {
            match new {
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
        }
        Ok(())
    }
}

async fn leave(session: Option<Session>) {
    if let Some(session) = session {
        session.logout().await;
    }
}

/// What kept letters in the outbox as long as the account lived elsewhere.
const OF_THE_SERVER: [TroubleKind; 7] = [
    TroubleKind::WrongPassword,
    TroubleKind::SignInEnded,
    TroubleKind::MethodRefused,
    TroubleKind::BadCertificate,
    TroubleKind::ChangedCertificate,
    TroubleKind::WrongPort,
    TroubleKind::Unreachable,
];

impl ServersForm {
    fn checked(mut self, account: &Account) -> Result<Self> {
        if account.protocol == Protocol::Local {
            return Err(EngineError::Invalid(format!("{} has no server", account.email)));
        }
        self.incoming = tidy(&self.incoming, &account.email);
        self.outgoing = tidy(&self.outgoing, &account.email);
        validate_server(&self.incoming, "receives", self.allow_plain)?;
        validate_server(&self.outgoing, "sends", self.allow_plain)?;
        Ok(self)
    }
}

#[cfg(test)]
mod tests;
