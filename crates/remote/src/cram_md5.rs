//! CRAM-MD5 (RFC 2195): the password is not sent, only a proof that we have it, made from the server's challenge.
//!
//! It is used only when the settings ask for it, or when there is no encryption and nothing better: MD5 protects
//! a password from a listener badly, but better than nothing. Not here: the commands around it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use md5::Md5;
use secrecy::{ExposeSecret, zeroize::Zeroizing};

use crate::Credentials;

/// The answer to a challenge, both in base64. `None` when the challenge is none.
pub(crate) fn answer(credentials: &Credentials, challenge: &[u8]) -> Option<Zeroizing<String>> {
    let challenge = STANDARD.decode(challenge).ok()?;
    let mut mac = Hmac::<Md5>::new_from_slice(credentials.password.expose_secret().as_bytes()).ok()?;
    mac.update(&challenge);
    let mut proof = format!("{} ", credentials.username);
    for byte in mac.finalize().into_bytes() {
        proof.push_str(&format!("{byte:02x}"));
    }
    Some(Zeroizing::new(STANDARD.encode(proof)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_rfc_2195_comes_out() {
        let credentials = Credentials {
            username: "tim".into(),
            password: "tanstaaftanstaaf".into(),
        };
        let challenge = b"PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+";
        assert_eq!(
            answer(&credentials, challenge).unwrap().as_str(),
            "dGltIGI5MTNhNjAyYzdlZGE3YTQ5NWI0ZTZlNzMzNGQzODkw",
            "section 2 of the RFC"
        );
        assert!(answer(&credentials, b"!!!").is_none(), "garbage is not signed");
    }
}
