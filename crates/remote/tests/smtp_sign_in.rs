//! Signing in to SMTP servers that follow a script: encryption first, one password once, and what each refusal means.
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
use waxwing_model::{Authentication, Envelope, Security};
use waxwing_remote::{
    RemoteError, Secret, Trust,
    smtp::{SendError, check, send},
};
use waxwing_testkit::Certificates;

const PLAIN_LENA: &str = "AUTH PLAIN AGxlbmEAY29ycmVjdCBob3JzZQ==";

#[tokio::test]
async fn a_wrong_password_a_missing_method_and_a_busy_server_are_three_things() {
    let checking = |greeting: &'static str, answer: &'static str| async move {
        let peer = Peer::once(move |talk| {
            talk.say(greeting);
            if greeting.starts_with("220") {
                talk.answer("EHLO [127.0.0.1]", "250-mail\r\n250 AUTH PLAIN\r\n");
                talk.answer(PLAIN_LENA, answer);
                assert_eq!(talk.hear(), None, "the password is tried once");
            }
        });
        let result = check(&peer.settings(Security::Plain), &lena(), &Trust::system()).await;
        peer.finish();
        result.expect_err("nobody is let in")
    };
    let error = checking("220 hi\r\n", "535 5.7.8 no\r\n").await;
    assert!(
        matches!(error, RemoteError::AuthenticationFailed { .. }),
        "{error}"
    );
    let error = checking("220 hi\r\n", "454 4.7.0 later\r\n").await;
    assert!(matches!(error, RemoteError::Temporary { .. }), "{error}");
    let error = checking("220 hi\r\n", "534 5.7.9 too weak\r\n").await;
    assert!(matches!(error, RemoteError::MethodRefused { .. }), "{error}");
    let error = checking("220 hi\r\n", "530 5.7.0 STARTTLS first\r\n").await;
    assert!(matches!(error, RemoteError::TlsRefused { .. }), "{error}");
    let error = checking("421 too busy\r\n", "").await;
    assert!(matches!(error, RemoteError::Temporary { .. }), "{error}");
    let error = checking("554 go away\r\n", "").await;
    assert!(matches!(error, RemoteError::Refused { .. }), "{error}");
    let error = checking("+OK POP3\r\n", "").await;
    assert!(matches!(error, RemoteError::Protocol { .. }), "{error}");
}

#[tokio::test]
async fn login_is_said_in_two_answers_and_a_relay_without_sign_in_hears_none() {
    let peer = Peer::once(|talk| {
        talk.say("220 hi\r\n");
        talk.answer("EHLO [127.0.0.1]", "250-mail\r\n250 AUTH=LOGIN\r\n");
        talk.answer("AUTH LOGIN", "334 VXNlcm5hbWU6\r\n");
        talk.answer("bGVuYQ==", "334 UGFzc3dvcmQ6\r\n");
        talk.answer("Y29ycmVjdCBob3JzZQ==", "235 ok\r\n");
        talk.answer("NOOP", "250 ok\r\n");
        talk.answer("QUIT", "221 bye\r\n");
    });
    check(&peer.settings(Security::Plain), &lena(), &Trust::system())
        .await
        .expect("lena is let in");
    peer.finish();
    let relay = Peer::once(|talk| {
        talk.say("220 hi\r\n");
        talk.answer("EHLO [127.0.0.1]", "502 what?\r\n");
        talk.answer("HELO [127.0.0.1]", "250 mail\r\n");
        talk.answer("NOOP", "250 ok\r\n");
        talk.answer("QUIT", "221 bye\r\n");
    });
    let mut settings = relay.settings(Security::Plain);
    settings.authentication = Authentication::None;
    check(&settings, &lena(), &Trust::system())
        .await
        .expect("nobody asks who it is");
    relay.finish();
}

#[tokio::test]
async fn nothing_is_said_in_clear_when_starttls_is_missing_refused_or_tampered_with() {
    let certificates = Certificates::new();
    let trust = trusting(&certificates);
    for (features, answer) in [
        ("250 AUTH PLAIN\r\n", None),
        ("250-AUTH PLAIN\r\n250 STARTTLS\r\n", Some("454 not now\r\n")),
        (
            "250 STARTTLS\r\n",
            Some("220 go\r\n250-mail\r\n250 AUTH PLAIN\r\n"),
        ),
    ] {
        let peer = Peer::once(move |talk| {
            talk.say("220 hi\r\n");
            talk.answer("EHLO [127.0.0.1]", format!("250-mail\r\n{features}"));
            if let Some(answer) = answer {
                talk.answer("STARTTLS", answer);
            }
            talk.listen();
        });
        let envelope = Envelope {
            from: "lena@waxwing.test".into(),
            to: vec!["jonas@waxwing.test".into()],
        };
        let result = send(
            &peer.settings(Security::StartTls),
            &lena(),
            &trust,
            &envelope,
            b"Subject: x\r\n\r\nx\r\n",
        )
        .await;
        assert!(
            matches!(result, Err(SendError::NotSent(RemoteError::TlsRefused { .. }))),
            "{features:?} and {answer:?} gave {result:?}"
        );
        assert!(
            peer.finish()
                .iter()
                .all(|line| !line.starts_with("AUTH") && !line.starts_with("MAIL"))
        );
    }
}

