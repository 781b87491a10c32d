//! An IMAP account as a person has it, against a real Dovecot: what is there, what arrives, what is done here and there.

use journeys::{Person, deliver, eventually, form};
use waxwing_engine::{Action, Look, SyncScope};
use waxwing_model::{Body, Keyword, Keywords, Protocol, Role};
use waxwing_testkit::{Stage, letters};

type Outcome = Result<(), Box<dyn std::error::Error>>;

#[tokio::test(flavor = "multi_thread")]
async fn what_was_there_is_fetched_and_can_be_read_without_the_server() -> Outcome {
    let stage = Stage::start()?;
    for raw in letters::generate(7, 120) {
        stage.dovecot.deliver("lena", "INBOX", &raw)?;
    }
    let lena = Person::new().await;
    let account = lena.add_quietly(form(&stage, "lena", Protocol::Imap)).await;
    let report = lena.engine.sync_once(&account, SyncScope::Everything).await;
    assert_eq!(report.errors, Vec::<String>::new(), "nothing went wrong");
    assert_eq!(
        (report.new, report.messages),
        (120, 120),
        "every message is here once"
    );

    let again = lena.engine.sync_once(&account, SyncScope::Everything).await;
    assert_eq!(
        (again.new, again.messages),
        (0, 120),
        "a second look brings nothing twice"
    );

    stage.dovecot.stop();
    let inbox = lena.mailbox(Role::Inbox).await;
    let all = lena.letters(&inbox).await;
    assert!(
        all.iter().all(|email| email.body == Body::Complete),
        "every body is here"
    );
    let first = all.first().ok_or("a letter")?;
    let shown = lena.engine.body(first.id, Look::default()).await?;
    assert!(
        shown.document.contains("Content-Security-Policy"),
        "it can be read with the server gone"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn headers_alone_come_first_and_a_body_when_it_is_opened() -> Outcome {
    let stage = Stage::start()?;
    deliver(&stage.dovecot, "lena", "Winter timetable");
    let lena = Person::new().await;
    let account = lena.add_quietly(form(&stage, "lena", Protocol::Imap)).await;
    lena.engine.sync_once(&account, SyncScope::HeadersOnly).await;
    let letter = lena
        .letter(Role::Inbox, "Winter timetable")
        .await
        .ok_or("the letter is listed")?;
    assert_eq!(letter.body, Body::Absent, "only its header is here");
    let shown = lena.engine.body(letter.id, Look::default()).await?;
    assert!(
        shown.document.contains("Good morning."),
        "opening it brings the body"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn new_mail_comes_by_itself_and_marks_go_both_ways() -> Outcome {
    let stage = Stage::start()?;
    let lena = Person::new().await;
    let account = lena.add(form(&stage, "lena", Protocol::Imap)).await;
    eventually("the first synchronisation", || async {
        matches!(
            lena.engine.activity(account.id),
            waxwing_model::Activity::UpToDate { .. }
        )
        .then_some(())
    })
    .await;

    deliver(&stage.dovecot, "lena", "Lighthouse");
    let letter = eventually("a letter that nobody asked for", || {
        lena.letter(Role::Inbox, "Lighthouse")
    })
    .await;

    lena.engine
        .perform(Action::SetKeywords {
            emails: vec![letter.id],
            add: Keywords::only(Keyword::FLAGGED),
            remove: Keywords::none(),
        })
        .await?;
    eventually("the star on the server", || async {
        let flags = stage
            .dovecot
            .doveadm(&[
                "fetch",
                "-u",
                "lena@waxwing.test",
                "flags",
                "mailbox",
                "INBOX",
                "all",
            ])
            .ok()?;
        flags.contains("\\Flagged").then_some(())
    })
    .await;

    stage.dovecot.doveadm(&[
        "flags",
        "add",
        "-u",
        "lena@waxwing.test",
        "\\Seen",
        "mailbox",
        "INBOX",
        "all",
    ])?;
    eventually("the mark that another client set", || async {
        let letter = lena.letter(Role::Inbox, "Lighthouse").await?;
        letter.keywords.has(Keyword::SEEN).then_some(())
    })
    .await;

    stage
        .dovecot
        .doveadm(&["expunge", "-u", "lena@waxwing.test", "mailbox", "INBOX", "all"])?;
    eventually("the letter that another client deleted to go", || async {
        lena.letter(Role::Inbox, "Lighthouse")
            .await
            .is_none()
            .then_some(())
    })
    .await;
    lena.engine.stop().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_done_offline_reaches_the_server_later_and_undo_too() -> Outcome {
    let stage = Stage::start()?;
    for subject in ["one", "two", "three"] {
        deliver(&stage.dovecot, "lena", subject);
    }
    let lena = Person::new().await;
    let account = lena.add_quietly(form(&stage, "lena", Protocol::Imap)).await;
    lena.engine.sync_once(&account, SyncScope::Everything).await;
    stage.dovecot.stop();

    lena.engine
        .perform(Action::CreateMailbox {
            account: account.id,
            parent: None,
            name: "Häfen & 船".into(),
        })
        .await?;
    let harbours = lena
        .folder_named("Häfen & 船")
        .await
        .ok_or("the folder is there at once")?;
    let one = lena.letter(Role::Inbox, "one").await.ok_or("one")?;
    let two = lena.letter(Role::Inbox, "two").await.ok_or("two")?;
    lena.engine
        .perform(Action::Move {
            emails: vec![one.id],
            to: harbours.id,
        })
        .await?;
    let archived = lena
        .engine
        .perform(Action::MoveToRole {
            emails: vec![two.id],
            role: Role::Archive,
        })
        .await?;
    assert_eq!(
        lena.subjects(Role::Inbox).await,
        ["three"],
        "both left the inbox at once"
    );
    lena.engine
        .undo(archived.undo.ok_or("archiving can be undone")?)
        .await?;
    assert_eq!(lena.subjects(Role::Inbox).await.len(), 2, "one is back");

    let lena = lena.restart().await;
    stage.dovecot.restart()?;
    let report = lena.engine.sync_once(&account, SyncScope::Everything).await;
    assert_eq!(report.errors, Vec::<String>::new(), "the journal was replayed");
    assert_eq!(report.messages, 3, "nothing was lost and nothing doubled");
    let count = |mailbox: &str| {
        stage
            .dovecot
            .doveadm(&["search", "-u", "lena@waxwing.test", "mailbox", mailbox, "all"])
            .map(|found| found.lines().count())
    };
    assert_eq!(count("INBOX")?, 2, "the server has two in the inbox");
    assert_eq!(count("Häfen & 船")?, 1, "and one in the new folder");
    assert_eq!(
        count("Archive")?,
        0,
        "what was undone before it was sent never happened there"
    );

    // Undone after the server has done it: the inverse is queued.
    let moved = lena
        .engine
        .perform(Action::MoveToRole {
            emails: vec![two.id],
            role: Role::Archive,
        })
        .await?;
    lena.engine.push_once(&account).await?;
    assert_eq!(count("Archive")?, 1, "the server has archived it");
    lena.engine.undo(moved.undo.ok_or("it can be undone")?).await?;
    lena.engine.push_once(&account).await?;
    assert_eq!(
        (count("Archive")?, count("INBOX")?),
        (0, 2),
        "the server has taken it back"
    );
    Ok(())
}
