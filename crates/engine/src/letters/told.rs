//! What a letter that is a report tells, held against what was sent from here: anybody can write a report about a letter that was never
//! sent. What was reported of a letter that was sent stands with that letter (`store`).

use waxwing_mime::Report;
use waxwing_model::{DeliveryReport, EmailId, Teller};
use waxwing_store::{Reading, SentLetter, StoreError};

/// What a letter reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reporting {
    pub about: About,
    pub lines: Vec<DeliveryReport>,
}

/// The letter that a report is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// One that was sent from here, by its subject.
    Sent(String),
    /// One that nobody sent from here, as far as is known.
    NotSent,
    /// It does not say which.
    Unnamed,
}

/// `sender`: whom the report shows as its own.
pub(super) fn reporting(
    reading: &Reading<'_>,
    email: EmailId,
    report: Report,
    sender: Option<&str>,
) -> Result<Reporting, StoreError> {
    let is_named = report.about.is_some();
    let sent = match &report.about {
        Some(about) => reading.sent_letter(about)?,
        None => None,
    };
    Ok(told(email, report, is_named, sent.as_ref(), sender))
}

fn told(
    email: EmailId,
    report: Report,
    is_named: bool,
    sent: Option<&SentLetter>,
    sender: Option<&str>,
) -> Reporting {
    let lines = report.lines.into_iter();
    Reporting {
        about: match sent {
            Some(sent) => About::Sent(sent.subject.clone()),
            None if is_named => About::NotSent,
            None => About::Unnamed,
        },
        lines: lines
            .map(|line| DeliveryReport {
                email,
                // Of a letter that is not known here nobody knows to whom it went.
                addressed: sent.is_none_or(|sent| sent.went_to(&line.recipient)),
                by: Teller::of(&line, sender),
                line,
            })
            .collect(),
    }
}

impl Reporting {
    /// Whether it matters that somebody vouches for its sender: it shows whoever is said to have read the letter.
    pub(super) fn asks_for_vouching(&self) -> bool {
        self.lines.iter().any(|line| line.by == Teller::InReadersName)
    }

    /// Somebody vouches for its sender.
    pub(super) fn vouched(&mut self) {
        for line in &mut self.lines {
            if line.by == Teller::InReadersName {
                line.by = Teller::Reader;
            }
        }
    }
}
