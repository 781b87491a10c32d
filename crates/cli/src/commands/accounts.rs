//! `account add`, `account list`, `account set` and `account remove`. A password is read from standard input and never printed.

use secrecy::SecretString;
use serde::Serialize;
use waxwing_engine::{AccountForm, Engine, ServerCopies};
use waxwing_model::{
    Account, Authentication, Keep, Keeping, Protocol, Quota, Retention, Security, ServerSettings,
};

use super::{browser, managing};
use crate::arguments::{AccountCommand, AddAccount, SetAccount};
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
    keep: Keep,
    large: Option<u16>,
    paused: bool,
    disabled: bool,
    label: String,
    check_minutes: Option<u16>,
    demo: bool,
    /// In bytes; where the server tells.
    quota: Option<Quota>,
}

/// What `account set` came to.
#[derive(Serialize)]
struct Changed {
    #[serde(flatten)]
    account: AccountLine,
    /// Letters whose text went from this computer.
    freed_letters: u32,
    /// Letters whose text is here and need not be, and how much that is.
    droppable_letters: u32,
    droppable_octets: u64,
    /// Messages that the choice for POP3 removes from the server with the next look.
    removed_messages: u32,
    removed_octets: u64,
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
        AccountCommand::AddLocal { name } => {
            let id = engine.add_local_folders(&name).await?;
            engine.stop().await;
            output.result(
                &Added {
                    id: id.0,
                    email: name.clone(),
                },
                format_args!("{id}\t{name}"),
            )
        }
        AccountCommand::Set(wanted) => set(engine, wanted, output).await,
        AccountCommand::ChangeProtocol(wanted) => super::protocol::run(engine, wanted, output).await,
        AccountCommand::Remove {
            account,
            keep_letters,
        } => {
            let account = profile::account(engine, Some(&account)).await?;
            if keep_letters {
                engine
                    .remove_account_but_letters(account.id, "Local Folders")
                    .await?;
                engine.stop().await;
                return Ok(());
            }
            engine.remove_account(account.id).await?;
            // Its provider may be just told that the sign-in is wanted no more.
            engine.stop().await;
            Ok(())
        }
        AccountCommand::Managing(command) => managing::run(engine, command, output).await,
    }
}

