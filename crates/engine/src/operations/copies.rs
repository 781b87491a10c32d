//! Letters put into a mailbox once more: of their own account, or of another. A letter that moves into another account
//! is copied, and its original goes only after the copy was read back.
//!
//! Here is what becomes of the cache and of the journal. What is done on a server stands in `replay_copy`.

use std::collections::BTreeSet;

use waxwing_model::{
    AccountId, ActionId, Email, EmailId, Mailbox, MailboxId, Operation, Original, Protocol, Role,
};
use waxwing_store::{JournalEntry, NewEmail, NewEntry, OperationState, Reading, Writing};

use super::apply;
use super::perform::{Refusal, journaled};
use super::plan::Plan;
use crate::error::EngineError;

/// Plans a copy of each letter. The copies are made here, since the plan needs their ids.
pub(super) fn plan_copies(
    writing: &mut Writing<'_>,
    plan: &mut Plan,
    emails: &[EmailId],
    target: &Mailbox,
    then: Original,
) -> Result<(), Refusal> {
    for original in writing.emails(emails)? {
        // One that is shown nowhere is on its way already.
        if original.mailboxes.is_empty() || (original.mailboxes == [target.id] && then == Original::Goes) {
            continue;
        }
        let copy = writing.insert_email(&like(&original, target))?;
        writing.copy_body(original.id, copy)?;
        let account = carrier(writing, original.account, target.account)?;
        plan.push((
            account,
            Operation::Copy {
                original: original.id,
                copy,
                to: target.id,
                then,
            },
        ));
    }
    Ok(())
}

/// The effect on the cache: an original that goes is shown no more. Where no server is concerned, that is all.
pub(super) fn apply_copy(
    writing: &mut Writing<'_>,
    original: EmailId,
    copy: EmailId,
    then: Original,
) -> Result<Vec<Operation>, Refusal> {
    if then == Original::Stays {
        return Ok(vec![Operation::Destroy {
            emails: vec![copy],
            only_in: None,
        }]);
    }
    let before = writing.emails(&[original])?;
    let accounts: Vec<AccountId> = writing
        .emails(&[original, copy])?
        .iter()
        .map(|email| email.account)
        .collect();
    let mut served = false;
    for account in accounts {
        served |= protocol(writing, account)? == Protocol::Imap;
    }
    if served {
        writing.set_mailboxes(original, &[])?;
    } else {
        if !writing.verify_body(copy)? {
            return Err(EngineError::Gone("the text of the letter").into());
        }
        // Moved is not deleted: a maildrop's copy goes when the letter does.
        writing.hand_uidl_on(original, copy)?;
        writing.remove_email(original)?;
    }
    Ok(apply::moves_back(writing, &before, None)?)
}

/// The copy stands and was read back. In the same transaction the original is given up.
pub(super) fn arrived(writing: &mut Writing<'_>, entry: &JournalEntry) -> Result<Option<AccountId>, Refusal> {
    let (original, then) = match entry.operation {
        Operation::Copy { original, then, .. } => (original, then),
        Operation::Upload { email, to } => {
            uploaded(writing, entry, email, to)?;
            return Ok(None);
        }
        _ => return Ok(None),
    };
    writing.set_operation_state(entry.id, OperationState::Done, None)?;
    if then == Original::Stays {
        return Ok(None);
    }
    let Some(there) = writing.email(original)? else {
        return Ok(None);
    };
    if protocol(writing, there.account)? != Protocol::Imap {
        writing.let_uidl_be(original)?;
        writing.remove_email(original)?;
        return Ok(None);
    }
    writing.journal(&NewEntry {
        action: entry.action,
        account: there.account,
        operation: Operation::Destroy {
            emails: vec![original],
            only_in: None,
        },
        inverse: entry.inverse.clone(),
        state: OperationState::Queued,
    })?;
    Ok(Some(there.account))
}

/// The letter stands on the server. Where its number means nothing here, since the folder was numbered anew, it is found
/// when the folder is listed; to put it there once more would double it.
fn uploaded(
    writing: &mut Writing<'_>,
    entry: &JournalEntry,
    email: EmailId,
    to: MailboxId,
) -> Result<(), Refusal> {
    if writing.locations(&[email])?.is_empty() {
        if writing.mailbox(to)?.is_none() {
            // Its next turn finds that, and the letter is kept.
            return Ok(());
        }
        writing.note_displaced(to, email)?;
    }
    writing.set_operation_state(entry.id, OperationState::Done, None)?;
    Ok(())
}

/// Puts the cache back: the original is where it was, and there is no copy.
pub(crate) fn take_back(writing: &mut Writing<'_>, entry: &JournalEntry) -> Result<(), Refusal> {
    let Operation::Copy { copy, .. } = entry.operation else {
        return Ok(());
    };
    show_original(writing, entry)?;
    if writing.email(copy)?.is_some() {
        writing.remove_email(copy)?;
    }
    Ok(())
}

