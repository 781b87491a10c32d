//! From POP3 to IMAP where something is wrong: it is told in a sentence, and no letter is lost by it.

use std::time::Duration;

use journeys::{form, on_disk, on_server};
use waxwing_engine::{OnlyHere, SyncScope};
use waxwing_model::{Account, Protocol, Role};
use waxwing_testkit::{DovecotOptions, Stage, letters};

use super::{Outcome, Scene, letter, nameless};

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_server_or_password_is_told_and_nothing_is_different() -> Outcome {
    let mut scene = Scene::new(Protocol::Pop3).await?;
    scene.put("INBOX", &letter("plain"))?;
    scene.look().await;
    let good = scene.change(Protocol::Imap, OnlyHere::Upload);
    let mut changes = Vec::new();
    // Nobody listens there.
    let mut other = good.clone();
    other.server.port = 9;
    changes.push(other);
    // No IMAP is spoken there.
    let mut other = good.clone();
    other.server.port = scene.stage.dovecot.pop3s();
    changes.push(other);
    // The password is not lena's there.
    let mut other = good.clone();
    other.server.username = "nobody@waxwing.test".into();
    changes.push(other);
    // Unencrypted without a word.
    let mut other = good.clone();
    other.server.security = waxwing_model::Security::Plain;
    changes.push(other);
    // It has no other protocol.
    let mut other = good.clone();
    other.to = Protocol::Pop3;
    changes.push(other);
    for change in changes {
        let refused = scene.lena.engine.change_protocol(&change).await;
        let sentence = refused.err().ok_or("it is refused")?.trouble().sentence;
        assert!(
            sentence.ends_with('.') && !sentence.contains("Error"),
            "in a sentence: {sentence}"
        );
        assert_eq!(
            scene.lena.account(scene.account.id).await,
            scene.account,
            "the account is what it was: {sentence}"
        );
    }
    scene.put("INBOX", &letter("new"))?;
    assert_eq!(scene.look().await, 1, "and goes on as it did");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_server_does_not_take_is_kept_in_local_folders() -> Outcome {
    let options = DovecotOptions {
        quota: Some("100K".into()),
        ..DovecotOptions::default()
    };
    let stage = Stage::start_with(&options, &Default::default())?;
    let lena = journeys::Person::new().await;
    let account = lena.add_quietly(form(&stage, "lena", Protocol::Pop3)).await;
    let body = "All about the harbour. ".repeat(3_000);
    let raw = letters::simple("amara@waxwing.test", "lena@waxwing.test", "bulky", &body);
    stage.dovecot.other_client().deliver("lena", "INBOX", &raw)?;
    let everything = waxwing_engine::SyncScope::Everything;
    lena.engine.sync_once(&account, everything).await;
    let user = "lena@waxwing.test";
    stage
        .dovecot
        .doveadm(&["expunge", "-u", user, "mailbox", "INBOX", "all"])?;
    let filler = letters::simple("amara@waxwing.test", user, "filler", &body);
    stage.dovecot.other_client().deliver("lena", "INBOX", &filler)?;
    let change = waxwing_engine::ProtocolChange {
        account: account.id,
        to: Protocol::Imap,
        server: journeys::server(stage.dovecot.imaps(), waxwing_model::Security::Tls, "lena"),
        allow_plain: false,
        accepted: Vec::new(),
        only_here: OnlyHere::Upload,
        local_folders: String::new(),
    };
    let changed = lena.engine.change_protocol(&change).await?;
    assert_eq!(changed.uploading, 1, "it is to go up");
    let account = lena.account(account.id).await;
    lena.engine.sync_once(&account, everything).await;
    assert_eq!(
        on_disk(&stage.dovecot, "lena", "INBOX", "bulky").0,
        0,
        "there is no room for it"
    );
    let accounts = lena.engine.accounts().await?;
    let local = accounts
        .into_iter()
        .find(|account| account.protocol == Protocol::Local)
        .ok_or("local folders")?;
    let held = lena.held(&local).await;
    assert_eq!(held.len(), 1, "it is kept here: {held:?}");
    assert_eq!(lena.engine.uploads_waiting(account.id).await?, 0, "nothing waits");
    Ok(())
}

impl Scene {
    /// Letters with these subjects stand here alone, and are to go up next.
    async fn only_here(subjects: &[&str]) -> Result<Self, Box<dyn std::error::Error>> {
        let mut scene = Self::new(Protocol::Pop3).await?;
        for subject in subjects {
            scene.put("INBOX", &letter(subject))?;
        }
        scene.look().await;
        for subject in subjects {
            scene.expunge("INBOX", subject)?;
        }
        Ok(scene)
    }

    async fn become_imap(&mut self, uploading: u32) -> Outcome {
        let change = self.change(Protocol::Imap, OnlyHere::Upload);
        let changed = self.lena.engine.change_protocol(&change).await?;
        assert_eq!(changed.uploading, uploading, "they are to go up");
        self.account = self.lena.account(self.account.id).await;
        Ok(())
    }

    async fn local_folders(&self) -> Result<Account, Box<dyn std::error::Error>> {
        let accounts = self.lena.engine.accounts().await?;
        let local = accounts
            .into_iter()
            .find(|account| account.protocol == Protocol::Local);
        Ok(local.ok_or("local folders")?)
    }

    /// The subjects in Local Folders.
    async fn kept(&self) -> Result<Vec<String>, Box<dyn std::error::Error>> {
        let local = self.local_folders().await?;
        let held = self.lena.held(&local).await;
        Ok(held.into_iter().map(|one| one.subject).collect())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_goes_away_takes_nothing_with_it_that_was_still_to_go_up() -> Outcome {
    let mut scene = Scene::only_here(&["boat", "hull"]).await?;
    let user = "lena@waxwing.test";
    for folder in ["Work", "Work/Boats"] {
        scene
            .stage
            .dovecot
            .doveadm(&["mailbox", "create", "-u", user, folder])?;
    }
    let mut above = None;
    for (name, subject) in [("Work", "hull"), ("Boats", "boat")] {
        let create = waxwing_engine::Action::CreateMailbox {
            account: scene.account.id,
            parent: above,
            name: name.into(),
        };
        scene.lena.engine.perform(create).await?;
        let to = scene.lena.folder_named(name).await.ok_or("the folder")?.id;
        let emails = vec![scene.id(Role::Inbox, subject).await?];
        let file = waxwing_engine::Action::Move { emails, to };
        scene.lena.engine.perform(file).await?;
        above = Some(to);
    }
    scene.become_imap(2).await?;
    // Another client removes the folders before a letter has come there.
    for folder in ["Work/Boats", "Work"] {
        scene
            .stage
            .dovecot
            .doveadm(&["mailbox", "delete", "-u", user, folder])?;
    }
    for _ in 0..2 {
        scene
            .lena
            .engine
            .sync_once(&scene.account, SyncScope::Everything)
            .await;
    }
    assert!(
        scene.lena.folder_named("Boats").await.is_none(),
        "the folder is gone"
    );
    let mut kept = scene.kept().await?;
    kept.sort();
    assert_eq!(kept, ["boat", "hull"], "the letters are kept here");
    assert_eq!(
        scene.lena.engine.uploads_waiting(scene.account.id).await?,
        0,
        "nothing waits"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_is_removed_leaves_what_was_still_to_go_up() -> Outcome {
    let mut scene = Scene::only_here(&["boat", "deleted"]).await?;
    scene.become_imap(2).await?;
    let emails = vec![scene.id(Role::Inbox, "deleted").await?];
    for _ in 0..2 {
        let emails = emails.clone();
        scene
            .lena
            .engine
            .perform(waxwing_engine::Action::Delete { emails })
            .await?;
    }
    let raw = scene
        .lena
        .engine
        .raw(scene.id(Role::Inbox, "boat").await?)
        .await?;
    scene.lena.engine.remove_account(scene.account.id).await?;
    assert_eq!(
        scene.kept().await?,
        ["boat"],
        "what was deleted does not come back"
    );
    let inbox = scene.lena.folder_named("Inbox").await.ok_or("its folder")?;
    let boat = scene.lena.letters(&inbox).await;
    let boat = boat.first().ok_or("the letter")?;
    assert_eq!(scene.lena.engine.raw(boat.id).await?, raw, "with every byte");
    scene.lena.engine.check_store().await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_goes_up_into_a_folder_that_was_numbered_anew_comes_there_once() -> Outcome {
    let mut scene = Scene::new(Protocol::Pop3).await?;
    scene.put("INBOX", &letter("named"))?;
    scene.put("INBOX", &nameless("nameless", "It is dark."))?;
    scene.look().await;
    for subject in ["named", "nameless"] {
        scene.expunge("INBOX", subject)?;
    }
    scene.put("INBOX", &letter("other"))?;
    scene.become_imap(2).await?;
    let named = scene.id(Role::Inbox, "named").await?;
    scene.stage.dovecot.invalidate("lena", "INBOX")?;
    let pushed = scene.lena.engine.push_once(&scene.account);
    let refused = tokio::time::timeout(Duration::from_secs(60), pushed).await??;
    assert_eq!(refused, Vec::<String>::new(), "nothing is refused");
    scene.look().await;
    let there = on_server(&scene.stage.dovecot, "lena");
    let subjects: Vec<_> = there.iter().map(|one| one.subject.as_str()).collect();
    assert_eq!(subjects, ["named", "nameless", "other"], "each is there once");
    assert_eq!(scene.lena.held(&scene.account).await, there, "and here the same");
    assert_eq!(
        scene.id(Role::Inbox, "named").await?,
        named,
        "it is the letter that it was"
    );
    assert!(
        !scene.lena.engine.has_pending_operations(scene.account.id).await?,
        "nothing is left to do"
    );
    Ok(())
}
