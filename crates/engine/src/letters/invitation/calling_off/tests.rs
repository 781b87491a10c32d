//! Who can call a meeting off that was answered, and what is remembered then.

use waxwing_mime::invitations;
use waxwing_model::Protocol;

use super::*;
use crate::lena;
use crate::letters::conflicts::tests::answered;

const JONAS: &str = "jonas@harbour.example";
const WATCH: &str = "DTSTART:20261006T090000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY";

struct Scene {
    home: lena::Home,
    inbox: MailboxId,
    junk: MailboxId,
}

impl Scene {
    fn new() -> Self {
        let home = lena::Home::of(&lena::account(Protocol::Imap));
        let inbox = home.mailbox("Inbox", Role::Inbox);
        let junk = home.mailbox("Junk", Role::Junk);
        Self { home, inbox, junk }
    }

    /// Lena has said yes to a meeting.
    fn accept(&self, lines: &str) {
        answered(&self.home, "accept", &invitations(&file("REQUEST", lines), None));
    }

    /// What changes by a letter that calls it off.
    fn called_off(&self, place: MailboxId, from: &str, lines: &str) -> Vec<MeetingAnswer> {
        self.off(place, from, lines).answers
    }

    /// The same, with who says so.
    fn off(&self, place: MailboxId, from: &str, lines: &str) -> CalledOff {
        let pieces = invitations(&file("CANCEL", lines), None);
        let lena::Home { store, account, .. } = &self.home;
        let read = store.read(|r| of(r, *account, &[place], from, &pieces));
        read.expect("it is read")
    }
}

fn file(method: &str, lines: &str) -> String {
    format!("BEGIN:VCALENDAR\nMETHOD:{method}\nBEGIN:VEVENT\nUID:watch\n{lines}\nEND:VEVENT\nEND:VCALENDAR\n")
}

fn of_jonas(lines: &str) -> String {
    format!("ORGANIZER:mailto:{JONAS}\n{lines}")
}

#[test]
fn only_who_invited_calls_off() {
    let scene = Scene::new();
    scene.accept(&of_jonas(WATCH));
    let stranger = "stranger@elsewhere.example";
    let told = of_jonas(WATCH);
    assert_eq!(
        scene.called_off(scene.inbox, stranger, &told),
        [],
        "the file alone says Jonas"
    );
    let own = told.replace(JONAS, stranger);
    assert_eq!(scene.called_off(scene.inbox, stranger, &own), []);
    assert_eq!(scene.called_off(scene.inbox, JONAS, &own), []);
    assert_eq!(scene.called_off(scene.inbox, JONAS, WATCH), [], "it names nobody");
    assert_eq!(scene.called_off(scene.junk, JONAS, &told), [], "in Junk");
    let off = scene.called_off(scene.inbox, "Jonas@Harbour.example", &told);
    assert_eq!(
        off.iter().map(|answer| answer.starts_at).collect::<Vec<_>>(),
        [None]
    );
}

#[test]
fn what_asks_answers_or_proposes_calls_nothing_off() {
    let scene = Scene::new();
    scene.accept(&of_jonas(WATCH));
    let lena::Home { store, account, .. } = &scene.home;
    for (method, calls_off) in [
        ("REQUEST", false),
        ("PUBLISH", false),
        ("REPLY", false),
        ("COUNTER", false),
        ("DECLINECOUNTER", false),
        ("CANCEL", true),
    ] {
        let pieces = invitations(&file(method, &of_jonas(WATCH)), None);
        let off = store.read(|r| of(r, *account, &[scene.inbox], JONAS, &pieces));
        assert_eq!(!off.unwrap().answers.is_empty(), calls_off, "{method}");
    }
}

#[test]
fn where_nobody_is_remembered_nobody_calls_off() {
    let scene = Scene::new();
    scene.accept(WATCH);
    for told in [of_jonas(WATCH), WATCH.to_owned()] {
        assert_eq!(scene.called_off(scene.inbox, JONAS, &told), [], "{told}");
    }
}

