//! Letters, conversations and mailboxes by the names that a server gives them.

use waxwing_model::{
    EmailId, Filing, Keywords, Listing, ListingFilter, ListingGrouping, ListingOrder, ListingSource,
    MailboxId, ObjectIds, Operation, ThreadId,
};
use waxwing_store::{BodyFacts, NewEmail, NewEntry, OperationState};

use crate::scene::{Scene, lena, letter, mailbox};

fn named(email: &str, thread: Option<&str>) -> ObjectIds {
    ObjectIds {
        email: email.to_owned(),
        thread: thread.map(str::to_owned),
    }
}

fn thread_of(scene: &Scene, email: EmailId) -> ThreadId {
    scene.store.read(|r| r.email(email)).unwrap().unwrap().thread
}

fn name(scene: &Scene, email: EmailId, ids: &ObjectIds) {
    scene.store.write(|w| w.set_identity(email, ids)).unwrap();
}

#[test]
fn a_letter_is_found_by_its_name_in_its_own_account_alone() {
    let scene = Scene::new();
    let (one, two) = (scene.add(&scene.letter(1)), scene.add(&scene.letter(2)));
    name(&scene, one, &named("M1", None));
    let other = scene.store.write(|w| w.insert_account(&lena())).unwrap();
    scene
        .store
        .read(|r| {
            assert_eq!(r.email_identified(scene.account, "M1")?, Some(one));
            assert_eq!(r.email_identified(other, "M1")?, None, "names are a server's own");
            assert_eq!(r.identity_of(one)?.as_deref(), Some("M1"));
            assert_eq!(r.identity_of(two)?, None);
            Ok(())
        })
        .unwrap();
    name(&scene, two, &named("M1", None));
    scene
        .store
        .read(|r| {
            assert_eq!(
                r.email_identified(scene.account, "M1")?,
                Some(one),
                "a name is one letter's"
            );
            assert_eq!(r.identity_of(two)?, None);
            Ok(())
        })
        .unwrap();
    name(&scene, one, &named("M2", None));
    scene
        .store
        .read(|r| {
            assert_eq!(
                r.email_identified(scene.account, "M1")?,
                None,
                "the server calls it otherwise now"
            );
            assert_eq!(r.email_identified(scene.account, "M2")?, Some(one));
            Ok(())
        })
        .unwrap();
    scene.store.write(|w| w.remove_email(one)).unwrap();
    assert_eq!(
        scene.number("SELECT count(*) FROM email_identity"),
        0,
        "it goes with its letter"
    );
}

#[test]
fn letters_that_the_server_puts_into_one_conversation_are_one() {
    let scene = Scene::new();
    let letters = [1, 2, 3, 4].map(|number| scene.add(&scene.letter(number)));
    name(&scene, letters[0], &named("M1", Some("T1")));
    name(&scene, letters[1], &named("M2", Some("T1")));
    name(&scene, letters[2], &named("M3", Some("T3")));
    name(&scene, letters[3], &named("M4", None));
    let [one, two, three, four] = letters.map(|email| thread_of(&scene, email));
    assert_eq!(one, two);
    assert!(
        three != one && four != one && three != four,
        "and the others are not"
    );
    // An answer that names a letter of each: they were one all along, and so are the server's two.
    let answer = scene.add(&NewEmail {
        references: vec!["1@orchard.example".into(), "3@orchard.example".into()],
        ..scene.letter(5)
    });
    assert_eq!(thread_of(&scene, letters[2]), thread_of(&scene, answer));
    let late = scene.add(&scene.letter(6));
    name(&scene, late, &named("M6", Some("T3")));
    assert_eq!(
        thread_of(&scene, late),
        thread_of(&scene, letters[0]),
        "a conversation that became part of another is still known by its name"
    );
    scene.store.check().unwrap();
}

