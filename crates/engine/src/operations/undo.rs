//! Taking back: by the person, or because the server refused.

use std::collections::{BTreeSet, HashSet, VecDeque};

use waxwing_model::{
    AccountId, ActionId, EmailId, LongWork, MailboxId, Operation, Original, Trouble, TroubleKind,
};
use waxwing_store::{JournalEntry, Line, OperationState, Writing};

use super::destroying::{keep_those_still_hidden, without_lost};
use super::listed::{AT_ONCE, BREATH};
use super::perform::{Refusal, journaled, transact};
use super::plan_folders::{OnItsWay, on_its_way};
use super::{apply, copies, keep_here};
use crate::engine::{Engine, blocking, locked};
use crate::error::{EngineError, Result};

const DELETED_MEANWHILE: &str = "Letters that were deleted for good meanwhile could not be taken back.";

impl Engine {
    /// Takes an action back. What the server has not heard of yet is struck from the journal; for the rest the
    /// inverse is queued. It works after a restart too. What was done to very many letters is taken back in steps, the last one
    /// first; a kill between two leaves the others done.
    pub async fn undo(&self, action: ActionId) -> Result<()> {
        let lines = self.read(move |reading| reading.lines_of(action)).await?;
        if lines.is_empty() {
            return Err(EngineError::Gone("what was to be undone"));
        }
        let told = LongWork::Undo(action);
        let lines = without_partings(lines);
        let total = letters_in(&lines);
        let mut steps = VecDeque::from(steps(lines));
        let (mut undoing, mut lost, mut done) = (None, 0, 0);
        let is_long = steps.len() > 1;
        let mut stays = None;
        let mut touched = BTreeSet::new();
        while let Some(step) = steps.pop_front() {
            if undoing.is_some() {
                tokio::time::sleep(BREATH).await;
            }
            let (number, lines) = (undoing, step.clone());
            let store = self.inner.store.clone();
            let engine = self.clone();
            let outcome = blocking(move || {
                transact(&store, |writing| {
                    // Within the transaction: what is told to a server is chosen in one too.
                    let destroying = locked(&engine.inner.destroying).clone();
                    let undoing = match number {
                        Some(number) => number,
                        None => writing.new_action()?,
                    };
                    let mut touched = BTreeSet::new();
                    let lost = undo_lines(writing, undoing, &lines, &destroying, &mut touched)?;
                    Ok((undoing, lost, touched))
                })
            })
            .await?;
            let (used, of_these, accounts) = match outcome {
                Ok(outcome) => outcome,
                // One copy that cannot be taken back keeps no other from it.
                Err(EngineError::Invalid(_) | EngineError::Gone(_))
                    if is_long && has_several_copies(&step) =>
                {
                    for line in step.into_iter().rev() {
                        steps.push_front(vec![line]);
                    }
                    continue;
                }
                // It is said at the end, when all else is back.
                Err(error) if is_long && stands_for_itself(&step) => {
                    done += letters_in(&step);
                    stays.get_or_insert(error);
                    continue;
                }
                Err(error) => return Err(error),
            };
            done += letters_in(&step);
            undoing = Some(used);
            lost += of_these;
            for account in &accounts {
                self.wake(*account);
            }
            touched.extend(accounts);
            self.tell_progress(&told, done, total);
        }
        if lost > 0 {
            let account = touched.first().copied();
            self.tell(account, Trouble::new(TroubleKind::Gone, DELETED_MEANWHILE));
        }
        stays.map_or(Ok(()), Err)
    }

    /// The server said no: the cache goes back to what the server has, and the person is told.
    pub(crate) async fn refuse(&self, entry: JournalEntry, reason: String) -> Result<()> {
        let account = entry.account;
        let sentence = refusal_sentence(&entry.operation);
        let store = self.inner.store.clone();
        let detail = reason.clone();
        let known = blocking(move || {
            transact(&store, |writing| {
                let known = writing.refused_alike(&entry, &detail)?;
                match revert_refused(writing, &entry) {
                    // A folder that letters have come into stays until they are taken back too.
                    Ok(()) | Err(Refusal::Said(_)) => {}
                    Err(refusal) => return Err(refusal),
                }
                writing.set_operation_state(entry.id, OperationState::Refused, Some(&detail))?;
                Ok(known)
            })
        })
        .await??;
        if known {
            // One sentence for a hundred letters that a full server refuses, not a hundred.
            return Ok(());
        }
        let trouble = Trouble::new(TroubleKind::Refused, sentence).with_detail(reason);
        self.tell(Some(account), trouble);
        Ok(())
    }
}

fn letters_of(line: &Line) -> usize {
    usize::try_from(line.letters).unwrap_or(usize::MAX)
}

