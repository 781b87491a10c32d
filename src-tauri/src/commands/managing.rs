//! Accounts after they were added: signed in again, on other servers, named, ordered, switched off, removed without their
//! letters.

use waxwing_engine::Trying;

use super::{Answer, Managed};
use crate::views::certificate::ExceptionView;
use crate::views::mailbox::RoleView;
use crate::views::managing::{
    ChosenRoleView, DoorwayView, FoundAccountView, PasswordsForm, RemainderView, ServersForm, TrialView,
    TriedDoorView,
};
use crate::views::{id, ids};

/// The servers that an account signs in to.
#[tauri::command]
#[specta::specta]
pub async fn doorways(engine: Managed<'_>, account: String) -> Answer<Vec<DoorwayView>> {
    let doorways = engine.doorways(id(&account)?).await?;
    Ok(doorways.into_iter().map(Into::into).collect())
}

/// Tries new passwords and keeps them if every server takes them; untried, it keeps them at once.
#[tauri::command]
#[specta::specta]
pub async fn sign_in_again(
    engine: Managed<'_>,
    account: String,
    form: PasswordsForm,
    untried: bool,
) -> Answer<Vec<TriedDoorView>> {
    let trying = if untried { Trying::Never } else { Trying::First };
    let tried = engine
        .sign_in_again(id(&account)?, form.try_into()?, trying)
        .await?;
    Ok(tried.into_iter().map(Into::into).collect())
}

/// Tries other servers and keeps nothing.
#[tauri::command]
#[specta::specta]
pub async fn try_servers(engine: Managed<'_>, account: String, form: ServersForm) -> Answer<TrialView> {
    Ok(engine.try_servers(id(&account)?, form.try_into()?).await?.into())
}

/// Tries other servers and keeps them if both are well.
#[tauri::command]
#[specta::specta]
pub async fn change_servers(engine: Managed<'_>, account: String, form: ServersForm) -> Answer<TrialView> {
    Ok(engine
        .change_servers(id(&account)?, form.try_into()?)
        .await?
        .into())
}

#[tauri::command]
#[specta::specta]
pub async fn certificate_exceptions(engine: Managed<'_>, account: String) -> Answer<Vec<ExceptionView>> {
    let exceptions = engine.certificate_exceptions(id(&account)?).await?;
    Ok(exceptions.into_iter().map(Into::into).collect())
}

#[tauri::command]
#[specta::specta]
pub async fn remove_certificate_exception(
    engine: Managed<'_>,
    account: String,
    host: String,
    port: u16,
) -> Answer<()> {
    Ok(engine
        .remove_certificate_exception(id(&account)?, &host, port)
        .await?)
}

#[tauri::command]
#[specta::specta]
pub async fn set_look(engine: Managed<'_>, account: String, label: String, colour: u8) -> Answer<()> {
    Ok(engine.set_look(id(&account)?, &label, colour).await?)
}

/// From the first to the last.
#[tauri::command]
#[specta::specta]
pub async fn order_accounts(engine: Managed<'_>, accounts: Vec<String>) -> Answer<()> {
    Ok(engine.order_accounts(ids(&accounts)?).await?)
}

#[tauri::command]
#[specta::specta]
pub async fn disable(engine: Managed<'_>, account: String) -> Answer<()> {
    Ok(engine.disable(id(&account)?).await?)
}

#[tauri::command]
#[specta::specta]
pub async fn enable(engine: Managed<'_>, account: String) -> Answer<()> {
    Ok(engine.enable(id(&account)?).await?)
}

#[tauri::command]
#[specta::specta]
pub async fn set_check_minutes(engine: Managed<'_>, account: String, minutes: Option<u16>) -> Answer<()> {
    Ok(engine.set_check_minutes(id(&account)?, minutes).await?)
}

/// The folders that the person has chosen.
#[tauri::command]
#[specta::specta]
pub async fn chosen_roles(engine: Managed<'_>, account: String) -> Answer<Vec<ChosenRoleView>> {
    let chosen = engine.chosen_roles(id(&account)?).await?;
    Ok(chosen
        .into_iter()
        .map(|(role, mailbox)| ChosenRoleView {
            role: role.into(),
            mailbox: mailbox.to_string(),
        })
        .collect())
}

/// No mailbox: it is as the server says.
#[tauri::command]
#[specta::specta]
pub async fn choose_role(
    engine: Managed<'_>,
    account: String,
    role: RoleView,
    mailbox: Option<String>,
) -> Answer<()> {
    let mailbox = mailbox.map(|mailbox| id(&mailbox)).transpose()?;
    Ok(engine.choose_role(id(&account)?, role.into(), mailbox).await?)
}

/// How many letters would stay.
#[tauri::command]
#[specta::specta]
pub async fn remainder(engine: Managed<'_>, account: String) -> Answer<RemainderView> {
    Ok(engine.remainder(id(&account)?).await?.into())
}

/// Its letters go to the local folders, which are called so where there are none yet. Gives how many went.
#[tauri::command]
#[specta::specta]
pub async fn remove_account_but_letters(engine: Managed<'_>, account: String, local: String) -> Answer<u32> {
    Ok(engine.remove_account_but_letters(id(&account)?, &local).await?)
}

/// Accounts that Thunderbird has on this computer and that are not here.
#[tauri::command]
#[specta::specta]
pub async fn accounts_of_thunderbird(engine: Managed<'_>) -> Answer<Vec<FoundAccountView>> {
    let found = engine.accounts_of_thunderbird().await?;
    Ok(found.into_iter().map(Into::into).collect())
}
