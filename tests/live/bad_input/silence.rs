//! Servers that fall silent, at each step of each protocol: the same cases as for the other misbehaviours, all at once,
//! since each of them waits. Real time-outs are minutes; in this process no silence is borne for longer than some seconds.

use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;
use waxwing_engine::bear_at_most;
use waxwing_model::Protocol;
use waxwing_testkit::{PEOPLE, Stage};

use super::doors::{Misbehaviour, Spoiled};
use super::{Outcome, imap, pop3, smtp};

/// Long enough for a busy machine, on which the other tests run meanwhile.
const SILENCE: Duration = Duration::from_secs(10);

#[tokio::test(flavor = "multi_thread")]
async fn a_silent_imap_server_is_left_with_a_sentence_at_every_step_and_nothing_is_lost() -> Outcome {
    bear_at_most(SILENCE);
    let stage = Arc::new(Stage::start()?);
    let mut people = PEOPLE.into_iter();
    let mut cases = JoinSet::new();
    for (step, heard) in imap::READING {
        let spoiled = Spoiled::start(&stage, people.next().ok_or("a person")?, Protocol::Imap).await?;
        cases.spawn(async move {
            imap::reading(&spoiled, step, heard, Misbehaviour::Nothing)
                .await
                .map(|_| ())
        });
    }
    for (step, heard) in imap::CHANGING {
        let spoiled = Spoiled::start(&stage, people.next().ok_or("a person")?, Protocol::Imap).await?;
        cases.spawn(async move { imap::changing(&spoiled, step, heard, Misbehaviour::Nothing).await });
    }
    let spoiled = Spoiled::start(&stage, people.next().ok_or("a person")?, Protocol::Imap).await?;
    cases.spawn(async move { imap::copying(&spoiled, Misbehaviour::Nothing).await });
    all(cases).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_silent_maildrop_is_left_with_a_sentence_at_every_step_and_its_letters_come_once() -> Outcome {
    bear_at_most(SILENCE);
    let stage = Arc::new(Stage::start()?);
    let mut cases = JoinSet::new();
    for ((step, heard), who) in pop3::STEPS.into_iter().zip(PEOPLE) {
        let spoiled = Spoiled::start(&stage, who, Protocol::Pop3).await?;
        cases.spawn(async move { pop3::looking(&spoiled, step, heard, Misbehaviour::Nothing).await });
    }
    all(cases).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_silent_smtp_server_gets_no_letter_twice() -> Outcome {
    bear_at_most(SILENCE);
    let stage = Arc::new(Stage::start()?);
    let mut cases = JoinSet::new();
    for (step, heard) in smtp::STEPS {
        let stage = Arc::clone(&stage);
        cases.spawn(async move {
            let lena = journeys::Person::new().await;
            smtp::sending(&lena, &stage, step, heard, smtp::Misbehaviour::Nothing).await
        });
    }
    all(cases).await
}

async fn all(mut cases: JoinSet<Outcome>) -> Outcome {
    while let Some(case) = cases.join_next().await {
        case??;
    }
    Ok(())
}
