//! Why a command did not do what it was asked, and with which exit code that is told.

use std::process::ExitCode;

use waxwing_engine::EngineError;
use waxwing_model::Trouble;

#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The server, the store or the vault said no.
    #[error("{0}")]
    Refused(Trouble),
    /// The command makes no sense as it was typed.
    #[error("{0}")]
    Usage(String),
    /// Reading or writing failed.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// It went on, and some of it failed; the sentences are on standard error already.
    #[error("not everything could be done")]
    Partly,
}

impl Failure {
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::Usage(_) => ExitCode::from(2),
            Self::Refused(_) | Self::Io(_) | Self::Partly => ExitCode::from(1),
        }
    }
}

impl From<EngineError> for Failure {
    fn from(error: EngineError) -> Self {
        Self::Refused(error.trouble())
    }
}

impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Self {
        Self::Refused(trouble)
    }
}
