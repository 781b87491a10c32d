//! Who signed in, where the provider says so: by the token about the person that came with the others, or at its page about them.
//! Somebody who is signed in twice in the browser easily grants the wrong mailbox.
//!
//! The token came from the provider itself, over TLS, so that its signature need not be checked (OpenID Connect Core, section
//! 3.1.3.7, rule 6). Where neither says anything, the mail server judges: the token is shown to it with the user name.

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
    asked: Asked<'_>,
    wanted: &[String],
    at: &Surroundings,
) -> Result<(), RemoteError> {
    let token = tokens.person.as_ref();
    let token = token
        .map(|token| told_by(token, asked.client, asked.issuer))
        .transpose()?;
    if let Some(told) = token.as_ref().filter(|told| !names(told).is_empty()) {
        return compare(told, wanted);
    }
    let Some(page) = asked.page else {
        return Ok(());
    };
    let reply = Web::new(at)?.get(page, Some(&tokens.access), DOING).await;
    match reply.and_then(|reply| reply.success(DOING)) {
        Ok(told) => {
            require_one_person(token.as_ref(), &told)?;
            compare(&told, wanted)
        }
        // One that will not say so to us is not asked any further.
        Err(error) if !error.is_transient() => Ok(()),
        Err(error) => Err(error),
    }
}

/// Who asked, whom, and where else the answer may be.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) client: &'a str,
    pub(super) issuer: Option<&'a str>,
    pub(super) page: Option<&'a str>,
}

/// The page may not be about anybody else than the token is (OpenID Connect Core, section 5.3.2).
fn require_one_person(
    token: Option<&Map<String, Value>>,
    page: &Map<String, Value>,
) -> Result<(), RemoteError> {
    match (token.and_then(|token| token.get("sub")), page.get("sub")) {
        (Some(token), Some(page)) if token != page => Err(RemoteError::not_believed(
            "the provider's page is about another person than its token",
        )),
        _ => Ok(()),
    }
}

/// The addresses that stand in what was told.
fn names(told: &Map<String, Value>) -> Vec<&str> {
    // Anybody can call an address theirs that nobody has looked into. Some write the word as a text.
    let unverified = match told.get("email_verified") {
        Some(Value::String(text)) => text.eq_ignore_ascii_case("false"),
        verified => verified == Some(&Value::Bool(false)),
    };
    let known = NAMES
        .iter()
        .filter(|name| !(unverified && **name == "email"))
        .filter_map(|name| told.get(*name)?.as_str());
    // A name without an @ is none that could be compared with an address.
    known.filter(|name| name.contains('@')).collect()
}

fn compare(told: &Map<String, Value>, wanted: &[String]) -> Result<(), RemoteError> {
    let names = names(told);
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

/// What stands in an ID token. It has to be for us, and from whom we have asked.
fn told_by(
    token: &SecretString,
    client: &str,
    issuer: Option<&str>,
) -> Result<Map<String, Value>, RemoteError> {
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
    if !ours {
        return Err(RemoteError::not_believed(
            "the token about the person is for another program",
        ));
    }
    let from = claims.get("iss").and_then(Value::as_str);
    // Google's may leave the scheme out.
    let known = |issuer: &str| {
        from.is_some_and(|from| from == issuer || Some(from) == issuer.strip_prefix("https://"))
    };
    match issuer.is_none_or(known) {
        true => Ok(claims),
        false => Err(RemoteError::not_believed(
            "the token about the person comes from another provider",
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
        compare(&told_by(&token(claims), "waxwing", None)?, &wanted)
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
            assert!(told_by(&bad.into(), "waxwing", None).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_token_of_another_provider_is_not_believed() {
        let asked = |iss: Value, issuer| {
            let claims = json!({ "aud": "waxwing", "iss": iss, "email": "lena@nordlicht.test" });
            told_by(&token(&claims), "waxwing", issuer).is_ok()
        };
        let issuer = Some("https://login.nordlicht.test");
        assert!(asked(json!("https://login.nordlicht.test"), issuer));
        assert!(
            asked(json!("login.nordlicht.test"), issuer),
            "as Google writes it"
        );
        assert!(
            asked(json!("https://x.test"), None),
            "of a provider without an issuer nothing is compared"
        );
        for other in [
            json!("https://login.fjord.test"),
            json!("https://login.nordlicht.test/"),
            json!(""),
            json!(null),
        ] {
            assert!(!asked(other.clone(), issuer), "{other}");
        }
    }

    #[test]
    fn an_address_that_nobody_has_looked_into_names_nobody() {
        let named = |told: Value| names(told.as_object().unwrap()).len();
        for no in [json!(false), json!("false")] {
            let told = json!({ "email": "lena@nordlicht.test", "email_verified": no });
            assert_eq!(named(told), 0, "{no}");
        }
        assert_eq!(
            named(json!({ "email": "l@n.test", "email_verified": false, "upn": "lena@nordlicht.test" })),
            1,
            "another name still counts"
        );
        for yes in [json!(true), json!("true"), json!(null)] {
            let told = json!({ "email": "lena@nordlicht.test", "email_verified": yes });
            assert_eq!(named(told), 1, "{yes}");
        }
    }

    #[test]
    fn the_page_is_about_the_person_of_the_token() {
        let person = |sub: &str| json!({ "sub": sub }).as_object().unwrap().clone();
        assert!(require_one_person(Some(&person("7")), &person("7")).is_ok());
        assert!(require_one_person(None, &person("7")).is_ok());
        assert!(require_one_person(Some(&person("7")), &person("8")).is_err());
    }
}
