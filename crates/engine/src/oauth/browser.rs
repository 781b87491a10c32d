//! A sign-in that is under way in the browser: begun, waited for, given up. What comes of it stays here, in memory, until the
//! account is added or has it in the place of what it had.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::watch as signal;
use tokio::task::AbortHandle;
use waxwing_model::{AccountId, Trouble};
use waxwing_remote::RemoteError;
use waxwing_remote::discover::Surroundings;
use waxwing_remote::oauth::{Client, Grant, Metadata, Provider, SignIn, SignInError};

use crate::accounts::Door;
use crate::engine::{Engine, locked};
use crate::error::{EngineError, Result};

/// Before the name of an issuer, the setting under which the client id stands that it gave to this computer (RFC 7591).
const CLIENT: &str = "oauth.client ";

/// One sign-in. It is known until another one is begun or, once the person has signed in, until two others are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignInId(u64);

/// For whom, and for which servers.
#[derive(Debug, Clone)]
pub struct SignInForm {
    pub email: String,
    /// The names that the servers know the person by, where they are others.
    pub usernames: Vec<String>,
    pub hosts: Vec<String>,
    /// What the search for the servers has found.
    pub issuer: Option<String>,
    /// One that the person has typed, with its "secret" where the provider gave one.
    pub client: Option<Client>,
}

/// A sign-in that waits for the browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begun {
    pub id: SignInId,
    /// What the browser has to open.
    pub address: String,
}

