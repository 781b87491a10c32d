//! Each source alone: there, not there, slow, and beside others that are slow.

use futures::future::join_all;
use waxwing_model::Security;
use waxwing_remote::discover::{Source, discover};
use waxwing_testkit::dns::{Behaviour, Record};
use waxwing_testkit::web::Page;
use waxwing_testkit::{A_SECOND, moments};

use crate::world::{
    ADDRESS, AUTODISCOVER, OWN, PACC, PLACES, PROVIDER, Place, SHARED, SLOW, SLOW_MOMENTS, WELL_KNOWN, World,
    hosts, source,
};

#[tokio::test(flavor = "multi_thread")]
async fn each_source_is_found_alone() {
    let looks = PLACES.map(|place| async move {
        let world = World::with(&[place]).await;
        let found = world.look().await;
        let [imap, smtp] = hosts(place);
        assert_eq!(found.how, source(place), "{place:?}");
        let by_dns = matches!(place, Place::Srv | Place::Exchanger);
        assert!(
            found.candidates().all(|server| server.vouched != by_dns),
            "{place:?}: it is told who vouches for it"
        );
        assert_eq!(found.imap.expect("it has IMAP").host, imap, "{place:?}");
        assert_eq!(found.smtp.expect("it sends").host, smtp, "{place:?}");
        assert_eq!(found.dissent, [], "{place:?}: nobody else says anything");
        let behind = (place == Place::Exchanger).then(|| "fjord.test".to_owned());
        assert_eq!(found.behind, behind, "{place:?}");
    });
    join_all(looks).await;
}

#[tokio::test]
async fn where_nobody_knows_anything_it_is_soon_known() {
    let world = World::new().await.unhurried();
    let (found, passed) = moments(world.look()).await;
    assert!(found.is_empty());
    // Nobody is waited for who has answered: a place alone may take 24 seconds.
    assert!(passed < 12 * A_SECOND, "it took {passed} moments");
}

/// Whoever has a web server that could be asked shows this page, the provider that MX records name too.
fn every_web_server(world: &World, page: &Page) {
    world.internet.names.put_mx("nordlicht.test", "mx1.fjord.test");
    for address in [PACC, OWN, WELL_KNOWN, SHARED, AUTODISCOVER, PROVIDER] {
        world.internet.publish(address, page.clone());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_source_that_hangs_keeps_no_other_waiting() {
    let slow = [Page::Late(SLOW, Box::new(Page::Status(404))), Page::Never];
    let looks = slow.into_iter().map(|page| async move {
        let world = World::with(&[Place::Probing]).await.unhurried();
        every_web_server(&world, &page);
        let (found, passed) = moments(world.look()).await;
        assert_eq!(found.how, Source::Probing);
        assert!(passed < SLOW_MOMENTS, "it took {passed} moments");
    });
    join_all(looks).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn records_that_never_come_keep_nobody_waiting() {
    let world = World::with(&[Place::Probing]).await.unhurried();
    for service in ["imaps", "imap", "pop3s", "pop3", "submissions", "submission"] {
        world
            .internet
            .names
            .silence(&format!("_{service}._tcp.nordlicht.test"));
    }
    world.internet.names.silence("_ua-auto-config.nordlicht.test");
    world.internet.names.silence("nordlicht.test");
    assert_eq!(
        world.look().await.how,
        Source::Probing,
        "the usual names are there"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_better_source_that_hangs_costs_a_good_one_a_moment() {
    let world = World::with(&[Place::OwnHost]).await.unhurried();
    world.internet.publish(PACC, Page::Never);
    let (found, passed) = moments(world.look()).await;
    assert_eq!(found.how, source(Place::OwnHost));
    // Unhurried, a source may hang for 24 seconds, and a good one waits for a better one for one and a half.
    assert!(passed < 12 * A_SECOND, "it took {passed} moments");
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_that_hangs_is_given_up() {
    let world = World::new().await;
    every_web_server(&world, &Page::Never);
    let (found, passed) = moments(world.look()).await;
    assert!(found.is_empty());
    assert!(passed < SLOW_MOMENTS, "it took {passed} moments");
}

#[tokio::test(flavor = "multi_thread")]
async fn that_dns_is_silent_late_or_talks_nonsense_is_told() {
    let ways = [
        Behaviour::Silent,
        Behaviour::Late(SLOW),
        Behaviour::Nonsense,
        Behaviour::Failing,
    ];
    let looks = ways.map(|behaviour| async move {
        let world = World::with(&PLACES).await;
        world.internet.names.behave(behaviour);
        let surroundings = world.surroundings();
        let (outcome, passed) = moments(discover(ADDRESS, &surroundings, &world.wishes)).await;
        let error = outcome.expect_err("nobody could be asked");
        assert!(error.is_transient(), "{behaviour:?}: {error}");
        assert!(passed < 14 * A_SECOND, "{behaviour:?} took {passed} moments");
    });
    join_all(looks).await;
}

#[tokio::test]
async fn srv_records_prefer_tls_and_know_what_is_not_there() {
    let world = World::new().await;
    let names = &world.internet.names;
    names.put_srv("_imaps._tcp.nordlicht.test", 0, ".");
    names.put_srv("_imap._tcp.nordlicht.test", 143, "a.hosts.nordlicht.test");
    names.put_srv("_pop3s._tcp.nordlicht.test", 0, ".");
    names.put_srv("_submission._tcp.nordlicht.test", 587, "b.hosts.nordlicht.test");
    for (priority, target) in [(20, "late.hosts.nordlicht.test"), (10, "c.hosts.nordlicht.test")] {
        names.put(
            "_submissions._tcp.nordlicht.test",
            Record::Srv {
                priority,
                weight: 0,
                port: 465,
                target: target.to_owned(),
            },
        );
    }
    let found = world.look().await;
    assert_eq!(found.how, Source::Srv);
    let imap = found.imap.expect("it has IMAP");
    assert_eq!(
        (imap.host.as_str(), imap.port, imap.security),
        ("a.hosts.nordlicht.test", 143, Security::StartTls)
    );
    assert_eq!(imap.username, "lena.b@nordlicht.test", "RFC 6186, section 4");
    assert_eq!(found.pop3, None, "a dot says that there is none");
    let smtp = found.smtp.expect("it sends");
    assert_eq!(
        (smtp.host.as_str(), smtp.security),
        ("c.hosts.nordlicht.test", Security::Tls),
        "TLS from the first byte, and the smallest priority"
    );
}

#[tokio::test]
async fn mx_records_of_a_known_provider_need_no_further_question() {
    let world = World::new().await;
    world
        .internet
        .names
        .put_mx("nordlicht.test", "nordlicht-test.mail.protection.outlook.com");
    let found = world.look().await;
    assert_eq!(
        found.how,
        Source::Catalogue {
            provider: "Microsoft 365".to_owned()
        }
    );
    let smtp = found.smtp.expect("it sends");
    assert_eq!(smtp.host, "smtp.office365.com");
    assert!(smtp.vouched, "our own list names it");
}
