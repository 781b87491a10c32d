//! Where the servers of an address are: a list of well-known providers, then the usual names and ports.
//!
//! Nothing that is private is said while looking: no user name, no password, and the certificate is checked. Whether
//! the person can sign in is found out later. Not here: SRV records (RFC 6186) and providers' own descriptions.

mod address;
mod catalogue;
mod found;
mod pick;
mod plan;
mod probe;
mod provider;
mod providers;

pub use catalogue::well_known;
pub use found::{Candidate, Found, Source};
pub use plan::{Ports, Probing};

use crate::{RemoteError, Trust};

/// Finds the servers of `email`. Nothing found is not an error: the person then fills in the form.
pub async fn discover(email: &str, trust: &Trust, probing: &Probing) -> Result<Found, RemoteError> {
    let address = address::MailAddress::parse(email)?;
    if let Some(found) = catalogue::look_up(&address) {
        return Ok(found);
    }
    Ok(pick::search(&address, trust, probing, plan::PATIENCE).await)
}
