//! A try-out that goes further than a sign-in: whether the server would take a letter from this sender. It is asked about
//! one to the sender, and forgets it (RSET, RFC 5321, section 4.1.1.5) before there is a letter.
//!
//! Many servers say only at RCPT what they hold of a sender, so that MAIL alone would show nothing.

use lettre::transport::smtp::commands::{Mail, Quit, Rcpt};
use waxwing_model::ServerSettings;

use super::{connect::connect, envelope::address, sign_in::sign_in};
use crate::{Credentials, RemoteError, Trust};

/// How far it came.
#[derive(Debug)]
pub struct Rehearsal {
    /// Whether the server knows the person, or wants to know nobody.
    pub signed_in: bool,
    pub outcome: Result<(), RemoteError>,
}

pub async fn rehearse<'a>(
    server: &ServerSettings,
    credentials: impl Into<Option<&'a Credentials>>,
    trust: &Trust,
    sender: &str,
) -> Rehearsal {
    let mut signed_in = false;
    let outcome = run(server, credentials.into(), trust, sender, &mut signed_in).await;
    Rehearsal { signed_in, outcome }
}

async fn run(
    server: &ServerSettings,
    credentials: Option<&Credentials>,
    trust: &Trust,
    sender: &str,
    signed_in: &mut bool,
) -> Result<(), RemoteError> {
    const DOING: &str = "asking whether letters may be sent from this address";
    let mut connection = connect(server, trust).await?;
    sign_in(&mut connection, server, credentials).await?;
    *signed_in = true;
    // Of an address that not every server takes (RFC 6531) nothing is found out here.
    if let Ok(sender) = address(sender)
        && sender.to_string().is_ascii()
    {
        let commands = [
            Mail::new(Some(sender.clone()), Vec::new()).to_string(),
            Rcpt::new(sender, Vec::new()).to_string(),
            "RSET\r\n".to_owned(),
        ];
        for command in commands {
            let reply = connection.dialogue.ask(&command, DOING).await?;
            if !reply.is_positive() {
                return Err(reply.into_error(DOING));
            }
        }
    }
    // It has said all we wanted to know; how it takes leave does not matter.
    let _ = connection.dialogue.ask(&Quit.to_string(), DOING).await;
    Ok(())
}
