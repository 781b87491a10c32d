//! An IMAP account in step for as long as the program runs: connected, or on the way to it.

use std::time::Duration;

use tokio::sync::mpsc;
use waxwing_model::{Account, AccountId, Activity};

use super::backoff::{Backoff, chance};
use super::{Calls, Request, watch};
use crate::clock::now;
use crate::engine::Engine;
use crate::error::{EngineError, Result};
use crate::sync::report::SyncScope;
use crate::sync::{ImapWorker, Step};

/// Folders that nobody watches are looked at this often.
const ROUND: Duration = Duration::from_secs(180);
/// And all of them this often where the server tells of each by itself: it may be silent about a folder that was renamed.
const SELDOM_ROUND: Duration = Duration::from_secs(900);
/// A failure that wants the person is tried again by itself only this seldom, so that no server locks them out.
pub(super) const SELDOM: Duration = Duration::from_secs(1_800);

/// A connection that has lasted this long counts as one that works.
pub(super) const SETTLED: Duration = Duration::from_secs(60);
/// Until a store that cannot be read is asked again.
pub(super) const UNREADABLE: Duration = Duration::from_secs(15);

pub(super) async fn run(
    engine: Engine,
    account: AccountId,
    requests: mpsc::UnboundedSender<Request>,
    mut calls: Calls,
) {
    let mut backoff = Backoff::new(Duration::from_secs(2), Duration::from_secs(300));
    loop {
        let account = match engine.account(account).await {
            Ok(account) => account,
            Err(EngineError::Gone(_)) => return,
            Err(error) => {
                tracing::error!(%error, "the account could not be read");
                tokio::time::sleep(UNREADABLE).await;
                continue;
            }
        };
        super::wait_for_vault(&engine, &account, &mut calls).await;
        let Err(error) = connected(&engine, &account, &requests, &mut calls, &mut backoff).await else {
            continue;
        };
        tracing::info!(account = %account.email, %error, "the connection ended");
        let hopeful = engine.tell_failure(&account, &error);
        let wait = if hopeful { backoff.next(chance()) } else { SELDOM };
        pause(&mut calls, wait, hopeful).await;
    }
}

/// Waits, or until the person wants something of the server. Where it is not hopeful only an explicit wish counts:
/// each letter that is opened would be one more failed sign-in.
async fn pause(calls: &mut Calls, wait: Duration, hopeful: bool) {
    let until = tokio::time::Instant::now() + wait;
    loop {
        tokio::select! {
            () = tokio::time::sleep_until(until) => return,
            request = calls.requests.recv() => match request {
                Some(Request::Body { reply, .. }) => {
                    let _ = reply.send(Err(EngineError::NotHere));
                    if !hopeful {
                        continue;
                    }
                    // Somebody wants to read: worth a try right away, but not one a keystroke.
                    tokio::time::sleep(Duration::from_secs(1)).await;
                    return;
                }
                Some(Request::Sync) | None => return,
                Some(Request::LookAt(_) | Request::Changed(_) | Request::FoldersChanged) => {}
            },
        }
    }
}

/// Works until the connection ends, which is always an error.
async fn connected(
    engine: &Engine,
    account: &Account,
    requests: &mpsc::UnboundedSender<Request>,
    calls: &mut Calls,
    backoff: &mut Backoff,
) -> Result<()> {
    engine.set_activity(account.id, Activity::Connecting);
    let mut worker = ImapWorker::connect(engine, account, SyncScope::Everything).await?;
    let since = tokio::time::Instant::now();
    let watch = watch::start(
        engine,
        account,
        requests.clone(),
        worker.session().capabilities().idle,
    );
    let mut last_round = tokio::time::Instant::now();
    loop {
        while let Ok(request) = calls.requests.try_recv() {
            serve(&mut worker, request).await?;
        }
        let step = worker.step().await?;
        // A sign-in alone is no success: a server that hangs up at the same command each time is not to be asked
        // without a pause.
        if step == Step::Rested || since.elapsed() > SETTLED {
            backoff.succeeded();
        }
        if step == Step::Worked {
            continue;
        }
        for complaint in worker.take_complaints() {
            tracing::warn!(account = %account.email, complaint, "a folder was passed over");
        }
        engine.set_activity(account.id, Activity::UpToDate { checked_at: now() });
        // One folder at a time, and only when nobody waits for anything.
        if worker.audit_due().await?.is_some() {
            continue;
        }
        let round = if watch.covers_everything() {
            SELDOM_ROUND
        } else {
            ROUND
        };
        tokio::select! {
            () = calls.wake.notified() => {}
            request = calls.requests.recv() => match request {
                Some(request) => serve(&mut worker, request).await?,
                None => return Err(EngineError::Closing),
            },
            () = tokio::time::sleep_until(last_round + round) => {
                worker.look_at_all();
                last_round = tokio::time::Instant::now();
            }
        }
    }
}

async fn serve(worker: &mut ImapWorker, request: Request) -> Result<()> {
    match request {
        Request::Body { email, reply } => match worker.fetch_body(email).await {
            Err(error @ EngineError::Remote(_)) if error.is_transient() => {
                let _ = reply.send(Err(EngineError::NotHere));
                return Err(error);
            }
            outcome => {
                let _ = reply.send(outcome);
            }
        },
        Request::LookAt(mailbox) => worker.look_at(mailbox),
        Request::Changed(mailbox) => worker.look_at_later(mailbox),
        Request::Sync | Request::FoldersChanged => worker.look_at_all(),
    }
    Ok(())
}
