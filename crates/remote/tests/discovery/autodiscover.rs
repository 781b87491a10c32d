//! Autodiscover: what its answers mean, and that the person is asked before the address is told to another host.

use waxwing_model::Security;
use waxwing_testkit::web::Page;

use crate::world::{AUTODISCOVER, Place, World, hosts, settings, source};

const ELSEWHERE: &str = "autodiscover.fjord.test/autodiscover/autodiscover.xml";

#[tokio::test]
async fn the_parts_for_the_three_protocols_are_read() {
    let world = World::with(&[Place::Autodiscover]).await;
    let found = world.look().await;
    let imap = found.imap.expect("it has IMAP");
    assert_eq!(
        (imap.port, imap.security, imap.username.as_str()),
        (993, Security::Tls, "lena")
    );
    let pop3 = found.pop3.expect("it has POP3");
    assert_eq!(
        (pop3.port, pop3.security, pop3.username.as_str()),
        (995, Security::Tls, "lena")
    );
    let smtp = found.smtp.expect("it sends");
    assert_eq!(
        (smtp.port, smtp.security),
        (587, Security::StartTls),
        "SSL at this port means STARTTLS, and never plain text"
    );
}

#[tokio::test]
async fn another_host_is_asked_only_with_the_persons_consent() {
    let redirect = format!("https://{ELSEWHERE}");
    let in_words = |action: &str, element: &str, to: &str| {
        Page::Body(format!(
            "<Autodiscover><Response><Account><Action>{action}</Action><{element}>{to}</{element}></Account>\
             </Response></Autodiscover>"
        ))
    };
    for (what, page) in [
        ("a redirection of the web", Page::Redirect(redirect.clone())),
        (
            "another address of the web",
            in_words("redirectUrl", "RedirectUrl", &redirect),
        ),
        (
            "another address of mail",
            in_words("redirectAddr", "RedirectAddr", "lena@fjord.test"),
        ),
        ("a record of DNS", Page::Status(404)),
    ] {
        let mut world = World::new().await;
        world.internet.publish(AUTODISCOVER, page);
        let there = Page::Body(settings(Place::Autodiscover));
        world.internet.publish(ELSEWHERE, there);
        world.internet.names.put_srv(
            "_autodiscover._tcp.nordlicht.test",
            443,
            "autodiscover.fjord.test",
        );
        let found = world.look().await;
        assert!(found.is_empty(), "{what}: {found:?}");
        assert_eq!(
            found.consent.as_deref(),
            Some("autodiscover.fjord.test"),
            "{what}: the person is asked"
        );
        assert!(
            !world.heard_at("autodiscover.fjord.test"),
            "{what}: nothing was told"
        );

        world.wishes.consented = vec!["autodiscover.fjord.test".to_owned()];
        let found = world.look().await;
        let [imap, _] = hosts(Place::Autodiscover);
        let found_imap = found.imap.expect("now it is known");
        assert_eq!(found_imap.host, imap, "{what}");
        let by_dns = what == "a record of DNS";
        assert_eq!(
            found_imap.vouched, !by_dns,
            "{what}: it is told who vouches for it"
        );
        assert_eq!(found.consent, None, "{what}: nothing is left to ask");
    }
}

#[tokio::test]
async fn who_has_an_answer_is_not_asked_for_consent() {
    let world = World::with(&[Place::SharedList]).await;
    world
        .internet
        .publish(AUTODISCOVER, Page::Redirect(format!("https://{ELSEWHERE}")));
    let found = world.look().await;
    assert_eq!(found.how, source(Place::SharedList));
    assert_eq!(found.consent, None);
}
