//! Signing in in a browser: the address is printed, and whoever opens it is waited for. No token is printed.

use serde::Serialize;
use waxwing_engine::discovery::Surroundings;
use waxwing_engine::{AccountForm, Begun, Client, Engine, SignInForm, SignInId};
use waxwing_model::Account;

use crate::arguments::Browser;
use crate::failure::Failure;
use crate::output::Output;

#[derive(Serialize)]
struct ToOpen {
    /// What a browser on this computer has to open.
    open: String,
}

/// For an account that is being added.
pub async fn grant(
    engine: &Engine,
    form: &AccountForm,
    wanted: &Browser,
    output: &Output,
) -> Result<SignInId, Failure> {
    surround(engine, wanted)?;
    let mut hosts = vec![form.incoming.host.clone(), form.outgoing.host.clone()];
    hosts.dedup();
    let begun = engine
        .begin_sign_in(SignInForm {
            email: form.email.clone(),
            usernames: vec![form.incoming.username.clone()],
            hosts,
            issuer: None,
            client: client(wanted)?,
        })
        .await?;
    wait(engine, begun, output).await
}

/// For one that is there.
pub async fn grant_again(
    engine: &Engine,
    account: &Account,
    wanted: &Browser,
    output: &Output,
) -> Result<SignInId, Failure> {
    surround(engine, wanted)?;
    let begun = engine.begin_sign_in_again(account.id, client(wanted)?).await?;
    wait(engine, begun, output).await
}

async fn wait(engine: &Engine, begun: Begun, output: &Output) -> Result<SignInId, Failure> {
    let text = format!(
        "Open this address in a browser on this computer:\n{}",
        begun.address
    );
    output.result(&ToOpen { open: begun.address }, text)?;
    engine.await_sign_in(begun.id).await?;
    Ok(begun.id)
}

fn client(wanted: &Browser) -> Result<Option<Client>, Failure> {
    let Some(id) = &wanted.client_id else {
        return Ok(None);
    };
    match Client::new(id, wanted.client_secret.as_deref()) {
        Some(client) => Ok(Some(client)),
        None => Err(Failure::Usage("the client id is one line of letters".into())),
    }
}

fn surround(engine: &Engine, wanted: &Browser) -> Result<(), Failure> {
    if let Some(file) = &wanted.surroundings {
        let text = std::fs::read_to_string(file)?;
        let surroundings = Surroundings::from_stage_file(&text)
            .map_err(|error| Failure::Usage(format!("{}: {error}", file.display())))?;
        engine.search_in(surroundings);
    }
    Ok(())
}
