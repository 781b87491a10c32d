//! How much of an account stands here: what is fetched, what may go, and what never does.

use waxwing_model::{Body, EmailId, Keep, Keeping, Keyword, Keywords, NewAccount, Operation, Protocol};
use waxwing_store::{BodyFacts, Droppable, NewEmail, NewEntry, OperationState, PartialBody};

use crate::scene::{Scene, lena, mailbox, missing};

const DAY: i64 = 86_400_000;
const NOW: i64 = 1_000 * DAY;

/// An account with a server, so that there is one to fetch from again.
fn served() -> Scene {
    let mut scene = Scene::new();
    let (account, inbox, drafts) = scene
        .store
        .write(|w| {
            let account = w.insert_account(&NewAccount {
                protocol: Protocol::Imap,
                ..lena()
            })?;
            let inbox = w.insert_mailbox(&mailbox(account, "Inbox", Some(waxwing_model::Role::Inbox)))?;
            let drafts = w.insert_mailbox(&mailbox(account, "Drafts", Some(waxwing_model::Role::Drafts)))?;
            Ok((account, inbox, drafts))
        })
        .unwrap();
    scene.account = account;
    scene.inbox = inbox;
    scene.archive = drafts;
    scene
}

/// A letter that came so many days ago, with its body, which the server has under this number.
fn whole(scene: &Scene, uid: u32, days_ago: i64) -> EmailId {
    let id = scene.add(&NewEmail {
        uid: Some(uid),
        received_at: NOW - days_ago * DAY,
        ..scene.letter(uid)
    });
    let raw = vec![b'x'; 1_000];
    let facts = BodyFacts {
        preview: "kettle".into(),
        has_attachment: true,
        text: format!("kettle word{uid}"),
        ..BodyFacts::default()
    };
    scene.store.write(|w| w.put_body(id, &raw, &facts)).unwrap();
    id
}

fn days(days: u16) -> Keeping {
    Keeping {
        keep: Keep::Days { days },
        large: None,
    }
}

#[test]
fn what_is_chosen_is_kept_with_the_account_and_pausing_does_not_touch_it() {
    let scene = served();
    let account = || scene.store.read(|r| r.account(scene.account)).unwrap().unwrap();
    assert_eq!(
        (account().keeping, account().paused),
        (Keeping::default(), false),
        "everything is kept and nothing is paused by itself"
    );
    let chosen = Keeping {
        keep: Keep::Days { days: 90 },
        large: Some(25),
    };
    scene
        .store
        .write(|w| w.put_keeping(scene.account, &chosen))
        .unwrap();
    scene.store.write(|w| w.set_paused(scene.account, true)).unwrap();
    assert_eq!((account().keeping, account().paused), (chosen, true));
    let mut renamed = account();
    renamed.name = "Lena".into();
    scene.store.write(|w| w.update_account(&renamed)).unwrap();
    assert_eq!(
        (account().keeping, account().paused),
        (chosen, true),
        "another change of the account leaves both"
    );
}

#[test]
fn an_account_from_before_keeps_everything() {
    let scene = served();
    let behind = rusqlite::Connection::open(scene.path()).unwrap();
    behind.execute("DELETE FROM keeping", []).unwrap();
    let account = scene.store.read(|r| r.account(scene.account)).unwrap().unwrap();
    assert_eq!((account.keeping, account.paused), (Keeping::default(), false));
    scene.store.write(|w| w.set_paused(scene.account, true)).unwrap();
    let account = scene.store.read(|r| r.account(scene.account)).unwrap().unwrap();
    assert_eq!(
        (account.keeping, account.paused),
        (Keeping::default(), true),
        "it can be paused all the same"
    );
}

