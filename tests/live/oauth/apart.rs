//! Servers that sign a person in apart from the rest of their account: the own server of one address, and a server that goes on
//! sending while what is read moves elsewhere. Neither is ever shown what is another's.

use journeys::{Person, form, server};
use waxwing_engine::{Door, IdentityForm, ServersForm, SignInForm};
use waxwing_model::{
    Account, Address, DraftContent, IdentityId, Protocol, Security, SubmissionId, SubmissionState,
    TroubleKind,
};
use waxwing_testkit::provider::{Decision, NamesPeople, ProviderOptions};
use waxwing_testkit::{PASSWORD, address};

use super::Outcome;
use super::two_providers::{Two, by, keys, write};
use super::world::{World, in_step, sent};

/// A letter of the address that has a server of its own.
async fn write_as(
    person: &Person,
    account: &Account,
    identity: IdentityId,
    subject: &str,
) -> Result<SubmissionId, Box<dyn std::error::Error>> {
    let content = DraftContent {
        to: vec![Address::new("", address("amara"))],
        subject: subject.to_owned(),
        html: "<p>Hello.</p>".to_owned(),
        identity: Some(identity),
        ..DraftContent::default()
    };
    let draft = person.engine.new_draft(Some(account.id), content).await?;
    Ok(person.engine.send(draft.id, 0).await?)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_with_a_server_of_its_own_signs_in_there_in_the_browser() -> Outcome {
    let two = Two::open().await?;
    let lena = two.person().await?;
    let mut wanted = form(&two.away, "lena", Protocol::Imap);
    wanted.extra_ca = Some(two.ca.clone());
    let account = lena.add(wanted).await;
    in_step(&lena, &account).await;
    let mut shop = IdentityForm {
        email: address("jonas"),
        outgoing: Some(server(two.away.postfix.submissions(), Security::Tls, "jonas")),
        ..IdentityForm::default()
    };
    if let Some(own) = &mut shop.outgoing {
        own.host = "127.0.0.1".to_owned();
    }
    shop.signed_in = Some(two.granted(&lena, &two.nordlicht, "localhost", "jonas").await?);
    let error = lena
        .engine
        .add_identity(account.id, shop.clone())
        .await
        .expect_err("it is another provider's server");
    assert!(error.to_string().contains("is not for 127.0.0.1"), "{error}");
    shop.signed_in = Some(two.granted(&lena, &two.fjord, "127.0.0.1", "jonas").await?);
    let tried = lena.engine.try_identity(account.id, None, shop.clone()).await?;
    assert!(tried.is_ok() && tried.signed_in, "{tried:?}");
    let identity = lena.engine.add_identity(account.id, shop.clone()).await?;
    let with_grant = [(true, None), (false, None), (true, by("Fjord"))];
    assert_eq!(keys(&lena, &account).await?, with_grant);
    sent(&lena, write_as(&lena, &account, identity, "From the shop").await?).await;

    // It is made fresh by itself, also after the program was closed; a name is changed without a word to anybody.
    let lena = lena.restart().await;
    two.surround(&lena)?;
    lena.engine.start().await?;
    in_step(&lena, &account).await;
    two.fjord.forget_access();
    sent(
        &lena,
        write_as(&lena, &account, identity, "With a fresh one").await?,
    )
    .await;
    assert_eq!(two.fjord.heard().refreshes, 1);
    let renamed = IdentityForm {
        name: "The shop".to_owned(),
        signed_in: None,
        ..shop.clone()
    };
    lena.engine.change_identity(identity, renamed.clone()).await?;
    assert_eq!(keys(&lena, &account).await?, with_grant);

    // Taken back, it is one trouble of this address alone, and the account goes on.
    two.fjord.revoke(&address("jonas"));
    two.away.postfix.restart()?;
    let letter = write_as(&lena, &account, identity, "Waiting").await?;
    journeys::eventually("the letter to wait for the person", || async {
        let state = lena.engine.submission(letter).await.ok()?.state;
        matches!(&state, SubmissionState::Failed { trouble, .. } if trouble.kind == TroubleKind::SignInEnded)
            .then_some(())
    })
    .await;
    sent(
        &lena,
        write(&lena, &account, "By the account's own server").await?,
    )
    .await;
    let door = Door::Identity(identity);
    let offer = lena.engine.sign_in_offer_again(account.id, door).await?;
    assert_eq!(offer.map(|offer| offer.provider), by("Fjord"));
    let stranger = two.again(&lena, &account, (&two.fjord, door, "amara")).await?;
    assert!(stranger.is_err(), "it is Amara");
    let mended = two.again(&lena, &account, (&two.fjord, door, "jonas")).await?;
    assert_eq!(mended, Ok(1), "it is tried at the one server that it is for");
    sent(&lena, letter).await;
    assert_eq!(
        keys(&lena, &account).await?,
        with_grant,
        "nothing else is touched"
    );

    // A password takes its place, and it takes the place of a password; what is wanted no more is taken back.
    let by_password = IdentityForm {
        password: Some(PASSWORD.into()),
        ..renamed
    };
    lena.engine.change_identity(identity, by_password).await?;
    assert_eq!(
        keys(&lena, &account).await?,
        [(true, None), (false, None), (true, None)]
    );
    shop.signed_in = Some(two.granted(&lena, &two.fjord, "127.0.0.1", "jonas").await?);
    lena.engine.change_identity(identity, shop).await?;
    assert_eq!(keys(&lena, &account).await?, with_grant);
    lena.engine.remove_identity(identity).await?;
    lena.engine.stop().await;
    assert_eq!(two.fjord.heard().revocations, 2);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_for_the_new_server_is_not_shown_to_the_one_that_goes_on_sending() -> Outcome {
    let two = Two::open().await?;
    let lena = two.person().await?;
    let mut wanted = form(&two.away, "jonas", Protocol::Imap);
    wanted.password = "".into();
    wanted.extra_ca = Some(two.ca.clone());
    for at in [&mut wanted.incoming, &mut wanted.outgoing] {
        at.host = "127.0.0.1".to_owned();
    }
    wanted.signed_in = Some(two.granted(&lena, &two.fjord, "127.0.0.1", "jonas").await?);
    let account = lena.add(wanted).await;
    in_step(&lena, &account).await;
    assert_eq!(
        keys(&lena, &account).await?,
        [(true, by("Fjord")), (false, by("Fjord"))]
    );

    // Only the new server knows this password: whoever else sees it refuses it, and says so.
    let password = "a password of the new home alone";
    two.home.set_password("jonas", password)?;
    let moved = ServersForm {
        incoming: server(two.home.imaps(), Security::Tls, "jonas"),
        outgoing: account.outgoing.clone().ok_or("a server")?,
        password: Some(password.into()),
        signed_in: None,
        outgoing_password: None,
        outgoing_signed_in: None,
        accepted: Vec::new(),
        allow_plain: false,
    };
    let asked = two.fjord.heard().introspections;
    for keep in [false, true] {
        let trial = match keep {
            false => lena.engine.try_servers(account.id, moved.clone()).await?,
            true => lena.engine.change_servers(account.id, moved.clone()).await?,
        };
        assert!(trial.is_ok(), "{trial:?}");
    }
    assert!(
        two.fjord.heard().introspections > asked,
        "the old server saw the token that is for it"
    );
    let account = lena.account(account.id).await;
    assert_eq!(
        keys(&lena, &account).await?,
        [(true, None), (true, by("Fjord"))],
        "and keeps it"
    );
    sent(&lena, write(&lena, &account, "Still by the fjord").await?).await;
    in_step(&lena, &account).await;
    lena.engine.stop().await;
    let log = two.away.dovecot.log();
    assert!(
        !log.to_lowercase().contains("password mismatch") && !log.contains("auth failed"),
        "nobody tried a password there: {log}"
    );
    assert_eq!(
        two.fjord.heard().revocations,
        0,
        "what it granted is wanted still"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_whom_the_provider_names_at_its_page_alone_is_known_all_the_same() -> Outcome {
    let options = ProviderOptions {
        names_people: NamesPeople::AtItsPage,
        ..ProviderOptions::default()
    };
    let world = World::open(options).await?;
    let lena = world.person().await?;
    let (_, outcome) = world
        .browse(&lena, "lena", Decision::Consent(address("jonas")))
        .await?;
    let trouble = outcome.expect_err("it is Jonas");
    assert_eq!(trouble.kind, TroubleKind::Invalid, "{trouble}");
    assert!(
        trouble.sentence.contains(&address("jonas")) && trouble.sentence.contains(&address("lena")),
        "{trouble}"
    );
    let question = SignInForm {
        usernames: vec![address("jonas")],
        ..world.question("lena")
    };
    let begun = lena.engine.begin_sign_in(question).await?;
    let consent = Decision::Consent(address("jonas"));
    world.provider.browse(&begun.address, consent).await?;
    let waited = lena.engine.await_sign_in(begun.id).await;
    waited.map_err(|trouble| trouble.to_string())?;
    let account = world.add(&lena, "lena", Protocol::Imap).await?;
    in_step(&lena, &account).await;
    assert_eq!(world.provider.heard().people, 3, "it is asked each time");
    lena.engine.stop().await;
    Ok(())
}
