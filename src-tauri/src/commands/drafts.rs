//! Letters being written.

use super::{Answer, Managed};
use crate::links;
use crate::views::draft::{DraftContentView, DraftView, ResponseKindView};
use crate::views::letter::KnownPeopleView;
use crate::views::{Moment, id, letter_ref, moment};

/// An empty draft, or one from a mailto: link.
#[tauri::command]
#[specta::specta]
pub async fn new_draft(
    engine: Managed<'_>,
    account: Option<String>,
    mailto: Option<String>,
) -> Answer<DraftView> {
    let content = mailto.and_then(|link| links::mailto(&link)).unwrap_or_default();
    let account = account.map(|account| id(&account)).transpose()?;
    Ok(engine.new_draft(account, content).await?.into())
}

/// An answer to a letter, or to one within it.
#[tauri::command]
#[specta::specta]
pub async fn respond(
    engine: Managed<'_>,
    email: String,
    part: Option<String>,
    kind: ResponseKindView,
) -> Answer<DraftView> {
    Ok(engine
        .respond(letter_ref(&email, part)?, kind.into())
        .await?
        .into())
}

#[tauri::command]
#[specta::specta]
pub async fn drafts(engine: Managed<'_>) -> Answer<Vec<DraftView>> {
    Ok(engine.drafts().await?.into_iter().map(Into::into).collect())
}

/// The draft that a letter in Drafts is.
#[tauri::command]
#[specta::specta]
pub async fn edit_draft(engine: Managed<'_>, email: String) -> Answer<DraftView> {
    Ok(engine.edit_draft(id(&email)?).await?.into())
}

/// Its composer was closed.
#[tauri::command]
#[specta::specta]
pub async fn close_draft(engine: Managed<'_>, draft: String) -> Answer<()> {
    Ok(engine.close_draft(id(&draft)?).await?)
}

/// Gives the moment at which the draft was saved.
#[tauri::command]
#[specta::specta]
pub async fn save_draft(
    engine: Managed<'_>,
    draft: String,
    account: String,
    content: DraftContentView,
) -> Answer<Moment> {
    Ok(moment(
        engine
            .save_draft(id(&draft)?, id(&account)?, content.into())
            .await?,
    ))
}

#[tauri::command]
#[specta::specta]
pub async fn discard_draft(engine: Managed<'_>, draft: String) -> Answer<()> {
    Ok(engine.discard_draft(id(&draft)?).await?)
}

#[tauri::command]
#[specta::specta]
pub async fn complete_address(engine: Managed<'_>, typed: String, most: u32) -> Answer<KnownPeopleView> {
    Ok(engine.known_people(&typed, most).await?.into())
}
