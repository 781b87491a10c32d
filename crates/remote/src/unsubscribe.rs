//! Leaving a mailing list with one request (RFC 8058): a POST to the address that the list gives, over https, without
//! cookies and without a referrer, to no private address, and to nobody else than who was named.
//!
//! Whether the letter that names the address may be believed is not decided here.

use std::time::Duration;

use reqwest::Url;
use reqwest::header::CONTENT_TYPE;

use crate::RemoteError;
use crate::discover::{Surroundings, web_client, web_failure};

const DOING: &str = "unsubscribing";
const PATIENCE: Duration = Duration::from_secs(30);
/// The whole body, which is all that the list hears (section 3.1).
const BODY: &str = "List-Unsubscribe=One-Click";

/// What came of the one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    Left,
    /// The list answers with another address. Section 3.1 forbids it, and nobody is followed silently.
    SentOn,
}

/// Sends the one request.
pub async fn one_click(address: &str, at: &Surroundings) -> Result<Answer, RemoteError> {
    let url = Url::parse(address).map_err(|error| refused(error.to_string()))?;
    check(&url, at)?;
    let response = web_client(at)?
        .post(url.clone())
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(BODY)
        .timeout(PATIENCE)
        .send()
        .await
        .map_err(|error| web_failure(DOING, &url, &error))?;
    let status = response.status();
    if status.is_redirection() {
        return Ok(Answer::SentOn);
    }
    match status.is_success() {
        true => Ok(Answer::Left),
        false => Err(RemoteError::refused(DOING, status.to_string())),
    }
}

/// A host that is written as a number does not pass through the resolver, so it is looked at here.
fn check(url: &Url, at: &Surroundings) -> Result<(), RemoteError> {
    let permitted = match url.host() {
        Some(url::Host::Domain(name)) => name != "localhost" && !name.ends_with(".localhost"),
        Some(url::Host::Ipv4(address)) => at.permits(address.into()),
        Some(url::Host::Ipv6(address)) => at.permits(address.into()),
        None => false,
    };
    match url.scheme() == "https" && permitted && url.username().is_empty() && url.password().is_none() {
        true => Ok(()),
        false => Err(refused(
            "the list's address is not on the public web, or not encrypted",
        )),
    }
}

fn refused(detail: impl AsRef<str>) -> RemoteError {
    RemoteError::protocol(DOING, detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn nobody_but_the_public_web_is_asked_and_only_over_tls() {
        let at = Surroundings::system();
        for address in [
            "http://list.fjord.test/leave",
            "https://127.0.0.1/leave",
            "https://10.0.0.1/leave",
            "https://[::1]/leave",
            "https://localhost/leave",
            "https://router.localhost/leave",
            "https://lena:secret@list.fjord.test/leave",
            "https://lena@list.fjord.test/leave",
            "https://:secret@list.fjord.test/leave",
            "mailto:leave@fjord.test",
            "nonsense",
        ] {
            let refused = one_click(address, &at).await;
            assert!(
                matches!(refused, Err(RemoteError::Protocol { .. })),
                "{address}: {refused:?}"
            );
            // And by the look at the address alone, whatever stands behind it.
            let looked = Url::parse(address).map(|url| check(&url, &at));
            assert!(!matches!(looked, Ok(Ok(()))), "{address}");
        }
        let good = Url::parse("https://list.fjord.test/leave").expect("an address");
        assert!(check(&good, &at).is_ok(), "the public web is asked");
    }
}
