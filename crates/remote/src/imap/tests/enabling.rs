//! What is agreed on after the sign-in (ENABLE, RFC 5161): UTF-8 in names and headers, IMAP4rev2, and servers that have
//! nothing else.

use waxwing_model::Keywords;

use super::*;

const LETTER: &str = "Subject: Gr\u{fc}\u{df}e\r\n\r\nHello";

async fn enabled(offered: &str, asked: &str, answer: &str) -> (Session, Peer) {
    let (mut session, mut peer) = signed_in(offered).await;
    let question = format!("ENABLE {asked}");
    let (enabled, ()) = tokio::join!(
        session.enable("imap.harbour.example"),
        peer.answer(&question, answer)
    );
    enabled.expect("it is agreed");
    (session, peer)
}

#[tokio::test]
async fn all_that_is_offered_is_asked_for_in_one_round_trip() {
    let (mut session, _peer) = enabled(
        "CONDSTORE QRESYNC UTF8=ACCEPT IMAP4rev2",
        "QRESYNC UTF8=ACCEPT IMAP4rev2",
        "* ENABLED QRESYNC\n* ENABLED UTF8=ACCEPT IMAP4rev2\n",
    )
    .await;
    assert!(session.qresync() && session.capabilities().r#move);
    session.enable("imap.harbour.example").await.unwrap();
    // iCloud garbles what it says of deletions; its UTF-8 is as good as anybody's.
    let (mut session, mut peer) = signed_in("QRESYNC UTF8=ACCEPT").await;
    let (outcome, ()) = tokio::join!(
        session.enable("imap.mail.me.com"),
        peer.answer("ENABLE UTF8=ACCEPT", "* ENABLED UTF8=ACCEPT\n")
    );
    outcome.unwrap();
    let (mut session, _peer) = signed_in("CONDSTORE ENABLE").await;
    session
        .enable("imap.harbour.example")
        .await
        .expect("where nothing is offered nothing is said");
}

#[tokio::test]
async fn names_go_as_utf8_both_ways_and_are_kept_as_before() {
    for (offered, asked, answer) in [
        ("UTF8=ACCEPT", "UTF8=ACCEPT", "* ENABLED UTF8=ACCEPT\n"),
        ("UTF8=ONLY", "UTF8=ACCEPT", "* ENABLED UTF8=ACCEPT\n"),
        ("IMAP4rev2", "IMAP4rev2", "* ENABLED IMAP4rev2\n"),
    ] {
        let (mut session, mut peer) =
            enabled(&format!("{offered} LIST-EXTENDED MOVE UIDPLUS"), asked, answer).await;
        let (list, ()) = tokio::join!(
            session.list(),
            peer.answer(
                "LIST \"\" \"*\" RETURN (SUBSCRIBED)",
                "* LIST () \"/\" INBOX\n* LIST (\\Subscribed) \"/\" \"Entw\u{fc}rfe/R&D\"\n* LIST () \"/\" Entw\u{fc}rfe\n"
            )
        );
        let list = list.unwrap();
        assert_eq!(
            list[1].path, "Entw&APw-rfe/R&-D",
            "{offered}: kept as it was before"
        );
        assert_eq!(
            list[1].parts,
            ["Entw\u{fc}rfe", "R&D"],
            "{offered}: and shown as it is"
        );
        assert!(list[1].subscribed);
        let (created, ()) = tokio::join!(
            session.create("Entw&APw-rfe/\\\"&-"),
            peer.answer("CREATE \"Entw\u{fc}rfe/\\\\\\\"&\"", "")
        );
        created.unwrap();
        let (selected, ()) = tokio::join!(
            session.select("Entw&APw-rfe"),
            peer.answer(
                "SELECT \"Entw\u{fc}rfe\"",
                "* 0 EXISTS\n* OK [UIDVALIDITY 7] x\n* OK [UIDNEXT 1] x\n* LIST () \"/\" Entw\u{fc}rfe\n"
            )
        );
        selected.unwrap();
        assert_eq!(session.selected(), Some("Entw&APw-rfe"));
        let (found, ()) = tokio::join!(
            session.find_message_id("Entw&APw-rfe", "gr\u{fc}\u{df}e@harbour.example"),
            peer.answer(
                "UID SEARCH HEADER Message-ID \"<gr\u{fc}\u{df}e@harbour.example>\"",
                "* ESEARCH (TAG \"W1\") UID ALL 4:5\n"
            )
        );
        assert_eq!(
            found.unwrap(),
            [4, 5],
            "{offered}: a charset may not be named any more"
        );
    }
}

#[tokio::test]
async fn a_header_in_utf8_is_handed_over_in_the_words_for_it() {
    let (mut session, mut peer) =
        enabled("UTF8=ACCEPT UIDPLUS", "UTF8=ACCEPT", "* ENABLED UTF8=ACCEPT\n").await;
    let keywords = Keywords::none();
    let append = session.append("Sent", &keywords, None, LETTER.as_bytes());
    let (uid, ()) = tokio::join!(append, async {
        peer.hear(&format!("APPEND \"Sent\" UTF8 (~{{{}}}", LETTER.len()))
            .await;
        peer.say("+ go on\n").await;
        assert_eq!(peer.bytes(LETTER.len()).await, LETTER.as_bytes());
        assert_eq!(peer.line().await, ")");
        peer.done("OK [APPENDUID 7 42] stored").await;
    });
    assert_eq!(uid.unwrap(), Some((7, 42)));
    let plain = b"Subject: x\r\n\r\n\xc3\xbc";
    let append = session.append("Sent", &keywords, None, plain);
    let (uid, ()) = tokio::join!(append, async {
        peer.hear("APPEND \"Sent\" {16}").await;
        peer.say("+ go on\n").await;
        peer.bytes(16).await;
        assert_eq!(peer.line().await, "");
        peer.done("OK stored").await;
    });
    assert_eq!(uid.unwrap(), None, "UTF-8 in the text alone needs no words");
}

#[tokio::test]
async fn a_server_without_those_words_gets_the_message_as_it_is() {
    // RFC 9755 took them back.
    let (mut session, mut peer) =
        enabled("UTF8=ACCEPT LITERAL+", "UTF8=ACCEPT", "* ENABLED UTF8=ACCEPT\n").await;
    let keywords = Keywords::none();
    let append = session.append("Sent", &keywords, None, LETTER.as_bytes());
    let (outcome, ()) = tokio::join!(append, async {
        peer.hear(&format!("APPEND \"Sent\" UTF8 (~{{{}+}}", LETTER.len()))
            .await;
        peer.bytes(LETTER.len()).await;
        assert_eq!(peer.line().await, ")");
        peer.done("BAD what?").await;
        peer.hear(&format!("APPEND \"Sent\" {{{}+}}", LETTER.len())).await;
        peer.bytes(LETTER.len()).await;
        assert_eq!(peer.line().await, "");
        peer.done("OK stored").await;
    });
    outcome.expect("it is stored all the same");
    // IMAP4rev2 never had them.
    let (mut session, mut peer) = enabled("IMAP4rev2", "IMAP4rev2", "* ENABLED IMAP4rev2\n").await;
    let append = session.append("Sent", &keywords, None, LETTER.as_bytes());
    let (outcome, ()) = tokio::join!(append, async {
        peer.hear(&format!("APPEND \"Sent\" {{{}+}}", LETTER.len())).await;
        peer.bytes(LETTER.len()).await;
        assert_eq!(peer.line().await, "");
        peer.done("OK stored").await;
    });
    outcome.expect("LITERAL- is within IMAP4rev2");
}

#[tokio::test]
async fn a_refusal_changes_nothing() {
    let (mut session, mut peer) = signed_in("UTF8=ACCEPT IMAP4rev2").await;
    let (outcome, ()) = tokio::join!(session.enable("imap.harbour.example"), async {
        peer.hear("ENABLE UTF8=ACCEPT IMAP4rev2").await;
        peer.done("BAD what?").await;
    });
    outcome.unwrap();
    let (created, ()) = tokio::join!(
        session.create("Entw&APw-rfe"),
        peer.answer("CREATE \"Entw&APw-rfe\"", "")
    );
    created.unwrap();
}

#[tokio::test]
async fn a_server_with_imap4rev2_alone_is_spoken_to_in_it_from_the_beginning() {
    let (session, mut peer) = connect(Authentication::Auto, async |mut peer| {
        peer.say("* OK [CAPABILITY IMAP4rev2 AUTH=PLAIN] hello\n").await;
        peer.hear("AUTHENTICATE PLAIN AGxlbmEAY29ycmVjdCBob3JzZQ==").await;
        peer.done("OK [CAPABILITY IMAP4rev2] in").await;
        peer
    })
    .await;
    let mut session = session.expect("SASL-IR is within IMAP4rev2");
    session
        .enable("imap.harbour.example")
        .await
        .expect("there is nothing to agree on");
    let (list, ()) = tokio::join!(
        session.list(),
        peer.answer(
            "LIST \"\" \"*\" RETURN (SUBSCRIBED)",
            "* LIST () \"/\" INBOX\n* LIST (\\Sent) \"/\" \"\u{53f0}\u{5317}\" (\"OLDNAME\" (\"&U,BTFw-\"))\n"
        )
    );
    assert_eq!(list.unwrap()[1].path, "&U,BTFw-");
    let (selected, ()) = tokio::join!(
        session.select("INBOX"),
        peer.answer(
            "SELECT \"INBOX\"",
            "* 3 EXISTS\n* OK [UIDVALIDITY 7] x\n* OK [UIDNEXT 10] x\n* LIST () \"/\" INBOX\n"
        )
    );
    assert_eq!(
        selected.unwrap().exists,
        3,
        "there is no RECENT, and nobody misses it"
    );
    let (uids, ()) = tokio::join!(
        session.uids(),
        peer.answer("UID SEARCH ALL", "* ESEARCH (TAG \"W4\") UID ALL 1:3\n")
    );
    assert_eq!(uids.unwrap(), [1, 2, 3]);
}

#[tokio::test]
async fn what_nobody_waits_for_goes_ahead_and_its_answer_is_not_taken_for_another() {
    const OFFERED: &str = "ID ENABLE CONDSTORE QRESYNC LIST-STATUS";
    let (mut session, mut peer) = signed_in(OFFERED).await;
    let before = session.round_trips();
    let question = "LIST \"\" \"*\" RETURN (STATUS (MESSAGES UIDNEXT UIDVALIDITY HIGHESTMODSEQ))";
    let script = async {
        let mut tags = Vec::new();
        for (begins, command) in [(true, "ID ("), (false, "ENABLE QRESYNC"), (false, question)] {
            let line = peer.line().await;
            let (tag, rest) = line.split_once(' ').expect("a tag and a command");
            assert!(rest == command || begins && rest.starts_with(command), "{rest}");
            tags.push(tag.to_owned());
        }
        let [id, enable, list] = tags.as_slice() else {
            unreachable!("there are three");
        };
        peer.say(&format!(
            "* ID NIL\n{id} NO who are you\n* ENABLED QRESYNC\n{enable} OK done\n"
        ))
        .await;
        peer.say(&format!("* LIST () \"/\" INBOX\n{list} OK done\n"))
            .await;
        peer.answer("LSUB \"\" \"*\"", "").await;
    };
    let (outcome, ()) = tokio::join!(
        async {
            session.enable_ahead("imap.harbour.example").await?;
            assert!(!session.qresync(), "nobody has said so yet");
            session.list_with_status().await
        },
        script
    );
    assert_eq!(outcome.expect("the list").len(), 1);
    assert!(session.qresync(), "it was heard before the list");
    assert_eq!(
        session.round_trips() - before,
        2,
        "a list, and what is subscribed of it"
    );

    // Names of mailboxes would be others behind it, so it is waited for.
    let (mut session, mut peer) = signed_in("ENABLE QRESYNC UTF8=ACCEPT").await;
    let (outcome, ()) = tokio::join!(
        session.enable_ahead("imap.harbour.example"),
        peer.answer("ENABLE QRESYNC UTF8=ACCEPT", "* ENABLED QRESYNC UTF8=ACCEPT\n")
    );
    outcome.expect("it is agreed");
    assert!(session.qresync());
}
