//! As whom a person writes: listed, added, changed, removed.

use super::{Answer, Managed};
use crate::views::id;
use crate::views::identity::{IdentityForm, IdentityView};
use crate::views::managing::TriedView;

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
    Ok(engine
        .add_identity(id(&account)?, form.try_into()?)
        .await?
        .to_string())
}

#[tauri::command]
#[specta::specta]
pub async fn change_identity(engine: Managed<'_>, identity: String, form: IdentityForm) -> Answer<()> {
    Ok(engine.change_identity(id(&identity)?, form.try_into()?).await?)
}

/// Tries the server of an identity that is there or is to be, and keeps nothing.
#[tauri::command]
#[specta::specta]
pub async fn try_identity(
    engine: Managed<'_>,
    account: String,
    identity: Option<String>,
    form: IdentityForm,
) -> Answer<TriedView> {
    let identity = identity.map(|identity| id(&identity)).transpose()?;
    Ok(engine
        .try_identity(id(&account)?, identity, form.try_into()?)
        .await?
        .into())
}

#[tauri::command]
#[specta::specta]
pub async fn remove_identity(engine: Managed<'_>, identity: String) -> Answer<()> {
    Ok(engine.remove_identity(id(&identity)?).await?)
}
