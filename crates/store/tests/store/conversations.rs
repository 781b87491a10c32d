//! Conversations put right by hand hold whatever becomes of the rows.

use waxwing_model::{EmailId, ObjectIds, ThreadId};
use waxwing_store::NewEmail;

use crate::scene::Scene;

pub fn thread_of(scene: &Scene, email: EmailId) -> ThreadId {
    scene.store.read(|r| r.email(email)).unwrap().unwrap().thread
}

/// Which letters are together, by their places in the list.
pub fn together(scene: &Scene, emails: &[EmailId]) -> Vec<Vec<usize>> {
    let mut groups: Vec<(ThreadId, Vec<usize>)> = Vec::new();
    for (at, email) in emails.iter().enumerate() {
        let thread = thread_of(scene, *email);
        match groups.iter_mut().find(|(known, _)| *known == thread) {
            Some((_, group)) => group.push(at),
            None => groups.push((thread, vec![at])),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

pub fn names(numbers: &[u32]) -> Vec<String> {
    numbers
        .iter()
        .map(|number| format!("{number}@orchard.example"))
        .collect()
}

/// Letter `number`, which answers the last of these.
pub fn answering(scene: &Scene, number: u32, references: &[u32]) -> NewEmail {
    NewEmail {
        references: names(references),
        in_reply_to: names(&references[references.len().saturating_sub(1)..]),
        ..scene.letter(number)
    }
}

/// 1 is answered by 2, that by 3, that by 4.
pub fn chain(scene: &Scene) -> [NewEmail; 4] {
    [
        scene.letter(1),
        answering(scene, 2, &[1]),
        answering(scene, 3, &[1, 2]),
        answering(scene, 4, &[1, 2, 3]),
    ]
}

/// Forgets letters and has them again, in this order. What comes has other ids.
pub fn again(scene: &Scene, letters: &[NewEmail], emails: &[EmailId], order: &[usize]) -> Vec<EmailId> {
    scene
        .store
        .write(|w| emails.iter().try_for_each(|email| w.remove_email(*email)))
        .unwrap();
    let mut back = vec![EmailId(0); letters.len()];
    for &at in order {
        back[at] = scene.add(&letters[at]);
    }
    back
}

fn counts_are_true(scene: &Scene) {
    let wrong = scene.number(
        "SELECT count(*) FROM (
           SELECT mailbox_id, thread_id, latest_at, latest_arrival, total, unread, starred FROM conversation
           EXCEPT
           SELECT mailbox_id, thread_id, received_at, arrival, total, unread, starred FROM (
             SELECT mailbox_id, thread_id, received_at, arrival, count(*) OVER each AS total,
               sum(unread) OVER each AS unread, sum(starred) OVER each AS starred,
               row_number() OVER (PARTITION BY mailbox_id, thread_id ORDER BY received_at DESC, arrival DESC) AS place
             FROM membership WINDOW each AS (PARTITION BY mailbox_id, thread_id)) WHERE place = 1)",
    );
    assert_eq!(wrong, 0, "each row of a list is what its letters are");
    let counted = scene.number("SELECT sum(conversations) FROM mailbox");
    assert_eq!(
        counted,
        scene.number("SELECT count(*) FROM conversation"),
        "and all are counted"
    );
}

#[test]
fn a_letter_taken_out_leaves_with_its_answers_and_stays_out_in_whatever_order_they_come_again() {
    let scene = Scene::new();
    let letters = chain(&scene);
    let mut emails: Vec<EmailId> = letters.iter().map(|letter| scene.add(letter)).collect();
    assert_eq!(
        together(&scene, &emails),
        [[0, 1, 2, 3]],
        "one conversation at first"
    );
    assert!(scene.store.write(|w| w.take_out(&[emails[2]])).unwrap());
    assert_eq!(
        together(&scene, &emails),
        [[0, 1], [2, 3]],
        "the letter and what answers it"
    );
    counts_are_true(&scene);
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [3, 0, 2, 1], [1, 3, 0, 2]] {
        emails = again(&scene, &letters, &emails, &order);
        assert_eq!(
            together(&scene, &emails),
            [[0, 1], [2, 3]],
            "fetched again as {order:?}"
        );
        counts_are_true(&scene);
    }
    let late = scene.add(&answering(&scene, 5, &[1, 2, 3, 4]));
    assert_eq!(
        thread_of(&scene, late),
        thread_of(&scene, emails[3]),
        "a new answer goes with what it answers"
    );
    let other = scene.add(&answering(&scene, 6, &[1, 2]));
    assert_eq!(
        thread_of(&scene, other),
        thread_of(&scene, emails[0]),
        "and so does the other side's"
    );
    let scene = scene.reopen();
    assert_eq!(together(&scene, &emails), [[0, 1], [2, 3]], "after a restart too");
}

#[test]
fn a_late_parent_does_not_bring_back_what_was_taken_out() {
    let scene = Scene::new();
    // Siblings whose parent is not here yet.
    let left = scene.add(&answering(&scene, 2, &[1]));
    let right = scene.add(&answering(&scene, 3, &[1]));
    assert_eq!(together(&scene, &[left, right]), [[0, 1]]);
    assert!(scene.store.write(|w| w.take_out(&[right])).unwrap());
    let parent = scene.add(&scene.letter(1));
    assert_eq!(
        together(&scene, &[left, right, parent]),
        [vec![0, 2], vec![1]],
        "the parent joins one half"
    );
}

#[test]
fn letters_taken_out_together_stay_together() {
    let scene = Scene::new();
    let letters = [
        scene.letter(1),
        answering(&scene, 2, &[1]),
        answering(&scene, 3, &[1]),
        answering(&scene, 4, &[1]),
    ];
    let emails: Vec<EmailId> = letters.iter().map(|letter| scene.add(letter)).collect();
    assert!(
        scene
            .store
            .write(|w| w.take_out(&[emails[1], emails[3]]))
            .unwrap()
    );
    assert_eq!(together(&scene, &emails), [[0, 2], [1, 3]]);
    let emails = again(&scene, &letters, &emails, &[3, 2, 1, 0]);
    assert_eq!(together(&scene, &emails), [[0, 2], [1, 3]], "fetched again too");
}

#[test]
fn what_all_the_rest_answers_cannot_be_taken_out_of_it() {
    let scene = Scene::new();
    let emails: Vec<EmailId> = chain(&scene).iter().map(|letter| scene.add(letter)).collect();
    assert!(
        !scene.store.write(|w| w.take_out(&[emails[0]])).unwrap(),
        "nothing would stay behind"
    );
    assert_eq!(together(&scene, &emails), [[0, 1, 2, 3]]);
    assert_eq!(
        scene.number("SELECT count(*) FROM conversation_wish"),
        0,
        "and nothing is remembered of it"
    );
}

#[test]
fn two_conversations_made_one_stay_one_and_what_comes_to_either_comes_to_both() {
    let scene = Scene::new();
    let nameless = NewEmail {
        message_id: None,
        ..scene.letter(9)
    };
    let letters = [
        scene.letter(1),
        answering(&scene, 2, &[1]),
        scene.letter(7),
        nameless,
    ];
    let mut emails: Vec<EmailId> = letters.iter().map(|letter| scene.add(letter)).collect();
    assert_eq!(together(&scene, &emails), [vec![0, 1], vec![2], vec![3]]);
    assert!(
        scene
            .store
            .write(|w| w.unite(&[emails[1], emails[2], emails[3]]))
            .unwrap()
    );
    assert_eq!(
        together(&scene, &emails),
        [[0, 1, 2, 3]],
        "a letter without a Message-ID too"
    );
    counts_are_true(&scene);
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1]] {
        emails = again(&scene, &letters, &emails, &order);
        assert_eq!(
            together(&scene, &emails),
            [[0, 1, 2, 3]],
            "fetched again as {order:?}"
        );
    }
    let answer = scene.add(&answering(&scene, 8, &[7]));
    assert_eq!(thread_of(&scene, answer), thread_of(&scene, emails[0]));
    assert!(
        !scene.store.write(|w| w.unite(&[emails[0], emails[3]])).unwrap(),
        "they are one already"
    );
}

