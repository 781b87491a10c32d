//! Who gets in over IMAP, and to whom we speak at all: encryption, certificates and sign-ins, against a real
//! Dovecot.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where it fails"
)]

mod peer;

use std::sync::Arc;

use peer::{Peer, lena_of_the_stage as lena, settings, trusting};
use waxwing_model::{Authentication, Security, TroubleKind};
use waxwing_remote::imap::Session;
use waxwing_remote::{CertificateProblem, Credentials, RemoteError, Trust};
use waxwing_testkit::{CertificateKind, Certificates, Dovecot, DovecotOptions};

fn start(options: DovecotOptions) -> Dovecot {
    Dovecot::start(&options).expect("Dovecot is installed and starts")
}

#[tokio::test]
async fn both_kinds_of_encryption_and_each_method_lead_in() {
    let dovecot = start(DovecotOptions::default());
    let trust = Trust::with_extra_ca(dovecot.ca_pem()).unwrap();
    for (port, security) in [
        (dovecot.imaps(), Security::Tls),
        (dovecot.imap(), Security::StartTls),
    ] {
        for authentication in [
            Authentication::Auto,
            Authentication::Plain,
            Authentication::Login,
            Authentication::CramMd5,
        ] {
            let mut settings = settings(port, security);
            settings.authentication = authentication;
            let session = Session::connect(&settings, &lena(), &trust).await;
            let session = session.unwrap_or_else(|error| panic!("{security:?}, {authentication:?}: {error}"));
            assert!(session.capabilities().idle, "what the server can do is known");
            session.logout().await;
        }
    }
}

#[tokio::test]
async fn four_mistakes_have_four_sentences() {
    let dovecot = start(DovecotOptions {
        mechanisms: "plain".into(),
        ..DovecotOptions::default()
    });
    let trust = Trust::with_extra_ca(dovecot.ca_pem()).unwrap();
    let tls = settings(dovecot.imaps(), Security::Tls);
    let wrong = Credentials {
        username: lena().username,
        password: "wrong horse".into(),
    };
    let mut nobody = tls.clone();
    nobody.port = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap().port()
    };
    let mut cram = tls.clone();
    cram.authentication = Authentication::CramMd5;
    let outcomes = [
        (
            Session::connect(&tls, &wrong, &trust).await,
            TroubleKind::WrongPassword,
        ),
        (
            Session::connect(&tls, &lena(), &Trust::system()).await,
            TroubleKind::BadCertificate,
        ),
        (
            Session::connect(&nobody, &lena(), &trust).await,
            TroubleKind::Unreachable,
        ),
        (
            Session::connect(&cram, &lena(), &trust).await,
            TroubleKind::MethodRefused,
        ),
    ];
    let mut sentences = Vec::new();
    for (outcome, kind) in outcomes {
        let error = outcome.expect_err("a mistake leads nowhere");
        assert_eq!(error.kind(), kind, "{error}");
        assert!(
            !format!("{error:?}").contains("horse"),
            "{error:?} holds no password"
        );
        sentences.push(error.trouble().sentence);
    }
    sentences.dedup();
    assert_eq!(sentences.len(), 4, "{sentences:?}");
}

