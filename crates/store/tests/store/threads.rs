//! Conversations: who belongs together, whichever order letters come in.

use waxwing_model::{Change, EmailId, ThreadId};
use waxwing_store::NewEmail;

use crate::scene::{Scene, lena, letter, mailbox};

fn thread_of(scene: &Scene, email: EmailId) -> ThreadId {
    scene.store.read(|r| r.email(email)).unwrap().unwrap().thread
}

fn named(number: u32) -> Vec<String> {
    vec![format!("{number}@orchard.example")]
}

#[test]
fn an_answer_joins_the_letter_it_answers_in_either_order() {
    let scene = Scene::new();
    let question = scene.add(&scene.letter(1));
    let answer = scene.add(&NewEmail {
        in_reply_to: named(1),
        ..scene.letter(2)
    });
    assert_eq!(thread_of(&scene, question), thread_of(&scene, answer));

    let early = scene.add(&NewEmail {
        references: named(10),
        ..scene.letter(11)
    });
    let late = scene.add(&scene.letter(10));
    assert_eq!(
        thread_of(&scene, early),
        thread_of(&scene, late),
        "the parent came after the child"
    );
    assert_ne!(
        thread_of(&scene, early),
        thread_of(&scene, question),
        "the two have nothing in common"
    );
}

#[test]
fn siblings_whose_parent_is_not_here_are_together() {
    let scene = Scene::new();
    let [one, two] = [2, 3].map(|number| {
        scene.add(&NewEmail {
            references: named(1),
            ..scene.letter(number)
        })
    });
    assert_eq!(
        thread_of(&scene, one),
        thread_of(&scene, two),
        "both name the same letter"
    );
}

#[test]
fn a_letter_that_names_two_conversations_makes_them_one() {
    let scene = Scene::new();
    let [left, right] = [1, 2].map(|number| scene.add(&scene.letter(number)));
    scene
        .store
        .write(|w| w.set_mailboxes(right, &[scene.archive]))
        .unwrap();
    assert_ne!(thread_of(&scene, left), thread_of(&scene, right));
    scene.told();
    let joint = scene.add(&NewEmail {
        references: [named(1), named(2)].concat(),
        ..scene.letter(3)
    });
    let told = scene.told();
    let thread = thread_of(&scene, left);
    assert_eq!(
        [thread_of(&scene, right), thread_of(&scene, joint)],
        [thread, thread]
    );
    let ids: Vec<_> = scene
        .store
        .read(|r| r.thread(thread))
        .unwrap()
        .into_iter()
        .map(|email| email.id)
        .collect();
    assert_eq!(ids, [left, right, joint], "oldest first");
    assert!(
        told.contains(&Change::Emails { emails: vec![right] }),
        "the one that changed sides: {told:?}"
    );
    assert!(
        told.contains(&Change::Listing {
            mailbox: scene.archive
        }),
        "and where it is shown: {told:?}"
    );
}

#[test]
fn equal_subjects_do_not_make_a_conversation() {
    let scene = Scene::new();
    let same = |number| NewEmail {
        subject: "Re: Invoice".to_owned(),
        ..scene.letter(number)
    };
    let [one, two] = [1, 2].map(|number| scene.add(&same(number)));
    assert_ne!(
        thread_of(&scene, one),
        thread_of(&scene, two),
        "two invoices are two letters"
    );
    let nameless = |number| NewEmail {
        message_id: None,
        references: vec![String::new()],
        ..same(number)
    };
    let [one, two] = [3, 4].map(|number| scene.add(&nameless(number)));
    assert_ne!(
        thread_of(&scene, one),
        thread_of(&scene, two),
        "nothing is nobody's name"
    );
}

#[test]
fn accounts_have_conversations_of_their_own() {
    let scene = Scene::new();
    let mine = scene.add(&scene.letter(1));
    let theirs = scene
        .store
        .write(|w| {
            let other = w.insert_account(&lena())?;
            let inbox = w.insert_mailbox(&mailbox(other, "Inbox", None))?;
            w.insert_email(&NewEmail {
                references: named(1),
                ..letter(other, inbox, 2)
            })
        })
        .unwrap();
    assert_ne!(thread_of(&scene, mine), thread_of(&scene, theirs));
}

#[test]
fn a_conversation_outlives_the_letter_that_began_it_and_ends_with_the_last() {
    let scene = Scene::new();
    let first = scene.add(&scene.letter(1));
    let second = scene.add(&NewEmail {
        references: named(1),
        ..scene.letter(2)
    });
    let thread = thread_of(&scene, first);
    scene.store.write(|w| w.remove_email(first)).unwrap();
    assert_eq!(thread_of(&scene, second), thread, "the rest stays");
    let third = scene.add(&NewEmail {
        references: named(1),
        ..scene.letter(3)
    });
    assert_eq!(
        thread_of(&scene, third),
        thread,
        "and an answer to the removed one still finds it"
    );
    for email in [second, third] {
        scene.store.write(|w| w.remove_email(email)).unwrap();
    }
    assert_eq!(
        scene.number("SELECT count(*) FROM thread"),
        0,
        "nothing is left of it"
    );
    assert_eq!(
        scene.number("SELECT count(*) FROM thread_reference"),
        0,
        "nor of its references"
    );
}

#[test]
fn a_letter_that_names_ten_thousand_others_is_followed_only_so_far() {
    let scene = Scene::new();
    let references = (0..10_000)
        .map(|number| format!("{number}@made.example"))
        .collect();
    scene.add(&NewEmail {
        references,
        ..scene.letter(1)
    });
    let kept = scene.number("SELECT count(*) FROM thread_reference");
    assert!(kept <= 200, "{kept} rows for one letter would be an attack");
    let near = NewEmail {
        references: vec!["9999@made.example".to_owned()],
        ..scene.letter(2)
    };
    let [one, two] = [scene.add(&near), EmailId(1)].map(|email| thread_of(&scene, email));
    assert_eq!(one, two, "the nearest ones are followed");
}
