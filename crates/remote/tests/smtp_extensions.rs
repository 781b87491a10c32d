//! SMTP's extensions against servers that follow a script: several letters over one connection, a letter in one piece,
//! reports, a promise of encryption, and a letter that the server keeps for later.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where it fails"
)]

mod peer;

use peer::{Peer, Talk, lena, trusting};
use waxwing_model::{Envelope, Security};
use waxwing_remote::{
    RemoteError, Trust,
    smtp::{Receipt, SendError, Session, Wishes},
};
use waxwing_testkit::{A_SECOND, CertificateKind, Certificates, moments};

const PLAIN_LENA: &str = "AUTH PLAIN AGxlbmEAY29ycmVjdCBob3JzZQ==";
const MAIL: &str = "MAIL FROM:<lena@waxwing.test>";
const RCPT: &str = "RCPT TO:<jonas@waxwing.test>";
const LETTER: &[u8] = b"Subject: a letter\n\n.hello\r\n";

/// Greets, offers `features` and takes lena in.
fn let_in(talk: &mut Talk, features: &[&str]) {
    talk.say("220 mail.waxwing.test ESMTP\r\n");
    let lines: String = features
        .iter()
        .map(|feature| format!("250-{feature}\r\n"))
        .collect();
    talk.answer(
        "EHLO [127.0.0.1]",
        format!("250-mail.waxwing.test\r\n{lines}250 AUTH PLAIN LOGIN\r\n"),
    );
    talk.answer(PLAIN_LENA, "235 2.7.0 ok\r\n");
}

/// One letter by MAIL, RCPT and DATA.
fn take_letter(talk: &mut Talk, verdict: &str) {
    talk.answer(MAIL, "250 ok\r\n");
    talk.answer(RCPT, "250 ok\r\n");
    talk.answer("DATA", "354 go on\r\n");
    while let Some(line) = talk.hear() {
        if line == "." {
            talk.say(verdict);
            return;
        }
    }
    panic!("the final dot did not come");
}

async fn open(peer: &Peer) -> Session {
    Session::open(&peer.settings(Security::Plain), &lena(), &Trust::system())
        .await
        .expect("lena is let in")
}

async fn hand_over(session: &mut Session, wishes: &Wishes) -> Result<Receipt, SendError> {
    let envelope = Envelope {
        from: "lena@waxwing.test".to_owned(),
        to: vec!["jonas@waxwing.test".to_owned()],
    };
    session.send(&envelope, &LETTER, wishes, &mut |_| {}).await
}

#[tokio::test]
async fn one_connection_takes_several_letters_and_forgets_those_that_were_refused() {
    let peer = Peer::once(|talk| {
        let_in(talk, &[]);
        take_letter(talk, "250 first\r\n");
        talk.answer(MAIL, "250 ok\r\n");
        talk.answer(RCPT, "550 5.1.1 nobody\r\n");
        talk.answer("RSET", "250 forgotten\r\n");
        take_letter(talk, "250 second\r\n");
        talk.answer("QUIT", "221 bye\r\n");
    });
    let mut session = open(&peer).await;
    let none = Wishes::default();
    let first = hand_over(&mut session, &none).await.expect("it was taken");
    assert_eq!(first.reply, "250 first");
    let refused = hand_over(&mut session, &none).await;
    assert!(
        matches!(refused, Err(SendError::Rejected { permanent: true, .. })),
        "{refused:?}"
    );
    assert!(session.is_usable(), "a refusal ends one letter only");
    let second = hand_over(&mut session, &none).await.expect("it was taken");
    assert_eq!(second.reply, "250 second");
    session.leave().await;
    peer.finish();
}

#[tokio::test]
async fn a_server_that_is_silent_at_the_farewell_changes_nothing() {
    let peer = Peer::once(|talk| {
        let_in(talk, &[]);
        take_letter(talk, "250 taken\r\n");
        talk.expect("QUIT");
        talk.listen();
    });
    let mut session = open(&peer).await;
    let receipt = hand_over(&mut session, &Wishes::default()).await;
    assert_eq!(
        receipt.expect("the answer to the dot counts").reply,
        "250 taken",
        "it is known before anybody takes leave"
    );
    let ((), passed) = moments(session.leave()).await;
    // Other answers are waited for a minute and more.
    assert!(
        passed < 50 * A_SECOND,
        "and nobody waits for long: {passed} moments"
    );
    peer.finish();
}

#[tokio::test]
async fn a_connection_that_ended_between_two_letters_is_noticed_before_anything_is_sent() {
    let peer = Peer::once(|talk| {
        let_in(talk, &[]);
        take_letter(talk, "250 taken\r\n");
        talk.vanish();
    });
    let mut session = open(&peer).await;
    let none = Wishes::default();
    hand_over(&mut session, &none).await.expect("it was taken");
    let second = hand_over(&mut session, &none).await;
    assert!(
        matches!(second, Err(SendError::NotSent(RemoteError::Closed { .. }))),
        "{second:?}"
    );
    assert!(!session.is_usable(), "another connection is needed");
    peer.finish();
}

