//! What becomes of letters after Send: as whom they go, when, and what is heard of them later, through real servers.

mod identities;
mod invitations;
mod later;
mod reports;

use journeys::{Person, eventually, form};
use waxwing_model::{
    Account, Address, Asks, DraftContent, Protocol, Submission, SubmissionId, SubmissionState,
};
use waxwing_testkit::{Stage, address};

type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

/// lena with an account over IMAP in which nothing runs but what the test calls.
async fn lena(stage: &Stage) -> (Person, Account) {
    let lena = Person::new().await;
    let account = lena.add_quietly(form(stage, "lena", Protocol::Imap)).await;
    (lena, account)
}

fn letter_to(who: &str, subject: &str, asks: Asks) -> DraftContent {
    DraftContent {
        to: vec![Address::new("", address(who))],
        subject: subject.to_owned(),
        html: "<p>Hello.</p>".to_owned(),
        asks,
        ..DraftContent::default()
    }
}

/// Writes a letter and hands it over.
async fn sent(person: &Person, account: &Account, content: DraftContent) -> Outcome<Submission> {
    let draft = person.engine.new_draft(Some(account.id), content).await?;
    let id = person.engine.send(draft.id, 0).await?;
    let letter = person.engine.deliver_now(account, id).await?;
    assert!(
        matches!(letter.state, SubmissionState::Sent { .. }),
        "it was taken: {:?}",
        letter.state
    );
    Ok(letter)
}

/// The letter as a person finds it on the server.
async fn arrived(stage: &Stage, person: &str, subject: &str) -> String {
    eventually("the letter to arrive", || async {
        let letters = stage.dovecot.letters(person, "INBOX").ok()?;
        letters
            .iter()
            .map(|raw| String::from_utf8_lossy(raw).replace("\r\n", "\n"))
            .find(|text| text.contains(&format!("Subject: {subject}\n")))
    })
    .await
}

async fn state(person: &Person, id: SubmissionId) -> Outcome<Submission> {
    Ok(person.engine.submission(id).await?)
}
