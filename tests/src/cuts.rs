//! Every place where a conversation with an IMAP server can be cut, learned from one that was not.

use waxwing_testkit::proxy::{Action, Direction, ProxyTls, Rule, When};
use waxwing_testkit::{CertificateKind, Dovecot, Proxy};

/// One place, with words for a test to fail with.
#[derive(Clone)]
pub struct Cut {
    pub place: String,
    pub rule: Rule,
}

/// How long the proxy's two transcripts were when something began.
#[derive(Clone, Copy)]
pub struct Mark {
    to_server: usize,
    to_client: usize,
}

/// A proxy that sees what is said inside TLS.
pub async fn proxy(dovecot: &Dovecot) -> std::io::Result<Proxy> {
    let certificates = dovecot.certificates();
    let pair = certificates.pair(CertificateKind::Good);
    let server = std::net::SocketAddr::new(dovecot.host(), dovecot.imaps());
    Proxy::start(server, ProxyTls::Both(pair, certificates.ca_pem.clone())).await
}

pub fn mark(proxy: &Proxy) -> Mark {
    Mark {
        to_server: proxy.said(Direction::ToServer).len(),
        to_client: proxy.said(Direction::ToClient).len(),
    }
}

/// What a client has said since, a command a line, without tags.
pub fn commands(proxy: &Proxy, since: Mark) -> Vec<String> {
    tagged(proxy, since).into_iter().map(|(_, words)| words).collect()
}

/// Every place in what was said since: before and within each command, before and within each answer, and at bytes
/// spread over both directions. The rules hold for a conversation that says the same.
pub fn everywhere(proxy: &Proxy, since: Mark) -> Vec<Cut> {
    let mut cuts = Vec::new();
    for (tag, words) in tagged(proxy, since) {
        let line = format!("{tag} {words}");
        let spoken: String = line.chars().take(40).collect();
        let done = format!("{tag} OK");
        let places = [
            ("before", Rule::to_server(When::line(&spoken), Action::Cut)),
            (
                "within",
                Rule::to_server(When::line(&spoken), Action::CutWithin(line.len() / 2)),
            ),
            (
                "before the answer to",
                Rule::to_client(When::line(&done), Action::Cut),
            ),
            (
                "within the answer to",
                Rule::to_client(When::line(&done), Action::CutWithin(tag.len() + 2)),
            ),
        ];
        for (place, rule) in places {
            cuts.push(Cut {
                place: format!("{place} {words}"),
                rule,
            });
        }
    }
    let (said, heard) = slices(proxy, since);
    type Make = fn(When, Action) -> Rule;
    let make: [(&str, usize, Make); 2] = [
        ("the client's", said.len(), Rule::to_server),
        ("the server's", heard.len(), Rule::to_client),
    ];
    for (whose, length, rule) in make {
        for part in 1..8 {
            let at = u64::try_from(length * part / 8).unwrap_or(u64::MAX);
            cuts.push(Cut {
                place: format!("after {at} of {whose} bytes"),
                rule: rule(When::AfterBytes(at), Action::Cut),
            });
        }
    }
    cuts
}

fn slices(proxy: &Proxy, since: Mark) -> (Vec<u8>, Vec<u8>) {
    let part = |direction, from: usize| proxy.said(direction).split_off(from);
    (
        part(Direction::ToServer, since.to_server),
        part(Direction::ToClient, since.to_client),
    )
}

/// Commands that were answered with OK: tag and words.
fn tagged(proxy: &Proxy, since: Mark) -> Vec<(String, String)> {
    let (said, heard) = slices(proxy, since);
    let heard = String::from_utf8_lossy(&heard).into_owned();
    let done: Vec<&str> = heard
        .lines()
        .filter_map(|line| line.split_once(" OK"))
        .map(|(tag, _)| tag)
        .filter(|tag| !tag.contains([' ', '*', '+']))
        .collect();
    String::from_utf8_lossy(&said)
        .lines()
        .filter_map(|line| line.split_once(' '))
        .filter(|(tag, _)| done.contains(tag))
        .map(|(tag, words)| (tag.to_owned(), words.to_owned()))
        .collect()
}