#[tokio::test]
async fn a_letter_goes_behind_data_also_where_a_server_announces_what_it_may_not_know() {
    let peer = Peer::once(|talk| {
        let_in(talk, &["PIPELINING", "CHUNKING"]);
        take_letter(talk, "250 taken\r\n");
    });
    let mut session = open(&peer).await;
    let receipt = hand_over(&mut session, &Wishes::default()).await;
    assert_eq!(receipt.expect("it was taken").reply, "250 taken");
    peer.finish();
}

#[tokio::test]
async fn a_long_letter_is_told_of_as_it_goes() {
    let peer = Peer::once(|talk| {
        let_in(talk, &["CHUNKING"]);
        take_letter(talk, "250 taken\r\n");
    });
    let mut session = open(&peer).await;
    let envelope = Envelope {
        from: "lena@waxwing.test".to_owned(),
        to: vec!["jonas@waxwing.test".to_owned()],
    };
    let letter = b"a line of a long letter\r\n".repeat(20_000);
    let mut heard = Vec::new();
    session
        .send(&envelope, &letter, &Wishes::default(), &mut |written| {
            heard.push(written);
        })
        .await
        .expect("it was taken");
    assert!(heard.len() > 5, "piece by piece: {heard:?}");
    assert!(heard.is_sorted(), "forwards only: {heard:?}");
    assert_eq!(heard.last(), Some(&(letter.len() as u64)), "up to its end");
    peer.finish();
}

#[tokio::test]
async fn reports_are_asked_for_where_they_are_given_and_their_lack_is_told() {
    for (features, mail, rcpt, without) in [
        (
            vec!["DSN"],
            "MAIL FROM:<lena@waxwing.test> RET=HDRS ENVID=1@waxwing.test",
            "RCPT TO:<jonas@waxwing.test> NOTIFY=SUCCESS,FAILURE,DELAY ORCPT=rfc822;jonas@waxwing.test",
            false,
        ),
        (vec![], MAIL, RCPT, true),
    ] {
        let peer = Peer::once(move |talk| {
            let_in(talk, &features);
            talk.answer(mail, "250 ok\r\n");
            talk.answer(rcpt, "250 ok\r\n");
            talk.answer("DATA", "354 go on\r\n");
            while talk.hear().is_some_and(|line| line != ".") {}
            talk.say("250 taken\r\n");
        });
        let mut session = open(&peer).await;
        let wishes = Wishes {
            notices: Some("1@waxwing.test".to_owned()),
            ..Wishes::default()
        };
        let receipt = hand_over(&mut session, &wishes).await.expect("it was taken");
        assert_eq!(receipt.without_notices, without);
        peer.finish();
    }
}

#[tokio::test]
async fn a_letter_that_shall_be_encrypted_all_the_way_goes_only_with_that_promise() {
    let certificates = Certificates::new();
    for promised in [true, false] {
        let pair = certificates.pair(CertificateKind::Good);
        let peer = Peer::once(move |talk| {
            talk.encrypt(&pair);
            let_in(talk, if promised { &["REQUIRETLS"] } else { &[] });
            if promised {
                talk.answer("MAIL FROM:<lena@waxwing.test> REQUIRETLS", "250 ok\r\n");
                talk.answer(RCPT, "250 ok\r\n");
                talk.answer("DATA", "354 go on\r\n");
                while talk.hear().is_some_and(|line| line != ".") {}
                talk.say("250 taken\r\n");
            } else {
                talk.answer("QUIT", "221 bye\r\n");
            }
        });
        let trust = trusting(&certificates);
        let mut session = Session::open(&peer.settings(Security::Tls), &lena(), &trust)
            .await
            .expect("lena is let in");
        let wishes = Wishes {
            tls_all_the_way: true,
            ..Wishes::default()
        };
        match hand_over(&mut session, &wishes).await {
            Ok(receipt) => assert!(promised, "{receipt:?}"),
            Err(SendError::Rejected {
                reply,
                permanent: true,
                ..
            }) => assert!(!promised && reply.contains("REQUIRETLS"), "{reply}"),
            other => panic!("{other:?}"),
        }
        session.leave().await;
        peer.finish();
    }
}

#[tokio::test]
async fn a_letter_for_later_is_kept_by_a_server_that_can_and_goes_to_no_other() {
    let (now, until) = (1_795_000_000_000, 1_795_003_600_000);
    for (feature, can) in [
        ("FUTURERELEASE 999999999", true),
        ("FUTURERELEASE 60", false),
        ("DSN", false),
    ] {
        let peer = Peer::once(move |talk| {
            let_in(talk, &[feature]);
            if can {
                talk.answer(&format!("{MAIL} HOLDUNTIL=2026-11-18T12:06:40Z"), "250 ok\r\n");
                talk.answer(RCPT, "250 ok\r\n");
                talk.answer("DATA", "354 go on\r\n");
                while talk.hear().is_some_and(|line| line != ".") {}
                talk.say("250 kept\r\n");
            }
        });
        let mut session = open(&peer).await;
        assert_eq!(session.can_hold_until(now, until), can, "{feature}");
        if can {
            let wishes = Wishes {
                hold_until: Some(until),
                ..Wishes::default()
            };
            let receipt = hand_over(&mut session, &wishes).await.expect("it was taken");
            assert_eq!(receipt.reply, "250 kept");
        }
        drop(session);
        peer.finish();
    }
}
