//! How searches that are kept are asked: as they stand, and not as if somebody still typed their last word; and that what is told of
//! them stays true.

use std::time::Duration;

use waxwing_model::{AccountId, Change, EmailId, MailboxId};

use super::KeptSearch;
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
