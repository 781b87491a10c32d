//! What ties a sign-in to the TLS connection it runs over (RFC 5056), so that whoever stands between two TLS
//! connections cannot pass a sign-in on.
//!
//! Not here: the sign-in that uses it (`sasl::scram`).

use std::fmt;

use ring::digest::{self, Algorithm};
use rustls::{ClientConnection, ProtocolVersion};

use crate::certificate::element;

/// The name of a channel binding and what both ends have for it.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct ChannelBinding {
    name: &'static str,
    data: Vec<u8>,
}

/// The data is what a sign-in is tied to, so it is nobody else's business.
impl fmt::Debug for ChannelBinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ChannelBinding").field(&self.name).finish()
    }
}

impl ChannelBinding {
    /// What a connection has once its handshake is done: `tls-exporter` for TLS 1.3 (RFC 9266), and
    /// `tls-server-end-point` for TLS 1.2 (RFC 5929, section 4), where the exporter is safe only with an extension
    /// that rustls does not tell of (RFC 9266, section 3).
    pub(crate) fn of(connection: &ClientConnection) -> Option<Self> {
        match connection.protocol_version()? {
            ProtocolVersion::TLSv1_3 => {
                let data = connection
                    .export_keying_material(vec![0; 32], b"EXPORTER-Channel-Binding", Some(&[]))
                    .ok()?;
                Some(Self::new("tls-exporter", data))
            }
            ProtocolVersion::TLSv1_2 => {
                let certificate = connection.peer_certificates()?.first()?;
                Some(Self::new("tls-server-end-point", end_point(certificate)?))
            }
            _ => None,
        }
    }

    pub(crate) fn new(name: &'static str, data: Vec<u8>) -> Self {
        Self { name, data }
    }

    /// As IANA has registered it.
    pub(crate) fn name(&self) -> &'static str {
        self.name
    }

    pub(crate) fn data(&self) -> &[u8] {
        &self.data
    }
}

/// The certificate's hash, by the function that it is signed with. A signature without a hash function of its own,
/// such as Ed25519, leaves it undefined (RFC 5929, section 4.1).
fn end_point(certificate: &[u8]) -> Option<Vec<u8>> {
    // Certificate ::= SEQUENCE { tbsCertificate, signatureAlgorithm SEQUENCE { OID, parameters }, signature }
    // (RFC 5280, section 4.1).
    let (_, inner, _) = element(certificate)?;
    let (_, _, rest) = element(inner)?;
    let (_, algorithm, _) = element(rest)?;
    let (_, oid, _) = element(algorithm)?;
    Some(digest::digest(hash_of(oid)?, certificate).as_ref().to_vec())
}

/// The hash function of a signature (RFC 8017, appendix A.2.4; RFC 5758, section 3.2). MD5 and SHA-1 are replaced by
/// SHA-256 (RFC 5929, section 4.1).
fn hash_of(oid: &[u8]) -> Option<&'static Algorithm> {
    const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01];
    const ECDSA: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04];
    match (oid.strip_prefix(RSA), oid.strip_prefix(ECDSA)) {
        (Some([4 | 5 | 11]), _) | (_, Some([1] | [3, 2])) => Some(&digest::SHA256),
        (Some([12]), _) | (_, Some([3, 3])) => Some(&digest::SHA384),
        (Some([13]), _) | (_, Some([3, 4])) => Some(&digest::SHA512),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_follows_the_signature_of_the_certificate() {
        // 1.2.840.113549.1.1.x and 1.2.840.10045.4.x, as DER writes them.
        let rsa = |last| [&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01][..], &[last]].concat();
        let ecdsa = |last: &[u8]| [&[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04][..], last].concat();
        for (oid, hash) in [
            (rsa(5), Some(&digest::SHA256)),
            (rsa(11), Some(&digest::SHA256)),
            (rsa(12), Some(&digest::SHA384)),
            (rsa(13), Some(&digest::SHA512)),
            (rsa(10), None),
            (ecdsa(&[1]), Some(&digest::SHA256)),
            (ecdsa(&[3, 2]), Some(&digest::SHA256)),
            (ecdsa(&[3, 3]), Some(&digest::SHA384)),
            (ecdsa(&[3, 4]), Some(&digest::SHA512)),
            (vec![0x2b, 0x65, 0x70], None),
        ] {
            assert_eq!(hash_of(&oid), hash, "{oid:02x?}");
        }
    }

    #[test]
    fn garbage_is_no_end_point_and_no_panic() {
        for length in 0..64 {
            assert_eq!(end_point(&vec![0x30; length]), None, "{length} bytes of garbage");
        }
    }

    #[test]
    fn what_a_sign_in_is_tied_to_is_not_in_the_debug_text() {
        let binding = ChannelBinding::new("tls-exporter", b"secret".to_vec());
        assert_eq!(format!("{binding:?}"), "ChannelBinding(\"tls-exporter\")");
    }
}
