//! A picture of a letter, fetched from the web after the person has allowed it: without cookies, without a referrer,
//! never from this computer or its network, and never without end.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::{Client, Url, redirect};

use crate::public::is_public_address;
use crate::{RemoteError, Trust};

const DOING: &str = "fetching a picture";
/// Octets. A letter's picture is a fraction of it; a bomb is more.
const LARGEST: usize = 10 * 1024 * 1024;
const PATIENCE: Duration = Duration::from_secs(20);
const REDIRECTS: usize = 4;

/// The picture's media type and its bytes.
pub async fn fetch(url: &str) -> Result<(String, Vec<u8>), RemoteError> {
    let url = Url::parse(url).map_err(|error| protocol(error.to_string()))?;
    if !is_public(&url) {
        return Err(protocol("the address is not on the public web"));
    }
    let mut response = client()?
        .get(url.clone())
        .send()
        .await
        .map_err(|error| failed(&url, &error))?;
    if !response.status().is_success() {
        return Err(RemoteError::Refused {
            doing: DOING.into(),
            reply: response.status().to_string(),
        });
    }
    let media_type = response
        .headers()
        .get(reqwest::header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .map(|value| value.trim().to_ascii_lowercase())
        .unwrap_or_default();
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| failed(&url, &error))? {
        if bytes.len() + chunk.len() > LARGEST {
            return Err(RemoteError::Limit {
                what: "a picture".into(),
            });
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok((media_type, bytes))
}

fn client() -> Result<Client, RemoteError> {
    let tls = Arc::unwrap_or_clone(Trust::system().config()?);
    Client::builder()
        .tls_backend_preconfigured(tls)
        .dns_resolver(PublicOnly)
        .redirect(redirect::Policy::custom(|attempt| {
            if attempt.previous().len() > REDIRECTS || !is_public(attempt.url()) {
                attempt.error("the picture leads elsewhere")
            } else {
                attempt.follow()
            }
        }))
        .referer(false)
        .timeout(PATIENCE)
        .build()
        .map_err(|error| protocol(error.to_string()))
}

/// Names are resolved by the system, and addresses that are not public are left out: a letter must not make this
/// computer talk to the router beside it.
struct PublicOnly;

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let public: Vec<SocketAddr> = found.filter(|address| is_public_address(address.ip())).collect();
            let addresses: Addrs = Box::new(public.into_iter());
            Ok(addresses)
        })
    }
}

/// A host that is written as a number does not pass through the resolver.
fn is_public(url: &Url) -> bool {
    if !matches!(url.scheme(), "http" | "https") || !url.username().is_empty() || url.password().is_some() {
        return false;
    }
    match url.host() {
        Some(url::Host::Domain(name)) => {
            !name.is_empty() && name != "localhost" && !name.ends_with(".localhost")
        }
        Some(url::Host::Ipv4(address)) => is_public_address(address.into()),
        Some(url::Host::Ipv6(address)) => is_public_address(address.into()),
        None => false,
    }
}

fn failed(url: &Url, error: &reqwest::Error) -> RemoteError {
    if error.is_timeout() {
        return RemoteError::TimedOut { doing: DOING.into() };
    }
    if error.is_connect() {
        return RemoteError::Unreachable {
            host: url.host_str().unwrap_or_default().to_owned(),
            port: url.port_or_known_default().unwrap_or_default(),
            source: std::io::Error::other(error.to_string()),
        };
    }
    // reqwest's own text names the address, which belongs into no log.
    protocol("the web server's answer broke off")
}

fn protocol(detail: impl Into<String>) -> RemoteError {
    RemoteError::Protocol {
        doing: DOING.into(),
        detail: detail.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_public_web_is_asked_for_pictures() {
        for url in [
            "http://127.0.0.1/a.png",
            "http://2130706433/a.png",
            "http://0x7f.1/a.png",
            "http://10.0.0.1/a.png",
            "http://192.168.1.1/a.png",
            "http://169.254.169.254/latest/meta-data",
            "http://100.64.0.1/a.png",
            "http://[::1]/a.png",
            "http://[::ffff:10.0.0.1]/a.png",
            "http://[fe80::1]/a.png",
            "http://[fd00::1]/a.png",
            "http://localhost/a.png",
            "http://a.localhost/a.png",
            "https://lena:secret@post.example/a.png",
            "file:///etc/passwd",
            "ftp://post.example/a.png",
        ] {
            assert!(
                !is_public(&Url::parse(url).unwrap()),
                "{url} is not the public web"
            );
        }
        for url in [
            "https://post.example/a.png",
            "http://93.184.216.34/a.png",
            "https://[2606:2800::1]/a.png",
        ] {
            assert!(is_public(&Url::parse(url).unwrap()), "{url} is");
        }
    }

    #[tokio::test]
    async fn a_picture_on_this_computer_is_not_fetched() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let outcome = fetch(&format!("http://127.0.0.1:{port}/a.png")).await;
        assert!(outcome.is_err(), "loopback is refused");
        let asked = tokio::time::timeout(Duration::from_millis(200), listener.accept()).await;
        assert!(asked.is_err(), "and nobody came to the door");
    }
}
