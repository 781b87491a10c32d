//! What a session makes of servers that err, lie, hang up or say nothing. The other side is played line by line
//! over a pipe in memory; what a real server does is tested in `tests/imap.rs`.

mod connecting;
mod deleting;
mod enabling;
mod fetching;
mod garbage;
mod identifying;
mod idling;
mod moving;
mod notifying;
mod parts;
mod quotas;
mod refusals;
mod resyncing;
mod selecting;
mod starting_tls;

use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, DuplexStream};
use waxwing_model::{Authentication, Security, ServerSettings};

use super::Session;
use super::connect::{Greeting, Patience};
use crate::{Credentials, RemoteError, Wire};

/// Whether an error is the one that was expected.
type Expected = fn(&RemoteError) -> bool;

/// The other end of the pipe.
struct Peer {
    stream: BufReader<DuplexStream>,
    tag: String,
}

impl Peer {
    /// Reads the next command and checks it; its tag is kept for the answer.
    async fn hear(&mut self, command: &str) {
        let line = self.line().await;
        let (tag, rest) = line.split_once(' ').unwrap_or((&line, ""));
        assert_eq!(rest, command, "the client says what was expected");
        self.tag = tag.to_owned();
    }

    async fn line(&mut self) -> String {
        let mut line = String::new();
        self.stream.read_line(&mut line).await.expect("the pipe stands");
        line.trim_end_matches("\r\n").to_owned()
    }

    async fn bytes(&mut self, count: usize) -> Vec<u8> {
        let mut bytes = vec![0; count];
        self.stream
            .read_exact(&mut bytes)
            .await
            .expect("the client says that much");
        bytes
    }

    async fn say(&mut self, lines: &str) {
        // The client may have left in the middle, as it does at a cap.
        let _ = self
            .stream
            .write_all(lines.replace('\n', "\r\n").as_bytes())
            .await;
    }

    /// Ends the last command that was heard: `OK [CODE] words`.
    async fn done(&mut self, condition: &str) {
        let line = format!("{} {condition}\n", self.tag);
        self.say(&line).await;
    }

    /// A command and its answer.
    async fn answer(&mut self, command: &str, data: &str) {
        self.hear(command).await;
        self.say(data).await;
        self.done("OK done").await;
    }
}

fn pipe() -> (Wire, Peer) {
    let (near, far) = tokio::io::duplex(64 * 1024);
    (
        Wire::new(Box::new(near), None, true),
        Peer {
            stream: BufReader::new(far),
            tag: String::new(),
        },
    )
}

fn settings(authentication: Authentication) -> ServerSettings {
    ServerSettings {
        host: "localhost".into(),
        port: 993,
        security: Security::Tls,
        username: "lena".into(),
        authentication,
    }
}

fn lena() -> Credentials {
    Credentials {
        username: "lena".into(),
        password: "correct horse".into(),
    }
}

fn impatient() -> Patience {
    Patience {
        connecting: Duration::from_millis(300),
        afterwards: Duration::from_millis(300),
    }
}

/// Connects over a pipe while `script` plays the server.
async fn connect<F: Future<Output = Peer>>(
    authentication: Authentication,
    script: impl FnOnce(Peer) -> F,
) -> (Result<Session, RemoteError>, Peer) {
    let (wire, peer) = pipe();
    let settings = settings(authentication);
    let credentials = lena();
    tokio::join!(
        Session::over(wire, Greeting::Due, &settings, &credentials, impatient()),
        script(peer)
    )
}

/// A session with a server of these capabilities beside IMAP4rev1.
async fn signed_in(capabilities: &str) -> (Session, Peer) {
    let (session, peer) = connect(Authentication::Auto, async |mut peer| {
        peer.say("* OK [CAPABILITY IMAP4rev1] hello\n").await;
        peer.hear("LOGIN \"lena\" \"correct horse\"").await;
        peer.done(&format!("OK [CAPABILITY IMAP4rev1 {capabilities}] welcome"))
            .await;
        peer
    })
    .await;
    (session.expect("the server knows us"), peer)
}

/// The same with a mailbox selected.
async fn selected(capabilities: &str) -> (Session, Peer) {
    let (mut session, mut peer) = signed_in(capabilities).await;
    let condstore = if capabilities.contains("CONDSTORE") {
        " (CONDSTORE)"
    } else {
        ""
    };
    let (selected, ()) = tokio::join!(session.select("INBOX"), async {
        peer.hear(&format!("SELECT \"INBOX\"{condstore}")).await;
        peer.say("* 3 EXISTS\n* OK [UIDVALIDITY 7] x\n* OK [UIDNEXT 10] x\n")
            .await;
        peer.say("* OK [PERMANENTFLAGS (\\Seen \\Flagged \\Deleted \\*)] x\n")
            .await;
        peer.done("OK [READ-WRITE] done").await;
    });
    selected.expect("there is an inbox");
    (session, peer)
}
