//! An engine for tests of its insides: on a profile of its own, without the keyring of whoever runs them.

use std::path::Path;

use secrecy::SecretString;
use waxwing_model::{AccountId, MailboxId, NewAccount, Protocol, Role};

use crate::engine::{Engine, EngineOptions, KeyringUse};
use crate::lena;

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

/// Lena's account of this computer, and its inbox.
pub(crate) async fn inbox(engine: &Engine) -> (AccountId, MailboxId) {
    let put = engine.write(|writing| {
        let account = writing.insert_account(&lena::account(Protocol::Local))?;
        let mailbox = writing.insert_mailbox(&lena::mailbox(account, "Inbox", Role::Inbox))?;
        Ok((account, mailbox))
    });
    put.await.expect("an inbox")
}

/// An account of Lena's at another address, with an inbox, that can send (and delivers to itself, as the demo mailbox does) or not.
pub(crate) async fn account(engine: &Engine, email: &'static str, sends: bool) -> (AccountId, MailboxId) {
    let put = engine.write(move |writing| {
        let account = writing.insert_account(&NewAccount {
            email: email.into(),
            demo: sends,
            ..lena::account(Protocol::Local)
        })?;
        let inbox = writing.insert_mailbox(&lena::mailbox(account, "Inbox", Role::Inbox))?;
        Ok((account, inbox))
    });
    put.await.expect("an account")
}
