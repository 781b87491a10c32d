//! The tables `action`, `operation` and `operation_email`: the journal of what the person did. What an operation
//! does to the cache and to the server is the engine's.

use rusqlite::{Row, params};
use serde::{Deserialize, Serialize};
use waxwing_model::{AccountId, ActionId, EmailId, Operation, OperationId, Original, Timestamp};

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

/// Which lines may be taken up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// All but uploads that were never tried: they can wait, and there may be thousands.
    Pressing,
    Any,
}

/// An upload that was never tried. Its kind stands first in its JSON.
const FRESH_UPLOAD: &str = r#"(attempts = 0 AND substr(operation, 1, 16) = '{"kind":"upload"')"#;

/// No line waits longer than this: a moment beyond that is of a clock that was set back since.
const LONGEST_WAIT: Timestamp = 3_600_000;

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

    /// The oldest line that is open, whose time has come, and before which nothing has to happen to the same letters.
    /// A line that waits holds up only those that touch the same letters. One about a letter that lost its number in this
    /// account and was not looked for yet is not ready: it would pass for a letter that the server does not have.
    pub fn ready_operation(
        &self,
        account: AccountId,
        now: Timestamp,
        turn: Turn,
    ) -> Result<Option<JournalEntry>, StoreError> {
        let pressing = match turn {
            Turn::Pressing => format!("AND NOT {FRESH_UPLOAD}"),
            Turn::Any => String::new(),
        };
        let sql = format!(
            "{ENTRY} WHERE account_id = ?1 AND state IN ('queued', 'attempting') {pressing}
             AND (retry_at <= ?2 OR retry_at > ?2 + {LONGEST_WAIT})
             AND NOT EXISTS (
               SELECT 1 FROM operation_email AS own
               JOIN operation_email AS other ON other.email_id = own.email_id AND other.operation_id < operation.id
               JOIN operation AS earlier ON earlier.id = other.operation_id AND earlier.account_id = ?1
               WHERE own.operation_id = operation.id)
             AND NOT EXISTS (
               SELECT 1 FROM operation_email AS own
               JOIN displaced ON displaced.email_id = own.email_id
               JOIN mailbox ON mailbox.id = displaced.mailbox_id AND mailbox.account_id = ?1
               WHERE own.operation_id = operation.id)
             ORDER BY id LIMIT 1"
        );
        self.one("reading the journal", &sql, [account.0, now], entry_from)
    }

    /// Open lines that touch a letter, oldest first.
    pub fn operations_on(&self, email: EmailId) -> Result<Vec<JournalEntry>, StoreError> {
        let sql = format!(
            "{ENTRY} WHERE id IN (SELECT operation_id FROM operation_email WHERE email_id = ?1) ORDER BY id"
        );
        self.all("reading the journal", &sql, [email.0], entry_from)
    }

    /// Open lines that touch letters of an account, whichever account's they are; oldest first.
    pub fn operations_touching(&self, account: AccountId) -> Result<Vec<JournalEntry>, StoreError> {
        let sql = format!(
            "{ENTRY} WHERE id IN (
               SELECT operation_id FROM operation_email JOIN email ON email.id = operation_email.email_id
               WHERE email.account_id = ?1) ORDER BY id"
        );
        self.all("reading the journal", &sql, [account.0], entry_from)
    }

    /// Letters of an account that have still to be put on its server.
    pub fn uploads_waiting(&self, account: AccountId) -> Result<u32, StoreError> {
        let found = self.number(
            "counting letters that are to be put on the server",
            r#"SELECT count(*) FROM operation WHERE account_id = ?1 AND state IN ('queued', 'attempting')
               AND substr(operation, 1, 16) = '{"kind":"upload"'"#,
            [account.0],
        )?;
        Ok(u32::try_from(found).unwrap_or(u32::MAX))
    }

    /// Letters of an account whose bytes are not here and are waited for by an open line.
    pub fn bodies_promised(&self, account: AccountId) -> Result<Vec<EmailId>, StoreError> {
        self.all(
            "looking for letters that are waited for",
            "SELECT DISTINCT email.id FROM operation_email JOIN email ON email.id = operation_email.email_id
             JOIN operation ON operation.id = operation_email.operation_id
             WHERE email.account_id = ?1 AND email.has_body = 0
               AND json_extract(operation.operation, '$.kind') = 'copy'
               AND json_extract(operation.operation, '$.original') = email.id
             ORDER BY email.id",
            [account.0],
            |row| row.get(0).map(EmailId),
        )
    }

    /// Whether the server refused another line of the same action with the same words.
    pub fn refused_alike(&self, entry: &JournalEntry, reason: &str) -> Result<bool, StoreError> {
        let found = self.number(
            "reading the journal",
            "SELECT EXISTS (SELECT 1 FROM operation
               WHERE action_id = ?1 AND id <> ?2 AND state = 'refused' AND reason = ?3)",
            params![entry.action.0, entry.id.0, reason],
        )?;
        Ok(found != 0)
    }

    pub fn operation(&self, operation: OperationId) -> Result<Option<JournalEntry>, StoreError> {
        let sql = format!("{ENTRY} WHERE id = ?1");
        self.one("reading the journal", &sql, [operation.0], entry_from)
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
        let before = self.operation(operation)?.ok_or(StoreError::NoSuch {
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
        if state == OperationState::Done {
            self.forget_first_tries(operation)?;
        }
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
        self.delay(operation, retry_at)
    }

    /// Has a line wait in the state that it is in.
    pub fn delay(&mut self, operation: OperationId, retry_at: Timestamp) -> Result<(), StoreError> {
        self.run(
            "writing the journal",
            "UPDATE operation SET retry_at = ?2 WHERE id = ?1",
            [operation.0, retry_at],
        )?;
        Ok(())
    }

    /// A line that waited may be tried now.
    pub fn hasten(&mut self, operation: OperationId) -> Result<(), StoreError> {
        self.delay(operation, 0)
    }

    /// Has an open line do something else.
    pub fn amend(&mut self, id: OperationId, operation: &Operation) -> Result<(), StoreError> {
        let doing = "writing the journal";
        let text = json(operation).doing(doing)?;
        let sql = "UPDATE operation SET operation = ?2 WHERE id = ?1";
        self.run(doing, sql, params![id.0, text])?;
        self.run(
            doing,
            "DELETE FROM operation_email WHERE operation_id = ?1",
            [id.0],
        )?;
        self.mark_pending(id, operation)
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
            Operation::SetKeywords { emails, .. } => (emails.as_slice(), true, false),
            Operation::Move { emails, .. }
            | Operation::Refile { emails, .. }
            | Operation::Destroy { emails, .. } => (emails.as_slice(), false, true),
            Operation::Copy {
                original, copy, then, ..
            } => {
                // The original is the server's as before, unless it is shown here no more.
                self.mark_email(id, *original, false, *then == Original::Goes)?;
                return self.mark_email(id, *copy, true, true);
            }
            Operation::Upload { email, .. } => return self.mark_email(id, *email, true, true),
            Operation::Put { email, replaces, .. } => {
                if let Some(replaces) = replaces {
                    self.mark_email(id, *replaces, false, true)?;
                }
                return self.mark_email(id, *email, true, true);
            }
            Operation::CreateMailbox { .. }
            | Operation::RenameMailbox { .. }
            | Operation::SetSubscribed { .. }
            | Operation::DestroyMailbox { .. }
            | Operation::ClearAway { .. }
            | Operation::TakeOut { .. }
            | Operation::Unite { .. }
            | Operation::Arrange { .. }
            | Operation::Mute { .. } => return Ok(()),
        };
        for email in emails {
            self.mark_email(id, *email, keywords, place)?;
        }
        Ok(())
    }

    fn mark_email(
        &mut self,
        id: OperationId,
        email: EmailId,
        keywords: bool,
        place: bool,
    ) -> Result<(), StoreError> {
        self.run(
            "writing the journal",
            "INSERT INTO operation_email (email_id, operation_id, keywords, place) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT DO NOTHING",
            params![email.0, id.0, keywords, place],
        )?;
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
