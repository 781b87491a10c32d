//! What the search stands in: the names of the internet, the authorities that are believed, and the doors that are
//! tried. Tests give it a small internet of their own; nothing else does.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use serde_json::Value;

use super::{names::Names, plan::Probing};
use crate::oauth::Provider;
use crate::{RemoteError, Trust};

/// Cheap to clone.
#[derive(Clone)]
pub struct Surroundings {
    pub(super) trust: Trust,
    pub(super) probing: Probing,
    pub(super) names: Names,
    /// The address of the shared list, to which a domain is added. `None`: it is not asked.
    pub(super) shared_list: Option<String>,
    /// How many times longer than on the internet everybody is waited for.
    pub(super) pace: u32,
    /// Providers that come before those that are known.
    pub(crate) providers: Arc<Vec<Provider>>,
}

/// A small internet: every name comes from one DNS server, also those of the mail servers of accounts; every web server is at one port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    pub dns: SocketAddr,
    /// The port of all web servers.
    pub https: u16,
    /// The one address that counts as public though it is not.
    pub home: IpAddr,
    pub probing: Probing,
    /// How many times longer than on the internet everybody is waited for: 1 where time itself is looked at, more where
    /// only the order counts and the machine may be busy.
    pub pace: u32,
}

/// What the person allows beyond what is asked by itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wishes {
    /// Hosts that may be asked though only a redirection or a record of DNS leads there.
    pub consented: Vec<String>,
    /// The domain's own server may be told the whole address, for providers whose answer depends on it.
    pub tell_address: bool,
}

impl Surroundings {
    /// The internet, as this computer sees it.
    pub fn system() -> Self {
        Self {
            trust: Trust::system(),
            probing: Probing::default(),
            names: Names::system(),
            shared_list: Some("https://autoconfig.thunderbird.net/v1.1/".to_owned()),
            pace: 1,
            providers: Arc::default(),
        }
    }

    /// The internet with other doors, and nobody else asked.
    pub fn probing_only(trust: Trust, probing: Probing) -> Self {
        Self {
            trust,
            probing,
            names: Names::nobody(),
            shared_list: None,
            pace: 1,
            providers: Arc::default(),
        }
    }

    /// A small internet for tests.
    pub fn staged(stage: Stage, trust: Trust) -> Result<Self, RemoteError> {
        Ok(Self {
            trust,
            probing: stage.probing,
            names: Names::staged(stage.dns, stage.https, stage.home, stage.pace)?,
            shared_list: Self::system().shared_list,
            pace: stage.pace,
            providers: Arc::default(),
        })
    }

    /// The texts that DNS has under a name, for whoever needs one beside the search.
    pub(crate) async fn texts(&self, name: &str) -> Result<Vec<Vec<u8>>, RemoteError> {
        self.names.texts(name).await
    }

    /// How TLS is spoken there.
    pub(crate) fn tls(&self) -> Result<Arc<rustls::ClientConfig>, RemoteError> {
        self.trust.config()
    }

    /// The names of a small internet, for connections to its mail servers. `None`: the system knows them.
    pub(crate) fn staged_names(&self) -> Option<&Names> {
        self.names.are_staged().then_some(&self.names)
    }

    /// Whether an address is one that a stranger may send us to.
    pub(crate) fn permits(&self, address: IpAddr) -> bool {
        self.names.is_permitted(address)
    }

    /// The same with providers of one's own, in the shape of `providers.d`.
    pub fn with_providers(mut self, providers: &[Value]) -> Self {
        self.providers = Arc::new(providers.iter().filter_map(Provider::read).collect());
        self
    }
}

impl fmt::Debug for Surroundings {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Surroundings")
            .field("names", &self.names)
            .field("probing", &self.probing)
            .finish_non_exhaustive()
    }
}
