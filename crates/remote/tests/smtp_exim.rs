//! Submission to another real server than Postfix: Exim takes the same letters in the same ways.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where it fails"
)]

mod peer;

use std::time::Duration;

use peer::{lena_of_the_stage as lena, settings};
use waxwing_model::{Authentication, Envelope, Security};
use waxwing_remote::{
    RemoteError, Trust,
    smtp::{SendError, Session, Wishes, check, send},
};
use waxwing_testkit::Exim;

fn start() -> (Exim, Trust) {
    let exim = Exim::start().expect("Exim starts");
    let trust = Trust::with_extra_ca(exim.ca_pem()).expect("the authority is good PEM");
    (exim, trust)
}

fn to(recipients: &[&str]) -> Envelope {
    Envelope {
        from: "lena@waxwing.test".to_owned(),
        to: recipients
            .iter()
            .map(|recipient| (*recipient).to_owned())
            .collect(),
    }
}

/// Waits for `count` letters to somebody and gives them whole, with the line ends of this system.
async fn arrived(exim: &Exim, person: &str, count: usize) -> Vec<String> {
    for _ in 0..150 {
        let letters = exim.letters(person);
        if letters.len() >= count {
            let text = |raw: Vec<u8>| String::from_utf8_lossy(&raw).replace("\r\n", "\n");
            return letters.into_iter().map(text).collect();
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{count} letters to {person} did not arrive: {}", exim.log());
}

#[tokio::test]
async fn letters_arrive_unchanged_by_both_doors() {
    let (exim, trust) = start();
    let short = "Subject: dots\r\n\r\n.\r\n..\r\n.hidden\r\nGrüße\r\n".to_owned();
    let long = format!("{short}{}", ".a long line\r\n".repeat(10_000));
    let doors = [
        (exim.submissions(), Security::Tls),
        (exim.submission(), Security::StartTls),
    ];
    for (port, security) in doors {
        let mut session = Session::open(&settings(port, security), &lena(), &trust)
            .await
            .expect("lena is let in");
        // Over one connection.
        for letter in [&short, &long, &short] {
            session
                .send(
                    &to(&["jonas@waxwing.test"]),
                    &letter.as_bytes(),
                    &Wishes::default(),
                    &mut |_| {},
                )
                .await
                .expect("it was taken");
        }
        session.leave().await;
    }
    let bodies: Vec<String> = arrived(&exim, "jonas", 6)
        .await
        .iter()
        .map(|letter| {
            letter
                .split_once("\n\n")
                .expect("a header and a body")
                .1
                .to_owned()
        })
        .collect();
    let body_of = |letter: &str| {
        letter
            .replace("\r\n", "\n")
            .split_once("\n\n")
            .unwrap()
            .1
            .to_owned()
    };
    let count = |letter: &str| bodies.iter().filter(|body| **body == body_of(letter)).count();
    assert_eq!((count(&short), count(&long)), (4, 2), "byte for byte");
}

#[tokio::test]
async fn a_letter_with_a_letter_hidden_in_it_stays_one_letter() {
    let (exim, trust) = start();
    let settings = settings(exim.submissions(), Security::Tls);
    // Behind DATA too: this is more than goes in one piece.
    for filling in ["", &"filling\r\n".repeat(9_000)] {
        for end in ["\n.\n", "\r.\r", "\n.\r\n", "\r\n.\n", "\r\n.\r\n"] {
            let letter = format!(
                "Subject: outer\r\n\r\n{filling}hello{end}MAIL FROM:<lena@waxwing.test>\r\nRCPT TO:<amara@waxwing.test>\r\n\
                 DATA\r\nSubject: hidden\r\n\r\nx{end}QUIT\r\n"
            );
            send(
                &settings,
                &lena(),
                &trust,
                &to(&["jonas@waxwing.test"]),
                letter.as_bytes(),
            )
            .await
            .unwrap_or_else(|error| panic!("{end:?}: {error}"));
        }
    }
    assert_eq!(arrived(&exim, "jonas", 10).await.len(), 10);
    assert_eq!(exim.letters("amara").len(), 0, "no second letter was made");
}

#[tokio::test]
async fn who_is_refused_is_named_the_others_get_it_and_reports_come() {
    let (exim, trust) = start();
    let mut session = Session::open(&settings(exim.submissions(), Security::Tls), &lena(), &trust)
        .await
        .expect("lena is let in");
    let wishes = Wishes {
        notices: Some("4711@waxwing.test".to_owned()),
        ..Wishes::default()
    };
    let letter = b"Message-ID: <4711@waxwing.test>\r\nSubject: Who gets it?\r\n\r\nhello\r\n";
    let everyone = to(&["nobody@waxwing.test", "jonas@waxwing.test"]);
    let receipt = session
        .send(&everyone, letter, &wishes, &mut |_| {})
        .await
        .expect("jonas gets it");
    let refused: Vec<&str> = receipt.refused.iter().map(|(who, _)| who.as_str()).collect();
    assert_eq!(refused, ["nobody@waxwing.test"], "{receipt:?}");
    assert!(!receipt.without_notices, "it makes reports");
    let none = session
        .send(&to(&["nobody@waxwing.test"]), letter, &wishes, &mut |_| {})
        .await;
    assert!(
        matches!(&none, Err(SendError::Rejected { permanent: true, recipients, .. }) if recipients.len() == 1),
        "{none:?}"
    );
    session.leave().await;
    arrived(&exim, "jonas", 1).await;
    let report = arrived(&exim, "lena", 1).await.concat().to_lowercase();
    assert!(
        report.contains("message/delivery-status")
            && report.contains("original-envelope-id: 4711@waxwing.test"),
        "{report}"
    );
}

#[tokio::test]
async fn a_password_is_taken_in_both_ways_and_a_wrong_one_is_told() {
    let (exim, trust) = start();
    for method in [
        Authentication::Plain,
        Authentication::CramMd5,
        Authentication::Auto,
    ] {
        let mut server = settings(exim.submissions(), Security::Tls);
        server.authentication = method;
        check(&server, &lena(), &trust)
            .await
            .unwrap_or_else(|error| panic!("{method:?}: {error}"));
    }
    let wrong = waxwing_remote::Credentials {
        username: "lena@waxwing.test".to_owned(),
        password: "wrong".into(),
    };
    let refused = check(&settings(exim.submissions(), Security::Tls), &wrong, &trust).await;
    assert!(
        matches!(refused, Err(RemoteError::AuthenticationFailed { .. })),
        "{refused:?}"
    );
}
