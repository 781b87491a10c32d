//! Signing in to POP3 servers that follow a script: encryption first, and each way of saying who one is.
//!
//! Not here: letters.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    reason = "a test stops where it fails"
)]

mod peer;

use peer::{Peer, lena, trusting};
use waxwing_model::{Authentication, Security};
use waxwing_remote::{RemoteError, Trust, pop3::Session};
use waxwing_testkit::Certificates;

#[tokio::test]
async fn a_line_break_in_a_password_is_not_a_command() {
    let peer = Peer::once(|talk| {
        talk.say("+OK\r\n");
        talk.answer("CAPA", "+OK\r\nUSER\r\n.\r\n");
        talk.answer("USER lena", "+OK\r\n");
        assert_eq!(talk.hear(), None, "neither PASS nor DELE is said");
    });
    let mut credentials = lena();
    credentials.password = "x\r\nDELE 1".into();
    let result = Session::connect(&peer.settings(Security::Plain), &credentials, &Trust::system()).await;
    assert!(matches!(result, Err(RemoteError::Refused { .. })), "{result:?}");
    peer.finish();
}

#[tokio::test]
async fn a_long_password_is_sent_behind_a_challenge() {
    let peer = Peer::once(|talk| {
        talk.say("+OK\r\n");
        talk.answer("CAPA", "+OK\r\nSASL PLAIN\r\n.\r\n");
        talk.answer("AUTH PLAIN", "+ \r\n");
        assert!(talk.hear().expect("the message").len() > 300);
        talk.say("+OK\r\n");
        talk.answer("CAPA", "+OK\r\n.\r\n");
    });
    let mut credentials = lena();
    credentials.password = "x".repeat(300).into();
    Session::connect(&peer.settings(Security::Plain), &credentials, &Trust::system())
        .await
        .expect("lena is in");
    peer.finish();
}

#[tokio::test]
async fn login_is_used_when_nothing_else_is_offered_and_its_refusal_is_read() {
    let peer = Peer::once(|talk| {
        talk.say("+OK\r\n");
        talk.answer("CAPA", "+OK\r\nSASL LOGIN\r\n.\r\n");
        talk.answer("AUTH LOGIN", "+ VXNlcm5hbWU6\r\n");
        talk.answer("bGVuYQ==", "+ UGFzc3dvcmQ6\r\n");
        talk.answer("Y29ycmVjdCBob3JzZQ==", "-ERR no\r\n");
    });
    let mut settings = peer.settings(Security::Plain);
    settings.authentication = Authentication::Login;
    let error = Session::connect(&settings, &lena(), &Trust::system())
        .await
        .expect_err("refused");
    assert!(
        matches!(error, RemoteError::AuthenticationFailed { .. }),
        "{error}"
    );
    peer.finish();
}

#[tokio::test]
async fn stls_comes_first_and_what_was_heard_before_it_is_forgotten() {
    let certificates = Certificates::new();
    let (trust, pair) = (trusting(&certificates), certificates.good());
    let peer = Peer::once(move |talk| {
        talk.say("+OK in clear\r\n");
        talk.answer("STLS", "+OK\r\n");
        talk.encrypt(&pair);
        talk.answer("CAPA", "+OK\r\nUSER\r\n.\r\n");
        talk.answer("USER lena", "+OK\r\n");
        talk.answer("PASS correct horse", "+OK\r\n");
        talk.answer("CAPA", "+OK\r\nUSER\r\n.\r\n");
        talk.answer("QUIT", "+OK\r\n");
    });
    let session = Session::connect(&peer.settings(Security::StartTls), &lena(), &trust)
        .await
        .expect("in");
    session.quit().await.expect("a farewell");
    peer.finish();
}

#[tokio::test]
async fn nothing_is_said_in_clear_when_stls_is_refused_or_tampered_with() {
    let certificates = Certificates::new();
    let trust = trusting(&certificates);
    for answer in ["-ERR not here\r\n", "250 odd\r\n", "+OK\r\n+OK slipped in\r\n"] {
        let peer = Peer::once(move |talk| {
            talk.say("+OK\r\n");
            talk.answer("STLS", answer);
            talk.listen();
        });
        let result = Session::connect(&peer.settings(Security::StartTls), &lena(), &trust).await;
        assert!(
            matches!(result, Err(RemoteError::TlsRefused { .. })),
            "{answer:?} gave {result:?}"
        );
        assert_eq!(peer.finish(), ["STLS"], "neither name nor password has left");
    }
}

#[tokio::test]
async fn a_bad_certificate_ends_it_before_a_word_is_said() {
    let certificates = Certificates::new();
    let trust = trusting(&certificates);
    for pair in [
        certificates.expired(),
        certificates.wrong_host(),
        certificates.self_signed(),
    ] {
        let peer = Peer::once(move |talk| {
            talk.encrypt(&pair);
            talk.say("+OK\r\n");
            talk.listen();
        });
        let result = Session::connect(&peer.settings(Security::Tls), &lena(), &trust).await;
        assert!(
            matches!(result, Err(RemoteError::Certificate { .. })),
            "{result:?}"
        );
        assert!(peer.finish().is_empty(), "nothing was said");
    }
}
