//! The vault: the key while the program runs, and the doors through which it comes. Not here: the doors' insides.

use std::sync::mpsc;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};

use crate::asking::{PATIENCE, silence};
use crate::key::Key;
use crate::keyring_entry::Absent;
use crate::{Keeper, Sealed, VaultError, VaultState, keyring_entry, sealed, wrapped};

/// A handle on the vault. All clones are one vault.
#[derive(Clone)]
pub struct Vault {
    inside: Arc<Mutex<Inside>>,
    /// The keyring has answered.
    answered: Arc<Condvar>,
}

pub(crate) struct Inside {
    pub(crate) door: Door,
    /// The key under a passphrase, if there is one.
    wrapped: Option<Vec<u8>>,
    /// The name of our keyring entry. `None`: the keyring is not to be touched.
    pub(crate) profile: Option<String>,
    pub(crate) absent: Absent,
    /// A question to the keyring is under way.
    pub(crate) asking: bool,
    /// The keyring was set aside for this run, and somebody wants it after all.
    wanted_after_all: bool,
    /// The key of this run, where the keyring's took its place.
    pub(crate) stand_in: Option<Key>,
}

impl Inside {
    /// Another key comes: what was sealed in this run while that one was not there still opens until the run ends.
    pub(crate) fn keep_opening(&mut self) {
        if let Door::Open(Keeper::ThisRun, stand_in) = &self.door {
            self.stand_in = Some(stand_in.clone());
        }
    }

    /// Whether an answer of the keyring still counts.
    pub(crate) fn waits_for_keyring(&self) -> bool {
        let waits = match self.door {
            Door::Unavailable(_) => true,
            Door::Open(Keeper::ThisRun, _) => self.wanted_after_all,
            Door::Open(..) | Door::Locked => false,
        };
        waits && self.wrapped.is_none()
    }
}

pub(crate) enum Door {
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
        Vault::opened(profile, wrapped, Absent::Make)
    }

    /// [`Vault::open`] where secrets are that the keyring's key sealed: a keyring without that key gets no other one.
    pub fn open_sealed(profile: &str, wrapped: Option<&[u8]>) -> Vault {
        Vault::opened(profile, wrapped, Absent::Refuse)
    }

    fn opened(profile: &str, wrapped: Option<&[u8]>, absent: Absent) -> Vault {
        let vault = Vault::new(Some(profile), wrapped, absent);
        if wrapped.is_none() {
            vault.ask_keyring();
        }
        vault
    }

    /// Asks the keyring once more: it was locked, not there, or set aside for this run, and somebody has seen to that. Only a
    /// vault for which nobody has chosen a passphrase asks. Blocks like [`Vault::open`], and gives the state that came of it.
    pub fn ask_again(&self) -> VaultState {
        let may_ask = {
            let mut inside = self.inside();
            inside.wanted_after_all = true;
            inside.waits_for_keyring()
        };
        if may_ask {
            self.ask_keyring();
        }
        self.state()
    }

    /// The passphrase is forgotten: its key goes, and with it what was sealed by it. The keyring is asked, and where there is none
    /// another keeper is to be chosen. The caller throws the wrapped bytes away.
    pub fn begin_anew(&self) -> VaultState {
        {
            let mut inside = self.inside();
            if inside.wrapped.take().is_some() {
                inside.keep_opening();
                inside.door = Door::Unavailable("no keyring is used".to_owned());
            }
        }
        self.ask_again()
    }

    /// The keyring has lost its key, and with it what that sealed; the person was told so. It may be given a new one.
    pub fn make_anew(&self) -> VaultState {
        self.inside().absent = Absent::Make;
        self.ask_again()
    }

    /// A vault that never touches a keyring.
    pub fn without_keyring(wrapped: Option<&[u8]>) -> Vault {
        Vault::new(None, wrapped, Absent::Make)
    }

    fn new(profile: Option<&str>, wrapped: Option<&[u8]>, absent: Absent) -> Vault {
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
                absent,
                asking: false,
                wanted_after_all: false,
                stand_in: None,
            })),
            answered: Arc::default(),
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
            inside.keep_opening();
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
            Ok(key) => {
                inside.wanted_after_all = false;
                inside.door = Door::Open(Keeper::ThisRun, key);
            }
            Err(error) => inside.door = Door::Unavailable(error.to_string()),
        }
    }

    /// The name of the key that seals now, as [`Sealed::key_name`] gives it.
    pub fn key_name(&self) -> Option<String> {
        self.key().ok().map(|key| sealed::name(&key.id()))
    }

    /// Seals `secret`. It opens again only under the same `context`, which says whose secret it is.
    pub fn seal(&self, context: &str, secret: &SecretString) -> Result<Sealed, VaultError> {
        sealed::seal(&self.key()?, context, secret)
    }

    /// Opens what [`Vault::seal`] made.
    pub fn unseal(&self, context: &str, sealed: &Sealed) -> Result<SecretString, VaultError> {
        let opened = sealed::unseal(&self.key()?, context, sealed);
        match (opened, self.inside().stand_in.clone()) {
            (Err(VaultError::OtherKey), Some(stand_in)) => sealed::unseal(&stand_in, context, sealed),
            (opened, _) => opened,
        }
    }

    /// Removes our entry from the keyring and forgets the key: the profile is being removed. What was sealed
    /// can then never be opened again.
    pub fn forget(&self) -> Result<(), VaultError> {
        let profile = self.inside().profile.clone();
        if let Some(profile) = profile {
            within(PATIENCE, move || keyring_entry::remove(&profile))
                .unwrap_or_else(|| Err(VaultError::Keyring(silence(PATIENCE))))?;
        }
        let mut inside = self.inside();
        inside.wrapped = None;
        inside.door = Door::Unavailable("the key was removed".to_owned());
        Ok(())
    }

    fn key(&self) -> Result<Key, VaultError> {
        match &self.inside().door {
            Door::Open(_, key) => Ok(key.clone()),
            Door::Locked | Door::Unavailable(_) => Err(VaultError::Locked),
        }
    }

    /// The inside is replaced whole or not at all, so a thread that died while holding it left it sound.
    pub(crate) fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn answered(&self) -> &Condvar {
        &self.answered
    }
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_tuple("Vault").field(&self.state()).finish()
    }
}

/// Runs `work` on a thread and waits for its answer, but no longer than `patience`.
fn within<T: Send + 'static>(patience: Duration, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let (sender, receiver) = mpsc::channel();
    let spawned = thread::Builder::new().name("keyring".to_owned()).spawn(move || {
        // Nobody listens any more when the answer is late, and that is no error.
        let _ = sender.send(work());
    });
    spawned.ok().and_then(|_| receiver.recv_timeout(patience).ok())
}
