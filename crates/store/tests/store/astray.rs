//! What is derived, compared with what one would count: memberships, conversation rows, counts, index.

use std::path::Path;

use rusqlite::Connection;

use crate::scene::Scene;

/// Fails with a sentence if anything that the store keeps is not what it would be if it were counted now.
pub fn assert_nothing_is_astray(path: &Path) {
    for (what, astray) in counted(&Connection::open(path).unwrap()) {
        assert_eq!(astray, 0, "{what}");
    }
}

fn counted(behind: &Connection) -> Vec<(&'static str, i64)> {
    let count = |sql: &str| {
        behind
            .query_row(&format!("SELECT count(*) FROM ({sql})"), [], |row| row.get(0))
            .unwrap()
    };
    ASTRAY.iter().map(|(what, sql)| (*what, count(sql))).collect()
}

/// Each asks for rows that are not what they would be if they were counted now.
const ASTRAY: [(&str, &str); 5] = [
    (
        "memberships repeat what their letters say",
        "SELECT 1 FROM membership JOIN email ON email.id = email_id
         WHERE membership.thread_id <> email.thread_id OR membership.received_at <> email.received_at
            OR unread <> (instr(keywords, '\"$seen\"') = 0) OR starred <> (instr(keywords, '\"$flagged\"') > 0)",
    ),
    (
        "conversation rows are their memberships, counted",
        "SELECT * FROM (SELECT mailbox_id, thread_id, latest_at, total, unread, starred FROM conversation
           EXCEPT SELECT mailbox_id, thread_id, max(received_at), count(*), sum(unread), sum(starred)
           FROM membership GROUP BY mailbox_id, thread_id)
         UNION ALL
         SELECT * FROM (SELECT mailbox_id, thread_id, max(received_at), count(*), sum(unread), sum(starred)
           FROM membership GROUP BY mailbox_id, thread_id
           EXCEPT SELECT mailbox_id, thread_id, latest_at, total, unread, starred FROM conversation)",
    ),
    (
        "mailboxes count their letters and conversations",
        "SELECT 1 FROM mailbox WHERE
           total <> (SELECT count(*) FROM membership WHERE mailbox_id = mailbox.id)
           OR unread <> (SELECT count(*) FROM membership WHERE mailbox_id = mailbox.id AND membership.unread = 1)
           OR conversations <> (SELECT count(*) FROM conversation WHERE mailbox_id = mailbox.id)
           OR unread_conversations
              <> (SELECT count(*) FROM conversation WHERE mailbox_id = mailbox.id AND conversation.unread > 0)",
    ),
    (
        "a conversation has letters, and only names of its own account",
        "SELECT 1 FROM thread WHERE NOT EXISTS (SELECT 1 FROM email WHERE thread_id = thread.id)
         UNION ALL SELECT 1 FROM thread_reference JOIN thread ON thread.id = thread_id
           WHERE thread.account_id <> thread_reference.account_id",
    ),
    (
        "a letter has a line in the index and its bytes when it says so",
        "SELECT id FROM (SELECT id FROM email EXCEPT SELECT rowid FROM search)
         UNION ALL SELECT rowid FROM (SELECT rowid FROM search EXCEPT SELECT id FROM email)
         UNION ALL SELECT id FROM email WHERE has_body <> EXISTS (SELECT 1 FROM body WHERE email_id = email.id)",
    ),
];

#[test]
fn the_comparison_notices_a_count_that_is_off_by_one() {
    let scene = Scene::new();
    scene.add(&scene.letter(1));
    let behind = Connection::open(scene.path()).unwrap();
    for spoil in [
        "UPDATE membership SET received_at = received_at + 1",
        "UPDATE conversation SET total = total + 1",
        "UPDATE mailbox SET unread_conversations = unread_conversations + 1",
        "INSERT INTO thread (account_id) SELECT id FROM account",
        "UPDATE email SET has_body = 1",
    ] {
        behind.execute_batch("BEGIN").unwrap();
        behind.execute_batch(spoil).unwrap();
        let astray: i64 = counted(&behind).iter().map(|(_, astray)| astray).sum();
        assert!(astray > 0, "{spoil} is noticed");
        behind.execute_batch("ROLLBACK").unwrap();
    }
}
