//! From an address to mail, with the servers found in each way: published by the domain, named by its DNS, found by trying,
//! and with POP3 alone. The names, the web and the authority are a small internet's, the mail servers are real.

use journeys::{Person, deliver, eventually, form};
use waxwing_engine::discovery::{Source, Surroundings, Wishes};
use waxwing_engine::{AccountForm, Discovered, DiscoveredServer, EngineError};
use waxwing_model::{Authentication, Protocol, Role, Security, ServerSettings};
use waxwing_testkit::internet::MailPorts;
use waxwing_testkit::web::Page;
use waxwing_testkit::{Internet, Stage, address};

type Outcome = Result<(), Box<dyn std::error::Error>>;

/// A person who searches in this internet.
async fn person_in(
    internet: &Internet,
    stage: &Stage,
    ports: &MailPorts,
) -> Result<Person, Box<dyn std::error::Error>> {
    let lena = Person::new().await;
    let file = internet.stage_file(stage.ca_pem(), ports, &["localhost".to_owned()]);
    lena.engine.search_in(Surroundings::from_stage_file(&file)?);
    Ok(lena)
}

async fn look(person: &Person, name: &str) -> Result<Discovered, EngineError> {
    person.engine.discover(&address(name), &Wishes::default()).await
}

/// The form with what was found, as the setup screen fills it in.
fn filled_in(stage: &Stage, name: &str, found: &Discovered) -> Result<AccountForm, &'static str> {
    let (protocol, incoming) = match (&found.imap, &found.pop3) {
        (Some(imap), _) => (Protocol::Imap, imap),
        (None, Some(pop3)) => (Protocol::Pop3, pop3),
        (None, None) => return Err("nothing was found to read mail with"),
    };
    let mut form = form(stage, name, protocol);
    form.incoming = settings(incoming);
    form.outgoing = settings(found.smtp.as_ref().ok_or("nothing was found to send with")?);
    Ok(form)
}

fn settings(server: &DiscoveredServer) -> ServerSettings {
    ServerSettings {
        host: server.host.clone(),
        port: server.port,
        security: server.security,
        username: server.username.clone(),
        authentication: Authentication::Auto,
    }
}

/// Adds the account with what was found, and reads the letter that waits there.
async fn reads_mail(stage: &Stage, person: &Person, name: &str, found: &Discovered) -> Outcome {
    deliver(&stage.dovecot, name, "The ferry");
    let account = person.add(filled_in(stage, name, found)?).await;
    eventually("the letter to come in", || async {
        person.letter(Role::Inbox, "The ferry").await.map(drop)
    })
    .await;
    let expected = if found.imap.is_some() {
        Protocol::Imap
    } else {
        Protocol::Pop3
    };
    assert_eq!(account.protocol, expected);
    Ok(())
}

