//! The server's side of SCRAM-SHA-256 (RFC 5802, RFC 7677) with channel binding, for scripted peers: the Dovecot of
//! Debian 12 has no `-PLUS`, and no real server cheats on request.
//!
//! Not here: base64 around the messages, the protocol that carries them, and TLS, which knows the binding.

use std::num::NonZeroU32;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::{digest, hmac, pbkdf2};

use crate::PASSWORD;

const ROUNDS: u32 = 4_096;
const SALT: &[u8] = b"a salt of a stage";
const NONCE: &str = "and-the-servers-own-part";

/// One sign-in of somebody who has the stage's password, as an honest server leads it.
pub struct ScramServer {
    /// The binding that the server has too: its name and its data. Without one it knows no `-PLUS`.
    binding: Option<(&'static str, Vec<u8>)>,
    header: String,
    client_first: String,
    server_first: String,
}

impl ScramServer {
    /// A server without channel binding.
    pub fn unbound() -> ScramServer {
        ScramServer {
            binding: None,
            header: String::new(),
            client_first: String::new(),
            server_first: String::new(),
        }
    }

    /// A server that has this binding and says so.
    pub fn bound(name: &'static str, data: Vec<u8>) -> ScramServer {
        ScramServer {
            binding: Some((name, data)),
            ..ScramServer::unbound()
        }
    }

    /// The answer to the client's first message, or an `e=`.
    pub fn first(&mut self, message: &[u8]) -> Result<String, String> {
        let text = String::from_utf8_lossy(message).into_owned();
        let (flag, rest) = text.split_once(",,").ok_or("e=other-error")?;
        match (&self.binding, flag) {
            (None, "n" | "y") | (Some(_), "n") => {}
            (None, _) => return Err("e=channel-binding-not-supported".to_owned()),
            // Somebody has told the client that we cannot (RFC 5802, section 6).
            (Some(_), "y") => return Err("e=server-does-support-channel-binding".to_owned()),
            (Some((name, _)), flag) if flag == format!("p={name}") => {}
            (Some(_), _) => return Err("e=unsupported-channel-binding-type".to_owned()),
        }
        self.header = format!("{flag},,");
        self.client_first = rest.to_owned();
        let (_, nonce) = rest.split_once(",r=").ok_or("e=other-error")?;
        self.server_first = format!("r={nonce}{NONCE},s={},i={ROUNDS}", STANDARD.encode(SALT));
        Ok(self.server_first.clone())
    }

    /// The answer to the client's proof: the server's own, or an `e=`.
    pub fn last(&self, message: &[u8]) -> Result<String, String> {
        let text = String::from_utf8_lossy(message).into_owned();
        let (unsigned, proof) = text.split_once(",p=").ok_or("e=other-error")?;
        let mut attributes = unsigned.split(',');
        let mut attribute = |name: &str| attributes.next().and_then(|one| one.strip_prefix(name));
        let bound = attribute("c=").ok_or("e=other-error")?;
        let nonce = attribute("r=").ok_or("e=other-error")?;
        let mut expected = self.header.clone().into_bytes();
        if let Some((_, data)) = self.binding.as_ref().filter(|_| self.header.starts_with('p')) {
            expected.extend_from_slice(data);
        }
        if STANDARD.decode(bound).ok() != Some(expected) {
            return Err("e=channel-bindings-dont-match".to_owned());
        }
        if !self.server_first.starts_with(&format!("r={nonce},")) {
            return Err("e=other-error".to_owned());
        }
        let signed = format!("{},{},{unsigned}", self.client_first, self.server_first);
        let client_key = keyed(&salted(), b"Client Key");
        let stored = digest::digest(&digest::SHA256, &client_key);
        let signature = keyed(stored.as_ref(), signed.as_bytes());
        let right: Vec<u8> = client_key.iter().zip(&signature).map(|(a, b)| a ^ b).collect();
        if STANDARD.decode(proof).ok() != Some(right) {
            return Err("e=invalid-proof".to_owned());
        }
        let server_key = keyed(&salted(), b"Server Key");
        Ok(format!(
            "v={}",
            STANDARD.encode(keyed(&server_key, signed.as_bytes()))
        ))
    }
}

fn salted() -> [u8; 32] {
    let mut salted = [0; 32];
    let rounds = NonZeroU32::new(ROUNDS).unwrap_or(NonZeroU32::MIN);
    pbkdf2::derive(
        pbkdf2::PBKDF2_HMAC_SHA256,
        rounds,
        SALT,
        PASSWORD.as_bytes(),
        &mut salted,
    );
    salted
}

fn keyed(key: &[u8], text: &[u8]) -> Vec<u8> {
    hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), text)
        .as_ref()
        .to_vec()
}
