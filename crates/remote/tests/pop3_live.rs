//! POP3 against a real Dovecot: nothing is lost, changed or taken twice on the way.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    reason = "a test stops where it fails"
)]

mod peer;

use std::collections::HashSet;
use std::time::Duration;

use peer::{lena_of_the_stage as lena, settings, trusting};
use waxwing_model::{Authentication, Security, ServerSettings};
use waxwing_remote::{
    CertificateProblem, Credentials, RemoteError, Secret, Trust,
    pop3::{Listed, Next, Session},
};
use waxwing_testkit::{CertificateKind, Certificates, Dovecot, DovecotOptions};

fn start(options: DovecotOptions) -> Dovecot {
    Dovecot::start(&options).expect("Dovecot is installed and starts")
}

fn trust(dovecot: &Dovecot) -> Trust {
    Trust::with_extra_ca(dovecot.ca_pem()).expect("the authority is good PEM")
}

async fn connect(dovecot: &Dovecot) -> Session {
    let settings = settings(dovecot.pop3s(), Security::Tls);
    Session::connect(&settings, &lena(), &trust(dovecot))
        .await
        .expect("lena is let in")
}

/// A letter that is hard on a client: dots, a long line, 8-bit text, an empty end.
fn letter(number: usize) -> Vec<u8> {
    let mut letter =
        format!("Subject: letter {number}\r\nMessage-ID: <{number}@waxwing.test>\r\n\r\n").into_bytes();
    letter.extend_from_slice(b".\r\n..\r\n...\r\n.hidden\r\nGr\xc3\xbc\xc3\x9fe \xe4\r\n");
    letter.extend(std::iter::repeat_n(b'x', number * 997 % 50_000));
    letter.extend_from_slice(b"\r\n.\r\n\r\n\r\n");
    letter
}

#[tokio::test]
async fn every_letter_comes_as_it_was_delivered() {
    let dovecot = start(DovecotOptions::default());
    let mut expected: HashSet<Vec<u8>> = HashSet::new();
    for number in 0..150 {
        dovecot
            .deliver("lena", "INBOX", &letter(number))
            .expect("delivered");
        expected.insert(letter(number));
    }
    let mut session = connect(&dovecot).await;
    let listed = session.list().await.expect("a list");
    assert_eq!(listed.len(), 150, "each has a number");
    let names: HashSet<_> = listed
        .iter()
        .map(|one| one.uidl.clone().expect("Dovecot has UIDL"))
        .collect();
    assert_eq!(names.len(), 150, "and a name of its own");
    let before = session.round_trips();
    let numbers: Vec<u32> = listed.iter().map(|one| one.number).collect();
    let mut came = Vec::new();
    session
        .retrieve_each(&numbers, &mut |number, letter| {
            assert_eq!(
                listed[number as usize - 1].size as usize,
                letter.len(),
                "LIST told the truth"
            );
            came.push(letter);
            Next::Continue
        })
        .await
        .expect("all of them come");
    assert_eq!(came.len(), 150, "none comes twice");
    assert_eq!(
        came.into_iter().collect::<HashSet<_>>(),
        expected,
        "and none is changed"
    );
    assert!(
        session.round_trips() - before < 140,
        "Dovecot takes commands ahead"
    );
    let header = session.top(7, 0).await.expect("a header");
    assert!(
        header.ends_with(b"\r\n\r\n") && header.starts_with(b"Subject: letter "),
        "TOP gives no body"
    );
    session.quit().await.expect("a farewell");
}

#[tokio::test]
async fn letters_go_at_quit_and_only_then() {
    let dovecot = start(DovecotOptions::default());
    for number in 0..5 {
        dovecot
            .deliver("lena", "INBOX", &letter(number))
            .expect("delivered");
    }
    let mut session = connect(&dovecot).await;
    let before = session.list().await.expect("a list");
    session.delete(&[1, 2, 3, 4, 5]).await.expect("marked");
    drop(session);
    // The maildrop is locked until Dovecot has seen that the connection is gone.
    let mut session = again(&dovecot).await;
    assert_eq!(
        session.list().await.expect("a list"),
        before,
        "without QUIT nothing is removed"
    );
    session.delete(&[2, 4]).await.expect("marked");
    session
        .delete(&[2])
        .await
        .expect("what is marked already counts as removed");
    assert!(
        matches!(session.retrieve(4).await, Err(RemoteError::Gone)),
        "a marked letter is gone"
    );
    session.quit().await.expect("removed");
    let names = |listed: &[Listed]| listed.iter().map(|one| one.uidl.clone()).collect::<Vec<_>>();
    let mut session = again(&dovecot).await;
    let after = session.list().await.expect("a list");
    let kept: Vec<_> = before
        .into_iter()
        .filter(|one| !matches!(one.number, 2 | 4))
        .collect();
    assert_eq!(
        names(&after),
        names(&kept),
        "the others keep their names under new numbers"
    );
    session.quit().await.expect("a farewell");
}

