//! What is shown to a server that is tried, and what its refusal means: a password that is wrong, or perhaps a sign-in in the browser
//! as somebody else.

use std::sync::Arc;

use secrecy::SecretString;
use waxwing_model::ServerSettings;
use waxwing_remote::oauth::{Grant, SignInError};
use waxwing_remote::{Credentials, RemoteError};

use super::credentials::{again, credentials, with_token};
use crate::error::EngineError;

pub(crate) enum Shown {
    Password(SecretString),
    /// What was just granted in the browser.
    Grant(Arc<Grant>),
    /// What is kept for this server.
    Kept(Credentials),
}

impl Shown {
    pub(super) fn to(&self, server: &ServerSettings) -> Credentials {
        match self {
            Self::Password(password) => credentials(server, again(password)),
            Self::Grant(grant) => with_token(server, grant),
            Self::Kept(credentials) => credentials.clone(),
        }
    }

    /// A token that is refused the moment it was given out is hardly too old. Where the provider does not say who signed in, this is
    /// how a sign-in as somebody else is noticed.
    pub(super) fn told(&self, server: &ServerSettings, error: RemoteError) -> EngineError {
        match (self, &error) {
            (
                Self::Grant(grant),
                RemoteError::TokenRefused { reason: words }
                | RemoteError::AuthenticationFailed { reply: words },
            ) => {
                let not_taken = SignInError::NotTaken {
                    host: server.host.clone(),
                    provider: grant.provider.clone(),
                    username: server.username.clone(),
                    words: words.clone(),
                };
                RemoteError::from(not_taken).into()
            }
            _ => error.into(),
        }
    }
}
