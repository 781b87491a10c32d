//! Signing in in the browser: offered, begun, waited for, given up. The browser is opened by `open_link`, like every page.

use super::{Answer, Managed};
use crate::views::id;
use crate::views::managing::TriedDoorView;
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

/// The same for an account that is there.
#[tauri::command]
#[specta::specta]
pub async fn sign_in_offer_again(engine: Managed<'_>, account: String) -> Answer<Option<SignInOfferView>> {
    let offer = engine.sign_in_offer_again(id(&account)?).await?;
    Ok(offer.map(Into::into))
}

/// Opens the door for the browser, and gives the address that it has to open. A sign-in before it is given up.
#[tauri::command]
#[specta::specta]
pub async fn begin_sign_in(engine: Managed<'_>, form: SignInForm) -> Answer<SignInBegunView> {
    Ok(engine.begin_sign_in(form.try_into()?).await?.into())
}

/// The same for an account that is there.
#[tauri::command]
#[specta::specta]
pub async fn begin_sign_in_again(
    engine: Managed<'_>,
    account: String,
    client: Option<ClientForm>,
) -> Answer<SignInBegunView> {
    let client = client.map(TryInto::try_into).transpose()?;
    Ok(engine.begin_sign_in_again(id(&account)?, client).await?.into())
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

/// Tries what came of it at the account's servers, and keeps it if each takes it.
#[tauri::command]
#[specta::specta]
pub async fn signed_in_again(
    engine: Managed<'_>,
    account: String,
    sign_in: String,
) -> Answer<Vec<TriedDoorView>> {
    let tried = engine.signed_in_again(id(&account)?, id(&sign_in)?).await?;
    Ok(tried.into_iter().map(Into::into).collect())
}
