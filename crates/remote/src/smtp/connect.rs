//! From nothing to a connection that knows what the server can do, encrypted unless the person chose otherwise.
//!
//! Not here: signing in.

use lettre::transport::smtp::{
    commands::{Ehlo, Starttls},
    extension::ClientId,
};
use std::net::Ipv4Addr;
use waxwing_model::{Security, ServerSettings};

use super::{
    dialogue::{Dialogue, Gathering},
    features::Features,
    reply::Reply,
};
use crate::{
    RemoteError, Trust, Wire,
    cleartext::Cleartext,
    lines::Lines,
    tls::{self, Connected},
};

const GREETING: &str = "waiting for the greeting of the SMTP server";
const HELLO: &str = "greeting the SMTP server";

#[derive(Debug)]
pub(super) struct Connection {
    pub(super) dialogue: Dialogue,
    pub(super) features: Features,
}

/// Connects and says EHLO; with [`Security::StartTls`] both before and after TLS, and what was said before is
/// forgotten (RFC 3207, section 4.2).
pub(super) async fn connect(server: &ServerSettings, trust: &Trust) -> Result<Connection, RemoteError> {
    match begin(server, trust).await {
        Err(error) => Err(tls::explain(server, trust, error).await),
        begun => begun,
    }
}

async fn begin(server: &ServerSettings, trust: &Trust) -> Result<Connection, RemoteError> {
    match tls::connect(server, trust).await? {
        Connected::Ready(wire) => {
            if server.security != Security::Plain && !wire.is_encrypted() {
                return Err(RemoteError::tls_refused(
                    &server.host,
                    "the connection is not encrypted",
                ));
            }
            greeted(wire).await
        }
        Connected::MustUpgrade(clear) => introduced(upgraded(clear, trust).await?).await,
    }
}

/// A server that speaks first, then EHLO.
pub(super) async fn greeted(wire: Wire) -> Result<Connection, RemoteError> {
    let mut dialogue = Dialogue {
        lines: Lines::new(wire),
    };
    let greeting = dialogue.reply(GREETING).await?;
    if greeting.code != 220 {
        return Err(greeting.into_error(GREETING));
    }
    hello(dialogue).await
}

/// EHLO over a connection that was greeted before TLS.
async fn introduced(wire: Wire) -> Result<Connection, RemoteError> {
    hello(Dialogue {
        lines: Lines::new(wire),
    })
    .await
}

async fn hello(mut dialogue: Dialogue) -> Result<Connection, RemoteError> {
    let reply = dialogue.ask(&Ehlo::new(ourselves()).to_string(), HELLO).await?;
    if reply.code == 250 {
        return Ok(Connection {
            features: Features::parse(&reply),
            dialogue,
        });
    }
    // A relay of the last century knows HELO only (RFC 5321, section 3.2): then it can do nothing further.
    if matches!(reply.code, 500 | 502 | 504) {
        let reply = dialogue.ask(&format!("HELO {}\r\n", ourselves()), HELLO).await?;
        if reply.code == 250 {
            return Ok(Connection {
                dialogue,
                features: Features::default(),
            });
        }
        return Err(reply.into_error(HELLO));
    }
    Err(reply.into_error(HELLO))
}

/// Not this computer's name: recipients read it in the Received line, and it is none of their business. An address
/// literal is allowed to those who have no name (RFC 5321, section 4.1.4).
fn ourselves() -> ClientId {
    ClientId::Ipv4(Ipv4Addr::LOCALHOST)
}

async fn upgraded(mut clear: Cleartext, trust: &Trust) -> Result<Wire, RemoteError> {
    let host = clear.host().to_owned();
    let greeting = heard(&mut clear, GREETING).await?;
    if greeting.code != 220 {
        return Err(greeting.into_error(GREETING));
    }
    clear
        .write_line(format!("{}", Ehlo::new(ourselves())).trim_end())
        .await?;
    let reply = heard(&mut clear, HELLO).await?;
    if !Features::parse(&reply).starttls {
        return Err(RemoteError::tls_refused(&host, "STARTTLS is not offered"));
    }
    clear.write_line(format!("{Starttls}").trim_end()).await?;
    let reply = heard(&mut clear, "asking for encryption").await?;
    if reply.code != 220 {
        return Err(RemoteError::tls_refused(&host, reply.text()));
    }
    clear.upgrade(trust).await
}

async fn heard(clear: &mut Cleartext, doing: &'static str) -> Result<Reply, RemoteError> {
    let mut gathered = Gathering::default();
    loop {
        let line = clear.read_line().await?;
        if let Some(reply) = gathered.take(line.as_bytes(), doing)? {
            return Ok(reply);
        }
    }
}
