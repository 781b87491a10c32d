//! The shape of an entry in the list of well-known providers, and words to write one with.
//!
//! Not here: the list itself.

use waxwing_model::Security;

#[derive(Debug, Clone, Copy)]
pub(super) struct Provider {
    pub(super) name: &'static str,
    /// With spaces between them.
    pub(super) domains: &'static str,
    pub(super) imap: Option<Server>,
    pub(super) pop3: Option<Server>,
    pub(super) smtp: Option<Server>,
    pub(super) hint: Option<&'static str>,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Server {
    pub(super) host: &'static str,
    pub(super) port: u16,
    pub(super) security: Security,
    pub(super) username: Username,
}

/// What the provider knows a person by.
#[derive(Debug, Clone, Copy)]
pub(super) enum Username {
    Address,
    LocalPart,
}

impl Provider {
    /// Nothing but the name and the domains.
    pub(super) const fn new(name: &'static str, domains: &'static str) -> Self {
        Self {
            name,
            domains,
            imap: None,
            pop3: None,
            smtp: None,
            hint: None,
        }
    }

    pub(super) const fn imap(self, host: &'static str) -> Self {
        Self {
            imap: Some(Server::tls(host, 993)),
            ..self
        }
    }

    pub(super) const fn pop3(self, host: &'static str) -> Self {
        Self {
            pop3: Some(Server::tls(host, 995)),
            ..self
        }
    }

    /// Sending over TLS from the first byte, which RFC 8314 prefers.
    pub(super) const fn smtp(self, host: &'static str) -> Self {
        Self {
            smtp: Some(Server::tls(host, 465)),
            ..self
        }
    }

    /// Sending with STARTTLS, where the provider has nothing better.
    pub(super) const fn submission(self, host: &'static str) -> Self {
        let server = Server {
            port: 587,
            security: Security::StartTls,
            ..Server::tls(host, 587)
        };
        Self {
            smtp: Some(server),
            ..self
        }
    }

    /// The part before the @ is the user name for all servers so far.
    pub(super) const fn by_local_part(self) -> Self {
        Self {
            imap: local(self.imap),
            pop3: local(self.pop3),
            smtp: local(self.smtp),
            ..self
        }
    }

    pub(super) const fn hint(self, hint: &'static str) -> Self {
        Self {
            hint: Some(hint),
            ..self
        }
    }
}

impl Server {
    const fn tls(host: &'static str, port: u16) -> Self {
        Self {
            host,
            port,
            security: Security::Tls,
            username: Username::Address,
        }
    }
}

const fn local(server: Option<Server>) -> Option<Server> {
    match server {
        Some(server) => Some(Server {
            username: Username::LocalPart,
            ..server
        }),
        None => None,
    }
}
