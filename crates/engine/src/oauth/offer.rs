//! What can be offered to a person for their servers: signing in in the browser, or what there is in its place.

use waxwing_model::{Account, AccountId};
use waxwing_remote::oauth::{self, AppPassword, Provider};

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

    /// The same for an account that is there.
    pub async fn sign_in_offer_again(&self, account: AccountId) -> Result<Option<SignInOffer>> {
        let account = self.account(account).await?;
        let known = self.known_sign_in(account.id).await?;
        let provider = self.provider_of(&hosts(&account), known.issuer.as_deref());
        Ok(provider.map(|provider| offer(&provider, known.client.is_some())))
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

/// An account's servers, each once.
pub(super) fn hosts(account: &Account) -> Vec<String> {
    let servers = [&account.incoming, &account.outgoing];
    let mut hosts: Vec<String> = servers
        .into_iter()
        .flatten()
        .map(|server| server.host.clone())
        .collect();
    hosts.dedup();
    hosts
}