/// Undoes one copy.
pub(super) fn undo_copy(
    writing: &mut Writing<'_>,
    undoing: ActionId,
    entry: &JournalEntry,
) -> Result<Vec<AccountId>, Refusal> {
    let Operation::Copy {
        original, copy, then, ..
    } = entry.operation
    else {
        return Ok(Vec::new());
    };
    // The line that lets the original go, which may have been written a moment ago. No other than an open one matters.
    let mut open = writing.operations_on(original)?.into_iter();
    let parting = open.find(|other| other.action == entry.action && is_parting(other, original));
    let moved_on = writing.operations_on(copy)?.iter().any(
        |other| matches!(other.operation, Operation::Copy { original, .. } if original == copy && other.id != entry.id),
    );
    if moved_on {
        return Err(EngineError::Invalid("the letter is on its way to yet another account".into()).into());
    }
    let mut touched = vec![entry.account];
    match (entry.state, then, parting.as_ref().map(|parting| parting.state)) {
        (OperationState::Refused | OperationState::Undone, ..) => return Ok(Vec::new()),
        // No server has heard of it.
        (OperationState::Queued, ..) if entry.attempts == 0 => take_back(writing, entry)?,
        (OperationState::Queued | OperationState::Attempting, ..) => {
            show_original(writing, entry)?;
            touched.extend(withdraw(writing, undoing, copy)?);
        }
        (OperationState::Done, Original::Stays, _) => {
            touched.extend(withdraw(writing, undoing, copy)?);
        }
        // The original is still there, and stays.
        (OperationState::Done, Original::Goes, Some(OperationState::Queued)) => {
            show_original(writing, entry)?;
            if let Some(parting) = parting {
                writing.set_operation_state(parting.id, OperationState::Undone, None)?;
                touched.push(parting.account);
            }
            touched.extend(withdraw(writing, undoing, copy)?);
        }
        (OperationState::Done, Original::Goes, _) => {
            touched.extend(bring_back(writing, undoing, entry, copy)?)
        }
    }
    writing.set_operation_state(entry.id, OperationState::Undone, None)?;
    Ok(touched)
}

/// Whether a line lets this letter go, and no other.
fn is_parting(entry: &JournalEntry, original: EmailId) -> bool {
    matches!(&entry.operation, Operation::Destroy { emails, .. } if *emails == [original])
}

/// Takes a copy away again, from its server too.
fn withdraw(
    writing: &mut Writing<'_>,
    action: ActionId,
    copy: EmailId,
) -> Result<Option<AccountId>, Refusal> {
    let Some(there) = writing.email(copy)? else {
        return Ok(None);
    };
    let operation = Operation::Destroy {
        emails: vec![copy],
        only_in: None,
    };
    journaled(writing, action, vec![(there.account, operation)])?;
    Ok(Some(there.account))
}

/// The original is gone: the copy goes the same way back.
fn bring_back(
    writing: &mut Writing<'_>,
    action: ActionId,
    entry: &JournalEntry,
    copy: EmailId,
) -> Result<BTreeSet<AccountId>, Refusal> {
    let home = entry.inverse.iter().find_map(|operation| match operation {
        Operation::Move { to, .. } => Some(*to),
        _ => None,
    });
    let home = match home {
        Some(home) => writing.mailbox(home)?,
        None => None,
    };
    let home = home.ok_or(EngineError::Gone("the folder that the letter came from"))?;
    let shown = writing
        .email(copy)?
        .is_some_and(|email| !email.mailboxes.is_empty());
    if !shown {
        return Err(EngineError::Gone("the letter").into());
    }
    let mut plan = Plan::new();
    plan_copies(writing, &mut plan, &[copy], &home, Original::Goes)?;
    // The account whose server has the copy may have to bring its text first, and is woken with the others.
    let (_, mut touched) = journaled(writing, action, plan)?;
    touched.insert(home.account);
    Ok(touched)
}

fn show_original(writing: &mut Writing<'_>, entry: &JournalEntry) -> Result<(), Refusal> {
    let Operation::Copy {
        original,
        then: Original::Goes,
        ..
    } = entry.operation
    else {
        return Ok(());
    };
    let Some(there) = writing.email(original)? else {
        return Ok(());
    };
    let mut homes = Vec::new();
    for operation in &entry.inverse {
        if let Operation::Move { to, .. } | Operation::Refile { to: Some(to), .. } = operation {
            homes.extend(home(writing, there.account, *to)?);
        }
    }
    if !homes.is_empty() {
        writing.set_mailboxes(original, &homes)?;
    }
    Ok(())
}

/// The mailbox, or the inbox where another client has removed it meanwhile.
pub(super) fn home(
    reading: &Reading<'_>,
    account: AccountId,
    mailbox: MailboxId,
) -> Result<Option<MailboxId>, Refusal> {
    if reading.mailbox(mailbox)?.is_some() {
        return Ok(Some(mailbox));
    }
    Ok(reading
        .mailbox_with_role(account, Role::Inbox)?
        .map(|inbox| inbox.id))
}

/// Whose task carries a letter over: the target's, since appending is the longest part; the source's where the target
/// is on this computer; and nobody's where both are.
fn carrier(reading: &Reading<'_>, from: AccountId, to: AccountId) -> Result<AccountId, Refusal> {
    let served_by_source =
        protocol(reading, to)? != Protocol::Imap && protocol(reading, from)? == Protocol::Imap;
    Ok(if served_by_source { from } else { to })
}

pub(super) fn protocol(reading: &Reading<'_>, account: AccountId) -> Result<Protocol, Refusal> {
    Ok(reading
        .account(account)?
        .map_or(Protocol::Local, |account| account.protocol))
}

/// A letter for another place, as it stands in the one that it comes from.
pub(crate) fn like(original: &Email, target: &Mailbox) -> NewEmail {
    NewEmail {
        account: target.account,
        mailbox: target.id,
        uid: None,
        message_id: original.message_id.clone(),
        in_reply_to: original.in_reply_to.clone(),
        references: original.references.clone(),
        subject: original.subject.clone(),
        from: original.from.clone(),
        to: original.to.clone(),
        cc: original.cc.clone(),
        bcc: original.bcc.clone(),
        reply_to: original.reply_to.clone(),
        sent_by: original.sent_by.clone(),
        sent_at: original.sent_at,
        received_at: original.received_at,
        size: original.size,
        keywords: original.keywords.clone(),
        has_attachment: original.has_attachment,
        preview: original.preview.clone(),
    }
}
