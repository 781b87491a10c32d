//! The table `submission`: letters on their way out, with every byte that will be sent. When and how they are
//! sent is the engine's.

use rusqlite::{Row, params};
use waxwing_model::{
    AccountId, Address, Change, CopyState, DraftId, DraftOrigin, Envelope, IdentityId, SendWishes,
    Submission, SubmissionId, SubmissionState, Timestamp, Trouble, TroubleKind,
};

use crate::column::{from_json, from_json_of, from_word_of, json, json_of};
use crate::error::Doing;
use crate::parcels::{Owner, Parcel};
use crate::query::now;
use crate::submission_wishes::HELD_BACK;
use crate::{Reading, StoreError, Writing};

/// A letter that goes into the outbox.
#[derive(Debug, Clone)]
pub struct NewSubmission {
    pub account: AccountId,
    pub message_id: String,
    pub subject: String,
    pub recipients: Vec<Address>,
    pub envelope: Envelope,
    /// Every byte, as it will be sent.
    pub raw: Parcel,
    pub answers: Option<DraftOrigin>,
    pub send_at: Timestamp,
    /// The draft it was written in. It leaves the drafts in the same transaction, and comes back if the letter
    /// is taken back.
    pub draft: Option<DraftId>,
    pub wishes: SendWishes,
}

const SUBMISSION: &str =
    "SELECT id, account_id, message_id, subject, recipients, envelope, answers, state, words,
    permanent, copy_filed, attempts, created_at, send_at, identity_id, notices, encryption, hold_until, holder,
    searched FROM submission LEFT JOIN submission_wish ON submission_id = id";

/// Those that are to be tried when their moment comes: a failure that is not permanent is tried again.
pub(crate) const TO_BE_TRIED: &str = "(state = 'waiting' OR (state = 'failed' AND permanent = 0))";

/// The pause before a failed letter is due again, for whoever does not say another: half a minute, doubled with
/// each attempt up to an hour. Without it a server that refuses at once would be asked without end.
const PAUSE: Timestamp = 30_000;
const LONGEST_PAUSE: Timestamp = 3_600_000;

impl Reading<'_> {
    /// The whole outbox with what was sent, newest first.
    pub fn submissions(&self) -> Result<Vec<Submission>, StoreError> {
        let sql = format!("{SUBMISSION} ORDER BY created_at DESC, id DESC");
        let mut all = self.all("reading the outbox", &sql, [], submission_from)?;
        for submission in &mut all {
            submission.reports = self.reports_about(submission.account, &submission.message_id)?;
        }
        Ok(all)
    }

    pub fn submission(&self, submission: SubmissionId) -> Result<Option<Submission>, StoreError> {
        let sql = format!("{SUBMISSION} WHERE id = ?1");
        let mut found = self.one("reading the outbox", &sql, [submission.0], submission_from)?;
        if let Some(submission) = &mut found {
            submission.reports = self.reports_about(submission.account, &submission.message_id)?;
        }
        Ok(found)
    }

    /// Letters whose moment has come, the one that waited longest first, without those that would overtake another to
    /// one of the same people. No pause after a failure is longer than
    /// `LONGEST_PAUSE`: a moment beyond that is of a clock that was set back since.
    pub fn due_submissions(
        &self,
        account: AccountId,
        now: Timestamp,
    ) -> Result<Vec<SubmissionId>, StoreError> {
        let sql = format!(
            "SELECT id FROM submission WHERE account_id = ?1 AND {TO_BE_TRIED}
               AND (send_at <= ?2 OR (state = 'failed' AND send_at > ?2 + {LONGEST_PAUSE}))
               AND NOT {HELD_BACK}
             ORDER BY CASE state WHEN 'failed' THEN min(created_at, send_at) ELSE send_at END, id"
        );
        self.all("looking for letters to send", &sql, [account.0, now], |row| {
            row.get(0).map(SubmissionId)
        })
    }

    /// Letters that were being handed over when the program ended.
    pub fn sending_submissions(&self, account: AccountId) -> Result<Vec<SubmissionId>, StoreError> {
        self.all(
            "looking for letters that were being sent",
            "SELECT id FROM submission WHERE account_id = ?1 AND state = 'sending' ORDER BY id",
            [account.0],
            |row| row.get(0).map(SubmissionId),
        )
    }

    /// The moment at which the next letter is due; it may have passed.
    pub fn next_due(&self, account: AccountId) -> Result<Option<Timestamp>, StoreError> {
        let sql = format!(
            "SELECT min(send_at) FROM submission WHERE account_id = ?1 AND {TO_BE_TRIED} AND NOT {HELD_BACK}"
        );
        Ok(self
            .one("looking for letters to send", &sql, [account.0], |row| row.get(0))?
            .flatten())
    }

    /// Every byte of the letter.
    pub fn submission_raw(&self, submission: SubmissionId) -> Result<Option<Parcel>, StoreError> {
        let sql = "SELECT raw FROM submission WHERE id = ?1";
        let found = self.one("reading a letter to send", sql, [submission.0], |row| row.get(0))?;
        found
            .map(|raw| self.parcel(Owner::Submission(submission.0), raw))
            .transpose()
    }

    /// Letters that were sent, whose copy does not stand in Sent yet and is not in a pause, oldest first.
    pub fn copies_due(&self, account: AccountId) -> Result<Vec<SubmissionId>, StoreError> {
        self.all(
            "looking for copies to file",
            "SELECT id FROM submission LEFT JOIN submission_wish ON submission_id = id
             WHERE account_id = ?1 AND state = 'sent' AND copy_filed = 0 AND coalesce(copy_after, 0) <= ?2
             ORDER BY id",
            [account.0, now()],
            |row| row.get(0).map(SubmissionId),
        )
    }
}

