//! Seals that were looked at, what letters would have told, and the lists that they came by.

use waxwing_model::{Address, Change, SubmissionState};
use waxwing_store::{BodyFacts, KeptSeal, ListFact, TrackerFact};

use crate::outbox::{SENDING, put, set};
use crate::scene::Scene;

fn fact(host: &str, kind: &str, amount: u32) -> TrackerFact {
    TrackerFact {
        host: host.to_owned(),
        kind: kind.to_owned(),
        service: host.strip_prefix("known.").map(str::to_owned),
        amount,
        loaded: false,
    }
}

fn list(id: &str, name: &str) -> ListFact {
    ListFact {
        id: id.to_owned(),
        name: name.to_owned(),
    }
}

#[test]
fn seals_are_kept_with_their_letter_and_none_is_another_thing_than_not_known() {
    let scene = Scene::new();
    let (one, other) = (scene.add(&scene.letter(1)), scene.add(&scene.letter(2)));
    let seal = KeptSeal {
        domain: "fjord.example".to_owned(),
        covers: vec!["from".to_owned()],
        loose: vec!["reply-to".to_owned()],
        state: "unknown".to_owned(),
        tries: 2,
        asked_at: Some(7_000),
    };
    scene
        .store
        .write(|w| {
            w.put_seals(one, &[])?;
            w.put_seals(other, &[seal.clone(), seal.clone()])?;
            w.put_seals(other, std::slice::from_ref(&seal))
        })
        .unwrap();
    assert_eq!(
        scene.store.read(|r| r.seals(one)).unwrap(),
        Some(vec![]),
        "there are none"
    );
    assert_eq!(
        scene.store.read(|r| r.seals(other)).unwrap(),
        Some(vec![seal]),
        "the last look counts"
    );
    let third = scene.add(&scene.letter(3));
    assert_eq!(
        scene.store.read(|r| r.seals(third)).unwrap(),
        None,
        "nobody has looked"
    );
    scene.store.write(|w| w.remove_email(other)).unwrap();
    assert_eq!(
        scene.number("SELECT count(*) FROM seal WHERE place >= 0"),
        0,
        "they go with the letter"
    );
}

