//! Signing in in a browser: the address is printed, and whoever opens it is waited for. No token is printed.

use serde::Serialize;
use waxwing_engine::discovery::{Surroundings, Wishes};
use waxwing_engine::{Begun, Client, Door, Engine, SignInForm, SignInId};
use waxwing_model::{Account, ServerSettings};

use crate::arguments::{Browser, OwnWay};
use crate::failure::Failure;
use crate::output::Output;

#[derive(Serialize)]
struct ToOpen {
    /// What a browser on this computer has to open.
    open: String,
}

/// The servers of an account that is being added or changed, and whose they are.
pub struct Servers<'a> {
    pub email: &'a str,
    pub incoming: &'a ServerSettings,
    pub outgoing: &'a ServerSettings,
    /// Whether the server that sends is signed in to in a way of its own.
    pub apart: bool,
}

/// For the server that is read from, and for the one that sends where that goes with it.
pub async fn grant(
    engine: &Engine,
    servers: &Servers<'_>,
    wanted: &Browser,
    output: &Output,
) -> Result<SignInId, Failure> {
    surround(engine, wanted)?;
    let opened = match servers.apart {
        true => vec![servers.incoming],
        false => vec![servers.incoming, servers.outgoing],
    };
    let client = client(&wanted.client_id, &wanted.client_secret)?;
    let question = question(engine, servers.email, &opened, wanted.issuer.as_ref(), client).await?;
    wait(engine, engine.begin_sign_in(question).await?, output).await
}

/// For the server that sends alone.
pub async fn grant_sending(
    engine: &Engine,
    servers: &Servers<'_>,
    wanted: &Browser,
    own: &OwnWay,
    output: &Output,
) -> Result<SignInId, Failure> {
    surround(engine, wanted)?;
    let client = client(&own.outgoing_client_id, &own.outgoing_client_secret)?;
    // There the person may have another address.
    let name = &servers.outgoing.username;
    let email = if name.contains('@') { name } else { servers.email };
    let question = question(engine, email, &[servers.outgoing], None, client).await?;
    wait(engine, engine.begin_sign_in(question).await?, output).await
}

/// For one of the servers of an account that is there.
pub async fn grant_again(
    engine: &Engine,
    account: &Account,
    door: Door,
    wanted: &Browser,
    output: &Output,
) -> Result<SignInId, Failure> {
    surround(engine, wanted)?;
    let client = client(&wanted.client_id, &wanted.client_secret)?;
    let is_known = wanted.issuer.is_none() && engine.sign_in_offer_again(account.id, door).await?.is_some();
    let begun = match is_known {
        true => engine.begin_sign_in_again(account.id, door, client).await?,
        false => {
            let servers: Vec<&ServerSettings> = match door {
                Door::Outgoing => vec![&account.outgoing],
                _ => vec![&account.incoming, &account.outgoing],
            }
            .into_iter()
            .flatten()
            .collect();
            let question = question(engine, &account.email, &servers, wanted.issuer.as_ref(), client).await?;
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
    issuer: Option<&String>,
    client: Option<Client>,
) -> Result<SignInForm, Failure> {
    let mut hosts: Vec<String> = servers.iter().map(|server| server.host.clone()).collect();
    hosts.dedup();
    let issuer = match issuer {
        Some(issuer) => Some(issuer.clone()),
        None if engine.sign_in_offer(&hosts, None).is_some() => None,
        None => engine.discover(email, &Wishes::default()).await?.issuer,
    };
    Ok(SignInForm {
        email: email.to_owned(),
        usernames: servers.iter().map(|server| server.username.clone()).collect(),
        hosts,
        issuer,
        client,
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

fn client(id: &Option<String>, secret: &Option<String>) -> Result<Option<Client>, Failure> {
    let Some(id) = id else {
        return Ok(None);
    };
    match Client::new(id, secret.as_deref()) {
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