#[tokio::test]
async fn what_was_offered_in_clear_does_not_count_behind_starttls() {
    let certificates = Certificates::new();
    let (trust, pair) = (trusting(&certificates), certificates.good());
    let peer = Peer::once(move |talk| {
        talk.say("220 hi\r\n");
        talk.answer(
            "EHLO [127.0.0.1]",
            "250-mail\r\n250-AUTH LOGIN\r\n250 STARTTLS\r\n",
        );
        talk.answer("STARTTLS", "220 go\r\n");
        talk.encrypt(&pair);
        talk.answer("EHLO [127.0.0.1]", "250-mail\r\n250 AUTH PLAIN\r\n");
        talk.answer(PLAIN_LENA, "235 ok\r\n");
        talk.answer("NOOP", "250 ok\r\n");
        talk.answer("QUIT", "221 bye\r\n");
    });
    check(&peer.settings(Security::StartTls), &lena(), &trust)
        .await
        .expect("lena is let in");
    peer.finish();
}

#[tokio::test]
async fn without_encryption_a_proof_is_preferred_to_the_password() {
    let peer = Peer::once(|talk| {
        talk.say("220 hi\r\n");
        talk.answer(
            "EHLO [127.0.0.1]",
            "250-mail\r\n250 AUTH PLAIN LOGIN CRAM-MD5\r\n",
        );
        talk.answer("AUTH CRAM-MD5", "334 PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2U+\r\n");
        talk.hear();
        talk.say("535 5.7.8 no\r\n");
    });
    let result = check(&peer.settings(Security::Plain), &lena(), &Trust::system()).await;
    assert!(
        matches!(result, Err(RemoteError::AuthenticationFailed { .. })),
        "{result:?}"
    );
    let heard = peer.finish();
    assert!(
        !heard.join(" ").contains("Y29ycmVjdCBob3JzZQ"),
        "the password was not said: {heard:?}"
    );
    assert_eq!(heard.len(), 3, "one proof, and no second try");
}

#[tokio::test]
async fn a_token_too_long_for_a_command_waits_for_the_challenge() {
    let certificates = Certificates::new();
    let (trust, pair) = (trusting(&certificates), certificates.good());
    let peer = Peer::once(move |talk| {
        talk.encrypt(&pair);
        talk.say("220 hi\r\n");
        talk.answer("EHLO [127.0.0.1]", "250-mail\r\n250 AUTH LOGIN PLAIN XOAUTH2\r\n");
        talk.answer("AUTH XOAUTH2", "334 \r\n");
        assert!(talk.hear().expect("the token").len() > 2_000);
        // {"status":"400"}
        talk.say("334 eyJzdGF0dXMiOiI0MDAifQ==\r\n");
        talk.answer("", "535 5.7.8 no\r\n");
    });
    let mut credentials = lena();
    credentials.password = Secret::AccessToken("x".repeat(2_000).into());
    let error = check(&peer.settings(Security::Tls), &credentials, &trust)
        .await
        .expect_err("it has expired");
    assert!(matches!(error, RemoteError::TokenRefused { .. }), "{error}");
    peer.finish();
}

#[tokio::test]
async fn a_token_is_not_said_in_clear() {
    let peer = Peer::once(|talk| {
        talk.say("220 hi\r\n");
        talk.answer("EHLO [127.0.0.1]", "250-mail\r\n250 AUTH LOGIN PLAIN XOAUTH2\r\n");
        assert_eq!(talk.hear(), None, "there is no way to say it");
    });
    let mut credentials = lena();
    credentials.password = Secret::AccessToken("token".into());
    let error = check(&peer.settings(Security::Plain), &credentials, &Trust::system())
        .await
        .expect_err("anybody could take it");
    assert!(matches!(error, RemoteError::MethodRefused { .. }), "{error}");
    peer.finish();
}

#[tokio::test]
async fn a_mechanism_that_is_not_known_after_all_is_followed_by_the_next() {
    let peer = Peer::once(|talk| {
        talk.say("220 hi\r\n");
        talk.answer("EHLO [127.0.0.1]", "250-mail\r\n250 AUTH PLAIN LOGIN\r\n");
        talk.answer(PLAIN_LENA, "504 5.5.4 what?\r\n");
        talk.answer("AUTH LOGIN", "334 VXNlcm5hbWU6\r\n");
        talk.answer("bGVuYQ==", "334 UGFzc3dvcmQ6\r\n");
        talk.answer("Y29ycmVjdCBob3JzZQ==", "535 5.7.8 not correct horse\r\n");
    });
    let error = check(&peer.settings(Security::Plain), &lena(), &Trust::system())
        .await
        .expect_err("refused");
    assert!(
        matches!(error, RemoteError::AuthenticationFailed { .. }),
        "{error}"
    );
    assert!(
        !format!("{error:?}").contains("horse"),
        "what the server repeats is not shown: {error:?}"
    );
    peer.finish();
}
