//! `account add`, `account list` and `account remove`. A password is read from standard input and never printed.

use serde::Serialize;
use waxwing_engine::{AccountForm, Engine};
use waxwing_model::{Account, Protocol, Retention, Security, ServerSettings};

use crate::arguments::{AccountCommand, AddAccount};
use crate::failure::Failure;
use crate::output::Output;
use crate::profile;

#[derive(Serialize)]
struct AccountLine {
    id: i64,
    email: String,
    name: String,
    protocol: Protocol,
    incoming: Option<ServerSettings>,
    outgoing: Option<ServerSettings>,
    retention: Retention,
    demo: bool,
}

#[derive(Serialize)]
struct Added {
    id: i64,
    email: String,
}

pub async fn run(engine: &Engine, command: AccountCommand, output: &Output) -> Result<(), Failure> {
    match command {
        AccountCommand::Add(wanted) => add(engine, *wanted, output).await,
        AccountCommand::List => list(engine, output).await,
        AccountCommand::Remove { account } => {
            let account = profile::account(engine, Some(&account)).await?;
            Ok(engine.remove_account(account.id).await?)
        }
    }
}

async fn add(engine: &Engine, wanted: AddAccount, output: &Output) -> Result<(), Failure> {
    let password = profile::read_password()?;
    let extra_ca = match &wanted.ca {
        Some(file) => Some(std::fs::read_to_string(file).map_err(|error| {
            Failure::Usage(format!(
                "the certificate authority {} could not be read: {error}",
                file.display()
            ))
        })?),
        None => None,
    };
    let username = wanted.user.unwrap_or_else(|| wanted.email.clone());
    let settings = |(host, port, security): (String, u16, Security)| ServerSettings {
        host,
        port,
        security,
        username: username.clone(),
        authentication: wanted.method.into(),
    };
    let form = AccountForm {
        name: wanted.name,
        email: wanted.email.clone(),
        password,
        outgoing_password: None,
        protocol: wanted.protocol.into(),
        // Whoever writes "plain" on a command line has chosen it explicitly.
        allow_plain: [&wanted.incoming, &wanted.outgoing]
            .iter()
            .any(|server| server.2 == Security::Plain),
        incoming: settings(wanted.incoming),
        outgoing: settings(wanted.outgoing),
        retention: wanted.pop3_keep,
        extra_ca,
    };
    let id = if wanted.no_check {
        engine.add_account_unchecked(form).await?
    } else {
        engine.add_account(form).await?
    };
    engine.stop().await;
    output.result(
        &Added {
            id: id.0,
            email: wanted.email.clone(),
        },
        format_args!("{id}\t{}", wanted.email),
    )
}

async fn list(engine: &Engine, output: &Output) -> Result<(), Failure> {
    for account in engine.accounts().await? {
        let text = format!("{}\t{}\t{:?}", account.id, account.email, account.protocol);
        output.result(&line(account), text)?;
    }
    Ok(())
}

fn line(account: Account) -> AccountLine {
    AccountLine {
        id: account.id.0,
        email: account.email,
        name: account.name,
        protocol: account.protocol,
        incoming: account.incoming,
        outgoing: account.outgoing,
        retention: account.retention,
        demo: account.demo,
    }
}
