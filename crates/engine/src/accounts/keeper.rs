//! Who keeps the key to the passwords: the keyring, a passphrase, or nobody beyond this run. It is noted with every password
//! that is sealed, so that a run that cannot open them can say in whose hands they are.

use secrecy::SecretString;
use waxwing_store::{StoreError, Writing};
use waxwing_vault::{Keeper, VaultState};

use crate::engine::{Engine, Inner, WRAPPED_KEY, blocking, unlock};
use crate::error::{EngineError, Result};

/// The setting under which the keeper of what was sealed last stands.
const KEEPER: &str = "vault.keeper";

const KEEPERS: [(Keeper, &str); 3] = [
    (Keeper::Keyring, "keyring"),
    (Keeper::Passphrase, "passphrase"),
    (Keeper::ThisRun, "this-run"),
];

impl Engine {
    pub fn vault_state(&self) -> VaultState {
        self.inner.vault.state()
    }

    /// Who kept the key when the passwords that are here were sealed. `None`: there are none.
    pub async fn passwords_kept_by(&self) -> Result<Option<Keeper>> {
        self.read(|reading| {
            if !reading.has_secrets()? {
                return Ok(None);
            }
            let noted = reading.setting(KEEPER)?;
            let known = KEEPERS.iter().find(|(_, name)| noted.as_deref() == Some(*name));
            // Before it was noted there was the keyring; a passphrase shows by its wrapped key.
            Ok(Some(known.map_or(Keeper::Keyring, |(keeper, _)| *keeper)))
        })
        .await
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

    /// Asks the keyring once more, which was locked or not there.
    pub async fn ask_keyring_again(&self) -> Result<VaultState> {
        let vault = self.inner.vault.clone();
        let state = blocking(move || vault.ask_again()).await?;
        self.go_on_with(state).await
    }

    /// Gives up a passphrase that nobody remembers, and the passwords that it locked: they are typed once more.
    pub async fn forget_passphrase(&self) -> Result<VaultState> {
        let inner = self.inner.clone();
        let state = blocking(move || {
            inner.store.write(|writing| writing.remove_setting(WRAPPED_KEY))?;
            Ok::<_, EngineError>(inner.vault.begin_anew())
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
            self.start().await?;
            self.sync_now(None);
        }
        Ok(state)
    }
}

/// Notes who keeps the key, beside what was just sealed with it.
pub(super) fn note_keeper(inner: &Inner, writing: &mut Writing<'_>) -> Result<(), StoreError> {
    let VaultState::Open(keeper) = inner.vault.state() else {
        return Ok(());
    };
    let name = KEEPERS.iter().find(|(known, _)| *known == keeper);
    match name {
        Some((_, name)) if writing.setting(KEEPER)?.as_deref() != Some(*name) => {
            writing.put_setting(KEEPER, name)
        }
        _ => Ok(()),
    }
}
