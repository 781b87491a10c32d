//! What was found, and how.

use waxwing_model::Security;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub imap: Option<Candidate>,
    pub pop3: Option<Candidate>,
    pub smtp: Option<Candidate>,
    pub how: Source,
    /// A sentence about this provider that the person should read before typing a password.
    pub hint: Option<String>,
}

/// One server that could be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub host: String,
    pub port: u16,
    /// [`Security::Plain`] only when nothing encrypted was found: to be shown as the danger that it is.
    pub security: Security,
    pub username: String,
    /// `false`: the server is there, but its certificate was not acceptable, and signing in will say why.
    pub certificate_valid: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The built-in list, by the provider's name.
    Catalogue { provider: String },
    /// The usual names and ports were tried.
    Probing,
}

impl Found {
    /// Whether mail could be read and written with what was found.
    pub fn is_enough(&self) -> bool {
        (self.imap.is_some() || self.pop3.is_some()) && self.smtp.is_some()
    }

    pub fn is_empty(&self) -> bool {
        self.imap.is_none() && self.pop3.is_none() && self.smtp.is_none()
    }
}
