//! A token that is made fresh says nothing of which sign-in counts; and what no longer counts is taken back, and nothing else.

use std::path::Path;

use secrecy::ExposeSecret;

use super::*;
use crate::accounts::credentials::{Purpose, write_sealing};
use crate::accounts::{Counts, Door, Passwords, Trying};
use crate::oauth::kept::tests::{add_with, at, grant, grant_to};
use crate::oauth::seal_grant;
use crate::without_keyring::opened;

const LENA: &str = "lena@nordlicht.example";
const PASSPHRASE: &str = "a passphrase for tests";

async fn counts(engine: &Engine, account: AccountId) -> String {
    let grant = engine.grant(at(account)).await.expect("it can be read");
    grant.expect("there is one").access().expose_secret().to_owned()
}

fn sign_in(engine: &Engine, account: AccountId, grant: &Grant) {
    write_sealing(&engine.inner, |writing, seal| {
        seal_grant(writing, seal, at(account), grant)
    })
    .expect("it is kept");
}

async fn lost(engine: &Engine, before: Before) -> Vec<String> {
    let lost = engine.lost(before).await;
    let access = lost.iter().map(|grant| grant.access().expose_secret().to_owned());
    access.collect()
}

/// The kept sign-in is “the kept one”, and another one was typed without its key, which is back.
async fn two_at_once(profile: &Path, typed: &Grant) -> (Engine, AccountId) {
    let lena = opened(profile, Some(PASSPHRASE)).await;
    let account = add_with(&lena, LENA, &grant("the kept one"));
    lena.stop().await;
    drop(lena);
    let lena = opened(profile, None).await;
    lena.keep_secrets_this_run();
    sign_in(&lena, account, typed);
    lena.unlock_vault(PASSPHRASE.into()).await.expect("it opens");
    (lena, account)
}

#[tokio::test]
async fn a_token_made_fresh_stays_of_this_run_until_a_person_has_said_which_counts() {
    let disk = tempfile::tempdir().unwrap();
    let (lena, account) = two_at_once(disk.path(), &grant_to("another", "typed")).await;
    let (_, read) = lena
        .sealed_grant(at(account))
        .await
        .unwrap()
        .expect("there is one");
    lena.replace_grant(at(account), &grant_to("another", "made fresh"), read)
        .await
        .expect("it is kept");
    assert_eq!(counts(&lena, account).await, "made fresh");
    assert_eq!(lena.typed_for_this_run(), [account], "the question is still open");
    lena.settle_typed(account, Counts::Kept).await.expect("settled");
    assert_eq!(
        counts(&lena, account).await,
        "the kept one",
        "nothing was taken from it"
    );
}

#[tokio::test]
async fn the_newest_token_counts_where_the_typed_sign_in_does() {
    let disk = tempfile::tempdir().unwrap();
    let (lena, account) = two_at_once(disk.path(), &grant_to("another", "typed")).await;
    locked(&lena.inner.oauth.unkept).insert(at(account), grant_to("another", "could not be kept"));
    lena.settle_typed(account, Counts::Typed).await.expect("settled");
    assert_eq!(counts(&lena, account).await, "could not be kept");
    assert_eq!(lena.typed_for_this_run(), []);
}

#[tokio::test]
async fn of_two_at_once_the_one_that_loses_is_taken_back_unless_they_are_kin() {
    for (client, expected) in [("another", vec!["typed"]), ("lenas-own", vec![])] {
        let disk = tempfile::tempdir().unwrap();
        let (lena, account) = two_at_once(disk.path(), &grant_to(client, "typed")).await;
        let before = lena.granted_before(account).await;
        assert_eq!(before.granted.len(), 2);
        lena.inner.for_this_run.forget(account);
        assert_eq!(lost(&lena, before).await, expected, "{client}");
    }
}

#[tokio::test]
async fn a_password_that_counts_takes_back_the_kept_sign_in_only_where_it_replaces_it() {
    let disk = tempfile::tempdir().unwrap();
    let (lena, account) = two_at_once(disk.path(), &grant_to("another", "typed")).await;
    let before = lena.granted_before(account).await;
    let passwords = Passwords {
        incoming: Some("heron".into()),
        ..Passwords::default()
    };
    lena.sign_in_again(account, passwords, Trying::Never)
        .await
        .expect("it is kept");
    assert_eq!(lost(&lena, before).await, ["typed", "the kept one"]);
}

#[tokio::test]
async fn what_cannot_be_read_may_be_kin_of_what_is_replaced() {
    let disk = tempfile::tempdir().unwrap();
    let lena = opened(disk.path(), Some(PASSPHRASE)).await;
    let account = add_with(&lena, LENA, &grant("the kept one"));
    lena.stop().await;
    drop(lena);
    let lena = opened(disk.path(), None).await;
    lena.keep_secrets_this_run();
    sign_in(&lena, account, &grant_to("another", "typed"));
    let before = lena.granted_before(account).await;
    sign_in(&lena, account, &grant_to("a third", "typed later"));
    assert!(lost(&lena, before).await.is_empty());
}

#[tokio::test]
async fn an_account_that_goes_leaves_alone_its_kin_of_the_same_person() {
    for (email, client, stays) in [
        ("LENA@nordlicht.example", "lenas-own", true),
        (LENA, "another", false),
        ("jonas@nordlicht.example", "lenas-own", false),
    ] {
        let disk = tempfile::tempdir().unwrap();
        let lena = opened(disk.path(), Some(PASSPHRASE)).await;
        let account = add_with(&lena, LENA, &grant("hers"));
        add_with(&lena, email, &grant_to(client, "the other one"));
        let before = lena.granted_before(account).await;
        lena.inner
            .store
            .write(|writing| writing.remove_sealed_secret(account, &Purpose::Grant(Door::Incoming).to_text()))
            .expect("it is gone");
        assert_eq!(lost(&lena, before).await.is_empty(), stays, "{email} {client}");
    }
}
