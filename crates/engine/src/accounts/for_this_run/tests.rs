//! A password that is typed without the key of the kept one takes nothing from it, until a person says so.

use std::path::Path;

use secrecy::ExposeSecret;
use waxwing_model::{Authentication, Keeping, Protocol, Retention, Security, ServerSettings};

use super::*;
use crate::accounts::{AccountForm, Door, Passwords, Trying};
use crate::without_keyring::opened;

const PASSPHRASE: &str = "the usual one";

fn server(port: u16) -> ServerSettings {
    ServerSettings {
        host: "localhost".into(),
        port,
        security: Security::Tls,
        username: "lena".into(),
        authentication: Authentication::Auto,
    }
}

/// The engine of a first run, closed again, has kept “heron”.
async fn kept_heron(profile: &Path) -> AccountId {
    let lena = opened(profile, Some(PASSPHRASE)).await;
    let account = lena
        .add_account_unchecked(AccountForm {
            name: "Lena".into(),
            email: "lena@waxwing.test".into(),
            password: "heron".into(),
            signed_in: None,
            outgoing_password: None,
            outgoing_signed_in: None,
            protocol: Protocol::Imap,
            incoming: server(9),
            outgoing: server(9),
            retention: Retention::Keep,
            keeping: Keeping::default(),
            extra_ca: None,
            accepted: Vec::new(),
            allow_plain: false,
        })
        .await
        .expect("it is kept");
    lena.stop().await;
    account
}

async fn shown(engine: &Engine, account: AccountId) -> String {
    let known = engine
        .known_credentials(account, &server(9), Door::Incoming)
        .await;
    known.expect("a password").password.expose_secret().to_owned()
}

async fn type_egret(engine: &Engine, account: AccountId) {
    let typed = Passwords {
        incoming: Some("egret".into()),
        ..Passwords::default()
    };
    engine
        .sign_in_again(account, typed, Trying::Never)
        .await
        .expect("it is kept untried");
}

#[tokio::test]
async fn what_is_typed_without_the_key_is_used_in_this_run_and_the_kept_one_is_there_in_the_next() {
    let folder = tempfile::tempdir().expect("a folder");
    let account = kept_heron(folder.path()).await;
    let lena = opened(folder.path(), None).await;
    lena.keep_secrets_this_run();
    assert!(
        lena.known_credentials(account, &server(9), Door::Incoming)
            .await
            .is_err(),
        "its key is not here"
    );
    type_egret(&lena, account).await;
    assert_eq!(shown(&lena, account).await, "egret");
    assert_eq!(lena.typed_for_this_run(), [account]);
    let refused = lena.settle_typed(account, Counts::Typed).await;
    assert!(refused.is_err(), "nothing is replaced without its key");
    lena.stop().await;
    drop(lena);
    let next = opened(folder.path(), Some(PASSPHRASE)).await;
    assert_eq!(shown(&next, account).await, "heron", "nothing was taken from it");
}

#[tokio::test]
async fn when_the_key_is_back_a_person_says_which_of_the_two_counts() {
    let folder = tempfile::tempdir().expect("a folder");
    let account = kept_heron(folder.path()).await;
    for (counts, from_now_on) in [(Counts::Kept, "heron"), (Counts::Typed, "egret")] {
        let lena = opened(folder.path(), None).await;
        lena.keep_secrets_this_run();
        type_egret(&lena, account).await;
        lena.unlock_vault(PASSPHRASE.into()).await.expect("it opens");
        assert_eq!(shown(&lena, account).await, "egret", "the run goes on as it was");
        assert_eq!(lena.typed_for_this_run(), [account], "and the question is open");
        lena.settle_typed(account, counts).await.expect("it is settled");
        assert_eq!(shown(&lena, account).await, from_now_on, "{counts:?}");
        assert!(lena.typed_for_this_run().is_empty());
        lena.stop().await;
        drop(lena);
        let next = opened(folder.path(), Some(PASSPHRASE)).await;
        assert_eq!(
            shown(&next, account).await,
            from_now_on,
            "{counts:?} in the next run"
        );
        next.stop().await;
    }
}

#[tokio::test]
async fn behind_another_key_that_is_chosen_for_good_the_typed_one_counts() {
    let folder = tempfile::tempdir().expect("a folder");
    let account = kept_heron(folder.path()).await;
    let lena = opened(folder.path(), None).await;
    lena.keep_secrets_this_run();
    type_egret(&lena, account).await;
    lena.forget_passphrase().await.expect("it is given up");
    lena.unlock_vault("another one".into())
        .await
        .expect("it is chosen");
    assert!(
        lena.typed_for_this_run().is_empty(),
        "nobody can open the other one any more"
    );
    lena.stop().await;
    drop(lena);
    let next = opened(folder.path(), Some("another one")).await;
    assert_eq!(shown(&next, account).await, "egret");
}

#[tokio::test]
async fn a_password_that_is_typed_with_the_key_is_the_only_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let account = kept_heron(folder.path()).await;
    let lena = opened(folder.path(), None).await;
    lena.keep_secrets_this_run();
    type_egret(&lena, account).await;
    lena.unlock_vault(PASSPHRASE.into()).await.expect("it opens");
    type_egret(&lena, account).await;
    assert_eq!(lena.typed_for_this_run(), [], "there are not two any more");
    assert_eq!(shown(&lena, account).await, "egret");
}
