//! What the search for servers found, and how.

use serde::{Deserialize, Serialize};
use specta::Type;
use waxwing_engine::discovery::{Dissent, Hint, Source, Wishes};
use waxwing_engine::{Discovered, DiscoveredServer};
use waxwing_model::Protocol;

use super::account::SecurityView;

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CandidateView {
    pub host: String,
    /// The part of the host that somebody has registered.
    pub registered: Option<String>,
    /// It is not a server of the address's own domain.
    pub outside: bool,
    pub port: u16,
    pub security: SecurityView,
    pub username: String,
    pub takes_passwords: bool,
    /// `false`: only DNS says so, and a name outside the address's own domain wants a look.
    pub vouched: bool,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum HowView {
    Catalogue { provider: String },
    Pacc { host: String },
    Autoconfig { host: String },
    Srv,
    SharedList { host: String },
    Autodiscover { host: String },
    Probing,
    Nothing,
}

#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum HintView {
    AppPassword,
    SwitchOn,
    SwitchOnAndCode,
    NoPasswords,
    Bridge,
    NoDoor,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DissentView {
    pub how: HowView,
    pub hosts: Vec<String>,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DiscoveryView {
    pub imap: Option<CandidateView>,
    pub pop3: Option<CandidateView>,
    pub smtp: Option<CandidateView>,
    pub how: HowView,
    /// The provider's domain, where MX records led to it.
    pub behind: Option<String>,
    pub encrypted: bool,
    pub hint: Option<HintView>,
    pub page: Option<String>,
    /// At whose page people sign in, where that is published.
    pub issuer: Option<String>,
    pub dissent: Vec<DissentView>,
    pub consent: Option<String>,
}

/// What the person allows beyond what is asked by itself.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WishesView {
    consented: Vec<String>,
    tell_address: bool,
}

/// What a server is for.
#[derive(Debug, Clone, Copy, Deserialize, Type)]
#[serde(rename_all = "lowercase")]
pub enum ServiceView {
    Imap,
    Pop3,
    Smtp,
}

impl From<ServiceView> for Option<Protocol> {
    fn from(service: ServiceView) -> Self {
        match service {
            ServiceView::Imap => Some(Protocol::Imap),
            ServiceView::Pop3 => Some(Protocol::Pop3),
            ServiceView::Smtp => None,
        }
    }
}

impl From<WishesView> for Wishes {
    fn from(wishes: WishesView) -> Self {
        Self {
            consented: wishes.consented,
            tell_address: wishes.tell_address,
        }
    }
}

impl From<Discovered> for DiscoveryView {
    fn from(found: Discovered) -> Self {
        Self {
            imap: found.imap.map(Into::into),
            pop3: found.pop3.map(Into::into),
            smtp: found.smtp.map(Into::into),
            how: found.how.map_or(HowView::Nothing, Into::into),
            behind: found.behind,
            encrypted: found.encrypted,
            hint: found.hint.map(Into::into),
            page: found.page,
            issuer: found.issuer,
            dissent: found.dissent.into_iter().map(Into::into).collect(),
            consent: found.consent,
        }
    }
}

impl From<DiscoveredServer> for CandidateView {
    fn from(server: DiscoveredServer) -> Self {
        Self {
            host: server.host,
            registered: server.registered,
            outside: server.outside,
            port: server.port,
            security: server.security.into(),
            username: server.username,
            takes_passwords: server.takes_passwords,
            vouched: server.vouched,
        }
    }
}

impl From<Dissent> for DissentView {
    fn from(dissent: Dissent) -> Self {
        Self {
            how: dissent.how.into(),
            hosts: dissent.hosts,
        }
    }
}

impl From<Source> for HowView {
    fn from(source: Source) -> Self {
        match source {
            Source::Catalogue { provider } => Self::Catalogue { provider },
            Source::Pacc { host } => Self::Pacc { host },
            Source::Autoconfig { host } => Self::Autoconfig { host },
            Source::Srv => Self::Srv,
            Source::SharedList { host } => Self::SharedList { host },
            Source::Autodiscover { host } => Self::Autodiscover { host },
            Source::Probing => Self::Probing,
        }
    }
}

impl From<Hint> for HintView {
    fn from(hint: Hint) -> Self {
        match hint {
            Hint::AppPassword => Self::AppPassword,
            Hint::SwitchOn => Self::SwitchOn,
            Hint::SwitchOnAndCode => Self::SwitchOnAndCode,
            Hint::NoPasswords => Self::NoPasswords,
            Hint::Bridge => Self::Bridge,
            Hint::NoDoor => Self::NoDoor,
        }
    }
}
