//! How searches that are kept are asked: as they stand, and not as if somebody still typed their last word; and that what is told of
//! them stays true.

use std::time::Duration;

use waxwing_model::{AccountId, Change, EmailId, Keywords, MailboxId};

use super::{Counting, KeptSearch};
use crate::engine::Engine;
use crate::lena;
use crate::without_keyring::{engine, inbox};

/// A letter comes that nobody has read.
async fn receive(engine: &Engine, (account, mailbox): (AccountId, MailboxId), subject: &str) -> EmailId {
    let email = lena::letter(account, mailbox, subject);
    let put = engine.write(move |writing| writing.insert_email(&email));
    put.await.expect("it comes")
}

/// The kept searches, as soon as they are so. They are counted behind the scenes, for whoever asks.
async fn kept_when(engine: &Engine, is_so: impl Fn(&[KeptSearch]) -> bool) -> Vec<KeptSearch> {
    let kept = tokio::time::timeout(Duration::from_secs(60), async {
        loop {
            let kept = engine.saved_searches().await.unwrap();
            if is_so(&kept) {
                break kept;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
    kept.await.expect("they are counted")
}

#[tokio::test]
async fn how_much_a_kept_search_finds_is_counted_again_when_letters_come_and_go() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path()).await;
    let inbox = inbox(&engine).await;
    receive(&engine, inbox, "the boat").await;
    engine.save_search("Boats", "boat").await.unwrap();
    let finds = |found| move |kept: &[KeptSearch]| kept.iter().all(|search| search.found == Some(found));
    kept_when(&engine, finds((1, 1))).await;
    let mut told = engine.inner.changes.subscribe();
    let second = receive(&engine, inbox, "another boat").await;
    // Whoever shows them asks when letters come, and again when told that there is another count.
    let hears = async {
        while !finds((2, 2))(&engine.saved_searches().await.unwrap()) {
            while !told.next().await.contains(&Change::Searches) {}
        }
    };
    let heard = tokio::time::timeout(Duration::from_secs(60), hears).await;
    heard.expect("another count is told");
    let gone = engine.write(move |writing| writing.remove_emails(&[second]));
    gone.await.unwrap();
    kept_when(&engine, finds((1, 1))).await;
}

#[tokio::test]
async fn what_is_done_with_letters_changes_how_much_a_kept_search_finds() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path()).await;
    let place = inbox(&engine).await;
    let (account, _) = place;
    let first = receive(&engine, place, "the boat").await;
    receive(&engine, place, "another boat").await;
    let trash = engine.write(move |writing| {
        writing.insert_mailbox(&lena::mailbox(account, "Bin", waxwing_model::Role::Trash))
    });
    let trash = trash.await.unwrap();
    for query in ["boat", "boat is:unread", "boat -in:trash", "tag:work"] {
        engine.save_search(query, query).await.unwrap();
    }
    let finds = |found: [(u32, u32); 4]| {
        move |kept: &[KeptSearch]| kept.iter().map(|search| search.found).eq(found.map(Some))
    };
    kept_when(&engine, finds([(2, 2), (2, 2), (2, 2), (0, 0)])).await;
    let read =
        engine.write(move |writing| writing.set_keywords(first, &Keywords::only("$seen").with("work")));
    read.await.unwrap();
    kept_when(&engine, finds([(2, 1), (1, 1), (2, 1), (1, 0)])).await;
    let gone = engine.write(move |writing| writing.set_mailboxes(first, &[trash]));
    gone.await.unwrap();
    kept_when(&engine, finds([(2, 1), (1, 1), (1, 1), (1, 0)])).await;
}

#[test]
fn whoever_asks_while_letters_are_looked_at_has_them_looked_at_once_more() {
    let mut counting = Counting::default();
    assert!(counting.ask(), "nobody counts");
    assert!(!counting.ask(), "somebody does");
    counting.look();
    assert!(!counting.end(), "whoever asked before has what they asked for");
    assert!(counting.ask(), "and the next one begins anew");
    counting.look();
    assert!(!counting.ask());
    assert!(counting.end(), "what came meanwhile was not seen");
    counting.look();
    assert!(!counting.end());
}

#[tokio::test]
async fn the_last_word_of_a_search_that_is_kept_is_no_beginning() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path()).await;
    let inbox = inbox(&engine).await;
    receive(&engine, inbox, "number 4711").await;
    assert_eq!(engine.search_count("47").await.unwrap(), 1, "as it is typed");
    for query in ["47", "4711"] {
        engine.save_search(query, query).await.unwrap();
    }
    let kept = kept_when(&engine, |kept| kept.iter().all(|search| search.found.is_some())).await;
    let counted: Vec<_> = kept.iter().map(|search| search.found).collect();
    assert_eq!(counted, [Some((0, 0)), Some((1, 1))]);
    for search in kept {
        let found = engine.search_count(&search.query).await.unwrap();
        assert_eq!(
            Some(found),
            search.found.map(|(all, _)| all),
            "it opens as it was counted"
        );
        engine
            .change_saved_search(search.id, "renamed", &search.query)
            .await
            .unwrap();
    }
    let again = engine.saved_searches().await.unwrap();
    assert_eq!(again[0].query, "47 ", "a space more is none");
}
