//! What the interface remembers, and links that leave the app.

use tauri::AppHandle;
use tauri_plugin_opener::OpenerExt;

use super::{Answer, Managed};
use crate::links;
use crate::programs;
use crate::size;
use crate::views::trouble::TroubleView;

/// The interface's own settings stand under this, so that it cannot reach the engine's.
const PREFIX: &str = "interface.";

/// A setting of the interface, by its name for the engine.
pub fn named(key: &str) -> String {
    format!("{PREFIX}{key}")
}

#[tauri::command]
#[specta::specta]
pub async fn setting(engine: Managed<'_>, key: String) -> Answer<Option<String>> {
    Ok(engine.setting(&named(&key)).await?)
}

#[tauri::command]
#[specta::specta]
pub async fn put_setting(engine: Managed<'_>, key: String, value: String) -> Answer<()> {
    Ok(engine.put_setting(&named(&key), &value).await?)
}

/// Draws everything in all windows so large from now on, in hundredths of the usual size.
#[tauri::command]
#[specta::specta]
pub async fn resize_windows(app: AppHandle, engine: Managed<'_>, size: u32) -> Answer<()> {
    let size = size::possible(size)
        .ok_or_else(|| TroubleView::invalid("A window cannot be drawn so large, or so small."))?;
    engine
        .put_setting(&named(size::SETTING), &size.to_string())
        .await?;
    size::resize(&app, size);
    Ok(())
}

/// Opens a page in the system's browser, and files of a server or a number with the program that the system has for them. Nothing else
/// leaves the app.
#[tauri::command]
#[specta::specta]
pub async fn open_link(app: AppHandle, url: String) -> Answer<()> {
    let (goal, nobody) = links::for_system(&url)
        .ok_or_else(|| TroubleView::invalid("Waxwing does not open links of this kind."))?;
    if !programs::opens_scheme(&goal) {
        return Err(TroubleView::invalid(nobody));
    }
    app.opener()
        .open_url(goal.as_str(), None::<&str>)
        .map_err(|error| TroubleView {
            detail: Some(error.to_string()),
            ..TroubleView::invalid(nobody)
        })
}
