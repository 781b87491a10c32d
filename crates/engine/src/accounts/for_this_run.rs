//! What was typed while the keyring, or the passphrase, is set aside for one run: it is used until the program ends, and takes
//! nothing from what the other key sealed. When that key is back, a person says which of the two counts.
//!
//! It stands in memory, sealed by the key of this run. An account that has nothing sealed by another key keeps its secrets in
//! the store as ever.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use secrecy::SecretString;
use waxwing_model::AccountId;
use waxwing_store::{Reading, StoreError, Writing};
use waxwing_vault::{Keeper, Sealed, VaultError, VaultState};

use super::credentials::{Purpose, context_of, write_sealing};
use super::keeper::{keeper_of, note_keeper};
use crate::engine::{Engine, Inner, blocking, locked};
use crate::error::Result;

/// By account and purpose. `None`: in this run there is none, whatever the store has.
type Typed = BTreeMap<(AccountId, String), Option<Sealed>>;

#[derive(Default)]
pub(crate) struct ForThisRun(Mutex<Typed>);

/// Which of two secrets counts from now on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counts {
    /// The one that was typed in this run: it takes the place of the one that is kept.
    Typed,
    /// The one that is kept.
    Kept,
}

impl ForThisRun {
    pub(crate) fn forget(&self, account: AccountId) {
        locked(&self.0).retain(|(of, _), _| *of != account);
    }

    /// Whether this was typed, and not only forgotten.
    pub(super) fn has(&self, account: AccountId, purpose: &str) -> bool {
        let typed = locked(&self.0);
        matches!(typed.get(&(account, purpose.to_owned())), Some(Some(_)))
    }

    fn of(&self, account: AccountId) -> Vec<(String, Option<Sealed>)> {
        let typed = locked(&self.0);
        let own = typed.iter().filter(|((of, _), _)| *of == account);
        own.map(|((_, purpose), sealed)| (purpose.clone(), sealed.clone()))
            .collect()
    }

    fn accounts(&self) -> BTreeSet<AccountId> {
        locked(&self.0).keys().map(|(account, _)| *account).collect()
    }
}

/// A sealed secret of an account: the one of this run, where there is one.
pub(crate) fn sealed_secret(
    inner: &Inner,
    reading: &Reading<'_>,
    account: AccountId,
    purpose: &str,
) -> std::result::Result<Option<Vec<u8>>, StoreError> {
    let typed = locked(&inner.for_this_run.0)
        .get(&(account, purpose.to_owned()))
        .cloned();
    match typed {
        Some(typed) => Ok(typed.map(|sealed| sealed.0)),
        None => reading.sealed_secret(account, purpose),
    }
}

/// Whether what is typed now must leave alone what the store has of the account.
pub(super) fn leaves_alone(
    inner: &Inner,
    reading: &Reading<'_>,
    account: AccountId,
) -> std::result::Result<bool, StoreError> {
    if inner.vault.state() != VaultState::Open(Keeper::ThisRun) {
        return Ok(false);
    }
    for sealed in reading.sealed_secrets_of(account)? {
        // The key of a run that has ended opens nothing any more.
        if keeper_of(reading, &Sealed(sealed))? != Keeper::ThisRun {
            return Ok(true);
        }
    }
    Ok(false)
}

impl Engine {
    /// Accounts for which something was typed that is good for this run alone, beside what is kept of them.
    pub fn typed_for_this_run(&self) -> Vec<AccountId> {
        self.inner.for_this_run.accounts().into_iter().collect()
    }

    /// Says which counts, once the key of what is kept is there. Nothing is replaced before.
    pub async fn settle_typed(&self, account: AccountId, counts: Counts) -> Result<()> {
        self.account(account).await?;
        let _nobody_else = self.without_renewal(account).await;
        let before = self.granted_before(account).await;
        let doors = self.granted_doors(account).await;
        if counts == Counts::Typed {
            if !matches!(
                self.vault_state(),
                VaultState::Open(Keeper::Keyring | Keeper::Passphrase)
            ) {
                return Err(VaultError::Locked.into());
            }
            // A fresh token that could not be kept goes where the one before it stands.
            for door in &doors {
                self.keep_unkept((account, *door)).await?;
            }
            let left_to_sending = self.shared_beside_typed(account).await?;
            let inner = self.inner.clone();
            blocking(move || {
                // What opened both servers stays for the one that sends, before it goes where it stood.
                if let Some(shared) = left_to_sending {
                    write_sealing(&inner, |writing, seal| shared.keep(writing, seal, account))?;
                }
                keep(&inner, account)
            })
            .await??;
        }
        self.inner.for_this_run.forget(account);
        for door in doors {
            self.forget_tokens((account, door));
        }
        self.take_back_what_lost(before).await;
        self.go_on(account).await;
        Ok(())
    }
}

