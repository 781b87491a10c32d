//! PLAIN (RFC 4616): the user name and the password, in one message.

use secrecy::ExposeSecret;

use super::{DOING, Mechanism, Secret, joined};
use crate::{Credentials, RemoteError};

pub(super) struct Plain {
    message: Secret,
}

impl Plain {
    pub(super) fn new(credentials: &Credentials) -> Result<Self, RemoteError> {
        Ok(Self {
            message: message(credentials)?,
        })
    }
}

/// Nobody to act for, the user name, the password. The server would take what stands behind a NUL for another field.
pub(super) fn message(credentials: &Credentials) -> Result<Secret, RemoteError> {
    let (username, password) = (
        credentials.username.as_str(),
        credentials.password.expose_secret(),
    );
    if username.contains('\0') || password.contains('\0') {
        return Err(RemoteError::refused(
            DOING,
            "NUL cannot be part of a user name or password",
        ));
    }
    Ok(joined(&["\0", username, "\0", password]))
}

impl Mechanism for Plain {
    fn name(&self) -> &'static str {
        "PLAIN"
    }

    fn initial(&mut self) -> Option<Secret> {
        Some(self.message.clone())
    }

    fn answer(&mut self, _challenge: &[u8]) -> Result<Option<Secret>, RemoteError> {
        Ok(None)
    }

    fn heeds_challenges(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn credentials(username: &str) -> Credentials {
        Credentials {
            username: username.into(),
            password: "correct horse".into(),
        }
    }

    #[test]
    fn plain_is_what_rfc_4616_says() {
        let mut plain = Plain::new(&credentials("lena")).unwrap();
        assert_eq!(plain.initial().unwrap().as_slice(), b"\0lena\0correct horse");
        assert!(plain.answer(b"more?").unwrap().is_none(), "there is nothing more");
    }

    #[test]
    fn a_nul_cannot_move_the_border_between_name_and_password() {
        assert!(
            Plain::new(&credentials("lena\0amara")).is_err(),
            "the server would take amara for the password's owner"
        );
    }
}
