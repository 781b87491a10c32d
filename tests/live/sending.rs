//! A letter from the composer to another person's inbox, through real servers.

use std::time::Duration;

use journeys::{Person, deliver, eventually, form, server};
use waxwing_engine::SyncScope;
use waxwing_model::{
    Address, Change, DraftContent, Keyword, Listing, ListingFilter, ListingGrouping, ListingOrder,
    ListingSource, MailboxId, Protocol, ResponseKind, Role, Security, SubmissionState, TroubleKind,
};
use waxwing_testkit::{Stage, address};

type Outcome = Result<(), Box<dyn std::error::Error>>;

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_with_an_attachment_arrives_and_its_copy_is_in_sent() -> Outcome {
    let stage = Stage::start()?;
    deliver(&stage.dovecot, "lena", "Final drawings");
    let lena = Person::new().await;
    let jonas = Person::new().await;
    let account = lena.add(form(&stage, "lena", Protocol::Imap)).await;
    jonas.add(form(&stage, "jonas", Protocol::Pop3)).await;
    let letter = eventually("the letter to answer", || {
        lena.letter(Role::Inbox, "Final drawings")
    })
    .await;

    let draft = lena.engine.respond(letter.id, ResponseKind::Reply).await?;
    assert_eq!(draft.content.subject, "Re: Final drawings");
    let content = DraftContent {
        to: vec![Address::new("Jonas", address("jonas"))],
        bcc: vec![Address::new("", address("mira"))],
        html: "<p>The survey is attached.</p><script>alert(1)</script>".into(),
        ..draft.content.clone()
    };
    lena.engine.save_draft(draft.id, account.id, content).await?;
    lena.engine
        .attach(
            draft.id,
            "survey.pdf".into(),
            "application/pdf".into(),
            b"%PDF-1.4 survey".to_vec(),
        )
        .await?;
    let submission = lena.engine.send(draft.id, 0).await?;
    assert!(
        lena.engine.drafts().await?.is_empty(),
        "the draft is in the outbox now"
    );
    eventually("the letter to be taken", || async {
        matches!(
            lena.engine.submission(submission).await.ok()?.state,
            SubmissionState::Sent { .. }
        )
        .then_some(())
    })
    .await;

    jonas.engine.sync_now(None);
    let arrived = eventually("the answer at Jonas's", || {
        jonas.engine.sync_now(None);
        jonas.letter(Role::Inbox, "Re: Final drawings")
    })
    .await;
    assert_eq!(
        arrived.in_reply_to,
        letter.message_id.clone().into_iter().collect::<Vec<_>>(),
        "it answers the letter"
    );
    assert!(arrived.has_attachment, "the attachment came along");
    let raw = String::from_utf8_lossy(&jonas.engine.raw(arrived.id).await?).into_owned();
    assert!(!raw.contains("mira"), "nobody learns of the blind copy");
    assert!(!raw.contains("<script"), "what was written passed the sanitiser");

    let copy = eventually("the copy in Sent", || {
        lena.letter(Role::Sent, "Re: Final drawings")
    })
    .await;
    assert_eq!(copy.message_id, arrived.message_id, "it is the same letter");
    let kept = String::from_utf8_lossy(&lena.engine.raw(copy.id).await?).into_owned();
    assert!(
        kept.starts_with("Bcc: ") && kept.contains(&address("mira")),
        "whoever wrote it can see who got it blindly: {kept}"
    );
    assert_eq!(copy.thread, letter.thread, "it stands in the conversation");
    let answered = eventually("the mark that it was answered", || async {
        let letter = lena.letter(Role::Inbox, "Final drawings").await?;
        letter.keywords.has(Keyword::ANSWERED).then_some(letter)
    })
    .await;
    assert_eq!(answered.id, letter.id);
    lena.engine.stop().await;
    jonas.engine.stop().await;
    Ok(())
}

