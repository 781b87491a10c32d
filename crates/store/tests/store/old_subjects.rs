//! Letters of a store from before subjects were noted find each other by them, behind the scenes.

use std::collections::BTreeMap;

use rusqlite::Connection;
use waxwing_model::{Address, EmailId, ThreadId};
use waxwing_store::{NewEmail, Store};

use crate::conversations::thread_of;
use crate::scene::Scene;

const DAY: i64 = 24 * 3_600_000;
const LENA: &str = "lena@harbour.example";
const JONAS: &str = "jonas@orchard.example";

/// The steps of a store in which nothing was known of subjects: all before the one that makes `bare_subject`.
fn before() -> BTreeMap<String, String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations");
    let steps = std::fs::read_dir(folder).unwrap().map(|entry| {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        (name, std::fs::read_to_string(path).unwrap())
    });
    steps.filter(|(name, _)| name.as_str() < "0020").collect()
}

/// A store as it was then, with lena's inbox and these letters: number, conversation, moment, subject, from, to, what it answers.
fn old_store(path: &std::path::Path, letters: &[(i64, i64, i64, &str, &str, &str, &str)]) {
    let connection = Connection::open(path).unwrap();
    let steps = before();
    for step in steps.values() {
        connection.execute_batch(step).unwrap();
    }
    connection
        .pragma_update(None, "application_id", 0x5778_7767)
        .unwrap();
    connection
        .pragma_update(None, "user_version", i64::try_from(steps.len()).unwrap())
        .unwrap();
    connection
        .execute_batch(
            "INSERT INTO account (id, email, name, protocol, retention, demo, colour)
             VALUES (1, 'lena@harbour.example', 'Lena', 'imap', '\"keep\"', 0, 0);
             INSERT INTO mailbox (id, account_id, name, role, selectable) VALUES (1, 1, 'Inbox', 'inbox', 1);",
        )
        .unwrap();
    let people = |address: &str| serde_json::to_string(&[Address::new("", address)]).unwrap();
    for (id, thread, at, subject, from, to, answers) in letters {
        connection
            .execute(
                "INSERT INTO thread (id, account_id) VALUES (?1, 1) ON CONFLICT DO NOTHING",
                [thread],
            )
            .unwrap();
        connection
            .execute(
                "INSERT INTO email (id, account_id, thread_id, received_at, size, has_body, has_attachment, keywords,
                   message_id, subject, preview, from_addresses, to_addresses, cc_addresses, bcc_addresses,
                   reply_to_addresses, in_reply_to, reference_ids)
                 VALUES (?1, 1, ?2, ?3, 0, 0, 0, '[]', ?1 || '@old.example', ?4, '', ?5, ?6, '[]', '[]', '[]', ?7, '[]')",
                rusqlite::params![id, thread, at, subject, people(from), people(to), answers],
            )
            .unwrap();
        connection
            .execute(
                "INSERT INTO thread_reference (account_id, message_id, thread_id) VALUES (1, ?1 || '@old.example', ?2)",
                rusqlite::params![id, thread],
            )
            .unwrap();
    }
}

fn looked_through(store: &Store, portion: u32) -> usize {
    let mut portions = 0;
    while store.write(|w| w.look_at_old_subjects(portion)).unwrap() {
        portions += 1;
        assert!(portions < 100, "it comes to an end");
    }
    assert!(!store.read(|r| r.has_old_subjects()).unwrap(), "and says so");
    portions
}

fn threads(store: &Store, letters: i64) -> Vec<i64> {
    let threads = (1..=letters).map(|id| store.read(|r| r.email(EmailId(id))).unwrap().unwrap().thread);
    threads.map(|ThreadId(thread)| thread).collect()
}

