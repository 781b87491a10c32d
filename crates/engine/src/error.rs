//! What can go wrong, gathered from the rooms below, and how it is told to a person.

use waxwing_mime::ComposeError;
use waxwing_model::{Trouble, TroubleKind};
use waxwing_remote::RemoteError;
use waxwing_store::StoreError;
use waxwing_vault::VaultError;

/// What the engine's methods give.
pub type Result<T, E = EngineError> = std::result::Result<T, E>;

/// Why something was not done. What a person is told of it is [`EngineError::trouble`].
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Remote(#[from] RemoteError),
    #[error(transparent)]
    Vault(#[from] VaultError),
    #[error(transparent)]
    Compose(#[from] ComposeError),
    /// What was asked for is no longer there.
    #[error("{0} is no longer there")]
    Gone(&'static str),
    /// What was asked for makes no sense.
    #[error("{0}")]
    Invalid(String),
    /// The letter is on the server and there is no way to it now.
    #[error("this letter is not on this computer yet and the server cannot be reached")]
    NotHere,
    /// A task of ours ended before it answered; the program is closing.
    #[error("Waxwing is closing")]
    Closing,
}

impl EngineError {
    /// What the interface can offer for it.
    pub fn kind(&self) -> TroubleKind {
        match self {
            Self::Store(error) => error.kind(),
            Self::Remote(error) => error.kind(),
            Self::Vault(error) if needs_another_password(error) => TroubleKind::WrongPassword,
            Self::Vault(_) => TroubleKind::Vault,
            Self::Compose(_) | Self::Invalid(_) => TroubleKind::Invalid,
            Self::Gone(_) => TroubleKind::Gone,
            Self::NotHere => TroubleKind::Unreachable,
            Self::Closing => TroubleKind::Gone,
        }
    }

    /// The failure as the person reads it.
    pub fn trouble(&self) -> Trouble {
        match self {
            Self::Store(error) => error.trouble(),
            Self::Remote(error) => error.trouble(),
            other => Trouble::new(other.kind(), sentence(&other.to_string())),
        }
    }

    /// Whether the same thing may well work a little later.
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::Remote(error) if error.is_transient())
    }
}

/// What was sealed can never be opened again, so that it has to be typed once more. A vault that is closed opens some day.
pub(crate) fn needs_another_password(error: &VaultError) -> bool {
    matches!(error, VaultError::OtherKey | VaultError::Damaged)
}

/// An error's text as a sentence: a capital at the start, a full stop at the end.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let mut sentence: String = letters
        .next()
        .map(|first| first.to_uppercase().collect())
        .unwrap_or_default();
    sentence.push_str(letters.as_str());
    if !sentence.ends_with(['.', '!', '?']) {
        sentence.push('.');
    }
    sentence
}
