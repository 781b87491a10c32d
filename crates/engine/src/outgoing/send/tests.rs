//! As whom a message goes that was made elsewhere.

use waxwing_model::{NewAccount, NewIdentity, Protocol};

use super::*;
use crate::lena;
use crate::without_keyring::engine;

/// An account that can send and never does.
async fn account(engine: &Engine, email: &'static str) -> Account {
    let new = NewAccount {
        email: email.into(),
        // The demo mailbox delivers to itself.
        demo: true,
        ..lena::account(Protocol::Local)
    };
    let account = engine.write(move |writing| writing.insert_account(&new)).await;
    engine.account(account.unwrap()).await.unwrap()
}

fn message(from: &str) -> Vec<u8> {
    format!("From: {from}\r\nTo: jonas@harbour.example\r\nSubject: Quay\r\n\r\nhello\r\n").into_bytes()
}

#[tokio::test]
async fn a_ready_message_goes_as_the_identity_with_its_exact_address() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path()).await;
    let lena = account(&engine, "lena@harbour.example").await;
    let shop = NewIdentity {
        email: "lena+shop@harbour.example".into(),
        name: "Lena's shop".into(),
        ..NewIdentity::default()
    };
    let of = lena.id;
    let shop = engine
        .write(move |writing| writing.insert_identity(of, &shop))
        .await
        .unwrap();
    let usual = engine.usual_identity(lena.id).await.unwrap().id;
    for (from, identity) in [
        ("Shop <LENA+shop@harbour.example>", Some(shop)),
        ("lena@harbour.example", Some(usual)),
        ("lena+other@harbour.example", Some(usual)),
        ("mika@perala.example", None),
    ] {
        let sent = engine.send_message(&lena, message(from)).await.unwrap();
        let sent = engine.submission(sent).await.unwrap();
        assert_eq!(sent.wishes.identity, identity, "{from}");
    }
    engine.stop().await;
}

#[tokio::test]
async fn a_ready_message_is_of_the_account_with_its_exact_address() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path()).await;
    let lena = account(&engine, "lena@harbour.example").await;
    let shop = account(&engine, "lena+shop@harbour.example").await;
    for (from, owner) in [
        ("lena@harbour.example", &lena),
        ("lena+shop@harbour.example", &shop),
        ("lena+other@harbour.example", &lena),
    ] {
        let found = engine.sender_of(&message(from)).await.unwrap();
        assert_eq!(found.id, owner.id, "{from}");
    }
    assert!(engine.sender_of(&message("mika@perala.example")).await.is_err());
    engine.stop().await;
}
