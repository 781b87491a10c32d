//! Which names and ports are tried, and in which order of preference.

use std::time::Duration;

use waxwing_model::{Security, ServerSettings};

use super::address::MailAddress;

/// How long one server may take to show itself. Who needs longer would be no joy later.
pub(super) const PATIENCE: Duration = Duration::from_secs(8);

/// What is tried. The default is what mail servers are usually called; tests point it at their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probing {
    /// Host names, best first, with `{domain}` for the address's domain. A name that begins with a protocol's name
    /// is tried for that protocol only.
    pub hosts: Vec<String>,
    pub ports: Ports,
}

/// The ports of each protocol, best first, with how each is encrypted. At a port for [`Security::StartTls`] a server
/// without it is found as [`Security::Plain`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ports {
    pub imap: Vec<(u16, Security)>,
    pub pop3: Vec<(u16, Security)>,
    pub smtp: Vec<(u16, Security)>,
}

impl Default for Probing {
    fn default() -> Self {
        let hosts = ["imap", "pop", "pop3", "smtp", "mail"].map(|name| format!("{name}.{{domain}}"));
        let hosts = hosts.into_iter().chain(["{domain}".to_owned()]).collect();
        Self {
            hosts,
            ports: Ports::default(),
        }
    }
}

impl Default for Ports {
    /// RFC 8314, section 3: TLS from the first byte before STARTTLS. 25 is for servers, and some offer nothing else.
    fn default() -> Self {
        Self {
            imap: vec![(993, Security::Tls), (143, Security::StartTls)],
            pop3: vec![(995, Security::Tls), (110, Security::StartTls)],
            smtp: vec![
                (465, Security::Tls),
                (587, Security::StartTls),
                (25, Security::StartTls),
            ],
        }
    }
}

/// Which of the three conversations is begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Service {
    Imap,
    Pop3,
    Smtp,
}

/// One door to knock at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Attempt {
    pub(super) talk: Service,
    pub(super) server: ServerSettings,
    /// Smaller is better: the place of the port, then of the host.
    pub(super) rank: (usize, usize),
}

pub(super) fn attempts(talk: Service, address: &MailAddress, probing: &Probing) -> Vec<Attempt> {
    every(talk, address, probing, |host| suits(host, talk))
}

fn every(
    talk: Service,
    address: &MailAddress,
    probing: &Probing,
    is_meant: impl Fn(&str) -> bool,
) -> Vec<Attempt> {
    let ports = match talk {
        Service::Imap => &probing.ports.imap,
        Service::Pop3 => &probing.ports.pop3,
        Service::Smtp => &probing.ports.smtp,
    };
    let hosts = probing.hosts.iter().filter(|host| is_meant(host)).enumerate();
    hosts
        .flat_map(|(host_rank, host)| {
            let host = host.replace("{domain}", &address.domain);
            ports
                .iter()
                .enumerate()
                .map(move |(port_rank, (port, security))| Attempt {
                    talk,
                    server: ServerSettings {
                        host: host.clone(),
                        port: *port,
                        security: *security,
                        username: address.whole.clone(),
                        authentication: Default::default(),
                    },
                    rank: (port_rank, host_rank),
                })
        })
        .collect()
}

/// The doors of one host that the person has named, whatever it is called.
pub(super) fn at_host(
    service: Service,
    host: &str,
    port: Option<u16>,
    address: &MailAddress,
    probing: &Probing,
) -> Vec<Attempt> {
    let here = Probing {
        hosts: vec![host.trim().to_owned()],
        ports: match port {
            None => probing.ports.clone(),
            Some(port) => Ports {
                imap: both_ways(port),
                pop3: both_ways(port),
                smtp: both_ways(port),
            },
        },
    };
    every(service, address, &here, |_| true)
}

/// A port that may be either kind.
fn both_ways(port: u16) -> Vec<(u16, Security)> {
    vec![(port, Security::Tls), (port, Security::StartTls)]
}

fn suits(host: &str, talk: Service) -> bool {
    let first = host.split('.').next().unwrap_or_default();
    let meant = match first {
        "imap" => Service::Imap,
        "pop" | "pop3" => Service::Pop3,
        "smtp" => Service::Smtp,
        _ => return true,
    };
    meant == talk
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_protocol_is_looked_for_under_its_own_names_encrypted_first() {
        let address = MailAddress::parse("lena@waxwing.test").unwrap();
        let mut attempts = attempts(Service::Pop3, &address, &Probing::default());
        attempts.sort_by_key(|attempt| attempt.rank);
        let tried: Vec<_> = attempts
            .iter()
            .map(|one| format!("{}:{}", one.server.host, one.server.port))
            .collect();
        assert_eq!(
            tried,
            [
                "pop.waxwing.test:995",
                "pop3.waxwing.test:995",
                "mail.waxwing.test:995",
                "waxwing.test:995",
                "pop.waxwing.test:110",
                "pop3.waxwing.test:110",
                "mail.waxwing.test:110",
                "waxwing.test:110",
            ]
        );
    }
}
