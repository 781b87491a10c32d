//! Whether an SMTP server would take letters from a sender: asked about one, and taken back.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    reason = "a test stops where it fails"
)]

mod peer;

use peer::{Peer, lena};
use waxwing_model::{Authentication, Security};
use waxwing_remote::{
    RemoteError, Trust,
    smtp::{Rehearsal, rehearse},
};

const PLAIN_LENA: &str = "AUTH PLAIN AGxlbmEAY29ycmVjdCBob3JzZQ==";
const SENDER: &str = "lena@waxwing.test";

/// Plays a server that signs lena in and then answers MAIL and RCPT so; nothing more is said to one that refuses.
async fn asked(mail: &'static str, rcpt: &'static str) -> Rehearsal {
    let peer = Peer::once(move |talk| {
        talk.say("220 hi\r\n");
        talk.answer("EHLO [127.0.0.1]", "250-mail\r\n250 AUTH PLAIN\r\n");
        talk.answer(PLAIN_LENA, "235 ok\r\n");
        talk.answer("MAIL FROM:<lena@waxwing.test>", mail);
        if mail.starts_with('2') {
            talk.answer("RCPT TO:<lena@waxwing.test>", rcpt);
            if rcpt.starts_with('2') {
                talk.answer("RSET", "250 forgotten\r\n");
                talk.answer("QUIT", "221 bye\r\n");
            }
        }
        assert_eq!(talk.hear(), None, "no letter follows");
    });
    let rehearsal = rehearse(&peer.settings(Security::Plain), &lena(), &Trust::system(), SENDER).await;
    peer.finish();
    rehearsal
}

#[tokio::test]
async fn a_sender_is_asked_about_and_no_letter_is_sent() {
    let allowed = asked("250 ok\r\n", "250 ok\r\n").await;
    assert!(allowed.signed_in && allowed.outcome.is_ok(), "{allowed:?}");
}

#[tokio::test]
async fn a_sender_who_may_not_is_told_from_one_who_is_not_signed_in() {
    for (mail, rcpt) in [
        ("553 5.7.1 not your address\r\n", ""),
        ("250 ok\r\n", "550 5.7.1 not your address\r\n"),
    ] {
        let refused = asked(mail, rcpt).await;
        assert!(refused.signed_in, "{refused:?}");
        assert!(
            matches!(&refused.outcome, Err(RemoteError::Refused { reply, .. }) if reply.contains("not your address")),
            "{refused:?}"
        );
    }
    let peer = Peer::once(|talk| {
        talk.say("220 hi\r\n");
        talk.answer("EHLO [127.0.0.1]", "250-mail\r\n250 AUTH PLAIN\r\n");
        talk.answer(PLAIN_LENA, "535 5.7.8 no\r\n");
    });
    let stranger = rehearse(&peer.settings(Security::Plain), &lena(), &Trust::system(), SENDER).await;
    peer.finish();
    assert!(!stranger.signed_in, "{stranger:?}");
    assert!(
        matches!(&stranger.outcome, Err(RemoteError::AuthenticationFailed { .. })),
        "{stranger:?}"
    );
}

#[tokio::test]
async fn a_relay_without_sign_in_and_a_sender_in_another_script_are_tried_as_far_as_it_goes() {
    let peer = Peer::once(|talk| {
        talk.say("220 hi\r\n");
        talk.answer("EHLO [127.0.0.1]", "250 mail\r\n");
        talk.answer("QUIT", "221 bye\r\n");
    });
    let mut relay = peer.settings(Security::Plain);
    relay.authentication = Authentication::None;
    let tried = rehearse(&relay, None, &Trust::system(), "léna@waxwing.test").await;
    peer.finish();
    assert!(
        tried.outcome.is_ok(),
        "not every server takes such an address: {tried:?}"
    );
}
