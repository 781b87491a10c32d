//! From any older version of the store to this one. Each step is one transaction that also sets `user_version`,
//! so that it happened or did not; a copy of what was there before stands beside the store.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use crate::connection::{beside, private_file};
use crate::error::Doing;
use crate::packs::Packs;
use crate::{StoreError, Writing};

mod steps;
mod volumes;

use steps::STEPS;

/// The step with which the bytes of letters leave the store for files beside it.
const INTO_PACKS: i64 = 8;

/// The step with which the index gets other columns. Its volumes are named in the store, and no step can name them; and one that is
/// damaged is in nobody's way.
const BODY_FIRST: i64 = 33;

/// "Wxwg": what the file's header says it is (SQLite's `application_id`).
const APPLICATION: i64 = 0x5778_7767;

/// Says which version a file has; 0 is an empty one. It only looks: a store that is newer than this program, or
/// that is not a store of Waxwing's at all, is left as it is.
pub(crate) fn recognise(connection: &Connection) -> Result<i64, StoreError> {
    let number = |sql: &str| -> Result<i64, StoreError> {
        connection
            .query_row(sql, [], |row| row.get(0))
            .doing("reading the store's version")
    };
    let found = number("PRAGMA user_version")?;
    let is_empty = found == 0 && number("SELECT count(*) FROM sqlite_schema")? == 0;
    if !is_empty && number("PRAGMA application_id")? != APPLICATION {
        return Err(StoreError::Damaged(
            "the file is not a mail store of Waxwing's".to_owned(),
        ));
    }
    let known = newest();
    if found > known {
        return Err(StoreError::Newer { found, known });
    }
    Ok(found)
}

/// Brings the store from the version it has to the newest one.
pub(crate) fn migrate(
    connection: &mut Connection,
    path: &Path,
    packs: &Packs,
    found: i64,
) -> Result<(), StoreError> {
    if found > 0 && found < newest() {
        keep_copy(connection, path, found)?;
    }
    for (version, step) in (1_i64..).zip(STEPS).filter(|(version, _)| *version > found) {
        apply(connection, packs, version, step)?;
    }
    Ok(())
}

/// The version that this program reads and writes.
pub(crate) fn newest() -> i64 {
    i64::try_from(STEPS.len()).unwrap_or(i64::MAX)
}

fn apply(connection: &mut Connection, packs: &Packs, version: i64, step: &str) -> Result<(), StoreError> {
    let doing = format!("bringing the store to version {version}");
    let transaction = connection
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .doing(&doing)?;
    let appending = packs.begin();
    if version == BODY_FIRST {
        volumes::drop_all(&transaction).doing(&doing)?;
    }
    transaction.execute_batch(step).doing(&doing)?;
    if version == INTO_PACKS {
        Writing::new(&transaction, packs).move_bodies_into_packs()?;
        appending.sync()?;
    }
    transaction
        .pragma_update(None, "application_id", APPLICATION)
        .doing(&doing)?;
    transaction
        .pragma_update(None, "user_version", version)
        .doing(&doing)?;
    transaction.commit().doing(&doing)?;
    appending.keep();
    Ok(())
}

/// Copies the store page by page into a file beside it. The copy gets its name only when it is whole.
fn keep_copy(connection: &Connection, path: &Path, version: i64) -> Result<(), StoreError> {
    let doing = format!("keeping a copy of the store at version {version}");
    let unfinished = beside(path, "copying");
    match std::fs::remove_file(&unfinished) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error).doing(&doing),
        _ => {}
    }
    let file = private_file(&unfinished).doing(&doing)?;
    {
        let mut copy = Connection::open(&unfinished).doing(&doing)?;
        let backup = rusqlite::backup::Backup::new(connection, &mut copy).doing(&doing)?;
        backup
            .run_to_completion(1024, std::time::Duration::ZERO, None)
            .doing(&doing)?;
    }
    file.sync_all().doing(&doing)?;
    std::fs::rename(&unfinished, beside(path, &format!("version-{version}"))).doing(&doing)
}

