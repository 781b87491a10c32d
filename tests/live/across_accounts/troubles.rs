//! Refusals, undoing, removals, and copies: what becomes of a letter that does not simply arrive.

use super::*;

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
