//! An account leaves with everything of it, passwords too, in one transaction. It works offline.

use waxwing_model::AccountId;

use crate::engine::{Engine, locked};
use crate::error::Result;

impl Engine {
    pub async fn remove_account(&self, account: AccountId) -> Result<()> {
        self.account(account).await?;
        let runner = locked(&self.inner.runners).remove(&account);
        if let Some(runner) = runner {
            runner.stop().await;
        }
        self.forget_activity(account);
        self.write(move |writing| writing.remove_account(account)).await
    }
}
