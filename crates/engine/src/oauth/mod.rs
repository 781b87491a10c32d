//! Signing in in the browser: what is offered for a server, the sign-in that is under way, and the tokens that come of it, kept
//! sealed and made fresh for all of an account's connections by one of them.
//!
//! Not here: what is said to a provider (`remote`), and who opens the browser. No token leaves this crate but to a server.

mod again;
mod browser;
mod kept;
mod named;
mod offer;
mod taking_back;
mod tokens;

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures::future::join_all;
use secrecy::SecretString;
use tokio::task::JoinHandle;
use waxwing_model::{AccountId, IdentityId};
use waxwing_remote::oauth::Grant;

pub use browser::{Begun, SignInForm, SignInId};
pub(crate) use kept::{for_tokens, is_unreadable, known_of, seal_grant};
pub use offer::SignInOffer;
pub(crate) use tokens::not_for;

use crate::accounts::Door;
use crate::engine::{Engine, locked};

/// Where something that was granted stands: for which server of which account. What is kept for incoming mail is good for sending
/// as well, unless that has something of its own.
pub(crate) type Place = (AccountId, Door);

/// How long a token that is just being made fresh is waited for when the program closes.
const LAST_ANSWER: Duration = Duration::from_secs(5);

#[derive(Default)]
pub(crate) struct OAuth {
    /// One person signs in at a time: what is begun next ends what was not finished. Of those that were, the last one stays, since an
    /// account may read at one provider and send at another.
    under_way: Mutex<Vec<browser::UnderWay>>,
    /// Held by whoever makes a token fresh, until what came is kept.
    renewing: Mutex<HashMap<Place, Arc<tokio::sync::Mutex<()>>>>,
    /// What came and could not be kept, because the disk was full or the vault shut meanwhile.
    unkept: Mutex<HashMap<Place, Grant>>,
    /// Tokens that came because a server had refused the one before, and that none has taken yet. Refused too, they are the last.
    on_trial: Mutex<HashMap<Place, SecretString>>,
    /// Providers that are just told that a sign-in is wanted no more.
    taking_back: Mutex<Vec<JoinHandle<()>>>,
}

impl Engine {
    /// Where something may stand that an account was granted: at its own two servers, and at those of its addresses. In the same order
    /// for everybody.
    pub(crate) async fn granted_doors(&self, account: AccountId) -> Vec<Door> {
        let identities = self.identities().await.unwrap_or_default();
        let mut own: Vec<IdentityId> = identities
            .into_iter()
            .filter_map(|identity| (identity.account == account).then_some(identity.id))
            .collect();
        own.sort_unstable();
        let own = own.into_iter().map(Door::Identity);
        [Door::Incoming, Door::Outgoing].into_iter().chain(own).collect()
    }

    /// Waits for fresh tokens that are under way: the provider may have forgotten the old ones already. What could not be kept
    /// is kept now, or never.
    pub(crate) async fn await_tokens(&self) {
        let mut places: HashSet<Place> = locked(&self.inner.oauth.renewing).keys().copied().collect();
        places.extend(locked(&self.inner.oauth.unkept).keys());
        let ends = places.into_iter().map(|place| async move {
            let held = tokio::time::timeout(LAST_ANSWER, self.hold_tokens(place)).await;
            let still = locked(&self.inner.oauth.unkept).contains_key(&place);
            if held.is_ok()
                && still
                && let Err(error) = self.sealed_grant(place).await
            {
                tracing::error!(%error, "a fresh sign-in was not kept");
            }
        });
        join_all(ends).await;
        self.await_taking_back().await;
    }
}
