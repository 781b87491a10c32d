//! The vault: the key while the program runs, and the doors through which it comes. Not here: the doors' insides.

use std::sync::mpsc;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};

use crate::key::Key;
use crate::{Keeper, Sealed, VaultError, VaultState, keyring_entry, sealed, wrapped};

/// How long the start of the program waits for a keyring. Its own unlock question may stand longer: a late
/// answer still opens the vault, as long as nobody has chosen another keeper.
const PATIENCE: Duration = Duration::from_secs(12);

/// A handle on the vault. All clones are one vault.
#[derive(Clone)]
pub struct Vault {
    inside: Arc<Mutex<Inside>>,
}

struct Inside {
    door: Door,
    /// The key under a passphrase, if there is one.
    wrapped: Option<Vec<u8>>,
    /// The name of our keyring entry. `None`: the keyring is not to be touched.
    profile: Option<String>,
}

enum Door {
    Open(Keeper, Key),
    Locked,
    Unavailable(String),
}

impl Vault {
    /// Opens the vault of `profile` (the name of its keyring entry, so that two profiles share no key). It never
    /// fails: what is in the way stands in [`Vault::state`]. Blocks for up to twelve seconds.
    ///
    /// `wrapped` is the key under a passphrase from an earlier run, kept by the caller. Where there is one it is
    /// the key that sealed what is stored, so the passphrase is wanted and the keyring is left alone.
    pub fn open(profile: &str, wrapped: Option<&[u8]>) -> Vault {
        let vault = Vault::new(Some(profile), wrapped);
        if wrapped.is_none() {
            let profile = profile.to_owned();
            vault.ask(PATIENCE, move || keyring_entry::load_or_create(&profile));
        }
        vault
    }

    /// Asks the keyring once more: it was locked or not there, and somebody has seen to that. Only a vault for which nobody has
    /// chosen another keeper asks. Blocks like [`Vault::open`], and gives the state that came of it.
    pub fn ask_again(&self) -> VaultState {
        let profile = {
            let inside = self.inside();
            let may_ask = matches!(inside.door, Door::Unavailable(_)) && inside.wrapped.is_none();
            inside.profile.clone().filter(|_| may_ask)
        };
        if let Some(profile) = profile {
            self.ask(PATIENCE, move || keyring_entry::load_or_create(&profile));
        }
        self.state()
    }

    /// The passphrase is forgotten: its key goes, and with it what was sealed by it. The keyring is asked, and where there is none
    /// another keeper is to be chosen. The caller throws the wrapped bytes away.
    pub fn begin_anew(&self) -> VaultState {
        {
            let mut inside = self.inside();
            if inside.wrapped.take().is_some() {
                inside.door = Door::Unavailable("no keyring is used".to_owned());
            }
        }
        self.ask_again()
    }

    /// A vault that never touches a keyring.
    pub fn without_keyring(wrapped: Option<&[u8]>) -> Vault {
        Vault::new(None, wrapped)
    }

    fn new(profile: Option<&str>, wrapped: Option<&[u8]>) -> Vault {
        let door = match wrapped {
            Some(_) => Door::Locked,
            None => Door::Unavailable("no keyring is used".to_owned()),
        };
        let wrapped = wrapped.map(<[u8]>::to_vec);
        Vault {
            inside: Arc::new(Mutex::new(Inside {
                door,
                wrapped,
                profile: profile.map(str::to_owned),
            })),
        }
    }

    /// Whether secrets can be sealed and opened now.
    pub fn state(&self) -> VaultState {
        match &self.inside().door {
            Door::Open(keeper, _) => VaultState::Open(*keeper),
            Door::Locked => VaultState::Locked,
            Door::Unavailable(reason) => VaultState::Unavailable(reason.clone()),
        }
    }

    /// Opens the wrapped key; or, where there is none, wraps the key with this passphrase and returns the bytes,
    /// which the caller keeps and gives to [`Vault::open`] from then on. With a keyring there is nothing to do.
    ///
    /// Takes a good part of a second on purpose (Argon2id), so call it where blocking is allowed.
    pub fn unlock(&self, passphrase: &SecretString) -> Result<Option<Vec<u8>>, VaultError> {
        if passphrase.expose_secret().is_empty() {
            return Err(VaultError::EmptyPassphrase);
        }
        let mut inside = self.inside();
        if let Some(bytes) = &inside.wrapped {
            let key = wrapped::unwrap(bytes, passphrase)?;
            inside.door = Door::Open(Keeper::Passphrase, key);
            return Ok(None);
        }
        // Secrets sealed earlier in this run keep their key when a passphrase is chosen for it.
        let key = match &inside.door {
            Door::Open(Keeper::Keyring, _) => return Ok(None),
            Door::Open(_, key) => key.clone(),
            Door::Locked | Door::Unavailable(_) => Key::random()?,
        };
        let bytes = wrapped::wrap(&key, passphrase)?;
        inside.wrapped = Some(bytes.clone());
        inside.door = Door::Open(Keeper::Passphrase, key);
        Ok(Some(bytes))
    }

