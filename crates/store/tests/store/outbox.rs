//! The outbox: when a letter is due, what becomes of it, and how it is taken back.

use waxwing_model::{
    Change, CopyState, DraftContent, DraftId, Envelope, SendWishes, SubmissionId, SubmissionState, Timestamp,
    Trouble, TroubleKind,
};
use waxwing_store::{NewSubmission, StoreError};

use crate::scene::Scene;

const WAITING: SubmissionState = SubmissionState::Waiting;
pub const SENDING: SubmissionState = SubmissionState::Sending;

/// Each letter is to somebody else: letters to one person keep their order.
pub fn put(scene: &Scene, send_at: Timestamp, draft: Option<DraftId>) -> SubmissionId {
    let number = scene.store.read(|r| r.submissions()).unwrap().len();
    let wishes = SendWishes::default();
    put_to(
        scene,
        &format!("amara{number}@lighthouse.example"),
        send_at,
        draft,
        wishes,
    )
}

pub fn put_to(
    scene: &Scene,
    recipient: &str,
    send_at: Timestamp,
    draft: Option<DraftId>,
    wishes: SendWishes,
) -> SubmissionId {
    let new = NewSubmission {
        account: scene.account,
        message_id: "1@harbour.example".to_owned(),
        subject: "Yes".to_owned(),
        recipients: Vec::new(),
        envelope: Envelope {
            from: "lena@harbour.example".to_owned(),
            to: vec![recipient.to_owned()],
        },
        raw: b"Subject: Yes\r\n\r\n".to_vec().into(),
        answers: None,
        send_at,
        draft,
        wishes,
    };
    scene.store.write(|w| w.insert_submission(&new)).unwrap()
}

pub fn set(scene: &Scene, id: SubmissionId, state: &SubmissionState) {
    scene.store.write(|w| w.set_submission_state(id, state)).unwrap();
}

pub fn failed(permanent: bool) -> SubmissionState {
    SubmissionState::Failed {
        trouble: Trouble::new(TroubleKind::Refused, "Not now.").with_detail("450 not now"),
        permanent,
    }
}

pub fn now() -> Timestamp {
    let elapsed = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap();
    i64::try_from(elapsed.as_millis()).unwrap()
}

pub fn due(scene: &Scene, now: Timestamp) -> Vec<SubmissionId> {
    scene
        .store
        .read(|r| r.due_submissions(scene.account, now))
        .unwrap()
}

#[test]
fn a_letter_is_due_at_its_moment_and_until_it_is_sent() {
    let scene = Scene::new();
    let later = put(&scene, 200, None);
    let sooner = put(&scene, 100, None);
    assert_eq!(due(&scene, 99), []);
    assert_eq!(
        scene.store.read(|r| r.next_due(scene.account)).unwrap(),
        Some(100)
    );
    assert_eq!(
        due(&scene, 200),
        [sooner, later],
        "the one that waited longest first"
    );
    set(&scene, sooner, &SENDING);
    assert_eq!(
        due(&scene, 200),
        [later],
        "what is being sent is not sent a second time"
    );
    set(
        &scene,
        sooner,
        &SubmissionState::Sent {
            reply: "250 taken".to_owned(),
        },
    );
    let sent = scene.store.read(|r| r.submission(sooner)).unwrap().unwrap();
    assert_eq!(
        sent.state,
        SubmissionState::Sent {
            reply: "250 taken".to_owned()
        }
    );
    assert_eq!((sent.attempts, sent.copy), (1, CopyState::Due));
    assert_eq!(
        scene.store.read(|r| r.copies_due(scene.account)).unwrap(),
        [sooner]
    );
    scene
        .store
        .write(|w| w.set_copy_state(sooner, CopyState::Filed))
        .unwrap();
    assert_eq!(scene.store.read(|r| r.copies_due(scene.account)).unwrap(), []);
    let raw = scene.store.read(|r| r.submission_raw(later)).unwrap();
    assert_eq!(raw.unwrap().beginning(99).unwrap(), b"Subject: Yes\r\n\r\n");
    let all: Vec<_> = scene
        .store
        .read(|r| r.submissions())
        .unwrap()
        .into_iter()
        .map(|letter| letter.id)
        .collect();
    assert_eq!(all, [sooner, later], "newest first, what was sent as well");
}

