//! Signing in (RFC 9051, sections 6.2.2 and 6.2.3): AUTHENTICATE PLAIN, LOGIN or CRAM-MD5, or the LOGIN command.
//!
//! Each password is tried once, in one way: a second way of saying the same would count as a second wrong guess.
//! Not here: encryption, which comes before it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use secrecy::ExposeSecret;
use secrecy::zeroize::Zeroizing;
use waxwing_model::Authentication;

use super::capabilities::Capabilities;
use super::exchange::Exchange;
use super::response::{Condition, State};
use crate::{Credentials, RemoteError, cram_md5, sasl};

const DOING: &str = "signing in";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// AUTHENTICATE PLAIN (RFC 4616).
    Plain,
    /// AUTHENTICATE LOGIN, a draft that never became more.
    SaslLogin,
    /// AUTHENTICATE CRAM-MD5 (RFC 2195).
    CramMd5,
    /// The LOGIN command.
    Login,
}

pub(super) async fn sign_in(
    exchange: &mut Exchange,
    offered: &Capabilities,
    wanted: Authentication,
    credentials: &Credentials,
) -> Result<(), RemoteError> {
    let way = way(offered, wanted, exchange.is_encrypted()).ok_or_else(|| RemoteError::MethodRefused {
        offered: offered.methods(),
    })?;
    let condition = match way {
        Way::Login => exchange.login(credentials).await?,
        Way::Plain => {
            let message = sasl::plain(credentials)?;
            // SASL-IR (RFC 4959) saves a round trip.
            if offered.has("SASL-IR") && message.len() < 4096 {
                let opening = Zeroizing::new(format!("PLAIN {}", message.as_str()));
                exchange.authenticate(&opening, &mut |_| Ok(None)).await?
            } else {
                let mut message = Some(decoded(&message));
                exchange
                    .authenticate("PLAIN", &mut |_| Ok(message.take()))
                    .await?
            }
        }
        Way::SaslLogin => {
            let mut messages = sasl::login(credentials).into_iter();
            exchange
                .authenticate("LOGIN", &mut |_| {
                    Ok(messages.next().map(|message| decoded(&message)))
                })
                .await?
        }
        Way::CramMd5 => {
            let mut answered = false;
            exchange
                .authenticate("CRAM-MD5", &mut |challenge| {
                    let challenge = STANDARD.encode(challenge);
                    Ok((!std::mem::replace(&mut answered, true))
                        .then(|| cram_md5::answer(credentials, challenge.as_bytes()))
                        .flatten()
                        .map(|answer| decoded(&answer)))
                })
                .await?
        }
    };
    match condition.state {
        State::Ok => Ok(()),
        _ => Err(failure(&condition, offered, credentials)),
    }
}

/// `None`: the settings and the server have nothing in common.
fn way(offered: &Capabilities, wanted: Authentication, encrypted: bool) -> Option<Way> {
    let plain = offered.has("AUTH=PLAIN").then_some(Way::Plain);
    let cram = offered.has("AUTH=CRAM-MD5").then_some(Way::CramMd5);
    let sasl_login = offered.has("AUTH=LOGIN").then_some(Way::SaslLogin);
    // A server that says so must not be shown the password (RFC 9051, section 6.2.3).
    let login = (!offered.has("LOGINDISABLED")).then_some(Way::Login);
    match wanted {
        // Where anybody can read along, the password itself had better not be said.
        Authentication::Auto if !encrypted => cram.or(plain).or(login).or(sasl_login),
        Authentication::Auto => plain.or(login).or(sasl_login).or(cram),
        Authentication::Plain => plain.or(login),
        Authentication::Login => sasl_login.or(login),
        Authentication::CramMd5 => cram,
        Authentication::ScramSha256
        | Authentication::XOAuth2
        | Authentication::OAuthBearer
        | Authentication::None => None,
    }
}

fn decoded(message: &str) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(STANDARD.decode(message).unwrap_or_default())
}

fn failure(condition: &Condition, offered: &Capabilities, credentials: &Credentials) -> RemoteError {
    // Some servers repeat the command that they do not like, and a password is no word for a window or a log.
    let password = credentials.password.expose_secret();
    let mut words = condition.words();
    if !password.is_empty() {
        words = words.replace(password, "…");
        if let Ok(message) = sasl::plain(credentials) {
            words = words.replace(message.as_str(), "…");
        }
    }
    if condition.state == State::Bad {
        return RemoteError::MethodRefused {
            offered: offered.methods(),
        };
    }
    let crowded = words.to_ascii_lowercase();
    match condition.code.as_str() {
        // The person and the password may well be right (RFC 5530, section 3).
        "UNAVAILABLE" | "INUSE" | "LIMIT" | "SERVERBUG" | "SYS/TEMP" | "THROTTLED" => {
            RemoteError::temporary(DOING, words)
        }
        "PRIVACYREQUIRED" | "ENCRYPTIONREQUIRED" => RemoteError::MethodRefused { offered: words },
        // Gmail and others have no code for it.
        "AUTHENTICATIONFAILED" => RemoteError::authentication_failed(words),
        _ if crowded.contains("too many simultaneous") || crowded.contains("too many connections") => {
            RemoteError::temporary(DOING, words)
        }
        _ => RemoteError::authentication_failed(words),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_follows_what_is_offered_and_what_is_wanted() {
        use Authentication::{Auto, CramMd5, Login, None as Nothing, Plain};
        let all = Capabilities::parse("AUTH=PLAIN AUTH=LOGIN AUTH=CRAM-MD5");
        let bare = Capabilities::parse("IMAP4rev1");
        let shut = Capabilities::parse("IMAP4rev1 LOGINDISABLED AUTH=XOAUTH2");
        let cases = [
            (&all, Auto, true, Some(Way::Plain)),
            (&all, Auto, false, Some(Way::CramMd5)),
            (&all, Login, true, Some(Way::SaslLogin)),
            (&all, CramMd5, true, Some(Way::CramMd5)),
            (&all, Nothing, true, None),
            (&bare, Auto, true, Some(Way::Login)),
            (&bare, Plain, true, Some(Way::Login)),
            (&bare, CramMd5, true, None),
            (&shut, Auto, true, None),
            (&shut, Login, true, None),
        ];
        for (offered, wanted, encrypted, expected) in cases {
            assert_eq!(
                way(offered, wanted, encrypted),
                expected,
                "{wanted:?} of {}",
                offered.methods()
            );
        }
    }

    #[test]
    fn a_server_that_repeats_the_password_does_not_bring_it_into_a_log() {
        let credentials = Credentials {
            username: "lena".into(),
            password: "correct horse".into(),
        };
        let condition = Condition {
            state: State::No,
            code: String::new(),
            arguments: String::new(),
            text: "cannot LOGIN lena \"correct horse\"".into(),
        };
        let error = failure(&condition, &Capabilities::default(), &credentials);
        assert!(
            !format!("{error} {error:?}").contains("horse"),
            "{error} keeps it"
        );
    }
}
