//! What it costs to tell the whole of a conversation: steps of SQLite's machine, and how its statements find their rows.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use waxwing_model::{AccountId, Address, Keywords, MailboxId, Role};

use super::{Around, LETTERS_OF_THREAD, MOST, OwnLetter, PARTS};
use crate::{NewEmail, Store, StoreError, lena};

fn letter(account: AccountId, mailbox: MailboxId, number: usize, first: usize) -> NewEmail {
    NewEmail {
        account,
        mailbox,
        uid: None,
        message_id: Some(format!("{number}@orchard.example")),
        in_reply_to: Vec::new(),
        references: vec![format!("{first}@orchard.example")],
        subject: "The boathouse".to_owned(),
        from: vec![Address::new("Jonas", format!("jonas{number}@orchard.example"))],
        to: Vec::new(),
        cc: Vec::new(),
        bcc: Vec::new(),
        reply_to: Vec::new(),
        sent_by: None,
        sent_at: None,
        received_at: i64::try_from(number).unwrap(),
        size: 1,
        keywords: Keywords::none(),
        has_attachment: false,
        preview: String::new(),
    }
}

/// Steps that it takes to tell the whole of a conversation of which one letter is in the inbox and so many are in the archive,
/// beside as many others.
fn steps(letters: usize) -> u64 {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("mail.sqlite"), Box::new(|_| {})).unwrap();
    let count = Arc::new(AtomicU64::new(0));
    let counter = Arc::clone(&count);
    let tick = move || {
        counter.fetch_add(1, Ordering::Relaxed);
        false
    };
    store.with_writer(|writer| writer.progress_handler(1, Some(tick)).unwrap());
    store
        .write(|w| {
            let account = w.insert_account(&lena::account())?;
            let inbox = w.insert_mailbox(&lena::mailbox(account, "Inbox", Some(Role::Inbox)))?;
            let archive = w.insert_mailbox(&lena::mailbox(account, "Archive", Some(Role::Archive)))?;
            let email = w.insert_email(&letter(account, inbox, 0, 0))?;
            for number in 1..letters {
                w.insert_email(&letter(account, archive, number, 0))?;
                w.insert_email(&letter(account, archive, letters + number, letters + number))?;
            }
            w.settle_shown()?;
            let thread = w.email(email)?.unwrap().thread;
            let own = OwnLetter {
                email,
                received_at: 0,
                unread: true,
                draft: false,
                from: None,
            };
            let before = count.load(Ordering::Relaxed);
            let whole = w.whole(&mut Around::default(), (account, thread), &[own], false)?;
            assert!(whole.more, "they are not all read");
            assert_eq!(whole.writers.len(), MOST, "each is somebody else's");
            Ok::<_, StoreError>(count.load(Ordering::Relaxed) - before)
        })
        .unwrap()
}

#[test]
fn a_conversation_of_thousands_of_letters_is_told_in_as_many_steps_as_one_of_hundreds() {
    let (hundreds, thousands) = (steps(MOST + 10), steps(12 * MOST));
    assert!(
        thousands < hundreds + hundreds / 10,
        "{thousands} steps where {hundreds} are enough"
    );
}

#[test]
fn the_letters_of_a_conversation_are_found_by_an_index_and_read_in_its_order() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("mail.sqlite"), Box::new(|_| {})).unwrap();
    for sql in [LETTERS_OF_THREAD.to_owned(), PARTS.to_owned()] {
        let plan: Vec<String> = store.with_writer(|writer| {
            let mut statement = writer.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
            let count = statement.parameter_count();
            let params = rusqlite::params_from_iter(std::iter::repeat_n(1, count));
            let rows = statement.query_map(params, |row| row.get(3)).unwrap();
            rows.map(Result::unwrap).collect()
        });
        let plan = plan.join("\n");
        assert!(
            plan.contains("USING INDEX email_thread") || plan.contains("USING COVERING INDEX email_thread")
        );
        assert!(!plan.contains("TEMP B-TREE"), "nothing is sorted:\n{plan}");
        let scans = plan.lines().filter(|line| line.contains("SCAN"));
        let scans: Vec<&str> = scans.filter(|line| !line.contains("(subquery")).collect();
        assert_eq!(scans, Vec::<&str>::new(), "nothing is read through");
    }
}
