//! Every two sources that name different servers: the order of docs/setup.md decides, and the other one is told.

use futures::future::join_all;

use crate::world::{PLACES, Place, World, hosts, source};

/// Those that are asked at once, so that they are heard whoever wins.
const AT_ONCE: [Place; 4] = [Place::Pacc, Place::OwnHost, Place::WellKnown, Place::Srv];

#[tokio::test(flavor = "multi_thread")]
async fn of_two_that_disagree_the_better_one_is_followed() {
    let mut pairs = Vec::new();
    for (rank, better) in PLACES.into_iter().enumerate() {
        for worse in PLACES.into_iter().skip(rank + 1) {
            pairs.push((better, worse));
        }
    }
    assert_eq!(pairs.len(), 28, "no pair is left out");
    // Some at a time: a machine that is busy with handshakes is not a slow source.
    for some in pairs.chunks(7) {
        join_all(some.iter().map(|(better, worse)| disagree(*better, *worse))).await;
    }
}

async fn disagree(better: Place, worse: Place) {
    let world = World::with(&[worse, better]).await.unhurried();
    let found = world.look().await;
    assert_eq!(
        found.how,
        source(better),
        "{better:?} before {worse:?}: {found:?}"
    );
    let [imap, smtp] = hosts(better);
    assert_eq!(
        found.imap.expect("it has IMAP").host,
        imap,
        "{better:?} and {worse:?}"
    );
    assert_eq!(
        found.smtp.expect("it sends").host,
        smtp,
        "{better:?} and {worse:?}"
    );
    let told: Vec<_> = found.dissent.iter().map(|one| one.how.clone()).collect();
    if AT_ONCE.contains(&worse) {
        assert_eq!(told, [source(worse)], "{better:?} against {worse:?}");
        assert_eq!(found.dissent[0].hosts, hosts(worse), "and what it would be");
    } else {
        assert!(
            told.iter().all(|one| *one == source(worse)),
            "{better:?} against {worse:?}: nobody else says anything"
        );
    }
}

#[tokio::test]
async fn the_built_in_list_is_before_everything_and_asks_nobody() {
    let world = World::with(&PLACES).await;
    let at = world.surroundings();
    let found = waxwing_remote::discover::discover("lena@gmx.de", &at, &world.wishes)
        .await
        .expect("an address");
    assert!(matches!(
        found.how,
        waxwing_remote::discover::Source::Catalogue { .. }
    ));
    assert_eq!(world.internet.names.asked(), [""; 0], "no name was looked up");
    assert_eq!(world.internet.web.asked(), [], "and nobody was asked");
}
