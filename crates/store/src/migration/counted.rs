//! A store that was written before anybody counted what its servers have still to let go of.

use waxwing_model::AccountId;

use super::older::at_version;
use crate::Store;

#[test]
fn what_a_server_has_still_to_let_go_of_is_counted_of_a_journal_that_was_there_before() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mail.sqlite");
    let connection = at_version(&path, 21);
    connection
        .execute_batch(
            "INSERT INTO account (id, email, name, protocol, retention, demo, colour)
               VALUES (1, 'lena@waxwing.test', 'Lena', 'imap', '\"keep\"', 0, 0),
                      (2, 'jonas@waxwing.test', 'Jonas', 'imap', '\"keep\"', 0, 0),
                      (3, 'amara@waxwing.test', 'Amara', 'imap', '\"keep\"', 0, 0);
             INSERT INTO action (id, created_at) VALUES (1, 0);",
        )
        .unwrap();
    let destroy = |letters: &str| format!("{{\"kind\":\"destroy\",\"emails\":{letters},\"onlyIn\":null}}");
    for (account, operation, state) in [
        (1, destroy("[1,2,3]"), "queued"),
        (1, destroy("[4,5]"), "attempting"),
        (1, destroy("[6,7,8,9]"), "done"),
        (1, "{\"kind\":\"keywords\",\"emails\":[10]}".to_owned(), "queued"),
        (2, destroy("[11]"), "undone"),
    ] {
        connection
            .execute(
                "INSERT INTO operation (action_id, account_id, operation, inverse, state, retry_at, created_at)
                   VALUES (1, ?1, ?2, '[]', ?3, 0, 0)",
                (account, operation, state),
            )
            .unwrap();
    }
    drop(connection);
    let store = Store::open(&path, Box::new(|_| {})).unwrap();
    let left = |account: i64| store.read(|r| r.letters_to_destroy(AccountId(account))).unwrap();
    assert_eq!(left(1), 5, "what is open, and of that what destroys");
    assert_eq!(left(2), 0, "what was taken back is left to nobody");
    assert_eq!(left(3), 0, "nothing was ever deleted there");
    store
        .write(|w| {
            w.run(
                "closing a line of the journal",
                "UPDATE operation SET state = 'done' WHERE state IN ('queued', 'attempting')",
                [],
            )
        })
        .unwrap();
    assert_eq!(left(1), 0, "and they are counted down from there");
}
