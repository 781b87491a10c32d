//! IMAP against a real Dovecot: what is read is what was delivered, and news come by themselves.
//!
//! Not here: what is done to mail (`imap_changes.rs`), who gets in (`imap_doors.rs`), and servers that lie (the
//! crate's unit tests).

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops where it fails"
)]

mod stage;

use std::collections::BTreeMap;
use std::time::Duration;

use stage::{connect, deliver, letter, start};
use waxwing_model::{Keyword, Keywords};
use waxwing_remote::RemoteError;
use waxwing_remote::imap::{IdleEnd, UidSet};
use waxwing_testkit::{DovecotOptions, letters};

#[tokio::test]
async fn every_byte_of_a_letter_comes_as_it_was_delivered() {
    let dovecot = start(&DovecotOptions::default());
    let mut expected: Vec<Vec<u8>> = letters::generate(7, 300).collect();
    // What is hard on a parser: an end of a response within, 8-bit text, nothing behind the header, a large one.
    expected.push(b"Subject: )\r\n\r\n)\r\nW1 OK done\r\n* BYE {5}\r\n\xe4\xff\r\n".to_vec());
    expected.push(b"Subject: bare\r\n\r\n".to_vec());
    expected.push(
        [
            b"Subject: large\r\n\r\n".as_slice(),
            &b"0123456789abcde\r\n".repeat(500_000),
        ]
        .concat(),
    );
    for raw in &expected {
        deliver(&dovecot, "INBOX", raw);
    }
    let mut session = connect(&dovecot).await;
    let selected = session.select("INBOX").await.unwrap();
    assert_eq!(selected.exists as usize, expected.len());
    assert_eq!(selected.uid_next as usize, expected.len() + 1);
    let uids = session.uids().await.unwrap();

    let mut bodies = BTreeMap::new();
    let mut coming = session.bodies(&UidSet::from_uids(&uids));
    while let Some((uid, raw)) = coming.next().await.unwrap() {
        bodies.insert(uid, raw.expect("the server gives what it has"));
    }
    let mut came: Vec<&Vec<u8>> = bodies.values().collect();
    let mut sent: Vec<&Vec<u8>> = expected.iter().collect();
    came.sort();
    sent.sort();
    assert!(
        came == sent,
        "{} of {} letters came as they were",
        came.len(),
        sent.len()
    );

    let mut headers = Vec::new();
    session
        .fetch_headers(&UidSet::all(), &mut |header| headers.push(header))
        .await
        .unwrap();
    assert_eq!(
        headers.iter().map(|header| header.uid).collect::<Vec<_>>(),
        uids,
        "one for each, ascending"
    );
    for header in &headers {
        assert_eq!(
            header.size as usize,
            bodies[&header.uid].len(),
            "the size is the letter's"
        );
        assert!(
            header.received_at > 1_500_000_000_000,
            "it was received in our time"
        );
        assert!(header.header.ends_with(b"\r\n\r\n"), "fields and an empty line");
        assert!(!header.keywords.has(Keyword::SEEN), "fetching is not reading");
    }
    assert_eq!(
        session.fetch_body(uids[0]).await.unwrap().as_ref(),
        Some(&bodies[&uids[0]])
    );
    assert_eq!(
        session.fetch_body(9_999).await.unwrap(),
        None,
        "there is no such message"
    );
    assert!(
        session.bytes() > 8_000_000 && session.round_trips() < 20,
        "few questions, many answers"
    );
    session.logout().await;
}

