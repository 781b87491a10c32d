//! Letters whose files are not listed yet, and a disk that does not give them for a while.

use waxwing_model::{Keywords, MailboxId};
use waxwing_store::{BodyFacts, FileSource, FilesOrder};

use super::*;
use crate::letters::ingest::{Circumstances, from_whole};
use crate::silent_disk::SilentDisk;
use crate::without_keyring::{engine, inbox};

fn with_a_file(number: usize) -> Vec<u8> {
    format!(
        "From: Jonas <jonas@orchard.test>\r\nSubject: figures {number}\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=b\r\n\r\n\
         --b\r\nContent-Type: text/plain\r\n\r\nsee there\r\n\
         --b\r\nContent-Type: text/csv; name=\"{number}.csv\"\r\nContent-Disposition: attachment\r\n\r\n1;2\r\n--b--\r\n"
    )
    .into_bytes()
}

/// So many letters of before files were listed.
async fn of_before(engine: &Engine, count: usize) -> MailboxId {
    let (_, mailbox) = inbox(engine).await;
    put(engine, mailbox, 0..count).await;
    mailbox
}

async fn put(engine: &Engine, mailbox: MailboxId, numbers: std::ops::Range<usize>) {
    let put = engine.write(move |writing| {
        let account = writing.mailbox(mailbox)?.expect("it stands").account;
        for number in numbers {
            let raw = with_a_file(number);
            let circumstances = Circumstances {
                received_at: 1_700_000_000_000,
                keywords: Keywords::none(),
                uid: None,
            };
            let (email, facts) = from_whole(account, mailbox, &raw, circumstances);
            let id = writing.insert_email(&email)?;
            let facts = BodyFacts {
                listed: None,
                ..facts
            };
            writing.put_body(id, &raw, &facts)?;
        }
        Ok(())
    });
    put.await.expect("the letters stand");
}

/// How many files are shown, and how many letters are said to be waited for.
async fn seen(engine: &Engine, mailbox: MailboxId) -> (u32, u32) {
    let source = FileSource::Mailboxes(vec![mailbox]);
    let page = engine.files(source, FilesOrder::Newest, "", None, 100).await;
    let page = page.expect("they are listed");
    (page.total, page.unread)
}

#[tokio::test]
async fn letters_that_could_not_be_read_are_listed_once_they_can_be_and_nobody_is_told_to_wait_for_them() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path()).await;
    let mailbox = of_before(&engine, 3).await;
    assert_eq!(seen(&engine, mailbox).await, (0, 3));
    let disk = SilentDisk::of(folder.path());
    engine.list_files_now().await.unwrap();
    assert_eq!(
        seen(&engine, mailbox).await,
        (0, 0),
        "nobody knows when they can be read"
    );
    disk.answers();
    let waits = engine.list_some_files(Instant::now()).await.unwrap();
    assert!(matches!(waits, Portion::NothingFor(_)), "{waits:?}");
    let later = Instant::now() + NOTHING;
    assert_eq!(engine.list_some_files(later).await.unwrap(), Portion::Done);
    assert_eq!(seen(&engine, mailbox).await, (3, 0));
    engine.stop().await;
}

#[tokio::test]
async fn of_very_many_letters_that_could_not_be_read_few_are_known_by_name_and_all_are_listed_later() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path()).await;
    let count = 3 * u32::try_from(crate::set_aside::MOST).unwrap();
    let mailbox = of_before(&engine, count as usize).await;
    let disk = SilentDisk::of(folder.path());
    engine.list_files_now().await.unwrap();
    assert_eq!(seen(&engine, mailbox).await, (0, 0), "none is waited for");
    let passed = engine.inner.file_lists.aside.passed();
    assert_eq!(passed.each.len(), crate::set_aside::MOST);
    disk.answers();
    put(&engine, mailbox, 700..701).await;
    engine.list_files_now().await.unwrap();
    assert_eq!(seen(&engine, mailbox).await, (1, 0), "one that comes is listed");
    let later = Instant::now() + NOTHING;
    while engine.list_some_files(later).await.unwrap() == Portion::Done {}
    assert_eq!(seen(&engine, mailbox).await, (count + 1, 0));
    assert!(engine.inner.file_lists.aside.is_empty());
    engine.stop().await;
}

#[tokio::test]
async fn letters_that_could_not_be_read_in_one_run_are_listed_in_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let first = engine(folder.path()).await;
    let mailbox = of_before(&first, 3).await;
    let disk = SilentDisk::of(folder.path());
    first.list_files_now().await.unwrap();
    first.stop().await;
    drop(first);
    disk.answers();
    let next = engine(folder.path()).await;
    next.list_files_now().await.unwrap();
    assert_eq!(seen(&next, mailbox).await, (3, 0));
    next.stop().await;
}

#[tokio::test]
async fn letters_that_can_never_be_read_keep_none_that_come_later_from_being_listed() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path()).await;
    let mailbox = of_before(&engine, 3).await;
    let disk = SilentDisk::of(folder.path());
    engine.list_files_now().await.unwrap();
    let mut now = Instant::now();
    for _ in 0..5 {
        now += NOTHING * 10;
        assert_eq!(engine.list_some_files(now).await.unwrap(), Portion::Done, "once");
        let rest = engine.list_some_files(now).await.unwrap();
        assert!(
            matches!(rest, Portion::NothingFor(_)),
            "and not at once again: {rest:?}"
        );
    }
    assert_eq!(seen(&engine, mailbox).await, (0, 0));
    disk.answers();
    put(&engine, mailbox, 7..8).await;
    assert_eq!(seen(&engine, mailbox).await, (0, 1), "that one is waited for");
    engine.list_files_now().await.unwrap();
    assert_eq!(seen(&engine, mailbox).await, (1, 0));
    engine.stop().await;
}
