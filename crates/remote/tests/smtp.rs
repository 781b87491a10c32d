//! SMTP against servers that follow a script: what becomes of the letter for each way in which handing it over can
//! fail, before and after the final dot. Postfix has its own tests in `smtp_live`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    reason = "a test stops where it fails"
)]

mod peer;

use peer::{Peer, Talk, lena};
use waxwing_model::{Envelope, Security};
use waxwing_remote::{
    RemoteError, Trust,
    smtp::{Receipt, SendError, send},
};

const PLAIN_LENA: &str = "AUTH PLAIN AGxlbmEAY29ycmVjdCBob3JzZQ==";
const LETTER: &[u8] = b"Subject: a letter\r\n\r\n.hello\r\n";

/// Greets, offers `features` and takes lena in.
fn let_in(talk: &mut Talk, features: &[&str]) {
    talk.say("220-welcome\r\n220 mail.waxwing.test ESMTP\r\n");
    offer(talk, features);
    talk.answer(PLAIN_LENA, "235 2.7.0 ok\r\n");
}

fn offer(talk: &mut Talk, features: &[&str]) {
    let lines: String = features
        .iter()
        .map(|feature| format!("250-{feature}\r\n"))
        .collect();
    talk.answer(
        "EHLO [127.0.0.1]",
        format!("250-mail.waxwing.test\r\n{lines}250 AUTH PLAIN LOGIN\r\n"),
    );
}

/// Up to the final dot.
fn hear_letter(talk: &mut Talk) -> String {
    let mut letter = String::new();
    while let Some(line) = talk.hear() {
        if line == "." {
            return letter;
        }
        letter += &line;
        letter += "\n";
    }
    panic!("the final dot did not come, but {letter:?}");
}

/// MAIL, one RCPT and DATA, all accepted.
fn take_envelope(talk: &mut Talk) {
    talk.answer("MAIL FROM:<lena@waxwing.test>", "250 ok\r\n");
    talk.answer("RCPT TO:<jonas@waxwing.test>", "250 ok\r\n");
    talk.answer("DATA", "354 go on\r\n");
}

fn to(recipients: &[&str]) -> Envelope {
    let to = recipients
        .iter()
        .map(|recipient| (*recipient).to_owned())
        .collect();
    Envelope {
        from: "lena@waxwing.test".to_owned(),
        to,
    }
}

async fn send_to(peer: &Peer, envelope: &Envelope, letter: &[u8]) -> Result<Receipt, SendError> {
    send(
        &peer.settings(Security::Plain),
        &lena(),
        &Trust::system(),
        envelope,
        letter,
    )
    .await
}

/// What becomes of a letter to jonas when the server, having let lena in, follows `script`.
async fn sending(script: impl Fn(&mut Talk) + Send + 'static) -> Result<Receipt, SendError> {
    let peer = Peer::once(move |talk| {
        let_in(talk, &[]);
        script(talk);
    });
    let result = send_to(&peer, &to(&["jonas@waxwing.test"]), LETTER).await;
    peer.finish();
    result
}

#[tokio::test]
async fn a_letter_is_handed_over_whole_and_its_dots_are_doubled() {
    let peer = Peer::once(|talk| {
        let_in(talk, &["SIZE 1000", "8BITMIME"]);
        talk.answer("MAIL FROM:<lena@waxwing.test> SIZE=29", "250 ok\r\n");
        talk.answer("RCPT TO:<jonas@waxwing.test>", "250 ok\r\n");
        talk.answer("DATA", "354 go on\r\n");
        assert_eq!(hear_letter(talk), "Subject: a letter\n\n..hello\n");
        talk.say("250-2.0.0 ok\r\n250 queued as 4711\r\n");
        talk.answer("QUIT", "221 bye\r\n");
    });
    let receipt = send_to(&peer, &to(&["jonas@waxwing.test"]), LETTER)
        .await
        .expect("it was taken");
    assert_eq!(receipt.reply, "250 2.0.0 ok queued as 4711");
    assert!(receipt.refused.is_empty());
    peer.finish();
}

#[tokio::test]
async fn no_bare_line_end_of_a_letter_reaches_the_server() {
    let smuggled = b"Subject: x\n\nhello\n.\nMAIL FROM:<amara@waxwing.test>\r.\rDATA\r\n.\nend";
    let peer = Peer::once(|talk| {
        let_in(talk, &[]);
        take_envelope(talk);
        let letter = hear_letter(talk);
        assert!(!letter.contains('\r'), "{letter:?}");
        assert_eq!(
            letter,
            "Subject: x\n\nhello\n..\nMAIL FROM:<amara@waxwing.test>\n..\nDATA\n..\nend\n"
        );
        talk.say("250 ok\r\n");
        talk.answer("QUIT", "221 bye\r\n");
    });
    send_to(&peer, &to(&["jonas@waxwing.test"]), smuggled)
        .await
        .expect("one letter was taken");
    peer.finish();
}

