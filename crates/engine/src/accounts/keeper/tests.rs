//! Who keeps each key: noted for each by itself, and no passphrase is put in the place of a keyring that has passwords.

use std::path::Path;

use secrecy::ExposeSecret;
use waxwing_model::{AccountId, TroubleKind};

use super::*;
use crate::accounts::add_local::local_folders;

fn store(folder: &Path) -> Store {
    Store::open(&folder.join("waxwing.db"), Box::new(|_| {})).expect("a store")
}

fn options(folder: &Path, passphrase: Option<&str>) -> EngineOptions {
    EngineOptions {
        profile: folder.to_owned(),
        keyring: KeyringUse::Never,
        passphrase: passphrase.map(SecretString::from),
    }
}

fn some_key() -> Vault {
    let vault = Vault::without_keyring(None);
    vault.for_this_run();
    vault
}

/// Keeps a password, sealed with this vault's key, of which a keeper is noted or none.
fn keep(store: &Store, vault: &Vault, purpose: &str, keeper: Option<Keeper>) -> AccountId {
    let kept = store.write(|writing| {
        let account = local_folders(writing, "Local Folders")?;
        let sealed = vault
            .seal(purpose, &SecretString::from("heron"))
            .expect("an open vault");
        writing.put_sealed_secret(account, purpose, &sealed.0)?;
        if let Some(keeper) = keeper {
            note(writing, &sealed.key_name().expect("the name of a key"), keeper)?;
        }
        Ok(account)
    });
    kept.expect("it is kept")
}

#[test]
fn passwords_are_the_keyrings_while_one_of_them_hangs_on_its_key() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = store(folder.path());
    let said = || store.read(kept_by).expect("the store answers");
    assert_eq!(said(), None, "there are none");
    let (of_keyring, of_run, older) = (some_key(), some_key(), some_key());
    keep(&store, &of_keyring, "incoming", Some(Keeper::Keyring));
    keep(&store, &of_run, "outgoing", Some(Keeper::ThisRun));
    assert_eq!(
        said(),
        Some(Keeper::Keyring),
        "one that was typed for this run takes nothing from the keyring"
    );
    keep(&store, &of_run, "incoming", Some(Keeper::ThisRun));
    assert_eq!(
        said(),
        Some(Keeper::ThisRun),
        "none hangs on the keyring any more"
    );
    keep(&store, &older, "oauth", None);
    assert_eq!(
        said(),
        Some(Keeper::Keyring),
        "of whose key nothing was noted, the keyring is asked first"
    );
}

#[test]
fn a_passphrase_makes_no_key_beside_the_one_that_the_keyring_keeps() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = store(folder.path());
    keep(&store, &some_key(), "incoming", Some(Keeper::Keyring));
    let refused = open_vault(&store, &options(folder.path(), Some("a passphrase"))).err();
    let refused = refused.expect("the next run would not ask the keyring any more");
    assert!(
        refused.to_string().contains("kept by the system's keyring"),
        "{refused}"
    );
    let wrapped = store.read(|reading| reading.setting(WRAPPED_KEY));
    assert_eq!(wrapped.expect("the store answers"), None, "no key was wrapped");
    let without = open_vault(&store, &options(folder.path(), None)).expect("it opens without");
    assert!(
        matches!(without.state(), VaultState::Unavailable(_)),
        "{without:?}"
    );
    keep(&store, &some_key(), "incoming", Some(Keeper::ThisRun));
    let opened = open_vault(&store, &options(folder.path(), Some("a passphrase")));
    assert_eq!(
        opened.expect("what is lost anyway keeps nobody").state(),
        VaultState::Open(Keeper::Passphrase)
    );
}

#[tokio::test]
async fn a_password_of_the_keyring_is_waited_for_in_a_run_without_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let engine = Engine::open(options(folder.path(), None))
        .await
        .expect("an engine");
    let inner = &engine.inner;
    let lost = some_key();
    let account = keep(&inner.store, &some_key(), "incoming", Some(Keeper::Keyring));
    keep(&inner.store, &lost, "outgoing", Some(Keeper::ThisRun));
    let open = |purpose: &'static str| {
        let sealed = inner
            .store
            .read(|reading| reading.sealed_secret(account, purpose));
        let sealed = Sealed(sealed.expect("the store answers").expect("a secret"));
        unseal(inner, &[purpose.to_owned()], &sealed)
    };
    engine.keep_secrets_this_run();
    let waited = open("incoming").expect_err("its key is in the keyring");
    assert_eq!(waited.kind(), TroubleKind::Vault, "so it is waited for: {waited}");
    let gone = open("outgoing").expect_err("its key ended with its run");
    assert_eq!(
        gone.kind(),
        TroubleKind::WrongPassword,
        "so it is typed again: {gone}"
    );
    keep(&inner.store, &inner.vault, "outgoing", Some(Keeper::ThisRun));
    let opened = open("outgoing").expect("it was typed in this run");
    assert_eq!(opened.expose_secret(), "heron", "and opens");
    engine
        .unlock_vault(SecretString::from("from now on"))
        .await
        .expect("a passphrase is given");
    let chosen = open("incoming").expect_err("another keeper was chosen for good");
    assert_eq!(chosen.kind(), TroubleKind::WrongPassword, "{chosen}");
    let kept = engine.passwords_kept_by().await.expect("the store answers");
    assert_eq!(
        kept,
        Some(Keeper::Keyring),
        "what still hangs on the keyring is not forgotten"
    );
}
