//! POP3 against servers that follow a script: signing in, downloading ahead, and each way in which a server can fail
//! in the middle. Dovecot has its own tests in `pop3_live`.

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
use waxwing_model::{Authentication, Security};
use waxwing_remote::{
    RemoteError, Trust,
    pop3::{Next, Session},
};

const PLAIN_LENA: &str = "AUTH PLAIN AGxlbmEAY29ycmVjdCBob3JzZQ==";

/// Greets, offers `capabilities`, and takes lena in.
fn let_in(talk: &mut Talk, capabilities: &str) {
    talk.say("+OK ready\r\n");
    talk.answer("CAPA", format!("+OK\r\n{capabilities}.\r\n"));
    if capabilities.contains("SASL PLAIN") {
        talk.answer(PLAIN_LENA, "+OK\r\n");
    } else {
        talk.answer("USER lena", "+OK\r\n");
        talk.answer("PASS correct horse", "+OK\r\n");
    }
    talk.answer("CAPA", format!("+OK\r\n{capabilities}.\r\n"));
}

async fn connect(peer: &Peer) -> Result<Session, RemoteError> {
    Session::connect(&peer.settings(Security::Plain), &lena(), &Trust::system()).await
}

/// The error of a connection to a server that follows `script`.
async fn failing(script: impl Fn(&mut Talk) + Send + 'static) -> RemoteError {
    let peer = Peer::once(script);
    let error = connect(&peer)
        .await
        .expect_err("the script does not let anybody in");
    peer.finish();
    error
}

#[tokio::test]
async fn a_maildrop_is_listed_downloaded_and_cleared() {
    let peer = Peer::once(|talk| {
        let_in(talk, "SASL PLAIN\r\nUIDL\r\nTOP\r\n");
        talk.answer("LIST", "+OK\r\n1 20\r\n2 9\r\n4 7\r\n.\r\n");
        talk.answer("UIDL", "+OK\r\n1 aa\r\n2 bb\r\n3 cc\r\n.\r\n");
        talk.answer("RETR 1", "+OK\r\nSubject: a\r\n\r\n..x\r\n.\r\n");
        talk.answer("TOP 2 0", "+OK\r\nSubject: b\r\n\r\n.\r\n");
        talk.answer("DELE 1", "+OK\r\n");
        talk.answer("DELE 2", "-ERR message 2 already deleted\r\n");
        talk.answer("QUIT", "+OK bye\r\n");
    });
    let mut session = connect(&peer).await.expect("lena is let in");
    let listed = session.list().await.expect("a list");
    let shown: Vec<_> = listed
        .iter()
        .map(|one| (one.number, one.size, one.uidl.as_deref()))
        .collect();
    assert_eq!(
        shown,
        [(1, 20, Some("aa")), (2, 9, Some("bb")), (4, 7, None)],
        "LIST decides what there is"
    );
    assert_eq!(
        session.retrieve(1).await.expect("a letter"),
        b"Subject: a\r\n\r\n.x\r\n"
    );
    assert_eq!(session.top(2, 0).await.expect("a header"), b"Subject: b\r\n\r\n");
    session
        .delete(&[1, 2])
        .await
        .expect("what is gone already counts as removed");
    assert!(
        session.bytes() > 100 && session.round_trips() >= 8,
        "the wire is counted"
    );
    session.quit().await.expect("the server confirms the removal");
    peer.finish();
}

#[tokio::test]
async fn without_capa_a_server_of_1996_is_spoken_to_as_such() {
    let peer = Peer::once(|talk| {
        talk.say("+OK\r\n");
        talk.answer("CAPA", "-ERR unknown command\r\n");
        talk.answer("USER lena", "+OK\r\n");
        talk.answer("PASS correct horse", "+OK\r\n");
        talk.answer("CAPA", "-ERR unknown command\r\n");
        talk.answer("LIST", "+OK\r\n1 5\r\n.\r\n");
        talk.answer("UIDL", "-ERR unknown command\r\n");
    });
    let mut session = connect(&peer).await.expect("lena is let in");
    assert_eq!(
        session.list().await.expect("a list")[0].uidl,
        None,
        "there are no names"
    );
    peer.finish();
}

