//! A mailbox with many letters: their bodies come over connections of their own, where the server takes those, and all of
//! them are here in the end, whole and to be found, whatever becomes of a connection.

use journeys::{Person, form_at};
use waxwing_engine::SyncScope;
use waxwing_model::{Body, Role};
use waxwing_testkit::proxy::{Action, Proxy, ProxyTls, Rule, When};
use waxwing_testkit::{Dovecot, DovecotOptions, letters};

type Outcome = Result<(), Box<dyn std::error::Error>>;

/// More than are fetched without further ado.
const LETTERS: usize = 700;

fn filled(options: &DovecotOptions) -> Result<Dovecot, Box<dyn std::error::Error>> {
    let dovecot = Dovecot::start(options)?;
    for raw in letters::generate(11, LETTERS) {
        dovecot.deliver("lena", "INBOX", &raw)?;
    }
    Ok(dovecot)
}

async fn assert_all_whole(lena: &Person, dovecot: &Dovecot) -> Outcome {
    let inbox = lena.mailbox(Role::Inbox).await;
    let here = lena.letters(&inbox).await;
    assert_eq!(here.len(), LETTERS, "each letter is here once");
    let mut raws = Vec::new();
    for email in &here {
        assert_eq!(email.body, Body::Complete, "“{}” is whole", email.subject);
        raws.push(lena.engine.raw(email.id).await?);
    }
    let mut there = dovecot.letters("lena", "INBOX")?;
    raws.sort();
    there.sort();
    assert!(raws == there, "byte for byte what the server has");
    lena.engine.check_store().await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn many_bodies_come_over_a_connection_of_their_own_and_can_be_found() -> Outcome {
    let dovecot = filled(&DovecotOptions::default())?;
    let lena = Person::new().await;
    let account = lena.add_quietly(form_at(&dovecot, "lena", dovecot.imaps())).await;
    let report = lena.engine.sync_once(&account, SyncScope::Everything).await;
    assert_eq!(report.errors, Vec::<String>::new(), "nothing went wrong");
    assert_all_whole(&lena, &dovecot).await?;
    let signed_in = dovecot.log().matches("Login: user=<lena@").count();
    assert_eq!(signed_in, 3, "one connection works, two bring bodies");
    assert!(
        report.first_rows_milliseconds.is_some() && report.first_rows_round_trips.is_some(),
        "it is known when the first rows were there"
    );

    let inbox = lena.mailbox(Role::Inbox).await;
    let letter = lena.letters(&inbox).await.pop().ok_or("the oldest letter")?;
    let address = letter
        .from
        .first()
        .map(|from| from.email.clone())
        .unwrap_or_default();
    let found = lena.engine.search(&format!("from:{address}"), 10_000).await?;
    assert!(
        found.iter().any(|each| each.id == letter.id),
        "the oldest letter is found too"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_server_takes_no_further_connection_the_first_one_brings_the_bodies() -> Outcome {
    let dovecot = filled(&DovecotOptions {
        extra: "protocol imap {\n  mail_max_userip_connections = 1\n}\n".to_owned(),
        ..DovecotOptions::default()
    })?;
    let lena = Person::new().await;
    let account = lena.add_quietly(form_at(&dovecot, "lena", dovecot.imaps())).await;
    let report = lena.engine.sync_once(&account, SyncScope::Everything).await;
    assert_eq!(report.errors, Vec::<String>::new(), "nothing went wrong");
    assert!(
        dovecot.log().contains("mail_max_userip_connections"),
        "a second one was tried and refused"
    );
    assert_all_whole(&lena, &dovecot).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_is_cut_among_the_bodies_leaves_none_behind() -> Outcome {
    let dovecot = filled(&DovecotOptions::default())?;
    let tls = ProxyTls::Both(dovecot.certificates().good(), dovecot.ca_pem().to_owned());
    let proxy = Proxy::start(([127, 0, 0, 1], dovecot.imaps()).into(), tls).await?;
    let lena = Person::new().await;
    let account = lena.add_quietly(form_at(&dovecot, "lena", proxy.port())).await;
    // In each of the first connections that brings so much, which headers alone do not.
    proxy.add(Rule::to_client(When::AfterBytes(2_500_000), Action::Cut));
    let cut = lena.engine.sync_once(&account, SyncScope::Everything).await;
    assert_eq!(proxy.acted(), 1, "it was cut once: {:?}", cut.errors);
    proxy.clear();
    let report = lena.engine.sync_once(&account, SyncScope::Everything).await;
    assert_eq!(report.errors, Vec::<String>::new(), "the next one goes on");
    assert_all_whole(&lena, &dovecot).await
}
