//! What the journeys stand in: an internet with a provider, mail servers that believe it, and a person who signs in there.

use std::time::{Duration, Instant};

use journeys::{Person, form};
use secrecy::SecretString;
use waxwing_engine::discovery::Surroundings;
use waxwing_engine::{AccountForm, Door, SignInForm, SignInId};
use waxwing_model::{Account, Activity, Protocol, SubmissionId, SubmissionState, Trouble};
use waxwing_testkit::internet::MailPorts;
use waxwing_testkit::provider::{Decision, Provider, ProviderOptions};
use waxwing_testkit::{DovecotOptions, Internet, PostfixOptions, Stage, address};

const PATIENCE: Duration = Duration::from_secs(120);

pub struct World {
    pub internet: Internet,
    pub provider: Provider,
    pub stage: Stage,
    pub surroundings: String,
}

impl World {
    /// The provider has what a program has to know of it in a description of its own, and gives a client id to whoever asks.
    pub async fn open(options: ProviderOptions) -> Result<World, Box<dyn std::error::Error>> {
        let internet = Internet::start().await?;
        let provider = Provider::open(&internet, options).await?;
        let servers = DovecotOptions {
            mechanisms: "plain xoauth2 oauthbearer".to_owned(),
            introspection: Some(provider.introspection()),
            ..DovecotOptions::default()
        };
        let stage = Stage::start_with(&servers, &PostfixOptions::default())?;
        let surroundings = internet.stage_file_with(
            stage.ca_pem(),
            &MailPorts::default(),
            &["localhost".to_owned()],
            &[provider.file(&["localhost"], None)],
        );
        Ok(World {
            internet,
            provider,
            stage,
            surroundings,
        })
    }

    pub async fn person(&self) -> Result<Person, Box<dyn std::error::Error>> {
        let person = Person::new().await;
        self.surround(&person)?;
        Ok(person)
    }

    /// Has the person live in this internet.
    pub fn surround(&self, person: &Person) -> Result<(), Box<dyn std::error::Error>> {
        person
            .engine
            .search_in(Surroundings::from_stage_file(&self.surroundings)?);
        Ok(())
    }

    /// Signs in in the browser, and adds the account.
    pub async fn add(
        &self,
        person: &Person,
        name: &str,
        protocol: Protocol,
    ) -> Result<Account, Box<dyn std::error::Error>> {
        let form = self.granted(person, name, protocol).await?;
        Ok(person.add(form).await)
    }

    /// The same without anything that runs by itself.
    pub async fn add_quietly(
        &self,
        person: &Person,
        name: &str,
    ) -> Result<Account, Box<dyn std::error::Error>> {
        let form = self.granted(person, name, Protocol::Imap).await?;
        Ok(person.add_quietly(form).await)
    }

    pub async fn granted(
        &self,
        person: &Person,
        name: &str,
        protocol: Protocol,
    ) -> Result<AccountForm, Box<dyn std::error::Error>> {
        let (id, outcome) = self
            .browse(person, name, Decision::Consent(address(name)))
            .await?;
        outcome.map_err(|trouble| trouble.to_string())?;
        Ok(self.form(name, protocol, id))
    }

    pub fn form(&self, name: &str, protocol: Protocol, signed_in: SignInId) -> AccountForm {
        AccountForm {
            password: SecretString::from(""),
            signed_in: Some(signed_in),
            ..form(&self.stage, name, protocol)
        }
    }

    pub fn question(&self, name: &str) -> SignInForm {
        SignInForm {
            email: address(name),
            usernames: vec![address(name)],
            hosts: vec!["localhost".to_owned()],
            issuer: None,
            client: None,
        }
    }

    /// Begins a sign-in, plays the browser, and waits for what comes of it.
    pub async fn browse(
        &self,
        person: &Person,
        name: &str,
        decision: Decision,
    ) -> Result<(SignInId, Result<(), Trouble>), Box<dyn std::error::Error>> {
        let begun = person.engine.begin_sign_in(self.question(name)).await?;
        self.provider.browse(&begun.address, decision).await?;
        Ok((begun.id, person.engine.await_sign_in(begun.id).await))
    }

    /// Signs in once more for an account that is there.
    pub async fn sign_in_again(&self, person: &Person, account: &Account) -> super::Outcome {
        let begun = person
            .engine
            .begin_sign_in_again(account.id, Door::Incoming, None)
            .await?;
        let consent = Decision::Consent(account.email.clone());
        self.provider.browse(&begun.address, consent).await?;
        person
            .engine
            .await_sign_in(begun.id)
            .await
            .map_err(|trouble| trouble.to_string())?;
        let tried = person
            .engine
            .signed_in_again(account.id, Door::Incoming, begun.id)
            .await?;
        assert_eq!(tried.len(), 2, "it is tried at both servers");
        for door in tried {
            door.tried.outcome.map_err(|trouble| trouble.to_string())?;
        }
        Ok(())
    }
}

/// Waits until the account is at something.
pub async fn until<T>(
    person: &Person,
    account: &Account,
    what: &str,
    look: impl Fn(Activity) -> Option<T>,
) -> T {
    let started = Instant::now();
    loop {
        let activity = person.engine.activity(account.id);
        if let Some(found) = look(activity.clone()) {
            return found;
        }
        assert!(
            started.elapsed() < PATIENCE,
            "waited in vain for the account {what}: {activity:?}"
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

pub async fn in_step(person: &Person, account: &Account) {
    until(person, account, "to be in step", |activity| {
        matches!(activity, Activity::UpToDate { .. }).then_some(())
    })
    .await;
}

pub async fn in_trouble(person: &Person, account: &Account) -> Trouble {
    let trouble = |activity| match activity {
        Activity::Failed { trouble } => Some(trouble),
        _ => None,
    };
    until(person, account, "to say what is wrong", trouble).await
}

pub async fn sent(person: &Person, letter: SubmissionId) {
    journeys::eventually("the letter to go", || async {
        let state = person.engine.submission(letter).await.ok()?.state;
        matches!(state, SubmissionState::Sent { .. }).then_some(())
    })
    .await;
}
