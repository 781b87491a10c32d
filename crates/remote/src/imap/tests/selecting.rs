//! What SELECT, LIST and NAMESPACE tell, and what they leave out.

use super::*;
use crate::imap::{Root, Selected};

async fn select(capabilities: &str, answer: &str, condition: &str) -> Selected {
    let (mut session, mut peer) = signed_in(capabilities).await;
    let (selected, ()) = tokio::join!(session.select("a"), async {
        let line = peer.line().await;
        peer.tag = line.split(' ').next().unwrap().to_owned();
        peer.say(answer).await;
        peer.done(condition).await;
    });
    selected.expect("the mailbox is there")
}

#[tokio::test]
async fn all_that_a_server_tells_of_a_mailbox_is_known() {
    let answer = "* FLAGS (\\Seen a)\n* 172 EXISTS\n* 1 RECENT\n* OK [UNSEEN 12] x\n* OK [UIDVALIDITY 3857529045] x\n\
        * OK [UIDNEXT 4392] x\n* OK [MAILBOXID (F6352ae03)] x\n* OK [HIGHESTMODSEQ 715194045007]\n* OK [PERMANENTFLAGS (\\Seen \\*)] x\n";
    let expected = Selected {
        uid_validity: 3_857_529_045,
        uid_next: 4392,
        exists: 172,
        highest_modseq: Some(715_194_045_007),
        permanent_keywords: true,
        read_only: false,
        identity: Some("F6352ae03".into()),
    };
    assert_eq!(
        select("CONDSTORE", answer, "OK [READ-WRITE] done").await,
        expected
    );
}

#[tokio::test]
async fn a_mailbox_that_can_only_be_read_is_not_written_to() {
    let (mut session, mut peer) = signed_in("").await;
    let (selected, ()) = tokio::join!(session.select("a"), async {
        peer.hear("SELECT \"a\"").await;
        peer.say(
            "* 0 EXISTS\n* OK [UIDNEXT 1] x\n* OK [PERMANENTFLAGS ()] x\n* OK [HIGHESTMODSEQ 9.3e6] x\n",
        )
        .await;
        peer.done("OK [READ-ONLY] done").await;
    });
    let selected = selected.unwrap();
    assert!(selected.read_only && !selected.permanent_keywords);
    assert_eq!(selected.highest_modseq, None, "a fraction is no sequence");
    let set = crate::imap::UidSet::from_uids(&[1]);
    let error = session.destroy(&set).await.expect_err("it can only be read");
    assert!(
        matches!(error, RemoteError::Refused { .. }),
        "{error} without asking the server"
    );
}

#[tokio::test]
async fn uidnext_is_looked_for_where_it_is_not_told() {
    let (mut session, mut peer) = signed_in("").await;
    let (selected, ()) = tokio::join!(session.select("a"), async {
        peer.answer("SELECT \"a\"", "* 2 EXISTS\n* OK [UIDVALIDITY 0] x\n")
            .await;
        peer.answer("UID FETCH * (UID)", "* 2 FETCH (UID 41)\n").await;
    });
    assert_eq!(selected.unwrap().uid_next, 42, "one more than the last message's");
    let (selected, ()) = tokio::join!(session.select("a"), peer.answer("SELECT \"a\"", "* 0 EXISTS\n"));
    assert_eq!(selected.unwrap().uid_next, 1, "an empty mailbox begins at one");
}

#[tokio::test]
async fn keywords_that_a_server_would_forget_are_not_sent() {
    use waxwing_model::{Keyword, Keywords};
    let (mut session, mut peer) = signed_in("").await;
    let (selected, ()) = tokio::join!(session.select("a"), async {
        let answer = "* 3 EXISTS\n* OK [UIDNEXT 9] x\n* OK [PERMANENTFLAGS (\\Seen $MDNSent)] x\n";
        peer.answer("SELECT \"a\"", answer).await;
    });
    selected.unwrap();
    let set = crate::imap::UidSet::from_uids(&[1, 2]);
    let add = Keywords::only(Keyword::SEEN)
        .with(Keyword::FLAGGED)
        .with("$mdnsent")
        .with("mine")
        .with("two words");
    let remove = Keywords::only(Keyword::ANSWERED);
    let (outcome, ()) = tokio::join!(
        session.store_keywords(&set, &add, &remove),
        peer.answer("UID STORE 1:2 +FLAGS.SILENT ($mdnsent \\Seen)", "")
    );
    outcome.expect("the rest is left out, and no empty command is sent");
}

