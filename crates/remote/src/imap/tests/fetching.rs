//! FETCH and SEARCH from servers that leave out, add, repeat or contradict themselves.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use waxwing_model::Keyword;

use super::*;
use crate::imap::UidSet;

const BODY_OF_5: &str = "UID FETCH 5 (UID RFC822.SIZE BODY.PEEK[])";

#[tokio::test]
async fn a_body_comes_as_it_stands() {
    let (mut session, mut peer) = selected("").await;
    let (body, ()) = tokio::join!(session.fetch_body(5), async {
        peer.answer(
            BODY_OF_5,
            "* 2 FETCH (UID 5 RFC822.SIZE 99 BODY[] {9}\na)\nb {3})\n",
        )
        .await;
    });
    assert_eq!(
        body.unwrap().unwrap(),
        b"a)\r\nb {3}",
        "to the byte, whatever size the server believes"
    );
}

#[tokio::test]
async fn gone_and_withheld_are_told_apart() {
    let (mut session, mut peer) = selected("").await;
    for answer in [
        "",
        "* 1 FETCH (UID 6 RFC822.SIZE 1 BODY[] \"x\")\n",
        "* 2 FETCH (FLAGS (\\Seen) UID 5)\n",
    ] {
        let (body, ()) = tokio::join!(session.fetch_body(5), peer.answer(BODY_OF_5, answer));
        assert_eq!(body.unwrap(), None, "{answer:?} holds no message 5");
    }
    let (body, ()) = tokio::join!(session.fetch_body(5), async {
        peer.hear(BODY_OF_5).await;
        peer.done("NO [EXPUNGEISSUED] gone").await;
    });
    assert_eq!(body.unwrap(), None, "the server says so itself (RFC 5530)");
    for answer in ["BODY[] NIL", "BODY[] \"\"", "BODY[] "] {
        let (body, ()) = tokio::join!(session.fetch_body(5), async {
            peer.answer(BODY_OF_5, &format!("* 2 FETCH (UID 5 RFC822.SIZE 70 {answer})\n"))
                .await;
        });
        assert!(
            matches!(body, Err(RemoteError::Protocol { .. })),
            "{answer}: an empty letter is none"
        );
    }
    let (body, ()) = tokio::join!(session.fetch_body(5), async {
        peer.answer(BODY_OF_5, "* 2 FETCH (UID 5 RFC822.SIZE 0 BODY[] \"\")\n")
            .await;
    });
    assert_eq!(body.unwrap(), Some(Vec::new()), "a letter of no bytes exists");
}

#[tokio::test]
async fn half_a_body_is_no_body() {
    let (mut session, mut peer) = selected("").await;
    let (body, ()) = tokio::join!(session.fetch_body(5), async move {
        peer.hear(BODY_OF_5).await;
        peer.say("* 2 FETCH (UID 5 RFC822.SIZE 99 BODY[] {99}\nonly this")
            .await;
        drop(peer);
    });
    assert!(matches!(body, Err(RemoteError::Closed { .. })), "{body:?}");
}

#[tokio::test]
async fn messages_come_no_faster_than_they_are_taken() {
    let (mut session, mut peer) = selected("").await;
    let said = Arc::new(AtomicU32::new(0));
    let play = {
        let said = Arc::clone(&said);
        async move {
            peer.hear("UID FETCH 1:9 (UID RFC822.SIZE BODY.PEEK[])").await;
            for uid in 1..=9 {
                let body = "x".repeat(100_000);
                peer.say(&format!("* {uid} FETCH (UID {uid} BODY[] {{100000}}\n{body})\n"))
                    .await;
                said.store(uid, Ordering::SeqCst);
            }
            peer.done("OK done").await;
            peer
        }
    };
    let playing = tokio::spawn(play);
    let mut bodies = session.bodies(&UidSet::from_range(1..=9));
    for taken in 1..=9 {
        let (uid, raw) = bodies.next().await.unwrap().expect("one more");
        assert_eq!((uid, raw.unwrap().len()), (taken, 100_000));
        // Whoever would go on reading by itself had its chance.
        for _ in 0..50 {
            tokio::task::yield_now().await;
        }
        let ahead = said.load(Ordering::SeqCst) - taken;
        assert!(ahead <= 2, "{ahead} came that nobody has taken");
    }
    assert!(bodies.next().await.unwrap().is_none(), "that were all");
    let mut peer = playing.await.unwrap();
    let (outcome, ()) = tokio::join!(session.noop(), peer.answer("NOOP", ""));
    outcome.expect("the session goes on");
}

