//! An audit as a person asks for it, and what it tells them.

use std::fmt;

use waxwing_model::{Account, MailboxId, Protocol};

use super::report::SyncScope;
use super::{ImapWorker, Step};
use crate::engine::Engine;
use crate::error::{EngineError, Result};

/// What an audit found in one folder. Whatever it counts was put right, unless an error says otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailboxAudit {
    pub mailbox: MailboxId,
    /// Its name on the server.
    pub path: String,
    /// Whether all of the folder was compared. It is not where the server does not open it.
    pub complete: bool,
    /// Messages of the server that were compared.
    pub compared: u32,
    /// Messages that the server has and that were not known here.
    pub missing: u32,
    /// Messages that were known here and that the server does not have.
    pub gone: u32,
    /// Letters that had other marks here.
    pub marks: u32,
    /// Letters whose size was noted wrongly.
    pub sizes: u32,
    /// Letters whose bytes here were not those that the server has.
    pub bodies: u32,
    /// Letters that were shown where they do not belong, or not shown where they do.
    pub places: u32,
    /// Whether the numbers beside the folder's name were wrong.
    pub counts: bool,
}

/// What an audit of an account found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditReport {
    /// The account's address.
    pub account: String,
    pub mailboxes: Vec<MailboxAudit>,
    /// Sentences; empty when all went well.
    pub errors: Vec<String>,
}

impl MailboxAudit {
    pub(super) fn of(mailbox: MailboxId, path: String) -> Self {
        Self {
            mailbox,
            path,
            complete: false,
            compared: 0,
            missing: 0,
            gone: 0,
            marks: 0,
            sizes: 0,
            bodies: 0,
            places: 0,
            counts: false,
        }
    }

    /// Whether nothing had to be put right.
    pub fn is_in_step(&self) -> bool {
        self.repairs().iter().all(|(_, count)| *count == 0)
    }

    fn repairs(&self) -> [(&'static str, u32); 7] {
        [
            ("not known here", self.missing),
            ("gone from the server", self.gone),
            ("with other marks", self.marks),
            ("with another size", self.sizes),
            ("with other bytes", self.bodies),
            ("shown in the wrong place", self.places),
            ("times counted wrongly", u32::from(self.counts)),
        ]
    }
}

impl fmt::Display for MailboxAudit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.complete {
            return write!(f, "{}: could not be compared", self.path);
        }
        write!(f, "{}: {} compared", self.path, self.compared)?;
        if self.is_in_step() {
            return f.write_str(", nothing to put right");
        }
        f.write_str("; put right:")?;
        let found = self.repairs().into_iter().filter(|(_, count)| *count > 0);
        for (at, (what, count)) in found.enumerate() {
            let comma = if at > 0 { "," } else { "" };
            write!(f, "{comma} {count} {what}")?;
        }
        Ok(())
    }
}

impl Engine {
    /// Brings an account into step, compares its folders with the server message by message (or only one of them),
    /// and puts right what differs.
    pub async fn audit(&self, account: &Account, mailbox: Option<MailboxId>) -> Result<AuditReport> {
        if account.protocol != Protocol::Imap {
            return Err(EngineError::Invalid(
                "only an IMAP account has folders on a server to compare with".into(),
            ));
        }
        let mut report = AuditReport {
            account: account.email.clone(),
            ..AuditReport::default()
        };
        let mut worker = ImapWorker::connect(self, account, SyncScope::HeadersOnly).await?;
        let outcome = audit_all(self, account, mailbox, &mut worker, &mut report).await;
        report.errors.extend(worker.take_complaints());
        match outcome {
            Ok(()) => worker.leave().await,
            // What was audited before is in the report, and was put right.
            Err(error) => report.errors.push(error.trouble().to_string()),
        }
        Ok(report)
    }
}

async fn audit_all(
    engine: &Engine,
    account: &Account,
    wanted: Option<MailboxId>,
    worker: &mut ImapWorker,
    report: &mut AuditReport,
) -> Result<()> {
    while worker.step().await? == Step::Worked {}
    let id = account.id;
    let mailboxes = engine.read(move |reading| reading.mailboxes(Some(id))).await?;
    for mailbox in mailboxes {
        let asked_for = wanted.is_none_or(|wanted| wanted == mailbox.id);
        if asked_for && mailbox.selectable {
            report.mailboxes.push(worker.audit(mailbox.id).await?);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_says_what_was_put_right_and_nothing_else() {
        let mut audit = MailboxAudit::of(MailboxId(1), "INBOX".into());
        assert_eq!(audit.to_string(), "INBOX: could not be compared");
        audit.complete = true;
        audit.compared = 12;
        assert_eq!(audit.to_string(), "INBOX: 12 compared, nothing to put right");
        (audit.missing, audit.counts) = (2, true);
        assert_eq!(
            audit.to_string(),
            "INBOX: 12 compared; put right: 2 not known here, 1 times counted wrongly"
        );
    }
}
