//! One letter, one transaction: MAIL, RCPT, DATA, the letter, the final dot (RFC 5321, section 3.3).
//!
//! The final dot divides the world. Before it the server cannot have taken the letter; from the moment it is on its
//! way, only the server's answer tells.
//!
//! Not here: connecting and signing in.

use std::time::Duration;

use lettre::{
    Address,
    transport::smtp::{
        commands::{Data, Mail, Quit, Rcpt},
        extension::{MailBodyParameter, MailParameter},
    },
};
use waxwing_model::{Envelope, ServerSettings};

use super::{
    body::{self, Pieces},
    connect::{Connection, connect},
    envelope,
    features::Features,
    outcome::{Receipt, SendError},
    reply::Reply,
    sign_in::sign_in,
};
use crate::{Credentials, RemoteError, Trust};

/// The server may take its time to deliver or to look for viruses (RFC 5321, section 4.5.3.2.6). Losing patience
/// earlier is how letters get sent twice (RFC 1047).
const VERDICT_PATIENCE: Duration = Duration::from_secs(600);

/// A farewell is a courtesy.
const FAREWELL: Duration = Duration::from_secs(2);

const SENDER: &str = "naming the sender";
const RECIPIENTS: &str = "naming the recipients";
const LETTER: &str = "handing over the letter";
const VERDICT: &str = "waiting for the server to take the letter";

/// Hands `raw` over for everyone in `envelope`.
pub async fn send<'a>(
    server: &ServerSettings,
    credentials: impl Into<Option<&'a Credentials>>,
    trust: &Trust,
    envelope: &Envelope,
    raw: &[u8],
) -> Result<Receipt, SendError> {
    let credentials = credentials.into();
    let prepared = Prepared::of(envelope, raw)?;
    let mut connection = connect(server, trust).await.map_err(SendError::NotSent)?;
    sign_in(&mut connection, server, credentials)
        .await
        .map_err(SendError::NotSent)?;
    transact(&mut connection, prepared, raw, VERDICT_PATIENCE).await
}

/// What can be found wrong before anybody is bothered.
pub(super) struct Prepared {
    from: Option<Address>,
    to: Vec<(String, Address)>,
    refused: Vec<(String, String)>,
}

impl Prepared {
    pub(super) fn of(envelope: &Envelope, raw: &[u8]) -> Result<Self, SendError> {
        let rejected = |reply: String| SendError::Rejected {
            reply,
            permanent: true,
            recipients: Vec::new(),
        };
        if raw.is_empty() {
            return Err(rejected("The letter is empty.".to_owned()));
        }
        let from = match envelope.from.trim() {
            // The empty sender is that of reports, which nobody answers (RFC 5321, section 4.5.5).
            "" => None,
            from => Some(envelope::address(from).map_err(rejected)?),
        };
        let (mut to, mut refused) = (Vec::new(), Vec::new());
        for recipient in &envelope.to {
            match envelope::address(recipient.trim()) {
                Ok(address) => to.push((recipient.clone(), address)),
                Err(sentence) => refused.push((recipient.clone(), sentence)),
            }
        }
        if to.is_empty() {
            return Err(nobody_left(refused, true));
        }
        Ok(Self { from, to, refused })
    }

    /// The parameters of MAIL, or a sentence about what this server cannot carry.
    fn parameters(&self, features: &Features, raw: &[u8]) -> Result<Vec<MailParameter>, String> {
        let mut parameters = Vec::new();
        let size = body::size(raw);
        if let Some(limit) = features.size_limit.filter(|limit| size as u64 > *limit) {
            return Err(format!(
                "The letter measures {}, and the server takes {} at most.",
                megabytes(size as u64),
                megabytes(limit)
            ));
        }
        if features.size {
            parameters.push(MailParameter::Size(size));
        }
        let mut everyone = self.from.iter().chain(self.to.iter().map(|(_, address)| address));
        if let Some(address) = everyone.find(|address| !address.user().is_ascii()) {
            if !features.utf8 {
                return Err(format!(
                    "This server cannot carry letters from or to {address}: it knows addresses in Latin letters \
                     without accents only (it has no SMTPUTF8)."
                ));
            }
            parameters.push(MailParameter::SmtpUtfEight);
        } else if is_utf8_beyond_ascii(header(raw)) {
            if !features.utf8 {
                return Err(
                    "The letter's header holds letters that this server cannot carry (it has no SMTPUTF8)."
                        .to_owned(),
                );
            }
            parameters.push(MailParameter::SmtpUtfEight);
        }
        if !raw.is_ascii() {
            if !features.eight_bit {
                return Err(
                    "The letter holds 8-bit text, which this server cannot carry (it has no 8BITMIME)."
                        .to_owned(),
                );
            }
            parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
        }
        Ok(parameters)
    }
}

pub(super) async fn transact(
    connection: &mut Connection,
    prepared: Prepared,
    raw: &[u8],
    verdict_patience: Duration,
) -> Result<Receipt, SendError> {
    let parameters = prepared.parameters(&connection.features, raw);
    let parameters = match parameters {
        Ok(parameters) => parameters,
        Err(reply) => {
            leave(connection).await;
            return Err(SendError::Rejected {
                reply,
                permanent: true,
                recipients: Vec::new(),
            });
        }
    };
    let result = converse(connection, prepared, parameters, raw, verdict_patience).await;
    if matches!(result, Ok(_) | Err(SendError::Rejected { .. })) {
        leave(connection).await;
    }
    result
}

