//! The questions to DNS: addresses, SRV (RFC 2782), MX (RFC 5321, section 5.1) and TXT, with what is not public left out
//! of the addresses of names that a stranger has given us.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use hickory_resolver::TokioResolver;
use hickory_resolver::config::{ConnectionConfig, NameServerConfig, ResolverConfig};
use hickory_resolver::lookup::Lookup;
use hickory_resolver::net::NetError;
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::proto::rr::RData;

use crate::RemoteError;
use crate::public::is_public_address;

const DOING: &str = "asking DNS";
/// How long one server of DNS may take, and how often it is asked again: less in all than a source's patience, so that it
/// can be told from a web server that hangs.
const PATIENCE: Duration = Duration::from_millis(1_200);
const AGAIN: usize = 2;

/// Cheap to clone.
#[derive(Clone)]
pub(crate) struct Names {
    whose: Whose,
}

#[derive(Clone)]
enum Whose {
    /// The system's. Its DNS servers are read at the first question that only they answer.
    System(Arc<OnceLock<Option<TokioResolver>>>),
    /// One server's, with the port of all web servers and the one address that counts as public.
    Staged {
        resolver: Arc<TokioResolver>,
        https: u16,
        home: IpAddr,
    },
    /// No questions are asked but for addresses.
    Nobody,
}

/// One SRV record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SrvRecord {
    pub(super) priority: u16,
    pub(super) weight: u16,
    pub(super) port: u16,
    /// Without the dot at its end; empty where the service is said not to be there.
    pub(super) target: String,
}

impl Names {
    pub(super) fn system() -> Self {
        Self {
            whose: Whose::System(Arc::default()),
        }
    }

    pub(super) fn nobody() -> Self {
        Self { whose: Whose::Nobody }
    }

    /// `pace`: how many times longer than on the internet an answer is waited for.
    pub(super) fn staged(dns: SocketAddr, https: u16, home: IpAddr, pace: u32) -> Result<Self, RemoteError> {
        let mut udp = ConnectionConfig::udp();
        udp.port = dns.port();
        let server = NameServerConfig::new(dns.ip(), true, vec![udp]);
        let config = ResolverConfig::from_parts(None, Vec::new(), vec![server]);
        let mut builder = TokioResolver::builder_with_config(config, TokioRuntimeProvider::default());
        builder.options_mut().timeout = PATIENCE * pace;
        builder.options_mut().attempts = AGAIN;
        let resolver = builder.build().map_err(|error| failed(&error))?;
        Ok(Self {
            whose: Whose::Staged {
                resolver: Arc::new(resolver),
                https,
                home,
            },
        })
    }

    /// The same, with nothing remembered: the computer may be in another network by now.
    pub(super) fn afresh(&self) -> Self {
        match &self.whose {
            Whose::System(_) => Self::system(),
            _ => self.clone(),
        }
    }

    /// Whether anybody but the servers themselves may be asked.
    pub(super) fn are_asked(&self) -> bool {
        !matches!(self.whose, Whose::Nobody)
    }

    /// The port of web servers, where it is not the usual one.
    pub(super) fn https_port(&self) -> u16 {
        match self.whose {
            Whose::Staged { https, .. } => https,
            Whose::System(_) | Whose::Nobody => 0,
        }
    }

    /// Whether they are those of a small internet for tests.
    pub(super) fn are_staged(&self) -> bool {
        matches!(self.whose, Whose::Staged { .. })
    }

    /// Every address of a host.
    pub(crate) async fn addresses(&self, host: &str) -> Result<Vec<IpAddr>, RemoteError> {
        if let Ok(address) = host.trim_matches(['[', ']']).parse() {
            return Ok(vec![address]);
        }
        match &self.whose {
            Whose::Staged { resolver, .. } if host != "localhost" => {
                let found = resolver.lookup_ip(absolute(host)).await;
                match found {
                    Ok(found) => Ok(found.iter().collect()),
                    Err(error) if error.is_no_records_found() => Ok(Vec::new()),
                    Err(error) => Err(failed(&error)),
                }
            }
            // The system knows more than DNS: its own file of hosts, and the names of the local network.
            Whose::Staged { .. } | Whose::System(_) | Whose::Nobody => {
                let found = tokio::net::lookup_host((host, 0))
                    .await
                    .map_err(|error| RemoteError::from_io(DOING, &error))?;
                Ok(found.map(|address| address.ip()).collect())
            }
        }
    }