#[test]
fn who_tracks_is_summed_up_by_sender_the_most_frequent_first() {
    let scene = Scene::new();
    let mut other = scene.letter(9);
    other.from = vec![Address::new("Shop", "SHOP@kettles.example")];
    let once = scene.add(&other);
    let twice = [scene.add(&scene.letter(1)), scene.add(&scene.letter(2))];
    scene
        .store
        .write(|w| {
            w.put_trackers(once, &[fact("known.counter", "counter", 1), fact("", "link", 5)])?;
            for email in twice {
                w.put_trackers(email, &[fact("a.example", "pixel", 9)])?;
                // Opened again, it is counted once.
                w.put_trackers(
                    email,
                    &[fact("a.example", "pixel", 2), fact("b.example", "personal", 1)],
                )?;
            }
            Ok(())
        })
        .unwrap();
    let senders = scene.store.read(|r| r.tracking_senders(10)).unwrap();
    let told: Vec<_> = senders
        .iter()
        .map(|sender| {
            (
                sender.address.email.as_str(),
                sender.letters,
                sender.pictures,
                sender.links,
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("jonas@orchard.example", 2, 6, 0),
            ("SHOP@kettles.example", 1, 1, 5)
        ]
    );
    assert_eq!(
        senders[0].by,
        [("a.example".to_owned(), 4), ("b.example".to_owned(), 2)]
    );
    assert_eq!(
        senders[1].by,
        [("counter".to_owned(), 1)],
        "by its name where that is known"
    );
    assert_eq!(senders[0].last_at, 2_000);
}

#[test]
fn a_sender_who_was_told_once_by_a_picture_stays_told() {
    let scene = Scene::new();
    let letters = [scene.add(&scene.letter(1)), scene.add(&scene.letter(2))];
    let picture = |loaded: bool| TrackerFact {
        loaded,
        ..fact("b.example", "personal", 1)
    };
    let told = || scene.store.read(|r| r.tracking_senders(10)).unwrap()[0].told;
    let put = |facts: &[TrackerFact]| scene.store.write(|w| w.put_trackers(letters[0], facts)).unwrap();
    put(&[picture(false), fact("a.example", "pixel", 1)]);
    scene
        .store
        .write(|w| w.put_trackers(letters[1], &[fact("a.example", "pixel", 1)]))
        .unwrap();
    assert_eq!(told(), 0, "nothing was loaded");
    put(&[picture(true), fact("a.example", "pixel", 1)]);
    assert_eq!(told(), 1, "one letter was shown with its pictures");
    put(&[picture(false)]);
    assert_eq!(told(), 1, "and that cannot be taken back");
    assert_eq!(
        scene.store.read(|r| r.trackers(letters[0])).unwrap(),
        [picture(true)]
    );
}

#[test]
fn whether_somebody_has_written_before_is_known_though_many_have_like_addresses() {
    let scene = Scene::new();
    let from = |number: u32, address: &str| {
        let mut letter = scene.letter(number);
        letter.from = vec![Address::new("Somebody", address)];
        scene.add(&letter)
    };
    for number in 1..80 {
        from(number, &format!("{number}.jonas@orchard.example"));
    }
    let newest = from(90, "jonas@orchard.example");
    let has_earlier = |email| {
        scene
            .store
            .read(|r| {
                let letter = r.email(email)?.unwrap();
                r.has_earlier_from(&letter.from[0].email, &letter)
            })
            .unwrap()
    };
    assert!(!has_earlier(newest), "those are others");
    let before = from(80, "Jonas@Orchard.example");
    assert!(has_earlier(newest), "an older letter came later");
    assert!(!has_earlier(before), "and is the first itself");
}

#[test]
fn lists_are_counted_as_their_letters_come_and_what_was_left_is_remembered() {
    let scene = Scene::new();
    let put = |number: u32, list: Option<ListFact>| {
        let email = scene.add(&scene.letter(number));
        let facts = BodyFacts {
            mailing_list: list,
            ..BodyFacts::default()
        };
        scene.store.write(|w| w.put_body(email, b"x", &facts)).unwrap();
        email
    };
    put(1, Some(list("crew.example", "Crew")));
    let second = put(2, Some(list("crew.example", "The crew")));
    put(3, Some(list("news.example", "News")));
    let alone = put(4, None);
    let all = scene.store.read(|r| r.subscriptions()).unwrap();
    let told: Vec<_> = all
        .iter()
        .map(|each| (each.name.as_str(), each.letters, each.last_at))
        .collect();
    assert_eq!(
        told,
        [("News", 1, 3_000), ("The crew", 2, 2_000)],
        "under their newest names"
    );
    assert_eq!(all[1].last_email, second);
    let of = |email| scene.store.read(|r| r.list_of(email)).unwrap();
    assert_eq!(of(alone), None);
    let day = 24 * 60 * 60 * 1_000;
    scene.told();
    scene
        .store
        .write(|w| w.leave(of(second).unwrap().id, 2_500, "click"))
        .unwrap();
    let left = Change::ListLeft {
        account: scene.account,
        list: "crew.example".into(),
    };
    assert_eq!(scene.told(), [left], "whoever shows its letters is told");
    put(5, Some(list("crew.example", "The crew")));
    let mut late = scene.letter(6);
    late.received_at = 2_500 + 3 * day;
    let late = scene.add(&late);
    scene
        .store
        .write(|w| w.put_list(late, &list("crew.example", "The crew")))
        .unwrap();
    let copy = scene.add(&scene.letter(7));
    assert!(scene.store.write(|w| w.copy_body(second, copy)).unwrap());
    assert_eq!(of(copy), of(second), "a copy came by the same list");
    let left = of(late).unwrap().id;
    let left = scene.store.read(|r| r.subscription(left)).unwrap().unwrap();
    assert_eq!(
        (left.left_at, left.left_by.as_deref()),
        (Some(2_500), Some("click"))
    );
    assert_eq!((left.letters, left.letters_since), (5, 1), "one comes days later");
    let settings = scene
        .store
        .write(|w| {
            w.put_setting("images.from.a", "yes")?;
            w.put_setting("images_of", "no")?;
            w.settings_under("images.")
        })
        .unwrap();
    assert_eq!(settings, ["from.a"]);
}

#[test]
fn a_list_that_a_letter_leaves_is_told_of_when_that_has_gone_and_not_with_others() {
    let scene = Scene::new();
    let letter = scene.add(&scene.letter(1));
    let crew = list("crew.example", "Crew");
    scene.store.write(|w| w.put_list(letter, &crew)).unwrap();
    let crew = scene.store.read(|r| r.list_of(letter)).unwrap().unwrap().id;
    let (leaving, other) = (put(&scene, 0, None), put(&scene, 0, None));
    scene.told();
    scene.store.write(|w| w.leave_when_sent(crew, leaving)).unwrap();
    let sent = SubmissionState::Sent {
        reply: "250 Ok".into(),
    };
    set(&scene, leaving, &SENDING);
    set(&scene, other, &SENDING);
    set(&scene, other, &sent);
    assert_eq!(scene.told(), vec![Change::Outbox; 3], "it has not gone");
    set(&scene, leaving, &sent);
    let left = Change::ListLeft {
        account: scene.account,
        list: "crew.example".into(),
    };
    assert_eq!(scene.told(), [left, Change::Outbox]);
}

#[test]
fn letters_of_before_are_looked_through_once_from_the_newest_down() {
    let scene = Scene::new();
    let letters: Vec<_> = (1..=5)
        .map(|number| {
            let email = scene.add(&scene.letter(number));
            let put = scene
                .store
                .write(|w| w.put_body(email, b"x", &BodyFacts::default()));
            put.unwrap();
            email
        })
        .collect();
    let waiting = || scene.store.read(|r| r.not_looked_through(2)).unwrap();
    assert_eq!(waiting(), [], "what came since lists are known needs no look");
    scene
        .store
        .write(|w| w.put_setting("lists.to_look_through", &letters[3].0.to_string()))
        .unwrap();
    assert_eq!(waiting(), [letters[3], letters[2]]);
    scene.store.write(|w| w.looked_through(letters[2])).unwrap();
    assert_eq!(waiting(), [letters[1], letters[0]]);
    scene.store.write(|w| w.looked_through(letters[0])).unwrap();
    assert_eq!(waiting(), []);
}
