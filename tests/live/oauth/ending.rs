//! A sign-in that counts no longer: one trouble, no further question to the provider, and everything goes on after the person has
//! signed in again. So it is too where the program was killed before it could write down what the provider gave it last.

use std::process::Command;
use std::time::Duration;

use journeys::{Lone, Person, Room, deliver, eventually};
use waxwing_engine::discovery::Surroundings;
use waxwing_engine::{Passwords, SyncScope, Trying};
use waxwing_model::{Protocol, Role, SubmissionState, TroubleKind};
use waxwing_testkit::provider::{Mood, ProviderOptions};
use waxwing_testkit::{PASSWORD, address, letters};

use super::Outcome;
use super::world::{World, in_step, in_trouble, sent};

#[tokio::test(flavor = "multi_thread")]
async fn what_was_taken_back_is_told_once_asked_about_no_more_and_healed_by_signing_in_again() -> Outcome {
    let world = World::open(ProviderOptions::default()).await?;
    let lena = world.person().await?;
    let account = world.add(&lena, "lena", Protocol::Imap).await?;
    in_step(&lena, &account).await;

    world.provider.revoke(&address("lena"));
    world.stage.dovecot.restart()?;
    world.stage.postfix.restart()?;
    let trouble = in_trouble(&lena, &account).await;
    assert_eq!(trouble.kind, TroubleKind::SignInEnded, "{trouble}");
    assert!(trouble.sentence.contains("Sign in again"), "{trouble}");
    let raw = letters::simple(&address("lena"), &address("jonas"), "Waiting", "Hello.");
    let letter = lena.engine.send_message(&account, raw).await?;
    eventually("the letter to wait for the person", || async {
        let state = lena.engine.submission(letter).await.ok()?.state;
        matches!(&state, SubmissionState::Failed { trouble, .. } if trouble.kind == TroubleKind::SignInEnded)
            .then_some(())
    })
    .await;

    // Whatever is done, nobody asks the provider again: neither now nor when the program is opened next.
    for _ in 0..3 {
        lena.engine.sync_now(None);
        in_trouble(&lena, &account).await;
    }
    let lena = lena.restart().await;
    world.surround(&lena)?;
    lena.engine.start().await?;
    let trouble = in_trouble(&lena, &account).await;
    assert_eq!(trouble.kind, TroubleKind::SignInEnded, "{trouble}");
    assert_eq!(world.provider.heard().refreshes, 1, "one refusal is enough");
    deliver(&world.stage.dovecot, "lena", "Meanwhile");

    world.sign_in_again(&lena, &account).await?;
    in_step(&lena, &account).await;
    eventually("the letter that came meanwhile", || {
        lena.letter(Role::Inbox, "Meanwhile")
    })
    .await;
    sent(&lena, letter).await;
    assert_eq!(world.provider.heard().refreshes, 1);
    lena.engine.stop().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_refuses_fresh_tokens_is_no_loop() -> Outcome {
    let world = World::open(ProviderOptions::default()).await?;
    let lena = world.person().await?;
    let account = world.add(&lena, "lena", Protocol::Imap).await?;
    in_step(&lena, &account).await;
    world.provider.disown_all(true);
    world.stage.dovecot.restart()?;
    let trouble = in_trouble(&lena, &account).await;
    assert_eq!(trouble.kind, TroubleKind::SignInEnded, "{trouble}");
    for _ in 0..5 {
        let report = lena.engine.sync_once(&account, SyncScope::Everything).await;
        assert!(!report.errors.is_empty(), "the server is not content");
    }
    assert_eq!(
        world.provider.heard().refreshes,
        1,
        "one fresh token, and no more"
    );

    world.provider.disown_all(false);
    lena.engine.sync_now(None);
    in_step(&lena, &account).await;
    assert_eq!(
        world.provider.heard().refreshes,
        1,
        "and it is still good when the server thinks better of it"
    );
    lena.engine.stop().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_before_the_rotated_token_was_written_it_is_one_sign_in() -> Outcome {
    let options = ProviderOptions {
        rotates: true,
        ..ProviderOptions::default()
    };
    let world = World::open(options).await?;
    let folder = tempfile::tempdir()?;
    let profile = folder.path().join("profile");
    std::fs::create_dir(&profile)?;
    let surroundings = folder.path().join("surroundings.json");
    std::fs::write(&surroundings, &world.surroundings)?;
    let lena = Person::at(&profile).await;
    world.surround(&lena)?;
    let account = world.add_quietly(&lena, "lena").await?;
    lena.engine.stop().await;
    drop(lena);

    world.provider.forget_access();
    world.provider.expect_moods([Mood::NeverAnswers]);
    let program = env!("CARGO_BIN_EXE_lone-engine");
    let mut lone = Lone::start(program, &profile, Room::OnThisDisk);
    lone.ask(&format!("surroundings {}", surroundings.display()));
    let id = lone.id();
    let looking = tokio::task::spawn_blocking(move || lone.try_ask("sync"));
    eventually("the provider to have rotated", || async {
        (world.provider.heard().refreshes == 1).then_some(())
    })
    .await;
    let killed = Command::new("kill").args(["-9", &id.to_string()]).status()?;
    assert!(killed.success());
    assert_eq!(looking.await?, None, "it was killed while it waited");

    let lena = Person::at(&profile).await;
    world.surround(&lena)?;
    lena.engine.start().await?;
    let trouble = in_trouble(&lena, &account).await;
    assert_eq!(trouble.kind, TroubleKind::SignInEnded, "{trouble}");
    assert_eq!(world.provider.heard().refreshes, 2, "the old one was tried once");
    world.sign_in_again(&lena, &account).await?;
    in_step(&lena, &account).await;

    // A program that is closed while it waits keeps what comes.
    let lena = lena.restart().await;
    world.surround(&lena)?;
    world.provider.forget_access();
    world
        .provider
        .expect_moods([Mood::AnswersLate(Duration::from_secs(1))]);
    let engine = lena.engine.clone();
    let looked = account.clone();
    let looking = tokio::spawn(async move { engine.sync_unindexed(&looked, SyncScope::Everything).await });
    eventually("the provider to be asked", || async {
        (world.provider.heard().refreshes == 3).then_some(())
    })
    .await;
    looking.abort();
    assert!(looking.await.is_err(), "whoever waited is gone");
    let lena = lena.restart().await;
    world.surround(&lena)?;
    let report = lena.engine.sync_once(&account, SyncScope::Everything).await;
    assert!(report.errors.is_empty(), "{:?}", report.errors);
    assert_eq!(world.provider.heard().refreshes, 3, "nothing was lost");
    lena.engine.stop().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wanted_no_more_is_taken_back_at_the_provider_and_that_keeps_nobody_waiting() -> Outcome {
    let world = World::open(ProviderOptions::default()).await?;
    let lena = world.person().await?;
    let account = world.add(&lena, "lena", Protocol::Imap).await?;
    world.sign_in_again(&lena, &account).await?;
    assert_eq!(
        world.provider.heard().revocations,
        0,
        "the new sign-in could go with the old one of the same program"
    );
    lena.engine.remove_account(account.id).await?;
    eventually("the provider to hear of it", || async {
        (world.provider.heard().revocations == 1).then_some(())
    })
    .await;

    // With it goes all that this person has granted, so whoever signs in anew at once does so after it.
    let account = world.add(&lena, "lena", Protocol::Imap).await?;
    lena.engine.remove_account(account.id).await?;
    let account = world.add(&lena, "lena", Protocol::Imap).await?;
    assert_eq!(world.provider.heard().revocations, 2);
    in_step(&lena, &account).await;

    let passwords = Passwords {
        incoming: Some(PASSWORD.into()),
        ..Passwords::default()
    };
    lena.engine
        .sign_in_again(account.id, passwords, Trying::Never)
        .await?;
    // Whoever closes the program waits for that a little.
    lena.engine.stop().await;
    assert_eq!(world.provider.heard().revocations, 3, "a password took its place");

    let account = world.add(&lena, "lena", Protocol::Imap).await?;
    lena.engine.search_in(Surroundings::system());
    lena.engine.remove_account(account.id).await?;
    assert!(
        lena.engine.account(account.id).await.is_err(),
        "also where the provider cannot be reached"
    );
    Ok(())
}
