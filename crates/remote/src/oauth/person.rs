//! Who signed in, where the provider says so: by the token about the person that came with the others, or at its page about them.
//! Somebody who is signed in twice in the browser easily grants the wrong mailbox.
//!
//! The token came from the provider itself, over TLS, so that its signature need not be checked (OpenID Connect Core, section
//! 3.1.3.7, rule 6). Where nothing is said, the mail server judges: the token is shown to it with the user name.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value};

use super::SignInError;
use super::endpoint::Web;
use super::token::Tokens;
use crate::RemoteError;
use crate::discover::Surroundings;
use crate::error::clean;

const DOING: &str = "asking the provider who signed in";

/// Under which names providers tell an address.
const NAMES: [&str; 4] = ["email", "preferred_username", "upn", "default_email"];

/// Refuses tokens of somebody else. `wanted` are the address and the user names of the account.
pub(super) async fn require(
    tokens: &Tokens,
    client: &str,
    page: Option<&str>,
    wanted: &[String],
    at: &Surroundings,
) -> Result<(), RemoteError> {
    let told = match (&tokens.person, page) {
        (Some(token), _) => told_by(token, client)?,
        (None, Some(page)) => {
            let reply = Web::new(at)?.get(page, Some(&tokens.access), DOING).await;
            match reply.and_then(|reply| reply.success(DOING)) {
                Ok(person) => person,
                // One that will not say so to us is not asked any further.
                Err(error) if !error.is_transient() => return Ok(()),
                Err(error) => return Err(error),
            }
        }
        (None, None) => return Ok(()),
    };
    compare(&told, wanted)
}

fn compare(told: &Map<String, Value>, wanted: &[String]) -> Result<(), RemoteError> {
    let names = NAMES.iter().filter_map(|name| told.get(*name)?.as_str());
    // A name without an @ is none that could be compared with an address.
    let names: Vec<&str> = names.filter(|name| name.contains('@')).collect();
    let same = |name: &&str| wanted.iter().any(|own| own.to_lowercase() == name.to_lowercase());
    match names.first() {
        Some(first) if !names.iter().any(same) => Err(SignInError::OtherPerson {
            signed_in: clean(first),
            wanted: wanted.first().cloned().unwrap_or_default(),
        }
        .into()),
        _ => Ok(()),
    }
}

/// What stands in an ID token. It has to be for us.
fn told_by(token: &SecretString, client: &str) -> Result<Map<String, Value>, RemoteError> {
    let unreadable = || RemoteError::protocol(DOING, "the token about the person cannot be read");
    let middle = token.expose_secret().split('.').nth(1).ok_or_else(unreadable)?;
    let bytes = URL_SAFE_NO_PAD
        .decode(middle.trim_end_matches('='))
        .map_err(|_| unreadable())?;
    let claims: Map<String, Value> = serde_json::from_slice(&bytes).map_err(|_| unreadable())?;
    let ours = match claims.get("aud") {
        Some(Value::String(one)) => one == client,
        Some(Value::Array(several)) => several.iter().any(|one| one.as_str() == Some(client)),
        _ => false,
    };
    match ours {
        true => Ok(claims),
        false => Err(RemoteError::not_believed(
            "the token about the person is for another program",
        )),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn token(claims: &Value) -> SecretString {
        format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(claims.to_string())).into()
    }

    fn asked(claims: &Value, wanted: &[&str]) -> Result<(), RemoteError> {
        let wanted: Vec<String> = wanted.iter().map(|one| (*one).to_owned()).collect();
        compare(&told_by(&token(claims), "waxwing")?, &wanted)
    }

    #[test]
    fn the_person_of_the_account_is_taken_under_any_of_their_names() {
        for claims in [
            json!({ "aud": "waxwing", "email": "Lena@Nordlicht.test" }),
            json!({ "aud": ["x", "waxwing"], "email": "l@n.test", "preferred_username": "lena@nordlicht.test" }),
            json!({ "aud": "waxwing", "sub": "7" }),
            json!({ "aud": "waxwing", "preferred_username": "lena" }),
        ] {
            assert!(asked(&claims, &["lena@nordlicht.test"]).is_ok(), "{claims}");
        }
        assert!(
            asked(
                &json!({ "aud": "waxwing", "email": "lena@firm.test" }),
                &["l@alias.test", "lena@firm.test"]
            )
            .is_ok(),
            "a user name counts as well as the address"
        );
    }

    #[test]
    fn somebody_else_is_told_by_name() {
        let error = asked(
            &json!({ "aud": "waxwing", "email": "jonas@nordlicht.test" }),
            &["lena@nordlicht.test"],
        )
        .expect_err("it is Jonas");
        let sentence = error.trouble().sentence;
        assert!(
            sentence.contains("jonas@nordlicht.test") && sentence.contains("lena@"),
            "{sentence}"
        );
    }

    #[test]
    fn a_token_for_another_program_is_not_believed() {
        for claims in [
            json!({ "aud": "fjord", "email": "lena@nordlicht.test" }),
            json!({}),
        ] {
            assert!(asked(&claims, &["lena@nordlicht.test"]).is_err(), "{claims}");
        }
        for bad in ["", "a.b", "a.!!!.c", "a.W10.c"] {
            assert!(told_by(&bad.into(), "waxwing").is_err(), "{bad}");
        }
    }
}
