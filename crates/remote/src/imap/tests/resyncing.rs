//! What a SELECT tells of earlier times (QRESYNC, RFC 7162), and the servers that garble it, forget it, or announce
//! what they do not do.

use super::*;
use crate::imap::{Known, Missed, Selected, UidSet};

const OFFERED: &str = "CONDSTORE QRESYNC UIDPLUS";
const QUESTION: &str = "SELECT \"INBOX\" (QRESYNC (7 90 1:5,9))";
const STATE: &str = "* 4 EXISTS\n* OK [UIDVALIDITY 7] x\n* OK [UIDNEXT 12] x\n* OK [HIGHESTMODSEQ 95] x\n";

fn known() -> Known {
    Known {
        uid_validity: 7,
        modseq: 90,
        uids: UidSet::from_uids(&[1, 2, 3, 4, 5, 9]),
    }
}

/// A session in which the server has enabled QRESYNC.
async fn enabled() -> (Session, Peer) {
    let (mut session, mut peer) = signed_in(OFFERED).await;
    let (enabled, ()) = tokio::join!(
        session.enable("imap.harbour.example"),
        peer.answer("ENABLE QRESYNC", "* ENABLED QRESYNC CONDSTORE\n")
    );
    enabled.unwrap();
    assert!(session.qresync(), "the server said so");
    (session, peer)
}

/// What is learned from this answer to the question.
async fn told(session: &mut Session, peer: &mut Peer, answer: &str) -> (Selected, Option<Missed>) {
    let known = known();
    let (told, ()) = tokio::join!(
        session.select_since("INBOX", &known),
        peer.answer(QUESTION, answer)
    );
    told.expect("the mailbox is there")
}

#[tokio::test]
async fn only_a_server_that_says_enabled_is_asked() {
    for (offered, host, answer) in [
        (OFFERED, "imap.mail.me.com", None),
        ("CONDSTORE", "imap.harbour.example", None),
        // iCloud says OK and nothing else.
        (OFFERED, "imap.harbour.example", Some("OK done")),
        (OFFERED, "imap.harbour.example", Some("BAD what?")),
    ] {
        let (mut session, mut peer) = signed_in(offered).await;
        let (enabled, ()) = tokio::join!(session.enable(host), async {
            if let Some(answer) = answer {
                peer.hear("ENABLE QRESYNC").await;
                peer.done(answer).await;
            }
        });
        enabled.unwrap();
        assert!(!session.qresync(), "{offered} at {host}, {answer:?}");
        let known = known();
        let (told, ()) = tokio::join!(
            session.select_since("INBOX", &known),
            peer.answer("SELECT \"INBOX\" (CONDSTORE)", STATE)
        );
        assert_eq!(told.unwrap().1, None, "it was not asked");
    }
}

#[tokio::test]
async fn what_happened_meanwhile_is_told_with_the_select() {
    let (mut session, mut peer) = enabled().await;
    let answer = format!(
        "{STATE}* VANISHED (EARLIER) 1:2,300:500\n* VANISHED (EARLIER) 5\n\
         * 2 FETCH (UID 4 FLAGS (\\Seen) MODSEQ (93))\n* 1 FETCH (UID 3 FLAGS (\\Deleted) MODSEQ (9.4e1))\n\
         * 2 FETCH (UID 4 FLAGS (\\Flagged) MODSEQ (95))\n"
    );
    let (selected, missed) = told(&mut session, &mut peer, &answer).await;
    assert_eq!((selected.exists, selected.highest_modseq), (4, Some(95)));
    let missed = missed.expect("it was told");
    assert_eq!(missed.vanished.to_string(), "1:2,5,300:500");
    let marks: Vec<(u32, bool, bool)> = missed
        .marks
        .iter()
        .map(|marks| (marks.uid, marks.deleted, marks.keywords.has("$flagged")))
        .collect();
    assert_eq!(
        marks,
        [(3, true, false), (4, false, true)],
        "ascending, with the last word"
    );
    assert!(!session.has_news(), "all of it was the answer");
}

#[tokio::test]
async fn what_belongs_to_the_mailbox_that_was_open_is_not_taken_for_news_of_this_one() {
    let (mut session, mut peer) = enabled().await;
    told(&mut session, &mut peer, STATE).await;
    let answer = format!(
        "* VANISHED (EARLIER) 3\n* 1 FETCH (UID 4 FLAGS (\\Seen))\n* 9 EXISTS\n* OK [CLOSED] x\n{STATE}\
         * VANISHED (EARLIER) 1\n"
    );
    let (selected, missed) = told(&mut session, &mut peer, &answer).await;
    assert_eq!(selected.exists, 4);
    let missed = missed.expect("it was told");
    assert_eq!((missed.vanished.to_string(), missed.marks.len()), ("1".into(), 0));
    let answer = format!("* VANISHED (EARLIER) 3\n{STATE}");
    let (_, missed) = told(&mut session, &mut peer, &answer).await;
    assert_eq!(
        missed, None,
        "without CLOSED it is not certain of which it was said (section 3.2.11)"
    );
}

