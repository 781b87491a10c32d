//! The setup screen: checked, added.

use super::{Answer, Managed};
use crate::views::managing::TrialView;
use crate::views::setup::AccountForm;

/// Tries both servers, as far as the question whether letters may be sent, and saves nothing.
#[tauri::command]
#[specta::specta]
pub async fn check(engine: Managed<'_>, form: AccountForm) -> Answer<TrialView> {
    Ok(engine.check_account(&form.try_into()?).await?.into())
}

/// Signs in to both servers once more and saves. Gives the account's id.
#[tauri::command]
#[specta::specta]
pub async fn add_account(engine: Managed<'_>, form: AccountForm) -> Answer<String> {
    Ok(engine.add_account(form.try_into()?).await?.to_string())
}

/// Folders of this computer that belong to no account. Gives their id.
#[tauri::command]
#[specta::specta]
pub async fn add_local_folders(engine: Managed<'_>, name: String) -> Answer<String> {
    Ok(engine.add_local_folders(&name).await?.to_string())
}

#[tauri::command]
#[specta::specta]
pub async fn add_demo(engine: Managed<'_>) -> Answer<String> {
    Ok(engine.add_demo().await?.to_string())
}