#[tokio::test]
async fn each_bad_certificate_is_named_and_no_password_is_sent() {
    let certificates = Arc::new(Certificates::new());
    let trust = trusting(&certificates);
    for (kind, check) in [
        (
            CertificateKind::Expired,
            (|p| *p == CertificateProblem::Expired) as fn(&CertificateProblem) -> bool,
        ),
        (
            CertificateKind::WrongHost,
            |p| matches!(p, CertificateProblem::WrongHost { presented } if !presented.is_empty()),
        ),
        (CertificateKind::SelfSigned, |p| {
            *p == CertificateProblem::SelfSigned
        }),
    ] {
        let dovecot = start(DovecotOptions {
            certificate: kind,
            certificates: Some(certificates.clone()),
            ..DovecotOptions::default()
        });
        for (port, security) in [
            (dovecot.imaps(), Security::Tls),
            (dovecot.imap(), Security::StartTls),
        ] {
            let error = Session::connect(&settings(port, security), &lena(), &trust)
                .await
                .expect_err("it is bad");
            let RemoteError::Certificate { problem, .. } = &error else {
                panic!("{kind:?}: {error:?}")
            };
            assert!(
                check(problem),
                "{kind:?} over {security:?} is told as {problem:?}"
            );
        }
        assert!(!dovecot.log().contains("Login:"), "nobody has signed in");
    }
    let dovecot = start(DovecotOptions {
        certificates: Some(certificates),
        ..DovecotOptions::default()
    });
    let stranger = trusting(&Certificates::new());
    let error = Session::connect(&settings(dovecot.imaps(), Security::Tls), &lena(), &stranger).await;
    assert!(
        matches!(
            &error,
            Err(RemoteError::Certificate {
                problem: CertificateProblem::UnknownIssuer,
                ..
            })
        ),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_server_without_starttls_gets_no_password() {
    let dovecot = start(DovecotOptions {
        tls: false,
        plaintext_auth: true,
        ..DovecotOptions::default()
    });
    let trust = Trust::system();
    let error = Session::connect(&settings(dovecot.imap(), Security::StartTls), &lena(), &trust).await;
    assert!(matches!(error, Err(RemoteError::TlsRefused { .. })), "{error:?}");
    let error = Session::connect(&settings(dovecot.imap(), Security::Tls), &lena(), &trust).await;
    assert!(
        matches!(error, Err(RemoteError::WrongPort { .. })),
        "a plain port speaks no TLS: {error:?}"
    );
    assert!(!dovecot.log().contains("Login:"), "nobody has signed in");
    let session = Session::connect(&settings(dovecot.imap(), Security::Plain), &lena(), &trust).await;
    session
        .expect("without encryption, since it was chosen")
        .logout()
        .await;
}

#[tokio::test]
async fn a_server_that_wants_encryption_first_is_obeyed() {
    // Dovecot takes its own address for a safe one, so the client comes from another.
    let dovecot = start(DovecotOptions {
        listen: "127.0.0.2".parse().unwrap(),
        mechanisms: "plain login".into(),
        ..DovecotOptions::default()
    });
    let mut settings = settings(dovecot.imap(), Security::Plain);
    settings.host = "127.0.0.2".into();
    let error = Session::connect(&settings, &lena(), &Trust::system())
        .await
        .expect_err("LOGINDISABLED is obeyed");
    assert!(matches!(error, RemoteError::MethodRefused { .. }), "{error:?}");
    assert!(
        !dovecot.log().contains("user=<lena"),
        "the password was not tried: {}",
        dovecot.log()
    );
}

#[tokio::test]
async fn where_both_can_compress_they_do_and_every_byte_comes() {
    let dovecot = start(DovecotOptions {
        extra: "protocol imap {\n  mail_plugins = $mail_plugins imap_zlib\n}\n".into(),
        ..DovecotOptions::default()
    });
    let raw = [
        b"Subject: large\r\n\r\n".as_slice(),
        &b"0123456789abcde\r\n".repeat(100_000),
    ]
    .concat();
    let trust = Trust::with_extra_ca(dovecot.ca_pem()).unwrap();
    let tls = settings(dovecot.imaps(), Security::Tls);
    let mut session = Session::connect(&tls, &lena(), &trust).await.unwrap();
    assert!(session.is_compressed(), "{:?}", session.capabilities());
    // Both ways: the letter goes up as a literal, and comes down as one.
    let none = waxwing_model::Keywords::none();
    session.append("INBOX", &none, None, &raw).await.unwrap();
    let selected = session.select("INBOX").await.unwrap();
    let (uid, body) = (selected.uid_next - 1, selected.exists);
    assert_eq!(body, 1, "it arrived");
    let came = session.fetch_body(uid).await.unwrap().expect("it is there");
    assert!(came == raw, "{} of {} bytes", came.len(), raw.len());
    session.logout().await;
}

#[tokio::test]
async fn what_was_told_in_clear_does_not_count_behind_starttls() {
    let certificates = Certificates::new();
    let (trust, pair) = (trusting(&certificates), certificates.good());
    let peer = Peer::once(move |talk| {
        let answer = |talk: &mut peer::Talk, command: &str, data: &str, done: &str| {
            let line = talk.hear().expect("a command");
            let (tag, rest) = line.split_once(' ').expect("a tag");
            assert_eq!(rest, command);
            talk.say(format!("{data}{tag} {done}\r\n"));
        };
        talk.say("* OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED AUTH=CRAM-MD5 MOVE] in clear\r\n");
        answer(
            talk,
            "STARTTLS",
            "* 7 EXISTS\r\n* OK [ALERT] pay here\r\n",
            "OK go ahead",
        );
        talk.encrypt(&pair);
        answer(
            talk,
            "CAPABILITY",
            "* CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN\r\n",
            "OK done",
        );
        let plain = "AUTHENTICATE PLAIN AGxlbmEAY29ycmVjdCBob3JzZQ==";
        answer(talk, plain, "", "OK [CAPABILITY IMAP4rev1 IDLE] in");
        answer(talk, "LOGOUT", "* BYE until then\r\n", "OK done");
    });
    let session = Session::connect(&peer.settings(Security::StartTls), &peer::lena(), &trust)
        .await
        .expect("in");
    assert!(!session.has_news(), "nobody told of a mailbox behind TLS");
    assert!(session.capabilities().idle && !session.capabilities().r#move);
    session.logout().await;
    peer.finish();
}
