//! Who signs in: a user name, and the secret that proves it.
//!
//! Not here: where the secret is kept (that is the vault's), and how it is shown to a server (`sasl`).

use secrecy::{ExposeSecret, SecretString};

/// Who signs in.
#[derive(Debug, Clone)]
pub struct Credentials {
    pub username: String,
    /// The password, or what a provider gives out in its place.
    pub password: Secret,
}

/// What proves that a person is who they say.
#[derive(Debug, Clone)]
pub enum Secret {
    Password(SecretString),
    /// A token of OAuth 2.0 (RFC 6750): good for an hour or so, and for this service alone. It is shown only to
    /// mechanisms made for it, and only through TLS.
    AccessToken(SecretString),
}

impl ExposeSecret<str> for Secret {
    fn expose_secret(&self) -> &str {
        match self {
            Self::Password(secret) | Self::AccessToken(secret) => secret.expose_secret(),
        }
    }
}

/// A bare text is a password.
impl From<SecretString> for Secret {
    fn from(password: SecretString) -> Self {
        Self::Password(password)
    }
}

impl From<String> for Secret {
    fn from(password: String) -> Self {
        Self::Password(password.into())
    }
}

impl From<&str> for Secret {
    fn from(password: &str) -> Self {
        Self::Password(password.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_a_password_nor_a_token_is_in_the_debug_text() {
        for secret in [
            Secret::from("correct horse"),
            Secret::AccessToken("correct horse".into()),
        ] {
            let credentials = Credentials {
                username: "lena".into(),
                password: secret,
            };
            assert!(
                !format!("{credentials:?}").contains("horse"),
                "logs are read by others"
            );
        }
    }
}
