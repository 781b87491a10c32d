//! Whoever takes the mail of a domain is likely to keep it, too: MX records lead to a provider, and the provider is looked
//! up in the built-in list, then asked as the domain itself is.

use std::time::Duration;

use futures::future::{BoxFuture, FutureExt};

use super::{HEAD_START, Inquiry, Manner, Place, autoconfig::Autoconfig, shared_list};
use crate::{
    RemoteError,
    discover::{
        catalogue,
        found::Found,
        registered::{registered, same_owner},
    },
};

pub(in crate::discover) struct Exchanger;

impl Place for Exchanger {
    fn ask<'a>(&'a self, inquiry: &'a Inquiry<'a>) -> BoxFuture<'a, Result<Option<Found>, RemoteError>> {
        ask(inquiry).boxed()
    }

    fn manner(&self) -> Manner {
        Manner {
            // DNS at once; the provider hears of it later.
            after: Duration::ZERO,
            patience: Duration::from_secs(6),
            grace: Duration::from_millis(500),
            from_strangers: true,
        }
    }
}

async fn ask(inquiry: &Inquiry<'_>) -> Result<Option<Found>, RemoteError> {
    let address = inquiry.address;
    let exchangers = inquiry.at.names.exchangers(&address.domain).await?;
    let known = exchangers
        .iter()
        .find_map(|exchanger| catalogue::behind(exchanger, address));
    if known.is_some() {
        return Ok(known);
    }
    let Some(provider) = exchangers.first().and_then(|exchanger| registered(exchanger)) else {
        return Ok(None);
    };
    if provider == address.domain {
        return Ok(None);
    }
    tokio::time::sleep(HEAD_START * inquiry.at.pace).await;
    if inquiry.has_enough() {
        return Ok(None);
    }
    let (web, own, well_known) = (inquiry.web, Autoconfig::OwnHost, Autoconfig::WellKnown);
    let (own, well_known, shared) = tokio::join!(
        own.about(provider, address, None, web),
        well_known.about(provider, address, None, web),
        shared_list::about(provider, inquiry),
    );
    // One that is not there, or talks nonsense, does not hide another.
    let found = [own, well_known, shared]
        .into_iter()
        .find_map(|answer| answer.ok().flatten());
    if same_owner(provider, &address.domain) {
        return Ok(found);
    }
    // However well the provider vouches for its servers: that it is the provider, only DNS says.
    Ok(found.map(|found| Found {
        behind: Some(provider.to_owned()),
        ..found.unvouched()
    }))
}
