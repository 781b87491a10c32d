//! The journal: its order, its states, and what of a letter the server has still to hear.

use waxwing_model::{EmailId, Keywords, MailboxId, Operation, OperationId, Timestamp};
use waxwing_store::{NewEntry, OperationState, PendingFor, StoreError, Turn};

use crate::scene::Scene;
use OperationState::{Attempting, Done, Queued, Refused, Undone};

const FREE: PendingFor = PendingFor {
    keywords: false,
    place: false,
};

fn star(email: i64) -> Operation {
    let (add, remove) = (Keywords::only("$flagged"), Keywords::none());
    Operation::SetKeywords {
        emails: vec![EmailId(email)],
        add,
        remove,
    }
}

fn write(scene: &Scene, operation: Operation, state: OperationState) -> OperationId {
    scene
        .store
        .write(|w| {
            let action = w.new_action()?;
            let inverse = vec![operation.clone()];
            w.journal(&NewEntry {
                action,
                account: scene.account,
                operation,
                inverse,
                state,
            })
        })
        .unwrap()
}

fn set(scene: &Scene, id: OperationId, state: OperationState, reason: Option<&str>) {
    scene
        .store
        .write(|w| w.set_operation_state(id, state, reason))
        .unwrap();
}

fn next(scene: &Scene) -> Option<OperationId> {
    scene
        .store
        .read(|r| r.next_operation(scene.account))
        .unwrap()
        .map(|entry| entry.id)
}

fn pending(scene: &Scene, email: i64) -> PendingFor {
    scene.store.read(|r| r.pending_for(EmailId(email))).unwrap()
}

#[test]
fn operations_are_taken_in_the_order_in_which_they_were_done() {
    let scene = Scene::new();
    let [first, second] = [1, 2].map(|email| write(&scene, star(email), Queued));
    write(&scene, star(3), Done);
    assert_eq!(next(&scene), Some(first));
    scene.store.write(|w| w.postpone(first, Timestamp::MAX)).unwrap();
    assert_eq!(
        next(&scene),
        Some(first),
        "one that waits holds up those behind it"
    );
    set(&scene, first, Attempting, None);
    assert_eq!(next(&scene), Some(first), "after a crash it is still the next");
    set(&scene, first, Done, None);
    assert_eq!(next(&scene), Some(second));
    set(&scene, second, Refused, Some("NO such keyword"));
    assert_eq!(
        next(&scene),
        None,
        "one that was done from the start is not replayed"
    );
}

#[test]
fn a_line_keeps_what_happened_to_it() {
    let scene = Scene::new();
    let id = write(&scene, star(1), Queued);
    for _ in 0..2 {
        set(&scene, id, Attempting, None);
        scene.store.write(|w| w.postpone(id, 77)).unwrap();
    }
    let entry = scene
        .store
        .read(|r| r.next_operation(scene.account))
        .unwrap()
        .unwrap();
    assert_eq!((entry.attempts, entry.retry_at, entry.state), (2, 77, Queued));
    assert_eq!((entry.operation, entry.inverse), (star(1), vec![star(1)]));
    set(&scene, id, Refused, Some("NO"));
    let action = scene.store.read(|r| r.action(entry.action)).unwrap();
    let told: Vec<_> = action
        .iter()
        .map(|entry| (entry.state, entry.reason.as_deref()))
        .collect();
    assert_eq!(told, [(Refused, Some("NO"))]);
    let missing = scene
        .store
        .write(|w| w.set_operation_state(OperationId(99), Done, None));
    assert!(
        matches!(
            missing,
            Err(StoreError::NoSuch {
                what: "operation",
                id: 99
            })
        ),
        "{missing:?}"
    );
}

#[test]
fn a_letter_is_the_caches_own_as_long_as_an_operation_on_it_is_open() {
    let scene = Scene::new();
    let star_it = write(&scene, star(1), Queued);
    let emails = vec![EmailId(1), EmailId(2)];
    let move_it = write(
        &scene,
        Operation::Move {
            emails,
            to: MailboxId(1),
        },
        Attempting,
    );
    assert_eq!(
        pending(&scene, 1),
        PendingFor {
            keywords: true,
            place: true
        }
    );
    assert_eq!(
        pending(&scene, 2),
        PendingFor {
            keywords: false,
            place: true
        }
    );
    assert_eq!(pending(&scene, 3), FREE);
    set(&scene, star_it, Done, None);
    assert_eq!(
        pending(&scene, 1),
        PendingFor {
            keywords: false,
            place: true
        }
    );
    set(&scene, move_it, Undone, None);
    assert_eq!((pending(&scene, 1), pending(&scene, 2)), (FREE, FREE));
    set(&scene, move_it, Queued, None);
    assert!(pending(&scene, 2).place, "one that is queued again counts again");
    write(&scene, star(4), Done);
    assert_eq!(
        pending(&scene, 4),
        FREE,
        "one that was done from the start never counted"
    );
}

