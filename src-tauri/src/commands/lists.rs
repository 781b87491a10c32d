//! Folders and message lists. Only the visible rows are ever asked for.

use super::{Answer, Managed};
use crate::views::listing::{Listing, PageView};
use crate::views::mailbox::MailboxView;
use crate::views::{id, timestamp};

#[tauri::command]
#[specta::specta]
pub async fn mailboxes(engine: Managed<'_>) -> Answer<Vec<MailboxView>> {
    Ok(MailboxView::all(engine.mailboxes().await?))
}

#[tauri::command]
#[specta::specta]
pub async fn page(engine: Managed<'_>, listing: Listing, offset: u32, limit: u32) -> Answer<PageView> {
    let page = engine.page_looked_at(listing.try_into()?, offset, limit).await?;
    Ok(PageView {
        total: page.total,
        rows: page.rows.into_iter().map(Into::into).collect(),
        more: page.more,
    })
}

/// Where the row of a letter stands, or a conversation's first row where no letter is named.
#[tauri::command]
#[specta::specta]
pub async fn position(
    engine: Managed<'_>,
    listing: Listing,
    thread: String,
    email: Option<String>,
) -> Answer<Option<u32>> {
    let listing = listing.try_into()?;
    Ok(match email {
        Some(email) => engine.position_of_email(listing, id(&email)?).await?,
        None => engine.position(listing, id(&thread)?).await?,
    })
}

/// Where letters of a moment stand in a list by date; none where it is sorted by anything else.
#[tauri::command]
#[specta::specta]
pub async fn position_of_moment(engine: Managed<'_>, listing: Listing, moment: f64) -> Answer<Option<u32>> {
    Ok(engine
        .position_of_moment(listing.try_into()?, timestamp(moment)?)
        .await?)
}
