//! Moving and appending: nothing is deleted before its copy stands.

use waxwing_model::{Keyword, Keywords};

use super::*;
use crate::imap::{Moved, UidSet};

#[tokio::test]
async fn a_move_tells_the_new_places_tagged_or_untagged() {
    let set = UidSet::from_uids(&[5, 6]);
    let expected = Moved {
        pairs: vec![(5, 71), (6, 72)],
        uid_validity: Some(9),
    };
    let (mut session, mut peer) = selected("MOVE UIDPLUS").await;
    let (moved, ()) = tokio::join!(session.move_messages(&set, "Arch \"ive"), async {
        let answer = "* OK [COPYUID 9 5:6 71:72] moved\n* 1 EXPUNGE\n* 1 EXPUNGE\n";
        peer.answer("UID MOVE 5:6 \"Arch \\\"ive\"", answer).await;
    });
    assert_eq!(moved.unwrap(), expected);
    assert!(!session.exchange.news.has_changed(), "our own move is no news");
    let (moved, ()) = tokio::join!(session.move_messages(&set, "A"), async {
        peer.hear("UID MOVE 5:6 \"A\"").await;
        peer.say("* 1 EXPUNGE\n* 1 EXPUNGE\n* 1 EXPUNGE\n").await;
        peer.done("OK [COPYUID 9 5:6 71:72] moved").await;
    });
    assert_eq!(moved.unwrap(), expected);
    assert!(
        session.exchange.news.has_changed(),
        "a third one was somebody else's"
    );
}

#[tokio::test]
async fn without_move_the_copy_comes_first_and_only_what_was_copied_goes() {
    let set = UidSet::from_uids(&[4, 5, 6]);
    let (mut session, mut peer) = selected("UIDPLUS").await;
    let (moved, ()) = tokio::join!(session.move_messages(&set, "A"), async {
        peer.answer("UID SEARCH UID 4:6", "* SEARCH 4 5 6\n").await;
        peer.answer(
            "STATUS \"A\" (MESSAGES UNSEEN UIDNEXT UIDVALIDITY)",
            "* STATUS A (UIDNEXT 71 MESSAGES 0)\n",
        )
        .await;
        peer.hear("UID COPY 4:6 \"A\"").await;
        peer.done("OK [COPYUID 9 5:6 71:72] copied").await;
        peer.answer("UID STORE 5:6 +FLAGS.SILENT (\\Deleted)", "").await;
        peer.answer("UID EXPUNGE 5:6", "* 2 EXPUNGE\n* 2 EXPUNGE\n").await;
    });
    assert_eq!(
        moved.unwrap().pairs,
        [(5, 71), (6, 72)],
        "message 4 was not copied and stays"
    );
}

#[tokio::test]
async fn a_copy_that_failed_deletes_nothing() {
    let set = UidSet::from_uids(&[5]);
    let (mut session, mut peer) = selected("UIDPLUS").await;
    let (moved, ()) = tokio::join!(session.move_messages(&set, "A"), async {
        peer.answer("UID SEARCH UID 5", "* SEARCH 5\n").await;
        peer.answer(
            "STATUS \"A\" (MESSAGES UNSEEN UIDNEXT UIDVALIDITY)",
            "* STATUS A (UIDNEXT 71 MESSAGES 0)\n",
        )
        .await;
        peer.hear("UID COPY 5 \"A\"").await;
        peer.done("NO [OVERQUOTA] full").await;
    });
    assert!(matches!(moved, Err(RemoteError::Refused { .. })), "{moved:?}");
    let (outcome, ()) = tokio::join!(session.noop(), peer.answer("NOOP", ""));
    outcome.expect("the next thing that was said is not a STORE");
}

