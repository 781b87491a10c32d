//! A POP3 account looked at from time to time. The maildrop is locked while a session is open (RFC 1939,
//! section 3), so sessions are short.

use std::collections::HashSet;
use std::time::Duration;

use waxwing_model::{Account, AccountId, Activity, Trouble, TroubleKind};
use waxwing_remote::{RemoteError, Wait};

use super::backoff::{Backoff, chance};
use super::imap::{SELDOM, UNREADABLE};
use super::network::{lively, pulse};
use super::{Calls, Hope, Request, round};
use crate::clock::now;
use crate::engine::Engine;
use crate::error::EngineError;
use crate::sync::pop3;

const ROUND: Duration = Duration::from_secs(300);

pub(super) async fn run(engine: Engine, account: AccountId, mut calls: Calls) {
    let mut backoff = Backoff::new(Duration::from_secs(5), Duration::from_secs(600));
    let mut asked = false;
    let mut told: HashSet<String> = HashSet::new();
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
        if account.paused && !asked {
            engine.set_activity(account.id, Activity::Paused { waiting: 0 });
            asked = pause(&engine, account.id, &mut calls, ROUND, Hope::None).await;
            continue;
        }
        super::wait_for_vault(&engine, &account, &mut calls).await;
        let hope;
        calls.network.mark_unchanged();
        let wait = match lively(&mut calls.network, pop3::check(&engine, &account)).await {
            Ok(seen) => {
                hope = Hope::Offline;
                backoff.succeeded();
                for complaint in seen.complaints {
                    // It is met again at each look, and need not be told each time.
                    if told.insert(complaint.clone()) {
                        engine.tell(Some(account.id), Trouble::new(TroubleKind::Refused, complaint));
                    }
                }
                let round =
                    round(&account, ROUND).max(Duration::from_secs(seen.login_delay.unwrap_or(0).into()));
                if account.paused { Duration::ZERO } else { round }
            }
            Err(error) => {
                tracing::info!(account = %account.email, %error, "the maildrop could not be read");
                let (met, wait) = tell_failure(&engine, &account, &error, &mut backoff);
                hope = met;
                wait
            }
        };
        asked = pause(&engine, account.id, &mut calls, wait, hope).await;
        if asked {
            backoff.encouraged();
        }
    }
}

/// Tells why there was no mail, and gives how long to wait.
fn tell_failure(
    engine: &Engine,
    account: &Account,
    error: &EngineError,
    backoff: &mut Backoff,
) -> (Hope, Duration) {
    if let EngineError::Remote(RemoteError::Temporary { wait, .. }) = error {
        let usual = backoff.next(chance());
        let wait = match wait {
            Wait::LoginDelay { seconds } => {
                seconds.map_or(ROUND, |seconds| Duration::from_secs(seconds.into()))
            }
            Wait::InUse | Wait::AWhile => usual,
        };
        let milliseconds = i64::try_from(wait.as_millis()).unwrap_or(i64::MAX);
        engine.set_activity(
            account.id,
            Activity::Waiting {
                trouble: error.trouble(),
                until: now().saturating_add(milliseconds),
            },
        );
        return (Hope::None, wait);
    }
    let hope = engine.tell_failure(account, error, backoff);
    let wait = match hope {
        Hope::None => SELDOM,
        Hope::Offline | Hope::Told => backoff.next(chance()),
    };
    (hope, wait)
}

/// Waits, or until the person asks, the network changes, or a letter is wanted whole elsewhere (then it gives `true`). What
/// else a person does to POP3 mail is done on this computer and wakes nobody.
async fn pause(engine: &Engine, account: AccountId, calls: &mut Calls, wait: Duration, hope: Hope) -> bool {
    let until = tokio::time::Instant::now() + wait;
    loop {
        tokio::select! {
            () = tokio::time::sleep_until(until) => return false,
            () = pulse(&mut calls.network), if hope != Hope::None => return true,
            () = calls.wake.notified() => {
                let promised = engine.read(move |reading| reading.bodies_promised(account)).await;
                if promised.is_ok_and(|promised| !promised.is_empty()) {
                    return true;
                }
            }
            request = calls.requests.recv() => match request {
                Some(Request::Sync) => return true,
                // Nobody can ask any more: the task is about to be ended.
                None => std::future::pending().await,
                Some(Request::Body { reply, .. }) => {
                    let _ = reply.send(Err(EngineError::Gone("the letter")));
                }
                Some(Request::LookAt(_) | Request::Changed(_) | Request::FoldersChanged) => {}
            },
        }
    }
}
