//! Marks, moves, archiving and copying on Gmail: exactly the label that was meant goes, and undo brings it back.

use waxwing_engine::Action;
use waxwing_model::{Keyword, Keywords};
use waxwing_testkit::labels::Semantics;

use super::*;

/// A letter in the inbox and in Work, and a folder Home without it.
async fn labelled() -> (Scene, u64) {
    let scene = Scene::new(Semantics::Gmail).await;
    scene.server.create("Work");
    scene.server.create("Home");
    let letter = scene.deliver(&["INBOX", "Work"], "harbour");
    scene.deliver(&["INBOX", "Work"], "neighbour");
    scene.sync().await;
    (scene, letter)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mark_is_set_once_and_is_the_letters() -> Outcome {
    let (scene, letter) = labelled().await;
    let emails = vec![scene.letter("harbour").await.id];
    let done = scene
        .lena
        .engine
        .perform(Action::SetKeywords {
            emails,
            add: Keywords::only(Keyword::FLAGGED),
            remove: Keywords::none(),
        })
        .await?;
    scene.sync().await;
    assert_eq!(scene.server.flags("Work", letter), ["\\Flagged"]);
    assert_eq!(
        scene.heard("UID STORE").len(),
        1,
        "one command, at one of its places"
    );
    scene.undo(done.undo).await;
    scene.sync().await;
    assert!(scene.server.flags("INBOX", letter).is_empty());
    scene.assert_in_step().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mark_finds_a_letter_that_another_client_has_meanwhile_put_elsewhere() -> Outcome {
    let scene = Scene::new(Semantics::Gmail).await;
    scene.server.create("Work");
    let letter = scene.deliver(&["INBOX", "Work"], "harbour");
    scene.sync().await;
    // "All Mail" and Work are where it was left, the inbox is not; and what is noted of "All Mail" is old too.
    scene.server.renumber(ALL);
    scene.server.take("INBOX", letter);
    let emails = vec![scene.letter("harbour").await.id];
    scene
        .lena
        .engine
        .perform(Action::SetKeywords {
            emails,
            add: Keywords::only(Keyword::SEEN),
            remove: Keywords::none(),
        })
        .await?;
    scene.sync().await;
    assert_eq!(scene.server.flags("Work", letter), ["\\Seen"]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_move_takes_the_label_it_came_from_and_no_other_and_undo_gives_it_back() -> Outcome {
    let (scene, letter) = labelled().await;
    let done = scene
        .lena
        .engine
        .perform(Action::MoveFrom {
            emails: vec![scene.letter("harbour").await.id],
            from: scene.folder("Work").await.id,
            to: scene.folder("Home").await.id,
        })
        .await?;
    assert_eq!(
        scene.shown("harbour").await,
        ["All Mail", "Home", "Inbox"],
        "at once"
    );
    scene.sync().await;
    scene
        .stands("harbour", letter, &["All Mail", "Home", "Inbox"])
        .await;
    scene.undo(done.undo).await;
    assert_eq!(
        scene.shown("harbour").await,
        ["All Mail", "Inbox", "Work"],
        "at once"
    );
    scene.sync().await;
    scene
        .stands("harbour", letter, &["All Mail", "Inbox", "Work"])
        .await;
    assert!(scene.expunged_in().is_empty(), "nothing is expunged for that");
    scene.assert_in_step().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_move_without_a_source_takes_the_inbox_and_a_move_from_all_mail_takes_nothing() -> Outcome {
    let (scene, letter) = labelled().await;
    let email = scene.letter("harbour").await.id;
    let home = scene.folder("Home").await.id;
    let from_all = Action::MoveFrom {
        emails: vec![email],
        from: scene.role(Role::All).await.id,
        to: home,
    };
    let done = scene.lena.engine.perform(from_all).await?;
    scene.sync().await;
    scene
        .stands("harbour", letter, &["All Mail", "Home", "Inbox", "Work"])
        .await;
    scene.undo(done.undo).await;
    scene.sync().await;
    scene
        .stands("harbour", letter, &["All Mail", "Inbox", "Work"])
        .await;
    let unsaid = Action::Move {
        emails: vec![email],
        to: home,
    };
    scene.lena.engine.perform(unsaid).await?;
    scene.sync().await;
    scene
        .stands("harbour", letter, &["All Mail", "Home", "Work"])
        .await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_move_whose_source_another_client_took_away_still_arrives() -> Outcome {
    let (scene, letter) = labelled().await;
    let email = scene.letter("harbour").await.id;
    scene.server.take("Work", letter);
    scene
        .lena
        .engine
        .perform(Action::MoveFrom {
            emails: vec![email],
            from: scene.folder("Work").await.id,
            to: scene.folder("Home").await.id,
        })
        .await?;
    scene.sync().await;
    scene
        .stands("harbour", letter, &["All Mail", "Home", "Inbox"])
        .await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn archiving_takes_the_inbox_away_and_makes_no_folder() -> Outcome {
    let (scene, letter) = labelled().await;
    let action = Action::MoveToRole {
        emails: vec![scene.letter("harbour").await.id],
        role: Role::Archive,
    };
    let done = scene.lena.engine.perform(action.clone()).await?;
    assert_eq!(scene.shown("harbour").await, ["All Mail", "Work"], "at once");
    scene.sync().await;
    scene.stands("harbour", letter, &["All Mail", "Work"]).await;
    assert!(scene.heard("CREATE").is_empty() && scene.lena.folder_named("Archive").await.is_none());
    scene.undo(done.undo).await;
    scene.sync().await;
    scene
        .stands("harbour", letter, &["All Mail", "Inbox", "Work"])
        .await;
    scene.lena.engine.perform(action.clone()).await?;
    scene.sync().await;
    let again = scene.lena.engine.perform(action).await?;
    assert_eq!(again.undo, None, "what is archived already is left alone");
    scene.stands("harbour", letter, &["All Mail", "Work"]).await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_within_the_account_is_one_more_label() -> Outcome {
    let (scene, letter) = labelled().await;
    let done = scene
        .lena
        .engine
        .perform(Action::Copy {
            emails: vec![scene.letter("harbour").await.id],
            to: scene.folder("Home").await.id,
        })
        .await?;
    scene.sync().await;
    scene
        .stands("harbour", letter, &["All Mail", "Home", "Inbox", "Work"])
        .await;
    assert_eq!(
        scene.server.with_subject("harbour"),
        [letter],
        "it is still one letter"
    );
    scene.undo(done.undo).await;
    scene.sync().await;
    scene
        .stands("harbour", letter, &["All Mail", "Inbox", "Work"])
        .await;
    assert!(scene.expunged_in().is_empty());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_done_and_undone_before_the_server_hears_leaves_no_trace() -> Outcome {
    let (scene, letter) = labelled().await;
    let email = scene.letter("harbour").await.id;
    let before = scene.server.heard().len();
    for action in [
        Action::Delete { emails: vec![email] },
        Action::MoveToRole {
            emails: vec![email],
            role: Role::Archive,
        },
        Action::Copy {
            emails: vec![email],
            to: scene.folder("Home").await.id,
        },
    ] {
        let done = scene.lena.engine.perform(action).await?;
        scene.undo(done.undo).await;
        assert_eq!(scene.shown("harbour").await, ["All Mail", "Inbox", "Work"]);
    }
    scene.sync().await;
    scene
        .stands("harbour", letter, &["All Mail", "Inbox", "Work"])
        .await;
    let since = scene.server.heard().split_off(before);
    assert!(
        since
            .iter()
            .all(|command| !command.starts_with("UID MOVE") && !command.starts_with("UID COPY")),
        "{since:?}"
    );
    Ok(())
}
