//! The one key: how it is made, named, and wiped. Not here: where it is kept.

use sha2::{Digest, Sha256};
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::VaultError;

/// The length of the key and of every ChaCha20 key (RFC 8439 section 2.3).
pub(crate) const KEY_LENGTH: usize = 32;
/// The length of the public name of a key.
pub(crate) const KEY_ID_LENGTH: usize = 8;

/// A key in memory. It is wiped when dropped and never printed.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub(crate) struct Key([u8; KEY_LENGTH]);

impl Key {
    /// A new key from the operating system's randomness.
    pub(crate) fn random() -> Result<Self, VaultError> {
        let mut key = Self([0; KEY_LENGTH]);
        getrandom::fill(&mut key.0).map_err(|_| VaultError::Randomness)?;
        Ok(key)
    }

    /// A key from the bytes that were kept. `None` if there are more or fewer than a key has.
    pub(crate) fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    pub(crate) fn bytes(&self) -> &[u8; KEY_LENGTH] {
        &self.0
    }

    /// A public name for the key, kept beside what it sealed, so that "another key" and "damaged" can be told
    /// apart. The key is random, so its hash gives nothing away.
    pub(crate) fn id(&self) -> [u8; KEY_ID_LENGTH] {
        let digest = Sha256::new()
            .chain_update(b"waxwing key id")
            .chain_update(self.0)
            .finalize();
        let mut id = [0; KEY_ID_LENGTH];
        for (to, from) in id.iter_mut().zip(digest) {
            *to = from;
        }
        id
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Key(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::Key;

    #[test]
    fn two_keys_differ_and_so_do_their_names() {
        let (one, two) = (Key::random().unwrap(), Key::random().unwrap());
        assert_ne!(one, two, "a key is random");
        assert_ne!(one.id(), two.id(), "the name follows the key");
        assert_eq!(one.id(), one.clone().id(), "a key keeps its name");
    }

    #[test]
    fn a_key_is_never_printed() {
        let key = Key::from_slice(&[7; 32]).unwrap();
        assert_eq!(format!("{key:?}"), "Key(hidden)", "Debug must not show the bytes");
    }

    #[test]
    fn only_thirty_two_bytes_make_a_key() {
        assert!(Key::from_slice(&[0; 31]).is_none(), "too short");
        assert!(Key::from_slice(&[0; 33]).is_none(), "too long");
    }
}