#[test]
fn what_was_joined_by_hand_can_be_taken_apart_by_hand_and_joined_again() {
    let scene = Scene::new();
    let letters = [
        scene.letter(1),
        answering(&scene, 2, &[1]),
        scene.letter(7),
        answering(&scene, 8, &[7]),
    ];
    let mut emails: Vec<EmailId> = letters.iter().map(|letter| scene.add(letter)).collect();
    scene.store.write(|w| w.unite(&[emails[0], emails[2]])).unwrap();
    assert!(scene.store.write(|w| w.take_out(&[emails[2]])).unwrap());
    assert_eq!(together(&scene, &emails), [[0, 1], [2, 3]]);
    emails = again(&scene, &letters, &emails, &[3, 1, 2, 0]);
    assert_eq!(together(&scene, &emails), [[0, 1], [2, 3]]);
    assert!(scene.store.write(|w| w.unite(&[emails[0], emails[2]])).unwrap());
    emails = again(&scene, &letters, &emails, &[1, 3, 0, 2]);
    assert_eq!(together(&scene, &emails), [[0, 1, 2, 3]]);
}

#[test]
fn each_is_put_back_to_what_it_was_and_what_came_meanwhile_goes_where_it_belongs() {
    let scene = Scene::new();
    let letters = chain(&scene);
    let emails: Vec<EmailId> = letters.iter().map(|letter| scene.add(letter)).collect();
    let stranger = scene.add(&scene.letter(7));
    let before = scene
        .store
        .read(|r| r.arrangement(&[emails[2], stranger]))
        .unwrap();

    scene.store.write(|w| w.take_out(&[emails[2]])).unwrap();
    let apart = scene
        .store
        .read(|r| r.arrangement(&[emails[0], emails[2]]))
        .unwrap();
    let meanwhile = scene.add(&answering(&scene, 5, &[1, 2, 3, 4]));
    scene.store.write(|w| w.unite(&[emails[2], stranger])).unwrap();
    let all = [emails.as_slice(), &[stranger, meanwhile]].concat();
    assert_eq!(together(&scene, &all), [vec![0, 1], vec![2, 3, 4, 5]]);

    scene.store.write(|w| w.arrange(&before)).unwrap();
    assert_eq!(
        together(&scene, &all),
        [vec![0, 1, 2, 3, 5], vec![4]],
        "as it stood at first"
    );
    counts_are_true(&scene);
    assert_eq!(
        scene.number("SELECT count(*) FROM conversation_wish WHERE apart = 1"),
        0
    );
    scene.store.write(|w| w.arrange(&apart)).unwrap();
    assert_eq!(
        together(&scene, &all),
        [vec![0, 1], vec![2, 3, 5], vec![4]],
        "and taken out again"
    );
    counts_are_true(&scene);
}

