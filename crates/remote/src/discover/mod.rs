//! Where the servers of an address are: a list of well-known providers, what the domain publishes, and the usual names
//! and ports. Every answer says whose it is (docs/setup.md tells the order, and what is told to whom).
//!
//! No password is said while looking, every certificate is checked, and nothing is fetched without TLS. Whether the
//! person can sign in is found out later.

mod address;
mod catalogue;
mod config;
mod found;
mod names;
mod pick;
mod plan;
mod probe;
mod race;
mod registered;
mod sources;
mod stage;
mod surroundings;
mod tree;
mod vet;
mod web;

pub use catalogue::{provider_domains, well_known};
pub use found::{Candidate, Dissent, Found, Hint, Source};
pub(crate) use names::Names;
pub use plan::{Ports, Probing, Service};
pub use registered::{is_listed, registered, registered_domain};
pub use surroundings::{Stage, Surroundings, Wishes};
pub(crate) use web::{WITHIN, client as web_client, failed as web_failure, names as web_names};

use std::sync::atomic::AtomicBool;

use crate::RemoteError;

/// Finds the servers of `email`. Nothing found is not an error: the person then fills in the form. That DNS does not answer
/// is one.
pub async fn discover(email: &str, at: &Surroundings, wishes: &Wishes) -> Result<Found, RemoteError> {
    let address = address::MailAddress::parse(email)?;
    if let Some(found) = catalogue::look_up(&address) {
        return Ok(found);
    }
    let at = &afresh(at);
    if !has_somebody_to_ask(&address, at) {
        return Ok(pick::search(&address, at, plan::PATIENCE).await);
    }
    ask(&sources::places(), &address, at, wishes).await
}

/// At whose page the domain of `email` has its people sign in, where that is published: for an account whose servers are known. The
/// domain itself is asked and, where it says nothing, what there is about whoever takes its mail. No mail server is asked, and nobody
/// hears the part before the @. `None` is an answer.
pub async fn named_issuer(email: &str, at: &Surroundings) -> Result<Option<String>, RemoteError> {
    let address = address::MailAddress::parse(email)?;
    if let Some(found) = catalogue::look_up(&address) {
        return Ok(found.issuer);
    }
    let at = &afresh(at);
    if !has_somebody_to_ask(&address, at) {
        return Ok(None);
    }
    let found = ask(&sources::publishing(), &address, at, &Wishes::default()).await?;
    Ok(found.issuer)
}

async fn ask(
    places: &[Box<dyn sources::Place>],
    address: &address::MailAddress,
    at: &Surroundings,
    wishes: &Wishes,
) -> Result<Found, RemoteError> {
    let inquiry = sources::Inquiry {
        address,
        at,
        wishes,
        web: &web::Web::new(at)?,
        enough: AtomicBool::default(),
    };
    race::run(places, &inquiry).await
}

/// A name of the local network, or a number, has nobody who could publish anything about it.
fn has_somebody_to_ask(address: &address::MailAddress, at: &Surroundings) -> bool {
    at.names.are_asked() && registered(&address.domain).is_some()
}

/// The same, with nothing remembered of what DNS has said before.
fn afresh(at: &Surroundings) -> Surroundings {
    Surroundings {
        names: at.names.afresh(),
        ..at.clone()
    }
}

/// Finds out at which port a named server offers a service, and how it is encrypted there.
pub async fn knock(
    email: &str,
    service: Service,
    host: &str,
    port: Option<u16>,
    at: &Surroundings,
) -> Result<Option<Candidate>, RemoteError> {
    let address = address::MailAddress::parse(email)?;
    let attempts = plan::at_host(service, host, port, &address, &at.probing);
    Ok(pick::best(attempts, at, plan::PATIENCE).await)
}
