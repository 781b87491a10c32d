//! What the person does to mail, and its undoing.

use super::{Answer, Managed};
use crate::views::action::{ActionView, PerformedView};
use crate::views::id;

#[tauri::command]
#[specta::specta]
pub async fn perform(engine: Managed<'_>, action: ActionView) -> Answer<PerformedView> {
    Ok(engine.perform(action.try_into()?).await?.into())
}

#[tauri::command]
#[specta::specta]
pub async fn undo(engine: Managed<'_>, undo: String) -> Answer<()> {
    Ok(engine.undo(id(&undo)?).await?)
}
