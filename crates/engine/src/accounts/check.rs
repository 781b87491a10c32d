//! Both servers tried, before anything is saved.

use std::sync::Arc;

use waxwing_model::{
    Authentication, CertificateException, Protocol, Retention, Security, ServerSettings, Trouble,
};
use waxwing_remote::Trust;
use waxwing_remote::oauth::Grant;

use super::AccountForm;
use super::credentials::again;
use super::shown::Shown;
use super::trial::{Tried, try_incoming, try_outgoing, used};
use crate::engine::Engine;
use crate::error::{EngineError, Result};
use crate::oauth::{SignInId, for_tokens, not_for};

/// A hundred years.
const MOST_DAYS: u16 = 36_500;

/// What was granted in the browser for each server. Where there is none for the server that sends, the other one is for both.
pub(super) struct Grants {
    pub(super) incoming: Option<Arc<Grant>>,
    pub(super) outgoing: Option<Arc<Grant>>,
}

/// What came of trying both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    pub incoming: Tried,
    pub outgoing: Tried,
    /// Certificates that the person has accepted and that were shown.
    pub accepted: Vec<CertificateException>,
}

impl Checked {
    /// Whether both servers let the person in and the one that sends takes letters from the address.
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
        let (trust, grants) = self.before_trial(form).map_err(|error| error.trouble())?;
        let mut form = form.clone();
        form.settle_methods();
        let (incoming, outgoing) = (form.shown_incoming(&grants), form.shown_outgoing(&grants));
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
    fn before_trial(&self, form: &AccountForm) -> Result<(Trust, Grants)> {
        form.validate()?;
        let trust = self.trust_with(form.extra_ca.as_deref())?;
        Ok((
            trust.with_exceptions(form.accepted.clone()),
            self.grants_for(form)?,
        ))
    }

    /// What the person has granted in the browser for the account, where they have. It is shown to no other servers.
    pub(super) fn grants_for(&self, form: &AccountForm) -> Result<Grants> {
        let mut incoming = vec![&form.incoming.host];
        if form.follows_incoming() {
            incoming.push(&form.outgoing.host);
        }
        Ok(Grants {
            incoming: self.grant_covering(form.signed_in, &incoming)?,
            outgoing: self.grant_covering(form.outgoing_signed_in, &[&form.outgoing.host])?,
        })
    }

    /// What came of a sign-in, if it is for all these servers.
    pub(super) fn grant_covering(
        &self,
        signed_in: Option<SignInId>,
        hosts: &[&String],
    ) -> Result<Option<Arc<Grant>>> {
        let Some(signed_in) = signed_in else {
            return Ok(None);
        };
        let grant = self.signed_in_grant(signed_in)?;
        match hosts.iter().find(|host| !grant.covers(host)) {
            None => Ok(Some(grant)),
            Some(other) => Err(not_for(&grant, other)),
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
        if self.signed_in.is_some() {
            for_tokens(&mut self.incoming);
        }
        let by_token = self.outgoing_signed_in.is_some() || self.signed_in.is_some();
        if self.outgoing_password.is_none()
            && by_token
            && self.outgoing.authentication != Authentication::None
        {
            for_tokens(&mut self.outgoing);
        }
    }

    /// Whether what opens the server that is read from is shown to the one that sends as well.
    fn follows_incoming(&self) -> bool {
        self.outgoing_password.is_none()
            && self.outgoing_signed_in.is_none()
            && self.outgoing.authentication != Authentication::None
    }

    fn shown_incoming(&self, grants: &Grants) -> Shown {
        match &grants.incoming {
            Some(grant) => Shown::Grant(Arc::clone(grant)),
            None => Shown::Password(again(&self.password)),
        }
    }

    fn shown_outgoing(&self, grants: &Grants) -> Shown {
        match (&self.outgoing_password, &grants.outgoing) {
            (Some(password), _) => Shown::Password(again(password)),
            (None, Some(grant)) => Shown::Grant(Arc::clone(grant)),
            (None, None) => self.shown_incoming(grants),
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
