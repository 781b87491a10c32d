//! A keyring that is there and is not to be had: the person does not unlock it, or the computer lets no program like ours through to it.

use std::fs;

use waxwing_vault::{Keeper, Sealed, SecretString, Vault, VaultError, VaultState};

use crate::private_bus::{Person, PrivateBus, part, shared};
use crate::{CONTEXT, PROFILE, password, promptly, reason};

#[test]
fn a_person_who_does_not_unlock_the_keyring_is_told_so_and_asked_again_when_they_want() {
    const NAME: &str =
        "refused::a_person_who_does_not_unlock_the_keyring_is_told_so_and_asked_again_when_they_want";
    match part().as_deref() {
        None => {
            let mut bus = PrivateBus::start();
            bus.start_keyring(true);
            bus.play(NAME, "unlocked");
            bus.stop_keyring();
            bus.start_keyring(false);
            bus.play(NAME, "refused");
            bus.play(NAME, "refused a new profile");
            bus.stop_keyring();
            bus.start_keyring(true);
            bus.play(NAME, "unlocked again");
        }
        Some("unlocked") => {
            let vault = Vault::open(PROFILE, None);
            fs::write(shared("sealed"), vault.seal(CONTEXT, &password()).unwrap().0).unwrap();
        }
        Some("refused") => {
            let person = Person::who_refuses();
            let vault = promptly(|| Vault::open(PROFILE, None));
            let said = reason(&vault);
            assert_eq!(person.asked(), 1, "once for a start");
            assert!(
                said.ends_with("it is locked, and was not unlocked when it asked"),
                "{said}"
            );
            assert_eq!(
                vault.seal(CONTEXT, &password()).unwrap_err(),
                VaultError::Locked,
                "nothing is sealed with another key"
            );
            assert!(
                matches!(vault.ask_again(), VaultState::Unavailable(_)),
                "they still will not"
            );
            assert_eq!(
                person.asked(),
                2,
                "and are asked when they have pressed the button"
            );
            let error = vault.forget().expect_err("the entry is behind the lock");
            assert!(matches!(error, VaultError::Keyring(_)), "{error}");
            vault.for_this_run();
            assert_eq!(
                vault.state(),
                VaultState::Open(Keeper::ThisRun),
                "what they may choose in its place"
            );
        }
        Some("refused a new profile") => {
            let person = Person::who_refuses();
            let vault = promptly(|| Vault::open("jonas", None));
            assert!(reason(&vault).contains("was not unlocked"), "{vault:?}");
            assert!(person.asked() > 0, "a key cannot be put behind a lock");
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
fn a_keyring_that_the_system_denies_us_is_said_at_once_and_a_passphrase_stands_in() {
    const NAME: &str =
        "refused::a_keyring_that_the_system_denies_us_is_said_at_once_and_a_passphrase_stands_in";
    match part().as_deref() {
        None => {
            let mut bus = PrivateBus::start_without_access();
            bus.start_keyring(true);
            bus.play(NAME, "only run");
        }
        Some(_) => {
            let vault = promptly(|| Vault::open(PROFILE, None));
            let said = reason(&vault);
            assert!(
                said.ends_with("this computer does not let Waxwing use it"),
                "the answer was heard, and not the end of our patience: {said}"
            );
            assert!(
                matches!(vault.ask_again(), VaultState::Unavailable(_)),
                "it is so the next time"
            );
            assert!(
                matches!(vault.forget(), Err(VaultError::Keyring(_))),
                "nor is it removed"
            );
            let wrapped = vault.unlock(&SecretString::from("jonas likes tea")).unwrap();
            let sealed = vault.seal(CONTEXT, &password()).unwrap();
            let next = Vault::open(PROFILE, wrapped.as_deref());
            next.unlock(&SecretString::from("jonas likes tea")).unwrap();
            assert!(
                next.unseal(CONTEXT, &sealed).is_ok(),
                "and the keyring is not needed"
            );
        }
    }
}
