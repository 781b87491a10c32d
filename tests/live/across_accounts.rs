//! Letters that move and are copied between accounts, against real servers: what is shown, what arrives, what goes, and
//! when. The same with the connection cut at every place is in `across_accounts_cut`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops where it fails"
)]

use journeys::{Person, deliver, eventually, form, form_at, on_disk};
use waxwing_engine::{Action, SyncScope};
use waxwing_model::{
    Account, AccountId, Body, Change, EmailId, Keyword, Keywords, Mailbox, Protocol, Role, TroubleKind,
};
use waxwing_testkit::{Dovecot, DovecotOptions, Stage};

type Outcome = Result<(), Box<dyn std::error::Error>>;

/// The mailbox with a role in one of several accounts.
async fn folder(person: &Person, account: AccountId, role: Role) -> Mailbox {
    let mailboxes = person.engine.mailboxes().await.expect("the folders can be read");
    mailboxes
        .into_iter()
        .find(|mailbox| mailbox.account == account && mailbox.role == Some(role))
        .unwrap_or_else(|| panic!("{account} has a {role:?}"))
}

async fn subjects(person: &Person, account: AccountId, role: Role) -> Vec<String> {
    let mailbox = folder(person, account, role).await;
    let letters = person.letters(&mailbox).await;
    letters.into_iter().map(|email| email.subject).collect()
}

async fn only(person: &Person, account: AccountId, role: Role) -> EmailId {
    let mailbox = folder(person, account, role).await;
    let letters = person.letters(&mailbox).await;
    assert_eq!(letters.len(), 1, "one letter is in {role:?} of {account}");
    letters[0].id
}

/// lena and jonas, both on one server, nothing running. lena has one letter with its body here, unless only its header
/// is wanted.
async fn two_accounts(stage: &Stage, scope: SyncScope) -> (Person, Account, Account) {
    deliver(&stage.dovecot, "lena", "Lighthouse");
    let person = Person::new().await;
    let lena = person.add_quietly(form(stage, "lena", Protocol::Imap)).await;
    let jonas = person.add_quietly(form(stage, "jonas", Protocol::Imap)).await;
    for account in [&lena, &jonas] {
        let report = person.engine.sync_once(account, scope).await;
        assert_eq!(
            report.errors,
            Vec::<String>::new(),
            "{} is in step",
            account.email
        );
    }
    (person, lena, jonas)
}

async fn move_lighthouse(
    person: &Person,
    from: &Account,
    to: &Account,
) -> Result<waxwing_model::ActionId, Box<dyn std::error::Error>> {
    let email = only(person, from.id, Role::Inbox).await;
    let to = folder(person, to.id, Role::Archive).await.id;
    let performed = person
        .engine
        .perform(Action::Move {
            emails: vec![email],
            to,
        })
        .await?;
    assert_eq!(performed.affected, 1, "one letter is different now");
    Ok(performed.undo.ok_or("it can be undone")?)
}

