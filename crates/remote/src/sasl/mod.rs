//! How a person proves who they are, for IMAP, POP3 and SMTP alike: the mechanisms of SASL (RFC 4422), and which of them
//! is taken (`choose`).
//!
//! A mechanism knows the bytes of its own messages. What all three protocols do with them (base64, `*`, one message for
//! one challenge) is in `conversation`; the commands around them are the protocols'. Every secret is tried once, in one
//! way: a second way of saying the same password would count as a second wrong guess.

use secrecy::zeroize::Zeroizing;

use crate::RemoteError;

pub(crate) mod cram_md5;

mod choose;
mod conversation;
mod discreet;
mod login;
mod oauth;
mod plain;
mod scram;

pub(crate) use choose::{Offer, Way, choose};
pub(crate) use conversation::Conversation;
pub(crate) use discreet::discreet;

#[cfg(test)]
mod tests;

/// What we were doing, in errors.
const DOING: &str = "signing in";

/// Bytes that are wiped when they are dropped.
pub(crate) type Secret = Zeroizing<Vec<u8>>;

/// One sign-in by one mechanism. Messages are bytes here, not base64. What a mechanism keeps is wiped when it is
/// dropped.
pub(crate) trait Mechanism: Send {
    /// As IANA has registered it: `SCRAM-SHA-256-PLUS`.
    fn name(&self) -> &'static str;

    /// The client's first message, where the mechanism lets the client begin.
    fn initial(&mut self) -> Option<Secret> {
        None
    }

    /// The answer to a challenge. `None`: there is nothing left to say. An error says why the server is not believed.
    fn answer(&mut self, challenge: &[u8]) -> Result<Option<Secret>, RemoteError>;

    /// The server says that it worked, and sent this with it, if its protocol can. SCRAM is content only when the
    /// server has proven that it knows the password too.
    fn accept(&mut self, _data: Option<&[u8]>) -> Result<(), RemoteError> {
        Ok(())
    }

    /// Whether the words of a challenge matter. Where they do not, servers write there what they like, and not always
    /// in base64.
    fn heeds_challenges(&self) -> bool {
        true
    }

    /// Why the server refuses, where it has told so within the mechanism.
    fn reason(&self) -> Option<RemoteError> {
        None
    }
}

/// These pieces in one, without a copy left behind by a buffer that grew.
fn joined(pieces: &[&str]) -> Secret {
    let mut whole = Vec::with_capacity(pieces.iter().map(|piece| piece.len()).sum());
    for piece in pieces {
        whole.extend_from_slice(piece.as_bytes());
    }
    Zeroizing::new(whole)
}
