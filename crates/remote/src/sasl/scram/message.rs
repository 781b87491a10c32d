//! What the server says (RFC 5802, section 7), read strictly: each attribute in its place, and nothing that a server has
//! no reason to send.

use std::num::NonZeroU32;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::RemoteError;
use crate::sasl::DOING;

/// Fewer rounds make the password cheap to guess for whoever has the proof (RFC 7677, section 4).
pub(super) const FEWEST: u32 = 4_096;

/// More would hold us up for longer than a person waits. OWASP's advice of 2023 is 600,000.
pub(super) const MOST: u32 = 5_000_000;

/// A salt is 16 octets as a rule.
const LONGEST_SALT: usize = 1_024;

/// The server's first message.
#[derive(Debug)]
pub(super) struct ServerFirst {
    /// All of it, since both sides sign it.
    pub(super) text: String,
    /// Ours with the server's behind it.
    pub(super) nonce: String,
    pub(super) salt: Vec<u8>,
    pub(super) iterations: NonZeroU32,
}

/// The server's final message.
#[derive(Debug)]
pub(super) struct Last {
    pub(super) signature: Vec<u8>,
}

impl ServerFirst {
    /// `r=` our nonce and the server's, `s=` the salt, `i=` how many rounds. What follows is an extension, and none of
    /// ours; but `m=` marks one that must be understood, and none is.
    pub(super) fn parse(message: &[u8], ours: &str) -> Result<Self, RemoteError> {
        let text = std::str::from_utf8(message).map_err(|_| garbled("it is not text"))?;
        if let Some(error) = text.strip_prefix("e=") {
            return Err(failure(error));
        }
        let mut attributes = text.split(',');
        let mut attribute = |name: &str| attributes.next().and_then(|one| one.strip_prefix(name));
        let nonce = attribute("r=").ok_or_else(|| garbled("it does not begin with a nonce"))?;
        let salt = attribute("s=").ok_or_else(|| garbled("the salt is missing"))?;
        let rounds = attribute("i=").ok_or_else(|| garbled("the iteration count is missing"))?;
        no_mandatory_extension(attributes)?;
        if !nonce.starts_with(ours) || nonce.len() == ours.len() {
            return Err(RemoteError::not_believed("it does not take up our random number"));
        }
        if !nonce.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(garbled("its nonce has letters that a nonce has not"));
        }
        let salt = STANDARD
            .decode(salt)
            .ok()
            .filter(|salt| !salt.is_empty() && salt.len() <= LONGEST_SALT)
            .ok_or_else(|| garbled("its salt is none"))?;
        Ok(Self {
            nonce: nonce.to_owned(),
            salt,
            iterations: iterations(rounds)?,
            text: text.to_owned(),
        })
    }
}

impl Last {
    /// `v=` the server's proof, or `e=` why it has none.
    pub(super) fn parse(message: &[u8]) -> Result<Self, RemoteError> {
        let text = std::str::from_utf8(message).map_err(|_| garbled("it is not text"))?;
        if let Some(error) = text.strip_prefix("e=") {
            return Err(failure(error));
        }
        let mut attributes = text.split(',');
        let signature = attributes
            .next()
            .and_then(|first| first.strip_prefix("v="))
            .ok_or_else(|| RemoteError::not_believed("it gives no proof of the password"))?;
        no_mandatory_extension(attributes)?;
        let signature = STANDARD
            .decode(signature)
            .map_err(|_| RemoteError::not_believed("its proof of the password is none"))?;
        Ok(Self { signature })
    }
}

fn no_mandatory_extension<'a>(mut rest: impl Iterator<Item = &'a str>) -> Result<(), RemoteError> {
    if rest.any(|attribute| attribute.starts_with("m=")) {
        return Err(garbled("it insists on an extension that is not known here"));
    }
    Ok(())
}

fn iterations(digits: &str) -> Result<NonZeroU32, RemoteError> {
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number || digits.starts_with('0') {
        return Err(garbled("its iteration count is no number"));
    }
    // What does not fit is too many anyway.
    let count = digits.parse().unwrap_or(u32::MAX);
    if count > MOST {
        return Err(RemoteError::limit(format!("{count} rounds of a hash to sign in")));
    }
    NonZeroU32::new(count)
        .filter(|count| count.get() >= FEWEST)
        .ok_or_else(|| {
            RemoteError::not_believed(format!(
                "it asks for a proof of {count} rounds, from which the password could be guessed"
            ))
        })
}

/// An `e=` (RFC 5802, section 7).
fn failure(error: &str) -> RemoteError {
    let error = error.split(',').next().unwrap_or_default();
    match error {
        "invalid-proof" | "unknown-user" | "invalid-username-encoding" => {
            RemoteError::authentication_failed(error)
        }
        "channel-bindings-dont-match" => RemoteError::not_believed(
            "it is not at the other end of this encrypted connection; somebody may stand between",
        ),
        "server-does-support-channel-binding" => RemoteError::not_believed(
            "what it can do did not arrive as it was sent; somebody may stand between",
        ),
        "unsupported-channel-binding-type" | "channel-binding-not-supported" => RemoteError::MethodRefused {
            offered: format!(
                "SCRAM, but not tied to this connection: {}",
                crate::error::clean(error)
            ),
        },
        "no-resources" => RemoteError::temporary(DOING, error),
        _ => RemoteError::refused(DOING, error),
    }
}

fn garbled(what: &str) -> RemoteError {
    RemoteError::protocol(DOING, format!("the challenge is no SCRAM: {what}"))
}
