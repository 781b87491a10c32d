//! Who is offered while a name is typed.

use waxwing_model::{Address, Role};
use waxwing_store::NewEmail;

use crate::scene::{Scene, mailbox};

const DAY: i64 = 86_400_000;

fn from(scene: &Scene, name: &str, email: &str, number: u32) -> NewEmail {
    NewEmail {
        from: vec![Address::new(name, email)],
        ..scene.letter(number)
    }
}

/// The addresses that are offered, and whether there may be more.
fn known(scene: &Scene, typed: &str, limit: u32) -> (Vec<String>, bool) {
    let known = scene.store.read(|r| r.known_people(typed, limit)).unwrap();
    let people = known.people.iter().map(|one| one.email.to_lowercase());
    (people.collect(), known.more)
}

#[test]
fn people_are_completed_the_most_frequent_first_and_nobody_from_trash() {
    let scene = Scene::new();
    scene.add(&from(&scene, "", "amara@lighthouse.example", 1));
    scene.add(&from(&scene, "Amara Okafor", "Amara@lighthouse.example", 2));
    scene.add(&from(&scene, "Zoe Amaranth", "zoe@atelier.example", 3));
    scene.add(&NewEmail {
        mailbox: scene.trash,
        ..from(&scene, "Amaro Fake", "amaro@junk.example", 4)
    });
    let found = scene.store.read(|r| r.known_people(" AMAR", 9)).unwrap();
    let names: Vec<_> = found.people.iter().map(|one| one.name.as_deref()).collect();
    assert_eq!(
        names,
        [Some("Amara Okafor"), Some("Zoe Amaranth")],
        "each address once, twice is more than once, with the name that is known"
    );
    assert!(!found.more, "these are all");
    let (one, more) = known(&scene, "amar", 1);
    assert_eq!(
        (one.len(), more),
        (1, true),
        "no more than were asked for, and that is said"
    );
    assert_eq!(
        known(&scene, "light", 9).0.len(),
        1,
        "a word of the address will do"
    );
    assert_eq!(
        known(&scene, " ", 9),
        (Vec::new(), false),
        "nothing typed, nothing offered"
    );
}

#[test]
fn whom_one_writes_to_comes_first_then_who_has_written_of_late_and_oneself_last() {
    let scene = Scene::new();
    let sent = mailbox(scene.account, "Sent", Some(Role::Sent));
    let sent = scene.store.write(|w| w.insert_mailbox(&sent)).unwrap();
    let at = |day: i64, letter: NewEmail| {
        scene.add(&NewEmail {
            received_at: day * DAY,
            ..letter
        })
    };
    for number in 1..4 {
        at(1, from(&scene, "Anna Long Ago", "ago@old.example", number));
    }
    at(400, from(&scene, "Anna Of Late", "late@new.example", 4));
    at(400, from(&scene, "Anna Of Late", "late@new.example", 5));
    at(
        390,
        NewEmail {
            mailbox: sent,
            from: vec![Address::new("Anna Myself", "lena@harbour.example")],
            to: vec![Address::new("Anna Written To", "to@friend.example")],
            ..scene.letter(6)
        },
    );
    for number in 7..40 {
        at(
            395,
            NewEmail {
                to: vec![Address::new("Anna Myself", "lena@harbour.example")],
                ..from(&scene, "Jonas", "jonas@orchard.example", number)
            },
        );
    }
    let own = scene.store.read(|r| r.accounts()).unwrap()[0]
        .email
        .to_lowercase();
    let (found, _) = known(&scene, "anna", 9);
    let expected = ["to@friend.example", "late@new.example", "ago@old.example"];
    let others: Vec<_> = found
        .iter()
        .filter(|one| **one != "lena@harbour.example")
        .collect();
    assert_eq!(others, expected);
    if own == "lena@harbour.example" {
        assert_eq!(found.last(), Some(&own), "one writes with others");
    }
}

#[test]
fn who_has_only_written_letters_that_are_archived_is_offered_behind_a_crowd_of_one() {
    let scene = Scene::new();
    let archived = |letter: NewEmail| {
        scene.add(&NewEmail {
            mailbox: scene.archive,
            ..letter
        })
    };
    archived(from(&scene, "Zoë Rare", "rare@quiet.example", 1));
    archived(NewEmail {
        cc: vec![Address::new("Zoe Copied", "copied@quiet.example")],
        ..scene.letter(2)
    });
    // More letters than are looked at in one question.
    for number in 3..300 {
        archived(from(&scene, "Zoe Often", "often@loud.example", number));
    }
    let (mut found, more) = known(&scene, "zoe", 9);
    found.sort_unstable();
    assert_eq!(
        found,
        ["copied@quiet.example", "often@loud.example", "rare@quiet.example"]
    );
    assert!(!more, "and these are all");
    assert_eq!(
        known(&scene, "zoë rar", 9).0,
        ["rare@quiet.example"],
        "accents tell nobody apart"
    );
    assert!(
        known(&scene, "z", 9).1,
        "behind one letter there may always be more"
    );
}

#[test]
fn a_crowd_that_is_too_large_to_be_looked_through_is_said_to_go_on() {
    let scene = Scene::new();
    scene
        .store
        .write(|w| {
            for number in 0..1_000 {
                w.insert_email(&NewEmail {
                    mailbox: scene.archive,
                    ..from(&scene, "Quentin", &format!("q{number}@crowd.example"), number)
                })?;
            }
            Ok(())
        })
        .unwrap();
    assert_eq!(
        known(&scene, "quen", 9),
        (Vec::new(), true),
        "while letters wait to be indexed nobody can tell"
    );
    scene.store.write(|w| w.rebuild_search()).unwrap();
    let (found, more) = known(&scene, "quen", 5_000);
    assert!(
        !found.is_empty() && found.len() < 1_000 && more,
        "{} {more}",
        found.len()
    );
    assert_eq!(
        known(&scene, "q999@crow", 9),
        (vec!["q999@crowd.example".to_owned()], false),
        "and whoever it is is found as one types on"
    );
}
