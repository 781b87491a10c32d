//! A server's words without the secret in them: some repeat the command that they do not like, and neither a password
//! nor a token is a word for a window or a log.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use secrecy::{ExposeSecret, zeroize::Zeroizing};

use super::{oauth, plain};
use crate::Credentials;

/// The words without the secret, bare or in any message that holds it.
pub(crate) fn discreet(words: &str, credentials: &Credentials) -> String {
    let secret = credentials.password.expose_secret();
    if secret.is_empty() {
        return words.to_owned();
    }
    let encoded = |bytes: &[u8]| Zeroizing::new(STANDARD.encode(bytes));
    let mut shapes = vec![Zeroizing::new(secret.to_owned()), encoded(secret.as_bytes())];
    shapes.extend(plain::message(credentials).iter().map(|message| encoded(message)));
    shapes.extend(
        oauth::messages(credentials)
            .iter()
            .map(|message| encoded(message)),
    );
    // The longest first: a short one within it would break it up and leave the rest.
    shapes.sort_by_key(|shape| std::cmp::Reverse(shape.len()));
    shapes.iter().fold(words.to_owned(), |words, shape| {
        words.replace(shape.as_str(), "…")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Secret;

    #[test]
    fn no_shape_of_the_secret_is_left() {
        let mut credentials = Credentials {
            username: "lena".into(),
            password: "correct horse".into(),
        };
        let words = "no PASS correct horse, no AGxlbmEAY29ycmVjdCBob3JzZQ==, no Y29ycmVjdCBob3JzZQ==";
        assert_eq!(discreet(words, &credentials), "no PASS …, no …, no …");
        credentials.password = Secret::AccessToken("token".into());
        assert_eq!(
            discreet(
                "bad dXNlcj1sZW5hAWF1dGg9QmVhcmVyIHRva2VuAQE= of lena",
                &credentials
            ),
            "bad … of lena"
        );
        credentials.password = "".into();
        assert_eq!(discreet("no", &credentials), "no", "no secret is in no word");
    }
}