/// On the server's disk: in lena's inbox, and in jonas' archive.
fn places(dovecot: &Dovecot) -> (usize, usize) {
    (
        on_disk(dovecot, "lena", "INBOX", "Lighthouse").0,
        on_disk(dovecot, "jonas", "Archive", "Lighthouse").0,
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_moves_with_its_marks_and_its_date_and_is_shown_at_once() -> Outcome {
    let stage = Stage::start()?;
    let (person, lena, jonas) = two_accounts(&stage, SyncScope::Everything).await;
    let letter = person
        .letter(Role::Inbox, "Lighthouse")
        .await
        .ok_or("the letter")?;
    person
        .engine
        .perform(Action::SetKeywords {
            emails: vec![letter.id],
            add: Keywords::only(Keyword::FLAGGED)
                .with(Keyword::FORWARDED)
                .with("harbour"),
            remove: Keywords::none(),
        })
        .await?;
    stage.dovecot.stop();
    move_lighthouse(&person, &lena, &jonas).await?;
    assert_eq!(
        subjects(&person, lena.id, Role::Inbox).await,
        Vec::<String>::new()
    );
    assert_eq!(
        subjects(&person, jonas.id, Role::Archive).await,
        ["Lighthouse"],
        "it is shown there at once, without any server"
    );
    let moved = only(&person, jonas.id, Role::Archive).await;
    let raw = person.engine.raw(moved).await?;

    // Days later, with the program started anew.
    let person = person.restart().await;
    stage.dovecot.restart()?;
    person.engine.push_once(&lena).await?;
    assert_eq!(
        places(&stage.dovecot),
        (1, 0),
        "lena's server keeps it until jonas' has it"
    );
    person.engine.push_once(&jonas).await?;
    assert_eq!(
        places(&stage.dovecot),
        (1, 1),
        "both have it until lena's hears of it"
    );
    person.engine.push_once(&lena).await?;
    assert_eq!(places(&stage.dovecot), (0, 1), "now it has moved");

    let told = stage.dovecot.doveadm(&[
        "fetch",
        "-u",
        "jonas@waxwing.test",
        "flags date.received",
        "mailbox",
        "Archive",
        "all",
    ])?;
    for mark in ["\\Flagged", "$forwarded", "harbour"] {
        assert!(
            told.to_lowercase().contains(&mark.to_lowercase()),
            "{mark} is there: {told}"
        );
    }
    let on_server = stage.dovecot.letters("jonas", "Archive")?;
    let text = |raw: &[u8]| String::from_utf8_lossy(raw).replace("\r\n", "\n");
    assert_eq!(text(&on_server[0]), text(&raw), "every byte of it");
    for account in [&lena, &jonas] {
        person.engine.sync_once(account, SyncScope::Everything).await;
    }
    let there = person.engine.emails(vec![moved]).await?;
    assert_eq!(there.len(), 1, "it is the same letter after a look at the server");
    assert_eq!(
        there[0].received_at, letter.received_at,
        "it arrived when it arrived"
    );
    assert_eq!(there[0].body, Body::Complete, "nothing was downloaded again");
    assert!(there[0].keywords.has("harbour"), "its marks are its own");
    assert_eq!(
        (
            subjects(&person, lena.id, Role::Inbox).await.len(),
            subjects(&person, jonas.id, Role::Archive).await.len()
        ),
        (0, 1)
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_whose_text_is_not_here_is_fetched_first_while_everything_runs() -> Outcome {
    let stage = Stage::start()?;
    let (person, lena, jonas) = two_accounts(&stage, SyncScope::HeadersOnly).await;
    move_lighthouse(&person, &lena, &jonas).await?;
    let moved = only(&person, jonas.id, Role::Archive).await;
    assert_eq!(
        person.engine.emails(vec![moved]).await?[0].body,
        Body::Absent,
        "only its header is here"
    );
    person.engine.start().await?;
    eventually("the letter to have moved", || async {
        (places(&stage.dovecot) == (0, 1)).then_some(())
    })
    .await;
    eventually("both journals to be done", || async {
        let mut waiting = false;
        for account in [lena.id, jonas.id] {
            waiting |= person.engine.has_pending_operations(account).await.ok()?;
        }
        (!waiting).then_some(())
    })
    .await;
    person.engine.stop().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_on_its_way_can_be_read_and_marked_and_moved_on() -> Outcome {
    let stage = Stage::start()?;
    let (person, lena, jonas) = two_accounts(&stage, SyncScope::HeadersOnly).await;
    move_lighthouse(&person, &lena, &jonas).await?;
    let moved = only(&person, jonas.id, Role::Archive).await;
    let raw = person.engine.raw(moved).await?;
    assert!(
        String::from_utf8_lossy(&raw).contains("Good morning."),
        "its text comes from where it still is"
    );
    person
        .engine
        .perform(Action::SetKeywords {
            emails: vec![moved],
            add: Keywords::only(Keyword::FLAGGED),
            remove: Keywords::none(),
        })
        .await?;
    person
        .engine
        .perform(Action::MoveToRole {
            emails: vec![moved],
            role: Role::Junk,
        })
        .await?;
    for account in [&jonas, &lena] {
        let refused = person.engine.push_once(account).await?;
        assert_eq!(refused, Vec::<String>::new());
    }
    assert_eq!(places(&stage.dovecot), (0, 0));
    assert_eq!(
        on_disk(&stage.dovecot, "jonas", "Junk", "Lighthouse"),
        (1, 1),
        "what was done to the copy came after it"
    );
    let flags = stage.dovecot.doveadm(&[
        "fetch",
        "-u",
        "jonas@waxwing.test",
        "flags",
        "mailbox",
        "Junk",
        "all",
    ])?;
    assert!(flags.contains("\\Flagged"), "{flags}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_is_offline_for_days_keeps_nothing_else_waiting() -> Outcome {
    let (here, away) = (
        Dovecot::start(&DovecotOptions::default())?,
        Dovecot::start(&DovecotOptions::default())?,
    );
    deliver(&away, "lena", "Lighthouse");
    deliver(&here, "jonas", "other");
    let person = Person::new().await;
    let lena = person.add_quietly(form_at(&away, "lena", away.imaps())).await;
    let jonas = person.add_quietly(form_at(&here, "jonas", here.imaps())).await;
    for account in [&lena, &jonas] {
        person.engine.sync_once(account, SyncScope::HeadersOnly).await;
    }
    away.stop();
    move_lighthouse(&person, &lena, &jonas).await?;
    let other = only(&person, jonas.id, Role::Inbox).await;
    person
        .engine
        .perform(Action::MoveToRole {
            emails: vec![other],
            role: Role::Junk,
        })
        .await?;
    person.engine.start().await?;
    eventually("what has nothing to do with it", || async {
        (on_disk(&here, "jonas", "Junk", "other").0 == 1).then_some(())
    })
    .await;
    assert_eq!(
        subjects(&person, jonas.id, Role::Archive).await,
        ["Lighthouse"],
        "it is shown all the time"
    );
    away.restart()?;
    person.engine.sync_now(None);
    eventually("the letter to arrive by itself", || async {
        (on_disk(&here, "jonas", "Archive", "Lighthouse").0 == 1
            && on_disk(&away, "lena", "INBOX", "Lighthouse").0 == 0)
            .then_some(())
    })
    .await;
    person.engine.stop().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn into_folders_of_this_computer_it_is_committed_and_read_back_before_the_server_lets_go() -> Outcome {
    for scope in [SyncScope::Everything, SyncScope::HeadersOnly] {
        let stage = Stage::start()?;
        deliver(&stage.dovecot, "lena", "Lighthouse");
        let person = Person::new().await;
        let lena = person.add_quietly(form(&stage, "lena", Protocol::Imap)).await;
        let jonas = person.add_quietly(form(&stage, "jonas", Protocol::Pop3)).await;
        person.engine.sync_once(&lena, scope).await;
        move_lighthouse(&person, &lena, &jonas).await?;
        assert_eq!(subjects(&person, jonas.id, Role::Archive).await, ["Lighthouse"]);
        assert_eq!(places(&stage.dovecot).0, 1, "the server has it still");
        person.engine.push_once(&lena).await?;
        assert_eq!(places(&stage.dovecot).0, 0, "and now not any more");
        stage.dovecot.stop();
        let there = only(&person, jonas.id, Role::Archive).await;
        let raw = person.engine.raw(there).await?;
        assert!(
            String::from_utf8_lossy(&raw).contains("Good morning."),
            "every byte is on this computer"
        );
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn out_of_folders_of_this_computer_it_goes_when_the_server_has_it() -> Outcome {
    let stage = Stage::start()?;
    deliver(&stage.dovecot, "jonas", "Lighthouse");
    let person = Person::new().await;
    let jonas = person.add_quietly(form(&stage, "jonas", Protocol::Pop3)).await;
    let lena = person.add_quietly(form(&stage, "lena", Protocol::Imap)).await;
    for account in [&lena, &jonas] {
        person.engine.sync_once(account, SyncScope::Everything).await;
    }
    let undo = move_lighthouse(&person, &jonas, &lena).await?;
    assert_eq!(
        subjects(&person, jonas.id, Role::Inbox).await,
        Vec::<String>::new()
    );
    person.engine.push_once(&lena).await?;
    assert_eq!(on_disk(&stage.dovecot, "lena", "Archive", "Lighthouse"), (1, 1));
    person.engine.sync_once(&jonas, SyncScope::Everything).await;
    assert_eq!(
        subjects(&person, jonas.id, Role::Inbox).await,
        Vec::<String>::new(),
        "what was moved away does not come again"
    );
    // It is gone from here, so that undoing brings it back from there.
    person.engine.undo(undo).await?;
    assert_eq!(subjects(&person, jonas.id, Role::Inbox).await, ["Lighthouse"]);
    person.engine.push_once(&lena).await?;
    assert_eq!(on_disk(&stage.dovecot, "lena", "Archive", "Lighthouse"), (0, 0));
    let back = only(&person, jonas.id, Role::Inbox).await;
    assert!(!person.engine.raw(back).await?.is_empty(), "it is whole");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn between_folders_of_this_computer_it_moves_at_once_and_back() -> Outcome {
    let stage = Stage::start()?;
    deliver(&stage.dovecot, "jonas", "Lighthouse");
    let person = Person::new().await;
    let jonas = person.add_quietly(form(&stage, "jonas", Protocol::Pop3)).await;
    person.engine.sync_once(&jonas, SyncScope::Everything).await;
    let demo = person.engine.add_demo().await?;
    let demo = person.account(demo).await;
    let before = subjects(&person, demo.id, Role::Archive).await.len();
    stage.dovecot.stop();
    let undo = move_lighthouse(&person, &jonas, &demo).await?;
    assert_eq!(
        subjects(&person, jonas.id, Role::Inbox).await,
        Vec::<String>::new()
    );
    assert_eq!(subjects(&person, demo.id, Role::Archive).await.len(), before + 1);
    for account in [jonas.id, demo.id] {
        assert!(
            !person.engine.has_pending_operations(account).await?,
            "no server is concerned"
        );
    }
    person.engine.undo(undo).await?;
    assert_eq!(subjects(&person, jonas.id, Role::Inbox).await, ["Lighthouse"]);
    assert_eq!(subjects(&person, demo.id, Role::Archive).await.len(), before);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_target_refuses_and_everything_is_where_it_was_with_one_sentence() -> Outcome {
    let full = Dovecot::start(&DovecotOptions {
        quota: Some("1K".into()),
        ..DovecotOptions::default()
    })?;
    let roomy = Dovecot::start(&DovecotOptions::default())?;
    for subject in ["Lighthouse", "Ferry", "Harbour"] {
        let body = "Good morning. ".repeat(200);
        let raw = waxwing_testkit::letters::simple("amara@waxwing.test", "lena@waxwing.test", subject, &body);
        roomy.deliver("lena", "INBOX", &raw)?;
    }
    let person = Person::new().await;
    let lena = person.add_quietly(form_at(&roomy, "lena", roomy.imaps())).await;
    let jonas = person.add_quietly(form_at(&full, "jonas", full.imaps())).await;
    for account in [&lena, &jonas] {
        person.engine.sync_once(account, SyncScope::Everything).await;
    }
    let inbox = folder(&person, lena.id, Role::Inbox).await;
    let emails: Vec<EmailId> = person
        .letters(&inbox)
        .await
        .iter()
        .map(|email| email.id)
        .collect();
    let to = folder(&person, jonas.id, Role::Archive).await.id;
    let mut changes = person.engine.changes();
    person
        .engine
        .perform(Action::Move {
            emails: emails.clone(),
            to,
        })
        .await?;
    let refused = person.engine.push_once(&jonas).await?;
    assert_eq!(refused.len(), 3, "each is refused: {refused:?}");
    assert!(
        refused[0].contains("OVERQUOTA"),
        "in the server's words: {refused:?}"
    );
    person.engine.push_once(&lena).await?;
    let mut back: Vec<EmailId> = person
        .letters(&folder(&person, lena.id, Role::Inbox).await)
        .await
        .iter()
        .map(|email| email.id)
        .collect();
    back.sort();
    let mut emails = emails;
    emails.sort();
    assert_eq!(back, emails, "they are back, the same letters");
    assert_eq!(
        subjects(&person, jonas.id, Role::Archive).await,
        Vec::<String>::new()
    );
    assert_eq!(
        roomy.letters("lena", "INBOX")?.len(),
        3,
        "the server was not touched"
    );
    let mut told = Vec::new();
    while let Ok(batch) = tokio::time::timeout(std::time::Duration::from_millis(300), changes.next()).await {
        told.extend(batch.into_iter().filter_map(|change| match change {
            Change::Trouble { trouble, .. } => Some(trouble),
            _ => None,
        }));
    }
    assert_eq!(told.len(), 1, "one sentence for three letters: {told:?}");
    assert_eq!(told[0].kind, TroubleKind::Refused);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn undo_works_at_every_stage_of_the_way_and_after_a_restart() -> Outcome {
    // How far it has come: nobody has heard of it; jonas' server has; lena's has too.
    for stage_of_the_way in 0..3 {
        let stage = Stage::start()?;
        let (person, lena, jonas) = two_accounts(&stage, SyncScope::Everything).await;
        let undo = move_lighthouse(&person, &lena, &jonas).await?;
        if stage_of_the_way > 0 {
            person.engine.push_once(&jonas).await?;
        }
        if stage_of_the_way > 1 {
            person.engine.push_once(&lena).await?;
        }
        let person = person.restart().await;
        person.engine.undo(undo).await?;
        assert_eq!(
            (
                subjects(&person, lena.id, Role::Inbox).await,
                subjects(&person, jonas.id, Role::Archive).await
            ),
            (vec!["Lighthouse".to_owned()], Vec::new()),
            "it is back at once, at stage {stage_of_the_way}"
        );
        for account in [&lena, &jonas, &lena] {
            let refused = person.engine.push_once(account).await?;
            assert_eq!(refused, Vec::<String>::new());
        }
        assert_eq!(
            places(&stage.dovecot),
            (1, 0),
            "on the servers too, at stage {stage_of_the_way}"
        );
        for account in [&lena, &jonas] {
            person.engine.sync_once(account, SyncScope::Everything).await;
        }
        assert_eq!(
            (
                subjects(&person, lena.id, Role::Inbox).await,
                subjects(&person, jonas.id, Role::Archive).await
            ),
            (vec!["Lighthouse".to_owned()], Vec::new()),
            "and it stays so, at stage {stage_of_the_way}"
        );
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn copies_go_into_the_same_account_and_into_others_and_the_original_stays() -> Outcome {
    let stage = Stage::start()?;
    let (person, lena, jonas) = two_accounts(&stage, SyncScope::HeadersOnly).await;
    let email = only(&person, lena.id, Role::Inbox).await;
    let mut undo = Vec::new();
    for account in [&lena, &jonas] {
        let to = folder(&person, account.id, Role::Archive).await.id;
        let performed = person
            .engine
            .perform(Action::Copy {
                emails: vec![email],
                to,
            })
            .await?;
        undo.push(performed.undo.ok_or("it can be undone")?);
        assert_eq!(subjects(&person, account.id, Role::Archive).await, ["Lighthouse"]);
    }
    assert_eq!(subjects(&person, lena.id, Role::Inbox).await, ["Lighthouse"]);
    for account in [&lena, &jonas] {
        let refused = person.engine.push_once(account).await?;
        assert_eq!(refused, Vec::<String>::new());
    }
    let count = |who: &str, mailbox: &str| on_disk(&stage.dovecot, who, mailbox, "Lighthouse").0;
    assert_eq!(
        (
            count("lena", "INBOX"),
            count("lena", "Archive"),
            count("jonas", "Archive")
        ),
        (1, 1, 1)
    );
    for account in [&lena, &jonas] {
        let report = person.engine.sync_once(account, SyncScope::HeadersOnly).await;
        assert_eq!(report.new, 0, "each copy is known by its place: {report:?}");
    }
    for action in undo {
        person.engine.undo(action).await?;
    }
    for account in [&lena, &jonas] {
        person.engine.push_once(account).await?;
    }
    assert_eq!(
        (
            count("lena", "INBOX"),
            count("lena", "Archive"),
            count("jonas", "Archive")
        ),
        (1, 0, 0),
        "undo takes the copies away and leaves the original"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_is_removed_gives_back_what_was_on_its_way_to_it() -> Outcome {
    let stage = Stage::start()?;
    let (person, lena, jonas) = two_accounts(&stage, SyncScope::Everything).await;
    move_lighthouse(&person, &lena, &jonas).await?;
    person.engine.remove_account(jonas.id).await?;
    assert_eq!(subjects(&person, lena.id, Role::Inbox).await, ["Lighthouse"]);
    person.engine.push_once(&lena).await?;
    assert_eq!(places(&stage.dovecot), (1, 0), "and its server keeps it");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_whose_server_deletes_it_before_its_text_came_is_told_and_one_whose_text_came_arrives()
-> Outcome {
    for (scope, arrives) in [(SyncScope::HeadersOnly, false), (SyncScope::Everything, true)] {
        let stage = Stage::start()?;
        let (person, lena, jonas) = two_accounts(&stage, scope).await;
        move_lighthouse(&person, &lena, &jonas).await?;
        stage
            .dovecot
            .doveadm(&["expunge", "-u", "lena@waxwing.test", "mailbox", "INBOX", "all"])?;
        let refused = person.engine.push_once(&jonas).await?;
        person.engine.push_once(&lena).await?;
        assert_eq!(refused.is_empty(), arrives, "{scope:?}: {refused:?}");
        let expected = usize::from(arrives);
        assert_eq!(places(&stage.dovecot), (0, expected));
        for account in [&lena, &jonas] {
            person.engine.sync_once(account, scope).await;
        }
        assert_eq!(
            subjects(&person, lena.id, Role::Inbox).await,
            Vec::<String>::new()
        );
        assert_eq!(
            subjects(&person, jonas.id, Role::Archive).await.len(),
            expected,
            "{scope:?}: what is shown is what there is"
        );
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_is_not_deleted_for_good_while_letters_from_it_are_on_their_way() -> Outcome {
    let stage = Stage::start()?;
    deliver(&stage.dovecot, "lena", "Lighthouse");
    let person = Person::new().await;
    let lena = person.add_quietly(form(&stage, "lena", Protocol::Imap)).await;
    let jonas = person.add_quietly(form(&stage, "jonas", Protocol::Imap)).await;
    let raw = waxwing_testkit::letters::simple(
        "amara@waxwing.test",
        "lena@waxwing.test",
        "Ferry",
        "Good morning.",
    );
    stage
        .dovecot
        .doveadm(&["mailbox", "create", "-u", "lena@waxwing.test", "-s", "Trash/Old"])?;
    stage.dovecot.deliver("lena", "Trash/Old", &raw)?;
    for account in [&lena, &jonas] {
        person.engine.sync_once(account, SyncScope::HeadersOnly).await;
    }
    let old = person.folder_named("Old").await.ok_or("Old")?;
    let ferry: Vec<EmailId> = person.letters(&old).await.iter().map(|email| email.id).collect();
    let to = folder(&person, jonas.id, Role::Archive).await.id;
    person.engine.perform(Action::Move { emails: ferry, to }).await?;
    let delete = Action::DeleteMailbox { mailbox: old.id };
    let refused = person.engine.perform(delete.clone()).await;
    assert!(refused.is_err(), "the only copy stands in it: {refused:?}");
    for account in [&jonas, &lena] {
        person.engine.push_once(account).await?;
    }
    person.engine.perform(delete).await?;
    person.engine.push_once(&lena).await?;
    assert_eq!(on_disk(&stage.dovecot, "jonas", "Archive", "Ferry"), (1, 1));
    Ok(())
}
