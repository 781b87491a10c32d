//! The tables `action`, `operation` and `operation_email`: the journal of what the person did. What an operation
//! does to the cache and to the server is the engine's.

use rusqlite::{Row, params};
use serde::{Deserialize, Serialize};
use waxwing_model::{AccountId, ActionId, EmailId, Operation, OperationId, Timestamp};

use crate::column::{from_json, from_word, json, word};
use crate::error::Doing;
use crate::query::now;
use crate::{Reading, StoreError, Writing};

/// How far an operation has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OperationState {
    /// The server has still to hear of it.
    Queued,
    /// Written before the server is told, so that a crash in between is known.
    Attempting,
    /// The server did it, or there was none to tell.
    Done,
    /// The server would not; the cache was put back.
    Refused,
    /// The person took it back.
    Undone,
}

impl OperationState {
    /// Whether the server has still to hear of it.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Queued | Self::Attempting)
    }
}

/// A line of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalEntry {
    pub id: OperationId,
    pub action: ActionId,
    pub account: AccountId,
    pub operation: Operation,
    /// What puts the cache back to what it was before.
    pub inverse: Vec<Operation>,
    pub state: OperationState,
    pub attempts: u32,
    /// Not to be tried before this moment.
    pub retry_at: Timestamp,
    pub reason: Option<String>,
    pub created_at: Timestamp,
}

/// A line that is not in the journal yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEntry {
    pub action: ActionId,
    pub account: AccountId,
    pub operation: Operation,
    pub inverse: Vec<Operation>,
    pub state: OperationState,
}

/// What of a letter the server has still to hear of; there the cache is right and the server is not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PendingFor {
    pub keywords: bool,
    pub place: bool,
}

const ENTRY: &str = "SELECT id, action_id, account_id, operation, inverse, state, attempts, retry_at, reason,
    created_at FROM operation";

impl Reading<'_> {
    /// The oldest line that is open. The order is kept: a line that waits holds up those behind it.
    pub fn next_operation(&self, account: AccountId) -> Result<Option<JournalEntry>, StoreError> {
        let sql = format!(
            "{ENTRY} WHERE account_id = ?1 AND state IN ('queued', 'attempting') ORDER BY id LIMIT 1"
        );
        self.one("reading the journal", &sql, [account.0], entry_from)
    }

    /// Every line that is open, oldest first.
    pub fn pending_operations(&self, account: AccountId) -> Result<Vec<JournalEntry>, StoreError> {
        let sql = format!("{ENTRY} WHERE account_id = ?1 AND state IN ('queued', 'attempting') ORDER BY id");
        self.all("reading the journal", &sql, [account.0], entry_from)
    }

    /// The lines of one action, oldest first.
    pub fn action(&self, action: ActionId) -> Result<Vec<JournalEntry>, StoreError> {
        let sql = format!("{ENTRY} WHERE action_id = ?1 ORDER BY id");
        self.all("reading the journal", &sql, [action.0], entry_from)
    }

    pub fn pending_for(&self, email: EmailId) -> Result<PendingFor, StoreError> {
        let found = self.one(
            "looking what the server has still to hear",
            "SELECT coalesce(max(keywords), 0), coalesce(max(place), 0) FROM operation_email WHERE email_id = ?1",
            [email.0],
            |row| Ok(PendingFor { keywords: row.get(0)?, place: row.get(1)? }),
        )?;
        Ok(found.unwrap_or_default())
    }
}

