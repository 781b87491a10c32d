//! Which letter is meant: one of a folder, or one that stands within it. Whoever reads, prints, answers or saves a letter is told so,
//! and need not know which of the two it is.

use waxwing_model::EmailId;

use crate::engine::{Engine, blocking};
use crate::error::{EngineError, Result};

/// The name of a letter, wherever it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterRef {
    pub email: EmailId,
    /// The way to a letter within that one; `None`: it is meant itself.
    pub within: Option<String>,
}

impl LetterRef {
    pub fn is_within(&self) -> bool {
        self.within.is_some()
    }
}

impl From<EmailId> for LetterRef {
    fn from(email: EmailId) -> Self {
        Self { email, within: None }
    }
}

impl Engine {
    /// Every byte of a letter as it came. Of one within another it is what that brings: an archive has it without the ">" that was put
    /// before lines which begin with "From " (RFC 4155).
    pub async fn source(&self, letter: impl Into<LetterRef>) -> Result<Vec<u8>> {
        let LetterRef { email, within } = letter.into();
        match within {
            None => self.raw(email).await,
            Some(way) => Ok(self.inside(email, &way).await?.bytes),
        }
    }

    /// What a letter is about, by its header.
    pub async fn subject(&self, letter: impl Into<LetterRef>) -> Result<String> {
        let letter = letter.into();
        if letter.is_within() {
            let raw = self.source(letter).await?;
            return blocking(move || waxwing_mime::parse_envelope(&raw).subject).await;
        }
        let known = self.emails(vec![letter.email]).await?.into_iter().next();
        Ok(known.ok_or(EngineError::Gone("the letter"))?.subject)
    }
}
