//! SMTP through a real Postfix into a real Dovecot: what is sent arrives, whole and once, and what is refused says so.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    reason = "a test stops where it fails"
)]

mod peer;

use std::time::Duration;

use peer::{lena_of_the_stage as lena, settings, trusting};
use waxwing_model::{Authentication, Envelope, Security, ServerSettings};
use waxwing_remote::{
    RemoteError, Trust,
    discover::{Ports, Probing, Surroundings, Wishes, discover},
    smtp::{SendError, check, send},
};
use waxwing_testkit::{Certificates, DovecotOptions, PostfixOptions, Stage};

fn start(postfix: PostfixOptions) -> (Stage, Trust) {
    let stage = Stage::start_with(&DovecotOptions::default(), &postfix).expect("Postfix and Dovecot start");
    let trust = Trust::with_extra_ca(stage.ca_pem()).expect("the authority is good PEM");
    (stage, trust)
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

/// Waits for `count` letters to somebody and gives what stands behind their headers.
async fn arrived(stage: &Stage, person: &str, count: usize) -> Vec<String> {
    for _ in 0..150 {
        let letters = stage.dovecot.letters(person, "INBOX").expect("a maildir");
        if letters.len() >= count {
            let body = |letter: Vec<u8>| {
                let text = String::from_utf8_lossy(&letter).replace("\r\n", "\n");
                text.split_once("\n\n").expect("a header and a body").1.to_owned()
            };
            return letters.into_iter().map(body).collect();
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!(
        "{count} letters to {person} did not arrive: {}",
        stage.postfix.log()
    );
}

#[tokio::test]
async fn a_letter_arrives_unchanged_whatever_the_encryption() {
    let (stage, trust) = start(PostfixOptions::default());
    let doors = [
        (stage.postfix.submissions(), Security::Tls),
        (stage.postfix.submission(), Security::StartTls),
    ];
    let letter = "Subject: dots\r\n\r\n.\r\n..\r\n.hidden\r\nGrüße\r\n\r\n.\r\nend\r\n";
    for (port, security) in doors {
        let settings = settings(port, security);
        let receipt = send(
            &settings,
            &lena(),
            &trust,
            &to(&["jonas@waxwing.test"]),
            letter.as_bytes(),
        )
        .await
        .unwrap_or_else(|error| panic!("{security:?}: {error}"));
        assert!(receipt.reply.contains("queued"), "{}", receipt.reply);
    }
    for body in arrived(&stage, "jonas", 2).await {
        assert_eq!(body.trim_end(), ".\n..\n.hidden\nGrüße\n\n.\nend");
    }
    let log = stage.postfix.log();
    assert!(
        log.contains("sasl_method=SCRAM-SHA-256"),
        "the password was proven and not said: {log}"
    );
}

#[tokio::test]
async fn a_letter_with_a_letter_hidden_in_it_stays_one_letter() {
    let (stage, trust) = start(PostfixOptions::default());
    let settings = settings(stage.postfix.submissions(), Security::Tls);
    for end in [
        "\n.\n",
        "\r.\r",
        "\n.\r\n",
        "\r\n.\n",
        "\r\n.\r",
        "\r\n.\r\n",
        "\r.\r\n",
    ] {
        let hidden =
            "MAIL FROM:<lena@waxwing.test>\r\nRCPT TO:<amara@waxwing.test>\r\nDATA\r\nSubject: hidden\r\n";
        let letter = format!("Subject: outer\r\n\r\nhello{end}{hidden}\r\nx{end}QUIT\r\n");
        let sent = send(
            &settings,
            &lena(),
            &trust,
            &to(&["jonas@waxwing.test"]),
            letter.as_bytes(),
        )
        .await;
        sent.unwrap_or_else(|error| panic!("{end:?}: {error}"));
    }
    for body in arrived(&stage, "jonas", 7).await {
        assert!(
            body.contains("MAIL FROM:<lena@waxwing.test>"),
            "what was hidden is text: {body}"
        );
    }
    let letter = b"Subject: open\r\n\r\nto amara herself\r\n";
    send(&settings, &lena(), &trust, &to(&["amara@waxwing.test"]), letter)
        .await
        .expect("a true letter");
    let bodies = arrived(&stage, "amara", 1).await;
    assert_eq!(
        bodies,
        ["to amara herself\n"],
        "no second letter was made of what was hidden"
    );
}

#[tokio::test]
async fn who_is_refused_is_named_and_the_others_get_it() {
    let (stage, trust) = start(PostfixOptions::default());
    let settings = settings(stage.postfix.submission(), Security::StartTls);
    let letter = b"Subject: all\r\n\r\nhello\r\n";
    let everyone = to(&["nobody@waxwing.test", "jonas@waxwing.test", "amara@waxwing.test"]);
    let receipt = send(&settings, &lena(), &trust, &everyone, letter)
        .await
        .expect("two get it");
    assert_eq!(receipt.refused.len(), 1);
    assert_eq!(receipt.refused[0].0, "nobody@waxwing.test");
    assert!(
        receipt.refused[0].1.starts_with("550"),
        "{}",
        receipt.refused[0].1
    );
    arrived(&stage, "jonas", 1).await;
    arrived(&stage, "amara", 1).await;
    let result = send(&settings, &lena(), &trust, &to(&["nobody@waxwing.test"]), letter).await;
    assert!(
        matches!(result, Err(SendError::Rejected { permanent: true, .. })),
        "{result:?}"
    );
}

#[tokio::test]
async fn a_letter_to_more_people_than_one_round_trip_holds_reaches_them_all() {
    // Postfix slows down and then hangs up on a client that names too many people who do not exist.
    let patient = "smtpd_soft_error_limit = 1000\nsmtpd_hard_error_limit = 1000\n".to_owned();
    let (stage, trust) = start(PostfixOptions {
        recipients: 1_000,
        extra: patient,
        ..Default::default()
    });
    let settings = settings(stage.postfix.submissions(), Security::Tls);
    let mut everyone: Vec<String> = (0..250)
        .map(|number| format!("nobody{number}@waxwing.test"))
        .collect();
    everyone.push("jonas@waxwing.test".to_owned());
    let envelope = Envelope {
        from: "lena@waxwing.test".to_owned(),
        to: everyone,
    };
    let receipt = send(
        &settings,
        &lena(),
        &trust,
        &envelope,
        b"Subject: many\r\n\r\nx\r\n",
    )
    .await;
    assert_eq!(
        receipt.expect("jonas gets it").refused.len(),
        250,
        "each of the others is named"
    );
    arrived(&stage, "jonas", 1).await;
}

#[tokio::test]
async fn a_letter_that_is_too_large_is_not_even_begun() {
    let (stage, trust) = start(PostfixOptions {
        size: 100_000,
        ..Default::default()
    });
    let settings = settings(stage.postfix.submissions(), Security::Tls);
    let mut letter = b"Subject: large\r\n\r\n".to_vec();
    letter.resize(200_000, b'x');
    let result = send(&settings, &lena(), &trust, &to(&["jonas@waxwing.test"]), &letter).await;
    let Err(SendError::Rejected {
        reply,
        permanent: true,
        ..
    }) = result
    else {
        panic!("{result:?}")
    };
    assert!(
        reply.contains("0.2 MB") && reply.contains("0.1 MB"),
        "both sizes are named: {reply}"
    );
}

#[tokio::test]
async fn each_failure_of_signing_in_has_its_own_error() {
    let (stage, trust) = start(PostfixOptions::default());
    let tls = settings(stage.postfix.submissions(), Security::Tls);
    for authentication in [
        Authentication::Plain,
        Authentication::Login,
        Authentication::CramMd5,
        Authentication::ScramSha256,
    ] {
        let settings = ServerSettings {
            authentication,
            ..tls.clone()
        };
        check(&settings, &lena(), &trust)
            .await
            .unwrap_or_else(|error| panic!("{authentication:?}: {error}"));
    }
    let mut wrong = lena();
    wrong.password = "correct cow".into();
    let error = check(&tls, &wrong, &trust).await.expect_err("wrong");
    assert!(
        matches!(error, RemoteError::AuthenticationFailed { .. }),
        "{error}"
    );
    let plain = settings(stage.postfix.submission(), Security::Plain);
    let error = check(&plain, &lena(), &trust)
        .await
        .expect_err("nothing is offered in clear");
    assert!(matches!(error, RemoteError::MethodRefused { .. }), "{error}");
    let error = check(&tls, &lena(), &trusting(&Certificates::new()))
        .await
        .expect_err("a stranger's certificate");
    assert!(matches!(error, RemoteError::Certificate { .. }), "{error}");
    let unsigned = send(
        &tls,
        None,
        &trust,
        &to(&["jonas@waxwing.test"]),
        b"Subject: x\r\n\r\nx\r\n",
    )
    .await;
    assert!(
        matches!(unsigned, Err(SendError::Rejected { .. })),
        "nobody sends unknown: {unsigned:?}"
    );
}

#[tokio::test]
async fn without_starttls_nothing_is_sent() {
    let (stage, trust) = start(PostfixOptions {
        starttls: false,
        ..Default::default()
    });
    let settings = settings(stage.postfix.submission(), Security::StartTls);
    let error = check(&settings, &lena(), &trust)
        .await
        .expect_err("it is not offered");
    assert!(matches!(error, RemoteError::TlsRefused { .. }), "{error}");
}

#[tokio::test]
async fn a_stage_is_found_by_probing_its_ports() {
    let (stage, trust) = start(PostfixOptions::default());
    let probing = Probing {
        hosts: vec!["localhost".to_owned()],
        ports: Ports {
            imap: vec![
                (stage.dovecot.imaps(), Security::Tls),
                (stage.dovecot.imap(), Security::StartTls),
            ],
            pop3: vec![(stage.dovecot.pop3(), Security::StartTls)],
            smtp: vec![
                (1, Security::Tls),
                (stage.postfix.submission(), Security::StartTls),
            ],
        },
    };
    let at = Surroundings::probing_only(trust, probing);
    let found = discover("lena@waxwing.test", &at, &Wishes::default())
        .await
        .expect("an address");
    let [imap, pop3, smtp] = [found.imap, found.pop3, found.smtp]
        .map(|one| one.map(|one| (one.port, one.security, one.certificate_valid)));
    assert_eq!(imap, Some((stage.dovecot.imaps(), Security::Tls, true)));
    assert_eq!(pop3, Some((stage.dovecot.pop3(), Security::StartTls, true)));
    assert_eq!(smtp, Some((stage.postfix.submission(), Security::StartTls, true)));
}
