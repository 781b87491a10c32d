//! What POP3 servers have: nothing twice, and nothing removed there that does not stand here.

use waxwing_model::Retention;
use waxwing_store::{BodyFacts, Looks, digest};

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

fn looks(size: u32, face: &str) -> Looks {
    Looks {
        size,
        head: digest(&[face.as_bytes()]),
        content: None,
    }
}

#[test]
fn what_a_choice_removes_is_counted_as_it_is_removed() {
    let scene = Scene::new();
    let [whole, headless, trashed] = [1, 2, 3].map(|number| scene.add(&scene.letter(number)));
    scene
        .store
        .write(|w| {
            for email in [whole, trashed] {
                w.put_body(email, b"raw", &BodyFacts::default())?;
            }
            let names = [("whole", whole), ("headless", headless), ("trashed", trashed)];
            for (name, email) in names {
                w.remember_uidl(scene.account, name, Some(email), 0)?;
                w.describe_uidl(scene.account, name, &looks(1_000, name))?;
            }
            Ok(())
        })
        .unwrap();
    let counted = |retention: Retention| {
        let counted = scene
            .store
            .read(|r| r.copies_to_remove(scene.account, &retention, 1))
            .unwrap();
        (counted.messages, counted.octets)
    };
    assert_eq!(
        counted(Retention::RemoveWhenTrashed),
        (0, 0),
        "nothing lies there"
    );
    scene
        .store
        .write(|w| w.set_mailboxes(trashed, &[scene.trash]))
        .unwrap();
    assert_eq!(counted(Retention::RemoveWhenTrashed), (1, 1_000));
    assert_eq!(removable(&scene, Retention::RemoveWhenTrashed, 1), ["trashed"]);
    assert_eq!(
        counted(Retention::RemoveAfterDownload),
        (2, 2_000),
        "not what is here in part"
    );
    assert_eq!(counted(Retention::Keep), (0, 0));
    let there = scene.store.read(|r| r.server_copies(scene.account)).unwrap();
    assert_eq!((there.messages, there.octets), (3, 3_000));
    let partly = scene
        .store
        .read(|r| r.uidls_without_body(scene.account, u32::MAX))
        .unwrap();
    assert_eq!(partly, [("headless".to_owned(), headless)]);
}

#[test]
fn what_vanishes_is_kept_in_mind_unless_we_asked_for_it_and_names_can_be_exchanged() {
    let scene = Scene::new();
    let [one, two] = [1, 2].map(|number| scene.add(&scene.letter(number)));
    let names = |wanted: &[&str]| wanted.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    scene
        .store
        .write(|w| {
            for (name, email) in [("a", Some(one)), ("b", Some(two)), ("c", None), ("old", None)] {
                w.remember_uidl(scene.account, name, email, 5)?;
            }
            for name in ["a", "b", "c"] {
                w.describe_uidl(scene.account, name, &looks(10, name))?;
            }
            w.set_uidls_leaving(scene.account, &names(&["c"]))?;
            w.set_uidls_gone(scene.account, &names(&["b", "c", "old"]), 100)
        })
        .unwrap();
    let known = || scene.store.read(|r| r.known_uidls(scene.account)).unwrap();
    let told: Vec<_> = known()
        .iter()
        .map(|row| (row.uidl.clone(), row.gone_at))
        .collect();
    assert_eq!(
        told,
        [("a".to_owned(), None), ("b".to_owned(), Some(100))],
        "what we removed or could not recognise is forgotten"
    );
    let rows = known();
    let renames: Vec<_> = rows
        .iter()
        .zip(["b", "a"])
        .map(|(row, new)| (row.clone(), new.to_owned(), looks(11, &row.uidl)))
        .collect();
    scene
        .store
        .write(|w| w.rename_uidls(scene.account, &renames))
        .unwrap();
    let told: Vec<_> = known()
        .iter()
        .map(|row| (row.uidl.clone(), row.email, row.seen_at, row.gone_at))
        .collect();
    assert_eq!(
        told,
        [
            ("a".to_owned(), Some(two), 5, None),
            ("b".to_owned(), Some(one), 5, None)
        ],
        "each letter has the other name, and is there again"
    );
    scene
        .store
        .write(|w| {
            w.set_uidls_gone(scene.account, &names(&["a"]), 100)?;
            w.forget_uidls_gone_before(scene.account, 101)
        })
        .unwrap();
    assert_eq!(known().len(), 1, "not for ever");
}