fn letters_in(step: &[Line]) -> usize {
    step.iter().map(letters_of).sum()
}

/// How much of a step a line takes: one about no letter is work too.
fn room_of(line: &Line) -> usize {
    letters_of(line).max(1)
}

/// Lines to be taken back. Those with which letters go that the same action has copied are taken back with the copies, and each letter
/// is counted once.
fn without_partings(mut lines: Vec<Line>) -> Vec<Line> {
    let copied: HashSet<EmailId> = lines.iter().filter_map(|line| line.copy_of).collect();
    lines.retain(|line| !line.lets_go.is_some_and(|letter| copied.contains(&letter)));
    lines
}

fn has_several_copies(step: &[Line]) -> bool {
    step.len() > 1 && step.iter().any(|line| line.copy_of.is_some())
}

/// A step that may have to stay as it is without keeping others from being taken back.
fn stands_for_itself(step: &[Line]) -> bool {
    matches!(step, [line] if line.makes_a_folder || line.copy_of.is_some())
}

/// What is taken back in one transaction each, the newest lines first. Where there are several, a folder that was made stands for
/// itself: it may have to stay, and keeps no letter from coming back. What cannot be taken back is tried before anything is.
pub(super) fn steps(lines: Vec<Line>) -> Vec<Vec<Line>> {
    if lines.iter().any(|line| line.uploads) {
        return vec![lines.into_iter().rev().collect()];
    }
    let is_long = lines.iter().map(room_of).sum::<usize>() > AT_ONCE;
    let mut steps: Vec<Vec<Line>> = Vec::new();
    let mut room = 0;
    for line in lines.into_iter().rev() {
        match steps.last_mut() {
            Some(step) if room >= room_of(&line) && !(is_long && line.makes_a_folder) => {
                room -= room_of(&line);
                step.push(line);
            }
            _ => {
                let stands_for_itself = is_long && line.makes_a_folder;
                room = match stands_for_itself {
                    true => 0,
                    false => AT_ONCE.saturating_sub(room_of(&line)),
                };
                steps.push(vec![line]);
            }
        }
    }
    steps
}

/// Takes lines back in this order. Says how many letters are lost for good.
fn undo_lines(
    writing: &mut Writing<'_>,
    undoing: ActionId,
    lines: &[Line],
    destroying: &HashSet<EmailId>,
    touched: &mut BTreeSet<AccountId>,
) -> Result<usize, Refusal> {
    let mut entries = Vec::with_capacity(lines.len());
    for line in lines {
        entries.extend(writing.operation(line.id)?);
    }
    let mut lost = 0;
    for entry in &entries {
        if let Operation::Copy { .. } = entry.operation {
            touched.extend(copies::undo_copy(writing, undoing, entry)?);
            continue;
        }
        if let Operation::Upload { .. } = entry.operation {
            // Taken back, the letter would stand nowhere.
            return Err(EngineError::Invalid(
                "letters that are put on the server stay there; the account can be changed back".into(),
            )
            .into());
        }
        let (entry, of_these) = without_lost(writing, entry, destroying)?;
        match entry.state {
            OperationState::Refused | OperationState::Undone => continue,
            OperationState::Queued => {
                revert(writing, &entry)?;
                writing.set_operation_state(entry.id, OperationState::Undone, None)?;
            }
            OperationState::Attempting | OperationState::Done => {
                queue_inverse(writing, undoing, &entry)?;
                if entry.state == OperationState::Done {
                    writing.set_operation_state(entry.id, OperationState::Undone, None)?;
                }
            }
        }
        touched.insert(entry.account);
        lost += of_these;
    }
    Ok(lost)
}

/// Applies the inverse to the cache alone.
fn revert(writing: &mut Writing<'_>, entry: &JournalEntry) -> Result<(), Refusal> {
    for operation in &entry.inverse {
        guard(writing, operation)?;
        apply::apply(writing, entry.account, operation)?;
    }
    Ok(())
}

/// The same where the server refused. It may have done a part, and what is to come back may have no place any more.
fn revert_refused(writing: &mut Writing<'_>, entry: &JournalEntry) -> Result<(), Refusal> {
    if let Operation::Copy { .. } = entry.operation {
        return copies::take_back(writing, entry);
    }
    if let Operation::Upload { email, to } = entry.operation {
        keep_here::keep_refused(writing, email, to)?;
        return Ok(());
    }
    for operation in &entry.inverse {
        guard(writing, operation)?;
        let mut operation = operation.clone();
        if let Operation::Refile {
            emails,
            from: Some(target),
            ..
        } = &mut operation
        {
            keep_those_not_in(writing, emails, *target)?;
        }
        if let (
            Operation::Destroy { .. },
            Operation::Move { emails, .. } | Operation::Refile { emails, .. },
        ) = (&entry.operation, &mut operation)
        {
            keep_those_still_hidden(writing, entry, emails)?;
        }
        if let Operation::Move { emails, to } = &mut operation {
            if let Operation::Move { to: target, .. } = entry.operation {
                keep_those_not_in(writing, emails, target)?;
            }
            match copies::home(writing, entry.account, *to)? {
                Some(home) => *to = home,
                None => continue,
            }
        }
        apply::apply(writing, entry.account, &operation)?;
    }
    Ok(())
}

