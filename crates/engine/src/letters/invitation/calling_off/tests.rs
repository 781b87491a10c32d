//! Who can call a meeting off that was answered, and what is remembered then.

use tempfile::TempDir;
use waxwing_mime::invitations;
use waxwing_model::{Keeping, NewAccount, Protocol, Retention};
use waxwing_store::{NewMailbox, Store};

use super::*;

const JONAS: &str = "jonas@harbour.example";
const WATCH: &str = "DTSTART:20261006T090000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY";

struct Scene {
    store: Store,
    account: AccountId,
    inbox: MailboxId,
    junk: MailboxId,
    _folder: TempDir,
}

impl Scene {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(&folder.path().join("mail.sqlite"), Box::new(|_| {})).expect("a store");
        let lena = NewAccount {
            email: "lena@harbour.example".into(),
            name: "Lena".into(),
            protocol: Protocol::Imap,
            incoming: None,
            outgoing: None,
            retention: Retention::Keep,
            keeping: Keeping::default(),
            extra_ca: None,
            demo: false,
        };
        let account = store.write(|w| w.insert_account(&lena)).expect("an account");
        let mailbox = |name: &str, role| {
            let mailbox = NewMailbox {
                account,
                parent: None,
                name: name.to_owned(),
                role: Some(role),
                selectable: true,
                path: None,
                delimiter: None,
            };
            store.write(|w| w.insert_mailbox(&mailbox)).expect("a mailbox")
        };
        let (inbox, junk) = (mailbox("Inbox", Role::Inbox), mailbox("Junk", Role::Junk));
        Self {
            store,
            account,
            inbox,
            junk,
            _folder: folder,
        }
    }

    /// Lena has said yes to a meeting.
    fn accept(&self, lines: &str) {
        let pieces = invitations(&file("REQUEST", lines), None);
        let taken = conflicts::taken(&pieces);
        let answer = MeetingAnswer {
            account: self.account,
            uid: "watch".to_owned(),
            instance: String::new(),
            sequence: 0,
            answer: "accept".to_owned(),
            summary: "Watch".to_owned(),
            starts_at: taken.starts_at,
            ends_at: taken.ends_at,
            answered_at: 0,
            calendar: taken.calendar,
        };
        self.store.write(|w| w.put_meeting_answer(&answer)).expect("kept");
    }

    /// What changes by a letter that calls it off.
    fn called_off(&self, place: MailboxId, from: &str, lines: &str) -> Vec<MeetingAnswer> {
        let pieces = invitations(&file("CANCEL", lines), None);
        let read = self.store.read(|r| of(r, self.account, &[place], from, &pieces));
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