#[test]
fn letters_of_an_older_store_find_what_they_answer_and_new_ones_find_them() {
    let letters = [
        (1, 1, 10 * DAY, "Hello", LENA, JONAS, "[]"),
        (2, 2, 11 * DAY, "Re: Hello", JONAS, LENA, "[]"),
        (3, 3, 12 * DAY, "AW: Hello", LENA, JONAS, "[]"),
        (4, 4, 12 * DAY, "Re: Hello", "amara@post.example", LENA, "[]"),
        (
            5,
            5,
            13 * DAY,
            "Re: Hello",
            JONAS,
            LENA,
            "[\"elsewhere@orchard.example\"]",
        ),
        (6, 6, 20 * DAY, "Harvest", JONAS, LENA, "[]"),
        (7, 7, 20 * DAY, "", JONAS, LENA, "[]"),
    ];
    for portion in [1, 3, 500] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mail.sqlite");
        old_store(&path, &letters);
        let store = Store::open(&path, Box::new(|_| {})).unwrap();
        assert!(
            store.read(|r| r.has_old_subjects()).unwrap(),
            "there is something to do"
        );
        assert_eq!(threads(&store, 7), [1, 2, 3, 4, 5, 6, 7], "nobody has looked yet");
        looked_through(&store, portion);
        assert_eq!(
            threads(&store, 7),
            [1, 1, 1, 4, 5, 6, 7],
            "in portions of {portion}: strangers and what names others stay by themselves"
        );
        let inbox = store.read(|r| r.mailboxes(None)).unwrap()[0].id;
        let account = store.read(|r| r.email(EmailId(1))).unwrap().unwrap().account;
        let answer = NewEmail {
            subject: "Re: Harvest".to_owned(),
            from: vec![Address::new("", LENA)],
            to: vec![Address::new("", JONAS)],
            received_at: 21 * DAY,
            mailbox: inbox,
            account,
            ..Scene::new().letter(9)
        };
        let answer = store.write(|w| w.insert_email(&answer)).unwrap();
        let ThreadId(thread) = store.read(|r| r.email(answer)).unwrap().unwrap().thread;
        assert_eq!(thread, 6, "an answer that came since finds an old letter");
        store.check().unwrap();
    }
}

#[test]
fn a_new_store_has_no_old_letters() {
    let scene = Scene::new();
    scene.add(&scene.letter(1));
    assert!(!scene.store.read(|r| r.has_old_subjects()).unwrap());
    assert!(!scene.store.write(|w| w.look_at_old_subjects(10)).unwrap());
}

/// As if letters had come before their subjects were noted.
fn forget_subjects(scene: &Scene, up_to: EmailId) {
    let behind = Connection::open(scene.path()).unwrap();
    behind
        .execute("DELETE FROM bare_subject WHERE email_id <= ?1", [up_to.0])
        .unwrap();
    scene
        .store
        .write(|w| w.put_setting("subjects.to_look_through", &up_to.0.to_string()))
        .unwrap();
}

fn bare(scene: &Scene, number: u32, subject: &str, from: &str, to: &str) -> NewEmail {
    NewEmail {
        subject: subject.to_owned(),
        from: vec![Address::new("", from)],
        to: vec![Address::new("", to)],
        received_at: i64::from(number) * DAY,
        ..scene.letter(number)
    }
}

#[test]
fn what_the_person_took_out_is_not_taken_back_by_an_old_subject() {
    let scene = Scene::new();
    let first = scene.add(&bare(&scene, 1, "Hello", JONAS, LENA));
    let answer = scene.add(&bare(&scene, 2, "Re: Hello", LENA, JONAS));
    assert_eq!(thread_of(&scene, first), thread_of(&scene, answer));
    assert!(scene.store.write(|w| w.take_out(&[answer])).unwrap());
    forget_subjects(&scene, answer);
    looked_through(&scene.store, 500);
    assert_ne!(thread_of(&scene, first), thread_of(&scene, answer));
}

#[test]
fn an_old_subject_takes_no_letter_out_of_hearing_and_unmutes_none() {
    let scene = Scene::new();
    let first = scene.add(&bare(&scene, 1, "Hello", JONAS, LENA));
    forget_subjects(&scene, first);
    // It finds nothing to answer, since that was not noted.
    let answer = scene.add(&bare(&scene, 2, "Re: Hello", LENA, JONAS));
    assert_ne!(thread_of(&scene, first), thread_of(&scene, answer));
    scene.store.write(|w| w.mute(&[first], true)).unwrap();
    looked_through(&scene.store, 1);
    let muted = |letter| {
        let thread = thread_of(&scene, letter);
        scene.store.read(|r| r.is_muted(thread)).unwrap()
    };
    assert!(
        muted(first),
        "the person has said so, and nobody takes it back for them"
    );
    assert!(
        !muted(answer),
        "the other was not muted, and nobody has said so of it"
    );
    assert_ne!(
        thread_of(&scene, first),
        thread_of(&scene, answer),
        "so they stay two"
    );
}
