//! What an answer that came through the browser means: ours or not, from the provider that was asked or not, yes or no.

use std::collections::HashMap;

use secrecy::{ExposeSecret, SecretString};
use url::form_urlencoded;

use super::SignInError;
use super::chance::same;
use crate::RemoteError;

/// What our own answer looks like.
pub(super) struct Expected {
    pub(super) state: SecretString,
    pub(super) issuer: Option<String>,
    /// The provider has promised that each answer says whose it is.
    pub(super) says_who: bool,
}

pub(super) enum Verdict {
    /// It belongs to another sign-in, or somebody guesses. It is waited on.
    NotOurs,
    /// The code that is worth tokens, or why there is none.
    Ours(Result<SecretString, RemoteError>),
}

/// `query` as it stands behind the question mark.
pub(super) fn judge(query: &str, expected: &Expected) -> Verdict {
    let mut fields = HashMap::new();
    let mut twice = false;
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        twice |= fields.insert(name.into_owned(), value.into_owned()).is_some();
    }
    let word = |name: &str| fields.get(name).map(String::as_str);
    if !word("state").is_some_and(|state| same(state, expected.state.expose_secret())) {
        return Verdict::NotOurs;
    }
    // RFC 6749, section 3.1: no parameter comes twice.
    if twice {
        return Verdict::Ours(Err(RemoteError::not_believed("the answer says something twice")));
    }
    Verdict::Ours(match (word("iss"), &expected.issuer) {
        // Another provider's answer, which its code must not be taken from (RFC 9207, section 2.4).
        (Some(iss), Some(issuer)) if iss != issuer => {
            Err(RemoteError::not_believed(format!("the answer comes from {iss}")))
        }
        (None, _) if expected.says_who => Err(RemoteError::not_believed(
            "the answer does not say from whom it comes",
        )),
        _ => match (word("error"), word("code")) {
            (Some(error), _) => {
                let told = match word("error_description") {
                    Some(words) if !words.is_empty() => format!("{error}: {words}"),
                    _ => error.to_owned(),
                };
                Err(SignInError::denied(told).into())
            }
            (None, Some(code)) if !code.is_empty() => Ok(code.into()),
            (None, _) => Err(RemoteError::protocol(
                "signing in",
                "there is no code in the answer",
            )),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(query: &str, issuer: Option<&str>, says_who: bool) -> Option<Result<String, String>> {
        let expected = Expected {
            state: "the state".into(),
            issuer: issuer.map(str::to_owned),
            says_who,
        };
        match judge(query, &expected) {
            Verdict::NotOurs => None,
            Verdict::Ours(outcome) => Some(match outcome {
                Ok(code) => Ok(code.expose_secret().to_owned()),
                Err(error) => Err(error.to_string()),
            }),
        }
    }

    const ISSUER: Option<&str> = Some("https://login.nordlicht.test");

    #[test]
    fn our_own_answer_is_taken() {
        let iss = "iss=https%3A%2F%2Flogin.nordlicht.test";
        for query in [
            "code=a%2Fb&state=the+state".to_owned(),
            format!("state=the%20state&code=a/b&{iss}"),
            format!("{iss}&session_state=7&code=a/b&state=the+state"),
        ] {
            assert_eq!(
                asked(&query, ISSUER, false),
                Some(Ok("a/b".to_owned())),
                "{query}"
            );
        }
        assert!(
            asked(&format!("code=a&state=the+state&{iss}"), ISSUER, true)
                .unwrap()
                .is_ok()
        );
        assert!(
            asked(&format!("code=a&state=the+state&{iss}"), None, false)
                .unwrap()
                .is_ok(),
            "of a provider without an issuer nothing is compared"
        );
    }

    #[test]
    fn without_our_state_nothing_is_ours() {
        for query in [
            "",
            "code=a",
            "code=a&state=",
            "code=a&state=the+stat",
            "error=access_denied&state=another",
            "code=a&State=the+state",
        ] {
            assert_eq!(asked(query, ISSUER, false), None, "{query:?}");
        }
    }

    #[test]
    fn the_answer_of_another_provider_is_not_believed() {
        for (query, says_who) in [
            ("code=a&state=the+state&iss=https://login.fjord.test", false),
            ("code=a&state=the+state&iss=https://login.nordlicht.test/", false),
            ("code=a&state=the+state&iss=", false),
            ("code=a&state=the+state", true),
            (
                "error=access_denied&state=the+state&iss=https://login.fjord.test",
                false,
            ),
        ] {
            let error = asked(query, ISSUER, says_who)
                .expect("it is ours")
                .expect_err("and bad");
            assert!(error.contains("not believed"), "{query}: {error}");
        }
    }

    #[test]
    fn a_no_is_told_in_the_providers_words_and_nonsense_as_such() {
        let error = |query| {
            asked(query, ISSUER, false)
                .expect("it is ours")
                .expect_err("and bad")
        };
        let denied =
            error("error=access_denied&error_description=Lena+said+%3Cb%3Eno%3C%2Fb%3E%0a&state=the+state");
        assert!(denied.contains("access_denied: Lena said <b>no</b>"), "{denied}");
        assert!(error("state=the+state").contains("no code"));
        assert!(error("state=the+state&code=").contains("no code"));
        assert!(error("state=the+state&code=a&code=b").contains("twice"));
    }
}
