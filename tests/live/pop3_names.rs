//! POP3 servers whose names for messages cannot be relied on, or whose answers do not come: nothing comes twice, nothing is
//! missed, and nothing else is removed than what was to be.

use journeys::{Person, eventually, form_for};
use waxwing_engine::{Action, Here, SyncReport, SyncScope};
use waxwing_model::{Account, Activity, Body, Keep, Keeping, Protocol, Retention, Role};
use waxwing_testkit::maildrop::{Farewell, Maildrop, Manners, Names};
use waxwing_testkit::{address, letters};

type Outcome = Result<(), Box<dyn std::error::Error>>;

struct Scene {
    server: Maildrop,
    lena: Person,
    account: Account,
}

impl Scene {
    async fn start(manners: Manners, retention: Retention) -> Result<Self, Box<dyn std::error::Error>> {
        let server = Maildrop::start(manners).await?;
        let lena = Person::new().await;
        let mut form = form_for("lena", Protocol::Pop3, server.pop3s(), 9, server.ca_pem());
        form.retention = retention;
        let account = lena.add_quietly(form).await;
        Ok(Self {
            server,
            lena,
            account,
        })
    }

    fn deliver(&self, subjects: &[&str]) {
        for subject in subjects {
            self.server.deliver(&letter(subject));
        }
    }

    async fn look(&self) -> SyncReport {
        let account = self.lena.account(self.account.id).await;
        self.lena.engine.sync_once(&account, SyncScope::Everything).await
    }

    async fn look_well(&self, why: &str) -> SyncReport {
        let report = self.look().await;
        assert_eq!(report.errors, Vec::<String>::new(), "{why}");
        report
    }

    /// The subjects in the inbox, in the order of the alphabet.
    async fn here(&self) -> Vec<String> {
        let mut subjects = self.lena.subjects(Role::Inbox).await;
        subjects.sort();
        subjects
    }

    /// The subjects on the server, in its order.
    fn there(&self) -> Vec<String> {
        let subject = |raw: &Vec<u8>| {
            let text = String::from_utf8_lossy(raw).into_owned();
            let line = text.lines().find_map(|line| line.strip_prefix("Subject: "));
            line.unwrap_or_default().to_owned()
        };
        self.server.messages().iter().map(subject).collect()
    }

    async fn delete_for_good(&self, subject: &str) -> Outcome {
        for role in [Role::Inbox, Role::Trash] {
            let letter = self.lena.letter(role, subject).await.ok_or("the letter")?;
            let emails = vec![letter.id];
            self.lena.engine.perform(Action::Delete { emails }).await?;
        }
        Ok(())
    }
}

/// All of one length, so that nothing can be told by it.
fn letter(subject: &str) -> Vec<u8> {
    letters::simple("amara@waxwing.test", &address("lena"), subject, "Good morning.")
}

fn naming(names: Names) -> Manners {
    Manners {
        names,
        ..Manners::default()
    }
}

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