#[tokio::test]
async fn flags_go_both_ways() {
    let dovecot = start(&DovecotOptions::default());
    dovecot
        .deliver_with_flags("lena", "INBOX", &letter("read"), "S")
        .unwrap();
    dovecot
        .deliver_with_flags("lena", "INBOX", &letter("dying"), "T")
        .unwrap();
    deliver(&dovecot, "INBOX", &letter("new"));
    let (mut one, mut other) = (connect(&dovecot).await, connect(&dovecot).await);
    let before = one.select("INBOX").await.unwrap();
    other.select("INBOX").await.unwrap();
    let flags = one.fetch_flags(&UidSet::all()).await.unwrap();
    let dying: Vec<u32> = flags
        .iter()
        .filter(|marks| marks.deleted)
        .map(|marks| marks.uid)
        .collect();
    assert_eq!(
        (flags.len(), dying.len()),
        (3, 1),
        "what is on its way out is known as such"
    );
    assert_eq!(one.uids().await.unwrap().len(), 3, "and still there");
    let mut headers = Vec::new();
    let passed_over = one
        .fetch_headers(&UidSet::all(), &mut |header| headers.push(header.uid))
        .await
        .unwrap();
    assert_eq!(
        (headers.len(), passed_over),
        (2, dying),
        "and not shown (RFC 8621, section 4.1.1)"
    );

    let unread = flags
        .iter()
        .find(|marks| !marks.deleted && !marks.keywords.has(Keyword::SEEN))
        .expect("one is unread")
        .uid;
    let set = UidSet::from_uids(&[unread]);
    let add = Keywords::only(Keyword::FLAGGED)
        .with(Keyword::SEEN)
        .with(Keyword::FORWARDED)
        .with("no atom");
    one.store_keywords(&set, &add, &Keywords::none()).await.unwrap();
    assert!(other.noop().await.unwrap(), "the other one hears of it");
    let changed = other
        .fetch_changed_flags(
            &UidSet::all(),
            before.highest_modseq.expect("Dovecot has CONDSTORE"),
        )
        .await
        .unwrap();
    assert_eq!(changed.len(), 1, "one message has changed since");
    let expected = Keywords::only(Keyword::FLAGGED)
        .with(Keyword::SEEN)
        .with(Keyword::FORWARDED);
    assert_eq!(
        (changed[0].uid, &changed[0].keywords),
        (unread, &expected),
        "and what it has now is told"
    );
    other
        .store_keywords(&set, &Keywords::none(), &Keywords::only(Keyword::FLAGGED))
        .await
        .unwrap();
    let flags = one.fetch_flags(&set).await.unwrap();
    assert!(
        !flags[0].keywords.has(Keyword::FLAGGED) && flags[0].keywords.has(Keyword::SEEN),
        "only that one was removed"
    );
}

#[tokio::test]
async fn new_mail_ends_the_waiting() {
    let dovecot = start(&DovecotOptions::default());
    let mut session = connect(&dovecot).await;
    session.select("INBOX").await.unwrap();
    let stopped = session
        .idle(tokio::time::sleep(Duration::from_millis(100)))
        .await
        .unwrap();
    assert_eq!(stopped, IdleEnd::Stopped);
    let arrival = async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        deliver(&dovecot, "INBOX", &letter("knock, knock"));
    };
    let waiting = tokio::time::timeout(Duration::from_secs(60), session.idle(std::future::pending()));
    let (end, ()) = tokio::join!(waiting, arrival);
    assert_eq!(
        end.expect("Dovecot tells within seconds").unwrap(),
        IdleEnd::Changed
    );
    assert_eq!(
        session.uids().await.unwrap().len(),
        1,
        "and the session is ready for more"
    );

    let mut other = connect(&dovecot).await;
    other.select("INBOX").await.unwrap();
    let marking = async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        other
            .store_keywords(&UidSet::all(), &Keywords::only(Keyword::SEEN), &Keywords::none())
            .await
            .unwrap();
    };
    let waiting = tokio::time::timeout(Duration::from_secs(60), session.idle(std::future::pending()));
    let (end, ()) = tokio::join!(waiting, marking);
    assert_eq!(end.expect("a mark is told as well").unwrap(), IdleEnd::Changed);
}

#[tokio::test]
async fn a_server_that_stops_or_dies_ends_the_waiting_with_an_error() {
    for die in [false, true] {
        let dovecot = start(&DovecotOptions::default());
        let mut session = connect(&dovecot).await;
        session.select("INBOX").await.unwrap();
        let end = async {
            tokio::time::sleep(Duration::from_millis(200)).await;
            if die { dovecot.kill() } else { dovecot.stop() }
        };
        let waiting = tokio::time::timeout(Duration::from_secs(60), session.idle(std::future::pending()));
        let (outcome, ()) = tokio::join!(waiting, end);
        let outcome = outcome.expect("the end of a connection is noticed");
        assert!(
            matches!(outcome, Err(RemoteError::Closed { .. })),
            "{outcome:?} is no news"
        );
        assert!(
            session.noop().await.is_err_and(|error| error.is_transient()),
            "and worth another connection"
        );
    }
}

#[tokio::test]
async fn another_uidvalidity_is_seen() {
    let dovecot = start(&DovecotOptions::default());
    deliver(&dovecot, "INBOX", &letter("one"));
    let mut session = connect(&dovecot).await;
    let before = session.select("INBOX").await.unwrap().uid_validity;
    session.logout().await;
    dovecot.invalidate("lena", "INBOX").unwrap();
    let mut session = connect(&dovecot).await;
    assert_ne!(
        session.select("INBOX").await.unwrap().uid_validity,
        before,
        "all that was known is void"
    );
}
