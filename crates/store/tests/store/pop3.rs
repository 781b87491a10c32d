//! What POP3 servers have: nothing twice, and nothing removed there that does not stand here.

use waxwing_model::Retention;
use waxwing_store::BodyFacts;

use crate::scene::Scene;

const DAY: i64 = 24 * 60 * 60 * 1000;

fn removable(scene: &Scene, retention: Retention, now: i64) -> Vec<String> {
    scene
        .store
        .read(|r| r.uidls_to_remove(scene.account, &retention, now))
        .unwrap()
}

#[test]
fn only_what_stands_here_or_was_deleted_here_is_removed_from_the_server() {
    let scene = Scene::new();
    let [whole, headless, damaged, deleted] = [1, 2, 3, 4].map(|number| scene.add(&scene.letter(number)));
    scene
        .store
        .write(|w| {
            for email in [whole, damaged, deleted] {
                w.put_body(email, b"raw", &BodyFacts::default())?;
            }
            w.remember_uidl(scene.account, "whole", Some(whole), 0)?;
            w.remember_uidl(scene.account, "headless", Some(headless), 0)?;
            w.remember_uidl(scene.account, "damaged", Some(damaged), 0)?;
            w.remember_uidl(scene.account, "deleted", Some(deleted), 0)?;
            w.remember_uidl(scene.account, "never kept", None, 0)?;
            w.remove_email(deleted)
        })
        .unwrap();
    scene.spoil(damaged);

    assert_eq!(
        removable(&scene, Retention::Keep, i64::MAX),
        [""; 0],
        "keep means keep"
    );
    assert_eq!(
        removable(&scene, Retention::RemoveAfterDownload, 1),
        ["deleted", "whole"]
    );
    assert_eq!(
        removable(&scene, Retention::RemoveWhenDeleted, i64::MAX),
        ["deleted"]
    );
    let days = Retention::RemoveAfterDays { days: 3 };
    assert_eq!(
        removable(&scene, days, 3 * DAY - 1),
        ["deleted"],
        "it is not time yet"
    );
    assert_eq!(
        removable(&scene, days, 3 * DAY),
        ["deleted", "whole"],
        "now it is"
    );
}

#[test]
fn a_message_is_known_from_the_transaction_that_kept_it_until_the_server_has_it_no_more() {
    let scene = Scene::new();
    let email = scene
        .store
        .write(|w| {
            let email = w.insert_email(&scene.letter(1))?;
            w.remember_uidl(scene.account, "a", Some(email), 5)?;
            w.remember_uidl(scene.account, "b", None, 6)?;
            Ok(email)
        })
        .unwrap();
    scene
        .store
        .write(|w| w.remember_uidl(scene.account, "a", None, 9))
        .unwrap();
    let known = scene.store.read(|r| r.known_uidls(scene.account)).unwrap();
    let told: Vec<_> = known
        .iter()
        .map(|known| (known.uidl.as_str(), known.email, known.seen_at))
        .collect();
    assert_eq!(
        told,
        [("a", Some(email), 5), ("b", None, 6)],
        "the first moment counts, and the letter stays"
    );
    scene.store.write(|w| w.remove_email(email)).unwrap();
    let known = scene.store.read(|r| r.known_uidls(scene.account)).unwrap();
    assert!(
        known.iter().any(|known| known.uidl == "a"),
        "what was deleted here does not come again"
    );
    scene
        .store
        .write(|w| w.forget_uidls(scene.account, &["a".to_owned(), "zz".to_owned()]))
        .unwrap();
    let known = scene.store.read(|r| r.known_uidls(scene.account)).unwrap();
    assert_eq!(known.len(), 1, "the server has only b");
}