#[tokio::test]
async fn one_command_lists_all_where_the_server_can() {
    let (mut session, mut peer) = signed_in("LIST-EXTENDED SPECIAL-USE").await;
    let (list, ()) = tokio::join!(session.list(), async {
        let answer = "* LIST (\\Subscribed) \"/\" INBOX\n* LIST (\\Trash) \"/\" Bin\n\
            * LIST (\\Subscribed) \"/\" {4}\na\"&-\n";
        peer.answer("LIST \"\" \"*\" RETURN (SUBSCRIBED SPECIAL-USE)", answer)
            .await;
    });
    let list = list.unwrap();
    let short: Vec<(&str, bool)> = list
        .iter()
        .map(|one| (one.path.as_str(), one.subscribed))
        .collect();
    assert_eq!(short, [("INBOX", true), ("Bin", false), ("a\"&-", true)]);
    assert_eq!(
        list[2].parts,
        ["a\"&"],
        "the name is for people, the path for the wire"
    );
}

#[tokio::test]
async fn lsub_tells_of_subscriptions_elsewhere() {
    let (mut session, mut peer) = signed_in("").await;
    let (list, ()) = tokio::join!(session.list(), async {
        peer.answer(
            "LIST \"\" \"*\"",
            "* LIST () \".\" INBOX\n* LIST () \".\" a\n* LIST () \".\" b\n",
        )
        .await;
        peer.answer(
            "LSUB \"\" \"*\"",
            "* LSUB () \".\" a\n* LSUB (\\Noselect) \".\" b\n* LSUB () \".\" gone\n",
        )
        .await;
    });
    let subscribed: Vec<String> = list
        .unwrap()
        .into_iter()
        .filter(|one| one.subscribed)
        .map(|one| one.path)
        .collect();
    assert_eq!(subscribed, ["a"], "a subscription to what is gone is no folder");
}

#[tokio::test]
async fn a_list_that_cannot_be_read_is_not_taken_for_a_shorter_one() {
    let (mut session, mut peer) = signed_in("LIST-EXTENDED").await;
    let (list, ()) = tokio::join!(session.list(), async {
        peer.answer(
            "LIST \"\" \"*\" RETURN (SUBSCRIBED)",
            "* LIST () \"/\" INBOX\n* LIST broken\n",
        )
        .await;
    });
    assert!(
        matches!(list, Err(RemoteError::Protocol { .. })),
        "{list:?}: folders would seem deleted"
    );
}

#[tokio::test]
async fn the_place_for_new_folders_is_asked_once() {
    let (mut session, mut peer) = signed_in("NAMESPACE").await;
    let (root, ()) = tokio::join!(
        session.root(),
        peer.answer("NAMESPACE", "* NAMESPACE ((\"INBOX.\" \".\")) NIL NIL\n")
    );
    let expected = Root {
        prefix: "INBOX.".into(),
        delimiter: Some('.'),
    };
    assert_eq!(root.unwrap(), expected);
    assert_eq!(session.root().await.unwrap(), expected, "without asking again");

    let (mut session, mut peer) = signed_in("").await;
    let (root, ()) = tokio::join!(
        session.root(),
        peer.answer("LIST \"\" \"\"", "* LIST (\\Noselect) \"/\" \"\"\n")
    );
    assert_eq!(
        root.unwrap(),
        Root {
            prefix: String::new(),
            delimiter: Some('/')
        }
    );
}
