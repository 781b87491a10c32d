//! Search: in any language, in any part of a letter, with any query.

use proptest::prelude::*;
use waxwing_model::{Address, EmailId};
use waxwing_store::{BodyFacts, NewEmail, Unindexed};

use crate::scene::Scene;

fn with_text(scene: &Scene, number: u32, subject: &str, text: &str) -> EmailId {
    let id = scene.add(&NewEmail {
        subject: subject.to_owned(),
        ..scene.letter(number)
    });
    let facts = BodyFacts {
        text: text.to_owned(),
        ..BodyFacts::default()
    };
    scene.store.write(|w| w.put_body(id, b"raw", &facts)).unwrap();
    id
}

fn found(scene: &Scene, query: &str) -> Vec<EmailId> {
    scene.store.read(|r| r.search(query, 100, 0)).unwrap()
}

#[test]
fn words_are_found_whatever_the_script_and_the_accents() {
    let scene = Scene::new();
    let cases = [
        (
            "The red kettle whistles",
            &["kettle", "KETTLE", "ket", "red kett", "\"red kettle\""][..],
            "kettles",
        ),
        (
            "Crème brûlée à la Straße",
            &["creme", "brulee", "Crème", "cre\u{300}me", "straße"],
            "brulees",
        ),
        ("decomposed cafe\u{301} here", &["café", "cafe", "caf"], "cafes"),
        ("Zażółć gęślą jaźń", &["zazołc", "gesla"], "jaz\u{301}nk"),
        ("Привет, как дела", &["привет", "ДЕЛА", "дел"], "делам"),
        (
            "東京都に行きました",
            &["東京", "京都", "東京都", "行きました", "都", "た", "東"],
            "京東",
        ),
        ("会议改到星期三", &["会议", "星期", "三", "改到星期三"], "期星"),
        (
            "오늘 회의가 있습니다",
            &["회의", "회의가", "오늘 회의", "회"],
            "의회",
        ),
        ("ขอบคุณสำหรับน้ำใจ", &["ขอบคุณ", "สำหรับ", "น้ำใจ", "น้ำ"], "คุณขอบ"),
        ("नमस्ते दुनिया", &["नमस्ते", "दुनिया", "दुनि"], "दुनियाx"),
        ("مرحبا بالعالم", &["مرحبا", "بالعالم"], "عالمب"),
        (
            "The new iPhone東京tower案内",
            &["iphone", "東京tower", "tower案内", "案内", "東京"],
            "東tower",
        ),
        (
            "write to pia.lind@shore.example today",
            &["pia.lind@shore.example", "pia.lind", "shore"],
            "pia.lund",
        ),
    ];
    for (place, (text, queries, wrong)) in (1..).zip(cases) {
        let id = with_text(&scene, place, "-", text);
        for query in queries {
            assert!(found(&scene, query).contains(&id), "{query:?} is in {text:?}");
        }
        assert!(
            !found(&scene, wrong).contains(&id),
            "{wrong:?} is not in {text:?}"
        );
    }
}

#[test]
fn operators_look_where_they_say() {
    let scene = Scene::new();
    let from_amara = scene.add(&NewEmail {
        from: vec![Address::new("Amara Okafor", "amara@lighthouse.example")],
        subject: "boat for jonas".to_owned(),
        ..scene.letter(1)
    });
    let from_jonas = scene.add(&NewEmail {
        subject: "red boat".to_owned(),
        ..scene.letter(2)
    });
    assert_eq!(found(&scene, "boat"), [from_jonas, from_amara], "newest first");
    assert_eq!(found(&scene, "from:jonas boat"), [from_jonas]);
    assert_eq!(found(&scene, "jonas boat"), [from_jonas, from_amara], "anywhere");
    assert_eq!(found(&scene, "subject:jonas"), [from_amara]);
    assert_eq!(found(&scene, "to:lena -red"), [from_amara]);
    assert_eq!(found(&scene, "boat -from:amara"), [from_jonas]);
    assert_eq!(found(&scene, "from:\"amara okafor\""), [from_amara]);
    assert_eq!(
        found(&scene, "from:amara@lighthouse"),
        [from_amara],
        "while it is being typed"
    );
    assert_eq!(scene.store.read(|r| r.search_count("boat")).unwrap(), 2);
    assert_eq!(
        scene.store.read(|r| r.search("boat", 1, 1)).unwrap(),
        [from_amara],
        "a page of one"
    );
}

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
    let indexed = scene
        .store
        .write(|w| w.index_waiting(Unindexed::Whole, 1_000))
        .unwrap();
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

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_query_is_an_error(
        query in prop_oneof![
            ".{0,40}",
            "[-\"()*^:+ {}',~a東ไ\\u{301}\0]{0,20}",
            "((from|to|subject|AND|OR|NOT|NEAR|body|sender)[: (\"]{0,2}){0,6}",
        ]
    ) {
        thread_local! {
            static SCENE: Scene = {
                let scene = Scene::new();
                with_text(&scene, 1, "letter", "AND OR NOT NEAR body");
                scene
            };
        }
        SCENE.with(|scene| scene.store.read(|r| r.search(&query, 10, 0))).unwrap();
    }

    #[test]
    fn a_word_of_the_text_is_always_found(words in proptest::collection::vec("[a-zà-öа-яあ-んก-ฮ一-三]{1,6}", 1..8)) {
        let scene = Scene::new();
        let id = with_text(&scene, 1, "-", &words.join(" "));
        for word in &words {
            prop_assert_eq!(found(&scene, word), vec![id], "{} in {:?}", word, &words);
        }
        let phrase = format!("\"{}\"", words.join(" "));
        prop_assert_eq!(found(&scene, &phrase), vec![id], "{}", phrase);
    }
}
