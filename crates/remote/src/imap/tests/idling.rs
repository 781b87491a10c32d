//! Waiting: what ends it, and that no news is lost.

use std::future::pending;

use super::*;
use crate::imap::IdleEnd;

const LONG: Duration = Duration::from_secs(60);

#[tokio::test]
async fn news_end_the_waiting_and_chatter_does_not() {
    for news in [
        "* 4 EXISTS",
        "* 1 EXPUNGE",
        "* 2 FETCH (FLAGS (\\Seen))",
        "* VANISHED 5",
    ] {
        let (mut session, mut peer) = selected("IDLE").await;
        let (end, ()) = tokio::join!(session.idle(pending()), async {
            peer.hear("IDLE").await;
            peer.say("+ idling\n* OK Still here\n* 3 EXISTS\n* 0 RECENT\n* 1 FETCH (UID 4 MODSEQ (9))\n")
                .await;
            tokio::select! {
                line = peer.line() => panic!("{line:?} was said, though nothing had changed"),
                () = tokio::time::sleep(Duration::from_millis(50)) => {}
            }
            peer.say(&format!("{news}\n")).await;
            assert_eq!(peer.line().await, "DONE");
            peer.done("OK done").await;
        });
        assert_eq!(end.unwrap(), IdleEnd::Changed, "{news}");
    }
}

#[tokio::test]
async fn what_was_told_during_another_command_counts() {
    let (mut session, mut peer) = selected("IDLE").await;
    let (outcome, ()) = tokio::join!(session.create("a"), peer.answer("CREATE \"a\"", "* 4 EXISTS\n"));
    outcome.unwrap();
    assert_eq!(
        session.idle(pending()).await.unwrap(),
        IdleEnd::Changed,
        "at once, without a word"
    );
    let (changed, ()) = tokio::join!(session.noop(), peer.answer("NOOP", ""));
    assert!(!changed.unwrap(), "it is told once");
    let (changed, ()) = tokio::join!(session.noop(), peer.answer("NOOP", "* 5 EXISTS\n"));
    assert!(changed.unwrap());
}

#[tokio::test]
async fn the_caller_and_the_clock_end_it_as_well() {
    let (mut session, mut peer) = selected("IDLE").await;
    let (end, ()) = tokio::join!(
        session.idle(tokio::time::sleep(Duration::from_millis(30))),
        async {
            peer.hear("IDLE").await;
            peer.say("+ idling\n").await;
            assert_eq!(peer.line().await, "DONE");
            peer.done("OK done").await;
        }
    );
    assert_eq!(end.unwrap(), IdleEnd::Stopped);
    let (end, ()) = tokio::join!(
        session.idle_for(pending(), Duration::from_millis(30), LONG),
        async {
            peer.hear("IDLE").await;
            peer.say("+ idling\n").await;
            assert_eq!(peer.line().await, "DONE");
            peer.say("* 4 EXISTS\n").await;
            peer.done("OK done").await;
        }
    );
    assert_eq!(
        end.unwrap(),
        IdleEnd::Changed,
        "what comes at the last moment counts more"
    );
    let (end, ()) = tokio::join!(
        session.idle_for(pending(), Duration::from_millis(30), LONG),
        async {
            peer.hear("IDLE").await;
            peer.say("+ idling\n").await;
            peer.line().await;
            peer.done("OK done").await;
        }
    );
    assert_eq!(end.unwrap(), IdleEnd::Renew);
}

#[tokio::test]
async fn silence_while_waiting_is_no_failure() {
    // The session bears 300 ms of silence while an answer is due.
    let (mut session, mut peer) = selected("IDLE").await;
    let (end, ()) = tokio::join!(session.idle(pending()), async {
        peer.hear("IDLE").await;
        peer.say("+ idling\n").await;
        tokio::time::sleep(Duration::from_millis(600)).await;
        peer.say("* 4 EXISTS\n").await;
        assert_eq!(peer.line().await, "DONE");
        peer.done("OK done").await;
    });
    assert_eq!(end.unwrap(), IdleEnd::Changed);
    let (outcome, ()) = tokio::join!(session.noop(), peer.hear("NOOP"));
    assert!(
        matches!(outcome, Err(RemoteError::TimedOut { .. })),
        "and afterwards silence counts again"
    );
}

#[tokio::test]
async fn a_connection_that_ends_is_told_and_not_taken_for_news() {
    let (mut session, mut peer) = selected("IDLE").await;
    let (end, ()) = tokio::join!(session.idle(pending()), async move {
        peer.hear("IDLE").await;
        peer.say("+ idling\n").await;
        drop(peer);
    });
    assert!(matches!(end, Err(RemoteError::Closed { .. })), "{end:?}");
    let (mut session, mut peer) = selected("IDLE").await;
    let (end, ()) = tokio::join!(session.idle(pending()), async {
        peer.hear("IDLE").await;
        peer.say("+ idling\n* BYE restarting\n").await;
    });
    assert!(
        matches!(&end, Err(RemoteError::Closed { doing }) if doing.contains("restarting")),
        "{end:?}"
    );
}

#[tokio::test]
async fn a_refused_idle_is_told() {
    let (mut session, mut peer) = selected("IDLE").await;
    let (end, ()) = tokio::join!(session.idle(pending()), async {
        peer.hear("IDLE").await;
        peer.done("NO not today").await;
    });
    assert!(matches!(end, Err(RemoteError::Refused { .. })), "{end:?}");
}

#[tokio::test]
async fn without_idle_the_server_is_asked() {
    let (mut session, mut peer) = selected("").await;
    let waiting = session.idle_for(pending(), LONG, Duration::from_millis(20));
    let (end, ()) = tokio::join!(waiting, async {
        peer.answer("NOOP", "").await;
        peer.answer("NOOP", "* 4 EXISTS\n").await;
    });
    assert_eq!(end.unwrap(), IdleEnd::Changed);
}
