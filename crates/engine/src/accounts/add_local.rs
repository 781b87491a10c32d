//! Folders of this computer that belong to no server: for mail that is to be kept, whatever becomes of the accounts. They are
//! there without any account, too.

use waxwing_model::{AccountId, Keeping, NewAccount, Protocol, Retention, Role};
use waxwing_store::{StoreError, Writing};

use super::add::insert_folders;
use crate::engine::Engine;
use crate::error::{EngineError, Result};

/// Nothing arrives here and nothing is sent from here. What is deleted and what is put aside has its place.
const FOLDERS: [(Role, &str); 3] = [
    (Role::Archive, "Archive"),
    (Role::Junk, "Junk"),
    (Role::Trash, "Trash"),
];

impl Engine {
    /// Gives the local folders, made under this name where there are none yet.
    pub async fn add_local_folders(&self, name: &str) -> Result<AccountId> {
        let there = self.accounts().await?;
        if let Some(there) = there
            .into_iter()
            .find(|account| account.protocol == Protocol::Local && !account.demo)
        {
            return Ok(there.id);
        }
        let name = name.trim().to_owned();
        if name.is_empty() {
            return Err(EngineError::Invalid("the local folders need a name".into()));
        }
        let account = self.write(move |writing| local_folders(writing, &name)).await?;
        self.run_account(account);
        Ok(account)
    }
}

/// The local folders, in the caller's transaction.
pub(crate) fn local_folders(writing: &mut Writing<'_>, name: &str) -> Result<AccountId, StoreError> {
    let there = writing.accounts()?;
    if let Some(there) = there
        .into_iter()
        .find(|account| account.protocol == Protocol::Local && !account.demo)
    {
        return Ok(there.id);
    }
    let account = writing.insert_account(&NewAccount {
        email: name.to_owned(),
        name: String::new(),
        protocol: Protocol::Local,
        incoming: None,
        outgoing: None,
        retention: Retention::Keep,
        keeping: Keeping::default(),
        extra_ca: None,
        demo: false,
    })?;
    insert_folders(writing, account, &FOLDERS)?;
    Ok(account)
}
