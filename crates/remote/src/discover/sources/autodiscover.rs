//! Microsoft Autodiscover in its older form, "plain old XML" ([MS-OXDSCLI]): its IMAP, POP3 and SMTP parts.
//!
//! It wants the whole address, so it is only asked at the domain's own server and after the others. Where that server,
//! or a record of DNS, leads to another host, the person is asked first whether the address may be told there.

use std::time::Duration;

use futures::future::{BoxFuture, FutureExt};
use waxwing_model::Security;

use super::{HEAD_START, Inquiry, Manner, Place};
use crate::{
    RemoteError,
    discover::{
        address::MailAddress,
        config::host_name,
        found::{Candidate, Found, Source},
        registered::same_owner,
        tree::Element,
        web::Fetched,
    },
};

const PATH: &str = "/autodiscover/autodiscover.xml";
const REQUESTS: &str = "http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006";
const RESPONSES: &str = "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a";
/// How often an answer may lead on.
const STEPS: usize = 3;

pub(in crate::discover) struct Autodiscover;

impl Place for Autodiscover {
    fn ask<'a>(&'a self, inquiry: &'a Inquiry<'a>) -> BoxFuture<'a, Result<Option<Found>, RemoteError>> {
        ask(inquiry).boxed()
    }

    fn manner(&self) -> Manner {
        Manner {
            after: HEAD_START,
            patience: Duration::from_secs(5),
            grace: Duration::from_millis(500),
            from_strangers: true,
        }
    }
}

/// What one answer says.
enum Said {
    Servers(Box<Found>),
    /// Another host knows.
    AskAt(String),
    Nothing,
}

async fn ask(inquiry: &Inquiry<'_>) -> Result<Option<Found>, RemoteError> {
    let domain = &inquiry.address.domain;
    let own = format!("autodiscover.{domain}");
    let mut failure = None;
    let mut host = own.clone();
    let mut led_by_dns = false;
    for step in 0..STEPS {
        let said = at(&host, inquiry).await;
        let next = match said {
            Ok(Said::Servers(found)) if led_by_dns => return Ok(Some(found.unvouched())),
            Ok(Said::Servers(found)) => return Ok(Some(*found)),
            Ok(Said::AskAt(next)) => Some(next),
            Ok(Said::Nothing) | Err(_) if step > 0 => return said.map(|_| None),
            said => {
                failure = said.err();
                let next = by_dns(inquiry).await;
                led_by_dns = next.as_ref().is_some_and(|next| !same_owner(next, domain));
                next
            }
        };
        let Some(next) = next.filter(|next| *next != host) else {
            return failure.map_or(Ok(None), Err);
        };
        if next != own && !inquiry.wishes.consented.contains(&next) {
            let how = Source::Autodiscover { host: own };
            return Ok(Some(Found {
                consent: Some(next),
                ..Found::nothing(how)
            }));
        }
        host = next;
    }
    Ok(None)
}

/// The host that the domain's SRV record names.
async fn by_dns(inquiry: &Inquiry<'_>) -> Option<String> {
    let name = format!("_autodiscover._tcp.{}", inquiry.address.domain);
    let services = inquiry.at.names.services(&name).await.ok()?;
    let best = services
        .into_iter()
        .filter(|one| one.port == 443)
        .min_by_key(|one| one.priority)?;
    host_name(&best.target)
}

async fn at(host: &str, inquiry: &Inquiry<'_>) -> Result<Said, RemoteError> {
    let request = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\
         <Autodiscover xmlns=\"{REQUESTS}\"><Request><EMailAddress>{}</EMailAddress>\
         <AcceptableResponseSchema>{RESPONSES}</AcceptableResponseSchema></Request></Autodiscover>",
        quick_xml::escape::escape(inquiry.address.whole.as_str())
    );
    match inquiry
        .web
        .post(&format!("https://{host}{PATH}"), request)
        .await?
    {
        Fetched::Nothing => Ok(Said::Nothing),
        Fetched::Elsewhere(url) => Ok(elsewhere(&url)),
        Fetched::Body(body) => {
            let how = Source::Autodiscover {
                host: host.to_owned(),
            };
            Ok(read(&Element::read(&body)?, inquiry.address, how))
        }
    }
}

/// Only the host is taken over: the path is always the same, and https is a condition.
fn elsewhere(url: &url::Url) -> Said {
    match url.host_str().and_then(host_name) {
        Some(host) if url.scheme() == "https" => Said::AskAt(host),
        _ => Said::Nothing,
    }
}

fn read(document: &Element, address: &MailAddress, how: Source) -> Said {
    let account = document
        .child("Response")
        .and_then(|response| response.child("Account"));
    let Some(account) = account else {
        return Said::Nothing;
    };
    if let Some(url) = account.text_of("RedirectUrl") {
        return url::Url::parse(url).map_or(Said::Nothing, |url| elsewhere(&url));
    }
    if let Some((_, domain)) = account.text_of("RedirectAddr").and_then(|to| to.rsplit_once('@')) {
        return match host_name(domain) {
            Some(domain) => Said::AskAt(format!("autodiscover.{domain}")),
            None => Said::Nothing,
        };
    }
    let server = |kind: &str| {
        let protocols = account.all("Protocol");
        let mut fitting = protocols.filter(|one| {
            let told = one.text_of("Type").or_else(|| one.attribute("Type"));
            told.is_some_and(|told| told.eq_ignore_ascii_case(kind))
        });
        fitting.find_map(|one| candidate(one, address))
    };
    let found = Found {
        imap: server("IMAP"),
        pop3: server("POP3"),
        smtp: server("SMTP"),
        ..Found::nothing(how)
    };
    match found.is_empty() {
        true => Said::Nothing,
        false => Said::Servers(Box::new(found)),
    }
}

fn candidate(protocol: &Element, address: &MailAddress) -> Option<Candidate> {
    let port = protocol.text_of("Port")?.parse().ok().filter(|port| *port != 0)?;
    let is_on = |name| {
        protocol
            .text_of(name)
            .is_none_or(|told| !told.eq_ignore_ascii_case("off"))
    };
    // `SSL` is on where it is missing. `Encryption` comes later in the history of the format, and overrules it.
    let from_the_first_byte = matches!(port, 993 | 995 | 465);
    let security = match protocol
        .text_of("Encryption")
        .map(str::to_ascii_uppercase)
        .as_deref()
    {
        Some("NONE") => Security::Plain,
        Some("SSL") => Security::Tls,
        Some(_) if from_the_first_byte => Security::Tls,
        Some(_) => Security::StartTls,
        None if !is_on("SSL") => Security::Plain,
        None if from_the_first_byte => Security::Tls,
        None => Security::StartTls,
    };
    Some(Candidate {
        host: host_name(protocol.text_of("Server")?)?,
        port,
        security,
        username: protocol.text_of("LoginName").unwrap_or(&address.whole).to_owned(),
        certificate_valid: true,
        takes_passwords: true,
        vouched: true,
    })
}
