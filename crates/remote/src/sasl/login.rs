//! LOGIN, which was never more than a draft: the user name behind one prompt, the password behind the next.
//!
//! The prompts differ from server to server; the order does not.

use std::collections::VecDeque;

use secrecy::ExposeSecret;

use super::{Mechanism, Secret, joined};
use crate::{Credentials, RemoteError};

pub(super) struct Login {
    messages: VecDeque<Secret>,
}

impl Login {
    pub(super) fn new(credentials: &Credentials) -> Self {
        Self {
            messages: VecDeque::from([
                joined(&[&credentials.username]),
                joined(&[credentials.password.expose_secret()]),
            ]),
        }
    }
}

impl Mechanism for Login {
    fn name(&self) -> &'static str {
        "LOGIN"
    }

    fn answer(&mut self, _challenge: &[u8]) -> Result<Option<Secret>, RemoteError> {
        Ok(self.messages.pop_front())
    }

    fn heeds_challenges(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_comes_first_then_the_password_then_nothing() {
        let mut login = Login::new(&Credentials {
            username: "lena".into(),
            password: "correct horse".into(),
        });
        assert!(login.initial().is_none(), "the server asks first");
        let mut answer = || login.answer(b"Password:").unwrap().map(|secret| secret.to_vec());
        assert_eq!(answer().as_deref(), Some(&b"lena"[..]));
        assert_eq!(answer().as_deref(), Some(&b"correct horse"[..]));
        assert_eq!(answer(), None, "a third question is not answered");
    }
}
