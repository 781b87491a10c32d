//! Why a sign-in in the browser does not come about, or counts no longer.

use waxwing_model::TroubleKind;

use crate::error::clean;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignInError {
    /// What was granted is granted no longer: it was taken back, or has been forgotten.
    #[error("the sign-in at the provider counts no longer: {reason}")]
    Ended { reason: String },
    /// The person said no at the provider's page, or the provider did.
    #[error("the provider did not agree: {reason}")]
    Denied { reason: String },
    /// Nobody came back from the browser.
    #[error("nobody came back from the browser")]
    TimedOut,
    #[error("the sign-in was given up")]
    GivenUp,
    /// Somebody signed in, but not as the account says.
    #[error("signed in as another person")]
    OtherPerson { signed_in: String, wanted: String },
    /// The mail server does not take what was just granted, as this person.
    #[error("{host} does not take the sign-in at {provider} as {username}")]
    NotTaken {
        host: String,
        provider: String,
        username: String,
        words: String,
    },
    /// Without a client id nobody is asked.
    #[error("there is no client id for {provider}")]
    NoClient { provider: String },
}

impl SignInError {
    /// `reason` may hold words of the provider; they are cleaned here, like those below.
    pub(crate) fn ended(reason: impl AsRef<str>) -> Self {
        Self::Ended {
            reason: clean(reason.as_ref()),
        }
    }

    pub(super) fn denied(reason: impl AsRef<str>) -> Self {
        Self::Denied {
            reason: clean(reason.as_ref()),
        }
    }

    pub(crate) fn kind(&self) -> TroubleKind {
        match self {
            Self::Ended { .. } | Self::NotTaken { .. } => TroubleKind::SignInEnded,
            Self::Denied { .. } | Self::TimedOut | Self::GivenUp => TroubleKind::Refused,
            Self::OtherPerson { .. } | Self::NoClient { .. } => TroubleKind::Invalid,
        }
    }

    pub(crate) fn sentence(&self) -> String {
        match self {
            Self::Ended { .. } => {
                "The sign-in at your provider counts no longer. Sign in again, in the browser.".to_owned()
            }
            Self::Denied { .. } => "The provider did not let Waxwing in.".to_owned(),
            Self::TimedOut => {
                "Nobody came back from the browser, so Waxwing has stopped waiting. Begin again when you like."
                    .to_owned()
            }
            Self::GivenUp => "The sign-in in the browser was given up.".to_owned(),
            Self::OtherPerson { signed_in, wanted } => format!(
                "You signed in as {signed_in}, and this account is {wanted}. Choose the right person in the browser."
            ),
            Self::NotTaken {
                host,
                provider,
                username,
                ..
            } => format!(
                "{host} does not take the sign-in at {provider} as {username}. If you signed in as somebody else, choose {username} in the browser."
            ),
            Self::NoClient { provider } => format!(
                "{provider} lets in only mail programs that it knows, and this build of Waxwing has no client id for it."
            ),
        }
    }

    pub(crate) fn detail(&self) -> Option<String> {
        match self {
            Self::Ended { reason } | Self::Denied { reason } => Some(reason.clone()),
            Self::NotTaken { words, .. } => Some(words.clone()),
            _ => None,
        }
    }
}
