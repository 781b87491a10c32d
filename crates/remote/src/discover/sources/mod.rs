//! The places that may know the servers of an address. Each has its rank, its head start for better ones, and its own
//! patience; none knows the others.
//!
//! Not here: which answer is believed (`race`).

mod autoconfig;
mod autodiscover;
mod exchanger;
mod pacc;
mod probing;
mod shared_list;
mod srv;

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures::future::BoxFuture;

use super::{address::MailAddress, found::Found, surroundings::Surroundings, surroundings::Wishes, web::Web};
use crate::RemoteError;

/// What a source needs to ask.
pub(super) struct Inquiry<'a> {
    pub(super) address: &'a MailAddress,
    pub(super) at: &'a Surroundings,
    pub(super) wishes: &'a Wishes,
    pub(super) web: &'a Web,
    /// An answer has come that suffices: whoever has not been asked by then is not asked any more.
    pub(super) enough: AtomicBool,
}

impl Inquiry<'_> {
    pub(super) fn has_enough(&self) -> bool {
        self.enough.load(Ordering::Relaxed)
    }
}

/// One place to ask. `None`: it knows nothing about the address.
pub(super) trait Place: Send + Sync {
    fn ask<'a>(&'a self, inquiry: &'a Inquiry<'a>) -> BoxFuture<'a, Result<Option<Found>, RemoteError>>;

    fn manner(&self) -> Manner;
}

/// How a place is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Manner {
    /// What the domain itself says is asked at once; who else would hear of it, and what makes a noise, waits a moment.
    pub(super) after: Duration,
    /// How long it may take from then on.
    pub(super) patience: Duration,
    /// How long better places are waited for once this one has answered.
    pub(super) grace: Duration,
    /// Whether the names of its servers come from the network, and are looked at before they are believed.
    pub(super) from_strangers: bool,
}

impl Manner {
    /// The same, with everything so many times longer.
    pub(super) fn at(self, pace: u32) -> Self {
        Self {
            after: self.after * pace,
            patience: self.patience * pace,
            grace: self.grace * pace,
            ..self
        }
    }
}

/// The moment that what the domain publishes itself has before others are asked.
pub(super) const HEAD_START: Duration = Duration::from_millis(300);

const PUBLISHED: Manner = Manner {
    after: Duration::ZERO,
    patience: Duration::from_secs(4),
    grace: Duration::from_millis(250),
    from_strangers: true,
};

/// The places, the most believable first.
pub(super) fn places() -> Vec<Box<dyn Place>> {
    vec![
        // Fetched from the domain and vouched for by its DNS.
        Box::new(pacc::Pacc),
        // Fetched from the domain.
        Box::new(autoconfig::Autoconfig::OwnHost),
        Box::new(autoconfig::Autoconfig::WellKnown),
        // The domain's DNS, which anybody on the way can write in.
        Box::new(srv::Srv),
        // Kept by people who do not know the domain better than it does.
        Box::new(shared_list::SharedList),
        // Whoever takes the mail is likely to have it.
        Box::new(exchanger::Exchanger),
        // Mostly about Exchange, and only by the way about the three protocols.
        Box::new(autodiscover::Autodiscover),
        // A guess that has been tried.
        Box::new(probing::Probing),
    ]
}

/// Those of them that may say at whose page the people of a domain sign in: what it publishes, and who takes its mail.
pub(super) fn publishing() -> Vec<Box<dyn Place>> {
    vec![
        Box::new(pacc::Pacc),
        Box::new(autoconfig::Autoconfig::OwnHost),
        Box::new(autoconfig::Autoconfig::WellKnown),
        Box::new(exchanger::Exchanger),
    ]
}
