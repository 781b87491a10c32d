//! A store that is read beside the program that has it open.

use std::path::{Path, PathBuf};

use waxwing_model::EmailId;
use waxwing_store::{BodyFacts, Store, StoreError};

use crate::scene::Scene;

fn beside(path: &Path) -> Store {
    Store::open_beside(path).unwrap().unwrap()
}

fn found(store: &Store, query: &str) -> Vec<EmailId> {
    store.read(|r| r.search(query, 10, 0)).unwrap()
}

fn log(of: &Path) -> PathBuf {
    of.with_extension("sqlite-wal")
}

/// A copy of a store with its log, in a folder of its own, as a power cut leaves them.
fn as_left(path: &Path) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("mail.sqlite");
    std::fs::copy(path, &copy).unwrap();
    std::fs::copy(log(path), log(&copy)).unwrap();
    (folder, copy)
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
    let files = || {
        let pages = std::fs::read(path.with_extension("sqlite-wal")).unwrap_or_default();
        (std::fs::read(&path).unwrap(), pages)
    };
    let before = files();
    let looking = beside(&path);
    let refused = looking.write(|w| w.put_setting("a", "c")).unwrap_err();
    assert!(matches!(refused, StoreError::OnlyRead), "{refused:?}");
    assert!(matches!(looking.give_back(), Err(StoreError::OnlyRead)));
    assert_eq!(looking.read(|r| r.setting("a")).unwrap().as_deref(), Some("b"));
    drop(looking);
    assert!(files() == before, "not an octet is another");
    // Who reads keeps nobody out.
    let looking = beside(&path);
    let whole = Store::open(&path, Box::new(|_| {})).unwrap();
    whole.write(|w| w.put_setting("b", "d")).unwrap();
    drop(whole);
    assert_eq!(looking.read(|r| r.setting("b")).unwrap().as_deref(), Some("d"));
    assert_eq!(looking.read(|r| r.setting("a")).unwrap().as_deref(), Some("b"));
}

#[test]
fn letters_that_the_other_program_moves_while_somebody_reads_are_read_where_they_are_now() {
    let scene = Scene::new();
    let [stays, goes, most] = [1, 2, 3].map(|number| {
        let letter = scene.add(&scene.letter(number));
        let raw = [u8::try_from(number).unwrap(); 4_000].repeat(if number == 3 { 20 } else { 1 });
        let put = |w: &mut waxwing_store::Writing<'_>| w.put_body(letter, &raw, &BodyFacts::default());
        scene.store.write(put).unwrap();
        letter
    });
    let looking = beside(&scene.path());
    looking
        .read(|r| {
            assert!(r.email(most)?.is_some(), "the snapshot is that of before");
            scene.store.write(|w| {
                w.remove_email(most)?;
                w.remove_email(goes)
            })?;
            assert!(scene.store.give_back()?, "the others are moved");
            assert!(!scene.pack().exists(), "and the file is gone");
            assert_eq!(r.raw(stays)?, Some(vec![1; 4_000]));
            assert_eq!(r.beginning(stays, 3)?, Some(vec![1; 3]));
            assert_eq!(r.raw(goes)?, None, "it is deleted, and nothing is damaged");
            Ok(())
        })
        .unwrap();
}

#[test]
fn who_reads_much_at_once_leaves_the_log_as_it_is_too() {
    let scene = Scene::new();
    scene.store.write(|w| w.put_setting("a", "b")).unwrap();
    let (_folder, copy) = as_left(&scene.path());
    let pages = std::fs::read(log(&copy)).unwrap();
    let looking = beside(&copy);
    // So many that the one it was opened with is not kept.
    assert_eq!(within(&looking, 8).as_deref(), Some("b"));
    drop(looking);
    assert!(std::fs::read(log(&copy)).unwrap_or_default() == pages);
}

#[test]
fn what_a_program_left_in_the_log_is_read_and_stays_there() {
    let scene = Scene::new();
    scene.store.write(|w| w.put_setting("a", "b")).unwrap();
    let (_folder, copy) = as_left(&scene.path());
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

/// Read in so many snapshots, each within the one before.
fn within(store: &Store, snapshots: usize) -> Option<String> {
    let read = store.read(|r| match snapshots {
        1 => r.setting("a"),
        _ => Ok(within(store, snapshots - 1)),
    });
    read.unwrap()
}
