//! What a person wishes of an account beyond what each account has: kept, and gone with what it is about.

use waxwing_model::{
    Certificate, CertificateException, CertificateFlaw, Fingerprint, Role, SubmissionState, Trouble,
    TroubleKind,
};

use crate::outbox::{put, set};
use crate::scene::{Scene, lena};

fn exception(port: u16, byte: u8) -> CertificateException {
    CertificateException {
        host: "mail.harbour.example".to_owned(),
        port,
        flaw: CertificateFlaw::SelfSigned,
        certificate: Certificate {
            fingerprint: Fingerprint([byte; 32]),
            names: vec!["mail.harbour.example".to_owned()],
            issuer: "itself".to_owned(),
            not_before: 0,
            not_after: 1,
        },
    }
}

#[test]
fn an_account_without_wishes_is_as_it_was_added() {
    let scene = Scene::new();
    let account = scene.store.read(|r| r.account(scene.account)).unwrap().unwrap();
    assert_eq!(
        (account.label.as_str(), account.called()),
        ("", account.email.as_str())
    );
    assert!(!account.disabled && account.check_minutes.is_none());
}

#[test]
fn each_wish_is_kept_beside_the_others() {
    let scene = Scene::new();
    let second = scene.store.write(|w| w.insert_account(&lena())).unwrap();
    scene
        .store
        .write(|w| {
            w.set_look(scene.account, "Harbour", 5)?;
            w.set_disabled(scene.account, true)?;
            w.set_check_minutes(scene.account, Some(15))?;
            w.order_accounts(&[second, scene.account])
        })
        .unwrap();
    let accounts = scene.store.read(|r| r.accounts()).unwrap();
    let [first, last] = accounts.as_slice() else {
        panic!("two accounts: {accounts:?}");
    };
    assert_eq!(
        (first.id, last.id),
        (second, scene.account),
        "in the order that was chosen"
    );
    assert_eq!(
        (last.called(), last.colour, last.disabled, last.check_minutes),
        ("Harbour", 5, true, Some(15)),
        "no wish undoes another"
    );
    scene.store.write(|w| w.order_accounts(&[scene.account])).unwrap();
    let order = scene.store.read(|r| r.account_order()).unwrap();
    assert_eq!(order, [scene.account, second], "what is not named stands behind");
}

#[test]
fn a_chosen_folder_has_one_role_and_leaves_with_its_choice() {
    let scene = Scene::new();
    let mailboxes = scene.store.read(|r| r.mailboxes(Some(scene.account))).unwrap();
    let folder = mailboxes.last().unwrap().id;
    scene
        .store
        .write(|w| {
            w.choose_role(scene.account, Role::Sent, folder)?;
            w.choose_role(scene.account, Role::Junk, folder)
        })
        .unwrap();
    let chosen = scene.store.read(|r| r.chosen_roles(scene.account)).unwrap();
    assert_eq!(chosen.len(), 1, "{chosen:?}");
    assert_eq!(chosen.get(&Role::Junk), Some(&folder));
    let there = scene.store.read(|r| r.mailbox(folder)).unwrap().unwrap();
    assert_eq!(there.role, Some(Role::Junk), "at once");
    scene.store.write(|w| w.remove_mailbox(folder)).unwrap();
    assert!(
        scene
            .store
            .read(|r| r.chosen_roles(scene.account))
            .unwrap()
            .is_empty(),
        "the server says again which folder it is"
    );
}

#[test]
fn one_certificate_is_accepted_at_a_door_and_none_outlives_its_account() {
    let scene = Scene::new();
    scene
        .store
        .write(|w| {
            w.put_certificate_exception(scene.account, &exception(993, 1))?;
            w.put_certificate_exception(scene.account, &exception(465, 2))?;
            w.put_certificate_exception(scene.account, &exception(993, 3))
        })
        .unwrap();
    let kept = |account| scene.store.read(|r| r.certificate_exceptions(account)).unwrap();
    assert_eq!(kept(scene.account), [exception(465, 2), exception(993, 3)]);
    let host = "mail.harbour.example";
    let gone = |port| {
        scene
            .store
            .write(|w| w.remove_certificate_exception(scene.account, host, port))
            .unwrap()
    };
    assert!(gone(465) && !gone(465), "once");
    scene.store.write(|w| w.remove_account(scene.account)).unwrap();
    assert_eq!(kept(scene.account), []);
}

#[test]
fn letters_that_were_given_up_for_the_sign_in_are_tried_again_and_no_others() {
    let scene = Scene::new();
    let failed = |kind| SubmissionState::Failed {
        trouble: Trouble::new(kind, "It did not go."),
        permanent: true,
    };
    let states = [
        failed(TroubleKind::WrongPassword),
        failed(TroubleKind::Refused),
        SubmissionState::Sent { reply: "250".into() },
    ];
    let [password, refused, sent] = states.map(|state| {
        let letter = put(&scene, 0, None);
        set(&scene, letter, &state);
        letter
    });
    scene
        .store
        .write(|w| w.revive_submissions(scene.account, &[TroubleKind::WrongPassword]))
        .unwrap();
    let state = |letter| {
        let there = scene.store.read(|r| r.submission(letter)).unwrap();
        there.unwrap().state
    };
    assert_eq!(state(password), SubmissionState::Waiting);
    assert!(
        matches!(state(refused), SubmissionState::Failed { .. }),
        "its server said no"
    );
    assert!(
        matches!(state(sent), SubmissionState::Sent { .. }),
        "what has gone has gone"
    );
}
