//! What was answered to invitations, and what takes place at the same time.

use waxwing_store::MeetingAnswer;

use crate::scene::Scene;

fn answered(scene: &Scene, uid: &str, answer: &str, hours: (i64, i64)) -> MeetingAnswer {
    MeetingAnswer {
        account: scene.account,
        uid: uid.to_owned(),
        instance: String::new(),
        sequence: 1,
        answer: answer.to_owned(),
        summary: format!("Meeting {uid}"),
        starts_at: Some(hours.0),
        ends_at: Some(hours.1),
        answered_at: 1,
        calendar: String::new(),
    }
}

#[test]
fn an_answer_is_kept_and_takes_the_place_of_the_one_before() {
    let scene = Scene::new();
    let first = answered(&scene, "a", "accept", (10, 11));
    let second = MeetingAnswer {
        answer: "decline".to_owned(),
        sequence: 2,
        ..first.clone()
    };
    for answer in [&first, &second] {
        scene.store.write(|w| w.put_meeting_answer(answer)).unwrap();
    }
    let kept = scene
        .store
        .read(|r| r.meeting_answer(scene.account, "a", ""))
        .unwrap();
    assert_eq!(kept, Some(second));
    let other = scene
        .store
        .read(|r| r.meeting_answer(scene.account, "a", "20261124"))
        .unwrap();
    assert_eq!(other, None, "a single day is answered apart");
}

#[test]
fn meetings_meet_where_they_overlap_and_the_person_goes_to_both() {
    let scene = Scene::new();
    for (uid, answer, hours) in [
        ("before", "accept", (8, 10)),
        ("across", "tentative", (9, 11)),
        ("within", "accept", (12, 13)),
        ("declined", "decline", (10, 14)),
        ("after", "accept", (14, 15)),
        ("itself", "accept", (10, 14)),
    ] {
        let answer = answered(&scene, uid, answer, hours);
        scene.store.write(|w| w.put_meeting_answer(&answer)).unwrap();
    }
    let met = scene
        .store
        .read(|r| r.meetings_between(10, 14, "itself"))
        .unwrap();
    let uids: Vec<_> = met.iter().map(|meeting| meeting.uid.as_str()).collect();
    assert_eq!(
        uids,
        ["across", "within"],
        "what ends as it begins is no conflict"
    );
}

#[test]
fn what_never_ends_may_take_place_at_any_time_after_its_first() {
    let scene = Scene::new();
    let endless = MeetingAnswer {
        ends_at: None,
        calendar: "BEGIN:VCALENDAR".to_owned(),
        ..answered(&scene, "endless", "accept", (10, 11))
    };
    let called_off = MeetingAnswer {
        starts_at: None,
        ends_at: None,
        ..answered(&scene, "off", "accept", (10, 11))
    };
    let single = MeetingAnswer {
        instance: "20261201".to_owned(),
        answer: "decline".to_owned(),
        ..answered(&scene, "endless", "accept", (20, 21))
    };
    for answer in [&single, &endless, &called_off] {
        scene.store.write(|w| w.put_meeting_answer(answer)).unwrap();
    }
    let met = |start, end| {
        scene
            .store
            .read(|r| r.meetings_between(start, end, "other"))
            .unwrap()
    };
    assert_eq!(met(1_000, 1_001), std::slice::from_ref(&endless));
    assert_eq!(met(5, 10), [], "before it begins");
    let all = scene
        .store
        .read(|r| r.meeting_answers_of(scene.account, "endless"))
        .unwrap();
    assert_eq!(all, [endless, single], "the meeting, then its days");
}