#[test]
fn two_letters_that_turn_out_to_be_one_keep_all_that_either_had() {
    let scene = Scene::new();
    let at = |mailbox: MailboxId, uid: u32, number: u32| NewEmail {
        uid: Some(uid),
        ..letter(scene.account, mailbox, number)
    };
    let whole = scene.add(&at(scene.inbox, 5, 1));
    let part = scene.add(&NewEmail {
        message_id: None,
        ..at(scene.archive, 9, 1)
    });
    name(&scene, whole, &named("M1", None));
    let facts = BodyFacts {
        text: "herring".into(),
        ..BodyFacts::default()
    };
    scene.store.write(|w| w.put_body(part, b"raw", &facts)).unwrap();
    assert!(scene.store.write(|w| w.merge_emails(part, whole)).unwrap());
    scene
        .store
        .read(|r| {
            assert!(r.email(part)?.is_none());
            let email = r.email(whole)?.unwrap();
            assert_eq!(email.mailboxes, [scene.inbox, scene.archive]);
            assert_eq!(
                r.raw(whole)?.unwrap(),
                b"raw",
                "the bytes need not be fetched again"
            );
            assert_eq!(r.email_at(scene.archive, 9)?, Some(whole));
            assert_eq!(r.email_at(scene.inbox, 5)?, Some(whole));
            Ok(())
        })
        .unwrap();
    scene.store.check().unwrap();
}

#[test]
fn a_letter_that_was_put_on_the_server_from_here_stands_by_its_number_once_it_is_known() {
    let scene = Scene::new();
    let numbered = |uid: u32| NewEmail {
        uid: Some(uid),
        received_at: 1000,
        ..scene.letter(uid)
    };
    let put_there = scene.add(&NewEmail {
        received_at: 1000,
        ..scene.letter(1)
    });
    let (found_there, later) = (scene.add(&numbered(5)), scene.add(&numbered(6)));
    assert!(
        scene
            .store
            .write(|w| w.merge_emails(found_there, put_there))
            .unwrap()
    );
    let arrival = format!("SELECT arrival FROM membership WHERE email_id = {}", put_there.0);
    assert_eq!(scene.number(&arrival), 5);
    let list = Listing {
        source: ListingSource::Mailbox { mailbox: scene.inbox },
        filter: ListingFilter::ALL,
        order: ListingOrder::NEWEST,
        grouping: ListingGrouping::Messages,
    };
    let rows = scene.store.read(|r| r.page(&list, 0, 10)).unwrap();
    let letters: Vec<EmailId> = rows.into_iter().map(|row| row.email).collect();
    assert_eq!(
        letters,
        [later, put_there],
        "before the letter that came after it"
    );
    scene.store.check().unwrap();
}

#[test]
fn a_letter_that_the_server_has_still_to_hear_of_is_not_made_part_of_another() {
    let scene = Scene::new();
    let (whole, part) = (scene.add(&scene.letter(1)), scene.add(&scene.letter(2)));
    scene
        .store
        .write(|w| {
            let action = w.new_action()?;
            w.journal(&NewEntry {
                action,
                account: scene.account,
                operation: Operation::Refile {
                    emails: vec![part],
                    from: None,
                    to: Some(scene.archive),
                },
                inverse: Vec::new(),
                state: OperationState::Queued,
            })
        })
        .unwrap();
    assert!(!scene.store.write(|w| w.merge_emails(part, whole)).unwrap());
    assert!(scene.store.read(|r| r.pending_for(part)).unwrap().place);
    assert!(scene.store.read(|r| r.email(part)).unwrap().is_some());
}

#[test]
fn a_letter_that_is_nowhere_goes_unless_something_is_still_to_be_heard_of_it() {
    let scene = Scene::new();
    let letters = [1, 2, 3, 4].map(|number| scene.add(&scene.letter(number)));
    let [adrift, shown, located, unnamed] = letters;
    for (number, email) in [adrift, shown, located].into_iter().enumerate() {
        name(&scene, email, &named(&format!("M{number}"), None));
    }
    scene
        .store
        .write(|w| {
            for email in [adrift, located, unnamed] {
                w.set_mailboxes(email, &[])?;
            }
            w.put_location(located, scene.inbox, 7)?;
            w.remove_adrift(scene.account)
        })
        .unwrap();
    let there = letters.map(|email| scene.store.read(|r| r.email(email)).unwrap().is_some());
    assert_eq!(
        there,
        [false, true, true, true],
        "only the one that is nowhere at all"
    );
}

