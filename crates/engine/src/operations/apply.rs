//! An operation's effect on the cache, and what would take it back.

use std::collections::BTreeMap;

use waxwing_model::{AccountId, Email, EmailId, Keyword, Keywords, MailboxId, Operation, Protocol};
use waxwing_store::{StoreError, Writing};

use super::copies::apply_copy;
use super::perform::Refusal;
use crate::error::EngineError;

/// Applies the operation and gives its inverse, the last step first. An empty inverse means there is none.
pub(super) fn apply(
    writing: &mut Writing<'_>,
    account: AccountId,
    operation: &Operation,
) -> Result<Vec<Operation>, Refusal> {
    match operation {
        Operation::SetKeywords { emails, add, remove } => Ok(set_keywords(writing, emails, add, remove)?),
        Operation::Move { emails, to } => Ok(move_to(writing, emails, *to)?),
        Operation::Destroy { emails } => Ok(destroy(writing, account, emails)?),
        Operation::Copy {
            original, copy, then, ..
        } => apply_copy(writing, *original, *copy, *then),
        // The plan has made the mailbox, since what follows in the plan needs its id.
        Operation::CreateMailbox { mailbox, .. } => Ok(vec![Operation::DestroyMailbox {
            mailbox: *mailbox,
            paths: Vec::new(),
        }]),
        Operation::RenameMailbox {
            mailbox,
            parent,
            name,
        } => {
            let before = writing
                .mailbox(*mailbox)?
                .ok_or(EngineError::Gone("the folder"))?;
            writing.rename_mailbox(*mailbox, *parent, name)?;
            Ok(vec![Operation::RenameMailbox {
                mailbox: *mailbox,
                parent: before.parent,
                name: before.name,
            }])
        }
        Operation::DestroyMailbox { mailbox, .. } => {
            writing.remove_mailbox(*mailbox)?;
            Ok(Vec::new())
        }
    }
}

fn set_keywords(
    writing: &mut Writing<'_>,
    emails: &[EmailId],
    add: &Keywords,
    remove: &Keywords,
) -> Result<Vec<Operation>, StoreError> {
    // Letters that changed in the same way are taken back together.
    let mut undone: BTreeMap<(Vec<Keyword>, Vec<Keyword>), Vec<EmailId>> = BTreeMap::new();
    for email in writing.emails(emails)? {
        let mut keywords = email.keywords.clone();
        let added: Vec<Keyword> = add
            .iter()
            .filter(|keyword| keywords.insert((*keyword).clone()))
            .cloned()
            .collect();
        let removed: Vec<Keyword> = remove
            .iter()
            .filter(|keyword| keywords.remove(keyword))
            .cloned()
            .collect();
        if added.is_empty() && removed.is_empty() {
            continue;
        }
        writing.set_keywords(email.id, &keywords)?;
        undone.entry((added, removed)).or_default().push(email.id);
    }
    Ok(undone
        .into_iter()
        .map(|((added, removed), emails)| Operation::SetKeywords {
            emails,
            add: removed.into_iter().collect(),
            remove: added.into_iter().collect(),
        })
        .collect())
}

fn move_to(
    writing: &mut Writing<'_>,
    emails: &[EmailId],
    to: MailboxId,
) -> Result<Vec<Operation>, StoreError> {
    let before = writing.emails(emails)?;
    for email in &before {
        writing.set_mailboxes(email.id, &[to])?;
    }
    Ok(moves_back(&before))
}

/// A letter leaves every list at once. With a server, the row stays until the server has let go of the message:
/// it is what the journal finds the message by, and what a refusal brings back.
fn destroy(
    writing: &mut Writing<'_>,
    account: AccountId,
    emails: &[EmailId],
) -> Result<Vec<Operation>, StoreError> {
    let on_server = writing
        .account(account)?
        .is_some_and(|account| account.protocol == Protocol::Imap);
    let before = writing.emails(emails)?;
    for email in &before {
        if on_server {
            writing.set_mailboxes(email.id, &[])?;
        } else {
            writing.remove_email(email.id)?;
        }
    }
    Ok(if on_server {
        moves_back(&before)
    } else {
        Vec::new()
    })
}

pub(super) fn moves_back(before: &[Email]) -> Vec<Operation> {
    let mut sources: BTreeMap<MailboxId, Vec<EmailId>> = BTreeMap::new();
    for email in before {
        if let Some(mailbox) = email.mailboxes.first() {
            sources.entry(*mailbox).or_default().push(email.id);
        }
    }
    sources
        .into_iter()
        .map(|(to, emails)| Operation::Move { emails, to })
        .collect()
}
