//! Other servers for an account that is there: its host has moved, or was typed wrongly. They are tried before they are
//! kept, and have to have the same mail (`same_mail`; a maildrop's names tell by themselves). The letters that are here stay,
//! and the journal goes to wherever the account is.

use secrecy::SecretString;
use waxwing_model::{
    Account, AccountId, Authentication, CertificateException, Protocol, ServerSettings, TroubleKind,
};
use waxwing_remote::tls::ascii;
use waxwing_remote::{Credentials, Trust};
use waxwing_store::StoreError;

use super::check::{tidy, validate_server};
use super::credentials::{Door, again, credentials, write_sealing};
use super::trial::{Tried, try_incoming, try_outgoing, used};
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
        self.try_form(&known, &form).await
    }

    /// Tries them, and if both are well the account lives there from now on.
    pub async fn change_servers(&self, account: AccountId, form: ServersForm) -> Result<Trial> {
        let known = self.account(account).await?;
        let form = form.checked(&known)?;
        let trial = self.try_form(&known, &form).await?;
        if trial.is_ok() {
            self.require_settled(&known)?;
            if known.protocol == Protocol::Imap {
                let password = form.password.as_ref();
                let credentials = self
                    .password_for(&known, &form.incoming, Door::Incoming, password)
                    .await?;
                let trust = self.trust_of_form(&known, &form).await?;
                self.require_the_same_mail(&known, &form.incoming, &credentials, &trust)
                    .await?;
            }
            self.keep_servers(known, form, &trial).await?;
            self.go_on(account).await;
        }
        Ok(trial)
    }

    async fn try_form(&self, account: &Account, form: &ServersForm) -> Result<Trial> {
        let incoming = self
            .password_for(account, &form.incoming, Door::Incoming, form.password.as_ref())
            .await?;
        let outgoing = match form.outgoing.authentication {
            Authentication::None => None,
            _ => Some(self.outgoing_password(account, form).await?),
        };
        let trust = self.trust_of_form(account, form).await?;
        let (incoming, outgoing) = tokio::join!(
            try_incoming(account.protocol, &form.incoming, &incoming, trust.clone()),
            try_outgoing(&form.outgoing, outgoing.as_ref(), trust.clone(), &account.email)
        );
        Ok(Trial { incoming, outgoing })
    }

    /// With what the person has accepted in the sheet.
    async fn trust_of_form(&self, account: &Account, form: &ServersForm) -> Result<Trust> {
        let id = account.id;
        let mut exceptions = self
            .read(move |reading| reading.certificate_exceptions(id))
            .await?;
        exceptions.retain(|old| !form.accepted.iter().any(|new| new.is_for(&old.host, old.port)));
        exceptions.extend(form.accepted.iter().cloned());
        Ok(super::credentials::trust_with(account.extra_ca.as_deref())?.with_exceptions(exceptions))
    }

    /// A password that was typed for incoming mail is for sending too, unless sending has one of its own.
    async fn outgoing_password(&self, account: &Account, form: &ServersForm) -> Result<Credentials> {
        let id = account.id;
        let own = self
            .read(move |reading| reading.sealed_secret(id, &Door::Outgoing.purpose()))
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
        let mut places: Vec<(String, u16)> = [&form.incoming, &form.outgoing]
            .into_iter()
            .map(|server| (ascii(&server.host), server.port))
            .collect();
        let identities = self.identities().await?;
        let own = identities.iter().filter(|each| each.account == known.id);
        places.extend(own.filter_map(|each| {
            let server = each.outgoing.as_ref()?;
            Some((ascii(&server.host), server.port))
        }));
        let inner = self.inner.clone();
        blocking(move || {
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
                for exception in writing.certificate_exceptions(account.id)? {
                    // Of a server that is left nothing is accepted any more.
                    if !places.iter().any(|(host, port)| exception.is_for(host, *port)) {
                        writing.remove_certificate_exception(account.id, &exception.host, exception.port)?;
                    }
                }
                for exception in &used {
                    writing.put_certificate_exception(account.id, exception)?;
                }
                let typed = [
                    (Door::Incoming, &form.password),
                    (Door::Outgoing, &form.outgoing_password),
                ];
                for (door, password) in typed {
                    if let Some(password) = password {
                        seal(writing, account.id, door.into(), password)?;
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
        .await?
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