    /// Whether an address is one that a stranger may send us to.
    pub(super) fn is_permitted(&self, address: IpAddr) -> bool {
        match self.whose {
            Whose::Staged { home, .. } if home == address => true,
            _ => is_public_address(address),
        }
    }

    pub(super) async fn services(&self, name: &str) -> Result<Vec<SrvRecord>, RemoteError> {
        let Some(resolver) = self.resolver() else {
            return Ok(Vec::new());
        };
        let found = some(resolver.srv_lookup(absolute(name)).await)?;
        Ok(each(&found, |data| match data {
            RData::SRV(srv) => Some(SrvRecord {
                priority: srv.priority,
                weight: srv.weight,
                port: srv.port,
                target: relative(&srv.target.to_ascii()),
            }),
            _ => None,
        }))
    }

    /// The names of the servers that take a domain's mail, the preferred one first.
    pub(super) async fn exchangers(&self, domain: &str) -> Result<Vec<String>, RemoteError> {
        let Some(resolver) = self.resolver() else {
            return Ok(Vec::new());
        };
        let found = some(resolver.mx_lookup(absolute(domain)).await)?;
        let mut all = each(&found, |data| match data {
            RData::MX(mx) => Some((mx.preference, relative(&mx.exchange.to_ascii()))),
            _ => None,
        });
        all.sort();
        // A single dot says that the domain takes no mail (RFC 7505).
        Ok(all
            .into_iter()
            .map(|(_, name)| name)
            .filter(|name| !name.is_empty())
            .collect())
    }

    /// The texts of a name, each put together from its pieces (RFC 1035, section 3.3.14).
    pub(super) async fn texts(&self, name: &str) -> Result<Vec<Vec<u8>>, RemoteError> {
        let Some(resolver) = self.resolver() else {
            return Ok(Vec::new());
        };
        let found = some(resolver.txt_lookup(absolute(name)).await)?;
        Ok(each(&found, |data| match data {
            RData::TXT(txt) => Some(txt.txt_data.concat()),
            _ => None,
        }))
    }

    fn resolver(&self) -> Option<&TokioResolver> {
        match &self.whose {
            Whose::Staged { resolver, .. } => Some(resolver),
            Whose::System(resolver) => resolver.get_or_init(of_system).as_ref(),
            Whose::Nobody => None,
        }
    }
}

impl fmt::Debug for Names {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self.whose {
            Whose::System(_) => "the system's names",
            Whose::Staged { .. } => "a stage's names",
            Whose::Nobody => "nobody is asked",
        })
    }
}

/// A system that does not say who its DNS servers are has none for us; the other sources go on.
fn of_system() -> Option<TokioResolver> {
    let mut builder = TokioResolver::builder_tokio().ok()?;
    builder.options_mut().timeout = PATIENCE;
    builder.options_mut().attempts = AGAIN;
    builder.build().ok()
}

/// Whether this is DNS that could not be asked, not one that knows nothing.
pub(super) fn is_failure(error: &RemoteError) -> bool {
    matches!(error, RemoteError::TimedOut { doing } | RemoteError::Protocol { doing, .. } if doing == DOING)
}

pub(super) fn no_answer() -> RemoteError {
    RemoteError::timed_out(DOING)
}

fn some(found: Result<Lookup, NetError>) -> Result<Option<Lookup>, RemoteError> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.is_no_records_found() => Ok(None),
        Err(error) => Err(failed(&error)),
    }
}

fn each<T>(found: &Option<Lookup>, read: impl Fn(&RData) -> Option<T>) -> Vec<T> {
    let answers = found.iter().flat_map(|found| found.answers());
    answers.filter_map(|record| read(&record.data)).collect()
}

/// A name that no search domain is added to.
fn absolute(name: &str) -> String {
    format!("{}.", name.trim_end_matches('.'))
}

fn relative(name: &str) -> String {
    name.trim_end_matches('.').to_ascii_lowercase()
}

fn failed(error: &NetError) -> RemoteError {
    match error {
        NetError::Timeout => RemoteError::timed_out(DOING),
        other => RemoteError::protocol(DOING, other.to_string()),
    }
}
