//! One letter, one transaction: MAIL, RCPT, DATA, the letter, the final dot (RFC 5321, section 3.3).
//!
//! The final dot divides the world. Before it the server cannot have taken the letter; from the moment it is on its
//! way, only the server's answer tells.
//!
//! Not here: connecting and signing in.

use std::time::Duration;

use lettre::transport::smtp::{
    commands::{Data, Mail, Quit, Rcpt},
    extension::MailParameter,
};
use waxwing_model::{Envelope, ServerSettings};

use super::{
    body::Pieces,
    connect::{Connection, connect},
    outcome::{Receipt, SendError},
    prepared::{Prepared, nobody_left},
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
        .ask(&Data.to_string(), LETTER)
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
        return Err(rejected(&reply));
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

/// QUIT, without making anybody wait for it.
async fn leave(connection: &mut Connection) {
    let _ = tokio::time::timeout(
        FAREWELL,
        connection.dialogue.ask(&Quit.to_string(), "taking leave"),
    )
    .await;
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};

    use super::super::connect::greeted;
    use super::*;
    use crate::Wire;

    const SHORT: Duration = Duration::from_millis(150);

    /// Sends a letter to a server that answers `answers` in turn and then says nothing more, but stays.
    async fn sent_to(answers: &'static [&'static str]) -> Result<Receipt, SendError> {
        let (near, mut far) = tokio::io::duplex(4096);
        let server = tokio::spawn(async move {
            far.write_all(b"220 hi\r\n").await.unwrap();
            for answer in answers {
                let heard = hear(&mut far).await;
                far.write_all(answer.as_bytes()).await.unwrap();
                assert!(!heard.is_empty(), "each answer has its question");
            }
            // Until the client has lost its patience.
            tokio::time::sleep(SHORT * 10).await;
        });
        let mut wire = Wire::new(Box::new(near), None, false);
        wire.set_patience(SHORT);
        let mut connection = greeted(wire).await.expect("a greeting");
        let envelope = Envelope {
            from: "lena@waxwing.test".into(),
            to: vec!["jonas@waxwing.test".into()],
        };
        let letter = b"Subject: x\r\n\r\nx\r\n";
        let prepared = Prepared::of(&envelope, letter).expect("a good envelope");
        let result = transact(&mut connection, prepared, letter, SHORT).await;
        server.abort();
        result
    }

    async fn hear(far: &mut DuplexStream) -> Vec<u8> {
        let mut heard = Vec::new();
        while !heard.ends_with(b"\r\n") {
            heard.push(far.read_u8().await.unwrap());
        }
        heard
    }

    #[tokio::test]
    async fn silence_before_the_final_dot_means_not_sent_and_behind_it_unknown() {
        let stages: [&[&str]; 4] = [
            &["250 mail\r\n"],
            &["250 mail\r\n", "250 ok\r\n"],
            &["250 mail\r\n", "250 ok\r\n", "250 ok\r\n"],
            &["250 mail\r\n", "250 ok\r\n", "250 ok\r\n", "354 go on\r\n"],
        ];
        for (stage, answers) in stages.into_iter().enumerate() {
            let result = sent_to(answers).await;
            match result {
                Err(SendError::NotSent(RemoteError::TimedOut { .. })) if stage < 3 => {}
                Err(SendError::Unknown(RemoteError::TimedOut { .. })) if stage == 3 => {}
                other => panic!("after {answers:?}: {other:?}"),
            }
        }
    }
}
