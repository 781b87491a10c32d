//! What a synchronisation did, for scripts and benchmarks.

use std::time::Instant;

use waxwing_model::{Account, AccountId, Protocol};
use waxwing_store::Turn;

use crate::accounts::credentials::MustBeOn;
use crate::engine::Engine;
use crate::error::{EngineError, Result};
use crate::indexing::Indexing;
use crate::operations::replay::Replayed;
use crate::sync::{ImapWorker, Step, pop3};

/// How much of each letter is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SyncScope {
    #[default]
    Everything,
    /// IMAP only: POP3 brings whole messages.
    HeadersOnly,
}

/// What one run has brought, and what it cost.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SyncReport {
    /// The account's address.
    pub account: String,
    pub mailboxes: u32,
    /// Messages of the account that stand in the store afterwards.
    pub messages: u32,
    /// Messages that were not there before.
    pub new: u32,
    /// Octets over the wire, both ways, before encryption.
    pub bytes: u64,
    pub round_trips: u64,
    pub milliseconds: u64,
    /// Milliseconds from the sign-in to the first rows of a list, where headers came.
    pub first_rows_milliseconds: Option<u64>,
    /// Round trips from the greeting to the first rows.
    pub first_rows_round_trips: Option<u64>,
    /// Sentences; empty when all went well.
    pub errors: Vec<String>,
}

impl Engine {
    /// Brings one account into step, sends what waits, and returns when nothing is left to do.
    pub async fn sync_once(&self, account: &Account, scope: SyncScope) -> SyncReport {
        let started = Instant::now();
        let indexing = Indexing::start(self);
        let mut report = self.sync_unindexed(account, scope).await;
        indexing.end().await;
        if let Err(error) = self.index_now().await {
            report.errors.push(error.trouble().to_string());
        }
        report.milliseconds = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        report
    }

    /// The same, but what came by the thousand is not in the search index yet.
    pub async fn sync_unindexed(&self, account: &Account, scope: SyncScope) -> SyncReport {
        let started = Instant::now();
        let mut report = SyncReport {
            account: account.email.clone(),
            ..SyncReport::default()
        };
        if let Err(error) = account.must_be_on() {
            report.errors.push(error.trouble().to_string());
            return report;
        }
        if let Err(error) = self.send_what_waits(account).await {
            report.errors.push(error.trouble().to_string());
        }
        let outcome = match account.protocol {
            Protocol::Imap => self.sync_imap(account, scope, &mut report).await,
            Protocol::Pop3 => pop3::sync(self, account, &mut report).await.map(drop),
            Protocol::Local => Ok(()),
        };
        if let Err(error) = outcome {
            report.errors.push(error.trouble().to_string());
        }
        let id = account.id;
        if let Ok(mailboxes) = self.read(move |reading| reading.mailboxes(Some(id))).await {
            report.mailboxes = u32::try_from(mailboxes.len()).unwrap_or(u32::MAX);
            report.messages = mailboxes.iter().map(|mailbox| mailbox.total).sum();
        }
        report.milliseconds = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        report
    }

    /// Where nothing else works on the outbox, a letter that is found as being sent was left so by a crash or a full disk.
    async fn send_what_waits(&self, account: &Account) -> Result<()> {
        if !self.is_running(account.id) {
            self.doubt_interrupted(account).await?;
        }
        self.deliver_due(account).await
    }

    /// Replays the account's journal and does nothing else. What cannot be replayed now stays queued. Gives what the
    /// server refused, in its words.
    pub async fn push_once(&self, account: &Account) -> Result<Vec<String>> {
        if account.protocol != Protocol::Imap {
            return Ok(Vec::new());
        }
        let mut worker = ImapWorker::connect(self, account, SyncScope::HeadersOnly).await?;
        let id = account.id;
        let mut refused = Vec::new();
        loop {
            if worker.place_displaced().await? || worker.fetch_promised().await? {
                continue;
            }
            match self.replay_next(worker.session(), id, Turn::Any).await? {
                Some((_, Replayed::Refused(reason))) => refused.push(reason),
                Some(_) => {}
                None => break,
            }
        }
        worker.leave().await;
        Ok(refused)
    }

    /// Whether a server has yet to hear of something.
    pub async fn has_pending_operations(&self, account: AccountId) -> Result<bool> {
        Ok(self
            .read(move |reading| reading.next_operation(account))
            .await?
            .is_some())
    }

    async fn sync_imap(&self, account: &Account, scope: SyncScope, report: &mut SyncReport) -> Result<()> {
        let mut worker = ImapWorker::connect(self, account, scope).await?;
        let outcome = loop {
            match worker.step().await {
                Ok(Step::Worked) => {}
                Ok(Step::Waiting) => {
                    if let Err(error) = worker.wait_for_bearers().await {
                        break Err(error);
                    }
                }
                Ok(Step::Rested) => break Ok(()),
                Err(error) => break Err::<(), EngineError>(error),
            }
        };
        if let Some(first) = worker.first_rows() {
            report.first_rows_milliseconds = u64::try_from(first.after.as_millis()).ok();
            report.first_rows_round_trips = Some(first.round_trips);
        }
        report.new = worker.new_messages();
        report.errors.extend(worker.take_complaints());
        report.bytes = worker.bytes();
        report.round_trips = worker.round_trips();
        if outcome.is_ok() {
            worker.leave().await;
        }
        outcome
    }
}
