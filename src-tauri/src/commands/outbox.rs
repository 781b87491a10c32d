//! Letters on their way out.

use super::{Answer, Managed};
use crate::views::draft::DraftView;
use crate::views::id;
use crate::views::outbox::SubmissionView;

/// Gives the submission's id.
#[tauri::command]
#[specta::specta]
pub async fn send(engine: Managed<'_>, draft: String, undo_seconds: u32) -> Answer<String> {
    Ok(engine.send(id(&draft)?, undo_seconds).await?.to_string())
}

#[tauri::command]
#[specta::specta]
pub async fn outbox(engine: Managed<'_>) -> Answer<Vec<SubmissionView>> {
    Ok(engine.outbox().await?.into_iter().map(Into::into).collect())
}

#[tauri::command]
#[specta::specta]
pub async fn retry_submission(engine: Managed<'_>, submission: String) -> Answer<()> {
    Ok(engine.retry_submission(id(&submission)?).await?)
}

#[tauri::command]
#[specta::specta]
pub async fn undo_send(engine: Managed<'_>, submission: String) -> Answer<Option<DraftView>> {
    Ok(engine.undo_send(id(&submission)?).await?.map(Into::into))
}

#[tauri::command]
#[specta::specta]
pub async fn dismiss_submission(engine: Managed<'_>, submission: String) -> Answer<()> {
    Ok(engine.dismiss_submission(id(&submission)?).await?)
}
