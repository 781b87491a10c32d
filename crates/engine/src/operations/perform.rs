//! One action, done at once: planned, applied and journaled in a single transaction.

use std::collections::{BTreeSet, HashSet};

use waxwing_model::{AccountId, ActionId, Operation, Protocol};
use waxwing_store::{NewEntry, OperationState, Reading, StoreError, Writing};

use super::deletions::{stands_in_trash, without_those_on_their_way};
use super::plan::Plan;
use super::plan_empty::plan_empty;
use super::{Action, Performed, apply, plan};
use crate::engine::{Engine, blocking, locked};
use crate::error::{EngineError, Result};

impl Engine {
    /// Does it here and now; the server hears of it as soon as it can.
    pub async fn perform(&self, action: Action) -> Result<Performed> {
        self.bring_first(&action, None).await?;
        let store = self.inner.store.clone();
        let asked = match &action {
            Action::Empty { mailbox } => locked(&self.inner.asked).remove(mailbox),
            _ => None,
        };
        let engine = self.clone();
        let (performed, touched) = blocking(move || {
            transact(&store, |writing| {
                // Within the transaction: what is being deleted is known before any of it is written.
                let deletions = engine.deletions();
                let operations = match action {
                    Action::Empty { mailbox } => plan_empty(writing, mailbox, asked.as_ref())?,
                    action => {
                        let action = without_those_on_their_way(writing, action, &deletions)?;
                        plan::plan(writing, &without_those_in_trash_already(writing, action)?)?
                    }
                };
                let affected = plan::affected(&operations);
                let is_something = !operations.is_empty();
                let action = writing.new_action()?;
                let (can_be_undone, touched) = journaled(writing, action, operations)?;
                Ok((
                    Performed {
                        undo: (is_something && can_be_undone).then_some(action),
                        affected,
                    },
                    touched,
                ))
            })
        })
        .await??;
        for account in touched {
            self.wake(account);
        }
        Ok(performed)
    }
}

/// What is deleted, without letters that stand in Trash already where others of them do not, as in a search: a press that moves some to
/// Trash deletes none from there, and all of it can be taken back.
fn without_those_in_trash_already(reading: &Reading<'_>, action: Action) -> Result<Action, Refusal> {
    let Action::Delete { mut emails } = action else {
        return Ok(action);
    };
    let mut in_trash = HashSet::new();
    let mut some_are_elsewhere = false;
    for email in reading.emails(&emails)? {
        if stands_in_trash(reading, &email)? {
            in_trash.insert(email.id);
        } else {
            // What nothing shows any more is nowhere.
            some_are_elsewhere |= !email.mailboxes.is_empty();
        }
    }
    if some_are_elsewhere {
        emails.retain(|email| !in_trash.contains(email));
    }
    Ok(Action::Delete { emails })
}

/// Applies what was planned and writes it into the journal, as a part of one action. Says whether all of it can be undone, and
/// which accounts have to do with it.
pub(super) fn journaled(
    writing: &mut Writing<'_>,
    action: ActionId,
    operations: Plan,
) -> Result<(bool, BTreeSet<AccountId>), Refusal> {
    let mut touched = BTreeSet::new();
    let mut can_be_undone = true;
    for (account, operation) in operations {
        touched.extend(fetching_for(writing, &operation)?);
        let inverse = apply::apply(writing, account, &operation)?;
        can_be_undone &= !inverse.is_empty() && !matches!(operation, Operation::Destroy { .. });
        let state = journal_state(writing, account, &operation)?;
        writing.journal(&NewEntry {
            action,
            account,
            operation,
            inverse,
            state,
        })?;
        touched.insert(account);
    }
    Ok((can_be_undone, touched))
}

/// The account that may have to bring the text of a letter which goes elsewhere.
fn fetching_for(writing: &Writing<'_>, operation: &Operation) -> Result<Option<AccountId>, Refusal> {
    let Operation::Copy { original, .. } = operation else {
        return Ok(None);
    };
    Ok(writing.email(*original)?.map(|email| email.account))
}

/// Where an operation enters the journal: queued for a server that has to hear of it, done where none has.
pub(super) fn journal_state(
    writing: &Writing<'_>,
    account: AccountId,
    operation: &Operation,
) -> Result<OperationState, Refusal> {
    let protocol = writing
        .account(account)?
        .map_or(Protocol::Local, |account| account.protocol);
    Ok(if operation.has_remote_effect(protocol) {
        OperationState::Queued
    } else {
        OperationState::Done
    })
}

/// Why a transaction was taken back: the store's trouble, or a sentence of ours.
#[derive(Debug)]
pub(crate) enum Refusal {
    Store(StoreError),
    Said(EngineError),
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<EngineError> for Refusal {
    fn from(error: EngineError) -> Self {
        Self::Said(error)
    }
}

/// A transaction that our own refusals take back too.
pub(crate) fn transact<T>(
    store: &waxwing_store::Store,
    work: impl FnOnce(&mut Writing<'_>) -> Result<T, Refusal>,
) -> Result<T> {
    let mut said = None;
    let outcome = store.write(|writing| {
        work(writing).map_err(|refusal| match refusal {
            Refusal::Store(error) => error,
            Refusal::Said(error) => {
                said = Some(error);
                StoreError::NoSuch {
                    what: "operation",
                    id: 0,
                }
            }
        })
    });
    match said {
        Some(error) => Err(error),
        None => Ok(outcome?),
    }
}
