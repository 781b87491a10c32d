//! A provider of which nobody knows anything but what a domain publishes: its issuer, and servers under names of its own, which the
//! small internet's DNS leads to this computer. From the address to mail, and for an account that has only had a password.

use std::net::Ipv4Addr;

use journeys::{Person, deliver, eventually, form};
use waxwing_engine::discovery::{Source, Surroundings, Wishes};
use waxwing_engine::{AccountForm, Discovered, DiscoveredServer, Door, SignInForm};
use waxwing_model::{Account, Authentication, Protocol, Role, ServerSettings};
use waxwing_testkit::internet::MailPorts;
use waxwing_testkit::provider::{Decision, Provider, ProviderOptions};
use waxwing_testkit::web::Page;
use waxwing_testkit::{DovecotOptions, Internet, PostfixOptions, Stage, address, letters};

use super::Outcome;
use super::two_providers::{by, keys};
use super::world::{in_step, sent};

const IMAP: &str = "imap.nordlicht.test";
const SMTP: &str = "smtp.nordlicht.test";
const OWN_PAGE: &str = "autoconfig.waxwing.test/mail/config-v1.1.xml";
/// What a provider is called that has no file.
const NAME: &str = "login.nordlicht.test";

struct Described {
    internet: Internet,
    provider: Provider,
    stage: Stage,
    surroundings: String,
}

impl Described {
    async fn open() -> Result<Self, Box<dyn std::error::Error>> {
        let internet = Internet::start().await?;
        let provider = Provider::open(&internet, ProviderOptions::default()).await?;
        let servers = DovecotOptions {
            mechanisms: "plain xoauth2 oauthbearer".to_owned(),
            introspection: Some(provider.introspection()),
            ..DovecotOptions::default()
        };
        let stage = Stage::start_with(&servers, &PostfixOptions::default())?;
        for host in [IMAP, SMTP] {
            internet.names.put_address(host, Ipv4Addr::LOCALHOST);
        }
        // Nothing of the provider stands in it.
        let surroundings =
            internet.stage_file(stage.ca_pem(), &MailPorts::default(), &["localhost".to_owned()]);
        Ok(Self {
            internet,
            provider,
            stage,
            surroundings,
        })
    }

    /// The domain of the addresses publishes its servers, and the issuer where it names one.
    fn publish(&self, issuer: Option<&str>) {
        let servers = Internet::description(
            Some((IMAP, self.stage.dovecot.imaps())),
            None,
            Some((SMTP, self.stage.postfix.submissions())),
        );
        let document = match issuer {
            Some(issuer) => Internet::naming(&servers, issuer),
            None => servers,
        };
        self.internet.publish(OWN_PAGE, Page::Body(document));
    }

    async fn person(&self) -> Result<Person, Box<dyn std::error::Error>> {
        let person = Person::new().await;
        self.surround(&person)?;
        Ok(person)
    }

    fn surround(&self, person: &Person) -> Outcome {
        person
            .engine
            .search_in(Surroundings::from_stage_file(&self.surroundings)?);
        Ok(())
    }

    /// With what was found, as the setup screen fills it in.
    fn filled_in(&self, name: &str, found: &Discovered) -> Result<AccountForm, &'static str> {
        Ok(AccountForm {
            incoming: settings(found.imap.as_ref().ok_or("it reads")?),
            outgoing: settings(found.smtp.as_ref().ok_or("it sends")?),
            ..form(&self.stage, name, Protocol::Imap)
        })
    }

    /// Reads what comes, and sends.
    async fn lives(&self, person: &Person, account: &Account, subject: &str) -> Outcome {
        in_step(person, account).await;
        let raw = letters::simple(&account.email, &account.email, subject, "Hello.");
        sent(person, person.engine.send_message(account, raw).await?).await;
        eventually("the letter to come back", || async {
            person.letter(Role::Inbox, subject).await.map(drop)
        })
        .await;
        Ok(())
    }
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

