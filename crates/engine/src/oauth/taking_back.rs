//! What was granted is taken back at the provider (RFC 7009) when it is wanted no more: its account has gone, or signs in otherwise.
//! The provider is told behind everything else. That it cannot be told keeps nobody from anything: the person can take the grant
//! back at its page too.

use std::collections::BTreeSet;
use std::time::Duration;

use waxwing_model::{Account, AccountId, Identity};
use waxwing_remote::oauth::Grant;

use crate::engine::{Engine, locked};

/// How long a provider is waited for when the program closes, or when somebody signs in anew.
const PATIENCE: Duration = Duration::from_secs(5);

/// What an account was granted before something of it changed. Whoever asks keeps others from making its tokens fresh until it has
/// changed: what is taken back is the newest.
pub(crate) struct Before {
    account: AccountId,
    names: BTreeSet<String>,
    granted: Vec<Grant>,
}

impl Engine {
    pub(crate) async fn granted_before(&self, account: AccountId) -> Before {
        let mut granted = Vec::new();
        for door in self.granted_doors(account).await {
            granted.extend(self.all_granted((account, door)).await.unwrap_or_default());
        }
        let known = self.account(account).await;
        let identities = self.identities().await.unwrap_or_default();
        Before {
            account,
            names: known.map(|known| names(&known, &identities)).unwrap_or_default(),
            granted: granted.into_iter().flatten().collect(),
        }
    }

    /// Takes back what the account has no more. Nobody waits for that.
    pub(crate) async fn take_back_what_lost(&self, before: Before) {
        for grant in self.lost(before).await {
            self.take_back(grant);
        }
    }

    /// Of what was granted before, what nobody has any more. Some providers take back all that a person has granted to a program
    /// together, so one stays where another of its kin does, of this account or of another one of the same person; and where
    /// something cannot be read that may be its kin.
    async fn lost(&self, before: Before) -> Vec<Grant> {
        if before.granted.is_empty() {
            return Vec::new();
        }
        let (Ok(accounts), Ok(identities)) = (self.accounts().await, self.identities().await) else {
            return Vec::new();
        };
        let mut left = Vec::new();
        for account in accounts {
            if account.id != before.account && names(&account, &identities).is_disjoint(&before.names) {
                continue;
            }
            for door in self.granted_doors(account.id).await {
                match self.all_granted((account.id, door)).await {
                    Ok(granted) => left.extend(granted),
                    Err(_) => left.push(None),
                }
            }
        }
        let mut lost = before.granted;
        lost.retain(|grant| {
            let is_kin = |other: &Option<Grant>| other.as_ref().is_none_or(|other| other.is_kin_of(grant));
            !left.iter().any(is_kin)
        });
        lost
    }

    /// Tells its provider, if it can be told. Nobody waits for that.
    fn take_back(&self, grant: Grant) {
        let at = self.surroundings();
        let task = self.begin(async move {
            match grant.taken_back(&at).await {
                Ok(told) => tracing::info!(provider = %grant.provider, told, "a sign-in is wanted no more"),
                Err(error) => {
                    tracing::info!(%error, "the provider could not be told that a sign-in is wanted no more")
                }
            }
        });
        let mut tasks = locked(&self.inner.oauth.taking_back);
        tasks.retain(|task| !task.is_finished());
        tasks.push(task);
    }

    pub(super) async fn await_taking_back(&self) {
        let tasks = std::mem::take(&mut *locked(&self.inner.oauth.taking_back));
        let all = futures::future::join_all(tasks);
        if tokio::time::timeout(PATIENCE, all).await.is_err() {
            tracing::info!("a provider did not hear in time that a sign-in is wanted no more");
        }
    }
}

/// By which providers know the account's person: tokens of another one were never kept.
fn names(account: &Account, identities: &[Identity]) -> BTreeSet<String> {
    let own: Vec<&Identity> = identities
        .iter()
        .filter(|identity| identity.account == account.id)
        .collect();
    let servers = [&account.incoming, &account.outgoing];
    let servers = servers
        .into_iter()
        .chain(own.iter().map(|identity| &identity.outgoing));
    let users = servers.flatten().map(|server| &server.username);
    let emails = own.iter().map(|identity| &identity.email);
    let names = users.chain(emails).chain([&account.email]);
    names.map(|name| name.to_lowercase()).collect()
}

#[cfg(test)]
mod tests;