#[tokio::test]
async fn a_refused_uidl_is_a_failure_where_it_is_offered() {
    let peer = Peer::once(|talk| {
        let_in(talk, "USER\r\nUIDL\r\n");
        talk.answer("LIST", "+OK\r\n1 5\r\n.\r\n");
        talk.answer("UIDL", "-ERR [SYS/TEMP] disk busy\r\n");
    });
    let mut session = connect(&peer).await.expect("lena is let in");
    let error = session
        .list()
        .await
        .expect_err("else every letter would pass for a new one");
    assert!(matches!(error, RemoteError::Temporary { .. }), "{error}");
    peer.finish();
}

#[tokio::test]
async fn letters_are_asked_for_ahead_and_one_that_is_refused_does_not_stop_the_others() {
    let peer = Peer::once(|talk| {
        let_in(talk, "SASL PLAIN\r\nPIPELINING\r\nUIDL\r\n");
        talk.expect("LIST");
        talk.expect("UIDL");
        talk.say("+OK\r\n1 9\r\n2 9\r\n3 9\r\n4 4294967295\r\n5 9\r\n.\r\n+OK\r\n.\r\n");
        for number in [1, 2, 3, 5] {
            talk.expect(&format!("RETR {number}"));
        }
        talk.say("+OK\r\none\r\n.\r\n-ERR no such message\r\n-ERR damaged\r\n+OK\r\nfive\r\n.\r\n");
        talk.answer("QUIT", "+OK\r\n");
    });
    let mut session = connect(&peer).await.expect("lena is let in");
    session.list().await.expect("a list");
    let mut came = Vec::new();
    let result = session
        .retrieve_each(&[1, 2, 3, 4, 5], &mut |number, letter| {
            came.push((number, String::from_utf8(letter).unwrap()));
            Next::Continue
        })
        .await;
    assert_eq!(
        came,
        [(1, "one\r\n".to_owned()), (5, "five\r\n".to_owned())],
        "each under its own number"
    );
    assert!(
        matches!(result, Err(RemoteError::Limit { .. })),
        "the first trouble is told: {result:?}"
    );
    session.quit().await.expect("the session is still in step");
    peer.finish();
}

#[tokio::test]
async fn stopping_reads_what_was_asked_for_ahead_and_goes_on() {
    let peer = Peer::once(|talk| {
        let_in(talk, "SASL PLAIN\r\nPIPELINING\r\n");
        for number in 1..=16 {
            talk.expect(&format!("RETR {number}"));
        }
        for _ in 1..=16 {
            talk.say("+OK\r\nletter\r\n.\r\n");
        }
        talk.answer("QUIT", "+OK\r\n");
    });
    let mut session = connect(&peer).await.expect("lena is let in");
    let mut came = 0;
    let numbers: Vec<u32> = (1..=40).collect();
    session
        .retrieve_each(&numbers, &mut |_, _| {
            came += 1;
            Next::Stop
        })
        .await
        .expect("stopping is no failure");
    assert_eq!(came, 1, "nothing is handed out behind a stop");
    session.quit().await.expect("the session is still in step");
    peer.finish();
}

#[tokio::test]
async fn a_letter_that_is_cut_off_is_no_letter_and_nothing_is_asked_after_it() {
    let peer = Peer::once(|talk| {
        let_in(talk, "USER\r\n");
        talk.answer("RETR 1", "+OK 500 octets\r\nSubject: half\r\n");
        talk.vanish();
    });
    let mut session = connect(&peer).await.expect("lena is let in");
    let error = session.retrieve(1).await.expect_err("the dot is missing");
    assert!(matches!(error, RemoteError::Closed { .. }), "{error}");
    let error = session
        .retrieve(2)
        .await
        .expect_err("half an answer is still on the wire");
    assert!(matches!(error, RemoteError::Closed { .. }), "{error}");
    let error = session
        .quit()
        .await
        .expect_err("and the removal is not confirmed");
    assert!(error.is_transient(), "{error}");
    peer.finish();
}

#[tokio::test]
async fn a_dropped_download_leaves_the_session_unusable() {
    let peer = Peer::once(|talk| {
        let_in(talk, "USER\r\n");
        talk.answer("RETR 1", "+OK\r\nslow");
        talk.listen();
    });
    let mut session = connect(&peer).await.expect("lena is let in");
    let cancelled = tokio::time::timeout(std::time::Duration::from_millis(200), session.retrieve(1)).await;
    assert!(cancelled.is_err(), "the script never finishes the letter");
    let error = session
        .retrieve(2)
        .await
        .expect_err("the rest of letter 1 would pass for letter 2");
    assert!(matches!(error, RemoteError::Closed { .. }), "{error}");
    drop(session);
    peer.finish();
}

