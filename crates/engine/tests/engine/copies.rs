//! A letter that one has sent and got as well, on a server that files in folders: the conversation knows that it is one letter,
//! and what is done to one of the two is done to that.

use std::collections::BTreeSet;

use waxwing_engine::{Action, ConversationLetter};
use waxwing_model::{EmailId, Role};
use waxwing_testkit::DovecotOptions;

use crate::scene::{LENA, Scene};

const DATE: &str = "Fri, 20 Nov 2026 09:00:00 +0100";

fn letter(name: &str, more: &str, text: &str) -> String {
    format!(
        "From: Lena <{LENA}>\r\nTo: list@waxwing.test\r\nSubject: To the list\r\nDate: {DATE}\r\n\
         Message-ID: <{name}@waxwing.test>\r\n{more}\r\n{text}\r\n"
    )
}

async fn deliver(scene: &Scene, folder: &str, raw: &str) {
    scene.dovecot.deliver("lena", folder, raw.as_bytes()).unwrap();
    scene.sync().await;
}

async fn conversation(scene: &Scene, with: EmailId) -> Vec<ConversationLetter> {
    let email = scene.engine().emails(vec![with]).await.unwrap().remove(0);
    scene.engine().conversation(email.thread).await.unwrap()
}

fn same(letters: &[ConversationLetter]) -> Vec<(EmailId, EmailId)> {
    let pair = |letter: &ConversationLetter| Some((letter.email.id, letter.same_as?));
    letters.iter().filter_map(pair).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn ones_own_letter_that_came_back_is_one_letter_with_that_in_sent() {
    let scene = Scene::new(&DovecotOptions::default()).await;
    deliver(&scene, "Sent", &letter("post", "", "Hello.")).await;
    let sent = scene.letters(Role::Sent).await[0].id;
    assert_eq!(same(&conversation(&scene, sent).await), [], "it has not come yet");
    let listed = letter(
        "post",
        "List-Id: <list.waxwing.test>\r\n",
        "Hello.\r\n-- \r\nthe list",
    );
    deliver(&scene, "INBOX", &listed).await;
    let answer = letter("answer", "In-Reply-To: <post@waxwing.test>\r\n", "Hello to you.");
    deliver(&scene, "INBOX", &answer).await;
    let inbox = scene.letters(Role::Inbox).await;
    let came = inbox
        .iter()
        .find(|email| email.message_id.as_deref() == Some("post@waxwing.test"));
    let came = came.unwrap().id;
    let letters = conversation(&scene, sent).await;
    assert_eq!(letters.len(), 3, "neither is lost");
    assert_eq!(same(&letters), [(sent, came)]);

    // Who deletes the one deletes both, since both are given.
    let emails = vec![came, sent];
    let role = Role::Trash;
    scene
        .engine()
        .perform(Action::MoveToRole { emails, role })
        .await
        .unwrap();
    assert_eq!(
        same(&conversation(&scene, sent).await),
        [],
        "in Trash they are two again"
    );
    assert_eq!(scene.letters(Role::Trash).await.len(), 2);
    // And deleted once more from where it is not seen to be, nothing goes for good.
    let emails = vec![came, sent];
    let performed = scene
        .engine()
        .perform(Action::MoveToRole { emails, role })
        .await
        .unwrap();
    assert_eq!((performed.undo, performed.affected), (None, 0));
    assert_eq!(scene.letters(Role::Trash).await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_one_that_came_is_in_trash_that_in_sent_stands_for_itself() {
    let scene = Scene::new(&DovecotOptions::default()).await;
    deliver(&scene, "Sent", &letter("note", "", "Buy milk.")).await;
    deliver(&scene, "INBOX", &letter("note", "", "Buy milk.")).await;
    let came = scene.letters(Role::Inbox).await[0].id;
    assert_eq!(same(&conversation(&scene, came).await).len(), 1);
    let emails = vec![came];
    scene.engine().perform(Action::Delete { emails }).await.unwrap();
    assert_eq!(same(&conversation(&scene, came).await), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn copies_that_somebody_made_and_letters_of_another_date_are_letters_of_their_own() {
    let scene = Scene::new(&DovecotOptions::default()).await;
    deliver(&scene, "INBOX", &letter("plan", "", "As agreed.")).await;
    deliver(&scene, "Archive", &letter("plan", "", "As agreed.")).await;
    deliver(
        &scene,
        "Sent",
        &letter("post", "In-Reply-To: <plan@waxwing.test>\r\n", "Yes."),
    )
    .await;
    // A stranger who knows the name of a letter puts nothing in its place by that.
    let other = letter("post", "In-Reply-To: <plan@waxwing.test>\r\n", "No.")
        .replace(DATE, "Sat, 21 Nov 2026 09:00:00 +0100");
    deliver(&scene, "INBOX", &other).await;
    // Nor one who got it, and so knows its date as well.
    let theirs = letter("post", "In-Reply-To: <plan@waxwing.test>\r\n", "Never.")
        .replace(&format!("From: Lena <{LENA}>"), "From: Bob <bob@waxwing.test>");
    deliver(&scene, "INBOX", &theirs).await;
    let sent = scene.letters(Role::Sent).await[0].id;
    let letters = conversation(&scene, sent).await;
    assert_eq!(letters.len(), 5);
    assert_eq!(same(&letters), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn taken_out_of_its_conversation_it_takes_the_one_in_sent_along() {
    let scene = Scene::new(&DovecotOptions::default()).await;
    deliver(&scene, "INBOX", &letter("first", "", "Who comes?")).await;
    let answer = letter("post", "In-Reply-To: <first@waxwing.test>\r\n", "I do.");
    deliver(&scene, "Sent", &answer).await;
    deliver(&scene, "INBOX", &answer).await;
    let sent = scene.letters(Role::Sent).await[0].id;
    let [(_, came)] = same(&conversation(&scene, sent).await)[..] else {
        panic!("it is one letter");
    };
    let emails = vec![came];
    scene.engine().perform(Action::TakeOut { emails }).await.unwrap();
    let together: BTreeSet<EmailId> = conversation(&scene, came)
        .await
        .iter()
        .map(|letter| letter.email.id)
        .collect();
    assert_eq!(together, BTreeSet::from([came, sent]));
}
