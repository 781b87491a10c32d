//! Greetings, capabilities and sign-ins.

use waxwing_model::{Authentication, TroubleKind};

use super::*;

#[tokio::test]
async fn a_password_goes_out_once_in_sasl_plain_and_the_capabilities_come_anew() {
    let (session, _peer) = connect(Authentication::Auto, async |mut peer| {
        peer.say("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN OLD] hello\n")
            .await;
        peer.hear("AUTHENTICATE PLAIN AGxlbmEAY29ycmVjdCBob3JzZQ==").await;
        peer.done("OK [CAPABILITY IMAP4rev1 IDLE ID] in").await;
        peer.answer(
            &format!(
                "ID (\"name\" \"Waxwing\" \"version\" \"{}\")",
                env!("CARGO_PKG_VERSION")
            ),
            "* ID NIL\n",
        )
        .await;
        peer
    })
    .await;
    let session = session.unwrap();
    assert!(
        session.capabilities().idle,
        "what is told after the sign-in counts"
    );
    assert!(
        !session.capabilities().has("OLD"),
        "what was told before it does not"
    );
}

#[tokio::test]
async fn a_server_may_end_commands_in_an_order_of_its_own() {
    let (session, mut peer) = connect(Authentication::Auto, async |mut peer| {
        peer.say("* OK [CAPABILITY IMAP4rev1] hello\n").await;
        peer.hear("LOGIN \"lena\" \"correct horse\"").await;
        peer.done("OK [CAPABILITY IMAP4rev1 ID LIST-EXTENDED] welcome")
            .await;
        peer
    })
    .await;
    let mut session = session.unwrap();
    let said = peer.line().await;
    let (introduced, what) = said.split_once(' ').unwrap();
    assert!(what.starts_with("ID ("), "it is said who we are: {said}");
    let listing = "LIST \"\" \"*\" RETURN (SUBSCRIBED)";
    let mut listed = async |peer: &mut Peer, answers: [&str; 3]| {
        let (list, ()) = tokio::join!(session.list(), async {
            peer.hear(listing).await;
            for answer in answers {
                match answer {
                    "done" => peer.done("OK done").await,
                    other => peer.say(other).await,
                }
            }
        });
        list.map(|list| list.into_iter().map(|one| one.path).collect::<Vec<_>>())
    };
    let folders = "* LIST () \"/\" INBOX\n* LIST () \"/\" Work\n";
    let first = listed(&mut peer, ["* ID NIL\n", folders, "done"]).await;
    assert_eq!(
        first.expect("it is heard"),
        ["INBOX", "Work"],
        "before ID has ended"
    );
    let introduced = format!("{introduced} NO nobody asked\n");
    let second = listed(&mut peer, [folders, &introduced, "done"]).await;
    assert_eq!(
        second.expect("it is heard"),
        ["INBOX", "Work"],
        "what belongs to the list comes before the end of the other"
    );
    let third = listed(&mut peer, [folders, "A9999 OK done\n", "done"]).await;
    assert!(third.is_err(), "what was never said cannot end");
}

