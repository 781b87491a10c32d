//! The table `delivery_report`: what servers and readers have said of letters that were sent. What a report looks like is
//! not known here.

use rusqlite::params;
use waxwing_model::{AccountId, Change, DeliveryReport, EmailId, ReportLine};

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
    /// What was reported of a letter, newest first.
    pub fn reports_about(
        &self,
        account: AccountId,
        message_id: &str,
    ) -> Result<Vec<DeliveryReport>, StoreError> {
        self.all(
            "reading what was reported of a letter",
            "SELECT email_id, recipient, fate, words FROM delivery_report
             WHERE account_id = ?1 AND message_id = ?2 ORDER BY id DESC",
            params![account.0, message_id],
            |row| {
                Ok(DeliveryReport {
                    email: EmailId(row.get(0)?),
                    line: ReportLine {
                        recipient: row.get(1)?,
                        fate: from_word(row, 2)?,
                        words: row.get(3)?,
                    },
                })
            },
        )
    }

    /// The letter of one's own that a report is about, if it is here.
    pub fn reported_letter(&self, report: EmailId) -> Result<Option<EmailId>, StoreError> {
        self.one(
            "looking for the letter that a report is about",
            "SELECT email.id FROM delivery_report
             JOIN email ON email.account_id = delivery_report.account_id
               AND email.message_id = delivery_report.message_id
             WHERE delivery_report.email_id = ?1 ORDER BY email.id LIMIT 1",
            [report.0],
            |row| row.get(0).map(EmailId),
        )
    }
}

impl Writing<'_> {
    /// Keeps what a letter reports of one that was sent. Only letters that were sent from here have such names, so what
    /// is about another is nothing to us.
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
