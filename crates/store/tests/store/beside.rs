//! A store that is read beside the program that has it open.

use std::path::Path;

use waxwing_model::EmailId;
use waxwing_store::{BodyFacts, Store, StoreError};

use crate::scene::Scene;

fn beside(path: &Path) -> Store {
    Store::open_beside(path).unwrap().unwrap()
}

fn found(store: &Store, query: &str) -> Vec<EmailId> {
    store.read(|r| r.search(query, 10, 0)).unwrap()
}

#[test]
fn what_is_committed_meanwhile_is_read_and_found() {
    let scene = Scene::new();
    let first = scene.add(&scene.letter(1));
    let looking = beside(&scene.path());
    assert_eq!(looking.read(|r| r.email(first)).unwrap().unwrap().id, first);
    let second = scene.add(&scene.letter(2));
    let facts = BodyFacts {
        text: "The kettle is on.".to_owned(),
        ..BodyFacts::default()
    };
    scene.store.write(|w| w.put_body(second, b"raw", &facts)).unwrap();
    assert_eq!(found(&looking, "kettle"), [second]);
    assert_eq!(
        looking.read(|r| r.raw(second)).unwrap().as_deref(),
        Some(&b"raw"[..])
    );
    scene.store.write(|w| w.remove_email(second)).unwrap();
    assert_eq!(found(&looking, "kettle"), [], "the other program has deleted it");
}

#[test]
fn nothing_is_written_and_nobody_is_kept_out() {
    let scene = Scene::new();
    scene.store.write(|w| w.put_setting("a", "b")).unwrap();
    let path = scene.path();
    drop(scene.store);
    let before = std::fs::read(&path).unwrap();
    let looking = beside(&path);
    let refused = looking.write(|w| w.put_setting("a", "c")).unwrap_err();
    assert!(matches!(refused, StoreError::OnlyRead), "{refused:?}");
    assert!(matches!(looking.give_back(), Err(StoreError::OnlyRead)));
    // Who reads keeps nobody out.
    let whole = Store::open(&path, Box::new(|_| {})).unwrap();
    whole.write(|w| w.put_setting("b", "d")).unwrap();
    drop(whole);
    assert_eq!(looking.read(|r| r.setting("b")).unwrap().as_deref(), Some("d"));
    assert_eq!(looking.read(|r| r.setting("a")).unwrap().as_deref(), Some("b"));
    drop(looking);
    drop(beside(&path));
    assert_eq!(std::fs::read(&path).unwrap().len(), before.len());
}

#[test]
fn what_a_program_left_in_the_log_is_read_and_stays_there() {
    let scene = Scene::new();
    scene.store.write(|w| w.put_setting("a", "b")).unwrap();
    let (folder, path) = (tempfile::tempdir().unwrap(), scene.path());
    let copy = folder.path().join("mail.sqlite");
    let log = |of: &Path| of.with_extension("sqlite-wal");
    // As a power cut leaves them.
    std::fs::copy(&path, &copy).unwrap();
    std::fs::copy(log(&path), log(&copy)).unwrap();
    let (store, pages) = (std::fs::read(&copy).unwrap(), std::fs::read(log(&copy)).unwrap());
    assert!(!pages.is_empty(), "there is something in the log");
    let looking = beside(&copy);
    assert_eq!(looking.read(|r| r.setting("a")).unwrap().as_deref(), Some("b"));
    drop(looking);
    assert!(std::fs::read(&copy).unwrap() == store && std::fs::read(log(&copy)).unwrap() == pages);
}

#[test]
fn a_store_that_is_not_there_or_older_is_for_who_may_change_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mail.sqlite");
    assert!(Store::open_beside(&path).unwrap().is_none());
    assert!(!path.exists(), "looking makes nothing");
    drop(Store::open(&path, Box::new(|_| {})).unwrap());
    let set = |version: i64| {
        let file = rusqlite::Connection::open(&path).unwrap();
        let known: i64 = file
            .query_row("PRAGMA user_version", [], |row| row.get(0))
            .unwrap();
        file.pragma_update(None, "user_version", version).unwrap();
        known
    };
    let known = set(5);
    assert!(Store::open_beside(&path).unwrap().is_none());
    set(known + 1);
    assert!(matches!(
        Store::open_beside(&path).map(|_| ()),
        Err(StoreError::Newer { .. })
    ));
    std::fs::write(&path, b"").unwrap();
    assert!(
        Store::open_beside(&path).unwrap().is_none(),
        "an empty file is a store to be"
    );
}
