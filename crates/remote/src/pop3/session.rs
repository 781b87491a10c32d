//! A signed-in session: the maildrop is ours until [`Session::quit`] or the end of the connection.
//!
//! What is not here: how it comes about (`connect`), and the longer conversations (`listing`, `download`, `removal`).

use std::collections::HashMap;

use super::{
    capabilities::{Capabilities, Expire},
    dialogue::Dialogue,
};
use crate::RemoteError;

#[derive(Debug)]
pub struct Session {
    pub(super) dialogue: Dialogue,
    pub(super) capabilities: Capabilities,
    /// What LIST said about the sizes, to bound what is asked for ahead. Servers are known to lie in it.
    pub(super) sizes: HashMap<u32, u32>,
}

impl Session {
    /// The octets that went over the wire in both directions.
    pub fn bytes(&self) -> u64 {
        self.dialogue.lines.bytes()
    }

    /// How often we waited for an answer.
    pub fn round_trips(&self) -> u64 {
        self.dialogue.lines.round_trips()
    }

    /// How long the server keeps letters, where it says so.
    pub fn expire(&self) -> Option<Expire> {
        self.capabilities.expire
    }

    /// Seconds that the server wants between two sessions.
    pub fn login_delay(&self) -> Option<u32> {
        self.capabilities.login_delay
    }

    /// Ends the session. Only now does the server remove what was marked (RFC 1939, section 6), so an error here
    /// means that the letters may still be there.
    pub async fn quit(mut self) -> Result<(), RemoteError> {
        let doing = "ending the POP3 session";
        match self.dialogue.ask("QUIT", doing).await? {
            Ok(_) => Ok(()),
            Err(refusal) => Err(refusal.into_error(doing)),
        }
    }
}