#[tokio::test]
async fn strangers_are_passed_over_a_refusal_is_told_and_half_an_answer_ends_the_session() {
    let (mut session, mut peer) = selected("").await;
    let asked = UidSet::from_range(5..=6);
    let play = async {
        peer.hear("UID FETCH 5:6 (UID RFC822.SIZE BODY.PEEK[])").await;
        peer.say("* 9 FETCH (UID 9 BODY[] \"nine\")\n* 3 FETCH (FLAGS (\\Seen) UID 6)\n* 3 FETCH (UID 6 BODY[] \"six\")\n")
            .await;
        peer.done("NO [CANNOT] not these").await;
    };
    let mut bodies = session.bodies(&asked);
    let taking = async { (bodies.next().await, bodies.next().await) };
    let ((first, second), ()) = tokio::join!(taking, play);
    assert_eq!(
        first.unwrap(),
        Some((6, Some(b"six".to_vec()))),
        "what came counts"
    );
    assert!(matches!(second, Err(RemoteError::Refused { .. })), "{second:?}");

    let mut bodies = session.bodies(&asked);
    let (first, ()) = tokio::join!(bodies.next(), async {
        peer.hear("UID FETCH 5:6 (UID RFC822.SIZE BODY.PEEK[])").await;
        peer.say("* 2 FETCH (UID 5 BODY[] \"five\")\n").await;
    });
    assert_eq!(first.unwrap(), Some((5, Some(b"five".to_vec()))));
    let next = session.noop().await;
    assert!(
        matches!(next, Err(RemoteError::Closed { .. })),
        "the rest of the answer would be taken for another's: {next:?}"
    );
}

#[tokio::test]
async fn headers_come_with_all_that_a_list_needs_and_strangers_are_passed_over() {
    let (mut session, mut peer) = selected("").await;
    let mut headers = Vec::new();
    let set = UidSet::from_uids(&[4, 5, 6, 7, 8]);
    let mut each = |header| headers.push(header);
    let (outcome, ()) = tokio::join!(session.fetch_headers(&set, &mut each), async {
        peer.hear(
            "UID FETCH 4:8 (UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER.FIELDS (From Sender Reply-To To Cc \
             Bcc Subject Date Message-ID In-Reply-To References Content-Type List-Id)])",
        )
        .await;
        peer.say(
            "* 1 FETCH (UID 4 FLAGS (\\Seen \\Recent) INTERNALDATE \"17-Jul-1996 02:44:25 -0700\" RFC822.SIZE 77 \
             BODY[HEADER.FIELDS (FROM)] {13}\nSubject: hi\n)\n",
        )
        .await;
        peer.say("* 9 FETCH (UID 99 FLAGS () RFC822.SIZE 1 BODY[HEADER.FIELDS (FROM)] \"\")\n")
            .await;
        peer.say("* 2 FETCH (UID 5 FLAGS (\\Flagged))\n* 1 EXPUNGE\n")
            .await;
        peer.say("* 3 FETCH (UID 6 FLAGS (\\Deleted) RFC822.SIZE 1 BODY[HEADER.FIELDS (FROM)] \"\")\n")
            .await;
        peer.say("* 4 FETCH (UID 7 FLAGS () RFC822.SIZE 99999999999 BODY[HEADER.FIELDS (FROM)] NIL)\n")
            .await;
        peer.say("* 4 FETCH (UID 8 FLAGS () RFC822.SIZE 5 ENVELOPE \"open)\n")
            .await;
        peer.done("OK done").await;
    });
    assert_eq!(outcome.unwrap(), [6], "which one is on its way out is told");
    let uids: Vec<u32> = headers
        .iter()
        .map(|header: &crate::imap::FetchedHeader| header.uid)
        .collect();
    assert_eq!(
        uids,
        [4, 7, 8],
        "not the stranger, the change of flags, or the one on its way out"
    );
    assert_eq!(headers[0].header, b"Subject: hi\r\n");
    assert_eq!((headers[0].received_at, headers[0].size), (837_596_665_000, 77));
    assert!(
        headers[0].keywords.has(Keyword::SEEN) && headers[0].keywords.len() == 1,
        "Recent is the session's"
    );
    assert_eq!(
        (headers[1].size, headers[1].header.len()),
        (u32::MAX, 0),
        "it is there, so it is shown"
    );
    assert_eq!(headers[2].received_at, 0, "what cannot be read is left empty");
    assert!(
        session.exchange.news.take_changed(),
        "what was told beside is remembered"
    );
}