/// Dropped, it is given up, and the door for the browser is shut.
pub(super) struct UnderWay {
    id: SignInId,
    task: AbortHandle,
    outcome: signal::Receiver<Option<Result<Arc<Grant>, Trouble>>>,
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Engine {
    /// Opens the door for the browser, and says what it has to open. One before it that nobody has finished is given up. What is
    /// just taken back is taken back first: some providers take with it whatever they have granted to this program since.
    pub async fn begin_sign_in(&self, form: SignInForm) -> Result<Begun> {
        let provider = self.known_provider(&form.hosts, form.issuer.as_deref())?;
        self.make_room_for_a_sign_in();
        self.await_taking_back().await;
        let at = self.surroundings();
        let own = form.client.is_some();
        let metadata = Metadata::of(&provider, &at).await?;
        let (client, registered) = match form.client.or_else(|| provider.client.clone()) {
            Some(client) => (client, false),
            None => (self.registered(&provider, &metadata, &at).await?, true),
        };
        let issuer = metadata.issuer.clone().filter(|_| registered);
        let mut people = vec![form.email];
        people.extend(form.usernames);
        let sign_in = SignIn::begin(provider, metadata, client, people, form.hosts).await?;
        let address = sign_in.address().to_owned();
        let (tell, outcome) = signal::channel(None);
        let engine = self.clone();
        let task = tokio::spawn(async move {
            let finished = sign_in.finish(&at).await.map(|mut grant| {
                grant.own_client = own;
                grant
            });
            if let Err(RemoteError::SignIn(SignInError::Denied { reason })) = &finished {
                engine.forget_client(issuer.as_deref(), reason).await;
            }
            let told = finished.map(Arc::new).map_err(|error| error.trouble());
            // Nobody waits for one that was given up.
            let _ = tell.send(Some(told));
        });
        let id = SignInId::next();
        // Another one may have been begun meanwhile.
        self.make_room_for_a_sign_in();
        locked(&self.inner.oauth.under_way).push(UnderWay {
            id,
            task: task.abort_handle(),
            outcome,
        });
        Ok(Begun { id, address })
    }

    /// The same for a server of an account that is there, as its provider knows it already. What was granted before need not be
    /// readable.
    pub async fn begin_sign_in_again(
        &self,
        account: AccountId,
        door: Door,
        client: Option<Client>,
    ) -> Result<Begun> {
        let account = self.account(account).await?;
        let known = self.known_sign_in((account.id, door)).await?;
        let hosts = self
            .opened_together(&account, door, known.issuer.as_deref())
            .await?;
        let (email, servers) = match door {
            Door::Incoming => (account.email, vec![account.incoming, account.outgoing]),
            Door::Outgoing => (account.email, vec![account.outgoing]),
            Door::Identity(identity) => {
                let identity = self.identity(identity).await?;
                (identity.email, vec![identity.outgoing])
            }
        };
        let servers = servers.into_iter().flatten();
        let usernames: Vec<String> = servers
            .filter(|server| hosts.contains(&server.host))
            .map(|server| server.username)
            .collect();
        // At the provider of a server that sends alone, the person may have another address.
        let own = usernames
            .first()
            .filter(|name| door != Door::Incoming && name.contains('@'));
        self.begin_sign_in(SignInForm {
            email: own.cloned().unwrap_or(email),
            usernames,
            hosts,
            issuer: known.issuer,
            client: client.or(known.client),
        })
        .await
    }

    /// What nobody has finished is given up; of those that were finished the last one stays, for the other server of an account.
    fn make_room_for_a_sign_in(&self) {
        let mut under_way = locked(&self.inner.oauth.under_way);
        under_way.retain(|each| matches!(&*each.outcome.borrow(), Some(Ok(_))));
        let surplus = under_way.len().saturating_sub(1);
        under_way.drain(..surplus);
    }

    /// Waits until the person has signed in, or will not.
    pub async fn await_sign_in(&self, id: SignInId) -> Result<(), Trouble> {
        let outcome = locked(&self.inner.oauth.under_way)
            .iter()
            .find(|under_way| under_way.id == id)
            .map(|under_way| under_way.outcome.clone());
        let given_up = || RemoteError::from(SignInError::GivenUp).trouble();
        let mut outcome = outcome.ok_or_else(given_up)?;
        let told = outcome.wait_for(Option::is_some).await.map_err(|_| given_up())?;
        match &*told {
            Some(Ok(_)) => Ok(()),
            Some(Err(trouble)) => Err(trouble.clone()),
            None => Err(given_up()),
        }
    }

    /// Nobody waits for it any more: the door for the browser is shut.
    pub fn give_up_sign_in(&self, id: SignInId) {
        locked(&self.inner.oauth.under_way).retain(|under_way| under_way.id != id);
    }

    /// What came of it.
    pub(crate) fn signed_in_grant(&self, id: SignInId) -> Result<Arc<Grant>> {
        let under_way = locked(&self.inner.oauth.under_way);
        let outcome = under_way.iter().find(|under_way| under_way.id == id);
        let grant = outcome.and_then(|under_way| under_way.outcome.borrow().clone()?.ok());
        grant.ok_or(EngineError::Gone("the sign-in in the browser"))
    }

    /// The client id that this computer has from the provider, or gets now.
    async fn registered(
        &self,
        provider: &Provider,
        metadata: &Metadata,
        at: &Surroundings,
    ) -> Result<Client> {
        let (Some(issuer), Some(_)) = (&metadata.issuer, &metadata.registration) else {
            let provider = provider.name.clone();
            return Err(RemoteError::from(SignInError::NoClient { provider }).into());
        };
        let setting = format!("{CLIENT}{issuer}");
        let known = self.setting(&setting).await?.filter(|known| !known.is_empty());
        if let Some(client) = known.and_then(|id| Client::new(&id, None)) {
            return Ok(client);
        }
        let client = Client::register(metadata, at).await?;
        // One with a secret is not for this place, where nothing is sealed; it is asked for again another time.
        if client.secret.is_none() {
            self.put_setting(&setting, &client.id).await?;
        }
        Ok(client)
    }

    /// A provider that knows us no more gives another client id next time.
    pub(super) async fn forget_client(&self, issuer: Option<&str>, reason: &str) {
        let refused = ["invalid_client", "unauthorized_client"];
        let Some(issuer) = issuer.filter(|_| refused.iter().any(|word| reason.starts_with(word))) else {
            return;
        };
        if let Err(error) = self.put_setting(&format!("{CLIENT}{issuer}"), "").await {
            tracing::warn!(%error, "a client id could not be forgotten");
        }
    }
}

impl SignInId {
    fn next() -> Self {
        static LAST: AtomicU64 = AtomicU64::new(0);
        Self(LAST.fetch_add(1, Ordering::Relaxed) + 1)
    }
}

impl fmt::Display for SignInId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl std::str::FromStr for SignInId {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}
