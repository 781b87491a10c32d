//! Taking back: by the person, or because the server refused.

use std::collections::BTreeSet;

use waxwing_model::{ActionId, Operation, Trouble, TroubleKind};
use waxwing_store::{JournalEntry, NewEntry, OperationState, Writing};

use super::apply;
use super::perform::{Refusal, journal_state, transact};
use crate::engine::{Engine, blocking};
use crate::error::{EngineError, Result};

impl Engine {
    /// Takes an action back. What the server has not heard of yet is struck from the journal; for the rest the
    /// inverse is queued. It works after a restart too.
    pub async fn undo(&self, action: ActionId) -> Result<()> {
        let store = self.inner.store.clone();
        let touched = blocking(move || {
            transact(&store, |writing| {
                let entries = writing.action(action)?;
                if entries.is_empty() {
                    return Err(EngineError::Gone("what was to be undone").into());
                }
                let undoing = writing.new_action()?;
                let mut touched = BTreeSet::new();
                for entry in entries.iter().rev() {
                    match entry.state {
                        OperationState::Refused | OperationState::Undone => continue,
                        OperationState::Queued => {
                            revert(writing, entry)?;
                            writing.set_operation_state(entry.id, OperationState::Undone, None)?;
                        }
                        OperationState::Attempting | OperationState::Done => {
                            queue_inverse(writing, undoing, entry)?;
                            if entry.state == OperationState::Done {
                                writing.set_operation_state(entry.id, OperationState::Undone, None)?;
                            }
                        }
                    }
                    touched.insert(entry.account);
                }
                Ok(touched)
            })
        })
        .await??;
        for account in touched {
            self.wake(account);
        }
        Ok(())
    }

    /// The server said no: the cache goes back to what the server has, and the person is told.
    pub(crate) async fn refuse(&self, entry: JournalEntry, reason: String) -> Result<()> {
        let account = entry.account;
        let sentence = refusal_sentence(&entry.operation);
        let store = self.inner.store.clone();
        let detail = reason.clone();
        blocking(move || {
            transact(&store, |writing| {
                match revert(writing, &entry) {
                    // A folder that letters have come into stays until they are taken back too.
                    Ok(()) | Err(Refusal::Said(_)) => {}
                    Err(refusal) => return Err(refusal),
                }
                Ok(writing.set_operation_state(entry.id, OperationState::Refused, Some(&detail))?)
            })
        })
        .await??;
        let trouble = Trouble::new(TroubleKind::Refused, sentence).with_detail(reason);
        self.tell(Some(account), trouble);
        Ok(())
    }
}

/// Applies the inverse to the cache alone.
fn revert(writing: &mut Writing<'_>, entry: &JournalEntry) -> Result<(), Refusal> {
    for operation in &entry.inverse {
        guard(writing, operation)?;
        apply::apply(writing, entry.account, operation)?;
    }
    Ok(())
}

fn queue_inverse(writing: &mut Writing<'_>, action: ActionId, entry: &JournalEntry) -> Result<(), Refusal> {
    for operation in &entry.inverse {
        guard(writing, operation)?;
        let operation = with_paths(writing, operation)?;
        let inverse = apply::apply(writing, entry.account, &operation)?;
        let state = journal_state(writing, entry.account, &operation)?;
        writing.journal(&NewEntry {
            action,
            account: entry.account,
            operation,
            inverse,
            state,
        })?;
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
        Operation::Move { .. } => "The server did not move the letters, so they are back where they were.",
        Operation::Destroy { .. } => "The server did not delete the letters, so they are back.",
        Operation::CreateMailbox { .. } => "The server did not create the folder, so it was taken back.",
        Operation::RenameMailbox { .. } => {
            "The server did not rename or move the folder, so it is as it was."
        }
        Operation::DestroyMailbox { .. } => {
            "The server did not delete the folder; it will be back after the next look."
        }
    }
}
