//! What can go wrong while a stage is set up, in sentences that say what to do about it.
//! Faults that a test provokes on purpose are not errors of this kind.

use std::path::PathBuf;

/// A stage did not come up, or a question to it could not be answered.
#[derive(Debug, thiserror::Error)]
pub enum StageError {
    /// The program is not installed.
    #[error("{program} is not installed: on Debian and Ubuntu `apt install {package}` brings it")]
    NotInstalled {
        program: &'static str,
        package: &'static str,
    },
    /// The program must be started by root and we are not.
    #[error("{program} can only be started by root: run this test as root, as CI does")]
    NeedsRoot { program: &'static str },
    /// A file or a process could not be handled.
    #[error("could not {doing}: {source}")]
    Io { doing: String, source: std::io::Error },
    /// The server ended, or never answered, and this is what it wrote.
    #[error("{program} did not start ({why}); its log in {log_path} says:\n{log}")]
    DidNotStart {
        program: &'static str,
        why: String,
        log_path: PathBuf,
        log: String,
    },
    /// A command of the server failed.
    #[error("{command} failed: {output}")]
    Command { command: String, output: String },
    /// Every port of the range is taken.
    #[error("no free port was found between {first} and {last}")]
    NoPort { first: u16, last: u16 },
}

impl StageError {
    /// For `map_err`: wraps an I/O error with what we were doing.
    pub(crate) fn io(doing: impl Into<String>) -> impl FnOnce(std::io::Error) -> StageError {
        let doing = doing.into();
        move |source| StageError::Io { doing, source }
    }
}
