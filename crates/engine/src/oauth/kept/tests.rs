//! A token that was made fresh stands where the old one stood, whatever became of the key meanwhile.

use secrecy::ExposeSecret;
use waxwing_model::{AccountId, NewAccount, Protocol, Security};
use waxwing_remote::discover::Surroundings;

use super::*;
use crate::lena;
use crate::without_keyring::opened;

const ISSUER: &str = "https://login.nordlicht.example";

/// Where a sign-in stands that is for incoming mail.
pub(in crate::oauth) fn at(account: AccountId) -> Place {
    (account, Door::Incoming)
}

pub(in crate::oauth) fn grant(access: &str) -> Grant {
    grant_to("lenas-own", access)
}

/// To a program of its own.
pub(in crate::oauth) fn grant_to(client: &str, access: &str) -> Grant {
    let text = json!({
        "provider": "Nordlicht", "issuer": ISSUER, "token": "https://login.nordlicht.example/token",
        "client": client, "own_client": true, "hosts": ["imap.nordlicht.example"],
        "refresh": "the-refresh-token", "access": access,
    });
    Grant::from_text(&text.to_string().into()).expect("it is one")
}

fn server(host: &str, port: u16, username: &str) -> Option<ServerSettings> {
    Some(ServerSettings {
        host: host.into(),
        port,
        security: Security::Tls,
        username: username.into(),
        authentication: Authentication::Auto,
    })
}

fn add(engine: &Engine) -> AccountId {
    add_with(engine, "lena@nordlicht.example", &grant("the first"))
}

pub(in crate::oauth) fn add_with(engine: &Engine, email: &str, grant: &Grant) -> AccountId {
    let account = NewAccount {
        email: email.into(),
        incoming: server("imap.nordlicht.example", 993, email),
        outgoing: server("smtp.nordlicht.example", 465, email),
        ..lena::account(Protocol::Imap)
    };
    write_sealing(&engine.inner, |writing, seal| {
        let account = writing.insert_account(&account)?;
        seal_grant(writing, seal, at(account), grant)?;
        Ok(account)
    })
    .expect("she is there")
}

/// What the store has, whatever is in memory.
async fn written(engine: &Engine, account: AccountId) -> String {
    let sealed = engine.sealed(at(account)).await.unwrap().expect("there is one");
    let grant = engine.opened(at(account), sealed).await.unwrap();
    grant.access().expose_secret().to_owned()
}

fn spoil(engine: &Engine, account: AccountId) {
    let kept = engine.inner.store.write(|writing| {
        writing.put_sealed_secret(
            account,
            &Purpose::Grant(Door::Incoming).to_text(),
            b"of another key",
        )
    });
    kept.expect("it is written");
}

#[tokio::test]
async fn what_could_not_be_kept_is_written_by_the_next_who_asks_and_at_the_latest_at_the_end() {
    let disk = tempfile::tempdir().unwrap();
    let lena = opened(disk.path(), Some("a passphrase for tests")).await;
    let account = add(&lena);
    let unkept = |engine: &Engine, access: &str| {
        locked(&engine.inner.oauth.unkept).insert(at(account), grant(access));
    };
    unkept(&lena, "the second");
    let (found, _) = lena
        .sealed_grant(at(account))
        .await
        .unwrap()
        .expect("there is one");
    assert_eq!(found.access().expose_secret(), "the second");
    assert_eq!(
        written(&lena, account).await,
        "the second",
        "and it is on the disk"
    );
    assert!(lena.unkept(at(account)).is_none(), "nothing is left to do");

    unkept(&lena, "the third");
    lena.stop().await;
    assert_eq!(
        written(&lena, account).await,
        "the third",
        "nobody asked, and it went to the disk at the end"
    );
    drop(lena);

    let shut = opened(disk.path(), None).await;
    unkept(&shut, "the fourth");
    let (found, _) = shut
        .sealed_grant(at(account))
        .await
        .unwrap()
        .expect("there is one");
    assert_eq!(
        found.access().expose_secret(),
        "the fourth",
        "a vault that is shut keeps nobody from what is in memory"
    );
    assert!(shut.unkept(at(account)).is_some(), "it waits for the vault");
}

#[tokio::test]
async fn a_sign_in_whose_key_is_gone_can_be_begun_again() {
    let disk = tempfile::tempdir().unwrap();
    let lena = opened(disk.path(), Some("a passphrase for tests")).await;
    let account = add(&lena);
    spoil(&lena, account);
    assert!(
        matches!(lena.grant(at(account)).await, Err(EngineError::Vault(_))),
        "nothing is made of it for a server"
    );
    let known = lena.known_sign_in(at(account)).await.unwrap();
    assert_eq!(known.issuer.as_deref(), Some(ISSUER));
    assert_eq!(known.client.map(|client| client.id).as_deref(), Some("lenas-own"));
    let offer = lena.sign_in_offer_again(account, Door::Incoming).await.unwrap();
    assert!(
        offer.expect("the provider is known by its issuer alone").ready,
        "and so is her client id"
    );

    let provider = json!({
        "name": "Nordlicht", "hosts": ["imap.nordlicht.example", "smtp.nordlicht.example"],
        "issuer": ISSUER, "scopes": ["mail"],
        "authorization": "https://login.nordlicht.example/authorize",
        "token": "https://login.nordlicht.example/token",
    });
    lena.search_in(Surroundings::system().with_providers(&[provider]));
    let begun = lena
        .begin_sign_in_again(account, Door::Incoming, None)
        .await
        .expect("it begins");
    assert!(begun.address.contains("client_id=lenas-own"), "{}", begun.address);
    lena.give_up_sign_in(begun.id);

    lena.remove_account(account).await.unwrap();
    assert_eq!(
        lena.setting(&known_of(at(account))).await.unwrap(),
        None,
        "what is known of her goes with her"
    );
}

#[test]
fn what_stands_beside_a_sign_in_is_no_secret() {
    let noted = Known::noted(&grant("the-access-token"));
    assert!(
        noted.contains(ISSUER) && noted.contains("lenas-own") && !noted.contains("token"),
        "{noted}"
    );
    let mut with_secret = grant("x");
    with_secret.client = Client::new("lenas-own", Some("no-secret")).expect("it is one");
    let noted = Known::noted(&with_secret);
    assert!(!noted.contains("no-secret"), "{noted}");
    assert!(
        Known::read(&noted).client.is_none(),
        "a client id is of no use without its secret"
    );
    for bad in ["", "[]", "{}", "7"] {
        let read = Known::read(bad);
        assert!(read.issuer.is_none() && read.client.is_none(), "{bad}");
    }
}