impl Writing<'_> {
    /// Puts a letter into the outbox and its draft out of the drafts.
    pub fn insert_submission(&mut self, new: &NewSubmission) -> Result<SubmissionId, StoreError> {
        let doing = "putting a letter into the outbox";
        let id = self.insert(
            doing,
            "INSERT INTO submission (account_id, message_id, subject, recipients, envelope, answers, state,
               created_at, send_at, raw)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'waiting', ?7, ?8, ?9)",
            params![
                new.account.0,
                new.message_id,
                new.subject,
                json(&new.recipients).doing(doing)?,
                json(&new.envelope).doing(doing)?,
                json_of(new.answers.as_ref()).doing(doing)?,
                now(),
                new.send_at,
                new.raw.in_the_row(),
            ],
        )?;
        self.put_parcel(Owner::Submission(id), &new.raw)?;
        if let Some(draft) = new.draft {
            let sql = "UPDATE draft SET held_by = ?2 WHERE id = ?1 AND held_by IS NULL";
            self.change("draft", draft.0, doing, sql, [draft.0, id])?;
            self.note(Change::Drafts);
        }
        self.put_wishes(SubmissionId(id), &new.wishes)?;
        self.note(Change::Outbox);
        Ok(SubmissionId(id))
    }

    /// Moves a letter on. Each [`SubmissionState::Sending`] is one more attempt. What is sent needs its draft no
    /// more.
    pub fn set_submission_state(
        &mut self,
        submission: SubmissionId,
        state: &SubmissionState,
    ) -> Result<(), StoreError> {
        let doing = "moving a letter on in the outbox";
        let (word, words, permanent) = match state {
            SubmissionState::Waiting => ("waiting", None, false),
            SubmissionState::Sending => ("sending", None, false),
            SubmissionState::Sent { reply } => ("sent", Some(reply.clone()), false),
            SubmissionState::Failed { trouble, permanent } => {
                ("failed", Some(json(trouble).doing(doing)?), *permanent)
            }
            SubmissionState::Unknown => ("unknown", None, false),
        };
        let before = self.submission(submission)?.ok_or(StoreError::NoSuch {
            what: "letter in the outbox",
            id: submission.0,
        })?;
        self.run(
            doing,
            "UPDATE submission SET state = ?2, words = ?3, permanent = ?4, attempts = attempts + ?5
             WHERE id = ?1",
            params![
                submission.0,
                word,
                words,
                permanent,
                *state == SubmissionState::Sending
            ],
        )?;
        match state {
            SubmissionState::Failed { permanent: false, .. } => {
                let doublings = before.attempts.saturating_sub(1).min(10);
                let pause = (PAUSE << doublings).min(LONGEST_PAUSE);
                let sql = "UPDATE submission SET send_at = max(send_at, ?2) WHERE id = ?1";
                self.run(doing, sql, [submission.0, now().saturating_add(pause)])?;
            }
            SubmissionState::Sent { .. } => {
                self.run(doing, "DELETE FROM draft WHERE held_by = ?1", [submission.0])?;
                self.letter_has_gone(submission)?;
            }
            _ => {}
        }
        self.note(Change::Outbox);
        Ok(())
    }

    /// No copy will be filed. The outbox keeps the letter, since it stands nowhere else.
    pub fn give_up_copy(&mut self, submission: SubmissionId) -> Result<(), StoreError> {
        self.change(
            "letter in the outbox",
            submission.0,
            "noting that there is no copy",
            "UPDATE submission SET copy_filed = 1 WHERE id = ?1",
            [submission.0],
        )?;
        self.note(Change::Outbox);
        Ok(())
    }

    pub fn set_copy_state(&mut self, submission: SubmissionId, copy: CopyState) -> Result<(), StoreError> {
        self.change(
            "letter in the outbox",
            submission.0,
            "noting that a copy is filed",
            "UPDATE submission SET copy_filed = ?2 WHERE id = ?1",
            params![submission.0, copy == CopyState::Filed],
        )?;
        // From then on the letter stands in Sent, and nobody needs its bytes here.
        self.run(
            "noting that a copy is filed",
            "UPDATE submission SET raw = x'' WHERE id = ?1 AND state = 'sent' AND copy_filed = 1",
            [submission.0],
        )?;
        self.remove_parcel_of_sent(submission.0)?;
        self.note(Change::Outbox);
        Ok(())
    }

    /// Takes a letter back out of the outbox and gives back the draft it was written in. A letter that is being
    /// sent or was sent is [`StoreError::TooLate`].
    pub fn cancel_submission(&mut self, submission: SubmissionId) -> Result<Option<DraftId>, StoreError> {
        let doing = "taking a letter back";
        let sql = "SELECT id FROM draft WHERE held_by = ?1";
        let draft = self.one(doing, sql, [submission.0], |row| row.get(0).map(DraftId))?;
        if let Some(draft) = draft {
            // Before its submission goes, or it would go with it.
            self.run(
                doing,
                "UPDATE draft SET held_by = NULL, updated_at = ?2 WHERE id = ?1",
                [draft.0, now()],
            )?;
        }
        let sql = "DELETE FROM submission WHERE id = ?1 AND state IN ('waiting', 'failed', 'unknown')";
        let removed = self.run(doing, sql, [submission.0])?;
        self.known_and_in_time(submission, removed)?;
        self.letter_has_not_gone(submission)?;
        self.note(Change::Outbox);
        if draft.is_some() {
            self.note(Change::Drafts);
        }
        Ok(draft)
    }

    /// Removes a letter from the outbox with all that belongs to it; nothing comes back.
    pub fn remove_submission(&mut self, submission: SubmissionId) -> Result<(), StoreError> {
        let sql = "DELETE FROM submission WHERE id = ?1";
        self.change(
            "letter in the outbox",
            submission.0,
            "clearing the outbox",
            sql,
            [submission.0],
        )?;
        self.letter_has_not_gone(submission)?;
        self.note(Change::Outbox);
        Ok(())
    }

    /// Takes letters off the list that were sent long ago and stand in Sent.
    pub fn forget_sent_before(&mut self, moment: Timestamp) -> Result<(), StoreError> {
        let sql = "DELETE FROM submission WHERE state = 'sent' AND copy_filed = 1 AND max(created_at, send_at) < ?1";
        if self.run("clearing the outbox", sql, [moment])? > 0 {
            self.note(Change::Outbox);
        }
        Ok(())
    }

    pub(crate) fn known_and_in_time(
        &self,
        submission: SubmissionId,
        changed: usize,
    ) -> Result<(), StoreError> {
        match (changed, self.submission(submission)?) {
            (0, Some(_)) => Err(StoreError::TooLate),
            (0, None) => Err(StoreError::NoSuch {
                what: "letter in the outbox",
                id: submission.0,
            }),
            _ => Ok(()),
        }
    }
}