/// Letters that the server has taken over before it refused the rest are where they were wanted.
fn keep_those_not_in(
    writing: &Writing<'_>,
    emails: &mut Vec<EmailId>,
    target: MailboxId,
) -> Result<(), Refusal> {
    let mut left = Vec::with_capacity(emails.len());
    for email in emails.drain(..) {
        let mut locations = writing.locations(&[email])?.into_iter();
        if !locations.any(|location| location.mailbox == target) {
            left.push(email);
        }
    }
    *emails = left;
    Ok(())
}

fn queue_inverse(writing: &mut Writing<'_>, action: ActionId, entry: &JournalEntry) -> Result<(), Refusal> {
    for operation in &entry.inverse {
        guard(writing, operation)?;
        if has_letters_there(writing, operation)? {
            continue;
        }
        let operation = with_paths(writing, operation)?;
        journaled(writing, action, vec![(entry.account, operation)])?;
    }
    Ok(())
}

/// Undoing the making of a folder must not take letters with it that came into it since.
fn guard(writing: &Writing<'_>, operation: &Operation) -> Result<(), Refusal> {
    let Operation::DestroyMailbox { mailbox, .. } = operation else {
        return Ok(());
    };
    let Some(there) = writing.mailbox(*mailbox)? else {
        return Ok(());
    };
    let holds_folders = writing
        .mailboxes(Some(there.account))?
        .iter()
        .any(|child| child.parent == Some(*mailbox));
    if there.total > 0 || holds_folders {
        return Err(EngineError::Invalid(format!("“{}” is not empty and stays", there.name)).into());
    }
    Ok(())
}

/// The server may still have letters in a folder that is empty here, as when the same undoing takes them out of it. It
/// stays: deleted, it would take them with it.
fn has_letters_there(writing: &Writing<'_>, operation: &Operation) -> Result<bool, Refusal> {
    let Operation::DestroyMailbox { mailbox, .. } = operation else {
        return Ok(false);
    };
    match writing.mailbox(*mailbox)? {
        Some(there) => Ok(matches!(on_its_way(writing, &there)?, Some(OnItsWay::Letters))),
        None => Ok(false),
    }
}

/// A folder that the server has made since carries the server's name for it by now.
fn with_paths(writing: &Writing<'_>, operation: &Operation) -> Result<Operation, Refusal> {
    Ok(match operation {
        Operation::DestroyMailbox { mailbox, paths } if paths.is_empty() => Operation::DestroyMailbox {
            mailbox: *mailbox,
            paths: writing
                .remote_mailbox(*mailbox)?
                .and_then(|remote| remote.path)
                .into_iter()
                .collect(),
        },
        other => other.clone(),
    })
}

fn refusal_sentence(operation: &Operation) -> &'static str {
    match operation {
        Operation::SetKeywords { .. } => "The server did not accept the mark, so it was taken back.",
        Operation::Move { .. } | Operation::Refile { .. } => {
            "The server did not move the letters, so they are back where they were."
        }
        Operation::Destroy { .. } => "The server did not delete the letters, so they are back.",
        Operation::Copy {
            then: Original::Goes, ..
        } => "The letter could not be moved to the other account, so it is back where it was.",
        Operation::Copy { .. } => "The letter could not be copied, so the copy was taken away again.",
        Operation::Upload { .. } => "The server did not take the letter, so it is kept in Local Folders.",
        Operation::Put { .. } => "The server did not take the letter. It stays on this computer.",
        Operation::CreateMailbox { .. } => "The server did not create the folder, so it was taken back.",
        Operation::RenameMailbox { .. } => {
            "The server did not rename or move the folder, so it is as it was."
        }
        Operation::SetSubscribed { .. } => {
            "The server did not note whether the folder is shown, so that is as it was."
        }
        Operation::ClearAway { .. } => "The server did not delete the folder, so it stays.",
        Operation::DestroyMailbox { .. } => {
            "The server did not delete the folder; it will be back after the next look."
        }
        Operation::TakeOut { .. }
        | Operation::Unite { .. }
        | Operation::Arrange { .. }
        | Operation::Mute { .. } => "The conversation could not be changed.",
    }
}
