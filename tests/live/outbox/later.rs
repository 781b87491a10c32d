//! Letters for later: kept by a server that can (RFC 4865), else by this computer, and the person is told which.

use std::time::{SystemTime, UNIX_EPOCH};

use journeys::{Person, eventually, form, server};
use waxwing_model::{Account, Asks, Authentication, Holder, Protocol, Security, SubmissionState, Timestamp};
use waxwing_testkit::Stage;
use waxwing_testkit::script::{Answer, Script, ScriptedServer};

use super::{Outcome, lena, letter_to, state};

const HOUR: Timestamp = 3_600_000;

fn now() -> Timestamp {
    let passed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(passed.as_millis()).unwrap_or(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_for_later_is_kept_here_where_the_server_does_not_and_goes_at_its_moment() -> Outcome {
    let stage = Stage::start()?;
    let (lena, account) = lena(&stage).await;
    let content = letter_to("jonas", "Later", Asks::default());
    let draft = lena.engine.new_draft(Some(account.id), content).await?;
    let at = now() + 2 * HOUR;
    let id = lena.engine.send_at(draft.id, 0, Some(at)).await?;
    let kept = lena.engine.deliver_now(&account, id).await?;
    assert_eq!(
        (&kept.state, kept.holder),
        (&SubmissionState::Waiting, Some(Holder::Here))
    );
    assert_eq!(kept.send_at, at, "it is due then");
    let again = lena.engine.deliver_now(&account, id).await?;
    assert_eq!(again.state, SubmissionState::Waiting, "and not before");
    lena.engine.retry_submission(id).await?;
    let sent = lena.engine.deliver_now(&account, id).await?;
    assert!(
        matches!(sent.state, SubmissionState::Sent { .. }),
        "unless the person wants it sent now: {:?}",
        sent.state
    );

    // A moment that is near is not worth a question.
    let content = letter_to("jonas", "Soon", Asks::default());
    let draft = lena.engine.new_draft(Some(account.id), content).await?;
    let at = now() + 4_000;
    let id = lena.engine.send_at(draft.id, 0, Some(at)).await?;
    lena.engine.start().await?;
    eventually("the letter to go", || async {
        let sent = state(&lena, id).await.ok()?;
        matches!(sent.state, SubmissionState::Sent { .. }).then_some(())
    })
    .await;
    assert!(now() >= at, "not before its moment");
    lena.engine.stop().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_keeps_letters_gets_it_at_once() -> Outcome {
    let stage = Stage::start()?;
    let smtp = ScriptedServer::start(vec![keeper()]).await?;
    let (lena, account) = by(&stage, smtp.port()).await;
    let content = letter_to("jonas", "Later", Asks::default());
    let draft = lena.engine.new_draft(Some(account.id), content).await?;
    let id = lena.engine.send_at(draft.id, 0, Some(now() + 2 * HOUR)).await?;
    let kept = lena.engine.deliver_now(&account, id).await?;
    assert!(
        matches!(kept.state, SubmissionState::Sent { .. }),
        "{:?}",
        kept.state
    );
    assert_eq!(kept.holder, Some(Holder::Server), "the person is told");
    assert!(
        smtp.heard().iter().any(|line| line.contains(" HOLDUNTIL=")),
        "{:?}",
        smtp.heard()
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_network_this_computer_keeps_it_and_nothing_has_failed() -> Outcome {
    let stage = Stage::start()?;
    let (lena, account) = by(&stage, 9).await;
    let content = letter_to("jonas", "Later", Asks::default());
    let draft = lena.engine.new_draft(Some(account.id), content).await?;
    let id = lena.engine.send_at(draft.id, 60, Some(now() + 2 * HOUR)).await?;
    let kept = lena.engine.deliver_now(&account, id).await?;
    assert_eq!(
        (kept.state, kept.holder),
        (SubmissionState::Waiting, Some(Holder::Here))
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn sending_can_be_undone_for_a_minute_at_most() -> Outcome {
    let stage = Stage::start()?;
    let (lena, account) = lena(&stage).await;
    let content = letter_to("jonas", "Hasty", Asks::default());
    for (wanted, seconds) in [(0, 0), (30, 30), (60, 60), (4_000, 60)] {
        let draft = lena.engine.new_draft(Some(account.id), content.clone()).await?;
        let id = lena.engine.send(draft.id, wanted).await?;
        let waiting = state(&lena, id).await?;
        let pause = waiting.send_at - waiting.created_at;
        assert!((pause - seconds * 1_000).abs() < 1_000, "{wanted}: {pause}");
        let back = lena.engine.undo_send(id).await?.ok_or("it comes back")?;
        assert_eq!(back.content, content, "as it was");
    }
    Ok(())
}

async fn by(stage: &Stage, port: u16) -> (Person, Account) {
    let lena = Person::new().await;
    let mut form = form(stage, "lena", Protocol::Pop3);
    form.outgoing = server(port, Security::Plain, "lena");
    form.outgoing.authentication = Authentication::Plain;
    form.allow_plain = true;
    let account = lena.add_quietly(form).await;
    (lena, account)
}

/// A submission server with FUTURERELEASE.
fn keeper() -> Script {
    let ok = || Answer::say("250 2.0.0 OK");
    Script::new().say("220 localhost ESMTP").serve([
        (
            "EHLO",
            Answer::say("250-localhost\r\n250-8BITMIME\r\n250-FUTURERELEASE 864000 2999-01-01T00:00:00Z\r\n250 AUTH PLAIN LOGIN"),
        ),
        ("AUTH", Answer::say("235 2.7.0 Welcome")),
        ("MAIL FROM", ok()),
        ("RCPT TO", ok()),
        ("DATA", Answer::data("354 Go on", Answer::say("250 2.0.0 Kept"))),
        ("QUIT", Answer::Last("221 2.0.0 Bye".to_owned())),
    ])
}
