//! The vault with a real Secret Service: GNOME's keyring on a bus of our own. Each test plays in processes of its own,
//! because a keyring is found through the environment, and because what must survive is the end of a process.
#![cfg(target_os = "linux")]
#![expect(clippy::panic, reason = "a wrong state ends its test at once, with a reason")]

mod private_bus;
mod refused;

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use private_bus::{PrivateBus, part, shared, signal_keyring, unlock_keyring};
use secrecy::ExposeSecret;
use waxwing_vault::{Keeper, Sealed, SecretString, Vault, VaultError, VaultState};

const PROFILE: &str = "lena";
const CONTEXT: &str = "account 1 incoming";

fn password() -> SecretString {
    SecretString::from("correct horse battery staple")
}

/// Runs `open` and holds it to its promise never to hang.
fn promptly(open: impl FnOnce() -> Vault) -> Vault {
    let begun = Instant::now();
    let vault = open();
    assert!(
        begun.elapsed() < Duration::from_secs(60),
        "opening took {:?}",
        begun.elapsed()
    );
    vault
}

fn reason(vault: &Vault) -> String {
    match vault.state() {
        VaultState::Unavailable(reason) => reason,
        other => panic!("the keyring should be unavailable, but the vault is {other:?}"),
    }
}

/// A keyring is on the bus a moment after it has said that it began.
fn opens_when_asked_again(vault: &Vault) {
    let begun = Instant::now();
    while vault.ask_again() != VaultState::Open(Keeper::Keyring) {
        assert!(
            begun.elapsed() < Duration::from_secs(60),
            "the keyring gives its key: {vault:?}"
        );
        thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn the_key_is_kept_by_the_keyring_from_one_run_to_the_next() {
    let sealed = || shared("sealed");
    match part().as_deref() {
        None => {
            let mut bus = PrivateBus::start();
            bus.start_keyring(true);
            bus.play(
                "the_key_is_kept_by_the_keyring_from_one_run_to_the_next",
                "first run",
            );
            bus.play(
                "the_key_is_kept_by_the_keyring_from_one_run_to_the_next",
                "second run",
            );
            // The keyring too may end in between, as it does with every session.
            bus.stop_keyring();
            bus.start_keyring(true);
            bus.play(
                "the_key_is_kept_by_the_keyring_from_one_run_to_the_next",
                "second run",
            );
        }
        Some("first run") => {
            let vault = Vault::open(PROFILE, None);
            assert_eq!(
                vault.state(),
                VaultState::Open(Keeper::Keyring),
                "a keyring is there"
            );
            fs::write(sealed(), vault.seal(CONTEXT, &password()).unwrap().0).unwrap();
            let unlocked = vault.unlock(&SecretString::from("not needed")).unwrap();
            assert!(
                unlocked.is_none(),
                "with a keyring there is no passphrase to set up"
            );
        }
        Some(_) => {
            let vault = Vault::open(PROFILE, None);
            let opened = vault
                .unseal(CONTEXT, &Sealed(fs::read(sealed()).unwrap()))
                .unwrap();
            assert_eq!(
                opened.expose_secret(),
                password().expose_secret(),
                "the same key as in the first run"
            );
            let other = Vault::open("jonas", None);
            assert_eq!(
                other
                    .unseal(CONTEXT, &Sealed(fs::read(sealed()).unwrap()))
                    .unwrap_err(),
                VaultError::OtherKey,
                "two profiles share no key"
            );
        }
    }
}

#[test]
fn a_key_that_was_forgotten_is_gone_for_good() {
    match part().as_deref() {
        None => {
            let mut bus = PrivateBus::start();
            bus.start_keyring(true);
            bus.play("a_key_that_was_forgotten_is_gone_for_good", "only run");
        }
        Some(_) => {
            let vault = Vault::open(PROFILE, None);
            let sealed = vault.seal(CONTEXT, &password()).unwrap();
            vault.forget().unwrap();
            assert_eq!(
                vault.unseal(CONTEXT, &sealed).unwrap_err(),
                VaultError::Locked,
                "the key left the memory"
            );
            vault
                .forget()
                .expect("forgetting what is forgotten is no failure");
            let again = Vault::open(PROFILE, None);
            assert_eq!(
                again.state(),
                VaultState::Open(Keeper::Keyring),
                "the profile begins anew"
            );
            assert_eq!(
                again.unseal(CONTEXT, &sealed).unwrap_err(),
                VaultError::OtherKey,
                "with another key"
            );
        }
    }
}

#[test]
fn a_locked_keyring_that_nobody_can_unlock_is_said_and_not_waited_for() {
    match part().as_deref() {
        None => {
            let mut bus = PrivateBus::start();
            bus.start_keyring(true);
            bus.play(
                "a_locked_keyring_that_nobody_can_unlock_is_said_and_not_waited_for",
                "unlocked",
            );
            bus.stop_keyring();
            bus.start_keyring(false);
            bus.play(
                "a_locked_keyring_that_nobody_can_unlock_is_said_and_not_waited_for",
                "locked",
            );
            // Nothing was replaced while it was locked.
            bus.stop_keyring();
            bus.start_keyring(true);
            bus.play(
                "a_locked_keyring_that_nobody_can_unlock_is_said_and_not_waited_for",
                "unlocked again",
            );
        }
        Some("unlocked") => {
            let vault = Vault::open(PROFILE, None);
            fs::write(shared("sealed"), vault.seal(CONTEXT, &password()).unwrap().0).unwrap();
        }
        Some("locked") => {
            let vault = promptly(|| Vault::open(PROFILE, None));
            let reason = reason(&vault);
            assert!(
                reason.contains("it is locked"),
                "in words that a person understands: {reason}"
            );
            assert_eq!(
                vault.seal(CONTEXT, &password()).unwrap_err(),
                VaultError::Locked,
                "nothing is sealed"
            );
        }
        Some(_) => {
            let vault = Vault::open(PROFILE, None);
            let sealed = Sealed(fs::read(shared("sealed")).unwrap());
            assert!(
                vault.unseal(CONTEXT, &sealed).is_ok(),
                "the old key is still there"
            );
        }
    }
}

#[test]
fn a_computer_without_a_keyring_is_known_at_once_and_a_passphrase_stands_in() {
    const NAME: &str = "a_computer_without_a_keyring_is_known_at_once_and_a_passphrase_stands_in";
    match part().as_deref() {
        None => {
            let mut bus = PrivateBus::start();
            bus.play(NAME, "a bus without a keyring");
            bus.stop_bus();
            bus.play(NAME, "not even a bus");
        }
        Some(_) => {
            let vault = promptly(|| Vault::open(PROFILE, None));
            let reason = reason(&vault);
            assert!(
                reason.ends_with("no keyring is running"),
                "in words that a person understands: {reason}"
            );
            let wrapped = vault
                .unlock(&SecretString::from("jonas likes tea"))
                .unwrap()
                .expect("a key to keep");
            let sealed = vault.seal(CONTEXT, &password()).unwrap();
            // The next run has a passphrase, so it does not even look for a keyring.
            let next = Vault::open(PROFILE, Some(&wrapped));
            assert_eq!(next.state(), VaultState::Locked, "a passphrase is wanted");
            assert!(
                next.unlock(&SecretString::from("jonas likes tea"))
                    .unwrap()
                    .is_none(),
                "nothing new to keep"
            );
            assert!(next.unseal(CONTEXT, &sealed).is_ok(), "it is the same key");
        }
    }
}

#[test]
fn a_keyring_that_hangs_is_not_waited_for_and_may_still_answer() {
    match part().as_deref() {
        None => {
            let mut bus = PrivateBus::start();
            bus.start_keyring(true);
            bus.play(
                "a_keyring_that_hangs_is_not_waited_for_and_may_still_answer",
                "only run",
            );
        }
        Some(_) => {
            signal_keyring("-STOP");
            let vault = promptly(|| Vault::open(PROFILE, None));
            let reason = reason(&vault);
            assert!(
                reason.contains("did not answer"),
                "it is said to be silent: {reason}"
            );
            let chosen = promptly(|| Vault::open(PROFILE, None));
            chosen.for_this_run();
            signal_keyring("-CONT");
            let begun = Instant::now();
            while vault.state() != VaultState::Open(Keeper::Keyring) {
                assert!(
                    begun.elapsed() < Duration::from_secs(60),
                    "its late answer opens the vault"
                );
                thread::sleep(Duration::from_millis(20));
            }
            thread::sleep(Duration::from_millis(300));
            assert_eq!(
                chosen.state(),
                VaultState::Open(Keeper::ThisRun),
                "but not where another keeper was chosen meanwhile: what was sealed since would be lost"
            );
        }
    }
}

#[test]
fn a_keyring_that_was_locked_is_asked_again_when_a_person_has_unlocked_it() {
    const NAME: &str = "a_keyring_that_was_locked_is_asked_again_when_a_person_has_unlocked_it";
    match part().as_deref() {
        None => {
            let mut bus = PrivateBus::start();
            bus.start_keyring(true);
            bus.play(NAME, "unlocked");
            bus.stop_keyring();
            bus.start_keyring(false);
            bus.play(NAME, "locked, then unlocked");
        }
        Some("unlocked") => {
            let vault = Vault::open(PROFILE, None);
            fs::write(shared("sealed"), vault.seal(CONTEXT, &password()).unwrap().0).unwrap();
        }
        Some(_) => {
            let vault = promptly(|| Vault::open(PROFILE, None));
            assert!(reason(&vault).contains("it is locked"), "{vault:?}");
            assert!(
                matches!(vault.ask_again(), VaultState::Unavailable(_)),
                "nobody has unlocked it yet"
            );
            unlock_keyring();
            opens_when_asked_again(&vault);
            let sealed = Sealed(fs::read(shared("sealed")).unwrap());
            assert!(vault.unseal(CONTEXT, &sealed).is_ok(), "and it is the old one");
        }
    }
}

#[test]
fn a_keyring_that_begins_later_than_we_do_is_found_when_it_is_asked_again() {
    const NAME: &str = "a_keyring_that_begins_later_than_we_do_is_found_when_it_is_asked_again";
    match part().as_deref() {
        None => {
            let bus = PrivateBus::start();
            bus.play(NAME, "only run");
        }
        Some(_) => {
            let vault = promptly(|| Vault::open(PROFILE, None));
            assert!(reason(&vault).ends_with("no keyring is running"), "{vault:?}");
            unlock_keyring();
            opens_when_asked_again(&vault);
        }
    }
}

#[test]
fn a_keyring_that_vanishes_leaves_an_open_vault_open() {
    match part().as_deref() {
        None => {
            let mut bus = PrivateBus::start();
            bus.start_keyring(true);
            bus.play("a_keyring_that_vanishes_leaves_an_open_vault_open", "only run");
        }
        Some(_) => {
            let vault = Vault::open(PROFILE, None);
            let sealed = vault.seal(CONTEXT, &password()).unwrap();
            signal_keyring("-KILL");
            assert!(vault.unseal(CONTEXT, &sealed).is_ok(), "the key is in memory");
            let begun = Instant::now();
            let error = vault.forget().unwrap_err();
            assert!(
                matches!(error, VaultError::Keyring(_)),
                "the entry could not be removed: {error}"
            );
            assert!(
                begun.elapsed() < Duration::from_secs(60),
                "and that is said promptly"
            );
            assert!(vault.unseal(CONTEXT, &sealed).is_ok(), "so nothing was forgotten");
        }
    }
}

#[test]
fn an_entry_that_is_not_ours_is_left_alone() {
    match part().as_deref() {
        None => {
            let mut bus = PrivateBus::start();
            bus.start_keyring(true);
            bus.play("an_entry_that_is_not_ours_is_left_alone", "only run");
        }
        Some(_) => {
            let entry = keyring::Entry::new("Waxwing", PROFILE).unwrap();
            entry.set_password("from a later version: x").unwrap();
            let vault = Vault::open(PROFILE, None);
            let reason = reason(&vault);
            assert!(reason.contains("does not hold a key of ours"), "{reason}");
            assert!(!reason.contains("later version"), "what it holds is not told");
            assert_eq!(
                entry.get_password().unwrap(),
                "from a later version: x",
                "it was not overwritten"
            );
        }
    }
}
