//! Where everything of this person stands.

use std::path::PathBuf;

use tauri::{AppHandle, Manager};

/// `WAXWING_PROFILE`, or the platform's folder for an app's data.
pub fn folder(app: &AppHandle) -> tauri::Result<PathBuf> {
    match std::env::var_os("WAXWING_PROFILE") {
        Some(folder) if !folder.is_empty() => Ok(PathBuf::from(folder)),
        _ => app.path().app_local_data_dir(),
    }
}
