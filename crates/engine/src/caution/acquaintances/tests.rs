//! Whom Lena knows, as letters come, are read and go, and as she writes from another address.

use waxwing_model::{AccountId, EmailId, Keywords, MailboxId, NewIdentity};

use super::*;
use crate::letters::ingest::{Circumstances, insert_whole};
use crate::without_keyring::{account, engine};

async fn receive(engine: &Engine, (account, inbox): (AccountId, MailboxId), from: &str, at: i64) -> EmailId {
    let raw = format!("From: {from}\r\nSubject: {at}\r\nMessage-ID: <{at}@made.example>\r\n\r\nhello\r\n");
    let put = engine.write(move |writing| {
        let circumstances = Circumstances {
            received_at: at,
            keywords: Keywords::none(),
            uid: None,
        };
        insert_whole(writing, account, inbox, raw.as_bytes(), circumstances)
    });
    put.await.expect("it comes")
}

async fn known(engine: &Engine) -> Vec<String> {
    let acquaintances = engine.acquaintances().await.expect("they are told");
    let people = acquaintances.people.iter();
    let mut known: Vec<String> = people.map(|person| person.address.email.clone()).collect();
    known.sort();
    known
}

#[tokio::test]
async fn they_are_read_once_and_anew_when_letters_came_or_went_or_the_person_is_somebody_else_too() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path()).await;
    let lena = account(&engine, "lena@harbour.example", false).await;
    let amara = receive(&engine, lena, "amara@lighthouse.example", 3_000).await;
    assert_eq!(
        known(&engine).await,
        ["amara@lighthouse.example", "lena@harbour.example"]
    );

    let first = engine.acquaintances().await.unwrap();
    engine
        .write(move |writing| writing.set_keywords(amara, &Keywords::only("$seen")))
        .await
        .unwrap();
    let after = engine.acquaintances().await.unwrap();
    assert!(
        Arc::ptr_eq(&first, &after),
        "a letter that was read makes nobody known"
    );

    let jonas = receive(&engine, lena, "jonas@harbour.example", 1_000).await;
    assert!(
        known(&engine).await.contains(&"jonas@harbour.example".to_owned()),
        "an older one that came later counts"
    );
    engine
        .write(move |writing| writing.remove_email(jonas))
        .await
        .unwrap();
    assert!(!known(&engine).await.contains(&"jonas@harbour.example".to_owned()));

    let shop = NewIdentity {
        email: "shop@lamps.example".into(),
        name: "Lena's shop".into(),
        ..NewIdentity::default()
    };
    engine
        .write(move |writing| writing.insert_identity(lena.0, &shop))
        .await
        .unwrap();
    assert!(known(&engine).await.contains(&"shop@lamps.example".to_owned()));
    let domains = &engine.acquaintances().await.unwrap().domains;
    assert!(domains.iter().any(|domain| domain.name == "lamps.example"));
}
