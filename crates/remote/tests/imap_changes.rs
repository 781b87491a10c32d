//! What is done to mail over IMAP, against a real Dovecot: folders, moves, deletions and copies. Nobody else's mail
//! is touched.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops where it fails"
)]

mod stage;

use stage::{connect, deliver, letter, old, start};
use waxwing_model::{Keyword, Keywords, Role};
use waxwing_remote::RemoteError;
use waxwing_remote::imap::{Session, Try, UidSet};
use waxwing_testkit::DovecotOptions;

#[tokio::test]
async fn folders_are_listed_made_renamed_and_deleted_whatever_their_names() {
    for separator in ['/', '.'] {
        let prefix = if separator == '.' { "INBOX." } else { "" };
        let dovecot = start(&DovecotOptions {
            separator,
            prefix: prefix.into(),
            ..DovecotOptions::default()
        });
        let mut session = connect(&dovecot).await;
        let list = session.list().await.unwrap();
        assert_eq!(list[0].path, "INBOX", "the inbox comes first");
        for role in [
            Role::Inbox,
            Role::Drafts,
            Role::Sent,
            Role::Trash,
            Role::Junk,
            Role::Archive,
        ] {
            let of_role: Vec<_> = list.iter().filter(|mailbox| mailbox.role == Some(role)).collect();
            assert_eq!(of_role.len(), 1, "{role:?} is told once in {list:?}");
            assert!(
                of_role[0].subscribed || role == Role::Inbox,
                "{role:?} is subscribed"
            );
        }
        let root = session.root().await.unwrap();
        assert_eq!((root.prefix.as_str(), root.delimiter), (prefix, Some(separator)));

        for name in ["Entwürfe & Co", "日本語", "a \"b\" c", "per%cent*", "😀"] {
            let path = format!(
                "{prefix}{}",
                Session::encode_path(&[name, "inner"], root.delimiter)
            );
            session
                .create(&path)
                .await
                .unwrap_or_else(|error| panic!("{name}: {error}"));
            session.subscribe(&path).await.unwrap();
            let list = session.list().await.unwrap();
            let made = list.iter().find(|mailbox| mailbox.path == path).expect(name);
            let shown = &made.parts[made.parts.len() - 2..];
            assert_eq!(shown, [name, "inner"], "people see the names that they gave");
            assert!(made.subscribed && made.selectable);
            assert_eq!(session.status(&path).await.unwrap().messages, 0);

            let renamed = format!("{prefix}{}", Session::encode_path(&["moved"], root.delimiter));
            session.rename(&path, &renamed).await.unwrap();
            session.select(&renamed).await.unwrap();
            session.delete(&renamed).await.unwrap();
            assert_eq!(session.selected(), None, "what is deleted is not selected");
            assert!(
                matches!(session.select(&renamed).await, Err(RemoteError::Refused { .. })),
                "it is gone"
            );
        }
        assert!(
            matches!(session.create("INBOX").await, Err(RemoteError::Refused { .. })),
            "there is one inbox"
        );
        assert!(matches!(
            session.status("nowhere").await,
            Err(RemoteError::Refused { .. })
        ));
    }
}

#[tokio::test]
async fn a_move_brings_letters_over_with_and_without_the_extensions() {
    // Dovecot tells the new places whether it announces UIDPLUS or not; servers that do not are in the unit tests.
    for capabilities in [None, Some("UIDPLUS NAMESPACE"), Some("NAMESPACE")] {
        let options = capabilities.map_or_else(DovecotOptions::default, old);
        let dovecot = start(&options);
        for subject in ["one", "two", "three"] {
            deliver(&dovecot, "INBOX", &letter(subject));
        }
        let mut session = connect(&dovecot).await;
        session.select("INBOX").await.unwrap();
        let uids = session.uids().await.unwrap();
        let body = session.fetch_body(uids[1]).await.unwrap();
        // One that does not exist goes along.
        let set = UidSet::from_uids(&[uids[1], uids[2], 9_999]);
        let before = session.before("Archive").await.unwrap();
        let moved = session
            .move_messages(&set, "Archive", before, Try::First)
            .await
            .unwrap();
        assert_eq!(
            session.uids().await.unwrap(),
            [uids[0]],
            "{capabilities:?}: the others are gone from here"
        );
        let selected = session.select("Archive").await.unwrap();
        assert_eq!(selected.exists, 2, "{capabilities:?}: and are there");
        assert_eq!(moved.uid_validity, Some(selected.uid_validity));
        let new = moved
            .pairs
            .iter()
            .find(|(old, _)| *old == uids[1])
            .expect("its new place is told")
            .1;
        assert_eq!(
            session.fetch_body(new).await.unwrap(),
            body,
            "the same letter, to the byte"
        );
        let refused = session.before("Nowhere").await;
        assert!(matches!(refused, Err(RemoteError::Refused { .. })), "{refused:?}");
        let refused = session
            .move_messages(&UidSet::all(), "Nowhere", before, Try::First)
            .await;
        assert!(matches!(refused, Err(RemoteError::Refused { .. })), "{refused:?}");
        assert_eq!(
            session.uids().await.unwrap().len(),
            2,
            "{capabilities:?}: nothing is lost by a failed move"
        );
    }
}

