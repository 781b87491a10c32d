//! Passwords whose key is gone: kept for one run only, or behind a passphrase that nobody remembers. It is said, they are typed
//! once more, and nothing else is lost.

use journeys::{deliver, eventually, form};
use secrecy::SecretString;
use waxwing_engine::{Engine, EngineOptions, Keeper, KeyringUse, Passwords, Trying, VaultState};
use waxwing_model::{Account, Activity, Protocol, TroubleKind};
use waxwing_testkit::{PASSWORD, Stage};

use super::Outcome;

async fn open(folder: &std::path::Path) -> Result<Engine, waxwing_engine::EngineError> {
    Engine::open(EngineOptions {
        profile: folder.to_owned(),
        keyring: KeyringUse::Never,
        passphrase: None,
    })
    .await
}

/// The account says that its password has to be typed once more, takes it, and goes on.
async fn types_it_again(engine: &Engine, account: &Account) -> Outcome {
    let trouble = eventually("the account to say what it wants", || async {
        match engine.activity(account.id) {
            Activity::Failed { trouble } if trouble.kind != TroubleKind::Vault => Some(trouble),
            _ => None,
        }
    })
    .await;
    assert_eq!(
        trouble.kind,
        TroubleKind::WrongPassword,
        "so that signing in again is offered: {trouble}"
    );
    assert!(trouble.sentence.contains("enter it again"), "{trouble}");
    let passwords = Passwords {
        incoming: Some(SecretString::from(PASSWORD)),
        ..Passwords::default()
    };
    let tried = engine.sign_in_again(account.id, passwords, Trying::First).await?;
    assert!(tried.iter().all(|door| door.tried.is_ok()), "{tried:?}");
    eventually("the account to be in step", || async {
        matches!(engine.activity(account.id), Activity::UpToDate { .. }).then_some(())
    })
    .await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_of_the_last_run_and_one_behind_a_forgotten_passphrase_are_typed_once_more() -> Outcome {
    let stage = Stage::start()?;
    deliver(&stage.dovecot, "lena", "Here");
    let folder = tempfile::tempdir()?;
    let engine = open(folder.path()).await?;
    assert_eq!(engine.passwords_kept_by().await?, None, "there are none yet");
    let added = engine.add_account(form(&stage, "lena", Protocol::Imap)).await;
    let Err(trouble) = added else {
        return Err("a password was kept without a keeper".into());
    };
    assert_eq!(trouble.kind, TroubleKind::Vault, "{trouble}");
    assert!(engine.accounts().await?.is_empty(), "nothing of it was saved");
    assert_eq!(
        engine.keep_secrets_this_run(),
        VaultState::Open(Keeper::ThisRun),
        "the person chose so"
    );
    let added = engine.add_account(form(&stage, "lena", Protocol::Imap)).await;
    let id = added.map_err(|trouble| trouble.to_string())?;
    let account = engine.account(id).await?;
    engine.stop().await;
    drop(engine);

    let engine = open(folder.path()).await?;
    assert!(
        matches!(engine.vault_state(), VaultState::Unavailable(_)),
        "the key ended with its run"
    );
    assert_eq!(
        engine.passwords_kept_by().await?,
        Some(Keeper::ThisRun),
        "and that is known"
    );
    engine.start().await?;
    engine
        .unlock_vault(SecretString::from("a passphrase from now on"))
        .await?;
    types_it_again(&engine, &account).await?;
    assert_eq!(engine.passwords_kept_by().await?, Some(Keeper::Passphrase));
    engine.stop().await;
    drop(engine);

    let engine = open(folder.path()).await?;
    assert_eq!(
        engine.vault_state(),
        VaultState::Locked,
        "the passphrase is wanted"
    );
    let wrong = engine.unlock_vault(SecretString::from("what was it")).await;
    assert!(wrong.is_err(), "it is another one");
    let state = engine.forget_passphrase().await?;
    assert!(
        matches!(state, VaultState::Unavailable(_)),
        "a keeper is to be chosen: {state:?}"
    );
    engine.start().await?;
    engine.unlock_vault(SecretString::from("another one")).await?;
    types_it_again(&engine, &account).await?;
    engine.stop().await;
    drop(engine);

    let engine = open(folder.path()).await?;
    let state = engine.unlock_vault(SecretString::from("another one")).await?;
    assert_eq!(state, VaultState::Open(Keeper::Passphrase), "it is the one now");
    engine.start().await?;
    eventually("the account to be in step", || async {
        matches!(engine.activity(account.id), Activity::UpToDate { .. }).then_some(())
    })
    .await;
    engine.stop().await;
    Ok(())
}