#[test]
fn a_pause_can_be_ended_for_all_letters_or_for_those_that_found_no_network() {
    let scene = Scene::new();
    let [refused, unreached, lasting] = [(); 3].map(|()| put(&scene, 0, None));
    let unreachable = SubmissionState::Failed {
        trouble: Trouble::new(TroubleKind::Unreachable, "No network."),
        permanent: false,
    };
    let fail = || {
        for (id, state) in [
            (refused, failed(false)),
            (unreached, unreachable.clone()),
            (lasting, failed(true)),
        ] {
            set(&scene, id, &SENDING);
            set(&scene, id, &state);
        }
    };
    let hasten = |kinds: &[TroubleKind]| {
        scene
            .store
            .write(|w| w.hasten_submissions(scene.account, kinds))
            .unwrap();
        let mut due = due(&scene, now());
        due.sort();
        due
    };
    fail();
    assert_eq!(due(&scene, now()), []);
    assert_eq!(hasten(&[TroubleKind::Unreachable]), [unreached]);
    assert_eq!(
        hasten(&[]),
        [refused, unreached],
        "what failed for good waits for the person"
    );
}

#[test]
fn a_clock_that_is_set_back_does_not_keep_a_letter_for_days() {
    let scene = Scene::new();
    let (failing, scheduled) = (put(&scene, 0, None), put(&scene, now() + 60_000, None));
    set(&scene, failing, &SENDING);
    set(&scene, failing, &failed(false));
    assert_eq!(due(&scene, now()), [], "its pause has just begun");
    let nine_days_ago = now() - 9 * 24 * 3_600_000;
    assert_eq!(
        due(&scene, nine_days_ago),
        [failing],
        "what the person has chosen a time for keeps it"
    );
    let _ = scheduled;
}

#[test]
fn a_failure_of_an_older_version_keeps_its_words() {
    let scene = Scene::new();
    let id = put(&scene, 0, None);
    set(&scene, id, &failed(true));
    rusqlite::Connection::open(scene.path())
        .unwrap()
        .execute("UPDATE submission SET words = '550 5.1.1 unknown'", [])
        .unwrap();
    let there = scene.store.read(|r| r.submission(id)).unwrap().unwrap();
    let SubmissionState::Failed { trouble, permanent } = there.state else {
        panic!("{:?}", there.state);
    };
    assert_eq!(
        (trouble.detail.as_deref(), permanent),
        (Some("550 5.1.1 unknown"), true)
    );
    scene
        .store
        .write(|w| w.hasten_submissions(scene.account, &[TroubleKind::Unreachable]))
        .unwrap();
}

#[test]
fn a_passing_failure_is_due_again_after_a_growing_pause_and_a_lasting_one_never() {
    let scene = Scene::new();
    let id = put(&scene, 0, None);
    let mut pauses = Vec::new();
    for _ in 0..12 {
        set(&scene, id, &SENDING);
        let before = now();
        set(&scene, id, &failed(false));
        let letter = scene.store.read(|r| r.submission(id)).unwrap().unwrap();
        assert!(letter.send_at > before, "it is not tried again at once");
        pauses.push((letter.send_at - before) / 1000);
        assert_eq!(due(&scene, letter.send_at), [id], "but then");
        scene.store.write(|w| w.reschedule(id, 0)).unwrap();
        assert_eq!(due(&scene, 0), [id], "or when the person says so");
    }
    assert!(pauses.first() < pauses.get(3), "the pause grows: {pauses:?}");
    assert!(
        pauses.iter().all(|pause| *pause <= 3601),
        "but not without end: {pauses:?}"
    );
    let words = scene.store.read(|r| r.submission(id)).unwrap().unwrap().state;
    assert_eq!(
        words,
        failed(false),
        "the words stay to be read until the next try"
    );
    set(&scene, id, &failed(true));
    assert_eq!(due(&scene, Timestamp::MAX), [], "it waits for the person");
    scene.store.write(|w| w.reschedule(id, 5)).unwrap();
    assert_eq!(
        scene.store.read(|r| r.submission(id)).unwrap().unwrap().state,
        WAITING
    );
}

