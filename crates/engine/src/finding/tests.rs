//! What somebody waits for who goes to a folder.

use std::future::{pending, ready};

use futures::FutureExt;
use waxwing_model::MailboxId;

use super::*;
use crate::engine::locked;
use crate::without_keyring::engine;

fn page(total: u32) -> Page {
    Page {
        rows: Vec::new(),
        total,
        more: false,
    }
}

#[test]
fn rows_wait_for_no_visit() {
    let first = rows_first(ready(Ok(page(3))), pending()).now_or_never();
    assert_eq!(first.expect("they are there").expect("rows"), page(3));
}

#[test]
fn rows_do_not_fail_with_a_visit() {
    for total in [0, 3] {
        let failed = ready(Err(EngineError::Closing));
        let first = rows_first(ready(Ok(page(total))), failed).now_or_never();
        assert_eq!(first.expect("they are there").expect("rows"), page(total));
    }
    let gone = ready(Err(EngineError::Gone("the folder")));
    let rows = rows_first(ready(Ok(page(3))), gone).now_or_never();
    assert!(rows.expect("they are there").is_ok(), "what is there is shown");
}

#[test]
fn where_there_are_no_rows_a_folder_that_is_gone_is_told() {
    let gone = ready(Err(EngineError::Gone("the folder")));
    let rows = rows_first(ready(Ok(page(0))), gone).now_or_never();
    assert!(matches!(rows, Some(Err(EngineError::Gone(_)))));
    let rows = rows_first(ready(Err(EngineError::Closing)), pending()).now_or_never();
    assert!(
        matches!(rows, Some(Err(EngineError::Closing))),
        "rows that cannot be read are an error by themselves"
    );
}

#[tokio::test]
async fn how_far_the_index_is_behind_is_told_until_it_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path()).await;
    engine.add_demo().await.unwrap();
    engine.index_now().await.unwrap();
    assert_eq!(engine.search_waiting().await.unwrap(), Backlog::default());
    // What the engine does behind the scenes would be in the way.
    engine.stop().await;
    engine.rebuild_search().await.unwrap();
    let behind = engine.search_waiting().await.unwrap();
    assert!(
        behind.letters > 0 && behind.letters == behind.of,
        "none of them is found: {behind:?}"
    );
    engine.index_now().await.unwrap();
    assert_eq!(engine.search_waiting().await.unwrap(), Backlog::default());
}

#[tokio::test]
async fn what_is_read_beside_is_read_where_it_is_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let app = engine(folder.path()).await;
    app.add_demo().await.unwrap();
    app.index_now().await.unwrap();
    let found = app.search("lighthouse ", 10).await.unwrap();
    assert!(!found.is_empty(), "letters of the demo");
    let profile = folder.path().to_owned();
    // Nobody there could have another thread begun.
    let alone = std::thread::spawn(move || {
        let beside = Engine::open_beside(&profile).unwrap().unwrap();
        beside.search("lighthouse ", 10).now_or_never()
    });
    let beside = alone.join().unwrap().expect("it is not waited for");
    assert_eq!(beside.unwrap(), found);
}

#[tokio::test]
async fn a_folder_that_is_gone_is_told_to_everybody_who_looks_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path()).await;
    let gone = MailboxId(1_000_000);
    let looks = [(); 3].map(|()| engine.visit_once(gone));
    for look in futures::future::join_all(looks).await {
        assert!(matches!(look, Err(EngineError::Gone(_))), "{look:?}");
    }
    assert_eq!(*locked(&engine.inner.visited), None);
}
