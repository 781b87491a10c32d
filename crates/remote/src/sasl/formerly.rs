//! The messages in base64 one by one, as IMAP's sign-in still asks for them. It goes when IMAP takes a `Conversation`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use secrecy::{ExposeSecret, zeroize::Zeroizing};

use super::Mechanism;
use super::cram_md5::CramMd5;
use super::plain::message;
use crate::{Credentials, RemoteError};

/// The one message of PLAIN.
pub(crate) fn plain(credentials: &Credentials) -> Result<Zeroizing<String>, RemoteError> {
    Ok(encoded(&message(credentials)?))
}

/// The two messages of LOGIN.
pub(crate) fn login(credentials: &Credentials) -> [Zeroizing<String>; 2] {
    [
        encoded(credentials.username.as_bytes()),
        encoded(credentials.password.expose_secret().as_bytes()),
    ]
}

/// The answer of CRAM-MD5 to a challenge. `None` when the challenge is none.
pub(crate) fn answer(credentials: &Credentials, challenge: &[u8]) -> Option<Zeroizing<String>> {
    let challenge = STANDARD.decode(challenge).ok()?;
    let proof = CramMd5::new(credentials).answer(&challenge).ok()??;
    Some(encoded(&proof))
}

fn encoded(message: &[u8]) -> Zeroizing<String> {
    Zeroizing::new(STANDARD.encode(message))
}
