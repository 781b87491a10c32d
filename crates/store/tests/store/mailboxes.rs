//! Folders: their order, their counts, their removal, and what the server says about them.

use waxwing_model::{Change, Keywords, MailboxId, Role};
use waxwing_store::{StoreError, SyncState};

use crate::scene::{Scene, mailbox};

#[test]
fn roles_come_first_then_names_and_children_follow_their_parent() {
    let scene = Scene::new();
    scene
        .store
        .write(|w| {
            let zebra = w.insert_mailbox(&mailbox(scene.account, "zebra", None))?;
            w.insert_mailbox(&mailbox(scene.account, "Apple", None))?;
            w.insert_mailbox(&mailbox(scene.account, "Sent", Some(Role::Sent)))?;
            for name in ["stripes", "Hooves"] {
                let mut child = mailbox(scene.account, name, None);
                child.parent = Some(zebra);
                w.insert_mailbox(&child)?;
            }
            let mut child = mailbox(scene.account, "2026", None);
            child.parent = Some(scene.archive);
            w.insert_mailbox(&child)
        })
        .unwrap();
    let names: Vec<String> = scene
        .store
        .read(|r| r.mailboxes(None))
        .unwrap()
        .into_iter()
        .map(|mailbox| mailbox.name)
        .collect();
    let expected = [
        "Inbox", "Sent", "Archive", "2026", "Trash", "Apple", "zebra", "Hooves", "stripes",
    ];
    assert_eq!(names, expected, "the order of the sidebar");
}

#[test]
fn a_mailbox_is_found_by_role_and_by_name() {
    let scene = Scene::new();
    scene
        .store
        .read(|r| {
            let role = r.mailbox_with_role(scene.account, Role::Trash)?.unwrap();
            assert_eq!(role.id, scene.trash);
            assert_eq!(r.mailbox_with_role(scene.account, Role::Junk)?, None);
            let named = r.mailbox_named(scene.account, None, "Archive")?.unwrap();
            assert_eq!(named.id, scene.archive);
            assert_eq!(
                r.mailbox_named(scene.account, Some(scene.inbox), "Archive")?,
                None,
                "another parent"
            );
            Ok(())
        })
        .unwrap();
}

#[test]
fn counts_follow_letters_and_their_keywords() {
    let scene = Scene::new();
    let [first, second] = [1, 2].map(|number| scene.add(&scene.letter(number)));
    let counts = |mailbox: MailboxId| {
        let mailbox = scene.store.read(|r| r.mailbox(mailbox)).unwrap().unwrap();
        (mailbox.total, mailbox.unread)
    };
    assert_eq!(counts(scene.inbox), (2, 2));
    scene
        .store
        .write(|w| w.set_keywords(first, &Keywords::only("$seen")))
        .unwrap();
    assert_eq!(counts(scene.inbox), (2, 1), "one was read");
    scene
        .store
        .write(|w| w.set_mailboxes(second, &[scene.trash]))
        .unwrap();
    assert_eq!(
        (counts(scene.inbox), counts(scene.trash)),
        ((1, 0), (1, 1)),
        "one was moved"
    );
    scene.store.write(|w| w.remove_email(second)).unwrap();
    assert_eq!(counts(scene.trash), (0, 0), "and is gone");
}

#[test]
fn removing_a_mailbox_takes_its_children_and_the_letters_that_are_shown_nowhere_else() {
    let scene = Scene::new();
    let mut child = mailbox(scene.account, "child", None);
    child.parent = Some(scene.archive);
    let child = scene.store.write(|w| w.insert_mailbox(&child)).unwrap();
    let [only_there, in_child, also_here] = [1, 2, 3].map(|number| scene.add(&scene.letter(number)));
    scene
        .store
        .write(|w| {
            w.set_mailboxes(only_there, &[scene.archive])?;
            w.set_mailboxes(in_child, &[child, scene.archive])?;
            w.set_mailboxes(also_here, &[child, scene.inbox])
        })
        .unwrap();
    scene.told();
    scene.store.write(|w| w.remove_mailbox(scene.archive)).unwrap();
    let told = scene.told();
    assert!(
        told.contains(&Change::Mailboxes {
            account: scene.account
        }),
        "the sidebar is told: {told:?}"
    );
    let left: Vec<_> = scene
        .store
        .read(|r| r.emails(&[only_there, in_child, also_here]))
        .unwrap()
        .into_iter()
        .map(|email| (email.id, email.mailboxes))
        .collect();
    assert_eq!(
        left,
        [(also_here, vec![scene.inbox])],
        "what the inbox shows stays"
    );
    assert_eq!(
        scene.store.read(|r| r.mailbox(child)).unwrap(),
        None,
        "the child went too"
    );
    assert_eq!(
        scene.store.read(|r| r.search_count("number1 ")).unwrap(),
        0,
        "and the line in the index"
    );
    scene.store.check().unwrap();
}

#[test]
fn the_servers_side_is_kept_apart() {
    let scene = Scene::new();
    let sync = SyncState {
        uid_validity: Some(u32::MAX),
        uid_next: Some(100),
        highest_modseq: Some(u64::MAX),
        backfill_below: Some(1),
    };
    scene
        .store
        .write(|w| {
            w.set_path(scene.inbox, Some("INBOX"), Some('/'))?;
            w.set_sync_state(scene.inbox, &sync)?;
            w.rename_mailbox(scene.archive, Some(scene.inbox), "Old")?;
            w.update_mailbox_facts(scene.archive, None, false)
        })
        .unwrap();
    let all = scene.store.read(|r| r.remote_mailboxes(scene.account)).unwrap();
    assert_eq!(all.len(), 3, "each mailbox has a server's side, if an empty one");
    let inbox = scene
        .store
        .read(|r| r.remote_mailbox(scene.inbox))
        .unwrap()
        .unwrap();
    assert_eq!(
        (inbox.path.as_deref(), inbox.delimiter),
        (Some("INBOX"), Some('/'))
    );
    assert_eq!(
        inbox.sync.uid_validity,
        Some(u32::MAX),
        "32 bits are enough for a UIDVALIDITY"
    );
    assert_eq!(
        inbox.sync.highest_modseq,
        Some(i64::MAX.unsigned_abs()),
        "a mod-sequence has 63 bits"
    );
    let archive = scene.store.read(|r| r.mailbox(scene.archive)).unwrap().unwrap();
    assert_eq!(
        (
            archive.parent,
            archive.name.as_str(),
            archive.role,
            archive.selectable
        ),
        (Some(scene.inbox), "Old", None, false)
    );
    let missing = scene.store.write(|w| w.rename_mailbox(MailboxId(999), None, "x"));
    assert!(
        matches!(
            missing,
            Err(StoreError::NoSuch {
                what: "mailbox",
                id: 999
            })
        ),
        "{missing:?}"
    );
}
