//! What was answered to invitations, and what takes place at the same time; and letters that bring files.

use waxwing_model::{Address, Keyword, Keywords};
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

#[test]
fn letters_with_files_are_found_by_folder_and_by_person() {
    let scene = Scene::new();
    let ids: Vec<_> = (1..=4)
        .map(|number| {
            let mut letter = scene.letter(number);
            letter.has_attachment = number != 2;
            letter.from = vec![Address::new(
                "Jonas",
                if number == 3 {
                    "x@y.example"
                } else {
                    "Jonas@Orchard.example"
                },
            )];
            scene.store.write(|w| w.insert_email(&letter)).unwrap()
        })
        .collect();
    let in_inbox = |offset, limit| {
        scene
            .store
            .read(|r| r.letters_with_files_in(&[scene.inbox], offset, limit))
            .unwrap()
    };
    assert_eq!(in_inbox(0, 10), [ids[3], ids[2], ids[0]], "newest first");
    assert_eq!(in_inbox(1, 1), [ids[2]], "a page at a time");
    let from = |address: &str, offset, limit| {
        let found = scene
            .store
            .read(|r| r.letters_with_files_from(address, offset, limit));
        found.unwrap()
    };
    let jonas = |offset, limit| from("jonas@orchard.example", offset, limit);
    assert_eq!(jonas(0, 10), [ids[3], ids[0]], "however the address is written");
    assert_eq!(jonas(0, 1), [ids[3]], "a page at a time");
    assert_eq!(jonas(1, 1), [ids[0]]);
    assert_eq!(jonas(2, 1), []);
    assert_eq!(from("jonas@orchard.exampl_", 0, 10), [], "and no other one");
    assert_eq!(from("Jonas", 0, 10), [], "a name is no address");
    scene
        .store
        .write(|w| w.set_mailboxes(ids[3], &[scene.archive]))
        .unwrap();
    assert_eq!(jonas(0, 10), [ids[3], ids[0]], "wherever it lies");
    scene.store.write(|w| w.set_mailboxes(ids[3], &[])).unwrap();
    assert_eq!(jonas(0, 10), [ids[0]], "what is shown nowhere is not listed");
}

#[test]
fn letters_with_files_of_several_folders_stand_together_each_once() {
    let scene = Scene::new();
    let ids: Vec<_> = (1..=5)
        .map(|number| {
            let mut letter = scene.letter(number);
            letter.has_attachment = true;
            letter.mailbox = if number % 2 == 0 {
                scene.archive
            } else {
                scene.inbox
            };
            scene.store.write(|w| w.insert_email(&letter)).unwrap()
        })
        .collect();
    let both = [scene.inbox, scene.archive];
    scene.store.write(|w| w.set_mailboxes(ids[2], &both)).unwrap();
    let found = |mailboxes: &[_], offset, limit| {
        let found = scene
            .store
            .read(|r| r.letters_with_files_in(mailboxes, offset, limit));
        found.unwrap()
    };
    let all = [ids[4], ids[3], ids[2], ids[1], ids[0]];
    assert_eq!(found(&both, 0, 10), all, "newest first");
    for offset in 0..3 {
        let page = found(&both, offset * 2, 2);
        let from = usize::try_from(offset).unwrap() * 2;
        assert_eq!(page, all[from..(from + 2).min(5)], "a page at a time");
    }
    assert_eq!(found(&both, 5, 2), []);
    assert_eq!(found(&[scene.archive], 0, 10), [ids[3], ids[2], ids[1]]);
    assert_eq!(found(&[], 0, 10), []);
}

#[test]
fn letters_with_files_are_found_among_the_starred_and_by_what_finds_their_letters() {
    let scene = Scene::new();
    let ids: Vec<_> = (1..=6)
        .map(|number| {
            let mut letter = scene.letter(number);
            letter.subject = if number == 5 { "a kettle" } else { "a boat" }.to_owned();
            letter.has_attachment = number != 2;
            if number != 3 {
                letter.keywords = Keywords::only(Keyword::FLAGGED);
            }
            scene.store.write(|w| w.insert_email(&letter)).unwrap()
        })
        .collect();
    let both = [scene.inbox, scene.archive];
    scene.store.write(|w| w.set_mailboxes(ids[3], &both)).unwrap();
    scene
        .store
        .write(|w| w.set_mailboxes(ids[5], &[scene.trash]))
        .unwrap();
    let starred = |offset, limit| {
        let found = scene.store.read(|r| r.letters_with_files_starred(offset, limit));
        found.unwrap()
    };
    let all = [ids[4], ids[3], ids[0]];
    assert_eq!(starred(0, 10), all, "each once, and none from Trash");
    assert_eq!([starred(0, 2), starred(2, 2)].concat(), all, "a page at a time");
    let found = |query: &str, offset, limit| {
        let found = scene
            .store
            .read(|r| r.letters_with_files_found(query, offset, limit));
        found.unwrap()
    };
    let boats = [ids[5], ids[3], ids[2], ids[0]];
    assert_eq!(found("boat", 0, 10), boats);
    assert_eq!([found("boat", 0, 3), found("boat", 3, 3)].concat(), boats);
    assert_eq!(
        found("boat OR kettle", 0, 2),
        [ids[5], ids[4]],
        "all of what is asked holds"
    );
    assert_eq!(found("kettle boat", 0, 10), []);
    assert_eq!(found("boat -in:trash is:starred", 0, 10), [ids[3], ids[0]]);
    assert_eq!(found("", 0, 10), []);
    scene.store.show_beside("lantern", vec![ids[1], ids[2]]);
    assert_eq!(
        found("lantern", 0, 10),
        [ids[2]],
        "also what a server alone has found"
    );
}
