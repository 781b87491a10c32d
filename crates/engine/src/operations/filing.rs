//! A letter that is being written, as it stands among the letters of its account: each version is a letter in Drafts, in
//! place of the one before. Here is what that does to the cache and the journal; when it is done, and what the letter
//! looks like, is decided in `outgoing`.

use std::collections::BTreeSet;

use waxwing_model::{
    AccountId, ActionId, Draft, DraftId, Email, EmailId, Keyword, Keywords, MailboxId, Operation, Protocol,
    Role,
};
use waxwing_store::{FiledDraft, NewEntry, OperationState, Reading, Writing};

use super::apply;
use super::copies::protocol;
use super::perform::{Refusal, journal_state};
use super::plan::{Plan, mailbox_for};
use crate::clock::now;
use crate::letters::ingest::{self, Circumstances};

/// Puts a version of a draft into the Drafts of its account. Gives the accounts whose servers have to hear of it.
pub(crate) fn file(
    writing: &mut Writing<'_>,
    draft: &Draft,
    raw: &[u8],
) -> Result<BTreeSet<AccountId>, Refusal> {
    let account = draft.account;
    let action = writing.new_action()?;
    let mut plan = Plan::new();
    let to = mailbox_for(writing, account, Role::Drafts, &mut plan)?;
    for (account, operation) in plan {
        let inverse = apply::apply(writing, account, &operation)?;
        let state = journal_state(writing, account, &operation)?;
        let entry = NewEntry {
            action,
            account,
            operation,
            inverse,
            state,
        };
        writing.journal(&entry)?;
    }
    let keywords = marks(writing, draft.id)?;
    let before = standing(writing, draft.id)?.map(|letter| letter.id);
    let replaces = put_aside(writing, draft.id)?;
    let circumstances = Circumstances {
        received_at: now(),
        keywords,
        uid: None,
    };
    let email = ingest::insert_whole(writing, account, to, raw, circumstances)?;
    let mut touched = BTreeSet::from([account]);
    let served = protocol(writing, account)? == Protocol::Imap;
    if served {
        let entry = NewEntry {
            action,
            account,
            operation: Operation::Put { email, to, replaces },
            inverse: Vec::new(),
            state: OperationState::Queued,
        };
        writing.journal(&entry)?;
    } else if let Some(replaces) = replaces {
        touched.extend(let_go(writing, action, replaces)?);
    }
    let filed = FiledDraft {
        email: Some(email),
        version: draft.updated_at,
        arrived: !served,
    };
    writing.note_filed(draft.id, &filed)?;
    if let Some(before) = before {
        writing.note_refiled(before, email);
    }
    Ok(touched)
}

/// Takes what stands of a draft out of its folder, on the server too: it is sent or discarded.
pub(crate) fn withdraw(writing: &mut Writing<'_>, draft: DraftId) -> Result<Option<AccountId>, Refusal> {
    let aside = put_aside(writing, draft)?;
    writing.forget_filed(draft)?;
    match aside {
        Some(email) => {
            let action = writing.new_action()?;
            let_go(writing, action, email)
        }
        None => Ok(None),
    }
}

/// Those of a draft, and those that the person gave the version before.
fn marks(reading: &Reading<'_>, draft: DraftId) -> Result<Keywords, Refusal> {
    let filed = reading.filed_draft(draft)?.and_then(|filed| filed.email);
    let before = match filed {
        Some(email) => reading.email(email)?.map(|letter| letter.keywords),
        None => None,
    };
    let own = [Keyword::DRAFT, Keyword::SEEN].into_iter().map(Keyword::new);
    Ok(own.chain(before.unwrap_or_default().iter().cloned()).collect())
}

/// The letter that a draft was filed as, unless the person has put it somewhere else, as into Trash.
fn standing(reading: &Reading<'_>, draft: DraftId) -> Result<Option<Email>, Refusal> {
    let filed = reading.filed_draft(draft)?.and_then(|filed| filed.email);
    let Some(email) = filed else { return Ok(None) };
    let Some(letter) = reading.email(email)? else {
        return Ok(None);
    };
    Ok(place_in_drafts(reading, &letter)?.is_some().then_some(letter))
}

