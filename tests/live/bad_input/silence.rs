//! Servers that fall silent, at each step of each protocol: the same cases as for the other misbehaviours, all at once,
//! since each of them waits. Real time-outs are minutes; in this process no silence is borne for longer than some seconds.

use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;
use waxwing_engine::bear_at_most;
use waxwing_model::{Protocol, Security, TroubleKind};
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

/// Settings that mean another kind of encryption than the port has. A port for TLS says nothing to who does not begin
/// with it, so that this takes the patience of a connection.
#[tokio::test(flavor = "multi_thread")]
async fn encryption_of_the_wrong_kind_has_a_sentence_of_its_own_at_each_door() -> Outcome {
    bear_at_most(SILENCE);
    let stage = Stage::start()?;
    let (dovecot, postfix) = (&stage.dovecot, &stage.postfix);
    let mut cases = JoinSet::new();
    for (protocol, tls, clear) in [
        (Protocol::Imap, dovecot.imaps(), dovecot.imap()),
        (Protocol::Pop3, dovecot.pop3s(), dovecot.pop3()),
        (Protocol::Local, postfix.submissions(), postfix.submission()),
    ] {
        for (port, security, words) in [
            (clear, Security::Tls, "does not begin with encryption"),
            (tls, Security::StartTls, "wants encryption from the first byte"),
            (tls, Security::Plain, "wants encryption from the first byte"),
        ] {
            // What is neither IMAP nor POP3 is sending.
            let mut form = journeys::form(&stage, "lena", protocol);
            form.allow_plain = true;
            let server = journeys::server(port, security, "lena");
            if protocol == Protocol::Local {
                form.protocol = Protocol::Imap;
                form.outgoing = server;
            } else {
                form.incoming = server;
            }
            cases.spawn(async move {
                let lena = journeys::Person::new().await;
                let checked = lena
                    .engine
                    .check_account(&form)
                    .await
                    .map_err(|trouble| trouble.to_string())?;
                let trouble = checked
                    .incoming
                    .outcome
                    .and(checked.outgoing.outcome)
                    .err()
                    .ok_or("it was let in")?;
                let case = format!("{protocol:?} with {security:?} at {port}");
                assert_eq!(trouble.kind, TroubleKind::WrongPort, "{case}: {trouble}");
                assert!(
                    super::sentence::is_a_sentence(&trouble.sentence) && trouble.sentence.contains(words),
                    "{case}: {trouble}"
                );
                assert!(
                    trouble.sentence.contains(&port.to_string()),
                    "{case}: it names the port: {trouble}"
                );
                Ok(())
            });
        }
    }
    all(cases).await
}

async fn all(mut cases: JoinSet<Outcome>) -> Outcome {
    while let Some(case) = cases.join_next().await {
        case??;
    }
    Ok(())
}
