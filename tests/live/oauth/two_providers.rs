//! An account that reads at one provider and sends at another, and signs in at each in its own way: added so, made so by a change
//! of servers, and mended at one side without the other hearing of it.

use journeys::{Person, deliver, form, server};
use waxwing_engine::discovery::Surroundings;
use waxwing_engine::{Door, Passwords, ServersForm, SignInForm, SignInId, Trying};
use waxwing_model::{Account, Protocol, Role, Security, SubmissionState, TroubleKind};
use waxwing_testkit::internet::MailPorts;
use waxwing_testkit::provider::{Decision, NamesPeople, Provider, ProviderOptions};
use waxwing_testkit::{Dovecot, DovecotOptions, Internet, PASSWORD, PostfixOptions, Stage, address, letters};

use super::Outcome;
use super::world::{in_step, sent};

/// What is read stands at `localhost`, and what is sent goes by 127.0.0.1. Lena is called Jonas there.
pub struct Two {
    _internet: Internet,
    pub nordlicht: Provider,
    pub fjord: Provider,
    pub home: Dovecot,
    pub away: Stage,
    surroundings: String,
    pub ca: String,
}

fn believing(provider: &Provider) -> DovecotOptions {
    DovecotOptions {
        mechanisms: "plain xoauth2 oauthbearer".to_owned(),
        introspection: Some(provider.introspection()),
        ..DovecotOptions::default()
    }
}

impl Two {
    pub async fn open() -> Result<Two, Box<dyn std::error::Error>> {
        let internet = Internet::start().await?;
        let nordlicht = Provider::open(&internet, ProviderOptions::default()).await?;
        let options = ProviderOptions {
            host: "login.fjord.test",
            name: "Fjord",
            ..ProviderOptions::default()
        };
        let fjord = Provider::open(&internet, options).await?;
        let home = Dovecot::start(&believing(&nordlicht))?;
        let away = Stage::start_with(&believing(&fjord), &PostfixOptions::default())?;
        let ca = [home.ca_pem(), away.ca_pem()].concat();
        let surroundings = internet.stage_file_with(
            &ca,
            &MailPorts::default(),
            &["localhost".to_owned()],
            &[
                nordlicht.file(&["localhost"], None),
                fjord.file(&["127.0.0.1"], None),
            ],
        );
        Ok(Two {
            _internet: internet,
            nordlicht,
            fjord,
            home,
            away,
            surroundings,
            ca,
        })
    }

    pub async fn person(&self) -> Result<Person, Box<dyn std::error::Error>> {
        let person = Person::new().await;
        self.surround(&person)?;
        Ok(person)
    }

    pub fn surround(&self, person: &Person) -> Outcome {
        let surroundings = Surroundings::from_stage_file(&self.surroundings)?;
        person.engine.search_in(surroundings);
        Ok(())
    }

    /// Signs in at one of the providers, for its server.
    pub async fn granted(
        &self,
        person: &Person,
        provider: &Provider,
        host: &str,
        who: &str,
    ) -> Result<SignInId, Box<dyn std::error::Error>> {
        let question = SignInForm {
            email: address(who),
            usernames: vec![address(who)],
            hosts: vec![host.to_owned()],
            issuer: None,
            client: None,
        };
        let begun = person.engine.begin_sign_in(question).await?;
        provider
            .browse(&begun.address, Decision::Consent(address(who)))
            .await?;
        let waited = person.engine.await_sign_in(begun.id).await;
        waited.map_err(|trouble| trouble.to_string())?;
        Ok(begun.id)
    }

    /// Signs in once more, at the server of this door.
    pub async fn again(
        &self,
        person: &Person,
        account: &Account,
        (provider, door, who): (&Provider, Door, &str),
    ) -> Result<Result<usize, String>, Box<dyn std::error::Error>> {
        let begun = person.engine.begin_sign_in_again(account.id, door, None).await?;
        provider
            .browse(&begun.address, Decision::Consent(address(who)))
            .await?;
        if let Err(trouble) = person.engine.await_sign_in(begun.id).await {
            return Ok(Err(trouble.to_string()));
        }
        let tried = person.engine.signed_in_again(account.id, door, begun.id).await?;
        let doors = tried.len();
        Ok(
            match tried.into_iter().find_map(|each| each.tried.outcome.err()) {
                Some(trouble) => Err(trouble.to_string()),
                None => Ok(doors),
            },
        )
    }
}

/// Who opens each of the account's two servers: a provider, or a password.
pub async fn keys(
    person: &Person,
    account: &Account,
) -> Result<Vec<(bool, Option<String>)>, Box<dyn std::error::Error>> {
    let doorways = person.engine.doorways(account.id).await?;
    Ok(doorways
        .into_iter()
        .map(|doorway| (doorway.own, doorway.provider))
        .collect())
}

