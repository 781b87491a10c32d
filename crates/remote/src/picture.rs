//! The pictures of letters, fetched from the web after the person has allowed it: without cookies, without a referrer, without
//! a proxy that would ask in our place, never from this computer or its network, and never without end.
//!
//! One client fetches them all and keeps its connections for a moment, so that a newsletter of fifty pictures is not fifty
//! handshakes. TLS sessions are not resumed: whoever serves pictures would know by them who comes again.

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{ACCEPT, HeaderMap, HeaderValue};
use reqwest::{Client, Url, redirect};

use crate::RemoteError;
use crate::discover::{Surroundings, WITHIN, web_failure, web_names};

const DOING: &str = "fetching a picture";
/// Octets. A letter's picture is a fraction of it; a bomb is more.
pub const LARGEST: usize = 10 * 1024 * 1024;
const PATIENCE: Duration = Duration::from_secs(20);
const REDIRECTS: usize = 4;
/// Long enough for the pictures of one letter, and too short to tell that the next one was opened too.
const KEPT_OPEN: Duration = Duration::from_secs(10);
const KEPT_OPEN_A_HOST: usize = 4;
/// Some servers refuse who does not say what it is, and this says nothing but that.
const AGENT: &str = "Mozilla/5.0";

/// Whoever fetches pictures. Cheap to clone.
#[derive(Debug, Clone)]
pub struct PictureFetcher {
    client: Client,
    at: Surroundings,
}

/// What came of asking for a picture.
#[derive(Debug)]
pub struct Answer {
    /// Its host has answered, with a picture or without: it has heard which one was asked for.
    pub was_heard: bool,
    pub bytes: Result<Vec<u8>, RemoteError>,
}

