//! Certificates that nobody vouches for: explained, accepted for one server by the person, listed, given up again, and an
//! alarm when another one is shown in the place of one that was accepted.

use journeys::{Person, deliver, eventually, form};
use waxwing_engine::ServersForm;
use waxwing_model::{CertificateException, CertificateFlaw, Protocol, RefusedCertificate, Role, TroubleKind};
use waxwing_testkit::{CertificateKind, DovecotOptions, PASSWORD, PostfixOptions, Stage, WRONG_NAME};

use super::{Outcome, in_step, in_trouble};

/// Both servers of a stage whose certificates are of that kind.
pub fn showing(kind: CertificateKind) -> Result<Stage, Box<dyn std::error::Error>> {
    Ok(Stage::start_with(
        &DovecotOptions {
            certificate: kind,
            ..DovecotOptions::default()
        },
        &PostfixOptions {
            certificate: kind,
            ..PostfixOptions::default()
        },
    )?)
}

/// What both servers show, as the check tells it.
pub async fn shown(
    person: &Person,
    form: &waxwing_engine::AccountForm,
) -> Result<Vec<RefusedCertificate>, String> {
    let checked = person
        .engine
        .check_account(form)
        .await
        .map_err(|trouble| trouble.to_string())?;
    let shown = [checked.incoming, checked.outgoing]
        .into_iter()
        .filter_map(|tried| tried.outcome.err()?.certificate)
        .map(|shown| *shown)
        .collect();
    Ok(shown)
}