/// A key is there that will be there in the next run. Where it opens nothing of what is kept of an account, since another key was
/// chosen or made in the place of a lost one, there are no two: what was typed counts.
pub(super) fn keep_where_nothing_else_opens(inner: &Inner) -> Result<()> {
    if inner.vault.state() == VaultState::Open(Keeper::ThisRun) {
        return Ok(());
    }
    let key = inner.vault.key_name();
    for account in inner.for_this_run.accounts() {
        let kept = inner.store.read(|reading| reading.sealed_secrets_of(account))?;
        if kept.into_iter().any(|sealed| Sealed(sealed).key_name() == key) {
            continue;
        }
        keep(inner, account)?;
        inner.for_this_run.forget(account);
    }
    Ok(())
}

/// Seals what was typed with the key that is here now, in the place of what is kept.
fn keep(inner: &Inner, account: AccountId) -> Result<()> {
    let mut sealed = Vec::new();
    for (purpose, typed) in inner.for_this_run.of(account) {
        let context = context_of(account, &purpose);
        let anew = match typed {
            Some(typed) => {
                let secret = inner.vault.unseal(&context, &typed)?;
                Some(inner.vault.seal(&context, &secret)?)
            }
            None => None,
        };
        sealed.push((purpose, anew));
    }
    inner.store.write(|writing| {
        for (purpose, anew) in &sealed {
            match anew {
                Some(anew) => {
                    writing.put_sealed_secret(account, purpose, &anew.0)?;
                    note_keeper(inner, writing, anew)?;
                }
                None => writing.remove_sealed_secret(account, purpose)?,
            }
        }
        Ok(())
    })?;
    Ok(())
}

/// What is sealed and forgotten in one transaction, and counts only once it is written.
pub(crate) struct Seal<'a> {
    inner: &'a Inner,
    typed: Typed,
    written: Vec<(AccountId, String)>,
    pub(super) refused: Option<VaultError>,
}

impl<'a> Seal<'a> {
    pub(super) fn new(inner: &'a Inner) -> Self {
        Self {
            inner,
            typed: Typed::new(),
            written: Vec::new(),
            refused: None,
        }
    }

    /// Seals a secret that a person has just given, and keeps it.
    pub(crate) fn keep(
        &mut self,
        writing: &mut Writing<'_>,
        account: AccountId,
        purpose: Purpose,
        secret: &SecretString,
    ) -> std::result::Result<(), StoreError> {
        // Before it is sealed: a keyring that comes back in between seals with its own key.
        let aside = leaves_alone(self.inner, writing, account)?;
        self.put(writing, account, &purpose, secret, aside)
    }

    /// Seals what a provider gave out in the place of another one, and keeps it where that stands. No person has said anything: what
    /// is of this run stays so, though the other key is back.
    pub(crate) fn renew(
        &mut self,
        writing: &mut Writing<'_>,
        account: AccountId,
        purpose: Purpose,
        secret: &SecretString,
    ) -> std::result::Result<(), StoreError> {
        let of_this_run =
            locked(&self.inner.for_this_run.0).contains_key(&(account, purpose.to_text().into_owned()));
        let aside = of_this_run || leaves_alone(self.inner, writing, account)?;
        self.put(writing, account, &purpose, secret, aside)
    }

    fn put(
        &mut self,
        writing: &mut Writing<'_>,
        account: AccountId,
        purpose: &Purpose,
        secret: &SecretString,
        aside: bool,
    ) -> std::result::Result<(), StoreError> {
        let purpose = purpose.to_text();
        let sealed = match self.inner.vault.seal(&context_of(account, &purpose), secret) {
            Ok(sealed) => sealed,
            Err(error) => {
                self.refused = Some(error);
                return Err(StoreError::NoSuch {
                    what: "vault",
                    id: account.0,
                });
            }
        };
        if aside {
            self.typed.insert((account, purpose.into_owned()), Some(sealed));
            return Ok(());
        }
        writing.put_sealed_secret(account, &purpose, &sealed.0)?;
        self.written.push((account, purpose.into_owned()));
        note_keeper(self.inner, writing, &sealed)
    }

    /// Forgets one, since another takes its place.
    pub(crate) fn forget(
        &mut self,
        writing: &mut Writing<'_>,
        account: AccountId,
        purpose: Purpose,
    ) -> std::result::Result<(), StoreError> {
        let purpose = purpose.to_text();
        if leaves_alone(self.inner, writing, account)? {
            self.typed.insert((account, purpose.into_owned()), None);
            return Ok(());
        }
        writing.remove_sealed_secret(account, &purpose)?;
        self.written.push((account, purpose.into_owned()));
        Ok(())
    }

    /// It is written, and counts.
    pub(super) fn done(self) {
        let mut typed = locked(&self.inner.for_this_run.0);
        for written in &self.written {
            typed.remove(written);
        }
        typed.extend(self.typed);
    }
}

#[cfg(test)]
mod tests;
