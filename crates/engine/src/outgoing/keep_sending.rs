//! The outbox of one account for as long as the program runs.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, watch};
use waxwing_model::AccountId;

use crate::clock::now;
use crate::engine::Engine;

/// However far away the next letter's time is, the clock is looked at again after this (it may have been set, or
/// the computer may have slept).
const LONGEST_WAIT: Duration = Duration::from_secs(60);

pub(crate) async fn keep_sending(
    engine: Engine,
    account: AccountId,
    wake: Arc<Notify>,
    mut closing: watch::Receiver<bool>,
) {
    let Ok(known) = engine.account(account).await else {
        return;
    };
    if let Err(error) = engine.doubt_interrupted(&known).await {
        tracing::error!(%error, "the outbox could not be read");
    }
    loop {
        let Ok(known) = engine.account(account).await else {
            return;
        };
        if let Err(error) = engine.deliver_due(&known).await {
            tracing::error!(%error, "the outbox stopped at an error and goes on");
        }
        if *closing.borrow() {
            return;
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
            _ = closing.changed() => return,
        }
    }
}
