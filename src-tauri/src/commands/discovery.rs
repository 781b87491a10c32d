//! The search for servers, which follows what is typed into the setup screen.

use super::{Answer, Managed};
use crate::views::discovery::{CandidateView, DiscoveryView, ServiceView, WishesView};

/// Ends the search before.
#[tauri::command]
#[specta::specta]
pub async fn discover(engine: Managed<'_>, email: String, wishes: WishesView) -> Answer<DiscoveryView> {
    Ok(engine.discover(&email, &wishes.into()).await?.into())
}

/// Nobody waits for the search any more.
#[tauri::command]
#[specta::specta]
pub async fn end_search(engine: Managed<'_>) -> Answer<()> {
    engine.end_search();
    Ok(())
}

/// Port and encryption of a server that the person has named.
#[tauri::command]
#[specta::specta]
pub async fn knock(
    engine: Managed<'_>,
    email: String,
    service: ServiceView,
    host: String,
    port: Option<u16>,
) -> Answer<Option<CandidateView>> {
    let found = engine.knock(&email, service.into(), &host, port).await?;
    Ok(found.map(Into::into))
}
