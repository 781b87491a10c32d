//! Discovery against servers on loopback that show good and bad certificates, other protocols, or nothing.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    reason = "a test stops where it fails"
)]

mod peer;

use peer::{Peer, Talk, trusting};
use waxwing_model::{Envelope, Security};
use waxwing_remote::{
    RemoteError, Trust,
    discover::{self, Candidate, Found, Ports, Probing, Source, Surroundings, Wishes},
    pop3, smtp,
};
use waxwing_testkit::{A_SECOND, CertificatePair, Certificates, moments};

const ADDRESS: &str = "lena@waxwing.test";

fn probing(imap: &[(u16, Security)], pop3: &[(u16, Security)], smtp: &[(u16, Security)]) -> Probing {
    Probing {
        hosts: vec!["localhost".to_owned()],
        ports: Ports {
            imap: imap.to_vec(),
            pop3: pop3.to_vec(),
            smtp: smtp.to_vec(),
        },
    }
}

/// Looks at these doors and asks nobody else.
async fn discover(email: &str, trust: &Trust, probing: &Probing) -> Result<Found, RemoteError> {
    let at = Surroundings::probing_only(trust.clone(), probing.clone());
    discover::discover(email, &at, &Wishes::default()).await
}

fn at(port: u16, security: Security, certificate_valid: bool) -> Option<Candidate> {
    let (host, username) = ("localhost".to_owned(), ADDRESS.to_owned());
    Some(Candidate {
        host,
        port,
        security,
        username,
        certificate_valid,
        takes_passwords: true,
        vouched: true,
    })
}

fn greeting_in_tls(pair: CertificatePair, greeting: &'static str) -> Peer {
    Peer::once(move |talk| {
        talk.encrypt(&pair);
        talk.say(greeting);
        talk.listen();
    })
}

/// An IMAP server that offers STARTTLS, or does not.
fn imap_in_clear(talk: &mut Talk, pair: Option<&CertificatePair>) {
    talk.say("* OK ready\r\n");
    let offer = if pair.is_some() { "STARTTLS" } else { "AUTH=PLAIN" };
    talk.answer(
        "a CAPABILITY",
        format!("* CAPABILITY IMAP4rev1 {offer}\r\na OK done\r\n"),
    );
    if let Some(pair) = pair {
        talk.answer("b STARTTLS", "b OK go\r\n");
        talk.encrypt(pair);
    }
    talk.listen();
}

#[tokio::test]
async fn tls_from_the_first_byte_is_found_for_all_three() {
    let certificates = Certificates::new();
    let imap = greeting_in_tls(certificates.good(), "* OK ready\r\n");
    let pop3 = greeting_in_tls(certificates.good(), "+OK ready\r\n");
    let smtp = greeting_in_tls(certificates.good(), "220 ready\r\n");
    let tls = Security::Tls;
    let probing = probing(&[(imap.port, tls)], &[(pop3.port, tls)], &[(smtp.port, tls)]);
    let found = discover(ADDRESS, &trusting(&certificates), &probing)
        .await
        .expect("an address");
    assert_eq!(found.how, Source::Probing);
    assert_eq!(found.imap, at(imap.port, tls, true));
    assert_eq!(found.pop3, at(pop3.port, tls, true));
    assert_eq!(found.smtp, at(smtp.port, tls, true));
    assert!(found.is_enough());
    for peer in [imap, pop3, smtp] {
        let heard = peer.finish().join("\n");
        assert!(
            !heard.contains("lena"),
            "nothing private is said while looking: {heard}"
        );
    }
}

#[tokio::test]
async fn starttls_is_tried_out_and_not_believed() {
    let certificates = Certificates::new();
    let trust = trusting(&certificates);
    let (good, expired) = (certificates.good(), certificates.expired());
    let imap = Peer::once(move |talk| imap_in_clear(talk, Some(&good)));
    let pop3 = Peer::once(move |talk| {
        talk.say("+OK\r\n");
        talk.answer("CAPA", "+OK\r\nUSER\r\nSTLS\r\n.\r\n");
        talk.answer("STLS", "+OK\r\n");
        talk.encrypt(&expired);
        talk.listen();
    });
    let smtp = Peer::once(|talk| {
        talk.say("220-wait\r\n220 ready\r\n");
        talk.answer("EHLO [127.0.0.1]", "250-mail\r\n250-STARTTLS\r\n250 HELP\r\n");
        talk.answer("STARTTLS", "454 not now\r\n");
        talk.listen();
    });
    let start = Security::StartTls;
    let probing = probing(
        &[(imap.port, start)],
        &[(pop3.port, start)],
        &[(smtp.port, start)],
    );
    let found = discover(ADDRESS, &trust, &probing).await.expect("an address");
    assert_eq!(found.imap, at(imap.port, start, true));
    assert_eq!(
        found.pop3,
        at(pop3.port, start, false),
        "its certificate is out of date"
    );
    assert_eq!(
        found.smtp,
        at(smtp.port, Security::Plain, false),
        "it promises what it does not keep"
    );
    for peer in [imap, pop3, smtp] {
        peer.finish();
    }
}

