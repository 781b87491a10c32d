//! The way of a letter from server to server, as each of them has written it above what it handed on (Received, RFC 5321 section 4.4).
//! Whoever sent it can have written the lower ones: whose word counts is not decided here.

use std::net::IpAddr;

use crate::fields;

/// Fields that are read; more servers than this hand no letter on.
const MOST: usize = 50;

/// One step.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hop {
    /// The server that took it, in lower case. Empty: it does not say, or it could be read in two ways.
    pub by: String,
    /// Every address that stands where it says from whom it took it: the one that was connected, and any that the other side
    /// called itself.
    pub from: Vec<IpAddr>,
    pub how: Handed,
}

/// How a server came by a letter, as far as it says so.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Handed {
    /// Somebody brought it over a network, or that is not said.
    #[default]
    Unsigned,
    /// Somebody brought it who had signed in (RFC 3848, section 4; RFC 6531, section 4.3).
    SignedIn,
    /// A program on the server gave it in.
    Locally,
    /// It was laid into a box (LMTP, RFC 2033), which is the end of a way and no beginning.
    LaidDown,
}

/// What servers call the protocol by which somebody brings a letter who has signed in.
const SIGNED_IN: [&str; 4] = ["esmtpa", "esmtpsa", "utf8smtpa", "utf8smtpsa"];
const LAID_DOWN: [&str; 4] = ["lmtp", "lmtps", "lmtpa", "lmtpsa"];

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
    let lower = format!(" {} ", words.join(" ").to_ascii_lowercase());
    let mut sides = lower.split(" by ");
    let from = sides.next().unwrap_or_default();
    let by = sides.next().unwrap_or_default();
    // What the other side calls itself, and the addresses in an envelope, may hold any words: Postfix writes them down as they were
    // said. Where the server stands twice one of the two is another's word, and it is not known which.
    let is_plain = sides.next().is_none();
    let name = by.split([' ', ';', '(']).next().unwrap_or_default();
    let told = by.get(name.len()..).unwrap_or_default();
    Hop {
        by: if is_plain { name.trim_end_matches('.') } else { "" }.to_owned(),
        from: addresses(from),
        how: if is_plain {
            handed(from, told)
        } else {
            Handed::Unsigned
        },
    }
}

/// From what a server has written behind its name.
fn handed(from: &str, told: &str) -> Handed {
    let (comment, rest) = comments(told);
    if from.trim().is_empty() && comment.contains(", from userid ") {
        return Handed::Locally;
    }
    let mut words = rest.split([' ', ';', '(']).filter(|word| !word.is_empty());
    match (words.next(), words.next()) {
        (Some("with"), Some(protocol)) if SIGNED_IN.contains(&protocol) => Handed::SignedIn,
        (Some("with"), Some(protocol)) if LAID_DOWN.contains(&protocol) => Handed::LaidDown,
        // Exim.
        (Some("with"), Some("local")) => Handed::Locally,
        _ => Handed::Unsigned,
    }
}

