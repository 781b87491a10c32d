//! The arithmetic of SCRAM (RFC 5802, section 3), by ring.
//!
//! What is kept is wiped when it is dropped. What ring computes with on the way is not ours to wipe.

use std::num::NonZeroU32;

use ring::{digest, hmac, pbkdf2};
use secrecy::zeroize::Zeroizing;

use super::hash::Hash;

pub(super) struct Proof {
    hash: Hash,
    client: Zeroizing<Vec<u8>>,
    server_key: Zeroizing<Vec<u8>>,
    /// The `AuthMessage`: what both sides sign.
    signed: String,
}

impl Proof {
    /// Takes its time: `iterations` rounds of a hash.
    pub(super) fn new(
        hash: Hash,
        password: &str,
        salt: &[u8],
        iterations: NonZeroU32,
        signed: String,
    ) -> Self {
        let mut salted = Zeroizing::new(vec![0; hash.digest().output_len()]);
        pbkdf2::derive(hash.pbkdf2(), iterations, salt, password.as_bytes(), &mut salted);
        let keyed = |key: &[u8], text: &[u8]| {
            let tag = hmac::sign(&hmac::Key::new(hash.hmac(), key), text);
            Zeroizing::new(tag.as_ref().to_vec())
        };
        let mut client = keyed(&salted, b"Client Key");
        let stored = digest::digest(hash.digest(), &client);
        let signature = keyed(stored.as_ref(), signed.as_bytes());
        for (byte, mask) in client.iter_mut().zip(signature.iter()) {
            *byte ^= mask;
        }
        Self {
            hash,
            client,
            server_key: keyed(&salted, b"Server Key"),
            signed,
        }
    }

    /// `ClientProof`.
    pub(super) fn of_client(&self) -> &[u8] {
        &self.client
    }

    /// Whether this is the `ServerSignature`. How long the comparison takes does not tell where they differ.
    pub(super) fn is_of_server(&self, signature: &[u8]) -> bool {
        let key = hmac::Key::new(self.hash.hmac(), &self.server_key);
        hmac::verify(&key, self.signed.as_bytes(), signature).is_ok()
    }
}