#[tokio::test]
async fn a_server_that_garbles_it_is_not_asked_twice() {
    for garbled in [
        "* VANISHED (EARLIER) \n",
        "* VANISHED (EARLIER)\n",
        "* VANISHED (EARLIER) 1:*\n",
        "* VANISHED 1 2\n",
        "* 2 FETCH (FLAGS (\\Seen))\n",
        "* 2 FETCH (UID 4 FLAGS (\\Seen) ENVELOPE \"open\n",
    ] {
        let (mut session, mut peer) = enabled().await;
        let answer = format!("{STATE}* VANISHED (EARLIER) 3\n{garbled}");
        let (selected, missed) = told(&mut session, &mut peer, &answer).await;
        assert_eq!(missed, None, "{garbled}: nothing of it is believed");
        assert_eq!(selected.exists, 4, "the rest is");
        let known = known();
        let (told, ()) = tokio::join!(
            session.select_since("INBOX", &known),
            peer.answer("SELECT \"INBOX\" (CONDSTORE)", STATE)
        );
        assert_eq!(told.unwrap().1, None, "{garbled}");
    }
}

#[tokio::test]
async fn a_server_that_does_not_understand_what_it_enabled_is_asked_plainly() {
    let (mut session, mut peer) = enabled().await;
    let known = known();
    let (told, ()) = tokio::join!(session.select_since("INBOX", &known), async {
        peer.hear(QUESTION).await;
        peer.done("BAD what?").await;
        peer.answer("SELECT \"INBOX\" (CONDSTORE)", STATE).await;
    });
    let (selected, missed) = told.unwrap();
    assert_eq!((selected.exists, missed), (4, None));
    assert!(!session.qresync(), "and never so again");
    let (mut session, mut peer) = enabled().await;
    let (told, ()) = tokio::join!(session.select_since("INBOX", &known), async {
        peer.hear(QUESTION).await;
        peer.done("NO [NONEXISTENT] gone").await;
    });
    assert!(
        matches!(told, Err(RemoteError::Refused { .. })),
        "a refusal is one: {told:?}"
    );
    assert!(session.qresync(), "and says nothing of QRESYNC");
}

#[tokio::test]
async fn nothing_follows_from_mod_sequences_that_are_lost_or_no_numbers() {
    for (words, expected) in [
        ("[HIGHESTMODSEQ 89]", Some(89)),
        ("[NOMODSEQ]", None),
        ("[HIGHESTMODSEQ 0]", None),
        ("[HIGHESTMODSEQ -1]", None),
        ("[HIGHESTMODSEQ 9.3736e+06]", None),
        ("[X]", None),
    ] {
        let (mut session, mut peer) = enabled().await;
        let answer = format!("* 4 EXISTS\n* OK [UIDVALIDITY 7] x\n* OK [UIDNEXT 12] x\n* OK {words} x\n");
        let (selected, missed) = told(&mut session, &mut peer, &answer).await;
        assert_eq!(selected.highest_modseq, expected, "{words}");
        assert_eq!(missed, None, "{words}: no change told is not no change");
    }
    let (mut session, mut peer) = enabled().await;
    let answer = STATE.replace("UIDVALIDITY 7", "UIDVALIDITY 8");
    let (selected, missed) = told(&mut session, &mut peer, &answer).await;
    assert_eq!(
        (selected.uid_validity, missed),
        (8, None),
        "the question was of another time"
    );
}

#[tokio::test]
async fn scattered_numbers_are_asked_for_as_the_range_that_they_span() {
    let (mut session, mut peer) = enabled().await;
    let known = Known {
        uids: UidSet::from_uids(&(1..6_000).map(|n| n * 2).collect::<Vec<_>>()),
        ..known()
    };
    let (told, ()) = tokio::join!(
        session.select_since("INBOX", &known),
        peer.answer("SELECT \"INBOX\" (QRESYNC (7 90 2:11998))", STATE)
    );
    assert_eq!(told.unwrap().1, Some(Missed::default()), "nothing happened");
}

#[tokio::test]
async fn deletions_that_are_told_as_they_happen_are_news_unless_they_are_ours() {
    let (mut session, mut peer) = enabled().await;
    // One that comes with the SELECT is no answer to what happened earlier.
    let answer = format!("{STATE}* VANISHED 3\n");
    let (_, missed) = told(&mut session, &mut peer, &answer).await;
    assert_eq!(
        missed,
        Some(Missed::default()),
        "the number of messages will tell"
    );

    let ours = UidSet::from_uids(&[4, 5]);
    let (outcome, ()) = tokio::join!(session.destroy(&ours), async {
        peer.answer("UID STORE 4:5 +FLAGS.SILENT (\\Deleted)", "").await;
        peer.answer("UID EXPUNGE 4:5", "* VANISHED 4:5\n").await;
    });
    outcome.unwrap();
    assert!(!session.has_news(), "we know");
    let (changed, ()) = tokio::join!(session.noop(), peer.answer("NOOP", "* VANISHED 9\n"));
    assert!(changed.unwrap(), "another client's are news");
}

