//! Where a stranger's word may lead: to servers on the internet that exist.

use std::net::IpAddr;
use std::time::Duration;

use super::{found::Found, names::Names};
use crate::RemoteError;

/// How long the address of a server may be looked for before its name is believed without.
const LOOK: Duration = Duration::from_secs(2);

/// Takes out servers that a stranger may not send us to, and those that do not exist.
pub(super) async fn vet(found: &mut Found, names: &Names) {
    let checks = found.slots().map(|slot| async {
        let Some(candidate) = slot.as_ref() else { return };
        let is_permitted = match candidate.host.parse::<IpAddr>() {
            Ok(address) => names.is_permitted(address),
            Err(_) => match tokio::time::timeout(LOOK, names.addresses(&candidate.host)).await {
                // One address of this network among public ones is enough: whoever connects by the name may be led there.
                Ok(Ok(addresses)) => {
                    !addresses.is_empty() && addresses.iter().all(|address| names.is_permitted(*address))
                }
                // That DNS does not answer says nothing about the server.
                Ok(Err(RemoteError::TimedOut { .. })) | Err(_) => true,
                Ok(Err(_)) => false,
            },
        };
        if !is_permitted {
            tracing::info!(
                host = candidate.host,
                "a server that is not on the internet was left out"
            );
            *slot = None;
        }
    });
    futures::future::join_all(checks).await;
}

#[cfg(test)]
mod tests {
    use waxwing_model::Security;

    use super::super::{Candidate, found::Source};
    use super::*;

    #[tokio::test]
    async fn a_stranger_does_not_lead_into_this_computer() {
        let server = |host: &str| {
            Some(Candidate {
                host: host.to_owned(),
                port: 993,
                security: Security::Tls,
                username: "lena@nordlicht.test".to_owned(),
                certificate_valid: true,
                takes_passwords: true,
                vouched: true,
            })
        };
        let mut found = Found {
            imap: server("localhost"),
            pop3: server("192.168.178.1"),
            ..Found::nothing(Source::Srv)
        };
        vet(&mut found, &Names::system()).await;
        assert!(found.is_empty(), "{found:?}");
    }
}
