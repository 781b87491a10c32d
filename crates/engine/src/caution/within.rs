//! Whether a letter never left the network of the house whose name it bears: a scanner in the corridor writes in the name of whoever
//! stands before it, over the house's own server, and signs nothing. Not here: letters from elsewhere.

use std::net::IpAddr;

use waxwing_mime::{Handed, Hop, hops};
use waxwing_remote::discover::registered_domain;

use super::houses::is_of_everybody;

/// Where a letter that bears a name of the house was brought to the house's servers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Brought {
    /// Somewhere else, or that is not known.
    Elsewhere,
    /// At an address that no other network has, as it seems. A server behind a router, a proxy or a container's network that puts
    /// its own address in the place of the caller's writes this of everybody.
    Seemingly,
    /// By somebody who had signed in from such an address, or by a program on a server.
    Within,
}

/// Whether all servers that had the letter are of the domain, and each took it from an address that no other network has (RFC 1918,
/// RFC 4193), and who brought it there. The own server writes the uppermost field, and would have written there where a letter from
/// elsewhere came from, so that whatever is written below it makes no forged letter one of the house.
///
/// An inner address alone is no proof, not even that of the same machine: each step has to have been signed in, or to have begun on
/// a server. What Exchange knows of that stands in a field which it writes for whole networks that are trusted unasked, too, and
/// is not read; its letters, and those that a filter hands back to its server, stay seemingly of the house.
pub(super) fn brought(raw: &[u8], domain: &str) -> Brought {
    // Everybody is in the house of a provider.
    let Some(house) = registered_domain(domain).filter(|house| !is_of_everybody(house)) else {
        return Brought::Elsewhere;
    };
    let hops = hops(raw);
    let is_of_house = |hop: &Hop| registered_domain(&hop.by).as_ref() == Some(&house);
    let is_inner = |hop: &Hop| {
        let may_be_bare = matches!(hop.how, Handed::Locally | Handed::LaidDown);
        (may_be_bare || !hop.from.is_empty()) && hop.from.iter().all(is_private)
    };
    let begins = |hop: &Hop| matches!(hop.how, Handed::SignedIn | Handed::Locally);
    let is_known = |hop: &Hop| hop.how != Handed::Unsigned;
    if !hops.iter().all(|hop| is_of_house(hop) && is_inner(hop)) {
        return Brought::Elsewhere;
    }
    match (hops.iter().all(is_known), hops.iter().any(begins)) {
        (true, true) => Brought::Within,
        _ if hops.iter().any(|hop| !hop.from.is_empty()) => Brought::Seemingly,
        _ => Brought::Elsewhere,
    }
}

fn is_private(address: &IpAddr) -> bool {
    match address {
        IpAddr::V4(four) => four.is_private() || four.is_loopback() || four.is_link_local(),
        IpAddr::V6(six) => match six.to_ipv4_mapped() {
            Some(four) => is_private(&IpAddr::V4(four)),
            None => six.is_loopback() || six.is_unique_local() || six.is_unicast_link_local(),
        },
    }
}

#[cfg(test)]
mod tests;
