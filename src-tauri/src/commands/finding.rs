//! Searches beyond their rows: what is odd about a query, what servers find, searches that are kept, and the index.

use super::{Answer, Managed};
use crate::views::finding::{
    ExcerptView, FaultView, FoundThereView, IndexingView, SavedSearchView, ShownView, in_utf16,
};
use crate::views::id;
use waxwing_engine::Shown;

#[tauri::command]
#[specta::specta]
pub async fn query_faults(engine: Managed<'_>, query: String) -> Answer<Vec<FaultView>> {
    let faults = engine.query_faults(&query).await?;
    Ok(faults.into_iter().map(Into::into).collect())
}

/// The tags that some letter has, for whoever looks for one.
#[tauri::command]
#[specta::specta]
pub async fn tags(engine: Managed<'_>) -> Answer<Vec<String>> {
    let tags = engine.tags().await?;
    Ok(tags.iter().map(|tag| tag.as_str().to_owned()).collect())
}

/// Where the words of a query stand in texts that are shown: for each text the beginnings and the ends, in UTF-16 units.
#[tauri::command]
#[specta::specta]
pub async fn marks(
    engine: Managed<'_>,
    query: String,
    shown: Vec<ShownView>,
) -> Answer<Vec<Vec<(u32, u32)>>> {
    let shown: Vec<Shown> = shown.into_iter().map(Into::into).collect();
    let marks = engine.marks(&query, shown.clone()).await?;
    Ok(shown
        .iter()
        .zip(marks)
        .map(|(Shown { text, .. }, places)| in_utf16(text, &places))
        .collect())
}

/// Why letters were found that a search shows; null where their rows say so. Whoever asks for others, or for a page of another search,
/// ends it: then fewer are told than were asked for.
#[tauri::command]
#[specta::specta]
pub async fn excerpts(
    engine: Managed<'_>,
    query: String,
    emails: Vec<String>,
) -> Answer<Vec<Option<ExcerptView>>> {
    let emails = emails.iter().map(|email| id(email)).collect::<Answer<_>>()?;
    let excerpts = engine.excerpts(&query, emails).await?;
    Ok(excerpts.into_iter().map(|one| one.map(Into::into)).collect())
}

/// The parts of a letter that are files by whose text it was found.
#[tauri::command]
#[specta::specta]
pub async fn found_in_files(engine: Managed<'_>, query: String, email: String) -> Answer<Vec<String>> {
    Ok(engine.found_in_files(&query, id(&email)?).await?)
}

#[tauri::command]
#[specta::specta]
pub async fn search_on_servers(engine: Managed<'_>, query: String) -> Answer<FoundThereView> {
    Ok(engine.search_on_servers(&query).await?.into())
}

#[tauri::command]
#[specta::specta]
pub async fn saved_searches(engine: Managed<'_>) -> Answer<Vec<SavedSearchView>> {
    Ok(engine
        .saved_searches()
        .await?
        .into_iter()
        .map(Into::into)
        .collect())
}

#[tauri::command]
#[specta::specta]
pub async fn save_search(engine: Managed<'_>, name: String, query: String) -> Answer<String> {
    Ok(engine.save_search(&name, &query).await?.to_string())
}

#[tauri::command]
#[specta::specta]
pub async fn change_saved_search(
    engine: Managed<'_>,
    search: String,
    name: String,
    query: String,
) -> Answer<()> {
    Ok(engine.change_saved_search(id(&search)?, &name, &query).await?)
}

#[tauri::command]
#[specta::specta]
pub async fn remove_saved_search(engine: Managed<'_>, search: String) -> Answer<()> {
    Ok(engine.remove_saved_search(id(&search)?).await?)
}

/// Those that are not named stand behind the others.
#[tauri::command]
#[specta::specta]
pub async fn order_saved_searches(engine: Managed<'_>, searches: Vec<String>) -> Answer<()> {
    let order = searches.iter().map(|search| id(search)).collect::<Answer<_>>()?;
    Ok(engine.order_saved_searches(order).await?)
}

#[tauri::command]
#[specta::specta]
pub async fn rebuild_search(engine: Managed<'_>) -> Answer<()> {
    Ok(engine.rebuild_search().await?)
}

#[tauri::command]
#[specta::specta]
pub async fn indexing(engine: Managed<'_>) -> Answer<IndexingView> {
    Ok(engine.search_waiting().await?.into())
}
