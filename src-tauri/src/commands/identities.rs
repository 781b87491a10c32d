//! As whom a person writes: listed, added, changed, removed.

use super::{Answer, Managed};
use crate::views::id;
use crate::views::identity::{IdentityForm, IdentityView};

/// Of all accounts; each account's first is its usual one.
#[tauri::command]
#[specta::specta]
pub async fn identities(engine: Managed<'_>) -> Answer<Vec<IdentityView>> {
    Ok(engine.identities().await?.into_iter().map(Into::into).collect())
}

/// Gives the identity's id.
#[tauri::command]
#[specta::specta]
pub async fn add_identity(engine: Managed<'_>, account: String, form: IdentityForm) -> Answer<String> {
    Ok(engine.add_identity(id(&account)?, form.into()).await?.to_string())
}

#[tauri::command]
#[specta::specta]
pub async fn change_identity(engine: Managed<'_>, identity: String, form: IdentityForm) -> Answer<()> {
    Ok(engine.change_identity(id(&identity)?, form.into()).await?)
}

#[tauri::command]
#[specta::specta]
pub async fn remove_identity(engine: Managed<'_>, identity: String) -> Answer<()> {
    Ok(engine.remove_identity(id(&identity)?).await?)
}
