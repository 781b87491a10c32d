//! A POP3 account looked at from time to time. The maildrop is locked while a session is open (RFC 1939,
//! section 3), so sessions are short.

use std::time::Duration;

use waxwing_model::{AccountId, Activity};

use super::backoff::{Backoff, chance};
use super::imap::{SELDOM, UNREADABLE};
use super::network::{lively, pulse};
use super::{Calls, Hope, Request};
use crate::engine::Engine;
use crate::error::EngineError;
use crate::sync::pop3;

const ROUND: Duration = Duration::from_secs(300);

pub(super) async fn run(engine: Engine, account: AccountId, mut calls: Calls) {
    let mut backoff = Backoff::new(Duration::from_secs(5), Duration::from_secs(600));
    let mut asked = false;
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
            asked = pause(&mut calls, ROUND, Hope::None).await;
            continue;
        }
        super::wait_for_vault(&engine, &account, &mut calls).await;
        let hope;
        calls.network.mark_unchanged();
        let wait = match lively(&mut calls.network, pop3::check(&engine, &account)).await {
            Ok(()) => {
                hope = Hope::Offline;
                backoff.succeeded();
                if account.paused { Duration::ZERO } else { ROUND }
            }
            Err(error) => {
                tracing::info!(account = %account.email, %error, "the maildrop could not be read");
                hope = engine.tell_failure(&account, &error, &mut backoff);
                match hope {
                    Hope::None => SELDOM,
                    Hope::Offline | Hope::Told => backoff.next(chance()),
                }
            }
        };
        asked = pause(&mut calls, wait, hope).await;
        if asked {
            backoff.encouraged();
        }
    }
}

/// Waits, or until the person asks or the network changes (then it gives `true`). What a person does to POP3 mail is done
/// on this computer and wakes nobody.
async fn pause(calls: &mut Calls, wait: Duration, hope: Hope) -> bool {
    let until = tokio::time::Instant::now() + wait;
    loop {
        tokio::select! {
            () = tokio::time::sleep_until(until) => return false,
            () = pulse(&mut calls.network), if hope != Hope::None => return true,
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
