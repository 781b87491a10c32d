//! A password that was changed elsewhere: typed once more, tried, kept, and the account goes on.

use journeys::{Person, deliver, eventually, form, server};
use secrecy::SecretString;
use waxwing_engine::{Door, IdentityForm, Passwords, Trying};
use waxwing_model::{Authentication, Protocol, Role, Security, SubmissionState, TroubleKind};
use waxwing_testkit::{PASSWORD, Stage, address, letters};

use super::{Outcome, in_step, in_trouble};

fn typed(password: &str) -> Passwords {
    Passwords {
        incoming: Some(SecretString::from(password)),
        ..Passwords::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_password_is_typed_once_and_everything_goes_on() -> Outcome {
    let stage = Stage::start()?;
    let lena = Person::new().await;
    let account = lena.add(form(&stage, "lena", Protocol::Imap)).await;
    in_step(&lena, &account).await;

    stage.dovecot.set_password("lena", "battery staple")?;
    // Postfix holds on to the sign-in service of the Dovecot before.
    stage.postfix.restart()?;
    let trouble = in_trouble(&lena, &account).await;
    assert_eq!(trouble.kind, TroubleKind::WrongPassword, "{trouble}");
    deliver(&stage.dovecot, "lena", "Meanwhile");
    let raw = letters::simple(&account.email, "jonas@waxwing.test", "Waiting", "Hello.");
    let letter = lena.engine.send_message(&account, raw).await?;
    eventually("the letter to be refused for the password", || async {
        let state = lena.engine.submission(letter).await.ok()?.state;
        matches!(state, SubmissionState::Failed { permanent: true, .. }).then_some(())
    })
    .await;

    let refused = lena
        .engine
        .sign_in_again(account.id, typed("wrong once more"), Trying::First)
        .await?;
    assert_eq!(refused.len(), 2, "one password for both servers is tried at both");
    for door in &refused {
        assert!(door.tried.reached && door.tried.encryption.is_some(), "{door:?}");
        let Err(trouble) = &door.tried.outcome else {
            return Err(format!("{door:?} was let in").into());
        };
        assert_eq!(trouble.kind, TroubleKind::WrongPassword, "{trouble}");
    }

    let taken = lena
        .engine
        .sign_in_again(account.id, typed("battery staple"), Trying::First)
        .await?;
    assert!(taken.iter().all(|door| door.tried.is_ok()), "{taken:?}");
    assert!(
        !matches!(
            lena.engine.activity(account.id),
            waxwing_model::Activity::Failed { .. }
        ),
        "the trouble is told no more"
    );
    in_step(&lena, &account).await;
    eventually("the letter that came meanwhile", || {
        lena.letter(Role::Inbox, "Meanwhile")
    })
    .await;
    eventually("the letter that waited to go", || async {
        let state = lena.engine.submission(letter).await.ok()?.state;
        matches!(state, SubmissionState::Sent { .. }).then_some(())
    })
    .await;

    let lena = lena.restart().await;
    lena.engine.start().await?;
    in_step(&lena, &account).await;
    lena.engine.stop().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_that_one_server_refuses_replaces_nothing() -> Outcome {
    let stage = Stage::start()?;
    let lena = Person::new().await;
    let mut apart = form(&stage, "lena", Protocol::Pop3);
    apart.outgoing_password = Some(SecretString::from(PASSWORD));
    let account = lena.add(apart).await;
    let doorways = lena.engine.doorways(account.id).await?;
    assert!(
        doorways.iter().all(|doorway| doorway.own) && doorways.len() == 2,
        "{doorways:?}"
    );
    let both = Passwords {
        incoming: Some(SecretString::from(PASSWORD)),
        outgoing: Some(SecretString::from("wrong horse")),
        ..Passwords::default()
    };
    let tried = lena.engine.sign_in_again(account.id, both, Trying::First).await?;
    let ok: Vec<(Door, bool)> = tried.iter().map(|door| (door.door, door.tried.is_ok())).collect();
    assert_eq!(ok, [(Door::Incoming, true), (Door::Outgoing, false)]);
    // The one that works is still there.
    let raw = letters::simple(&account.email, "jonas@waxwing.test", "Still", "Hello.");
    let letter = lena.engine.send_message(&account, raw).await?;
    eventually("the letter to go with the old password", || async {
        let state = lena.engine.submission(letter).await.ok()?.state;
        matches!(state, SubmissionState::Sent { .. }).then_some(())
    })
    .await;
    lena.engine.stop().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn offline_a_password_can_be_kept_untried() -> Outcome {
    let stage = Stage::start()?;
    let lena = Person::new().await;
    let account = lena.add(form(&stage, "lena", Protocol::Imap)).await;
    in_step(&lena, &account).await;
    stage.dovecot.set_password("lena", "battery staple")?;
    // Postfix holds on to the sign-in service of the Dovecot before.
    stage.postfix.restart()?;
    in_trouble(&lena, &account).await;
    stage.dovecot.stop();
    stage.postfix.stop();

    let tried = lena
        .engine
        .sign_in_again(account.id, typed("battery staple"), Trying::First)
        .await?;
    assert!(
        tried
            .iter()
            .all(|door| !door.tried.reached && door.tried.is_unknown()),
        "nobody answers: {tried:?}"
    );
    let untried = lena
        .engine
        .sign_in_again(account.id, typed("battery staple"), Trying::Never)
        .await?;
    assert!(untried.is_empty(), "nothing was asked");
    stage.dovecot.restart()?;
    lena.engine.sync_now(Some(account.id));
    in_step(&lena, &account).await;
    lena.engine.stop().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_identity_with_a_server_of_its_own_has_a_password_of_its_own() -> Outcome {
    let stage = Stage::start()?;
    let lena = Person::new().await;
    let account = lena.add(form(&stage, "lena", Protocol::Imap)).await;
    let identity = lena
        .engine
        .add_identity(
            account.id,
            IdentityForm {
                email: address("amara"),
                outgoing: Some(server(stage.postfix.submissions(), Security::Tls, "amara")),
                password: Some(SecretString::from(PASSWORD)),
                ..IdentityForm::default()
            },
        )
        .await?;
    let doorways = lena.engine.doorways(account.id).await?;
    let doors: Vec<Door> = doorways.iter().map(|doorway| doorway.door).collect();
    assert_eq!(doors, [Door::Incoming, Door::Outgoing, Door::Identity(identity)]);
    let only = |password: &str| Passwords {
        identities: vec![(identity, SecretString::from(password))],
        ..Passwords::default()
    };
    let refused = lena
        .engine
        .sign_in_again(account.id, only("wrong horse"), Trying::First)
        .await?;
    assert_eq!(refused.len(), 1, "no other server hears of it: {refused:?}");
    assert!(!refused.iter().any(|door| door.tried.is_ok()));
    let taken = lena
        .engine
        .sign_in_again(account.id, only(PASSWORD), Trying::First)
        .await?;
    assert!(taken.iter().all(|door| door.tried.is_ok()), "{taken:?}");
    lena.engine.stop().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_typed_and_a_password_for_no_server_are_told() -> Outcome {
    let stage = Stage::start()?;
    let lena = Person::new().await;
    let mut quiet = form(&stage, "lena", Protocol::Imap);
    quiet.outgoing.authentication = Authentication::None;
    let account = lena.add_quietly(quiet).await;
    for passwords in [
        Passwords::default(),
        Passwords {
            outgoing: Some(SecretString::from(PASSWORD)),
            ..Passwords::default()
        },
    ] {
        let Err(error) = lena
            .engine
            .sign_in_again(account.id, passwords, Trying::First)
            .await
        else {
            return Err("it was taken".into());
        };
        assert_eq!(error.kind(), TroubleKind::Invalid, "{error}");
    }
    Ok(())
}
