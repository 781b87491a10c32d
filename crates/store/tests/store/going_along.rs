//! What answers a letter that was taken out goes along with it, however little it names and in whatever order it comes.

use waxwing_model::{EmailId, ObjectIds};
use waxwing_store::NewEmail;

use crate::conversations::{again, answering, chain, names, thread_of, together};
use crate::scene::Scene;

/// Letter `number`, which names the letter that it answers and no other.
fn briefly(scene: &Scene, number: u32, parent: u32) -> NewEmail {
    NewEmail {
        in_reply_to: names(&[parent]),
        ..scene.letter(number)
    }
}

#[test]
fn an_answer_that_leaves_names_out_does_not_bring_back_what_was_taken_out() {
    let scene = Scene::new();
    let letters = chain(&scene);
    let mut emails: Vec<EmailId> = letters.iter().map(|letter| scene.add(letter)).collect();
    assert!(scene.store.write(|w| w.take_out(&[emails[1]])).unwrap());
    let short = NewEmail {
        in_reply_to: names(&[3]),
        ..answering(&scene, 5, &[1, 3])
    };
    emails.push(scene.add(&short));
    let shorter = NewEmail {
        in_reply_to: names(&[5]),
        ..answering(&scene, 6, &[1, 5])
    };
    emails.push(scene.add(&shorter));
    assert_eq!(together(&scene, &emails), [vec![0], vec![1, 2, 3, 4, 5]]);
    let letters = [letters.as_slice(), &[short, shorter]].concat();
    for order in [[5, 4, 3, 2, 1, 0], [4, 0, 5, 2, 3, 1]] {
        emails = again(&scene, &letters, &emails, &order);
        assert_eq!(
            together(&scene, &emails),
            [vec![0], vec![1, 2, 3, 4, 5]],
            "fetched again as {order:?}"
        );
    }
}

#[test]
fn new_answers_that_come_newest_first_leave_the_conversation_that_their_names_led_to() {
    let scene = Scene::new();
    let mut emails: Vec<EmailId> = chain(&scene).iter().map(|letter| scene.add(letter)).collect();
    assert!(scene.store.write(|w| w.take_out(&[emails[1]])).unwrap());
    let newest = NewEmail {
        in_reply_to: names(&[5]),
        ..answering(&scene, 6, &[1, 5])
    };
    emails.push(scene.add(&newest));
    emails.push(scene.add(&briefly(&scene, 5, 4)));
    assert_eq!(together(&scene, &emails), [vec![0], vec![1, 2, 3, 4, 5]]);
}

#[test]
fn what_was_taken_out_stays_out_when_a_server_that_knows_conversations_sends_it_again_newest_first() {
    let scene = Scene::new();
    let letters = [
        scene.letter(1),
        briefly(&scene, 2, 1),
        briefly(&scene, 3, 2),
        briefly(&scene, 4, 3),
    ];
    let name = |email: EmailId, number: usize| {
        let ids = ObjectIds {
            email: format!("M{number}"),
            thread: Some("T".to_owned()),
        };
        scene.store.write(|w| w.set_identity(email, &ids)).unwrap();
    };
    let mut emails = Vec::new();
    for (at, letter) in letters.iter().enumerate() {
        emails.push(scene.add(letter));
        name(emails[at], at);
    }
    let before = scene.store.read(|r| r.arrangement(&emails)).unwrap();
    assert!(scene.store.write(|w| w.take_out(&[emails[1]])).unwrap());
    let late = scene.add(&briefly(&scene, 5, 4));
    name(late, 4);
    let letters = [letters.as_slice(), &[briefly(&scene, 5, 4)]].concat();
    emails.push(late);
    scene
        .store
        .write(|w| emails.iter().try_for_each(|email| w.remove_email(*email)))
        .unwrap();
    for at in (0..letters.len()).rev() {
        emails[at] = scene.add(&letters[at]);
        name(emails[at], at);
    }
    assert_eq!(together(&scene, &emails), [vec![0], vec![1, 2, 3, 4]]);

    let stood = waxwing_model::Stood {
        emails: emails[..4].to_vec(),
        ..before.conversations[0].clone()
    };
    let before = waxwing_model::Arrangement {
        conversations: vec![stood],
        wishes: before.wishes,
    };
    // The second one's letters are in another conversation now; naming them brings it back.
    scene.store.write(|w| w.arrange(&before)).unwrap();
    assert_eq!(together(&scene, &emails), [[0, 1, 2, 3, 4]], "taken back");
    assert_eq!(
        scene.number("SELECT count(*) FROM conversation_wish"),
        0,
        "with what was remembered of the late one"
    );
}

#[test]
fn a_letter_that_names_a_muted_conversation_and_another_mutes_neither() {
    let scene = Scene::new();
    let muted = scene.add(&scene.letter(1));
    scene.store.write(|w| w.mute(&[muted], true)).unwrap();
    let heard = [
        scene.add(&scene.letter(2)),
        scene.add(&answering(&scene, 3, &[2])),
    ];
    let stranger = scene.add(&answering(&scene, 4, &[1, 2]));
    let is_muted = |email: EmailId| {
        let thread = thread_of(&scene, email);
        scene.store.read(|r| r.is_muted(thread)).unwrap()
    };
    assert!(!is_muted(heard[0]), "nobody said that of it");
    assert!(!is_muted(stranger));
    let answer = scene.add(&answering(&scene, 5, &[2, 3]));
    let answer = scene.store.read(|r| r.email(answer)).unwrap().unwrap();
    assert!(!answer.keywords.has("$seen"), "and what comes to it is heard");
}

#[test]
fn what_was_made_one_with_a_muted_conversation_is_heard_again_when_that_is_taken_back() {
    let scene = Scene::new();
    let muted = scene.add(&answering(&scene, 1, &[9]));
    let heard = scene.add(&answering(&scene, 2, &[8]));
    scene.store.write(|w| w.mute(&[muted], true)).unwrap();
    let wishes = "SELECT count(*) FROM conversation_wish";
    let said = scene.number(wishes);
    let before = scene.store.read(|r| r.arrangement(&[muted, heard])).unwrap();
    assert!(scene.store.write(|w| w.unite(&[muted, heard])).unwrap());
    let late = scene.add(&answering(&scene, 3, &[2]));
    scene.store.write(|w| w.arrange(&before)).unwrap();
    assert_eq!(together(&scene, &[muted, heard, late]), [vec![0], vec![1, 2]]);
    assert_eq!(
        scene.number(wishes),
        said,
        "of names that no letter has, nothing is left either"
    );
    for number in [4, 5] {
        let came = scene.add(&answering(&scene, number, &[[8, 3][number as usize - 4]]));
        let came = scene.store.read(|r| r.email(came)).unwrap().unwrap();
        assert_eq!(came.thread, thread_of(&scene, heard));
        assert!(!came.keywords.has("$seen"), "what comes to it is heard");
    }
}
