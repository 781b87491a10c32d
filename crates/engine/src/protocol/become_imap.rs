//! The one transaction in which a POP3 account becomes an IMAP account (ADR 26). What has to be done on the server follows by
//! the journal.

use std::collections::{BTreeMap, HashMap, HashSet};

use waxwing_model::{
    Account, ActionId, Email, EmailId, Keyword, Keywords, MailboxId, Operation, Protocol, Retention, Role,
};
use waxwing_store::{NewEntry, OperationState, Writing};

use super::census::{Census, There, count};
use super::folders::{adopt, make_the_rest};
use super::{OnlyHere, ProtocolChange};
use crate::error::EngineError;
use crate::operations::keep_here::Shelter;
use crate::operations::{Refusal, filing};

/// Letters of one entry of the journal.
const AT_ONCE: usize = 500;

/// What became of the letters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Became {
    pub(super) both: u32,
    pub(super) uploading: u32,
    pub(super) kept: u32,
}

/// What the server has still to hear.
#[derive(Default)]
struct Errands {
    /// From where the server has them to where they are shown.
    moves: BTreeMap<(MailboxId, MailboxId), Vec<EmailId>>,
    marks: BTreeMap<Vec<Keyword>, Vec<EmailId>>,
    uploads: Vec<(EmailId, MailboxId)>,
    drafts: Vec<Email>,
}

pub(super) fn become_imap(
    writing: &mut Writing<'_>,
    change: &ProtocolChange,
    census: &Census,
    met: &HashMap<EmailId, usize>,
) -> Result<Became, Refusal> {
    let mut account = account_at_rest(writing, change, Protocol::Pop3)?;
    let deletions_go_along = account.retention != Retention::Keep;
    account.protocol = Protocol::Imap;
    account.incoming = Some(change.server.clone());
    writing.update_account(&account)?;
    writing.set_filing(account.id, census.filing)?;
    let letters = writing.letters_of(account.id)?;
    writing.forget_maildrop(account.id)?;
    let places = adopt(writing, account.id, census)?;
    let inbox = writing
        .mailbox_with_role(account.id, Role::Inbox)?
        .ok_or(EngineError::Gone("the inbox"))?
        .id;
    let mut became = Became::default();
    let mut errands = Errands::default();
    let mut shelter = Shelter::new(account.id, &change.local_folders);
    let mut left: HashSet<MailboxId> = HashSet::new();
    for id in letters {
        let Some(email) = writing.email(id)? else { continue };
        let there = met.get(&id).and_then(|at| census.letters.get(*at));
        let place = there.and_then(|there| places.get(there.folder).copied().flatten());
        let is_draft = filing::is_draft(writing, &email)?;
        match (there, place, change.only_here) {
            (Some(there), Some(place), _) => {
                settle(writing, &email, there, place, deletions_go_along, &mut errands)?;
                became.both += 1;
            }
            // Somebody may be writing it: it is for Drafts, whatever becomes of letters.
            _ if is_draft => errands.drafts.push(email),
            (_, _, OnlyHere::Keep) => {
                shelter.take(writing, &email)?;
                left.extend(email.mailboxes);
                became.kept += 1;
            }
            (_, _, OnlyHere::Upload) => {
                if !writing.verify_body(id)? {
                    return Err(EngineError::Gone("the text of a letter").into());
                }
                let to = email.mailboxes.first().copied().unwrap_or(inbox);
                if email.mailboxes.is_empty() {
                    writing.set_mailboxes(id, &[to])?;
                }
                errands.uploads.push((id, to));
            }
        }
    }
    became.uploading = count(errands.uploads.len());
    let action = writing.new_action()?;
    make_the_rest(writing, account.id, action, &left)?;
    journal(writing, &account, action, errands)?;
    Ok(became)
}

