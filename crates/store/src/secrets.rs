//! The table `secret`: sealed bytes. The store cannot open them, and does not try.

use rusqlite::params;
use waxwing_model::AccountId;

use crate::{Reading, StoreError, Writing};

impl Reading<'_> {
    pub fn sealed_secret(&self, account: AccountId, purpose: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.one(
            "reading a sealed secret",
            "SELECT sealed FROM secret WHERE account_id = ?1 AND purpose = ?2",
            params![account.0, purpose],
            |row| row.get(0),
        )
    }
}

impl Reading<'_> {
    /// Whether anything is sealed here.
    pub fn has_secrets(&self) -> Result<bool, StoreError> {
        let found = self.number(
            "looking for sealed secrets",
            "SELECT EXISTS (SELECT 1 FROM secret)",
            [],
        )?;
        Ok(found > 0)
    }

    /// Everything that is sealed of an account.
    pub fn sealed_secrets_of(&self, account: AccountId) -> Result<Vec<Vec<u8>>, StoreError> {
        self.all(
            "reading an account's sealed secrets",
            "SELECT sealed FROM secret WHERE account_id = ?1 ORDER BY purpose",
            [account.0],
            |row| row.get(0),
        )
    }

    /// Everything that is sealed here, of all accounts.
    pub fn sealed_secrets(&self) -> Result<Vec<Vec<u8>>, StoreError> {
        self.all(
            "reading all sealed secrets",
            "SELECT sealed FROM secret ORDER BY account_id, purpose",
            [],
            |row| row.get(0),
        )
    }
}

impl Writing<'_> {
    /// Keeps a secret in the place of the one before.
    pub fn put_sealed_secret(
        &mut self,
        account: AccountId,
        purpose: &str,
        sealed: &[u8],
    ) -> Result<(), StoreError> {
        self.run(
            "keeping a sealed secret",
            "INSERT INTO secret (account_id, purpose, sealed) VALUES (?1, ?2, ?3)
             ON CONFLICT (account_id, purpose) DO UPDATE SET sealed = excluded.sealed",
            params![account.0, purpose, sealed],
        )?;
        Ok(())
    }

    pub fn remove_sealed_secret(&mut self, account: AccountId, purpose: &str) -> Result<(), StoreError> {
        self.run(
            "forgetting a sealed secret",
            "DELETE FROM secret WHERE account_id = ?1 AND purpose = ?2",
            params![account.0, purpose],
        )?;
        Ok(())
    }
}
