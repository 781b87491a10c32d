//! What is heard of a letter after it was sent: reports of servers (RFC 3464) and the word of readers (RFC 8098).

use journeys::{Person, eventually, form};
use waxwing_engine::{About, Action, Look, ReceiptAnswer, SyncScope};
use waxwing_model::{Account, Asks, Fate, Protocol, Role, Submission};
use waxwing_testkit::{DovecotOptions, PostfixOptions, Stage};

use super::{Outcome, arrived, lena, letter_to, sent, state};

/// The letter once something was reported of it.
async fn reported(person: &Person, account: &Account, letter: &Submission) -> Submission {
    eventually("a report", || async {
        person.engine.sync_once(account, SyncScope::Everything).await;
        let letter = state(person, letter.id).await.ok()?;
        (!letter.reports.is_empty()).then_some(letter)
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_comes_back_is_told_of_where_it_was_sent() -> Outcome {
    // Postfix takes letters for somebody whom Dovecot does not know.
    let options = PostfixOptions {
        extra: "virtual_mailbox_maps = inline:{ lena@waxwing.test=x ghost@waxwing.test=x }".to_owned(),
        ..PostfixOptions::default()
    };
    let stage = Stage::start_with(&DovecotOptions::default(), &options)?;
    let (lena, account) = lena(&stage).await;
    lena.engine.sync_once(&account, SyncScope::Everything).await;
    let content = letter_to("ghost", "Into the blue", Asks::default());
    let letter = sent(&lena, &account, content).await?;
    let letter = reported(&lena, &account, &letter).await;
    let line = &letter.reports.first().ok_or("a line")?.line;
    assert_eq!(
        (line.recipient.as_str(), line.fate),
        ("ghost@waxwing.test", Fate::Failed),
        "{line:?}"
    );
    assert!(
        line.words.contains("550 5.1.1"),
        "in the server's words: {line:?}"
    );
    let copy = lena.letter(Role::Sent, "Into the blue").await.ok_or("the copy")?;
    let body = lena.engine.body(copy.id, Look::default()).await?;
    assert_eq!(body.reports, letter.reports, "the letter in Sent tells it too");
    let report = letter.reports.first().ok_or("a report")?.email;
    let body = lena.engine.body(report, Look::default()).await?;
    let reporting = body.reporting.ok_or("it is a report")?;
    assert_eq!(reporting.about, About::Sent("Into the blue".to_owned()));
    assert_eq!(reporting.lines, letter.reports, "the report tells the same");
    assert!(letter.reports.iter().all(|report| report.addressed));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_that_was_asked_for_tells_of_the_delivery() -> Outcome {
    let stage = Stage::start()?;
    let (lena, account) = lena(&stage).await;
    let asks = Asks {
        notices: true,
        ..Asks::default()
    };
    let letter = sent(&lena, &account, letter_to("jonas", "Did it arrive?", asks)).await?;
    let letter = reported(&lena, &account, &letter).await;
    let line = &letter.reports.first().ok_or("a line")?.line;
    assert_eq!(line.recipient, "jonas@waxwing.test");
    assert!(matches!(line.fate, Fate::Delivered | Fate::Relayed), "{line:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_is_sent_only_with_encryption_all_the_way_does_not_go_without_the_promise() -> Outcome {
    let stage = Stage::start()?;
    let (lena, account) = lena(&stage).await;
    let asks = Asks {
        encryption: true,
        ..Asks::default()
    };
    let draft = lena
        .engine
        .new_draft(Some(account.id), letter_to("jonas", "Secret", asks))
        .await?;
    let id = lena.engine.send(draft.id, 0).await?;
    let refused = lena.engine.deliver_now(&account, id).await?;
    let waxwing_model::SubmissionState::Failed {
        trouble,
        permanent: true,
    } = refused.state
    else {
        return Err(format!("{:?}", refused.state).into());
    };
    assert!(trouble.to_string().contains("REQUIRETLS"), "{trouble}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_is_given_only_when_the_person_says_so_and_once() -> Outcome {
    let stage = Stage::start()?;
    let (lena, account) = lena(&stage).await;
    let jonas = Person::new().await;
    let his = jonas.add_quietly(form(&stage, "jonas", Protocol::Imap)).await;
    let asks = Asks {
        receipt: true,
        ..Asks::default()
    };
    for (subject, answer) in [
        ("Read me", ReceiptAnswer::Give),
        ("Leave me", ReceiptAnswer::Decline),
    ] {
        let letter = sent(&lena, &account, letter_to("jonas", subject, asks)).await?;
        let text = arrived(&stage, "jonas", subject).await;
        assert!(
            text.contains("Disposition-Notification-To: <lena@waxwing.test>"),
            "{text}"
        );
        jonas.engine.sync_once(&his, SyncScope::Everything).await;
        let email = jonas.letter(Role::Inbox, subject).await.ok_or("it is here")?.id;
        let body = jonas.engine.body(email, Look::default()).await?;
        let askers: Vec<_> = body.receipt_to.iter().map(|asker| asker.email.as_str()).collect();
        assert_eq!(askers, ["lena@waxwing.test"], "he is asked");
        assert!(
            jonas
                .engine
                .outbox()
                .await?
                .iter()
                .all(|letter| !letter.subject.contains(subject))
        );

        let given = jonas.engine.answer_receipt(email, answer).await?;
        let body = jonas.engine.body(email, Look::default()).await?;
        assert!(body.receipt_to.is_empty(), "he is asked once");
        assert_eq!(given.is_some(), answer == ReceiptAnswer::Give);
        let twice = jonas.engine.answer_receipt(email, ReceiptAnswer::Give).await?;
        assert_eq!(twice, None, "and answers once");
        jonas.engine.sync_once(&his, SyncScope::Everything).await;
        if answer == ReceiptAnswer::Give {
            let letter = reported(&lena, &account, &letter).await;
            let line = &letter.reports.first().ok_or("a line")?.line;
            assert_eq!(
                (line.recipient.as_str(), line.fate),
                ("jonas@waxwing.test", Fate::Read)
            );
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_asked_for_a_receipt_in_a_folder_that_cannot_answer() -> Outcome {
    let stage = Stage::start()?;
    let (lena, account) = lena(&stage).await;
    let local = lena.engine.add_local_folders("Local Folders").await?;
    let raw = "From: amara@waxwing.test\r\nTo: lena@waxwing.test\r\nSubject: Read me\r\n\
        Message-ID: <read-me@waxwing.test>\r\nDisposition-Notification-To: <amara@waxwing.test>\r\n\r\nHello.\r\n";
    stage.dovecot.deliver("lena", "INBOX", raw.as_bytes())?;
    lena.engine.sync_once(&account, SyncScope::Everything).await;
    let letter = lena.letter(Role::Inbox, "Read me").await.ok_or("it is here")?;
    let body = lena.engine.body(letter.id, Look::default()).await?;
    assert_eq!(body.receipt_to.len(), 1, "an account can answer");
    let mailboxes = lena.engine.mailboxes().await?;
    let archive = mailboxes
        .into_iter()
        .find(|mailbox| mailbox.account == local && mailbox.role == Some(Role::Archive))
        .ok_or("a folder of this computer")?;
    let (emails, to) = (vec![letter.id], archive.id);
    lena.engine.perform(Action::Move { emails, to }).await?;
    lena.engine.sync_once(&account, SyncScope::Everything).await;
    let moved = lena
        .letters(&archive)
        .await
        .into_iter()
        .next()
        .ok_or("it is there")?;
    let body = lena.engine.body(moved.id, Look::default()).await?;
    assert!(body.receipt_to.is_empty(), "this computer cannot");
    assert_eq!(
        lena.engine.answer_receipt(moved.id, ReceiptAnswer::Give).await?,
        None
    );
    Ok(())
}
