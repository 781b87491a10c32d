//! One letter, one transaction: MAIL, RCPT, DATA, the letter, the final dot (RFC 5321, section 3.3).
//!
//! The final dot divides the world. Before it the server cannot have taken the letter; from the moment it is on its
//! way, only the server's answer tells.
//!
//! Not here: connecting and signing in.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use lettre::transport::smtp::{
    commands::{Data, Mail, Quit, Rcpt},
    extension::MailParameter,
};
use waxwing_model::Timestamp;

use super::{
    body::Pieces,
    connect::Connection,
    outcome::{Receipt, SendError},
    prepared::{Prepared, nobody_left},
    reply::Reply,
    session::{Session, State},
    wishes::Wishes,
};
use crate::{Letter, RemoteError, wire::SILENCE};

/// The server may take its time to deliver or to look for viruses (RFC 5321, section 4.5.3.2.6). Losing patience
/// earlier is how letters get sent twice (RFC 1047).
pub(super) const VERDICT_PATIENCE: Duration = Duration::from_secs(600);

/// A farewell is a courtesy.
const FAREWELL: Duration = Duration::from_secs(2);

const RESET: &str = "having the server forget a letter that was given up";
const SENDER: &str = "naming the sender";
const RECIPIENTS: &str = "naming the recipients";
const LETTER: &str = "handing over the letter";
const VERDICT: &str = "waiting for the server to take the letter";

pub(super) type Progress<'a> = &'a mut (dyn FnMut(u64) + Send);

/// One letter as the server will be told of it.
struct Transaction<'a> {
    mail: String,
    to: Vec<(String, String)>,
    refused: Vec<(String, String)>,
    letter: &'a dyn Letter,
    verdict_patience: Duration,
}

pub(super) async fn transact(
    session: &mut Session,
    prepared: Prepared,
    letter: &dyn Letter,
    wishes: &Wishes,
    verdict_patience: Duration,
    progress: Progress<'_>,
) -> Result<Receipt, SendError> {
    let Connection { features, dialogue } = &session.connection;
    let encrypted = dialogue.lines.is_encrypted();
    let parameters: Result<Vec<MailParameter>, String> =
        prepared.parameters(features).and_then(|mut parameters| {
            parameters.extend(wishes.parameters(features, encrypted, now())?);
            Ok(parameters)
        });
    let parameters = parameters.map_err(|reply| SendError::Rejected {
        reply,
        permanent: true,
        recipients: Vec::new(),
    })?;
    let without_notices = wishes.go_without_notices(features);
    let Prepared {
        from, to, refused, ..
    } = prepared;
    let to = to
        .into_iter()
        .map(|(recipient, address)| {
            let wished = wishes.of_recipient(features, &address);
            (recipient, Rcpt::new(address, wished).to_string())
        })
        .collect();
    let transaction = Transaction {
        mail: Mail::new(from, parameters).to_string(),
        to,
        refused,
        letter,
        verdict_patience,
    };
    match transaction.run(session, progress).await {
        Ok(receipt) => Ok(Receipt {
            without_notices,
            ..receipt
        }),
        Err(error) => {
            if !matches!(error, SendError::Rejected { .. }) {
                session.state = State::Broken;
            }
            Err(error)
        }
    }
}

