//! A store, or what is noted in it of the server, damaged in one way after another: an audit finds exactly that and
//! puts it right; and what is not told by a server without mod-sequences is found in a folder of several windows.

use waxwing_engine::{Action, MailboxAudit};
use waxwing_model::{Body, Email, Keyword, Keywords, Role};
use waxwing_store::{BodyFacts, NewEmail, SyncState};
use waxwing_testkit::{DovecotOptions, letters};

use crate::scene::{LENA, Scene, eventually};

const LETTERS: usize = 12;

/// Twelve letters in the inbox, all of them here, and a gap in the numbers: 12 is expunged, 13 is there.
async fn in_step() -> Scene {
    let scene = Scene::new(&DovecotOptions::default()).await;
    for number in 1..=LETTERS + 1 {
        let raw = letters::simple(
            "amara@waxwing.test",
            LENA,
            &format!("letter {number}"),
            "Good morning.",
        );
        scene.dovecot.deliver("lena", "INBOX", &raw).unwrap();
    }
    scene
        .dovecot
        .doveadm(&["expunge", "-u", LENA, "mailbox", "INBOX", "uid", "12"])
        .unwrap();
    scene.sync().await;
    assert_eq!(scene.letters(Role::Inbox).await.len(), LETTERS);
    scene
}

/// What the audit says of the inbox; of all other folders it has nothing to say.
async fn audit(scene: &Scene) -> MailboxAudit {
    let report = scene.engine().audit(&scene.account, None).await.unwrap();
    assert_eq!(report.errors, Vec::<String>::new(), "nothing went wrong");
    let mut inbox = None;
    for one in report.mailboxes {
        if one.path == "INBOX" {
            inbox = Some(one);
        } else {
            assert!(one.complete && one.is_in_step(), "{one}");
        }
    }
    inbox.expect("the inbox was audited")
}

/// What a person sees of the letters, and whether they could read them.
async fn shown(scene: &Scene) -> Vec<(String, Keywords, u32, Body)> {
    let mut shown: Vec<_> = scene
        .letters(Role::Inbox)
        .await
        .into_iter()
        .map(|email| (email.subject, email.keywords, email.size, email.body))
        .collect();
    shown.sort_by(|one, other| one.0.cmp(&other.0));
    shown
}

