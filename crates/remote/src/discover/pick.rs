//! All doors at once, and the best one that opens.
//!
//! Encrypted with a good certificate beats encrypted with a bad one, which beats plain text; then the order of the
//! plan decides. Once something good is there, better ones get a moment more, not the whole patience.

use std::time::Duration;

use futures::{StreamExt, stream::FuturesUnordered};
use tokio::time::Instant;
use waxwing_model::Security;

use super::{
    address::MailAddress,
    found::{Candidate, Found, Source},
    plan::{Attempt, Service, attempts},
    probe::{Finding, probe},
    surroundings::Surroundings,
};

/// How long a better server is waited for once a good one has been found.
const GRACE: Duration = Duration::from_millis(1_500);

/// Smaller is better: the class of its encryption, then the plan's order.
type Rank = (u8, (usize, usize));

pub(super) async fn search(address: &MailAddress, at: &Surroundings, patience: Duration) -> Found {
    let best = |talk| best(attempts(talk, address, &at.probing), at, patience);
    let (imap, pop3, smtp) = tokio::join!(best(Service::Imap), best(Service::Pop3), best(Service::Smtp));
    Found {
        imap,
        pop3,
        smtp,
        ..Found::nothing(Source::Probing)
    }
}

pub(super) async fn best(attempts: Vec<Attempt>, at: &Surroundings, patience: Duration) -> Option<Candidate> {
    let mut open: Vec<(usize, usize)> = attempts.iter().map(|attempt| attempt.rank).collect();
    let mut running: FuturesUnordered<_> = attempts
        .into_iter()
        .map(|attempt| async move {
            let found = tokio::time::timeout(patience, probe(&attempt, &at.names, &at.trust)).await;
            (attempt, found.ok().and_then(Result::ok))
        })
        .collect();
    let mut best: Option<(Rank, Candidate)> = None;
    let mut deadline = Instant::now() + patience;
    while let Ok(Some((attempt, finding))) = tokio::time::timeout_at(deadline, running.next()).await {
        open.retain(|rank| *rank != attempt.rank);
        let Some(finding) = finding else { continue };
        let rank = (class(finding), attempt.rank);
        if best.as_ref().is_none_or(|(before, _)| rank < *before) {
            best = Some((rank, candidate(attempt, finding)));
        }
        if let Some(((0, best), _)) = best {
            if open.iter().all(|rank| best < *rank) {
                break;
            }
            deadline = deadline.min(Instant::now() + GRACE);
        }
    }
    best.map(|(_, candidate)| candidate)
}

fn class(finding: Finding) -> u8 {
    match finding {
        Finding {
            security: Security::Plain,
            ..
        } => 2,
        Finding {
            certificate_valid: false,
            ..
        } => 1,
        Finding { .. } => 0,
    }
}

fn candidate(attempt: Attempt, finding: Finding) -> Candidate {
    Candidate {
        host: attempt.server.host,
        port: attempt.server.port,
        security: finding.security,
        username: attempt.server.username,
        certificate_valid: finding.certificate_valid,
        takes_passwords: true,
        vouched: true,
    }
}

#[cfg(test)]
mod tests {
    use super::super::plan::Probing;
    use super::*;

    #[tokio::test]
    async fn servers_that_say_nothing_are_given_up() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let mut probing = Probing {
            hosts: vec!["127.0.0.1".to_owned()],
            ..Probing::default()
        };
        probing.ports.imap = vec![(port, Security::Tls)];
        probing.ports.pop3 = vec![(port, Security::StartTls)];
        probing.ports.smtp = Vec::new();
        let address = MailAddress::parse("lena@waxwing.test").unwrap();
        let began = Instant::now();
        let at = Surroundings::probing_only(crate::Trust::system(), probing);
        let found = search(&address, &at, Duration::from_millis(200)).await;
        assert!(found.is_empty(), "nobody answered: {found:?}");
        assert!(
            began.elapsed() < Duration::from_secs(60),
            "and nobody was waited for"
        );
    }
}
