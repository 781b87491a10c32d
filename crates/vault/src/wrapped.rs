//! The key under a passphrase: Argon2id (RFC 9106) makes a key from the passphrase, which seals the vault's key.
//!
//! The cost is written beside the salt, so that it can rise later without locking anybody out.

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use crate::VaultError;
use crate::key::{KEY_LENGTH, Key};

/// Bytes in this order: magic, memory (KiB), passes, lanes (each 32 bits, big endian), salt, nonce, ciphertext.
const MAGIC: &[u8; 8] = b"wxwrap1\0";
const SALT_LENGTH: usize = 16;
const NONCE_LENGTH: usize = 24;

/// The second recommended choice of RFC 9106 section 4: 64 MiB, three passes, four lanes.
const COST: Cost = Cost {
    memory: 64 * 1024,
    passes: 3,
    lanes: 4,
};
/// A store that was tampered with must not make us fill the memory or compute for an hour.
const HIGHEST_COST: Cost = Cost {
    memory: 1024 * 1024,
    passes: 16,
    lanes: 16,
};

#[derive(Clone, Copy)]
struct Cost {
    memory: u32,
    passes: u32,
    lanes: u32,
}

/// Seals `key` under `passphrase`. The bytes may be kept anywhere.
pub(crate) fn wrap(key: &Key, passphrase: &SecretString) -> Result<Vec<u8>, VaultError> {
    let (mut salt, mut nonce) = ([0; SALT_LENGTH], [0; NONCE_LENGTH]);
    getrandom::fill(&mut salt).map_err(|_| VaultError::Randomness)?;
    getrandom::fill(&mut nonce).map_err(|_| VaultError::Randomness)?;
    let mut header = MAGIC.to_vec();
    for number in [COST.memory, COST.passes, COST.lanes] {
        header.extend_from_slice(&number.to_be_bytes());
    }
    header.extend_from_slice(&salt);
    let payload = Payload {
        msg: key.bytes(),
        aad: &header,
    };
    let ciphertext = cipher(passphrase, &salt, COST)?
        .encrypt(XNonce::from_slice(&nonce), payload)
        .map_err(|_| VaultError::Damaged)?;
    Ok([header.as_slice(), &nonce, &ciphertext].concat())
}

/// Opens what [`wrap`] made. Changed bytes and a wrong passphrase look alike, except where the form is broken.
pub(crate) fn unwrap(wrapped: &[u8], passphrase: &SecretString) -> Result<Key, VaultError> {
    let damaged = || VaultError::Damaged;
    let (header, rest) = wrapped
        .split_at_checked(MAGIC.len() + 12 + SALT_LENGTH)
        .ok_or_else(damaged)?;
    let (nonce, ciphertext) = rest.split_at_checked(NONCE_LENGTH).ok_or_else(damaged)?;
    let (cost, salt) = read_header(header).ok_or_else(damaged)?;
    let plain = cipher(passphrase, salt, cost)?
        .decrypt(
            XNonce::from_slice(nonce),
            Payload {
                msg: ciphertext,
                aad: header,
            },
        )
        .map(Zeroizing::new)
        .map_err(|_| VaultError::WrongPassphrase)?;
    Key::from_slice(&plain).ok_or_else(damaged)
}

fn read_header(header: &[u8]) -> Option<(Cost, &[u8])> {
    let rest = header.strip_prefix(MAGIC)?;
    let (memory, rest) = rest.split_first_chunk::<4>()?;
    let (passes, rest) = rest.split_first_chunk::<4>()?;
    let (lanes, salt) = rest.split_first_chunk::<4>()?;
    let [memory, passes, lanes] = [memory, passes, lanes].map(|bytes| u32::from_be_bytes(*bytes));
    let bearable =
        memory <= HIGHEST_COST.memory && passes <= HIGHEST_COST.passes && lanes <= HIGHEST_COST.lanes;
    bearable.then_some((
        Cost {
            memory,
            passes,
            lanes,
        },
        salt,
    ))
}

fn cipher(passphrase: &SecretString, salt: &[u8], cost: Cost) -> Result<XChaCha20Poly1305, VaultError> {
    let params = Params::new(cost.memory, cost.passes, cost.lanes, Some(KEY_LENGTH))
        .map_err(|_| VaultError::Damaged)?;
    let mut derived = Zeroizing::new([0; KEY_LENGTH]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.expose_secret().as_bytes(), salt, derived.as_mut())
        .map_err(|_| VaultError::Damaged)?;
    Ok(XChaCha20Poly1305::new((&*derived).into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_comes_back_with_its_passphrase_and_with_no_other() {
        let key = Key::random().unwrap();
        let wrapped = wrap(&key, &SecretString::from("jonas likes tea")).unwrap();
        assert_eq!(
            unwrap(&wrapped, &SecretString::from("jonas likes tea")).unwrap(),
            key,
            "the same key"
        );
        assert_eq!(
            unwrap(&wrapped, &SecretString::from("jonas likes coffee")).unwrap_err(),
            VaultError::WrongPassphrase,
            "another passphrase does not open it"
        );
    }

    #[test]
    fn broken_bytes_are_damaged_and_not_a_wrong_passphrase() {
        let phrase = SecretString::from("p");
        let wrapped = wrap(&Key::random().unwrap(), &phrase).unwrap();
        for broken in [
            &wrapped[..0],
            &wrapped[..20],
            &wrapped[..50],
            b"something else entirely, and long enough to have the length of a header",
        ] {
            assert_eq!(
                unwrap(broken, &phrase).unwrap_err(),
                VaultError::Damaged,
                "{} bytes",
                broken.len()
            );
        }
    }

    #[test]
    fn a_cost_that_would_fill_the_memory_is_refused() {
        let phrase = SecretString::from("p");
        let mut wrapped = wrap(&Key::random().unwrap(), &phrase).unwrap();
        wrapped[8..12].copy_from_slice(&u32::MAX.to_be_bytes());
        assert_eq!(
            unwrap(&wrapped, &phrase).unwrap_err(),
            VaultError::Damaged,
            "4 TiB are not asked for"
        );
    }
}