#[test]
fn copies_of_a_letter_have_marks_of_their_own_and_the_letter_has_one_set() {
    let scene = Scene::new();
    let id = scene.add(&NewEmail {
        uid: Some(1),
        ..scene.letter(1)
    });
    let keywords = |w: &mut waxwing_store::Writing<'_>| w.email(id).map(|email| email.unwrap().keywords);
    scene
        .store
        .write(|w| {
            w.set_filing(scene.account, Filing::Copies)?;
            w.put_location(id, scene.archive, 2)?;
            w.set_keywords_at(id, scene.inbox, 1, &Keywords::only("$seen").with("$flagged"))?;
            assert_eq!(
                keywords(w)?,
                Keywords::only("$flagged"),
                "unread while one copy is"
            );
            w.set_keywords_at(id, scene.archive, 2, &Keywords::only("$seen"))?;
            assert_eq!(keywords(w)?, Keywords::only("$seen").with("$flagged"));
            let own = w.located(scene.archive, 1, 10)?.remove(0).keywords;
            assert_eq!(
                own,
                Keywords::only("$seen"),
                "what is compared with the server is the copy's"
            );
            w.set_keywords_at(id, scene.archive, 2, &Keywords::none())?;
            // The person reads it: both copies are read.
            w.set_keywords(id, &Keywords::only("$seen").with("$flagged"))?;
            w.change_copies(id, &Keywords::only("$seen"), &Keywords::none())?;
            assert_eq!(
                w.located(scene.archive, 1, 10)?.remove(0).keywords,
                Keywords::only("$seen")
            );
            w.remove_location(scene.inbox, 1)?;
            w.regather_keywords(id)?;
            assert_eq!(
                keywords(w)?,
                Keywords::only("$seen"),
                "the flag went with its copy"
            );
            Ok(())
        })
        .unwrap();
    assert_eq!(
        scene.number("SELECT count(*) FROM copy_keywords"),
        0,
        "nothing differs any more"
    );
}

#[test]
fn where_a_letter_is_one_whatever_mailbox_it_is_in_the_last_word_counts() {
    let scene = Scene::new();
    let id = scene.add(&NewEmail {
        uid: Some(1),
        ..scene.letter(1)
    });
    scene
        .store
        .write(|w| {
            w.set_filing(scene.account, Filing::Labels)?;
            w.put_location(id, scene.archive, 2)?;
            w.set_keywords_at(id, scene.inbox, 1, &Keywords::only("$seen"))?;
            w.set_keywords_at(id, scene.archive, 2, &Keywords::none())
        })
        .unwrap();
    assert!(
        scene
            .store
            .read(|r| r.email(id))
            .unwrap()
            .unwrap()
            .keywords
            .is_empty()
    );
    assert_eq!(scene.number("SELECT count(*) FROM copy_keywords"), 0);
}

#[test]
fn mailboxes_and_the_way_a_server_keeps_letters_are_noted() {
    let scene = Scene::new();
    let other = scene.store.write(|w| w.insert_account(&lena())).unwrap();
    let (before, after, names) = scene
        .store
        .write(|w| {
            let before = w.filing(scene.account)?;
            w.set_filing(scene.account, Filing::Labels)?;
            let theirs = w.insert_mailbox(&mailbox(other, "Inbox", None))?;
            w.set_mailbox_identity(theirs, "F9")?;
            for name in ["F1", "F2", "F2"] {
                w.set_mailbox_identity(scene.inbox, name)?;
            }
            Ok((
                before,
                w.filing(scene.account)?,
                w.mailbox_identities(scene.account)?,
            ))
        })
        .unwrap();
    assert_eq!((before, after), (Filing::Folders, Filing::Labels));
    assert_eq!(
        names,
        [(scene.inbox, "F2".to_owned())],
        "the newest name, of this account alone"
    );
}

#[test]
fn letters_without_a_name_and_copies_in_one_mailbox_are_counted() {
    let scene = Scene::new();
    let add = |number, uid| {
        scene.add(&NewEmail {
            uid: Some(uid),
            ..scene.letter(number)
        })
    };
    let (one, two) = (add(1, 5), add(2, 3));
    name(&scene, one, &named("M1", None));
    scene
        .store
        .write(|w| w.put_location(one, scene.inbox, 8))
        .unwrap();
    scene
        .store
        .read(|r| {
            assert_eq!(r.unidentified(scene.inbox)?, [(3, two)]);
            assert_eq!(r.letters_located(scene.inbox)?, 2);
            assert_eq!(r.reckoning(scene.inbox)?.located, 3, "messages are three");
            Ok(())
        })
        .unwrap();
}
