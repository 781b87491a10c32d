//! The way of a letter from server to server, as each of them has written it above what it handed on (Received, RFC 5321 section 4.4).
//! Whoever sent it can have written the lower ones: whose word counts is not decided here.

use std::net::IpAddr;

use crate::fields;

/// Fields that are read; more servers than this hand no letter on.
const MOST: usize = 50;

/// One step.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hop {
    /// The server that took it, in lower case. Empty: it does not say.
    pub by: String,
    /// Every address that stands where it says from whom it took it: the one that was connected, and any that the other side
    /// called itself.
    pub from: Vec<IpAddr>,
    /// It took it from nobody else but a program of its own.
    pub is_local: bool,
}

/// The steps of a letter, the last one first.
pub fn hops(raw: &[u8]) -> Vec<Hop> {
    let header = fields::header_of(raw);
    let (fields, _) = fields::split(&header);
    let received = fields.iter().filter(|field| field.is("Received"));
    received.take(MOST).map(|field| hop(&field.unfolded())).collect()
}

fn hop(value: &str) -> Hop {
    // A field is folded wherever its writer liked.
    let words: Vec<&str> = value.split_ascii_whitespace().collect();
    let lower = words.join(" ").to_ascii_lowercase();
    let (from, by) = match lower.strip_prefix("by ") {
        Some(by) => ("", by),
        None => lower.split_once(" by ").unwrap_or((&lower, "")),
    };
    let name = by.split([' ', ';', '(']).next().unwrap_or_default();
    let addresses = addresses(from);
    // What a server lays into a box (LMTP, RFC 2033) it often takes over a socket that has no address.
    let is_laid_down = by.contains(" with lmtp") && addresses.is_empty();
    Hop {
        by: name.trim_end_matches('.').to_owned(),
        is_local: !name.is_empty() && (from.is_empty() || is_laid_down),
        from: addresses,
    }
}

/// All addresses of the network in a text, those of IPv6 with or without the sign before them that SMTP wants, and with the port behind
/// them that some servers write: one that is passed over would be missing where it counts that a letter came from there.
fn addresses(text: &str) -> Vec<IpAddr> {
    let is_part = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '.' | ':');
    let words = text.split(|sign| !is_part(sign));
    let bare = words.map(|word| word.strip_prefix("ipv6:").unwrap_or(word).trim_matches('.'));
    bare.filter_map(|word| {
        let with_port = || word.rsplit_once(':')?.0.parse().ok();
        word.parse().ok().or_else(with_port)
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_address_is_passed_over_for_what_stands_beside_it() {
        for (field, addresses) in [
            (
                "from [192.168.7.20] (203.0.113.9:4567)",
                &["192.168.7.20", "203.0.113.9"][..],
            ),
            ("from x ([203.0.113.9]:25)", &["203.0.113.9"]),
            ("from x (203.0.113.9.)", &["203.0.113.9"]),
            ("from x ([::ffff:203.0.113.9])", &["::ffff:203.0.113.9"]),
            ("from x (ID: 12:34) at 10:00:00", &[]),
        ] {
            let read = hop(&format!("{field} by mail.kustwerk.example"));
            let written: Vec<String> = read.from.iter().map(ToString::to_string).collect();
            assert_eq!(written, addresses, "{field}");
        }
    }

    #[test]
    fn each_server_on_the_way_says_from_whom_it_took_a_letter() {
        let raw = b"Received: from scanner (unknown [192.168.7.20])\r\n\tby mail.kustwerk.example (Postfix) with ESMTP id 4; \
            Mon, 1 Jan 2026 10:00:00 +0100\r\nReceived: from x ([IPv6:fd00::7] helo=[203.0.113.4]) by Relay.kustwerk.example.\r\n\
            Received: by mail.kustwerk.example (Postfix, from userid 33)\r\nReceived: from mail\r\n by box.example with LMTP id 1\r\n\
            Received: nothing\r\n\r\n";
        let address = |text: &str| text.parse::<IpAddr>().expect("an address");
        assert_eq!(
            hops(raw),
            [
                Hop {
                    by: "mail.kustwerk.example".into(),
                    from: vec![address("192.168.7.20")],
                    is_local: false
                },
                Hop {
                    by: "relay.kustwerk.example".into(),
                    from: vec![address("fd00::7"), address("203.0.113.4")],
                    is_local: false
                },
                Hop {
                    by: "mail.kustwerk.example".into(),
                    from: Vec::new(),
                    is_local: true
                },
                Hop {
                    by: "box.example".into(),
                    from: Vec::new(),
                    is_local: true
                },
                Hop::default(),
            ]
        );
    }
}