#[test]
fn only_bodies_within_the_window_and_under_the_limit_are_missing() {
    let scene = served();
    let ago = |uid: u32, days_ago: i64, size: u32| {
        scene.add(&NewEmail {
            uid: Some(uid),
            received_at: NOW - days_ago * DAY,
            size,
            ..scene.letter(uid)
        })
    };
    let [new, large, old] = [ago(1, 1, 100), ago(2, 2, 3_000_000), ago(3, 40, 100)];
    let missing = |keeping: &Keeping| {
        scene
            .store
            .read(|r| {
                let missing = missing(r, scene.account, keeping, NOW, 10)?;
                let counted = r.bodies_missing_count(scene.account, keeping, NOW)?;
                assert_eq!(missing.len(), usize::try_from(counted).unwrap());
                Ok(missing)
            })
            .unwrap()
    };
    assert_eq!(missing(&Keeping::default()), [new, large, old], "all of them");
    assert_eq!(missing(&days(30)), [new, large], "those of the last month");
    let small = Keeping {
        large: Some(2),
        ..days(30)
    };
    assert_eq!(missing(&small), [new], "without the large one");
    let headers = Keeping {
        keep: Keep::Headers,
        large: None,
    };
    assert_eq!(missing(&headers), [], "none of them");
}

#[test]
fn bodies_outside_of_the_window_go_and_what_lists_show_stays() {
    let scene = served();
    let [new, old] = [whole(&scene, 1, 1), whole(&scene, 2, 40)];
    let droppable = |keeping| {
        scene
            .store
            .read(|r| r.droppable(scene.account, &keeping, NOW))
            .unwrap()
    };
    assert_eq!(droppable(Keeping::default()), Droppable::default(), "nothing");
    assert_eq!(
        droppable(days(30)),
        Droppable {
            letters: 1,
            octets: 1_000
        },
        "the old one, with its size"
    );
    let gone = scene
        .store
        .write(|w| w.drop_bodies(scene.account, &days(30), NOW, 10))
        .unwrap();
    assert_eq!(gone, 1);
    let emails = scene.store.read(|r| r.emails(&[new, old])).unwrap();
    assert_eq!((emails[0].body, emails[1].body), (Body::Complete, Body::Absent));
    assert_eq!(
        (emails[1].preview.as_str(), emails[1].has_attachment),
        ("kettle", true),
        "its row looks as before"
    );
    let found = |words: &str| scene.store.read(|r| r.search(words, 10, 0)).unwrap();
    assert_eq!(found("word2"), [], "the words of its text are gone from here");
    assert_eq!(found("number2"), [old], "it is found by its subject");
    assert_eq!(
        scene
            .store
            .read(|r| missing(r, scene.account, &Keeping::default(), NOW, 10))
            .unwrap(),
        [old],
        "and it comes again when the window is wide"
    );
}

#[test]
fn what_the_server_may_not_have_never_goes() {
    let scene = served();
    let headers = Keeping {
        keep: Keep::Headers,
        large: None,
    };
    let here_only = scene.add(&scene.letter(1));
    let facts = BodyFacts::default();
    scene
        .store
        .write(|w| w.put_body(here_only, b"only here", &facts))
        .unwrap();
    let pending = whole(&scene, 2, 40);
    let marked = whole(&scene, 3, 40);
    let in_drafts = whole(&scene, 4, 40);
    let displaced = whole(&scene, 5, 40);
    scene
        .store
        .write(|w| {
            let action = w.new_action()?;
            w.journal(&NewEntry {
                action,
                account: scene.account,
                operation: Operation::SetKeywords {
                    emails: vec![pending],
                    add: Keywords::only(Keyword::FLAGGED),
                    remove: Keywords::none(),
                },
                inverse: Vec::new(),
                state: OperationState::Queued,
            })?;
            w.set_keywords(marked, &Keywords::only(Keyword::DRAFT))?;
            w.set_mailboxes(in_drafts, &[scene.archive])?;
            Ok(())
        })
        .unwrap();
    let behind = rusqlite::Connection::open(scene.path()).unwrap();
    behind
        .execute(
            "INSERT INTO displaced (mailbox_id, email_id) VALUES (?1, ?2)",
            [scene.inbox.0, displaced.0],
        )
        .unwrap();
    assert_eq!(
        scene
            .store
            .read(|r| r.droppable(scene.account, &headers, NOW))
            .unwrap(),
        Droppable::default(),
        "none of them may go"
    );
    assert_eq!(
        scene
            .store
            .write(|w| w.drop_bodies(scene.account, &headers, NOW, 10))
            .unwrap(),
        0
    );
    for email in [here_only, pending, marked, in_drafts, displaced] {
        assert!(
            scene.store.read(|r| r.verify_body(email)).unwrap(),
            "{email} is whole"
        );
    }
}

