//! Letters: what is kept of them, where they are and where they are shown, and what is told when they change.

use waxwing_model::{Address, Body, Change, Keywords, MailboxId, Operation};
use waxwing_store::{Location, NewEmail, NewEntry, OperationState, StoreError};

use crate::scene::Scene;

#[test]
fn a_letter_comes_back_as_it_was_added() {
    let scene = Scene::new();
    let new = NewEmail {
        uid: Some(42),
        in_reply_to: vec!["a@x".to_owned()],
        references: vec!["b@x".to_owned(), "a@x".to_owned()],
        subject: "Grüße aus \"Köln\" 🚋".to_owned(),
        cc: vec![Address::new("", "amara@lighthouse.example")],
        bcc: vec![Address::new("Amara", "")],
        reply_to: vec![Address::new("List", "list@orchard.example")],
        sent_by: Some(Address::new("Secretary", "office@orchard.example")),
        sent_at: Some(-1),
        keywords: Keywords::only("$flagged").with("$label1"),
        has_attachment: true,
        preview: "It rains".to_owned(),
        ..scene.letter(1)
    };
    let id = scene.add(&new);
    let email = scene.store.read(|r| r.email(id)).unwrap().unwrap();
    assert_eq!(email.mailboxes, [scene.inbox]);
    assert_eq!(email.body, Body::Absent, "only the header fields are here");
    let back = NewEmail {
        account: email.account,
        mailbox: scene.inbox,
        uid: scene
            .store
            .read(|r| r.locations(&[id]))
            .unwrap()
            .first()
            .map(|location| location.uid),
        message_id: email.message_id,
        in_reply_to: email.in_reply_to,
        references: email.references,
        subject: email.subject,
        from: email.from,
        to: email.to,
        cc: email.cc,
        bcc: email.bcc,
        reply_to: email.reply_to,
        sent_by: email.sent_by,
        sent_at: email.sent_at,
        received_at: email.received_at,
        size: email.size,
        keywords: email.keywords,
        has_attachment: email.has_attachment,
        preview: email.preview,
    };
    assert_eq!(back, new, "nothing is lost on the way");
}

#[test]
fn a_batch_tells_its_mailbox_once_and_a_failed_one_tells_nothing() {
    let scene = Scene::new();
    scene
        .store
        .write(|w| {
            w.insert_email(&scene.letter(1))?;
            w.insert_email(&scene.letter(2))
        })
        .unwrap();
    let expected = [
        Change::Listing { mailbox: scene.inbox },
        Change::Mailboxes {
            account: scene.account,
        },
    ];
    assert_eq!(scene.told(), expected, "each thing once");

    let failed: Result<(), StoreError> = scene.store.write(|w| {
        w.insert_email(&scene.letter(3))?;
        Err(StoreError::TooLate)
    });
    assert!(failed.is_err());
    assert_eq!(scene.told(), [], "what was undone is not told");
    assert_eq!(
        scene.number("SELECT count(*) FROM email"),
        2,
        "and did not happen"
    );
}

#[test]
fn a_panic_in_a_transaction_undoes_it_and_the_store_goes_on() {
    let scene = Scene::new();
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        scene.store.write(|w| -> Result<(), StoreError> {
            w.insert_email(&scene.letter(1))?;
            panic!("in the middle");
        })
    }));
    assert!(panicked.is_err());
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        scene
            .store
            .read(|_| -> Result<(), StoreError> { panic!("while reading") })
    }));
    assert!(panicked.is_err());
    scene.add(&scene.letter(2));
    assert_eq!(
        scene.number("SELECT count(*) FROM email"),
        1,
        "only the second one is here"
    );
}

#[test]
fn keywords_are_told_only_when_they_change() {
    let scene = Scene::new();
    let id = scene.add(&scene.letter(1));
    scene.told();
    scene
        .store
        .write(|w| w.set_keywords(id, &Keywords::only("$seen")))
        .unwrap();
    let expected = [
        Change::Emails { emails: vec![id] },
        Change::Mailboxes {
            account: scene.account,
        },
    ];
    assert_eq!(
        scene.told(),
        expected,
        "the count of unread letters changed as well"
    );
    scene
        .store
        .write(|w| w.set_keywords(id, &Keywords::only("$seen")))
        .unwrap();
    assert_eq!(scene.told(), [], "nothing changed");
    scene
        .store
        .write(|w| w.set_keywords(id, &Keywords::only("$seen").with("$flagged")))
        .unwrap();
    assert_eq!(
        scene.told(),
        [Change::Emails { emails: vec![id] }],
        "a star changes no count"
    );
}

#[test]
fn where_a_letter_is_and_where_it_is_shown_are_two_things() {
    let scene = Scene::new();
    let id = scene.add(&NewEmail {
        uid: Some(5),
        ..scene.letter(1)
    });
    scene.told();
    scene
        .store
        .write(|w| w.set_mailboxes(id, &[scene.trash]))
        .unwrap();
    let told = scene.told();
    for mailbox in [scene.inbox, scene.trash] {
        assert!(
            told.contains(&Change::Listing { mailbox }),
            "{mailbox} is told: {told:?}"
        );
    }
    scene
        .store
        .read(|r| {
            assert_eq!(
                r.email(id)?.unwrap().mailboxes,
                [scene.trash],
                "it is shown where it was moved"
            );
            let there = Location {
                email: id,
                mailbox: scene.inbox,
                uid: 5,
            };
            assert_eq!(r.locations(&[id])?, [there], "the server has not heard of it");
            assert_eq!(r.email_at(scene.inbox, 5)?, Some(id));
            Ok(())
        })
        .unwrap();
    scene.store.write(|w| w.set_mailboxes(id, &[])).unwrap();
    scene
        .store
        .read(|r| {
            let email = r.email(id)?.unwrap();
            assert_eq!(
                email.mailboxes,
                Vec::<MailboxId>::new(),
                "it is shown nowhere and still here"
            );
            assert_eq!(
                r.thread(email.thread)?,
                [],
                "so its conversation does not show it"
            );
            assert_eq!(r.search_count("number1")?, 0, "nor is it found");
            Ok(())
        })
        .unwrap();
}

