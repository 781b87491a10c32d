//! Servers that file copies of sent letters by themselves, and do not say so: the first copy is ours, and is looked after.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where it fails"
)]

#[allow(dead_code, reason = "each test program uses its own part of this")]
mod scene;

use scene::{LENA, Scene};
use waxwing_model::Role;
use waxwing_store::OwnCopy;
use waxwing_testkit::{DovecotOptions, letters};

const NAME: &str = "4711@waxwing.test";

/// How many copies Sent has on the server, with ours there and so many that the server has filed by itself.
async fn sent_after(copies_of_the_server: usize) -> (usize, Option<bool>) {
    let mut scene = Scene::new(&DovecotOptions::default()).await;
    let simple = letters::simple(LENA, "jonas@waxwing.test", "Out", "Hello.");
    let rest = String::from_utf8(simple).unwrap();
    let rest = rest.split_once("\r\nSubject:").unwrap().1.to_owned();
    let raw = format!("From: {LENA}\r\nMessage-ID: <{NAME}>\r\nSubject:{rest}");
    for _ in 0..=copies_of_the_server {
        scene.dovecot.deliver("lena", "Sent", raw.as_bytes()).unwrap();
    }
    scene.sync().await;
    let account = scene.account.id;
    scene
        .behind(|writing| {
            let sent = writing.mailbox_with_role(account, Role::Sent)?.unwrap();
            let state = writing.remote_mailbox(sent.id)?.unwrap();
            let own = OwnCopy {
                message_id: NAME.to_owned(),
                uid_validity: state.sync.uid_validity.unwrap(),
                uid: 1,
                // Long enough ago for a second one to be there.
                filed_at: 0,
            };
            writing.note_own_copy(account, &own)
        })
        .await;
    scene.sync().await;
    scene.sync().await;
    let left = scene.dovecot.letters("lena", "Sent").unwrap().len();
    let habit = scene.behind(|writing| writing.copy_habit(account)).await;
    assert_eq!(habit.own, [], "it was looked after");
    (left, habit.files_itself)
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_server_has_a_copy_of_its_own_ours_goes_and_the_next_is_left_to_it() {
    assert_eq!(sent_after(1).await, (1, Some(true)));
}

#[tokio::test(flavor = "multi_thread")]
async fn where_ours_stays_the_only_one_the_next_is_ours_too() {
    assert_eq!(sent_after(0).await, (1, Some(false)));
}