async fn converse(
    connection: &mut Connection,
    prepared: Prepared,
    parameters: Vec<MailParameter>,
    raw: &[u8],
    verdict_patience: Duration,
) -> Result<Receipt, SendError> {
    let Prepared {
        from,
        to,
        mut refused,
    } = prepared;
    let mail = Mail::new(from, parameters).to_string();
    let rcpts: Vec<String> = to
        .iter()
        .map(|(_, address)| Rcpt::new(address.clone(), Vec::new()).to_string())
        .collect();
    let replies = name_all(connection, mail, rcpts)
        .await
        .map_err(SendError::NotSent)?;
    let (sender, replies) = match replies.split_first() {
        Some((sender, replies)) => (sender, replies),
        None => return Err(SendError::NotSent(RemoteError::protocol(SENDER, "no answer"))),
    };
    if !sender.is_positive() {
        return Err(rejected(sender));
    }
    let (mut accepted, mut permanent) = (0, true);
    for ((recipient, _), reply) in to.into_iter().zip(replies) {
        match reply.code {
            // 421: the server is closing the connection, whoever the recipient is (RFC 5321, section 3.8).
            421 => return Err(SendError::NotSent(reply.clone().into_error(RECIPIENTS))),
            200..=299 => accepted += 1,
            _ => {
                permanent &= reply.is_permanent();
                refused.push((recipient, reply.text()));
            }
        }
    }
    if accepted == 0 {
        return Err(nobody_left(refused, permanent));
    }
    let reply = connection
        .dialogue
        .ask(Data, LETTER)
        .await
        .map_err(SendError::NotSent)?;
    if reply.code != 354 {
        return Err(rejected(&reply));
    }
    for piece in Pieces::of(raw) {
        connection
            .dialogue
            .lines
            .send(&piece, LETTER)
            .await
            .map_err(SendError::NotSent)?;
    }
    // A server that already speaks has given up on this letter: without the dot it cannot have taken it.
    if connection
        .dialogue
        .lines
        .has_word(LETTER)
        .map_err(SendError::NotSent)?
    {
        let reply = connection
            .dialogue
            .reply(LETTER)
            .await
            .map_err(SendError::NotSent)?;
        return Err(SendError::NotSent(reply.into_error(LETTER)));
    }
    connection.dialogue.lines.set_patience(verdict_patience);
    let reply = async {
        connection.dialogue.lines.send(b".\r\n", VERDICT).await?;
        connection.dialogue.reply(VERDICT).await
    };
    let reply = reply.await.map_err(SendError::Unknown)?;
    match reply.code {
        200..=299 => Ok(Receipt {
            reply: reply.text(),
            refused,
        }),
        400..=599 => Err(rejected(&reply)),
        _ => Err(SendError::Unknown(reply.into_error(VERDICT))),
    }
}

/// MAIL and every RCPT: all at once where the server can take it (RFC 2920), else one by one. The replies are in the
/// same order; after a refused MAIL the rest is not asked, or not looked at.
async fn name_all(
    connection: &mut Connection,
    mail: String,
    rcpts: Vec<String>,
) -> Result<Vec<Reply>, RemoteError> {
    let commands: Vec<String> = std::iter::once(mail).chain(rcpts).collect();
    // Some hundred commands and their answers fit into the buffers between us, so that nobody waits for the other.
    let window = if connection.features.pipelining { 100 } else { 1 };
    let mut replies: Vec<Reply> = Vec::with_capacity(commands.len());
    for commands in commands.chunks(window) {
        let doing = if replies.is_empty() { SENDER } else { RECIPIENTS };
        connection
            .dialogue
            .lines
            .send(commands.concat().as_bytes(), doing)
            .await?;
        for _ in commands {
            let reply = connection.dialogue.reply(doing).await?;
            let closing = reply.code == 421;
            replies.push(reply);
            if closing {
                return Ok(replies);
            }
        }
        if replies.first().is_some_and(|mail| !mail.is_positive()) {
            break;
        }
    }
    Ok(replies)
}

/// The server's no to the letter as a whole.
fn rejected(reply: &Reply) -> SendError {
    match reply.code {
        421 => SendError::NotSent(reply.clone().into_error(LETTER)),
        400..=599 => SendError::Rejected {
            reply: reply.text(),
            permanent: reply.is_permanent(),
            recipients: Vec::new(),
        },
        _ => SendError::NotSent(reply.clone().into_error(LETTER)),
    }
}

fn nobody_left(recipients: Vec<(String, String)>, permanent: bool) -> SendError {
    let reply = recipients
        .first()
        .map_or("The letter has no recipient.".to_owned(), |(_, reply)| {
            reply.clone()
        });
    SendError::Rejected {
        reply,
        permanent,
        recipients,
    }
}

/// QUIT, without making anybody wait for it.
async fn leave(connection: &mut Connection) {
    let _ = tokio::time::timeout(FAREWELL, connection.dialogue.ask(Quit, "taking leave")).await;
}

/// A header in UTF-8 is SMTPUTF8's affair (RFC 6531, section 3.2). One in an older 8-bit encoding is nobody's, and is
/// sent as everybody sends it.
fn is_utf8_beyond_ascii(header: &[u8]) -> bool {
    !header.is_ascii() && std::str::from_utf8(header).is_ok()
}

/// Up to the first empty line.
fn header(raw: &[u8]) -> &[u8] {
    let end = raw.windows(2).zip(1..).find_map(|(pair, at)| match pair {
        b"\n\n" => Some(at),
        b"\n\r" if raw.get(at + 1) == Some(&b'\n') => Some(at),
        _ => None,
    });
    end.and_then(|end| raw.get(..end)).unwrap_or(raw)
}

fn megabytes(octets: u64) -> String {
    match octets {
        0..100_000 => format!("{octets} bytes"),
        _ => format!("{:.1} MB", octets as f64 / 1_000_000.0),
    }
}
