//! Letters on their way out.

use waxwing_model::Protocol;

use super::{Answer, Managed};
use crate::views::draft::DraftView;
use crate::views::outbox::SubmissionView;
use crate::views::{id, timestamp};

/// Gives the submission's id. `at` is the moment before which the letter shall not go, in milliseconds since 1970.
#[tauri::command]
#[specta::specta]
pub async fn send(engine: Managed<'_>, draft: String, undo_seconds: u32, at: Option<f64>) -> Answer<String> {
    let at = at.map(timestamp).transpose()?;
    Ok(engine.send_at(id(&draft)?, undo_seconds, at).await?.to_string())
}

#[tauri::command]
#[specta::specta]
pub async fn outbox(engine: Managed<'_>) -> Answer<Vec<SubmissionView>> {
    let accounts = engine.accounts().await?;
    let letters = engine.outbox().await?;
    Ok(letters
        .into_iter()
        .map(|letter| {
            let progress = engine.handed_over(letter.id);
            let account = accounts.iter().find(|account| account.id == letter.account);
            let has_sent = account.is_some_and(|account| account.protocol == Protocol::Imap);
            SubmissionView::new(letter, progress, has_sent)
        })
        .collect())
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
