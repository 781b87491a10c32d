//! Meetings that were answered, in a real store, beside invitations that meet them or do not.

use waxwing_mime::invitations;
use waxwing_model::Protocol;

use super::*;
use crate::lena;

/// The first piece of a file, as the answer that Lena gave to it is remembered.
pub(in crate::letters) fn answered(home: &lena::Home, answer: &str, pieces: &[Invitation]) -> Taken {
    let first = pieces.first().expect("one");
    let taken = taken(pieces);
    let kept = MeetingAnswer {
        account: home.account,
        uid: first.uid.clone(),
        instance: first.instance.clone().unwrap_or_default(),
        sequence: first.sequence,
        answer: answer.to_owned(),
        summary: first.summary.clone(),
        starts_at: taken.starts_at,
        ends_at: taken.ends_at,
        answered_at: 0,
        calendar: taken.calendar.clone(),
    };
    home.store.write(|w| w.put_meeting_answer(&kept)).expect("kept");
    taken
}

struct Scene(lena::Home);

impl Scene {
    fn new() -> Self {
        Self(lena::Home::of(&lena::account(Protocol::Imap)))
    }

    /// Lena answers the first meeting of a file.
    fn answer(&self, answer: &str, events: &[&str]) -> Taken {
        answered(&self.0, answer, &pieces(events))
    }

    /// What an invitation meets with, as seen in October 2026: the name, how many times, and the day of the first.
    fn meets(&self, events: &[&str]) -> Vec<(String, usize, String)> {
        let now = moment("20261001T000000Z");
        let met = self.0.store.read(|r| of(r, &pieces(events), now));
        met.expect("looked")
            .into_iter()
            .map(|one| {
                let first = time::OffsetDateTime::from_unix_timestamp(one.starts_at / 1_000).expect("a time");
                (one.summary, one.times, first.date().to_string())
            })
            .collect()
    }
}

/// The first line of each event is its name, by which calendars know it, too.
fn pieces(events: &[&str]) -> Vec<Invitation> {
    let events: String = events
        .iter()
        .map(|lines| {
            let name = lines.lines().next().expect("a name");
            format!("BEGIN:VEVENT\nUID:{name}\nSUMMARY:{lines}\nEND:VEVENT\n")
        })
        .collect();
    invitations(
        &format!("BEGIN:VCALENDAR\nMETHOD:REQUEST\n{events}END:VCALENDAR\n"),
        None,
    )
}

fn moment(text: &str) -> Timestamp {
    let told = pieces(&[&format!("x\nDTSTART:{text}")]);
    let start = told
        .first()
        .and_then(|one| one.start.as_ref())
        .and_then(|start| start.at);
    start.expect("a moment")
}

const STAND_UP: &str = "Stand-up\nDTSTART:20261005T090000Z\nDTEND:20261005T093000Z\nRRULE:FREQ=WEEKLY;BYDAY=MO\nEXDATE:20261012T090000Z";

#[test]
fn a_single_meeting_meets_the_day_of_one_that_repeats_without_an_end() {
    let scene = Scene::new();
    let taken = scene.answer("accept", &[STAND_UP]);
    assert_eq!(
        (taken.starts_at, taken.ends_at),
        (Some(moment("20261005T090000Z")), None)
    );
    let on = |day: &str| scene.meets(&[&format!("Dentist\nDTSTART:{day}T091500Z\nDURATION:PT1H")]);
    assert_eq!(
        on("20261019"),
        [("Stand-up".to_owned(), 1, "2026-10-19".to_owned())]
    );
    assert_eq!(on("20301007").len(), 1, "years from now");
    assert_eq!(on("20261012"), [], "a day that is left out");
    assert_eq!(on("20261020"), [], "a Tuesday");
    let after = scene.meets(&["Lunch\nDTSTART:20261019T093000Z\nDURATION:PT1H"]);
    assert_eq!(after, [], "what begins as it ends is no conflict");
}

