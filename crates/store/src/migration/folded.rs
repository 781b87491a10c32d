//! A store whose index was written before letters were made equal, with other columns and in two volumes: all its lines are written anew.

use waxwing_model::EmailId;

use super::*;
use crate::{Store, Unindexed};

#[test]
fn an_older_index_is_built_again_with_all_its_volumes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mail.sqlite");
    let connection = at_version(&path, 28);
    connection
        .execute_batch(
            "INSERT INTO account (id, email, name, protocol, retention, demo, colour)
               VALUES (1, 'lena@waxwing.test', 'Lena', 'local', '{\"kind\":\"keep\"}', 0, 0);
             INSERT INTO mailbox (id, account_id, name, role, selectable) VALUES (1, 1, 'Inbox', 'inbox', 1);
             INSERT INTO thread (id, account_id) VALUES (1, 1);
             INSERT INTO email (id, account_id, thread_id, received_at, size, has_body, has_attachment, keywords,
               subject, preview, from_addresses, to_addresses, cc_addresses, bcc_addresses, reply_to_addresses,
               in_reply_to, reference_ids)
             VALUES (7, 1, 1, 0, 100, 0, 0, '[]', 'Alte Straße', '', '[]', '[]', '[]', '[]',
               '[{\"name\":\"Amara\",\"email\":\"amara@waxwing.test\"}]', '[]', '[]');
             INSERT INTO membership (email_id, mailbox_id, thread_id, received_at, arrival, unread, starred)
               VALUES (7, 1, 1, 0, 1, 1, 0);
             INSERT INTO search (rowid, subject) VALUES (7, 'Alte Straße');
             UPDATE volume SET newest = -2;
             INSERT INTO volume (id, since, newest) VALUES (2, -1, 9223372036854775807);
             CREATE VIRTUAL TABLE search_2 USING fts5 (subject, body, content = '', contentless_delete = 1);
             INSERT INTO search_2 (rowid, subject) VALUES (7, 'Alte Straße');
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
