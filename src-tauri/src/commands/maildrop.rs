//! What stands on a POP3 server: counted, listed, removed, brought again.

use super::{Answer, Managed};
use crate::views::account::RetentionView;
use crate::views::id;
use crate::views::maildrop::{MaildropView, ServerCopiesView};

/// What a choice would have removed from the server with the next look.
#[tauri::command]
#[specta::specta]
pub async fn retention_effect(
    engine: Managed<'_>,
    account: String,
    retention: RetentionView,
) -> Answer<ServerCopiesView> {
    let effect = engine.retention_effect(id(&account)?, retention.into()).await?;
    Ok(effect.into())
}

#[tauri::command]
#[specta::specta]
pub async fn still_on_server(engine: Managed<'_>, account: String) -> Answer<MaildropView> {
    Ok(engine.still_on_server(id(&account)?).await?.into())
}

/// Gives how many went.
#[tauri::command]
#[specta::specta]
pub async fn remove_from_server(engine: Managed<'_>, account: String, names: Vec<String>) -> Answer<u32> {
    Ok(engine.remove_from_server(id(&account)?, names).await?)
}

/// Gives how many came.
#[tauri::command]
#[specta::specta]
pub async fn download_again(engine: Managed<'_>, account: String, names: Vec<String>) -> Answer<u32> {
    Ok(engine.download_again(id(&account)?, names).await?)
}
