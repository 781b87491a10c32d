//! The network goes and comes back, and the computer sleeps and wakes.

use std::time::Duration;

use journeys::{Person, cuts, deliver, eventually, form, form_at};
use waxwing_model::{Activity, Protocol, Role};
use waxwing_testkit::proxy::{Action, Direction, Rule, When};
use waxwing_testkit::{A_SECOND, Dovecot, DovecotOptions, Stage, moments};

use super::switch::Switch;
use super::{Outcome, in_step};

#[tokio::test(flavor = "multi_thread")]
async fn offline_is_told_with_its_first_moment_and_ends_with_the_network() -> Outcome {
    let stage = Stage::start()?;
    let imap = Switch::to(Switch::NOBODY).await?;
    let lena = Person::new().await;
    let mut form = form(&stage, "lena", Protocol::Imap);
    form.incoming.port = imap.port();
    let account = lena.add_quietly(form).await;
    lena.engine.start().await?;
    let mut told = Vec::new();
    // After the fourth try the next one is at least eight seconds away.
    eventually("four tries", || {
        if let Activity::Offline { since } = lena.engine.activity(account.id) {
            told.push(since);
        }
        let tried = imap.connections();
        async move { (tried >= 4).then_some(()) }
    })
    .await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    told.dedup();
    assert_eq!(told.len(), 1, "offline since one moment: {told:?}");
    assert!(
        matches!(lena.engine.activity(account.id), Activity::Offline { since } if since == told[0]),
        "and still"
    );

    deliver(&stage.dovecot, "lena", "Ashore");
    imap.turn(stage.dovecot.imaps());
    let before = imap.connections();
    lena.engine.network_changed();
    // Only the call is counted, and not what a busy machine makes of signing in.
    let next_try = eventually("the next try", || async {
        (imap.connections() > before).then_some(())
    });
    let ((), passed) = moments(next_try).await;
    assert!(
        passed < 7 * A_SECOND,
        "it did not wait for its next try, which was eight seconds away: {passed} moments"
    );
    in_step(&lena, account.id).await;
    eventually("the letter", || lena.letter(Role::Inbox, "Ashore")).await;
    lena.engine.stop().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_that_died_while_the_computer_slept_are_found_at_once_and_replaced() -> Outcome {
    let dovecot = Dovecot::start(&DovecotOptions::default())?;
    let proxy = cuts::proxy(&dovecot).await?;
    let lena = Person::new().await;
    let account = lena.add_quietly(form_at(&dovecot, "lena", proxy.port())).await;
    lena.engine.start().await?;
    in_step(&lena, account.id).await;
    let idling = || String::from_utf8_lossy(&proxy.said(Direction::ToClient)).contains("+ idling");
    eventually("both connections", || async { idling().then_some(()) }).await;

    // What the server says to either of them is lost, and neither of them is told so.
    let acted = proxy.acted();
    proxy.add(Rule::to_client(When::Always, Action::Stall).times(2));
    lena.engine.network_changed();
    let replaced = async {
        eventually("both to be asked", || async {
            (proxy.acted() >= acted + 2).then_some(())
        })
        .await;
        deliver(&dovecot, "lena", "Good morning");
        eventually("the letter", || lena.letter(Role::Inbox, "Good morning")).await;
    };
    let ((), passed) = moments(replaced).await;
    assert!(
        passed < 50 * A_SECOND,
        "a connection that says nothing is borne for a minute otherwise: {passed} moments"
    );
    lena.engine.stop().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_that_survived_are_kept_and_all_is_looked_at() -> Outcome {
    let dovecot = Dovecot::start(&DovecotOptions::default())?;
    let proxy = cuts::proxy(&dovecot).await?;
    let lena = Person::new().await;
    let account = lena.add_quietly(form_at(&dovecot, "lena", proxy.port())).await;
    lena.engine.start().await?;
    in_step(&lena, account.id).await;
    let said = |words: &str| {
        String::from_utf8_lossy(&proxy.said(Direction::ToServer))
            .matches(words)
            .count()
    };
    eventually("both connections", || async {
        (said(" IDLE") >= 1).then_some(())
    })
    .await;
    let connections = proxy.connections();
    // A folder that nobody watches.
    let raw = waxwing_testkit::letters::simple(
        "amara@waxwing.test",
        "lena@waxwing.test",
        "Filed",
        "Good morning.",
    );
    dovecot.deliver("lena", "Archive", &raw)?;
    let asked = || said(" NOOP") + said(" LIST ");
    let before = asked();
    lena.engine.network_changed();
    eventually("the letter", || lena.letter(Role::Archive, "Filed")).await;
    assert!(asked() > before, "the connection was asked");
    assert_eq!(proxy.connections(), connections, "and answered");
    lena.engine.stop().await;
    Ok(())
}
