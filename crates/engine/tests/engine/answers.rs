//! Answers to letters of the demo mailbox, without any server.

use secrecy::SecretString;
use time::{OffsetDateTime, UtcOffset};
use waxwing_engine::{Engine, EngineOptions, KeyringUse};
use waxwing_model::ResponseKind;

#[tokio::test]
async fn an_answer_tells_the_time_of_the_person_and_not_that_of_the_sender() {
    let folder = tempfile::tempdir().unwrap();
    let engine = Engine::open(EngineOptions {
        profile: folder.path().to_owned(),
        keyring: KeyringUse::Never,
        passphrase: Some(SecretString::from("a passphrase for tests")),
    })
    .await
    .unwrap();
    engine.add_demo().await.unwrap();
    // The sender's clock is an hour ahead of Greenwich, the test's is wherever the test runs.
    let letters = engine.search("subject:lighthouse from:amara", 50).await.unwrap();
    let letter = letters
        .iter()
        .find(|letter| letter.subject.starts_with("Re: Lighthouse"))
        .expect("amara has answered");
    let sent =
        OffsetDateTime::from_unix_timestamp(letter.sent_at.unwrap_or(letter.received_at) / 1000).unwrap();
    let here = sent.to_offset(UtcOffset::local_offset_at(sent).unwrap());
    let clock = format!("at {:02}:{:02}, Amara", here.hour(), here.minute());
    let draft = engine.respond(letter.id, ResponseKind::Reply).await.unwrap();
    assert!(
        draft.content.html.contains(&clock),
        "“{clock}” is in {}",
        draft.content.html
    );
    engine.stop().await;
}
