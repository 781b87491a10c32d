//! From the address that the browser opens to mail that comes and goes, and what goes wrong in the browser.

use std::path::Path;

use journeys::{deliver, eventually};
use waxwing_engine::{Client, Door};
use waxwing_model::{Authentication, Protocol, Role, Security, TroubleKind};
use waxwing_testkit::provider::{Decision, Mood, ProviderOptions};
use waxwing_testkit::web::Page;
use waxwing_testkit::{PASSWORD, address, letters};

use super::Outcome;
use super::world::{World, in_step, sent};

#[tokio::test(flavor = "multi_thread")]
async fn who_signed_in_in_the_browser_reads_and_sends_by_every_protocol_and_way() -> Outcome {
    let world = World::open(ProviderOptions::default()).await?;
    let lena = world.person().await?;
    for name in ["lena", "jonas", "amara"] {
        deliver(&world.stage.dovecot, name, "The ferry");
    }
    let accounts = [
        ("lena", Protocol::Imap, Authentication::Login),
        ("jonas", Protocol::Imap, Authentication::XOAuth2),
        ("amara", Protocol::Pop3, Authentication::XOAuth2),
    ];
    for (name, protocol, method) in accounts {
        let mut form = world.granted(&lena, name, protocol).await?;
        form.incoming.authentication = method;
        form.outgoing.authentication = method;
        let checked = lena
            .engine
            .check_account(&form)
            .await
            .map_err(|trouble| trouble.to_string())?;
        for tried in [&checked.incoming, &checked.outgoing] {
            assert!(tried.is_ok() && tried.signed_in, "each step is told: {tried:?}");
            assert!(tried.encryption.is_some(), "{tried:?}");
        }
        let mut stranger = form.clone();
        stranger.outgoing.host = "127.0.0.1".to_owned();
        let trouble = lena
            .engine
            .check_account(&stranger)
            .await
            .expect_err("a stranger does not see the token");
        assert!(trouble.sentence.contains("is not for 127.0.0.1"), "{trouble}");
        let account = lena.add(form).await;
        in_step(&lena, &account).await;
        let letter = lena
            .engine
            .send_message(
                &account,
                letters::simple(
                    &address(name),
                    &address("lena"),
                    &format!("From {name}"),
                    "Hello.",
                ),
            )
            .await?;
        sent(&lena, letter).await;
        let doorways = lena.engine.doorways(account.id).await?;
        assert!(
            doorways
                .iter()
                .all(|door| door.provider.as_deref() == Some("Nordlicht")),
            "{doorways:?}"
        );
    }
    for subject in ["The ferry", "From lena", "From jonas", "From amara"] {
        eventually(subject, || lena.letter(Role::Inbox, subject)).await;
    }
    let heard = world.provider.heard();
    assert_eq!(
        (heard.exchanges, heard.refreshes),
        (3, 0),
        "one sign-in each is enough: {heard:?}"
    );
    assert_eq!(heard.registrations, 1, "a client id is asked for once: {heard:?}");
    assert!(heard.introspections > 0, "the mail servers asked: {heard:?}");

    lena.engine.stop().await;
    for secret in world.provider.secrets() {
        assert_absent(lena.folder(), &secret)?;
    }
    Ok(())
}

