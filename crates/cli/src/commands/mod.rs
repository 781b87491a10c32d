//! Each command, by subject.

mod accounts;
mod actions;
mod audit;
mod browser;
mod identities;
mod letters;
mod mailboxes;
mod maildrop;
mod managing;
mod messages;
mod protocol;
mod searching;
mod sending;
mod servers;
mod sync;

use std::mem::ManuallyDrop;
use std::path::Path;

use waxwing_engine::Engine;
use waxwing_model::EmailId;

use crate::arguments::{Arguments, Command};
use crate::failure::Failure;
use crate::output::Output;
use crate::profile;

pub async fn run(arguments: Arguments, output: &Output) -> Result<(), Failure> {
    // These look at a message and need no profile.
    match &arguments.command {
        Command::Parse => return messages::parse(output),
        Command::Render => return messages::render(output),
        Command::Sanitize => return messages::sanitize(output),
        _ => {}
    }
    let profile = profile::folder(arguments.profile)?;
    let command = arguments.command;
    if let Some((engine, letter)) = reading(&profile, &command).await? {
        // The program ends with the answer, and all that this holds goes with it: to give it back piece by piece would take time
        // for nothing.
        let engine = ManuallyDrop::new(engine);
        return run_with(&engine, command, letter, output).await;
    }
    let engine = profile::open(profile).await?;
    run_with(&engine, command, None, output).await
}

/// `letter`: the octets of the one that is to be shown, where they are at hand.
async fn run_with(
    engine: &Engine,
    command: Command,
    letter: Option<Vec<u8>>,
    output: &Output,
) -> Result<(), Failure> {
    match command {
        Command::Account { command } => accounts::run(engine, command, output).await,
        Command::Servers(wanted) => servers::run(engine, wanted, output).await,
        Command::Sync {
            account,
            headers_only,
            no_index,
        } => sync::run(engine, account.as_deref(), headers_only, no_index, output).await,
        Command::Audit { mailbox, account } => {
            audit::run(engine, mailbox.as_deref(), account.as_deref(), output).await
        }
        Command::Mailboxes => mailboxes::list(engine, output).await,
        Command::List {
            mailbox,
            account,
            limit,
            threads,
        } => letters::list(engine, &mailbox, account.as_deref(), limit, threads, output).await,
        Command::Show { id, form } => letters::show(engine, id, letter, &form, output).await,
        Command::Flag { ids, add, remove } => actions::flag(engine, &ids, &add, &remove, output).await,
        Command::Move { ids_and_mailbox } => actions::move_letters(engine, &ids_and_mailbox, output).await,
        Command::Copy { ids_and_mailbox } => actions::copy_letters(engine, &ids_and_mailbox, output).await,
        Command::Delete { ids } => actions::delete(engine, &ids, output).await,
        Command::Mailbox { command } => mailboxes::run(engine, command, output).await,
        Command::Maildrop { command } => maildrop::run(engine, command, output).await,
        Command::Send {
            file,
            account,
            minutes,
        } => sending::send(engine, &file, account.as_deref(), minutes, output).await,
        Command::Identity { command } => identities::run(engine, command, output).await,
        Command::Outbox => sending::outbox(engine, output).await,
        Command::Search(wanted) => searching::search(engine, wanted, output).await,
        Command::Searches { command } => searching::searches(engine, command, output).await,
        Command::Index(work) => searching::index(engine, work, output).await,
        Command::Watch => sync::watch(engine, output).await,
        Command::Undo { action } => actions::undo(engine, action, output).await,
        Command::Check => Ok(engine.check_store().await?),
        Command::Parse | Command::Render | Command::Sanitize => Ok(()),
    }
}

/// The profile beside the app, for a command that only reads what is here: so it is answered while the app is open, and sooner.
/// With it the octets of the letter that is to be shown, which are what was looked for to know that it is here.
async fn reading(profile: &Path, command: &Command) -> Result<Option<(Engine, Option<Vec<u8>>)>, Failure> {
    if !command.only_reads() {
        return Ok(None);
    }
    let Some(engine) = Engine::open_beside(profile)? else {
        return Ok(None);
    };
    let Command::Show { id, .. } = command else {
        return Ok(Some((engine, None)));
    };
    let id = EmailId(*id);
    let letter = engine.raw_here(id).await?;
    // One that nobody knows is told as such, and needs no other look.
    let is_nowhere = letter.is_none() && engine.emails(vec![id]).await?.is_empty();
    Ok((letter.is_some() || is_nowhere).then_some((engine, letter)))
}
