//! Knocking at one door: is this the server we look for, and does it encrypt?
//!
//! It says only what every client says before signing in, and leaves.

use waxwing_model::{Security, ServerSettings};

use super::{
    names::Names,
    plan::{Attempt, Service},
};
use crate::{
    RemoteError, Trust,
    cleartext::Cleartext,
    lines::Lines,
    tls::{self, Connected},
};

const DOING: &str = "looking for the servers";

/// A server whose list of abilities is longer than this is none.
const LONGEST_LIST: usize = 500;

/// A server of the right kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Finding {
    pub(super) security: Security,
    pub(super) certificate_valid: bool,
}

pub(super) async fn probe(attempt: &Attempt, names: &Names, trust: &Trust) -> Result<Finding, RemoteError> {
    let valid = |security| Finding {
        security,
        certificate_valid: true,
    };
    let addresses = names.addresses(&attempt.server.host).await?;
    match tls::connect_at(addresses, &attempt.server, trust).await {
        Ok(Connected::Ready(wire)) => {
            let security = if wire.is_encrypted() {
                Security::Tls
            } else {
                Security::Plain
            };
            let mut lines = Lines::new(wire);
            let greeting = lines.line(DOING).await?;
            is_greeting(attempt.talk, &String::from_utf8_lossy(&greeting))?;
            let _ = lines
                .send(format!("{}\r\n", attempt.talk.farewell()).as_bytes(), DOING)
                .await;
            Ok(valid(security))
        }
        Ok(Connected::MustUpgrade(clear)) => upgrade(clear, attempt, trust).await,
        Err(error) => bad_certificate(error, &attempt.server),
    }
}

/// A server that shows a certificate is a server. That the certificate is bad will be said when it matters.
fn bad_certificate(error: RemoteError, server: &ServerSettings) -> Result<Finding, RemoteError> {
    match error {
        RemoteError::Certificate { .. } => Ok(Finding {
            security: server.security,
            certificate_valid: false,
        }),
        other => Err(other),
    }
}

async fn upgrade(mut clear: Cleartext, attempt: &Attempt, trust: &Trust) -> Result<Finding, RemoteError> {
    let talk = attempt.talk;
    let greeting = clear.read_line().await?;
    is_greeting(talk, &greeting)?;
    let mut line = greeting;
    while talk == Service::Smtp && line.get(3..4) == Some("-") {
        line = clear.read_line().await?;
    }
    clear.write_line(talk.question()).await?;
    let plain = Finding {
        security: Security::Plain,
        certificate_valid: false,
    };
    if !offers_tls(&mut clear, talk).await? {
        let _ = clear.write_line(talk.farewell()).await;
        return Ok(plain);
    }
    clear.write_line(talk.wish()).await?;
    let answer = clear.read_line().await?;
    if !talk.agrees(&answer) {
        return Ok(plain);
    }
    match clear.upgrade(trust).await {
        Ok(_) => Ok(Finding {
            security: Security::StartTls,
            certificate_valid: true,
        }),
        Err(error) => bad_certificate(error, &attempt.server),
    }
}

async fn offers_tls(clear: &mut Cleartext, talk: Service) -> Result<bool, RemoteError> {
    let mut offered = false;
    for _ in 0..LONGEST_LIST {
        let line = clear.read_line().await?.to_ascii_uppercase();
        let mut words = line.split([' ', '-']);
        match talk {
            Service::Imap if line.starts_with("A ") => return Ok(offered),
            Service::Imap => offered |= words.any(|word| word == "STARTTLS"),
            Service::Pop3 if line == "." || line.starts_with("-ERR") => return Ok(offered),
            Service::Pop3 => offered |= line.trim() == "STLS",
            Service::Smtp => {
                offered |= words.nth(1) == Some("STARTTLS");
                if line.get(3..4) != Some("-") {
                    return Ok(offered);
                }
            }
        }
    }
    Err(RemoteError::limit("a list of abilities that does not end"))
}

fn is_greeting(talk: Service, line: &str) -> Result<(), RemoteError> {
    // An IMAP server that says PREAUTH takes everybody for the same person: nothing to set up an account with.
    let expected = match talk {
        Service::Imap => "* OK",
        Service::Pop3 => "+OK",
        Service::Smtp => "220",
    };
    match line.split_at_checked(expected.len()) {
        Some((head, _)) if head.eq_ignore_ascii_case(expected) => Ok(()),
        _ => Err(RemoteError::protocol(
            DOING,
            format!("another greeting than expected: {line}"),
        )),
    }
}

impl Service {
    fn question(self) -> &'static str {
        match self {
            Self::Imap => "a CAPABILITY",
            Self::Pop3 => "CAPA",
            Self::Smtp => "EHLO [127.0.0.1]",
        }
    }

    fn wish(self) -> &'static str {
        match self {
            Self::Imap => "b STARTTLS",
            Self::Pop3 => "STLS",
            Self::Smtp => "STARTTLS",
        }
    }

    fn agrees(self, answer: &str) -> bool {
        let expected = match self {
            Self::Imap => "B OK",
            Self::Pop3 => "+OK",
            Self::Smtp => "220",
        };
        answer.to_ascii_uppercase().starts_with(expected)
    }

    fn farewell(self) -> &'static str {
        match self {
            Self::Imap => "z LOGOUT",
            Self::Pop3 | Self::Smtp => "QUIT",
        }
    }
}
