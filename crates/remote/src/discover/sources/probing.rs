//! Trying the usual names and ports: a guess, but one that has been knocked at.

use std::time::Duration;

use futures::future::{BoxFuture, FutureExt};

use super::{HEAD_START, Inquiry, Manner, Place};
use crate::{
    RemoteError,
    discover::{found::Found, pick, plan},
};

pub(in crate::discover) struct Probing;

impl Place for Probing {
    fn ask<'a>(&'a self, inquiry: &'a Inquiry<'a>) -> BoxFuture<'a, Result<Option<Found>, RemoteError>> {
        async {
            let found = pick::search(inquiry.address, inquiry.at, plan::PATIENCE).await;
            Ok((!found.is_empty()).then_some(found))
        }
        .boxed()
    }

    fn manner(&self) -> Manner {
        Manner {
            after: HEAD_START,
            patience: plan::PATIENCE * 2,
            grace: Duration::from_millis(800),
            // The names come from the person's own address.
            from_strangers: false,
        }
    }
}
