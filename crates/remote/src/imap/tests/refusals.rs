//! NO, BAD, BYE, garbage and silence in the middle of a session.

use waxwing_model::{Keyword, Keywords};

use super::*;
use crate::imap::{Before, Try, UidSet};

#[tokio::test]
async fn a_refusal_is_told_in_the_servers_words_and_the_session_goes_on() {
    let (mut session, mut peer) = signed_in("").await;
    for (reply, transient) in [
        ("NO [CANNOT] bad name", false),
        ("BAD what", false),
        ("NO [INUSE] busy", true),
    ] {
        let (outcome, ()) = tokio::join!(session.create("a"), async {
            peer.hear("CREATE \"a\"").await;
            peer.done(reply).await;
        });
        let error = outcome.expect_err(reply);
        assert_eq!(error.is_transient(), transient, "{reply}");
        let words = reply.rsplit(' ').next().unwrap();
        assert!(
            error.trouble().detail.unwrap().contains(words),
            "{reply} is shown as {error}"
        );
    }
    let (outcome, ()) = tokio::join!(session.create("a"), peer.answer("CREATE \"a\"", ""));
    outcome.expect("a refusal breaks nothing");
}

#[tokio::test]
async fn every_command_notices_a_refusal() {
    let (mut session, mut peer) = selected("").await;
    let set = UidSet::from_uids(&[5]);
    let (outcome, ()) = tokio::join!(session.fetch_flags(&set), refuse(&mut peer));
    assert!(
        matches!(outcome, Err(RemoteError::Refused { .. })),
        "FETCH: {outcome:?}"
    );
    let (outcome, ()) = tokio::join!(session.uids(), refuse(&mut peer));
    assert!(
        matches!(outcome, Err(RemoteError::Refused { .. })),
        "SEARCH: {outcome:?}"
    );
    let (seen, none) = (Keywords::only(Keyword::SEEN), Keywords::none());
    let (outcome, ()) = tokio::join!(session.store_keywords(&set, &seen, &none), refuse(&mut peer));
    assert!(
        matches!(outcome, Err(RemoteError::Refused { .. })),
        "STORE: {outcome:?}"
    );
    let (outcome, ()) = tokio::join!(session.list(), refuse(&mut peer));
    assert!(
        matches!(outcome, Err(RemoteError::Refused { .. })),
        "LIST: {outcome:?}"
    );
    let (outcome, ()) = tokio::join!(session.status("a"), refuse(&mut peer));
    assert!(
        matches!(outcome, Err(RemoteError::Refused { .. })),
        "STATUS: {outcome:?}"
    );
    let (outcome, ()) = tokio::join!(session.append("a", &seen, None, b"x"), refuse(&mut peer));
    assert!(
        matches!(outcome, Err(RemoteError::Refused { .. })),
        "APPEND: {outcome:?}"
    );
    let (outcome, ()) = tokio::join!(session.select("a"), refuse(&mut peer));
    assert!(
        matches!(outcome, Err(RemoteError::Refused { .. })),
        "SELECT: {outcome:?}"
    );
    assert_eq!(
        session.selected(),
        None,
        "after a failed SELECT nothing is selected"
    );
}

async fn refuse(peer: &mut Peer) {
    let line = peer.line().await;
    peer.tag = line.split(' ').next().unwrap().to_owned();
    peer.done("NO [SERVERBUG] sorry").await;
}

#[tokio::test]
async fn after_bye_garbage_or_silence_the_session_is_over() {
    let cases: [(&str, Expected); 5] = [
        (
            "* BYE Autologout\n",
            |e| matches!(e, RemoteError::Closed { doing } if doing.contains("Autologout")),
        ),
        ("* BYE\n", |e| matches!(e, RemoteError::Closed { .. })),
        ("HTTP/1.1 502 Bad Gateway\n", |e| {
            matches!(e, RemoteError::Protocol { .. })
        }),
        ("X77 OK somebody else's answer\n", |e| {
            matches!(e, RemoteError::Protocol { .. })
        }),
        ("", |e| matches!(e, RemoteError::TimedOut { .. })),
    ];
    for (answer, expected) in cases {
        let (mut session, mut peer) = signed_in("").await;
        let (outcome, ()) = tokio::join!(session.noop(), async {
            peer.hear("NOOP").await;
            peer.say(answer).await;
        });
        let error = outcome.expect_err("nobody can go on from there");
        assert!(expected(&error), "{answer:?} became {error:?}");
        let next = session.noop().await;
        assert!(
            matches!(next, Err(RemoteError::Closed { .. })),
            "a late answer is not taken for the next one's"
        );
    }
}

#[tokio::test]
async fn a_call_that_was_dropped_half_way_does_not_mix_up_the_answers() {
    let (mut session, mut peer) = signed_in("").await;
    let call = async {
        tokio::time::timeout(Duration::from_millis(50), session.uids())
            .await
            .expect_err("no answer came");
    };
    tokio::join!(call, peer.hear("UID SEARCH ALL"));
    peer.say("* SEARCH 1 2 3\n").await;
    peer.done("OK done").await;
    assert!(
        matches!(session.noop().await, Err(RemoteError::Closed { .. })),
        "the session is not used again"
    );
}

#[tokio::test]
async fn an_untagged_line_that_nobody_understands_is_passed_over() {
    let (mut session, mut peer) = signed_in("").await;
    let (outcome, ()) = tokio::join!(
        session.noop(),
        peer.answer("NOOP", "* X-STRANGE (((\n* 5\n*  \n* NO hm\n* BAD hm\n")
    );
    assert!(!outcome.expect("it concerns nobody"), "and is no news");
}

#[tokio::test]
async fn a_literal_bomb_and_an_endless_line_end_the_session() {
    let endless = format!("* LIST () \"/\" {}", "a".repeat(1024 * 1024));
    for bomb in ["* 1 FETCH (UID 5 BODY[] {999999999999}\n", &endless] {
        let (mut session, mut peer) = selected("").await;
        let play = async {
            peer.hear("UID FETCH 5 (UID RFC822.SIZE BODY.PEEK[])").await;
            peer.say(bomb).await;
            std::future::pending::<()>().await;
        };
        let outcome = tokio::select! {
            outcome = session.fetch_body(5) => outcome,
            () = play => unreachable!("the play waits at its end"),
        };
        assert!(matches!(outcome, Err(RemoteError::Limit { .. })), "{outcome:?}");
        let next = session.noop().await;
        assert!(
            matches!(next, Err(RemoteError::Closed { .. })),
            "nothing more is read from that connection"
        );
    }
}

#[tokio::test]
async fn a_session_can_live_in_a_task_of_its_own() {
    // It would not compile otherwise: the engine runs each account in a task.
    let (mut session, mut peer) = selected("").await;
    let task = tokio::spawn(async move {
        let (set, none) = (UidSet::from_uids(&[1]), Keywords::none());
        session.fetch_headers(&set, &mut |_| ()).await?;
        session.store_keywords(&set, &none, &none).await?;
        session
            .move_messages(&UidSet::new(), "a", Before::default(), Try::First)
            .await?;
        session.idle(std::future::ready(())).await
    });
    let line = peer.line().await;
    assert!(line.contains("UID FETCH 1 "), "{line}");
    drop(peer);
    let outcome = task.await.expect("no panic");
    assert!(matches!(outcome, Err(RemoteError::Closed { .. })), "{outcome:?}");
}