#[test]
fn a_line_about_a_letter_that_lost_its_number_waits_until_it_was_looked_for() {
    let scene = Scene::new();
    let [lost, other] = [1, 2].map(|number| scene.add(&scene.letter(number)));
    scene
        .store
        .write(|w| {
            w.put_location(lost, scene.inbox, 7)?;
            w.forget_locations(scene.inbox)
        })
        .unwrap();
    let waits = write(&scene, star(lost.0), Queued);
    let goes_on = write(&scene, star(other.0), Queued);
    let ready = || {
        let found = scene
            .store
            .read(|r| r.ready_operation(scene.account, 1, Turn::Any))
            .unwrap();
        found.map(|entry| entry.id)
    };
    assert_eq!(ready(), Some(goes_on), "what is known goes on");
    set(&scene, goes_on, Done, None);
    assert_eq!(ready(), None, "and the lost one waits");
    scene
        .store
        .write(|w| w.forget_displaced(scene.inbox, lost))
        .unwrap();
    assert_eq!(
        ready(),
        Some(waits),
        "looked for in vain, it is gone, and gone is done"
    );
}

#[test]
fn letters_that_are_to_be_put_on_the_server_wait_for_all_else_until_they_were_tried() {
    let scene = Scene::new();
    let [one, other] = [1, 2].map(|number| scene.add(&scene.letter(number)));
    let upload = |email| Operation::Upload {
        email,
        to: scene.inbox,
    };
    let first = write(&scene, upload(one), Queued);
    let second = write(&scene, upload(other), Queued);
    let mark = write(&scene, star(99), Queued);
    let ready = |turn| {
        let found = scene
            .store
            .read(|r| r.ready_operation(scene.account, 1, turn))
            .unwrap();
        found.map(|entry| entry.id)
    };
    assert_eq!(ready(Turn::Pressing), Some(mark), "the mark goes before");
    set(&scene, mark, Done, None);
    assert_eq!(ready(Turn::Pressing), None, "nothing presses");
    assert_eq!(ready(Turn::Any), Some(first), "now there is time");
    set(&scene, second, Attempting, None);
    assert_eq!(
        ready(Turn::Pressing),
        Some(second),
        "what a try may have left on the server is found before it passes for somebody's new letter"
    );
    let waiting = || scene.store.read(|r| r.uploads_waiting(scene.account)).unwrap();
    assert_eq!(waiting(), 2, "both are still to be put there");
    let pending = scene.store.read(|r| r.pending_for(one)).unwrap();
    assert!(
        pending.place && pending.keywords,
        "the server has nothing to say of it yet"
    );
    set(&scene, first, Done, None);
    assert_eq!(waiting(), 1, "one is there");
}

#[test]
fn old_lines_are_forgotten_unless_they_are_open() {
    let scene = Scene::new();
    let open = write(&scene, star(1), Queued);
    write(&scene, star(2), Done);
    scene.store.write(|w| w.forget_old_operations(0)).unwrap();
    assert_eq!(
        scene.number("SELECT count(*) FROM operation"),
        2,
        "nothing is that old"
    );
    scene
        .store
        .write(|w| w.forget_old_operations(Timestamp::MAX))
        .unwrap();
    assert_eq!(next(&scene), Some(open), "what the server has not heard stays");
    assert_eq!(scene.number("SELECT count(*) FROM operation"), 1);
    assert_eq!(
        scene.number("SELECT count(*) FROM action"),
        1,
        "actions go with their last line"
    );
}

#[test]
fn letters_that_a_server_has_still_to_let_go_of_are_counted_as_the_journal_is_written() {
    let scene = Scene::new();
    let destroy = |from: i64, to: i64| Operation::Destroy {
        emails: (from..to).map(EmailId).collect(),
        only_in: None,
    };
    let left = || scene.store.read(|r| r.letters_to_destroy(scene.account)).unwrap();
    assert_eq!(left(), 0, "before there ever was one");
    write(&scene, destroy(0, 9), Done);
    write(&scene, star(1), Queued);
    assert_eq!(
        left(),
        0,
        "what no server hears of, or hears of otherwise, is not among them"
    );
    let [first, second, third] =
        [(10, 15), (20, 23), (30, 37)].map(|(from, to)| write(&scene, destroy(from, to), Queued));
    assert_eq!(left(), 15);
    for (id, state, expected, why) in [
        (first, Attempting, 15, "what is tried is not done"),
        (first, Queued, 15, "nor is what was cut"),
        (first, Done, 10, "what is done is left no more"),
        (first, Done, 10, "and is so once"),
        (second, Refused, 7, "what the server refused is shown again"),
        (second, Queued, 10, "and may be tried once more"),
    ] {
        set(&scene, id, state, None);
        assert_eq!(left(), expected, "{why}");
    }
    scene.store.write(|w| w.amend(third, &destroy(30, 32))).unwrap();
    assert_eq!(left(), 5, "what was taken back out of it is not deleted");
    set(&scene, third, Undone, None);
    assert_eq!(left(), 3);
    scene.store.write(|w| w.remove_account(scene.account)).unwrap();
    assert_eq!(left(), 0);
}
