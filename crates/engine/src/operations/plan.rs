//! From what the person asked for to operations within single accounts. Folders that are missing are planned too.

use std::collections::BTreeMap;

use waxwing_model::{AccountId, EmailId, Mailbox, MailboxId, Operation, Role};
use waxwing_store::{NewMailbox, Reading, Writing};

use super::Action;
use super::perform::Refusal;
use crate::accounts::LOCAL_FOLDERS;
use crate::error::EngineError;

/// One account's operations, in the order in which they must happen.
type Plan = Vec<(AccountId, Operation)>;

pub(super) fn plan(writing: &mut Writing<'_>, action: &Action) -> Result<Plan, Refusal> {
    match action {
        Action::SetKeywords { emails, add, remove } => Ok(by_account(writing, emails)?
            .into_iter()
            .map(|(account, emails)| {
                (
                    account,
                    Operation::SetKeywords {
                        emails,
                        add: add.clone(),
                        remove: remove.clone(),
                    },
                )
            })
            .collect()),
        Action::Move { emails, to } => plan_move(writing, emails, *to),
        Action::MoveToRole { emails, role } => {
            let mut plan = Plan::new();
            for (account, emails) in by_account(writing, emails)? {
                let to = mailbox_for(writing, account, *role, &mut plan)?;
                push_move(writing, &mut plan, account, emails, to)?;
            }
            Ok(plan)
        }
        Action::Delete { emails } => plan_delete(writing, emails),
        Action::CreateMailbox {
            account,
            parent,
            name,
        } => {
            let name = folder_name(name)?;
            require_free_name(writing, *account, *parent, &name, None)?;
            let mut plan = Plan::new();
            create_mailbox(writing, *account, *parent, &name, None, &mut plan)?;
            Ok(plan)
        }
        Action::RenameMailbox { mailbox, name } => {
            let mailbox = movable(writing, *mailbox)?;
            let name = folder_name(name)?;
            plan_rename(writing, &mailbox, mailbox.parent, &name)
        }
        Action::MoveMailbox { mailbox, parent } => {
            let mailbox = movable(writing, *mailbox)?;
            plan_rename(writing, &mailbox, *parent, &mailbox.name)
        }
        Action::DeleteMailbox { mailbox } => plan_delete_mailbox(writing, *mailbox),
    }
}

/// How many things the plan touches, for the sentence in the toast.
pub(super) fn affected(plan: &[(AccountId, Operation)]) -> u32 {
    let letters: usize = plan
        .iter()
        .map(|(_, operation)| match operation {
            Operation::SetKeywords { emails, .. }
            | Operation::Move { emails, .. }
            | Operation::Destroy { emails } => emails.len(),
            _ => 0,
        })
        .sum();
    let affected = if letters > 0 { letters } else { plan.len() };
    u32::try_from(affected).unwrap_or(u32::MAX)
}

fn plan_move(writing: &Writing<'_>, emails: &[EmailId], to: MailboxId) -> Result<Plan, Refusal> {
    let target = writing.mailbox(to)?.ok_or(EngineError::Gone("the folder"))?;
    if !target.selectable {
        return Err(EngineError::Invalid(format!("“{}” holds folders and no letters", target.name)).into());
    }
    let mut plan = Plan::new();
    for (account, emails) in by_account(writing, emails)? {
        if account != target.account {
            return Err(EngineError::Invalid("letters cannot be moved to another account yet".into()).into());
        }
        push_move(writing, &mut plan, account, emails, to)?;
    }
    Ok(plan)
}

fn push_move(
    reading: &Reading<'_>,
    plan: &mut Plan,
    account: AccountId,
    emails: Vec<EmailId>,
    to: MailboxId,
) -> Result<(), Refusal> {
    let elsewhere: Vec<EmailId> = reading
        .emails(&emails)?
        .into_iter()
        .filter(|email| email.mailboxes != [to])
        .map(|email| email.id)
        .collect();
    if !elsewhere.is_empty() {
        plan.push((
            account,
            Operation::Move {
                emails: elsewhere,
                to,
            },
        ));
    }
    Ok(())
}

