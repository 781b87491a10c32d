//! Sources that lie: nonsense instead of a description, redirections to where nothing is asked, documents that are too
//! large or that would explode, and names that lead into this computer or its network.

use std::net::Ipv4Addr;
use std::time::{Duration, Instant};

use futures::future::join_all;
use waxwing_remote::discover::Source;
use waxwing_testkit::Internet;
use waxwing_testkit::web::Page;

use crate::world::{
    AUTODISCOVER, OWN, PACC, PROVIDER, Place, SHARED, WELL_KNOWN, World, description, hosts, source,
};

fn lies() -> Vec<(&'static str, Page)> {
    let bomb = "<!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">\
                <!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">]><clientConfig>&c;</clientConfig>";
    let Page::Body(good) = description(Place::OwnHost) else {
        unreachable!("a description is a body");
    };
    vec![
        (
            "a page",
            Page::Body("<html><body><p>Not found<br></body></html>".into()),
        ),
        ("nothing", Page::Body(String::new())),
        (
            "half a document",
            Page::Body(good.split_at(good.len() / 2).0.to_owned()),
        ),
        ("JSON of another kind", Page::Body("[[[[{}]]]]".into())),
        ("an entity bomb", Page::Body(bomb.into())),
        ("a deep document", Page::Body("<a>".repeat(50_000))),
        ("50 MB", Page::Endless(good, 50_000_000)),
        ("an error", Page::Status(500)),
        ("no way in", Page::Status(401)),
        (
            "plain http",
            Page::Redirect("http://nordlicht.test/open.xml".into()),
        ),
        (
            "a private address",
            Page::Redirect("https://192.168.1.1/config.xml".into()),
        ),
        (
            "this computer",
            Page::Redirect("https://localhost/config.xml".into()),
        ),
        (
            "another loopback",
            Page::Redirect("https://127.0.0.2/config.xml".into()),
        ),
        (
            "a password",
            Page::Redirect("https://a:b@nordlicht.test/open.xml".into()),
        ),
        ("a file", Page::Redirect("file:///etc/passwd".into())),
        ("a circle", Page::Redirect("https://nordlicht.test/circle".into())),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_source_that_lies_is_passed_over() {
    for (what, page) in lies() {
        let looks = [PACC, OWN, WELL_KNOWN, SHARED, AUTODISCOVER, PROVIDER].map(|address| {
            let page = page.clone();
            async move {
                let world = World::new().await;
                world
                    .internet
                    .publish("nordlicht.test/open.xml", description(Place::OwnHost));
                let circle = Page::Redirect("https://nordlicht.test/circle".into());
                world.internet.publish("nordlicht.test/circle", circle);
                world.internet.names.put_mx("nordlicht.test", "mx.fjord.test");
                if let Page::Body(body) = &page {
                    world.vouch(body);
                }
                world.internet.publish(address, page);
                let began = Instant::now();
                let found = world.look().await;
                assert!(found.is_empty(), "{what} at {address}: {found:?}");
                assert!(
                    began.elapsed() < Duration::from_secs(60),
                    "{what} at {address} took {:?}",
                    began.elapsed()
                );
            }
        });
        join_all(looks).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn behind_a_liar_the_next_one_is_believed() {
    for (what, page) in lies() {
        let world = World::with(&[Place::Srv]).await;
        for address in [PACC, OWN, WELL_KNOWN] {
            world.internet.publish(address, page.clone());
        }
        world.vouch("something else");
        let circle = Page::Redirect("https://nordlicht.test/circle".into());
        world.internet.publish("nordlicht.test/circle", circle);
        assert_eq!(world.look().await.how, Source::Srv, "{what}");
    }
}

#[tokio::test]
async fn a_description_that_moved_is_followed_over_https() {
    let world = World::new().await;
    world.internet.publish(
        OWN,
        Page::Redirect("https://www.fjord.test/moved?domain=nordlicht.test".into()),
    );
    world
        .internet
        .publish("www.fjord.test/moved", description(Place::OwnHost));
    assert_eq!(world.look().await.how, source(Place::OwnHost));
}

#[tokio::test]
async fn a_document_that_dns_does_not_vouch_for_is_not_believed() {
    let [imap, smtp] = hosts(Place::Pacc);
    let body = format!(
        "{{\"protocols\":{{\"imap\":{{\"host\":\"{imap}\"}},\"submit\":{{\"host\":\"{smtp}\"}}}},\
         \"authentication\":{{\"password\":true}}}}"
    );
    for (digest_of, is_believed) in [(Some("{}"), false), (None, false), (Some(body.as_str()), true)] {
        let world = World::new().await;
        if let Some(document) = digest_of {
            world.vouch(document);
        }
        world.internet.publish(PACC, Page::Body(body.clone()));
        let found = world.look().await;
        assert_eq!(found.imap.is_some(), is_believed, "DNS vouches for {digest_of:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn servers_in_this_computer_or_its_network_are_not_believed() {
    for host in [
        "10.0.0.1",
        "192.168.178.1",
        "127.0.0.2",
        "router.nordlicht.test",
        // A name with a public address and one of this network.
        "both.nordlicht.test",
        "nowhere.nordlicht.test",
    ] {
        let world = World::new().await;
        let names = &world.internet.names;
        let router = Ipv4Addr::new(192, 168, 178, 1);
        names.put_address("router.nordlicht.test", router);
        names.put_address("both.nordlicht.test", Ipv4Addr::LOCALHOST);
        names.put_address("both.nordlicht.test", router);
        let described = Internet::description(Some((host, 993)), None, Some((host, 465)));
        world.internet.publish(OWN, Page::Body(described));
        names.put_srv("_imaps._tcp.nordlicht.test", 993, host);
        names.put_srv("_submissions._tcp.nordlicht.test", 465, host);
        let found = world.look().await;
        assert!(found.is_empty(), "{host}: {found:?}");
    }
}

#[tokio::test]
async fn a_web_server_in_the_own_network_is_not_asked() {
    let world = World::new().await;
    world.internet.publish(WELL_KNOWN, description(Place::WellKnown));
    // Somebody is there, at the port where web servers are.
    let neighbour = Ipv4Addr::new(127, 0, 0, 2);
    let listener = tokio::net::TcpListener::bind((neighbour, world.internet.web.port()))
        .await
        .unwrap();
    world
        .internet
        .names
        .put_address("autoconfig.nordlicht.test", neighbour);
    assert_eq!(world.look().await.how, source(Place::WellKnown));
    let visit = tokio::time::timeout(Duration::from_millis(200), listener.accept()).await;
    assert!(visit.is_err(), "nobody came to its door");
}

#[tokio::test(flavor = "multi_thread")]
async fn mx_records_that_name_no_provider_lead_nowhere() {
    let looks = [
        // No mail at all (RFC 7505), this computer, its network, and what belongs to a registry and to no provider.
        ".",
        "localhost",
        "192.168.1.1",
        "co.uk",
        "mx.nordlicht.test",
    ];
    let looks = looks.map(|exchanger| async move {
        let world = World::new().await;
        world.internet.names.put_mx("nordlicht.test", exchanger);
        let found = world.look().await;
        assert!(found.is_empty(), "{exchanger}: {found:?}");
        let asked = world.internet.names.asked();
        let own =
            |name: &String| name.ends_with("nordlicht.test") || name.contains("autoconfig.thunderbird.net");
        let stranger = asked.iter().find(|name| !own(name));
        assert_eq!(stranger, None, "{exchanger}: nobody else was looked for");
    });
    join_all(looks).await;
}
