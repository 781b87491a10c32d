//! Stores whose search index is damaged when it is to be built again.

use waxwing_model::EmailId;

use super::older::with_a_letter;
use super::*;
use crate::{Store, Unindexed};

/// A store from right before the index got other columns, with one letter and a second volume, to which this has happened.
fn store_to_which(happened: &str) -> (tempfile::TempDir, Result<Store, StoreError>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mail.sqlite");
    let connection = with_a_letter(&path, BODY_FIRST - 1, "A kettle");
    connection.execute_batch(happened).unwrap();
    drop(connection);
    let store = Store::open(&path, Box::new(|_| {}));
    (folder, store)
}

#[test]
fn a_store_with_a_damaged_index_opens_and_is_indexed_again() {
    let forget =
        |name: &str| format!("PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE name = '{name}'");
    for happened in [
        "DROP TABLE search_2",
        "DROP TABLE search_2_data",
        "DROP TABLE search_2_config",
        "DROP TABLE search_2_docsize; DROP TABLE search_2_idx",
        "UPDATE search_2_config SET v = 99",
        &forget("search_2"),
        "DROP TABLE search_data",
        "DROP TABLE search_config",
    ] {
        let (_folder, store) = store_to_which(happened);
        let store = store.unwrap_or_else(|error| panic!("{happened}: {error:?}"));
        let left = "SELECT count(*) FROM sqlite_schema WHERE name LIKE 'search\\_2%' ESCAPE '\\'";
        let left = store.write(|w| w.number("looking for tables", left, [])).unwrap();
        assert_eq!(left, 0, "nothing of the second volume is left: {happened}");
        while store.write(|w| w.index_waiting(Unindexed::All, 100)).unwrap() > 0 {}
        let found = store.read(|r| r.search("kettle ", 10, 0)).unwrap();
        assert_eq!(found, [EmailId(7)], "{happened}");
        store.check().unwrap();
    }
}
