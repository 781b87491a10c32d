//! Servers for an address, how they were found, and one search at a time: what is typed next ends the search before.

use std::sync::Mutex;

use tokio::sync::watch as signal;
use waxwing_model::{Protocol, Security};
use waxwing_remote::discover::{
    self, Candidate, Dissent, Found, Hint, Service, Source, Surroundings, Wishes,
};

use crate::engine::{Engine, locked};
use crate::error::{EngineError, Result};

/// One server that may be the right one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiscoveredServer {
    pub host: String,
    /// The part of the host that somebody has registered: whose server it is.
    pub registered: Option<String>,
    /// It is not a server of the address's own domain.
    pub outside: bool,
    pub port: u16,
    pub security: Security,
    pub username: String,
    /// `false`: only access tokens are taken there.
    pub takes_passwords: bool,
    /// `false`: only DNS says so, which can be forged on the way.
    pub vouched: bool,
}

impl DiscoveredServer {
    /// It wants a person's look before a password goes there (RFC 6186, section 6).
    pub fn is_strange(&self) -> bool {
        self.outside && !self.vouched
    }
}

/// What was found out about the servers of an address, and from whom. Nothing found is an answer, too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discovered {
    pub imap: Option<DiscoveredServer>,
    pub pop3: Option<DiscoveredServer>,
    pub smtp: Option<DiscoveredServer>,
    /// `None`: nobody knows anything.
    pub how: Option<Source>,
    /// The provider's domain, where MX records led to it.
    pub behind: Option<String>,
    /// Every server found offers an encrypted connection with a certificate that holds, as far as it was tried.
    pub encrypted: bool,
    /// There is a server among them for which only DNS vouches.
    pub unvouched: bool,
    pub hint: Option<Hint>,
    pub page: Option<String>,
    /// At whose page people sign in for a token, where that is published.
    pub issuer: Option<String>,
    pub dissent: Vec<Dissent>,
    /// A host that may know more and hears the address only when the person agrees.
    pub consent: Option<String>,
}

/// What is searched in, and the search that counts.
pub(crate) struct Searching {
    surroundings: Mutex<Surroundings>,
    latest: signal::Sender<u64>,
}

impl Default for Searching {
    fn default() -> Self {
        Self {
            surroundings: Mutex::new(Surroundings::system()),
            latest: signal::Sender::new(0),
        }
    }
}

impl Engine {
    /// Looks for the servers of an address. Finding none is an answer and not an error. The search before ends.
    pub async fn discover(&self, email: &str, wishes: &Wishes) -> Result<Discovered> {
        let surroundings = self.surroundings();
        let mine = self.begin_search();
        let mut latest = self.inner.searching.latest.subscribe();
        let found = tokio::select! {
            found = discover::discover(email, &surroundings, wishes) => found?,
            _ = latest.wait_for(|latest| *latest != mine) => {
                return Err(EngineError::Gone("the search for this address"));
            }
        };
        Ok(discovered(found, email))
    }

    /// Ends the search that runs, if one does: nobody waits for it any more.
    pub fn end_search(&self) {
        self.begin_search();
    }

    /// Finds out at which port a server that the person has named offers a protocol (`None`: sending), and how it is
    /// encrypted there.
    pub async fn knock(
        &self,
        email: &str,
        protocol: Option<Protocol>,
        host: &str,
        port: Option<u16>,
    ) -> Result<Option<DiscoveredServer>> {
        let service = match protocol {
            Some(Protocol::Imap) => Service::Imap,
            Some(Protocol::Pop3) => Service::Pop3,
            Some(Protocol::Local) => {
                return Err(EngineError::Invalid("this computer has no port to find".into()));
            }
            None => Service::Smtp,
        };
        if host.trim().is_empty() || host.contains(char::is_whitespace) {
            return Err(EngineError::Invalid("the name of the server is missing".into()));
        }
        let surroundings = self.surroundings();
        let found = discover::knock(email, service, host, port, &surroundings).await?;
        Ok(found.map(|candidate| server(candidate, email)))
    }

    /// Searches in other surroundings from now on. For tests: a small internet on this computer.
    pub fn search_in(&self, surroundings: Surroundings) {
        *locked(&self.inner.searching.surroundings) = surroundings;
    }

    pub(crate) fn surroundings(&self) -> Surroundings {
        locked(&self.inner.searching.surroundings).clone()
    }

    fn begin_search(&self) -> u64 {
        let mut mine = 0;
        self.inner.searching.latest.send_modify(|latest| {
            *latest += 1;
            mine = *latest;
        });
        mine
    }
}

fn discovered(found: Found, email: &str) -> Discovered {
    let knows_something = !found.is_empty() || found.hint.is_some();
    let encrypted = !found.is_empty()
        && found
            .candidates()
            .all(|server| server.certificate_valid && server.security != Security::Plain);
    let unvouched = found.candidates().any(|server| !server.vouched);
    Discovered {
        unvouched,
        how: knows_something.then_some(found.how),
        behind: found.behind,
        encrypted,
        imap: found.imap.map(|candidate| server(candidate, email)),
        pop3: found.pop3.map(|candidate| server(candidate, email)),
        smtp: found.smtp.map(|candidate| server(candidate, email)),
        hint: found.hint,
        page: found.page,
        issuer: found.issuer,
        dissent: found.dissent,
        consent: found.consent,
    }
}

fn server(candidate: Candidate, email: &str) -> DiscoveredServer {
    let own = email.rsplit_once('@').map_or("", |(_, domain)| domain.trim());
    let own = discover::registered_domain(own);
    let registered = discover::registered(&candidate.host).map(str::to_owned);
    DiscoveredServer {
        outside: registered.is_some() && registered != own,
        registered,
        host: candidate.host,
        port: candidate.port,
        security: candidate.security,
        username: candidate.username,
        takes_passwords: candidate.takes_passwords,
        vouched: candidate.vouched,
    }
}
