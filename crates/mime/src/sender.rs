//! Tricks with the name of a sender, so that it is taken for another one: what Mailsploit showed, and its kin. The tricks
//! are disarmed where fields are read (see `address.rs` and `visible.rs`); here they are told of.

use waxwing_model::Address;

use crate::fields;
use crate::{address, visible, words};

/// Something about From that honest letters do not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SenderTrick {
    /// The name holds an address that is not the sender's.
    AddressInName(String),
    /// Signs that are not seen, or end a line: NUL, line ends, marks that turn the direction of text.
    HiddenSigns,
    /// The address itself is written as an encoded word, which no address may be (RFC 2047, section 5).
    EncodedAddress,
    /// There are several From fields: programs do not agree on which counts.
    SeveralFrom,
    /// From names several people, and the first of them, who is shown, is not said to have sent it (RFC 5322, section 3.6.2).
    SeveralSenders,
    /// From says something, and no address is in it: nobody can say who sent the letter.
    NoAddress,
}

/// What there is to say of a letter's sender.
pub fn sender_tricks(raw: &[u8]) -> Vec<SenderTrick> {
    let header = fields::header_of(raw);
    let (all, _) = fields::split(&header);
    let mut from = all.iter().filter(|field| field.is("From"));
    let Some(first) = from.next() else {
        return Vec::new();
    };
    let mut tricks = Vec::new();
    if from.next().is_some() {
        tricks.push(SenderTrick::SeveralFrom);
    }
    let given = first.unfolded();
    let decoded = words::decode(&given);
    let senders = address::list(&given);
    // A soft hyphen is honest in a name, and nowhere in an address.
    let hyphenated = || senders.iter().any(|sender| sender.email.contains('\u{ad}'));
    if first.value.contains(&0) || decoded.chars().any(is_hidden) || hyphenated() {
        tricks.push(SenderTrick::HiddenSigns);
    }
    if !given.trim().is_empty() && senders.iter().all(|sender| !sender.email.contains('@')) {
        tricks.push(SenderTrick::NoAddress);
    }
    if senders.iter().any(|sender| sender.email.contains("=?")) {
        tricks.push(SenderTrick::EncodedAddress);
    }
    let sent_by = fields::first(&all, "Sender").and_then(|value| address::list(&value).into_iter().next());
    let is_first = |author: &Address| {
        sent_by
            .as_ref()
            .is_some_and(|by| by.email.eq_ignore_ascii_case(&author.email))
    };
    if senders.len() > 1 && !senders.first().is_some_and(is_first) {
        tricks.push(SenderTrick::SeveralSenders);
    }
    if let Some(sender) = senders.first()
        && let Some(other) = sender.address_in_name()
    {
        tricks.push(SenderTrick::AddressInName(visible::one_line(&other)));
    }
    tricks
}

