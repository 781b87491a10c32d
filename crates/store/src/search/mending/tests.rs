//! Volumes that are spoilt in a real store, and what becomes of the index and of whoever searches or writes meanwhile.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use rusqlite::hooks::Action;
use waxwing_model::EmailId;

use super::super::repair::AT_ONCE;
use super::super::volumes::{BLOCKS, FULL, table};
use super::super::volumes_tests::Shelf;
use crate::{Repairs, StoreError, Unindexed};

/// Makes nonsense of what a volume says, in all of its blocks or in the outline alone.
fn spoil(shelf: &Shelf, table: &str, what: &str) {
    let sql =
        format!("UPDATE {table}_data SET block = CAST(printf('%.*c', length(block), 'Z') AS BLOB) {what}");
    shelf
        .store
        .with_writer(|connection| connection.execute(&sql, []))
        .expect("it is spoilt");
}

#[test]
fn a_damaged_volume_is_left_out_of_a_search_noted_and_built_again() {
    for what in ["WHERE id > 10", "WHERE id = 10", ""] {
        let shelf = Shelf::new();
        shelf.add(&(0..4 * FULL).map(|day| day * 1000).collect::<Vec<_>>());
        shelf.index();
        // So that nobody has the outline of it in mind.
        let shelf = shelf.reopened();
        let whole = shelf.found("jonas ");
        assert_eq!(shelf.store.repair_search().unwrap(), Repairs::default());
        assert!(!shelf.store.has_met_damage(), "all is well");
        spoil(&shelf, &largest(&shelf), what);
        let shelf = shelf.reopened();
        let found = shelf.found("jonas ");
        assert!(
            found.len() < whole.len() && found.len() >= whole.len() / 2,
            "{what}: the others are found, {} of {}",
            found.len(),
            whole.len()
        );
        assert!(shelf.store.has_met_damage(), "{what}: it is noted");
        assert!(!shelf.store.has_met_damage(), "once");
        let repairs = shelf.store.repair_search().unwrap();
        assert_eq!(repairs.damaged, 1, "{what}");
        assert_eq!(shelf.found("jonas "), found, "{what}: the others still are");
        let half = shelf
            .store
            .write(|w| w.index_waiting(Unindexed::All, 30))
            .unwrap();
        assert_eq!(half, 30);
        assert_eq!(
            shelf.found("jonas ").len(),
            found.len() + 30,
            "{what}: while it is built"
        );
        shelf.index();
        assert_eq!(shelf.found("jonas "), whole, "{what}: and all are again");
        assert_eq!(shelf.store.repair_search().unwrap(), Repairs::default());
        shelf.hold_against_letters(what);
        shelf.store.check().unwrap();
    }
}

/// The volume with the most lines of those that are not the first, which is not made as they are.
fn largest(shelf: &Shelf) -> String {
    let largest = shelf.store.read(|r| {
        let mut tables = Vec::new();
        for volume in r.volumes()?.iter().filter(|volume| volume.id > 1) {
            let table = table(volume.id);
            let lines = r.number("counting", &format!("SELECT count(*) FROM {table}_docsize"), [])?;
            tables.push((lines, table));
        }
        Ok(tables.into_iter().max().expect("there are several").1)
    });
    largest.unwrap()
}

#[test]
fn a_damaged_volume_is_left_out_of_a_search_for_words_or_something_else() {
    let shelf = Shelf::new();
    let letters = shelf.add(&(0..4 * FULL).map(|day| day * 1000).collect::<Vec<_>>());
    shelf.index();
    let shelf = shelf.reopened();
    let damaged = largest(&shelf);
    let lines = format!("SELECT id FROM {damaged}_docsize ORDER BY id DESC");
    let unknown = shelf
        .store
        .read(|r| r.all("reading", &lines, [], |row| row.get(0).map(EmailId)))
        .unwrap();
    // More ways than are gone by themselves, so that it is asked as it stands; and words that are not wanted.
    let many = format!("({})", "boat OR has:attachment OR tag:a OR tag:b) (".repeat(3));
    let many = format!(
        "{}x OR nothing OR boat OR whale OR is:read OR is:unread)",
        many.trim_end_matches(')')
    );
    let queries = [many.as_str(), "-(boat OR has:attachment) ", "-boat is:unread "];
    let whole = queries.map(|query| shelf.found(query));
    spoil(&shelf, &damaged, "WHERE id > 10");
    let shelf = shelf.reopened();
    for (query, whole) in queries.iter().zip(whole) {
        let found = shelf.found(query);
        assert!(shelf.store.has_met_damage(), "{query}: it is noted");
        let known = |email: &&EmailId| !unknown.contains(email);
        assert_eq!(
            found.iter().filter(known).collect::<Vec<_>>(),
            whole.iter().filter(known).collect::<Vec<_>>(),
            "{query}: all others are found"
        );
        assert!(
            found.iter().all(|email| whole.contains(email)),
            "{query}: and none that is not meant"
        );
    }
    let with_files = shelf.found("has:attachment ");
    let by_files = |email: &&EmailId| unknown.contains(email) && with_files.contains(email);
    assert_eq!(
        shelf.found(&many).iter().filter(by_files).count(),
        with_files.iter().filter(by_files).count(),
        "what is found by something else than words is found there too"
    );
    assert!(!letters.is_empty());
}