/// Hides the letter that a draft stands in its folder as. Gives what a server may have of it.
fn put_aside(writing: &mut Writing<'_>, draft: DraftId) -> Result<Option<EmailId>, Refusal> {
    let Some(letter) = standing(writing, draft)? else {
        return Ok(None);
    };
    let email = letter.id;
    for entry in writing.operations_on(email)? {
        let Operation::Put {
            email: put, replaces, ..
        } = entry.operation
        else {
            continue;
        };
        if put != email {
            continue;
        }
        // No server has it, so that only the version before it is still to go.
        if entry.state == OperationState::Queued {
            writing.set_operation_state(entry.id, OperationState::Undone, None)?;
            writing.remove_email(email)?;
            return Ok(replaces);
        }
        // Whether one has it is to be found out before the next version can come there.
        writing.hasten(entry.id)?;
    }
    if protocol(writing, letter.account)? != Protocol::Imap {
        writing.remove_email(email)?;
        return Ok(None);
    }
    writing.set_mailboxes(email, &[])?;
    Ok(Some(email))
}

fn place_in_drafts(reading: &Reading<'_>, letter: &Email) -> Result<Option<MailboxId>, Refusal> {
    for mailbox in &letter.mailboxes {
        let role = reading.mailbox(*mailbox)?.and_then(|mailbox| mailbox.role);
        if role == Some(Role::Drafts) {
            return Ok(Some(*mailbox));
        }
    }
    Ok(None)
}

/// Whether a letter in Drafts is what a draft was filed as.
pub(crate) fn is_draft(reading: &Reading<'_>, letter: &Email) -> Result<bool, Refusal> {
    Ok(reading.draft_filed_as(letter.id)?.is_some() && place_in_drafts(reading, letter)?.is_some())
}

/// Has a draft that stands on this computer alone put on the server that its account has by now.
pub(crate) fn put_draft(writing: &mut Writing<'_>, action: ActionId, letter: &Email) -> Result<(), Refusal> {
    let (draft, to) = (
        writing.draft_filed_as(letter.id)?,
        place_in_drafts(writing, letter)?,
    );
    let (Some(draft), Some(to)) = (draft, to) else {
        return Ok(());
    };
    if let Some(filed) = writing.filed_draft(draft)? {
        let arrived = false;
        writing.note_filed(draft, &FiledDraft { arrived, ..filed })?;
    }
    writing.journal(&NewEntry {
        action,
        account: letter.account,
        operation: Operation::Put {
            email: letter.id,
            to,
            replaces: None,
        },
        inverse: Vec::new(),
        state: OperationState::Queued,
    })?;
    Ok(())
}

/// Of a version that never came there the next one cannot take the place: it takes that of the one before, which stands
/// there until then. Gives whether there is a next one.
pub(super) fn pass_over(
    writing: &mut Writing<'_>,
    never: EmailId,
    before: Option<EmailId>,
) -> Result<bool, Refusal> {
    for next in writing.operations_on(never)? {
        let Operation::Put { email, to, replaces } = next.operation else {
            continue;
        };
        if replaces == Some(never) {
            let replaces = before;
            writing.amend(next.id, &Operation::Put { email, to, replaces })?;
            if writing.email(never)?.is_some() {
                writing.remove_email(never)?;
            }
            return Ok(true);
        }
    }
    Ok(false)
}

/// Has a hidden version deleted where it stands. Gives the account whose server is told.
pub(super) fn let_go(
    writing: &mut Writing<'_>,
    action: ActionId,
    email: EmailId,
) -> Result<Option<AccountId>, Refusal> {
    let Some(letter) = writing.email(email)? else {
        return Ok(None);
    };
    if protocol(writing, letter.account)? != Protocol::Imap {
        writing.remove_email(email)?;
        return Ok(None);
    }
    writing.set_mailboxes(email, &[])?;
    let home = writing.mailbox_with_role(letter.account, Role::Drafts)?;
    let inverse = home.as_ref().map(|home| Operation::Move {
        emails: vec![email],
        to: home.id,
    });
    let entry = NewEntry {
        action,
        account: letter.account,
        operation: Operation::Destroy {
            emails: vec![email],
            only_in: home.map(|home| home.id),
        },
        inverse: inverse.into_iter().collect(),
        state: OperationState::Queued,
    };
    writing.journal(&entry)?;
    Ok(Some(letter.account))
}
