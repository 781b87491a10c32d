//! Asking a provider's endpoints: over https alone, without cookies, without following anybody elsewhere, for a short answer in
//! JSON that comes soon. What is sent and what comes may be secret, so neither is written anywhere.

use std::error::Error;
use std::time::Duration;

use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use reqwest::{Client, Method, RequestBuilder};
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value};
use url::form_urlencoded;

use super::SignInError;
use super::wiped::Wiped;
use crate::RemoteError;
use crate::discover::{Surroundings, web_client};

/// Octets. Tokens have a few thousand.
const LARGEST: usize = 128 * 1024;
/// For the whole answer.
const PATIENCE: Duration = Duration::from_secs(20);

pub(super) struct Web(Client);

/// What was answered.
pub(super) struct Reply {
    status: u16,
    body: Zeroizing<Vec<u8>>,
}

impl Web {
    pub(super) fn new(at: &Surroundings) -> Result<Self, RemoteError> {
        Ok(Self(web_client(at)?))
    }

    pub(super) async fn get(
        &self,
        address: &str,
        bearer: Option<&SecretString>,
        doing: &'static str,
    ) -> Result<Reply, RemoteError> {
        let mut request = self.request(Method::GET, address, doing)?;
        if let Some(token) = bearer {
            let words = Zeroizing::new(["Bearer ", token.expose_secret()].concat());
            let mut value = HeaderValue::from_str(&words)
                .map_err(|_| RemoteError::protocol(doing, "the token cannot be sent"))?;
            value.set_sensitive(true);
            request = request.header(AUTHORIZATION, value);
        }
        self.ask(request, address, doing).await
    }

    /// A form, as a token endpoint wants it (RFC 6749, section 4.1.3).
    pub(super) async fn post(
        &self,
        address: &str,
        fields: &[(&str, &str)],
        doing: &'static str,
    ) -> Result<Reply, RemoteError> {
        let form = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        let request = self
            .request(Method::POST, address, doing)?
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(form);
        self.ask(request, address, doing).await
    }

    pub(super) async fn post_json(
        &self,
        address: &str,
        value: &Value,
        doing: &'static str,
    ) -> Result<Reply, RemoteError> {
        let request = self
            .request(Method::POST, address, doing)?
            .header(CONTENT_TYPE, "application/json")
            .body(value.to_string());
        self.ask(request, address, doing).await
    }

    fn request(
        &self,
        method: Method,
        address: &str,
        doing: &'static str,
    ) -> Result<RequestBuilder, RemoteError> {
        let url = web_address(address)
            .ok_or_else(|| RemoteError::protocol(doing, "the provider names no secure address"))?;
        Ok(self.0.request(method, url).header(ACCEPT, "application/json"))
    }

    async fn ask(
        &self,
        request: RequestBuilder,
        address: &str,
        doing: &'static str,
    ) -> Result<Reply, RemoteError> {
        let asking = async {
            let mut response = request
                .send()
                .await
                .map_err(|error| failed(address, &error, doing))?;
            let mut body = Zeroizing::new(Vec::with_capacity(LARGEST));
            while let Some(chunk) = response
                .chunk()
                .await
                .map_err(|error| failed(address, &error, doing))?
            {
                if body.len() + chunk.len() > LARGEST {
                    return Err(RemoteError::limit("an answer of the sign-in page"));
                }
                body.extend_from_slice(&chunk);
            }
            Ok(Reply {
                status: response.status().as_u16(),
                body,
            })
        };
        tokio::time::timeout(PATIENCE, asking)
            .await
            .unwrap_or_else(|_| Err(RemoteError::timed_out(doing)))
    }
}

impl Reply {
    pub(super) fn is_missing(&self) -> bool {
        matches!(self.status, 404 | 410)
    }

    /// Where nothing is to be read.
    pub(super) fn is_good(&self) -> bool {
        matches!(self.status, 200..=299)
    }

    /// What a good answer holds, and what a bad one means.
    pub(super) fn success(&self, doing: &'static str) -> Result<Wiped, RemoteError> {
        let object = Wiped::read(&self.body);
        match (self.status, object) {
            (200..=299, Some(object)) => Ok(object),
            (200..=299, None) => Err(RemoteError::protocol(doing, "the provider's answer is not JSON")),
            // Of the provider, not of the person: it passes (RFC 6585, section 4).
            (429 | 500..=599, _) => Err(RemoteError::temporary(doing, format!("status {}", self.status))),
            (_, Some(object)) => Err(refusal(&object, doing, self.status)),
            (status, None) => Err(RemoteError::protocol(
                doing,
                format!("the provider's answer is not JSON (status {status})"),
            )),
        }
    }
}

