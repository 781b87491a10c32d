//! A sign-in to both servers, before anything is saved.

use std::sync::Arc;

use waxwing_model::{
    CertificateException, Protocol, Retention, Security, ServerSettings, Trouble, TroubleKind,
};
use waxwing_remote::oauth::Grant;
use waxwing_remote::{Credentials, Trust, imap, pop3, smtp};

use super::AccountForm;
use super::credentials::{again, credentials, trust_with, with_token};
use super::trial::used;
use crate::engine::Engine;
use crate::error::{EngineError, Result};

/// A hundred years.
const MOST_DAYS: u16 = 36_500;

/// What each server said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    pub incoming: Result<(), Trouble>,
    pub outgoing: Result<(), Trouble>,
    /// Certificates that the person has accepted and that were shown.
    pub accepted: Vec<CertificateException>,
}

impl Checked {
    pub fn is_ok(&self) -> bool {
        self.incoming.is_ok() && self.outgoing.is_ok()
    }
}

impl Engine {
    /// Signs in to both servers at once and saves nothing.
    pub async fn check_account(&self, form: &AccountForm) -> Checked {
        if let Err(error) = form.validate() {
            return Checked {
                incoming: Err(error.trouble()),
                outgoing: Ok(()),
                accepted: Vec::new(),
            };
        }
        let mut accepted = Vec::new();
        let (incoming, outgoing) = match self.grant_for(form).and_then(|grant| Ok((form.trust()?, grant))) {
            Ok((trust, grant)) => {
                let grant = grant.as_deref();
                let ((of_incoming, incoming_seen), (of_outgoing, outgoing_seen)) =
                    (trust.clone().observed(), trust.observed());
                let outcomes = tokio::join!(
                    check_incoming(form, grant, of_incoming),
                    check_outgoing(form, grant, of_outgoing)
                );
                for (server, seen) in [(&form.incoming, incoming_seen), (&form.outgoing, outgoing_seen)] {
                    accepted.extend(used(server, seen.encryption().as_ref(), &form.accepted));
                }
                outcomes
            }
            Err(error) => (Err(error), Ok(())),
        };
        Checked {
            accepted,
            incoming: incoming.map_err(|error| error.trouble()),
            outgoing: outgoing.map_err(|error| error.trouble()),
        }
    }

    /// What the person has granted in the browser for the account, where they have. It is shown to no other servers.
    pub(super) fn grant_for(&self, form: &AccountForm) -> Result<Option<Arc<Grant>>> {
        let Some(signed_in) = form.signed_in else {
            return Ok(None);
        };
        let grant = self.signed_in_grant(signed_in)?;
        let by_token = [
            Some(&form.incoming),
            Some(&form.outgoing).filter(|_| form.outgoing_password.is_none()),
        ];
        match by_token
            .into_iter()
            .flatten()
            .find(|server| !grant.covers(&server.host))
        {
            None => Ok(Some(grant)),
            Some(other) => Err(EngineError::Invalid(format!(
                "the sign-in at {} is not for {}; sign in again",
                grant.provider, other.host
            ))),
        }
    }
}

impl AccountForm {
    /// Refuses what cannot be an account, in words.
    pub(crate) fn validate(&self) -> Result<()> {
        let parts = self.email.rsplit_once('@');
        if parts.is_none_or(|(local, domain)| local.is_empty() || domain.is_empty()) {
            return Err(EngineError::Invalid(format!(
                "“{}” is not an email address",
                self.email
            )));
        }
        if self.protocol == Protocol::Local {
            return Err(EngineError::Invalid(
                "an account with servers speaks IMAP or POP3".into(),
            ));
        }
        for (server, task) in [(&self.incoming, "receives"), (&self.outgoing, "sends")] {
            validate_server(server, task, self.allow_plain)?;
        }
        validate_retention(&self.retention)?;
        super::keeping::validate(&self.keeping)
    }

    fn trust(&self) -> Result<Trust> {
        Ok(trust_with(self.extra_ca.as_deref())?.with_exceptions(self.accepted.clone()))
    }

    fn incoming_credentials(&self, grant: Option<&Grant>) -> Credentials {
        match grant {
            Some(grant) => with_token(&self.incoming, grant),
            None => credentials(&self.incoming, again(&self.password)),
        }
    }

    fn outgoing_credentials(&self, grant: Option<&Grant>) -> Credentials {
        match (&self.outgoing_password, grant) {
            (Some(password), _) => credentials(&self.outgoing, again(password)),
            (None, Some(grant)) => with_token(&self.outgoing, grant),
            (None, None) => credentials(&self.outgoing, again(&self.password)),
        }
    }
}

/// Refuses what cannot be a server that `task` ("receives", "sends") mail.
pub(crate) fn validate_server(server: &ServerSettings, task: &str, allow_plain: bool) -> Result<()> {
    if server.host.trim().is_empty() || server.host.contains(char::is_whitespace) {
        return Err(EngineError::Invalid(format!(
            "the name of the server that {task} mail is missing"
        )));
    }
    if server.port == 0 {
        return Err(EngineError::Invalid(format!(
            "the port of the server that {task} mail is missing"
        )));
    }
    if server.security == Security::Plain && !allow_plain {
        return Err(EngineError::Invalid(format!(
            "the connection to {} would not be encrypted; choose that explicitly if you must",
            server.host
        )));
    }
    Ok(())
}

/// With no days at all it would be another choice, that has a name of its own.
pub(super) fn validate_retention(retention: &Retention) -> Result<()> {
    match retention {
        Retention::RemoveAfterDays { days } if !(1..=MOST_DAYS).contains(days) => Err(EngineError::Invalid(
            format!("the server's copies can be removed after 1 to {MOST_DAYS} days, and not after {days}"),
        )),
        _ => Ok(()),
    }
}

async fn check_incoming(form: &AccountForm, grant: Option<&Grant>, trust: Trust) -> Result<()> {
    let credentials = form.incoming_credentials(grant);
    match form.protocol {
        Protocol::Imap => {
            imap::Session::connect(&form.incoming, &credentials, &trust)
                .await?
                .logout()
                .await;
            Ok(())
        }
        Protocol::Pop3 => {
            let session = pop3::Session::connect(&form.incoming, &credentials, &trust).await?;
            // Signed in is signed in, however the goodbye goes.
            let _ = session.quit().await;
            Ok(())
        }
        Protocol::Local => Ok(()),
    }
}

async fn check_outgoing(form: &AccountForm, grant: Option<&Grant>, trust: Trust) -> Result<()> {
    Ok(smtp::check(&form.outgoing, &form.outgoing_credentials(grant), &trust).await?)
}

/// The trouble of a check that found one, incoming first.
pub(super) fn first_trouble(checked: &Checked) -> Option<(Trouble, TroubleKind)> {
    let trouble = [&checked.incoming, &checked.outgoing]
        .into_iter()
        .find_map(|outcome| outcome.clone().err())?;
    let kind = trouble.kind;
    Some((trouble, kind))
}

/// The same server with the blanks filled in.
pub(crate) fn tidy(server: &ServerSettings, email: &str) -> ServerSettings {
    let mut tidy = server.clone();
    tidy.host = tidy.host.trim().trim_end_matches('.').to_owned();
    if tidy.username.trim().is_empty() {
        tidy.username = email.trim().to_owned();
    }
    tidy
}
