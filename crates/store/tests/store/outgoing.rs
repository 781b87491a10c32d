//! What is known of letters on their way out beyond their state: their order, what is wished of them, their copies.

use waxwing_model::{CopyState, Holder, SendWishes, SubmissionState};

use crate::outbox::{SENDING, due, failed, now, put, put_to, set};
use crate::scene::Scene;

#[test]
fn letters_to_one_person_keep_their_order_and_those_to_others_do_not_wait() {
    let scene = Scene::new();
    let to = |who: &str| put_to(&scene, who, 0, None, SendWishes::default());
    let first = to("amara@lighthouse.example");
    let second = to("AMARA@lighthouse.example");
    let other = to("jonas@lighthouse.example");
    assert_eq!(due(&scene, now()), [first, second, other]);
    set(&scene, first, &SENDING);
    assert_eq!(due(&scene, now()), [other], "the first one is just going");
    set(&scene, first, &failed(false));
    assert_eq!(due(&scene, now()), [other], "it goes again before the second");
    let next = scene.store.read(|r| r.next_due(scene.account)).unwrap();
    assert_eq!(
        next,
        Some(0),
        "and nobody is woken for the one that waits for it: {next:?}"
    );
    set(&scene, other, &SENDING);
    let next = scene.store.read(|r| r.next_due(scene.account)).unwrap().unwrap();
    assert!(
        next > now() + 20_000,
        "the first one's pause is what there is to wait for"
    );
    set(&scene, first, &failed(true));
    assert_eq!(
        due(&scene, now()),
        [second],
        "what waits for the person keeps nobody"
    );
}

#[test]
fn what_is_wished_of_a_letter_and_who_keeps_it_is_remembered() {
    let scene = Scene::new();
    let wishes = SendWishes {
        notices: true,
        encryption: true,
        hold_until: Some(now() + 1_000_000),
        ..SendWishes::default()
    };
    let id = put_to(&scene, "amara@lighthouse.example", 0, None, wishes);
    let read = || scene.store.read(|r| r.submission(id)).unwrap().unwrap();
    assert_eq!(
        (read().wishes, read().holder, read().searched),
        (wishes, None, false)
    );
    scene.store.write(|w| w.set_holder(id, Holder::Server)).unwrap();
    assert_eq!(read().holder, Some(Holder::Server));
    set(&scene, id, &SENDING);
    let sent = SubmissionState::Sent {
        reply: "250 kept".to_owned(),
    };
    set(&scene, id, &sent);
    let copies = || scene.store.read(|r| r.copies_due(scene.account)).unwrap();
    assert_eq!(copies(), [], "it stands in Sent when it has gone");
    scene.store.write(|w| w.forget_hold(id)).unwrap();
    assert_eq!((read().wishes.hold_until, read().holder), (None, None));
    assert_eq!(copies(), [id]);
}

#[test]
fn a_copy_that_is_not_taken_is_due_again_later_each_time() {
    let scene = Scene::new();
    let id = put(&scene, 0, None);
    set(&scene, id, &SENDING);
    let sent = SubmissionState::Sent {
        reply: "250 ok".to_owned(),
    };
    set(&scene, id, &sent);
    let copies = || scene.store.read(|r| r.copies_due(scene.account)).unwrap();
    for pause in [60_000, 120_000, 240_000] {
        let begun = now() - pause;
        scene.store.write(|w| w.begin_copy(id)).unwrap();
        scene.store.write(|w| w.postpone_copy(id, begun + 5_000)).unwrap();
        assert_eq!(copies(), [], "not yet");
        scene.store.write(|w| w.postpone_copy(id, begun - 5_000)).unwrap();
        assert_eq!(copies(), [id], "after {pause}");
    }
    scene
        .store
        .write(|w| w.set_copy_state(id, CopyState::Filed))
        .unwrap();
    assert_eq!(copies(), []);
    let raw = scene.store.read(|r| r.submission_raw(id)).unwrap();
    assert_eq!(raw.unwrap().size(), 0, "its bytes stand in Sent now");
}

#[test]
fn a_letter_that_may_have_been_sent_is_looked_for_once_until_it_is_tried_anew() {
    let scene = Scene::new();
    let id = put(&scene, 0, None);
    set(&scene, id, &SENDING);
    set(&scene, id, &SubmissionState::Unknown);
    let open = || {
        scene
            .store
            .read(|r| r.unsearched_submissions(scene.account))
            .unwrap()
    };
    assert_eq!(open(), [id]);
    scene.store.write(|w| w.set_searched(id, true)).unwrap();
    assert_eq!(open(), []);
    assert!(scene.store.read(|r| r.submission(id)).unwrap().unwrap().searched);
    scene.store.write(|w| w.set_searched(id, false)).unwrap();
    assert_eq!(open(), [id]);
}