impl Writing<'_> {
    /// A new number for one thing that the person did.
    pub fn new_action(&mut self) -> Result<ActionId, StoreError> {
        let id = self.insert(
            "writing the journal",
            "INSERT INTO action (created_at) VALUES (?1)",
            [now()],
        )?;
        Ok(ActionId(id))
    }

    /// Writes a line. Its operation is applied to the cache in the same transaction, by whoever calls this.
    pub fn journal(&mut self, new: &NewEntry) -> Result<OperationId, StoreError> {
        let doing = "writing the journal";
        let id = self.insert(
            doing,
            "INSERT INTO operation (action_id, account_id, operation, inverse, state, retry_at, created_at)
             VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6)",
            params![
                new.action.0,
                new.account.0,
                json(&new.operation).doing(doing)?,
                json(&new.inverse).doing(doing)?,
                word(&new.state).doing(doing)?,
                now(),
            ],
        )?;
        if new.state.is_open() {
            self.mark_pending(OperationId(id), &new.operation)?;
        }
        Ok(OperationId(id))
    }

    /// Moves a line on. Each [`OperationState::Attempting`] is one more attempt.
    pub fn set_operation_state(
        &mut self,
        operation: OperationId,
        state: OperationState,
        reason: Option<&str>,
    ) -> Result<(), StoreError> {
        let doing = "writing the journal";
        let sql = format!("{ENTRY} WHERE id = ?1");
        let before = self
            .one(doing, &sql, [operation.0], entry_from)?
            .ok_or(StoreError::NoSuch {
                what: "operation",
                id: operation.0,
            })?;
        self.run(
            doing,
            "UPDATE operation SET state = ?2, reason = ?3, attempts = attempts + ?4 WHERE id = ?1",
            params![
                operation.0,
                word(&state).doing(doing)?,
                reason,
                state == OperationState::Attempting
            ],
        )?;
        if !state.is_open() {
            self.run(
                doing,
                "DELETE FROM operation_email WHERE operation_id = ?1",
                [operation.0],
            )?;
        } else if !before.state.is_open() {
            self.mark_pending(operation, &before.operation)?;
        }
        Ok(())
    }

    /// Queues a line again, for later.
    pub fn postpone(&mut self, operation: OperationId, retry_at: Timestamp) -> Result<(), StoreError> {
        self.set_operation_state(operation, OperationState::Queued, None)?;
        self.run(
            "writing the journal",
            "UPDATE operation SET retry_at = ?2 WHERE id = ?1",
            [operation.0, retry_at],
        )?;
        Ok(())
    }

    /// Forgets lines that are closed and older than this; what is open stays however old it is.
    pub fn forget_old_operations(&mut self, before: Timestamp) -> Result<(), StoreError> {
        for sql in [
            "DELETE FROM operation WHERE created_at < ?1 AND state NOT IN ('queued', 'attempting')",
            "DELETE FROM action WHERE created_at < ?1
             AND NOT EXISTS (SELECT 1 FROM operation WHERE action_id = action.id)",
        ] {
            self.run("forgetting old lines of the journal", sql, [before])?;
        }
        Ok(())
    }

    fn mark_pending(&mut self, id: OperationId, operation: &Operation) -> Result<(), StoreError> {
        let (emails, keywords, place) = match operation {
            Operation::SetKeywords { emails, .. } => (emails, true, false),
            Operation::Move { emails, .. } | Operation::Destroy { emails } => (emails, false, true),
            Operation::CreateMailbox { .. }
            | Operation::RenameMailbox { .. }
            | Operation::DestroyMailbox { .. } => return Ok(()),
        };
        for email in emails {
            self.run(
                "writing the journal",
                "INSERT INTO operation_email (email_id, operation_id, keywords, place) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT DO NOTHING",
                params![email.0, id.0, keywords, place],
            )?;
        }
        Ok(())
    }
}

fn entry_from(row: &Row<'_>) -> rusqlite::Result<JournalEntry> {
    Ok(JournalEntry {
        id: OperationId(row.get(0)?),
        action: ActionId(row.get(1)?),
        account: AccountId(row.get(2)?),
        operation: from_json(row, 3)?,
        inverse: from_json(row, 4)?,
        state: from_word(row, 5)?,
        attempts: row.get(6)?,
        retry_at: row.get(7)?,
        reason: row.get(8)?,
        created_at: row.get(9)?,
    })
}
