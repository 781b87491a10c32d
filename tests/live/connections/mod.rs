//! Connections that come, go and fall silent: what the person is told, and how soon all is well again.

mod between;
mod neighbours;
mod outbox;
mod switch;
mod waking;

type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

use journeys::{Person, eventually};
use waxwing_model::{AccountId, Activity};

/// Waits until the account is in step.
async fn in_step(person: &Person, account: AccountId) {
    eventually("the account to be in step", || async {
        matches!(person.engine.activity(account), Activity::UpToDate { .. }).then_some(())
    })
    .await;
}
