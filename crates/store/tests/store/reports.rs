//! What is reported of letters that were sent, and as whom they were written.

use waxwing_model::{Address, Fate, IdentityId, NewIdentity, ReportLine, Role, Teller};
use waxwing_store::{BodyFacts, FoundReport};

use crate::scene::{Scene, mailbox};

fn report(about: &str) -> BodyFacts {
    BodyFacts {
        report: Some(FoundReport {
            about: about.to_owned(),
            lines: vec![ReportLine {
                recipient: "amara@lighthouse.example".to_owned(),
                fate: Fate::Failed,
                words: "550 no".to_owned(),
            }],
        }),
        ..BodyFacts::default()
    }
}

/// A letter of Lena's that lies in a folder, and its name.
fn letter_in(scene: &Scene, number: u32, role: Role, from: &str) -> String {
    let mut letter = scene.letter(number);
    letter.mailbox = match role {
        Role::Inbox => scene.inbox,
        Role::Archive => scene.archive,
        role => scene
            .store
            .write(|w| w.insert_mailbox(&mailbox(scene.account, &format!("Folder {number}"), Some(role))))
            .unwrap(),
    };
    letter.from = vec![Address::new("Whoever", from)];
    letter.to = vec![Address::new("Amara", "Amara@lighthouse.example")];
    let name = letter.message_id.clone().unwrap_or_default();
    scene.add(&letter);
    name
}

#[test]
fn only_what_is_about_a_letter_of_ours_is_told_and_goes_with_the_report() {
    let scene = Scene::new();
    let name = letter_in(&scene, 1, Role::Sent, "lena@elsewhere.example");
    let bounce = scene.add(&scene.letter(2));
    let write = |about: &str| {
        scene
            .store
            .write(|w| w.put_body(bounce, b"report", &report(about)))
            .unwrap();
    };
    let told = || {
        scene
            .store
            .read(|r| r.reports_about(scene.account, &name))
            .unwrap()
    };
    write("somebody.else@nowhere.example");
    assert_eq!(told(), [], "anybody can write a report");
    write(&name);
    // A body may be brought twice.
    write(&name);
    let found: Vec<_> = told()
        .iter()
        .map(|report| (report.email, report.line.fate, report.addressed))
        .collect();
    assert_eq!(found, [(bounce, Fate::Failed, true)]);
    scene.store.write(|w| w.remove_email(bounce)).unwrap();
    assert_eq!(told(), []);
}

#[test]
fn nothing_is_reported_of_a_letter_that_came() {
    let scene = Scene::new();
    let own = scene.store.read(|r| r.identities()).unwrap()[0].email.clone();
    for (number, role, from, sent) in [
        (1, Role::Inbox, "jonas@fjord.example", false),
        (2, Role::Inbox, own.as_str(), false),
        (3, Role::Archive, "jonas@fjord.example", false),
        (4, Role::Archive, own.as_str(), true),
        (5, Role::Sent, "jonas@fjord.example", true),
    ] {
        let name = letter_in(&scene, number, role, from);
        let bounce = scene.add(&scene.letter(10 + number));
        scene
            .store
            .write(|w| w.put_body(bounce, b"report", &report(&name)))
            .unwrap();
        let told = scene.store.read(|r| r.reports_about(scene.account, &name));
        assert_eq!(!told.unwrap().is_empty(), sent, "{from} in {role:?}");
        let known = scene.store.read(|r| r.sent_letter(&name)).unwrap();
        assert_eq!(known.is_some(), sent, "{from} in {role:?}");
    }
}

#[test]
fn whom_a_letter_did_not_go_to_and_who_says_that_it_was_read_is_told() {
    let scene = Scene::new();
    let name = letter_in(&scene, 1, Role::Sent, "lena@elsewhere.example");
    let read = |recipient: &str| ReportLine {
        recipient: recipient.to_owned(),
        fate: Fate::Read,
        words: String::new(),
    };
    let tell = |number: u32, from: &str, line: ReportLine| {
        let mut letter = scene.letter(number);
        letter.from = vec![Address::new("Whoever", from)];
        let email = scene.add(&letter);
        let facts = BodyFacts {
            report: Some(FoundReport {
                about: name.clone(),
                lines: vec![line],
            }),
            ..BodyFacts::default()
        };
        scene
            .store
            .write(|w| w.put_body(email, b"report", &facts))
            .unwrap();
        let told = scene
            .store
            .read(|r| r.reports_about(scene.account, &name))
            .unwrap();
        let newest = told.into_iter().next().expect("it is told");
        (newest.addressed, newest.by)
    };
    let amara = "amara@lighthouse.example";
    let mallory = "mallory@else.example";
    assert_eq!(tell(2, amara, read(amara)), (true, Teller::InReadersName));
    assert_eq!(
        tell(3, mallory, read(amara)),
        (true, Teller::Other(mallory.to_owned()))
    );
    assert_eq!(tell(4, mallory, read(mallory)), (false, Teller::InReadersName));
    let failed = ReportLine {
        fate: Fate::Failed,
        ..read("box@forwarded.example")
    };
    assert_eq!(
        tell(5, "MAILER-DAEMON@mx.example", failed),
        (false, Teller::Server)
    );
}

#[test]
fn an_account_has_an_identity_from_the_start_and_others_after_it() {
    let scene = Scene::new();
    let all = scene.store.read(|r| r.identities()).unwrap();
    let own: Vec<_> = all
        .iter()
        .filter(|identity| identity.account == scene.account)
        .collect();
    assert_eq!(own.len(), 1, "its own");
    let new = NewIdentity {
        email: "shop@harbour.example".to_owned(),
        ..NewIdentity::default()
    };
    let shop = scene
        .store
        .write(|w| w.insert_identity(scene.account, &new))
        .unwrap();
    let usual = scene.store.read(|r| r.usual_identity(scene.account)).unwrap();
    assert_ne!(
        usual.map(|usual| usual.id),
        Some(shop),
        "the first stays the usual one"
    );
    scene.store.write(|w| w.remove_identity(shop)).unwrap();
    assert_eq!(scene.store.read(|r| r.identity(shop)).unwrap(), None);
    assert!(
        scene.store.write(|w| w.remove_identity(IdentityId(999))).is_err(),
        "one that was never there"
    );
}
