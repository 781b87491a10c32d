//! The search index follows the letters: at once, or later where many come together.

use waxwing_model::{Change, EmailId};
use waxwing_store::{BodyFacts, Unindexed};

use crate::scene::Scene;
use crate::search::{found, with_text};

#[test]
fn the_index_follows_the_letters_and_can_be_built_again() {
    let scene = Scene::new();
    let id = with_text(&scene, 1, "kettle", "boiling 東京");
    let facts = BodyFacts {
        text: "cold".to_owned(),
        ..BodyFacts::default()
    };
    scene.store.write(|w| w.put_body(id, b"other", &facts)).unwrap();
    assert_eq!(
        found(&scene, "boiling"),
        [],
        "the text that was before is not found"
    );
    let others: Vec<EmailId> = (2..1300)
        .map(|number| scene.letter(number))
        .collect::<Vec<_>>()
        .chunks(500)
        .flat_map(|batch| {
            scene
                .store
                .write(|w| {
                    batch
                        .iter()
                        .map(|new| w.insert_email(new))
                        .collect::<Result<Vec<_>, _>>()
                })
                .unwrap()
        })
        .collect();
    assert_eq!(
        scene.store.read(|r| r.search_count("jonas")).unwrap(),
        1,
        "many letters at once wait for their lines"
    );
    index_all(&scene);
    let queries = ["kettle cold", "jonas", "number12", "to:lena", "boiling"];
    let before = queries.map(|query| scene.store.read(|r| r.search_count(query)).unwrap());
    scene.store.write(|w| w.rebuild_search()).unwrap();
    let after = queries.map(|query| scene.store.read(|r| r.search_count(query)).unwrap());
    assert_eq!(before, after, "the index that was built again finds the same");
    assert_eq!(after[1], 1299, "each letter once, {} of them", others.len() + 1);
    scene.store.write(|w| w.remove_email(id)).unwrap();
    assert_eq!(found(&scene, "kettle"), [], "a removed letter is not found");
}

fn index_all(scene: &Scene) -> u32 {
    let mut indexed = 0;
    while scene.store.read(|r| r.has_unindexed(Unindexed::All)).unwrap() {
        indexed += scene
            .store
            .write(|w| w.index_waiting(Unindexed::All, 100))
            .unwrap();
    }
    indexed
}

#[test]
fn letters_that_come_by_the_hundred_are_indexed_once_with_what_they_have_become() {
    let scene = Scene::new();
    let ids: Vec<EmailId> = scene
        .store
        .write(|w| {
            (1..200)
                .map(|number| w.insert_email(&scene.letter(number)))
                .collect()
        })
        .unwrap();
    let text = |word: &str| BodyFacts {
        text: word.to_owned(),
        ..BodyFacts::default()
    };
    let whole = &ids[..120];
    let [gone, alone, again] = &ids[120..123] else {
        unreachable!("there are so many")
    };
    scene
        .store
        .write(|w| {
            whole
                .iter()
                .try_for_each(|id| w.put_body(*id, b"x", &text("boiling")))
        })
        .unwrap();
    scene.store.write(|w| w.remove_email(*gone)).unwrap();
    scene
        .store
        .write(|w| w.put_body(*alone, b"x", &text("frozen")))
        .unwrap();
    assert_eq!(
        found(&scene, "frozen"),
        [*alone],
        "one that comes alone is found at once"
    );
    scene.told();
    let indexed = scene
        .store
        .write(|w| w.index_waiting(Unindexed::Whole, 1_000))
        .unwrap();
    assert_eq!(
        scene.told(),
        [Change::Searches],
        "a search that is open hears that there is more to be found"
    );
    assert_eq!(indexed, 120, "those that are here whole come first");
    assert_eq!(
        index_all(&scene),
        77,
        "each letter has been indexed once, and the one that went never"
    );
    assert_eq!(scene.store.read(|r| r.search_count("boiling")).unwrap(), 120);
    assert_eq!(scene.store.read(|r| r.search_count("jonas")).unwrap(), 198);
    // A second text takes the place of the first, at once and later.
    scene
        .store
        .write(|w| w.put_body(*again, b"x", &text("melted")))
        .unwrap();
    scene
        .store
        .write(|w| {
            whole
                .iter()
                .try_for_each(|id| w.put_body(*id, b"y", &text("steaming")))
        })
        .unwrap();
    assert_eq!(found(&scene, "melted"), [*again]);
    assert_eq!(index_all(&scene), 120);
    assert_eq!(
        found(&scene, "boiling"),
        [],
        "the line that was before is not found"
    );
    assert_eq!(scene.store.read(|r| r.search_count("steaming")).unwrap(), 120);
    scene.store.check().unwrap();
}
