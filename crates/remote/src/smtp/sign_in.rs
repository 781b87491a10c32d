//! AUTH (RFC 4954): PLAIN, else LOGIN; CRAM-MD5 where it is asked for, or where there is no encryption.
//!
//! A second mechanism is tried only where the server says that it refused the first one as such. After a wrong
//! password it would count as a second wrong guess.

use secrecy::zeroize::Zeroizing;
use waxwing_model::{Authentication, ServerSettings};

use super::{connect::Connection, reply::Reply};
use crate::{Credentials, RemoteError, cram_md5, sasl};

const DOING: &str = "signing in to the SMTP server";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mechanism {
    Plain,
    Login,
    CramMd5,
}

/// Signs in as the settings want it. Without credentials, or with [`Authentication::None`], nothing is said.
pub(super) async fn sign_in(
    connection: &mut Connection,
    server: &ServerSettings,
    credentials: Option<&Credentials>,
) -> Result<(), RemoteError> {
    let Some(credentials) = credentials.filter(|_| server.authentication != Authentication::None) else {
        return Ok(());
    };
    let offered = connection.features.mechanisms.join(" ");
    for mechanism in mechanisms(connection, server.authentication) {
        let reply = say(connection, mechanism, credentials).await?;
        match reply.code {
            235 => return Ok(()),
            // The mechanism is not known after all, too weak, or wants encryption first (RFC 4954, sections 4 and 6).
            504 | 534 | 538 => {}
            _ => return Err(meaning(reply, server)),
        }
    }
    Err(RemoteError::MethodRefused { offered })
}

fn mechanisms(connection: &Connection, wanted: Authentication) -> Vec<Mechanism> {
    const PLAIN: (&str, Mechanism) = ("PLAIN", Mechanism::Plain);
    const LOGIN: (&str, Mechanism) = ("LOGIN", Mechanism::Login);
    const CRAM_MD5: (&str, Mechanism) = ("CRAM-MD5", Mechanism::CramMd5);
    let order: &[(&str, Mechanism)] = match wanted {
        // Where anybody can read along, the password itself had better not be said.
        Authentication::Auto if !connection.dialogue.lines.is_encrypted() => &[CRAM_MD5, PLAIN, LOGIN],
        Authentication::Auto => &[PLAIN, LOGIN, CRAM_MD5],
        Authentication::Plain => &[PLAIN, LOGIN],
        Authentication::Login => &[LOGIN],
        Authentication::CramMd5 => &[CRAM_MD5],
        Authentication::None => &[],
    };
    order
        .iter()
        .filter(|(name, _)| connection.features.offers(name))
        .map(|(_, mechanism)| *mechanism)
        .collect()
}

async fn say(
    connection: &mut Connection,
    mechanism: Mechanism,
    credentials: &Credentials,
) -> Result<Reply, RemoteError> {
    match mechanism {
        Mechanism::Plain => {
            let message = sasl::plain(credentials)?;
            let command = Zeroizing::new(format!("AUTH PLAIN {}", message.as_str()));
            let reply = ask(connection, &command).await?;
            // Some servers overlook the initial response and ask for it once more.
            if reply.code == 334 {
                ask(connection, &message).await
            } else {
                Ok(reply)
            }
        }
        Mechanism::Login => {
            let mut reply = ask(connection, "AUTH LOGIN").await?;
            // The prompts differ from server to server; the order does not.
            for message in sasl::login(credentials) {
                if reply.code != 334 {
                    return Ok(reply);
                }
                reply = ask(connection, &message).await?;
            }
            Ok(reply)
        }
        Mechanism::CramMd5 => {
            let reply = ask(connection, "AUTH CRAM-MD5").await?;
            if reply.code != 334 {
                return Ok(reply);
            }
            let challenge = reply.lines.first().map_or("", String::as_str);
            let proof = cram_md5::answer(credentials, challenge.as_bytes())
                .ok_or_else(|| RemoteError::protocol(DOING, "a challenge that is none"))?;
            ask(connection, &proof).await
        }
    }
}

/// As `Dialogue::ask`, but what was written is wiped.
async fn ask(connection: &mut Connection, command: &str) -> Result<Reply, RemoteError> {
    let command = Zeroizing::new(format!("{command}\r\n"));
    connection.dialogue.lines.send(command.as_bytes(), DOING).await?;
    connection.dialogue.reply(DOING).await
}

fn meaning(reply: Reply, server: &ServerSettings) -> RemoteError {
    match reply.code {
        // RFC 4954, section 4: "Must issue a STARTTLS command first".
        530 => RemoteError::tls_refused(&server.host, reply.text()),
        // Some say 550 or 554 to a wrong password; the enhanced code tells (RFC 4954, section 6).
        535 => RemoteError::authentication_failed(reply.text()),
        500..=599 if reply.text().contains("5.7.8") => RemoteError::authentication_failed(reply.text()),
        334 => RemoteError::protocol(DOING, "the server asks for more than there is to say"),
        _ => reply.into_error(DOING),
    }
}
