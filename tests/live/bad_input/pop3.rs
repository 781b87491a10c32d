//! A POP3 server that refuses, talks nonsense, hangs up or falls silent at each step. The person reads a sentence; with
//! the good server back everything is there once, and nothing left the server before it was safely here.

use std::sync::Arc;

use waxwing_model::{Account, Body, Protocol, Retention, Role};
use waxwing_testkit::Stage;

use super::Outcome;
use super::doors::{MISBEHAVIOURS, Misbehaviour, SUBJECTS, Spoiled};

/// The steps of a look at the maildrop, by what the server hears. The engine does not ask STAT: LIST tells more.
pub const STEPS: [(&str, &str); 7] = [
    ("the greeting", ""),
    ("the sign-in", "AUTH "),
    ("the list", "LIST"),
    ("the names", "UIDL"),
    ("a letter", "RETR 1"),
    ("a removal", "DELE 1"),
    ("the goodbye", "QUIT"),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_maildrop_that_misbehaves_is_told_of_and_its_letters_come_once() -> Outcome {
    let spoiled = Spoiled::start(&Arc::new(Stage::start()?), "lena", Protocol::Pop3).await?;
    for (step, heard) in STEPS {
        for misbehaviour in MISBEHAVIOURS {
            looking(&spoiled, step, heard, misbehaviour).await?;
        }
    }
    spoiled.person.engine.check_store().await?;
    Ok(())
}

/// A look at the maildrop that goes wrong at one step, and a second one that does not.
pub async fn looking(spoiled: &Spoiled, step: &str, heard: &str, misbehaviour: Misbehaviour) -> Outcome {
    let case = format!("{misbehaviour:?} at {step}");
    let account = spoiled.account().await?;
    let person = &spoiled.person;
    person
        .engine
        .set_retention(account.id, Retention::RemoveAfterDownload)
        .await?;
    let account = person.account(account.id).await;
    spoiled.spoil(heard, misbehaviour);
    let report = spoiled.sync(&account).await;
    Spoiled::readable(&report, &case)?;
    let sentence = report.errors.join(" ");
    assert!(
        told(misbehaviour, heard)
            .iter()
            .any(|words| sentence.contains(words)),
        "{case}: the sentence says what happened: {sentence}"
    );
    nowhere_missing(spoiled, &account, &case).await;

    spoiled.proxy.clear();
    let report = spoiled.sync(&account).await;
    assert_eq!(report.errors, Vec::<String>::new(), "{case}: it is over");
    let inbox = person.mailbox(Role::Inbox).await;
    let letters = person.letters(&inbox).await;
    let mut subjects: Vec<&str> = letters.iter().map(|email| email.subject.as_str()).collect();
    subjects.sort_unstable();
    assert_eq!(subjects, SUBJECTS, "{case}: each letter came once");
    assert!(
        letters.iter().all(|email| email.body == Body::Complete),
        "{case}: and whole"
    );
    assert_eq!(
        spoiled.on_server(),
        [],
        "{case}: and the server's copies went, as the person wants it"
    );
    Ok(())
}

fn told(misbehaviour: Misbehaviour, heard: &str) -> &'static [&'static str] {
    match (misbehaviour, heard) {
        (Misbehaviour::No | Misbehaviour::Bad | Misbehaviour::Bye, "") => &["not today", "closed"],
        (Misbehaviour::No, _) => &["Not with me"],
        (Misbehaviour::Bad, _) => &["Later, perhaps"],
        (Misbehaviour::Garbage, "") => &["A web server answers"],
        (Misbehaviour::Garbage, _) => &["cannot be understood"],
        (Misbehaviour::Bye | Misbehaviour::HangUp, _) => &["closed the connection"],
        (Misbehaviour::Nothing, _) => &["stopped answering"],
    }
}

/// Whatever went wrong, each letter is on the server or here, and here at most once.
async fn nowhere_missing(spoiled: &Spoiled, account: &Account, case: &str) {
    let there = spoiled.on_server();
    let here = spoiled.person.held(account).await;
    for subject in SUBJECTS {
        let copies_here = here.iter().filter(|held| held.subject == subject).count();
        let copies_there = there.iter().filter(|held| held.subject == subject).count();
        assert!(copies_here <= 1, "{case}: “{subject}” is here twice");
        assert!(
            copies_here + copies_there >= 1,
            "{case}: “{subject}” is nowhere: {there:?} {here:?}"
        );
    }
}
