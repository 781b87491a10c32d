//! Accounts, their secrets, and settings.

use waxwing_model::{
    Authentication, Change, DraftContent, Envelope, Retention, Security, SendWishes, ServerSettings,
};
use waxwing_store::{BodyFacts, NewEntry, NewSubmission, OperationState, StoreError};

use crate::scene::{Scene, lena, letter, mailbox};

#[test]
fn an_account_comes_back_as_it_was_saved() {
    let scene = Scene::new();
    let server = ServerSettings {
        host: "mail.harbour.example".to_owned(),
        port: 993,
        security: Security::StartTls,
        username: "lena".to_owned(),
        authentication: Authentication::CramMd5,
    };
    let mut new = lena();
    new.incoming = Some(server.clone());
    new.retention = Retention::RemoveAfterDays { days: 14 };
    new.extra_ca = Some("-----BEGIN CERTIFICATE-----".to_owned());
    let id = scene.store.write(|w| w.insert_account(&new)).unwrap();
    let saved = scene.store.read(|r| r.account(id)).unwrap().unwrap();
    assert_eq!(
        saved.incoming,
        Some(server),
        "every part of a server's settings is kept"
    );
    assert_eq!(saved.outgoing, None, "what is not there stays so");
    assert_eq!(saved.retention, new.retention);
    assert_eq!(saved.extra_ca, new.extra_ca);

    let changed = waxwing_model::Account {
        name: "Lena".to_owned(),
        ..saved
    };
    scene.store.write(|w| w.update_account(&changed)).unwrap();
    assert_eq!(scene.store.read(|r| r.account(id)).unwrap(), Some(changed));
}

#[test]
fn a_new_account_takes_the_first_free_colour_and_never_an_old_number() {
    let scene = Scene::new();
    let second = scene.store.write(|w| w.insert_account(&lena())).unwrap();
    scene.store.write(|w| w.remove_account(scene.account)).unwrap();
    let third = scene.store.write(|w| w.insert_account(&lena())).unwrap();
    let colours: Vec<u8> = scene
        .store
        .read(|r| r.accounts())
        .unwrap()
        .iter()
        .map(|account| account.colour)
        .collect();
    assert_eq!(colours, [1, 0], "the colour that was freed is taken again");
    assert!(third > second, "a number is never given twice");
}

#[test]
fn removing_an_account_leaves_nothing_of_it_and_all_of_the_others() {
    let scene = Scene::new();
    let tables: Vec<String> = rusqlite::Connection::open(scene.path())
        .unwrap()
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search%'")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let counted = || -> Vec<(String, i64)> {
        tables
            .iter()
            .map(|table| {
                (
                    table.clone(),
                    scene.number(&format!("SELECT count(*) FROM {table}")),
                )
            })
            .collect()
    };
    scene.add(&scene.letter(1));
    let before = counted();

    let other = scene
        .store
        .write(|w| {
            let other = w.insert_account(&lena())?;
            let inbox = w.insert_mailbox(&mailbox(other, "Inbox", None))?;
            let mut child = mailbox(other, "Child", None);
            child.parent = Some(inbox);
            w.insert_mailbox(&child)?;
            let mut new = letter(other, inbox, 2);
            new.uid = Some(7);
            new.references = vec!["elsewhere@orchard.example".to_owned()];
            let email = w.insert_email(&new)?;
            w.put_body(email, b"hello", &BodyFacts::default())?;
            w.put_sealed_secret(other, "incoming", b"sealed")?;
            w.remember_uidl(other, "x", Some(email), 1)?;
            let action = w.new_action()?;
            let operation = waxwing_model::Operation::Destroy {
                emails: vec![email],
                only_in: None,
            };
            let state = OperationState::Queued;
            w.journal(&NewEntry {
                action,
                account: other,
                operation,
                inverse: Vec::new(),
                state,
            })?;
            let draft = w.insert_draft(other, &DraftContent::default(), None, &[], &[])?;
            w.attach(draft, "a.txt", "text/plain", &b"a".to_vec().into(), None)?;
            w.insert_submission(&NewSubmission {
                account: other,
                message_id: "m".to_owned(),
                subject: String::new(),
                recipients: Vec::new(),
                envelope: Envelope {
                    from: String::new(),
                    to: Vec::new(),
                },
                raw: b"raw".to_vec().into(),
                answers: None,
                send_at: 0,
                draft: Some(draft),
                wishes: SendWishes::default(),
            })?;
            w.insert_draft(other, &DraftContent::default(), None, &[], &[])?;
            Ok(other)
        })
        .unwrap();
    scene.told();
    scene.store.write(|w| w.remove_account(other)).unwrap();
    assert!(scene.told().contains(&Change::Accounts), "the interface is told");
    let after = counted();
    for (was, is) in before.iter().zip(&after).filter(|(was, _)| was.0 != "action") {
        assert_eq!(
            was, is,
            "a table has neither more nor fewer rows than before the account"
        );
    }
    let found = scene.store.read(|r| r.search_count("number2")).unwrap();
    assert_eq!(found, 0, "its letters are not found any more");
    assert_eq!(
        scene.store.read(|r| r.search_count("number1")).unwrap(),
        1,
        "the others' are"
    );
    scene.store.check().unwrap();
    let again = scene.store.write(|w| w.remove_account(other));
    assert!(
        matches!(again, Err(StoreError::NoSuch { what: "account", .. })),
        "it is gone: {again:?}"
    );
}

#[test]
fn sealed_secrets_and_settings_are_replaced_and_removed() {
    let scene = Scene::new();
    scene
        .store
        .write(|w| {
            w.put_sealed_secret(scene.account, "incoming", b"one")?;
            w.put_sealed_secret(scene.account, "incoming", b"two")?;
            w.put_setting("theme", "dark")?;
            w.put_setting("theme", "light")?;
            w.put_setting("panes", "3")?;
            w.remove_setting("panes")
        })
        .unwrap();
    let (secret, none, theme, panes) = scene
        .store
        .read(|r| {
            Ok((
                r.sealed_secret(scene.account, "incoming")?,
                r.sealed_secret(scene.account, "outgoing")?,
                r.setting("theme")?,
                r.setting("panes")?,
            ))
        })
        .unwrap();
    assert_eq!(secret.as_deref(), Some(&b"two"[..]), "the last one counts");
    assert_eq!(none, None, "each purpose has its own");
    assert_eq!((theme.as_deref(), panes), (Some("light"), None));
}
