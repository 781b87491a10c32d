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

/// A letter by its number, which answers others.
fn answering(number: u32, references: &[u32]) -> Vec<u8> {
    let name = |number: &u32| format!("<{number}@letters.test>");
    let named = references.iter().map(name).collect::<Vec<_>>().join(" ");
    let header = match references.is_empty() {
        true => String::new(),
        false => format!("References: {named}\r\n"),
    };
    format!(
        "From: amara@waxwing.test\r\nTo: lena@waxwing.test\r\nSubject: letter {number}\r\n\
         Message-ID: {}\r\nDate: Tue, 6 Oct 2026 10:0{number}:00 +0000\r\n{header}\r\nGood morning.\r\n",
        name(&number)
    )
    .into_bytes()
}

/// Which letters of the inbox are together, by their numbers.
async fn together(lena: &Person) -> Vec<Vec<String>> {
    let mut groups = std::collections::BTreeMap::<_, Vec<String>>::new();
    for letter in lena.letters(&lena.mailbox(Role::Inbox).await).await {
        let number = letter.subject.trim_start_matches("letter ").to_owned();
        groups.entry(letter.thread).or_default().push(number);
    }
    let mut groups: Vec<Vec<String>> = groups.into_values().collect();
    groups.iter_mut().for_each(|group| group.sort());
    groups.sort();
    groups
}

#[tokio::test(flavor = "multi_thread")]
async fn conversations_put_right_by_hand_stay_so_when_all_is_numbered_anew_and_fetched_again() -> Outcome {
    let stage = Stage::start()?;
    // 1 is answered by 2, that by 3, that by 4; 6 is a stranger.
    let letters = [
        answering(1, &[]),
        answering(2, &[1]),
        answering(3, &[1, 2]),
        answering(4, &[1, 2, 3]),
        answering(6, &[]),
    ];
    for raw in &letters {
        stage.dovecot.deliver("lena", "INBOX", raw)?;
    }
    let lena = Person::new().await;
    let account = lena.add_quietly(form(&stage, "lena", Protocol::Imap)).await;
    lena.engine.sync_once(&account, SyncScope::Everything).await;
    assert_eq!(together(&lena).await, [vec!["1", "2", "3", "4"], vec!["6"]]);
    let of = async |number: u32| {
        let letter = lena.letter(Role::Inbox, &format!("letter {number}")).await;
        letter.map(|letter| letter.id).ok_or("it is there")
    };

    let (third, sixth) = (of(3).await?, of(6).await?);
    let take_out = Action::TakeOut { emails: vec![third] };
    let undo = lena
        .engine
        .perform(take_out.clone())
        .await?
        .undo
        .ok_or("it can be undone")?;
    assert_eq!(together(&lena).await, [vec!["1", "2"], vec!["3", "4"], vec!["6"]]);
    lena.engine.undo(undo).await?;
    assert_eq!(
        together(&lena).await,
        [vec!["1", "2", "3", "4"], vec!["6"]],
        "taken back"
    );
    lena.engine.perform(take_out).await?;
    let emails = vec![third, sixth];
    lena.engine.perform(Action::Unite { emails }).await?;
    let put_right = [vec!["1", "2"], vec!["3", "4", "6"]];
    assert_eq!(together(&lena).await, put_right);
    let emails = vec![of(1).await?];
    let muting = lena.engine.perform(Action::Mute { emails, muted: true }).await?;
    assert!(muting.undo.is_some(), "that can be undone as well");

    // What comes to the muted conversation counts as read, here and there.
    stage.dovecot.deliver("lena", "INBOX", &answering(5, &[1, 2]))?;
    stage.dovecot.invalidate("lena", "INBOX")?;
    lena.engine.sync_once(&account, SyncScope::Everything).await;
    lena.engine.sync_once(&account, SyncScope::Everything).await;
    let with_fifth = [vec!["1", "2", "5"], vec!["3", "4", "6"]];
    assert_eq!(together(&lena).await, with_fifth, "the folder was numbered anew");
    let fifth = lena.letter(Role::Inbox, "letter 5").await.ok_or("it came")?;
    assert!(fifth.keywords.has(Keyword::SEEN), "it counts as read");
    let read = [
        "fetch",
        "-u",
        "lena@waxwing.test",
        "hdr.subject",
        "mailbox",
        "INBOX",
        "seen",
    ];
    let read = stage.dovecot.doveadm(&read)?;
    assert!(read.contains("letter 5"), "the server has heard of it: {read}");
    assert!(!read.contains("letter 6"), "and of no other: {read}");

    // All of it goes, and comes again as other messages, the answers before what they answer.
    stage
        .dovecot
        .doveadm(&["expunge", "-u", "lena@waxwing.test", "mailbox", "INBOX", "all"])?;
    lena.engine.sync_once(&account, SyncScope::Everything).await;
    assert!(together(&lena).await.is_empty(), "nothing is left");
    for raw in letters.iter().rev().chain([&answering(5, &[1, 2])]) {
        stage.dovecot.deliver("lena", "INBOX", raw)?;
    }
    lena.engine.sync_once(&account, SyncScope::Everything).await;
    assert_eq!(
        together(&lena).await,
        with_fifth,
        "they are remembered by their names"
    );
    let first = lena.letter(Role::Inbox, "letter 1").await.ok_or("it is back")?;
    assert!(
        first.keywords.has(Keyword::SEEN),
        "and the conversation is muted still"
    );
    Ok(())
}
