//! Both servers tried, before anything is saved.

use std::sync::Arc;

use waxwing_model::{CertificateException, Protocol, Retention, Security, ServerSettings, Trouble};
use waxwing_remote::oauth::Grant;
use waxwing_remote::{Credentials, Trust};

use super::AccountForm;
use super::credentials::{again, credentials, trust_with, with_token};
use super::trial::{Tried, try_incoming, try_outgoing, used};
use crate::engine::Engine;
use crate::error::{EngineError, Result};
use crate::oauth::for_tokens;

/// A hundred years.
const MOST_DAYS: u16 = 36_500;

/// What came of trying both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    pub incoming: Tried,
    pub outgoing: Tried,
    /// Certificates that the person has accepted and that were shown.
    pub accepted: Vec<CertificateException>,
}

impl Checked {
    pub fn is_ok(&self) -> bool {
        self.incoming.is_ok() && self.outgoing.is_ok()
    }

    /// What keeps the account from being one, incoming first. That a server takes no letters from this address yet does not:
    /// mail is read all the same, and the outbox tells what it says of a letter.
    pub(super) fn hindrance(&self) -> Option<&Trouble> {
        let outgoing = (!self.outgoing.signed_in).then_some(&self.outgoing.outcome);
        [Some(&self.incoming.outcome), outgoing]
            .into_iter()
            .flatten()
            .find_map(|outcome| outcome.as_ref().err())
    }
}

impl Engine {
    /// Tries both servers at once, as far as the question whether letters may be sent, and saves nothing. What cannot be an
    /// account is refused before anybody is asked, and so is a sign-in in the browser that was for other servers.
    pub async fn check_account(&self, form: &AccountForm) -> Result<Checked, Trouble> {
        let (trust, grant) = self.before_trial(form).map_err(|error| error.trouble())?;
        let (mut form, grant) = (form.clone(), grant.as_deref());
        form.settle_methods();
        let (incoming, outgoing) = (form.incoming_credentials(grant), form.outgoing_credentials(grant));
        let (incoming, outgoing) = tokio::join!(
            try_incoming(form.protocol, &form.incoming, &incoming, trust.clone()),
            try_outgoing(&form.outgoing, Some(&outgoing), trust, form.email.trim())
        );
        let tried = [&incoming, &outgoing];
        let accepted = tried
            .into_iter()
            .filter_map(|tried| used(&tried.server, tried.encryption.as_ref(), &form.accepted))
            .collect();
        Ok(Checked {
            accepted,
            incoming,
            outgoing,
        })
    }

    /// Whom the trial trusts and what it shows in the place of passwords, unless the form cannot be an account.
    fn before_trial(&self, form: &AccountForm) -> Result<(Trust, Option<Arc<Grant>>)> {
        form.validate()?;
        Ok((form.trust()?, self.grant_for(form)?))
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

    /// A server that is shown what was granted in the browser was perhaps told to take a password in one way.
    pub(super) fn settle_methods(&mut self) {
        if self.signed_in.is_none() {
            return;
        }
        for_tokens(&mut self.incoming);
        if self.outgoing_password.is_none() {
            for_tokens(&mut self.outgoing);
        }
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

/// The same server with the blanks filled in.
pub(crate) fn tidy(server: &ServerSettings, email: &str) -> ServerSettings {
    let mut tidy = server.clone();
    tidy.host = tidy.host.trim().trim_end_matches('.').to_owned();
    if tidy.username.trim().is_empty() {
        tidy.username = email.trim().to_owned();
    }
    tidy
}
