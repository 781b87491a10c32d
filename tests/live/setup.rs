//! What can be wrong with an account, each with a sentence of its own; and that secrets stay secret.

use journeys::{Person, eventually, form, server};
use secrecy::SecretString;
use waxwing_engine::{Engine, EngineOptions, KeyringUse};
use waxwing_model::{Activity, Authentication, Protocol, Security, SubmissionState, TroubleKind};
use waxwing_testkit::script::{Script, ScriptedServer, SmtpFault};
use waxwing_testkit::{CertificateKind, DovecotOptions, PASSWORD, PostfixOptions, Stage};

type Outcome = Result<(), Box<dyn std::error::Error>>;

#[tokio::test(flavor = "multi_thread")]
async fn four_failures_are_four_sentences_and_nothing_is_saved() -> Outcome {
    let stage = Stage::start()?;
    let expired = Stage::start_with(
        &DovecotOptions {
            certificate: CertificateKind::Expired,
            ..DovecotOptions::default()
        },
        &PostfixOptions::default(),
    )?;
    let plain_only = Stage::start_with(
        &DovecotOptions {
            mechanisms: "plain".into(),
            ..DovecotOptions::default()
        },
        &PostfixOptions::default(),
    )?;
    let lena = Person::new().await;

    let mut wrong_password = form(&stage, "lena", Protocol::Imap);
    wrong_password.password = SecretString::from("wrong horse");
    let bad_certificate = form(&expired, "lena", Protocol::Imap);
    let mut unreachable = form(&stage, "lena", Protocol::Imap);
    unreachable.incoming = server(9, Security::Tls, "lena");
    let mut refused_method = form(&plain_only, "lena", Protocol::Imap);
    refused_method.incoming.authentication = Authentication::CramMd5;

    let mut sentences = Vec::new();
    for (form, kind) in [
        (wrong_password, TroubleKind::WrongPassword),
        (bad_certificate, TroubleKind::BadCertificate),
        (unreachable, TroubleKind::Unreachable),
        (refused_method, TroubleKind::MethodRefused),
    ] {
        let Err(trouble) = lena.engine.add_account(form).await else {
            return Err(format!("{kind:?} was let in").into());
        };
        assert_eq!(trouble.kind, kind, "{trouble}");
        assert!(
            !sentences.contains(&trouble.sentence),
            "each has its own sentence: {trouble}"
        );
        sentences.push(trouble.sentence);
    }
    assert!(lena.engine.accounts().await?.is_empty(), "nothing was saved");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn every_door_opens_encrypted() -> Outcome {
    let stage = Stage::start()?;
    let lena = Person::new().await;
    for (protocol, port, security) in [
        (Protocol::Imap, stage.dovecot.imaps(), Security::Tls),
        (Protocol::Imap, stage.dovecot.imap(), Security::StartTls),
        (Protocol::Pop3, stage.dovecot.pop3s(), Security::Tls),
        (Protocol::Pop3, stage.dovecot.pop3(), Security::StartTls),
    ] {
        let mut form = form(&stage, "lena", protocol);
        form.incoming = server(port, security, "lena");
        form.outgoing = server(stage.postfix.submission(), Security::StartTls, "lena");
        let checked = lena
            .engine
            .check_account(&form)
            .await
            .map_err(|trouble| trouble.to_string())?;
        assert!(checked.is_ok(), "{protocol:?} with {security:?}: {checked:?}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn each_step_of_the_test_is_told_and_who_may_not_send_yet_can_read_all_the_same() -> Outcome {
    let stage = Stage::start()?;
    let lena = Person::new().await;
    let form = form(&stage, "lena", Protocol::Imap);
    let checked = lena
        .engine
        .check_account(&form)
        .await
        .map_err(|trouble| trouble.to_string())?;
    for tried in [&checked.incoming, &checked.outgoing] {
        assert!(tried.reached && tried.signed_in && tried.is_ok(), "{tried:?}");
        let encryption = tried.encryption.as_ref().ok_or("it is encrypted")?;
        assert!(encryption.protocol.starts_with("TLS 1."), "{encryption:?}");
    }
    let mut half = form.clone();
    half.outgoing.port = stage.dovecot.imaps();
    let checked = lena
        .engine
        .check_account(&half)
        .await
        .map_err(|trouble| trouble.to_string())?;
    assert!(checked.incoming.is_ok(), "the other one is told all the same");
    assert!(!checked.outgoing.signed_in, "{checked:?}");
    let mut nothing = form.clone();
    nothing.email = "nobody".into();
    let trouble = lena
        .engine
        .check_account(&nothing)
        .await
        .expect_err("it is no address");
    assert_eq!(trouble.kind, TroubleKind::Invalid, "nobody is asked: {trouble}");

    // A server that knows lena and takes no letters from her address.
    let script = Script::smtp(&SmtpFault::Recipient(form.email.clone()));
    let pair = stage.dovecot.certificates().pair(CertificateKind::Good);
    let smtp = ScriptedServer::start_tls(vec![script], pair).await?;
    let mut mute = form.clone();
    mute.outgoing.port = smtp.port();
    let checked = lena
        .engine
        .check_account(&mute)
        .await
        .map_err(|trouble| trouble.to_string())?;
    let outgoing = &checked.outgoing;
    assert!(outgoing.signed_in && !outgoing.is_ok(), "{outgoing:?}");
    let added = lena.add(mute).await;
    eventually("mail to be read", || async {
        matches!(lena.engine.activity(added.id), Activity::UpToDate { .. }).then_some(())
    })
    .await;
    lena.engine.stop().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_goes_in_the_clear_without_an_explicit_choice() -> Outcome {
    let stage = Stage::start()?;
    let lena = Person::new().await;
    let mut form = form(&stage, "lena", Protocol::Imap);
    form.incoming = server(stage.dovecot.imap(), Security::Plain, "lena");
    let Err(trouble) = lena.engine.add_account(form).await else {
        return Err("it was let in".into());
    };
    assert_eq!(trouble.kind, TroubleKind::Invalid, "{trouble}");
    assert!(
        !stage.dovecot.log().contains("lena@"),
        "no name was sent to the server"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_password_is_nowhere_in_the_profile() -> Outcome {
    let stage = Stage::start()?;
    let lena = Person::new().await;
    lena.add(form(&stage, "lena", Protocol::Imap)).await;
    lena.engine.stop().await;
    let mut looked = 0;
    for entry in std::fs::read_dir(lena.folder())? {
        let bytes = std::fs::read(entry?.path())?;
        looked += 1;
        assert!(
            !bytes
                .windows(PASSWORD.len())
                .any(|window| window == PASSWORD.as_bytes()),
            "it is sealed"
        );
    }
    assert!(looked > 0, "there were files to look at");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_says_that_the_vault_is_locked_and_starts_when_it_opens() -> Outcome {
    let stage = Stage::start()?;
    let folder = tempfile::tempdir()?;
    let lena = Person::at(folder.path()).await;
    let account = lena.add_quietly(form(&stage, "lena", Protocol::Imap)).await;
    lena.engine.stop().await;
    drop(lena);

    let engine = Engine::open(EngineOptions {
        profile: folder.path().to_owned(),
        keyring: KeyringUse::Never,
        passphrase: None,
    })
    .await?;
    engine.start().await?;
    let raw = waxwing_testkit::letters::simple(&account.email, "jonas@waxwing.test", "Later", "Hello.");
    let submission = engine.send_message(&account, raw).await?;
    let kind = eventually("the account to say what it wants", || async {
        match engine.activity(account.id) {
            Activity::Failed { trouble } => Some(trouble.kind),
            _ => None,
        }
    })
    .await;
    assert_eq!(kind, TroubleKind::Vault, "it is the vault, not the password");
    let waiting = engine.submission(submission).await?;
    assert_eq!(
        (waiting.state, waiting.attempts),
        (SubmissionState::Waiting, 0),
        "the letter waits and has not failed"
    );

    engine
        .unlock_vault(SecretString::from("a passphrase for tests"))
        .await?;
    eventually("the account to be in step", || async {
        matches!(engine.activity(account.id), Activity::UpToDate { .. }).then_some(())
    })
    .await;
    eventually("the letter to be sent", || async {
        let state = engine.submission(submission).await.ok()?.state;
        matches!(state, SubmissionState::Sent { .. }).then_some(())
    })
    .await;
    engine.stop().await;
    Ok(())
}
