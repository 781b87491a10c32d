//! What stays on the server and what is wanted of it: refusals, waiting, large letters, the list of what is there, and choices.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn one_message_that_cannot_be_had_or_removed_holds_nothing_else_up() -> Outcome {
    let scene = Scene::start(Manners::default(), Retention::RemoveAfterDownload).await?;
    scene.deliver(&["Anchor", "Bights", "Cables"]);
    scene.server.change(|manners| {
        manners.refusals.insert("RETR 2".into(), "-ERR damaged".into());
        manners.refusals.insert("DELE 3".into(), "-ERR not today".into());
    });
    let report = scene.look().await;
    assert_eq!(report.errors.len(), 2, "both are told: {:?}", report.errors);
    assert_eq!(scene.here().await, ["Anchor", "Cables"]);
    assert_eq!(scene.there(), ["Bights", "Cables"], "what was not had stays");
    scene.server.change(|manners| manners.refusals.clear());
    scene.look_well("the server is well again").await;
    assert_eq!(scene.here().await, ["Anchor", "Bights", "Cables"], "each once");
    assert_eq!(scene.there(), Vec::<String>::new(), "and all went");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn one_message_whose_header_is_not_given_holds_nothing_else_up() -> Outcome {
    for refusal in ["-ERR [SYS/TEMP] try later", "-ERR damaged"] {
        // Without names that last each header is looked at.
        let scene = Scene::start(naming(Names::Same), Retention::Keep).await?;
        scene.deliver(&["Anchor", "Bights", "Cables"]);
        for verb in ["TOP 2", "RETR 2"] {
            scene
                .server
                .change(|manners| drop(manners.refusals.insert(verb.into(), refusal.into())));
        }
        let report = scene.look().await;
        assert!(!report.errors.is_empty(), "{refusal}: it is told");
        assert_eq!(
            scene.here().await,
            ["Anchor", "Cables"],
            "{refusal}: the others come"
        );
        scene.server.change(|manners| manners.refusals.clear());
        scene.look_well("the server is well again").await;
        assert_eq!(
            scene.here().await,
            ["Anchor", "Bights", "Cables"],
            "{refusal}: each once"
        );
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_in_utf_8_are_asked_for_where_the_server_has_them() -> Outcome {
    let manners = Manners {
        capabilities: vec!["UTF8 USER".into()],
        ..Manners::default()
    };
    let scene = Scene::start(manners, Retention::Keep).await?;
    scene.server.deliver(
        "From: amara@waxwing.test\r\nTo: grüße@waxwing.test\r\nSubject: Grüße\r\n\r\nÄ\r\n".as_bytes(),
    );
    scene.look_well("it comes").await;
    assert_eq!(scene.here().await, ["Grüße"], "as it was written");
    let heard = scene.server.heard();
    let place = |what: &str| heard.iter().position(|line| line.starts_with(what));
    assert!(
        place("UTF8") < place("USER") && place("UTF8").is_some(),
        "before signing in: {heard:?}"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_wants_to_be_left_alone_is_and_that_is_told() -> Outcome {
    for (code, words) in [
        ("[IN-USE] another session", "has this mailbox open"),
        ("[LOGIN-DELAY] too early", "15 minutes"),
        ("[SYS/TEMP] disk busy", "at the moment"),
    ] {
        let manners = Manners {
            capabilities: vec!["LOGIN-DELAY 900".into(), "RESP-CODES".into()],
            refusals: [("PASS".to_owned(), format!("-ERR {code}"))].into(),
            ..Manners::default()
        };
        let scene = Scene::start(manners, Retention::Keep).await?;
        scene.deliver(&["Anchor"]);
        let told = scene.look().await.errors.join(" ");
        assert!(told.contains(words), "{code}: {told}");
        scene.server.change(|manners| manners.refusals.clear());
        assert_eq!(scene.look_well("later").await.new, 1, "{code}: then it comes");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_running_account_says_what_it_waits_for_and_goes_on_by_itself() -> Outcome {
    let manners = Manners {
        refusals: [("PASS".to_owned(), "-ERR [IN-USE] another session".to_owned())].into(),
        ..Manners::default()
    };
    let scene = Scene::start(manners, Retention::Keep).await?;
    scene.deliver(&["Anchor"]);
    let engine = &scene.lena.engine;
    engine.start().await?;
    let (sentence, until) = eventually("the account to say that it waits", || async {
        match engine.activity(scene.account.id) {
            Activity::Waiting { trouble, until } => Some((trouble.sentence, until)),
            _ => None,
        }
    })
    .await;
    assert!(sentence.contains("has this mailbox open"), "{sentence}");
    assert!(until > 0, "and until when");
    scene.server.change(|manners| manners.refusals.clear());
    eventually("the letter to come", || async {
        (scene.here().await == ["Anchor"]).then_some(())
    })
    .await;
    engine.stop().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_letter_waits_on_the_server_until_it_is_opened() -> Outcome {
    let scene = Scene::start(Manners::default(), Retention::RemoveAfterDownload).await?;
    let keeping = Keeping {
        keep: Keep::All,
        large: Some(1),
    };
    scene.lena.engine.set_keeping(scene.account.id, keeping).await?;
    scene.deliver(&["Anchor"]);
    for subject in ["Charts", "Depths"] {
        let text = "A line of soundings.\r\n".repeat(60_000);
        scene.server.deliver(&letters::simple(
            "amara@waxwing.test",
            &address("lena"),
            subject,
            &text,
        ));
    }
    scene.look_well("all are listed").await;
    assert_eq!(scene.here().await, ["Anchor", "Charts", "Depths"]);
    assert_eq!(
        scene.there(),
        ["Charts", "Depths"],
        "what is not here whole is not removed"
    );
    let charts = scene.lena.letter(Role::Inbox, "Charts").await.ok_or("Charts")?;
    assert_eq!(charts.body, Body::Absent);
    let raw = scene.lena.engine.raw(charts.id).await?;
    assert!(raw.len() > 1_000_000, "it came when it was opened");
    scene.look_well("now it may go").await;
    assert_eq!(scene.there(), ["Depths"]);
    // What is wanted whole after all comes by itself.
    scene
        .lena
        .engine
        .set_keeping(scene.account.id, Keeping::default())
        .await?;
    scene.look_well("it comes").await;
    let depths = scene.lena.letter(Role::Inbox, "Depths").await.ok_or("Depths")?;
    assert_eq!(depths.body, Body::Complete);
    assert_eq!(scene.there(), Vec::<String>::new(), "and the server's copy goes");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_still_on_the_server_is_listed_removed_and_brought_again() -> Outcome {
    for names in [Names::Lasting, Names::None] {
        let case = format!("{names:?}");
        let scene = Scene::start(naming(names), Retention::Keep).await?;
        scene.deliver(&["Anchor", "Bights", "Cables"]);
        scene.look_well(&case).await;
        scene.delete_for_good("Bights").await?;
        scene.deliver(&["Depths"]);
        let engine = &scene.lena.engine;
        let there = engine.still_on_server(scene.account.id).await?;
        let told: Vec<(&str, bool, bool)> = there
            .messages
            .iter()
            .map(|one| {
                let whole = matches!(one.here, Here::Whole(_));
                (one.subject.as_str(), whole, one.here == Here::Deleted)
            })
            .collect();
        assert_eq!(
            told,
            [
                ("Depths", false, false),
                ("Cables", true, false),
                ("Bights", false, true),
                ("Anchor", true, false)
            ],
            "{case}: the newest first, and whether it is here"
        );
        let named = |subject: &str| {
            let one = there.messages.iter().find(|one| one.subject == subject);
            one.map(|one| vec![one.name.clone()]).unwrap_or_default()
        };
        assert_eq!(engine.download_again(scene.account.id, named("Bights")).await?, 1);
        assert_eq!(engine.download_again(scene.account.id, named("Anchor")).await?, 1);
        assert_eq!(
            scene.here().await,
            ["Anchor", "Bights", "Cables"],
            "{case}: the deleted one is back, what was here is here once"
        );
        assert_eq!(
            engine
                .remove_from_server(scene.account.id, named("Cables"))
                .await?,
            1
        );
        assert_eq!(
            engine
                .remove_from_server(scene.account.id, named("Depths"))
                .await?,
            1
        );
        assert_eq!(scene.there(), ["Anchor", "Bights"], "{case}");
        assert_eq!(scene.look_well(&case).await.new, 0, "{case}: nothing comes of it");
        assert_eq!(
            scene.here().await,
            ["Anchor", "Bights", "Cables"],
            "{case}: here nothing went"
        );
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_choice_tells_what_it_will_remove_and_removes_that() -> Outcome {
    let scene = Scene::start(Manners::default(), Retention::Keep).await?;
    scene.deliver(&["Anchor", "Bights", "Cables"]);
    scene.look_well("the first look").await;
    let letter = scene.lena.letter(Role::Inbox, "Bights").await.ok_or("Bights")?;
    let engine = &scene.lena.engine;
    engine
        .perform(Action::Delete {
            emails: vec![letter.id],
        })
        .await?;
    let id = scene.account.id;
    for (retention, count) in [
        (Retention::Keep, 0),
        (Retention::RemoveAfterDays { days: 7 }, 0),
        (Retention::RemoveWhenDeleted, 0),
        (Retention::RemoveWhenTrashed, 1),
        (Retention::RemoveAfterDownload, 3),
    ] {
        let effect = engine.retention_effect(id, retention).await?;
        assert_eq!(effect.messages, count, "{retention:?}");
        assert_eq!(effect.octets > 0, count > 0, "{retention:?}");
    }
    assert_eq!(engine.server_copies(id).await?.messages, 3);
    engine.set_retention(id, Retention::RemoveWhenTrashed).await?;
    scene.look_well("what lies in Trash goes there").await;
    assert_eq!(scene.there(), ["Anchor", "Cables"]);
    assert_eq!(
        scene.lena.subjects(Role::Trash).await,
        ["Bights"],
        "and stays here"
    );
    engine.set_retention(id, Retention::RemoveAfterDownload).await?;
    scene.look_well("what was here already goes too").await;
    assert_eq!(scene.there(), Vec::<String>::new());
    assert!(
        engine
            .set_retention(id, Retention::RemoveAfterDays { days: 0 })
            .await
            .is_err(),
        "no days at all is another choice"
    );
    Ok(())
}
