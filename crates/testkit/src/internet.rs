//! A small internet on this computer: names, web pages and an authority that belong together, for the search for
//! servers. The mail servers are a `stage`'s, or scripts.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use serde_json::{Value, json};

use crate::dns::NameServer;
use crate::web::{Asked, Page, WebServer};
use crate::{Certificates, StageError};

/// The domains that the web server has certificates for, with every name below them.
pub const DOMAINS: [&str; 4] = [
    "nordlicht.test",
    "fjord.test",
    "waxwing.test",
    "autoconfig.thunderbird.net",
];

pub struct Internet {
    pub names: NameServer,
    pub web: WebServer,
    pub certificates: Certificates,
}

/// The ports of mail servers, each with `tls` or `starttls`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MailPorts {
    pub imap: Vec<(u16, &'static str)>,
    pub pop3: Vec<(u16, &'static str)>,
    pub smtp: Vec<(u16, &'static str)>,
}

impl Internet {
    /// An internet in which nothing stands yet.
    pub async fn start() -> Result<Internet, StageError> {
        let certificates = Certificates::new();
        let subdomains = DOMAINS.map(|domain| format!("*.{domain}"));
        let mut all: Vec<&str> = DOMAINS.to_vec();
        all.extend(subdomains.iter().map(String::as_str));
        let names = NameServer::start()
            .await
            .map_err(StageError::io("start a DNS server"))?;
        let web = WebServer::start(certificates.for_names(&all))
            .await
            .map_err(StageError::io("start a web server"))?;
        Ok(Internet {
            names,
            web,
            certificates,
        })
    }

    /// Puts a page at a host and a path, and makes the host known.
    pub fn publish(&self, address: &str, page: Page) {
        let host = address.split('/').next().unwrap_or_default();
        self.names.put_address(host, Ipv4Addr::LOCALHOST);
        self.web.put(address, page);
    }

    /// Has somebody answer for a host, and makes it known.
    pub fn publish_all(&self, host: &str, answering: impl Fn(&Asked) -> Page + Send + Sync + 'static) {
        self.names.put_address(host, Ipv4Addr::LOCALHOST);
        self.web.put_host(host, answering);
    }

    /// A description of servers in the config-v1.1 shape, for the hosts and ports given.
    pub fn description(
        imap: Option<(&str, u16)>,
        pop3: Option<(&str, u16)>,
        smtp: Option<(&str, u16)>,
    ) -> String {
        let server = |group: &str, kind: &str, server: Option<(&str, u16)>| match server {
            Some((host, port)) => format!(
                "<{group} type=\"{kind}\"><hostname>{host}</hostname><port>{port}</port><socketType>SSL</socketType>\
                 <username>%EMAILADDRESS%</username></{group}>"
            ),
            None => String::new(),
        };
        let servers = [
            server("incomingServer", "imap", imap),
            server("incomingServer", "pop3", pop3),
            server("outgoingServer", "smtp", smtp),
        ];
        format!(
            "<?xml version=\"1.0\"?><clientConfig version=\"1.1\"><emailProvider id=\"nordlicht.test\">{}\
             </emailProvider></clientConfig>",
            servers.concat()
        )
    }

    /// The same with the issuer at whose page people sign in (draft-ietf-mailmaint-autoconfig, section 4.2).
    pub fn naming(description: &str, issuer: &str) -> String {
        let named = format!("<oAuth2><issuer>{issuer}</issuer><scope>mail</scope></oAuth2></clientConfig>");
        description.replace("</clientConfig>", &named)
    }

    /// What Waxwing's `--surroundings FILE` reads. Mail servers are looked for at the hosts, or at the usual names.
    pub fn stage_file(&self, authorities: &str, ports: &MailPorts, hosts: &[String]) -> String {
        self.stage_file_with(authorities, ports, hosts, &[])
    }

    /// The same with providers that sign people in.
    pub fn stage_file_with(
        &self,
        authorities: &str,
        ports: &MailPorts,
        hosts: &[String],
        providers: &[Value],
    ) -> String {
        json!({
            "providers": providers,
            "hosts": hosts,
            "dns": self.names.address().to_string(),
            "https": self.web.port(),
            "home": Internet::home().to_string(),
            "ca": format!("{}{authorities}", self.certificates.ca_pem),
            "imap": ports.imap,
            "pop3": ports.pop3,
            "smtp": ports.smtp,
        })
        .to_string()
    }

    pub fn dns(&self) -> SocketAddr {
        self.names.address()
    }

    /// The address that everything stands at.
    pub fn home() -> IpAddr {
        Ipv4Addr::LOCALHOST.into()
    }
}
