//! Folders of an IMAP account, and what is deleted in them, against a real Dovecot.

use journeys::{Person, deliver, form, form_at, on_disk, on_server};
use waxwing_engine::{Action, SyncScope};
use waxwing_model::{Protocol, Role};
use waxwing_testkit::{Dovecot, DovecotOptions, Stage};

type Outcome = Result<(), Box<dyn std::error::Error>>;

#[tokio::test(flavor = "multi_thread")]
async fn folders_are_renamed_moved_and_deleted_on_the_server_and_taken_back() -> Outcome {
    let stage = Stage::start()?;
    let lena = Person::new().await;
    let account = lena.add_quietly(form(&stage, "lena", Protocol::Imap)).await;
    lena.engine.sync_once(&account, SyncScope::Everything).await;
    for name in ["Projects", "Lighthouse"] {
        lena.engine
            .perform(Action::CreateMailbox {
                account: account.id,
                parent: None,
                name: name.into(),
            })
            .await?;
    }
    lena.engine.push_once(&account).await?;
    let projects = lena.folder_named("Projects").await.ok_or("Projects")?;
    let lighthouse = lena.folder_named("Lighthouse").await.ok_or("Lighthouse")?;
    lena.engine
        .perform(Action::MoveMailbox {
            mailbox: lighthouse.id,
            parent: Some(projects.id),
        })
        .await?;
    lena.engine
        .perform(Action::RenameMailbox {
            mailbox: projects.id,
            name: "Work".into(),
        })
        .await?;
    lena.engine.push_once(&account).await?;
    let folders = || {
        stage
            .dovecot
            .doveadm(&["mailbox", "list", "-u", "lena@waxwing.test"])
    };
    assert!(
        folders()?.lines().any(|folder| folder == "Work/Lighthouse"),
        "both changes are there: {}",
        folders()?
    );

    let deleted = lena
        .engine
        .perform(Action::DeleteMailbox {
            mailbox: lighthouse.id,
        })
        .await?;
    lena.engine.push_once(&account).await?;
    assert!(
        folders()?.lines().any(|folder| folder == "Trash/Lighthouse"),
        "a deleted folder is in Trash: {}",
        folders()?
    );
    lena.engine
        .undo(deleted.undo.ok_or("deleting a folder can be undone")?)
        .await?;
    lena.engine.push_once(&account).await?;
    assert!(
        folders()?.lines().any(|folder| folder == "Work/Lighthouse"),
        "and comes back: {}",
        folders()?
    );

    lena.engine.sync_once(&account, SyncScope::Everything).await;
    let there = lena
        .folder_named("Lighthouse")
        .await
        .ok_or("it survives a look at the server")?;
    assert_eq!(
        (there.id, there.parent),
        (lighthouse.id, Some(projects.id)),
        "it is the same folder all the time"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_uidvalidity_downloads_nothing_twice_and_loses_nothing() -> Outcome {
    let stage = Stage::start()?;
    for subject in ["one", "two", "three"] {
        deliver(&stage.dovecot, "lena", subject);
    }
    let lena = Person::new().await;
    let account = lena.add_quietly(form(&stage, "lena", Protocol::Imap)).await;
    lena.engine.sync_once(&account, SyncScope::Everything).await;
    let before: Vec<_> = lena
        .letters(&lena.mailbox(Role::Inbox).await)
        .await
        .iter()
        .map(|email| email.id)
        .collect();
    stage.dovecot.invalidate("lena", "INBOX")?;
    let report = lena.engine.sync_once(&account, SyncScope::Everything).await;
    assert_eq!(
        (report.new, report.messages),
        (0, 3),
        "they are recognised by their Message-ID: {report:?}"
    );
    let after: Vec<_> = lena
        .letters(&lena.mailbox(Role::Inbox).await)
        .await
        .iter()
        .map(|email| email.id)
        .collect();
    assert_eq!(before, after, "they are the same letters");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn deleting_twice_is_for_good_and_touches_nothing_else() -> Outcome {
    let stage = Stage::start()?;
    for subject in ["one", "two"] {
        deliver(&stage.dovecot, "lena", subject);
    }
    let lena = Person::new().await;
    let account = lena.add_quietly(form(&stage, "lena", Protocol::Imap)).await;
    lena.engine.sync_once(&account, SyncScope::Everything).await;
    // Another client has marked a letter of its own as deleted and has not expunged it.
    let one = lena.letter(Role::Inbox, "one").await.ok_or("one")?;
    stage.dovecot.doveadm(&[
        "flags",
        "add",
        "-u",
        "lena@waxwing.test",
        "\\Deleted",
        "mailbox",
        "INBOX",
        "subject",
        "two",
    ])?;
    lena.engine
        .perform(Action::Delete { emails: vec![one.id] })
        .await?;
    lena.engine.push_once(&account).await?;
    lena.engine.sync_once(&account, SyncScope::Everything).await;
    assert_eq!(lena.subjects(Role::Trash).await, ["one"], "it lies in Trash");
    let gone = lena
        .engine
        .perform(Action::Delete { emails: vec![one.id] })
        .await?;
    assert_eq!(
        gone.undo, None,
        "what is deleted from Trash cannot be undone, and nobody pretends"
    );
    lena.engine.push_once(&account).await?;
    let search = |mailbox: &str| {
        stage
            .dovecot
            .doveadm(&["search", "-u", "lena@waxwing.test", "mailbox", mailbox, "all"])
            .map(|found| found.lines().count())
    };
    assert_eq!(search("Trash")?, 0, "the server has let go of it");
    assert_eq!(search("INBOX")?, 1, "the other client's letter is still there");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_would_become_two_folders_is_refused_before_anything_is_done() -> Outcome {
    let stage = Stage::start()?;
    let lena = Person::new().await;
    let account = lena.add_quietly(form(&stage, "lena", Protocol::Imap)).await;
    lena.engine.sync_once(&account, SyncScope::Everything).await;
    let make = |name: &str, parent| {
        lena.engine.perform(Action::CreateMailbox {
            account: account.id,
            parent,
            name: name.into(),
        })
    };
    make("Projects", None).await?;
    let projects = lena.folder_named("Projects").await.ok_or("Projects")?;
    let before = lena.engine.mailboxes().await?;
    for (name, parent, said) in [
        ("A/B", None, "cannot hold “/”"),
        // The folder around it was made a moment ago, and its server has not heard of it.
        ("A/B", Some(projects.id), "cannot hold “/”"),
        ("a*", None, "cannot hold “*”"),
        ("inbox", None, "is the inbox"),
    ] {
        let refused = make(name, parent).await.err().ok_or("it was made")?;
        let sentence = refused.trouble().sentence;
        assert!(sentence.contains(said), "{name}: {sentence}");
    }
    let renamed = lena
        .engine
        .perform(Action::RenameMailbox {
            mailbox: projects.id,
            name: "Projects/2026".into(),
        })
        .await;
    assert!(renamed.is_err(), "nor can a folder get such a name later");
    assert_eq!(
        lena.engine.mailboxes().await?,
        before,
        "no folder is here that was not"
    );
    lena.engine.push_once(&account).await?;
    let folders = stage
        .dovecot
        .doveadm(&["mailbox", "list", "-u", "lena@waxwing.test"])?;
    assert!(
        !folders
            .lines()
            .any(|folder| folder == "A" || folder.starts_with("A/")),
        "the server heard of none: {folders}"
    );
    Ok(())
}

/// What a folder has on the server when it is deleted there is lost, so whatever was moved out of it is out before.
#[tokio::test(flavor = "multi_thread")]
async fn a_folder_is_not_deleted_for_good_before_the_server_has_heard_what_came_and_went() -> Outcome {
    let stage = Stage::start()?;
    let lena = Person::new().await;
    let account = lena.add_quietly(form(&stage, "lena", Protocol::Imap)).await;
    let user = "lena@waxwing.test";
    stage
        .dovecot
        .doveadm(&["mailbox", "create", "-u", user, "-s", "Trash/Old"])?;
    let ferry = waxwing_testkit::letters::simple("amara@waxwing.test", user, "Ferry", "Good morning.");
    stage.dovecot.deliver("lena", "Trash/Old", &ferry)?;
    deliver(&stage.dovecot, "lena", "Buoy");
    lena.engine.sync_once(&account, SyncScope::HeadersOnly).await;
    let old = lena.folder_named("Old").await.ok_or("Old")?;
    let inbox = lena.mailbox(Role::Inbox).await;
    let ferry = lena.letters(&old).await.first().ok_or("Ferry")?.id;
    let buoy = lena.letter(Role::Inbox, "Buoy").await.ok_or("Buoy")?.id;
    let delete = Action::DeleteMailbox { mailbox: old.id };
    let moves = [(ferry, inbox.id), (buoy, old.id), (buoy, inbox.id)];
    for (letter, to) in moves {
        lena.engine
            .perform(Action::Move {
                emails: vec![letter],
                to,
            })
            .await?;
        let refused = lena.engine.perform(delete.clone()).await;
        assert!(refused.is_err(), "the server has not heard of it: {refused:?}");
    }
    lena.engine
        .perform(Action::RenameMailbox {
            mailbox: old.id,
            name: "Older".into(),
        })
        .await?;
    lena.engine.push_once(&account).await?;
    lena.engine.perform(delete).await?;
    lena.engine.push_once(&account).await?;
    let report = lena.engine.sync_once(&account, SyncScope::HeadersOnly).await;
    assert_eq!(report.errors, Vec::<String>::new(), "everything went well");
    let subjects: Vec<String> = on_server(&stage.dovecot, "lena")
        .into_iter()
        .map(|held| format!("{} {}", held.folder, held.subject))
        .collect();
    assert_eq!(
        subjects,
        ["INBOX Buoy", "INBOX Ferry"],
        "both are where they were put"
    );
    assert!(
        lena.folder_named("Older").await.is_none(),
        "and the folder is gone"
    );
    Ok(())
}

/// Making a folder and putting a letter into it are one action where archiving makes the archive.
#[tokio::test(flavor = "multi_thread")]
async fn a_folder_whose_making_is_undone_does_not_take_letters_with_it() -> Outcome {
    let dovecot = Dovecot::start(&DovecotOptions {
        special_folders: false,
        ..DovecotOptions::default()
    })?;
    deliver(&dovecot, "lena", "Ferry");
    let lena = Person::new().await;
    let account = lena.add_quietly(form_at(&dovecot, "lena", dovecot.imaps())).await;
    lena.engine.sync_once(&account, SyncScope::HeadersOnly).await;
    let made = lena
        .engine
        .perform(Action::CreateMailbox {
            account: account.id,
            parent: None,
            name: "Harbours".into(),
        })
        .await?;
    let harbours = lena.folder_named("Harbours").await.ok_or("Harbours")?;
    let ferry = lena.letter(Role::Inbox, "Ferry").await.ok_or("Ferry")?.id;
    let inbox = lena.mailbox(Role::Inbox).await;
    for to in [harbours.id, inbox.id] {
        lena.engine
            .perform(Action::Move {
                emails: vec![ferry],
                to,
            })
            .await?;
        if to == harbours.id {
            lena.engine.push_once(&account).await?;
        }
    }
    lena.engine
        .undo(made.undo.ok_or("making a folder can be undone")?)
        .await?;
    lena.engine.sync_once(&account, SyncScope::HeadersOnly).await;
    let subjects: Vec<String> = on_server(&dovecot, "lena")
        .into_iter()
        .map(|held| format!("{} {}", held.folder, held.subject))
        .collect();
    assert_eq!(subjects, ["INBOX Ferry"], "the letter is where it was put last");
    assert_eq!(lena.subjects(Role::Inbox).await, ["Ferry"], "and is shown there");

    // The same in one action: there is no Archive yet.
    assert!(
        lena.folder_named("Archive").await.is_none(),
        "nobody has made one"
    );
    let archived = lena
        .engine
        .perform(Action::MoveToRole {
            emails: vec![ferry],
            role: Role::Archive,
        })
        .await?;
    lena.engine.push_once(&account).await?;
    lena.engine
        .undo(archived.undo.ok_or("archiving can be undone")?)
        .await?;
    lena.engine.sync_once(&account, SyncScope::HeadersOnly).await;
    assert_eq!(
        on_disk(&dovecot, "lena", "INBOX", "Ferry").0,
        1,
        "it comes out of the archive that was made for it"
    );
    Ok(())
}
