//! What became of a letter, in the three ways that matter to the outbox: it was not sent, it was refused, or nobody
//! knows.
//!
//! Not here: what the outbox does with it.

use waxwing_model::Trouble;
use waxwing_model::TroubleKind;

use super::status;
use crate::RemoteError;

/// The server took the letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Its words, often with the number under which it keeps the letter.
    pub reply: String,
    /// Who does not get it, and why: the others do.
    pub refused: Vec<(String, String)>,
    /// Reports of how the letter fares were wished for, and the server gives none.
    pub without_notices: bool,
}

/// The server did not take it, or we do not know.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// It went wrong before the final dot, so the server cannot have taken the letter: trying again is safe.
    #[error("the letter was not sent: {0}")]
    NotSent(#[source] RemoteError),
    /// The server said no to this letter (or would have: some refusals are known beforehand). Nobody gets it.
    #[error("the letter was refused: {reply}")]
    Rejected {
        reply: String,
        /// Trying again without changing anything makes no sense.
        permanent: bool,
        /// The recipients it was refused for, where it was about them, each with the server's words.
        recipients: Vec<(String, String)>,
    },
    /// It cannot be read from where it stands on this computer. Nobody gets it.
    #[error("the letter could not be read")]
    Unreadable(#[source] std::io::Error),
    /// The final dot was on its way and no answer came: the letter may have been sent (RFC 1047).
    #[error("it is not known whether the letter was sent: {0}")]
    Unknown(#[source] RemoteError),
}

impl SendError {
    /// Whether the same letter may go out later without anybody changing anything. Never for [`SendError::Unknown`]:
    /// that could send it twice.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::NotSent(error) => error.is_transient(),
            Self::Rejected { permanent, .. } => !permanent,
            Self::Unreadable(_) | Self::Unknown(_) => false,
        }
    }

    /// The sentence for the person.
    pub fn trouble(&self) -> Trouble {
        match self {
            Self::NotSent(error) => error.trouble(),
            Self::Rejected {
                reply, recipients, ..
            } => {
                let sentence = match recipients.as_slice() {
                    [] => status::about_letter(reply)
                        .unwrap_or("The server refused the letter.")
                        .to_owned(),
                    [(recipient, reply)] => status::about_recipient(recipient, reply)
                        .unwrap_or_else(|| format!("The server does not take letters for {recipient}.")),
                    all => format!(
                        "The server does not take letters for any of the {} recipients.",
                        all.len()
                    ),
                };
                Trouble::new(TroubleKind::Refused, sentence).with_detail(reply)
            }
            Self::Unreadable(error) => {
                let sentence = "The letter could not be read on this computer.";
                Trouble::new(TroubleKind::Store, sentence).with_detail(error.to_string())
            }
            Self::Unknown(error) => Trouble::new(
                error.kind(),
                "The connection broke after the letter was handed over. It may have been sent.",
            )
            .with_detail(error.to_string()),
        }
    }
}