#[test]
fn a_calendar_that_would_become_too_long_stays_as_it_was() {
    let scene = Scene::new();
    scene.accept(&of_jonas(WATCH));
    let day = of_jonas("RECURRENCE-ID:20261013T090000Z\nDTSTART:20261013T090000Z");
    let off = scene.called_off(scene.inbox, JONAS, &day);
    assert_eq!(off.len(), 1);
    assert!(
        off.iter().all(|answer| answer.starts_at.is_some()),
        "the others take place"
    );
    let long = format!(
        "{day}\nDTSTAMP;X-LONG={}:20261001T000000Z",
        "x".repeat(conflicts::LONGEST)
    );
    assert_eq!(scene.called_off(scene.inbox, JONAS, &long), []);
}

#[test]
fn whoever_writes_for_who_invited_calls_off_once_the_person_is_asked_and_nobody_else_does() {
    let scene = Scene::new();
    scene.accept(&of_jonas(WATCH));
    let oskar = "oskar@harbour.example";
    let sent_by = |agent: &str, organizer: &str| {
        format!("ORGANIZER;SENT-BY=\"mailto:{agent}\":mailto:{organizer}\n{WATCH}")
    };
    let told = sent_by(oskar, JONAS);
    for from in [oskar, "Oskar@Harbour.example"] {
        let off = scene.off(scene.inbox, from, &told);
        assert_eq!(off.answers.len(), 1, "{from}");
        for vouched in [true, false] {
            assert!(off.is_doubted(vouched), "the file alone says that {from} may");
        }
    }
    let own = scene.off(scene.inbox, JONAS, &told);
    assert_eq!(own.answers.len(), 1, "on his behalf, under his name");
    assert!(!own.is_doubted(true) && own.is_doubted(false));
    assert_eq!(scene.called_off(scene.junk, oskar, &told), [], "in Junk");
    let stranger = "stranger@elsewhere.example";
    for (from, told) in [
        (stranger, told.clone()),
        (stranger, sent_by(stranger, "amara@harbour.example")),
        (stranger, sent_by(stranger, stranger)),
        (oskar, of_jonas(WATCH)),
        (oskar, sent_by(oskar, oskar)),
    ] {
        let off = scene.off(scene.inbox, from, &told);
        assert_eq!(off.answers, [], "{from}: {told}");
        assert!(!off.is_doubted(false), "nothing is to be believed");
    }
    let stale = told.replace("DTSTART", "SEQUENCE:1\nDTSTART");
    scene.accept(&of_jonas(&WATCH.replace("DTSTART", "SEQUENCE:2\nDTSTART")));
    assert_eq!(
        scene.called_off(scene.inbox, oskar, &stale),
        [],
        "an older version"
    );
}

#[test]
fn what_was_called_off_is_off_also_a_single_day_and_nothing_else_is() {
    let scene = Scene::new();
    let whole = of_jonas(WATCH);
    let day = |day: &str| of_jonas(&format!("RECURRENCE-ID:{day}T090000Z\nDTSTART:{day}T090000Z"));
    let lena::Home { store, account, .. } = &scene.home;
    let is_off = |lines: &str| {
        let pieces = invitations(&file("CANCEL", lines), None);
        let answers = store.read(|r| r.meeting_answers_of(*account, "watch")).unwrap();
        is_off(&answers, pieces.first().expect("one"))
    };
    let call_off = |lines: &str| {
        let answers = scene.called_off(scene.inbox, JONAS, lines);
        store
            .write(|w| answers.iter().try_for_each(|answer| w.put_meeting_answer(answer)))
            .unwrap();
    };
    let (one, other) = (day("20261013"), day("20261020"));
    assert!(!is_off(&whole), "nothing was answered");
    scene.accept(&whole);
    assert!(!is_off(&whole) && !is_off(&one));
    call_off(&one);
    assert!(is_off(&one) && !is_off(&other) && !is_off(&whole), "that day");
    answered(
        &scene.home,
        "accept",
        &invitations(&file("REQUEST", &other), None),
    );
    call_off(&whole);
    assert!(
        [&whole, &one, &other, &day("20261027")]
            .map(|day| is_off(day))
            .iter()
            .all(|off| *off)
    );
    answered(
        &scene.home,
        "decline",
        &invitations(&file("REQUEST", &whole), None),
    );
    assert!(!is_off(&whole) && !is_off(&one), "the person would not have come");
}
