//! What the person does to mail, and its undoing.

use super::{Answer, Managed};
use crate::views::action::{ActionView, EmptiedView, PerformedView};
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

/// What goes with Trash or Junk when it is emptied next: what the person is told of, and nothing that comes after.
#[tauri::command]
#[specta::specta]
pub async fn emptied_with(engine: Managed<'_>, mailbox: String) -> Answer<EmptiedView> {
    Ok(engine.emptied_with(id(&mailbox)?).await?.into())
}
