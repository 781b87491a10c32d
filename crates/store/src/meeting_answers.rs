//! The table `meeting_answer`: what the person has answered to invitations, which is all that is known here of their time.
//! What an invitation looks like is not known here.

use rusqlite::{Row, params};
use waxwing_model::{AccountId, Timestamp};

use crate::{Reading, StoreError, Writing};

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeetingAnswer {
    pub account: AccountId,
    pub uid: String,
    /// The single day of a meeting that repeats; empty: the meeting.
    pub instance: String,
    pub sequence: u32,
    /// `accept`, `tentative` or `decline`.
    pub answer: String,
    pub summary: String,
    pub starts_at: Option<Timestamp>,
    pub ends_at: Option<Timestamp>,
    pub answered_at: Timestamp,
}

const COLUMNS: &str = "account_id, uid, instance, sequence, answer, summary, starts_at, ends_at, answered_at";

impl Reading<'_> {
    pub fn meeting_answer(
        &self,
        account: AccountId,
        uid: &str,
        instance: &str,
    ) -> Result<Option<MeetingAnswer>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM meeting_answer WHERE account_id = ?1 AND uid = ?2 AND instance = ?3"
        );
        self.one(
            "reading what was answered to an invitation",
            &sql,
            params![account.0, uid, instance],
            answer_from,
        )
    }

    /// Other meetings that the person goes to, surely or perhaps, and that take place within this time, of all accounts.
    pub fn meetings_between(
        &self,
        start: Timestamp,
        end: Timestamp,
        but: &str,
    ) -> Result<Vec<MeetingAnswer>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM meeting_answer
             WHERE starts_at < ?2 AND coalesce(ends_at, starts_at + 1) > ?1 AND answer <> 'decline' AND uid <> ?3
             ORDER BY starts_at LIMIT 20"
        );
        self.all(
            "looking for meetings at the same time",
            &sql,
            params![start, end, but],
            answer_from,
        )
    }
}

impl Writing<'_> {
    /// Keeps an answer; it takes the place of the one before.
    pub fn put_meeting_answer(&mut self, answer: &MeetingAnswer) -> Result<(), StoreError> {
        let sql = format!(
            "INSERT INTO meeting_answer ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
             ON CONFLICT DO UPDATE SET sequence = excluded.sequence, answer = excluded.answer,
               summary = excluded.summary, starts_at = excluded.starts_at, ends_at = excluded.ends_at,
               answered_at = excluded.answered_at"
        );
        self.run(
            "keeping what was answered to an invitation",
            &sql,
            params![
                answer.account.0,
                answer.uid,
                answer.instance,
                answer.sequence,
                answer.answer,
                answer.summary,
                answer.starts_at,
                answer.ends_at,
                answer.answered_at
            ],
        )?;
        Ok(())
    }
}

fn answer_from(row: &Row<'_>) -> rusqlite::Result<MeetingAnswer> {
    Ok(MeetingAnswer {
        account: AccountId(row.get(0)?),
        uid: row.get(1)?,
        instance: row.get(2)?,
        sequence: row.get(3)?,
        answer: row.get(4)?,
        summary: row.get(5)?,
        starts_at: row.get(6)?,
        ends_at: row.get(7)?,
        answered_at: row.get(8)?,
    })
}