#[tokio::test]
async fn only_what_was_named_is_destroyed() {
    for capabilities in [None, Some("NAMESPACE")] {
        let options = capabilities.map_or_else(DovecotOptions::default, old);
        let dovecot = start(&options);
        dovecot
            .deliver_with_flags("lena", "INBOX", &letter("marked by another client"), "T")
            .unwrap();
        deliver(&dovecot, "INBOX", &letter("ours to delete"));
        deliver(&dovecot, "INBOX", &letter("to stay"));
        let mut session = connect(&dovecot).await;
        session.select("INBOX").await.unwrap();
        let uids = session.uids().await.unwrap();
        // The list holds the one that is marked as well.
        session.destroy(&UidSet::from_uids(&uids[1..2])).await.unwrap();
        let there = session.uids().await.unwrap();
        assert!(
            there.contains(&uids[0]) && there.contains(&uids[2]),
            "{capabilities:?}: only what was named goes: {there:?}"
        );
        let left = session.select("INBOX").await.unwrap().exists;
        let expected = if capabilities.is_none() { 2 } else { 3 };
        assert_eq!(
            left, expected,
            "{capabilities:?}: what another client has marked is still on the server"
        );
    }
}

#[tokio::test]
async fn an_append_is_found_again() {
    let dovecot = start(&DovecotOptions::default());
    let mut session = connect(&dovecot).await;
    let raw = b"Message-ID: <sent-1@waxwing.test>\r\nSubject: =?utf-8?q?gr=C3=BC=C3=9Fe?=\r\n\r\nbody\r\n";
    let keywords = Keywords::only(Keyword::SEEN);
    let place = session
        .append("Sent", &keywords, Some(1_700_000_000_000), raw)
        .await
        .unwrap();
    let (uid_validity, uid) = place.expect("Dovecot has UIDPLUS");
    assert_eq!(
        session
            .find_message_id("Sent", "sent-1@waxwing.test")
            .await
            .unwrap(),
        [uid]
    );
    assert_eq!(
        session
            .find_message_id("Sent", "ent-1@waxwing.test")
            .await
            .unwrap(),
        Vec::<u32>::new(),
        "not by half"
    );
    assert_eq!(session.select("Sent").await.unwrap().uid_validity, uid_validity);
    let mut headers = Vec::new();
    session
        .fetch_headers(&UidSet::from_uids(&[uid]), &mut |header| headers.push(header))
        .await
        .unwrap();
    assert_eq!(
        (headers[0].received_at, &headers[0].keywords),
        (1_700_000_000_000, &keywords)
    );
    assert_eq!(session.fetch_body(uid).await.unwrap().unwrap(), raw);
    // Larger than what goes out without asking.
    let large = [raw.as_slice(), &vec![b'x'; 3_000_000]].concat();
    session
        .append("Sent", &Keywords::none(), None, &large)
        .await
        .unwrap();
    assert!(matches!(
        session.append("Nowhere", &keywords, None, raw).await,
        Err(RemoteError::Refused { .. })
    ));
    assert!(
        session.noop().await.is_ok(),
        "a refused letter does not disturb what follows"
    );
}

#[tokio::test]
async fn a_full_mailbox_refuses_and_the_session_goes_on() {
    let dovecot = start(&DovecotOptions {
        quota: Some("20K".into()),
        ..DovecotOptions::default()
    });
    let mut session = connect(&dovecot).await;
    let refused = session
        .append("Sent", &Keywords::none(), None, &vec![b'x'; 200_000])
        .await;
    let Err(RemoteError::Refused { reply, .. }) = &refused else {
        panic!("{refused:?}")
    };
    assert!(reply.contains("OVERQUOTA"), "{reply} says why");
    session
        .append("Sent", &Keywords::none(), None, &letter("small"))
        .await
        .expect("a small one still fits");
}
