//! SCRAM over real TLS, with the binding to it that no real server here can: POP3 and SMTP against peers that play the
//! server's side, honest and not.
//!
//! Not here: the mechanisms' arithmetic and messages (unit tests), real servers (`pop3_live`, `smtp_live`).

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    reason = "a test stops where it fails"
)]

mod peer;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use peer::{Peer, Talk, lena_of_the_stage as lena, trusting};
use rustls_pki_types::{CertificateDer, pem::PemObject};
use waxwing_model::Security;
use waxwing_remote::{RemoteError, Trust, pop3::Session, smtp::check};
use waxwing_testkit::{CertificatePair, Certificates, ScramServer};

/// What a server says at each point of a sign-in, where an honest one says something else.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Lie {
    None,
    Nonce,
    Rounds,
    Signature,
    /// It says yes without a proof.
    NoProof,
}

fn encoded(text: impl AsRef<[u8]>) -> String {
    STANDARD.encode(text)
}

/// The message behind the last word of a line.
fn decoded(line: &str) -> Vec<u8> {
    let word = line.rsplit(' ').next().unwrap();
    STANDARD.decode(word).expect("base64")
}

/// AUTH as POP3 has it, from the command on. True: lena is in.
fn lead_pop3(talk: &mut Talk, mut server: ScramServer, name: &str, lie: Lie) -> bool {
    let command = talk.hear().expect("AUTH");
    assert!(command.starts_with(&format!("AUTH {name} ")), "{command}");
    let first = match server.first(&decoded(&command)) {
        Ok(first) => first,
        Err(error) => {
            talk.say(format!("+ {}\r\n", encoded(error)));
            talk.hear();
            talk.say("-ERR no\r\n");
            return false;
        }
    };
    let first = match lie {
        Lie::Nonce => first.replace("r=", "r=x"),
        Lie::Rounds => first.replace("i=4096", "i=1"),
        _ => first,
    };
    talk.say(format!("+ {}\r\n", encoded(first)));
    let proof = talk.hear().expect("a proof or a star");
    if proof == "*" {
        // A liar says that it worked all the same.
        talk.say("+OK\r\n");
        return false;
    }
    if lie == Lie::NoProof {
        talk.say("+OK\r\n");
        return false;
    }
    let last = server.last(&decoded(&proof));
    let last = match (last, lie) {
        (Ok(_), Lie::Signature) => format!("v={}", encoded([7; 32])),
        (Ok(last), _) | (Err(last), _) => last,
    };
    talk.say(format!("+ {}\r\n", encoded(last)));
    let content = talk.hear().expect("an empty line or a star").is_empty();
    talk.say("+OK\r\n");
    content
}

fn end_point(pair: &CertificatePair) -> Vec<u8> {
    let certificate = CertificateDer::from_pem_slice(pair.cert_pem.as_bytes()).expect("a certificate");
    ring::digest::digest(&ring::digest::SHA256, &certificate)
        .as_ref()
        .to_vec()
}

async fn pop3(peer: &Peer, security: Security, trust: &Trust) -> Result<Session, RemoteError> {
    Session::connect(&peer.settings(security), &lena(), trust).await
}

/// Nobody has heard the password, bare or encoded.
fn assert_discreet(heard: &[String]) {
    for line in heard {
        let all = [
            line.clone().into_bytes(),
            STANDARD.decode(line).unwrap_or_default(),
        ];
        for bytes in all {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            assert!(!text.contains(waxwing_testkit::PASSWORD), "{line}");
        }
        assert!(
            !line.starts_with("AUTH PLAIN") && !line.starts_with("PASS"),
            "{line}"
        );
    }
}

#[tokio::test]
async fn a_sign_in_is_tied_to_the_tls_it_runs_over_in_either_version() {
    let certificates = Certificates::new();
    let (trust, pair) = (trusting(&certificates), certificates.good());
    for version in [&rustls::version::TLS13, &rustls::version::TLS12] {
        let pair = pair.clone();
        let peer = Peer::once(move |talk| {
            talk.encrypt_as(&pair, &[version]);
            talk.say("+OK\r\n");
            talk.answer(
                "CAPA",
                "+OK\r\nUSER\r\nSASL PLAIN SCRAM-SHA-256 SCRAM-SHA-256-PLUS\r\n.\r\n",
            );
            let server = if version.version == rustls::ProtocolVersion::TLSv1_3 {
                ScramServer::bound("tls-exporter", talk.exporter())
            } else {
                ScramServer::bound("tls-server-end-point", end_point(&pair))
            };
            assert!(lead_pop3(talk, server, "SCRAM-SHA-256-PLUS", Lie::None));
            talk.answer("CAPA", "+OK\r\n.\r\n");
        });
        let session = pop3(&peer, Security::Tls, &trust).await;
        session.unwrap_or_else(|error| panic!("{version:?}: {error}"));
        assert_discreet(&peer.finish());
    }
}

#[tokio::test]
async fn behind_stls_the_binding_is_that_of_the_new_connection() {
    let certificates = Certificates::new();
    let (trust, pair) = (trusting(&certificates), certificates.good());
    let peer = Peer::once(move |talk| {
        talk.say("+OK\r\n");
        talk.answer("STLS", "+OK\r\n");
        talk.encrypt(&pair);
        talk.answer("CAPA", "+OK\r\nSASL SCRAM-SHA-256-PLUS\r\n.\r\n");
        let server = ScramServer::bound("tls-exporter", talk.exporter());
        assert!(lead_pop3(talk, server, "SCRAM-SHA-256-PLUS", Lie::None));
        talk.answer("CAPA", "+OK\r\n.\r\n");
    });
    pop3(&peer, Security::StartTls, &trust).await.expect("lena is in");
    assert_discreet(&peer.finish());
}

