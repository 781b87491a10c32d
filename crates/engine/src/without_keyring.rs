//! An engine for tests of its insides: on a profile of its own, without the keyring of whoever runs them.

use std::path::Path;

use secrecy::SecretString;

use crate::engine::{Engine, EngineOptions, KeyringUse};

/// One whose vault opens by itself.
pub(crate) async fn engine(profile: &Path) -> Engine {
    opened(profile, Some("a passphrase for tests")).await
}

/// One whose vault opens by this, or stays closed.
pub(crate) async fn opened(profile: &Path, passphrase: Option<&str>) -> Engine {
    let options = EngineOptions {
        profile: profile.to_owned(),
        keyring: KeyringUse::Never,
        passphrase: passphrase.map(SecretString::from),
    };
    Engine::open(options).await.expect("the engine opens")
}
