//! An IMAP account when the server's side is not what it was: numbered anew, or a deletion taken back.

use journeys::{Person, deliver, form, on_server};
use waxwing_engine::{Action, SyncScope};
use waxwing_model::{Protocol, Role};
use waxwing_testkit::{DovecotOptions, PostfixOptions, Stage};

type Outcome = Result<(), Box<dyn std::error::Error>>;

const LENA: &str = "lena@waxwing.test";

#[tokio::test(flavor = "multi_thread")]
async fn a_deletion_does_not_hit_the_messages_of_a_folder_that_was_made_anew() -> Outcome {
    let stage = Stage::start()?;
    for subject in ["one", "two"] {
        let raw = waxwing_testkit::letters::simple("amara@waxwing.test", LENA, subject, "Good morning.");
        stage.dovecot.deliver("lena", "Trash", &raw)?;
    }
    let lena = Person::new().await;
    let account = lena.add_quietly(form(&stage, "lena", Protocol::Imap)).await;
    lena.engine.sync_once(&account, SyncScope::Everything).await;
    let one = lena.letter(Role::Trash, "one").await.ok_or("one is there")?;
    lena.engine
        .perform(Action::Delete { emails: vec![one.id] })
        .await?;

    // Before the server hears of it, the folder is another one with the same numbers.
    stage
        .dovecot
        .doveadm(&["mailbox", "delete", "-u", LENA, "-s", "Trash"])?;
    stage
        .dovecot
        .doveadm(&["mailbox", "create", "-u", LENA, "-s", "Trash"])?;
    for subject in ["three", "four"] {
        let raw = waxwing_testkit::letters::simple("amara@waxwing.test", LENA, subject, "Good morning.");
        stage.dovecot.deliver("lena", "Trash", &raw)?;
    }
    lena.engine.sync_once(&account, SyncScope::Everything).await;
    let there = stage
        .dovecot
        .doveadm(&["search", "-u", LENA, "mailbox", "Trash", "all"])?;
    assert_eq!(there.lines().count(), 2, "nothing of the new folder was deleted");
    let mut subjects = lena.subjects(Role::Trash).await;
    subjects.sort();
    assert_eq!(subjects, ["four", "three"], "and it is shown as it is");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_follows_a_move_into_a_folder_that_was_numbered_anew_reaches_the_same_letter() -> Outcome {
    let stage = Stage::start()?;
    for (folder, subject) in [("INBOX", "one"), ("Archive", "two")] {
        let raw = waxwing_testkit::letters::simple("amara@waxwing.test", LENA, subject, "Good morning.");
        stage.dovecot.deliver("lena", folder, &raw)?;
    }
    let lena = Person::new().await;
    let account = lena.add_quietly(form(&stage, "lena", Protocol::Imap)).await;
    lena.engine.sync_once(&account, SyncScope::Everything).await;
    let one = lena.letter(Role::Inbox, "one").await.ok_or("one is there")?;
    for role in [Role::Archive, Role::Inbox] {
        let to = lena.mailbox(role).await.id;
        lena.engine
            .perform(Action::Move {
                emails: vec![one.id],
                to,
            })
            .await?;
    }
    stage.dovecot.invalidate("lena", "Archive")?;
    let refused = lena.engine.push_once(&account).await?;
    assert_eq!(refused, Vec::<String>::new(), "nothing is refused");
    let held: Vec<String> = on_server(&stage.dovecot, "lena")
        .into_iter()
        .map(|held| format!("{} {}", held.folder, held.subject))
        .collect();
    assert_eq!(
        held,
        ["Archive two", "INBOX one"],
        "the way back was not left out"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_whose_deletion_another_client_takes_back_is_shown_again() -> Outcome {
    let stage = Stage::start()?;
    for subject in ["one", "two"] {
        deliver(&stage.dovecot, "lena", subject);
    }
    let lena = Person::new().await;
    let account = lena.add_quietly(form(&stage, "lena", Protocol::Imap)).await;
    lena.engine.sync_once(&account, SyncScope::Everything).await;
    let flags = |verb: &str| {
        stage
            .dovecot
            .doveadm(&["flags", verb, "-u", LENA, "\\Deleted", "mailbox", "INBOX", "all"])
    };
    flags("add")?;
    lena.engine.sync_once(&account, SyncScope::Everything).await;
    assert!(
        lena.subjects(Role::Inbox).await.is_empty(),
        "both are on their way out"
    );
    flags("remove")?;
    let report = lena.engine.sync_once(&account, SyncScope::Everything).await;
    assert_eq!(report.errors, Vec::<String>::new());
    assert_eq!(lena.subjects(Role::Inbox).await.len(), 2, "both are back");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sent_letter_does_not_stop_an_account_whose_sent_folder_went_away() -> Outcome {
    let stage = Stage::start()?;
    stage
        .dovecot
        .doveadm(&["mailbox", "create", "-u", LENA, "-s", "Sent"])
        .ok();
    let lena = Person::new().await;
    let account = lena.add_quietly(form(&stage, "lena", Protocol::Imap)).await;
    lena.engine.sync_once(&account, SyncScope::Everything).await;
    let raw = waxwing_testkit::letters::simple(LENA, "jonas@waxwing.test", "Off", "Hello.");
    let submission = lena.engine.send_message(&account, raw).await?;
    lena.engine.deliver_now(&account, submission).await?;
    stage
        .dovecot
        .doveadm(&["mailbox", "delete", "-u", LENA, "-s", "Sent"])
        .ok();
    deliver(&stage.dovecot, "lena", "Still coming");
    let report = lena.engine.sync_once(&account, SyncScope::Everything).await;
    assert_eq!(
        lena.subjects(Role::Inbox).await,
        ["Still coming"],
        "mail goes on arriving: {:?}",
        report.errors
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_without_a_sent_folder_gets_one_and_the_copy_is_in_it() -> Outcome {
    let stage = Stage::start_with(
        &DovecotOptions {
            special_folders: false,
            ..DovecotOptions::default()
        },
        &PostfixOptions::default(),
    )?;
    let lena = Person::new().await;
    let account = lena.add_quietly(form(&stage, "lena", Protocol::Imap)).await;
    lena.engine.sync_once(&account, SyncScope::Everything).await;
    let folders = lena.engine.mailboxes().await?;
    assert!(
        folders.iter().all(|folder| folder.role != Some(Role::Sent)),
        "there is none to begin with: {folders:?}"
    );
    let raw = waxwing_testkit::letters::simple(LENA, "jonas@waxwing.test", "Off", "Hello.");
    let submission = lena.engine.send_message(&account, raw).await?;
    lena.engine.deliver_now(&account, submission).await?;
    for _ in 0..2 {
        let report = lena.engine.sync_once(&account, SyncScope::Everything).await;
        assert_eq!(report.errors, Vec::<String>::new());
    }
    assert_eq!(
        lena.subjects(Role::Sent).await,
        ["Off"],
        "it is shown in Sent, once"
    );
    assert_eq!(
        journeys::on_disk(&stage.dovecot, "lena", "Sent", "Off"),
        (1, 1),
        "and stands there on the server"
    );
    Ok(())
}
