//! Which addresses are on the public internet, and which are this computer, its neighbours, or nobody's.
//!
//! Not here: who may ask whom. A letter's pictures and a stranger's description of servers must not make this computer
//! talk to the router beside it.

use std::net::IpAddr;

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
            // Only 2000::/3 is global unicast (RFC 4291, section 2.4).
            v6.segments()
                .first()
                .is_some_and(|first| first & 0xe000 == 0x2000)
        }
    }
}
