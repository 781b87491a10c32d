//! What is reported of letters that were sent, and as whom they were written.

use waxwing_model::{Fate, IdentityId, NewIdentity, ReportLine};
use waxwing_store::{BodyFacts, FoundReport};

use crate::scene::Scene;

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

#[test]
fn only_what_is_about_a_letter_of_ours_is_kept_and_goes_with_the_report() {
    let scene = Scene::new();
    let sent = scene.add(&scene.letter(1));
    let bounce = scene.add(&scene.letter(2));
    let letter = scene.store.read(|r| r.email(sent)).unwrap().unwrap();
    let name = letter.message_id.expect("it has a name");
    scene
        .store
        .write(|w| {
            w.put_body(bounce, b"report", &report("somebody.else@nowhere.example"))?;
            assert_eq!(w.reported_letter(bounce)?, None, "anybody can write a report");
            w.put_body(bounce, b"report", &report(&name))?;
            // A body may be brought twice.
            w.put_body(bounce, b"report", &report(&name))
        })
        .unwrap();
    let reports = scene
        .store
        .read(|r| r.reports_about(scene.account, &name))
        .unwrap();
    let found: Vec<_> = reports
        .iter()
        .map(|report| (report.email, report.line.fate))
        .collect();
    assert_eq!(found, [(bounce, Fate::Failed)]);
    assert_eq!(
        scene.store.read(|r| r.reported_letter(bounce)).unwrap(),
        Some(sent)
    );
    scene.store.write(|w| w.remove_email(bounce)).unwrap();
    assert_eq!(
        scene
            .store
            .read(|r| r.reports_about(scene.account, &name))
            .unwrap(),
        []
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
