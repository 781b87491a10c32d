//! Whose certificate it is: what rustls says of one, in our words, with the certificate itself beside it, and the case
//! it has no word for, a certificate that signs itself.
//!
//! Not here: deciding whether a certificate is good. The platform's verifier does that, or a person has; see `trust`.

pub(crate) mod accepted;
#[cfg(all(unix, not(target_vendor = "apple")))]
pub(crate) mod added;
pub(crate) mod facts;
pub(crate) mod problem;

use std::fmt;
use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::{CertificateError, DigitallySignedStruct, OtherError, SignatureScheme};
use rustls_pki_types::{CertificateDer, ServerName, UnixTime};
use waxwing_model::Certificate;

use crate::CertificateProblem;

/// Asks the real verifier and, when that says no, looks whether the certificate names itself as its issuer.
#[derive(Debug)]
pub(crate) struct Explaining(pub(crate) Arc<dyn ServerCertVerifier>);

impl ServerCertVerifier for Explaining {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        self.0
            .verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
            .map_err(|error| match error {
                rustls::Error::InvalidCertificate(
                    CertificateError::UnknownIssuer
                    | CertificateError::BadSignature
                    | CertificateError::Other(_),
                ) if signs_itself(end_entity) => refused(CertificateProblem::SelfSigned, end_entity),
                rustls::Error::InvalidCertificate(error) => refused(problem(&error), end_entity),
                other => other,
            })
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.0.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.0.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.supported_verify_schemes()
    }
}

/// The problem and the certificate that has it, on their way through rustls.
#[derive(Debug)]
struct Refused {
    problem: CertificateProblem,
    certificate: Certificate,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.problem)
    }
}

impl std::error::Error for Refused {}

fn refused(problem: CertificateProblem, certificate: &[u8]) -> rustls::Error {
    let refused = Refused {
        problem,
        certificate: facts::facts(certificate),
    };
    CertificateError::Other(OtherError(Arc::new(refused))).into()
}

/// What became of a certificate that was refused, and what it says of itself where that is known.
pub(crate) fn explained(error: &CertificateError) -> (CertificateProblem, Option<Certificate>) {
    if let CertificateError::Other(OtherError(inner)) = error
        && let Some(refused) = inner.downcast_ref::<Refused>()
    {
        return (refused.problem.clone(), Some(refused.certificate.clone()));
    }
    (problem(error), None)
}

/// What rustls says, in our words.
fn problem(error: &CertificateError) -> CertificateProblem {
    match error {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => CertificateProblem::Expired,
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            CertificateProblem::NotYetValid
        }
        CertificateError::NotValidForName => CertificateProblem::WrongHost {
            presented: Vec::new(),
        },
        CertificateError::NotValidForNameContext { presented, .. } => CertificateProblem::WrongHost {
            presented: presented.iter().map(|name| plain_name(name)).collect(),
        },
        // Somebody has signed it who has the name of one we trust, and not the key.
        CertificateError::UnknownIssuer | CertificateError::BadSignature => CertificateProblem::UnknownIssuer,
        CertificateError::Revoked => CertificateProblem::Revoked,
        other => CertificateProblem::Other(crate::error::clean(&other.to_string())),
    }
}

/// rustls presents names as `DnsName("example.org")`; a person wants the name.
fn plain_name(name: &str) -> String {
    let inner = name
        .split_once('(')
        .map_or(name, |(_, rest)| rest.trim_end_matches(')'));
    crate::error::clean(inner.trim_matches('"'))
}

/// Whether issuer and subject are the same (RFC 5280, section 4.1).
fn signs_itself(certificate: &[u8]) -> bool {
    fn names(certificate: &[u8]) -> Option<(&[u8], &[u8])> {
        let (_, certificate, _) = element(certificate)?;
        let (_, mut rest, _) = element(certificate)?;
        // TBSCertificate begins with an optional version, [0].
        if rest.first() == Some(&0xa0) {
            rest = element(rest)?.2;
        }
        let (_, _, rest) = element(rest)?; // serialNumber
        let (_, _, rest) = element(rest)?; // signature
        let (_, issuer, rest) = element(rest)?;
        let (_, _, rest) = element(rest)?; // validity
        let (_, subject, _) = element(rest)?;
        Some((issuer, subject))
    }
    names(certificate).is_some_and(|(issuer, subject)| issuer == subject)
}

/// One DER element: its tag, its content, and what follows (X.690, section 8.1).
pub(crate) fn element(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&tag, rest) = bytes.split_first()?;
    let (&first, rest) = rest.split_first()?;
    let (length, rest) = if first < 0x80 {
        (usize::from(first), rest)
    } else {
        let (digits, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
        if digits.len() > 4 {
            return None;
        }
        (
            digits
                .iter()
                .fold(0, |length, digit| length << 8 | usize::from(*digit)),
            rest,
        )
    };
    let (content, rest) = rest.split_at_checked(length)?;
    Some((tag, content, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_a_certificate_are_shown_bare() {
        assert_eq!(
            plain_name("DnsName(\"mail.example.org\")"),
            "mail.example.org",
            "rustls's wrapping is gone"
        );
        assert_eq!(
            plain_name("mail.example.org"),
            "mail.example.org",
            "and a bare one stays"
        );
    }

    #[test]
    fn garbage_is_no_certificate_and_no_panic() {
        for length in 0..64 {
            assert!(
                !signs_itself(&vec![0x84; length]),
                "{length} bytes of garbage sign nothing"
            );
        }
    }
}
