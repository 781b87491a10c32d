//! Letters that a mailbox shows and the server is not known to have, found without a look at each.

use waxwing_store::NewEmail;

use crate::scene::Scene;

#[test]
fn numbers_that_agree_hide_no_letter_that_has_no_place_on_the_server() {
    let scene = Scene::new();
    let by_count = || scene.store.read(|r| r.unlocated_by_count(scene.inbox)).unwrap();
    let located = scene.add(&NewEmail {
        uid: Some(1),
        ..scene.letter(1)
    });
    assert_eq!(by_count(), [], "all are there");
    let lost = scene.add(&scene.letter(2));
    scene
        .store
        .write(|w| w.put_location(located, scene.inbox, 2))
        .unwrap();
    assert_eq!(
        by_count(),
        [lost],
        "two numbers of one letter are not two letters"
    );

    let scene = Scene::new();
    let by_count = || scene.store.read(|r| r.unlocated_by_count(scene.inbox)).unwrap();
    let ids: Vec<_> = [1, 2, 3, 4]
        .into_iter()
        .map(|number| {
            scene.add(&NewEmail {
                mailbox: if matches!(number, 2 | 3) {
                    scene.inbox
                } else {
                    scene.archive
                },
                ..scene.letter(number)
            })
        })
        .collect();
    scene
        .store
        .write(|w| {
            w.put_location(ids[0], scene.inbox, 1)?;
            w.put_location(ids[3], scene.inbox, 2)
        })
        .unwrap();
    assert_eq!(
        ids[0].0 + ids[3].0,
        ids[1].0 + ids[2].0,
        "as many, and the same sum"
    );
    assert_eq!(by_count(), [ids[1], ids[2]], "and others all the same");
}
