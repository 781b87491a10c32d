//! The vault where there is no keyring: a passphrase, or memory for this run.

use secrecy::ExposeSecret;
use waxwing_vault::{Keeper, Sealed, SecretString, Vault, VaultError, VaultState};

fn words(text: &str) -> SecretString {
    SecretString::from(text)
}

#[test]
fn a_closed_vault_neither_seals_nor_opens() {
    let vault = Vault::without_keyring(None);
    assert!(
        matches!(vault.state(), VaultState::Unavailable(_)),
        "a keeper must be chosen first"
    );
    assert_eq!(
        vault.seal("a", &words("s")).unwrap_err(),
        VaultError::Locked,
        "nothing is sealed without a key"
    );
    assert_eq!(
        vault.unseal("a", &Sealed(vec![1])).unwrap_err(),
        VaultError::Locked,
        "nor opened"
    );
}

#[test]
fn a_vault_for_this_run_opens_what_it_sealed_and_the_next_run_does_not() {
    let vault = Vault::without_keyring(None);
    vault.for_this_run();
    assert_eq!(
        vault.state(),
        VaultState::Open(Keeper::ThisRun),
        "open for this run"
    );
    let sealed = vault.seal("a", &words("s")).unwrap();
    assert_eq!(
        vault.clone().unseal("a", &sealed).unwrap().expose_secret(),
        "s",
        "clones are one vault"
    );
    let next = Vault::without_keyring(None);
    next.for_this_run();
    assert_eq!(
        next.unseal("a", &sealed).unwrap_err(),
        VaultError::OtherKey,
        "the key ended with its run"
    );
}

#[test]
fn a_passphrase_opens_the_same_vault_in_the_next_run() {
    let vault = Vault::without_keyring(None);
    let wrapped = vault
        .unlock(&words("jonas likes tea"))
        .unwrap()
        .expect("a new wrapped key is to be kept");
    assert_eq!(
        vault.state(),
        VaultState::Open(Keeper::Passphrase),
        "open at once"
    );
    let sealed = vault.seal("a", &words("s")).unwrap();

    let next = Vault::without_keyring(Some(&wrapped));
    assert_eq!(next.state(), VaultState::Locked, "the passphrase is wanted");
    assert_eq!(
        next.unlock(&words("jonas likes coffee")).unwrap_err(),
        VaultError::WrongPassphrase,
        "this is another"
    );
    assert_eq!(
        next.state(),
        VaultState::Locked,
        "a wrong passphrase changes nothing"
    );
    assert!(
        next.unlock(&words("jonas likes tea")).unwrap().is_none(),
        "there is nothing new to keep"
    );
    assert_eq!(
        next.unseal("a", &sealed).unwrap().expose_secret(),
        "s",
        "the same key"
    );
}

#[test]
fn a_passphrase_chosen_later_keeps_what_this_run_sealed() {
    let vault = Vault::without_keyring(None);
    vault.for_this_run();
    let sealed = vault.seal("a", &words("s")).unwrap();
    let wrapped = vault
        .unlock(&words("amara"))
        .unwrap()
        .expect("a wrapped key to keep");
    let next = Vault::without_keyring(Some(&wrapped));
    next.unlock(&words("amara")).unwrap();
    assert_eq!(
        next.unseal("a", &sealed).unwrap().expose_secret(),
        "s",
        "the key of the run was wrapped"
    );
}

#[test]
fn a_passphrase_can_be_changed_without_sealing_anything_anew() {
    let vault = Vault::without_keyring(None);
    vault.unlock(&words("old")).unwrap();
    let sealed = vault.seal("a", &words("s")).unwrap();
    let wrapped = vault.change_passphrase(&words("new")).unwrap();
    let next = Vault::without_keyring(Some(&wrapped));
    assert_eq!(
        next.unlock(&words("old")).unwrap_err(),
        VaultError::WrongPassphrase,
        "the old one is out"
    );
    next.unlock(&words("new")).unwrap();
    assert_eq!(
        next.unseal("a", &sealed).unwrap().expose_secret(),
        "s",
        "the key stayed"
    );
    assert_eq!(
        Vault::without_keyring(Some(&wrapped))
            .change_passphrase(&words("x"))
            .unwrap_err(),
        VaultError::Locked,
        "a locked vault does not change its lock"
    );
}

#[test]
fn an_empty_passphrase_is_refused() {
    let vault = Vault::without_keyring(None);
    assert_eq!(
        vault.unlock(&words("")).unwrap_err(),
        VaultError::EmptyPassphrase,
        "it would protect nothing"
    );
}

#[test]
fn a_locked_vault_can_be_set_aside_for_this_run() {
    let first = Vault::without_keyring(None);
    let wrapped = first.unlock(&words("lena")).unwrap().unwrap();
    let sealed = first.seal("a", &words("s")).unwrap();
    let vault = Vault::without_keyring(Some(&wrapped));
    vault.for_this_run();
    assert_eq!(
        vault.state(),
        VaultState::Open(Keeper::ThisRun),
        "somebody forgot their passphrase"
    );
    assert_eq!(
        vault.unseal("a", &sealed).unwrap_err(),
        VaultError::OtherKey,
        "the old secrets stay closed"
    );
    vault.unlock(&words("lena")).unwrap();
    assert!(
        vault.unseal("a", &sealed).is_ok(),
        "until the passphrase comes back to mind"
    );
}

#[test]
fn a_passphrase_that_is_forgotten_gives_way_to_another_one() {
    let first = Vault::without_keyring(None);
    let wrapped = first.unlock(&words("lena")).unwrap().unwrap();
    let sealed = first.seal("a", &words("s")).unwrap();
    let vault = Vault::without_keyring(Some(&wrapped));
    assert!(
        matches!(vault.begin_anew(), VaultState::Unavailable(_)),
        "a keeper is to be chosen"
    );
    assert!(
        vault.unlock(&words("amara")).unwrap().is_some(),
        "there is a new key to keep"
    );
    assert_eq!(
        vault.unseal("a", &sealed).unwrap_err(),
        VaultError::OtherKey,
        "what the old one sealed stays closed"
    );
    let this_run = Vault::without_keyring(None);
    this_run.for_this_run();
    assert_eq!(
        this_run.begin_anew(),
        VaultState::Open(Keeper::ThisRun),
        "where there is no passphrase nothing is forgotten"
    );
}

#[test]
fn a_vault_with_a_keeper_of_its_own_asks_no_keyring() {
    let vault = Vault::without_keyring(None);
    assert!(
        matches!(vault.ask_again(), VaultState::Unavailable(_)),
        "there is none to ask"
    );
    vault.for_this_run();
    assert_eq!(
        vault.ask_again(),
        VaultState::Open(Keeper::ThisRun),
        "what was chosen stays"
    );
}

#[test]
fn nothing_printed_holds_a_secret() {
    let vault = Vault::without_keyring(None);
    vault.for_this_run();
    let printed = format!(
        "{vault:?} {:?} {:?}",
        vault.state(),
        vault.seal("a", &words("correct horse")).unwrap()
    );
    assert_eq!(
        printed.split(" Sealed").next(),
        Some("Vault(Open(ThisRun)) Open(ThisRun)"),
        "a vault prints its state alone"
    );
    assert!(!printed.contains("horse"), "{printed}");
}
