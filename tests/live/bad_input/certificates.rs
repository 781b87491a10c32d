//! Certificates that must not be taken, at each of the three doors: each has a sentence of its own, nothing is saved, and
//! neither name nor password is said to such a server.

use journeys::{Person, form};
use waxwing_model::{Protocol, TroubleKind};
use waxwing_testkit::{
    CertificateKind, Certificates, DovecotOptions, PASSWORD, PostfixOptions, Stage, WRONG_NAME,
};

use super::Outcome;
use super::sentence::is_a_sentence;

/// The kind of certificate, and what only its sentence says.
const BAD: [(CertificateKind, &str); 5] = [
    (CertificateKind::Expired, "is out of date"),
    (CertificateKind::NotYetValid, "is not valid yet"),
    (CertificateKind::WrongHost, WRONG_NAME),
    (CertificateKind::SelfSigned, "has signed its certificate itself"),
    (
        CertificateKind::UnknownIssuer,
        "signed by nobody this computer trusts",
    ),
];

#[tokio::test(flavor = "multi_thread")]
async fn each_bad_certificate_has_its_own_sentence_at_each_door_and_nothing_is_saved() -> Outcome {
    let good = Stage::start()?;
    let lena = Person::new().await;
    for (kind, words) in BAD {
        let bad = Stage::start_with(
            &DovecotOptions {
                certificate: kind,
                certificates: Some(good.dovecot.certificates()),
                ..DovecotOptions::default()
            },
            &PostfixOptions {
                certificate: kind,
                ..PostfixOptions::default()
            },
        )?;
        let mut imap = form(&good, "lena", Protocol::Imap);
        imap.incoming.port = bad.dovecot.imaps();
        let mut pop3 = form(&good, "lena", Protocol::Pop3);
        pop3.incoming.port = bad.dovecot.pop3s();
        let mut smtp = form(&good, "lena", Protocol::Imap);
        smtp.outgoing.port = bad.postfix.submissions();
        // Each server has an authority of its own, which is trusted: only the certificate is bad.
        smtp.extra_ca = Some([good.ca_pem(), bad.ca_pem()].concat());
        let mut upgraded = form(&good, "lena", Protocol::Imap);
        upgraded.incoming.port = bad.dovecot.imap();
        upgraded.incoming.security = waxwing_model::Security::StartTls;
        for (door, form) in [
            ("IMAP", imap),
            ("POP3", pop3),
            ("SMTP", smtp),
            ("STARTTLS", upgraded),
        ] {
            let Err(trouble) = lena.engine.add_account(form).await else {
                return Err(format!("{kind:?} was let in at {door}").into());
            };
            assert_eq!(
                trouble.kind,
                TroubleKind::BadCertificate,
                "{kind:?} at {door}: {trouble}"
            );
            assert!(
                is_a_sentence(&trouble.sentence) && trouble.sentence.contains(words),
                "{kind:?} at {door}: {trouble}"
            );
            for (other, theirs) in BAD {
                assert!(
                    other == kind || !trouble.sentence.contains(theirs),
                    "{kind:?} at {door} reads like {other:?}: {trouble}"
                );
            }
        }
        let log = bad.dovecot.log();
        assert!(
            !log.contains("lena@") && !log.contains(PASSWORD),
            "{kind:?}: nobody was named to such a server: {log}"
        );
    }
    assert!(lena.engine.accounts().await?.is_empty(), "nothing was saved");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_that_turns_bad_later_stops_the_mail_with_its_sentence_and_loses_nothing() -> Outcome {
    let good = Stage::start()?;
    journeys::deliver(&good.dovecot, "lena", "Before");
    let lena = Person::new().await;
    // An authority that nobody was told of stands in for a certificate that was renewed wrongly.
    let other = Certificates::new().good();
    let server = std::net::SocketAddr::from((std::net::Ipv4Addr::LOCALHOST, good.dovecot.imaps()));
    let tls = waxwing_testkit::proxy::ProxyTls::Both(other, good.ca_pem().to_owned());
    let proxy = waxwing_testkit::Proxy::start(server, tls).await?;
    let account = lena.add_quietly(form(&good, "lena", Protocol::Imap)).await;
    lena.engine
        .sync_once(&account, waxwing_engine::SyncScope::Everything)
        .await;

    let mut moved = account.clone();
    if let Some(incoming) = &mut moved.incoming {
        incoming.port = proxy.port();
    }
    let report = lena
        .engine
        .sync_once(&moved, waxwing_engine::SyncScope::Everything)
        .await;
    assert!(
        matches!(report.errors.as_slice(), [sentence] if is_a_sentence(sentence) && sentence.contains("certificate")),
        "one sentence: {:?}",
        report.errors
    );
    assert_eq!(
        lena.held(&account).await.len(),
        1,
        "what was here can still be read"
    );
    Ok(())
}
