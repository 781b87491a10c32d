//! News of all mailboxes (NOTIFY, RFC 5465): what they name, and servers that refuse, know less, or cannot keep up.

use std::collections::BTreeSet;
use std::future::pending;

use super::*;
use crate::imap::{Elsewhere, IdleEnd};

const ALL: &str = "NOTIFY SET (SELECTED (MessageNew MessageExpunge FlagChange)) \
                   (PERSONAL (MessageNew MessageExpunge FlagChange MailboxName))";

async fn notified() -> (Session, Peer) {
    let (mut session, mut peer) = selected("IDLE NOTIFY").await;
    let (agreed, ()) = tokio::join!(session.notify(), peer.answer(ALL, ""));
    assert!(agreed.unwrap(), "the server agrees");
    (session, peer)
}

/// Waits while the server says this.
async fn waited(session: &mut Session, peer: &mut Peer, news: &str) -> IdleEnd {
    let (end, ()) = tokio::join!(session.idle(pending()), async {
        peer.hear("IDLE").await;
        peer.say(&format!("+ idling\n{news}")).await;
        assert_eq!(peer.line().await, "DONE");
        peer.done("OK done").await;
    });
    end.expect("the connection stands")
}

fn paths(paths: &[&str]) -> BTreeSet<String> {
    paths.iter().map(|path| (*path).to_owned()).collect()
}

#[tokio::test]
async fn what_happens_in_another_mailbox_ends_the_waiting_and_is_named() {
    let (mut session, mut peer) = notified().await;
    let news = "* OK Still here\n* STATUS Work (MESSAGES 1 UIDNEXT 2 UNSEEN 1 HIGHESTMODSEQ 2)\n";
    assert_eq!(waited(&mut session, &mut peer, news).await, IdleEnd::Elsewhere);
    let expected = Elsewhere {
        mailboxes: paths(&["Work"]),
        ..Elsewhere::default()
    };
    assert_eq!(session.take_elsewhere(), expected);
    assert!(session.take_elsewhere().is_empty(), "it is told once");

    let news = "* LIST (\\NonExistent) \"/\" Fresh\n* STATUS \"a b\" (HIGHESTMODSEQ 3)\n";
    assert_eq!(waited(&mut session, &mut peer, news).await, IdleEnd::Elsewhere);
    // What comes between two waits counts as well.
    let (outcome, ()) = tokio::join!(session.noop(), peer.answer("NOOP", "* STATUS c (MESSAGES\n"));
    assert!(!outcome.unwrap(), "nothing changed in the selected one");
    let elsewhere = session.take_elsewhere();
    assert_eq!(elsewhere.mailboxes, paths(&["a b"]));
    assert!(
        elsewhere.folders && !elsewhere.overflowed,
        "what cannot be read may be any of them"
    );
}

#[tokio::test]
async fn the_selected_mailbox_comes_first_and_the_others_are_not_forgotten() {
    let (mut session, mut peer) = notified().await;
    let (outcome, ()) = tokio::join!(
        session.noop(),
        peer.answer("NOOP", "* STATUS Work (MESSAGES 1 UIDNEXT 2)\n* 4 EXISTS\n")
    );
    assert!(outcome.unwrap());
    assert_eq!(
        session.idle(pending()).await.unwrap(),
        IdleEnd::Elsewhere,
        "at once, without a word"
    );
    session.take_elsewhere();
    let news = "* 5 EXISTS\n";
    assert_eq!(waited(&mut session, &mut peer, news).await, IdleEnd::Changed);
}

#[tokio::test]
async fn a_server_that_refuses_tells_of_the_selected_mailbox_only() {
    for refusal in ["NO not today", "BAD what?", "NO [BADEVENT (MessageNew)] too much"] {
        let (mut session, mut peer) = selected("IDLE NOTIFY").await;
        let (agreed, ()) = tokio::join!(session.notify(), async {
            peer.hear(ALL).await;
            peer.done(refusal).await;
        });
        assert!(!agreed.unwrap(), "{refusal}");
        let news = "* STATUS Work (MESSAGES 1)\n* LIST () \"/\" a\n* 4 EXISTS\n";
        assert_eq!(
            waited(&mut session, &mut peer, news).await,
            IdleEnd::Changed,
            "{refusal}"
        );
        assert!(session.take_elsewhere().is_empty(), "nobody asked for it");
    }
    let (mut session, _peer) = selected("IDLE").await;
    assert!(
        !session.notify().await.unwrap(),
        "nor is it asked where it is not offered"
    );
}

#[tokio::test]
async fn a_server_that_knows_less_is_asked_for_less() {
    let (mut session, mut peer) = selected("IDLE NOTIFY").await;
    let (agreed, ()) = tokio::join!(session.notify(), async {
        peer.hear(ALL).await;
        peer.done("NO [BADEVENT (MessageNew MessageExpunge SubscriptionChange)] unknown")
            .await;
        let less = "NOTIFY SET (SELECTED (MessageNew MessageExpunge)) (PERSONAL (MessageNew MessageExpunge))";
        peer.answer(less, "").await;
    });
    assert!(agreed.unwrap());
    let news = "* STATUS Work (MESSAGES 1)\n";
    assert_eq!(waited(&mut session, &mut peer, news).await, IdleEnd::Elsewhere);
}

#[tokio::test]
async fn a_server_that_cannot_keep_up_says_so() {
    let (mut session, mut peer) = notified().await;
    let news = "* OK [NOTIFICATIONOVERFLOW] too much is going on\n";
    assert_eq!(waited(&mut session, &mut peer, news).await, IdleEnd::Elsewhere);
    assert!(session.take_elsewhere().overflowed);
    let many: String = (0..2_000)
        .map(|n| format!("* STATUS f{n} (MESSAGES 1)\n"))
        .collect();
    let (outcome, ()) = tokio::join!(session.noop(), peer.answer("NOOP", &many));
    outcome.unwrap();
    let elsewhere = session.take_elsewhere();
    assert!(
        elsewhere.folders && elsewhere.mailboxes.len() <= 500,
        "very many are not kept by name"
    );
}