/// No file of the profile holds it in the clear.
fn assert_absent(folder: &Path, secret: &str) -> Outcome {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            assert_absent(&path, secret)?;
            continue;
        }
        let bytes = std::fs::read(&path)?;
        let found = bytes
            .windows(secret.len())
            .any(|window| window == secret.as_bytes());
        assert!(!found, "{secret} stands in {}", path.display());
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_goes_wrong_in_the_browser_is_told_and_nothing_is_kept() -> Outcome {
    let world = World::open(ProviderOptions::default()).await?;
    let lena = world.person().await?;
    let cases = [
        (Decision::Deny, TroubleKind::Refused, "The person said <b>no</b>."),
        (Decision::WrongIssuer, TroubleKind::BadAnswer, "login.fjord.test"),
        (
            Decision::NoIssuer,
            TroubleKind::BadAnswer,
            "does not say from whom",
        ),
        (
            Decision::Consent(address("jonas")),
            TroubleKind::Invalid,
            "jonas@waxwing.test",
        ),
    ];
    for (decision, kind, words) in cases {
        let (id, outcome) = world.browse(&lena, "lena", decision.clone()).await?;
        let trouble = outcome.expect_err("it did not work");
        assert_eq!(trouble.kind, kind, "{decision:?}: {trouble}");
        assert!(trouble.to_string().contains(words), "{decision:?}: {trouble}");
        let added = lena
            .engine
            .add_account(world.form("lena", Protocol::Imap, id))
            .await;
        assert!(added.is_err(), "{decision:?} is no sign-in");
    }
    assert_eq!(
        world.provider.heard().exchanges,
        1,
        "only a good answer is exchanged"
    );

    // The answer to somebody else's question is turned away, and the right one still comes through.
    let begun = lena.engine.begin_sign_in(world.question("lena")).await?;
    let page = world
        .provider
        .browse(&begun.address, Decision::WrongState)
        .await?;
    assert!(page.starts_with("HTTP/1.1 400"), "{page}");
    let page = world
        .provider
        .browse(&begun.address, Decision::Consent(address("lena")))
        .await?;
    assert!(
        page.contains("go back to Waxwing") && !page.contains("<script"),
        "{page}"
    );
    lena.engine
        .await_sign_in(begun.id)
        .await
        .map_err(|trouble| trouble.to_string())?;
    world
        .provider
        .browse(&begun.address, Decision::Consent(address("lena")))
        .await
        .expect_err("the door is shut after one answer");

    // Given up, and begun anew: the door is shut, and what was waited for ends.
    for gives_up in [true, false] {
        let begun = lena.engine.begin_sign_in(world.question("lena")).await?;
        let engine = lena.engine.clone();
        let waiting = tokio::spawn(async move { engine.await_sign_in(begun.id).await });
        let next = match gives_up {
            true => {
                lena.engine.give_up_sign_in(begun.id);
                None
            }
            false => Some(lena.engine.begin_sign_in(world.question("lena")).await?),
        };
        let trouble = waiting.await?.expect_err("nobody signed in");
        assert!(trouble.sentence.contains("given up"), "{trouble}");
        eventually("the door to be shut", || async {
            let consent = Decision::Consent(address("lena"));
            world.provider.browse(&begun.address, consent).await.err()
        })
        .await;
        if let Some(next) = next {
            lena.engine.give_up_sign_in(next.id);
        }
    }

    // A provider that is down, or answers as nobody should.
    for (page, kind) in [
        (Page::Status(503), TroubleKind::Refused),
        (
            Page::Redirect("https://login.fjord.test/token".to_owned()),
            TroubleKind::BadAnswer,
        ),
        (
            Page::Body("<html>Welcome to the hotel".to_owned()),
            TroubleKind::BadAnswer,
        ),
        (Page::Endless("{".to_owned(), 10_000_000), TroubleKind::BadAnswer),
    ] {
        world.provider.expect_moods([Mood::Says(page.clone())]);
        let (_, outcome) = world
            .browse(&lena, "lena", Decision::Consent(address("lena")))
            .await?;
        let trouble = outcome.expect_err("there was no token");
        assert_eq!(trouble.kind, kind, "{page:?}: {trouble}");
    }
    let asked = world.internet.web.asked();
    assert!(
        asked.iter().all(|asked| asked.host != "login.fjord.test"),
        "nobody is followed elsewhere"
    );
    assert!(lena.engine.accounts().await?.is_empty());
    lena.engine.stop().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_client_id_there_is_the_app_password_or_one_of_ones_own() -> Outcome {
    let options = ProviderOptions {
        registers: false,
        ..ProviderOptions::default()
    };
    let world = World::open(options).await?;
    let lena = world.person().await?;
    let providers = [world.provider.whole_file(&["localhost"], None)];
    let file = world.internet.stage_file_with(
        world.stage.ca_pem(),
        &Default::default(),
        &["localhost".to_owned()],
        &providers,
    );
    lena.engine
        .search_in(waxwing_engine::discovery::Surroundings::from_stage_file(&file)?);
    let hosts = ["localhost".to_owned()];
    let offer = lena
        .engine
        .sign_in_offer(&hosts, None)
        .ok_or("Nordlicht is known")?;
    assert!(!offer.ready, "{offer:?}");
    let way = offer.app_password.ok_or("there is a way without the browser")?;
    assert!(
        way.page.ends_with("/passwords") && way.words.contains("New password"),
        "{way:?}"
    );
    assert!(offer.own_client.is_some());
    let error = lena
        .engine
        .begin_sign_in(world.question("lena"))
        .await
        .expect_err("there is no client id");
    assert!(error.trouble().sentence.contains("no client id"), "{error}");

    world.provider.knows_client("lenas-own");
    let mut question = world.question("lena");
    question.client = Client::new("lenas-own", None);
    let begun = lena.engine.begin_sign_in(question).await?;
    world
        .provider
        .browse(&begun.address, Decision::Consent(address("lena")))
        .await?;
    lena.engine
        .await_sign_in(begun.id)
        .await
        .map_err(|trouble| trouble.to_string())?;
    let account = lena.add(world.form("lena", Protocol::Imap, begun.id)).await;
    in_step(&lena, &account).await;
    let again = lena
        .engine
        .sign_in_offer_again(account.id, Door::Incoming)
        .await?
        .ok_or("and still is")?;
    assert!(again.ready, "her own client id need not be typed again");
    world.sign_in_again(&lena, &account).await?;
    in_step(&lena, &account).await;

    // To a password and back: what was granted is not kept beside it.
    let typed = waxwing_engine::Passwords {
        incoming: Some(PASSWORD.into()),
        ..Default::default()
    };
    let trying = waxwing_engine::Trying::First;
    let tried = lena.engine.sign_in_again(account.id, typed, trying).await?;
    assert!(tried.iter().all(|door| door.tried.is_ok()), "{tried:?}");
    let doorways = lena.engine.doorways(account.id).await?;
    assert!(
        doorways.iter().all(|door| door.provider.is_none()),
        "{doorways:?}"
    );
    in_step(&lena, &account).await;
    let mut client = Client::new("lenas-own", None);
    let begun = lena
        .engine
        .begin_sign_in_again(account.id, Door::Incoming, client.take())
        .await?;
    world
        .provider
        .browse(&begun.address, Decision::Consent(address("lena")))
        .await?;
    lena.engine
        .await_sign_in(begun.id)
        .await
        .map_err(|trouble| trouble.to_string())?;
    let tried = lena
        .engine
        .signed_in_again(account.id, Door::Incoming, begun.id)
        .await?;
    assert!(tried.iter().all(|door| door.tried.is_ok()), "{tried:?}");
    let doorways = lena.engine.doorways(account.id).await?;
    assert!(
        doorways.iter().all(|door| door.provider.is_some()),
        "{doorways:?}"
    );
    in_step(&lena, &account).await;

    // A token is for the servers that the person signed in for.
    let mut form = waxwing_engine::ServersForm {
        incoming: account.incoming.clone().ok_or("a server")?,
        outgoing: account.outgoing.clone().ok_or("a server")?,
        password: None,
        signed_in: None,
        outgoing_password: None,
        outgoing_signed_in: None,
        accepted: Vec::new(),
        allow_plain: false,
    };
    let mut elsewhere = form.clone();
    elsewhere.incoming.host = "127.0.0.1".to_owned();
    let error = lena
        .engine
        .try_servers(account.id, elsewhere)
        .await
        .expect_err("a stranger does not see the token");
    assert!(error.to_string().contains("is not for 127.0.0.1"), "{error}");

    // By the other protocol she is known by the token too.
    let change = waxwing_engine::ProtocolChange {
        account: account.id,
        to: Protocol::Pop3,
        server: journeys::server(world.stage.dovecot.pop3s(), Security::Tls, "lena"),
        allow_plain: false,
        accepted: Vec::new(),
        only_here: waxwing_engine::OnlyHere::Upload,
        local_folders: String::new(),
    };
    lena.engine.plan_protocol(&change).await?;

    // A password that is typed for her servers is for both of them, and nothing is left of the token.
    form.password = Some(PASSWORD.into());
    let trial = lena.engine.change_servers(account.id, form).await?;
    assert!(trial.is_ok(), "{trial:?}");
    let doorways = lena.engine.doorways(account.id).await?;
    assert!(
        doorways.iter().all(|door| door.provider.is_none()),
        "{doorways:?}"
    );
    in_step(&lena, &account).await;
    lena.engine.stop().await;
    Ok(())
}