#[tokio::test]
async fn a_copy_that_cannot_be_found_deletes_nothing() {
    let set = UidSet::from_uids(&[5, 6]);
    let (mut session, mut peer) = selected("").await;
    let status = "STATUS \"A\" (MESSAGES UNSEEN UIDNEXT UIDVALIDITY)";
    let (moved, ()) = tokio::join!(session.move_messages(&set, "A"), async {
        peer.answer("UID SEARCH UID 5:6", "* SEARCH 5 6\n").await;
        peer.answer(status, "* STATUS A (UIDNEXT 71 MESSAGES 10)\n").await;
        peer.answer("UID COPY 5:6 \"A\"", "").await;
        peer.answer(status, "* STATUS A (UIDNEXT 72 MESSAGES 11)\n").await;
    });
    assert!(
        matches!(moved, Err(RemoteError::Protocol { .. })),
        "{moved:?}: one of two is missing"
    );
    let (outcome, ()) = tokio::join!(session.noop(), peer.answer("NOOP", ""));
    outcome.expect("the next thing that was said is not a STORE");
}

#[tokio::test]
async fn on_an_old_server_the_copies_are_counted() {
    let set = UidSet::from_uids(&[5, 6]);
    let (mut session, mut peer) = selected("").await;
    let status = "STATUS \"A\" (MESSAGES UNSEEN UIDNEXT UIDVALIDITY)";
    let (moved, ()) = tokio::join!(session.move_messages(&set, "A"), async {
        peer.answer("UID SEARCH UID 5:6", "* SEARCH 5\n").await;
        peer.answer(status, "* STATUS A (MESSAGES 10)\n").await;
        peer.answer("UID COPY 5 \"A\"", "").await;
        peer.answer(status, "* STATUS A (MESSAGES 11)\n").await;
        peer.answer("UID STORE 5 +FLAGS.SILENT (\\Deleted)", "").await;
        peer.answer("UID SEARCH DELETED", "* SEARCH 5\n").await;
        peer.answer("EXPUNGE", "* 1 EXPUNGE\n").await;
    });
    assert_eq!(moved.unwrap(), Moved::default(), "the new places are not told");
}

#[tokio::test]
async fn a_move_of_what_is_gone_is_done() {
    let set = UidSet::from_uids(&[5]);
    let (mut session, mut peer) = selected("").await;
    let (moved, ()) = tokio::join!(
        session.move_messages(&set, "A"),
        peer.answer("UID SEARCH UID 5", "* SEARCH\n")
    );
    assert_eq!(moved.unwrap(), Moved::default());
    assert_eq!(
        session.move_messages(&UidSet::new(), "A").await.unwrap(),
        Moved::default(),
        "so is a move of nothing"
    );
}

#[tokio::test]
async fn an_append_waits_for_leave_and_tells_the_new_place() {
    let (mut session, mut peer) = signed_in("UIDPLUS").await;
    let keywords = Keywords::only(Keyword::SEEN).with("not an atom");
    let (place, ()) = tokio::join!(session.append("Sent", &keywords, Some(0), b"a\r\nb"), async {
        peer.hear("APPEND \"Sent\" (\\Seen) \" 1-Jan-1970 00:00:00 +0000\" {4}")
            .await;
        peer.say("* 5 EXISTS\n+ go\n").await;
        assert_eq!(
            peer.bytes(6).await,
            b"a\r\nb\r\n",
            "the letter, then the end of the command"
        );
        peer.done("OK [APPENDUID 7 42] stored").await;
    });
    assert_eq!(place.unwrap(), Some((7, 42)));
    let none = Keywords::none();
    let (place, ()) = tokio::join!(session.append("Sent", &none, None, b"ab"), async {
        peer.hear("APPEND \"Sent\" {2}").await;
        peer.done("NO [OVERQUOTA] full").await;
    });
    assert!(
        matches!(place, Err(RemoteError::Refused { .. })),
        "{place:?}, before the letter was sent"
    );
    let (outcome, ()) = tokio::join!(session.noop(), peer.answer("NOOP", ""));
    outcome.expect("and the letter is not sent after the refusal");
}

#[tokio::test]
async fn a_small_literal_goes_out_at_once_where_that_is_allowed() {
    let (mut session, mut peer) = signed_in("LITERAL-").await;
    let (outcome, ()) = tokio::join!(session.create("Entwürfe"), async {
        peer.hear("CREATE {9+}").await;
        assert_eq!(peer.bytes(9).await, "Entwürfe".as_bytes());
        assert_eq!(peer.line().await, "");
        peer.done("OK done").await;
    });
    outcome.unwrap();
}
