//! SRV records of a domain (RFC 6186, RFC 8314). TLS from the first byte is preferred; a target of "." says that the
//! service is not there.

use futures::future::{BoxFuture, FutureExt};
use waxwing_model::Security;

use super::{Inquiry, Manner, PUBLISHED, Place};
use crate::{
    RemoteError,
    discover::{
        config::host_name,
        found::{Candidate, Found, Source},
        names::SrvRecord,
    },
};

pub(in crate::discover) struct Srv;

impl Place for Srv {
    fn ask<'a>(&'a self, inquiry: &'a Inquiry<'a>) -> BoxFuture<'a, Result<Option<Found>, RemoteError>> {
        ask(inquiry).boxed()
    }

    fn manner(&self) -> Manner {
        PUBLISHED
    }
}

async fn ask(inquiry: &Inquiry<'_>) -> Result<Option<Found>, RemoteError> {
    let (imap, pop3, smtp) = tokio::try_join!(
        server(inquiry, "_imaps", "_imap"),
        server(inquiry, "_pop3s", "_pop3"),
        server(inquiry, "_submissions", "_submission"),
    )?;
    let found = Found {
        imap,
        pop3,
        smtp,
        ..Found::nothing(Source::Srv)
    };
    Ok((!found.is_empty()).then_some(found))
}

async fn server(
    inquiry: &Inquiry<'_>,
    encrypted: &str,
    upgraded: &str,
) -> Result<Option<Candidate>, RemoteError> {
    let domain = &inquiry.address.domain;
    let name = |service: &str| format!("{service}._tcp.{domain}");
    let (encrypted, upgraded) = (name(encrypted), name(upgraded));
    let names = &inquiry.at.names;
    let (tls, starttls) = tokio::try_join!(names.services(&encrypted), names.services(&upgraded))?;
    let candidate = |service: SrvRecord, security| {
        Some(Candidate {
            host: host_name(&service.target)?,
            port: service.port,
            security,
            username: inquiry.address.whole.clone(),
            certificate_valid: true,
            takes_passwords: true,
            vouched: false,
        })
    };
    let tls = best(tls).and_then(|service| candidate(service, Security::Tls));
    Ok(tls.or_else(|| best(starttls).and_then(|service| candidate(service, Security::StartTls))))
}

/// The record with the smallest priority, and of those the one with the greatest weight: an account is set up once, so
/// that there is no load to spread by dice.
fn best(services: Vec<SrvRecord>) -> Option<SrvRecord> {
    services
        .into_iter()
        .filter(|service| !service.target.is_empty() && service.port != 0)
        .min_by_key(|service| {
            (
                service.priority,
                std::cmp::Reverse(service.weight),
                service.target.clone(),
            )
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_preferred_record_is_taken_and_a_dot_is_none() {
        let service = |priority, weight, target: &str| SrvRecord {
            priority,
            weight,
            port: 993,
            target: target.to_owned(),
        };
        let found = best(vec![
            service(10, 50, "far.test"),
            service(0, 1, "light.test"),
            service(0, 5, "heavy.test"),
        ]);
        assert_eq!(found.map(|one| one.target).as_deref(), Some("heavy.test"));
        assert_eq!(best(vec![service(0, 0, "")]), None, "it is said not to be there");
    }
}
