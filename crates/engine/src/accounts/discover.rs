//! Servers for an address, and how they were found.

use waxwing_model::Security;
use waxwing_remote::Trust;
use waxwing_remote::discover::{Candidate, Probing, Source, discover};

use crate::engine::Engine;
use crate::error::Result;

/// One server that may be the right one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiscoveredServer {
    pub host: String,
    pub port: u16,
    pub security: Security,
    pub username: String,
}

/// How the servers were found, for the screen to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum How {
    Catalogue { provider: String },
    Probing,
    Nothing,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discovered {
    pub imap: Option<DiscoveredServer>,
    pub pop3: Option<DiscoveredServer>,
    pub smtp: Option<DiscoveredServer>,
    pub how: How,
    /// Every server found offers an encrypted connection with a certificate that holds, as far as it was tried.
    pub encrypted: bool,
}

impl Engine {
    /// Looks for the servers of an address. Finding none is an answer and not an error.
    pub async fn discover(&self, email: &str) -> Result<Discovered> {
        let found = discover(email, &Trust::system(), &Probing::default()).await?;
        if found.is_empty() {
            return Ok(Discovered {
                imap: None,
                pop3: None,
                smtp: None,
                how: How::Nothing,
                encrypted: false,
            });
        }
        let all = [&found.imap, &found.pop3, &found.smtp];
        let encrypted = all.iter().copied().flatten().next().is_some()
            && all
                .iter()
                .copied()
                .flatten()
                .all(|server| server.certificate_valid && server.security != Security::Plain);
        Ok(Discovered {
            how: match found.how {
                Source::Catalogue { provider } => How::Catalogue { provider },
                Source::Probing => How::Probing,
            },
            encrypted,
            imap: found.imap.map(DiscoveredServer::from),
            pop3: found.pop3.map(DiscoveredServer::from),
            smtp: found.smtp.map(DiscoveredServer::from),
        })
    }
}

impl From<Candidate> for DiscoveredServer {
    fn from(candidate: Candidate) -> Self {
        Self {
            host: candidate.host,
            port: candidate.port,
            security: candidate.security,
            username: candidate.username,
        }
    }
}
