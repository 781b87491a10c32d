//! An IMAP account in step for as long as the program runs: connected, or on the way to it.

use std::collections::HashSet;
use std::time::Duration;

use tokio::sync::mpsc;
use waxwing_model::{Account, AccountId, Activity, Trouble, TroubleKind};
use waxwing_remote::RemoteError;

use super::backoff::{Backoff, chance};
use super::network::{PROOF, lively, pulse};
use super::{Calls, Hope, Request, round, watch};
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
    let mut asked = false;
    let mut told = HashSet::new();
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
        // What happens to the network from now on is news to this try.
        calls.network.mark_unchanged();
        if backoff.is_fresh() || asked {
            engine.set_activity(account.id, Activity::Connecting);
        }
        let Err(error) = connected(&engine, &account, &requests, &mut calls, &mut backoff, &mut told).await
        else {
            continue;
        };
        tracing::info!(account = %account.email, %error, "the connection ended");
        let hope = engine.tell_failure(&account, &error, &mut backoff);
        let wait = match hope {
            Hope::None => SELDOM,
            Hope::Offline | Hope::Told => backoff.next(chance()),
        };
        let end = pause(&mut calls, wait, hope).await;
        asked = end == PauseEnd::Asked;
        if end != PauseEnd::Over {
            backoff.encouraged();
        }
    }
}

/// Why a pause ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PauseEnd {
    Over,
    /// The person wants something.
    Asked,
    /// The network came back, or is another one.
    Network,
}

/// Waits, or until the person wants something of the server, or the network changes. Where there is no hope only an
/// explicit wish counts: each letter that is opened would be one more failed sign-in.
async fn pause(calls: &mut Calls, wait: Duration, hope: Hope) -> PauseEnd {
    let until = tokio::time::Instant::now() + wait;
    loop {
        tokio::select! {
            () = tokio::time::sleep_until(until) => return PauseEnd::Over,
            () = pulse(&mut calls.network), if hope != Hope::None => return PauseEnd::Network,
            request = calls.requests.recv() => match request {
                Some(Request::Body { reply, .. }) => {
                    let _ = reply.send(Err(EngineError::NotHere));
                    if hope == Hope::None {
                        continue;
                    }
                    // Somebody wants to read: worth a try right away, but not one a keystroke.
                    tokio::time::sleep(Duration::from_secs(1)).await;
                    return PauseEnd::Over;
                }
                Some(Request::Sync) | None => return PauseEnd::Asked,
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
    told: &mut HashSet<String>,
) -> Result<()> {
    let connecting = ImapWorker::connect(engine, account, SyncScope::Everything);
    let mut worker = lively(&mut calls.network, connecting).await?;
    let since = tokio::time::Instant::now();
    let mut looked_after = *calls.network.borrow();
    let watch = watch::start(
        engine,
        account,
        requests.clone(),
        worker.session().capabilities().idle,
        calls.network.clone(),
    );
    let mut last_round = tokio::time::Instant::now();
    loop {
        // Who has slept has missed something, and may have lost this connection, whatever it was at when that was noticed.
        let pulse_now = *calls.network.borrow_and_update();
        if std::mem::replace(&mut looked_after, pulse_now) != pulse_now {
            probe(&mut worker).await?;
            worker.look_at_all();
        }
        while let Ok(request) = calls.requests.try_recv() {
            lively(&mut calls.network, serve(&mut worker, request)).await?;
        }
        let step = lively(&mut calls.network, worker.step()).await?;
        // A sign-in alone is no success: a server that hangs up at the same command each time is not to be asked
        // without a pause.
        if step == Step::Rested || since.elapsed() > SETTLED {
            backoff.succeeded();
        }
        if step == Step::Worked {
            continue;
        }
        tell_complaints(engine, account, worker.take_complaints(), told);
        if step == Step::Rested {
            engine.set_activity(account.id, worker.at_rest().await?);
            // One folder at a time, and only when nobody waits for anything.
            if !worker.is_paused() && lively(&mut calls.network, worker.audit_due()).await?.is_some() {
                continue;
            }
        }
        if looked_after != *calls.network.borrow() {
            continue;
        }
        let round = if watch.covers_everything() {
            SELDOM_ROUND
        } else {
            round(account, ROUND)
        };
        tokio::select! {
            () = calls.wake.notified() => {}
            ended = worker.wait_for_bearers() => ended?,
            request = calls.requests.recv() => match request {
                Some(request) => lively(&mut calls.network, serve(&mut worker, request)).await?,
                None => return Err(EngineError::Closing),
            },
            () = pulse(&mut calls.network) => {}
            () = tokio::time::sleep_until(last_round + round) => {
                worker.look_at_all();
                last_round = tokio::time::Instant::now();
            }
        }
    }
}

/// A connection from before the computer slept, or from another network, has to answer soon.
async fn probe(worker: &mut ImapWorker) -> Result<()> {
    let asked = worker.session().noop();
    match tokio::time::timeout(PROOF, asked).await {
        Ok(answer) => Ok(answer.map(drop)?),
        Err(_) => Err(RemoteError::timed_out("asking whether the connection still stands").into()),
    }
}

async fn serve(worker: &mut ImapWorker, request: Request) -> Result<()> {
    match request {
        Request::Body { email, wanted, reply } => match worker.fetch(email, wanted).await {
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

/// Tells what the server refuses of folders, which are passed over: an empty list would look like an empty folder. It is met again at
/// each look and told once, whatever the server adds to it each time.
fn tell_complaints(engine: &Engine, account: &Account, complaints: Vec<String>, told: &mut HashSet<String>) {
    let mut news = complaints.into_iter().filter(|complaint| {
        tracing::warn!(account = %account.email, complaint, "a folder was passed over");
        let (what, _reply) = complaint.split_once(" (").unwrap_or((complaint, ""));
        told.insert(what.to_owned())
    });
    let Some(first) = news.next() else { return };
    let sentence = match news.count() {
        0 => first,
        1 => format!("{first} It refused one more."),
        more => format!("{first} It refused {more} more."),
    };
    engine.tell(Some(account.id), Trouble::new(TroubleKind::Refused, sentence));
}
