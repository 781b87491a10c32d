//! What the interface remembers, and links that leave the app.

use tauri::AppHandle;
use tauri_plugin_opener::OpenerExt;

use super::{Answer, Managed};
use crate::links;
use crate::views::trouble::TroubleView;

/// The interface's own settings stand under this, so that it cannot reach the engine's.
const PREFIX: &str = "interface.";

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
