//! Whether a letter never left the network of the house whose name it bears: a scanner in the corridor writes in the name of whoever
//! stands before it, over the house's own server, and signs nothing. Not here: letters from elsewhere.

use std::net::IpAddr;

use waxwing_mime::hops;
use waxwing_remote::discover::registered_domain;

/// Whether all servers that had the letter are of the domain, and each took it from an address that no other network has (RFC 1918,
/// RFC 4193). The own server writes the uppermost field, and would have written there where a letter from elsewhere came from, so
/// that whatever is written below it makes no forged letter one of the house.
pub(super) fn came_from_within(raw: &[u8], domain: &str) -> bool {
    let Some(house) = registered_domain(domain) else {
        return false;
    };
    let hops = hops(raw);
    let is_within = |hop: &waxwing_mime::Hop| {
        let is_from_here = hop.is_local || !hop.from.is_empty() && hop.from.iter().all(is_private);
        is_from_here && registered_domain(&hop.by).as_ref() == Some(&house)
    };
    hops.iter().any(|hop| !hop.from.is_empty()) && hops.iter().all(is_within)
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
mod tests {
    use super::*;

    fn is_within(fields: &[&str]) -> bool {
        let head: String = fields
            .iter()
            .map(|field| format!("Received: {field}\r\n"))
            .collect();
        came_from_within(format!("{head}\r\n").as_bytes(), "kustwerk.example")
    }

    #[test]
    fn a_letter_is_of_the_house_only_where_its_own_servers_have_seen_it_nowhere_else() {
        let scanner = "from scanner (unknown [192.168.7.20]) by mail.kustwerk.example with ESMTP";
        let filter = "from localhost (localhost [127.0.0.1]) by mail.kustwerk.example";
        assert!(is_within(&[scanner]));
        assert!(is_within(&[filter, scanner]), "over a filter of the same server");
        assert!(is_within(&[
            filter,
            "by mail.kustwerk.example (Postfix, from userid 33)"
        ]));
        for (fields, why) in [
            (vec![], "it came over no server"),
            (
                vec!["from scanner (x [203.0.113.9]) by mail.kustwerk.example"],
                "from elsewhere",
            ),
            (
                vec!["from x (y [203.0.113.9]) by mail.kustwerk.example", scanner],
                "a forger writes such a field below",
            ),
            (
                vec!["from [192.168.7.20] (y [203.0.113.9]) by mail.kustwerk.example"],
                "a forger calls itself so",
            ),
            (
                vec!["from scanner (unknown [192.168.7.20]) by mx.fjord.example"],
                "the network of another house",
            ),
            (
                vec!["from scanner by mail.kustwerk.example"],
                "nobody saw from where",
            ),
            (vec!["by mail.kustwerk.example"], "nor here"),
        ] {
            assert!(!is_within(&fields), "{why}");
        }
    }
}
