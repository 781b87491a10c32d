//! Who keeps the key to the passwords: the keyring, a passphrase, or nobody beyond this run. It is noted for every key that seals
//! one, so that a run that cannot open them can say in whose hands they are, and lets nobody put another key in the place of one
//! that passwords hang on.

use secrecy::SecretString;
use waxwing_store::{Reading, Store, StoreError, Writing};
use waxwing_vault::{Keeper, Sealed, Vault, VaultError, VaultState};

use super::for_this_run::keep_where_nothing_else_opens;
use crate::engine::{Engine, EngineOptions, Inner, KeyringUse, blocking, profile_name};
use crate::error::{EngineError, Result};
use crate::hexadecimal::{hex, unhex};

/// The setting under which the passphrase-wrapped key of the vault stands, in hexadecimal.
const WRAPPED_KEY: &str = "vault.wrapped-key";

const KEEPERS: [(Keeper, &str); 3] = [
    (Keeper::Keyring, "keyring"),
    (Keeper::Passphrase, "passphrase"),
    (Keeper::ThisRun, "this-run"),
];

impl Engine {
    /// Whether passwords can be read, and if not, why. Waits while the vault is being unlocked.
    pub fn vault_state(&self) -> VaultState {
        self.inner.vault.state()
    }

    /// Who keeps the key of the passwords that are here. Where several do it is the keyring, as long as one of them hangs on its
    /// key. `None`: there are none.
    pub async fn passwords_kept_by(&self) -> Result<Option<Keeper>> {
        self.read(kept_by).await
    }

    /// Opens the vault with a passphrase, or gives it one where it has none.
    pub async fn unlock_vault(&self, passphrase: SecretString) -> Result<VaultState> {
        let inner = self.inner.clone();
        let state = blocking(move || {
            unlock(&inner.store, &inner.vault, &passphrase)?;
            Ok::<_, EngineError>(inner.vault.state())
        })
        .await??;
        self.go_on_with(state).await
    }

    /// Asks the keyring once more, which was locked, not there, or set aside for this run.
    pub async fn ask_keyring_again(&self) -> Result<VaultState> {
        let vault = self.inner.vault.clone();
        let state = blocking(move || vault.ask_again()).await?;
        self.go_on_with(state).await
    }

    /// Gives up a key that nobody has any more, and the passwords that it locked: they are typed once more. It is the one behind a
    /// passphrase that nobody remembers; without a passphrase, the one that the keyring has lost.
    pub async fn forget_passphrase(&self) -> Result<VaultState> {
        let inner = self.inner.clone();
        let state = blocking(move || {
            let wrapped = inner.store.write(|writing| {
                let wrapped = writing.setting(WRAPPED_KEY)?;
                writing.remove_setting(WRAPPED_KEY)?;
                Ok(wrapped)
            })?;
            Ok::<_, EngineError>(match wrapped {
                Some(_) => inner.vault.begin_anew(),
                None => inner.vault.make_anew(),
            })
        })
        .await??;
        self.go_on_with(state).await
    }

    /// Keeps secrets in memory until the program ends.
    pub fn keep_secrets_this_run(&self) -> VaultState {
        self.inner.vault.for_this_run();
        self.inner.vault.state()
    }

    /// Accounts whose passwords could not be opened wait for long.
    async fn go_on_with(&self, state: VaultState) -> Result<VaultState> {
        if matches!(state, VaultState::Open(_)) {
            let inner = self.inner.clone();
            blocking(move || keep_where_nothing_else_opens(&inner)).await??;
            self.start().await?;
            self.sync_now(None);
        }
        Ok(state)
    }
}

