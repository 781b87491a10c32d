//! From POP3 to IMAP.

use journeys::{on_disk, on_server};
use waxwing_engine::{Action, FolderCount, OnlyHere};
use waxwing_model::{Body, Keyword, Keywords, Protocol, Retention, Role};
use waxwing_testkit::letters;

use super::{Outcome, Scene, imap, letter, nameless};

fn counts(folders: &[FolderCount]) -> Vec<(&str, u32)> {
    folders
        .iter()
        .map(|one| (one.name.as_str(), one.letters))
        .collect()
}

/// Six letters come by POP3. One of them is flagged and has a word of lena's own, one is filed in a folder of hers, and one
/// is gone from the server since; another one was never here, and a folder of the server's that POP3 does not see has two.
async fn both_sides(scene: &mut Scene) -> Outcome {
    for subject in ["plain", "marked", "filed", "only here"] {
        scene.put("INBOX", &letter(subject))?;
    }
    scene.put("INBOX", &nameless("cron", "Disk full."))?;
    scene.put("INBOX", &nameless("cron", "Disk full again."))?;
    scene.look().await;
    let marked = scene.id(Role::Inbox, "marked").await?;
    let engine = &scene.lena.engine;
    engine
        .perform(Action::SetKeywords {
            emails: vec![marked],
            add: Keywords::only(Keyword::FLAGGED)
                .with(Keyword::SEEN)
                .with("boathouse"),
            remove: Keywords::none(),
        })
        .await?;
    engine
        .perform(Action::CreateMailbox {
            account: scene.account.id,
            parent: None,
            name: "Boathouse".into(),
        })
        .await?;
    let boathouse = scene.lena.folder_named("Boathouse").await.ok_or("the folder")?;
    let filed = scene.id(Role::Inbox, "filed").await?;
    engine
        .perform(Action::Move {
            emails: vec![filed],
            to: boathouse.id,
        })
        .await?;
    scene.expunge("INBOX", "only here")?;
    scene.put("INBOX", &letter("new"))?;
    scene.put("Projects", &letter("lighthouse one"))?;
    scene.put("Projects", &letter("lighthouse two"))?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_on_both_sides_is_counted_and_a_dry_run_changes_nothing() -> Outcome {
    let mut scene = Scene::new(Protocol::Pop3).await?;
    both_sides(&mut scene).await?;
    let before = on_server(&scene.stage.dovecot, "lena");
    let held = scene.lena.held(&scene.account).await;
    let change = scene.change(Protocol::Imap, OnlyHere::Upload);
    let plan = imap(scene.lena.engine.plan_protocol(&change).await?)?;
    assert_eq!(plan.both, 5, "on both sides, two without a Message-ID among them");
    assert_eq!(
        counts(&plan.only_server),
        [("INBOX", 1), ("Projects", 2)],
        "only there"
    );
    assert_eq!(counts(&plan.only_here), [("Inbox", 1)], "only here");
    assert_eq!(plan.deleted_here, 0, "nothing was deleted here");
    assert_eq!(
        on_server(&scene.stage.dovecot, "lena"),
        before,
        "nothing is different there"
    );
    assert_eq!(scene.lena.held(&scene.account).await, held, "nor here");
    assert_eq!(
        scene.lena.account(scene.account.id).await,
        scene.account,
        "it is the account that it was"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_becomes_imap_with_all_it_has_and_what_was_only_here_is_uploaded() -> Outcome {
    let mut scene = Scene::new(Protocol::Pop3).await?;
    both_sides(&mut scene).await?;
    let ids = [
        scene.id(Role::Inbox, "plain").await?,
        scene.id(Role::Inbox, "marked").await?,
        scene.id(Role::Inbox, "only here").await?,
    ];
    let received = scene
        .lena
        .letter(Role::Inbox, "only here")
        .await
        .ok_or("it")?
        .received_at;
    let change = scene.change(Protocol::Imap, OnlyHere::Upload);
    let changed = scene.lena.engine.change_protocol(&change).await?;
    assert_eq!((changed.uploading, changed.kept), (1, 0), "one goes up");
    let fetched_before = scene.bodies_fetched();
    scene.look().await;
    assert_eq!(
        scene.bodies_fetched() - fetched_before,
        // The one that was put there is read back; those that were only there come folder by folder.
        3,
        "nothing that is here is fetched again"
    );
    assert_eq!(scene.account.protocol, Protocol::Imap, "it is an IMAP account");
    let held = scene.lena.held(&scene.account).await;
    assert_eq!(
        held,
        on_server(&scene.stage.dovecot, "lena"),
        "both sides have the same"
    );
    let subjects: Vec<(&str, &str)> = held
        .iter()
        .map(|one| (one.folder.as_str(), one.subject.as_str()))
        .collect();
    assert_eq!(
        subjects,
        [
            ("Boathouse", "filed"),
            ("INBOX", "cron"),
            ("INBOX", "cron"),
            ("INBOX", "marked"),
            ("INBOX", "new"),
            ("INBOX", "only here"),
            ("INBOX", "plain"),
            ("Projects", "lighthouse one"),
            ("Projects", "lighthouse two"),
        ],
        "each once, where it was filed"
    );
    for (subject, id) in ["plain", "marked", "only here"].into_iter().zip(ids) {
        let now = scene.lena.letter(Role::Inbox, subject).await.ok_or("it")?;
        assert_eq!(
            (now.id, now.body),
            (id, Body::Complete),
            "{subject} is the letter that it was"
        );
    }
    let marked = scene.lena.letter(Role::Inbox, "marked").await.ok_or("marked")?;
    assert!(marked.keywords.has("boathouse"), "its own word stays");
    let flags = scene.stage.dovecot.doveadm(&[
        "fetch",
        "-u",
        "lena@waxwing.test",
        "flags",
        "mailbox",
        "INBOX",
        "subject",
        "marked",
    ])?;
    for flag in ["\\Seen", "\\Flagged", "boathouse"] {
        assert!(flags.contains(flag), "the server has {flag} too: {flags}");
    }
    let uploaded = scene.stage.dovecot.doveadm(&[
        "fetch",
        "-u",
        "lena@waxwing.test",
        "date.received.unixtime",
        "mailbox",
        "INBOX",
        "subject",
        "only here",
    ])?;
    assert!(
        uploaded.contains(&(received / 1000).to_string()),
        "the moment at which it came goes along: {uploaded} {received}"
    );
    assert_eq!(scene.look().await, 0, "nothing comes after that");
    let whole = scene.lena.engine.check_store().await;
    assert!(whole.is_ok(), "the store is whole");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_only_here_stays_in_local_folders_if_that_is_chosen() -> Outcome {
    let mut scene = Scene::new(Protocol::Pop3).await?;
    both_sides(&mut scene).await?;
    let before = on_server(&scene.stage.dovecot, "lena").len();
    let change = scene.change(Protocol::Imap, OnlyHere::Keep);
    let changed = scene.lena.engine.change_protocol(&change).await?;
    assert_eq!((changed.uploading, changed.kept), (0, 1), "one is kept");
    scene.look().await;
    assert_eq!(
        on_server(&scene.stage.dovecot, "lena").len(),
        before,
        "the server has what it had"
    );
    assert_eq!(
        scene.lena.held(&scene.account).await,
        on_server(&scene.stage.dovecot, "lena"),
        "and the account the same"
    );
    let accounts = scene.lena.engine.accounts().await?;
    let local = accounts
        .into_iter()
        .find(|account| account.protocol == Protocol::Local)
        .ok_or("local folders")?;
    let kept = scene.lena.held(&local).await;
    let kept: Vec<(&str, &str)> = kept
        .iter()
        .map(|one| (one.folder.as_str(), one.subject.as_str()))
        .collect();
    assert_eq!(
        kept,
        [("lena@waxwing.test/Inbox", "only here")],
        "under the account's name"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn of_letters_that_are_alike_each_finds_its_own_and_a_third_one_is_only_here() -> Outcome {
    let mut scene = Scene::new(Protocol::Pop3).await?;
    for _ in 0..3 {
        scene.put("INBOX", &letter("twin"))?;
        scene.put("INBOX", &nameless("drone", "Humming."))?;
    }
    scene.look().await;
    // One of each goes on the server.
    for subject in ["twin", "drone"] {
        let listed = scene.stage.dovecot.doveadm(&[
            "search",
            "-u",
            "lena@waxwing.test",
            "mailbox",
            "INBOX",
            "subject",
            subject,
        ])?;
        let uid = listed.split_whitespace().nth(1).ok_or("a number")?;
        scene.stage.dovecot.doveadm(&[
            "expunge",
            "-u",
            "lena@waxwing.test",
            "mailbox",
            "INBOX",
            "uid",
            uid,
        ])?;
    }
    let change = scene.change(Protocol::Imap, OnlyHere::Upload);
    let plan = imap(scene.lena.engine.plan_protocol(&change).await?)?;
    assert_eq!(
        (plan.both, counts(&plan.only_here)),
        (4, vec![("Inbox", 2)]),
        "two of each there"
    );
    scene.lena.engine.change_protocol(&change).await?;
    scene.look().await;
    for subject in ["twin", "drone"] {
        let (there, _) = on_disk(&scene.stage.dovecot, "lena", "INBOX", subject);
        assert_eq!(there, 3, "{subject}: three there");
    }
    assert_eq!(
        scene.lena.held(&scene.account).await,
        on_server(&scene.stage.dovecot, "lena"),
        "and three here"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn large_letters_are_matched_by_their_headers_and_cost_their_headers_only() -> Outcome {
    let mut scene = Scene::new(Protocol::Pop3).await?;
    let body = "All about the harbour. ".repeat(20_000);
    for number in 0..8 {
        let subject = format!("report {number}");
        let raw = letters::simple("amara@waxwing.test", "lena@waxwing.test", &subject, &body);
        scene.put("INBOX", &raw)?;
    }
    scene.look().await;
    let change = scene.change(Protocol::Imap, OnlyHere::Upload);
    let changed = scene.lena.engine.change_protocol(&change).await?;
    assert_eq!(imap(changed.plan)?.both, 8, "all are on both sides");
    scene.look().await;
    let heard = scene.proxy.bytes(waxwing_testkit::proxy::Direction::ToClient);
    assert!(heard < 100_000, "{heard} bytes for letters of {}", 8 * body.len());
    assert_eq!(scene.bodies_fetched(), 0, "no text was fetched");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_deleted_here_alone_comes_back_unless_deletions_were_to_reach_the_server() -> Outcome {
    for (retention, folder) in [
        (Retention::Keep, "INBOX"),
        (Retention::RemoveWhenDeleted, "Trash"),
    ] {
        let mut scene = Scene::new(Protocol::Pop3).await?;
        scene.put("INBOX", &letter("thrown away"))?;
        scene.look().await;
        scene
            .lena
            .engine
            .set_retention(scene.account.id, retention)
            .await?;
        let emails = vec![scene.id(Role::Inbox, "thrown away").await?];
        scene.lena.engine.perform(Action::Delete { emails }).await?;
        let change = scene.change(Protocol::Imap, OnlyHere::Upload);
        scene.lena.engine.change_protocol(&change).await?;
        scene.look().await;
        let held = on_server(&scene.stage.dovecot, "lena");
        let folders: Vec<&str> = held.iter().map(|one| one.folder.as_str()).collect();
        assert_eq!(folders, [folder], "{retention:?}: the server has it, and there");
        assert_eq!(
            scene.lena.held(&scene.account).await,
            held,
            "{retention:?}: and so it is shown"
        );
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_of_which_only_the_header_is_here_is_matched_or_brought_first() -> Outcome {
    let mut scene = Scene::new(Protocol::Pop3).await?;
    let body = "All about the harbour. ".repeat(60_000);
    for subject in ["large", "nameless and large"] {
        let raw = match subject {
            "large" => letters::simple("amara@waxwing.test", "lena@waxwing.test", subject, &body),
            _ => nameless(subject, &body),
        };
        scene.put("INBOX", &raw)?;
    }
    let mut keeping = scene.account.keeping;
    keeping.large = Some(1);
    scene.lena.engine.set_keeping(scene.account.id, keeping).await?;
    scene.look().await;
    let large = scene.lena.letter(Role::Inbox, "large").await.ok_or("large")?;
    assert_eq!(large.body, Body::Absent, "its rest waits on the server");
    let change = scene.change(Protocol::Imap, OnlyHere::Upload);
    let changed = scene.lena.engine.change_protocol(&change).await?;
    assert_eq!(
        (imap(changed.plan)?.both, changed.uploading),
        (2, 0),
        "both are on both sides"
    );
    Ok(())
}
