//! Accounts after they were added: signed in again, on other servers, managed, with certificates that a person accepted, and
//! taken over from Thunderbird.

mod certificates;
mod doors;
mod keeper;
mod leaving;
mod managing;
mod servers;
mod sign_in;
mod thunderbird;

use std::time::{Duration, Instant};

use journeys::Person;
use waxwing_model::{Account, Activity, Trouble};

pub type Outcome = Result<(), Box<dyn std::error::Error>>;

/// A sign-in that meets a server while it is restarted may hang until its patience ends, which is longer than `eventually` is.
const PATIENCE: Duration = Duration::from_secs(90);

pub async fn in_step(person: &Person, account: &Account) {
    until(person, account, "to be in step", |activity| {
        matches!(activity, Activity::UpToDate { .. }).then_some(())
    })
    .await;
}

pub async fn in_trouble(person: &Person, account: &Account) -> Trouble {
    until(
        person,
        account,
        "to say what is wrong",
        |activity| match activity {
            Activity::Failed { trouble } => Some(trouble),
            _ => None,
        },
    )
    .await
}

async fn until<T>(person: &Person, account: &Account, what: &str, look: impl Fn(Activity) -> Option<T>) -> T {
    let started = Instant::now();
    loop {
        let activity = person.engine.activity(account.id);
        if let Some(found) = look(activity.clone()) {
            return found;
        }
        assert!(
            started.elapsed() < PATIENCE,
            "waited in vain for the account {what}: {activity:?}"
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
