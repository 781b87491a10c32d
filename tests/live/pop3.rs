//! A POP3 account as a person has it, against a real Dovecot.

use journeys::{Person, deliver, form};
use waxwing_engine::{Action, SyncScope};
use waxwing_model::{Account, Protocol, Retention, Role};
use waxwing_testkit::{Stage, letters};

type Outcome = Result<(), Box<dyn std::error::Error>>;

async fn pop3_account(lena: &Person, stage: &Stage, retention: Retention) -> Result<Account, String> {
    let mut form = form(stage, "lena", Protocol::Pop3);
    form.retention = retention;
    let id = lena
        .engine
        .add_account_unchecked(form)
        .await
        .map_err(|trouble| trouble.to_string())?;
    Ok(lena.account(id).await)
}

fn on_server(stage: &Stage) -> Result<usize, Box<dyn std::error::Error>> {
    Ok(stage
        .dovecot
        .doveadm(&["search", "-u", "lena@waxwing.test", "mailbox", "INBOX", "all"])?
        .lines()
        .count())
}

#[tokio::test(flavor = "multi_thread")]
async fn mail_comes_once_and_stays_on_the_server_when_it_is_kept() -> Outcome {
    let stage = Stage::start()?;
    for raw in letters::generate(3, 60) {
        stage.dovecot.deliver("lena", "INBOX", &raw)?;
    }
    let lena = Person::new().await;
    let account = pop3_account(&lena, &stage, Retention::Keep).await?;
    let first = lena.engine.sync_once(&account, SyncScope::Everything).await;
    assert_eq!(
        (first.errors.len(), first.new, first.messages),
        (0, 60, 60),
        "all of it came: {:?}",
        first.errors
    );
    let lena = lena.restart().await;
    deliver(&stage.dovecot, "lena", "One more");
    let second = lena.engine.sync_once(&account, SyncScope::Everything).await;
    assert_eq!((second.new, second.messages), (1, 61), "only the new one came");
    assert_eq!(on_server(&stage)?, 61, "the server keeps its copies");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_servers_copy_goes_only_after_ours_stands() -> Outcome {
    let stage = Stage::start()?;
    for subject in ["one", "two", "three"] {
        deliver(&stage.dovecot, "lena", subject);
    }
    let lena = Person::new().await;
    let account = pop3_account(&lena, &stage, Retention::RemoveAfterDownload).await?;
    lena.engine.sync_once(&account, SyncScope::Everything).await;
    assert_eq!(on_server(&stage)?, 0, "the server's copies are gone");
    assert_eq!(lena.subjects(Role::Inbox).await.len(), 3, "ours are here");
    for email in lena.letters(&lena.mailbox(Role::Inbox).await).await {
        assert!(
            !lena.engine.raw(email.id).await?.is_empty(),
            "each can be read back"
        );
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn deleting_here_deletes_there_when_that_was_chosen() -> Outcome {
    let stage = Stage::start()?;
    for subject in ["one", "two"] {
        deliver(&stage.dovecot, "lena", subject);
    }
    let lena = Person::new().await;
    let account = pop3_account(&lena, &stage, Retention::RemoveWhenDeleted).await?;
    lena.engine.sync_once(&account, SyncScope::Everything).await;
    assert_eq!(on_server(&stage)?, 2, "nothing was deleted yet");
    let one = lena.letter(Role::Inbox, "one").await.ok_or("one")?;
    lena.engine
        .perform(Action::Delete { emails: vec![one.id] })
        .await?;
    lena.engine
        .perform(Action::Delete { emails: vec![one.id] })
        .await?;
    lena.engine.sync_once(&account, SyncScope::Everything).await;
    assert_eq!(
        on_server(&stage)?,
        1,
        "the one deleted from Trash is gone from the server"
    );
    let again = lena.engine.sync_once(&account, SyncScope::Everything).await;
    assert_eq!((again.new, again.messages), (0, 1), "and does not come back");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn folders_marks_and_undo_work_on_this_computer() -> Outcome {
    let stage = Stage::start()?;
    deliver(&stage.dovecot, "lena", "Keys for the boathouse");
    let lena = Person::new().await;
    let account = pop3_account(&lena, &stage, Retention::Keep).await?;
    lena.engine.sync_once(&account, SyncScope::Everything).await;
    lena.engine
        .perform(Action::CreateMailbox {
            account: account.id,
            parent: None,
            name: "Boathouse".into(),
        })
        .await?;
    let boathouse = lena.folder_named("Boathouse").await.ok_or("the folder")?;
    let letter = lena
        .letter(Role::Inbox, "Keys for the boathouse")
        .await
        .ok_or("the letter")?;
    let moved = lena
        .engine
        .perform(Action::Move {
            emails: vec![letter.id],
            to: boathouse.id,
        })
        .await?;
    assert_eq!(lena.letters(&boathouse).await.len(), 1, "it is in the folder");
    let lena = lena.restart().await;
    lena.engine
        .undo(moved.undo.ok_or("a move can be undone")?)
        .await?;
    assert_eq!(
        lena.subjects(Role::Inbox).await,
        ["Keys for the boathouse"],
        "undo works after a restart"
    );
    Ok(())
}
