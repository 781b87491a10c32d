//! What POP3 and SMTP say to prove who the person is: SASL PLAIN (RFC 4616) and the LOGIN that was never more than a
//! draft.
//!
//! Not here: which of them is used, and the commands around them. Each text is wiped when it is dropped.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use secrecy::{ExposeSecret, zeroize::Zeroizing};

use crate::{Credentials, RemoteError};

/// The one message of PLAIN, in base64: nobody to act for, the user name, the password.
pub(crate) fn plain(credentials: &Credentials) -> Result<Zeroizing<String>, RemoteError> {
    let (username, password) = (&credentials.username, credentials.password.expose_secret());
    if username.contains('\0') || password.contains('\0') {
        return Err(RemoteError::refused(
            "signing in",
            "NUL cannot be part of a user name or password",
        ));
    }
    Ok(encoded(&Zeroizing::new(format!("\0{username}\0{password}"))))
}

/// The two messages of LOGIN, in base64.
pub(crate) fn login(credentials: &Credentials) -> [Zeroizing<String>; 2] {
    [
        encoded(&credentials.username),
        encoded(credentials.password.expose_secret()),
    ]
}

fn encoded(text: &str) -> Zeroizing<String> {
    Zeroizing::new(STANDARD.encode(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_is_what_rfc_4616_says() {
        let credentials = Credentials {
            username: "lena".into(),
            password: "correct horse".into(),
        };
        let text = STANDARD.decode(plain(&credentials).unwrap().as_bytes()).unwrap();
        assert_eq!(text, b"\0lena\0correct horse");
    }

    #[test]
    fn a_nul_cannot_move_the_border_between_name_and_password() {
        let credentials = Credentials {
            username: "lena\0amara".into(),
            password: "x".into(),
        };
        assert!(
            plain(&credentials).is_err(),
            "the server would take amara for the password's owner"
        );
    }
}
