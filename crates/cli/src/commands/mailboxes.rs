//! `mailboxes`, and `mailbox create|rename|move|show|hide|delete`.

use std::collections::HashMap;

use serde::Serialize;
use waxwing_engine::{Action, Emptied, Engine};
use waxwing_model::{AccountId, Mailbox, MailboxId, Role, Trouble, TroubleKind, put_away};

use super::actions::{self, Done};
use crate::arguments::MailboxCommand;
use crate::failure::Failure;
use crate::output::Output;
use crate::profile;

#[derive(Serialize)]
struct MailboxLine {
    id: i64,
    account: i64,
    /// Its names from the top, separated by "/".
    path: String,
    role: Option<Role>,
    total: u32,
    unread: u32,
    /// Whether it is put away.
    hidden: bool,
    /// On the server, in bytes; where it tells.
    size: Option<u64>,
}

pub async fn list(engine: &Engine, output: &Output) -> Result<(), Failure> {
    let mailboxes = engine.mailboxes().await?;
    let sizes = engine.mailbox_sizes().await?;
    let paths = paths(&mailboxes);
    let away = put_away(&mailboxes);
    for mailbox in &mailboxes {
        let path = paths.get(&mailbox.id).cloned().unwrap_or_default();
        let hidden = away.contains(&mailbox.id);
        let text = format!(
            "{}\t{path}\t{} of {} unread{}",
            mailbox.id,
            mailbox.unread,
            mailbox.total,
            if hidden { "\thidden" } else { "" }
        );
        let line = MailboxLine {
            id: mailbox.id.0,
            account: mailbox.account.0,
            path,
            role: mailbox.role,
            total: mailbox.total,
            unread: mailbox.unread,
            hidden,
            size: sizes.get(&mailbox.id).copied(),
        };
        output.result(&line, text)?;
    }
    Ok(())
}

pub async fn run(engine: &Engine, command: MailboxCommand, output: &Output) -> Result<(), Failure> {
    let action = match command {
        MailboxCommand::Create { path, account } => {
            let account = profile::account(engine, account.as_deref()).await?.id;
            let (parent, name) = match path.rsplit_once('/') {
                Some((parent, name)) => (
                    Some(find(engine, parent, Some(account)).await?.id),
                    name.to_owned(),
                ),
                None => (None, path),
            };
            Action::CreateMailbox {
                account,
                parent,
                name,
            }
        }
        MailboxCommand::Rename { mailbox, name } => Action::RenameMailbox {
            mailbox: find(engine, &mailbox, None).await?.id,
            name,
        },
        MailboxCommand::Move { mailbox, into } => {
            let mailbox = find(engine, &mailbox, None).await?;
            let parent = match into {
                Some(into) => Some(find(engine, &into, Some(mailbox.account)).await?.id),
                None => None,
            };
            Action::MoveMailbox {
                mailbox: mailbox.id,
                parent,
            }
        }
        MailboxCommand::Show { mailbox } => Action::ShowMailbox {
            mailbox: find(engine, &mailbox, None).await?.id,
            shown: true,
        },
        MailboxCommand::Hide { mailbox } => Action::ShowMailbox {
            mailbox: find(engine, &mailbox, None).await?.id,
            shown: false,
        },
        MailboxCommand::Delete { mailbox } => Action::DeleteMailbox {
            mailbox: find(engine, &mailbox, None).await?.id,
        },
        MailboxCommand::Empty {
            mailbox,
            account,
            dry_run,
            yes,
        } => {
            let account = match account {
                Some(account) => Some(profile::account(engine, Some(&account)).await?.id),
                None => None,
            };
            let named = mailbox;
            let mailbox = find(engine, &named, account).await?;
            // What cannot be undone is not done to the first that comes along.
            for other in engine.accounts().await? {
                if account.is_none()
                    && other.id != mailbox.account
                    && find(engine, &named, Some(other.id)).await.is_ok()
                {
                    return Err(Failure::Usage(format!(
                        "several accounts have “{named}”; say which one with --account"
                    )));
                }
            }
            return empty(engine, &mailbox, dry_run, yes, output).await;
        }
    };
    let done: Done = actions::perform(engine, action, output).await?;
    output.result(
        &done,
        format_args!("done; undo with: undo {}", done.undo.unwrap_or_default()),
    )
}

#[derive(Serialize)]
struct WouldGo {
    account: String,
    mailbox: String,
    letters: u32,
    /// Of these only the place in the folder goes: they are shown elsewhere too.
    elsewhere: u32,
    folders: u32,
}

async fn empty(
    engine: &Engine,
    mailbox: &Mailbox,
    dry_run: bool,
    yes: bool,
    output: &Output,
) -> Result<(), Failure> {
    let account = engine.account(mailbox.account).await?;
    let Emptied {
        letters,
        elsewhere,
        folders,
    } = engine.emptied_with(mailbox.id).await?;
    let told = format!(
        "{letters} letters and {folders} folders in {} of {}",
        mailbox.name,
        account.called()
    );
    if dry_run {
        let would_go = WouldGo {
            account: account.email,
            mailbox: mailbox.name.clone(),
            letters,
            elsewhere,
            folders,
        };
        return output.result(&would_go, format_args!("{told} would be deleted for good"));
    }
    if !yes {
        return Err(Failure::Usage(format!(
            "{told} are deleted for good, and there is no undo; say so with --yes"
        )));
    }
    let action = Action::Empty { mailbox: mailbox.id };
    let done = actions::perform(engine, action, output).await?;
    let state = if done.replayed {
        "deleted"
    } else {
        "deleted here, queued for the server"
    };
    let affected = done.affected;
    output.result(
        &done,
        format_args!("{state}: {affected}; asked about were {told}"),
    )
}

/// The mailbox meant: by its number, its role or its path. The first account counts where several have it.
pub async fn find(engine: &Engine, named: &str, account: Option<AccountId>) -> Result<Mailbox, Failure> {
    let mailboxes = engine.mailboxes().await?;
    let paths = paths(&mailboxes);
    let wanted = named.to_lowercase();
    let candidates = || {
        mailboxes
            .iter()
            .filter(|mailbox| account.is_none_or(|account| mailbox.account == account))
    };
    let by_number = candidates().find(|mailbox| mailbox.id.to_string() == named);
    let by_path = || {
        candidates().find(|mailbox| {
            paths
                .get(&mailbox.id)
                .is_some_and(|path| path.to_lowercase() == wanted)
        })
    };
    let by_role = || candidates().find(|mailbox| mailbox.role.is_some_and(|role| role_name(role) == wanted));
    by_number
        .or_else(by_path)
        .or_else(by_role)
        .cloned()
        .ok_or_else(|| Trouble::new(TroubleKind::Gone, format!("There is no mailbox “{named}”.")).into())
}

fn paths(mailboxes: &[Mailbox]) -> HashMap<MailboxId, String> {
    let mut paths: HashMap<MailboxId, String> = HashMap::new();
    // Parents come before children.
    for mailbox in mailboxes {
        let path = match mailbox.parent.and_then(|parent| paths.get(&parent)) {
            Some(parent) => format!("{parent}/{}", mailbox.name),
            None => mailbox.name.clone(),
        };
        paths.insert(mailbox.id, path);
    }
    paths
}

fn role_name(role: Role) -> &'static str {
    match role {
        Role::Inbox => "inbox",
        Role::Drafts => "drafts",
        Role::Sent => "sent",
        Role::Archive => "archive",
        Role::Junk => "junk",
        Role::Trash => "trash",
        Role::All => "all",
    }
}
