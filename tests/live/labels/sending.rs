//! Gmail files what was sent by itself, some moments later: nothing is appended, and Sent has it once.

use secrecy::SecretString;
use waxwing_model::{CopyState, SubmissionState};
use waxwing_testkit::labels::Semantics;
use waxwing_testkit::{PASSWORD, Stage};

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_sent_letter_waits_for_the_servers_own_copy() -> Outcome {
    let stage = Stage::start()?;
    let server = LabelServer::start(Semantics::Gmail).await?;
    let lena = Person::new().await;
    let mut form = form_for(
        "lena",
        Protocol::Imap,
        server.imaps(),
        stage.postfix.submissions(),
        &format!("{}{}", server.ca_pem(), stage.ca_pem()),
    );
    form.password = SecretString::from(PASSWORD);
    let account = lena.add_quietly(form).await;
    let scene = Scene {
        server,
        lena,
        account,
    };
    scene.sync().await;
    let raw = waxwing_testkit::letters::simple(LENA, "jonas@waxwing.test", "off", "Hello.");
    let submission = scene
        .lena
        .engine
        .send_message(&scene.account, raw.clone())
        .await?;
    scene.lena.engine.deliver_now(&scene.account, submission).await?;
    let sent = scene.lena.engine.submission(submission).await?;
    assert!(
        matches!(sent.state, SubmissionState::Sent { .. }),
        "{:?}",
        sent.state
    );
    scene.sync().await;
    assert!(
        scene.heard("APPEND").is_empty(),
        "the server has not filed it yet, and is given time"
    );
    assert_eq!(
        scene.lena.engine.submission(submission).await?.copy,
        CopyState::Due
    );

    let letter = scene.server.deliver(&[SENT], 9, &raw);
    let scene = Scene {
        lena: scene.lena.restart().await,
        ..scene
    };
    scene.sync().await;
    assert_eq!(
        scene.lena.engine.submission(submission).await?.copy,
        CopyState::Filed
    );
    scene.sync().await;
    assert!(scene.heard("APPEND").is_empty());
    assert_eq!(scene.server.with_subject("off"), [letter], "there is one copy");
    scene.stands("off", letter, &["All Mail", "Sent Mail"]).await;
    Ok(())
}
