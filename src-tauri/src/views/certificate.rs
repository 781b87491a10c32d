//! Certificates of servers: what one says of itself, and the ones that a person has accepted.

use serde::{Deserialize, Serialize};
use specta::Type;
use waxwing_model::{Certificate, CertificateException, CertificateFlaw, RefusedCertificate};

use super::trouble::TroubleView;
use super::{Moment, moment};

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CertificateView {
    /// SHA-256, in pairs of hexadecimal digits.
    pub fingerprint: String,
    pub names: Vec<String>,
    pub issuer: String,
    pub not_before: Moment,
    pub not_after: Moment,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize, Type)]
#[serde(rename = "CertificateFlaw", rename_all = "camelCase")]
pub enum CertificateFlawView {
    Expired,
    NotYetValid,
    WrongHost,
    UnknownIssuer,
    SelfSigned,
    Revoked,
    Changed,
    Other,
}

/// One that a server showed and that was not taken.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RefusedCertificateView {
    pub host: String,
    pub port: u16,
    pub flaw: CertificateFlawView,
    pub certificate: CertificateView,
    /// The fingerprint of the one that was accepted for this server.
    pub accepted: Option<String>,
    /// Whether the person may take it all the same.
    pub acceptable: bool,
}

/// One that the person has just accepted.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AcceptedView {
    pub host: String,
    pub port: u16,
    pub flaw: CertificateFlawView,
    pub fingerprint: String,
}

/// One that the person takes, at this host and this port.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ExceptionView {
    pub host: String,
    pub port: u16,
    pub flaw: CertificateFlawView,
    pub certificate: CertificateView,
}

impl From<Certificate> for CertificateView {
    fn from(certificate: Certificate) -> Self {
        Self {
            fingerprint: certificate.fingerprint.to_string(),
            names: certificate.names,
            issuer: certificate.issuer,
            not_before: moment(certificate.not_before),
            not_after: moment(certificate.not_after),
        }
    }
}

impl From<RefusedCertificate> for RefusedCertificateView {
    fn from(refused: RefusedCertificate) -> Self {
        Self {
            host: refused.host,
            port: refused.port,
            flaw: refused.flaw.into(),
            certificate: refused.certificate.into(),
            accepted: refused.accepted.map(|fingerprint| fingerprint.to_string()),
            acceptable: refused.flaw.may_be_accepted(),
        }
    }
}

impl From<CertificateException> for ExceptionView {
    fn from(exception: CertificateException) -> Self {
        Self {
            host: exception.host,
            port: exception.port,
            flaw: exception.flaw.into(),
            certificate: exception.certificate.into(),
        }
    }
}

/// What else the certificate says is read from the server, and not from the interface.
pub fn accepted(views: Vec<AcceptedView>) -> Result<Vec<CertificateException>, TroubleView> {
    let exceptions = views.into_iter().map(|view| {
        let fingerprint = view
            .fingerprint
            .parse()
            .map_err(|_| TroubleView::invalid("That is not the fingerprint of a certificate."))?;
        Ok(CertificateException {
            host: view.host,
            port: view.port,
            flaw: view.flaw.into(),
            certificate: Certificate {
                fingerprint,
                names: Vec::new(),
                issuer: String::new(),
                not_before: 0,
                not_after: 0,
            },
        })
    });
    exceptions.collect()
}

impl From<CertificateFlaw> for CertificateFlawView {
    fn from(flaw: CertificateFlaw) -> Self {
        match flaw {
            CertificateFlaw::Expired => Self::Expired,
            CertificateFlaw::NotYetValid => Self::NotYetValid,
            CertificateFlaw::WrongHost => Self::WrongHost,
            CertificateFlaw::UnknownIssuer => Self::UnknownIssuer,
            CertificateFlaw::SelfSigned => Self::SelfSigned,
            CertificateFlaw::Revoked => Self::Revoked,
            CertificateFlaw::Changed => Self::Changed,
            CertificateFlaw::Other => Self::Other,
        }
    }
}

impl From<CertificateFlawView> for CertificateFlaw {
    fn from(flaw: CertificateFlawView) -> Self {
        match flaw {
            CertificateFlawView::Expired => Self::Expired,
            CertificateFlawView::NotYetValid => Self::NotYetValid,
            CertificateFlawView::WrongHost => Self::WrongHost,
            CertificateFlawView::UnknownIssuer => Self::UnknownIssuer,
            CertificateFlawView::SelfSigned => Self::SelfSigned,
            CertificateFlawView::Revoked => Self::Revoked,
            CertificateFlawView::Changed => Self::Changed,
            CertificateFlawView::Other => Self::Other,
        }
    }
}
