//! From what the person asked for to operations on folders: which names are free, what may be moved, what has to stay.

use waxwing_model::{AccountId, Mailbox, MailboxId, Operation, Role};
use waxwing_store::{Reading, Writing};

use super::perform::Refusal;
use super::plan::{Plan, is_inside, mailbox_for};
use crate::error::EngineError;

pub(super) fn plan_rename(
    writing: &Writing<'_>,
    mailbox: &Mailbox,
    parent: Option<MailboxId>,
    name: &str,
) -> Result<Plan, Refusal> {
    if let Some(parent) = parent {
        let target = writing.mailbox(parent)?.ok_or(EngineError::Gone("the folder"))?;
        if target.account != mailbox.account {
            return Err(
                EngineError::Invalid("a folder cannot be moved to another account yet".into()).into(),
            );
        }
        if is_inside(writing, parent, mailbox.id) {
            return Err(EngineError::Invalid("a folder cannot be moved into itself".into()).into());
        }
    }
    if mailbox.parent == parent && mailbox.name == name {
        return Ok(Plan::new());
    }
    require_free_name(writing, mailbox.account, parent, name, Some(mailbox.id))?;
    Ok(vec![(
        mailbox.account,
        Operation::RenameMailbox {
            mailbox: mailbox.id,
            parent,
            name: name.to_owned(),
        },
    )])
}

pub(super) fn plan_delete_mailbox(writing: &mut Writing<'_>, mailbox: MailboxId) -> Result<Plan, Refusal> {
    let mailbox = movable(writing, mailbox)?;
    let mut plan = Plan::new();
    let trash = mailbox_for(writing, mailbox.account, Role::Trash, &mut plan)?;
    if is_inside(writing, mailbox.id, trash) {
        require_nothing_on_its_way(writing, &mailbox)?;
        let paths = paths_innermost_first(writing, mailbox.account, mailbox.id)?;
        plan.push((
            mailbox.account,
            Operation::DestroyMailbox {
                mailbox: mailbox.id,
                paths,
            },
        ));
        return Ok(plan);
    }
    let name = free_name(writing, mailbox.account, trash, &mailbox.name)?;
    plan.push((
        mailbox.account,
        Operation::RenameMailbox {
            mailbox: mailbox.id,
            parent: Some(trash),
            name,
        },
    ));
    Ok(plan)
}

/// A folder is put away, or shown again, with all that it holds: a folder that holds one that is shown is shown too.
pub(super) fn plan_show(reading: &Reading<'_>, mailbox: MailboxId, shown: bool) -> Result<Plan, Refusal> {
    let mailbox = reading.mailbox(mailbox)?.ok_or(EngineError::Gone("the folder"))?;
    let all = reading.mailboxes(Some(mailbox.account))?;
    let within = all
        .into_iter()
        .filter(|other| is_inside(reading, other.id, mailbox.id));
    let mut plan = Plan::new();
    for inside in within {
        if inside.role.is_some() && !shown {
            let sentence = match inside.id == mailbox.id {
                true => format!("“{}” is needed by the account and is always shown", mailbox.name),
                false => format!(
                    "“{}” holds “{}”, which the account needs, and is always shown",
                    mailbox.name, inside.name
                ),
            };
            return Err(EngineError::Invalid(sentence).into());
        }
        if inside.subscribed != shown {
            plan.push((
                mailbox.account,
                Operation::SetSubscribed {
                    mailbox: inside.id,
                    subscribed: shown,
                },
            ));
        }
    }
    Ok(plan)
}

/// A mailbox that may be renamed, moved or deleted: those with a role are the account's own furniture.
pub(super) fn movable(reading: &Reading<'_>, mailbox: MailboxId) -> Result<Mailbox, Refusal> {
    let mailbox = reading.mailbox(mailbox)?.ok_or(EngineError::Gone("the folder"))?;
    if mailbox.role.is_some() {
        return Err(
            EngineError::Invalid(format!("“{}” is needed by the account and stays", mailbox.name)).into(),
        );
    }
    Ok(mailbox)
}

