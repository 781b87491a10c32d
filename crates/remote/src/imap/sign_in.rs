//! Signing in (RFC 9051, sections 6.2.2 and 6.2.3): AUTHENTICATE with what `sasl` chooses, or the LOGIN command.
//!
//! Each password is tried once, in one way: a second way of saying the same would count as a second wrong guess.
//! Not here: encryption, which comes before it.

use waxwing_model::Authentication;

use super::capabilities::Capabilities;
use super::exchange::Exchange;
use super::response::{Condition, State};
use crate::sasl::{Conversation, Offer, Way, choose, discreet};
use crate::{Credentials, RemoteError};

const DOING: &str = "signing in";

/// The room for a first message behind the mechanism's name.
const LONGEST: usize = 4096;

pub(super) async fn sign_in(
    exchange: &mut Exchange,
    offered: &Capabilities,
    wanted: Authentication,
    credentials: &Credentials,
) -> Result<(), RemoteError> {
    let offer = Offer {
        mechanisms: offered.mechanisms().collect(),
        // A server that says so must not be shown the password (RFC 9051, section 6.2.3).
        command: !offered.has("LOGINDISABLED"),
        encrypted: exchange.is_encrypted(),
        binding: exchange.binding(),
        ..Offer::default()
    };
    let way = choose(&offer, wanted, credentials)?.ok_or_else(|| RemoteError::MethodRefused {
        offered: offered.methods(),
    })?;
    let condition = match way {
        Way::Command => exchange.login(credentials).await?,
        Way::Sasl(mechanism) => {
            let mut conversation = Conversation::new(mechanism);
            let longest = if offered.has("SASL-IR") { LONGEST } else { 0 };
            let condition = exchange.authenticate(&mut conversation, longest).await?;
            return match condition.state {
                State::Ok => conversation.accepted(),
                _ => Err(conversation.refused(failure(&condition, offered, credentials))),
            };
        }
    };
    match condition.state {
        State::Ok => Ok(()),
        _ => Err(failure(&condition, offered, credentials)),
    }
}

fn failure(condition: &Condition, offered: &Capabilities, credentials: &Credentials) -> RemoteError {
    // Some servers repeat the command that they do not like, and a password is no word for a window or a log.
    let words = discreet(&condition.words(), credentials);
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