/// How many letters a transaction has noted to be indexed, at the most.
fn most_noted(shelf: &Shelf, work: impl FnOnce()) -> usize {
    let noted = Arc::new(AtomicUsize::new(0));
    let most = Arc::new(AtomicUsize::new(0));
    shelf.store.with_writer(|connection| {
        let (counting, comparing) = (Arc::clone(&noted), Arc::clone(&most));
        connection
            .update_hook(Some(move |action, _: &str, table: &str, _| {
                if table == "unindexed" && action == Action::SQLITE_INSERT {
                    counting.fetch_add(1, Ordering::Relaxed);
                }
            }))
            .expect("it is heard");
        connection
            .commit_hook(Some(move || {
                comparing.fetch_max(noted.swap(0, Ordering::Relaxed), Ordering::Relaxed);
                false
            }))
            .expect("it is heard");
    });
    work();
    most.load(Ordering::Relaxed)
}

#[test]
fn letters_of_a_damaged_volume_are_noted_some_at_a_time_so_that_whoever_writes_waits_for_these_alone() {
    let shelf = Shelf::new();
    // Of one moment, so that no volume is cut.
    let letters = shelf.add(&vec![1000; usize::try_from(7 * FULL).unwrap()]);
    shelf.index();
    let shelf = shelf.reopened();
    spoil(&shelf, "search", "WHERE id > 10");
    let shelf = shelf.reopened();
    let mut damaged = 0;
    let most = most_noted(&shelf, || damaged = shelf.store.repair_search().unwrap().damaged);
    assert_eq!(damaged, 1);
    assert!(most > 0 && most <= AT_ONCE, "{most} in one transaction");
    let waiting = shelf.store.read(|r| r.search_waiting()).unwrap().0;
    assert_eq!(waiting as usize, letters.len(), "all of them are");
    shelf.index();
    shelf.hold_against_letters("after it was mended");
}

/// How many blocks a volume has with each commit of some work.
fn blocks(shelf: &Shelf, volume: i64, work: impl FnOnce()) -> Vec<i64> {
    let beside = rusqlite::Connection::open(shelf.store.path()).expect("another reader");
    let seen = Arc::new(Mutex::new(Vec::new()));
    let (looking, told) = (
        format!("SELECT count(*) FROM {}_data", table(volume)),
        Arc::clone(&seen),
    );
    let count = move || {
        beside
            .query_row(&looking, [], |row| row.get(0))
            .expect("they are counted")
    };
    shelf.store.with_writer(|connection| {
        connection
            .commit_hook(Some(move || {
                // As it was before this one.
                told.lock().expect("nobody panics").push(count());
                false
            }))
            .expect("it is heard");
    });
    work();
    let none: Option<fn() -> bool> = None;
    shelf
        .store
        .with_writer(|connection| connection.commit_hook(none))
        .expect("it is heard no more");
    let mut seen = std::mem::take(&mut *seen.lock().expect("nobody panics"));
    let beside = rusqlite::Connection::open(shelf.store.path()).expect("another reader");
    let sql = format!("SELECT count(*) FROM {}_data", table(volume));
    seen.push(
        beside
            .query_row(&sql, [], |row| row.get(0))
            .expect("as it is now"),
    );
    seen
}

