//! What an account keeps on this computer is the person's choice: a window of time, large letters in parts, a pause.

use std::time::{Duration, SystemTime};

use journeys::{Person, deliver, eventually, form};
use waxwing_engine::{Action, Look, SyncScope};
use waxwing_model::{Activity, Body, Keep, Keeping, Keyword, Keywords, Protocol, Role};
use waxwing_testkit::{Dovecot, Stage, address, letters};

type Outcome = Result<(), Box<dyn std::error::Error>>;

const DAY: Duration = Duration::from_secs(86_400);

/// A letter that came so many days ago: Dovecot takes the file's time for it.
fn deliver_old(dovecot: &Dovecot, subject: &str, days_ago: u32) -> Outcome {
    deliver(dovecot, "lena", subject);
    for entry in std::fs::read_dir(dovecot.maildir("lena").join("new"))? {
        let path = entry?.path();
        if String::from_utf8_lossy(&std::fs::read(&path)?).contains(&format!("Subject: {subject}")) {
            let then = SystemTime::now() - DAY * days_ago;
            std::fs::File::options()
                .write(true)
                .open(&path)?
                .set_modified(then)?;
        }
    }
    Ok(())
}

fn last_days(days: u16) -> Keeping {
    Keeping {
        keep: Keep::Days { days },
        large: None,
    }
}

/// A letter with a text and a file of so many octets.
fn with_file(subject: &str, octets: usize) -> Vec<u8> {
    let line = format!("{}\r\n", "QUJD".repeat(19));
    let encoded = line.repeat(octets / 57 + 1);
    format!(
        "From: amara@waxwing.test\r\nTo: {}\r\nSubject: {subject}\r\nMessage-ID: <{subject}@waxwing.test>\r\n\
         Date: Mon, 23 Nov 2026 10:42:00 +0000\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=outer\r\n\r\n--outer\r\n\
         Content-Type: multipart/alternative; boundary=inner\r\n\r\n--inner\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\nThe lantern is drawn at 1:20.\r\n--inner\r\n\
         Content-Type: text/html; charset=utf-8\r\n\r\n<p>The <b>lantern</b> is drawn at 1:20.</p>\r\n\
         --inner--\r\n--outer\r\nContent-Type: application/pdf; name=\"lamp room.pdf\"\r\n\
         Content-Disposition: attachment; filename=\"lamp room.pdf\"\r\n\
         Content-Transfer-Encoding: base64\r\n\r\n{encoded}--outer--\r\n",
        address("lena")
    )
    .into_bytes()
}

