//! When a letter in the outbox is tried again: at another moment, at once since what kept it has passed, or after all.

use rusqlite::params;
use waxwing_model::{AccountId, Change, SubmissionId, SubmissionState, Timestamp, TroubleKind};

use crate::column::json;
use crate::error::Doing;
use crate::query::now;
use crate::submissions::TO_BE_TRIED;
use crate::{StoreError, Writing};

impl Writing<'_> {
    /// Sets another moment. A letter that waited for the person (it failed for good, or may have been sent) is
    /// waiting to be sent again; the words of a passing failure stay until the next try.
    pub fn reschedule(&mut self, submission: SubmissionId, send_at: Timestamp) -> Result<(), StoreError> {
        let sql = format!(
            "UPDATE submission SET send_at = ?2,
               state = CASE WHEN {TO_BE_TRIED} THEN state ELSE 'waiting' END,
               words = CASE WHEN {TO_BE_TRIED} THEN words END,
               permanent = 0
             WHERE id = ?1 AND state IN ('waiting', 'failed', 'unknown')"
        );
        let changed = self.run("rescheduling a letter", &sql, [submission.0, send_at])?;
        self.known_and_in_time(submission, changed)?;
        self.note(Change::Outbox);
        Ok(())
    }

    /// The pause of letters that failed for now is over; of those that failed in one of these ways, if any is named.
    pub fn hasten_submissions(
        &mut self,
        account: AccountId,
        kinds: &[TroubleKind],
    ) -> Result<(), StoreError> {
        let doing = "looking for letters to send";
        let named = json(kinds).doing(doing)?;
        let sql = "UPDATE submission SET send_at = ?2
             WHERE account_id = ?1 AND state = 'failed' AND permanent = 0 AND send_at > ?2
               AND (json_array_length(?3) = 0 OR json_valid(words)
                 AND json_extract(words, '$.kind') IN (SELECT value FROM json_each(?3)))";
        if self.run(doing, sql, params![account.0, now(), named])? > 0 {
            self.note(Change::Outbox);
        }
        Ok(())
    }

    /// Letters that were given up in one of these ways are tried again: what kept them is mended.
    pub fn revive_submissions(
        &mut self,
        account: AccountId,
        kinds: &[TroubleKind],
    ) -> Result<(), StoreError> {
        let doing = "looking for letters to send";
        let named = json(kinds).doing(doing)?;
        let given_up = self.all(
            doing,
            "SELECT id FROM submission WHERE account_id = ?1 AND state = 'failed' AND json_valid(words)
               AND json_extract(words, '$.kind') IN (SELECT value FROM json_each(?2))",
            params![account.0, named],
            |row| row.get(0).map(SubmissionId),
        )?;
        for submission in given_up {
            self.set_submission_state(submission, &SubmissionState::Waiting)?;
            self.reschedule(submission, now())?;
        }
        Ok(())
    }
}
