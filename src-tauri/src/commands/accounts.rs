//! Accounts: listed, checked now, changed, paused, removed.

use super::{Answer, Managed};
use crate::views::account::{AccountView, DroppableView, KeepingView, RetentionView};
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

#[tauri::command]
#[specta::specta]
pub async fn set_keeping(engine: Managed<'_>, account: String, keeping: KeepingView) -> Answer<()> {
    Ok(engine.set_keeping(id(&account)?, keeping.into()).await?)
}

/// What these wishes would leave on the server and is here all the same.
#[tauri::command]
#[specta::specta]
pub async fn droppable(engine: Managed<'_>, account: String, keeping: KeepingView) -> Answer<DroppableView> {
    Ok(engine.droppable(id(&account)?, keeping.into()).await?.into())
}

/// Gives that up, by the wishes that are kept. Gives how many letters stand on the server alone now.
#[tauri::command]
#[specta::specta]
pub async fn drop_bodies(engine: Managed<'_>, account: String) -> Answer<u32> {
    Ok(engine.drop_bodies(id(&account)?).await?)
}

#[tauri::command]
#[specta::specta]
pub async fn pause(engine: Managed<'_>, account: String) -> Answer<()> {
    Ok(engine.pause(id(&account)?).await?)
}

#[tauri::command]
#[specta::specta]
pub async fn resume(engine: Managed<'_>, account: String) -> Answer<()> {
    Ok(engine.resume(id(&account)?).await?)
}
