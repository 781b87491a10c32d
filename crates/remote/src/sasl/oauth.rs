//! Access tokens instead of passwords: OAUTHBEARER (RFC 7628) and XOAUTH2, Google's draft of it that Microsoft speaks
//! too.
//!
//! Both send one message. A server that does not take the token answers with a challenge that says why in JSON, and
//! refuses only when that was answered in turn. Not here: how a token is come by, or made fresh.

use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use super::scram::saslname;
use super::{DOING, Mechanism, Secret, joined};
use crate::{Credentials, RemoteError};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    OAuthBearer,
    XOAuth2,
}

pub(super) struct OAuth {
    dialect: Dialect,
    message: Secret,
    token: SecretString,
    reason: Option<String>,
}

impl OAuth {
    pub(super) fn new(dialect: Dialect, username: &str, token: &SecretString) -> Result<Self, RemoteError> {
        // ^A stands between the fields, so it cannot be in one (RFC 7628, section 3.1; RFC 6750, section 2.1).
        let token_is_one = |text: &str| text.bytes().all(|byte| byte.is_ascii_graphic());
        if username.chars().any(char::is_control) {
            return Err(RemoteError::refused(
                DOING,
                "a control character cannot be part of a user name",
            ));
        }
        if !token_is_one(token.expose_secret()) || token.expose_secret().is_empty() {
            return Err(RemoteError::refused(DOING, "this is not an access token"));
        }
        Ok(Self {
            dialect,
            message: message(dialect, username, token.expose_secret()),
            token: token.clone(),
            reason: None,
        })
    }
}

/// The one message of the client.
fn message(dialect: Dialect, username: &str, token: &str) -> Secret {
    match dialect {
        Dialect::OAuthBearer => joined(&[
            "n,a=",
            &saslname(username),
            ",\u{1}auth=Bearer ",
            token,
            "\u{1}\u{1}",
        ]),
        Dialect::XOAuth2 => joined(&["user=", username, "\u{1}auth=Bearer ", token, "\u{1}\u{1}"]),
    }
}

/// What a server could repeat that holds the token.
pub(super) fn messages(credentials: &Credentials) -> [Secret; 2] {
    [Dialect::OAuthBearer, Dialect::XOAuth2].map(|dialect| {
        message(
            dialect,
            &credentials.username,
            credentials.password.expose_secret(),
        )
    })
}

impl Mechanism for OAuth {
    fn name(&self) -> &'static str {
        match self.dialect {
            Dialect::OAuthBearer => "OAUTHBEARER",
            Dialect::XOAuth2 => "XOAUTH2",
        }
    }

    fn initial(&mut self) -> Option<Secret> {
        Some(self.message.clone())
    }

    fn answer(&mut self, challenge: &[u8]) -> Result<Option<Secret>, RemoteError> {
        if self.reason.is_some() {
            return Ok(None);
        }
        let reason = explained(&String::from_utf8_lossy(challenge));
        self.reason = Some(reason.replace(self.token.expose_secret(), "…"));
        // RFC 7628, section 3.2.3, wants a lone ^A; XOAUTH2 an empty line.
        Ok(Some(Zeroizing::new(match self.dialect {
            Dialect::OAuthBearer => vec![1],
            Dialect::XOAuth2 => Vec::new(),
        })))
    }

    fn reason(&self) -> Option<RemoteError> {
        self.reason.as_ref().map(RemoteError::token_refused)
    }
}

/// The server's JSON in words (RFC 7628, section 3.2.2; RFC 6750, section 3.1; Google writes HTTP's numbers).
fn explained(json: &str) -> String {
    let Ok(Value::Object(fields)) = serde_json::from_str(json) else {
        return json.to_owned();
    };
    let field = |name: &str| match fields.get(name) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    let status = field("status");
    let meaning = match status.as_str() {
        "invalid_token" | "400" | "401" => "it has expired or was taken back",
        "insufficient_scope" | "403" => "it is not one for mail",
        "invalid_request" => "the server could not read it",
        _ => "the server does not say why",
    };
    let scope = field("scope");
    let wants = if scope.is_empty() {
        String::new()
    } else {
        format!("; it wants one for {scope}")
    };
    format!("{meaning} (status {status:?}{wants})")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn oauth(dialect: Dialect, username: &str, token: &str) -> Result<OAuth, RemoteError> {
        OAuth::new(dialect, username, &token.into())
    }

    #[test]
    fn the_messages_are_those_of_the_rfc_and_of_google() {
        let mut bearer = oauth(
            Dialect::OAuthBearer,
            "user@example.com",
            "vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==",
        )
        .unwrap();
        assert_eq!(
            String::from_utf8_lossy(&bearer.initial().unwrap()),
            "n,a=user@example.com,\u{1}auth=Bearer vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==\u{1}\u{1}",
            "RFC 7628, section 4.1, without host and port, which only signing schemes need"
        );
        let mut google = oauth(
            Dialect::XOAuth2,
            "someuser@example.com",
            "ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg",
        )
        .unwrap();
        assert_eq!(
            String::from_utf8_lossy(&google.initial().unwrap()),
            "user=someuser@example.com\u{1}auth=Bearer ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg\u{1}\u{1}"
        );
    }

    #[test]
    fn a_comma_in_a_name_is_no_end_of_it() {
        let mut bearer = oauth(Dialect::OAuthBearer, "lena,=x", "token").unwrap();
        let message = bearer.initial().unwrap();
        assert!(
            message.starts_with(b"n,a=lena=2C=3Dx,\x01"),
            "{}",
            String::from_utf8_lossy(&message)
        );
    }

    #[test]
    fn neither_name_nor_token_can_add_a_field() {
        for (username, token) in [
            ("lena\u{1}auth=Bearer x", "t"),
            ("lena", "t\u{1}host=x"),
            ("lena", "t t"),
            ("lena", ""),
        ] {
            for dialect in [Dialect::OAuthBearer, Dialect::XOAuth2] {
                assert!(
                    oauth(dialect, username, token).is_err(),
                    "{username:?} with {token:?}"
                );
            }
        }
    }

    #[test]
    fn an_error_is_answered_as_each_demands_and_told_in_words() {
        let json = br#"{"status":"invalid_token","scope":"example_scope","openid-configuration":"https://example.com/x"}"#;
        for (dialect, answer) in [(Dialect::OAuthBearer, &[1_u8][..]), (Dialect::XOAuth2, &[])] {
            let mut oauth = oauth(dialect, "lena", "secret-token").unwrap();
            assert!(oauth.reason().is_none(), "nothing was said yet");
            assert_eq!(oauth.answer(json).unwrap().unwrap().as_slice(), answer);
            let reason = oauth.reason().expect("there is one now").to_string();
            assert!(
                reason.contains("expired") && reason.contains("example_scope"),
                "{reason}"
            );
            assert!(
                oauth.answer(json).unwrap().is_none(),
                "and that was the end of it"
            );
        }
    }

    #[test]
    fn any_answer_gives_a_reason_and_none_repeats_the_token() {
        for challenge in [
            &b""[..],
            b"{",
            b"[1]",
            b"\xff\xfe",
            br#"{"status":401}"#,
            br#"{"status":["x"]}"#,
            br#"{"status":"bad secret-token","scope":"secret-token"}"#,
            b"bad secret-token",
        ] {
            let mut oauth = oauth(Dialect::XOAuth2, "lena", "secret-token").unwrap();
            oauth.answer(challenge).unwrap();
            let reason = format!("{:?}", oauth.reason().expect("a refusal"));
            assert!(!reason.contains("secret-token"), "{reason}");
        }
    }
}
