//! Failures that the interface acts upon. Each kind has one sentence and one button in the interface.

use serde::{Deserialize, Serialize};

use crate::RefusedCertificate;

/// What kind of failure it is, where the interface offers something for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum TroubleKind {
    /// The server knows the person but not this password.
    WrongPassword,
    /// What the person granted at the provider's page counts no longer.
    SignInEnded,
    /// The certificate is out of date, for another host, or from nobody we trust.
    BadCertificate,
    /// The certificate is another one than the person has accepted for this server: an alarm.
    ChangedCertificate,
    /// No answer: no such host, nothing at the port, or no network.
    Unreachable,
    /// Something else answers at the port than the settings say: TLS where none was asked for, none where it was, or a
    /// web server.
    WrongPort,
    /// The server does not take this way of signing in, or this kind of encryption.
    MethodRefused,
    /// The server answered NO or a 5xx, in words that are shown.
    Refused,
    /// The server's answer cannot be understood.
    BadAnswer,
    /// The disk is full.
    DiskFull,
    /// The store is from a newer Waxwing, or is damaged.
    Store,
    /// The vault is locked or gone.
    Vault,
    /// What was asked for is no longer there.
    Gone,
    /// What was asked for makes no sense (an empty name, an address without @).
    Invalid,
}

/// A failure in words: what we were doing, and what came back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    pub kind: TroubleKind,
    /// A sentence for the person.
    pub sentence: String,
    /// The other side's own words, where it said any. Plain text.
    pub detail: Option<String>,
    /// What the server showed, where that is what is wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<Box<RefusedCertificate>>,
}

impl Trouble {
    /// One without the other side's words. The sentence has its capital and its full stop.
    pub fn new(kind: TroubleKind, sentence: impl Into<String>) -> Self {
        Self {
            kind,
            sentence: sentence.into(),
            detail: None,
            certificate: None,
        }
    }

    /// With what the other side said.
    pub fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// With the certificate that is wrong.
    pub fn with_certificate(mut self, certificate: RefusedCertificate) -> Self {
        self.certificate = Some(Box::new(certificate));
        self
    }
}

impl std::fmt::Display for Trouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.sentence)?;
        match &self.detail {
            Some(detail) => write!(f, " ({detail})"),
            None => Ok(()),
        }
    }
}
