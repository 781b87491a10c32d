//! What arrives, and what it brings along.

use super::*;

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
