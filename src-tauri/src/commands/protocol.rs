//! POP3 to IMAP and back, for an account that is there.

use super::{Answer, Managed};
use crate::views::id;
use crate::views::protocol::{ProtocolChangedView, ProtocolForm, ProtocolPlanView, ProtocolServerView};
use crate::views::setup::RemoteProtocol;

/// The server of the other protocol, as far as it can be found.
#[tauri::command]
#[specta::specta]
pub async fn protocol_server(
    engine: Managed<'_>,
    account: String,
    to: RemoteProtocol,
) -> Answer<Option<ProtocolServerView>> {
    let found = engine.protocol_server(id(&account)?, to.into()).await?;
    Ok(found.map(Into::into))
}

/// What is on both sides. Nothing is changed.
#[tauri::command]
#[specta::specta]
pub async fn plan_protocol(
    engine: Managed<'_>,
    account: String,
    form: ProtocolForm,
) -> Answer<ProtocolPlanView> {
    Ok(engine.plan_protocol(&form.of(id(&account)?)?).await?.into())
}

#[tauri::command]
#[specta::specta]
pub async fn change_protocol(
    engine: Managed<'_>,
    account: String,
    form: ProtocolForm,
) -> Answer<ProtocolChangedView> {
    Ok(engine.change_protocol(&form.of(id(&account)?)?).await?.into())
}

/// Letters that have still to be put on the account's server.
#[tauri::command]
#[specta::specta]
pub async fn uploads_waiting(engine: Managed<'_>, account: String) -> Answer<u32> {
    Ok(engine.uploads_waiting(id(&account)?).await?)
}