#[tokio::test]
async fn a_good_certificate_beats_a_bad_one_and_anything_beats_plain_text() {
    let certificates = Certificates::new();
    let (trust, good) = (trusting(&certificates), certificates.good());
    let bad = greeting_in_tls(certificates.wrong_host(), "* OK ready\r\n");
    let plain = Peer::once(|talk| imap_in_clear(talk, None));
    let start = Peer::once(move |talk| imap_in_clear(talk, Some(&good)));
    let ports = [
        (bad.port, Security::Tls),
        (plain.port, Security::StartTls),
        (start.port, Security::StartTls),
    ];
    let found = discover(ADDRESS, &trust, &probing(&ports, &[], &[]))
        .await
        .expect("an address");
    assert_eq!(found.imap, at(start.port, Security::StartTls, true));
    for peer in [bad, plain, start] {
        peer.finish();
    }
    let bad = greeting_in_tls(certificates.wrong_host(), "* OK ready\r\n");
    let plain = Peer::once(|talk| imap_in_clear(talk, None));
    let ports = [(plain.port, Security::StartTls), (bad.port, Security::Tls)];
    let found = discover(ADDRESS, &trust, &probing(&ports, &[], &[]))
        .await
        .expect("an address");
    assert_eq!(
        found.imap,
        at(bad.port, Security::Tls, false),
        "and that it is bad is told"
    );
    bad.finish();
    plain.finish();
}

#[tokio::test]
async fn another_kind_of_server_is_not_taken_for_the_right_one() {
    let certificates = Certificates::new();
    let trust = trusting(&certificates);
    let web = greeting_in_tls(certificates.good(), "HTTP/1.1 400 Bad Request\r\n\r\n");
    let everyone = greeting_in_tls(certificates.good(), "* PREAUTH welcome\r\n");
    let mute = Peer::once(|talk| talk.vanish());
    let ports = [
        (web.port, Security::Tls),
        (everyone.port, Security::Tls),
        (mute.port, Security::StartTls),
    ];
    let found = discover(ADDRESS, &trust, &probing(&ports, &[(1, Security::Tls)], &[]))
        .await
        .expect("an address");
    assert!(found.is_empty(), "{found:?}");
    for peer in [web, everyone, mute] {
        peer.finish();
    }
}

#[tokio::test]
async fn a_silent_server_does_not_keep_a_good_one_waiting() {
    let certificates = Certificates::new();
    let silent = Peer::once(|talk| talk.listen());
    let good = greeting_in_tls(certificates.good(), "* OK ready\r\n");
    let ports = [(silent.port, Security::StartTls), (good.port, Security::Tls)];
    let (trust, doors) = (trusting(&certificates), probing(&ports, &[], &[]));
    let (found, passed) = moments(discover(ADDRESS, &trust, &doors)).await;
    assert_eq!(
        found.expect("an address").imap,
        at(good.port, Security::Tls, true)
    );
    // One that says nothing is given up after eight seconds.
    assert!(passed < 6 * A_SECOND, "it took {passed} moments");
    silent.finish();
    good.finish();
}

#[tokio::test]
async fn a_well_known_provider_is_not_probed_and_nonsense_is_refused() {
    let certificates = Certificates::new();
    let trust = trusting(&certificates);
    let nowhere = probing(&[], &[], &[]);
    let found = discover("lena@posteo.de", &trust, &nowhere)
        .await
        .expect("an address");
    assert_eq!(
        found.how,
        Source::Catalogue {
            provider: "Posteo".to_owned()
        }
    );
    assert!(
        discover("lena", &trust, &nowhere).await.is_err(),
        "there is no domain to ask"
    );
}

#[tokio::test]
async fn every_call_can_be_spawned() {
    fn spawnable<T: Send>(_: &T) {}
    let (settings, credentials, trust) = (peer::settings(1, Security::Tls), peer::lena(), Trust::system());
    let (probing, envelope) = (
        Probing::default(),
        Envelope {
            from: String::new(),
            to: Vec::new(),
        },
    );
    let (at, wishes) = (Surroundings::system(), Wishes::default());
    spawnable(&discover::discover(ADDRESS, &at, &wishes));
    spawnable(&discover(ADDRESS, &trust, &probing));
    spawnable(&smtp::check(&settings, &credentials, &trust));
    spawnable(&smtp::send(&settings, Some(&credentials), &trust, &envelope, b""));
    spawnable(&pop3::Session::connect(&settings, &credentials, &trust));
    let whole = async {
        let mut session = pop3::Session::connect(&settings, &credentials, &trust).await?;
        let mut each = |_: u32, _: Vec<u8>| pop3::Next::Continue;
        session.list().await?;
        session.retrieve_each(&[1], &mut each).await?;
        session.delete(&[1]).await?;
        session.quit().await
    };
    spawnable(&whole);
}
