//! The table `delivery_report`: what servers and readers have said of letters that were sent. What a report looks like is
//! not known here.

use rusqlite::params;
use waxwing_model::{AccountId, Change, DeliveryReport, EmailId, ReportLine, Teller};

use crate::column::{from_word, word};
use crate::error::Doing;
use crate::{Reading, StoreError, Writing};

/// What was found in a letter that is a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundReport {
    /// The Message-ID of the letter that was sent.
    pub about: String,
    pub lines: Vec<ReportLine>,
}

impl Reading<'_> {
    /// What was reported of a letter, newest first. Of one that was not sent from here nothing is: anybody can write a report, about any
    /// letter whose name they know.
    pub fn reports_about(
        &self,
        account: AccountId,
        message_id: &str,
    ) -> Result<Vec<DeliveryReport>, StoreError> {
        let lines: Vec<(EmailId, ReportLine)> = self.all(
            "reading what was reported of a letter",
            "SELECT email_id, recipient, fate, words FROM delivery_report
             WHERE account_id = ?1 AND message_id = ?2 ORDER BY id DESC",
            params![account.0, message_id],
            |row| {
                let line = ReportLine {
                    recipient: row.get(1)?,
                    fate: from_word(row, 2)?,
                    words: row.get(3)?,
                };
                Ok((EmailId(row.get(0)?), line))
            },
        )?;
        if lines.is_empty() {
            return Ok(Vec::new());
        }
        let Some(sent) = self.sent_letter(message_id)? else {
            return Ok(Vec::new());
        };
        lines
            .into_iter()
            .map(|(email, line)| {
                let report = self.email(email)?;
                let sender = report.as_ref().and_then(|report| report.from.first());
                Ok(DeliveryReport {
                    email,
                    addressed: sent.went_to(&line.recipient),
                    by: Teller::of(&line, sender.map(|sender| sender.email.as_str())),
                    line,
                })
            })
            .collect()
    }
}

impl Writing<'_> {
    /// Keeps what a letter reports of one that was sent. What is about a letter that is not here is nothing
    /// to us; whether one that is here was sent from here is looked at when it is told.
    pub(crate) fn put_report(&mut self, email: EmailId, report: &FoundReport) -> Result<(), StoreError> {
        let doing = "keeping what was reported of a letter";
        let mut kept = 0;
        for line in &report.lines {
            kept += self.run(
                doing,
                "INSERT INTO delivery_report (account_id, message_id, email_id, recipient, fate, words)
                 SELECT account_id, ?2, id, ?3, ?4, ?5 FROM email WHERE id = ?1
                   AND (EXISTS (SELECT 1 FROM submission WHERE message_id = ?2)
                     OR EXISTS (SELECT 1 FROM email AS sent
                       WHERE sent.account_id = email.account_id AND sent.message_id = ?2 AND sent.id <> ?1))
                 ON CONFLICT (email_id, recipient) DO UPDATE SET fate = excluded.fate, words = excluded.words",
                params![
                    email.0,
                    report.about,
                    line.recipient,
                    word(&line.fate).doing(doing)?,
                    line.words
                ],
            )?;
        }
        if kept > 0 {
            self.note(Change::Outbox);
        }
        Ok(())
    }
}
