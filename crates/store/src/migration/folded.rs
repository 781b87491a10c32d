//! A store whose index was written before letters were made equal: its lines are written anew, and searched until then.

use waxwing_model::EmailId;

use super::*;
use crate::{Store, Unindexed};

#[test]
fn lines_of_an_older_index_are_searched_until_they_are_written_anew() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mail.sqlite");
    let packs = Packs::beside(&path);
    let mut connection = Connection::open(&path).unwrap();
    for (version, step) in (1_i64..).zip(STEPS).take_while(|(version, _)| *version <= 28) {
        apply(&mut connection, &packs, version, step).unwrap();
    }
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
             INSERT INTO search (rowid, subject) VALUES (7, 'Alte Straße');",
        )
        .unwrap();
    drop(connection);
    let store = Store::open(&path, Box::new(|_| {})).unwrap();
    let found = |query: &str| store.read(|r| r.search(query, 10, 0)).unwrap();
    assert_eq!(found("alte "), [EmailId(7)], "the older line is there");
    assert_eq!(found("strasse "), [], "and is what it was");
    while store.write(|w| w.index_waiting(Unindexed::All, 100)).unwrap() > 0 {}
    for query in ["alte ", "strasse ", "Straße ", "from:amara "] {
        assert_eq!(found(query), [EmailId(7)], "{query}");
    }
}