impl PictureFetcher {
    pub fn new(at: &Surroundings) -> Result<Self, RemoteError> {
        let mut tls = Arc::unwrap_or_clone(at.tls()?);
        tls.resumption = rustls::client::Resumption::disabled();
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("image/*"));
        let within = at.clone();
        let client = Client::builder()
            .tls_backend_preconfigured(tls)
            .dns_resolver(web_names(at))
            .redirect(redirect::Policy::custom(move |attempt| {
                match may_follow(attempt.previous().len(), attempt.url(), &within) {
                    true => attempt.follow(),
                    false => attempt.error("the picture leads elsewhere"),
                }
            }))
            .referer(false)
            // It would look the names up where nobody looks at what they are, and reach what this computer's network has.
            .no_proxy()
            .user_agent(AGENT)
            .default_headers(headers)
            .timeout(PATIENCE)
            .pool_idle_timeout(KEPT_OPEN)
            .pool_max_idle_per_host(KEPT_OPEN_A_HOST)
            .build()
            .map_err(|error| refused(error.to_string()))?;
        Ok(Self {
            client,
            at: at.clone(),
        })
    }

    /// The bytes that a server gives for a picture, `most` at the most. What they are is not told by what the server calls them:
    /// stores of files call everything a stream of octets.
    pub async fn fetch(&self, url: &str, most: usize) -> Answer {
        let mut was_heard = false;
        let bytes = self.bytes(url, most, &mut was_heard).await;
        Answer { was_heard, bytes }
    }

    async fn bytes(&self, url: &str, most: usize, was_heard: &mut bool) -> Result<Vec<u8>, RemoteError> {
        let url = Url::parse(url).map_err(|error| refused(error.to_string()))?;
        if !is_permitted(&url, &self.at) {
            return Err(refused(WITHIN));
        }
        let failed = |error: reqwest::Error| web_failure(DOING, &url, &error);
        let sent = self.client.get(url.clone()).send().await;
        *was_heard = match &sent {
            Ok(_) => true,
            // It has sent us on to where we do not go.
            Err(error) => error.is_redirect(),
        };
        let mut response = sent.map_err(failed)?;
        if !response.status().is_success() {
            return Err(RemoteError::refused(DOING, response.status().to_string()));
        }
        let most = most.min(LARGEST);
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(failed)? {
            if bytes.len() + chunk.len() > most {
                return Err(RemoteError::limit("a picture"));
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    }
}

/// Whether a picture was not fetched because its address leads into this computer's own network, or past the web.
pub fn is_within(error: &RemoteError) -> bool {
    matches!(error, RemoteError::Protocol { detail, .. } if detail == WITHIN)
}

/// Whether a picture is followed to where it has gone, after so many addresses.
fn may_follow(before: usize, url: &Url, at: &Surroundings) -> bool {
    before <= REDIRECTS && is_permitted(url, at)
}

/// A host that is written as a number does not pass through the resolver.
fn is_permitted(url: &Url, at: &Surroundings) -> bool {
    if !matches!(url.scheme(), "http" | "https") || !url.username().is_empty() || url.password().is_some() {
        return false;
    }
    match url.host() {
        Some(url::Host::Domain(name)) => {
            !name.is_empty() && name != "localhost" && !name.ends_with(".localhost")
        }
        Some(url::Host::Ipv4(address)) => at.permits(address.into()),
        Some(url::Host::Ipv6(address)) => at.permits(address.into()),
        None => false,
    }
}

fn refused(detail: impl AsRef<str>) -> RemoteError {
    RemoteError::protocol(DOING, detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_public_web_is_asked_for_pictures() {
        let is_public = |url: &str| is_permitted(&Url::parse(url).unwrap(), &Surroundings::system());
        for url in [
            "http://127.0.0.1/a.png",
            "http://2130706433/a.png",
            "http://0x7f.1/a.png",
            "http://10.0.0.1/a.png",
            "http://192.168.1.1/a.png",
            "http://169.254.169.254/latest/meta-data",
            "http://100.64.0.1/a.png",
            "http://198.18.0.1/a.png",
            "http://198.19.255.255/a.png",
            "http://203.0.113.9/a.png",
            "http://224.0.0.251/a.png",
            "http://240.0.0.1/a.png",
            "http://[::1]/a.png",
            "http://[::ffff:10.0.0.1]/a.png",
            "http://[fe80::1]/a.png",
            "http://[fd00::1]/a.png",
            // The router beside us, by 6to4 and by a translator; a neighbour's computer by Teredo.
            "http://[2002:c0a8:101::1]/a.png",
            "http://[64:ff9b::192.168.1.1]/a.png",
            "http://[2001:0:53aa:64c::1]/a.png",
            "http://[2001:db8::1]/a.png",
            "http://localhost/a.png",
            "http://a.localhost/a.png",
            "https://lena:secret@post.example/a.png",
            "file:///etc/passwd",
            "ftp://post.example/a.png",
        ] {
            assert!(!is_public(url), "{url} is not the public web");
        }
        for url in [
            "https://post.example/a.png",
            "http://93.184.216.34/a.png",
            "https://[2606:2800::1]/a.png",
            "https://[64:ff9b::93.184.216.34]/a.png",
        ] {
            assert!(is_public(url), "{url} is");
        }
    }

    #[test]
    fn a_picture_is_followed_a_few_times_and_never_into_this_network() {
        let follows =
            |before, url: &str| may_follow(before, &Url::parse(url).unwrap(), &Surroundings::system());
        assert!(follows(1, "https://post.example/a.png"));
        assert!(follows(REDIRECTS, "https://post.example/a.png"));
        assert!(
            !follows(REDIRECTS + 1, "https://post.example/a.png"),
            "round and round"
        );
        for url in [
            "https://127.0.0.2/a.png",
            "http://192.168.1.1/",
            "file:///etc/passwd",
        ] {
            assert!(!follows(1, url), "{url}");
        }
    }

    #[tokio::test]
    async fn a_picture_on_this_computer_is_not_fetched() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let fetcher = PictureFetcher::new(&Surroundings::system()).unwrap();
        let outcome = fetcher
            .fetch(&format!("http://127.0.0.1:{port}/a.png"), LARGEST)
            .await;
        assert!(!outcome.was_heard, "nobody was asked");
        assert!(
            outcome.bytes.is_err_and(|error| is_within(&error)),
            "loopback is refused"
        );
        let asked = tokio::time::timeout(Duration::from_millis(200), listener.accept()).await;
        assert!(asked.is_err(), "and nobody came to the door");
    }
}