impl Transaction<'_> {
    async fn run(&self, session: &mut Session, progress: Progress<'_>) -> Result<Receipt, SendError> {
        if session.state == State::Begun {
            // Whatever the letter before was waited for.
            session.connection.dialogue.lines.set_patience(SILENCE);
            let reply = session.connection.dialogue.ask("RSET\r\n", RESET).await;
            let reply = reply.map_err(SendError::NotSent)?;
            if !reply.is_positive() {
                return Err(SendError::NotSent(reply.into_error(RESET)));
            }
        }
        session.state = State::Begun;
        let refused = self.name_everybody(&mut session.connection).await?;
        let reply = self.behind_data(session, progress).await?;
        progress(self.letter.size());
        match reply.code {
            200..=299 => {
                session.state = State::Ready;
                session.connection.dialogue.lines.set_patience(SILENCE);
                Ok(Receipt {
                    reply: reply.text(),
                    refused,
                    without_notices: false,
                })
            }
            400..=599 => Err(rejected(&reply)),
            _ => Err(SendError::Unknown(reply.into_error(VERDICT))),
        }
    }

    /// MAIL and every RCPT. Gives who does not get it; somebody does.
    async fn name_everybody(&self, connection: &mut Connection) -> Result<Vec<(String, String)>, SendError> {
        let replies = name_all(connection, &self.mail, &self.to)
            .await
            .map_err(SendError::NotSent)?;
        let Some((sender, replies)) = replies.split_first() else {
            return Err(SendError::NotSent(RemoteError::protocol(SENDER, "no answer")));
        };
        if !sender.is_positive() {
            return Err(rejected(sender));
        }
        let mut refused = self.refused.clone();
        let (mut accepted, mut permanent) = (0, true);
        for ((recipient, _), reply) in self.to.iter().zip(replies) {
            match reply.code {
                // 421: the server is closing the connection, whoever the recipient is (RFC 5321, section 3.8).
                421 => return Err(SendError::NotSent(reply.clone().into_error(RECIPIENTS))),
                200..=299 => accepted += 1,
                _ => {
                    permanent &= reply.is_permanent();
                    refused.push((recipient.clone(), reply.text()));
                }
            }
        }
        match accepted {
            0 => Err(nobody_left(refused, permanent)),
            _ => Ok(refused),
        }
    }

    /// Not behind BDAT (RFC 3030), also where that is offered: a firewall or server that announces it and does not know it
    /// would read the letter as commands, and the round trip that it spares is not worth that.
    async fn behind_data(&self, session: &mut Session, progress: Progress<'_>) -> Result<Reply, SendError> {
        let dialogue = &mut session.connection.dialogue;
        let reply = dialogue.ask(&Data.to_string(), LETTER).await;
        let reply = reply.map_err(SendError::NotSent)?;
        if reply.code != 354 {
            return Err(rejected(&reply));
        }
        let mut written = 0;
        for piece in Pieces::of(self.letter) {
            // Without its end the server does not take it.
            let piece = piece.map_err(SendError::Unreadable)?;
            let sent = dialogue.lines.send(&piece, LETTER).await;
            sent.map_err(SendError::NotSent)?;
            written += piece.len() as u64;
            progress(written.min(self.letter.size()));
        }
        // A server that already speaks has given up on this letter: without the dot it cannot have taken it. It still
        // waits for one, so nothing more is said to it.
        if dialogue.lines.has_word(LETTER).map_err(SendError::NotSent)? {
            session.state = State::Broken;
            let reply = dialogue.reply(LETTER).await.map_err(SendError::NotSent)?;
            return Err(rejected(&reply));
        }
        dialogue.lines.set_patience(self.verdict_patience);
        let reply = async {
            dialogue.lines.send(b".\r\n", VERDICT).await?;
            dialogue.reply(VERDICT).await
        };
        reply.await.map_err(SendError::Unknown)
    }
}

/// MAIL and every RCPT: all at once where the server can take it (RFC 2920), else one by one. The replies are in the
/// same order; after a refused MAIL the rest is not asked, or not looked at.
async fn name_all(
    connection: &mut Connection,
    mail: &str,
    to: &[(String, String)],
) -> Result<Vec<Reply>, RemoteError> {
    let rcpts = to.iter().map(|(_, rcpt)| rcpt.as_str());
    let commands: Vec<&str> = std::iter::once(mail).chain(rcpts).collect();
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
pub(super) async fn leave(session: &mut Session) {
    if session.state == State::Broken {
        return;
    }
    session.state = State::Broken;
    let quit = Quit.to_string();
    let farewell = session.connection.dialogue.ask(&quit, "taking leave");
    let _ = tokio::time::timeout(FAREWELL, farewell).await;
}

fn now() -> Timestamp {
    let passed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp::try_from(passed.as_millis()).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};

    use waxwing_model::Envelope;

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
        let mut session = Session::over(greeted(wire).await.expect("a greeting"));
        let envelope = Envelope {
            from: "lena@waxwing.test".into(),
            to: vec!["jonas@waxwing.test".into()],
        };
        let letter = &b"Subject: x\r\n\r\nx\r\n"[..];
        let prepared = Prepared::of(&envelope, &letter).expect("a good envelope");
        let wishes = Wishes::default();
        let result = transact(&mut session, prepared, &letter, &wishes, SHORT, &mut |_| {}).await;
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
