//! What can be offered to a person for their servers: signing in in the browser, or what there is in its place.

use waxwing_model::{Account, AccountId, ServerSettings};
use waxwing_remote::oauth::{self, AppPassword, Provider};

use crate::accounts::Door;
use crate::engine::Engine;
use crate::error::{EngineError, Result};

/// What a provider that knows the people of some servers can do for one of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInOffer {
    pub provider: String,
    /// There is a client id, or the provider gives one to whoever asks.
    pub ready: bool,
    /// Where a person makes a client id of their own, where a person can.
    pub own_client: Option<String>,
    /// The way without the browser.
    pub app_password: Option<AppPassword>,
}

impl Engine {
    /// What there is for these servers. `issuer` is what the search for them has found. Nobody is asked.
    pub fn sign_in_offer(&self, hosts: &[String], issuer: Option<&str>) -> Option<SignInOffer> {
        let provider = self.provider_of(hosts, issuer)?;
        Some(offer(&provider, false))
    }

    /// The same for one of the servers of an account that is there.
    pub async fn sign_in_offer_again(&self, account: AccountId, door: Door) -> Result<Option<SignInOffer>> {
        let account = self.account(account).await?;
        let known = self.known_sign_in((account.id, door)).await?;
        let hosts = self
            .opened_together(&account, door, known.issuer.as_deref())
            .await?;
        let provider = self.provider_of(&hosts, known.issuer.as_deref());
        Ok(provider.map(|provider| offer(&provider, known.client.is_some())))
    }

    /// The servers that one sign-in is for: this one and, where it is the one that is read from, the one that sends, unless that has
    /// something of its own or another provider.
    pub(super) async fn opened_together(
        &self,
        account: &Account,
        door: Door,
        issuer: Option<&str>,
    ) -> Result<Vec<String>> {
        let host = |server: &Option<ServerSettings>| server.as_ref().map(|server| server.host.clone());
        let [read, sent] = [host(&account.incoming), host(&account.outgoing)];
        let alone: Vec<String> = match door {
            Door::Incoming => read.into_iter().collect(),
            Door::Outgoing => sent.clone().into_iter().collect(),
            Door::Identity(identity) => {
                let found = self.read(move |reading| reading.identity(identity)).await?;
                let own = found.filter(|identity| identity.account == account.id);
                own.and_then(|identity| host(&identity.outgoing))
                    .into_iter()
                    .collect()
            }
        };
        if door != Door::Incoming || self.sends_by_itself(account.id).await? {
            return Ok(alone);
        }
        let mut both = alone.clone();
        both.extend(sent);
        both.dedup();
        Ok(match self.provider_of(&both, issuer) {
            Some(_) => both,
            None => alone,
        })
    }

    pub(super) fn provider_of(&self, hosts: &[String], issuer: Option<&str>) -> Option<Provider> {
        let hosts: Vec<&str> = hosts.iter().map(String::as_str).collect();
        oauth::provider(&hosts, issuer, &self.surroundings())
    }

    /// The provider of an account, for a sign-in.
    pub(super) fn known_provider(&self, hosts: &[String], issuer: Option<&str>) -> Result<Provider> {
        self.provider_of(hosts, issuer).ok_or_else(|| {
            EngineError::Invalid(format!(
                "nobody is known at whose page one signs in for {}",
                hosts.join(" and ")
            ))
        })
    }
}

fn offer(provider: &Provider, knows_client: bool) -> SignInOffer {
    SignInOffer {
        provider: provider.name.clone(),
        ready: knows_client || provider.client.is_some() || provider.may_register(),
        own_client: provider.own_client.clone(),
        app_password: provider.app_password.clone(),
    }
}
