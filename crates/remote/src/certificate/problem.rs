//! Why a certificate was not taken, and how that is told.

use waxwing_model::{CertificateFlaw, Fingerprint};

/// Why a certificate was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CertificateProblem {
    #[error("it is out of date")]
    Expired,
    #[error("it is not valid yet")]
    NotYetValid,
    #[error("it is for {}", names(.presented))]
    WrongHost { presented: Vec<String> },
    #[error("nobody we trust has signed it")]
    UnknownIssuer,
    #[error("it is signed by itself")]
    SelfSigned,
    #[error("it has been revoked")]
    Revoked,
    #[error("it is another one than the one that was accepted, {accepted}")]
    Changed { accepted: Fingerprint },
    #[error("{0}")]
    Other(String),
}

impl CertificateProblem {
    pub(crate) fn flaw(&self) -> CertificateFlaw {
        match self {
            Self::Expired => CertificateFlaw::Expired,
            Self::NotYetValid => CertificateFlaw::NotYetValid,
            Self::WrongHost { .. } => CertificateFlaw::WrongHost,
            Self::UnknownIssuer => CertificateFlaw::UnknownIssuer,
            Self::SelfSigned => CertificateFlaw::SelfSigned,
            Self::Revoked => CertificateFlaw::Revoked,
            Self::Changed { .. } => CertificateFlaw::Changed,
            Self::Other(_) => CertificateFlaw::Other,
        }
    }

    pub(crate) fn sentence(&self, host: &str) -> String {
        match self {
            Self::Expired => {
                format!("The certificate of {host} is out of date, so nothing was sent to it.")
            }
            Self::NotYetValid => format!(
                "The certificate of {host} is not valid yet. Is this computer's clock right? Nothing was sent."
            ),
            Self::WrongHost { presented } => format!(
                "The certificate that {host} shows is for {}, so nothing was sent to it.",
                names(presented)
            ),
            Self::UnknownIssuer => format!(
                "The certificate of {host} is signed by nobody this computer trusts, so nothing was sent to it."
            ),
            Self::SelfSigned => format!(
                "{host} has signed its certificate itself, so anybody could have; nothing was sent to it."
            ),
            Self::Revoked => format!("The certificate of {host} was revoked, so nothing was sent to it."),
            Self::Changed { .. } => format!(
                "{host} shows another certificate than the one that you accepted. Somebody may be listening in, or \
                 the server has a new one. Nothing was sent to it, and this account stops until you have looked."
            ),
            Self::Other(_) => {
                format!("The certificate of {host} is not acceptable, so nothing was sent to it.")
            }
        }
    }
}

fn names(presented: &[String]) -> String {
    match presented {
        [] => "another host".to_owned(),
        [one] => one.clone(),
        [one, ..] => format!("{one} and other hosts"),
    }
}
