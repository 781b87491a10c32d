//! What comes in: each letter once, under all its labels, whatever other clients do to it.

use waxwing_model::{Body, Keyword};
use waxwing_testkit::labels::Semantics;

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn the_first_synchronisation_fetches_each_letter_once_and_shows_it_under_all_its_labels() -> Outcome {
    let scene = Scene::new(Semantics::Gmail).await;
    scene.server.create("Work");
    let labelled = scene.deliver(&["INBOX", "Work"], "labelled");
    let sent = scene.deliver(&[SENT], "sent");
    let archived = scene.deliver(&[ALL], "archived");
    let trashed = scene.deliver(&[TRASH], "trashed");
    let mut many = Vec::new();
    for number in 0..150 {
        let places: &[&str] = match number % 3 {
            0 => &["INBOX"],
            1 => &["INBOX", "Work"],
            _ => &["Work"],
        };
        many.push(scene.deliver(places, &format!("letter {number}")));
    }
    scene.sync().await;
    scene
        .stands("labelled", labelled, &["All Mail", "Inbox", "Work"])
        .await;
    scene.stands("sent", sent, &["All Mail", "Sent Mail"]).await;
    scene.stands("archived", archived, &["All Mail"]).await;
    scene.stands("trashed", trashed, &["Trash"]).await;
    for letter in [labelled, sent, archived, trashed].into_iter().chain(many) {
        assert_eq!(scene.server.bodies_given(letter), 1, "each body is fetched once");
    }
    let twice: u32 = [sent, archived]
        .iter()
        .map(|letter| scene.server.headers_given(*letter))
        .sum();
    assert_eq!(
        twice, 2,
        "and “All Mail” costs a header only of what is nowhere else"
    );
    assert_eq!(scene.letter("labelled").await.body, Body::Complete);
    scene.assert_in_step().await;
    let before = scene.server.heard().len();
    scene.sync().await;
    let again = scene.server.heard().len() - before;
    assert!(again <= 6, "nothing is left to be asked: {again} commands");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn labels_that_another_client_gives_and_takes_are_followed_and_the_letter_is_the_same() -> Outcome {
    let scene = Scene::new(Semantics::Gmail).await;
    let letter = scene.deliver(&["INBOX"], "harbour");
    scene.sync().await;
    let id = scene.letter("harbour").await.id;
    scene.server.create("Work");
    scene.server.put("Work", letter);
    scene.sync().await;
    scene
        .stands("harbour", letter, &["All Mail", "Inbox", "Work"])
        .await;
    scene.server.take("INBOX", letter);
    scene.sync().await;
    scene.stands("harbour", letter, &["All Mail", "Work"]).await;
    // Out of the inbox and back, between two looks: another number, the same letter.
    scene.server.put("INBOX", letter);
    scene.sync().await;
    scene.server.take("INBOX", letter);
    scene.server.put("INBOX", letter);
    scene.sync().await;
    scene
        .stands("harbour", letter, &["All Mail", "Inbox", "Work"])
        .await;
    scene.server.put(TRASH, letter);
    scene.sync().await;
    scene.stands("harbour", letter, &["Trash"]).await;
    scene.server.put("Work", letter);
    scene.sync().await;
    scene.stands("harbour", letter, &["All Mail", "Work"]).await;
    assert_eq!(
        scene.letter("harbour").await.id,
        id,
        "it was one letter all the time"
    );
    assert_eq!(scene.server.bodies_given(letter), 1, "and was fetched once");
    scene.assert_in_step().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_another_client_deletes_for_good_is_gone_here_too() -> Outcome {
    let scene = Scene::new(Semantics::Gmail).await;
    let letter = scene.deliver(&["INBOX"], "gone");
    scene.deliver(&["INBOX"], "stays");
    scene.sync().await;
    scene.server.put(TRASH, letter);
    scene.server.take(TRASH, letter);
    scene.sync().await;
    assert!(scene.letters("gone").await.is_empty());
    assert_eq!(scene.shown("stays").await, ["All Mail", "Inbox"]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mark_of_another_client_is_seen_under_every_label() -> Outcome {
    let scene = Scene::new(Semantics::Gmail).await;
    scene.server.create("Work");
    let letter = scene.deliver(&["INBOX", "Work"], "harbour");
    scene.sync().await;
    scene.server.mark("Work", letter, "\\Flagged", true);
    scene.server.mark("INBOX", letter, "\\Seen", true);
    scene.sync().await;
    let email = scene.letter("harbour").await;
    assert!(email.keywords.has(Keyword::FLAGGED) && email.keywords.has(Keyword::SEEN));
    for name in ["Inbox", "Work", "All Mail"] {
        assert_eq!(scene.folder(name).await.unread, 0, "{name} counts it as read");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_that_the_server_puts_into_one_conversation_stand_in_one() -> Outcome {
    let scene = Scene::new(Semantics::Gmail).await;
    for (subject, thread) in [("question", 5), ("answer without references", 5), ("another", 6)] {
        scene.server.deliver(&["INBOX"], thread, &written(subject));
    }
    scene.sync().await;
    let thread = scene.letter("question").await.thread;
    assert_eq!(scene.letter("answer without references").await.thread, thread);
    assert_ne!(scene.letter("another").await.thread, thread);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_is_numbered_anew_costs_no_second_body() -> Outcome {
    let scene = Scene::new(Semantics::Gmail).await;
    let letters: Vec<u64> = (0..20)
        .map(|number| scene.deliver(&["INBOX"], &format!("letter {number}")))
        .collect();
    scene.sync().await;
    let id = scene.letter("letter 7").await.id;
    scene.server.renumber("INBOX");
    scene.server.renumber(ALL);
    scene.sync().await;
    scene.stands("letter 7", letters[7], &["All Mail", "Inbox"]).await;
    assert_eq!(scene.letter("letter 7").await.id, id);
    for letter in letters {
        assert_eq!(scene.server.bodies_given(letter), 1);
    }
    scene.assert_in_step().await;
    Ok(())
}
