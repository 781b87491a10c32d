//! Somebody else where the server should be: a public network's sign-in page, or whoever has another certificate. It is
//! told in one sentence, nothing is said to them, and when they go all is well by itself.

use journeys::{Person, deliver, eventually, form};
use waxwing_model::{AccountId, Activity, Protocol, Role, Trouble, TroubleKind};
use waxwing_testkit::proxy::{Proxy, ProxyTls};
use waxwing_testkit::{Certificates, Stage};

use super::switch::{Switch, portal};
use super::{Outcome, in_step};

async fn failed(person: &Person, account: AccountId) -> Trouble {
    eventually("the account to say what is wrong", || async {
        match person.engine.activity(account) {
            Activity::Failed { trouble } => Some(trouble),
            _ => None,
        }
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_page_in_between_is_told_and_passes_by_itself() -> Outcome {
    let stage = Stage::start()?;
    let switch = Switch::to(portal().await?).await?;
    for (who, protocol, real) in [
        ("lena", Protocol::Imap, stage.dovecot.imaps()),
        ("jonas", Protocol::Pop3, stage.dovecot.pop3s()),
    ] {
        deliver(&stage.dovecot, who, "Behind the page");
        switch.turn(portal().await?);
        let person = Person::new().await;
        let mut form = form(&stage, who, protocol);
        form.incoming.port = switch.port();
        let account = person.add_quietly(form).await;
        person.engine.start().await?;
        let trouble = failed(&person, account.id).await;
        assert_eq!(trouble.kind, TroubleKind::WrongPort, "{trouble}");
        assert!(
            trouble.sentence.starts_with("A web server answers at localhost:"),
            "{trouble}"
        );
        switch.turn(real);
        // Nobody does anything.
        in_step(&person, account.id).await;
        eventually("the letter", || person.letter(Role::Inbox, "Behind the page")).await;
        person.engine.stop().await;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn another_certificate_in_between_is_told_and_gone_with_the_next_network() -> Outcome {
    let stage = Stage::start()?;
    let real = stage.dovecot.imaps();
    let tls = ProxyTls::Both(Certificates::new().good(), stage.ca_pem().to_owned());
    let stranger = Proxy::start((stage.dovecot.host(), real).into(), tls).await?;
    let switch = Switch::to(stranger.port()).await?;
    let lena = Person::new().await;
    let mut form = form(&stage, "lena", Protocol::Imap);
    form.incoming.port = switch.port();
    let account = lena.add_quietly(form).await;
    lena.engine.start().await?;
    let trouble = failed(&lena, account.id).await;
    assert_eq!(trouble.kind, TroubleKind::BadCertificate, "{trouble}");
    // Until the pauses are longer than anybody likes to wait.
    eventually("some tries", || async {
        (switch.connections() >= 4).then_some(())
    })
    .await;
    assert!(
        !stage.dovecot.log().contains("lena@"),
        "nobody was named to the stranger"
    );
    switch.turn(real);
    lena.engine.network_changed();
    in_step(&lena, account.id).await;
    lena.engine.stop().await;
    Ok(())
}