#[tokio::test(flavor = "multi_thread")]
async fn only_letters_of_the_window_are_kept_whole_and_others_come_when_they_are_opened() -> Outcome {
    let stage = Stage::start()?;
    deliver_old(&stage.dovecot, "Winter timetable", 1)?;
    deliver_old(&stage.dovecot, "Summer timetable", 100)?;
    let lena = Person::new().await;
    let mut form = form(&stage, "lena", Protocol::Imap);
    form.keeping = last_days(30);
    let account = lena.add_quietly(form).await;
    let report = lena.engine.sync_once(&account, SyncScope::Everything).await;
    assert_eq!(report.errors, Vec::<String>::new());
    let body = |subject: &'static str| {
        let lena = &lena;
        async move { lena.letter(Role::Inbox, subject).await.map(|letter| letter.body) }
    };
    assert_eq!(body("Winter timetable").await, Some(Body::Complete));
    assert_eq!(
        body("Summer timetable").await,
        Some(Body::Absent),
        "its header alone is here"
    );
    let old = lena.engine.search("summer", 10).await?;
    assert_eq!(old.len(), 1, "it is found by its header");
    let old = old.first().ok_or("the old letter")?.id;

    // Opening brings it; narrowing asks for what is outside, and lets it go.
    lena.engine.body(old, Look::default()).await?;
    assert_eq!(body("Summer timetable").await, Some(Body::Complete));
    let droppable = lena.engine.droppable(account.id, last_days(30)).await?;
    assert_eq!(droppable.letters, 1, "the old one need not be here");
    assert_eq!(lena.engine.drop_bodies(account.id).await?, 1);
    assert_eq!(body("Summer timetable").await, Some(Body::Absent));
    lena.engine.check_store().await?;

    // A wider window brings what is missing, without anybody's opening it.
    lena.engine.set_keeping(account.id, Keeping::default()).await?;
    lena.engine.sync_once(&account, SyncScope::Everything).await;
    assert_eq!(
        body("Summer timetable").await,
        Some(Body::Complete),
        "all letters means all of them"
    );
    let refused = lena.engine.set_keeping(account.id, last_days(0)).await;
    assert!(refused.is_err(), "a window of no days is none");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn headers_only_leaves_every_body_on_the_server_and_a_pause_outlasts_a_restart() -> Outcome {
    let stage = Stage::start()?;
    for raw in letters::generate(11, 180) {
        stage.dovecot.deliver("lena", "INBOX", &raw)?;
    }
    let lena = Person::new().await;
    let account = lena.add_quietly(form(&stage, "lena", Protocol::Imap)).await;
    lena.engine.pause(account.id).await?;
    let lena = lena.restart().await;
    assert!(lena.account(account.id).await.paused, "it is remembered");
    lena.engine.start().await?;
    let paused = || async {
        match lena.engine.activity(account.id) {
            Activity::Paused { waiting } if waiting > 0 => Some(waiting),
            _ => None,
        }
    };
    let waiting = eventually("the pause to say what waits", paused).await;
    let inbox = lena.mailbox(Role::Inbox).await;
    assert_eq!(inbox.total, 50, "the first rows are here");
    assert_eq!(
        waiting,
        130 + 50,
        "the other headers and the bodies of these are not"
    );

    // What the person does works all the same: a letter is opened, a star reaches the server, new mail is seen.
    let first = lena.letters(&inbox).await.into_iter().next().ok_or("a letter")?;
    lena.engine.body(first.id, Look::default()).await?;
    lena.engine
        .perform(Action::SetKeywords {
            emails: vec![first.id],
            add: Keywords::only(Keyword::FLAGGED),
            remove: Keywords::none(),
        })
        .await?;
    eventually("the star on the server", || async {
        let query = ["search", "-u", "lena@waxwing.test", "mailbox", "INBOX", "flagged"];
        let found = stage.dovecot.doveadm(&query).ok()?;
        (found.lines().count() == 1).then_some(())
    })
    .await;
    deliver(&stage.dovecot, "lena", "Lighthouse");
    lena.engine.sync_now(Some(account.id));
    let new = eventually("a new letter", || lena.letter(Role::Inbox, "Lighthouse")).await;
    eventually("the pause to go on", || async {
        matches!(lena.engine.activity(account.id), Activity::Paused { .. }).then_some(())
    })
    .await;
    assert_eq!(new.body, Body::Absent, "its header alone was fetched");
    assert_eq!(
        lena.mailbox(Role::Inbox).await.total,
        51,
        "looking again brings no older ones"
    );

    let headers = Keeping {
        keep: Keep::Headers,
        large: None,
    };
    lena.engine.set_keeping(account.id, headers).await?;
    lena.engine.resume(account.id).await?;
    eventually("all headers", || async {
        let activity = lena.engine.activity(account.id);
        let total = lena.mailbox(Role::Inbox).await.total;
        (total == 181 && matches!(activity, Activity::UpToDate { .. })).then_some(())
    })
    .await;
    let whole = |letters: Vec<waxwing_model::Email>| {
        letters
            .iter()
            .filter(|letter| letter.body == Body::Complete)
            .count()
    };
    let inbox = lena.mailbox(Role::Inbox).await;
    assert_eq!(
        whole(lena.letters(&inbox).await),
        1,
        "but for the one that was opened"
    );
    lena.engine.set_keeping(account.id, Keeping::default()).await?;
    eventually("all bodies", || async {
        (whole(lena.letters(&inbox).await) == 181).then_some(())
    })
    .await;
    lena.engine.stop().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_large_letter_the_text_comes_and_its_file_when_it_is_opened() -> Outcome {
    let stage = Stage::start()?;
    let raw = with_file("drawings", 2_500_000);
    stage.dovecot.deliver("lena", "INBOX", &raw)?;
    let lena = Person::new().await;
    let mut form = form(&stage, "lena", Protocol::Imap);
    form.keeping.large = Some(1);
    let account = lena.add_quietly(form).await;
    let report = lena.engine.sync_once(&account, SyncScope::Everything).await;
    assert_eq!(report.errors, Vec::<String>::new());
    assert!(
        report.bytes < 100_000,
        "the file stayed on the server: {} octets came",
        report.bytes
    );
    let letter = lena.letter(Role::Inbox, "drawings").await.ok_or("the letter")?;
    assert_eq!(letter.body, Body::Absent, "what is here is not the letter");
    assert_eq!(letter.preview, "The lantern is drawn at 1:20.");
    assert!(letter.has_attachment, "its list shows the clip");
    assert_eq!(
        lena.engine.search("lantern", 10).await?.len(),
        1,
        "it is found by its text"
    );

    let shown = lena.engine.body(letter.id, Look::default()).await?;
    assert!(shown.document.contains("<b>lantern</b>"), "it can be read");
    assert_eq!(shown.oddities, Vec::<String>::new(), "nothing is odd about it");
    let [file] = shown.attachments.as_slice() else {
        return Err(format!("one file: {:?}", shown.attachments).into());
    };
    assert_eq!((file.name.as_str(), file.here), ("lamp room.pdf", false));
    assert!(
        (2_400_000..2_700_000).contains(&file.size),
        "its size is known: {}",
        file.size
    );
    let (opened, data) = lena.engine.attachment(letter.id, &file.part).await?;
    assert_eq!(
        data.len() % 57,
        0,
        "every line of it has come: {} octets",
        data.len()
    );
    assert!(data.len() >= 2_500_000 && data.iter().eq(b"ABC".iter().cycle().take(data.len())));
    assert!(opened.here);

    // It stays, without the server.
    stage.dovecot.stop();
    let again = lena.engine.body(letter.id, Look::default()).await?;
    assert!(
        again.attachments.iter().all(|file| file.here),
        "the file is here now"
    );
    assert_eq!(lena.engine.attachment(letter.id, &file.part).await?.1, data);
    assert!(
        lena.engine.raw(letter.id).await.is_err(),
        "the letter itself is still on the server, and nothing pretends to be it"
    );
    stage.dovecot.restart()?;
    assert_eq!(lena.engine.raw(letter.id).await?, raw, "it comes byte for byte");
    let letter = lena.letter(Role::Inbox, "drawings").await.ok_or("the letter")?;
    assert_eq!(letter.body, Body::Complete);
    lena.engine.check_store().await?;
    Ok(())
}
