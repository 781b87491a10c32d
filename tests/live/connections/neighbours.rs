//! One account's trouble is no other's: beside a server that takes connections and never says a word, all goes on at its
//! own speed.

use journeys::{Person, deliver, eventually, form};
use waxwing_engine::Action;
use waxwing_model::{Account, Protocol, Role, SubmissionState};
use waxwing_testkit::{A_SECOND, Stage, address, letters, moments};

use super::switch::silence;
use super::{Outcome, in_step};

#[tokio::test(flavor = "multi_thread")]
async fn a_silent_server_slows_no_other_account_and_not_the_end_of_the_program() -> Outcome {
    let stage = Stage::start()?;
    let person = Person::new().await;
    // Five of them, so that one after the other takes far longer than all together, on a busy machine too.
    let silent_ones = [
        ("jonas", Protocol::Imap),
        ("amara", Protocol::Pop3),
        ("mira", Protocol::Imap),
        ("teo", Protocol::Pop3),
        ("ines", Protocol::Imap),
    ];
    for (who, protocol) in silent_ones {
        let mut silent = form(&stage, who, protocol);
        silent.incoming.port = silence().await?;
        silent.outgoing.port = silence().await?;
        let account = person.add_quietly(silent).await;
        let raw = letters::simple(&address(who), &address("lena"), "Never", "Hello.");
        person.engine.send_message(&account, raw).await?;
    }
    let lena = person.add_quietly(form(&stage, "lena", Protocol::Imap)).await;
    person.engine.start().await?;
    in_step(&person, lena.id).await;

    let (worked, passed) = moments(works(&stage, &person, &lena)).await;
    worked?;
    assert!(
        passed < 50 * A_SECOND,
        "as fast as alone, and sooner than any silence ends: {passed} moments"
    );

    let ((), passed) = moments(person.engine.stop()).await;
    assert!(
        passed < 40 * A_SECOND,
        "letters that are being handed over are waited for together, ten seconds for all: {passed} moments"
    );
    Ok(())
}

/// Lena gets letters, files each, and sends one.
async fn works(stage: &Stage, person: &Person, lena: &Account) -> Outcome {
    for round in 0..5 {
        let subject = format!("Letter {round}");
        deliver(&stage.dovecot, "lena", &subject);
        let mailboxes = person.engine.mailboxes().await?;
        let inbox = mailboxes
            .into_iter()
            .find(|mailbox| mailbox.account == lena.id && mailbox.role == Some(Role::Inbox))
            .ok_or("an inbox")?;
        let letter = eventually("the letter", || async {
            let letters = person.letters(&inbox).await;
            letters.into_iter().find(|email| email.subject == subject)
        })
        .await;
        person
            .engine
            .perform(Action::MoveToRole {
                emails: vec![letter.id],
                role: Role::Archive,
            })
            .await?;
        eventually("the server to hear of it", || async {
            let pending = person.engine.has_pending_operations(lena.id).await.ok()?;
            (!pending).then_some(())
        })
        .await;
    }
    let raw = letters::simple(&lena.email, &address("jonas"), "Goes", "Hello.");
    let submission = person.engine.send_message(lena, raw).await?;
    eventually("the letter to be sent", || async {
        let state = person.engine.submission(submission).await.ok()?.state;
        matches!(state, SubmissionState::Sent { .. }).then_some(())
    })
    .await;
    Ok(())
}
