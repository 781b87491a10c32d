//! Files that are not what they should be: newer, foreign, in use, cut short, or readable by others.

use std::path::Path;

use waxwing_model::TroubleKind;
use waxwing_store::{Store, StoreError};

use crate::scene::Scene;

fn open(path: &Path) -> Result<Store, StoreError> {
    Store::open(path, Box::new(|_| {}))
}

fn refused(path: &Path) -> StoreError {
    match open(path) {
        Ok(_) => panic!("this store must not open"),
        Err(error) => error,
    }
}

#[test]
fn a_store_of_a_newer_version_is_left_alone_with_a_sentence() {
    let scene = Scene::new();
    let path = scene.path();
    let folder = scene.folder;
    drop(scene.store);
    rusqlite::Connection::open(&path)
        .unwrap()
        .pragma_update(None, "user_version", 99)
        .unwrap();
    let before = std::fs::read(&path).unwrap();
    let error = refused(&path);
    assert!(
        matches!(error, StoreError::Newer { found: 99, known } if known < 99),
        "{error:?}"
    );
    let trouble = error.trouble();
    assert_eq!(trouble.kind, TroubleKind::Store);
    assert!(
        trouble.sentence.contains("newer Waxwing"),
        "the person is told what to do: {trouble}"
    );
    assert_eq!(std::fs::read(&path).unwrap(), before, "not a byte was changed");
    drop(folder);
}

#[test]
fn a_file_that_is_no_store_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("text");
    std::fs::write(&text, "Dear Amara, ".repeat(1000)).unwrap();
    let foreign = folder.path().join("foreign");
    rusqlite::Connection::open(&foreign)
        .unwrap()
        .execute_batch("CREATE TABLE recipe (name TEXT)")
        .unwrap();
    for path in [text, foreign] {
        let before = std::fs::read(&path).unwrap();
        let error = refused(&path);
        assert!(matches!(error, StoreError::Damaged(_)), "{error:?}");
        assert_eq!(std::fs::read(&path).unwrap(), before, "it may be somebody's");
    }
}

#[test]
fn a_second_waxwing_is_kept_out_until_the_first_is_gone() {
    let scene = Scene::new();
    let path = scene.path();
    let error = refused(&path);
    assert!(matches!(error, StoreError::InUse), "{error:?}");
    assert!(
        error.trouble().sentence.contains("already running"),
        "{}",
        error.trouble()
    );
    let clone = scene.store.clone();
    drop(scene.store);
    assert!(
        matches!(refused(&path), StoreError::InUse),
        "a clone is the same store"
    );
    drop(clone);
    open(&path).unwrap();
}

#[cfg(unix)]
#[test]
fn nobody_else_may_read_the_mail() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("profile").join("deep").join("mail.sqlite");
    let store = open(&path).unwrap();
    store.write(|w| w.put_setting("a", "b")).unwrap();
    for entry in std::fs::read_dir(path.parent().unwrap()).unwrap() {
        let entry = entry.unwrap();
        let mode = entry.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{:?}", entry.file_name());
    }
    for made in [path.parent().unwrap(), path.parent().unwrap().parent().unwrap()] {
        let mode = std::fs::metadata(made).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o700, "{made:?}");
    }
    drop(store);
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
    drop(open(&path).unwrap());
    let mode = std::fs::metadata(&path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, 0o600, "rights that were given away are taken back");
}

#[test]
fn a_page_that_was_overwritten_is_noticed() {
    let scene = Scene::new();
    for number in 0..200 {
        scene.add(&scene.letter(number));
    }
    let path = scene.path();
    let folder = scene.folder;
    drop(scene.store);
    let mut bytes = std::fs::read(&path).unwrap();
    let from = bytes.len() / 2 / 4096 * 4096;
    bytes[from..from + 3 * 4096].fill(0x5A);
    std::fs::write(&path, bytes).unwrap();
    let checked = open(&path).and_then(|store| store.check());
    assert!(matches!(checked, Err(StoreError::Damaged(_))), "{checked:?}");
    drop(folder);
}

#[test]
fn a_write_ahead_log_that_was_cut_anywhere_opens_with_what_was_committed_before_the_cut() {
    let scene = Scene::new();
    // A first part in the main file, a second one only in the log.
    for number in 0..20 {
        scene.add(&scene.letter(number));
    }
    rusqlite::Connection::open(scene.path())
        .unwrap()
        .execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")
        .unwrap();
    for number in 20..60 {
        scene.add(&scene.letter(number));
    }
    let main = std::fs::read(scene.path()).unwrap();
    let log = std::fs::read(scene.folder.path().join("mail.sqlite-wal")).unwrap();
    assert!(log.len() > 100_000, "the log holds the second part");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mail.sqlite");
    let mut least = usize::MAX;
    let mut most = 0;
    for cut in 0..80_usize {
        // Spread over the log, at odd places as well as at the ends of its frames.
        let length = (log.len() * cut / 80 + cut * 37 % 4096).min(log.len());
        std::fs::write(&path, &main).unwrap();
        std::fs::write(folder.path().join("mail.sqlite-wal"), &log[..length]).unwrap();
        let _ = std::fs::remove_file(folder.path().join("mail.sqlite-shm"));
        let store = open(&path).unwrap();
        store.check().unwrap();
        let subjects: Vec<String> = (1..=60)
            .filter_map(|id| store.read(|r| r.email(waxwing_model::EmailId(id))).unwrap())
            .map(|email| email.subject)
            .collect();
        let expected: Vec<String> = (0..subjects.len())
            .map(|number| format!("letter number{number}"))
            .collect();
        assert_eq!(subjects, expected, "letters up to the cut, and none after it");
        let total = store.read(|r| r.mailbox(scene.inbox)).unwrap().unwrap().total;
        assert_eq!(
            usize::try_from(total).unwrap(),
            subjects.len(),
            "the count is of the same moment"
        );
        least = least.min(subjects.len());
        most = most.max(subjects.len());
    }
    assert!(
        least <= 21 && most >= 55,
        "the cuts were all over the log: {least} to {most}"
    );
}
