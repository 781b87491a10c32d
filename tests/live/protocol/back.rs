//! From IMAP to POP3, and there and back again.

use journeys::on_server;
use waxwing_engine::{Action, OnlyHere};
use waxwing_model::{Body, Keep, Keeping, Keyword, Keywords, Protocol, Retention, Role};

use super::{Outcome, Scene, imap, letter, nameless, pop3};

#[tokio::test(flavor = "multi_thread")]
async fn an_account_becomes_pop3_with_all_its_letters_whole_and_its_folders_here() -> Outcome {
    let mut scene = Scene::new(Protocol::Imap).await?;
    for subject in ["one", "two"] {
        scene.put("INBOX", &letter(subject))?;
    }
    scene.put("INBOX", &nameless("cron", "Disk full."))?;
    scene.put("Projects/Lighthouse", &letter("lamp"))?;
    let keeping = Keeping {
        keep: Keep::Headers,
        large: None,
    };
    scene.lena.engine.set_keeping(scene.account.id, keeping).await?;
    scene.look().await;
    let one = scene.id(Role::Inbox, "one").await?;
    // The server has not heard of it when the change begins.
    scene
        .lena
        .engine
        .perform(Action::SetKeywords {
            emails: vec![one],
            add: Keywords::only(Keyword::FLAGGED),
            remove: Keywords::none(),
        })
        .await?;
    let change = scene.change(Protocol::Pop3, OnlyHere::Keep);
    let plan = pop3(scene.lena.engine.plan_protocol(&change).await?)?;
    assert_eq!(
        (plan.both, plan.only_server),
        (3, 0),
        "the inbox is on both sides"
    );
    assert_eq!(plan.to_bring, 4, "no text is here yet");
    let beyond: Vec<(&str, u32)> = plan
        .beyond
        .iter()
        .map(|one| (one.name.as_str(), one.letters))
        .collect();
    assert_eq!(beyond, [("Projects/Lighthouse", 1)], "POP3 does not see that");
    let before = on_server(&scene.stage.dovecot, "lena").len();
    scene.lena.engine.change_protocol(&change).await?;
    assert_eq!(scene.look().await, 0, "nothing comes twice");
    assert_eq!(scene.look().await, 0, "nor with the next look");
    assert_eq!(
        (scene.account.protocol, scene.account.retention),
        (Protocol::Pop3, Retention::Keep),
        "a POP3 account that removes nothing"
    );
    let there = on_server(&scene.stage.dovecot, "lena");
    assert_eq!(there.len(), before, "the server has what it had");
    assert!(
        there.iter().any(|one| one.subject == "one" && one.flagged),
        "and has heard what was done before"
    );
    let held = scene.lena.held(&scene.account).await;
    assert_eq!(held, there, "the folders are those of before");
    for mailbox in scene.lena.engine.mailboxes().await? {
        for email in scene.lena.letters(&mailbox).await {
            assert_eq!(email.body, Body::Complete, "{} is here whole", email.subject);
            assert!(
                !scene.lena.engine.raw(email.id).await?.is_empty(),
                "and can be read"
            );
        }
    }
    assert_eq!(scene.id(Role::Inbox, "one").await?, one, "the same letter");
    scene.put("INBOX", &letter("new"))?;
    assert_eq!(scene.look().await, 1, "new mail comes by POP3");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn there_and_back_and_there_again_nothing_is_lost_and_nothing_is_doubled() -> Outcome {
    let mut scene = Scene::new(Protocol::Pop3).await?;
    for subject in ["one", "two", "twin", "twin"] {
        scene.put("INBOX", &letter(subject))?;
    }
    for _ in 0..2 {
        scene.put("INBOX", &nameless("drone", "Humming."))?;
    }
    scene.look().await;
    scene.expunge("INBOX", "two")?;
    for round in 0..2 {
        let change = scene.change(Protocol::Imap, OnlyHere::Upload);
        let changed = scene.lena.engine.change_protocol(&change).await?;
        let expected = if round == 0 { (5, 1) } else { (6, 0) };
        assert_eq!(
            (imap(changed.plan)?.both, changed.uploading),
            expected,
            "round {round}: what was only here goes up once"
        );
        scene.look().await;
        assert_eq!(
            scene.lena.held(&scene.account).await,
            on_server(&scene.stage.dovecot, "lena"),
            "round {round}: by IMAP both sides have the same"
        );
        let change = scene.change(Protocol::Pop3, OnlyHere::Upload);
        scene.lena.engine.change_protocol(&change).await?;
        assert_eq!(scene.look().await, 0, "round {round}: nothing comes twice");
        let held = scene.lena.held(&scene.account).await;
        assert_eq!(held.len(), 6, "round {round}: six are here");
        assert_eq!(
            held,
            on_server(&scene.stage.dovecot, "lena"),
            "round {round}: and six there"
        );
        scene.lena = scene.lena.restart().await;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_maildrop_that_cannot_be_opened_changes_nothing() -> Outcome {
    let mut scene = Scene::new(Protocol::Imap).await?;
    scene.put("INBOX", &letter("one"))?;
    scene.look().await;
    let mut change = scene.change(Protocol::Pop3, OnlyHere::Keep);
    change.server.username = "nobody@waxwing.test".into();
    let refused = scene.lena.engine.change_protocol(&change).await;
    assert!(refused.is_err(), "it is refused");
    assert_eq!(
        scene.lena.account(scene.account.id).await,
        scene.account,
        "it is the account that it was"
    );
    // The IMAP server is away: what it has still to hear cannot be told, and what is only there cannot be fetched.
    let change = scene.change(Protocol::Pop3, OnlyHere::Keep);
    scene.proxy.refuse(true);
    let refused = scene.lena.engine.change_protocol(&change).await;
    assert!(refused.is_err(), "nobody knows what is still there");
    scene.proxy.refuse(false);
    assert_eq!(
        scene.lena.account(scene.account.id).await,
        scene.account,
        "it is the account that it was"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_running_account_changes_and_runs_on() -> Outcome {
    let mut scene = Scene::new(Protocol::Pop3).await?;
    scene.put("INBOX", &letter("one"))?;
    scene.look().await;
    scene.lena.engine.start().await?;
    let change = scene.change(Protocol::Imap, OnlyHere::Upload);
    scene.lena.engine.change_protocol(&change).await?;
    scene.put("INBOX", &letter("by IMAP"))?;
    journeys::eventually("the letter that comes by IMAP", async || {
        scene.lena.letter(Role::Inbox, "by IMAP").await
    })
    .await;
    let change = scene.change(Protocol::Pop3, OnlyHere::Keep);
    scene.lena.engine.change_protocol(&change).await?;
    scene.put("INBOX", &letter("by POP3"))?;
    scene.lena.engine.sync_now(Some(scene.account.id));
    journeys::eventually("the letter that comes by POP3", async || {
        scene.lena.engine.sync_now(Some(scene.account.id));
        scene.lena.letter(Role::Inbox, "by POP3").await
    })
    .await;
    assert_eq!(
        scene.lena.subjects(Role::Inbox).await.len(),
        3,
        "each is there once"
    );
    scene.lena.engine.stop().await;
    Ok(())
}