#[test]
fn room_goes_back_to_the_disk_when_half_of_a_file_is_empty() {
    let scene = served();
    let id = whole(&scene, 1, 40);
    let facts = BodyFacts::default();
    let raw = vec![b'x'; 8 << 20];
    scene.store.write(|w| w.put_body(id, &raw, &facts)).unwrap();
    let kept = whole(&scene, 2, 1);
    assert!(!scene.store.give_back().unwrap(), "a full file is left alone");
    scene
        .store
        .write(|w| w.drop_bodies(scene.account, &days(30), NOW, 10))
        .unwrap();
    assert!(scene.store.give_back().unwrap());
    let packs = std::fs::read_dir(scene.pack().parent().unwrap()).unwrap();
    let size: u64 = packs.map(|file| file.unwrap().metadata().unwrap().len()).sum();
    assert!(size < 1 << 10, "the files of letters have {size} octets");
    scene.store.check().unwrap();
    assert!(
        scene.store.read(|r| r.verify_body(kept)).unwrap(),
        "what stays is whole"
    );
    let again = scene.add(&scene.letter(9));
    assert!(
        scene.store.read(|r| r.email(again)).unwrap().is_some(),
        "and writing goes on"
    );
}

#[test]
fn a_letter_in_parts_is_found_by_its_text_and_is_never_given_out_as_the_letter() {
    let scene = served();
    let id = scene.add(&NewEmail {
        uid: Some(1),
        received_at: NOW - DAY,
        size: 9_000_000,
        ..scene.letter(1)
    });
    let small = Keeping {
        keep: Keep::All,
        large: Some(5),
    };
    let missing = |keeping: Keeping| {
        scene
            .store
            .read(|r| r.parts_missing(scene.account, &keeping, NOW, 9))
            .unwrap()
    };
    assert_eq!(missing(small), [id], "its text is wanted");
    assert_eq!(
        missing(Keeping::default()),
        [],
        "where none is too large it comes whole"
    );
    let partial = PartialBody {
        skeleton: b"Subject: x".to_vec(),
        absent: [("2".to_owned(), 8_000_000)].into(),
    };
    let facts = BodyFacts {
        preview: "a lantern".into(),
        has_attachment: true,
        text: "a lantern at 1:20".into(),
        ..BodyFacts::default()
    };
    scene
        .store
        .write(|w| w.put_partial_body(id, &partial, &facts))
        .unwrap();
    assert_eq!(missing(small), [], "it has come");
    let found = || scene.store.read(|r| r.search("lantern", 9, 0)).unwrap();
    assert_eq!(found(), [id]);
    scene.store.write(|w| w.rebuild_search()).unwrap();
    assert_eq!(found(), [id], "after the index was built again too");
    let email = scene.store.read(|r| r.email(id)).unwrap().unwrap();
    assert_eq!(
        (email.body, email.preview.as_str(), email.size),
        (Body::Absent, "a lantern", 9_000_000),
        "the list shows it, and its size is the letter's"
    );
    assert_eq!(
        scene.store.read(|r| r.raw(id)).unwrap(),
        None,
        "it is not the letter"
    );
    assert!(!scene.store.read(|r| r.verify_body(id)).unwrap());
    assert_eq!(
        scene.store.read(|r| r.partial_body(id)).unwrap(),
        Some(partial.clone()),
        "what has come can be read"
    );
    scene
        .store
        .write(|w| w.put_body(id, b"the letter", &BodyFacts::default()))
        .unwrap();
    assert_eq!(
        scene.store.read(|r| r.partial_body(id)).unwrap(),
        None,
        "the letter takes its place"
    );
    let late = scene.store.write(|w| w.put_partial_body(id, &partial, &facts));
    assert!(late.is_err(), "what is whole is not replaced by a part");
}