/// Signs of no use in a name. Joiners are part of how Persian and Indian names are written, and stay.
fn is_hidden(one: char) -> bool {
    one.is_control() && one != '\t'
        || matches!(one, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}' | '\u{200b}' | '\u{2060}'
            | '\u{feff}' | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tricks(from: &str) -> Vec<SenderTrick> {
        sender_tricks(format!("From: {from}\r\nSubject: x\r\n\r\n").as_bytes())
    }

    fn shown(from: &str) -> (String, String) {
        let read = crate::parse_headers(format!("From: {from}\r\n\r\n").as_bytes()).from;
        let first = read.into_iter().next().unwrap();
        (first.name.unwrap_or_default(), first.email)
    }

    /// The payloads of mailsploit.com (2017), with another house in them.
    const MAILSPLOIT: [&str; 8] = [
        "=?utf-8?b?cG90dXNAd2hpdGVob3VzZS5nb3Y=?==?utf-8?Q?=00?==?utf-8?b?cG90dXNAd2hpdGVob3VzZS5nb3Y=?=@evil.example",
        "=?utf-8?b?cG90dXNAd2hpdGVob3VzZS5nb3Y=?==?utf-8?Q?=0A=00?=@evil.example",
        "=?utf-8?Q?=42=45=47=49=4E=20=2F=20=28=7C=29=7C=3C=7C=3E=7C=40=7C=2C=7C=3B=7C=3A=7C=5C=7C=22=7C=2F=7C=5B=7C=5D=7C=3F=7C=2E=7C=3D=20=2F=20=00=20PASSED=20NULL=20BYTE=20=2F=20=0D=0A=20PASSED=20CRLF=20=2F=20?==?utf-8?b?RU5E=?=@evil.example",
        "=?utf-8?b?ImJvc3NAYmFuay5leGFtcGxlIg==?= <thief@evil.example>",
        "\"boss@bank.example\" <thief@evil.example>",
        "\"=?utf-8?Q?boss=40bank.example=00?=\" <thief@evil.example>",
        "=?utf-8?b?Ym9zc0BiYW5rLmV4YW1wbGUgPGJvc3NAYmFuay5leGFtcGxlPg==?=\r\n <thief@evil.example>",
        "boss@bank.example\u{0}\u{202e} <thief@evil.example>",
    ];

    #[test]
    fn no_payload_of_mailsploit_shows_another_address_than_the_true_one_and_each_is_told() {
        for payload in MAILSPLOIT {
            let (name, email) = shown(payload);
            assert!(
                email.ends_with("@evil.example"),
                "{payload}: the true host is shown, not {email}"
            );
            assert!(
                !name.chars().chain(email.chars()).any(is_hidden),
                "{payload}: nothing hidden survives in {name:?} and {email:?}"
            );
            assert_ne!(tricks(payload), [], "{payload}: it is told");
        }
    }

    #[test]
    fn each_trick_is_told_by_its_name() {
        for (from, expected) in [
            ("Jonas <jonas@fjord.example>", vec![]),
            ("\"jonas@fjord.example\" <jonas@fjord.example>", vec![]),
            ("Jonas (on the boat) <jonas@fjord.example>", vec![]),
            ("\"Jonas @ Fjord\" <jonas@fjord.example>", vec![]),
            ("\u{645}\u{6cc}\u{200c}\u{62e} <dana@fjord.example>", vec![]),
            (
                "\"PayPal service@paypal.example\" <x@evil.example>",
                vec![SenderTrick::AddressInName("service@paypal.example".into())],
            ),
            (
                "\"boss\u{ff20}bank.example\" <x@evil.example>",
                vec![SenderTrick::AddressInName("boss@bank.example".into())],
            ),
            (
                "\"moc\u{202e}elpmaxe\" <x@evil.example>",
                vec![SenderTrick::HiddenSigns],
            ),
            (
                "=?utf-8?q?Jonas=0D=0AFrom:_x?= <x@evil.example>",
                vec![SenderTrick::HiddenSigns],
            ),
            (
                "=?utf-8?q?a=40b?=@evil.example",
                vec![SenderTrick::EncodedAddress],
            ),
            ("a@b.example, c@d.example", vec![SenderTrick::SeveralSenders]),
            ("=?utf-8?Q?a;b?= <a@b.example>", vec![]),
            ("Lena <lena@a.exam\u{ad}ple>", vec![SenderTrick::HiddenSigns]),
            ("Donau\u{ad}dampf <lena@a.example>", vec![]),
            ("L\u{3164}ena <lena@a.example>", vec![SenderTrick::HiddenSigns]),
            ("Lena\u{0} <lena@a.example>", vec![SenderTrick::HiddenSigns]),
            ("Your Bank", vec![SenderTrick::NoAddress]),
            ("(Your Bank)", vec![SenderTrick::NoAddress]),
            ("Your Bank (security <a@b.example>", vec![]),
        ] {
            assert_eq!(tricks(from), expected, "{from}");
        }
        assert_eq!(
            sender_tricks(b"From: a@b.example\r\nFrom: c@d.example\r\n\r\n"),
            [SenderTrick::SeveralFrom]
        );
        for (sender, expected) in [
            ("boss@BANK.example", vec![]),
            ("Thief <thief@evil.example>", vec![SenderTrick::SeveralSenders]),
            ("nobody", vec![SenderTrick::SeveralSenders]),
        ] {
            let raw = format!("From: boss@bank.example thief@evil.example\r\nSender: {sender}\r\n\r\n");
            assert_eq!(sender_tricks(raw.as_bytes()), expected, "{sender}");
        }
        assert_eq!(sender_tricks(b"Subject: x\r\n\r\n"), [], "nobody plays no tricks");
    }
}
