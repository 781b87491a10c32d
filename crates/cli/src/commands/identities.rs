//! `identity`: the addresses that letters go from.

use serde::Serialize;
use waxwing_engine::{Engine, IdentityForm};
use waxwing_model::IdentityId;

use crate::arguments::IdentityCommand;
use crate::failure::Failure;
use crate::output::Output;
use crate::profile;

#[derive(Serialize)]
struct IdentityLine<'a> {
    id: i64,
    account: i64,
    email: &'a str,
    name: &'a str,
    reply_to: Option<&'a str>,
    outgoing: Option<&'a str>,
}

pub async fn run(engine: &Engine, command: IdentityCommand, output: &Output) -> Result<(), Failure> {
    match command {
        IdentityCommand::List => {}
        IdentityCommand::Add {
            account,
            email,
            name,
            reply_to,
        } => {
            let account = profile::account(engine, account.as_deref()).await?;
            let form = IdentityForm {
                email,
                name,
                reply_to,
                ..IdentityForm::default()
            };
            engine.add_identity(account.id, form).await?;
        }
        IdentityCommand::Remove { id } => engine.remove_identity(IdentityId(id)).await?,
    }
    for identity in engine.identities().await? {
        let line = IdentityLine {
            id: identity.id.0,
            account: identity.account.0,
            email: &identity.email,
            name: &identity.name,
            reply_to: identity.reply_to.as_deref(),
            outgoing: identity.outgoing.as_ref().map(|server| server.host.as_str()),
        };
        output.result(&line, format_args!("{}\t{}", identity.id, identity.address()))?;
    }
    Ok(())
}