fn own_description(internet: &Internet, document: String) {
    internet.publish(
        "autoconfig.waxwing.test/mail/config-v1.1.xml",
        Page::Body(document),
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn imap_is_found_by_what_the_domain_publishes() -> Outcome {
    let (stage, internet) = (Stage::start()?, Internet::start().await?);
    own_description(
        &internet,
        Internet::description(
            Some(("localhost", stage.dovecot.imaps())),
            Some(("localhost", stage.dovecot.pop3s())),
            Some(("localhost", stage.postfix.submissions())),
        ),
    );
    let lena = person_in(&internet, &stage, &MailPorts::default()).await?;
    let found = look(&lena, "lena").await?;
    assert_eq!(
        found.how,
        Some(Source::Autoconfig {
            host: "autoconfig.waxwing.test".into()
        })
    );
    assert!(found.encrypted && !found.unvouched, "{found:?}");
    assert!(found.pop3.is_some(), "the other protocol is offered beside it");
    reads_mail(&stage, &lena, "lena", &found).await
}

#[tokio::test(flavor = "multi_thread")]
async fn imap_is_found_by_dns() -> Outcome {
    let (stage, internet) = (Stage::start()?, Internet::start().await?);
    let names = &internet.names;
    names.put_srv("_imaps._tcp.waxwing.test", stage.dovecot.imaps(), "localhost");
    names.put_srv(
        "_submissions._tcp.waxwing.test",
        stage.postfix.submissions(),
        "localhost",
    );
    let lena = person_in(&internet, &stage, &MailPorts::default()).await?;
    let found = look(&lena, "lena").await?;
    assert_eq!(found.how, Some(Source::Srv));
    assert!(found.unvouched, "DNS alone says so");
    reads_mail(&stage, &lena, "lena", &found).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_dns_alone_adds_is_not_vouched_for_by_the_others() -> Outcome {
    let (stage, internet) = (Stage::start()?, Internet::start().await?);
    own_description(
        &internet,
        Internet::description(None, Some(("localhost", stage.dovecot.pop3s())), None),
    );
    let names = &internet.names;
    for host in ["imap.fjord.test", "smtp.fjord.test"] {
        names.put_address(host, std::net::Ipv4Addr::LOCALHOST);
    }
    names.put_srv("_submissions._tcp.waxwing.test", 465, "smtp.fjord.test");
    let lena = person_in(&internet, &stage, &MailPorts::default()).await?;
    let found = look(&lena, "lena").await?;
    assert!(matches!(found.how, Some(Source::Autoconfig { .. })), "{found:?}");
    let (pop3, smtp) = (found.pop3.ok_or("it reads")?, found.smtp.ok_or("it sends")?);
    assert!(pop3.vouched && !pop3.is_strange(), "{pop3:?}");
    assert!(found.unvouched && smtp.is_strange(), "{smtp:?}");

    // The account that is to change its protocol has a password already.
    names.put_srv("_imaps._tcp.waxwing.test", 993, "imap.fjord.test");
    let account = lena.add(form(&stage, "lena", Protocol::Pop3)).await;
    let server = lena.engine.protocol_server(account.id, Protocol::Imap).await?;
    let server = server.ok_or("DNS names one")?;
    assert_eq!(server.settings.host, "imap.fjord.test");
    assert_eq!(server.registered.as_deref(), Some("fjord.test"));
    assert!(server.strange, "it is looked at before the password goes there");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn imap_is_found_by_trying() -> Outcome {
    let (stage, internet) = (Stage::start()?, Internet::start().await?);
    let ports = MailPorts {
        imap: vec![(stage.dovecot.imaps(), "tls"), (stage.dovecot.imap(), "starttls")],
        pop3: vec![(stage.dovecot.pop3(), "starttls")],
        smtp: vec![(stage.postfix.submission(), "starttls")],
    };
    let lena = person_in(&internet, &stage, &ports).await?;
    let found = look(&lena, "lena").await?;
    assert_eq!(found.how, Some(Source::Probing));
    assert!(found.encrypted, "each was knocked at: {found:?}");
    let smtp = found.smtp.as_ref().ok_or("it sends")?;
    assert_eq!(smtp.security, Security::StartTls);
    reads_mail(&stage, &lena, "lena", &found).await
}

#[tokio::test(flavor = "multi_thread")]
async fn where_there_is_pop3_alone_mail_comes_by_it() -> Outcome {
    let (stage, internet) = (Stage::start()?, Internet::start().await?);
    own_description(
        &internet,
        Internet::description(
            None,
            Some(("localhost", stage.dovecot.pop3s())),
            Some(("localhost", stage.postfix.submissions())),
        ),
    );
    let amara = person_in(&internet, &stage, &MailPorts::default()).await?;
    let found = look(&amara, "amara").await?;
    assert_eq!(found.imap, None);
    reads_mail(&stage, &amara, "amara", &found).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_next_letter_that_is_typed_ends_the_search_before() -> Outcome {
    let (stage, internet) = (Stage::start()?, Internet::start().await?);
    for host in ["autoconfig", "ua-auto-config"] {
        let path = match host {
            "autoconfig" => "mail/config-v1.1.xml",
            _ => ".well-known/user-agent-configuration.json",
        };
        internet.publish(&format!("{host}.nordlicht.test/{path}"), Page::Never);
    }
    own_description(
        &internet,
        Internet::description(
            Some(("localhost", stage.dovecot.imaps())),
            None,
            Some(("localhost", stage.postfix.submissions())),
        ),
    );
    let lena = person_in(&internet, &stage, &MailPorts::default()).await?;
    let engine = lena.engine.clone();
    let first = tokio::spawn(async move { engine.discover("lena@nordlicht.test", &Wishes::default()).await });
    eventually("the first search to ask", || async {
        (!internet.web.asked().is_empty()).then_some(())
    })
    .await;
    let second = look(&lena, "lena").await?;
    assert!(second.imap.is_some(), "the second search finds");
    assert!(
        matches!(first.await?, Err(EngineError::Gone(_))),
        "the first has ended without an answer"
    );
    let engine = lena.engine.clone();
    let third = tokio::spawn(async move { engine.discover("lena@nordlicht.test", &Wishes::default()).await });
    tokio::task::yield_now().await;
    eventually("the third search to end", || async {
        lena.engine.end_search();
        third.is_finished().then_some(())
    })
    .await;
    assert!(third.await?.is_err(), "nobody waited for it any more");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_named_server_offers_is_found_out() -> Outcome {
    let (stage, internet) = (Stage::start()?, Internet::start().await?);
    let ports = MailPorts {
        imap: vec![(stage.dovecot.imap(), "starttls")],
        pop3: vec![(stage.dovecot.pop3s(), "tls")],
        smtp: vec![(1, "tls")],
    };
    let lena = person_in(&internet, &stage, &ports).await?;
    let email = address("lena");
    let knock = |protocol, host: &'static str, port| lena.engine.knock(&email, protocol, host, port);
    let imap = knock(Some(Protocol::Imap), "localhost", None)
        .await?
        .ok_or("it is there")?;
    assert_eq!(
        (imap.port, imap.security),
        (stage.dovecot.imap(), Security::StartTls)
    );
    let pop3 = knock(Some(Protocol::Pop3), "localhost", None)
        .await?
        .ok_or("it is there")?;
    assert_eq!((pop3.port, pop3.security), (stage.dovecot.pop3s(), Security::Tls));
    let smtp = stage.postfix.submissions();
    let found = knock(None, "localhost", Some(smtp)).await?.ok_or("it is there")?;
    assert_eq!(
        (found.port, found.security),
        (smtp, Security::Tls),
        "a port of one's own"
    );
    assert_eq!(
        knock(None, "localhost", None).await?,
        None,
        "nobody is at the usual port"
    );
    assert!(knock(None, "local host", None).await.is_err(), "this is no name");
    Ok(())
}