/// An error as RFC 6749, section 5.2, has it.
fn refusal(object: &Map<String, Value>, doing: &'static str, status: u16) -> RemoteError {
    let word = |name: &str| object.get(name).and_then(Value::as_str).unwrap_or_default();
    let (code, words) = (word("error"), word("error_description"));
    let told = match (code, words) {
        ("", _) => format!("status {status}"),
        (code, "") => code.to_owned(),
        (code, words) => format!("{code}: {words}"),
    };
    match code {
        "temporarily_unavailable" | "server_error" | "slow_down" => RemoteError::temporary(doing, told),
        // What was granted is granted no longer, or the provider knows us no more: only a person can do something.
        "invalid_grant"
        | "invalid_client"
        | "unauthorized_client"
        | "access_denied"
        | "invalid_scope"
        | "interaction_required"
        | "login_required"
        | "consent_required" => SignInError::ended(told).into(),
        _ => RemoteError::refused(doing, told),
    }
}

/// An address that may be asked, and opened in a browser.
pub(super) fn web_address(text: &str) -> Option<url::Url> {
    let url = url::Url::parse(text).ok()?;
    let plain = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    (url.scheme() == "https" && url.has_host() && plain && text.len() <= 2_000).then_some(url)
}

fn failed(address: &str, error: &reqwest::Error, doing: &'static str) -> RemoteError {
    if error.is_timeout() {
        return RemoteError::timed_out(doing);
    }
    if !error.is_connect() {
        return RemoteError::closed(doing);
    }
    let url = url::Url::parse(address).ok();
    let mut words = "no connection".to_owned();
    let mut inner = error.source();
    while let Some(cause) = inner {
        words = cause.to_string();
        inner = cause.source();
    }
    RemoteError::Unreachable {
        host: url
            .as_ref()
            .and_then(url::Url::host_str)
            .unwrap_or_default()
            .to_owned(),
        port: url
            .as_ref()
            .and_then(url::Url::port_or_known_default)
            .unwrap_or_default(),
        source: std::io::Error::other(words),
    }
}

#[cfg(test)]
mod tests {
    use waxwing_model::TroubleKind;

    use super::*;

    fn met(status: u16, body: &str) -> RemoteError {
        let reply = Reply {
            status,
            body: Zeroizing::new(body.as_bytes().to_vec()),
        };
        reply.success("asking").expect_err("it is no success")
    }

    #[test]
    fn only_what_a_person_can_mend_ends_a_sign_in() {
        for body in [
            r#"{"error":"invalid_grant"}"#,
            r#"{"error":"invalid_client","error_description":"who?"}"#,
        ] {
            assert_eq!(met(400, body).kind(), TroubleKind::SignInEnded, "{body}");
        }
        for (status, body) in [
            (503, "<html>"),
            (500, r#"{"error":"invalid_grant"}"#),
            (429, ""),
            (400, r#"{"error":"temporarily_unavailable"}"#),
        ] {
            assert!(met(status, body).is_transient(), "{status} {body} passes");
        }
        for (status, body) in [
            (400, r#"{"error":"invalid_request"}"#),
            (400, "{}"),
            (302, ""),
            (200, "[]"),
        ] {
            let error = met(status, body);
            assert!(
                !error.is_transient() && error.kind() != TroubleKind::SignInEnded,
                "{status} {body}: {error}"
            );
        }
    }

    #[test]
    fn a_providers_words_are_text_of_one_line() {
        let error = met(
            400,
            r#"{"error":"invalid_request","error_description":"<b>no</b>\r\n\u202ex"}"#,
        );
        assert_eq!(
            error.trouble().detail.as_deref(),
            Some("invalid_request: <b>no</b>  x"),
            "shown as it stands, and not as HTML"
        );
    }

    #[test]
    fn only_secure_addresses_are_asked() {
        assert!(web_address("https://login.nordlicht.test/token?x=1").is_some());
        for bad in [
            "http://login.nordlicht.test/token",
            "https://lena:secret@login.nordlicht.test/",
            "https://login.nordlicht.test/#here",
            "file:///token",
            "login.nordlicht.test",
            "",
        ] {
            assert!(web_address(bad).is_none(), "{bad}");
        }
    }
}