#[cfg(test)]
mod counted;
#[cfg(test)]
mod damaged;
#[cfg(test)]
mod folded;
#[cfg(test)]
mod older;

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};
    use waxwing_model::{
        EmailId, Listing, ListingFilter, ListingGrouping, ListingOrder, ListingSource, MailboxId,
    };

    use super::older::at_version;
    use super::*;
    use crate::Store;

    fn described(connection: &Connection) -> Vec<(String, String)> {
        let mut statement = connection
            .prepare("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")
            .unwrap();
        let rows = statement
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap();
        rows.map(Result::unwrap).collect()
    }

    #[test]
    fn the_written_schema_is_what_the_migrations_amount_to() {
        let folder = tempfile::tempdir().unwrap();
        let mut migrated = Connection::open_in_memory().unwrap();
        let path = folder.path().join("mail.sqlite");
        migrate(&mut migrated, &path, &Packs::beside(&path), 0).unwrap();
        let written = Connection::open_in_memory().unwrap();
        written.execute_batch(include_str!("../schema.sql")).unwrap();
        assert_eq!(
            described(&migrated),
            described(&written),
            "schema.sql tells the truth"
        );
    }

    #[test]
    fn every_table_is_strict_and_every_column_is_described_in_the_schema() {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(include_str!("../schema.sql")).unwrap();
        let lax: Vec<String> = connection
            .prepare(
                "SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main' AND NOT strict",
            )
            .unwrap()
            .query_map([], |row| row.get(0))
            .unwrap()
            .map(Result::unwrap)
            .filter(|name: &String| !name.starts_with("sqlite_"))
            .collect();
        assert_eq!(
            lax,
            Vec::<String>::new(),
            "a table that is not STRICT takes any value anywhere"
        );
    }

    #[test]
    fn a_migration_that_fails_leaves_the_old_version_and_a_copy_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mail.sqlite");
        let mut connection = Connection::open(&path).unwrap();
        let packs = Packs::beside(&path);
        migrate(&mut connection, &path, &packs, 0).unwrap();
        keep_copy(&connection, &path, newest()).unwrap();
        apply(
            &mut connection,
            &packs,
            newest() + 1,
            "CREATE TABLE later (id INTEGER) STRICT; SELECT no_such_function();",
        )
        .expect_err("the second statement fails");
        let version: i64 = connection
            .query_row("PRAGMA user_version", [], |row| row.get(0))
            .unwrap();
        assert_eq!(version, newest(), "half a step is no step");
        assert!(
            !connection.table_exists(None, "later").unwrap(),
            "the first statement was undone as well"
        );
        let copy = Connection::open(beside(&path, &format!("version-{}", newest()))).unwrap();
        assert!(
            copy.table_exists(None, "email").unwrap(),
            "the copy is a whole store"
        );
    }

    #[test]
    fn letters_of_a_store_that_kept_them_itself_come_out_whole_with_their_text() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mail.sqlite");
        let connection = at_version(&path, INTO_PACKS - 1);
        let raw: Vec<u8> = (0..=255).cycle().take(100_000).collect();
        connection
            .execute_batch(
                "INSERT INTO account (id, email, name, protocol, retention, demo, colour)
                 VALUES (1, 'lena@harbour.example', 'Lena', 'pop3', '\"keep\"', 0, 0);
                 INSERT INTO thread (id, account_id) VALUES (1, 1);
                 INSERT INTO email (id, account_id, thread_id, received_at, size, has_body, has_attachment, keywords,
                   subject, preview, from_addresses, to_addresses, cc_addresses, bcc_addresses, reply_to_addresses,
                   in_reply_to, reference_ids)
                 VALUES (7, 1, 1, 0, 100000, 1, 0, '[]', '', '', '[]', '[]', '[]', '[]', '[]', '[]', '[]'),
                   (8, 1, 1, 0, 0, 1, 0, '[]', '', '', '[]', '[]', '[]', '[]', '[]', '[]', '[]');",
            )
            .unwrap();
        let keep = "INSERT INTO body (email_id, size, sha256, text, raw) VALUES (?1, ?2, ?3, ?4, ?5)";
        connection
            .execute(
                keep,
                (7, 100_000, Sha256::digest(&raw).as_slice(), "a kettle", &raw),
            )
            .unwrap();
        connection
            .execute(keep, (8, 0, Sha256::digest(b"").as_slice(), "", &[0_u8; 0]))
            .unwrap();
        drop(connection);
        let store = Store::open(&path, Box::new(|_| {})).unwrap();
        assert_eq!(
            store.read(|r| r.raw(EmailId(7))).unwrap(),
            Some(raw),
            "every byte"
        );
        assert_eq!(
            store.read(|r| r.raw(EmailId(8))).unwrap(),
            Some(Vec::new()),
            "none of none"
        );
        store.write(|w| w.rebuild_search()).unwrap();
        store.check().unwrap();
        let indexed = store.write(|w| {
            w.number(
                "asking the index",
                "SELECT count(*) FROM search WHERE search MATCH 'kettle'",
                [],
            )
        });
        assert_eq!(indexed.unwrap(), 1, "the text came along");
    }

    /// The step from which on letters of one second stand in the order of their numbers.
    const BY_ARRIVAL: i64 = 19;

    #[test]
    fn lists_of_a_store_that_knew_no_order_within_a_second_have_it_and_all_their_counts() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mail.sqlite");
        let mut connection = at_version(&path, 15);
        connection
            .execute_batch(
                "INSERT INTO account (id, email, name, protocol, retention, demo, colour)
                 VALUES (1, 'lena@harbour.example', 'Lena', 'imap', '\"keep\"', 0, 0);
                 INSERT INTO mailbox (id, account_id, name, role, selectable) VALUES (1, 1, 'Inbox', 'inbox', 1),
                   (2, 1, 'Archive', 'archive', 1);
                 INSERT INTO thread (id, account_id) VALUES (1, 1), (2, 1), (3, 1);",
            )
            .unwrap();
        // Letters 1 to 3 and 6 came in one second, the last fetched first; 6 has no number yet. 4 is older, 5 elsewhere too.
        for (id, thread, at, starred) in [
            (1, 1, 500, 0),
            (2, 2, 500, 1),
            (3, 1, 500, 0),
            (4, 2, 400, 0),
            (5, 3, 900, 1),
            (6, 3, 500, 0),
        ] {
            connection
                .execute(
                    "INSERT INTO email (id, account_id, thread_id, received_at, size, has_body, has_attachment,
                       keywords, subject, preview, from_addresses, to_addresses, cc_addresses, bcc_addresses,
                       reply_to_addresses, in_reply_to, reference_ids)
                     VALUES (?1, 1, ?2, ?3, 0, 0, 0, iif(?4, '[\"$seen\",\"$flagged\"]', '[]'), '', '', '[]',
                       '[]', '[]', '[]', '[]', '[]', '[]')",
                    (id, thread, at, starred),
                )
                .unwrap();
        }
        connection
            .execute_batch(
                "INSERT INTO membership (email_id, mailbox_id, thread_id, received_at, unread, starred)
                   SELECT id, 1, thread_id, received_at, keywords = '[]', keywords <> '[]' FROM email WHERE id <> 5;
                 INSERT INTO membership (email_id, mailbox_id, thread_id, received_at, unread, starred)
                   SELECT id, 2, thread_id, received_at, keywords = '[]', keywords <> '[]' FROM email
                   WHERE id IN (2, 5);
                 INSERT INTO conversation (mailbox_id, thread_id, latest_at, total, unread, starred)
                   SELECT mailbox_id, thread_id, max(received_at), count(*), sum(unread), sum(starred) FROM membership
                   GROUP BY mailbox_id, thread_id;
                 UPDATE mailbox SET
                   total = (SELECT count(*) FROM membership WHERE mailbox_id = mailbox.id),
                   unread = (SELECT sum(unread) FROM membership WHERE mailbox_id = mailbox.id);
                 INSERT INTO location (mailbox_id, uid, email_id) VALUES (1, 30, 1), (1, 20, 2), (1, 10, 3),
                   (1, 25, 3), (1, 5, 4), (2, 70, 2), (2, 9, 5);",
            )
            .unwrap();
        let counted =
            "SELECT json_group_array(json_array(id, total, unread, conversations, unread_conversations))
            FROM mailbox";
        let text = |connection: &Connection, sql: &str| -> String {
            connection.query_row(sql, [], |row| row.get(0)).unwrap()
        };
        let before = text(&connection, counted);
        assert_eq!(before, "[[1,5,4,3,3],[2,2,0,2,0]]");
        migrate(&mut connection, &path, &Packs::beside(&path), 15).unwrap();
        assert!(newest() >= BY_ARRIVAL);
        assert_eq!(text(&connection, counted), before, "nothing is counted twice");
        let arrivals = "SELECT group_concat(email_id || ':' || arrival, ' ') FROM
            (SELECT * FROM membership WHERE mailbox_id = 1 ORDER BY received_at DESC, arrival DESC, email_id DESC)";
        assert_eq!(
            text(&connection, arrivals),
            "6:4294967296 1:30 3:25 2:20 4:5",
            "the highest number that a letter has in the mailbox; none yet stands last"
        );
        let conversations =
            "SELECT group_concat(thread_id || ':' || latest_arrival || ':' || total || ':' || unread
              || ':' || starred, ' ') FROM
            (SELECT * FROM conversation WHERE mailbox_id = 1 ORDER BY latest_at DESC, latest_arrival DESC)";
        assert_eq!(
            text(&connection, conversations),
            "3:4294967296:1:1:0 1:30:2:2:0 2:20:2:1:1",
            "conversations stand as their last letters"
        );
        drop(connection);

        let store = Store::open(&path, Box::new(|_| {})).unwrap();
        let list = |source, grouping| {
            let (filter, order) = (ListingFilter::ALL, ListingOrder::NEWEST);
            let listing = Listing {
                source,
                filter,
                order,
                grouping,
            };
            let rows = store.read(|r| r.page(&listing, 0, 10)).unwrap();
            rows.iter().map(|row| row.email.0).collect::<Vec<_>>()
        };
        let inbox = || ListingSource::Mailbox {
            mailbox: MailboxId(1),
        };
        assert_eq!(list(inbox(), ListingGrouping::Messages), [6, 1, 3, 2, 4]);
        assert_eq!(list(inbox(), ListingGrouping::Conversations), [6, 1, 2]);
        assert_eq!(
            list(ListingSource::Starred, ListingGrouping::Messages),
            [5, 2],
            "the stars came along"
        );
        store
            .write(|w| w.put_location(EmailId(6), MailboxId(1), 22))
            .unwrap();
        assert_eq!(list(inbox(), ListingGrouping::Messages), [1, 3, 6, 2, 4]);
        store.write(|w| w.remove_email(EmailId(1))).unwrap();
        assert_eq!(list(inbox(), ListingGrouping::Conversations), [3, 6, 2]);
        store.check().unwrap();
    }
}
