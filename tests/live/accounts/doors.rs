//! Certificates that are accepted where an account gets a further server: one of its addresses sends by a server of its own,
//! or the account goes on with another protocol. What was accepted is for one door, and goes when nobody uses the door.

use journeys::{Person, deliver, eventually, form, server};
use waxwing_engine::{IdentityForm, OnlyHere, ProtocolChange};
use waxwing_model::{
    CertificateException, Protocol, RefusedCertificate, Role, Security, Trouble, TroubleKind,
};
use waxwing_testkit::{CertificateKind, PASSWORD, Stage};

use super::certificates::{showing, shown};
use super::{Outcome, in_step};

/// lena's account on servers that have signed their certificates themselves, which she has accepted.
async fn accepted(stage: &Stage, protocol: Protocol) -> Result<(Person, waxwing_model::Account), String> {
    let lena = Person::new().await;
    let mut form = form(stage, "lena", protocol);
    form.accepted = shown(&lena, &form).await?.into_iter().map(Into::into).collect();
    let account = lena.add(form).await;
    in_step(&lena, &account).await;
    Ok((lena, account))
}

/// What a server showed, of a trouble that is about it.
fn certificate(trouble: Trouble) -> Result<RefusedCertificate, String> {
    assert_eq!(trouble.kind, TroubleKind::BadCertificate, "{trouble}");
    let shown = trouble.certificate.ok_or("what was shown")?;
    Ok(*shown)
}

async fn ports(
    lena: &Person,
    account: &waxwing_model::Account,
) -> Result<Vec<u16>, waxwing_engine::EngineError> {
    let kept = lena.engine.certificate_exceptions(account.id).await?;
    let mut ports: Vec<u16> = kept.iter().map(|exception| exception.port).collect();
    ports.sort_unstable();
    Ok(ports)
}

fn sorted<const N: usize>(mut ports: [u16; N]) -> Vec<u16> {
    ports.sort_unstable();
    ports.to_vec()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_own_server_of_an_address_is_tried_and_its_certificate_accepted_for_its_port_alone() -> Outcome {
    let stage = showing(CertificateKind::SelfSigned)?;
    let (lena, account) = accepted(&stage, Protocol::Imap).await?;
    let own = stage.postfix.submission();
    let mut shop = IdentityForm {
        email: "ines@waxwing.test".into(),
        outgoing: Some(server(own, Security::StartTls, "ines")),
        password: Some(PASSWORD.into()),
        ..IdentityForm::default()
    };
    let Err(error) = lena.engine.add_identity(account.id, shop.clone()).await else {
        return Err("what was accepted for another port is nothing here".into());
    };
    let refused = certificate(error.trouble())?;
    assert_eq!((refused.host.as_str(), refused.port), ("localhost", own));
    let tried = lena.engine.try_identity(account.id, None, shop.clone()).await?;
    assert!(tried.reached && !tried.signed_in, "{tried:?}");

    shop.accepted = vec![CertificateException::from(refused)];
    let tried = lena.engine.try_identity(account.id, None, shop.clone()).await?;
    assert!(tried.is_ok() && tried.signed_in, "letters may be sent: {tried:?}");
    let before = ports(&lena, &account).await?;
    assert!(!before.contains(&own), "trying keeps nothing");
    let identity = lena.engine.add_identity(account.id, shop.clone()).await?;
    let outgoing = stage.postfix.submissions();
    let incoming = stage.dovecot.imaps();
    assert_eq!(ports(&lena, &account).await?, sorted([incoming, outgoing, own]));

    // Known to work, it is tried with the password that is known, and a signature is changed without a word to it.
    shop.password = None;
    shop.accepted = Vec::new();
    let tried = lena
        .engine
        .try_identity(account.id, Some(identity), shop.clone())
        .await?;
    assert!(tried.is_ok(), "{tried:?}");
    assert!(
        tried.encryption.is_some_and(|encryption| encryption.by_exception),
        "by what was accepted"
    );
    shop.signature = "Ines".into();
    lena.engine.change_identity(identity, shop).await?;
    assert_eq!(
        ports(&lena, &account).await?.len(),
        3,
        "it is accepted as long as the address has the server"
    );
    lena.engine.remove_identity(identity).await?;
    assert_eq!(
        ports(&lena, &account).await?,
        sorted([incoming, outgoing]),
        "and no longer"
    );
    lena.engine.stop().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_server_of_the_other_protocol_is_accepted_while_the_account_changes_to_it() -> Outcome {
    let stage = showing(CertificateKind::SelfSigned)?;
    deliver(&stage.dovecot, "lena", "On both sides");
    let (lena, account) = accepted(&stage, Protocol::Pop3).await?;
    eventually("the letter", || lena.letter(Role::Inbox, "On both sides")).await;
    let outgoing = stage.postfix.submissions();
    for (to, port, before) in [
        (Protocol::Imap, stage.dovecot.imaps(), stage.dovecot.pop3s()),
        (Protocol::Pop3, stage.dovecot.pop3s(), stage.dovecot.imaps()),
    ] {
        let mut change = ProtocolChange {
            account: account.id,
            to,
            server: server(port, Security::Tls, "lena"),
            allow_plain: false,
            accepted: Vec::new(),
            only_here: OnlyHere::Keep,
            local_folders: String::new(),
        };
        assert_eq!(
            ports(&lena, &account).await?,
            sorted([before, outgoing]),
            "{to:?}"
        );
        let Err(error) = lena.engine.plan_protocol(&change).await else {
            return Err("what was accepted for the old port is nothing here".into());
        };
        let refused = certificate(error.trouble())?;
        assert_eq!(refused.port, port, "{to:?}");
        let Err(error) = lena.engine.change_protocol(&change).await else {
            return Err("nor is it when the account changes".into());
        };
        certificate(error.trouble())?;
        change.accepted = vec![CertificateException::from(refused)];
        lena.engine.plan_protocol(&change).await?;
        assert_eq!(
            ports(&lena, &account).await?,
            sorted([before, outgoing]),
            "looking keeps nothing"
        );
        lena.engine.change_protocol(&change).await?;
        let now = lena.account(account.id).await;
        in_step(&lena, &now).await;
        assert_eq!(
            ports(&lena, &account).await?,
            sorted([port, outgoing]),
            "{to:?}: the old port is forgotten"
        );
    }
    lena.engine.stop().await;
    Ok(())
}
