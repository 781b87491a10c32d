//! Signing in in a browser: the address is printed, and whoever opens it is waited for. No token is printed.

use serde::Serialize;
use waxwing_engine::discovery::{Surroundings, Wishes};
use waxwing_engine::{AccountForm, Begun, Client, Engine, SignInForm, SignInId};
use waxwing_model::{Account, ServerSettings};

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
    let servers = [&form.incoming, &form.outgoing];
    let question = question(engine, &form.email, &servers, wanted).await?;
    let begun = engine.begin_sign_in(question).await?;
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
    let is_known = wanted.issuer.is_none() && engine.sign_in_offer_again(account.id).await?.is_some();
    let begun = match is_known {
        true => engine.begin_sign_in_again(account.id, client(wanted)?).await?,
        false => {
            let servers: Vec<&ServerSettings> = [&account.incoming, &account.outgoing]
                .into_iter()
                .flatten()
                .collect();
            let question = question(engine, &account.email, &servers, wanted).await?;
            engine.begin_sign_in(question).await?
        }
    };
    wait(engine, begun, output).await
}

/// Who signs in, and where. A provider that is not known is the one that the person names, or the domain of the address.
async fn question(
    engine: &Engine,
    email: &str,
    servers: &[&ServerSettings],
    wanted: &Browser,
) -> Result<SignInForm, Failure> {
    let mut hosts: Vec<String> = servers.iter().map(|server| server.host.clone()).collect();
    hosts.dedup();
    let issuer = match &wanted.issuer {
        Some(issuer) => Some(issuer.clone()),
        None if engine.sign_in_offer(&hosts, None).is_some() => None,
        None => engine.discover(email, &Wishes::default()).await?.issuer,
    };
    Ok(SignInForm {
        email: email.to_owned(),
        usernames: servers.iter().map(|server| server.username.clone()).collect(),
        hosts,
        issuer,
        client: client(wanted)?,
    })
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
