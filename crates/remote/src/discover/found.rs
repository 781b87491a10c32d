//! What was found, by whom, and what the person should know about it.

use waxwing_model::Security;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub imap: Option<Candidate>,
    pub pop3: Option<Candidate>,
    pub smtp: Option<Candidate>,
    pub how: Source,
    /// The provider's domain, where the address's own domain only says by its MX records who handles its mail.
    pub behind: Option<String>,
    pub hint: Option<Hint>,
    /// The provider's page where mail programs are let in, or where a password for them is made. Always https.
    pub page: Option<String>,
    /// At whose page people sign in for a token (RFC 8414), where who was followed says so.
    pub issuer: Option<String>,
    /// Sources that say something else, and were not followed.
    pub dissent: Vec<Dissent>,
    /// A host that would know more, and is asked only when the person agrees.
    pub consent: Option<String>,
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
    /// `false`: it takes access tokens, and no password of any kind.
    pub takes_passwords: bool,
    /// `false`: only DNS leads to this name, and what DNS says can be forged on the way.
    pub vouched: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The built-in list, by the provider's name.
    Catalogue { provider: String },
    /// The domain's own description, whose digest stands in its DNS (draft-ietf-mailmaint-pacc).
    Pacc { host: String },
    /// The domain's own description (draft-ietf-mailmaint-autoconfig), at this host.
    Autoconfig { host: String },
    /// SRV records of the domain (RFC 6186).
    Srv,
    /// The list that all clients of the autoconfig family share, at this host.
    SharedList { host: String },
    /// Microsoft Autodiscover, answered by this host.
    Autodiscover { host: String },
    /// The usual names and ports were tried.
    Probing,
}

/// Something to know before typing a password. The words for it are the interface's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hint {
    /// A password made for mail programs is wanted, not the one for the web pages.
    AppPassword,
    /// Mail programs are let in only after a switch in the settings of the web mail.
    SwitchOn,
    /// The same, and the switch gives the code that is the password.
    SwitchOnAndCode,
    /// No passwords are taken, only access tokens.
    NoPasswords,
    /// The servers are a program of the provider on this computer.
    Bridge,
    /// There is no door for mail programs at all.
    NoDoor,
}

/// A source that was not followed, and the names that it gives instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dissent {
    pub how: Source,
    pub hosts: Vec<String>,
}

impl Found {
    pub(super) fn nothing(how: Source) -> Self {
        Self {
            imap: None,
            pop3: None,
            smtp: None,
            how,
            behind: None,
            hint: None,
            page: None,
            issuer: None,
            dissent: Vec::new(),
            consent: None,
        }
    }

    /// Whether mail could be read and written with what was found.
    pub fn is_enough(&self) -> bool {
        (self.imap.is_some() || self.pop3.is_some()) && self.smtp.is_some()
    }

    pub fn is_empty(&self) -> bool {
        self.imap.is_none() && self.pop3.is_none() && self.smtp.is_none()
    }

    pub fn candidates(&self) -> impl Iterator<Item = &Candidate> {
        [&self.imap, &self.pop3, &self.smtp].into_iter().flatten()
    }

    /// The same, told by somebody to whom only DNS has led.
    pub(super) fn unvouched(mut self) -> Self {
        for candidate in self.slots().into_iter().flatten() {
            candidate.vouched = false;
        }
        self
    }

    pub(super) fn slots(&mut self) -> [&mut Option<Candidate>; 3] {
        [&mut self.imap, &mut self.pop3, &mut self.smtp]
    }
}
