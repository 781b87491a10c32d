//! An account that is removed and whose letters stay, in the local folders.

use journeys::{Person, deliver, eventually, form};
use waxwing_engine::{Remainder, SyncScope};
use waxwing_model::{Address, DraftContent, Keep, Keeping, Protocol, Role};
use waxwing_testkit::{Stage, letters};

use super::Outcome;

#[tokio::test(flavor = "multi_thread")]
async fn letters_of_a_server_stay_with_every_byte_and_those_that_are_not_here_are_counted() -> Outcome {
    let stage = Stage::start()?;
    for folder in ["Projects", "Projects/Lighthouse"] {
        stage
            .dovecot
            .doveadm(&["mailbox", "create", "-u", "lena@waxwing.test", folder])?;
    }
    let raw = letters::simple("amara@waxwing.test", "lena@waxwing.test", "The lamp", "It burns.");
    stage.dovecot.deliver("lena", "Projects/Lighthouse", &raw)?;
    for at in 0..3 {
        deliver(&stage.dovecot, "lena", &format!("Inbox {at}"));
    }
    let lena = Person::new().await;
    let account = lena.add_quietly(form(&stage, "lena", Protocol::Imap)).await;
    lena.engine.sync_once(&account, SyncScope::Everything).await;
    let letter = lena.letter(Role::Inbox, "Inbox 1").await.ok_or("a letter")?;
    let bytes = lena.engine.raw(letter.id).await?;
    // From now on only headers come.
    let headers = Keeping {
        keep: Keep::Headers,
        large: None,
    };
    lena.engine.set_keeping(account.id, headers).await?;
    deliver(&stage.dovecot, "lena", "Header only");
    let account = lena.account(account.id).await;
    lena.engine.sync_once(&account, SyncScope::Everything).await;
    let remainder = lena.engine.remainder(account.id).await?;
    assert_eq!(
        remainder,
        Remainder {
            whole: 4,
            elsewhere: 1
        }
    );

    let kept = lena
        .engine
        .remove_account_but_letters(account.id, "Local Folders")
        .await?;
    assert_eq!(kept, 4);
    let accounts = lena.engine.accounts().await?;
    let [local] = accounts.as_slice() else {
        return Err(format!("only the local folders are left: {accounts:?}").into());
    };
    assert_eq!(local.protocol, Protocol::Local);
    let root = lena.folder_named("lena@waxwing.test").await.ok_or("its folder")?;
    let inbox = lena.folder_named("Inbox").await.ok_or("its inbox")?;
    assert_eq!((inbox.parent, inbox.role, inbox.total), (Some(root.id), None, 3));
    let lamp = lena
        .folder_named("Lighthouse")
        .await
        .ok_or("a folder in a folder")?;
    let projects = lena.folder_named("Projects").await.ok_or("the folder above")?;
    assert_eq!((lamp.parent, lamp.total), (Some(projects.id), 1));
    assert!(
        lena.folder_named("Sent").await.is_none(),
        "empty folders stay behind"
    );
    let there = lena.letters(&inbox).await;
    let same = there
        .iter()
        .find(|email| email.subject == "Inbox 1")
        .ok_or("the letter")?;
    assert_eq!(lena.engine.raw(same.id).await?, bytes, "every byte");
    lena.engine.check_store().await?;
    assert_eq!(
        stage.dovecot.letters("lena", "INBOX")?.len(),
        4,
        "nothing changes on the server"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_of_a_maildrop_stay_beside_those_of_an_account_that_left_before() -> Outcome {
    let stage = Stage::start()?;
    let lena = Person::new().await;
    for subject in ["First time", "Second time"] {
        deliver(&stage.dovecot, "lena", subject);
        let account = lena.add(form(&stage, "lena", Protocol::Pop3)).await;
        eventually("the letter", || lena.letter(Role::Inbox, subject)).await;
        lena.engine
            .remove_account_but_letters(account.id, "Local Folders")
            .await?;
    }
    let inbox = lena.folder_named("Inbox").await.ok_or("one folder for both")?;
    let mut subjects: Vec<String> = lena
        .letters(&inbox)
        .await
        .into_iter()
        .map(|email| email.subject)
        .collect();
    subjects.sort();
    // The second account brought what the server still had.
    assert_eq!(subjects, ["First time", "First time", "Second time"]);
    let local = lena
        .engine
        .accounts()
        .await?
        .into_iter()
        .next()
        .ok_or("local folders")?;
    let Err(error) = lena
        .engine
        .remove_account_but_letters(local.id, "Local Folders")
        .await
    else {
        return Err("they are what the letters go to".into());
    };
    assert!(error.to_string().contains("local folders"), "{error}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_written_and_is_no_letter_of_a_folder_yet_is_not_left_behind() -> Outcome {
    let stage = Stage::start()?;
    let lena = Person::new().await;
    let account = lena.add_quietly(form(&stage, "lena", Protocol::Imap)).await;
    lena.engine.sync_once(&account, SyncScope::Everything).await;
    let content = |subject: &str| DraftContent {
        to: vec![Address::new("Jonas", waxwing_testkit::address("jonas"))],
        subject: subject.into(),
        ..DraftContent::default()
    };
    // No composer was closed, so that neither is filed.
    lena.engine
        .new_draft(Some(account.id), content("Half a letter"))
        .await?;
    let whole = lena.engine.new_draft(Some(account.id), content("Whole")).await?;
    let waiting = lena.engine.send(whole.id, 60).await?;
    let refused = lena
        .engine
        .remove_account_but_letters(account.id, "Local Folders")
        .await;
    let sentence = refused.err().ok_or("a letter waits")?.trouble().sentence;
    assert!(sentence.contains("are still in the outbox"), "{sentence}");
    assert_eq!(lena.account(account.id).await, account, "nothing is different");
    lena.engine.undo_send(waiting).await?;
    let kept = lena
        .engine
        .remove_account_but_letters(account.id, "Local Folders")
        .await?;
    assert_eq!(kept, 2);
    let drafts = lena.folder_named("Drafts").await.ok_or("its drafts")?;
    let mut subjects: Vec<String> = lena
        .letters(&drafts)
        .await
        .into_iter()
        .map(|email| email.subject)
        .collect();
    subjects.sort();
    assert_eq!(subjects, ["Half a letter", "Whole"]);
    lena.engine.check_store().await?;
    Ok(())
}
