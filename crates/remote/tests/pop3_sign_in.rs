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
use waxwing_remote::{RemoteError, Secret, Trust, pop3::Session};
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

#[tokio::test]
async fn a_token_that_is_not_taken_is_told_in_words_and_not_as_a_wrong_password() {
    let certificates = Certificates::new();
    let (trust, pair) = (trusting(&certificates), certificates.good());
    // {"status":"401","schemes":"bearer","scope":"https://mail.example/"}
    let json = "eyJzdGF0dXMiOiI0MDEiLCJzY2hlbWVzIjoiYmVhcmVyIiwic2NvcGUiOiJodHRwczovL21haWwuZXhhbXBsZS8ifQ==";
    for (authentication, command, farewell) in [
        (
            Authentication::XOAuth2,
            "AUTH XOAUTH2 dXNlcj1sZW5hAWF1dGg9QmVhcmVyIHRva2VuAQE=",
            "",
        ),
        (
            Authentication::OAuthBearer,
            "AUTH OAUTHBEARER bixhPWxlbmEsAWF1dGg9QmVhcmVyIHRva2VuAQE=",
            "AQ==",
        ),
    ] {
        let pair = pair.clone();
        let peer = Peer::once(move |talk| {
            talk.encrypt(&pair);
            talk.say("+OK\r\n");
            talk.answer("CAPA", "+OK\r\nUSER\r\nSASL PLAIN XOAUTH2 OAUTHBEARER\r\n.\r\n");
            talk.answer(command, format!("+ {json}\r\n"));
            talk.answer(farewell, "-ERR [AUTH] no\r\n");
            assert_eq!(talk.hear(), None, "the token is shown once");
        });
        let mut settings = peer.settings(Security::Tls);
        settings.authentication = authentication;
        let mut credentials = lena();
        credentials.password = Secret::AccessToken("token".into());
        let error = Session::connect(&settings, &credentials, &trust)
            .await
            .expect_err("it has expired");
        let RemoteError::TokenRefused { reason } = &error else {
            panic!("{error}")
        };
        assert!(
            reason.contains("expired") && reason.contains("https://mail.example/"),
            "{reason}"
        );
        peer.finish();
    }
}

#[tokio::test]
async fn a_server_that_repeats_the_password_does_not_bring_it_into_an_error() {
    let peer = Peer::once(|talk| {
        talk.say("+OK\r\n");
        talk.answer("CAPA", "+OK\r\nUSER\r\n.\r\n");
        talk.answer("USER lena", "+OK\r\n");
        talk.answer("PASS correct horse", "-ERR bad command: PASS correct horse\r\n");
    });
    let error = Session::connect(&peer.settings(Security::Plain), &lena(), &Trust::system())
        .await
        .expect_err("refused");
    let words = format!("{error} {error:?} {:?}", error.trouble());
    assert!(!words.contains("horse"), "{words}");
    peer.finish();
}
