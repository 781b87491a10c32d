//! The token endpoint: a code is exchanged for tokens, and a token for a fresh one (RFC 6749, sections 4.1.3 and 6).

use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value};

use super::endpoint::Web;
use super::grant::{Grant, now};
use super::{Client, SignInError};
use crate::RemoteError;
use crate::discover::Surroundings;

const EXCHANGING: &str = "fetching the access token";
const RENEWING: &str = "fetching a fresh access token";
const TAKING_BACK: &str = "telling the provider that the sign-in is wanted no more";
const LONGEST: usize = 64 * 1024;

/// What came from there.
pub(super) struct Tokens {
    pub(super) access: SecretString,
    pub(super) refresh: Option<SecretString>,
    pub(super) lifetime: Option<u64>,
    /// Who signed in, where the provider says so (OpenID Connect Core, section 3.1.3.3).
    pub(super) person: Option<SecretString>,
}

/// What a code is worth.
pub(super) async fn exchange(
    endpoint: &str,
    client: &Client,
    code: &SecretString,
    verifier: &SecretString,
    redirect: &str,
    at: &Surroundings,
) -> Result<Tokens, RemoteError> {
    let mut fields = vec![
        ("grant_type", "authorization_code"),
        ("code", code.expose_secret()),
        ("code_verifier", verifier.expose_secret()),
        ("redirect_uri", redirect),
    ];
    fields.extend(client.fields());
    let reply = Web::new(at)?.post(endpoint, &fields, EXCHANGING).await?;
    let answer = reply.success(EXCHANGING)?;
    Tokens::read(&answer, EXCHANGING)
}

impl Grant {
    /// The same with a fresh token. A provider that gives out another refresh token may forget the old one at once, so what comes
    /// back has to be kept before anything else is done.
    pub async fn renewed(&self, at: &Surroundings) -> Result<Self, RemoteError> {
        if let Some(reason) = &self.ended {
            return Err(SignInError::ended(reason).into());
        }
        let Some(refresh) = &self.refresh else {
            return Err(SignInError::ended("the provider gave nothing to renew it with").into());
        };
        let mut fields = vec![
            ("grant_type", "refresh_token"),
            ("refresh_token", refresh.expose_secret()),
        ];
        fields.extend(self.client.fields());
        let reply = Web::new(at)?.post(&self.token, &fields, RENEWING).await?;
        let discreet = |error: RemoteError| self.discreet(error);
        let answer = reply.success(RENEWING).map_err(discreet)?;
        let tokens = Tokens::read(&answer, RENEWING)?;
        Ok(Self {
            access: tokens.access,
            // None means that the old one goes on (RFC 6749, section 6).
            refresh: tokens.refresh.or_else(|| Some(refresh.clone())),
            obtained: now(),
            lifetime: tokens.lifetime,
            ..self.clone()
        })
    }

    /// Tells the provider that it is wanted no more, and gives whether it took that (RFC 7009, section 2). Where it has no place for
    /// that, or it counts no longer anyway, nobody is told.
    pub async fn taken_back(&self, at: &Surroundings) -> Result<bool, RemoteError> {
        let (Some(endpoint), None) = (&self.revocation, &self.ended) else {
            return Ok(false);
        };
        let (token, kind) = match &self.refresh {
            Some(refresh) => (refresh, "refresh_token"),
            None => (&self.access, "access_token"),
        };
        let mut fields = vec![("token", token.expose_secret()), ("token_type_hint", kind)];
        fields.extend(self.client.fields());
        Ok(Web::new(at)?
            .post(endpoint, &fields, TAKING_BACK)
            .await?
            .is_good())
    }

    /// A provider's words without what we have said to it.
    fn discreet(&self, error: RemoteError) -> RemoteError {
        let without = |words: String| {
            self.secrets()
                .fold(words, |words, secret| words.replace(secret.as_str(), "…"))
        };
        match error {
            RemoteError::SignIn(SignInError::Ended { reason }) => SignInError::ended(without(reason)).into(),
            RemoteError::Refused { doing, reply } => RemoteError::refused(doing, without(reply)),
            RemoteError::Temporary { doing, reply, wait } => RemoteError::waits(doing, without(reply), wait),
            other => other,
        }
    }
}

impl Tokens {
    fn read(answer: &Map<String, Value>, doing: &'static str) -> Result<Self, RemoteError> {
        let wrong = |detail: &str| RemoteError::protocol(doing, detail);
        let word = |name: &str| answer.get(name).and_then(Value::as_str);
        // RFC 6750 is the only kind that mail servers know.
        if word("token_type").is_some_and(|kind| !kind.eq_ignore_ascii_case("bearer")) {
            return Err(wrong("the provider gives out tokens of another kind"));
        }
        let token = |name: &str| {
            let text = word(name)?;
            let fits =
                !text.is_empty() && text.len() <= LONGEST && text.bytes().all(|byte| byte.is_ascii_graphic());
            fits.then(|| SecretString::from(text.to_owned()))
        };
        let lifetime = match answer.get("expires_in") {
            Some(Value::Number(number)) => number.as_u64(),
            // Some write the number as a text.
            Some(Value::String(text)) => text.parse().ok(),
            _ => None,
        };
        Ok(Self {
            access: token("access_token").ok_or_else(|| wrong("there is no token in the answer"))?,
            refresh: token("refresh_token"),
            // A year is as good as for ever, and adds up.
            lifetime: lifetime.map(|seconds| seconds.min(Duration::from_secs(31_536_000).as_secs())),
            person: token("id_token"),
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(value: &Value) -> Result<Tokens, RemoteError> {
        Tokens::read(value.as_object().unwrap(), EXCHANGING)
    }

    #[test]
    fn answers_are_read_as_providers_write_them() {
        for (value, lifetime) in [
            (
                json!({ "access_token": "a", "token_type": "Bearer", "expires_in": 3600 }),
                Some(3_600),
            ),
            (
                json!({ "access_token": "a", "token_type": "bearer", "expires_in": "60" }),
                Some(60),
            ),
            (
                json!({ "access_token": "a", "expires_in": u64::MAX }),
                Some(31_536_000),
            ),
            (json!({ "access_token": "a", "expires_in": -1 }), None),
            (
                json!({ "access_token": "a", "expires_in": null, "refresh_token": "" }),
                None,
            ),
        ] {
            let tokens = read(&value).unwrap();
            assert_eq!(
                (tokens.access.expose_secret(), tokens.lifetime),
                ("a", lifetime),
                "{value}"
            );
            assert!(tokens.refresh.is_none());
        }
    }

    #[test]
    fn what_is_no_token_is_told() {
        for value in [
            json!({}),
            json!({ "access_token": "" }),
            json!({ "access_token": 7 }),
            json!({ "access_token": "a b" }),
            json!({ "access_token": "a\u{1}host=x" }),
            json!({ "access_token": "a".repeat(LONGEST + 1) }),
            json!({ "access_token": "a", "token_type": "mac" }),
        ] {
            assert!(read(&value).is_err(), "{value}");
        }
    }
}