/// The first row of a folder: who is named, how many letters the conversation has, and how many of them the folder.
async fn row(person: &Person, mailbox: MailboxId) -> Option<(Vec<String>, u32, usize)> {
    let listing = Listing {
        source: ListingSource::Mailbox { mailbox },
        filter: ListingFilter::ALL,
        order: ListingOrder::NEWEST,
        grouping: ListingGrouping::Conversations,
    };
    let (_, rows) = person.engine.page(listing, 0, 1).await.ok()?;
    let row = rows.into_iter().next()?;
    let names = row.people.into_iter().map(|one| match one.own {
        true => format!("({})", one.name),
        false => one.name,
    });
    Some((names.collect(), row.letters, row.emails.len()))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_told_of_by_the_row_in_the_inbox() -> Outcome {
    let stage = Stage::start()?;
    deliver(&stage.dovecot, "lena", "Final drawings");
    let lena = Person::new().await;
    let account = lena.add(form(&stage, "lena", Protocol::Imap)).await;
    let letter = eventually("the letter to answer", || {
        lena.letter(Role::Inbox, "Final drawings")
    })
    .await;
    let inbox = letter.mailboxes[0];
    let (before, letters, _) = row(&lena, inbox).await.ok_or("the inbox has a row")?;
    assert_eq!(letters, 1);

    let draft = lena.engine.respond(letter.id, ResponseKind::Reply).await?;
    let content = DraftContent {
        to: vec![Address::new("Jonas", address("jonas"))],
        html: "<p>No objections.</p>".into(),
        ..draft.content.clone()
    };
    lena.engine.save_draft(draft.id, account.id, content).await?;
    let mut changes = lena.engine.changes();
    lena.engine.send(draft.id, 0).await?;
    let own = format!("({})", account.name);
    let after = [before.as_slice(), &[own]].concat();
    // As the window does: asked again whenever something is told, and at no other time.
    let told = async {
        loop {
            let news = changes.next().await;
            let is_told = news
                .iter()
                .any(|change| matches!(change, Change::Listing { .. } | Change::Emails { .. }));
            if is_told && row(&lena, inbox).await == Some((after.clone(), 2, 1)) {
                break;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(120), told).await?;
    let sent = lena
        .letter(Role::Sent, "Re: Final drawings")
        .await
        .ok_or("the copy is in Sent")?;
    let in_sent = row(&lena, sent.mailboxes[0]).await;
    assert_eq!(
        in_sent,
        Some((vec!["Jonas".to_owned()], 2, 1)),
        "there it is told whom it went to"
    );
    lena.engine.stop().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pop3_account_keeps_its_copy_on_this_computer() -> Outcome {
    let stage = Stage::start()?;
    let lena = Person::new().await;
    let mut wanted = form(&stage, "lena", Protocol::Pop3);
    wanted.outgoing = server(stage.postfix.submission(), Security::StartTls, "lena");
    let id = lena
        .engine
        .add_account_unchecked(wanted)
        .await
        .map_err(|trouble| trouble.to_string())?;
    let account = lena.account(id).await;
    let raw = waxwing_testkit::letters::simple(&address("lena"), &address("jonas"), "By STARTTLS", "Hello.");
    let submission = lena.engine.send_message(&account, raw).await?;
    let sent = lena.engine.deliver_now(&account, submission).await?;
    assert!(
        matches!(sent.state, SubmissionState::Sent { .. }),
        "it was taken: {:?}",
        sent.state
    );
    assert_eq!(
        lena.subjects(Role::Sent).await,
        ["By STARTTLS"],
        "the copy is here"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_is_refused_says_so_in_the_servers_words_and_can_be_taken_back() -> Outcome {
    let stage = Stage::start()?;
    let lena = Person::new().await;
    let id = lena
        .engine
        .add_account_unchecked(form(&stage, "lena", Protocol::Imap))
        .await
        .map_err(|trouble| trouble.to_string())?;
    let account = lena.account(id).await;
    let content = DraftContent {
        to: vec![Address::new("", "nobody@waxwing.test")],
        subject: "Into the blue".into(),
        html: "<p>Is anybody there?</p>".into(),
        ..DraftContent::default()
    };
    let draft = lena.engine.new_draft(Some(id), content.clone()).await?;
    let submission = lena.engine.send(draft.id, 0).await?;
    let failed = lena.engine.deliver_now(&account, submission).await?;
    let SubmissionState::Failed { trouble, permanent } = failed.state else {
        return Err(format!("{:?}", failed.state).into());
    };
    assert!(permanent, "a 550 is for good");
    assert_eq!(
        trouble.sentence, "nobody@waxwing.test is not known there. Is the address right?",
        "in our words"
    );
    let words = trouble.detail.unwrap_or_default();
    assert!(words.starts_with("550 "), "and in the server's: {words}");
    let back = lena
        .engine
        .undo_send(submission)
        .await?
        .ok_or("the draft comes back")?;
    assert_eq!(back.content, content, "as it was written");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_written_offline_goes_when_the_network_is_back() -> Outcome {
    let stage = Stage::start()?;
    let lena = Person::new().await;
    let id = lena
        .engine
        .add_account_unchecked(form(&stage, "lena", Protocol::Imap))
        .await
        .map_err(|trouble| trouble.to_string())?;
    let account = lena.account(id).await;
    stage.postfix.stop();
    let raw = waxwing_testkit::letters::simple(&address("lena"), &address("jonas"), "Later", "Hello.");
    let submission = lena.engine.send_message(&account, raw).await?;
    let waiting = lena.engine.deliver_now(&account, submission).await?;
    let SubmissionState::Failed { trouble, permanent } = &waiting.state else {
        return Err(format!("{:?}", waiting.state).into());
    };
    assert!(!permanent, "it will be tried again");
    assert_eq!(trouble.kind, TroubleKind::Unreachable, "{trouble}");
    assert!(
        trouble.sentence.contains("cannot be reached"),
        "it is said in our words: {trouble}"
    );
    assert!(waiting.send_at > waiting.created_at, "and not at once");
    stage.postfix.restart()?;
    lena.engine.retry_submission(submission).await?;
    let report = lena.engine.sync_once(&account, SyncScope::Everything).await;
    assert_eq!(report.errors, Vec::<String>::new());
    let sent = lena.engine.submission(submission).await?;
    assert!(
        matches!(sent.state, SubmissionState::Sent { .. }),
        "it is out: {:?}",
        sent.state
    );
    assert_eq!(sent.message_id, waiting.message_id, "with the Message-ID it had");
    Ok(())
}
