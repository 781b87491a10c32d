//! An operation's effect on the cache, and what would take it back.

use std::collections::BTreeMap;

use waxwing_model::{AccountId, Email, EmailId, Keyword, Keywords, MailboxId, Operation, Protocol, Role};
use waxwing_store::{Reading, StoreError, Writing};

use super::conversations;
use super::copies::apply_copy;
use super::destroying::strike;
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
        Operation::Refile { emails, from, to } => Ok(refile(writing, emails, *from, *to)?),
        Operation::Destroy { emails, .. } => Ok(destroy(writing, account, emails)?),
        Operation::Copy {
            original, copy, then, ..
        } => apply_copy(writing, *original, *copy, *then),
        // It stands here already.
        Operation::Upload { .. } => Ok(Vec::new()),
        // Whoever writes the line has put the letter where it is shown. It is not taken back: a letter that was written
        // goes only if somebody wants it to.
        Operation::Put { .. } => Ok(Vec::new()),
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
        Operation::SetSubscribed { mailbox, subscribed } => {
            // Taken back for a folder that has gone since, there is nothing to do.
            let Some(before) = writing.mailbox(*mailbox)? else {
                return Ok(Vec::new());
            };
            writing.set_subscribed(*mailbox, *subscribed)?;
            Ok(vec![Operation::SetSubscribed {
                mailbox: *mailbox,
                subscribed: before.subscribed,
            }])
        }
        Operation::DestroyMailbox { mailbox, .. } => {
            writing.remove_mailbox(*mailbox)?;
            Ok(Vec::new())
        }
        Operation::ClearAway { mailbox } => Ok(clear_away(writing, account, *mailbox)?),
        Operation::TakeOut { emails } => conversations::take_out(writing, emails),
        Operation::Unite { emails } => conversations::unite(writing, emails),
        Operation::Arrange { arrangement } => conversations::arrange(writing, arrangement),
        Operation::Mute { emails, muted } => conversations::mute(writing, emails, *muted),
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
        writing.change_copies(email.id, add, remove)?;
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
    let shown_again: Vec<EmailId> = before
        .iter()
        .filter(|email| email.mailboxes.is_empty())
        .map(|email| email.id)
        .collect();
    strike(writing, &shown_again)?;
    for email in &before {
        writing.set_mailboxes(email.id, &[to])?;
    }
    moves_back(writing, &before, Some(to))
}

/// Letters that would be shown nowhere by it stay where they are.
fn refile(
    writing: &mut Writing<'_>,
    emails: &[EmailId],
    from: Option<MailboxId>,
    to: Option<MailboxId>,
) -> Result<Vec<Operation>, StoreError> {
    // Another client may have removed it since.
    let to = match to {
        Some(to) => writing.mailbox(to)?.map(|mailbox| mailbox.id),
        None => None,
    };
    let mut undone: BTreeMap<(Option<MailboxId>, Option<MailboxId>), Vec<EmailId>> = BTreeMap::new();
    for email in writing.emails(emails)? {
        if email.mailboxes.is_empty() && to.is_some() {
            strike(writing, &[email.id])?;
        }
        let left = from.filter(|from| email.mailboxes.contains(from) && Some(*from) != to);
        let came = to.filter(|to| !email.mailboxes.contains(to));
        let mut mailboxes = email.mailboxes;
        mailboxes.retain(|mailbox| Some(*mailbox) != left);
        mailboxes.extend(came);
        if mailboxes.is_empty() || left.is_none() && came.is_none() {
            continue;
        }
        writing.set_mailboxes(email.id, &mailboxes)?;
        undone.entry((came, left)).or_default().push(email.id);
    }
    Ok(undone
        .into_iter()
        .map(|((from, to), emails)| Operation::Refile { emails, from, to })
        .collect())
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
        moves_back(writing, &before, None)?
    } else {
        Vec::new()
    })
}

/// A server is asked first what is in it.
fn clear_away(
    writing: &mut Writing<'_>,
    account: AccountId,
    mailbox: MailboxId,
) -> Result<Vec<Operation>, StoreError> {
    let on_server = writing
        .account(account)?
        .is_some_and(|account| account.protocol == Protocol::Imap);
    if !on_server && is_bare(writing, mailbox)? {
        writing.remove_mailbox(mailbox)?;
    }
    Ok(Vec::new())
}

/// Whether a mailbox is there and shows neither letters nor mailboxes.
pub(super) fn is_bare(reading: &Reading<'_>, mailbox: MailboxId) -> Result<bool, StoreError> {
    let Some(there) = reading.mailbox(mailbox)? else {
        return Ok(false);
    };
    let mut all = reading.mailboxes(Some(there.account))?.into_iter();
    Ok(there.total == 0 && all.all(|other| other.parent != Some(mailbox)))
}

/// What puts letters back into the mailboxes that showed them before they were moved `to` one, or hidden: a move into
/// the first, and then into each further one. Where no name tells that messages in two mailboxes are one letter, the
/// server has them all in the first by then.
pub(super) fn moves_back(
    reading: &Reading<'_>,
    before: &[Email],
    to: Option<MailboxId>,
) -> Result<Vec<Operation>, StoreError> {
    let mut moves: BTreeMap<MailboxId, Vec<EmailId>> = BTreeMap::new();
    let mut further: BTreeMap<MailboxId, Vec<EmailId>> = BTreeMap::new();
    for email in before {
        let mut homes = Vec::with_capacity(email.mailboxes.len());
        for mailbox in &email.mailboxes {
            let role = reading.mailbox(*mailbox)?.and_then(|mailbox| mailbox.role);
            // It comes by itself with any other.
            homes.push((role == Some(Role::All), *mailbox));
        }
        homes.sort_unstable();
        if reading.identity_of(email.id)?.is_none() {
            homes.truncate(1);
        }
        let stays = to.is_some_and(|to| email.mailboxes.contains(&to));
        for (at, (_, home)) in homes
            .into_iter()
            .filter(|(_, home)| Some(*home) != to)
            .enumerate()
        {
            let way = match at == 0 && !stays {
                true => &mut moves,
                false => &mut further,
            };
            way.entry(home).or_default().push(email.id);
        }
    }
    let moves = moves
        .into_iter()
        .map(|(to, emails)| Operation::Move { emails, to });
    let further = further.into_iter().map(|(to, emails)| Operation::Refile {
        emails,
        from: None,
        to: Some(to),
    });
    Ok(moves.chain(further).collect())
}
