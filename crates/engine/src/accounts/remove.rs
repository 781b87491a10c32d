//! An account leaves with everything of it, passwords too, in one transaction. It works offline.

use waxwing_model::AccountId;

use crate::engine::{Engine, blocking, locked};
use crate::error::Result;
use crate::operations::transact;

impl Engine {
    pub async fn remove_account(&self, account: AccountId) -> Result<()> {
        self.account(account).await?;
        let runner = locked(&self.inner.runners).remove(&account);
        if let Some(runner) = runner {
            runner.stop().await;
        }
        self.forget_activity(account);
        let store = self.inner.store.clone();
        blocking(move || {
            transact(&store, |writing| {
                // Letters on their way into it must not go with it, nor hide where they were.
                Self::forsake(writing, account)?;
                Ok(writing.remove_account(account)?)
            })
        })
        .await?
    }
}
