//! Several accounts, side by side: their names and order, one that is switched off, one that is broken, folders chosen by
//! the person.

use journeys::{Person, deliver, eventually, form};
use secrecy::SecretString;
use waxwing_engine::{Action, SyncScope};
use waxwing_model::{Activity, Protocol, Role, TroubleKind};
use waxwing_testkit::{Stage, letters};

use super::{Outcome, in_step, in_trouble};

#[tokio::test(flavor = "multi_thread")]
async fn names_colours_and_the_order_are_kept() -> Outcome {
    let stage = Stage::start()?;
    let lena = Person::new().await;
    let mut ids = Vec::new();
    for person in ["lena", "jonas", "amara"] {
        ids.push(lena.add_quietly(form(&stage, person, Protocol::Pop3)).await.id);
    }
    let [one, two, three] = ids.as_slice() else {
        return Err("three".into());
    };
    lena.engine.order_accounts(vec![*three, *one]).await?;
    lena.engine.set_look(*three, "  Harbour office ", 4).await?;
    assert!(
        lena.engine.set_look(*three, &"x".repeat(200), 4).await.is_err(),
        "too long"
    );
    let lena = lena.restart().await;
    let accounts = lena.engine.accounts().await?;
    let order: Vec<_> = accounts.iter().map(|account| account.id).collect();
    assert_eq!(order, [*three, *one, *two], "what is not named stands behind");
    let first = accounts.first().ok_or("an account")?;
    assert_eq!((first.called(), first.colour), ("Harbour office", 4));
    let folders = lena.engine.mailboxes().await?;
    assert_eq!(
        folders.first().map(|folder| folder.account),
        Some(*three),
        "folders follow"
    );
    assert_eq!(
        lena.engine
            .identities()
            .await?
            .first()
            .map(|identity| identity.account),
        Some(*three),
        "and addresses"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_is_switched_off_says_nothing_to_anybody_and_keeps_its_letters() -> Outcome {
    let stage = Stage::start()?;
    deliver(&stage.dovecot, "lena", "Here");
    let lena = Person::new().await;
    let account = lena.add(form(&stage, "lena", Protocol::Imap)).await;
    in_step(&lena, &account).await;
    eventually("the letter", || lena.letter(Role::Inbox, "Here")).await;
    lena.engine.disable(account.id).await?;
    assert_eq!(lena.engine.activity(account.id), Activity::Idle);
    let before = stage.dovecot.log().matches("Login:").count();

    let lena = lena.restart().await;
    lena.engine.start().await?;
    lena.engine.sync_now(None);
    let account = lena.account(account.id).await;
    let report = lena.engine.sync_once(&account, SyncScope::Everything).await;
    assert!(
        report.errors.iter().any(|error| error.contains("switched off")),
        "{:?}",
        report.errors
    );
    let letter = lena.letter(Role::Inbox, "Here").await.ok_or("it can be read")?;
    let read = Action::SetKeywords {
        emails: vec![letter.id],
        add: waxwing_model::Keywords::only(waxwing_model::Keyword::SEEN),
        remove: waxwing_model::Keywords::none(),
    };
    lena.engine.perform(read).await?;
    let raw = letters::simple(&account.email, "jonas@waxwing.test", "No", "Hello.");
    let Err(error) = lena.engine.send_message(&account, raw).await else {
        return Err("it would wait for ever".into());
    };
    assert_eq!(error.kind(), TroubleKind::Invalid, "{error}");
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    assert_eq!(
        stage.dovecot.log().matches("Login:").count(),
        before,
        "nobody signed in"
    );

    deliver(&stage.dovecot, "lena", "There");
    lena.engine.enable(account.id).await?;
    in_step(&lena, &account).await;
    eventually("what came meanwhile", || lena.letter(Role::Inbox, "There")).await;
    eventually("what was done meanwhile to stand on the server", || async {
        let told = stage
            .dovecot
            .doveadm(&["fetch", "-u", "lena@waxwing.test", "flags", "mailbox", "INBOX"])
            .ok()?;
        told.contains("\\Seen").then_some(())
    })
    .await;
    lena.engine.stop().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_account_says_why_and_stops_no_other() -> Outcome {
    let stage = Stage::start()?;
    let lena = Person::new().await;
    let mut wrong = form(&stage, "lena", Protocol::Imap);
    wrong.password = SecretString::from("wrong horse");
    let broken = lena.add_quietly(wrong).await;
    let well = lena.add(form(&stage, "jonas", Protocol::Imap)).await;
    lena.engine.start().await?;
    let trouble = in_trouble(&lena, &broken).await;
    assert_eq!(trouble.kind, TroubleKind::WrongPassword, "{trouble}");
    deliver(&stage.dovecot, "jonas", "As ever");
    eventually("mail of the other account", || {
        lena.letter(Role::Inbox, "As ever")
    })
    .await;
    in_step(&lena, &well).await;
    lena.engine.stop().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_maildrop_is_looked_into_as_often_as_the_person_wants() -> Outcome {
    let stage = Stage::start()?;
    let lena = Person::new().await;
    let account = lena.add(form(&stage, "lena", Protocol::Pop3)).await;
    in_step(&lena, &account).await;
    for minutes in [0, 1_441] {
        assert!(
            lena.engine
                .set_check_minutes(account.id, Some(minutes))
                .await
                .is_err(),
            "{minutes}"
        );
    }
    lena.engine.set_check_minutes(account.id, Some(1)).await?;
    in_step(&lena, &account).await;
    assert_eq!(lena.account(account.id).await.check_minutes, Some(1));
    lena.engine.set_check_minutes(account.id, None).await?;
    assert_eq!(lena.account(account.id).await.check_minutes, None);
    lena.engine.stop().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_was_chosen_stays_whatever_the_server_says_of_its_folders() -> Outcome {
    let stage = Stage::start()?;
    for folder in ["Gesendet", "Papierkorb"] {
        stage
            .dovecot
            .doveadm(&["mailbox", "create", "-u", "lena@waxwing.test", folder])?;
    }
    let lena = Person::new().await;
    let account = lena.add(form(&stage, "lena", Protocol::Imap)).await;
    in_step(&lena, &account).await;
    let ours = eventually("the folders", || lena.folder_named("Gesendet")).await;
    let theirs = lena.mailbox(Role::Sent).await;
    assert_ne!(ours.id, theirs.id, "the server says that Sent is Sent");
    lena.engine
        .choose_role(account.id, Role::Sent, Some(ours.id))
        .await?;
    assert_eq!(lena.mailbox(Role::Sent).await.id, ours.id, "at once");

    // The copy of a sent letter goes there.
    let raw = letters::simple(&account.email, "jonas@waxwing.test", "Filed", "Hello.");
    lena.engine.send_message(&account, raw).await?;
    eventually("the copy in the chosen folder", || async {
        let copies = stage.dovecot.letters("lena", "Gesendet").ok()?;
        (copies.len() == 1).then_some(())
    })
    .await;
    let lena = lena.restart().await;
    let account = lena.account(account.id).await;
    for _ in 0..2 {
        lena.engine.sync_once(&account, SyncScope::Everything).await;
        assert_eq!(
            lena.mailbox(Role::Sent).await.id,
            ours.id,
            "kept over a synchronisation"
        );
        let other = lena.folder_named("Sent").await.ok_or("the server's")?;
        assert_eq!(other.role, None, "there is one folder a role");
    }
    let chosen = lena.engine.chosen_roles(account.id).await?;
    assert_eq!(chosen.get(&Role::Sent), Some(&ours.id));

    // A folder has one purpose.
    lena.engine
        .choose_role(account.id, Role::Archive, Some(ours.id))
        .await?;
    lena.engine.sync_once(&account, SyncScope::Everything).await;
    assert_eq!(lena.mailbox(Role::Archive).await.id, ours.id);
    assert_eq!(lena.mailbox(Role::Sent).await.name, "Sent", "the server's again");
    lena.engine.choose_role(account.id, Role::Archive, None).await?;
    lena.engine.sync_once(&account, SyncScope::Everything).await;
    assert_eq!(lena.mailbox(Role::Archive).await.name, "Archive");
    let plain = lena.folder_named("Gesendet").await.ok_or("it is there")?;
    assert_eq!(plain.role, None, "a folder like any other");

    for (role, mailbox) in [
        (Role::Inbox, plain.id),
        (Role::Trash, lena.mailbox(Role::Inbox).await.id),
    ] {
        assert!(
            lena.engine
                .choose_role(account.id, role, Some(mailbox))
                .await
                .is_err(),
            "{role:?} cannot be chosen so"
        );
    }
    lena.engine.stop().await;
    Ok(())
}
