//! The vault: who keeps the key to the passwords. A passphrase comes in here and never goes out again.

use waxwing_engine::{Engine, VaultState};

use super::{Answer, Managed};
use crate::views::id;
use crate::views::setup::{CountsView, VaultView};
use crate::views::typed::Typed;

#[tauri::command]
#[specta::specta]
pub async fn vault(engine: Managed<'_>) -> Answer<VaultView> {
    told(&engine, engine.vault_state()).await
}

/// Opens the vault with a passphrase, or gives it one where it has none.
#[tauri::command]
#[specta::specta]
pub async fn unlock_vault(engine: Managed<'_>, passphrase: Typed) -> Answer<VaultView> {
    let state = engine.unlock_vault(passphrase.secret()).await?;
    told(&engine, state).await
}

/// The keyring was locked or not there, and somebody has seen to that.
#[tauri::command]
#[specta::specta]
pub async fn ask_keyring_again(engine: Managed<'_>) -> Answer<VaultView> {
    let state = engine.ask_keyring_again().await?;
    told(&engine, state).await
}

/// The passphrase is given up, and the passwords that it locked are typed once more.
#[tauri::command]
#[specta::specta]
pub async fn forget_passphrase(engine: Managed<'_>) -> Answer<VaultView> {
    let state = engine.forget_passphrase().await?;
    told(&engine, state).await
}

#[tauri::command]
#[specta::specta]
pub async fn keep_secrets_this_run(engine: Managed<'_>) -> Answer<VaultView> {
    told(&engine, engine.keep_secrets_this_run()).await
}

/// Says which password of an account counts: the one that was typed while the keyring was set aside, or the one in it.
#[tauri::command]
#[specta::specta]
pub async fn settle_typed(engine: Managed<'_>, account: String, counts: CountsView) -> Answer<VaultView> {
    engine.settle_typed(id(&account)?, counts.into()).await?;
    told(&engine, engine.vault_state()).await
}

async fn told(engine: &Engine, state: VaultState) -> Answer<VaultView> {
    let kept_by = engine.passwords_kept_by().await?;
    Ok(VaultView::of(state, kept_by, &engine.typed_for_this_run()))
}