async fn add(engine: &Engine, wanted: AddAccount, output: &Output) -> Result<(), Failure> {
    // Whoever signs in in a browser types no password here.
    let password = match wanted.browser.oauth {
        true => SecretString::from(""),
        false => profile::read_password()?,
    };
    let outgoing_password = match wanted.own_way.outgoing_password {
        true => Some(profile::read_password()?),
        false => None,
    };
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
    let settings = |(host, port, security): (String, u16, Security), authentication| ServerSettings {
        host,
        port,
        security,
        username: username.clone(),
        authentication,
    };
    let method: Authentication = wanted.method.into();
    let sending = match method {
        // Only POP3 has it.
        Authentication::Apop => Authentication::Auto,
        method => method,
    };
    let mut form = AccountForm {
        name: wanted.name,
        email: wanted.email.clone(),
        password,
        signed_in: None,
        outgoing_password,
        outgoing_signed_in: None,
        protocol: wanted.protocol.into(),
        // Whoever writes "plain" on a command line has chosen it explicitly.
        allow_plain: [&wanted.incoming, &wanted.outgoing]
            .iter()
            .any(|server| server.2 == Security::Plain),
        incoming: settings(wanted.incoming, method),
        outgoing: ServerSettings {
            username: wanted
                .own_way
                .outgoing_user
                .clone()
                .unwrap_or_else(|| username.clone()),
            ..settings(wanted.outgoing, sending)
        },
        retention: wanted.pop3_keep,
        keeping: Keeping {
            keep: wanted.keep,
            large: wanted.large.0,
        },
        extra_ca,
        accepted: Vec::new(),
    };
    let (incoming, outgoing) = (form.incoming.clone(), form.outgoing.clone());
    let servers = browser::Servers {
        email: &wanted.email,
        incoming: &incoming,
        outgoing: &outgoing,
        apart: wanted.own_way.is_taken(),
    };
    if wanted.browser.oauth {
        form.signed_in = Some(browser::grant(engine, &servers, &wanted.browser, output).await?);
    }
    if wanted.own_way.outgoing_oauth {
        let (browser, own) = (&wanted.browser, &wanted.own_way);
        form.outgoing_signed_in = Some(browser::grant_sending(engine, &servers, browser, own, output).await?);
    }
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

async fn set(engine: &Engine, wanted: SetAccount, output: &Output) -> Result<(), Failure> {
    let account = profile::account(engine, Some(&wanted.account)).await?;
    let mut keeping = account.keeping;
    let retention = wanted.pop3_keep.unwrap_or(account.retention);
    let removed = engine.retention_effect(account.id, retention).await?;
    if wanted.dry_run {
        return report(engine, &account, 0, keeping, removed, output).await;
    }
    if wanted.keep.is_some() || wanted.large.is_some() {
        keeping.keep = wanted.keep.unwrap_or(keeping.keep);
        keeping.large = wanted.large.map_or(keeping.large, |large| large.0);
        engine.set_keeping(account.id, keeping).await?;
    }
    if let Some(retention) = wanted.pop3_keep {
        engine.set_retention(account.id, retention).await?;
    }
    if wanted.pause {
        engine.pause(account.id).await?;
    }
    if wanted.resume {
        engine.resume(account.id).await?;
    }
    let freed = if wanted.free {
        engine.drop_bodies(account.id).await?
    } else {
        0
    };
    report(engine, &account, freed, keeping, removed, output).await
}

async fn report(
    engine: &Engine,
    account: &Account,
    freed: u32,
    keeping: Keeping,
    removed: ServerCopies,
    output: &Output,
) -> Result<(), Failure> {
    let left = engine.droppable(account.id, keeping).await?;
    let text = match (freed, left.letters) {
        (0, 0) if removed.messages > 0 => format!(
            "{} messages of {} MB go from the server with this choice",
            removed.messages,
            removed.octets.div_ceil(1_000_000)
        ),
        (0, 0) => "done".to_owned(),
        (freed, 0) => format!("done; {freed} letters stand on the server alone now"),
        (_, letters) => format!(
            "done; {letters} letters of {} MB need not be here; give them up with --free",
            left.octets.div_ceil(1_000_000)
        ),
    };
    let quota = engine.quotas().await?.get(&account.id).copied();
    output.result(
        &Changed {
            account: line(engine.account(account.id).await?, quota),
            freed_letters: freed,
            droppable_letters: left.letters,
            droppable_octets: left.octets,
            removed_messages: removed.messages,
            removed_octets: removed.octets,
        },
        text,
    )
}

async fn list(engine: &Engine, output: &Output) -> Result<(), Failure> {
    let quotas = engine.quotas().await?;
    for account in engine.accounts().await? {
        let quota = quotas.get(&account.id).copied();
        let room = quota.map(room).unwrap_or_default();
        let text = format!(
            "{}\t{}\t{:?}\t{room}",
            account.id, account.email, account.protocol
        );
        output.result(&line(account, quota), text.trim_end())?;
    }
    Ok(())
}

/// In megabytes of a million bytes, which are short and say enough.
fn room(quota: Quota) -> String {
    let megabytes = |bytes: u64| bytes as f64 / 1_000_000.0;
    format!(
        "{:.1} of {:.1} MB used",
        megabytes(quota.used),
        megabytes(quota.limit)
    )
}

fn line(account: Account, quota: Option<Quota>) -> AccountLine {
    AccountLine {
        id: account.id.0,
        email: account.email,
        name: account.name,
        protocol: account.protocol,
        incoming: account.incoming,
        outgoing: account.outgoing,
        retention: account.retention,
        keep: account.keeping.keep,
        large: account.keeping.large,
        paused: account.paused,
        disabled: account.disabled,
        label: account.label,
        check_minutes: account.check_minutes,
        demo: account.demo,
        quota,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_room_is_told_in_a_few_words() {
        let quota = Quota {
            used: 2_100_000_000,
            limit: 15_000_060_000,
        };
        assert_eq!(room(quota), "2100.0 of 15000.1 MB used");
    }
}
