//! What the interface remembers, the vault, and links that leave the app.

use secrecy::SecretString;
use tauri::AppHandle;
use tauri_plugin_opener::OpenerExt;

use super::{Answer, Managed};
use crate::links;
use crate::views::setup::VaultView;
use crate::views::trouble::TroubleView;

/// The interface's own settings stand under this, so that it cannot reach the engine's.
const PREFIX: &str = "interface.";

#[tauri::command]
#[specta::specta]
pub async fn vault(engine: Managed<'_>) -> Answer<VaultView> {
    Ok(engine.vault_state().into())
}

#[tauri::command]
#[specta::specta]
pub async fn unlock_vault(engine: Managed<'_>, passphrase: String) -> Answer<VaultView> {
    Ok(engine.unlock_vault(SecretString::from(passphrase)).await?.into())
}

#[tauri::command]
#[specta::specta]
pub async fn keep_secrets_this_run(engine: Managed<'_>) -> Answer<VaultView> {
    Ok(engine.keep_secrets_this_run().into())
}

#[tauri::command]
#[specta::specta]
pub async fn setting(engine: Managed<'_>, key: String) -> Answer<Option<String>> {
    Ok(engine.setting(&format!("{PREFIX}{key}")).await?)
}

#[tauri::command]
#[specta::specta]
pub async fn put_setting(engine: Managed<'_>, key: String, value: String) -> Answer<()> {
    Ok(engine.put_setting(&format!("{PREFIX}{key}"), &value).await?)
}

/// Opens a page in the system's browser. Nothing but http and https leaves the app.
#[tauri::command]
#[specta::specta]
pub async fn open_link(app: AppHandle, url: String) -> Answer<()> {
    let page = links::for_browser(&url)
        .ok_or_else(|| TroubleView::invalid("Waxwing does not open links of this kind."))?;
    app.opener()
        .open_url(page.as_str(), None::<&str>)
        .map_err(|error| TroubleView {
            detail: Some(error.to_string()),
            ..TroubleView::invalid("The browser could not be opened.")
        })
}