#[tokio::test]
async fn some_recipients_may_be_refused_and_the_others_get_it() {
    let peer = Peer::once(|talk| {
        let_in(talk, &["PIPELINING"]);
        talk.expect("MAIL FROM:<lena@waxwing.test>");
        talk.expect("RCPT TO:<nobody@waxwing.test>");
        talk.expect("RCPT TO:<jonas@waxwing.test>");
        talk.expect("RCPT TO:<amara@waxwing.test>");
        talk.say("250 ok\r\n550 5.1.1 no such user\r\n250 ok\r\n451 4.2.2 full\r\n");
        talk.answer("DATA", "354 go on\r\n");
        hear_letter(talk);
        talk.say("250 ok\r\n");
    });
    let everyone = [
        "nobody@waxwing.test",
        "jonas@waxwing.test",
        "amara@waxwing.test",
        "not an address",
    ];
    let receipt = send_to(&peer, &to(&everyone), LETTER)
        .await
        .expect("jonas gets it");
    let refused: Vec<_> = receipt
        .refused
        .iter()
        .map(|(who, why)| (who.as_str(), why.as_str()))
        .collect();
    assert_eq!(
        refused,
        [
            ("not an address", "\"not an address\" is not an email address."),
            ("nobody@waxwing.test", "550 5.1.1 no such user"),
            ("amara@waxwing.test", "451 4.2.2 full"),
        ]
    );
    peer.finish();
}

#[tokio::test]
async fn when_all_recipients_are_refused_nothing_is_handed_over() {
    for (replies, expected) in [(["550 no", "551 no"], true), (["550 no", "450 later"], false)] {
        let peer = Peer::once(move |talk| {
            let_in(talk, &[]);
            talk.answer("MAIL FROM:<lena@waxwing.test>", "250 ok\r\n");
            talk.answer("RCPT TO:<jonas@waxwing.test>", format!("{}\r\n", replies[0]));
            talk.answer("RCPT TO:<amara@waxwing.test>", format!("{}\r\n", replies[1]));
            talk.answer("QUIT", "221 bye\r\n");
        });
        let result = send_to(&peer, &to(&["jonas@waxwing.test", "amara@waxwing.test"]), LETTER).await;
        let Err(SendError::Rejected {
            permanent,
            recipients,
            ..
        }) = result
        else {
            panic!("{result:?}")
        };
        assert_eq!((permanent, recipients.len()), (expected, 2), "of {replies:?}");
        peer.finish();
    }
}

#[tokio::test]
async fn before_the_final_dot_nothing_was_sent() {
    let result = sending(|talk| {
        talk.answer("MAIL FROM:<lena@waxwing.test>", "250 ok\r\n");
        talk.vanish();
    })
    .await;
    assert!(
        matches!(result, Err(SendError::NotSent(RemoteError::Closed { .. }))),
        "{result:?}"
    );
    let result = sending(|talk| talk.answer("MAIL FROM:<lena@waxwing.test>", "421 shutting down\r\n")).await;
    assert!(
        matches!(result, Err(SendError::NotSent(RemoteError::Temporary { .. }))),
        "{result:?}"
    );
    let result = sending(|talk| talk.answer("MAIL FROM:<lena@waxwing.test>", "hello?\r\n")).await;
    assert!(
        matches!(result, Err(SendError::NotSent(RemoteError::Protocol { .. }))),
        "{result:?}"
    );
    let result = sending(|talk| {
        talk.answer("MAIL FROM:<lena@waxwing.test>", "250 ok\r\n");
        talk.answer("RCPT TO:<jonas@waxwing.test>", "250 ok\r\n");
        talk.answer("DATA", "451 not now\r\n");
    })
    .await;
    assert!(
        matches!(result, Err(SendError::Rejected { permanent: false, .. })),
        "{result:?}"
    );
    let result = sending(|talk| talk.answer("MAIL FROM:<lena@waxwing.test>", "550 not you\r\n")).await;
    assert!(
        matches!(result, Err(SendError::Rejected { permanent: true, .. })),
        "{result:?}"
    );
}

#[tokio::test]
async fn a_server_that_gives_up_in_the_middle_of_the_letter_has_not_got_it() {
    let peer = Peer::once(|talk| {
        let_in(talk, &[]);
        take_envelope(talk);
        talk.expect("Subject: big");
        talk.vanish();
    });
    let mut letter = b"Subject: big\r\n\r\n".to_vec();
    letter.resize(64 * 1024 * 1024, b'x');
    let result = send_to(&peer, &to(&["jonas@waxwing.test"]), &letter).await;
    assert!(matches!(result, Err(SendError::NotSent(_))), "{result:?}");
    peer.finish();
}

