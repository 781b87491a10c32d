//! One sign-in: the address that the browser opens, the wait for it to come back, and the exchange of what it brought.

use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::chance::{challenge, secret};
use super::endpoint::web_address;
use super::grant::{Grant, now};
use super::judge::Expected;
use super::person::{self, Asked};
use super::redirect::Listener;
use super::{Client, Metadata, Provider, SignInError, token};
use crate::RemoteError;
use crate::discover::Surroundings;

/// How long a person may take in the browser: to find a password, and a telephone for the second step.
const PATIENCE: Duration = Duration::from_secs(600);

/// Under way. Dropped, it is given up, and the door for the browser is shut.
pub struct SignIn {
    address: String,
    redirect: String,
    listener: Listener,
    expected: Expected,
    verifier: SecretString,
    provider: Provider,
    metadata: Metadata,
    client: Client,
    /// The account's address first, then its user names.
    people: Vec<String>,
    hosts: Vec<String>,
}

impl SignIn {
    /// Opens the door for the browser, and says which address it has to open. `people` are the address and the user names of the
    /// account, `hosts` its servers.
    pub async fn begin(
        provider: Provider,
        metadata: Metadata,
        client: Client,
        people: Vec<String>,
        hosts: Vec<String>,
    ) -> Result<Self, RemoteError> {
        let listener = Listener::open().await?;
        let redirect = listener.uri();
        let (state, verifier) = (secret()?, secret()?);
        let mut address = web_address(&metadata.authorization)
            .ok_or_else(|| RemoteError::protocol("signing in", "the provider names no secure address"))?;
        write_question(
            &mut address,
            &[
                ("response_type", "code"),
                ("client_id", &client.id),
                ("redirect_uri", &redirect),
                ("scope", &metadata.scopes(&provider)),
                ("state", state.expose_secret()),
                ("code_challenge", &challenge(verifier.expose_secret())),
                ("code_challenge_method", "S256"),
                ("login_hint", people.first().map_or("", String::as_str)),
            ],
            &provider.parameters,
        );
        Ok(Self {
            address: address.into(),
            redirect,
            listener,
            expected: Expected {
                state,
                issuer: metadata.issuer.clone(),
                says_who: metadata.says_who,
            },
            verifier,
            hosts: provider.with_own(hosts),
            provider,
            metadata,
            client,
            people,
        })
    }

    /// What the browser opens. It holds no secret that would be of use to anybody else.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Waits for the browser to come back, and exchanges what it brings.
    pub async fn finish(self, at: &Surroundings) -> Result<Grant, RemoteError> {
        let code = tokio::time::timeout(PATIENCE, self.listener.wait(&self.expected))
            .await
            .unwrap_or_else(|_| Err(SignInError::TimedOut.into()))?;
        let endpoint = &self.metadata.token;
        let exchanged =
            token::exchange(endpoint, &self.client, &code, &self.verifier, &self.redirect, at).await;
        let tokens = exchanged.map_err(|error| match error {
            // Nothing was granted yet that could have ended.
            RemoteError::SignIn(SignInError::Ended { reason }) => SignInError::denied(reason).into(),
            other => other,
        })?;
        let asked = Asked {
            client: &self.client.id,
            issuer: self.metadata.issuer.as_deref(),
            page: self.metadata.person.as_deref(),
        };
        person::require(&tokens, asked, &self.people, at).await?;
        Ok(Grant {
            provider: self.provider.name,
            issuer: self.metadata.issuer,
            token: self.metadata.token,
            revocation: self.metadata.revocation,
            client: self.client,
            own_client: false,
            hosts: self.hosts,
            refresh: tokens.refresh,
            access: tokens.access,
            obtained: now(),
            lifetime: tokens.lifetime,
            ended: None,
        })
    }
}

/// RFC 6749, section 4.1.1. What the provider wants beyond it comes last and replaces nothing.
fn write_question(address: &mut Url, question: &[(&str, &str)], further: &[(String, String)]) {
    let mut query = address.query_pairs_mut();
    for (name, value) in question.iter().filter(|(_, value)| !value.is_empty()) {
        query.append_pair(name, value);
    }
    for (name, value) in further {
        if !question.iter().any(|(own, _)| own == name) {
            query.append_pair(name, value);
        }
    }
    query.finish();
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use serde_json::json;

    use super::*;

    #[tokio::test]
    async fn the_address_asks_what_the_standards_want_and_nothing_twice() {
        let file = json!({
            "name": "Nordlicht", "hosts": ["localhost"], "scopes": ["mail", "openid"],
            "authorization": "https://login.nordlicht.test/authorize?realm=mail",
            "token": "https://login.nordlicht.test/token",
            "parameters": { "access_type": "offline", "state": "known" },
        });
        let provider = Provider::read(&file).unwrap();
        let metadata = Metadata::of(&provider, &Surroundings::system()).await.unwrap();
        let sign_in = SignIn::begin(
            provider,
            metadata,
            Client::new("waxwing", Some("no-secret")).unwrap(),
            vec!["lena+x@nordlicht.test".into()],
            vec!["localhost".into()],
        )
        .await
        .unwrap();
        let url = Url::parse(sign_in.address()).unwrap();
        let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
        let fields: HashMap<String, String> = pairs.iter().cloned().collect();
        assert_eq!(fields.len(), pairs.len(), "nothing comes twice: {url}");
        assert_eq!(url.host_str(), Some("login.nordlicht.test"));
        for (name, value) in [
            ("realm", "mail"),
            ("response_type", "code"),
            ("client_id", "waxwing"),
            ("scope", "mail openid"),
            ("code_challenge_method", "S256"),
            ("login_hint", "lena+x@nordlicht.test"),
            ("access_type", "offline"),
        ] {
            assert_eq!(
                fields.get(name).map(String::as_str),
                Some(value),
                "{name} in {url}"
            );
        }
        assert_eq!(fields["redirect_uri"], sign_in.redirect);
        assert_eq!(
            fields["code_challenge"],
            challenge(sign_in.verifier.expose_secret())
        );
        assert_eq!(fields["state"], sign_in.expected.state.expose_secret());
        assert!(
            !url.as_str().contains("no-secret") && !url.as_str().contains(sign_in.verifier.expose_secret())
        );
    }
}
