//! Accounts after they were added: signed in again, on other servers, managed, with certificates that a person accepted, and
//! taken over from Thunderbird.

mod certificates;
mod leaving;
mod managing;
mod servers;
mod sign_in;
mod thunderbird;

use journeys::{Person, eventually};
use waxwing_model::{Account, Activity, Trouble};

pub type Outcome = Result<(), Box<dyn std::error::Error>>;

pub async fn in_step(person: &Person, account: &Account) {
    eventually("the account to be in step", || async {
        matches!(person.engine.activity(account.id), Activity::UpToDate { .. }).then_some(())
    })
    .await;
}

pub async fn in_trouble(person: &Person, account: &Account) -> Trouble {
    eventually("the account to say what is wrong", || async {
        match person.engine.activity(account.id) {
            Activity::Failed { trouble } => Some(trouble),
            _ => None,
        }
    })
    .await
}