#[tokio::test]
async fn flags_come_sorted_with_the_last_word_and_a_garbled_list_is_an_error() {
    let all = UidSet::all();
    let (mut session, mut peer) = selected("").await;
    let (flags, ()) = tokio::join!(session.fetch_flags(&all), async {
        let answer = "* 2 FETCH (UID 9 FLAGS ())\n* 1 FETCH (UID 4 FLAGS (a))\n* 3 FETCH (FLAGS (\\Deleted) UID 12)\n\
            * 2 FETCH (UID 9 FLAGS (\\Seen))\n";
        peer.answer("UID FETCH 1:* (UID FLAGS)", answer).await;
    });
    let flags = flags.unwrap();
    let short: Vec<(u32, bool)> = flags.iter().map(|marks| (marks.uid, marks.deleted)).collect();
    assert_eq!(
        short,
        [(4, false), (9, false), (12, true)],
        "those on their way out count as there"
    );
    assert!(flags[1].keywords.has(Keyword::SEEN), "the later word counts");
    let (flags, ()) = tokio::join!(session.fetch_flags(&all), async {
        peer.answer(
            "UID FETCH 1:* (UID FLAGS)",
            "* 1 FETCH (UID 4 FLAGS ())\n* 2 FETCH (UID 9 FLAGS (((\n",
        )
        .await;
    });
    assert!(
        matches!(flags, Err(RemoteError::Protocol { .. })),
        "{flags:?}: message 9 would seem gone"
    );
}

#[tokio::test]
async fn changed_flags_are_asked_for_by_modseq_where_there_is_one() {
    let (mut session, mut peer) = selected("CONDSTORE").await;
    let all = UidSet::all();
    let (flags, ()) = tokio::join!(session.fetch_changed_flags(&all, 77), async {
        peer.answer(
            "UID FETCH 1:* (UID FLAGS) (CHANGEDSINCE 77)",
            "* 1 FETCH (UID 4 MODSEQ (78) FLAGS (a))\n",
        )
        .await;
    });
    assert_eq!(flags.unwrap().len(), 1);
    let (mut session, mut peer) = selected("").await;
    let (flags, ()) = tokio::join!(
        session.fetch_changed_flags(&all, 77),
        peer.answer("UID FETCH 1:* (UID FLAGS)", "")
    );
    assert!(
        flags.unwrap().is_empty(),
        "a server without CONDSTORE is asked for all"
    );
}

#[tokio::test]
async fn a_long_set_is_asked_for_in_pieces() {
    let (mut session, mut peer) = selected("").await;
    let scattered: Vec<u32> = (0..3_000).map(|n| n * 2 + 1).collect();
    let set = UidSet::from_uids(&scattered);
    let (flags, commands) = tokio::join!(session.fetch_flags(&set), async {
        let mut commands = 0;
        let mut asked = Vec::new();
        while asked.len() < scattered.len() {
            let line = peer.line().await;
            assert!(line.len() < 8_192, "RFC 7162, section 4");
            let mut words = line.split(' ');
            peer.tag = words.next().unwrap().to_owned();
            let set: UidSet = words.nth(2).unwrap().parse().unwrap();
            asked.extend(set.iter());
            for uid in set.iter() {
                peer.say(&format!("* 1 FETCH (UID {uid} FLAGS ())\n")).await;
            }
            peer.done("OK done").await;
            commands += 1;
        }
        commands
    });
    assert_eq!(flags.unwrap().len(), 3_000, "none is left out");
    assert!(commands > 1, "it did not fit one command");
}

#[tokio::test]
async fn a_message_is_found_by_its_whole_id() {
    let (mut session, mut peer) = selected("").await;
    let (found, ()) = tokio::join!(session.find_message_id("Sent", "1@waxwing.test"), async {
        peer.answer("SELECT \"Sent\"", "* 0 EXISTS\n* OK [UIDNEXT 1] x\n")
            .await;
        peer.answer(
            "UID SEARCH HEADER Message-ID \"<1@waxwing.test>\"",
            "* SEARCH 8 3\n",
        )
        .await;
    });
    assert_eq!(found.unwrap(), [3, 8]);
    let error = session
        .find_message_id("Sent", "a\r\nb")
        .await
        .expect_err("it is no id");
    assert!(
        matches!(error, RemoteError::Refused { .. }),
        "{error}, and nothing was sent"
    );
}
