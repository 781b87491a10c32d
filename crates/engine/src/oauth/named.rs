//! An account that has only ever had a password, when somebody is about to sign in again: its domain is asked at whose page its people
//! sign in, and what it says is noted, so that the browser can be offered.
//!
//! Not here: whether a named issuer is believed of a server (`remote`), which is judged each time that one is offered.

use std::collections::BTreeMap;

use futures::future::join_all;
use waxwing_model::AccountId;
use waxwing_remote::discover;

use crate::accounts::Door;
use crate::engine::Engine;
use crate::error::Result;

impl Engine {
    /// Asks whom the domains of the account's people name. `true`: something is known now that was not, and may be offered.
    ///
    /// Nobody is asked about a server that the browser opens already, or whose provider is known without. A domain that does not
    /// answer has said nothing, and what it said before stands.
    pub async fn ask_whose_page(&self, account: AccountId) -> Result<bool> {
        let mut people: BTreeMap<String, Vec<Door>> = BTreeMap::new();
        let known = self.account(account).await?;
        for doorway in self.doorways(account).await? {
            let is_known = self.provider_of(&[doorway.server.host], None).is_some();
            if is_known || doorway.provider.is_some() {
                continue;
            }
            let email = match doorway.door {
                Door::Identity(identity) => self.identity(identity).await?.email,
                Door::Incoming | Door::Outgoing => known.email.clone(),
            };
            people.entry(email).or_default().push(doorway.door);
        }
        let surroundings = &self.surroundings();
        let questions = people.into_iter().map(|(email, doors)| async move {
            let named = discover::named_issuer(&email, surroundings).await;
            (named, doors)
        });
        let mut is_news = false;
        for (named, doors) in join_all(questions).await {
            match named {
                Ok(Some(issuer)) => {
                    for door in doors {
                        is_news |= self.note_issuer((account, door), &issuer).await?;
                    }
                }
                Ok(None) => {}
                Err(error) => tracing::info!(%error, "a domain did not say at whose page its people sign in"),
            }
        }
        Ok(is_news)
    }
}

#[cfg(test)]
mod tests;
