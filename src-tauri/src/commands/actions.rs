//! What the person does to mail, and its undoing.

use waxwing_model::RunId;

use super::{Answer, Managed};
use crate::views::action::{ActionView, EmptiedView, PerformedListedView, PerformedView};
use crate::views::id;
use crate::views::listing::{ListedMarksView, ListedView};

#[tauri::command]
#[specta::specta]
pub async fn perform(engine: Managed<'_>, action: ActionView) -> Answer<PerformedView> {
    Ok(engine.perform(action.try_into()?).await?.into())
}

/// The same for rows of a list; the action names no letters. It answers when all of it is done, and changes tell how far it is, by the
/// name that it is given here.
#[tauri::command]
#[specta::specta]
pub async fn perform_listed(
    engine: Managed<'_>,
    listed: ListedView,
    action: ActionView,
    run: String,
) -> Answer<PerformedListedView> {
    let performed = engine
        .perform_listed(listed.try_into()?, action.try_into()?, RunId(run))
        .await?;
    Ok(performed.into())
}

/// What is true of rows of a list.
#[tauri::command]
#[specta::specta]
pub async fn listed_marks(engine: Managed<'_>, listed: ListedView) -> Answer<ListedMarksView> {
    Ok(engine.listed_marks(listed.try_into()?).await?.into())
}

/// What is being done to rows of a list under this name ends soon; what was done of it can be undone. What is over is nothing to stop.
#[tauri::command]
#[specta::specta]
pub async fn stop_listed(engine: Managed<'_>, run: String) -> Answer<()> {
    let _was_under_way = engine.stop_listed(&RunId(run));
    Ok(())
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
