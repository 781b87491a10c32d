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
    /// `None`: not known, called off, or one is free meanwhile.
    pub starts_at: Option<Timestamp>,
    /// Of what repeats the end of the last time; `None` beside a start: it never ends.
    pub ends_at: Option<Timestamp>,
    pub answered_at: Timestamp,
    /// When it takes place each time, as a calendar file; empty: not known beyond `starts_at`.
    pub calendar: String,
}

const COLUMNS: &str =
    "account_id, uid, instance, sequence, answer, summary, starts_at, ends_at, answered_at, calendar";
/// Meetings that may take place within a time, and answers to one meeting, that are told.
const MEETING_LIMIT: i64 = 1_000;

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

    /// All that was answered to a meeting: to what repeats first, then to its single days.
    pub fn meeting_answers_of(
        &self,
        account: AccountId,
        uid: &str,
    ) -> Result<Vec<MeetingAnswer>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM meeting_answer WHERE account_id = ?1 AND uid = ?2 ORDER BY instance LIMIT ?3"
        );
        self.all(
            "reading all that was answered to a meeting",
            &sql,
            params![account.0, uid, MEETING_LIMIT],
            answer_from,
        )
    }

    /// Other meetings that the person goes to, surely or perhaps, of all accounts, whose first time begins before the end of
    /// this time and whose last one ends after its beginning. Whether what repeats takes place within it is not known here.
    pub fn meetings_between(
        &self,
        start: Timestamp,
        end: Timestamp,
        but: &str,
    ) -> Result<Vec<MeetingAnswer>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM meeting_answer
             WHERE starts_at < ?2 AND (ends_at IS NULL OR ends_at > ?1) AND answer <> 'decline' AND uid <> ?3
             ORDER BY starts_at LIMIT ?4"
        );
        self.all(
            "looking for meetings at the same time",
            &sql,
            params![start, end, but, MEETING_LIMIT],
            answer_from,
        )
    }
}

impl Writing<'_> {
    /// Keeps an answer; it takes the place of the one before.
    pub fn put_meeting_answer(&mut self, answer: &MeetingAnswer) -> Result<(), StoreError> {
        let sql = format!(
            "INSERT INTO meeting_answer ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
             ON CONFLICT DO UPDATE SET sequence = excluded.sequence, answer = excluded.answer,
               summary = excluded.summary, starts_at = excluded.starts_at, ends_at = excluded.ends_at,
               answered_at = excluded.answered_at, calendar = excluded.calendar"
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
                answer.answered_at,
                answer.calendar
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
        calendar: row.get(9)?,
    })
}