    /// Wraps the key with another passphrase and returns the bytes to be kept in place of the old ones.
    pub fn change_passphrase(&self, passphrase: &SecretString) -> Result<Vec<u8>, VaultError> {
        if passphrase.expose_secret().is_empty() {
            return Err(VaultError::EmptyPassphrase);
        }
        let mut inside = self.inside();
        let Door::Open(Keeper::Passphrase, key) = &inside.door else {
            return Err(VaultError::Locked);
        };
        let bytes = wrapped::wrap(key, passphrase)?;
        inside.wrapped = Some(bytes.clone());
        Ok(bytes)
    }

    /// Keeps secrets in memory for this run, where nothing better is at hand. An open vault stays as it is.
    pub fn for_this_run(&self) {
        let mut inside = self.inside();
        if matches!(inside.door, Door::Open(..)) {
            return;
        }
        match Key::random() {
            Ok(key) => inside.door = Door::Open(Keeper::ThisRun, key),
            Err(error) => inside.door = Door::Unavailable(error.to_string()),
        }
    }

    /// Seals `secret`. It opens again only under the same `context`, which says whose secret it is.
    pub fn seal(&self, context: &str, secret: &SecretString) -> Result<Sealed, VaultError> {
        sealed::seal(&self.key()?, context, secret)
    }

    /// Opens what [`Vault::seal`] made.
    pub fn unseal(&self, context: &str, sealed: &Sealed) -> Result<SecretString, VaultError> {
        sealed::unseal(&self.key()?, context, sealed)
    }

    /// Removes our entry from the keyring and forgets the key: the profile is being removed. What was sealed
    /// can then never be opened again.
    pub fn forget(&self) -> Result<(), VaultError> {
        let profile = self.inside().profile.clone();
        if let Some(profile) = profile {
            within(PATIENCE, move || keyring_entry::remove(&profile), |_| ())
                .unwrap_or_else(|| Err(VaultError::Keyring(silence(PATIENCE))))?;
        }
        let mut inside = self.inside();
        inside.wrapped = None;
        inside.door = Door::Unavailable("the key was removed".to_owned());
        Ok(())
    }

    /// Asks a keyring on a thread of its own and waits no longer than `patience` for it.
    fn ask(&self, patience: Duration, question: impl FnOnce() -> Result<Key, VaultError> + Send + 'static) {
        let late = self.clone();
        let answered = within(patience, question, move |answer| late.answer(answer));
        if answered.is_none() {
            let mut inside = self.inside();
            // The answer may have come between the end of our patience and here.
            if matches!(inside.door, Door::Unavailable(_)) {
                tracing::warn!("the keyring did not answer in time");
                inside.door = Door::Unavailable(silence(patience));
            }
        }
    }

    fn answer(&self, answer: &Result<Key, VaultError>) {
        let mut inside = self.inside();
        if !matches!(inside.door, Door::Unavailable(_)) || inside.wrapped.is_some() {
            return;
        }
        inside.door = match answer {
            Ok(key) => Door::Open(Keeper::Keyring, key.clone()),
            Err(error) => {
                tracing::warn!(%error, "no keyring");
                Door::Unavailable(error.to_string())
            }
        };
    }

    fn key(&self) -> Result<Key, VaultError> {
        match &self.inside().door {
            Door::Open(_, key) => Ok(key.clone()),
            Door::Locked | Door::Unavailable(_) => Err(VaultError::Locked),
        }
    }

    /// The inside is replaced whole or not at all, so a thread that died while holding it left it sound.
    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_tuple("Vault").field(&self.state()).finish()
    }
}

/// Runs `work` on a thread and waits for its answer, but no longer than `patience`. `told` hears the answer on
/// that thread, however late it comes.
fn within<T: Send + 'static>(
    patience: Duration,
    work: impl FnOnce() -> T + Send + 'static,
    told: impl FnOnce(&T) + Send + 'static,
) -> Option<T> {
    let (sender, receiver) = mpsc::channel();
    let spawned = thread::Builder::new().name("keyring".to_owned()).spawn(move || {
        let answer = work();
        told(&answer);
        // Nobody listens any more when the answer is late, and that is no error.
        let _ = sender.send(answer);
    });
    spawned.ok().and_then(|_| receiver.recv_timeout(patience).ok())
}

fn silence(patience: Duration) -> String {
    format!("it did not answer within {} seconds", patience.as_secs())
}