#[tokio::test]
async fn capabilities_are_asked_for_when_they_do_not_come_by_themselves() {
    let (session, _peer) = connect(Authentication::Auto, async |mut peer| {
        peer.say("* OK hello\n").await;
        peer.answer("CAPABILITY", "* CAPABILITY IMAP4rev1 AUTH=PLAIN \n")
            .await;
        peer.hear("AUTHENTICATE PLAIN").await;
        peer.say("+\n").await;
        assert_eq!(
            peer.line().await,
            "AGxlbmEAY29ycmVjdCBob3JzZQ==",
            "without SASL-IR it waits for leave"
        );
        peer.done("OK in").await;
        peer.answer("CAPABILITY", "* CAPABILITY IMAP4rev1 MOVE\n").await;
        peer
    })
    .await;
    assert!(session.unwrap().capabilities().r#move);
}

#[tokio::test]
async fn login_is_quoted_and_not_said_where_it_is_disabled() {
    let (session, _peer) = connect(Authentication::Auto, async |mut peer| {
        peer.say("* OK [CAPABILITY IMAP4rev1] hello\n").await;
        peer.hear("LOGIN \"lena\" \"correct horse\"").await;
        peer.done("OK [CAPABILITY IMAP4rev1] in").await;
        peer
    })
    .await;
    session.unwrap();
    let (session, mut peer) = connect(Authentication::Auto, async |mut peer| {
        peer.say("* OK [CAPABILITY IMAP4rev1 LOGINDISABLED AUTH=XOAUTH2] hello\n")
            .await;
        peer
    })
    .await;
    let error = session.expect_err("there is no way in");
    assert!(
        matches!(&error, RemoteError::MethodRefused { offered } if offered == "XOAUTH2"),
        "{error}"
    );
    assert_eq!(
        peer.line().await,
        "",
        "nothing was said, least of all the password"
    );
}

#[tokio::test]
async fn cram_md5_proves_the_password_without_saying_it() {
    let (session, _peer) = connect(Authentication::CramMd5, async |mut peer| {
        peer.say("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN AUTH=CRAM-MD5] hello\n")
            .await;
        peer.hear("AUTHENTICATE CRAM-MD5").await;
        peer.say("+ PDFAeD4=\n").await;
        let answer = peer.line().await;
        assert!(answer.starts_with("bGVuYS"), "{answer} begins with the name");
        peer.done("OK [CAPABILITY IMAP4rev1] in").await;
        peer
    })
    .await;
    session.unwrap();
}

#[tokio::test]
async fn a_wrong_password_and_a_busy_server_are_told_apart() {
    let cases = [
        ("NO [AUTHENTICATIONFAILED] no", TroubleKind::WrongPassword, false),
        (
            "NO [ALERT] Application-specific password required",
            TroubleKind::WrongPassword,
            false,
        ),
        ("NO", TroubleKind::WrongPassword, false),
        ("NO [UNAVAILABLE] later", TroubleKind::Refused, true),
        (
            "NO [ALERT] Too many simultaneous connections. (Failure)",
            TroubleKind::Refused,
            true,
        ),
        ("BAD unknown command", TroubleKind::MethodRefused, false),
    ];
    for (reply, kind, transient) in cases {
        let (session, _peer) = connect(Authentication::Auto, async |mut peer| {
            peer.say("* OK [CAPABILITY IMAP4rev1] hello\n").await;
            peer.hear("LOGIN \"lena\" \"correct horse\"").await;
            peer.done(reply).await;
            peer
        })
        .await;
        let error = session.expect_err(reply);
        assert_eq!(
            (error.kind(), error.is_transient()),
            (kind, transient),
            "{reply} is {error}"
        );
    }
}

#[tokio::test]
async fn a_challenge_without_an_answer_is_cancelled() {
    let (session, _peer) = connect(Authentication::Auto, async |mut peer| {
        peer.say("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] hello\n")
            .await;
        peer.hear("AUTHENTICATE PLAIN AGxlbmEAY29ycmVjdCBob3JzZQ==").await;
        // OAuth's way of telling why, sent here by a server that is confused.
        peer.say("+ eyJzdGF0dXMiOiI0MDAifQ==\n").await;
        assert_eq!(
            peer.line().await,
            "AGxlbmEAY29ycmVjdCBob3JzZQ==",
            "some servers overlook the message in the command"
        );
        peer.say("+ eyJzdGF0dXMiOiI0MDAifQ==\n").await;
        assert_eq!(peer.line().await, "*", "RFC 9051, section 6.2.2");
        peer.done("NO [AUTHENTICATIONFAILED] no").await;
        peer
    })
    .await;
    assert!(matches!(session, Err(RemoteError::AuthenticationFailed { .. })));
}

#[tokio::test]
async fn what_is_no_imap_greeting_is_told_for_what_it_is() {
    let cases: [(&str, Expected); 6] = [
        ("220 mail.waxwing.test ESMTP\n", |e| {
            matches!(e, RemoteError::Protocol { .. })
        }),
        ("+OK POP3 ready\n", |e| matches!(e, RemoteError::Protocol { .. })),
        ("\n", |e| matches!(e, RemoteError::Protocol { .. })),
        ("* 1 EXISTS\n", |e| matches!(e, RemoteError::Protocol { .. })),
        (
            "* BYE [UNAVAILABLE] full house\n",
            |e| matches!(e, RemoteError::Closed { doing } if doing.contains("full house")),
        ),
        ("", |e| matches!(e, RemoteError::TimedOut { .. })),
    ];
    for (greeting, expected) in cases {
        let (session, _peer) = connect(Authentication::Auto, async |mut peer| {
            peer.say(greeting).await;
            peer
        })
        .await;
        let error = session.expect_err("nobody could sign in there");
        assert!(expected(&error), "{greeting:?} became {error:?}");
    }
}

#[tokio::test]
async fn a_server_that_hangs_up_in_the_middle_of_the_sign_in_is_closed_and_not_a_wrong_password() {
    let (wire, mut peer) = pipe();
    let settings = settings(Authentication::Auto);
    let credentials = lena();
    let (session, ()) = tokio::join!(
        Session::over(wire, Greeting::Due, &settings, &credentials, impatient()),
        async move {
            peer.say("* OK [CAPABILITY IMAP4rev1] hello\n").await;
            peer.hear("LOGIN \"lena\" \"correct horse\"").await;
            drop(peer);
        }
    );
    assert!(matches!(session, Err(RemoteError::Closed { .. })), "{session:?}");
}

#[tokio::test]
async fn an_untagged_line_before_the_challenge_does_not_stop_the_sign_in() {
    let (session, _peer) = connect(Authentication::Auto, async |mut peer| {
        peer.say("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] hello\n").await;
        peer.hear("AUTHENTICATE PLAIN").await;
        peer.say("* OK one moment\n* CAPABILITY IMAP4rev1 AUTH=PLAIN\n+ go ahead\n")
            .await;
        assert_eq!(
            peer.line().await,
            "AGxlbmEAY29ycmVjdCBob3JzZQ==",
            "nor do words where base64 belongs"
        );
        peer.say("* 3 EXISTS\n").await;
        peer.done("OK [CAPABILITY IMAP4rev1 IDLE] in").await;
        peer
    })
    .await;
    assert!(session.unwrap().capabilities().idle);
}

#[tokio::test]
async fn a_server_that_says_who_we_are_is_not_believed() {
    let (session, mut peer) = connect(Authentication::Auto, async |mut peer| {
        peer.say("* PREAUTH [CAPABILITY IMAP4rev1] welcome, amara\n")
            .await;
        peer
    })
    .await;
    let error = session.expect_err("we did not sign in");
    assert!(matches!(error, RemoteError::Protocol { .. }), "{error}");
    assert_eq!(peer.line().await, "", "nothing is said to it");
}

#[tokio::test]
async fn a_server_that_does_not_stop_talking_during_the_sign_in_is_left() {
    let (session, _peer) = connect(Authentication::Auto, async |mut peer| {
        peer.say("* OK [CAPABILITY IMAP4rev1] hello\n").await;
        peer.hear("LOGIN \"lena\" \"correct horse\"").await;
        let line = format!("* OK {}\n", "x".repeat(1000));
        for _ in 0..1100 {
            peer.say(&line).await;
        }
        peer
    })
    .await;
    assert!(matches!(session, Err(RemoteError::Limit { .. })), "{session:?}");
}

#[tokio::test]
async fn a_foreign_tag_during_the_sign_in_is_no_answer_to_it() {
    let (session, _peer) = connect(Authentication::Auto, async |mut peer| {
        peer.say("* OK [CAPABILITY IMAP4rev1] hello\n").await;
        peer.hear("LOGIN \"lena\" \"correct horse\"").await;
        peer.say("A9999 NO [AUTHENTICATIONFAILED] not you\n").await;
        peer
    })
    .await;
    assert!(
        matches!(session, Err(RemoteError::Protocol { .. })),
        "{session:?}"
    );
}

#[tokio::test]
async fn a_refused_compression_leaves_the_session_as_it_was() {
    let (session, mut peer) = connect(Authentication::Auto, async |mut peer| {
        peer.say("* OK [CAPABILITY IMAP4rev1] hello\n").await;
        peer.hear("LOGIN \"lena\" \"correct horse\"").await;
        peer.done("OK [CAPABILITY IMAP4rev1 COMPRESS=DEFLATE] in").await;
        peer.hear("COMPRESS DEFLATE").await;
        peer.say("* OK not today\n").await;
        peer.done("NO [COMPRESSIONACTIVE] TLS does it").await;
        peer
    })
    .await;
    let mut session = session.unwrap();
    assert!(!session.is_compressed());
    let (outcome, ()) = tokio::join!(session.noop(), peer.answer("NOOP", ""));
    outcome.expect("the session goes on");
}
