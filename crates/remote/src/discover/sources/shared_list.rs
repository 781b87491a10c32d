//! The list that all clients of the autoconfig family share. It hears the domain and nothing else, and only when the
//! domain says nothing itself.

use std::time::Duration;

use futures::future::{BoxFuture, FutureExt};

use super::{HEAD_START, Inquiry, Manner, Place};
use crate::{
    RemoteError,
    discover::{
        config,
        found::{Found, Source},
        tree::Element,
    },
};

pub(in crate::discover) struct SharedList;

impl Place for SharedList {
    fn ask<'a>(&'a self, inquiry: &'a Inquiry<'a>) -> BoxFuture<'a, Result<Option<Found>, RemoteError>> {
        about(&inquiry.address.domain, inquiry).boxed()
    }

    fn manner(&self) -> Manner {
        Manner {
            after: HEAD_START,
            patience: Duration::from_secs(5),
            grace: Duration::from_millis(500),
            from_strangers: true,
        }
    }
}

/// What the list says about a domain.
pub(super) async fn about(domain: &str, inquiry: &Inquiry<'_>) -> Result<Option<Found>, RemoteError> {
    let Some(list) = &inquiry.at.shared_list else {
        return Ok(None);
    };
    let Some(body) = inquiry.web.get(&format!("{list}{domain}")).await? else {
        return Ok(None);
    };
    let url = url::Url::parse(list).ok();
    let host = url
        .as_ref()
        .and_then(url::Url::host_str)
        .unwrap_or_default()
        .to_owned();
    let how = Source::SharedList { host };
    Ok(config::read(&Element::read(&body)?, inquiry.address, how))
}