#[tokio::test]
async fn what_no_server_should_say_is_told_as_such() {
    let greeting = failing(|talk| talk.say("* OK IMAP4rev1 ready\r\n")).await;
    assert!(matches!(greeting, RemoteError::Protocol { .. }), "{greeting}");
    let hung_up = failing(|talk| talk.vanish()).await;
    assert!(matches!(hung_up, RemoteError::Closed { .. }), "{hung_up}");
    let busy = failing(|talk| talk.say("-ERR [SYS/TEMP] come back later\r\n")).await;
    assert!(busy.is_transient(), "{busy}");
    let endless = failing(|talk| {
        for _ in 0..40 {
            talk.say(vec![b'x'; 64 * 1024]);
        }
    })
    .await;
    assert!(matches!(endless, RemoteError::Limit { .. }), "{endless}");
}

#[tokio::test]
async fn a_wrong_password_a_locked_maildrop_and_a_missing_method_are_three_things() {
    let wrong = failing(|talk| {
        talk.say("+OK\r\n");
        talk.answer("CAPA", "+OK\r\nSASL PLAIN\r\nUSER\r\n.\r\n");
        talk.answer(PLAIN_LENA, "-ERR [AUTH] no\r\n");
        assert_eq!(
            talk.hear(),
            None,
            "the password is not tried a second time in another way"
        );
    })
    .await;
    assert!(
        matches!(wrong, RemoteError::AuthenticationFailed { .. }),
        "{wrong}"
    );
    let locked = failing(|talk| {
        talk.say("+OK\r\n");
        talk.answer("CAPA", "+OK\r\nUSER\r\n.\r\n");
        talk.answer("USER lena", "+OK\r\n");
        talk.answer("PASS correct horse", "-ERR [IN-USE] another session\r\n");
    })
    .await;
    assert!(matches!(locked, RemoteError::Temporary { .. }), "{locked}");
    let method = failing(|talk| {
        talk.say("+OK\r\n");
        talk.answer("CAPA", "+OK\r\nSASL XOAUTH2 GSSAPI\r\n.\r\n");
        assert_eq!(talk.hear(), None, "nothing else is said");
    })
    .await;
    let RemoteError::MethodRefused { offered } = method else {
        panic!("{method}")
    };
    assert_eq!(offered, "XOAUTH2 GSSAPI", "what the server takes is named");
}

#[tokio::test]
async fn apop_is_used_where_it_is_asked_for_and_nowhere_else() {
    let greeting = "+OK ready <1896.697170952@waxwing.test>\r\n";
    let peer = Peer::once(move |talk| {
        talk.say(greeting);
        talk.answer("CAPA", "-ERR unknown command\r\n");
        let proof = talk.hear().expect("a proof");
        assert!(
            proof.starts_with("APOP lena ") && !proof.contains("correct"),
            "the password is not said: {proof}"
        );
        talk.say("+OK\r\n");
        talk.answer("CAPA", "-ERR unknown command\r\n");
    });
    let mut settings = peer.settings(Security::Plain);
    settings.authentication = Authentication::Apop;
    Session::connect(&settings, &lena(), &Trust::system())
        .await
        .expect("lena is let in");
    peer.finish();

    let peer = Peer::once(move |talk| {
        talk.say(greeting);
        talk.answer("CAPA", "+OK\r\nUSER\r\n.\r\n");
        talk.answer("USER lena", "+OK\r\n");
        talk.answer("PASS correct horse", "+OK\r\n");
        talk.answer("CAPA", "+OK\r\nUSER\r\n.\r\n");
    });
    connect(&peer).await.expect("nobody asked for it");
    peer.finish();

    let peer = Peer::once(|talk| {
        talk.say("+OK ready\r\n");
        talk.answer("CAPA", "+OK\r\nUSER\r\n.\r\n");
        assert_eq!(talk.hear(), None, "and the password is not said instead");
    });
    let mut settings = peer.settings(Security::Plain);
    settings.authentication = Authentication::Apop;
    let error = Session::connect(&settings, &lena(), &Trust::system())
        .await
        .expect_err("the greeting gives nothing to prove it with");
    assert!(matches!(error, RemoteError::MethodRefused { .. }), "{error}");
    peer.finish();
}
