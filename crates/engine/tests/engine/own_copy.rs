//! Servers that file copies of sent letters by themselves, and do not say so: the first copy is ours, and is looked after.

use waxwing_model::Role;
use waxwing_store::OwnCopy;
use waxwing_testkit::{DovecotOptions, letters};

use crate::scene::{LENA, Scene};

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

#[tokio::test(flavor = "multi_thread")]
async fn a_second_copy_that_the_person_has_deleted_is_none_and_ours_stays() {
    let mut scene = Scene::new(&DovecotOptions::default()).await;
    filed(&mut scene, &["4711"], 1).await;
    let client = scene.dovecot.other_client();
    client
        .tell("lena", &["SELECT Sent", "STORE 2 +FLAGS (\\Deleted)"])
        .unwrap();
    scene.sync().await;
    scene.sync().await;
    client.tell("lena", &["SELECT Sent", "EXPUNGE"]).unwrap();
    let left = scene.dovecot.letters("lena", "Sent").unwrap().len();
    assert_eq!(left, 1, "the only one that is left is not taken away");
}

#[tokio::test(flavor = "multi_thread")]
async fn several_copies_of_ours_are_each_looked_after() {
    let mut scene = Scene::new(&DovecotOptions::default()).await;
    filed(&mut scene, &["4711", "4712", "4713"], 1).await;
    for _ in 0..4 {
        scene.sync().await;
    }
    let left = scene.dovecot.letters("lena", "Sent").unwrap().len();
    assert_eq!(left, 3, "of each letter the server's own copy");
    let account = scene.account.id;
    let habit = scene.behind(|writing| writing.copy_habit(account)).await;
    assert_eq!((habit.files_itself, habit.own), (Some(true), Vec::new()));
}

/// Puts a copy of ours of each letter into Sent, and so many of the server's behind each. Ours are to be looked after.
async fn filed(scene: &mut Scene, names: &[&str], of_the_server: u32) {
    let each = of_the_server + 1;
    for name in names {
        let raw = format!(
            "From: {LENA}\r\nTo: jonas@waxwing.test\r\nMessage-ID: <{name}@waxwing.test>\r\nSubject: Out\r\n\r\nHello.\r\n"
        );
        for _ in 0..each {
            scene.dovecot.deliver("lena", "Sent", raw.as_bytes()).unwrap();
            // Dovecot numbers what it finds at once in no certain order.
            scene.sync().await;
        }
    }
    let account = scene.account.id;
    let names: Vec<String> = names.iter().map(|name| format!("{name}@waxwing.test")).collect();
    scene
        .behind(move |writing| {
            let sent = writing.mailbox_with_role(account, Role::Sent)?.unwrap();
            let uid_validity = writing
                .remote_mailbox(sent.id)?
                .unwrap()
                .sync
                .uid_validity
                .unwrap();
            for (place, message_id) in (0..).zip(names) {
                let own = OwnCopy {
                    message_id,
                    uid_validity,
                    uid: place * each + 1,
                    filed_at: 0,
                };
                writing.note_own_copy(account, &own)?;
            }
            Ok(())
        })
        .await;
}
