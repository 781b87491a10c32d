//! Stores as older versions wrote them, for the tests of the steps that go on from there.

use std::path::Path;

use rusqlite::Connection;

use super::{Packs, STEPS, apply};

/// A store as it was after this step.
pub(super) fn at_version(path: &Path, last: i64) -> Connection {
    let mut connection = Connection::open(path).expect("a new file");
    let packs = Packs::beside(path);
    for (version, step) in (1_i64..).zip(STEPS).take_while(|(version, _)| *version <= last) {
        apply(&mut connection, &packs, version, step).expect("an older version");
    }
    connection
}

/// The same with one letter in it, number 7 in lena's inbox, and with a second volume of the index, which has this letter's
/// subject.
pub(super) fn with_a_letter(path: &Path, last: i64, subject: &str) -> Connection {
    let connection = at_version(path, last);
    connection
        .execute_batch(
            "INSERT INTO account (id, email, name, protocol, retention, demo, colour)
               VALUES (1, 'lena@waxwing.test', 'Lena', 'local', '{\"kind\":\"keep\"}', 0, 0);
             INSERT INTO mailbox (id, account_id, name, role, selectable) VALUES (1, 1, 'Inbox', 'inbox', 1);
             INSERT INTO thread (id, account_id) VALUES (1, 1);
             INSERT INTO email (id, account_id, thread_id, received_at, size, has_body, has_attachment, keywords,
               subject, preview, from_addresses, to_addresses, cc_addresses, bcc_addresses, reply_to_addresses,
               in_reply_to, reference_ids)
             VALUES (7, 1, 1, 0, 100, 0, 0, '[]', '', '', '[]', '[]', '[]', '[]', '[]', '[]', '[]');
             INSERT INTO membership (email_id, mailbox_id, thread_id, received_at, arrival, unread, starred)
               VALUES (7, 1, 1, 0, 1, 1, 0);
             UPDATE volume SET newest = -2;
             INSERT INTO volume (id, since, newest) VALUES (2, -1, 9223372036854775807);
             CREATE VIRTUAL TABLE search_2 USING fts5 (subject, body, content = '', contentless_delete = 1);",
        )
        .expect("a letter");
    for with_subject in [
        "UPDATE email SET subject = ?1",
        "INSERT INTO search_2 (rowid, subject) VALUES (7, ?1)",
    ] {
        connection.execute(with_subject, [subject]).expect("its subject");
    }
    connection
}
