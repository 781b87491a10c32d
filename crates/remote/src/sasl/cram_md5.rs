//! CRAM-MD5 (RFC 2195): the password is not sent, only a proof that we have it, made from the server's challenge.
//!
//! It is used only when the settings ask for it, when there is nothing better, or when there is no encryption: MD5
//! protects a password from a listener badly, but better than nothing.

use hmac::{Hmac, KeyInit, Mac};
use md5::Md5;
use secrecy::{ExposeSecret, zeroize::Zeroizing};

use super::{DOING, Mechanism, Secret};
use crate::{Credentials, RemoteError};

pub(super) struct CramMd5 {
    /// Gone once a proof was given: who asks on is collecting proofs.
    credentials: Option<Credentials>,
}

impl CramMd5 {
    pub(super) fn new(credentials: &Credentials) -> Self {
        Self {
            credentials: Some(credentials.clone()),
        }
    }
}

impl Mechanism for CramMd5 {
    fn name(&self) -> &'static str {
        "CRAM-MD5"
    }

    fn answer(&mut self, challenge: &[u8]) -> Result<Option<Secret>, RemoteError> {
        let Some(credentials) = self.credentials.take() else {
            return Ok(None);
        };
        if challenge.is_empty() {
            return Err(RemoteError::protocol(DOING, "a challenge with nothing in it"));
        }
        proof(&credentials, challenge).map(Some)
    }
}

fn proof(credentials: &Credentials, challenge: &[u8]) -> Result<Secret, RemoteError> {
    let mut mac = Hmac::<Md5>::new_from_slice(credentials.password.expose_secret().as_bytes())
        .map_err(|_| RemoteError::refused(DOING, "this password cannot be a key"))?;
    mac.update(challenge);
    let mut proof = format!("{} ", credentials.username);
    for byte in mac.finalize().into_bytes() {
        proof.push_str(&format!("{byte:02x}"));
    }
    Ok(Zeroizing::new(proof.into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_rfc_2195_comes_out_once() {
        let mut cram = CramMd5::new(&Credentials {
            username: "tim".into(),
            password: "tanstaaftanstaaf".into(),
        });
        let challenge = b"<1896.697170952@postoffice.reston.mci.net>";
        let answer = cram.answer(challenge).unwrap().expect("a proof");
        assert_eq!(
            String::from_utf8_lossy(&answer),
            "tim b913a602c7eda7a495b4e6e7334d3890",
            "section 2 of the RFC"
        );
        assert!(
            cram.answer(challenge).unwrap().is_none(),
            "a second proof is not given"
        );
    }

    #[test]
    fn nothing_is_not_signed() {
        let mut cram = CramMd5::new(&Credentials {
            username: "tim".into(),
            password: "tanstaaftanstaaf".into(),
        });
        assert!(cram.answer(b"").is_err(), "the proof would fit every server");
    }
}