fn stranger(like: &Email, uid: Option<u32>) -> NewEmail {
    NewEmail {
        account: like.account,
        mailbox: like.mailboxes[0],
        uid,
        message_id: Some("stranger@waxwing.test".into()),
        in_reply_to: Vec::new(),
        references: Vec::new(),
        subject: "a stranger".into(),
        from: Vec::new(),
        to: Vec::new(),
        cc: Vec::new(),
        bcc: Vec::new(),
        reply_to: Vec::new(),
        sent_by: None,
        sent_at: None,
        received_at: like.received_at,
        size: 10,
        keywords: Keywords::none(),
        has_attachment: false,
        preview: String::new(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_put_right_where_nothing_is_wrong() {
    let scene = in_step().await;
    let audit = audit(&scene).await;
    assert!(audit.complete && audit.is_in_step(), "{audit}");
    assert_eq!(audit.compared as usize, LETTERS);
    let again = scene.sync().await;
    assert!(
        again.round_trips <= 6,
        "nor does it leave anything to be done: {} round trips",
        again.round_trips
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn each_damage_is_found_and_nothing_else_is_touched() {
    type Damage = fn(&mut waxwing_store::Writing<'_>, &Email) -> Result<(), waxwing_store::StoreError>;
    type Found = fn(&mut MailboxAudit);
    let damages: [(&str, Damage, Found); 9] = [
        (
            "a number was lost",
            |w, letter| {
                let at = w.locations(&[letter.id])?[0];
                w.remove_location(at.mailbox, at.uid).map(drop)
            },
            |audit| audit.missing = 1,
        ),
        (
            "a letter was lost",
            |w, letter| w.remove_email(letter.id),
            |audit| audit.missing = 1,
        ),
        (
            "a letter that the server does not have",
            |w, letter| w.insert_email(&stranger(letter, Some(12))).map(drop),
            |audit| audit.gone = 1,
        ),
        (
            "a letter that has no number",
            |w, letter| w.insert_email(&stranger(letter, None)).map(drop),
            // The synchronisation that comes before the comparison takes it away already.
            |_| (),
        ),
        (
            "a deleted message that the server does not have",
            |w, letter| w.note_deleted(letter.mailboxes[0], 12),
            |audit| audit.gone = 1,
        ),
        (
            "other marks",
            |w, letter| w.set_keywords(letter.id, &Keywords::only(Keyword::FLAGGED)),
            |audit| audit.marks = 1,
        ),
        (
            "a letter that is not shown",
            |w, letter| w.set_mailboxes(letter.id, &[]),
            |audit| audit.places = 1,
        ),
        (
            "a body that was cut",
            |w, letter| {
                w.put_body(
                    letter.id,
                    b"Subject: letter 5\r\n\r\nGood mor",
                    &BodyFacts::default(),
                )
            },
            |audit| audit.bodies = 1,
        ),
        (
            "another size",
            |w, letter| {
                w.forget_body(letter.id)?;
                w.set_size(letter.id, 7)
            },
            |audit| audit.sizes = 1,
        ),
    ];
    let mut scene = in_step().await;
    let before = shown(&scene).await;
    for (what, damage, found) in damages {
        let letter = scene.letter(Role::Inbox, "letter 5").await;
        scene.behind(|w| damage(w, &letter)).await;
        assert_ne!(
            (
                shown(&scene).await,
                what.contains("message") || what.contains("number")
            ),
            (before.clone(), false),
            "{what}: it can be seen"
        );
        let audit = audit(&scene).await;
        let mut expected = audit.clone();
        (expected.missing, expected.gone, expected.marks) = (0, 0, 0);
        (expected.sizes, expected.bodies, expected.places) = (0, 0, 0);
        found(&mut expected);
        assert_eq!(audit, expected, "{what}");
        assert!(audit.complete, "{what}");
        // Bodies are fetched by the synchronisation.
        scene.sync().await;
        assert_eq!(shown(&scene).await, before, "{what}: all is as it was");
        let again = self::audit(&scene).await;
        assert!(again.is_in_step(), "{what}: once is enough: {again}");
        scene.engine().check_store().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_that_was_never_told_is_found() {
    let mut scene = in_step().await;
    let inbox = scene.mailbox(Role::Inbox).await.id;
    let doveadm = |arguments: &[&str]| scene.dovecot.doveadm(arguments).unwrap();
    doveadm(&[
        "flags", "add", "-u", LENA, "\\Seen", "mailbox", "INBOX", "uid", "3",
    ]);
    let status = doveadm(&["mailbox", "status", "-u", LENA, "highestmodseq", "INBOX"]);
    let modseq: u64 = status.trim().rsplit('=').next().unwrap().parse().unwrap();
    scene
        .behind(|w| {
            let sync = w.remote_mailbox(inbox)?.unwrap().sync;
            w.set_sync_state(
                inbox,
                &SyncState {
                    highest_modseq: Some(modseq),
                    ..sync
                },
            )
        })
        .await;
    scene.sync().await;
    let seen = |letters: Vec<Email>| {
        letters
            .iter()
            .filter(|email| email.keywords.has(Keyword::SEEN))
            .count()
    };
    assert_eq!(
        seen(scene.letters(Role::Inbox).await),
        0,
        "synchronisation believes what it noted"
    );
    let audit = audit(&scene).await;
    assert_eq!(audit.marks, 1, "{audit}");
    assert_eq!(seen(scene.letters(Role::Inbox).await), 1, "an audit does not");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_audit_that_is_due_runs_by_itself_and_not_before() {
    let mut scene = in_step().await;
    let (inbox, letter) = (
        scene.mailbox(Role::Inbox).await.id,
        scene.letter(Role::Inbox, "letter 5").await.id,
    );
    let starred = Keywords::only(Keyword::FLAGGED);
    scene
        .behind(|w| {
            w.set_audited(inbox, 0)?;
            w.set_keywords(letter, &starred)
        })
        .await;
    scene.engine().start().await.unwrap();
    eventually("an audit that was due", || async {
        let letters = scene.engine().emails(vec![letter]).await.unwrap();
        letters[0].keywords.is_empty()
    })
    .await;
    // It is not due now, so the same damage stays until it is.
    scene.behind(|w| w.set_keywords(letter, &starred)).await;
    scene.engine().start().await.unwrap();
    eventually("the synchronisation", || async {
        matches!(
            scene.engine().activity(scene.account.id),
            waxwing_model::Activity::UpToDate { .. }
        )
    })
    .await;
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    let letters = scene.engine().emails(vec![letter]).await.unwrap();
    assert_eq!(letters[0].keywords, starred);
    scene.engine().stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_done_while_a_folder_is_being_numbered_anew_is_not_lost() {
    let mut scene = in_step().await;
    let inbox = scene.mailbox(Role::Inbox).await.id;
    scene.dovecot.invalidate("lena", "INBOX").unwrap();
    let status = scene
        .dovecot
        .doveadm(&["mailbox", "status", "-u", LENA, "uidvalidity", "INBOX"])
        .unwrap();
    let uid_validity: u32 = status.trim().rsplit('=').next().unwrap().parse().unwrap();
    // As it stands when the program is killed right after it has noticed.
    scene
        .behind(|w| {
            w.forget_locations(inbox)?;
            let sync = w.remote_mailbox(inbox)?.unwrap().sync;
            w.set_sync_state(
                inbox,
                &SyncState {
                    uid_validity: Some(uid_validity),
                    highest_modseq: None,
                    backfill_below: sync.uid_next,
                    ..sync
                },
            )
        })
        .await;
    let (starred, moved) = (
        scene.letter(Role::Inbox, "letter 5").await,
        scene.letter(Role::Inbox, "letter 7").await,
    );
    scene
        .engine()
        .perform(Action::SetKeywords {
            emails: vec![starred.id],
            add: Keywords::only(Keyword::FLAGGED),
            remove: Keywords::none(),
        })
        .await
        .unwrap();
    scene
        .engine()
        .perform(Action::MoveToRole {
            emails: vec![moved.id],
            role: Role::Archive,
        })
        .await
        .unwrap();
    let report = scene.sync().await;
    assert_eq!(report.new, 0, "nothing came a second time");
    assert_eq!(scene.letters(Role::Inbox).await.len(), LETTERS - 1);
    assert_eq!(
        scene.letter(Role::Archive, "letter 7").await.id,
        moved.id,
        "it is the same letter"
    );
    assert_eq!(
        scene.letter(Role::Inbox, "letter 5").await.keywords,
        Keywords::only(Keyword::FLAGGED)
    );
    let count = |query: &[&str]| {
        let arguments = [&["search", "-u", LENA], query].concat();
        scene.dovecot.doveadm(&arguments).unwrap().lines().count()
    };
    assert_eq!(
        (
            count(&["mailbox", "INBOX", "flagged"]),
            count(&["mailbox", "INBOX", "all"]),
            count(&["mailbox", "Archive", "all"])
        ),
        (1, LETTERS - 1, 1),
        "and the server has heard of both"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn without_mod_sequences_a_folder_of_several_windows_is_compared_whole() {
    const MANY: usize = 5_020;
    let options = DovecotOptions {
        capabilities: Some("IMAP4rev1 SASL-IR LITERAL+ UIDPLUS MOVE LIST-EXTENDED SPECIAL-USE".into()),
        ..DovecotOptions::default()
    };
    let scene = Scene::new(&options).await;
    for number in 1..=MANY {
        let raw = format!("Subject: {number}\r\nMessage-ID: <{number}@waxwing.test>\r\n\r\nx\r\n");
        scene.dovecot.deliver("lena", "INBOX", raw.as_bytes()).unwrap();
    }
    let scope = waxwing_engine::SyncScope::HeadersOnly;
    let report = scene.engine().sync_once(&scene.account, scope).await;
    assert_eq!((report.errors.len(), report.messages as usize), (0, MANY));
    let doveadm = |arguments: &[&str]| scene.dovecot.doveadm(arguments).unwrap();
    // On both sides of the edge between two windows, and at the ends.
    let uids = "1,4999:5002,5020";
    doveadm(&[
        "flags", "add", "-u", LENA, "\\Seen", "mailbox", "INBOX", "uid", uids,
    ]);
    doveadm(&[
        "expunge",
        "-u",
        LENA,
        "mailbox",
        "INBOX",
        "uid",
        "2,4998,5003,5019",
    ]);
    let report = scene.engine().sync_once(&scene.account, scope).await;
    assert_eq!(report.errors, Vec::<String>::new());
    let inbox = scene.mailbox(Role::Inbox).await;
    assert_eq!(
        (inbox.total as usize, inbox.unread as usize, report.new),
        (MANY - 4, MANY - 10, 0)
    );
    let letters = scene.letters(Role::Inbox).await;
    let mut seen: Vec<u32> = letters
        .iter()
        .filter(|email| email.keywords.has(Keyword::SEEN))
        .map(|email| email.subject.parse().unwrap())
        .collect();
    seen.sort_unstable();
    assert_eq!(seen, [1, 4_999, 5_000, 5_001, 5_002, 5_020]);
}
