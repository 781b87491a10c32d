//! An IMAP server that answers NO, BAD, garbage, BYE or nothing at each step. The person reads a sentence, and with the
//! good server back everything is there once.

use std::sync::Arc;

use journeys::Held;
use waxwing_engine::Action;
use waxwing_model::{Account, Body, Change, Keyword, Keywords, Protocol, Role, SubmissionState};
use waxwing_testkit::{Stage, address, letters};

use super::Outcome;
use super::doors::{MISBEHAVIOURS, Misbehaviour, SUBJECTS, Spoiled};
use super::sentence::is_a_sentence;

/// The steps of a first synchronisation, by what the server hears.
pub const READING: [(&str, &str); 6] = [
    ("the greeting", ""),
    ("the sign-in", "AUTHENTICATE"),
    ("the list of folders", " LIST "),
    ("opening a folder", " SELECT "),
    ("the headers", "HEADER.FIELDS"),
    ("the bodies", "BODY.PEEK[])"),
];

/// What a person does that the server has to hear of.
pub const CHANGING: [(&str, &str); 2] = [("the mark", " STORE "), ("the move", " MOVE ")];

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_misbehaves_while_mail_is_fetched_is_told_of_and_nothing_is_lost() -> Outcome {
    let spoiled = Spoiled::start(&Arc::new(Stage::start()?), "lena", Protocol::Imap).await?;
    for (step, heard) in READING {
        let mut said = Vec::new();
        for misbehaviour in MISBEHAVIOURS {
            said.push(reading(&spoiled, step, heard, misbehaviour).await?);
        }
        said.sort();
        said.dedup();
        assert!(
            said.len() >= 3,
            "{step}: different failures, different sentences: {said:?}"
        );
    }
    spoiled.person.engine.check_store().await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_misbehaves_about_a_mark_or_a_move_gets_it_later_or_it_is_taken_back() -> Outcome {
    let spoiled = Spoiled::start(&Arc::new(Stage::start()?), "lena", Protocol::Imap).await?;
    for (step, heard) in CHANGING {
        for misbehaviour in MISBEHAVIOURS {
            changing(&spoiled, step, heard, misbehaviour).await?;
        }
    }
    spoiled.person.engine.check_store().await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_misbehaves_about_the_copy_in_sent_has_it_once_or_says_why_not() -> Outcome {
    let spoiled = Spoiled::start(&Arc::new(Stage::start()?), "lena", Protocol::Imap).await?;
    for misbehaviour in MISBEHAVIOURS {
        copying(&spoiled, misbehaviour).await?;
    }
    spoiled.person.engine.check_store().await?;
    Ok(())
}

/// A first synchronisation that goes wrong at one step. Gives what the person was told.
pub async fn reading(
    spoiled: &Spoiled,
    step: &str,
    heard: &str,
    misbehaviour: Misbehaviour,
) -> Outcome<String> {
    let case = format!("{misbehaviour:?} at {step}");
    let account = spoiled.account().await?;
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
    let held = spoiled.person.held(&account).await;
    assert!(
        held.len() <= SUBJECTS.len(),
        "{case}: nothing is there twice: {held:?}"
    );

    spoiled.proxy.clear();
    let report = spoiled.sync(&account).await;
    assert_eq!(report.errors, Vec::<String>::new(), "{case}: it is over");
    all_here(spoiled, &account, &case).await?;
    Ok(sentence)
}

/// What the sentence has to say.
fn told(misbehaviour: Misbehaviour, heard: &str) -> &'static [&'static str] {
    match (misbehaviour, heard) {
        (Misbehaviour::No | Misbehaviour::Bad | Misbehaviour::Bye, "") => &["closed for today"],
        (Misbehaviour::No | Misbehaviour::Bad, "AUTHENTICATE") => &[
            "does not accept this user name and password",
            "does not take this way of signing in",
        ],
        (Misbehaviour::No, _) => &["Not with me"],
        (Misbehaviour::Bad, _) => &["What is that?"],
        (Misbehaviour::Garbage, "") => &["A web server answers"],
        (Misbehaviour::Garbage, _) => &["cannot be understood"],
        (Misbehaviour::Bye, _) => &["Down for maintenance"],
        (Misbehaviour::HangUp, _) => &["closed the connection"],
        (Misbehaviour::Nothing, _) => &["stopped answering"],
    }
}

async fn all_here(spoiled: &Spoiled, account: &Account, case: &str) -> Outcome {
    let held = spoiled.person.held(account).await;
    assert_eq!(
        held,
        spoiled.on_server(),
        "{case}: the server and this computer hold the same"
    );
    let subjects: Vec<&str> = held.iter().map(|held| held.subject.as_str()).collect();
    assert_eq!(subjects, SUBJECTS, "{case}: each letter is there once");
    let inbox = spoiled.person.mailbox(Role::Inbox).await;
    let letters = spoiled.person.letters(&inbox).await;
    assert!(
        letters.iter().all(|email| email.body == Body::Complete),
        "{case}: each with its body"
    );
    Ok(())
}

/// A mark or a move that the server does not take as it should.
pub async fn changing(spoiled: &Spoiled, step: &str, heard: &str, misbehaviour: Misbehaviour) -> Outcome {
    let case = format!("{misbehaviour:?} at {step}");
    let account = spoiled.account().await?;
    let person = &spoiled.person;
    let report = spoiled.sync(&account).await;
    assert_eq!(report.errors, Vec::<String>::new(), "{case}: a good start");
    let letter = person.letter(Role::Inbox, "Buoy").await.ok_or("the letter")?;
    let archive = person.mailbox(Role::Archive).await;
    let action = match heard {
        " STORE " => Action::SetKeywords {
            emails: vec![letter.id],
            add: Keywords::only(Keyword::FLAGGED),
            remove: Keywords::none(),
        },
        _ => Action::Move {
            emails: vec![letter.id],
            to: archive.id,
        },
    };
    person.engine.perform(action).await?;
    let done_here = person.held(&account).await;

    let mut news = person.engine.changes();
    spoiled.spoil(heard, misbehaviour);
    let report = spoiled.sync(&account).await;
    let refused = matches!(misbehaviour, Misbehaviour::No | Misbehaviour::Bad);
    if refused {
        // The window hears of a refusal at once, and the rest of the account goes on.
        is_told(news.next().await, &case);
    } else {
        Spoiled::readable(&report, &case)?;
        assert_eq!(
            person.held(&account).await,
            done_here,
            "{case}: what was done here stays done"
        );
        assert!(
            person.engine.has_pending_operations(account.id).await?,
            "{case}: the server will hear of it"
        );
    }

    spoiled.proxy.clear();
    let report = spoiled.sync(&account).await;
    assert_eq!(report.errors, Vec::<String>::new(), "{case}: it is over");
    let held = person.held(&account).await;
    assert_eq!(held, spoiled.on_server(), "{case}: both hold the same");
    assert_eq!(
        held.len(),
        SUBJECTS.len(),
        "{case}: nothing lost, nothing doubled: {held:?}"
    );
    assert_eq!(
        held == done_here,
        !refused,
        "{case}: done, or taken back: {held:?}"
    );
    Ok(())
}

/// A letter that is sent, and whose copy the server does not take as it should.
pub async fn copying(spoiled: &Spoiled, misbehaviour: Misbehaviour) -> Outcome {
    let case = format!("{misbehaviour:?} at the copy");
    let account = spoiled.account().await?;
    let engine = &spoiled.person.engine;
    spoiled.sync(&account).await;
    // To oneself: everybody else may have a case of their own at the same time.
    let own = address(spoiled.who);
    let raw = letters::simple(&own, &own, "Departure", "Goodbye.");
    let submission = engine.send_message(&account, raw).await?;
    let sent = engine.deliver_now(&account, submission).await?;
    assert!(
        matches!(sent.state, SubmissionState::Sent { .. }),
        "{case}: {:?}",
        sent.state
    );

    let mut news = engine.changes();
    spoiled.spoil(" APPEND ", misbehaviour);
    let report = spoiled.sync(&account).await;
    let refused = matches!(misbehaviour, Misbehaviour::No | Misbehaviour::Bad);
    if refused {
        is_told(news.next().await, &case);
    } else {
        Spoiled::readable(&report, &case)?;
    }

    spoiled.proxy.clear();
    let report = spoiled.sync(&account).await;
    assert_eq!(report.errors, Vec::<String>::new(), "{case}: it is over");
    let sent = |mut held: Vec<Held>| {
        held.retain(|held| held.folder == "Sent");
        held
    };
    let copies = sent(spoiled.person.held(&account).await);
    assert_eq!(copies, sent(spoiled.on_server()), "{case}: both hold the same");
    assert_eq!(
        copies.len(),
        usize::from(!refused),
        "{case}: at most one copy: {copies:?}"
    );
    let outbox = engine.outbox().await?;
    assert!(
        outbox.iter().any(|letter| letter.id == submission),
        "{case}: the letter itself is still to be found in the outbox"
    );
    Ok(())
}

fn is_told(changes: Vec<Change>, case: &str) {
    let told = changes.iter().any(|change| {
        matches!(change, Change::Trouble { trouble, .. }
            if is_a_sentence(&trouble.sentence) && trouble.detail.is_some())
    });
    assert!(told, "{case}: the person is told: {changes:?}");
}
