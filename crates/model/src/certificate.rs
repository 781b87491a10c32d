//! What a server's certificate says of itself, and the ones that a person takes although nobody vouches for them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// SHA-256 of a whole certificate: what it is known by.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Fingerprint(pub [u8; 32]);

/// A server's certificate, as far as a person looks at it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    pub fingerprint: Fingerprint,
    /// The hosts that it is for.
    pub names: Vec<String>,
    /// Who has signed it.
    pub issuer: String,
    pub not_before: Timestamp,
    pub not_after: Timestamp,
}

/// What is wrong with one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CertificateFlaw {
    Expired,
    NotYetValid,
    WrongHost,
    UnknownIssuer,
    SelfSigned,
    Revoked,
    /// It is another one than the person has accepted for this server.
    Changed,
    Other,
}

impl CertificateFlaw {
    /// Whether a person may take it all the same: what its own issuer has taken back nobody takes.
    pub fn may_be_accepted(self) -> bool {
        self != Self::Revoked
    }
}

/// A certificate that a server showed and that was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedCertificate {
    pub host: String,
    pub port: u16,
    pub flaw: CertificateFlaw,
    pub certificate: Certificate,
    /// The one that was accepted for this server, where there is one.
    pub accepted: Option<Fingerprint>,
}

/// A certificate that a person has accepted, for one host and one port and for no other certificate there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateException {
    pub host: String,
    pub port: u16,
    /// What was wrong with it.
    pub flaw: CertificateFlaw,
    pub certificate: Certificate,
}

impl CertificateException {
    /// Whether it is for this server.
    pub fn is_for(&self, host: &str, port: u16) -> bool {
        let bare = |host: &str| host.trim_end_matches('.').to_ascii_lowercase();
        self.port == port && bare(&self.host) == bare(host)
    }
}

impl From<RefusedCertificate> for CertificateException {
    fn from(refused: RefusedCertificate) -> Self {
        Self {
            host: refused.host,
            port: refused.port,
            flaw: refused.flaw,
            certificate: refused.certificate,
        }
    }
}

/// In pairs of hexadecimal digits, as other programs write it.
impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, byte) in self.0.iter().enumerate() {
            if at > 0 {
                f.write_str(":")?;
            }
            write!(f, "{byte:02X}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fingerprint({self})")
    }
}

/// What is no fingerprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAFingerprint;

impl fmt::Display for NotAFingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this is not a SHA-256 fingerprint")
    }
}

impl std::error::Error for NotAFingerprint {}

/// With or without colons.
impl FromStr for Fingerprint {
    type Err = NotAFingerprint;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits: Vec<u8> = text
            .chars()
            .filter(|c| !matches!(c, ':' | ' '))
            .map(|digit| digit.to_digit(16).and_then(|value| u8::try_from(value).ok()))
            .collect::<Option<_>>()
            .ok_or(NotAFingerprint)?;
        let bytes: Vec<u8> = digits
            .chunks(2)
            .map(|pair| match pair {
                [high, low] => Ok(high << 4 | low),
                _ => Err(NotAFingerprint),
            })
            .collect::<Result<_, _>>()?;
        bytes.try_into().map(Self).map_err(|_| NotAFingerprint)
    }
}

impl From<Fingerprint> for String {
    fn from(fingerprint: Fingerprint) -> Self {
        fingerprint.to_string()
    }
}

impl TryFrom<String> for Fingerprint {
    type Error = NotAFingerprint;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_goes_there_and_back_and_nothing_else_is_one() {
        let bytes = std::array::from_fn(|at| u8::try_from(at * 7 % 256).unwrap());
        let fingerprint = Fingerprint(bytes);
        let text = fingerprint.to_string();
        assert!(text.starts_with("00:07:0E:"), "{text}");
        assert_eq!(text.parse(), Ok(fingerprint));
        assert_eq!(text.replace(':', "").to_lowercase().parse(), Ok(fingerprint));
        for other in [
            "",
            "00",
            "0",
            "zz",
            text.trim_start_matches('0'),
            &format!("{text}:00"),
            "ä",
        ] {
            assert_eq!(other.parse::<Fingerprint>(), Err(NotAFingerprint), "{other:?}");
        }
    }

    #[test]
    fn an_exception_is_for_one_door_of_one_host() {
        let exception = CertificateException {
            host: "mail.harbour.example".to_owned(),
            port: 993,
            flaw: CertificateFlaw::SelfSigned,
            certificate: Certificate {
                fingerprint: Fingerprint([0; 32]),
                names: Vec::new(),
                issuer: String::new(),
                not_before: 0,
                not_after: 0,
            },
        };
        assert!(
            exception.is_for("Mail.Harbour.example.", 993),
            "written otherwise"
        );
        assert!(!exception.is_for("mail.harbour.example", 465), "another door");
        assert!(!exception.is_for("harbour.example", 993), "another host");
    }
}
