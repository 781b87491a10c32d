//! Who a letter is from, where its links lead, what it would have told, and how to leave its list.

use super::{Answer, Managed};
use crate::views::caution::{AllowedView, CautionWishesView, LinkView, TrackingSenderView, WhoView};
use crate::views::id;
use crate::views::mailing_list::{LeaveWayView, SubscriptionsView, WaysOutView};
use crate::views::missed::MissedView;

/// Who a letter is from. DNS may be asked.
#[tauri::command]
#[specta::specta]
pub async fn who(engine: Managed<'_>, email: String) -> Answer<WhoView> {
    Ok(engine.who(id(&email)?).await?.into())
}

/// Where a link leads and what is odd about it. Nothing is opened.
#[tauri::command]
#[specta::specta]
pub async fn look_at_link(engine: Managed<'_>, url: String) -> Answer<LinkView> {
    Ok(engine.look_at_link(&url).await?.into())
}

/// The pictures that could not be fetched for a letter as it was drawn last, or for one within it. What is on its way is waited for.
#[tauri::command]
#[specta::specta]
pub async fn missed_pictures(
    engine: Managed<'_>,
    email: String,
    part: Option<String>,
) -> Answer<Vec<MissedView>> {
    let way = part.unwrap_or_default();
    let missed = engine.missed_pictures(id(&email)?, &way).await;
    Ok(missed.into_iter().map(Into::into).collect())
}

/// From now on, letters of these show their pictures from the network; said over this letter.
#[tauri::command]
#[specta::specta]
pub async fn allow_images(engine: Managed<'_>, email: String, whose: AllowedView) -> Answer<()> {
    Ok(engine.allow_images(id(&email)?, whose.into()).await?)
}

#[tauri::command]
#[specta::specta]
pub async fn forbid_images(engine: Managed<'_>, whose: AllowedView) -> Answer<()> {
    Ok(engine.forbid_images(whose.into()).await?)
}

#[tauri::command]
#[specta::specta]
pub async fn images_allowed(engine: Managed<'_>) -> Answer<Vec<AllowedView>> {
    let allowed = engine.images_allowed().await?;
    Ok(allowed.into_iter().map(Into::into).collect())
}

#[tauri::command]
#[specta::specta]
pub async fn tracking_senders(engine: Managed<'_>) -> Answer<Vec<TrackingSenderView>> {
    let senders = engine.tracking_senders().await?;
    Ok(senders.into_iter().map(Into::into).collect())
}

/// Asks the list that a letter came by to let the person go.
#[tauri::command]
#[specta::specta]
pub async fn leave_list(engine: Managed<'_>, email: String, way: LeaveWayView) -> Answer<()> {
    Ok(engine.leave_list(id(&email)?, way.into()).await?)
}

/// The ways out of the list that a letter came by.
#[tauri::command]
#[specta::specta]
pub async fn ways_out(engine: Managed<'_>, email: String) -> Answer<Option<WaysOutView>> {
    Ok(engine.ways_out(id(&email)?).await?.map(Into::into))
}

#[tauri::command]
#[specta::specta]
pub async fn subscriptions(engine: Managed<'_>) -> Answer<SubscriptionsView> {
    Ok(engine.subscriptions().await?.into())
}

/// Looks through some letters of before. `false`: there are none left.
#[tauri::command]
#[specta::specta]
pub async fn look_through_for_lists(engine: Managed<'_>) -> Answer<bool> {
    Ok(engine.look_through_for_lists().await?)
}

#[tauri::command]
#[specta::specta]
pub async fn caution_wishes(engine: Managed<'_>) -> Answer<CautionWishesView> {
    Ok(engine.caution_wishes().await?.into())
}

#[tauri::command]
#[specta::specta]
pub async fn set_caution_wishes(engine: Managed<'_>, wishes: CautionWishesView) -> Answer<()> {
    Ok(engine.set_caution_wishes(wishes.into()).await?)
}
