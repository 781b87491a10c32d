//! What keeps letters that are to be deleted for good from being deleted after all, once somebody has taken them back: from the
//! journal, and from the server while it is being told.

use std::collections::{BTreeSet, HashSet};

use waxwing_model::{EmailId, Operation, OperationId};
use waxwing_store::{JournalEntry, OperationState, Reading, StoreError, Writing};

use crate::engine::{Engine, locked};
use crate::error::Result;

/// Letters of an entry that are shown nowhere, as nobody has taken them back. While this is held nobody can any more.
pub(super) struct Doomed {
    engine: Engine,
    pub(super) emails: Vec<EmailId>,
}

impl Drop for Doomed {
    fn drop(&mut self) {
        let mut destroying = locked(&self.engine.inner.destroying);
        for email in &self.emails {
            destroying.remove(email);
        }
    }
}

/// Chosen in a transaction, as undoing is one too: a letter is either taken back before, or not at all.
pub(super) async fn claim(engine: &Engine, emails: &[EmailId]) -> Result<Doomed> {
    let (engine, emails) = (engine.clone(), emails.to_vec());
    let claiming = engine.clone();
    engine
        .write(move |writing| {
            let emails = hidden(writing, &emails)?;
            locked(&claiming.inner.destroying).extend(emails.iter().copied());
            Ok(Doomed {
                engine: claiming,
                emails,
            })
        })
        .await
}

fn hidden(reading: &Reading<'_>, emails: &[EmailId]) -> std::result::Result<Vec<EmailId>, StoreError> {
    let letters = reading.emails(emails)?.into_iter();
    Ok(letters
        .filter(|email| email.mailboxes.is_empty())
        .map(|email| email.id)
        .collect())
}

/// Letters that are shown again are not deleted by what stands in the journal.
pub(super) fn strike(writing: &mut Writing<'_>, shown: &[EmailId]) -> std::result::Result<(), StoreError> {
    let mut lines: BTreeSet<OperationId> = BTreeSet::new();
    for email in shown {
        lines.extend(writing.open_lines_on(*email)?);
    }
    let shown: HashSet<EmailId> = shown.iter().copied().collect();
    for line in lines {
        let Some(entry) = writing.operation(line)? else {
            continue;
        };
        let Operation::Destroy { mut emails, only_in } = entry.operation else {
            continue;
        };
        emails.retain(|email| !shown.contains(email));
        let nothing_left = emails.is_empty();
        writing.amend(line, &Operation::Destroy { emails, only_in })?;
        if nothing_left && entry.state == OperationState::Queued {
            writing.set_operation_state(line, OperationState::Undone, None)?;
        }
    }
    Ok(())
}

/// What comes back where the server would not delete: what nobody has taken back meanwhile, which is where it was wanted.
pub(super) fn keep_those_still_hidden(
    reading: &Reading<'_>,
    entry: &JournalEntry,
    emails: &mut Vec<EmailId>,
) -> std::result::Result<(), StoreError> {
    let Some(Operation::Destroy { emails: still, .. }) =
        reading.operation(entry.id)?.map(|entry| entry.operation)
    else {
        return Ok(());
    };
    let still: HashSet<EmailId> = still.into_iter().collect();
    let wanted: Vec<EmailId> = emails.drain(..).filter(|email| still.contains(email)).collect();
    *emails = hidden(reading, &wanted)?;
    Ok(())
}

/// The inverse of an entry for the letters that can still be taken back, and how many cannot: they are gone, or the server is being
/// told to delete them.
pub(super) fn without_lost(
    reading: &Reading<'_>,
    entry: &JournalEntry,
    destroying: &HashSet<EmailId>,
) -> std::result::Result<(JournalEntry, usize), StoreError> {
    let mut entry = entry.clone();
    let mut lost: HashSet<EmailId> = HashSet::new();
    for operation in &mut entry.inverse {
        let (Operation::Move { emails, .. } | Operation::Refile { emails, .. }) = operation else {
            continue;
        };
        let there: HashSet<EmailId> = reading.emails(emails)?.iter().map(|email| email.id).collect();
        let (kept, gone): (Vec<EmailId>, Vec<EmailId>) = emails
            .drain(..)
            .partition(|email| there.contains(email) && !destroying.contains(email));
        *emails = kept;
        lost.extend(gone);
    }
    entry.inverse.retain(|operation| {
        !matches!(operation, Operation::Move { emails, .. } | Operation::Refile { emails, .. } if emails.is_empty())
    });
    Ok((entry, lost.len()))
}
