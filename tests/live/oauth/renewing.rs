//! Tokens that are made fresh: ahead of their end, once for all connections, when a server refuses one, with rotation, and when
//! there is no way to the provider.

use std::time::Duration;

use journeys::{Person, deliver, eventually};
use waxwing_engine::SyncScope;
use waxwing_model::{Account, Protocol, Role};
use waxwing_testkit::provider::{Mood, ProviderOptions};
use waxwing_testkit::web::Page;
use waxwing_testkit::{address, letters};

use super::Outcome;
use super::world::{World, in_step, sent};

/// One look at the account, which has to go well.
async fn look(person: &Person, account: &Account) {
    let report = person.engine.sync_once(account, SyncScope::Everything).await;
    assert!(report.errors.is_empty(), "{:?}", report.errors);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_made_fresh_ahead_of_its_end_by_one_connection_for_all() -> Outcome {
    let options = ProviderOptions {
        rotates: true,
        ..ProviderOptions::default()
    };
    let world = World::open(options).await?;
    let lena = world.person().await?;
    let account = world.add_quietly(&lena, "lena").await?;
    look(&lena, &account).await;
    assert_eq!(world.provider.heard().refreshes, 0, "it is young");

    // One that lives shortly is due a fifth of its time before its end. However late all look: it is due then, once for all.
    world.provider.set_lifetime(Duration::from_secs(5));
    world.provider.forget_access();
    look(&lena, &account).await;
    let before = world.provider.heard().refreshes;
    assert!(before > 0, "another one came");
    tokio::time::sleep(Duration::from_millis(4_200)).await;
    world.provider.set_lifetime(Duration::from_secs(3_600));
    world
        .provider
        .expect_moods([Mood::AnswersLate(Duration::from_millis(500))]);
    deliver(&world.stage.dovecot, "lena", "While all look");
    let one = || look(&lena, &account);
    tokio::join!(one(), one(), one(), one());
    assert_eq!(
        world.provider.heard().refreshes,
        before + 1,
        "one asks, and all others wait for it"
    );

    // Mail that comes and goes by the token that has rotated, also after the program was closed.
    let lena = lena.restart().await;
    world.surround(&lena)?;
    world.provider.forget_access();
    let raw = letters::simple(&address("lena"), &address("jonas"), "With a fresh one", "Hello.");
    let letter = lena.engine.send_message(&account, raw).await?;
    look(&lena, &account).await;
    sent(&lena, letter).await;
    assert_eq!(
        world.provider.heard().refreshes,
        before + 2,
        "a token that a server refused is made fresh once, whoever was refused"
    );
    eventually("the letter", || lena.letter(Role::Inbox, "While all look")).await;
    lena.engine.stop().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_whose_token_ends_goes_on_with_another_and_the_person_hears_nothing() -> Outcome {
    let world = World::open(ProviderOptions::default()).await?;
    let (lena, amara) = (world.person().await?, world.person().await?);
    let account = world.add(&lena, "lena", Protocol::Imap).await?;
    let maildrop = world.add(&amara, "amara", Protocol::Pop3).await?;
    in_step(&lena, &account).await;
    in_step(&amara, &maildrop).await;

    world.provider.forget_access();
    world.stage.dovecot.restart()?;
    world.stage.postfix.restart()?;
    for name in ["lena", "amara"] {
        deliver(&world.stage.dovecot, name, "Afterwards");
    }
    amara.engine.sync_now(None);
    eventually("the letter at Lena's", || lena.letter(Role::Inbox, "Afterwards")).await;
    eventually("the letter at Amara's", || {
        amara.engine.sync_now(None);
        amara.letter(Role::Inbox, "Afterwards")
    })
    .await;
    in_step(&lena, &account).await;
    assert_eq!(world.provider.heard().refreshes, 2, "one each");
    lena.engine.stop().await;
    amara.engine.stop().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_is_away_is_waited_for_like_any_server() -> Outcome {
    let world = World::open(ProviderOptions::default()).await?;
    let lena = world.person().await?;
    let account = world.add_quietly(&lena, "lena").await?;
    world.provider.forget_access();
    world.provider.expect_moods([
        Mood::Says(Page::Status(503)),
        Mood::Says(Page::Json(
            400,
            r#"{"error":"temporarily_unavailable"}"#.to_owned(),
        )),
    ]);
    for _ in 0..2 {
        let report = lena.engine.sync_once(&account, SyncScope::Everything).await;
        assert!(!report.errors.is_empty(), "there is no token for now");
    }
    look(&lena, &account).await;
    assert_eq!(world.provider.heard().refreshes, 3);
    lena.engine.stop().await;
    Ok(())
}