/// The comments that a text begins with, and what stands behind them.
fn comments(text: &str) -> (&str, &str) {
    let (mut depth, mut end) = (0_usize, 0);
    for (at, sign) in text.char_indices() {
        match sign {
            '(' => depth += 1,
            ')' if depth > 0 => depth -= 1,
            ' ' => {}
            _ if depth > 0 => {}
            _ => break,
        }
        end = at + sign.len_utf8();
    }
    text.split_at_checked(end).unwrap_or((text, ""))
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
                    how: Handed::Unsigned
                },
                Hop {
                    by: "relay.kustwerk.example".into(),
                    from: vec![address("fd00::7"), address("203.0.113.4")],
                    how: Handed::Unsigned
                },
                Hop {
                    by: "mail.kustwerk.example".into(),
                    from: Vec::new(),
                    how: Handed::Locally
                },
                Hop {
                    by: "box.example".into(),
                    from: Vec::new(),
                    how: Handed::LaidDown
                },
                Hop::default(),
            ]
        );
    }

    #[test]
    fn how_a_letter_was_handed_over_is_the_server_s_word_and_nobody_else_s() {
        for (field, how) in [
            // Postfix, with TLS and a sign-in.
            (
                "from [192.168.7.20] (unknown [192.168.7.20]) (using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)) \
                 (Authenticated sender: lena) by mail.kustwerk.example (Postfix) with ESMTPSA id 4F; Mon, 1 Jan 2026 10:00:00 +0100",
                Handed::SignedIn,
            ),
            // Exim.
            (
                "from scanner ([192.168.7.20]) by mail.kustwerk.example with esmtpa (Exim 4.96) (envelope-from <a@b>) id 1-2",
                Handed::SignedIn,
            ),
            (
                "from www-data by mail.kustwerk.example with local (Exim 4.96) (envelope-from <a@b>) id 1-2",
                Handed::Locally,
            ),
            // OpenSMTPD, of a program on the same machine.
            (
                "from localhost (mail.kustwerk.example [local]) by mail.kustwerk.example (OpenSMTPD) with ESMTPA id 1 for <a@b>",
                Handed::SignedIn,
            ),
            (
                "by mail.kustwerk.example (Postfix, from userid 33) id 4F; Mon, 1 Jan 2026 10:00:00 +0100",
                Handed::Locally,
            ),
            // Gmail.
            (
                "from [192.168.7.20] ([203.0.113.9]) by smtp.gmail.com with UTF8SMTPSA id x.1 for <a@b> (version=TLS1_3)",
                Handed::SignedIn,
            ),
            // Exchange does not say who has signed in.
            (
                "from scanner (192.168.7.20) by ex.kustwerk.example (192.168.7.2) with Microsoft SMTP Server (version=TLS1_2) id 15.2",
                Handed::Unsigned,
            ),
            // Dovecot, over a network of its own machine.
            (
                "from mail.kustwerk.example ([127.0.0.1]) by mail.kustwerk.example with LMTP id 5 (envelope-from <a@b>)",
                Handed::LaidDown,
            ),
            (
                "from x (y [192.168.7.20]) by mail.kustwerk.example (Postfix) with ESMTP id 4F",
                Handed::Unsigned,
            ),
            (
                "from x (y [192.168.7.20]) by mail.kustwerk.example",
                Handed::Unsigned,
            ),
            // What the other side calls itself, and an address of the envelope.
            (
                "from x with ESMTPSA (y [203.0.113.9]) by mail.kustwerk.example (Postfix) with ESMTP id 4F",
                Handed::Unsigned,
            ),
            (
                "from x (y [192.168.7.20]) by mail.kustwerk.example (Postfix) with ESMTP id 4F for <\"a with ESMTPSA\"@b>",
                Handed::Unsigned,
            ),
            (
                "from x (y [192.168.7.20]) by mail.kustwerk.example (a (with ESMTPSA) with ESMTPSA) with ESMTP id 4F",
                Handed::Unsigned,
            ),
            (
                "from (postfix, from userid 33) ([192.168.7.20]) by mail.kustwerk.example (Postfix) with ESMTP",
                Handed::Unsigned,
            ),
        ] {
            assert_eq!(hop(field).how, how, "{field}");
        }
    }

    #[test]
    fn a_server_that_stands_twice_in_a_field_is_not_known() {
        for field in [
            // Postfix writes down whatever the other side calls itself.
            "from x by mail.kustwerk.example with LMTP (y [203.0.113.9]) by mail.kustwerk.example (Postfix) with ESMTP id 4F",
            "from x\r\n\tBY\r\n mail.kustwerk.example with ESMTPSA (y [203.0.113.9]) by mail.kustwerk.example (Postfix) with ESMTP",
            "from x (y [203.0.113.9]) by mail.fjord.example with ESMTP for <\"a by mail.kustwerk.example with ESMTPSA x\"@b>",
            "by x by mail.kustwerk.example with ESMTPSA",
        ] {
            let read = hop(field);
            assert_eq!((read.by.as_str(), read.how), ("", Handed::Unsigned), "{field}");
        }
    }
}
