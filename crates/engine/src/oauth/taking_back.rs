//! What was granted is taken back at the provider (RFC 7009) when it is wanted no more: its account has gone, or signs in otherwise.
//! The provider is told behind everything else. That it cannot be told keeps nobody from anything: the person can take the grant
//! back at its page too.

use std::time::Duration;

use waxwing_model::AccountId;
use waxwing_remote::oauth::Grant;

use crate::engine::{Engine, locked};

/// How long a provider is waited for when the program closes.
const PATIENCE: Duration = Duration::from_secs(5);

impl Engine {
    /// What is to be taken back once the account has gone. Another account of the same person would lose its own with it.
    pub(crate) async fn grant_to_take_back(&self, account: AccountId) -> Option<Grant> {
        let grant = self.readable_grant(account).await.ok().flatten()?;
        let accounts = self.accounts().await.ok()?;
        let own = accounts.iter().find(|each| each.id == account)?;
        let name = |server: &Option<waxwing_model::ServerSettings>| {
            server.as_ref().map(|server| server.username.clone())
        };
        let shared = accounts
            .iter()
            .any(|other| other.id != account && name(&other.incoming) == name(&own.incoming));
        (!shared).then_some(grant)
    }

    /// Tells its provider, if it can be told. Nobody waits for that.
    pub(crate) fn take_back(&self, grant: Grant) {
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
