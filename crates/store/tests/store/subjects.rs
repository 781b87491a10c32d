//! Subjects join letters only where nothing else speaks.

use waxwing_model::{Address, Filing};
use waxwing_store::NewEmail;

use crate::conversations::{again, names, thread_of, together};
use crate::scene::Scene;

const DAY: i64 = 24 * 3_600_000;

/// A letter that names no others.
fn bare(scene: &Scene, number: u32, at: i64, subject: &str, from: &str, to: &str) -> NewEmail {
    NewEmail {
        subject: subject.to_owned(),
        from: vec![Address::new("", from)],
        to: vec![Address::new("", to)],
        received_at: at,
        ..scene.letter(number)
    }
}

const LENA: &str = "lena@harbour.example";
const JONAS: &str = "jonas@orchard.example";
const AMARA: &str = "amara@post.example";

#[test]
fn an_answer_that_names_nothing_finds_what_it_answers_by_its_subject_in_either_order() {
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
        let scene = Scene::new();
        let letters = [
            bare(&scene, 1, 10 * DAY, "Hello", LENA, JONAS),
            bare(&scene, 2, 11 * DAY, "RE: [keepers] hello", JONAS, LENA),
            bare(&scene, 3, 12 * DAY, "AW: Hello", LENA, JONAS),
        ];
        let emails = again(&scene, &letters, &[], &order);
        assert_eq!(together(&scene, &emails), [[0, 1, 2]], "in the order {order:?}");
    }
}

#[test]
fn the_hello_of_strangers_is_never_joined() {
    let scene = Scene::new();
    let emails = [
        bare(&scene, 1, 10 * DAY, "Hello", JONAS, LENA),
        bare(&scene, 2, 11 * DAY, "Hello", AMARA, LENA),
        bare(&scene, 3, 12 * DAY, "Re: Hello", LENA, "nobody@post.example"),
        bare(&scene, 4, 13 * DAY, "Hello", JONAS, LENA),
        bare(&scene, 5, 200 * DAY, "Re: Hello", LENA, JONAS),
    ]
    .map(|letter| scene.add(&letter));
    assert_eq!(
        together(&scene, &emails),
        [[0], [1], [2], [3], [4]],
        "strangers, an answer to somebody else, the same again, and much too late"
    );
    let answer = scene.add(&bare(&scene, 6, 14 * DAY, "Re: Hello", LENA, JONAS));
    assert_eq!(
        thread_of(&scene, answer),
        thread_of(&scene, emails[3]),
        "the last one is answered"
    );
}

#[test]
fn a_subject_says_nothing_where_something_else_speaks() {
    let scene = Scene::new();
    let first = scene.add(&bare(&scene, 1, 10 * DAY, "Hello", JONAS, LENA));
    let named = scene.add(&NewEmail {
        references: names(&[99]),
        ..bare(&scene, 2, 11 * DAY, "Re: Hello", LENA, JONAS)
    });
    assert_ne!(
        thread_of(&scene, named),
        thread_of(&scene, first),
        "it says itself what it answers"
    );
    let answer = scene.add(&bare(&scene, 3, 12 * DAY, "Re: Hello", LENA, JONAS));
    assert_eq!(thread_of(&scene, answer), thread_of(&scene, first));
    assert!(scene.store.write(|w| w.take_out(&[answer])).unwrap());
    let letter = bare(&scene, 3, 12 * DAY, "Re: Hello", LENA, JONAS);
    let answer = again(&scene, &[letter], &[answer], &[0])[0];
    assert_ne!(
        thread_of(&scene, answer),
        thread_of(&scene, first),
        "what the person has said counts more"
    );
    scene
        .store
        .write(|w| w.set_filing(scene.account, Filing::Labels))
        .unwrap();
    let other = scene.add(&bare(&scene, 4, 13 * DAY, "Re: Hello", LENA, JONAS));
    assert_ne!(
        thread_of(&scene, other),
        thread_of(&scene, first),
        "the server knows conversations itself"
    );
}
