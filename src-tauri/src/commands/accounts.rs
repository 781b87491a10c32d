//! Accounts: listed, checked now, changed, removed.

use super::{Answer, Managed};
use crate::views::account::{AccountView, RetentionView};
use crate::views::id;

#[tauri::command]
#[specta::specta]
pub async fn accounts(engine: Managed<'_>) -> Answer<Vec<AccountView>> {
    let accounts = engine.accounts().await?;
    let quotas = engine.quotas().await?;
    Ok(accounts
        .into_iter()
        .map(|account| {
            let activity = engine.activity(account.id);
            let quota = quotas.get(&account.id).copied();
            AccountView::new(account, activity, quota)
        })
        .collect())
}

#[tauri::command]
#[specta::specta]
pub async fn remove_account(engine: Managed<'_>, account: String) -> Answer<()> {
    Ok(engine.remove_account(id(&account)?).await?)
}

/// All accounts, or one.
#[tauri::command]
#[specta::specta]
pub async fn sync_now(engine: Managed<'_>, account: Option<String>) -> Answer<()> {
    engine.sync_now(account.map(|account| id(&account)).transpose()?);
    Ok(())
}

#[tauri::command]
#[specta::specta]
pub async fn set_retention(engine: Managed<'_>, account: String, retention: RetentionView) -> Answer<()> {
    Ok(engine.set_retention(id(&account)?, retention.into()).await?)
}
