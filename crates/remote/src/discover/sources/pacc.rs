//! What a domain publishes about its servers in JSON, with its digest in DNS (draft-ietf-mailmaint-pacc): neither the web
//! server nor DNS alone can lie. TLS from the first byte at the usual ports is the only way that it knows.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures::future::{BoxFuture, FutureExt};
use serde_json::Value;
use waxwing_model::Security;

use super::{Inquiry, Manner, PUBLISHED, Place};
use crate::{
    RemoteError,
    discover::{
        address::MailAddress,
        config::{host_name, issuer, secure_page},
        found::{Candidate, Found, Source},
    },
};

const DOING: &str = "reading a description of servers";

pub(in crate::discover) struct Pacc;

impl Place for Pacc {
    fn ask<'a>(&'a self, inquiry: &'a Inquiry<'a>) -> BoxFuture<'a, Result<Option<Found>, RemoteError>> {
        ask(inquiry).boxed()
    }

    fn manner(&self) -> Manner {
        PUBLISHED
    }
}

async fn ask(inquiry: &Inquiry<'_>) -> Result<Option<Found>, RemoteError> {
    let domain = &inquiry.address.domain;
    let host = format!("ua-auto-config.{domain}");
    let url = format!("https://{host}/.well-known/user-agent-configuration.json");
    let name = format!("_ua-auto-config.{domain}");
    let (body, texts) = tokio::try_join!(inquiry.web.get(&url), inquiry.at.names.texts(&name))?;
    let Some(body) = body else { return Ok(None) };
    if !texts.iter().any(|text| vouches(text, &body)) {
        return Err(RemoteError::protocol(
            DOING,
            "the digest in DNS is missing or another one",
        ));
    }
    let document: Value =
        serde_json::from_slice(&body).map_err(|error| RemoteError::protocol(DOING, error.to_string()))?;
    Ok(read(&document, inquiry.address, Source::Pacc { host }))
}

/// Whether a TXT record (`v=UAAC1; a=sha256; d=…`) holds the digest of this document.
fn vouches(text: &[u8], body: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(text) else {
        return false;
    };
    let tag = |name: &str| {
        let tags = text.split(';').filter_map(|tag| tag.split_once('='));
        tags.map(|(key, value)| (key.trim(), value.trim()))
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    };
    let is = |name, wanted: &str| tag(name).is_some_and(|value| value.eq_ignore_ascii_case(wanted));
    let digest = ring::digest::digest(&ring::digest::SHA256, body);
    is("v", "UAAC1")
        && is("a", "sha256")
        && tag("d").is_some_and(|told| STANDARD.decode(told).is_ok_and(|told| told == digest.as_ref()))
}

fn read(document: &Value, address: &MailAddress, how: Source) -> Option<Found> {
    let takes_passwords = document
        .pointer("/authentication/password")
        .and_then(Value::as_bool)
        .unwrap_or(false);
    let server = |names: &[&str], port| {
        let protocols = document.get("protocols")?;
        let server = names.iter().find_map(|name| protocols.get(*name))?;
        Some(Candidate {
            host: host_name(server.get("host")?.as_str()?)?,
            port,
            security: Security::Tls,
            username: address.whole.clone(),
            certificate_valid: true,
            takes_passwords,
            vouched: true,
        })
    };
    let found = Found {
        imap: server(&["imap"], 993),
        pop3: server(&["pop3"], 995),
        // The drafts up to the second call it smtp, those from the third on submit.
        smtp: server(&["submit", "smtp"], 465),
        page: document
            .pointer("/info/help/documentation")
            .and_then(Value::as_str)
            .and_then(secure_page),
        issuer: document
            .pointer("/authentication/oauth-public/issuer")
            .and_then(Value::as_str)
            .and_then(issuer),
        ..Found::nothing(how)
    };
    (!found.is_empty()).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_believed_when_dns_vouches_for_it() {
        // The digest of "abc" that the standard of SHA-256 gives as an example.
        let good = "v=UAAC1; a=sha256; d=ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=";
        assert!(vouches(good.as_bytes(), b"abc"));
        assert!(
            vouches(good.replace("; ", ";").as_bytes(), b"abc"),
            "spaces do not matter"
        );
        assert!(!vouches(good.as_bytes(), b"abd"), "another document");
        for other in [
            good.replace("UAAC1", "UAAC2"),
            good.replace("sha256", "md5"),
            good.replace("d=", "e="),
            good.replace("ung", "***"),
            String::new(),
        ] {
            assert!(
                !vouches(other.as_bytes(), b"abc"),
                "{other:?} says nothing for us"
            );
        }
    }

    #[test]
    fn both_names_of_the_submission_server_are_read() {
        let address = MailAddress::parse("lena@nordlicht.test").unwrap();
        for name in ["submit", "smtp"] {
            let document = serde_json::json!({
                "protocols": { "imap": { "host": "imap.nordlicht.test" }, name: { "host": "smtp.nordlicht.test" },
                               "jmap": { "url": "https://nordlicht.test/jmap" } },
                "authentication": { "password": true },
            });
            let found = read(&document, &address, Source::Srv).expect("there are servers");
            let smtp = found.smtp.expect("it sends");
            assert_eq!(
                (smtp.host.as_str(), smtp.port, smtp.takes_passwords),
                ("smtp.nordlicht.test", 465, true)
            );
            assert_eq!(found.pop3, None);
        }
        let tokens = serde_json::json!({
            "protocols": { "imap": { "host": "imap.nordlicht.test" } },
            "authentication": { "oauth-public": { "issuer": "https://nordlicht.test" } },
        });
        let found = read(&tokens, &address, Source::Srv).expect("there is a server");
        assert!(!found.imap.expect("it has IMAP").takes_passwords);
        assert_eq!(found.issuer.as_deref(), Some("https://nordlicht.test"));
        for odd in [
            serde_json::json!([1]),
            serde_json::json!({ "protocols": { "imap": { "host": "a b" } } }),
            serde_json::json!({ "protocols": "imap" }),
        ] {
            assert_eq!(read(&odd, &address, Source::Srv), None, "{odd}");
        }
    }
}
