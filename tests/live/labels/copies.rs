//! Servers that keep copies of one letter in folders and tell that they are one (EMAILID, RFC 8474), and that name their
//! folders (MAILBOXID).

use waxwing_engine::Action;
use waxwing_model::{Keyword, Keywords};
use waxwing_testkit::labels::Semantics;

use super::*;

/// A letter of which the inbox and Work have a copy each, and a folder Home without one.
async fn copied() -> (Scene, u64) {
    let scene = Scene::new(Semantics::Objects).await;
    scene.server.create("Work");
    scene.server.create("Home");
    let letter = scene.deliver(&["INBOX", "Work"], "harbour");
    scene.deliver(&["INBOX"], "neighbour");
    scene.sync().await;
    (scene, letter)
}

#[tokio::test(flavor = "multi_thread")]
async fn copies_are_one_letter_which_is_fetched_once() -> Outcome {
    let (scene, letter) = copied().await;
    scene.stands("harbour", letter, &["Inbox", "Work"]).await;
    assert_eq!(scene.server.bodies_given(letter), 1);
    // One more copy in the same folder is that letter too.
    scene.server.put("Work", letter);
    scene.sync().await;
    assert_eq!(scene.shown("harbour").await, ["Inbox", "Work"]);
    let before = scene.server.heard().len();
    scene.sync().await;
    let again = scene.server.heard().split_off(before);
    assert!(
        again.iter().all(|command| !command.starts_with("SELECT")),
        "and nothing seems to be missing: {again:?}"
    );
    scene.assert_in_step().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_is_read_when_all_its_copies_are_and_reading_it_reads_them_all() -> Outcome {
    let (scene, letter) = copied().await;
    scene.server.mark("Work", letter, "\\Seen", true);
    scene.server.mark("Work", letter, "\\Flagged", true);
    scene.sync().await;
    scene.sync().await;
    let email = scene.letter("harbour").await;
    assert!(
        !email.keywords.has(Keyword::SEEN),
        "the copy in the inbox is unread"
    );
    assert!(email.keywords.has(Keyword::FLAGGED), "one star is enough");
    scene.assert_in_step().await;
    scene
        .lena
        .engine
        .perform(Action::SetKeywords {
            emails: vec![email.id],
            add: Keywords::only(Keyword::SEEN),
            remove: Keywords::none(),
        })
        .await?;
    scene.sync().await;
    assert_eq!(scene.server.flags("INBOX", letter), ["\\Seen"]);
    assert_eq!(scene.server.flags("Work", letter), ["\\Flagged", "\\Seen"]);
    assert!(scene.letter("harbour").await.keywords.has(Keyword::SEEN));
    scene.assert_in_step().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_move_from_one_folder_leaves_the_other_copy_and_undo_works() -> Outcome {
    let (scene, letter) = copied().await;
    let move_from = async |from: &str, to: &str| {
        let action = Action::MoveFrom {
            emails: vec![scene.letter("harbour").await.id],
            from: scene.folder(from).await.id,
            to: scene.folder(to).await.id,
        };
        scene.lena.engine.perform(action).await
    };
    let done = move_from("Work", "Home").await?;
    scene.sync().await;
    scene.stands("harbour", letter, &["Home", "Inbox"]).await;
    scene.undo(done.undo).await;
    scene.sync().await;
    scene.stands("harbour", letter, &["Inbox", "Work"]).await;
    // Into a folder that has it already: one copy is enough there, and the other is seen before this one goes.
    let done = move_from("Inbox", "Work").await?;
    scene.sync().await;
    scene.stands("harbour", letter, &["Work"]).await;
    scene.undo(done.undo).await;
    scene.sync().await;
    scene.stands("harbour", letter, &["Inbox", "Work"]).await;
    scene.assert_in_step().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deletion_takes_all_copies_to_trash_as_one_and_undo_puts_each_back() -> Outcome {
    let (scene, letter) = copied().await;
    let emails = vec![scene.letter("harbour").await.id];
    let done = scene.lena.engine.perform(Action::Delete { emails }).await?;
    scene.sync().await;
    scene.stands("harbour", letter, &["Trash"]).await;
    scene.undo(done.undo).await;
    scene.sync().await;
    scene.stands("harbour", letter, &["Inbox", "Work"]).await;
    assert_eq!(scene.server.bodies_given(letter), 1);
    scene.assert_in_step().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_in_trash_of_which_a_folder_has_a_copy_is_not_deleted_for_good() -> Outcome {
    let scene = Scene::new(Semantics::Objects).await;
    let letter = scene.deliver(&["INBOX", "Trash"], "harbour");
    scene.sync().await;
    scene.stands("harbour", letter, &["Inbox", "Trash"]).await;
    let delete = async || {
        let emails = vec![scene.letter("harbour").await.id];
        scene.lena.engine.perform(Action::Delete { emails }).await
    };
    delete().await?;
    scene.sync().await;
    scene.stands("harbour", letter, &["Trash"]).await;
    delete().await?;
    // Another client has put a copy aside since: that one is not the person's to delete.
    scene.server.put("INBOX", letter);
    scene.sync().await;
    scene.sync().await;
    scene.stands("harbour", letter, &["Inbox"]).await;
    assert_eq!(scene.expunged_in().last().map(String::as_str), Some("Trash"));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_is_the_letter_in_one_more_folder_and_undo_takes_it_away_there() -> Outcome {
    let (scene, letter) = copied().await;
    let done = scene
        .lena
        .engine
        .perform(Action::Copy {
            emails: vec![scene.letter("harbour").await.id],
            to: scene.folder("Home").await.id,
        })
        .await?;
    scene.sync().await;
    scene.stands("harbour", letter, &["Home", "Inbox", "Work"]).await;
    scene.undo(done.undo).await;
    scene.sync().await;
    scene.stands("harbour", letter, &["Inbox", "Work"]).await;
    assert_eq!(scene.expunged_in(), ["Home"]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_is_not_taken_away_when_it_is_the_last_one() -> Outcome {
    let scene = Scene::new(Semantics::Objects).await;
    scene.server.create("Home");
    let letter = scene.deliver(&["INBOX"], "harbour");
    scene.sync().await;
    let done = scene
        .lena
        .engine
        .perform(Action::Copy {
            emails: vec![scene.letter("harbour").await.id],
            to: scene.folder("Home").await.id,
        })
        .await?;
    scene.sync().await;
    scene.server.take("INBOX", letter);
    scene.undo(done.undo).await;
    scene.sync().await;
    scene.sync().await;
    scene.stands("harbour", letter, &["Home"]).await;
    assert!(scene.expunged_in().is_empty(), "the only copy stays");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_another_client_moves_is_the_same_and_is_not_fetched_again() -> Outcome {
    let scene = Scene::new(Semantics::Objects).await;
    scene.server.create("Work");
    let letter = scene.deliver(&["INBOX"], "harbour");
    scene.sync().await;
    let id = scene.letter("harbour").await.id;
    scene.server.put("Work", letter);
    scene.server.take("INBOX", letter);
    scene.sync().await;
    scene.stands("harbour", letter, &["Work"]).await;
    assert_eq!(scene.letter("harbour").await.id, id);
    assert_eq!(scene.server.bodies_given(letter), 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_another_client_renames_keeps_its_letters() -> Outcome {
    let scene = Scene::new(Semantics::Objects).await;
    for path in ["Work", "Work/Ships", "Home"] {
        scene.server.create(path);
    }
    let letter = scene.deliver(&["Work/Ships"], "harbour");
    scene.sync().await;
    let before = (scene.folder("Work").await.id, scene.folder("Ships").await.id);
    let email = scene.letter("harbour").await.id;
    scene.server.rename("Work", "Trade");
    scene.sync().await;
    let after = (scene.folder("Trade").await.id, scene.folder("Ships").await.id);
    assert_eq!(before, after, "they are the same folders");
    assert_eq!(scene.folder("Ships").await.parent, Some(after.0));
    assert!(scene.lena.folder_named("Work").await.is_none());
    scene.stands("harbour", letter, &["Ships"]).await;
    assert_eq!(scene.letter("harbour").await.id, email);
    assert_eq!(
        scene.server.headers_given(letter),
        1,
        "nothing of it is fetched again"
    );

    // Two that change names: what stood at a path is what is called so now.
    let home = scene.folder("Home").await.id;
    scene.server.rename("Home", "Aside");
    scene.server.rename("Trade", "Home");
    scene.sync().await;
    assert_eq!(scene.folder("Home").await.id, after.0);
    assert_eq!(scene.folder("Aside").await.id, home);
    scene.stands("harbour", letter, &["Ships"]).await;
    Ok(())
}