#[test]
fn a_damaged_volume_is_emptied_in_portions_so_that_whoever_writes_waits_for_one_alone() {
    let shelf = Shelf::new();
    let letters = shelf.add(&(0..4 * FULL).map(|day| day * 1000).collect::<Vec<_>>());
    shelf.index();
    let last: i64 = largest(&shelf).trim_start_matches("search_").parse().unwrap();
    for id in [1, last] {
        spoil(&shelf, &table(id), "WHERE id > 10");
    }
    let shelf = shelf.reopened();
    shelf.store.begin_comparing().unwrap();
    // The first is emptied, and the others are made anew.
    for volume in [1, last] {
        let seen = blocks(&shelf, volume, || {
            assert!(shelf.store.mend_volume(volume).unwrap());
        });
        let (most, left) = (seen[0], seen[seen.len() - 1]);
        assert!(most > 3 * BLOCKS, "it is worth more than one portion: {most}");
        assert!(left <= 2, "what says that it is empty is left: {left}");
        for pair in seen.windows(2) {
            // With the last few goes what says where they are.
            assert!(pair[0] - pair[1] < 2 * BLOCKS, "{seen:?}");
        }
    }
    assert_eq!(shelf.store.repair_search().unwrap().damaged, 0, "both make sense");
    shelf.index();
    assert_eq!(shelf.found("jonas ").len(), letters.len());
    shelf.hold_against_letters("after it was mended");
    shelf.store.check().unwrap();
}

#[test]
fn a_volume_that_was_emptied_in_part_when_the_program_ended_is_built_again_the_next_time() {
    let shelf = Shelf::new();
    let letters = shelf.add(&(0..4 * FULL).map(|day| day * 1000).collect::<Vec<_>>());
    shelf.index();
    shelf.store.begin_comparing().unwrap();
    for _ in 0..3 {
        assert!(shelf.store.write(|w| w.empty_some(1)).unwrap(), "there is more");
    }
    let shelf = shelf.reopened();
    let found = shelf.found("jonas ").len();
    assert!(found < letters.len(), "it is left out: {found}");
    assert_eq!(shelf.store.repair_search().unwrap().damaged, 1);
    shelf.index();
    assert_eq!(shelf.found("jonas ").len(), letters.len());
    shelf.hold_against_letters("after it was mended");
}

#[test]
fn the_only_volume_is_built_again_and_letters_come_to_it() {
    let shelf = Shelf::new();
    let letters = shelf.add(&[1000, 2000, 3000]);
    shelf.index();
    spoil(&shelf, "search", "");
    let shelf = shelf.reopened();
    assert!(shelf.found("jonas ").is_empty());
    let come = shelf.store.write(|w| {
        let letter = w.email(letters[0])?.expect("it is there").subject;
        assert_eq!(letter, "A whale");
        w.put_body(letters[0], b"x", &crate::BodyFacts::default())
    });
    assert!(
        matches!(come, Ok(()) | Err(StoreError::DamagedIndex(_))),
        "{come:?}"
    );
    assert!(shelf.store.has_met_damage());
    assert_eq!(shelf.store.repair_search().unwrap().damaged, 1);
    shelf.index();
    assert_eq!(shelf.found("jonas ").len(), 3);
    shelf
        .store
        .write(|w| w.put_body(letters[0], b"x", &crate::BodyFacts::default()))
        .unwrap();
    shelf.hold_against_letters("after it was mended");
    shelf.store.check().unwrap();
}

#[test]
fn a_disk_that_is_full_ends_the_building_of_the_index_with_what_was_written_and_it_goes_on_later() {
    let shelf = Shelf::new();
    shelf.add(&(0..4 * FULL).map(|day| day * 1000).collect::<Vec<_>>());
    shelf.index();
    let whole = shelf.found("jonas ");
    let limit = |pages: i64| {
        shelf.store.with_writer(|connection| {
            connection
                .query_row(&format!("PRAGMA max_page_count = {pages}"), [], |row| {
                    row.get::<_, i64>(0)
                })
                .expect("a limit")
        })
    };
    shelf.store.write(|w| w.leave_all_to_be_indexed()).unwrap();
    assert!(shelf.found("jonas ").is_empty());
    // No more than there is now: what was emptied is free, and is used up before the end.
    let pages = shelf.store.with_writer(|connection| {
        connection
            .execute_batch("PRAGMA incremental_vacuum; VACUUM;")
            .expect("no room is free");
        connection
            .query_row("PRAGMA page_count", [], |row| row.get::<_, i64>(0))
            .expect("pages")
    });
    limit(pages + 8);
    let full = loop {
        match shelf.store.write(|w| w.index_waiting(Unindexed::All, 20)) {
            Ok(0) => panic!("there is room for everything"),
            Ok(_) => {}
            Err(error) => break error,
        }
    };
    assert!(matches!(full, StoreError::Full { .. }), "{full:?}");
    let some = shelf.found("jonas ").len();
    assert!(some > 0 && some < whole.len(), "{some} of {}", whole.len());
    assert!(!shelf.store.has_met_damage(), "nothing is damaged");
    shelf.store.check().unwrap();
    limit(1 << 30);
    shelf.index();
    assert_eq!(shelf.found("jonas "), whole);
    assert_eq!(shelf.store.repair_search().unwrap(), Repairs::default());
}
