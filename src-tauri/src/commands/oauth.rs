//! Signing in in the browser: offered, begun, waited for, given up. The browser is opened by `open_link`, like every page.

use super::{Answer, Managed};
use crate::views::id;
use crate::views::managing::{DoorView, TriedDoorView};
use crate::views::oauth::{ClientForm, SignInBegunView, SignInForm, SignInOfferView};

/// What there is for these servers. Nobody is asked.
#[tauri::command]
#[specta::specta]
pub fn sign_in_offer(
    engine: Managed<'_>,
    hosts: Vec<String>,
    issuer: Option<String>,
) -> Answer<Option<SignInOfferView>> {
    Ok(engine.sign_in_offer(&hosts, issuer.as_deref()).map(Into::into))
}

/// The same for a server of an account that is there.
#[tauri::command]
#[specta::specta]
pub async fn sign_in_offer_again(
    engine: Managed<'_>,
    account: String,
    door: DoorView,
) -> Answer<Option<SignInOfferView>> {
    let offer = engine
        .sign_in_offer_again(id(&account)?, door.try_into()?)
        .await?;
    Ok(offer.map(Into::into))
}

/// Asks the domains of an account's people at whose page they sign in, where nobody knows. `true`: what is offered may be more than it was.
#[tauri::command]
#[specta::specta]
pub async fn ask_whose_page(engine: Managed<'_>, account: String) -> Answer<bool> {
    Ok(engine.ask_whose_page(id(&account)?).await?)
}

/// Opens the door for the browser, and gives the address that it has to open. A sign-in before it is given up.
#[tauri::command]
#[specta::specta]
pub async fn begin_sign_in(engine: Managed<'_>, form: SignInForm) -> Answer<SignInBegunView> {
    Ok(engine.begin_sign_in(form.try_into()?).await?.into())
}

/// The same for a server of an account that is there.
#[tauri::command]
#[specta::specta]
pub async fn begin_sign_in_again(
    engine: Managed<'_>,
    account: String,
    door: DoorView,
    client: Option<ClientForm>,
) -> Answer<SignInBegunView> {
    let client = client.map(TryInto::try_into).transpose()?;
    Ok(engine
        .begin_sign_in_again(id(&account)?, door.try_into()?, client)
        .await?
        .into())
}

/// Waits until the person has signed in, or will not.
#[tauri::command]
#[specta::specta]
pub async fn await_sign_in(engine: Managed<'_>, sign_in: String) -> Answer<()> {
    Ok(engine.await_sign_in(id(&sign_in)?).await?)
}

#[tauri::command]
#[specta::specta]
pub fn give_up_sign_in(engine: Managed<'_>, sign_in: String) -> Answer<()> {
    engine.give_up_sign_in(id(&sign_in)?);
    Ok(())
}

/// Tries what came of it at the server that it is for, and keeps it if that takes it.
#[tauri::command]
#[specta::specta]
pub async fn signed_in_again(
    engine: Managed<'_>,
    account: String,
    door: DoorView,
    sign_in: String,
) -> Answer<Vec<TriedDoorView>> {
    let tried = engine
        .signed_in_again(id(&account)?, door.try_into()?, id(&sign_in)?)
        .await?;
    Ok(tried.into_iter().map(Into::into).collect())
}
