//! Changes of the engine, passed on to the interface as events. The engine has coalesced them.

use tauri::AppHandle;
use tauri_specta::Event;
use waxwing_engine::Engine;

use crate::views::events::Changes;

pub async fn run(app: AppHandle, engine: Engine) {
    let mut changes = engine.changes();
    loop {
        let gathered = changes.next().await.into_iter().map(Into::into).collect();
        if let Err(error) = Changes(gathered).emit(&app) {
            tracing::warn!(%error, "the window did not hear of a change");
        }
    }
}
