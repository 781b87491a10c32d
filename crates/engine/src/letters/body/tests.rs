//! What somebody waits for who opens a letter, or goes to a folder: how often the store is looked into, and that nobody else's
//! turn to write is waited for.

use std::path::Path;

use waxwing_model::{Listing, ListingFilter, ListingGrouping, ListingOrder, ListingSource, Role};
use waxwing_store::TrackerFact;

use super::*;
use crate::caution::WaysToTell;
use crate::without_keyring;

/// With the letters of the demo account, which are all here.
async fn engine(profile: &Path) -> Engine {
    let engine = without_keyring::engine(profile).await;
    engine.add_demo().await.expect("the demo account is added");
    // What goes on by itself reads too.
    engine.stop().await;
    engine
}

async fn inbox(engine: &Engine) -> Listing {
    let mailboxes = engine.mailboxes().await.expect("there are folders");
    let inbox = mailboxes.iter().find(|mailbox| mailbox.role == Some(Role::Inbox));
    Listing {
        source: ListingSource::Mailbox {
            mailbox: inbox.expect("there is an inbox").id,
        },
        filter: ListingFilter::ALL,
        order: ListingOrder::NEWEST,
        grouping: ListingGrouping::Messages,
    }
}

/// Letters that would tell of their reader, and letters that would not.
async fn telling_and_silent(engine: &Engine) -> (Vec<EmailId>, Vec<EmailId>) {
    let (_, rows) = engine.page(inbox(engine).await, 0, 1_000).await.expect("rows");
    let (mut telling, mut silent) = (Vec::new(), Vec::new());
    for row in rows {
        let body = engine.body(row.email, Look::default()).await.expect("a letter");
        if body.invitation.is_some() || !body.receipt_to.is_empty() {
            continue;
        }
        match body.trackers {
            0 => silent.push(row.email),
            _ => telling.push(row.email),
        }
    }
    engine.all_kept().await;
    (telling, silent)
}

#[tokio::test]
async fn a_letter_is_opened_with_two_looks_into_the_store() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path()).await;
    let (telling, silent) = telling_and_silent(&engine).await;
    assert!(telling.len() > 1 && silent.len() > 10, "there are both");
    for email in telling.into_iter().chain(silent) {
        let before = engine.inner.store.reads();
        engine.body(email, Look::default()).await.unwrap();
        assert_eq!(engine.inner.store.reads() - before, 2, "letter {email}");
    }
}

#[tokio::test]
async fn nobody_waits_for_the_turn_of_others_to_write_unless_a_sender_is_about_to_be_told() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path()).await;
    let (telling, _) = telling_and_silent(&engine).await;
    for email in telling.clone() {
        let forget = engine.write(move |writing| writing.put_trackers(email, &[]));
        forget.await.unwrap();
    }
    let turn = engine.inner.fetched.lock().await;
    for email in telling {
        engine.body(email, Look::default()).await.unwrap();
    }
    let asked = engine.tracking_senders();
    futures::pin_mut!(asked);
    assert!(futures::poll!(&mut asked).is_pending(), "it is still to be kept");
    drop(turn);
    assert!(!asked.await.unwrap().is_empty(), "whoever asks is told of it");
}

#[tokio::test]
async fn a_letter_that_is_made_ready_ahead_stays_one_that_nobody_has_opened() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path()).await;
    let email = telling_and_silent(&engine).await.0[0];
    let forget = engine.write(move |writing| writing.put_trackers(email, &[]));
    forget.await.unwrap();
    let shown = engine.inner.pictures.shown_with_links();
    let kept = || async {
        engine.all_kept().await;
        engine.read(move |reading| reading.trackers(email)).await.unwrap()
    };
    let ahead = engine.body_ahead(email, Look::default()).await.unwrap().unwrap();
    assert_eq!(kept().await, [], "its trackers are not counted");
    assert_eq!(
        engine.inner.pictures.shown_with_links(),
        shown,
        "nobody can have pressed a link"
    );
    let opened = engine.body(email, Look::default()).await.unwrap();
    assert_eq!(
        (ahead.trackers, ahead.attachments),
        (opened.trackers, opened.attachments)
    );
    assert_ne!(kept().await, []);
    assert_eq!(engine.inner.pictures.shown_with_links(), shown + 1);
    let nowhere = engine.body_ahead(EmailId(1_000_000), Look::default()).await;
    assert_eq!(nowhere.unwrap(), None);
}

#[tokio::test]
async fn what_is_about_to_be_told_is_kept_before_the_pictures_are_there() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path()).await;
    let told = [TrackerFact {
        host: "a.example".to_owned(),
        kind: "personal".to_owned(),
        service: None,
        amount: 1,
        loaded: false,
    }];
    let ways = WaysToTell {
        ways: told.to_vec(),
        are_near: true,
    };
    let email = telling_and_silent(&engine).await.0[0];
    engine.note_trackers(email, ways, Vec::new()).await.unwrap();
    let kept = engine.read(move |reading| reading.trackers(email)).await.unwrap();
    assert_eq!(kept, told);
}

#[tokio::test]
async fn rows_come_with_one_look_into_the_store() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path()).await;
    let listing = inbox(&engine).await;
    let before = engine.inner.store.reads();
    engine.page_soon(listing.clone(), 0, 50).await.unwrap();
    assert_eq!(engine.inner.store.reads() - before, 1);
    let mut gone = listing.clone();
    gone.source = ListingSource::Mailbox {
        mailbox: waxwing_model::MailboxId(1_000_000),
    };
    for _ in 0..2 {
        let looked = engine.page_looked_at(gone.clone(), 0, 50).await;
        assert!(
            matches!(looked, Err(EngineError::Gone(_))),
            "that folder is gone, however soon one looks again"
        );
    }
    assert!(engine.page_looked_at(listing, 0, 50).await.is_ok());
}