/// The profile's vault, as far as it opens by itself or with the passphrase that was given.
pub(crate) fn open_vault(store: &Store, options: &EngineOptions) -> Result<Vault> {
    let (wrapped, kept_by) = store.read(|reading| Ok((reading.setting(WRAPPED_KEY)?, kept_by(reading)?)))?;
    let wrapped = wrapped.and_then(|text| unhex(&text));
    let in_keyring = kept_by == Some(Keeper::Keyring);
    let vault = match options.keyring {
        KeyringUse::Never => Vault::without_keyring(wrapped.as_deref()),
        KeyringUse::System => {
            let profile = profile_name(&options.profile);
            match in_keyring {
                true => Vault::open_sealed(&profile, wrapped.as_deref()),
                false => Vault::open(&profile, wrapped.as_deref()),
            }
        }
    };
    if let Some(passphrase) = &options.passphrase
        && !matches!(vault.state(), VaultState::Open(_))
    {
        if in_keyring && wrapped.is_none() {
            return Err(VaultError::KeptByKeyring.into());
        }
        unlock(store, &vault, passphrase)?;
    }
    Ok(vault)
}

fn unlock(store: &Store, vault: &Vault, passphrase: &SecretString) -> Result<()> {
    let wrapped = vault.unlock(passphrase)?;
    let behind_passphrase = vault.state() == VaultState::Open(Keeper::Passphrase);
    let key = vault.key_name().filter(|_| behind_passphrase);
    store.write(|writing| {
        if let Some(wrapped) = wrapped {
            writing.put_setting(WRAPPED_KEY, &hex(&wrapped))?;
        }
        // It may be the key of this run, which has found a keeper.
        key.map_or(Ok(()), |key| note(writing, &key, Keeper::Passphrase))
    })?;
    Ok(())
}

/// Opens a secret in the first of these contexts that fits. One that hangs on the keyring's key is not lost because this run does
/// without the keyring: it waits, as behind a closed vault.
pub(crate) fn unseal(inner: &Inner, contexts: &[String], sealed: &Sealed) -> Result<SecretString> {
    let mut refused = VaultError::Damaged;
    for context in contexts {
        match inner.vault.unseal(context, sealed) {
            Ok(secret) => return Ok(secret),
            Err(error) => refused = error,
        }
    }
    let set_aside = refused == VaultError::OtherKey
        && inner.vault.state() == VaultState::Open(Keeper::ThisRun)
        && inner.store.read(|reading| keeper_of(reading, sealed))? == Keeper::Keyring;
    Err(if set_aside { VaultError::InKeyring } else { refused }.into())
}

/// Notes who keeps the key, beside what was just sealed with it.
pub(super) fn note_keeper(
    inner: &Inner,
    writing: &mut Writing<'_>,
    sealed: &Sealed,
) -> Result<(), StoreError> {
    match (inner.vault.state(), sealed.key_name()) {
        (VaultState::Open(keeper), Some(key)) => note(writing, &key, keeper),
        _ => Ok(()),
    }
}

fn note(writing: &mut Writing<'_>, key: &str, keeper: Keeper) -> Result<(), StoreError> {
    let setting = setting_of(key);
    let name = KEEPERS.iter().find(|(known, _)| *known == keeper);
    match name {
        Some((_, name)) if writing.setting(&setting)?.as_deref() != Some(*name) => {
            writing.put_setting(&setting, name)
        }
        _ => Ok(()),
    }
}

fn kept_by(reading: &Reading<'_>) -> Result<Option<Keeper>, StoreError> {
    let mut keepers = Vec::new();
    for sealed in reading.sealed_secrets()? {
        keepers.push(keeper_of(reading, &Sealed(sealed))?);
    }
    let order = KEEPERS.iter().map(|(keeper, _)| *keeper);
    Ok(order.into_iter().find(|keeper| keepers.contains(keeper)))
}

/// Before it was noted there was the keyring; a passphrase shows by its wrapped key.
pub(super) fn keeper_of(reading: &Reading<'_>, sealed: &Sealed) -> Result<Keeper, StoreError> {
    let noted = match sealed.key_name() {
        Some(key) => reading.setting(&setting_of(&key))?,
        None => None,
    };
    let known = KEEPERS.iter().find(|(_, name)| noted.as_deref() == Some(*name));
    Ok(known.map_or(Keeper::Keyring, |(keeper, _)| *keeper))
}

/// The setting under which the keeper of this key stands.
fn setting_of(key: &str) -> String {
    format!("vault.keeper.{key}")
}

#[cfg(test)]
mod tests;