#[tokio::test(flavor = "multi_thread")]
async fn each_bad_certificate_is_explained_and_can_be_accepted_at_setup() -> Outcome {
    for (kind, flaw) in [
        (CertificateKind::Expired, CertificateFlaw::Expired),
        (CertificateKind::NotYetValid, CertificateFlaw::NotYetValid),
        (CertificateKind::WrongHost, CertificateFlaw::WrongHost),
        (CertificateKind::SelfSigned, CertificateFlaw::SelfSigned),
        (CertificateKind::UnknownIssuer, CertificateFlaw::UnknownIssuer),
    ] {
        let stage = showing(kind)?;
        deliver(&stage.dovecot, "lena", "Behind it");
        let lena = Person::new().await;
        let mut form = form(&stage, "lena", Protocol::Imap);
        let found = shown(&lena, &form).await?;
        let [incoming, outgoing] = found.as_slice() else {
            return Err(format!("{kind:?}: {found:?}").into());
        };
        assert_eq!(
            (incoming.host.as_str(), incoming.port, incoming.flaw),
            ("localhost", stage.dovecot.imaps(), flaw),
            "{kind:?}"
        );
        let certificate = &incoming.certificate;
        assert!(
            certificate.not_before < certificate.not_after,
            "{kind:?}: {certificate:?}"
        );
        let names_it = certificate.names.iter().any(|name| name == WRONG_NAME);
        assert_eq!(names_it, kind == CertificateKind::WrongHost, "{certificate:?}");
        assert_ne!(
            certificate.fingerprint, outgoing.certificate.fingerprint,
            "{kind:?}: each server has its own"
        );
        assert!(
            !stage.dovecot.log().contains(PASSWORD),
            "{kind:?}: nothing was said to it"
        );

        // One accepted is not both accepted.
        form.accepted = vec![incoming.clone().into()];
        let Err(trouble) = lena.engine.add_account(form.clone()).await else {
            return Err(format!("{kind:?}: the other server was believed").into());
        };
        assert_eq!(trouble.kind, TroubleKind::BadCertificate, "{kind:?}: {trouble}");
        // Nor is it good at another port of the host.
        let mut elsewhere = form.clone();
        elsewhere.accepted = vec![incoming.clone().into(), outgoing.clone().into()];
        elsewhere.incoming.port = stage.dovecot.imap();
        elsewhere.incoming.security = waxwing_model::Security::StartTls;
        assert!(
            lena.engine.add_account(elsewhere).await.is_err(),
            "{kind:?} at another port"
        );

        form.accepted.push(outgoing.clone().into());
        let account = lena.add(form).await;
        in_step(&lena, &account).await;
        eventually("the letter behind it", || lena.letter(Role::Inbox, "Behind it")).await;
        let kept = lena.engine.certificate_exceptions(account.id).await?;
        assert_eq!(kept.len(), 2, "{kind:?}: {kept:?}");
        let of_incoming = kept
            .iter()
            .find(|exception| exception.port == stage.dovecot.imaps())
            .ok_or("the one for incoming mail")?;
        assert_eq!(of_incoming.certificate, incoming.certificate, "all of it is kept");
        assert_eq!(of_incoming.flaw, flaw, "and why it had to be accepted");
        lena.engine.stop().await;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn another_certificate_in_the_place_of_an_accepted_one_is_an_alarm_until_the_person_has_looked()
-> Outcome {
    let stage = showing(CertificateKind::SelfSigned)?;
    let lena = Person::new().await;
    let mut form = form(&stage, "lena", Protocol::Imap);
    form.accepted = shown(&lena, &form).await?.into_iter().map(Into::into).collect();
    let account = lena.add(form.clone()).await;
    in_step(&lena, &account).await;
    let before = form.accepted.first().ok_or("one")?.certificate.fingerprint;

    // Even one that an authority vouches for, which this account trusts.
    stage.dovecot.renew_certificate(CertificateKind::Good)?;
    // Postfix holds on to the sign-in service of the Dovecot before.
    stage.postfix.restart()?;
    deliver(&stage.dovecot, "lena", "Afterwards");
    let trouble = in_trouble(&lena, &account).await;
    assert_eq!(trouble.kind, TroubleKind::ChangedCertificate, "{trouble}");
    assert!(trouble.sentence.contains("another certificate"), "{trouble}");
    let alarm = trouble.certificate.ok_or("what was shown")?;
    assert_eq!(
        (alarm.flaw, alarm.accepted),
        (CertificateFlaw::Changed, Some(before))
    );
    assert!(
        lena.letter(Role::Inbox, "Afterwards").await.is_none(),
        "nothing came over such a connection"
    );
    lena.engine.sync_now(Some(account.id));
    in_trouble(&lena, &account).await;

    // The person has asked the server's people, and takes the new one.
    let servers = ServersForm {
        incoming: account.incoming.clone().ok_or("a server")?,
        outgoing: account.outgoing.clone().ok_or("a server")?,
        password: None,
        signed_in: None,
        outgoing_password: None,
        outgoing_signed_in: None,
        accepted: vec![CertificateException::from(*alarm.clone())],
        allow_plain: false,
    };
    let trial = lena.engine.change_servers(account.id, servers).await?;
    assert!(trial.is_ok(), "{trial:?}");
    in_step(&lena, &account).await;
    eventually("the letter", || lena.letter(Role::Inbox, "Afterwards")).await;
    let kept = lena.engine.certificate_exceptions(account.id).await?;
    assert_eq!(
        kept.len(),
        2,
        "the new one stands in the place of the old: {kept:?}"
    );
    assert!(
        kept.iter()
            .any(|exception| exception.certificate.fingerprint == alarm.certificate.fingerprint),
        "{kept:?}"
    );

    // Given up, the certificate is judged as any other: the authority is trusted here.
    lena.engine
        .remove_certificate_exception(account.id, &alarm.host, alarm.port)
        .await?;
    in_step(&lena, &account).await;
    assert_eq!(lena.engine.certificate_exceptions(account.id).await?.len(), 1);
    lena.engine.stop().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_exception_that_is_given_up_ends_the_connection_that_stood_by_it() -> Outcome {
    let stage = showing(CertificateKind::SelfSigned)?;
    let lena = Person::new().await;
    let mut form = form(&stage, "lena", Protocol::Imap);
    form.accepted = shown(&lena, &form).await?.into_iter().map(Into::into).collect();
    let account = lena.add(form).await;
    in_step(&lena, &account).await;
    for exception in lena.engine.certificate_exceptions(account.id).await? {
        lena.engine
            .remove_certificate_exception(account.id, &exception.host, exception.port)
            .await?;
    }
    let trouble = in_trouble(&lena, &account).await;
    assert_eq!(trouble.kind, TroubleKind::BadCertificate, "{trouble}");
    let missing = lena
        .engine
        .remove_certificate_exception(account.id, "localhost", stage.dovecot.imaps())
        .await;
    assert!(missing.is_err(), "there is none any more");
    lena.engine.stop().await;
    Ok(())
}
