//! STARTTLS that is stripped, refused, injected into, or made to look unnecessary.

use crate::Trust;
use crate::cleartext::Cleartext;
use crate::imap::starttls::starttls;

use super::*;

/// Plays `answer` to STARTTLS after `greeting`, and says what came of it and whether the client spoke on.
async fn play(greeting: &str, answer: &str) -> (RemoteError, String) {
    let (wire, mut peer) = pipe();
    let clear = Cleartext::new(wire, "localhost");
    let trust = Trust::system();
    let (outcome, ()) = tokio::join!(starttls(clear, &trust), async {
        peer.say(greeting).await;
        if !answer.is_empty() {
            peer.hear("STARTTLS").await;
            peer.say(answer).await;
        }
    });
    let error = outcome.expect_err("there is no TLS on the other side");
    let mut rest = String::new();
    let _ = tokio::time::timeout(Duration::from_secs(1), peer.stream.read_to_string(&mut rest)).await;
    (error, rest)
}

#[tokio::test]
async fn without_encryption_nothing_more_is_said() {
    let cases = [
        ("* OK hello\n", "W0 BAD unknown command\n"),
        ("* OK hello\n", "W0 NO not now\n"),
        (
            "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] no STARTTLS here\n",
            "* OK x\nW0 BAD no\n",
        ),
        // Words for after the handshake, slipped in before it.
        (
            "* OK hello\n",
            "W0 OK go ahead\n* PREAUTH [CAPABILITY IMAP4rev1] welcome\n",
        ),
        // Without encryption and signed in already: the client might begin to talk.
        ("* PREAUTH welcome\n", ""),
    ];
    for (greeting, answer) in cases {
        let (error, rest) = play(greeting, answer).await;
        assert!(
            matches!(error, RemoteError::TlsRefused { .. }),
            "{greeting}{answer} became {error:?}"
        );
        assert_eq!(rest, "", "{greeting}{answer}: the client is silent");
    }
}

#[tokio::test]
async fn garbage_and_goodbyes_before_encryption_are_told() {
    let (error, _) = play("220 mail ESMTP\n", "").await;
    assert!(matches!(error, RemoteError::Protocol { .. }), "{error:?}");
    let (error, _) = play("* BYE closed for the night\n", "").await;
    assert!(
        matches!(&error, RemoteError::Closed { doing } if doing.contains("for the night")),
        "{error:?}"
    );
    let (error, _) = play("* OK hello\n", "* BYE no\n").await;
    assert!(matches!(error, RemoteError::Closed { .. }), "{error:?}");
    let (error, _) = play("* OK hello\n", "X9 OK whose answer is this\n").await;
    assert!(matches!(error, RemoteError::Protocol { .. }), "{error:?}");
    let (error, _) = play("* OK hello\n", &"* OK still thinking\n".repeat(200)).await;
    assert!(matches!(error, RemoteError::Protocol { .. }), "{error:?}");
}
