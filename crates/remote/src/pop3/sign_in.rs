//! Signing in: AUTH with a mechanism of SASL (RFC 5034), or USER and PASS (RFC 1939, section 7).
//!
//! Each password is tried once. A second way of saying the same password would count as a second wrong guess, and
//! some servers lock a person out after three. Not here: the mechanisms and which of them is taken (`sasl`).

use secrecy::{ExposeSecret, zeroize::Zeroizing};
use waxwing_model::Authentication;

use super::{
    answer::{Answer, Refusal},
    capabilities::Capabilities,
    dialogue::Dialogue,
};
use crate::sasl::{Conversation, Offer, Way, choose, discreet};
use crate::{Credentials, RemoteError};

const DOING: &str = "signing in to the POP3 server";

/// A command line of 255 octets with its end is the longest that RFC 5034, section 4, allows.
const LONGEST_COMMAND: usize = 253;

pub(super) async fn sign_in(
    dialogue: &mut Dialogue,
    offered: &Capabilities,
    wanted: Authentication,
    credentials: &Credentials,
) -> Result<(), RemoteError> {
    if wanted == Authentication::Apop {
        return apop(dialogue, offered, credentials).await;
    }
    let offer = Offer {
        mechanisms: offered.mechanisms.iter().map(String::as_str).collect(),
        command: offered.takes_user(),
        encrypted: dialogue.lines.is_encrypted(),
        binding: dialogue.lines.binding(),
        ..Offer::default()
    };
    let way = choose(&offer, wanted, credentials)?.ok_or_else(|| RemoteError::MethodRefused {
        offered: offered.ways(),
    })?;
    let refused = |refusal| refused(refusal, offered, credentials);
    match way {
        Way::Sasl(mechanism) => converse(dialogue, Conversation::new(mechanism), refused).await,
        Way::Command => {
            let user = format!("USER {}", credentials.username);
            dialogue.ask(&user, DOING).await?.map_err(refused)?;
            let pass = Zeroizing::new(["PASS ", credentials.password.expose_secret()].concat());
            dialogue.ask(&pass, DOING).await?.map_err(refused)?;
            Ok(())
        }
    }
}

fn refused(mut refusal: Refusal, offered: &Capabilities, credentials: &Credentials) -> RemoteError {
    refusal.text = discreet(&refusal.text, credentials);
    let refusal = refusal.with_delay(offered.login_delay);
    refusal.into_sign_in_error(offered.coded_sign_in, DOING)
}

/// Only where the greeting of this very connection gave something to prove it with. Behind STLS there is no other greeting.
async fn apop(
    dialogue: &mut Dialogue,
    offered: &Capabilities,
    credentials: &Credentials,
) -> Result<(), RemoteError> {
    let Some(timestamp) = dialogue.timestamp.clone() else {
        return Err(RemoteError::MethodRefused {
            offered: offered.ways(),
        });
    };
    let command = super::apop::command(credentials, &timestamp);
    let answer = dialogue.ask(&command, DOING).await?;
    answer.map_err(|refusal| refused(refusal, offered, credentials))?;
    Ok(())
}

/// AUTH: a message for each challenge, until the server has heard enough.
async fn converse(
    dialogue: &mut Dialogue,
    mut conversation: Conversation,
    refused: impl Fn(Refusal) -> RemoteError,
) -> Result<(), RemoteError> {
    const AUTH: &str = "AUTH ";
    dialogue.begin(DOING)?;
    let opening = conversation.command(LONGEST_COMMAND - AUTH.len());
    let command = Zeroizing::new([AUTH, opening.as_str()].concat());
    dialogue.tell(&command, DOING).await?;
    loop {
        match dialogue.answer(DOING).await? {
            Answer::Ok(_) => {
                conversation.accepted()?;
                dialogue.end();
                return Ok(());
            }
            Answer::Refused(refusal) => {
                dialogue.end();
                return Err(conversation.refused(refused(refusal)));
            }
            Answer::Challenge(challenge) => {
                let answer = conversation.answer(challenge.as_bytes()).await?;
                dialogue.tell(&answer, DOING).await?;
            }
        }
    }
}
