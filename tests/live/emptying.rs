//! Trash and Junk emptied, for good: on a real Dovecot by IMAP and by POP3, while there is no network, and while other programs are
//! at work in the same folders.

use journeys::{Person, deliver, form, on_server};
use waxwing_engine::{Action, Emptied, SyncScope};
use waxwing_model::{Change, Protocol, Retention, Role};
use waxwing_testkit::{Stage, address, letters};

type Outcome = Result<(), Box<dyn std::error::Error>>;

pub fn put(stage: &Stage, folder: &str, subject: &str) -> Outcome {
    let raw = letters::simple("amara@waxwing.test", &address("lena"), subject, "Good morning.");
    Ok(stage.dovecot.deliver("lena", folder, &raw)?)
}

pub fn standing(stage: &Stage) -> Vec<String> {
    let held = on_server(&stage.dovecot, "lena").into_iter();
    held.map(|held| format!("{} {}", held.folder, held.subject))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn trash_and_junk_are_emptied_of_what_was_seen_in_them_and_of_nothing_else() -> Outcome {
    let stage = Stage::start()?;
    let user = address("lena");
    for folder in ["Trash", "Trash/Old plans", "Junk", "Junk/Odd"] {
        // Some are there already.
        let _ = stage.dovecot.doveadm(&["mailbox", "create", "-u", &user, folder]);
    }
    for (folder, subject) in [
        ("INBOX", "kept"),
        ("Trash", "one"),
        ("Trash", "rescued"),
        ("Trash/Old plans", "plan"),
        ("Junk", "offer"),
        ("Junk", "no junk"),
        ("Junk/Odd", "odd"),
    ] {
        put(&stage, folder, subject)?;
    }
    let lena = Person::new().await;
    let account = lena.add_quietly(form(&stage, "lena", Protocol::Imap)).await;
    lena.engine.sync_once(&account, SyncScope::Everything).await;
    let (trash, junk) = (lena.mailbox(Role::Trash).await, lena.mailbox(Role::Junk).await);
    let told = |letters, folders| Emptied {
        letters,
        elsewhere: 0,
        folders,
    };
    assert_eq!(
        lena.engine.emptied_with(trash.id).await?,
        told(3, 1),
        "told before"
    );
    assert_eq!(
        lena.engine.emptied_with(junk.id).await?,
        told(2, 0),
        "folders in Junk stay"
    );

    let inbox = lena.mailbox(Role::Inbox).await;
    let refused = lena.engine.perform(Action::Empty { mailbox: inbox.id }).await;
    assert!(refused.is_err(), "no other folder is emptied");
    assert!(
        lena.engine.emptied_with(inbox.id).await.is_err(),
        "and nobody is told that it could be"
    );
    // Two are taken out by another program before the server hears of it, and one comes that nobody here has seen.
    for (from, subject) in [("Trash", "rescued"), ("Junk", "no junk")] {
        stage.dovecot.doveadm(&[
            "move", "-u", &user, "INBOX", "mailbox", from, "header", "Subject", subject,
        ])?;
    }
    put(&stage, "Trash", "unseen")?;
    for mailbox in [trash.id, junk.id] {
        let done = lena.engine.perform(Action::Empty { mailbox }).await?;
        assert_eq!(done.undo, None, "it cannot be taken back");
    }
    assert!(
        lena.subjects(Role::Trash).await.is_empty(),
        "at once, without a network"
    );
    assert!(lena.subjects(Role::Junk).await.is_empty());

    let lena = lena.restart().await;
    assert!(lena.subjects(Role::Trash).await.is_empty(), "it was written down");
    lena.engine.push_once(&account).await?;
    assert!(lena.folder_named("Old plans").await.is_none(), "with its folder");
    assert_eq!(
        standing(&stage),
        [
            "INBOX kept",
            "INBOX no junk",
            "INBOX rescued",
            "Junk/Odd odd",
            "Trash unseen"
        ],
        "what was seen in them, and not taken out again, is gone"
    );
    lena.engine.sync_once(&account, SyncScope::Everything).await;
    assert_eq!(lena.subjects(Role::Trash).await, ["unseen"]);
    assert_eq!(
        lena.subjects(Role::Inbox).await.len(),
        3,
        "what was taken out is shown where it is"
    );
    assert_eq!(lena.folder_named("Odd").await.map(|folder| folder.total), Some(1));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_taken_back_and_what_came_since_the_question_stay_with_their_folder() -> Outcome {
    let stage = Stage::start()?;
    let user = address("lena");
    for folder in ["Trash", "Trash/Old plans", "Trash/Older plans"] {
        // Some are there already.
        let _ = stage.dovecot.doveadm(&["mailbox", "create", "-u", &user, folder]);
    }
    for (folder, subject) in [
        ("INBOX", "treasure"),
        ("Trash", "one"),
        ("Trash/Old plans", "plan"),
        ("Trash/Older plans", "older"),
    ] {
        put(&stage, folder, subject)?;
    }
    let lena = Person::new().await;
    let account = lena.add_quietly(form(&stage, "lena", Protocol::Imap)).await;
    lena.engine.sync_once(&account, SyncScope::Everything).await;
    let treasure = lena.letter(Role::Inbox, "treasure").await.ok_or("the letter")?;
    let emails = vec![treasure.id];
    let deleted = lena.engine.perform(Action::Delete { emails }).await?;
    lena.engine.push_once(&account).await?;
    let trash = lena.mailbox(Role::Trash).await;
    let told = lena.engine.emptied_with(trash.id).await?;
    assert_eq!((told.letters, told.folders), (4, 2));

    // While the question is open, one comes and is seen; the server hears of nothing before one more has come.
    put(&stage, "Trash", "late")?;
    lena.engine.sync_once(&account, SyncScope::Everything).await;
    let done = lena.engine.perform(Action::Empty { mailbox: trash.id }).await?;
    assert_eq!(done.affected, 4, "what was told of");
    put(&stage, "Trash/Old plans", "unseen")?;
    lena.engine.undo(deleted.undo.ok_or("it can be undone")?).await?;
    assert_eq!(lena.subjects(Role::Inbox).await, ["treasure"], "taken back");
    assert_eq!(lena.subjects(Role::Trash).await, ["late"]);

    let lena = lena.restart().await;
    let mut changes = lena.engine.changes();
    lena.engine.push_once(&account).await?;
    assert_eq!(
        standing(&stage),
        ["INBOX treasure", "Trash late", "Trash/Old plans unseen"],
        "neither what was taken back nor what nobody was told of is deleted"
    );
    let told_of_it = changes.next().await.into_iter().any(
        |change| matches!(change, Change::Trouble { trouble, .. } if trouble.sentence.contains("“Old plans” stays")),
    );
    assert!(told_of_it, "the folder that stays is told of");
    lena.engine.sync_once(&account, SyncScope::Everything).await;
    assert_eq!(lena.subjects(Role::Inbox).await, ["treasure"]);
    assert_eq!(
        lena.folder_named("Old plans").await.map(|folder| folder.total),
        Some(1)
    );
    assert!(lena.folder_named("Older plans").await.is_none());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_maildrops_copies_go_with_the_emptied_trash_where_they_were_to_stay_until_then() -> Outcome {
    let stage = Stage::start()?;
    for subject in ["harbour", "ferry"] {
        deliver(&stage.dovecot, "lena", subject);
    }
    let lena = Person::new().await;
    let mut wanted = form(&stage, "lena", Protocol::Pop3);
    wanted.retention = Retention::RemoveWhenDeleted;
    let account = lena.add_quietly(wanted).await;
    lena.engine.sync_once(&account, SyncScope::Everything).await;
    let harbour = lena.letter(Role::Inbox, "harbour").await.ok_or("the letter")?;
    lena.engine
        .perform(Action::Delete {
            emails: vec![harbour.id],
        })
        .await?;
    lena.engine.sync_once(&account, SyncScope::Everything).await;
    assert_eq!(standing(&stage).len(), 2, "in Trash it is not deleted yet");
    let trash = lena.mailbox(Role::Trash).await;
    let done = lena.engine.perform(Action::Empty { mailbox: trash.id }).await?;
    assert_eq!((done.undo, done.affected), (None, 1));
    assert!(lena.subjects(Role::Trash).await.is_empty());
    lena.engine.sync_once(&account, SyncScope::Everything).await;
    assert_eq!(
        standing(&stage),
        ["INBOX ferry"],
        "now its copy is gone from the server too"
    );

    lena.engine.set_retention(account.id, Retention::Keep).await?;
    let account = lena.account(account.id).await;
    let ferry = lena.letter(Role::Inbox, "ferry").await.ok_or("the letter")?;
    lena.engine
        .perform(Action::Delete {
            emails: vec![ferry.id],
        })
        .await?;
    lena.engine.perform(Action::Empty { mailbox: trash.id }).await?;
    lena.engine.sync_once(&account, SyncScope::Everything).await;
    assert_eq!(standing(&stage), ["INBOX ferry"], "copies that are kept stay");
    assert!(
        lena.subjects(Role::Inbox).await.is_empty(),
        "and do not come again"
    );
    Ok(())
}
