//! A failure as the interface sees it; every command that fails fails with one.

use serde::Serialize;
use specta::Type;
use waxwing_engine::EngineError;
use waxwing_model::{Trouble, TroubleKind};

use super::certificate::RefusedCertificateView;

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TroubleView {
    pub kind: TroubleKindView,
    pub sentence: String,
    pub detail: Option<String>,
    /// What the server showed, where that is what is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[specta(optional)]
    pub certificate: Option<Box<RefusedCertificateView>>,
}

#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename = "TroubleKind", rename_all = "camelCase")]
pub enum TroubleKindView {
    WrongPassword,
    SignInEnded,
    BadCertificate,
    ChangedCertificate,
    Unreachable,
    WrongPort,
    MethodRefused,
    Refused,
    BadAnswer,
    DiskFull,
    Store,
    Vault,
    Gone,
    Invalid,
}

impl From<TroubleKind> for TroubleKindView {
    fn from(kind: TroubleKind) -> Self {
        match kind {
            TroubleKind::WrongPassword => Self::WrongPassword,
            TroubleKind::SignInEnded => Self::SignInEnded,
            TroubleKind::BadCertificate => Self::BadCertificate,
            TroubleKind::ChangedCertificate => Self::ChangedCertificate,
            TroubleKind::Unreachable => Self::Unreachable,
            TroubleKind::WrongPort => Self::WrongPort,
            TroubleKind::MethodRefused => Self::MethodRefused,
            TroubleKind::Refused => Self::Refused,
            TroubleKind::BadAnswer => Self::BadAnswer,
            TroubleKind::DiskFull => Self::DiskFull,
            TroubleKind::Store => Self::Store,
            TroubleKind::Vault => Self::Vault,
            TroubleKind::Gone => Self::Gone,
            TroubleKind::Invalid => Self::Invalid,
        }
    }
}

impl From<Trouble> for TroubleView {
    fn from(trouble: Trouble) -> Self {
        Self {
            kind: trouble.kind.into(),
            sentence: trouble.sentence,
            detail: trouble.detail,
            certificate: trouble.certificate.map(|refused| Box::new((*refused).into())),
        }
    }
}

impl From<EngineError> for TroubleView {
    fn from(error: EngineError) -> Self {
        error.trouble().into()
    }
}

impl TroubleView {
    pub fn invalid(sentence: impl Into<String>) -> Self {
        Trouble::new(TroubleKind::Invalid, sentence).into()
    }
}