#[tokio::test]
async fn how_all_folders_stand_comes_with_their_list() {
    let (mut session, mut peer) = signed_in("CONDSTORE LIST-EXTENDED LIST-STATUS SPECIAL-USE").await;
    let (list, ()) = tokio::join!(session.list_with_status(), async {
        let answer = "* LIST (\\Subscribed) \"/\" INBOX\n\
            * STATUS inbox (MESSAGES 4 UIDNEXT 12 UIDVALIDITY 7 HIGHESTMODSEQ 95)\n\
            * LIST () \"/\" {3}\na\"b\n* STATUS \"a\\\"b\" (MESSAGES 1 UIDNEXT 2 UIDVALIDITY 8 HIGHESTMODSEQ 0)\n\
            * LIST () \"/\" c\n* STATUS c (MESSAGES\n* LIST (\\Noselect) \"/\" d\n";
        let command = "LIST \"\" \"*\" RETURN (SUBSCRIBED SPECIAL-USE STATUS (MESSAGES UIDNEXT UIDVALIDITY HIGHESTMODSEQ))";
        peer.answer(command, answer).await;
    });
    let list = list.unwrap();
    let inbox = list[0].status.expect("the inbox has a status, whatever its case");
    assert_eq!(
        (
            inbox.messages,
            inbox.uid_next,
            inbox.uid_validity,
            inbox.highest_modseq
        ),
        (4, 12, 7, Some(95))
    );
    let second = list[1].status.expect("a name can be written in two ways");
    assert_eq!(second.highest_modseq, None, "zero means that none is kept");
    assert_eq!(
        (list[2].status, list[3].status),
        (None, None),
        "one that cannot be read is none, and the folder is there all the same"
    );
}

#[tokio::test]
async fn folders_are_listed_without_their_status_where_that_is_not_to_be_had() {
    let (mut session, mut peer) = signed_in("CONDSTORE LIST-EXTENDED LIST-STATUS").await;
    let (list, ()) = tokio::join!(session.list_with_status(), async {
        peer.hear("LIST \"\" \"*\" RETURN (SUBSCRIBED STATUS (MESSAGES UIDNEXT UIDVALIDITY HIGHESTMODSEQ))")
            .await;
        peer.done("BAD what?").await;
        peer.answer("LIST \"\" \"*\" RETURN (SUBSCRIBED)", "* LIST () \"/\" INBOX\n")
            .await;
    });
    assert_eq!(list.unwrap()[0].status, None);
    // Without mod-sequences the numbers tell nothing of marks, so they are not asked for.
    let (mut session, mut peer) = signed_in("LIST-EXTENDED LIST-STATUS").await;
    let (list, ()) = tokio::join!(
        session.list_with_status(),
        peer.answer("LIST \"\" \"*\" RETURN (SUBSCRIBED)", "* LIST () \"/\" INBOX\n")
    );
    assert_eq!(list.unwrap().len(), 1);
}

#[tokio::test]
async fn sizes_come_with_the_flags_and_a_garbled_list_is_an_error() {
    let (mut session, mut peer) = selected("").await;
    let set = UidSet::from_range(4..=9);
    let (sizes, ()) = tokio::join!(session.fetch_sizes(&set), async {
        let answer = "* 1 FETCH (UID 4 RFC822.SIZE 120 FLAGS (\\Seen))\n* 2 FETCH (UID 7 FLAGS (\\Deleted))\n\
            * 1 FETCH (UID 4 FLAGS ())\n* 3 FETCH (UID 99 RFC822.SIZE 5 FLAGS ())\n";
        peer.answer("UID FETCH 4:9 (UID RFC822.SIZE FLAGS)", answer).await;
    });
    let short: Vec<(u32, bool, u32)> = sizes
        .unwrap()
        .iter()
        .map(|(marks, size)| (marks.uid, marks.keywords.has("$seen"), *size))
        .collect();
    assert_eq!(
        short,
        [(4, false, 120), (7, false, 0)],
        "flags that are told again bring no size, and leave the one there was"
    );
    let (sizes, ()) = tokio::join!(
        session.fetch_sizes(&set),
        peer.answer(
            "UID FETCH 4:9 (UID RFC822.SIZE FLAGS)",
            "* 1 FETCH (UID 4 RFC822.SIZE 1 FLAGS (\n"
        )
    );
    assert!(matches!(sizes, Err(RemoteError::Protocol { .. })), "{sizes:?}");
}