pub fn by(name: &str) -> Option<String> {
    Some(name.to_owned())
}

pub async fn write(
    person: &Person,
    account: &Account,
    subject: &str,
) -> Result<waxwing_model::SubmissionId, Box<dyn std::error::Error>> {
    let raw = letters::simple(&address("lena"), &address("amara"), subject, "Hello.");
    Ok(person.engine.send_message(account, raw).await?)
}

#[tokio::test(flavor = "multi_thread")]
async fn who_reads_at_one_provider_and_sends_at_another_signs_in_at_each() -> Outcome {
    let two = Two::open().await?;
    let lena = two.person().await?;
    deliver(&two.home, "lena", "The ferry");
    let mut wanted = form(&two.away, "lena", Protocol::Imap);
    wanted.password = "".into();
    wanted.extra_ca = Some(two.ca.clone());
    wanted.incoming = server(two.home.imaps(), Security::Tls, "lena");
    wanted.outgoing = server(two.away.postfix.submissions(), Security::Tls, "jonas");
    wanted.outgoing.host = "127.0.0.1".to_owned();
    wanted.signed_in = Some(two.granted(&lena, &two.nordlicht, "localhost", "lena").await?);
    let trouble = lena
        .engine
        .check_account(&wanted)
        .await
        .expect_err("one sign-in is not for both");
    assert!(trouble.sentence.contains("is not for 127.0.0.1"), "{trouble}");
    wanted.outgoing_signed_in = Some(two.granted(&lena, &two.fjord, "127.0.0.1", "jonas").await?);
    let account = lena.add(wanted).await;
    in_step(&lena, &account).await;
    journeys::eventually("the letter", || lena.letter(Role::Inbox, "The ferry")).await;
    sent(&lena, write(&lena, &account, "By the fjord").await?).await;
    let both = [(true, by("Nordlicht")), (true, by("Fjord"))];
    assert_eq!(keys(&lena, &account).await?, both);

    // Each is made fresh by itself, also after the program was closed.
    let lena = lena.restart().await;
    two.surround(&lena)?;
    two.fjord.forget_access();
    lena.engine.start().await?;
    in_step(&lena, &account).await;
    sent(&lena, write(&lena, &account, "With a fresh one").await?).await;
    assert_eq!(
        (two.nordlicht.heard().refreshes, two.fjord.heard().refreshes),
        (0, 1),
        "the other provider hears nothing of it"
    );

    // What is taken back at one side is told and mended there, and the other one goes on.
    two.fjord.revoke(&address("jonas"));
    two.away.postfix.restart()?;
    let letter = write(&lena, &account, "Waiting").await?;
    journeys::eventually("the letter to wait for the person", || async {
        let state = lena.engine.submission(letter).await.ok()?.state;
        matches!(&state, SubmissionState::Failed { trouble, .. } if trouble.kind == TroubleKind::SignInEnded)
            .then_some(())
    })
    .await;
    deliver(&two.home, "lena", "Meanwhile");
    journeys::eventually("what comes meanwhile", || lena.letter(Role::Inbox, "Meanwhile")).await;
    let stranger = two
        .again(&lena, &account, (&two.fjord, Door::Outgoing, "amara"))
        .await?;
    let told = stranger.expect_err("it is Amara");
    assert!(
        told.contains(&address("amara")) && told.contains(&address("jonas")),
        "{told}"
    );
    assert_eq!(keys(&lena, &account).await?, both, "nothing was replaced");
    let mended = two
        .again(&lena, &account, (&two.fjord, Door::Outgoing, "jonas"))
        .await?;
    assert_eq!(mended, Ok(1), "it is tried at the one server that it is for");
    sent(&lena, letter).await;
    assert_eq!(two.nordlicht.heard().exchanges, 1, "nobody signed in there again");

    // A password in the place of one takes back that one alone, and nothing is left when the account goes.
    let typed = Passwords {
        outgoing: Some(PASSWORD.into()),
        ..Passwords::default()
    };
    lena.engine
        .sign_in_again(account.id, typed, Trying::First)
        .await?;
    assert_eq!(
        keys(&lena, &account).await?,
        [(true, by("Nordlicht")), (true, None)]
    );
    sent(&lena, write(&lena, &account, "By password").await?).await;
    let told = two
        .again(&lena, &account, (&two.nordlicht, Door::Incoming, "lena"))
        .await?;
    assert_eq!(told, Ok(1), "the password for sending stays as it is");
    lena.engine.remove_account(account.id).await?;
    lena.engine.stop().await;
    let revoked = (two.nordlicht.heard().revocations, two.fjord.heard().revocations);
    assert_eq!(revoked, (1, 1));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn other_servers_bring_their_own_way_of_signing_in_and_what_is_not_named_goes_on() -> Outcome {
    let two = Two::open().await?;
    let lena = two.person().await?;
    let mut wanted = form(&two.away, "jonas", Protocol::Imap);
    wanted.extra_ca = Some(two.ca.clone());
    wanted.outgoing.host = "127.0.0.1".to_owned();
    let account = lena.add(wanted).await;
    in_step(&lena, &account).await;
    assert_eq!(keys(&lena, &account).await?, [(true, None), (false, None)]);

    // Reading moves to a provider where one signs in in the browser; sending keeps the password that was for both.
    let mut form = ServersForm {
        incoming: server(two.home.imaps(), Security::Tls, "jonas"),
        outgoing: account.outgoing.clone().ok_or("a server")?,
        password: None,
        signed_in: Some(two.granted(&lena, &two.nordlicht, "localhost", "jonas").await?),
        outgoing_password: None,
        outgoing_signed_in: None,
        accepted: Vec::new(),
        allow_plain: false,
    };
    let trial = lena.engine.change_servers(account.id, form.clone()).await?;
    assert!(trial.is_ok(), "{trial:?}");
    let moved = lena.account(account.id).await;
    assert_eq!(
        keys(&lena, &moved).await?,
        [(true, by("Nordlicht")), (true, None)]
    );
    in_step(&lena, &moved).await;
    sent(&lena, write(&lena, &moved, "By the old password").await?).await;

    // Sending follows with a sign-in of its own, and reading goes on with what it has.
    form.signed_in = None;
    form.outgoing_signed_in = Some(two.granted(&lena, &two.fjord, "127.0.0.1", "jonas").await?);
    let trial = lena.engine.change_servers(account.id, form.clone()).await?;
    assert!(trial.is_ok(), "{trial:?}");
    assert_eq!(
        keys(&lena, &moved).await?,
        [(true, by("Nordlicht")), (true, by("Fjord"))]
    );
    sent(&lena, write(&lena, &moved, "By the fjord").await?).await;

    // Both at once, back to one provider: what is for both is kept once by the word of whoever reads, and sending keeps its own.
    form.outgoing_signed_in = None;
    form.password = Some(PASSWORD.into());
    let trial = lena.engine.change_servers(account.id, form).await?;
    assert!(trial.is_ok(), "{trial:?}");
    assert_eq!(keys(&lena, &moved).await?, [(true, None), (true, by("Fjord"))]);
    in_step(&lena, &moved).await;
    lena.engine.stop().await;
    assert_eq!(
        two.nordlicht.heard().revocations,
        1,
        "the password took its place"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_provider_does_not_say_who_signed_in_the_server_does() -> Outcome {
    let options = ProviderOptions {
        names_people: NamesPeople::Nowhere,
        ..ProviderOptions::default()
    };
    let world = super::world::World::open(options).await?;
    let lena = world.person().await?;
    let (stranger, outcome) = world
        .browse(&lena, "lena", Decision::Consent(address("jonas")))
        .await?;
    assert_eq!(outcome, Ok(()), "the provider has not told");
    let trouble = lena
        .engine
        .add_account(world.form("lena", Protocol::Imap, stranger))
        .await
        .expect_err("it is the mailbox of Jonas");
    assert_eq!(trouble.kind, TroubleKind::SignInEnded, "{trouble}");
    assert!(
        trouble.sentence.contains("signed in as somebody else")
            && trouble.sentence.contains(&address("lena")),
        "{trouble}"
    );
    assert!(lena.engine.accounts().await?.is_empty(), "nothing is kept");

    let account = world.add(&lena, "lena", Protocol::Imap).await?;
    in_step(&lena, &account).await;
    let begun = lena
        .engine
        .begin_sign_in_again(account.id, Door::Incoming, None)
        .await?;
    world
        .provider
        .browse(&begun.address, Decision::Consent(address("jonas")))
        .await?;
    let waited = lena.engine.await_sign_in(begun.id).await;
    waited.map_err(|trouble| trouble.to_string())?;
    let tried = lena
        .engine
        .signed_in_again(account.id, Door::Incoming, begun.id)
        .await?;
    for each in tried {
        let trouble = each.tried.outcome.expect_err("it is Jonas");
        assert!(
            trouble.sentence.contains("signed in as somebody else"),
            "{trouble}"
        );
    }
    // What was granted first is shown to new connections still, and nothing was taken back.
    world.stage.dovecot.restart()?;
    deliver(&world.stage.dovecot, "lena", "Afterwards");
    journeys::eventually("the letter", || lena.letter(Role::Inbox, "Afterwards")).await;
    lena.engine.stop().await;
    assert_eq!(world.provider.heard().revocations, 0);
    Ok(())
}
