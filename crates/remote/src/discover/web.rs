//! Fetching a description of servers from the web: over https alone, without cookies and without saying where we come
//! from, never from this computer's own network, not far, and not much.

use std::net::SocketAddr;
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{CONTENT_TYPE, LOCATION};
use reqwest::{Client, Method, StatusCode, Url, redirect};

use super::{names::Names, surroundings::Surroundings};
use crate::RemoteError;

const DOING: &str = "asking how the servers are called";
/// Octets. Descriptions have a few thousand.
const LARGEST: usize = 256 * 1024;
const REDIRECTS: usize = 5;
/// What is said of an address that leads into this computer's own network.
pub(crate) const WITHIN: &str = "the address is not on the public web";

/// Where a redirection may lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Follow {
    Anywhere,
    /// Another host is told and not asked.
    SameHost,
}

#[derive(Debug)]
pub(super) enum Fetched {
    Body(Vec<u8>),
    /// There is nothing at that address.
    Nothing,
    /// The answer is at another host, at this address.
    Elsewhere(Url),
}

#[derive(Clone)]
pub(super) struct Web {
    client: Client,
    names: Names,
}

impl Web {
    pub(super) fn new(at: &Surroundings) -> Result<Self, RemoteError> {
        Ok(Self {
            client: client(at)?,
            names: at.names.clone(),
        })
    }

    /// The document at an address, where there is one.
    pub(super) async fn get(&self, url: &str) -> Result<Option<Vec<u8>>, RemoteError> {
        match self.ask(Method::GET, url, None, Follow::Anywhere).await? {
            Fetched::Body(body) => Ok(Some(body)),
            Fetched::Nothing | Fetched::Elsewhere(_) => Ok(None),
        }
    }

    /// Sends an XML document and reads the answer. Only the same host is asked.
    pub(super) async fn post(&self, url: &str, body: String) -> Result<Fetched, RemoteError> {
        self.ask(Method::POST, url, Some(body), Follow::SameHost).await
    }

    async fn ask(
        &self,
        method: Method,
        url: &str,
        body: Option<String>,
        follow: Follow,
    ) -> Result<Fetched, RemoteError> {
        let mut url = Url::parse(url).map_err(|error| refused(error.to_string()))?;
        for _ in 0..=REDIRECTS {
            self.check(&url)?;
            let mut request = self.client.request(method.clone(), url.clone());
            if let Some(body) = &body {
                request = request
                    .header(CONTENT_TYPE, "text/xml; charset=utf-8")
                    .body(body.clone());
            }
            let mut response = request
                .send()
                .await
                .map_err(|error| failed(DOING, &url, &error))?;
            let status = response.status();
            if status.is_redirection() {
                let next = response
                    .headers()
                    .get(LOCATION)
                    .and_then(|location| location.to_str().ok())
                    .and_then(|location| url.join(location).ok())
                    .ok_or_else(|| refused("it leads nowhere"))?;
                if follow == Follow::SameHost && next.host_str() != url.host_str() {
                    return Ok(Fetched::Elsewhere(next));
                }
                url = next;
                continue;
            }
            if matches!(status, StatusCode::NOT_FOUND | StatusCode::GONE) {
                return Ok(Fetched::Nothing);
            }
            if !status.is_success() {
                return Err(RemoteError::refused(DOING, status.to_string()));
            }
            let mut bytes = Vec::new();
            while let Some(chunk) = response
                .chunk()
                .await
                .map_err(|error| failed(DOING, &url, &error))?
            {
                if bytes.len() + chunk.len() > LARGEST {
                    return Err(RemoteError::limit("a description of servers"));
                }
                bytes.extend_from_slice(&chunk);
            }
            return Ok(Fetched::Body(bytes));
        }
        Err(refused("it leads on and on"))
    }

    /// A host that is written as a number does not pass through the resolver, so it is looked at here.
    fn check(&self, url: &Url) -> Result<(), RemoteError> {
        let permitted = match url.host() {
            Some(url::Host::Domain(name)) => name != "localhost" && !name.ends_with(".localhost"),
            Some(url::Host::Ipv4(address)) => self.names.is_permitted(address.into()),
            Some(url::Host::Ipv6(address)) => self.names.is_permitted(address.into()),
            None => false,
        };
        let discreet = url.username().is_empty() && url.password().is_none();
        match url.scheme() == "https" && permitted && discreet {
            true => Ok(()),
            false => Err(refused("it leads to a place that is not asked")),
        }
    }
}

/// One that asks over https alone, and follows nobody by itself.
pub(crate) fn client(at: &Surroundings) -> Result<Client, RemoteError> {
    let tls = Arc::unwrap_or_clone(at.trust.config()?);
    Client::builder()
        .tls_backend_preconfigured(tls)
        .dns_resolver(names(at))
        // They are followed here, where each step is looked at.
        .redirect(redirect::Policy::none())
        .https_only(true)
        .referer(false)
        .no_proxy()
        .build()
        .map_err(|error| refused(error.to_string()))
}

/// For clients of other rooms.
pub(crate) fn names(at: &Surroundings) -> Permitted {
    Permitted(at.names.clone())
}

/// Names with their addresses, without those that a stranger may not send us to.
pub(crate) struct Permitted(Names);

impl Resolve for Permitted {
    fn resolve(&self, name: Name) -> Resolving {
        let names = self.0.clone();
        Box::pin(async move {
            let port = names.https_port();
            let all = names.addresses(name.as_str()).await?;
            let found: Vec<SocketAddr> = all
                .iter()
                .filter(|address| names.is_permitted(**address))
                .map(|address| SocketAddr::new(*address, port))
                .collect();
            if found.is_empty() && !all.is_empty() {
                return Err(WITHIN.into());
            }
            let addresses: Addrs = Box::new(found.into_iter());
            Ok(addresses)
        })
    }
}

/// Why a request got no answer.
pub(crate) fn failed(doing: &'static str, url: &Url, error: &reqwest::Error) -> RemoteError {
    if error.is_timeout() {
        return RemoteError::timed_out(doing);
    }
    if error.is_connect() {
        let cause = cause(error);
        if cause == WITHIN {
            return RemoteError::protocol(doing, WITHIN);
        }
        return RemoteError::Unreachable {
            host: url.host_str().unwrap_or_default().to_owned(),
            port: url.port_or_known_default().unwrap_or_default(),
            source: std::io::Error::other(cause),
        };
    }
    RemoteError::protocol(doing, "the web server's answer broke off")
}

/// The innermost cause: what stands around it names the whole address, which belongs into no log.
fn cause(error: &reqwest::Error) -> String {
    let mut inner: Option<&dyn std::error::Error> = std::error::Error::source(error);
    let mut words = "no connection".to_owned();
    while let Some(error) = inner {
        words = error.to_string();
        inner = error.source();
    }
    words
}

fn refused(detail: impl AsRef<str>) -> RemoteError {
    RemoteError::protocol(DOING, detail)
}