/// A folder that is deleted for good takes with it what the server has in it at that moment, and its numbers are
/// forgotten here at once. So the server has to have heard before which letters came and went, and where the folder is.
fn require_nothing_on_its_way(reading: &Reading<'_>, mailbox: &Mailbox) -> Result<(), Refusal> {
    let what = match on_its_way(reading, mailbox)? {
        None => return Ok(()),
        Some(OnItsWay::Letters) => "letters are still on their way into it or out of it",
        Some(OnItsWay::Folder) => "the server has not heard yet that it was made, renamed or moved",
    };
    Err(EngineError::Invalid(format!(
        "“{}” cannot be deleted for good yet: {what}",
        mailbox.name
    ))
    .into())
}

/// What a server has still to hear of a folder, or of one in it or around it.
pub(super) enum OnItsWay {
    /// Some stand in it and are shown elsewhere, or the other way round.
    Letters,
    Folder,
}

pub(super) fn on_its_way(reading: &Reading<'_>, mailbox: &Mailbox) -> Result<Option<OnItsWay>, Refusal> {
    let within = |other: MailboxId| is_inside(reading, other, mailbox.id);
    let mut lost = Vec::new();
    for inside in reading.mailboxes(Some(mailbox.account))? {
        if within(inside.id) {
            lost.extend(reading.displaced(inside.id)?);
        }
    }
    let mut entries = reading.pending_operations(mailbox.account)?;
    // Whichever account's task carries them.
    entries.extend(reading.operations_touching(mailbox.account)?);
    let mut folder = None;
    for entry in entries {
        let (letters, places) = match entry.operation {
            Operation::Move { emails, to } => (emails, vec![to]),
            Operation::Refile { emails, from, to } => (emails, from.into_iter().chain(to).collect()),
            Operation::Copy { original, to, .. } => (vec![original], vec![to]),
            Operation::Upload { email, to } => (vec![email], vec![to]),
            Operation::Put { email, to, .. } => (vec![email], vec![to]),
            Operation::CreateMailbox { mailbox: other, .. }
            | Operation::RenameMailbox { mailbox: other, .. } => {
                if within(other) || is_inside(reading, mailbox.id, other) {
                    folder = Some(OnItsWay::Folder);
                }
                continue;
            }
            _ => continue,
        };
        let stands = letters.iter().any(|email| lost.contains(email))
            || reading
                .locations(&letters)?
                .iter()
                .any(|location| within(location.mailbox));
        if stands || places.into_iter().any(within) {
            return Ok(Some(OnItsWay::Letters));
        }
    }
    Ok(folder)
}

fn paths_innermost_first(
    reading: &Reading<'_>,
    account: AccountId,
    mailbox: MailboxId,
) -> Result<Vec<String>, Refusal> {
    let mut inside: Vec<MailboxId> = reading
        .mailboxes(Some(account))?
        .into_iter()
        .map(|candidate| candidate.id)
        .filter(|candidate| is_inside(reading, *candidate, mailbox))
        .collect();
    // Parents come before children in the list, so that its reverse begins with the innermost.
    inside.reverse();
    let mut paths = Vec::new();
    for id in inside {
        paths.extend(reading.remote_mailbox(id)?.and_then(|remote| remote.path));
    }
    Ok(paths)
}

pub(super) fn require_free_name(
    reading: &Reading<'_>,
    account: AccountId,
    parent: Option<MailboxId>,
    name: &str,
    but: Option<MailboxId>,
) -> Result<(), Refusal> {
    match reading.mailbox_named(account, parent, name)? {
        Some(there) if Some(there.id) != but => {
            Err(EngineError::Invalid(format!("there is a folder “{name}” at that place already")).into())
        }
        _ => Ok(()),
    }
}

/// A name that is free in a folder: the name itself, or with a number behind it.
fn free_name(
    reading: &Reading<'_>,
    account: AccountId,
    parent: MailboxId,
    name: &str,
) -> Result<String, Refusal> {
    if reading.mailbox_named(account, Some(parent), name)?.is_none() {
        return Ok(name.to_owned());
    }
    for number in 2..10_000 {
        let candidate = format!("{name} {number}");
        if reading
            .mailbox_named(account, Some(parent), &candidate)?
            .is_none()
        {
            return Ok(candidate);
        }
    }
    Err(EngineError::Invalid(format!("there are too many folders “{name}” in Trash")).into())
}
