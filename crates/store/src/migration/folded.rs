//! A store whose index was written before letters were made equal, with other columns and in two volumes: all its lines are written anew.

use waxwing_model::EmailId;

use super::older::with_a_letter;
use crate::{Store, Unindexed};

#[test]
fn an_older_index_is_built_again_with_all_its_volumes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mail.sqlite");
    let connection = with_a_letter(&path, 28, "Alte Straße");
    connection
        .execute_batch(
            "UPDATE email SET reply_to_addresses = '[{\"name\":\"Amara\",\"email\":\"amara@waxwing.test\"}]';
             INSERT INTO search (rowid, subject) VALUES (7, 'Alte Straße');
             INSERT INTO word (word, volumes) VALUES ('alte', x'01');
             INSERT INTO listed_volume (volume_id, up_to) VALUES (1, NULL);",
        )
        .unwrap();
    drop(connection);
    let store = Store::open(&path, Box::new(|_| {})).unwrap();
    let found = |query: &str| store.read(|r| r.search(query, 10, 0)).unwrap();
    assert_eq!(
        store.read(|r| r.search_waiting()).unwrap(),
        (1, 0),
        "the letter is known to be missing in the index"
    );
    let left = "SELECT count(*) FROM sqlite_schema WHERE name LIKE 'search\\_2%' ESCAPE '\\'";
    let left = store.write(|w| w.number("looking for tables", left, [])).unwrap();
    assert_eq!(left, 0, "nothing of the second volume is left");
    while store.write(|w| w.index_waiting(Unindexed::All, 100)).unwrap() > 0 {}
    for query in ["alte ", "strasse ", "Straße ", "from:amara "] {
        assert_eq!(found(query), [EmailId(7)], "{query}");
    }
    store.check().unwrap();
}