#[test]
fn a_meeting_that_repeats_meets_single_ones_and_another_that_does() {
    let scene = Scene::new();
    scene.answer("tentative", &["Dentist\nDTSTART:20261109T091500Z\nDURATION:PT1H"]);
    scene.answer(
        "accept",
        &["Harbour\nDTSTART:20261116T090000Z\nDTEND:20261116T100000Z\nRRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=3"],
    );
    scene.answer(
        "accept",
        &["Long ago\nDTSTART:20250106T090000Z\nDTEND:20250106T100000Z\nRRULE:FREQ=WEEKLY;COUNT=3"],
    );
    assert_eq!(
        scene.meets(&[STAND_UP]),
        [
            ("Dentist".to_owned(), 1, "2026-11-09".to_owned()),
            ("Harbour".to_owned(), 3, "2026-11-16".to_owned())
        ]
    );
    let all_year = scene.meets(&["Watch\nDTSTART:20261005T060000Z\nDURATION:PT12H\nRRULE:FREQ=DAILY"]);
    assert_eq!(all_year.len(), 2);
    scene.answer("accept", &[STAND_UP]);
    let counted = scene.meets(&["Watch\nDTSTART:20261005T060000Z\nDURATION:PT12H\nRRULE:FREQ=DAILY"]);
    let stand_up = counted.iter().find(|(name, _, _)| name == "Stand-up");
    assert_eq!(
        stand_up.map(|(_, times, _)| *times),
        Some(52),
        "each Monday of a year but one"
    );
}

#[test]
fn single_days_count_as_they_were_told_and_answered() {
    let scene = Scene::new();
    let moved = "Stand-up\nRECURRENCE-ID:20261019T090000Z\nDTSTART:20261020T140000Z\nDTEND:20261020T143000Z";
    scene.answer("accept", &[STAND_UP, moved]);
    let at = |start: &str| {
        scene
            .meets(&[&format!("Dentist\nDTSTART:{start}\nDURATION:PT1H")])
            .len()
    };
    assert_eq!(
        (at("20261019T090000Z"), at("20261020T140000Z")),
        (0, 1),
        "moved in the same file"
    );
    let apart = "Stand-up\nRECURRENCE-ID:20261026T090000Z\nDTSTART:20261026T160000Z\nDTEND:20261026T163000Z";
    scene.answer("tentative", &[apart]);
    assert_eq!(
        (at("20261026T090000Z"), at("20261026T160000Z")),
        (0, 1),
        "moved by a letter of its own"
    );
    let declined =
        "Stand-up\nRECURRENCE-ID:20261102T090000Z\nDTSTART:20261102T090000Z\nDTEND:20261102T093000Z";
    scene.answer("decline", &[declined]);
    assert_eq!(
        (at("20261102T090000Z"), at("20261109T090000Z")),
        (0, 1),
        "one day declined, the next not"
    );
}

#[test]
fn what_leaves_one_free_meets_nothing() {
    let scene = Scene::new();
    let free = scene.answer(
        "accept",
        &["Holidays\nDTSTART;VALUE=DATE:20261019\nTRANSP:TRANSPARENT"],
    );
    assert_eq!((free.starts_at, free.ends_at), (None, None));
    scene.answer(
        "accept",
        &["Fair\nDTSTART;VALUE=DATE:20261026\nDTEND;VALUE=DATE:20261028"],
    );
    let on = |day: &str, more: &str| {
        let met = scene.meets(&[&format!("Dentist\nDTSTART:{day}T120000Z\nDURATION:PT1H{more}")]);
        met.len()
    };
    assert_eq!(on("20261019", ""), 0, "the day is free");
    assert_eq!(on("20261027", ""), 1, "the second of two whole days");
    assert_eq!(
        on("20261027", "\nTRANSP:TRANSPARENT"),
        0,
        "and this one leaves one free"
    );
}

#[test]
fn a_meeting_that_ends_is_known_to_and_one_with_endless_calendars_keeps_its_first_time() {
    let ending = taken(&pieces(&[
        "Harbour\nDTSTART:20261116T090000Z\nDTEND:20261116T100000Z\nRRULE:FREQ=WEEKLY;COUNT=3",
    ]));
    assert_eq!(ending.ends_at, Some(moment("20261130T100000Z")));
    let dates = "20261117T090000Z,".repeat(3_000);
    let lines = format!("EXDATE:{dates}20261118T090000Z\n").repeat(6);
    let large = taken(&pieces(&[&format!(
        "Large\nDTSTART:20261116T090000Z\nDTEND:20261116T100000Z\nRRULE:FREQ=DAILY\n{lines}"
    )]));
    assert_eq!(large.calendar, "");
    assert_eq!(large.ends_at, Some(moment("20261116T100000Z")));
}
