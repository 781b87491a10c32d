//! Letters to read.

use waxwing_engine::ReceiptAnswer;

use super::{Answer, Managed};
use crate::views::letter::{BodyView, LetterView, LookView};
use crate::views::{id, ids};

#[tauri::command]
#[specta::specta]
pub async fn conversation(engine: Managed<'_>, thread: String) -> Answer<Vec<LetterView>> {
    Ok(engine
        .conversation(id(&thread)?)
        .await?
        .into_iter()
        .map(Into::into)
        .collect())
}

#[tauri::command]
#[specta::specta]
pub async fn letters(engine: Managed<'_>, emails: Vec<String>) -> Answer<Vec<LetterView>> {
    Ok(engine
        .emails(ids(&emails)?)
        .await?
        .into_iter()
        .map(Into::into)
        .collect())
}

/// The document for the letter's frame. A body that is not here is fetched first.
#[tauri::command]
#[specta::specta]
pub async fn body(engine: Managed<'_>, email: String, look: LookView) -> Answer<BodyView> {
    let look = waxwing_engine::Look {
        dark: look.dark,
        remote_images: look.remote_images,
    };
    Ok(engine.body(id(&email)?, look).await?.into())
}

/// The letter as it came, for the source view. Bytes that are not UTF-8 are shown as replacement characters.
#[tauri::command]
#[specta::specta]
pub async fn source(engine: Managed<'_>, email: String) -> Answer<String> {
    Ok(String::from_utf8_lossy(&engine.raw(id(&email)?).await?).into_owned())
}

/// Gives the receipt that a letter asks for, or has nobody ask again.
#[tauri::command]
#[specta::specta]
pub async fn answer_receipt(engine: Managed<'_>, email: String, give: bool) -> Answer<()> {
    let answer = match give {
        true => ReceiptAnswer::Give,
        false => ReceiptAnswer::Decline,
    };
    engine.answer_receipt(id(&email)?, answer).await?;
    Ok(())
}

#[tauri::command]
#[specta::specta]
pub async fn always_show_images_from(engine: Managed<'_>, address: String) -> Answer<()> {
    Ok(engine.always_show_images_from(&address).await?)
}