#[test]
fn what_the_server_takes_for_one_conversation_does_not_take_back_what_was_taken_out() {
    let scene = Scene::new();
    let named = |thread: &str, letter: u32| ObjectIds {
        email: format!("M{letter}"),
        thread: Some(thread.to_owned()),
    };
    let add = |letter: NewEmail, number: u32, thread: &str| {
        let email = scene.add(&letter);
        scene
            .store
            .write(|w| w.set_identity(email, &named(thread, number)))
            .unwrap();
        email
    };
    let one = add(scene.letter(1), 1, "T");
    let two = add(scene.letter(2), 2, "T");
    let three = add(answering(&scene, 3, &[2]), 3, "T");
    assert_eq!(
        together(&scene, &[one, two, three]),
        [[0, 1, 2]],
        "by the server's word"
    );
    let before = scene.store.read(|r| r.arrangement(&[two])).unwrap();
    assert!(scene.store.write(|w| w.take_out(&[two])).unwrap());
    let four = add(answering(&scene, 4, &[2, 3]), 4, "T");
    let five = add(scene.letter(5), 5, "T");
    assert_eq!(
        together(&scene, &[one, two, three, four, five]),
        [vec![0, 4], vec![1, 2, 3]]
    );
    scene.store.write(|w| w.arrange(&before)).unwrap();
    assert_eq!(
        together(&scene, &[one, two, three, four, five]),
        [[0, 1, 2, 3, 4]]
    );

    let other = add(scene.letter(6), 6, "U");
    let apart = scene.store.read(|r| r.arrangement(&[one, other])).unwrap();
    scene.store.write(|w| w.unite(&[one, other])).unwrap();
    scene.store.write(|w| w.arrange(&apart)).unwrap();
    let seven = add(scene.letter(7), 7, "U");
    assert_eq!(
        together(&scene, &[one, other, seven]),
        [vec![0], vec![1, 2]],
        "taken back, the server's name leads to the conversation that it led to"
    );
}
