//! Answers that no server gives: whatever comes, each command ends, with a result or an error and never a panic.

use std::future::Future;

use proptest::prelude::*;
use waxwing_model::{Keyword, Keywords};

use super::*;
use crate::imap::response::Response;
use crate::imap::{Before, Known, Try, UidSet};

/// One answer of each kind, to be damaged.
const ANSWERS: [&str; 12] = [
    "* 1 FETCH (UID 5 FLAGS (\\Seen a) INTERNALDATE \"17-Jul-1996 02:44:25 -0700\" RFC822.SIZE 4 BODY[] {4}\r\nabcd)\r\n",
    "* 2 FETCH (UID 6 BODY[HEADER.FIELDS (\"From\" To)]<0> \"a \\\"b\\\"\" MODSEQ (5))\r\n",
    "* SEARCH 1 2 3 (MODSEQ 5)\r\n",
    "* ESEARCH (TAG \"A0002\") UID ALL 1:3,9\r\n",
    "* LIST (\\HasNoChildren \\Trash) \"/\" \"a \\\\ b\" (\"CHILDINFO\" (\"X\"))\r\n",
    "* LIST () NIL {4}\r\nInbo\r\n",
    "* STATUS \"a\" (MESSAGES 1 UNSEEN 2 UIDNEXT 3 UIDVALIDITY 4)\r\n",
    "* OK [PERMANENTFLAGS (\\Seen \\*)] x\r\n* OK [UIDVALIDITY 3] é\r\n* 3 EXISTS\r\n",
    "* OK [COPYUID 5 1:3,9 4:7] moved\r\n",
    "* NAMESPACE ((\"\" \"/\")(\"#a\" \".\" \"X\" (\"y\"))) NIL NIL\r\n",
    "* CAPABILITY IMAP4rev1 IDLE\r\n* VANISHED (EARLIER) 1:5\r\n* 3 EXPUNGE\r\n",
    "+ go on\r\n* BYE\r\n",
];

/// Says `answer` to each command in turn, and hangs up.
fn every_command_ends(answer: &[u8]) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let (set, seen, none) = (
            UidSet::from_uids(&[5, 6]),
            Keywords::only(Keyword::SEEN),
            Keywords::none(),
        );
        ends(answer, async |mut session| drop(session.select("a").await)).await;
        ends(answer, async |mut session| {
            if let Some(Response::Data(data)) = Response::read(b"* ENABLED QRESYNC\r\n") {
                session.exchange.news.hear(&data);
            }
            let (uid_validity, modseq, uids) = (7, 90, set.clone());
            let known = Known {
                uid_validity,
                modseq,
                uids,
            };
            drop(session.select_since("a", &known).await);
        })
        .await;
        ends(answer, async |mut session| drop(session.list().await)).await;
        ends(answer, async |mut session| drop(session.list_with_status().await)).await;
        ends(answer, async |mut session| drop(session.root().await)).await;
        ends(answer, async |mut session| drop(session.status("a").await)).await;
        ends(answer, async |mut session| drop(session.uids().await)).await;
        ends(answer, async |mut session| {
            drop(session.fetch_headers(&set, &mut |_| ()).await)
        })
        .await;
        ends(answer, async |mut session| drop(session.fetch_flags(&set).await)).await;
        ends(answer, async |mut session| drop(session.fetch_sizes(&set).await)).await;
        ends(answer, async |mut session| drop(session.fetch_body(5).await)).await;
        ends(answer, async |mut session| {
            drop(
                session
                    .move_messages(&set, "a", Before::default(), Try::Again)
                    .await,
            )
        })
        .await;
        ends(answer, async |mut session| {
            drop(session.store_keywords(&set, &seen, &none).await)
        })
        .await;
        ends(answer, async |mut session| {
            drop(session.append("a", &seen, None, b"x").await)
        })
        .await;
        ends(answer, async |mut session| {
            drop(session.idle(std::future::pending()).await)
        })
        .await;
    });
}

async fn ends<F: Future<Output = ()>>(answer: &[u8], act: impl FnOnce(Session) -> F) {
    let (session, mut peer) =
        signed_in("IDLE MOVE UIDPLUS NAMESPACE CONDSTORE LIST-EXTENDED LIST-STATUS").await;
    let play = async {
        let _ = peer.stream.write_all(answer).await;
        peer.say("\nA0002 OK [COPYUID 1 2 3] done\n").await;
        drop(peer);
    };
    tokio::time::timeout(Duration::from_secs(60), async {
        tokio::join!(act(session), play)
    })
    .await
    .expect("a command ends when the server has gone");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_at_all(answer in prop::collection::vec(any::<u8>(), 0..300)) {
        every_command_ends(&answer);
    }

    #[test]
    fn an_answer_that_was_damaged(
        which in 0..ANSWERS.len(),
        at in any::<prop::sample::Index>(),
        cut in 0_usize..4,
        slipped_in in prop::sample::select(vec![
            "", "\"", "(", ")", "{", "}", "{3}\r\n", "\r\n", "\n", "\\", " ", "[", "]", "\0", "é", "*", "99999999999999999999",
        ]),
    ) {
        let mut answer = ANSWERS[which].as_bytes().to_vec();
        let at = at.index(answer.len());
        let end = (at + cut).min(answer.len());
        answer.splice(at..end, slipped_in.bytes());
        every_command_ends(&answer);
    }
}

#[test]
fn answers_one_after_another_are_survived_whole() {
    for answer in ANSWERS {
        every_command_ends(answer.as_bytes());
    }
}
