//! The table `submission_wish`: what is wished of some letters on their way out, and what is known of them beyond their
//! state.

use rusqlite::params;
use waxwing_model::{AccountId, Change, Holder, IdentityId, SendWishes, SubmissionId, Timestamp};

use crate::column::word;
use crate::error::Doing;
use crate::{Reading, StoreError, Writing};

/// The first pause of a copy that could not be filed, doubled with each try up to six hours.
const COPY_PAUSE: Timestamp = 60_000;
const LONGEST_COPY_PAUSE: Timestamp = 6 * 3_600_000;

impl Reading<'_> {
    /// Letters of which it is not known whether they were sent, and for which Sent has not been searched.
    pub fn unsearched_submissions(&self, account: AccountId) -> Result<Vec<SubmissionId>, StoreError> {
        self.all(
            "looking for letters that may have been sent",
            "SELECT id FROM submission WHERE account_id = ?1 AND state = 'unknown' AND NOT EXISTS
               (SELECT 1 FROM submission_wish WHERE submission_id = submission.id AND searched = 1)
             ORDER BY id",
            [account.0],
            |row| row.get(0).map(SubmissionId),
        )
    }

    /// How often a letter's copy was begun to be filed.
    pub fn copy_tries(&self, submission: SubmissionId) -> Result<u32, StoreError> {
        let sql = "SELECT copy_tries FROM submission_wish WHERE submission_id = ?1";
        let found = self.one("looking for copies to file", sql, [submission.0], |row| {
            row.get(0)
        })?;
        Ok(found.unwrap_or(0))
    }

    /// How many letters that have not been sent are written as this identity.
    pub fn submissions_as(&self, identity: IdentityId) -> Result<i64, StoreError> {
        self.number(
            "looking for letters of an identity",
            "SELECT count(*) FROM submission JOIN submission_wish ON submission_id = submission.id
             WHERE identity_id = ?1 AND state <> 'sent'",
            [identity.0],
        )
    }

    /// Whether an older letter to one of the same people has failed for now, or is just going: letters to one person
    /// keep their order.
    pub fn is_held_back(&self, submission: SubmissionId) -> Result<bool, StoreError> {
        let sql = format!("SELECT 1 FROM submission WHERE id = ?1 AND {HELD_BACK}");
        let doing = "looking for letters to send";
        Ok(self.one(doing, &sql, [submission.0], |_| Ok(()))?.is_some())
    }
}

/// A condition on `submission`. A letter by another server waits for nobody's trouble with this one, and none waits for
/// one that has been tried for hours.
pub(crate) const HELD_BACK: &str = "EXISTS (
    SELECT 1 FROM submission AS older, json_each(older.envelope, '$.to') AS theirs
    WHERE older.account_id = submission.account_id AND older.id < submission.id
      AND older.state IN ('sending', 'failed')
      AND (older.state = 'sending' OR (older.permanent = 0 AND older.attempts < 8))
      AND coalesce((SELECT identity_id FROM submission_wish WHERE submission_id = older.id), 0)
        = coalesce((SELECT identity_id FROM submission_wish WHERE submission_id = submission.id), 0)
      AND lower(theirs.value) IN (SELECT lower(value) FROM json_each(submission.envelope, '$.to')))";

impl Writing<'_> {
    pub(crate) fn put_wishes(
        &mut self,
        submission: SubmissionId,
        wishes: &SendWishes,
    ) -> Result<(), StoreError> {
        if *wishes == SendWishes::default() {
            return Ok(());
        }
        self.run(
            "keeping what is wished of a letter",
            "INSERT INTO submission_wish (submission_id, identity_id, notices, encryption, hold_until, copy_after)
             VALUES (?1, ?2, ?3, ?4, ?5, ?5)",
            params![
                submission.0,
                wishes.identity.map(|identity| identity.0),
                wishes.notices,
                wishes.encryption,
                wishes.hold_until
            ],
        )?;
        Ok(())
    }

    /// Who keeps a letter until the moment that the person chose.
    pub fn set_holder(&mut self, submission: SubmissionId, holder: Holder) -> Result<(), StoreError> {
        let doing = "noting who keeps a letter";
        let sql = "UPDATE submission_wish SET holder = ?2 WHERE submission_id = ?1";
        self.run(doing, sql, params![submission.0, word(&holder).doing(doing)?])?;
        self.note(Change::Outbox);
        Ok(())
    }

    /// The letter goes as soon as it can.
    pub fn forget_hold(&mut self, submission: SubmissionId) -> Result<(), StoreError> {
        let sql = "UPDATE submission_wish SET hold_until = NULL, holder = NULL, copy_after = NULL
             WHERE submission_id = ?1";
        self.run("sending a letter sooner", sql, [submission.0])?;
        self.note(Change::Outbox);
        Ok(())
    }

    /// Sent was searched for a letter that may have been sent, in vain (or not since it was tried anew).
    pub fn set_searched(&mut self, submission: SubmissionId, searched: bool) -> Result<(), StoreError> {
        self.run(
            "noting that Sent was searched",
            "INSERT INTO submission_wish (submission_id, searched) VALUES (?1, ?2)
             ON CONFLICT (submission_id) DO UPDATE SET searched = excluded.searched",
            params![submission.0, searched],
        )?;
        self.note(Change::Outbox);
        Ok(())
    }

    /// A letter's copy is about to be filed.
    pub fn begin_copy(&mut self, submission: SubmissionId) -> Result<(), StoreError> {
        self.run(
            "noting that a copy is filed",
            "INSERT INTO submission_wish (submission_id, copy_tries) VALUES (?1, 1)
             ON CONFLICT (submission_id) DO UPDATE SET copy_tries = copy_tries + 1",
            [submission.0],
        )?;
        Ok(())
    }

    /// The server does not take the copy now. It is due again after a pause, longer each time.
    pub fn postpone_copy(&mut self, submission: SubmissionId, now: Timestamp) -> Result<(), StoreError> {
        let doublings = self.copy_tries(submission)?.saturating_sub(1).min(12);
        let pause = (COPY_PAUSE << doublings).min(LONGEST_COPY_PAUSE);
        self.run(
            "putting a copy off",
            "UPDATE submission_wish SET copy_after = ?2 WHERE submission_id = ?1",
            params![submission.0, now.saturating_add(pause)],
        )?;
        Ok(())
    }
}
