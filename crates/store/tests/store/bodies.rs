//! Bodies: whole or not there, and never trusted without proof.

use waxwing_model::{Body, Change, Keeping};
use waxwing_store::{BodyFacts, NewEmail, StoreError};

use crate::scene::{Scene, missing};

fn facts(text: &str) -> BodyFacts {
    BodyFacts {
        preview: text.chars().take(10).collect(),
        has_attachment: true,
        text: text.to_owned(),
        ..BodyFacts::default()
    }
}

#[test]
fn a_body_comes_back_byte_for_byte_and_brings_its_facts() {
    let scene = Scene::new();
    let id = scene.add(&NewEmail {
        size: 7,
        ..scene.letter(1)
    });
    assert_eq!(
        scene.store.read(|r| r.raw(id)).unwrap(),
        None,
        "it has not come yet"
    );
    assert!(
        !scene.store.read(|r| r.verify_body(id)).unwrap(),
        "what is not here is not verified"
    );
    let raw: Vec<u8> = (0..=255).cycle().take(300_000).collect();
    scene.told();
    scene
        .store
        .write(|w| w.put_body(id, &raw, &facts("a red kettle on the stove")))
        .unwrap();
    assert_eq!(scene.told(), [Change::Emails { emails: vec![id] }]);
    assert_eq!(scene.store.read(|r| r.raw(id)).unwrap(), Some(raw), "every byte");
    assert!(scene.store.read(|r| r.verify_body(id)).unwrap());
    let email = scene.store.read(|r| r.email(id)).unwrap().unwrap();
    assert_eq!(email.body, Body::Complete);
    assert_eq!(email.size, 300_000, "the server said 7, which was not true");
    assert_eq!(
        (email.preview.as_str(), email.has_attachment),
        ("a red kett", true)
    );
    assert_eq!(
        scene.store.read(|r| r.search("stove", 10, 0)).unwrap(),
        [id],
        "its text is found"
    );
}

#[test]
fn a_body_that_was_changed_behind_our_back_is_not_given_out() {
    let scene = Scene::new();
    let [flipped, cut] = [1, 2].map(|number| scene.add(&scene.letter(number)));
    for id in [flipped, cut] {
        scene
            .store
            .write(|w| w.put_body(id, b"every byte counts", &facts("x")))
            .unwrap();
    }
    scene.spoil(flipped);
    let pack = std::fs::OpenOptions::new()
        .write(true)
        .open(scene.pack())
        .unwrap();
    pack.set_len(pack.metadata().unwrap().len() - 5).unwrap();
    for id in [flipped, cut] {
        let read = scene.store.read(|r| r.raw(id));
        assert!(matches!(read, Err(StoreError::Damaged(_))), "{read:?}");
        assert!(!scene.store.read(|r| r.verify_body(id)).unwrap());
    }
    scene.store.write(|w| w.forget_body(cut)).unwrap();
    assert_eq!(
        scene
            .store
            .read(|r| missing(r, scene.account, &Keeping::default(), 0, 9))
            .unwrap(),
        [cut],
        "it is fetched again"
    );
    assert_eq!(scene.store.read(|r| r.raw(cut)).unwrap(), None);
}

#[test]
fn missing_bodies_are_listed_newest_first() {
    let scene = Scene::new();
    let [old, new, here] = [1, 3, 2].map(|number| scene.add(&scene.letter(number)));
    scene
        .store
        .write(|w| w.put_body(here, b"here", &facts("")))
        .unwrap();
    assert_eq!(
        scene
            .store
            .read(|r| missing(r, scene.account, &Keeping::default(), 0, 10))
            .unwrap(),
        [new, old]
    );
    assert_eq!(
        scene
            .store
            .read(|r| missing(r, scene.account, &Keeping::default(), 0, 1))
            .unwrap(),
        [new]
    );
}

#[test]
fn a_letter_of_many_megabytes_is_kept_and_found_by_its_beginning() {
    let scene = Scene::new();
    let id = scene.add(&scene.letter(1));
    let raw = vec![b'x'; 30 << 20];
    let text = format!("beginning {} ending", "ä".repeat(2 << 20));
    scene
        .store
        .write(|w| w.put_body(id, &raw, &facts(&text)))
        .unwrap();
    assert_eq!(
        scene.store.read(|r| r.raw(id)).unwrap().map(|raw| raw.len()),
        Some(30 << 20)
    );
    assert_eq!(scene.store.read(|r| r.search("beginning", 10, 0)).unwrap(), [id]);
    assert_eq!(
        scene.store.read(|r| r.search("ending", 10, 0)).unwrap(),
        [],
        "the end of such a text is data"
    );
}
