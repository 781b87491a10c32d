//! From what the person asked for to operations within single accounts. Folders that are missing are planned too.

use std::collections::BTreeMap;

use waxwing_model::{AccountId, EmailId, Filing, Mailbox, MailboxId, Operation, Original, Role};
use waxwing_store::{NewMailbox, Reading, Writing};

use super::Action;
use super::conversations::{plan_mute, plan_take_out, plan_unite};
use super::copies::plan_copies;
use super::folder_name::folder_name;
use super::perform::Refusal;
use super::plan_empty::plan_empty;
use super::plan_filed::{archive_for, is_only_in, push_move, push_one_more};
use super::plan_folders::{movable, plan_delete_mailbox, plan_rename, plan_show, require_free_name};
use crate::accounts::LOCAL_FOLDERS;
use crate::error::EngineError;

/// One account's operations, in the order in which they must happen.
pub(super) type Plan = Vec<(AccountId, Operation)>;

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
        Action::Move { emails, to } => plan_move(writing, emails, None, *to),
        Action::MoveFrom { emails, from, to } => plan_move(writing, emails, Some(*from), *to),
        Action::Copy { emails, to } => {
            let target = holding_letters(writing, *to)?;
            plan_copy(writing, emails, &target)
        }
        Action::MoveToRole { emails, role } => {
            let mut plan = Plan::new();
            for (account, emails) in by_account(writing, emails)? {
                let to = match role {
                    Role::Archive => archive_for(writing, account, &mut plan)?,
                    role => mailbox_for(writing, account, *role, &mut plan)?,
                };
                push_move(writing, &mut plan, account, &emails, None, to)?;
            }
            Ok(plan)
        }
        Action::Delete { emails } => plan_delete(writing, emails),
        Action::CreateMailbox {
            account,
            parent,
            name,
        } => {
            let name = folder_name(writing, *account, *parent, name)?;
            require_free_name(writing, *account, *parent, &name, None)?;
            let mut plan = Plan::new();
            create_mailbox(writing, *account, *parent, &name, None, &mut plan)?;
            Ok(plan)
        }
        Action::RenameMailbox { mailbox, name } => {
            let mailbox = movable(writing, *mailbox)?;
            let name = folder_name(writing, mailbox.account, mailbox.parent, name)?;
            plan_rename(writing, &mailbox, mailbox.parent, &name)
        }
        Action::MoveMailbox { mailbox, parent } => {
            let mailbox = movable(writing, *mailbox)?;
            plan_rename(writing, &mailbox, *parent, &mailbox.name)
        }
        Action::ShowMailbox { mailbox, shown } => plan_show(writing, *mailbox, *shown),
        Action::DeleteMailbox { mailbox } => plan_delete_mailbox(writing, *mailbox),
        Action::Empty { mailbox } => plan_empty(writing, *mailbox, None),
        Action::TakeOut { emails } => plan_take_out(writing, emails),
        Action::Unite { emails } => plan_unite(writing, emails),
        Action::Mute { emails, muted } => plan_mute(writing, emails, *muted),
    }
}

/// How many things the plan touches, for the sentence in the toast.
pub(super) fn affected(plan: &[(AccountId, Operation)]) -> u32 {
    let letters: usize = plan
        .iter()
        .map(|(_, operation)| match operation {
            Operation::SetKeywords { emails, .. }
            | Operation::Move { emails, .. }
            | Operation::Refile { emails, .. }
            | Operation::Destroy { emails, .. }
            | Operation::TakeOut { emails }
            | Operation::Unite { emails } => emails.len(),
            Operation::Copy { .. } | Operation::Upload { .. } | Operation::Put { .. } => 1,
            _ => 0,
        })
        .sum();
    let affected = if letters > 0 { letters } else { plan.len() };
    u32::try_from(affected).unwrap_or(u32::MAX)
}

/// Within its account a letter is moved; into another account it is copied, and goes when the copy stands.
fn plan_move(
    writing: &mut Writing<'_>,
    emails: &[EmailId],
    from: Option<MailboxId>,
    to: MailboxId,
) -> Result<Plan, Refusal> {
    let target = holding_letters(writing, to)?;
    let mut plan = Plan::new();
    for (account, emails) in by_account(writing, emails)? {
        if account == target.account {
            push_move(writing, &mut plan, account, &emails, from, to)?;
        } else {
            plan_copies(writing, &mut plan, &emails, &target, Original::Goes)?;
        }
    }
    Ok(plan)
}

/// Where the server keeps one letter in several mailboxes, a copy within the account is that letter in one more.
fn plan_copy(writing: &mut Writing<'_>, emails: &[EmailId], target: &Mailbox) -> Result<Plan, Refusal> {
    let mut plan = Plan::new();
    for (account, emails) in by_account(writing, emails)? {
        if account == target.account && writing.filing(account)?.knows_letters() {
            push_one_more(writing, &mut plan, account, &emails, target.id)?;
        } else {
            plan_copies(writing, &mut plan, &emails, target, Original::Stays)?;
        }
    }
    Ok(plan)
}

fn holding_letters(reading: &Reading<'_>, mailbox: MailboxId) -> Result<Mailbox, Refusal> {
    let mailbox = reading.mailbox(mailbox)?.ok_or(EngineError::Gone("the folder"))?;
    if !mailbox.selectable {
        return Err(EngineError::Invalid(format!("“{}” holds folders and no letters", mailbox.name)).into());
    }
    Ok(mailbox)
}

fn plan_delete(writing: &mut Writing<'_>, emails: &[EmailId]) -> Result<Plan, Refusal> {
    let mut plan = Plan::new();
    for (account, emails) in by_account(writing, emails)? {
        let trash = mailbox_for(writing, account, Role::Trash, &mut plan)?;
        let (in_trash, elsewhere): (Vec<_>, Vec<_>) = writing
            .emails(&emails)?
            .into_iter()
            .partition(|email| is_only_in(writing, email, trash));
        if !elsewhere.is_empty() {
            let emails = elsewhere.iter().map(|email| email.id).collect();
            plan.push((account, Operation::Move { emails, to: trash }));
        }
        if !in_trash.is_empty() {
            plan.push((
                account,
                Operation::Destroy {
                    emails: in_trash.iter().map(|email| email.id).collect(),
                    only_in: Some(trash),
                },
            ));
        }
    }
    Ok(plan)
}

/// The mailbox with a role, planned and made where there is none.
pub(super) fn mailbox_for(
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
    if matches!(role, Role::Trash | Role::Junk) && writing.filing(account)? == Filing::Labels {
        // A label of that name would be no Trash: nothing would be deleted by it.
        return Err(EngineError::Invalid(format!(
            "the server does not show its folder “{name}” to mail programs; its own settings can show it"
        ))
        .into());
    }
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

pub(super) fn by_account(
    reading: &Reading<'_>,
    emails: &[EmailId],
) -> Result<BTreeMap<AccountId, Vec<EmailId>>, Refusal> {
    let mut accounts: BTreeMap<AccountId, Vec<EmailId>> = BTreeMap::new();
    for email in reading.emails(emails)? {
        accounts.entry(email.account).or_default().push(email.id);
    }
    Ok(accounts)
}

/// Whether a mailbox is another one or stands somewhere within it.
pub(super) fn is_inside(reading: &Reading<'_>, mailbox: MailboxId, ancestor: MailboxId) -> bool {
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
