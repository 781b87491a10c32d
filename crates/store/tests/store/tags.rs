//! The tags that letters have, as they are offered to whoever looks for one.

use waxwing_model::{Keyword, Keywords};
use waxwing_store::NewEmail;

use crate::scene::Scene;

#[test]
fn tags_are_told_once_as_long_as_some_letter_has_them() {
    let scene = Scene::new();
    let tags = || {
        let tags = scene.store.read(|r| r.tags()).unwrap();
        tags.iter().map(|tag| tag.as_str().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(tags(), Vec::<String>::new());
    let letters: Vec<_> = (1..=20)
        .map(|number| {
            scene.add(&NewEmail {
                keywords: Keywords::only("keel").with(if number % 2 == 0 {
                    "$Forwarded"
                } else {
                    Keyword::ANSWERED
                }),
                ..scene.letter(number)
            })
        })
        .collect();
    scene
        .store
        .write(|w| {
            w.set_keywords(
                letters[3],
                &Keywords::only("Zoë").with(Keyword::SEEN).with(Keyword::DRAFT),
            )
        })
        .unwrap();
    assert_eq!(
        tags(),
        ["$forwarded", "keel", "zoë"],
        "what is:… asks for is none"
    );
    scene
        .store
        .write(|w| w.set_keywords(letters[3], &Keywords::none()))
        .unwrap();
    assert_eq!(tags(), ["$forwarded", "keel"]);
}
