//! Who hears what: the person's part of the address stays here, and third parties hear the domain only where the domain
//! itself says nothing.

use std::time::Duration;

use waxwing_testkit::web::Page;

use crate::world::{AUTODISCOVER, OWN, PACC, PLACES, Place, SHARED, World, description, source};

#[tokio::test]
async fn who_publishes_the_servers_is_the_only_one_who_is_asked() {
    let world = World::with(&PLACES).await.unhurried();
    let found = world.look().await;
    assert_eq!(found.how, source(Place::Pacc));
    no_stranger_has_heard(&world);
}

#[tokio::test]
async fn an_answer_in_time_is_enough_although_a_better_place_hangs() {
    let later = [
        Place::SharedList,
        Place::Exchanger,
        Place::Autodiscover,
        Place::Probing,
    ];
    let world = World::with(&later).await.unhurried();
    world.internet.publish(PACC, Page::Never);
    let late = Page::Late(Duration::from_millis(150), Box::new(description(Place::OwnHost)));
    world.internet.publish(OWN, late);
    let found = world.look().await;
    assert_eq!(found.how, source(Place::OwnHost));
    // The better place was waited for until after the moment at which the others begin.
    no_stranger_has_heard(&world);
    let names = world.internet.names.asked();
    assert!(
        !names.iter().any(|name| name.starts_with("imap.nordlicht.test")),
        "the usual names were tried: {names:?}"
    );
}

fn no_stranger_has_heard(world: &World) {
    for stranger in [
        "autoconfig.thunderbird.net",
        "autoconfig.fjord.test",
        "autodiscover.nordlicht.test",
    ] {
        assert!(!world.heard_at(stranger), "{stranger} has heard of it");
    }
}

#[tokio::test]
async fn the_name_of_the_person_is_told_to_nobody_unasked() {
    let world = World::new().await;
    world.internet.publish(SHARED, Page::Status(404));
    world.internet.publish(OWN, Page::Status(404));
    world.look().await;
    assert!(
        world.heard_at("autoconfig.thunderbird.net"),
        "the shared list was asked"
    );
    let asked = world.internet.web.asked();
    for one in asked.iter().filter(|one| one.method == "GET") {
        let told = format!("{}{}{}", one.host, one.path, one.body);
        assert!(!told.contains("lena"), "{told}");
    }
    for name in world.internet.names.asked() {
        assert!(!name.contains("lena"), "{name} was asked of DNS");
    }
}

#[tokio::test]
async fn the_domain_is_told_the_address_when_the_person_wishes_it() {
    let mut world = World::new().await;
    world.internet.publish(OWN, description(Place::OwnHost));
    world.wishes.tell_address = true;
    assert_eq!(world.look().await.how, source(Place::OwnHost));
    let asked = world.internet.web.asked();
    assert!(
        asked
            .iter()
            .any(|one| one.path.ends_with("?emailaddress=lena.b%40nordlicht.test")),
        "{asked:?}"
    );
}

#[tokio::test]
async fn autodiscover_hears_the_address_at_the_domains_own_server_only() {
    let world = World::with(&[Place::Autodiscover]).await;
    assert_eq!(world.look().await.how, source(Place::Autodiscover));
    let asked = world.internet.web.asked();
    let posts: Vec<_> = asked.iter().filter(|one| one.method == "POST").collect();
    assert_eq!(posts.len(), 1, "{posts:?}");
    assert_eq!(format!("{}{}", posts[0].host, posts[0].path), AUTODISCOVER);
    assert!(
        posts[0]
            .body
            .contains("<EMailAddress>lena.b@nordlicht.test</EMailAddress>"),
        "{posts:?}"
    );
}