#[test]
fn a_letter_that_is_taken_back_becomes_its_draft_again() {
    let scene = Scene::new();
    let content = DraftContent {
        subject: "Yes".to_owned(),
        ..DraftContent::default()
    };
    let draft = scene
        .store
        .write(|w| {
            let draft = w.insert_draft(scene.account, &content, None, &[], &[])?;
            w.attach(draft, "a.txt", "text/plain", &b"abc".to_vec().into(), None)?;
            Ok(draft)
        })
        .unwrap();
    scene.told();
    let id = put(&scene, 0, Some(draft));
    assert_eq!(scene.told(), [Change::Drafts, Change::Outbox]);
    scene
        .store
        .read(|r| {
            assert_eq!(r.draft(draft)?, None, "it is in the outbox now");
            assert_eq!(r.drafts()?, []);
            Ok(())
        })
        .unwrap();
    let removed = scene.store.write(|w| w.remove_draft(draft));
    assert!(removed.is_err(), "nor can it be removed from under its letter");
    assert_eq!(
        scene.store.write(|w| w.cancel_submission(id)).unwrap(),
        Some(draft)
    );
    let back = scene.store.read(|r| r.draft(draft)).unwrap().unwrap();
    assert_eq!(
        (back.content, back.attachments.len()),
        (content, 1),
        "with what hung on it"
    );
    assert_eq!(scene.store.read(|r| r.submission(id)).unwrap(), None);
}

#[test]
fn what_is_on_its_way_or_sent_cannot_be_taken_back() {
    let scene = Scene::new();
    let draft = scene
        .store
        .write(|w| w.insert_draft(scene.account, &DraftContent::default(), None, &[], &[]))
        .unwrap();
    let id = put(&scene, 0, Some(draft));
    set(&scene, id, &SENDING);
    for _ in 0..2 {
        let taken = scene.store.write(|w| w.cancel_submission(id));
        assert!(matches!(taken, Err(StoreError::TooLate)), "{taken:?}");
        let moved = scene.store.write(|w| w.reschedule(id, 9));
        assert!(matches!(moved, Err(StoreError::TooLate)), "{moved:?}");
        assert_eq!(
            scene.store.read(|r| r.draft(draft)).unwrap(),
            None,
            "the draft did not come back"
        );
        set(&scene, id, &SubmissionState::Sent { reply: String::new() });
    }
    assert_eq!(
        scene.number("SELECT count(*) FROM draft"),
        0,
        "what is sent needs its draft no more"
    );
    scene.store.write(|w| w.remove_submission(id)).unwrap();
    let gone = scene.store.write(|w| w.cancel_submission(id));
    assert!(matches!(gone, Err(StoreError::NoSuch { .. })), "{gone:?}");
}

#[test]
fn one_that_may_have_been_sent_can_be_taken_back_or_tried_again() {
    let scene = Scene::new();
    let id = put(&scene, 0, None);
    set(&scene, id, &SENDING);
    set(&scene, id, &SubmissionState::Unknown);
    assert_eq!(due(&scene, Timestamp::MAX), [], "never by itself");
    scene.store.write(|w| w.reschedule(id, 1)).unwrap();
    assert_eq!(due(&scene, 1), [id], "the person chose so");
    set(&scene, id, &SubmissionState::Unknown);
    assert_eq!(
        scene.store.write(|w| w.cancel_submission(id)).unwrap(),
        None,
        "it never had a draft"
    );
}
