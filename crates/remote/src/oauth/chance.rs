//! What only this program may know of a sign-in: the verifier whose digest goes to the provider first (PKCE, RFC 7636), and the
//! `state` by which our own answer is known. Both come from the platform's randomness.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest::{SHA256, digest};
use ring::rand::{SecureRandom, SystemRandom};
use secrecy::SecretString;
use secrecy::zeroize::Zeroizing;

use crate::RemoteError;

/// 256 bits, which give a verifier of 43 letters (RFC 7636, section 4.1).
const BYTES: usize = 32;

/// A text of 43 letters that nobody can guess.
pub(super) fn secret() -> Result<SecretString, RemoteError> {
    let mut bytes = Zeroizing::new([0_u8; BYTES]);
    SystemRandom::new()
        .fill(bytes.as_mut_slice())
        .map_err(|_| RemoteError::protocol("signing in", "this computer gives no random numbers"))?;
    Ok(URL_SAFE_NO_PAD.encode(bytes.as_slice()).into())
}

/// The challenge of the method S256 (RFC 7636, section 4.2).
pub(super) fn challenge(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(digest(&SHA256, verifier.as_bytes()))
}

/// Whether two texts are the same, in a time that does not tell where they differ.
pub(super) fn same(one: &str, other: &str) -> bool {
    let differ = one
        .bytes()
        .zip(other.bytes())
        .fold(0, |seen, (a, b)| seen | (a ^ b));
    one.len() == other.len() && differ == 0
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    #[test]
    fn the_challenge_is_the_one_of_the_rfc() {
        assert_eq!(
            challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
            "RFC 7636, appendix B"
        );
    }

    #[test]
    fn each_secret_is_another_one_and_long_enough() {
        let [one, other] = [(); 2].map(|()| secret().unwrap().expose_secret().to_owned());
        assert_ne!(one, other);
        assert!(
            one.len() == 43
                && one
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)),
            "{one} is an unreserved text of 43 letters (RFC 7636, section 4.1)"
        );
    }

    #[test]
    fn texts_are_compared_whole() {
        assert!(same("state", "state") && same("", ""));
        for other in ["", "stat", "states", "statE", "Xtate"] {
            assert!(!same("state", other), "{other:?} is another one");
        }
    }
}