#[tokio::test]
async fn a_no_in_the_middle_of_the_letter_is_heard_and_the_final_dot_kept_back() {
    let peer = Peer::once(|talk| {
        let_in(talk, &[]);
        take_envelope(talk);
        talk.expect("Subject: big");
        talk.say("552 5.3.4 too big\r\n");
        let rest = talk.swallow();
        assert!(
            !rest.ends_with(b"\r\n.\r\n"),
            "the dot would end the letter after all"
        );
    });
    let mut letter = b"Subject: big\r\n\r\n".to_vec();
    letter.resize(32 * 1024 * 1024, b'x');
    let result = send_to(&peer, &to(&["jonas@waxwing.test"]), &letter).await;
    let Err(SendError::Rejected {
        reply,
        permanent: true,
        ..
    }) = result
    else {
        panic!("{result:?}")
    };
    assert_eq!(reply, "552 5.3.4 too big");
    peer.finish();
}

#[tokio::test]
async fn after_the_final_dot_only_the_answer_tells() {
    let result = sending(|talk| {
        take_envelope(talk);
        hear_letter(talk);
        talk.vanish();
    })
    .await;
    let Err(SendError::Unknown(error)) = &result else {
        panic!("{result:?}")
    };
    assert!(matches!(error, RemoteError::Closed { .. }), "{error}");
    assert!(
        !result.expect_err("as above").is_transient(),
        "trying again could send it twice"
    );
    let result = sending(|talk| {
        take_envelope(talk);
        hear_letter(talk);
        talk.say("what?\r\n");
    })
    .await;
    assert!(
        matches!(result, Err(SendError::Unknown(RemoteError::Protocol { .. }))),
        "{result:?}"
    );
    for (answer, expected) in [
        ("451 4.3.0 try again\r\n", false),
        ("554 5.7.1 looks like spam\r\n", true),
    ] {
        let result = sending(move |talk| {
            take_envelope(talk);
            hear_letter(talk);
            talk.say(answer);
        })
        .await;
        let Err(SendError::Rejected { permanent, reply, .. }) = result else {
            panic!("{result:?}")
        };
        assert_eq!(permanent, expected, "{answer}");
        assert_eq!(reply, answer.trim_end(), "in the server's words");
    }
}

#[tokio::test]
async fn what_the_server_cannot_carry_is_said_before_it_is_tried() {
    let cases: [(&[&str], &str, &[u8], &str); 4] = [
        (&["SIZE 20"], "jonas@waxwing.test", LETTER, "29 bytes"),
        (&["8BITMIME"], "jönas@waxwing.test", LETTER, "SMTPUTF8"),
        (
            &["8BITMIME"],
            "jonas@waxwing.test",
            "Subject: Grüße\r\n\r\nx\r\n".as_bytes(),
            "SMTPUTF8",
        ),
        (
            &[],
            "jonas@waxwing.test",
            "Subject: x\r\n\r\nGrüße\r\n".as_bytes(),
            "8BITMIME",
        ),
    ];
    for (features, recipient, letter, expected) in cases {
        let features = features.to_vec();
        let peer = Peer::once(move |talk| {
            let_in(talk, &features);
            talk.answer("QUIT", "221 bye\r\n");
        });
        let result = send_to(&peer, &to(&[recipient]), letter).await;
        let Err(SendError::Rejected {
            reply,
            permanent: true,
            ..
        }) = result
        else {
            panic!("{result:?}")
        };
        assert!(reply.contains(expected), "{reply} names {expected}");
        peer.finish();
    }
}

#[tokio::test]
async fn other_alphabets_travel_where_the_server_can() {
    let peer = Peer::once(|talk| {
        let_in(talk, &["8BITMIME", "SMTPUTF8"]);
        talk.answer(
            "MAIL FROM:<lena@waxwing.test> SMTPUTF8 BODY=8BITMIME",
            "250 ok\r\n",
        );
        talk.answer("RCPT TO:<jönas@xn--bcher-kva.example>", "250 ok\r\n");
        talk.answer("DATA", "354 go on\r\n");
        assert_eq!(hear_letter(talk), "Subject: Grüße\n\nx\n");
        talk.say("250 ok\r\n");
    });
    let letter = "Subject: Grüße\r\n\r\nx\r\n".as_bytes();
    send_to(&peer, &to(&["jönas@bücher.example"]), letter)
        .await
        .expect("it was taken");
    peer.finish();
}