#[tokio::test(flavor = "multi_thread")]
async fn what_a_domain_says_of_itself_leads_from_the_address_to_mail() -> Outcome {
    let world = Described::open().await?;
    world.publish(Some(&Provider::issuer()));
    deliver(&world.stage.dovecot, "lena", "The ferry");
    let lena = world.person().await?;
    let email = address("lena");
    let found = lena.engine.discover(&email, &Wishes::default()).await?;
    assert_eq!(
        found.how,
        Some(Source::Autoconfig {
            host: "autoconfig.waxwing.test".into()
        })
    );
    assert_eq!(found.issuer, Some(Provider::issuer()));
    let mut wanted = world.filled_in("lena", &found)?;
    let hosts = vec![wanted.incoming.host.clone(), wanted.outgoing.host.clone()];
    assert_eq!(hosts, [IMAP, SMTP]);
    assert_eq!(
        lena.engine.sign_in_offer(&hosts, None),
        None,
        "no list knows these servers"
    );
    let offer = lena.engine.sign_in_offer(&hosts, found.issuer.as_deref());
    let offer = offer.ok_or("the domain does")?;
    assert!(offer.ready && offer.provider == NAME, "{offer:?}");

    let question = SignInForm {
        email: email.clone(),
        usernames: vec![email.clone()],
        hosts,
        issuer: found.issuer.clone(),
        client: None,
    };
    let begun = lena.engine.begin_sign_in(question).await?;
    world
        .provider
        .browse(&begun.address, Decision::Consent(email))
        .await?;
    let waited = lena.engine.await_sign_in(begun.id).await;
    waited.map_err(|trouble| trouble.to_string())?;
    wanted.password = "".into();
    wanted.signed_in = Some(begun.id);
    let account = lena.add(wanted).await;
    eventually("the letter that waits there", || {
        lena.letter(Role::Inbox, "The ferry")
    })
    .await;
    world.lives(&lena, &account, "By the token").await?;
    assert_eq!(
        keys(&lena, &account).await?,
        [(true, by(NAME)), (false, by(NAME))],
        "nothing but the token opens them"
    );
    let heard = world.provider.heard();
    assert_eq!(
        (heard.registrations, heard.exchanges),
        (1, 1),
        "it gave a client id, and tokens for one code: {heard:?}"
    );
    assert!(
        heard.introspections > 0,
        "the mail servers asked what the token is worth: {heard:?}"
    );

    // It is made fresh by what the issuer's description says, also after the program was closed.
    let lena = lena.restart().await;
    world.surround(&lena)?;
    world.provider.forget_access();
    world.stage.dovecot.restart()?;
    lena.engine.start().await?;
    world.lives(&lena, &account, "By a fresh token").await?;
    assert_eq!(world.provider.heard().refreshes, 1);
    lena.engine.stop().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_only_had_a_password_is_offered_the_page_that_the_domain_names() -> Outcome {
    let world = Described::open().await?;
    world.publish(None);
    let jonas = world.person().await?;
    let email = address("jonas");
    let found = jonas.engine.discover(&email, &Wishes::default()).await?;
    let account = jonas.add(world.filled_in("jonas", &found)?).await;
    world.lives(&jonas, &account, "By the password").await?;
    let by_password = [(true, None), (false, None)];
    assert_eq!(keys(&jonas, &account).await?, by_password);
    let offered = || jonas.engine.sign_in_offer_again(account.id, Door::Incoming);
    assert_eq!(offered().await?, None, "nobody knows more");
    assert!(
        !jonas.engine.ask_whose_page(account.id).await?,
        "and the domain names nobody"
    );
    assert_eq!(offered().await?, None);

    // The domain goes on to sign its people in in the browser.
    world.publish(Some(&Provider::issuer()));
    assert!(jonas.engine.ask_whose_page(account.id).await?, "that is news");
    assert!(!jonas.engine.ask_whose_page(account.id).await?, "once");
    let offer = offered().await?.ok_or("it is offered now")?;
    assert!(offer.ready && offer.provider == NAME, "{offer:?}");
    let doorways = jonas.engine.doorways(account.id).await?;
    assert!(
        doorways
            .iter()
            .all(|door| door.issuer == Some(Provider::issuer())),
        "a change of servers asks with it too: {doorways:?}"
    );
    assert_eq!(
        keys(&jonas, &account).await?,
        by_password,
        "the password opens them as before"
    );
    world.internet.publish(OWN_PAGE, Page::Status(503));
    assert!(!jonas.engine.ask_whose_page(account.id).await?);
    assert!(
        offered().await?.is_some(),
        "a domain that says nothing takes nothing back"
    );

    let begun = jonas
        .engine
        .begin_sign_in_again(account.id, Door::Incoming, None)
        .await?;
    world
        .provider
        .browse(&begun.address, Decision::Consent(email))
        .await?;
    let waited = jonas.engine.await_sign_in(begun.id).await;
    waited.map_err(|trouble| trouble.to_string())?;
    let tried = jonas
        .engine
        .signed_in_again(account.id, Door::Incoming, begun.id)
        .await?;
    assert_eq!(tried.len(), 2, "one sign-in is for both servers");
    for each in tried {
        each.tried.outcome.map_err(|trouble| trouble.to_string())?;
    }
    assert_eq!(
        keys(&jonas, &account).await?,
        [(true, by(NAME)), (false, by(NAME))]
    );
    let account = jonas.account(account.id).await;
    world.lives(&jonas, &account, "By the token").await?;
    let asked = world.internet.web.asked().len();
    assert!(!jonas.engine.ask_whose_page(account.id).await?);
    assert_eq!(
        world.internet.web.asked().len(),
        asked,
        "nobody is asked about a server that the browser opens already"
    );
    jonas.engine.stop().await;
    Ok(())
}
