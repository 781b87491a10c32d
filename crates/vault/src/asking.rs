//! Asking the keyring: on a thread of its own, one question at a time, and never for longer than is bearable. Not here: what the
//! keyring answers.

use std::sync::PoisonError;
use std::thread;
use std::time::{Duration, Instant};

use crate::key::Key;
use crate::keyring_entry::{self, Absent};
use crate::vault::{Door, Vault};
use crate::{Keeper, VaultError};

/// How long the start of the program waits for a keyring. Its own unlock question may stand longer: a late
/// answer still opens the vault, as long as nobody has chosen another keeper.
pub(crate) const PATIENCE: Duration = Duration::from_secs(12);

/// Held by the thread that asks; whatever ends it, the next question may be put.
struct UnderWay(Vault);

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.inside().asking = false;
        self.0.answered().notify_all();
    }
}

impl Vault {
    /// Asks the keyring for the key of this profile, and waits a while for it.
    pub(crate) fn ask_keyring(&self) {
        let (profile, absent) = {
            let inside = self.inside();
            (inside.profile.clone(), inside.absent)
        };
        if let Some(profile) = profile {
            self.ask(PATIENCE, absent, move || keyring_entry::key_of(&profile, absent));
        }
    }

    /// Two questions at once could both find no key and both make one. So one that is under way is waited for: its answer is
    /// ours, unless only we may have a key made and it opened nothing.
    fn ask(
        &self,
        patience: Duration,
        absent: Absent,
        question: impl FnOnce() -> Result<Key, VaultError> + Send + 'static,
    ) {
        let until = Instant::now() + patience;
        let joined = self.inside().asking;
        if !self.wait_for_answer(until) {
            return self.silent(patience);
        }
        if !self.inside().waits_for_keyring() || (joined && absent == Absent::Refuse) {
            return;
        }
        {
            let mut inside = self.inside();
            // Somebody else was quicker; theirs is the next answer.
            if inside.asking {
                drop(inside);
                if !self.wait_for_answer(until) {
                    self.silent(patience);
                }
                return;
            }
            inside.asking = true;
        }
        let held = UnderWay(self.clone());
        let spawned = thread::Builder::new().name("keyring".to_owned()).spawn(move || {
            let answer = question();
            held.0.answer(&answer);
        });
        if spawned.is_err() || !self.wait_for_answer(until) {
            self.silent(patience);
        }
    }

    /// Waits until no question is under way. `false`: there still is one.
    fn wait_for_answer(&self, until: Instant) -> bool {
        let mut inside = self.inside();
        while inside.asking {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return false;
            }
            (inside, _) = self
                .answered()
                .wait_timeout(inside, left)
                .unwrap_or_else(PoisonError::into_inner);
        }
        true
    }

    fn silent(&self, patience: Duration) {
        let mut inside = self.inside();
        // The answer may have come between the end of our patience and here.
        if matches!(inside.door, Door::Unavailable(_)) {
            tracing::warn!("the keyring did not answer in time");
            inside.door = Door::Unavailable(silence(patience));
        }
    }

    fn answer(&self, answer: &Result<Key, VaultError>) {
        let mut inside = self.inside();
        if !inside.waits_for_keyring() {
            return;
        }
        match answer {
            Ok(key) => {
                inside.keep_opening();
                inside.door = Door::Open(Keeper::Keyring, key.clone());
            }
            Err(error) => {
                tracing::warn!(%error, "no keyring");
                if matches!(inside.door, Door::Unavailable(_)) {
                    inside.door = Door::Unavailable(error.to_string());
                }
            }
        }
    }
}

pub(crate) fn silence(patience: Duration) -> String {
    format!("it did not answer within {} seconds", patience.as_secs())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::sync::mpsc;

    use super::*;
    use crate::VaultState;

    /// Nobody waits for so long, so a test that ends has not waited for it.
    const LONG: Duration = Duration::from_secs(3_600);

    fn key(byte: u8) -> Result<Key, VaultError> {
        Ok(Key::from_slice(&[byte; 32]).unwrap())
    }

    #[test]
    fn a_second_question_waits_for_the_first_and_takes_its_answer() {
        let vault = Vault::without_keyring(None);
        let (release, released) = mpsc::channel::<()>();
        vault.ask(Duration::ZERO, Absent::Make, move || {
            released.recv().unwrap();
            key(1)
        });
        assert!(
            matches!(vault.state(), VaultState::Unavailable(_)),
            "its patience has ended before the keyring answered"
        );
        let asked = Arc::new(AtomicU32::new(0));
        let (other, count) = (vault.clone(), asked.clone());
        let again = thread::spawn(move || {
            other.ask(LONG, Absent::Make, move || {
                count.fetch_add(1, Ordering::SeqCst);
                key(2)
            });
        });
        release.send(()).unwrap();
        again.join().unwrap();
        assert_eq!(
            vault.state(),
            VaultState::Open(Keeper::Keyring),
            "the late answer opens it"
        );
        assert_eq!(
            asked.load(Ordering::SeqCst),
            0,
            "no second key could have been made"
        );
    }

    #[test]
    fn a_question_that_dies_keeps_no_other_from_being_put() {
        let vault = Vault::without_keyring(None);
        vault.ask(LONG, Absent::Make, || {
            std::panic::resume_unwind(Box::new("the keyring's library gave up"))
        });
        assert!(matches!(vault.state(), VaultState::Unavailable(_)), "{vault:?}");
        vault.ask(LONG, Absent::Make, || key(1));
        assert_eq!(vault.state(), VaultState::Open(Keeper::Keyring), "it was asked");
    }

    #[test]
    fn a_keyring_that_was_set_aside_takes_over_only_when_it_is_asked_again() {
        let vault = Vault::without_keyring(None);
        vault.for_this_run();
        let secret = crate::SecretString::from("typed in this run");
        let sealed = vault.seal("a", &secret).unwrap();
        vault.answer(&key(1));
        assert_eq!(
            vault.state(),
            VaultState::Open(Keeper::ThisRun),
            "an answer that comes late does not"
        );
        vault.ask_again();
        vault.answer(&Err(VaultError::Keyring("it is locked".into())));
        assert_eq!(
            vault.state(),
            VaultState::Open(Keeper::ThisRun),
            "nor does one that refuses"
        );
        vault.answer(&key(1));
        assert_eq!(
            vault.state(),
            VaultState::Open(Keeper::Keyring),
            "it is asked for"
        );
        assert!(
            vault.unseal("a", &sealed).is_ok(),
            "and what was sealed meanwhile still opens"
        );
    }
}
