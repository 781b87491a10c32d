//! Names that do not last, repeat or change, and goodbyes that are not answered.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_server_without_names_that_last_is_read_once_and_completely() -> Outcome {
    for (names, top) in [
        (Names::None, true),
        (Names::None, false),
        (Names::Counting, true),
        (Names::Counting, false),
        (Names::Same, true),
    ] {
        let case = format!("{names:?}, TOP: {top}");
        let manners = Manners { top, ..naming(names) };
        let scene = Scene::start(manners, Retention::Keep).await?;
        scene.deliver(&["Anchor", "Bights", "Cables"]);
        assert_eq!(scene.look_well(&case).await.new, 3, "{case}: all of them are new");
        assert_eq!(
            scene.look_well(&case).await.new,
            0,
            "{case}: and none a second time"
        );
        // Another client removes the first, so that all numbers are others'; another letter comes.
        scene.server.take(0);
        scene.deliver(&["Depths"]);
        assert_eq!(scene.look_well(&case).await.new, 1, "{case}: one is new");
        assert_eq!(
            scene.here().await,
            ["Anchor", "Bights", "Cables", "Depths"],
            "{case}: what is here stays here"
        );
        assert_eq!(scene.look_well(&case).await.new, 0, "{case}: it is over");
        scene.lena.engine.check_store().await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_deleted_here_is_removed_there_and_nothing_else_whatever_the_names() -> Outcome {
    for names in [Names::Lasting, Names::None, Names::Counting, Names::Same] {
        let case = format!("{names:?}");
        let scene = Scene::start(naming(names), Retention::RemoveWhenDeleted).await?;
        scene.deliver(&["Anchor", "Bights", "Cables"]);
        scene.look_well(&case).await;
        scene.server.take(0);
        scene.delete_for_good("Cables").await?;
        scene.look_well(&case).await;
        assert_eq!(scene.there(), ["Bights"], "{case}: the deleted one went");
        let again = scene.look_well(&case).await;
        assert_eq!(again.new, 0, "{case}: nothing comes back");
        assert_eq!(scene.here().await, ["Anchor", "Bights"], "{case}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_has_new_names_for_everything_sends_nothing_twice() -> Outcome {
    for top in [true, false] {
        let manners = Manners {
            top,
            ..Manners::default()
        };
        let scene = Scene::start(manners, Retention::Keep).await?;
        scene.deliver(&["Anchor", "Bights", "Cables"]);
        scene.look_well("the first look").await;
        scene.delete_for_good("Bights").await?;
        scene.server.rename_all("moved-");
        // The new machine counts its own notes in.
        scene
            .server
            .change(|manners| manners.notes = Some("X-UIDL: 12345".to_owned()));
        scene.deliver(&["Depths"]);
        let report = scene.look_well("after the move").await;
        assert_eq!(report.new, 1, "TOP {top}: one is new");
        assert_eq!(
            scene.here().await,
            ["Anchor", "Cables", "Depths"],
            "TOP {top}: what was deleted here stays deleted"
        );
        assert_eq!(scene.look_well("it is over").await.new, 0);
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_another_message_has_by_now_does_not_hide_it() -> Outcome {
    let scene = Scene::start(Manners::default(), Retention::Keep).await?;
    scene.deliver(&["Anchor", "Bights"]);
    scene.look_well("the first look").await;
    scene.server.take(0);
    scene.deliver(&["A letter of another length"]);
    scene.server.rename(1, "m1");
    assert_eq!(scene.look_well("a name was given again").await.new, 1);
    assert_eq!(
        scene.here().await,
        ["A letter of another length", "Anchor", "Bights"],
        "both that had the name are here"
    );
    // Two exchange their names.
    scene.server.rename(0, "m1");
    scene.server.rename(1, "m2");
    assert_eq!(scene.look_well("names were exchanged").await.new, 0);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_maildrop_that_was_empty_for_a_moment_is_not_downloaded_anew() -> Outcome {
    let scene = Scene::start(Manners::default(), Retention::Keep).await?;
    scene.deliver(&["Anchor", "Bights"]);
    scene.look_well("the first look").await;
    let messages = scene.server.swap(Vec::new());
    scene.look_well("the server has lost sight of its disk").await;
    scene.server.swap(messages);
    assert_eq!(scene.look_well("and finds it").await.new, 0, "all of it is here");
    assert_eq!(scene.here().await, ["Anchor", "Bights"]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_quit_without_an_answer_is_right_after_the_next_look() -> Outcome {
    for farewell in [Farewell::RemovedInSilence, Farewell::KeptInSilence] {
        let case = format!("{farewell:?}");
        let manners = Manners {
            farewell,
            ..Manners::default()
        };
        let scene = Scene::start(manners, Retention::RemoveAfterDownload).await?;
        scene.deliver(&["Anchor", "Bights"]);
        let report = scene.look().await;
        assert_eq!(report.errors.len(), 1, "{case}: it is told: {:?}", report.errors);
        scene.server.change(|manners| manners.farewell = Farewell::Usual);
        if farewell == Farewell::RemovedInSilence {
            // The server gives a name again that has become free, to a letter of the same length.
            scene.deliver(&["Cables"]);
            scene.server.rename(0, "m2");
        }
        scene.look_well(&case).await;
        let wanted: &[&str] = match farewell {
            Farewell::RemovedInSilence => &["Anchor", "Bights", "Cables"],
            _ => &["Anchor", "Bights"],
        };
        assert_eq!(scene.here().await, wanted, "{case}: each once");
        assert_eq!(scene.there(), Vec::<String>::new(), "{case}: all went");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unchanged_maildrop_is_one_question() -> Outcome {
    let scene = Scene::start(Manners::default(), Retention::Keep).await?;
    scene.deliver(&["Anchor", "Bights"]);
    scene.look_well("the first look").await;
    scene.server.heard();
    scene.look_well("nothing happened").await;
    let heard = scene.server.heard();
    let after_signing_in: Vec<&str> = heard.iter().map(String::as_str).skip(4).collect();
    assert_eq!(after_signing_in, ["UIDL", "STAT", "QUIT"], "{heard:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_without_any_name_that_was_deleted_here_stays_deleted_and_comes_when_it_is_sent_again()
-> Outcome {
    for (names, top) in [(Names::Lasting, true), (Names::None, true), (Names::None, false)] {
        let case = format!("{names:?}, TOP: {top}");
        let manners = Manners { top, ..naming(names) };
        let scene = Scene::start(manners, Retention::Keep).await?;
        let raw = b"From: machine@waxwing.test\r\nSubject: Disk full\r\n\r\nAgain.\r\n";
        scene.server.deliver(raw);
        scene.look_well(&case).await;
        scene.delete_for_good("Disk full").await?;
        assert_eq!(scene.look_well(&case).await.new, 0, "{case}: it stays deleted");
        scene.server.deliver(raw);
        assert_eq!(
            scene.look_well(&case).await.new,
            1,
            "{case}: the same words were sent again"
        );
        assert_eq!(scene.look_well(&case).await.new, 0, "{case}: once");
    }
    Ok(())
}
