//! The outbox of one account for as long as the program runs.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, watch};
use waxwing_model::{AccountId, TroubleKind};

use crate::clock::now;
use crate::engine::Engine;
use crate::error::EngineError;
use crate::runner::Pulse;
use crate::runner::network::pulse;

/// However far away the next letter's time is, the clock is looked at again after this (it may have been set, or
/// the computer may have slept).
const LONGEST_WAIT: Duration = Duration::from_secs(60);

const AFTER_AN_ERROR: Duration = Duration::from_secs(15);

/// What another network may mend, by itself and at once: none, and one in which somebody else answered.
const OF_THE_NETWORK: [TroubleKind; 3] = [
    TroubleKind::Unreachable,
    TroubleKind::WrongPort,
    TroubleKind::BadCertificate,
];

/// The ends that an account's outbox holds.
pub(crate) struct Calls {
    /// There is something new to send.
    pub(crate) wake: Arc<Notify>,
    /// The person wants what failed for now tried again at once.
    pub(crate) hurry: Arc<Notify>,
    pub(crate) network: watch::Receiver<Pulse>,
    pub(crate) closing: watch::Receiver<bool>,
}

pub(crate) async fn keep_sending(engine: Engine, account: AccountId, calls: Calls) {
    let Calls {
        wake,
        hurry,
        mut network,
        mut closing,
    } = calls;
    let mut doubtful = true;
    loop {
        let known = match engine.account(account).await {
            Ok(known) => known,
            Err(EngineError::Gone(_)) => return,
            Err(error) => {
                tracing::error!(%error, "the outbox could not be read");
                tokio::select! {
                    () = tokio::time::sleep(AFTER_AN_ERROR) => continue,
                    _ = closing.changed() => return,
                }
            }
        };
        // Found as being sent by nobody: at the start, and after an error in between.
        if doubtful {
            doubtful = engine.doubt_interrupted(&known).await.is_err();
        }
        // Letters wait for the passwords rather than fail for want of them.
        if known.outgoing.is_some() {
            tokio::select! {
                () = engine.vault_open() => {}
                _ = closing.changed() => return,
            }
        }
        let failed = engine.deliver_due(&known).await.is_err();
        doubtful |= failed;
        if *closing.borrow() {
            return;
        }
        if failed {
            // Such as a full disk: the next try would fail in the same way at once.
            tokio::select! {
                () = tokio::time::sleep(AFTER_AN_ERROR) => continue,
                _ = closing.changed() => return,
            }
        }
        let next = engine
            .read(move |reading| reading.next_due(account))
            .await
            .ok()
            .flatten();
        let wait = next.map_or(LONGEST_WAIT, |due| {
            Duration::from_millis(u64::try_from(due - now()).unwrap_or(0))
                .clamp(Duration::from_millis(20), LONGEST_WAIT)
        });
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            () = wake.notified() => {}
            () = hurry.notified() => hasten(&engine, account, &[]).await,
            () = pulse(&mut network) => hasten(&engine, account, &OF_THE_NETWORK).await,
            _ = closing.changed() => return,
        }
    }
}

/// Ends the pauses of letters that failed for now: of all, or of those that failed so.
async fn hasten(engine: &Engine, account: AccountId, kinds: &'static [TroubleKind]) {
    let hastened = engine
        .write(move |writing| writing.hasten_submissions(account, kinds))
        .await;
    if let Err(error) = hastened {
        tracing::error!(%error, "the outbox could not be hurried");
    }
}
