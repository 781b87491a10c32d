//! Which addresses are on the public internet, and which are this computer, its neighbours, or nobody's.
//!
//! Not here: who may ask whom. A letter's pictures and a stranger's description of servers must not make this computer
//! talk to the router beside it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

pub(crate) fn is_public_address(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => {
            let [first, second, ..] = v4.octets();
            // 100.64.0.0/10 is shared (RFC 6598), 198.18.0.0/15 is for benchmarks (RFC 2544), 240.0.0.0/4 is reserved.
            let shared = first == 100 && (64..128).contains(&second);
            let benchmarks = first == 198 && (second & 0xfe) == 18;
            !(v4.is_private()
                || v4.is_loopback()
                || v4.is_link_local()
                || v4.is_broadcast()
                || v4.is_documentation()
                || v4.is_multicast()
                || first == 0
                || shared
                || benchmarks
                || first >= 240)
        }
        IpAddr::V6(v6) => {
            if let Some(v4) = v6.to_ipv4() {
                return is_public_address(v4.into());
            }
            if let Some(v4) = behind(v6) {
                return is_public_address(v4.into());
            }
            let [first, second, ..] = v6.segments();
            // Teredo (RFC 4380) leads to computers behind a router; 2001:db8::/32 is for documentation (RFC 3849).
            let tunnel = first == 0x2001 && matches!(second, 0 | 0xdb8);
            // Only 2000::/3 is global unicast (RFC 4291, section 2.4).
            first & 0xe000 == 0x2000 && !tunnel
        }
    }
}

/// Whom a packet reaches in the end: in networks without IPv4 the translator puts the other's address into its own prefix
/// (64:ff9b::/96, RFC 6052), and 6to4 puts it behind 2002 (RFC 3056).
fn behind(v6: Ipv6Addr) -> Option<Ipv4Addr> {
    let two = |high: u16, low: u16| Ipv4Addr::from_bits((u32::from(high) << 16) | u32::from(low));
    match v6.segments() {
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => Some(two(high, low)),
        _ => None,
    }
}