/// Connects as soon as the last session is over.
async fn again(dovecot: &Dovecot) -> Session {
    let settings = settings(dovecot.pop3s(), Security::Tls);
    for _ in 0..100 {
        match Session::connect(&settings, &lena(), &trust(dovecot)).await {
            Ok(session) => return session,
            Err(error) => assert!(
                error.is_transient(),
                "a busy maildrop is no wrong password: {error}"
            ),
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("the maildrop stays locked: {}", dovecot.log());
}

#[tokio::test]
async fn each_failure_of_signing_in_has_its_own_error() {
    let dovecot = start(DovecotOptions {
        listen: "127.0.0.2".parse().unwrap(),
        ..Default::default()
    });
    let trust = trust(&dovecot);
    let at = |port, security| ServerSettings {
        host: "127.0.0.2".into(),
        ..settings(port, security)
    };
    Session::connect(&at(dovecot.pop3(), Security::StartTls), &lena(), &trust)
        .await
        .expect("STLS works");
    for authentication in [
        Authentication::Plain,
        Authentication::Login,
        Authentication::CramMd5,
        Authentication::ScramSha256,
    ] {
        let settings = ServerSettings {
            authentication,
            ..at(dovecot.pop3s(), Security::Tls)
        };
        let session = Session::connect(&settings, &lena(), &trust).await;
        session.unwrap_or_else(|error| panic!("{authentication:?}: {error}"));
    }
    let mut wrong = lena();
    wrong.password = "correct cow".into();
    let error = Session::connect(&at(dovecot.pop3s(), Security::Tls), &wrong, &trust)
        .await
        .expect_err("wrong");
    assert!(
        matches!(error, RemoteError::AuthenticationFailed { .. }),
        "{error}"
    );
    let clear = at(dovecot.pop3(), Security::Plain);
    Session::connect(&clear, &lena(), &trust)
        .await
        .expect("a proof of the password may be said in clear");
    let plain = ServerSettings {
        authentication: Authentication::Plain,
        ..clear
    };
    let error = Session::connect(&plain, &lena(), &trust)
        .await
        .expect_err("the password itself may not");
    assert!(matches!(error, RemoteError::MethodRefused { .. }), "{error}");
    let stranger = trusting(&Certificates::new());
    let error = Session::connect(&at(dovecot.pop3s(), Security::Tls), &lena(), &stranger)
        .await
        .expect_err("CA");
    assert!(matches!(error, RemoteError::Certificate { .. }), "{error}");
    let error = Session::connect(&at(dovecot.pop3(), Security::Tls), &lena(), &trust)
        .await
        .expect_err("port");
    assert!(matches!(error, RemoteError::WrongPort { .. }), "{error}");
    dovecot.stop();
    let error = Session::connect(&at(dovecot.pop3s(), Security::Tls), &lena(), &trust)
        .await
        .expect_err("gone");
    assert!(matches!(error, RemoteError::Unreachable { .. }), "{error}");
}

#[tokio::test]
async fn the_password_is_proven_rather_than_said_where_the_server_can() {
    let dovecot = start(DovecotOptions::default());
    connect(&dovecot).await;
    let log = dovecot.log_with("method=SCRAM-SHA-256").await;
    assert!(log.contains("method=SCRAM-SHA-256"), "{log}");
    let old = start(DovecotOptions {
        mechanisms: "plain login cram-md5".to_owned(),
        ..Default::default()
    });
    connect(&old).await;
    let log = old.log_with("method=PLAIN").await;
    assert!(log.contains("method=PLAIN"), "{log}");
}

#[tokio::test]
async fn a_token_leads_in_until_it_expires() {
    let dovecot = start(DovecotOptions {
        mechanisms: "plain xoauth2 oauthbearer".to_owned(),
        ..Default::default()
    });
    let hour = Duration::from_secs(3_600);
    for authentication in [
        Authentication::Auto,
        Authentication::XOAuth2,
        Authentication::OAuthBearer,
    ] {
        let settings = ServerSettings {
            authentication,
            ..settings(dovecot.pop3s(), Security::Tls)
        };
        let with = |token: String| Credentials {
            username: lena().username,
            password: Secret::AccessToken(token.into()),
        };
        let good = with(dovecot.token("lena", hour));
        let session = Session::connect(&settings, &good, &trust(&dovecot)).await;
        session.unwrap_or_else(|error| panic!("{authentication:?}: {error}: {}", dovecot.log()));
        let late = with(dovecot.token("lena", Duration::ZERO));
        let error = Session::connect(&settings, &late, &trust(&dovecot))
            .await
            .expect_err("it has expired");
        assert!(
            matches!(error, RemoteError::TokenRefused { .. }),
            "{authentication:?}: {error:?}"
        );
    }
}

#[tokio::test]
async fn a_certificate_out_of_date_is_refused_behind_stls_too() {
    let dovecot = start(DovecotOptions {
        certificate: CertificateKind::Expired,
        ..Default::default()
    });
    for (port, security) in [
        (dovecot.pop3s(), Security::Tls),
        (dovecot.pop3(), Security::StartTls),
    ] {
        let error = Session::connect(&settings(port, security), &lena(), &trust(&dovecot))
            .await
            .expect_err("expired");
        assert!(
            matches!(
                error,
                RemoteError::Certificate {
                    problem: CertificateProblem::Expired,
                    ..
                }
            ),
            "{error}"
        );
    }
}

#[tokio::test]
async fn a_server_killed_in_the_middle_gives_whole_letters_or_none() {
    let dovecot = start(DovecotOptions::default());
    for number in 0..400 {
        dovecot
            .deliver("lena", "INBOX", &letter(number))
            .expect("delivered");
    }
    let mut session = connect(&dovecot).await;
    let listed = session.list().await.expect("a list");
    let numbers: Vec<u32> = listed.iter().map(|one| one.number).collect();
    let mut came = 0;
    let result = session
        .retrieve_each(&numbers, &mut |number, letter| {
            assert_eq!(
                listed[number as usize - 1].size as usize,
                letter.len(),
                "no half letter is handed out"
            );
            came += 1;
            if came == 50 {
                dovecot.kill();
            }
            Next::Continue
        })
        .await;
    let error = result.expect_err("the server died");
    assert!(error.is_transient(), "it may be back later: {error}");
    assert!((50..400).contains(&came), "{came} letters came");
}