/// A failure stands as JSON. Once there were only words, and nobody knew whose.
fn trouble_from(words: String) -> Trouble {
    serde_json::from_str(&words).unwrap_or_else(|_| {
        Trouble::new(TroubleKind::Refused, "The letter could not be sent.").with_detail(words)
    })
}

fn submission_from(row: &Row<'_>) -> rusqlite::Result<Submission> {
    let words = || row.get::<_, Option<String>>(8).map(Option::unwrap_or_default);
    let state: String = row.get(7)?;
    let state = match state.as_str() {
        "waiting" => SubmissionState::Waiting,
        "sending" => SubmissionState::Sending,
        "sent" => SubmissionState::Sent { reply: words()? },
        "failed" => SubmissionState::Failed {
            trouble: trouble_from(words()?),
            permanent: row.get(9)?,
        },
        // The schema allows no other word.
        _ => SubmissionState::Unknown,
    };
    Ok(Submission {
        id: SubmissionId(row.get(0)?),
        account: AccountId(row.get(1)?),
        message_id: row.get(2)?,
        subject: row.get(3)?,
        recipients: from_json(row, 4)?,
        envelope: from_json(row, 5)?,
        answers: from_json_of(row, 6)?,
        state,
        copy: if row.get(10)? {
            CopyState::Filed
        } else {
            CopyState::Due
        },
        attempts: row.get(11)?,
        created_at: row.get(12)?,
        send_at: row.get(13)?,
        wishes: SendWishes {
            identity: row.get::<_, Option<i64>>(14)?.map(IdentityId),
            notices: row.get::<_, Option<bool>>(15)?.unwrap_or(false),
            encryption: row.get::<_, Option<bool>>(16)?.unwrap_or(false),
            hold_until: row.get(17)?,
        },
        holder: from_word_of(row, 18)?,
        searched: row.get::<_, Option<bool>>(19)?.unwrap_or(false),
        reports: Vec::new(),
    })
}
