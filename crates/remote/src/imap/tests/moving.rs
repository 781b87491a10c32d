//! Moving and appending: nothing is deleted before its copy stands.

use waxwing_model::{Keyword, Keywords};

use super::*;
use crate::imap::{Before, Moved, Newcomer, Try, UidSet};

const FIELDS: &str =
    "(UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER.FIELDS (Message-ID Date From Subject)])";
const TARGET: &str = "* OK [UIDVALIDITY 9] x\n* OK [UIDNEXT 99] x\n";
const SOURCE: &str = "* 3 EXISTS\n* OK [UIDVALIDITY 7] x\n* OK [UIDNEXT 10] x\n";
const BEFORE: Before = Before {
    uid_validity: 9,
    uid_next: 71,
};

/// A message as the likeness of it is told: the letter, its size, its flags.
fn looks(uid: u32, letter: &str, size: u32, flags: &str) -> String {
    let field = format!("Message-ID: <{letter}@waxwing.test>\r\n\r\n");
    format!(
        "* 1 FETCH (UID {uid} FLAGS ({flags}) INTERNALDATE \"17-Jul-1996 02:44:25 +0000\" RFC822.SIZE {size} \
         BODY[HEADER.FIELDS (Message-ID Date From Subject)] {{{}}}\n{})\n",
        field.len(),
        field.replace("\r\n", "\n"),
    )
}

impl Peer {
    async fn open(&mut self, path: &str, told: &str) {
        self.hear(&format!("SELECT \"{path}\"")).await;
        self.say(told).await;
        self.done("OK [READ-WRITE] open").await;
    }

    async fn show(&mut self, set: &str, messages: &[String]) {
        self.answer(&format!("UID FETCH {set} {FIELDS}"), &messages.concat())
            .await;
    }
}