#[test]
fn the_numbers_of_a_mailbox_are_listed_replaced_and_forgotten() {
    let scene = Scene::new();
    let [first, second] = [1, 2].map(|number| {
        scene.add(&NewEmail {
            uid: Some(number),
            ..scene.letter(number)
        })
    });
    scene
        .store
        .write(|w| w.put_location(second, scene.inbox, u32::MAX))
        .unwrap();
    scene
        .store
        .write(|w| w.put_location(second, scene.inbox, 1))
        .unwrap();
    let located = scene.store.read(|r| r.located(scene.inbox, 1, 100)).unwrap();
    let uids: Vec<_> = located.iter().map(|one| (one.uid, one.email)).collect();
    assert_eq!(
        uids,
        [(1, second), (2, second), (u32::MAX, second)],
        "a number is one letter's"
    );
    assert_eq!(
        scene.store.read(|r| r.locations(&[first])).unwrap(),
        [],
        "the first lost its own"
    );
    scene
        .store
        .read(|r| {
            assert_eq!(
                (r.lowest_uid(scene.inbox)?, r.highest_uid(scene.inbox)?),
                (Some(1), Some(u32::MAX))
            );
            assert_eq!(
                (r.lowest_uid(scene.trash)?, r.highest_uid(scene.trash)?),
                (None, None)
            );
            Ok(())
        })
        .unwrap();
    let removed = scene.store.write(|w| w.remove_location(scene.inbox, 2)).unwrap();
    assert_eq!(removed, Some(second), "it says whose it was");
    let removed = scene.store.write(|w| w.remove_location(scene.inbox, 2)).unwrap();
    assert_eq!(removed, None, "once");
    scene.store.write(|w| w.forget_locations(scene.inbox)).unwrap();
    assert_eq!(scene.store.read(|r| r.highest_uid(scene.inbox)).unwrap(), None);
    assert_eq!(
        scene.number("SELECT total FROM mailbox WHERE name = 'Inbox'"),
        2,
        "they are still shown"
    );
}

#[test]
fn letters_without_a_place_on_the_server_are_told_unless_it_has_still_to_hear_of_them() {
    let scene = Scene::new();
    let located = scene.add(&NewEmail {
        uid: Some(1),
        ..scene.letter(1)
    });
    let [lost, moved] = [2, 3].map(|number| scene.add(&scene.letter(number)));
    scene
        .store
        .write(|w| {
            let action = w.new_action()?;
            let operation = Operation::Move {
                emails: vec![moved],
                to: scene.inbox,
            };
            let (account, state) = (scene.account, OperationState::Queued);
            w.journal(&NewEntry {
                action,
                account,
                operation,
                inverse: Vec::new(),
                state,
            })
        })
        .unwrap();
    let unlocated = scene.store.read(|r| r.unlocated(scene.inbox)).unwrap();
    assert_eq!(
        unlocated,
        [lost],
        "{located} is there, and {moved} is on its way there"
    );
    let by_count = scene.store.read(|r| r.unlocated_by_count(scene.inbox)).unwrap();
    assert_eq!(
        by_count,
        [lost],
        "the journal has something left, so numbers are not believed"
    );
}

#[test]
fn a_reader_sees_one_snapshot_while_others_write() {
    let scene = Scene::new();
    scene.add(&scene.letter(1));
    scene
        .store
        .read(|r| {
            assert_eq!(r.mailbox(scene.inbox)?.unwrap().total, 1);
            let store = scene.store.clone();
            let new = scene.letter(2);
            std::thread::spawn(move || store.write(|w| w.insert_email(&new)))
                .join()
                .unwrap()?;
            assert_eq!(
                r.mailbox(scene.inbox)?.unwrap().total,
                1,
                "the snapshot does not move"
            );
            Ok(())
        })
        .unwrap();
    assert_eq!(
        scene
            .store
            .read(|r| r.mailbox(scene.inbox))
            .unwrap()
            .unwrap()
            .total,
        2
    );
}

#[test]
fn many_threads_read_and_write_at_once() {
    let scene = Scene::new();
    std::thread::scope(|threads| {
        for thread in 0..8 {
            let scene = &scene;
            threads.spawn(move || {
                for number in 0..25 {
                    scene.add(&scene.letter(thread * 100 + number));
                    let total = scene
                        .store
                        .read(|r| r.mailbox(scene.inbox))
                        .unwrap()
                        .unwrap()
                        .total;
                    assert!(total > 0, "one's own letter is seen at once");
                }
            });
        }
    });
    assert_eq!(
        scene
            .store
            .read(|r| r.mailbox(scene.inbox))
            .unwrap()
            .unwrap()
            .total,
        200
    );
    scene.store.check().unwrap();
}
