//! Which domain is asked for whom, what is noted of its word, and who is left in peace. The domains stand in a small internet; no mail
//! server is needed, since none is asked.

use std::net::Ipv4Addr;

use serde_json::json;
use waxwing_model::{Authentication, NewAccount, NewIdentity, Protocol, Security, ServerSettings};
use waxwing_remote::discover::Surroundings;
use waxwing_testkit::Internet;
use waxwing_testkit::internet::MailPorts;
use waxwing_testkit::web::Page;

use super::*;
use crate::accounts::credentials::write_sealing;
use crate::lena;
use crate::oauth::kept::tests::{at, grant_to};
use crate::oauth::{known_of, seal_grant};
use crate::without_keyring::opened;

const NORDLICHT: &str = "https://login.nordlicht.test";
const FJORD: &str = "https://login.fjord.test";

fn server(host: &str, username: &str) -> Option<ServerSettings> {
    Some(ServerSettings {
        host: host.into(),
        port: 993,
        security: Security::Tls,
        username: username.into(),
        authentication: Authentication::Auto,
    })
}

/// Lena reads and sends at Nordlicht, and has an address at the fjord with a server of its own.
async fn lena(engine: &Engine) -> (AccountId, Door) {
    let account = NewAccount {
        email: "lena@nordlicht.test".into(),
        incoming: server("imap.nordlicht.test", "lena"),
        outgoing: server("smtp.nordlicht.test", "lena"),
        ..lena::account(Protocol::Imap)
    };
    let shop = NewIdentity {
        email: "shop@fjord.test".into(),
        outgoing: server("smtp.fjord.test", "shop"),
        ..NewIdentity::default()
    };
    engine
        .write(move |writing| {
            let account = writing.insert_account(&account)?;
            let shop = writing.insert_identity(account, &shop)?;
            Ok((account, Door::Identity(shop)))
        })
        .await
        .expect("she is there")
}

/// A domain that publishes its servers, and names its issuer.
fn publish(internet: &Internet, domain: &str, issuer: &str) {
    let [imap, smtp] = ["imap", "smtp"].map(|service| format!("{service}.{domain}"));
    for host in [&imap, &smtp] {
        internet.names.put_address(host, Ipv4Addr::LOCALHOST);
    }
    let servers = Internet::description(Some((&imap, 993)), None, Some((&smtp, 465)));
    let page = Page::Body(Internet::naming(&servers, issuer));
    internet.publish(&format!("autoconfig.{domain}/mail/config-v1.1.xml"), page);
}

fn within(engine: &Engine, internet: &Internet, providers: &[serde_json::Value]) {
    let file = internet.stage_file_with("", &MailPorts::default(), &[], providers);
    engine.search_in(Surroundings::from_stage_file(&file).expect("surroundings"));
}

async fn named(engine: &Engine, account: AccountId, door: Door) -> Option<String> {
    engine
        .known_issuer((account, door))
        .await
        .expect("it can be asked")
}

#[tokio::test]
async fn each_address_is_asked_about_at_its_own_domain_and_no_person_is_named() {
    let disk = tempfile::tempdir().unwrap();
    let engine = opened(disk.path(), None).await;
    let internet = Internet::start().await.unwrap();
    publish(&internet, "nordlicht.test", NORDLICHT);
    publish(&internet, "fjord.test", FJORD);
    within(&engine, &internet, &[]);
    let (account, shop) = lena(&engine).await;
    assert_eq!(named(&engine, account, Door::Incoming).await, None);
    assert!(engine.ask_whose_page(account).await.unwrap());
    for (door, issuer) in [
        (Door::Incoming, NORDLICHT),
        (Door::Outgoing, NORDLICHT),
        (shop, FJORD),
    ] {
        assert_eq!(
            named(&engine, account, door).await.as_deref(),
            Some(issuer),
            "{door:?}"
        );
        assert!(
            engine.sign_in_offer_again(account, door).await.unwrap().is_some(),
            "{door:?} is offered"
        );
    }
    for asked in internet.web.asked() {
        let told = format!("{}{}{}", asked.host, asked.path, asked.body);
        assert!(!told.contains("lena") && !told.contains("shop"), "{told}");
    }
    let names = internet.names.asked();
    assert!(
        !names
            .iter()
            .any(|name| name.starts_with("mail.") || name.contains("_imaps")),
        "no server was looked for: {names:?}"
    );
    engine.remove_account(account).await.unwrap();
    assert_eq!(
        engine.setting(&known_of((account, shop))).await.unwrap(),
        None,
        "what was named goes with the account"
    );
}

#[tokio::test]
async fn who_is_known_already_is_left_in_peace_and_what_was_granted_knows_better() {
    let disk = tempfile::tempdir().unwrap();
    let engine = opened(disk.path(), Some("a passphrase for tests")).await;
    let internet = Internet::start().await.unwrap();
    publish(&internet, "nordlicht.test", FJORD);
    let file = json!({
        "name": "Fjord", "hosts": ["smtp.fjord.test"], "issuer": FJORD, "scopes": ["mail"],
    });
    within(&engine, &internet, &[file]);
    let (account, shop) = lena(&engine).await;
    write_sealing(&engine.inner, |writing, seal| {
        seal_grant(writing, seal, at(account), &grant_to("lenas-own", "the first"))
    })
    .unwrap();
    let before = named(&engine, account, Door::Incoming).await;
    engine.note_issuer(at(account), FJORD).await.unwrap();
    assert_eq!(
        named(&engine, account, Door::Incoming).await,
        before,
        "what was granted knows better"
    );
    engine.ask_whose_page(account).await.unwrap();
    assert_eq!(
        named(&engine, account, shop).await,
        None,
        "a file knows the server"
    );
    assert!(
        !internet.names.asked().iter().any(|name| name.contains("fjord")),
        "and nobody was asked about it"
    );
    let gone = AccountId(4_711);
    assert!(!engine.note_issuer((gone, Door::Incoming), FJORD).await.unwrap());
    assert_eq!(
        engine.setting(&known_of((gone, Door::Incoming))).await.unwrap(),
        None,
        "of an account that has gone meanwhile nothing is noted"
    );
}

#[tokio::test]
async fn a_domain_that_names_another_one_now_is_believed_and_the_client_of_before_is_not_shown_there() {
    let disk = tempfile::tempdir().unwrap();
    let engine = opened(disk.path(), None).await;
    let internet = Internet::start().await.unwrap();
    publish(&internet, "nordlicht.test", NORDLICHT);
    within(&engine, &internet, &[]);
    let (account, _) = lena(&engine).await;
    let before = json!({ "issuer": FJORD, "client": "lenas-own" }).to_string();
    engine.put_setting(&known_of(at(account)), &before).await.unwrap();
    assert!(engine.ask_whose_page(account).await.unwrap());
    let known = engine.known_sign_in(at(account)).await.unwrap();
    assert_eq!(known.issuer.as_deref(), Some(NORDLICHT));
    assert!(known.client.is_none(), "it was for another one");
    assert!(!engine.ask_whose_page(account).await.unwrap(), "it is known now");
}