/// The account as it is, if nothing of it is on its way anywhere.
pub(super) fn account_at_rest(
    writing: &Writing<'_>,
    change: &ProtocolChange,
    from: Protocol,
) -> Result<Account, Refusal> {
    let account = writing
        .account(change.account)?
        .ok_or(EngineError::Gone("the account"))?;
    if account.protocol != from || account.demo {
        return Err(EngineError::Invalid(format!("{} has another protocol by now", account.email)).into());
    }
    let waits = !writing.pending_operations(account.id)?.is_empty()
        || !writing.operations_touching(account.id)?.is_empty();
    if waits {
        return Err(EngineError::Invalid(format!(
            "something that was done in {} has still to be told to a server; please try again when that is done",
            account.email
        ))
        .into());
    }
    Ok(account)
}

/// A letter that is on both sides keeps what it has here, and is known there from now on.
fn settle(
    writing: &mut Writing<'_>,
    email: &Email,
    there: &There,
    place: MailboxId,
    deletions_go_along: bool,
    errands: &mut Errands,
) -> Result<(), Refusal> {
    writing.put_location(email.id, place, there.uid)?;
    if let Some(ids) = &there.ids
        && writing.email_identified(email.account, &ids.email)?.is_none()
    {
        writing.set_identity(email.id, ids)?;
    }
    let missing_there: Vec<Keyword> = email
        .keywords
        .iter()
        .filter(|keyword| !there.keywords.contains(keyword))
        .cloned()
        .collect();
    let together: Keywords = email
        .keywords
        .iter()
        .chain(there.keywords.iter())
        .cloned()
        .collect();
    writing.set_keywords(email.id, &together)?;
    // A server that takes none of people's own refuses these and takes the usual ones.
    let (usual, own): (Vec<Keyword>, Vec<Keyword>) = missing_there
        .into_iter()
        .partition(|keyword| keyword.to_imap().starts_with('\\'));
    for keywords in [usual, own] {
        if !keywords.is_empty() {
            errands.marks.entry(keywords).or_default().push(email.id);
        }
    }
    if email.mailboxes.contains(&place) {
        if email.mailboxes.len() > 1 {
            writing.set_mailboxes(email.id, &[place])?;
        }
        return Ok(());
    }
    let (theirs, ours) = (role(writing, Some(place))?, email.mailboxes.first().copied());
    let chosen_here = match role(writing, ours)? {
        Some(Role::Inbox) => false,
        Some(Role::Trash) => deletions_go_along,
        _ => true,
    };
    let chosen_there = !matches!(theirs, Some(Role::Inbox | Role::All));
    match ours.filter(|_| chosen_here && !chosen_there) {
        Some(ours) => errands.moves.entry((place, ours)).or_default().push(email.id),
        None => writing.set_mailboxes(email.id, &[place])?,
    }
    Ok(())
}

fn role(writing: &Writing<'_>, mailbox: Option<MailboxId>) -> Result<Option<Role>, Refusal> {
    Ok(match mailbox {
        Some(mailbox) => writing.mailbox(mailbox)?.and_then(|mailbox| mailbox.role),
        None => Some(Role::Inbox),
    })
}

fn journal(
    writing: &mut Writing<'_>,
    account: &Account,
    action: ActionId,
    errands: Errands,
) -> Result<(), Refusal> {
    let mut entries = Vec::new();
    for (keywords, emails) in errands.marks {
        let keywords: Keywords = keywords.into_iter().collect();
        for emails in emails.chunks(AT_ONCE) {
            let operation = |add, remove| Operation::SetKeywords {
                emails: emails.to_vec(),
                add,
                remove,
            };
            let inverse = vec![operation(Keywords::none(), keywords.clone())];
            entries.push((operation(keywords.clone(), Keywords::none()), inverse));
        }
    }
    for ((from, to), emails) in errands.moves {
        for emails in emails.chunks(AT_ONCE) {
            let operation = |to| Operation::Move {
                emails: emails.to_vec(),
                to,
            };
            entries.push((operation(to), vec![operation(from)]));
        }
    }
    for email in errands.drafts {
        filing::put_draft(writing, action, &email)?;
    }
    for (email, to) in errands.uploads {
        entries.push((Operation::Upload { email, to }, Vec::new()));
    }
    for (operation, inverse) in entries {
        writing.journal(&NewEntry {
            action,
            account: account.id,
            operation,
            inverse,
            state: OperationState::Queued,
        })?;
    }
    Ok(())
}
