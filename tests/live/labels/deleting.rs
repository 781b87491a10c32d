//! Deleting on Gmail: into Trash with all labels gone, for good only from there, and never what another client took back.

use waxwing_engine::{Action, SyncScope};
use waxwing_testkit::labels::Semantics;

use super::*;

async fn labelled() -> (Scene, u64) {
    let scene = Scene::new(Semantics::Gmail).await;
    scene.server.create("Work");
    let letter = scene.deliver(&["INBOX", "Work"], "harbour");
    scene.deliver(&["INBOX", "Work"], "neighbour");
    scene.sync().await;
    (scene, letter)
}

async fn delete(scene: &Scene) -> Result<Option<ActionId>, Box<dyn std::error::Error>> {
    let emails = vec![scene.letter("harbour").await.id];
    Ok(scene.lena.engine.perform(Action::Delete { emails }).await?.undo)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_letter_is_in_trash_alone_and_undo_gives_all_its_labels_back() -> Outcome {
    let (scene, letter) = labelled().await;
    let done = delete(&scene).await?;
    assert_eq!(scene.shown("harbour").await, ["Trash"], "at once");
    scene.sync().await;
    scene.stands("harbour", letter, &["Trash"]).await;
    scene.undo(done).await;
    assert_eq!(
        scene.shown("harbour").await,
        ["All Mail", "Inbox", "Work"],
        "at once"
    );
    scene.sync().await;
    scene
        .stands("harbour", letter, &["All Mail", "Inbox", "Work"])
        .await;
    assert_eq!(scene.server.bodies_given(letter), 1, "it was never fetched again");
    assert!(scene.expunged_in().is_empty());
    scene.assert_in_step().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn junk_takes_all_labels_away_and_not_junk_brings_the_letter_back() -> Outcome {
    let (scene, letter) = labelled().await;
    let emails = vec![scene.letter("harbour").await.id];
    let to = |role| Action::MoveToRole {
        emails: emails.clone(),
        role,
    };
    scene.lena.engine.perform(to(Role::Junk)).await?;
    scene.sync().await;
    scene.stands("harbour", letter, &["Spam"]).await;
    scene.lena.engine.perform(to(Role::Inbox)).await?;
    scene.sync().await;
    scene.stands("harbour", letter, &["All Mail", "Inbox"]).await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn deleting_twice_is_for_good_and_expunges_in_trash_alone() -> Outcome {
    let (scene, letter) = labelled().await;
    delete(&scene).await?;
    scene.sync().await;
    assert_eq!(delete(&scene).await?, None, "there is no undo for that");
    scene.sync().await;
    assert!(
        scene.server.places(letter).is_empty(),
        "it is gone from the server"
    );
    assert!(scene.letters("harbour").await.is_empty(), "and from here");
    assert_eq!(scene.expunged_in(), [TRASH]);
    assert_eq!(scene.shown("neighbour").await, ["All Mail", "Inbox", "Work"]);
    scene.assert_in_step().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn trash_and_junk_are_emptied_and_letters_elsewhere_stay() -> Outcome {
    let (scene, letter) = labelled().await;
    let emails = vec![scene.letter("harbour").await.id];
    let role = Role::Junk;
    scene
        .lena
        .engine
        .perform(Action::MoveToRole { emails, role })
        .await?;
    let emails = vec![scene.letter("neighbour").await.id];
    scene.lena.engine.perform(Action::Delete { emails }).await?;
    scene.sync().await;
    for role in [Role::Trash, Role::Junk] {
        let mailbox = scene.lena.mailbox(role).await.id;
        scene.lena.engine.perform(Action::Empty { mailbox }).await?;
    }
    scene.sync().await;
    assert!(
        scene.server.places(letter).is_empty(),
        "it is gone from the server"
    );
    assert!(scene.letters("neighbour").await.is_empty());
    assert!(
        scene
            .expunged_in()
            .iter()
            .all(|folder| folder == TRASH || folder.ends_with("Spam")),
        "{:?}",
        scene.expunged_in()
    );
    scene.assert_in_step().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_another_client_took_out_of_trash_is_not_deleted_for_good() -> Outcome {
    let (scene, letter) = labelled().await;
    delete(&scene).await?;
    scene.sync().await;
    delete(&scene).await?;
    scene.server.put("Work", letter);
    scene.sync().await;
    scene.sync().await;
    scene.stands("harbour", letter, &["All Mail", "Work"]).await;
    assert!(scene.expunged_in().is_empty());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_moves_to_another_account_leaves_by_way_of_trash() -> Outcome {
    let (scene, letter) = labelled().await;
    let other = LabelServer::start(Semantics::Gmail).await?;
    let form = form_for("jonas", Protocol::Imap, other.imaps(), 9, other.ca_pem());
    let target = scene.lena.add_quietly(form).await;
    let both = async || {
        for account in [&target, &scene.account, &target, &scene.account] {
            let report = scene.lena.engine.sync_once(account, SyncScope::Everything).await;
            assert_eq!(report.errors, Vec::<String>::new());
        }
    };
    both().await;
    let mailboxes = scene.lena.engine.mailboxes().await?;
    let inbox = mailboxes
        .iter()
        .find(|mailbox| mailbox.account == target.id && mailbox.role == Some(Role::Inbox))
        .ok_or("the other account has an inbox")?;
    let done = scene
        .lena
        .engine
        .perform(Action::Move {
            emails: vec![scene.letter("harbour").await.id],
            to: inbox.id,
        })
        .await?;
    both().await;
    assert!(
        scene.server.places(letter).is_empty(),
        "nothing of it is left here"
    );
    assert_eq!(scene.expunged_in(), [TRASH]);
    let there = other.with_subject("harbour");
    assert_eq!(there.len(), 1, "there it is once");
    assert_eq!(other.places(there[0]), ["INBOX", ALL]);
    assert_eq!(
        scene.letters("harbour").await.len(),
        1,
        "and is shown as one letter"
    );
    assert_eq!(
        other.bodies_given(there[0]),
        1,
        "which was read back once, and is not fetched again"
    );
    scene.undo(done.undo).await;
    both().await;
    let back = scene.server.with_subject("harbour");
    assert_eq!(back.len(), 1, "undo brings it back, once");
    assert!(other.with_subject("harbour").is_empty());
    assert_eq!(scene.letters("harbour").await.len(), 1);
    Ok(())
}
