//! How far async-imap has come with a server: it has another value for a client that was greeted than for a session.
//!
//! Not here: what is said (`exchange`), and how it comes from the one to the other (`entry`).

use async_imap::{Client, Connection};

use super::tap::Tap;
use crate::RemoteError;

#[derive(Debug)]
pub(super) enum Dialogue {
    Greeted(Client<Tap>),
    SignedIn(async_imap::Session<Tap>),
    /// The call that was to bring it further was dropped or failed half way.
    Over,
}

impl Dialogue {
    pub(super) fn connection(&mut self) -> Option<&mut Connection<Tap>> {
        match self {
            Self::Greeted(client) => Some(client),
            Self::SignedIn(session) => Some(session),
            Self::Over => None,
        }
    }

    pub(super) fn session(&mut self, doing: &str) -> Result<&mut async_imap::Session<Tap>, RemoteError> {
        match self {
            Self::SignedIn(session) => Ok(session),
            _ => Err(RemoteError::closed(doing)),
        }
    }

    pub(super) fn tap(&self) -> Option<&Tap> {
        match self {
            Self::Greeted(client) => Some(client.get_ref()),
            Self::SignedIn(session) => Some(session.get_ref()),
            Self::Over => None,
        }
    }
}