#[tokio::test]
async fn whoever_stands_between_is_found_out() {
    let certificates = Certificates::new();
    let (trust, pair) = (trusting(&certificates), certificates.good());
    let struck = "SASL SCRAM-SHA-256";
    let whole = "SASL SCRAM-SHA-256 SCRAM-SHA-256-PLUS";
    // Whose connection ends elsewhere, and who has struck the bound mechanism from the list.
    for (offer, name) in [(whole, "SCRAM-SHA-256-PLUS"), (struck, "SCRAM-SHA-256")] {
        let pair = pair.clone();
        let peer = Peer::once(move |talk| {
            talk.encrypt(&pair);
            talk.say("+OK\r\n");
            talk.answer("CAPA", format!("+OK\r\n{offer}\r\n.\r\n"));
            let elsewhere = ScramServer::bound("tls-exporter", vec![7; 32]);
            assert!(!lead_pop3(talk, elsewhere, name, Lie::None));
            assert_eq!(talk.hear(), None, "nothing more is said");
        });
        let error = pop3(&peer, Security::Tls, &trust).await.expect_err(name);
        assert!(
            matches!(error, RemoteError::NotBelieved { .. }),
            "{name}: {error}"
        );
        assert!(error.to_string().contains("between"), "{error}");
        assert_discreet(&peer.finish());
    }
}

#[tokio::test]
async fn a_server_that_cheats_is_left_and_never_hears_the_password() {
    let certificates = Certificates::new();
    let (trust, pair) = (trusting(&certificates), certificates.good());
    for lie in [Lie::Nonce, Lie::Rounds, Lie::Signature, Lie::NoProof] {
        let pair = pair.clone();
        let peer = Peer::once(move |talk| {
            talk.encrypt(&pair);
            talk.say("+OK\r\n");
            talk.answer("CAPA", "+OK\r\nUSER\r\nSASL PLAIN SCRAM-SHA-256\r\n.\r\n");
            assert!(!lead_pop3(talk, ScramServer::unbound(), "SCRAM-SHA-256", lie));
            assert_eq!(talk.hear(), None, "nothing more is said");
        });
        let error = pop3(&peer, Security::Tls, &trust).await.expect_err("a liar");
        assert!(
            matches!(error, RemoteError::NotBelieved { .. }),
            "{lie:?}: {error}"
        );
        assert_discreet(&peer.finish());
    }
}

#[tokio::test]
async fn in_clear_too_the_password_is_proven_and_not_said() {
    let peer = Peer::once(|talk| {
        talk.say("+OK\r\n");
        talk.answer(
            "CAPA",
            "+OK\r\nUSER\r\nSASL PLAIN CRAM-MD5 SCRAM-SHA-256\r\n.\r\n",
        );
        assert!(lead_pop3(
            talk,
            ScramServer::unbound(),
            "SCRAM-SHA-256",
            Lie::None
        ));
        talk.answer("CAPA", "+OK\r\n.\r\n");
    });
    pop3(&peer, Security::Plain, &Trust::system())
        .await
        .expect("lena is in");
    assert_discreet(&peer.finish());
}

#[tokio::test]
async fn smtp_proves_it_the_same_way() {
    let certificates = Certificates::new();
    let (trust, pair) = (trusting(&certificates), certificates.good());
    let peer = Peer::once(move |talk| {
        talk.encrypt(&pair);
        talk.say("220 hi\r\n");
        talk.answer(
            "EHLO [127.0.0.1]",
            "250-mail\r\n250 AUTH PLAIN SCRAM-SHA-256 SCRAM-SHA-256-PLUS\r\n",
        );
        let mut server = ScramServer::bound("tls-exporter", talk.exporter());
        let command = talk.hear().expect("AUTH");
        assert!(command.starts_with("AUTH SCRAM-SHA-256-PLUS "), "{command}");
        let first = server.first(&decoded(&command)).expect("a first message");
        talk.say(format!("334 {}\r\n", encoded(first)));
        let proof = talk.hear().expect("a proof");
        let last = server.last(&decoded(&proof)).expect("the right proof");
        talk.say(format!("334 {}\r\n", encoded(last)));
        talk.answer("", "235 2.7.0 in\r\n");
        talk.answer("NOOP", "250 ok\r\n");
        talk.answer("QUIT", "221 bye\r\n");
    });
    check(&peer.settings(Security::Tls), &lena(), &trust)
        .await
        .expect("lena is in");
    assert_discreet(&peer.finish());
}

#[tokio::test]
async fn an_smtp_server_that_cannot_prove_itself_does_not_get_the_password_by_asking_for_another_way() {
    let certificates = Certificates::new();
    let (trust, pair) = (trusting(&certificates), certificates.good());
    let peer = Peer::once(move |talk| {
        talk.encrypt(&pair);
        talk.say("220 hi\r\n");
        talk.answer("EHLO [127.0.0.1]", "250-mail\r\n250 AUTH PLAIN SCRAM-SHA-256\r\n");
        talk.hear();
        talk.say(format!("334 {}\r\n", encoded("r=mine,s=AAAA,i=4096")));
        talk.answer("*", "504 5.5.4 try PLAIN\r\n");
        assert_eq!(talk.hear(), None, "nothing more is said");
    });
    let error = check(&peer.settings(Security::Tls), &lena(), &trust)
        .await
        .expect_err("it took up no nonce");
    assert!(matches!(error, RemoteError::NotBelieved { .. }), "{error}");
    assert_discreet(&peer.finish());
}
