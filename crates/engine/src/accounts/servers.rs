//! Other servers for an account that is there: its host has moved, or was typed wrongly. They are tried before they are
//! kept, and have to have the same mail (`same_mail`; a maildrop's names tell by themselves). The letters that are here stay,
//! and the journal goes to wherever the account is.

use secrecy::SecretString;
use waxwing_model::{
    Account, AccountId, Authentication, CertificateException, Protocol, ServerSettings, TroubleKind,
};
use waxwing_remote::Credentials;
use waxwing_remote::imap::Session;
use waxwing_store::StoreError;

use super::certificates::drop_idle_exceptions;
use super::check::{tidy, validate_server};
use super::credentials::{Door, Purpose, again, credentials, write_sealing};
use super::for_this_run::sealed_secret;
use super::trial::{Tried, sign_in, try_outgoing, used};
use crate::engine::{Engine, blocking};
use crate::error::{EngineError, Result};

/// What the sheet has gathered.
#[derive(Clone)]
pub struct ServersForm {
    pub incoming: ServerSettings,
    pub outgoing: ServerSettings,
    /// `None` keeps the one that is known.
    pub password: Option<SecretString>,
    /// Likewise; where none is known, the one for incoming mail.
    pub outgoing_password: Option<SecretString>,
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
    pub fn is_ok(&self) -> bool {
        self.incoming.is_ok() && self.outgoing.is_ok()
    }
}

impl Engine {
    /// Tries other servers for the account and changes nothing.
    pub async fn try_servers(&self, account: AccountId, form: ServersForm) -> Result<Trial> {
        let known = self.account(account).await?;
        let form = form.checked(&known)?;
        let (trial, session) = self.try_form(&known, &form).await?;
        leave(session).await;
        Ok(trial)
    }

    /// Tries them, and if both are well the account lives there from now on.
    pub async fn change_servers(&self, account: AccountId, form: ServersForm) -> Result<Trial> {
        let known = self.account(account).await?;
        let form = form.checked(&known)?;
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

    /// With the session of the sign-in, where the protocol has more to be asked.
    async fn try_form(&self, account: &Account, form: &ServersForm) -> Result<(Trial, Option<Session>)> {
        let incoming = self
            .password_for(account, &form.incoming, Door::Incoming, form.password.as_ref())
            .await?;
        let outgoing = match form.outgoing.authentication {
            Authentication::None => None,
            _ => Some(self.outgoing_password(account, form).await?),
        };
        let trust = self.trust_of(account, &form.accepted).await?;
        let ((incoming, session), outgoing) = tokio::join!(
            sign_in(account.protocol, &form.incoming, &incoming, trust.clone()),
            try_outgoing(&form.outgoing, outgoing.as_ref(), trust.clone(), &account.email)
        );
        Ok((Trial { incoming, outgoing }, session))
    }

    /// A password that was typed for incoming mail is for sending too, unless sending has one of its own.
    async fn outgoing_password(&self, account: &Account, form: &ServersForm) -> Result<Credentials> {
        let id = account.id;
        let inner = self.inner.clone();
        let own = self
            .read(move |reading| sealed_secret(&inner, reading, id, &Door::Outgoing.purpose()))
            .await?
            .is_some();
        let typed = match (&form.outgoing_password, &form.password) {
            (Some(password), _) => Some(password),
            (None, Some(password)) if !own => Some(password),
            (None, _) => None,
        };
        self.password_for(account, &form.outgoing, Door::Outgoing, typed)
            .await
    }

    async fn password_for(
        &self,
        account: &Account,
        server: &ServerSettings,
        door: Door,
        typed: Option<&SecretString>,
    ) -> Result<Credentials> {
        match typed {
            Some(password) => Ok(credentials(server, again(password))),
            None => self.known_credentials(account.id, server, door).await,
        }
    }

    async fn keep_servers(&self, known: Account, form: ServersForm, trial: &Trial) -> Result<()> {
        let used: Vec<CertificateException> = [&trial.incoming, &trial.outgoing]
            .into_iter()
            .filter_map(|tried| used(&tried.server, tried.encryption.as_ref(), &form.accepted))
            .collect();
        let _nobody_else = self.without_renewal(known.id).await;
        let inner = self.inner.clone();
        let (account, forgotten) = (known.id, form.password.is_some());
        let before = self.granted_before(account).await;
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
                if forgotten {
                    // A password takes the place of what was granted in the browser.
                    seal.forget(writing, account.id, Purpose::Grant)?;
                }
                let typed = [
                    (Door::Incoming, &form.password),
                    (Door::Outgoing, &form.outgoing_password),
                ];
                for (door, password) in typed {
                    if let Some(password) = password {
                        seal.keep(writing, account.id, door.into(), password)?;
                    }
                }
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
        if forgotten && kept.is_ok() {
            self.forget_tokens(account);
            self.take_back_what_lost(before).await;
        }
        kept
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
