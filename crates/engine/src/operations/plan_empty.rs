//! Trash or Junk emptied, for good. Only letters that were here when the person said so are deleted on a server, in portions, so
//! that it can be told how far it is, and a cut costs one of them. Folders that were thrown away go with Trash; those in Junk stay.

use std::collections::HashSet;

use waxwing_model::{EmailId, Mailbox, MailboxId, Operation, Role};
use waxwing_store::{Reading, StoreError, Writing};

use super::perform::Refusal;
use super::plan::{Plan, is_inside};
use super::plan_folders::plan_delete_mailbox;
use crate::engine::Engine;
use crate::error::{EngineError, Result};

/// Letters that are deleted in one portion.
const AT_ONCE: usize = 500;

pub(super) fn plan_empty(
    writing: &mut Writing<'_>,
    mailbox: MailboxId,
) -> std::result::Result<Plan, Refusal> {
    let emptied = writing.mailbox(mailbox)?.ok_or(EngineError::Gone("the folder"))?;
    if !may_be_emptied(&emptied) {
        return Err(EngineError::Invalid(format!(
            "“{}” is neither Trash nor Junk, and is not emptied",
            emptied.name
        ))
        .into());
    }
    let within = within(writing, &emptied)?;
    let mut plan = Plan::new();
    let mut going = HashSet::new();
    for folder in within.iter().filter(|folder| folder.parent == Some(mailbox)) {
        // One that the server has not heard of, or that letters are on their way into, stays until the next time, empty.
        let Ok(folders) = plan_delete_mailbox(writing, folder.id) else {
            continue;
        };
        plan.extend(folders);
        going.extend(inside(writing, &within, folder.id));
    }
    let staying: HashSet<MailboxId> = within
        .iter()
        .map(|folder| folder.id)
        .filter(|folder| !going.contains(folder))
        .collect();
    let mut letters = Plan::new();
    for folder in &within {
        if staying.contains(&folder.id) {
            push_letters(writing, &mut letters, mailbox, folder, &within)?;
        }
    }
    // Letters first: what is in a folder that goes is the folder's.
    letters.extend(plan);
    Ok(letters)
}

impl Engine {
    /// Letters and folders that would go with Trash or Junk, before somebody says so.
    pub async fn emptied_with(&self, mailbox: MailboxId) -> Result<(u32, u32)> {
        self.read(move |reading| {
            let Some(emptied) = reading.mailbox(mailbox)? else {
                return Ok((0, 0));
            };
            let within = within(reading, &emptied)?;
            let letters = within
                .iter()
                .map(|folder| folder.total)
                .fold(0, u32::saturating_add);
            let folders = within.len().saturating_sub(1);
            Ok((letters, u32::try_from(folders).unwrap_or(u32::MAX)))
        })
        .await
    }
}

/// Trash and Junk, and nothing else.
fn may_be_emptied(mailbox: &Mailbox) -> bool {
    matches!(mailbox.role, Some(Role::Trash | Role::Junk))
}

/// The folder, and what was thrown away with it.
fn within(reading: &Reading<'_>, emptied: &Mailbox) -> std::result::Result<Vec<Mailbox>, StoreError> {
    if emptied.role != Some(Role::Trash) {
        return Ok(vec![emptied.clone()]);
    }
    let mut all = reading.mailboxes(Some(emptied.account))?;
    all.retain(|folder| is_inside(reading, folder.id, emptied.id));
    Ok(all)
}

fn inside(reading: &Reading<'_>, all: &[Mailbox], folder: MailboxId) -> Vec<MailboxId> {
    let ids = all.iter().map(|other| other.id);
    ids.filter(|other| is_inside(reading, *other, folder)).collect()
}

/// A letter that is shown outside too only leaves the folder.
fn push_letters(
    reading: &Reading<'_>,
    plan: &mut Plan,
    emptied: MailboxId,
    folder: &Mailbox,
    within: &[Mailbox],
) -> std::result::Result<(), Refusal> {
    let letters = reading.letters_in(folder.id)?;
    for portion in letters.chunks(AT_ONCE) {
        let (doomed, elsewhere): (Vec<_>, Vec<_>) = reading.emails(portion)?.into_iter().partition(|email| {
            email
                .mailboxes
                .iter()
                .all(|shown| within.iter().any(|folder| folder.id == *shown))
        });
        let ids =
            |emails: Vec<waxwing_model::Email>| emails.iter().map(|email| email.id).collect::<Vec<EmailId>>();
        let (doomed, elsewhere) = (ids(doomed), ids(elsewhere));
        if !doomed.is_empty() {
            plan.push((
                folder.account,
                Operation::Destroy {
                    emails: doomed,
                    only_in: Some(emptied),
                },
            ));
        }
        if !elsewhere.is_empty() {
            plan.push((
                folder.account,
                Operation::Refile {
                    emails: elsewhere,
                    from: Some(folder.id),
                    to: None,
                },
            ));
        }
    }
    Ok(())
}
