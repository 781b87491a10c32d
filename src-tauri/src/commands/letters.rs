//! Letters to read.

use tauri::{AppHandle, State, WebviewWindow};
use waxwing_engine::ReceiptAnswer;

use super::saving::{file_stem, save};
use super::{Answer, Managed};
use crate::printing::ToPrint;
use crate::views::invitation::AnswerView;
use crate::views::letter::{BodyView, FieldView, LetterView, LettersWithinView, LookView, NestedView};
use crate::views::{id, ids, letter_ref};

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

/// Whether a conversation is muted, for a letter that no list has.
#[tauri::command]
#[specta::specta]
pub async fn is_muted(engine: Managed<'_>, thread: String) -> Answer<bool> {
    Ok(engine.is_muted(id(&thread)?).await?)
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
    Ok(engine.body_and_who(id(&email)?, look.into()).await?.into())
}

/// The same for somebody who may open the letter next: nothing is fetched, and it counts as not opened. `None`: it is not here.
#[tauri::command]
#[specta::specta]
pub async fn body_ahead(engine: Managed<'_>, email: String, look: LookView) -> Answer<Option<BodyView>> {
    let body = engine.body_and_who_ahead(id(&email)?, look.into()).await?;
    Ok(body.map(Into::into))
}

/// A letter within a letter.
#[tauri::command]
#[specta::specta]
pub async fn nested(engine: Managed<'_>, email: String, part: String, look: LookView) -> Answer<NestedView> {
    Ok(engine.nested(id(&email)?, &part, look.into()).await?.into())
}

/// The letters of an archive within a letter, some at once: the first `from` are passed over.
#[tauri::command]
#[specta::specta]
pub async fn letters_within(
    engine: Managed<'_>,
    email: String,
    part: String,
    from: u32,
) -> Answer<LettersWithinView> {
    let from = usize::try_from(from).unwrap_or(usize::MAX);
    Ok(engine.letters_within(id(&email)?, &part, from).await?.into())
}

/// The letter as it came, or one within it, for the source view. Bytes that are not UTF-8 are shown as replacement characters.
#[tauri::command]
#[specta::specta]
pub async fn source(engine: Managed<'_>, email: String, part: Option<String>) -> Answer<String> {
    let raw = engine.source(letter_ref(&email, part)?).await?;
    Ok(String::from_utf8_lossy(&raw).into_owned())
}

/// The letter as it came, or one within it, in a file where the person says. `None`: the person thought better of it.
#[tauri::command]
#[specta::specta]
pub async fn save_source(
    app: AppHandle,
    engine: Managed<'_>,
    email: String,
    part: Option<String>,
) -> Answer<Option<String>> {
    let letter = letter_ref(&email, part)?;
    let raw = engine.source(letter.clone()).await?;
    let subject = engine.subject(letter).await?;
    save(app, format!("{}.eml", file_stem(&subject)), raw).await
}

/// The header of a letter, or of one within it, field by field.
#[tauri::command]
#[specta::specta]
pub async fn header_fields(
    engine: Managed<'_>,
    email: String,
    part: Option<String>,
) -> Answer<Vec<FieldView>> {
    let fields = engine.header_fields(letter_ref(&email, part)?).await?;
    Ok(fields
        .into_iter()
        .map(|(name, value)| FieldView { name, value })
        .collect())
}

/// The document of a letter, or of one within it, for the printer. `when` is its moment in the words of the interface; empty where it
/// has none.
#[tauri::command]
#[specta::specta]
pub async fn printed(
    window: WebviewWindow,
    to_print: State<'_, ToPrint>,
    engine: Managed<'_>,
    email: String,
    part: Option<String>,
    look: LookView,
    when: String,
) -> Answer<String> {
    let letter = letter_ref(&email, part)?;
    let subject = engine.subject(letter.clone()).await?;
    to_print.call(window.label(), file_stem(&subject));
    Ok(engine.printed(letter, look.into(), when).await?)
}

/// Answers the invitation in a letter, or in one within it.
#[tauri::command]
#[specta::specta]
pub async fn answer_invitation(
    engine: Managed<'_>,
    email: String,
    part: Option<String>,
    answer: AnswerView,
) -> Answer<()> {
    engine
        .answer_invitation(letter_ref(&email, part)?, answer.into())
        .await?;
    Ok(())
}

/// The person believes that a meeting was called off, though nobody vouches for who says so.
#[tauri::command]
#[specta::specta]
pub async fn believe_calling_off(engine: Managed<'_>, email: String) -> Answer<()> {
    Ok(engine.believe_calling_off(id(&email)?).await?)
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