#[tokio::test]
async fn a_move_tells_the_new_places_tagged_or_untagged() {
    let set = UidSet::from_uids(&[5, 6]);
    let expected = Moved {
        pairs: vec![(5, 71), (6, 72)],
        uid_validity: Some(9),
        left: None,
    };
    let (mut session, mut peer) = selected("MOVE UIDPLUS").await;
    let (moved, ()) = tokio::join!(
        session.move_messages(&set, "Arch \"ive", BEFORE, Try::First),
        async {
            let answer = "* OK [COPYUID 9 5:6 71:72] moved\n* 1 EXPUNGE\n* 1 EXPUNGE\n";
            peer.answer("UID MOVE 5:6 \"Arch \\\"ive\"", answer).await;
        }
    );
    assert_eq!(moved.unwrap(), expected);
    assert!(!session.exchange.news.has_changed(), "our own move is no news");
    let (moved, ()) = tokio::join!(session.move_messages(&set, "A", BEFORE, Try::First), async {
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
async fn without_move_the_copy_is_read_back_and_only_what_was_seen_there_goes() {
    let set = UidSet::from_uids(&[4, 5, 6]);
    let (mut session, mut peer) = selected("UIDPLUS").await;
    let (moved, ()) = tokio::join!(session.move_messages(&set, "A", BEFORE, Try::First), async {
        let there = [
            looks(4, "d", 10, ""),
            looks(5, "e", 10, ""),
            looks(6, "f", 10, ""),
        ];
        peer.show("4:6", &there).await;
        peer.hear("UID COPY 4:6 \"A\"").await;
        peer.done("OK [COPYUID 9 4:6 71:73] copied").await;
        peer.open("A", TARGET).await;
        // The copy of 6 is told and is not there.
        peer.show("71:73", &[looks(71, "d", 10, ""), looks(72, "e", 10, "")])
            .await;
        peer.open("INBOX", SOURCE).await;
        peer.answer("UID STORE 4:5 +FLAGS.SILENT (\\Deleted)", "").await;
        peer.answer("UID EXPUNGE 4:5", "* 2 EXPUNGE\n* 2 EXPUNGE\n").await;
    });
    let moved = moved.unwrap();
    assert_eq!(moved.pairs, [(4, 71), (5, 72)]);
    assert_eq!(
        moved.left.map(|left| left.uids),
        Some(UidSet::from_uids(&[6])),
        "what was not seen stays and is told"
    );
}

#[tokio::test]
async fn a_copy_that_is_not_like_its_original_deletes_nothing() {
    let set = UidSet::from_uids(&[5]);
    for copy in [
        looks(71, "e", 9, ""),
        looks(71, "other", 10, ""),
        looks(71, "e", 10, "\\Deleted"),
    ] {
        let (mut session, mut peer) = selected("UIDPLUS").await;
        let (moved, ()) = tokio::join!(session.move_messages(&set, "A", BEFORE, Try::First), async {
            peer.show("5", &[looks(5, "e", 10, "")]).await;
            peer.hear("UID COPY 5 \"A\"").await;
            peer.done("OK [COPYUID 9 5 71] copied").await;
            peer.open("A", TARGET).await;
            peer.show("71", std::slice::from_ref(&copy)).await;
            peer.open("INBOX", SOURCE).await;
        });
        assert!(
            matches!(moved, Err(RemoteError::Refused { .. })),
            "{moved:?} for {copy}"
        );
        let (outcome, ()) = tokio::join!(session.noop(), peer.answer("NOOP", ""));
        outcome.expect("the next thing that was said is not a STORE");
    }
}

#[tokio::test]
async fn a_copy_that_failed_deletes_nothing() {
    let set = UidSet::from_uids(&[5]);
    let (mut session, mut peer) = selected("UIDPLUS").await;
    let (moved, ()) = tokio::join!(session.move_messages(&set, "A", BEFORE, Try::First), async {
        peer.show("5", &[looks(5, "e", 10, "")]).await;
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
    let (moved, ()) = tokio::join!(session.move_messages(&set, "A", BEFORE, Try::First), async {
        peer.show("5:6", &[looks(5, "e", 10, ""), looks(6, "f", 10, "")])
            .await;
        peer.answer("UID COPY 5:6 \"A\"", "").await;
        peer.open("A", TARGET).await;
        // The last message of the folder is told though it stood there before.
        peer.show("71:*", &[looks(70, "e", 10, "")]).await;
        peer.open("INBOX", SOURCE).await;
    });
    assert!(
        matches!(moved, Err(RemoteError::Refused { .. })),
        "{moved:?}: another try would only copy once more"
    );
    let (outcome, ()) = tokio::join!(session.noop(), peer.answer("NOOP", ""));
    outcome.expect("the next thing that was said is not a STORE");
}

#[tokio::test]
async fn on_an_old_server_the_copies_are_looked_for_by_what_they_look_like() {
    let set = UidSet::from_uids(&[5, 6]);
    let (mut session, mut peer) = selected("").await;
    let (moved, ()) = tokio::join!(session.move_messages(&set, "A", BEFORE, Try::First), async {
        peer.show("5:6", &[looks(5, "e", 10, "")]).await;
        // COPYUID of a server that does not announce it promises nothing.
        peer.hear("UID COPY 5 \"A\"").await;
        peer.done("OK [COPYUID 9 5 98] copied").await;
        peer.open("A", TARGET).await;
        peer.show("71:*", &[looks(71, "x", 10, ""), looks(72, "e", 10, "")])
            .await;
        peer.open("INBOX", SOURCE).await;
        peer.answer("UID STORE 5 +FLAGS.SILENT (\\Deleted)", "").await;
        peer.answer("UID SEARCH DELETED", "* SEARCH 5\n").await;
        peer.answer("EXPUNGE", "* 1 EXPUNGE\n").await;
    });
    assert_eq!(
        moved.unwrap().pairs,
        [(5, 72)],
        "the new place is known all the same"
    );
}

#[tokio::test]
async fn a_second_try_copies_nothing_that_the_first_one_has_copied() {
    let set = UidSet::from_uids(&[4, 5, 6]);
    let there = [
        looks(4, "d", 10, "\\Deleted"),
        looks(5, "e", 10, "\\Deleted"),
        looks(6, "f", 10, ""),
    ];
    let (mut session, mut peer) = selected("UIDPLUS").await;
    let (moved, ()) = tokio::join!(session.move_messages(&set, "A", BEFORE, Try::Again), async {
        peer.show("4:6", &there).await;
        peer.open("A", TARGET).await;
        peer.show("71:*", &[looks(71, "e", 10, "")]).await;
        peer.open("INBOX", SOURCE).await;
        // 4 is marked and has no copy: another client has deleted it. 5 was copied. 6 is still to be copied.
        peer.hear("UID COPY 6 \"A\"").await;
        peer.done("OK [COPYUID 9 6 72] copied").await;
        peer.open("A", TARGET).await;
        peer.show("72", &[looks(72, "f", 10, "")]).await;
        peer.open("INBOX", SOURCE).await;
        peer.answer("UID STORE 5:6 +FLAGS.SILENT (\\Deleted)", "").await;
        peer.answer("UID EXPUNGE 5:6", "").await;
    });
    assert_eq!(moved.unwrap().pairs, [(5, 71), (6, 72)]);

    let (mut session, mut peer) = selected("MOVE UIDPLUS").await;
    let (moved, ()) = tokio::join!(session.move_messages(&set, "A", BEFORE, Try::Again), async {
        peer.show("4:6", &there[1..]).await;
        peer.open("A", TARGET).await;
        peer.show("71:*", &[looks(71, "e", 10, "")]).await;
        peer.open("INBOX", SOURCE).await;
        peer.answer("UID STORE 5 +FLAGS.SILENT (\\Deleted)", "").await;
        peer.answer("UID EXPUNGE 5", "").await;
        peer.hear("UID MOVE 6 \"A\"").await;
        peer.done("OK [COPYUID 9 6 72] moved").await;
    });
    assert_eq!(
        moved.unwrap().pairs,
        [(5, 71), (6, 72)],
        "with MOVE too: a server may have died between the copy and the deletion"
    );
}

#[tokio::test]
async fn a_second_try_in_a_folder_that_was_numbered_anew_looks_for_the_message_id() {
    let five = UidSet::from_uids(&[5]);
    let (mut session, mut peer) = selected("UIDPLUS").await;
    let (moved, ()) = tokio::join!(session.move_messages(&five, "A", BEFORE, Try::Again), async {
        peer.show("5", &[looks(5, "e", 10, "")]).await;
        peer.open("A", "* OK [UIDVALIDITY 8] x\n* OK [UIDNEXT 4] x\n")
            .await;
        peer.answer(
            "UID SEARCH HEADER Message-ID \"<e@waxwing.test>\"",
            "* SEARCH 3\n",
        )
        .await;
        peer.show("3", &[looks(3, "e", 10, "")]).await;
        peer.open("INBOX", SOURCE).await;
        peer.answer("UID STORE 5 +FLAGS.SILENT (\\Deleted)", "").await;
        peer.answer("UID EXPUNGE 5", "").await;
    });
    let moved = moved.unwrap();
    assert_eq!((moved.pairs, moved.uid_validity), (vec![(5, 3)], Some(8)));
}

#[tokio::test]
async fn a_source_that_was_numbered_anew_meanwhile_loses_nothing() {
    let five = UidSet::from_uids(&[5]);
    let (mut session, mut peer) = selected("UIDPLUS").await;
    let (moved, ()) = tokio::join!(session.move_messages(&five, "A", BEFORE, Try::First), async {
        peer.show("5", &[looks(5, "e", 10, "")]).await;
        peer.hear("UID COPY 5 \"A\"").await;
        peer.done("OK [COPYUID 9 5 71] copied").await;
        peer.open("A", TARGET).await;
        peer.show("71", &[looks(71, "e", 10, "")]).await;
        peer.open(
            "INBOX",
            "* 3 EXISTS\n* OK [UIDVALIDITY 8] x\n* OK [UIDNEXT 10] x\n",
        )
        .await;
    });
    assert!(matches!(moved, Err(RemoteError::Protocol { .. })), "{moved:?}");
    let (outcome, ()) = tokio::join!(session.noop(), peer.answer("NOOP", ""));
    outcome.expect("the next thing that was said is not a STORE");
}

#[tokio::test]
async fn where_deleting_is_refused_the_copies_are_taken_away_again() {
    let five = UidSet::from_uids(&[5]);
    let (mut session, mut peer) = selected("UIDPLUS").await;
    let (moved, ()) = tokio::join!(session.move_messages(&five, "A", BEFORE, Try::First), async {
        peer.show("5", &[looks(5, "e", 10, "")]).await;
        peer.hear("UID COPY 5 \"A\"").await;
        peer.done("OK [COPYUID 9 5 71] copied").await;
        peer.open("A", TARGET).await;
        peer.show("71", &[looks(71, "e", 10, "")]).await;
        peer.open("INBOX", SOURCE).await;
        peer.hear("UID STORE 5 +FLAGS.SILENT (\\Deleted)").await;
        peer.done("NO [NOPERM] not yours to delete").await;
        peer.show("5", &[looks(5, "e", 10, "")]).await;
        peer.open("A", TARGET).await;
        peer.answer("UID STORE 71 +FLAGS.SILENT (\\Deleted)", "").await;
        peer.answer("UID EXPUNGE 71", "").await;
        peer.open("INBOX", SOURCE).await;
    });
    assert!(
        matches!(&moved, Err(RemoteError::Refused { reply, .. }) if reply.contains("not yours")),
        "{moved:?}"
    );
}

#[tokio::test]
async fn nothing_is_copied_out_of_a_folder_that_can_only_be_read() {
    let (mut session, mut peer) = signed_in("UIDPLUS").await;
    let (outcome, ()) = tokio::join!(session.select("Shared"), async {
        peer.hear("SELECT \"Shared\"").await;
        peer.say(SOURCE).await;
        peer.done("OK [READ-ONLY] open").await;
    });
    outcome.unwrap();
    let five = UidSet::from_uids(&[5]);
    let moved = session.move_messages(&five, "A", BEFORE, Try::First).await;
    assert!(matches!(moved, Err(RemoteError::Refused { .. })), "{moved:?}");
}

#[tokio::test]
async fn a_copy_leaves_the_originals_where_they_are() {
    let five = UidSet::from_uids(&[5]);
    let (mut session, mut peer) = selected("MOVE UIDPLUS").await;
    let (moved, ()) = tokio::join!(session.copy_messages(&five, "A", BEFORE, Try::First), async {
        peer.show("5", &[looks(5, "e", 10, "")]).await;
        peer.hear("UID COPY 5 \"A\"").await;
        peer.done("OK [COPYUID 9 5 71] copied").await;
        peer.open("A", TARGET).await;
        peer.show("71", &[looks(71, "e", 10, "")]).await;
        peer.open("INBOX", SOURCE).await;
    });
    assert_eq!(moved.unwrap().pairs, [(5, 71)]);
    let (outcome, ()) = tokio::join!(session.noop(), peer.answer("NOOP", ""));
    outcome.expect("the next thing that was said is not a STORE");
}

#[tokio::test]
async fn a_move_of_what_is_gone_is_done() {
    let set = UidSet::from_uids(&[5]);
    let (mut session, mut peer) = selected("").await;
    let (moved, ()) = tokio::join!(
        session.move_messages(&set, "A", BEFORE, Try::First),
        peer.show("5", &[])
    );
    assert_eq!(moved.unwrap(), Moved::default());
    let nothing = session
        .move_messages(&UidSet::new(), "A", BEFORE, Try::First)
        .await;
    assert_eq!(nothing.unwrap(), Moved::default(), "so is a move of nothing");
}

#[tokio::test]
async fn what_came_since_is_told_by_its_message_id() {
    let (mut session, mut peer) = selected("UIDPLUS").await;
    let (found, ()) = tokio::join!(session.newcomers("A", BEFORE, Some("<e@waxwing.test>")), async {
        peer.open("A", TARGET).await;
        let there = [
            looks(70, "e", 10, ""),
            looks(71, "x", 10, ""),
            looks(72, "e", 11, ""),
            looks(73, "e", 10, "\\Deleted"),
        ];
        peer.show("71:*", &there).await;
    });
    let named = |one: &Newcomer| format!("{} {} {:?}", one.uid, one.size, one.message_id);
    let found: Vec<String> = found.unwrap().iter().map(named).collect();
    assert_eq!(found, ["72 11 Some(\"e@waxwing.test\")"]);
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
