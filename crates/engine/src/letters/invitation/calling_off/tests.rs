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
