//! From POP3 to IMAP where something is wrong: it is told in a sentence, and no letter is lost by it.

use journeys::{form, on_disk};
use waxwing_engine::OnlyHere;
use waxwing_model::Protocol;
use waxwing_testkit::{DovecotOptions, Stage, letters};

use crate::{Outcome, Scene, letter};

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
