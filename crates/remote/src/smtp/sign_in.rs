//! AUTH (RFC 4954) with a mechanism of SASL.
//!
//! A second mechanism is tried only where the server says that it refused the first one as such. After a wrong
//! password it would count as a second wrong guess. Not here: the mechanisms and which of them is taken (`sasl`).

use secrecy::zeroize::Zeroizing;
use waxwing_model::{Authentication, ServerSettings};

use super::{connect::Connection, reply::Reply};
use crate::sasl::{Conversation, Offer, Way, choose, discreet};
use crate::{Credentials, RemoteError};

const DOING: &str = "signing in to the SMTP server";

/// A command line of 512 octets with its end is the longest that is always taken (RFC 4954, section 4; RFC 5321,
/// section 4.5.3.1.4). Tokens are longer, and then wait for the server's challenge.
const LONGEST_COMMAND: usize = 510;

/// What came of one mechanism.
enum Outcome {
    In,
    /// It is not known after all, too weak, or wants encryption first (RFC 4954, sections 4 and 6).
    OtherWay,
    Failed(RemoteError),
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
    let mut refused = Vec::new();
    loop {
        let lines = &connection.dialogue.lines;
        let offered = &connection.features.mechanisms;
        let offer = Offer {
            mechanisms: offered.iter().map(String::as_str).collect(),
            refused: refused.clone(),
            command: false,
            encrypted: lines.is_encrypted(),
            binding: lines.binding(),
        };
        let Some(Way::Sasl(mechanism)) = choose(&offer, server.authentication, credentials)? else {
            return Err(RemoteError::MethodRefused {
                offered: offered.join(" "),
            });
        };
        let conversation = Conversation::new(mechanism);
        let name = conversation.name();
        match converse(connection, conversation, server, credentials).await? {
            Outcome::In => return Ok(()),
            Outcome::Failed(error) => return Err(error),
            Outcome::OtherWay => refused.push(name),
        }
    }
}

/// A message for each challenge, until the server has heard enough.
async fn converse(
    connection: &mut Connection,
    mut conversation: Conversation,
    server: &ServerSettings,
    credentials: &Credentials,
) -> Result<Outcome, RemoteError> {
    const AUTH: &str = "AUTH ";
    let opening = conversation.command(LONGEST_COMMAND - AUTH.len());
    let mut line = Zeroizing::new([AUTH, opening.as_str()].concat());
    let mut asked = false;
    loop {
        let mut reply = ask(connection, &line).await?;
        match reply.code {
            334 => {
                asked = true;
                line = conversation.answer(reply.lines.concat().as_bytes()).await?;
            }
            235 => return conversation.accepted().map(|()| Outcome::In),
            // One that has asked its questions has taken the mechanism. To step down then would let a server that
            // failed to prove itself have the password all the same.
            504 | 534 | 538 if !asked => return Ok(Outcome::OtherWay),
            _ => {
                for words in &mut reply.lines {
                    *words = discreet(words, credentials);
                }
                return Ok(Outcome::Failed(conversation.refused(meaning(reply, server))));
            }
        }
    }
}

/// As `Dialogue::ask`, but what was written is wiped.
async fn ask(connection: &mut Connection, command: &str) -> Result<Reply, RemoteError> {
    let command = Zeroizing::new([command, "\r\n"].concat());
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
        _ => reply.into_error(DOING),
    }
}
