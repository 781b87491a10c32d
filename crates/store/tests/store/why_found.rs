//! Why letters were found: where somebody looks who does not see it in the row.

use waxwing_model::EmailId;
use waxwing_store::{BodyFacts, FileFact, FoundIn, NewEmail, PartialBody};

use crate::scene::Scene;
use crate::search::found;

const FILLER: &str = "Nothing of that kind stands here. ";

/// A letter with a long text, a word deep in it, and two files of which one can be read.
fn letter(scene: &Scene) -> EmailId {
    let id = scene.add(&NewEmail {
        subject: "The boathouse".to_owned(),
        preview: format!("Dear Jonas, {FILLER}"),
        ..scene.letter(1)
    });
    let file = |name: &str, kinds: &str, readable| FileFact {
        name: name.to_owned(),
        kinds: kinds.to_owned(),
        readable,
    };
    let facts = BodyFacts {
        preview: format!("Dear Jonas, {FILLER}"),
        has_attachment: true,
        text: format!("Dear Jonas, {}The kettle whistles.", FILLER.repeat(20)),
        list: "harbour.lists.example".to_owned(),
        files: vec![
            file("plan_of_deck.pdf", "pdf", true),
            file("stairs.png", "image png", false),
        ],
        ..BodyFacts::default()
    };
    scene.store.write(|w| w.put_body(id, b"raw", &facts)).unwrap();
    id
}

fn why(scene: &Scene, query: &str, email: EmailId) -> Option<FoundIn> {
    scene.store.read(|r| r.why_found(query, email)).unwrap()
}

/// The same in a few words.
fn told(scene: &Scene, query: &str, email: EmailId) -> String {
    match why(scene, query, email) {
        None => "the row".to_owned(),
        Some(FoundIn::Text(piece)) => format!("text: {}", piece.text),
        Some(FoundIn::FileName(name)) => format!("name: {name}"),
        Some(FoundIn::NameAndText(name, piece)) => format!("name: {name}, text: {}", piece.text),
        Some(FoundIn::Elsewhere { in_part }) => format!("elsewhere, {in_part}"),
        Some(FoundIn::Papers(_)) => "papers".to_owned(),
    }
}

#[test]
fn a_letter_says_why_it_was_found_where_its_row_does_not() {
    let scene = Scene::new();
    let id = letter(&scene);
    let deep = "text: here. The kettle whistles.";
    for (query, expected, reason) in [
        ("kettle ", deep, "deep in the text"),
        ("kettl", deep, "while it is typed"),
        ("\"kettle whistles\" ", deep, "a phrase"),
        ("boathouse ", "the row", "the subject is seen"),
        ("dear ", "the row", "the row shows how it begins"),
        ("boathouse kettle ", deep, "the other word"),
        ("jonas kettle ", deep, "though the sender is called so too"),
        ("deck ", "name: plan_of_deck.pdf", "a file is called so"),
        (
            "filename:stairs kettle ",
            "name: stairs.png, text: here. The kettle whistles.",
            "each tells another word",
        ),
        (
            "kettle whistles deck ",
            "name: plan_of_deck.pdf, text: here. The kettle whistles.",
            "also where the text tells more of them",
        ),
        (
            "dear stairs ",
            "name: stairs.png, text: Dear Jonas, Nothing",
            "a name does not go unseen for a word that the row shows",
        ),
        (
            "boathouse stairs ",
            "name: stairs.png",
            "the subject is seen anyway",
        ),
        ("filename:stairs ", "name: stairs.png", "whatever kind of file"),
        ("subject:kettle OR stairs ", "name: stairs.png", "one of two"),
        ("type:pdf ", "the row", "of what kind it is stands nowhere"),
        ("lists ", "the row", "nor what its list is called"),
        ("is:unread ", "the row", "nor that it was not read"),
        (
            "capstan ",
            "papers",
            "what stands nowhere else stands in its files",
        ),
        ("kettle capstan ", "papers", "or one of the words does"),
        ("kettle OR capstan ", deep, "but not where one of them is enough"),
        ("kettle -capstan ", deep, "or where it is not wanted"),
        ("(kettle OR capstan) anchor ", "papers", "within parentheses too"),
    ] {
        let told = told(&scene, query, id);
        // The beginning of a text goes on for longer than it takes to know it.
        let told = match expected.ends_with("Nothing") {
            true => told.chars().take(expected.chars().count()).collect(),
            false => told,
        };
        assert_eq!(told, expected, "{query}: {reason}");
    }
    assert_eq!(found(&scene, "kettle "), [id], "as the index has it");
    assert_eq!(
        why(&scene, "kettle ", EmailId(id.0 + 1)),
        None,
        "one that went says nothing"
    );
}

#[test]
fn a_letter_without_files_is_not_looked_for_in_files() {
    let scene = Scene::new();
    let id = scene.add(&scene.letter(1));
    assert_eq!(
        why(&scene, "capstan ", id),
        Some(FoundIn::Elsewhere { in_part: false }),
        "nothing of it is here: a server has found it"
    );
    assert_eq!(
        why(&scene, "letter ", id),
        None,
        "but what its header says is seen in its row"
    );
    assert_eq!(why(&scene, "capstan OR letter ", id), None, "or may be");
    let facts = BodyFacts {
        text: "The kettle whistles.".to_owned(),
        ..BodyFacts::default()
    };
    scene.store.write(|w| w.put_body(id, b"raw", &facts)).unwrap();
    assert_eq!(why(&scene, "capstan ", id), None);
}

#[test]
fn a_long_text_is_read_as_far_as_it_is_indexed_and_a_letter_that_is_here_in_part_too() {
    let scene = Scene::new();
    let (long, part) = (scene.add(&scene.letter(1)), scene.add(&scene.letter(2)));
    let at_end = |filler: &str| BodyFacts {
        text: format!("{}kettle {}lantern", FILLER.repeat(20), filler),
        ..BodyFacts::default()
    };
    // Characters of three octets, so that what is read ends within one.
    scene
        .store
        .write(|w| {
            w.put_body(long, b"raw", &at_end(&"日".repeat(1 << 20)))?;
            w.put_partial_body(
                part,
                &PartialBody {
                    skeleton: Vec::new(),
                    absent: [].into(),
                },
                &at_end(FILLER),
            )
        })
        .unwrap();
    for id in [long, part] {
        assert!(
            matches!(why(&scene, "kettle ", id), Some(FoundIn::Text(_))),
            "{id}"
        );
    }
    assert_eq!(
        told(&scene, "lantern ", long),
        "papers",
        "what is not indexed it has not been found by"
    );
    assert_eq!(
        told(&scene, "capstan ", part),
        "elsewhere, true",
        "its files are on the server"
    );
}