fn plan_delete(writing: &mut Writing<'_>, emails: &[EmailId]) -> Result<Plan, Refusal> {
    let mut plan = Plan::new();
    for (account, emails) in by_account(writing, emails)? {
        let trash = mailbox_for(writing, account, Role::Trash, &mut plan)?;
        let (in_trash, elsewhere): (Vec<_>, Vec<_>) =
            writing.emails(&emails)?.into_iter().partition(|email| {
                email
                    .mailboxes
                    .iter()
                    .any(|mailbox| is_inside(writing, *mailbox, trash))
            });
        if !elsewhere.is_empty() {
            let emails = elsewhere.iter().map(|email| email.id).collect();
            plan.push((account, Operation::Move { emails, to: trash }));
        }
        if !in_trash.is_empty() {
            plan.push((
                account,
                Operation::Destroy {
                    emails: in_trash.iter().map(|email| email.id).collect(),
                },
            ));
        }
    }
    Ok(plan)
}

fn plan_rename(
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

fn plan_delete_mailbox(writing: &mut Writing<'_>, mailbox: MailboxId) -> Result<Plan, Refusal> {
    let mailbox = movable(writing, mailbox)?;
    let mut plan = Plan::new();
    let trash = mailbox_for(writing, mailbox.account, Role::Trash, &mut plan)?;
    if is_inside(writing, mailbox.id, trash) {
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

/// The mailbox with a role, planned and made where there is none.
fn mailbox_for(
    writing: &mut Writing<'_>,
    account: AccountId,
    role: Role,
    plan: &mut Plan,
) -> Result<MailboxId, Refusal> {
    if let Some(mailbox) = writing.mailbox_with_role(account, role)? {
        return Ok(mailbox.id);
    }
    let name = LOCAL_FOLDERS
        .iter()
        .find(|(known, _)| *known == role)
        .map_or("All mail", |(_, name)| name);
    create_mailbox(writing, account, None, name, Some(role), plan)
}

fn create_mailbox(
    writing: &mut Writing<'_>,
    account: AccountId,
    parent: Option<MailboxId>,
    name: &str,
    role: Option<Role>,
    plan: &mut Plan,
) -> Result<MailboxId, Refusal> {
    let mailbox = writing.insert_mailbox(&NewMailbox {
        account,
        parent,
        name: name.to_owned(),
        role,
        selectable: true,
        path: None,
        delimiter: None,
    })?;
    plan.push((
        account,
        Operation::CreateMailbox {
            account,
            mailbox,
            parent,
            name: name.to_owned(),
        },
    ));
    Ok(mailbox)
}

fn by_account(
    reading: &Reading<'_>,
    emails: &[EmailId],
) -> Result<BTreeMap<AccountId, Vec<EmailId>>, Refusal> {
    let mut accounts: BTreeMap<AccountId, Vec<EmailId>> = BTreeMap::new();
    for email in reading.emails(emails)? {
        accounts.entry(email.account).or_default().push(email.id);
    }
    Ok(accounts)
}

/// A mailbox that may be renamed, moved or deleted: those with a role are the account's own furniture.
fn movable(reading: &Reading<'_>, mailbox: MailboxId) -> Result<Mailbox, Refusal> {
    let mailbox = reading.mailbox(mailbox)?.ok_or(EngineError::Gone("the folder"))?;
    if mailbox.role.is_some() {
        return Err(
            EngineError::Invalid(format!("“{}” is needed by the account and stays", mailbox.name)).into(),
        );
    }
    Ok(mailbox)
}

/// Whether a mailbox is another one or stands somewhere within it.
fn is_inside(reading: &Reading<'_>, mailbox: MailboxId, ancestor: MailboxId) -> bool {
    let mut current = Some(mailbox);
    // Parents cannot form a ring in the store; the bound is for a store that somebody else has touched.
    for _ in 0..64 {
        match current {
            Some(id) if id == ancestor => return true,
            Some(id) => {
                current = reading
                    .mailbox(id)
                    .ok()
                    .flatten()
                    .and_then(|mailbox| mailbox.parent)
            }
            None => return false,
        }
    }
    false
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

fn folder_name(name: &str) -> Result<String, Refusal> {
    let name = name.trim();
    if name.is_empty() {
        return Err(EngineError::Invalid("a folder needs a name".into()).into());
    }
    if name.chars().any(char::is_control) {
        return Err(EngineError::Invalid(
            "a folder's name cannot hold line breaks or control characters".into(),
        )
        .into());
    }
    Ok(name.to_owned())
}

fn require_free_name(
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
