//! Sealing one secret with the key, and opening it again. Not here: where the key and the bytes are kept.

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use crate::VaultError;
use crate::key::{KEY_ID_LENGTH, Key};

/// The first byte of everything sealed, so that a later format can be told from this one.
const VERSION: u8 = 1;
/// XChaCha20 takes 192-bit nonces, so that random ones never meet (draft-irtf-cfrg-xchacha section 2.1).
const NONCE_LENGTH: usize = 24;

/// A secret that may be stored: version byte, name of the key, nonce, ciphertext with its tag.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed(pub Vec<u8>);

impl Sealed {
    /// The name of the key that sealed it, as text. `None`: it is damaged, or of a later format.
    pub fn key_name(&self) -> Option<String> {
        let (version, rest) = self.0.split_first()?;
        let id = rest.first_chunk::<KEY_ID_LENGTH>()?;
        (*version == VERSION).then(|| name(id))
    }
}

/// The public name of a key as text.
pub(crate) fn name(id: &[u8; KEY_ID_LENGTH]) -> String {
    id.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl std::fmt::Debug for Sealed {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Sealed({} bytes)", self.0.len())
    }
}

/// Seals `secret` so that it opens only with `key` and under the same `context`.
pub(crate) fn seal(key: &Key, context: &str, secret: &SecretString) -> Result<Sealed, VaultError> {
    let mut nonce = [0; NONCE_LENGTH];
    getrandom::fill(&mut nonce).map_err(|_| VaultError::Randomness)?;
    let payload = Payload {
        msg: secret.expose_secret().as_bytes(),
        aad: context.as_bytes(),
    };
    let ciphertext = cipher(key)
        .encrypt(XNonce::from_slice(&nonce), payload)
        .map_err(|_| VaultError::Damaged)?;
    let mut bytes = Vec::with_capacity(1 + KEY_ID_LENGTH + NONCE_LENGTH + ciphertext.len());
    bytes.push(VERSION);
    bytes.extend_from_slice(&key.id());
    bytes.extend_from_slice(&nonce);
    bytes.extend_from_slice(&ciphertext);
    Ok(Sealed(bytes))
}

/// Opens what [`seal`] made.
pub(crate) fn unseal(key: &Key, context: &str, sealed: &Sealed) -> Result<SecretString, VaultError> {
    let (version, rest) = sealed.0.split_first().ok_or(VaultError::Damaged)?;
    if *version != VERSION {
        return Err(VaultError::Damaged);
    }
    let (id, rest) = rest.split_at_checked(KEY_ID_LENGTH).ok_or(VaultError::Damaged)?;
    let (nonce, ciphertext) = rest.split_at_checked(NONCE_LENGTH).ok_or(VaultError::Damaged)?;
    if id != key.id() {
        return Err(VaultError::OtherKey);
    }
    let payload = Payload {
        msg: ciphertext,
        aad: context.as_bytes(),
    };
    let plain = cipher(key)
        .decrypt(XNonce::from_slice(nonce), payload)
        .map(Zeroizing::new)
        .map_err(|_| VaultError::Damaged)?;
    let text = std::str::from_utf8(&plain).map_err(|_| VaultError::Damaged)?;
    Ok(SecretString::from(text))
}

fn cipher(key: &Key) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(key.bytes().into())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn key(byte: u8) -> Key {
        Key::from_slice(&[byte; 32]).unwrap()
    }

    #[test]
    fn a_secret_is_sealed_differently_each_time() {
        let secret = SecretString::from("lena's password");
        let (one, two) = (
            seal(&key(1), "a", &secret).unwrap(),
            seal(&key(1), "a", &secret).unwrap(),
        );
        assert_ne!(
            one, two,
            "a fresh nonce each time, so equal passwords cannot be told from the store"
        );
    }

    #[test]
    fn a_secret_does_not_open_in_another_context() {
        let sealed = seal(&key(1), "account 1 incoming", &SecretString::from("s")).unwrap();
        assert_eq!(
            unseal(&key(1), "account 2 incoming", &sealed).unwrap_err(),
            VaultError::Damaged,
            "bytes moved from one account to another must not open"
        );
    }

    #[test]
    fn another_key_is_told_from_damage() {
        let sealed = seal(&key(1), "a", &SecretString::from("s")).unwrap();
        assert_eq!(
            unseal(&key(2), "a", &sealed).unwrap_err(),
            VaultError::OtherKey,
            "the key's name differs"
        );
    }

    #[test]
    fn what_is_sealed_names_its_key() {
        let sealed = seal(&key(1), "a", &SecretString::from("s")).unwrap();
        assert_eq!(
            sealed.key_name(),
            Some(name(&key(1).id())),
            "the key that sealed it"
        );
        assert_ne!(sealed.key_name(), Some(name(&key(2).id())), "and no other");
        for broken in [Vec::new(), vec![1, 2, 3], vec![9; 40]] {
            assert_eq!(Sealed(broken).key_name(), None, "broken bytes name none");
        }
    }

    #[test]
    fn neither_debug_nor_the_bytes_show_the_secret() {
        let sealed = seal(&key(1), "a", &SecretString::from("correct horse")).unwrap();
        assert!(
            !format!("{sealed:?}").contains("horse"),
            "Debug prints a length only"
        );
        assert!(
            !String::from_utf8_lossy(&sealed.0).contains("horse"),
            "the bytes are a ciphertext"
        );
    }

    proptest! {
        #[test]
        fn every_secret_comes_back_in_its_context(secret in ".*", context in ".*") {
            let sealed = seal(&key(3), &context, &SecretString::from(secret.as_str())).unwrap();
            let opened = unseal(&key(3), &context, &sealed).unwrap();
            prop_assert_eq!(opened.expose_secret(), secret.as_str());
        }

        #[test]
        fn any_bytes_are_refused_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            prop_assert!(unseal(&key(3), "a", &Sealed(bytes)).is_err());
        }

        #[test]
        fn one_changed_bit_is_noticed(at in 0usize..60, bit in 0u8..8) {
            let mut sealed = seal(&key(3), "a", &SecretString::from("a long enough secret")).unwrap();
            let index = at % sealed.0.len();
            sealed.0[index] ^= 1 << bit;
            prop_assert!(unseal(&key(3), "a", &sealed).is_err());
        }
    }
}
