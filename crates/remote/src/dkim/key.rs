//! A domain's key as it stands in DNS (RFC 6376, section 3.6.1; RFC 8463), and whether it fits a signature.

use ring::digest::{SHA256, digest};
use ring::signature::{ED25519, RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY, UnparsedPublicKey};

use super::signature::{Algorithm, Signature};
use super::tags::Tags;

/// Bits of a modulus; a shorter one has been computed back by amateurs (RFC 8301, section 3.2).
const SHORTEST: usize = 1_024;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Key {
    algorithm: Algorithm,
    /// As the verifier wants it: a modulus and an exponent in DER (RFC 8017, appendix A.1.1), or 32 octets.
    octets: Vec<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KeyProblem {
    /// It is no key, or one that was withdrawn.
    None,
    Weak,
    /// It is a key for something else.
    Unfit,
}

impl Key {
    pub(super) fn read(text: &[u8], signature: &Signature) -> Result<Self, KeyProblem> {
        let text = std::str::from_utf8(text).map_err(|_| KeyProblem::None)?;
        let tags = Tags::read(text).ok_or(KeyProblem::None)?;
        if tags.get("v").is_some_and(|version| version != "DKIM1") {
            return Err(KeyProblem::None);
        }
        let given = tags
            .bytes("p")
            .filter(|octets| !octets.is_empty())
            .ok_or(KeyProblem::None)?;
        let algorithm = match tags.get("k").unwrap_or("rsa") {
            "rsa" => Algorithm::Rsa,
            "ed25519" => Algorithm::Ed25519,
            _ => return Err(KeyProblem::Unfit),
        };
        let allows = |name: &str, wanted: &[&str]| {
            tags.words(name)
                .is_none_or(|words| words.iter().any(|word| wanted.contains(&word.as_str())))
        };
        let flags = tags.words("t").unwrap_or_default();
        let has = |wanted: &str| flags.iter().any(|flag| flag == wanted);
        if algorithm != signature.algorithm
            || !allows("h", &["sha256"])
            || !allows("s", &["*", "email"])
            || has("s") && signature.agent != signature.domain
            // The domain is still trying it out, and nobody is to think better of a letter for it (section 3.6.1).
            || has("y")
        {
            return Err(KeyProblem::Unfit);
        }
        let octets = match algorithm {
            Algorithm::Rsa => {
                let octets = within_envelope(&given).unwrap_or(given);
                if modulus_bits(&octets).ok_or(KeyProblem::Unfit)? < SHORTEST {
                    return Err(KeyProblem::Weak);
                }
                octets
            }
            Algorithm::Ed25519 => given,
        };
        Ok(Self { algorithm, octets })
    }

    pub(super) fn is_signed(&self, signature: &Signature, octets: &[u8]) -> bool {
        match self.algorithm {
            Algorithm::Rsa => {
                UnparsedPublicKey::new(&RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY, &self.octets)
                    .verify(octets, &signature.signature)
            }
            // The hash is what is signed (RFC 8463, section 3).
            Algorithm::Ed25519 => UnparsedPublicKey::new(&ED25519, &self.octets)
                .verify(digest(&SHA256, octets).as_ref(), &signature.signature),
        }
        .is_ok()
    }
}

/// The key within a SubjectPublicKeyInfo (RFC 5280, section 4.1.2.7), which is how nearly all are published.
fn within_envelope(der: &[u8]) -> Option<Vec<u8>> {
    let (content, _) = element(der, 0x30)?;
    let (_, rest) = element(content, 0x30)?;
    let (bits, _) = element(rest, 0x03)?;
    bits.strip_prefix(&[0]).map(<[u8]>::to_vec)
}

fn modulus_bits(der: &[u8]) -> Option<usize> {
    let (content, _) = element(der, 0x30)?;
    let (modulus, _) = element(content, 0x02)?;
    let start = modulus.iter().position(|&octet| octet != 0)?;
    let modulus = modulus.get(start..)?;
    let first = usize::try_from(modulus.first()?.leading_zeros()).ok()?;
    Some(modulus.len() * 8 - first)
}

/// The content of an element of DER with this tag, and what follows it (ITU-T X.690, section 8.1).
fn element(der: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (&found, rest) = der.split_first()?;
    let (&length, rest) = rest.split_first()?;
    let (length, rest) = match length {
        0..=0x7f => (usize::from(length), rest),
        0x81..=0x84 => {
            let (digits, rest) = rest.split_at_checked(usize::from(length & 0x7f))?;
            let length = digits.iter().fold(0, |sum, &digit| sum << 8 | usize::from(digit));
            (length, rest)
        }
        _ => return None,
    };
    (found == tag).then_some(())?;
    rest.split_at_checked(length)
}
