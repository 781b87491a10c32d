//! What the account's own server says of where a letter comes from (RFC 8601), and how it is known that it is the server
//! who says it: docs/adr/0041-whose-word-about-senders-is-believed.md.

use waxwing_mime::{Checks, authentication_results};
use waxwing_model::{Account, AccountId, Role};
use waxwing_remote::discover::registered;
use waxwing_store::{Reading, StoreError};

use super::who::Verdict;

/// Letters that are looked at to learn how a server calls itself, and how many of them must bear its word.
const SAMPLE: u32 = 24;
const ENOUGH: usize = 6;
/// Of ten.
const NEARLY_ALL: usize = 8;

/// Providers whose receiving servers have names under another domain than the servers that people sign in to. They take
/// away what others write in their name (RFC 8601, section 5).
const SAME_HOUSE: [(&str, &str); 9] = [
    ("gmail.com", "google.com"),
    ("googlemail.com", "google.com"),
    ("fastmail.com", "messagingengine.com"),
    ("me.com", "icloud.com"),
    ("icloud.com", "icloud.com"),
    ("yahoo.com", "yahoo.com"),
    ("aol.com", "yahoo.com"),
    ("gmx.net", "gmx.net"),
    ("web.de", "web.de"),
];

/// The word of the account's own server about a letter, where it has one.
pub(super) fn word(
    reading: &Reading<'_>,
    account: &Account,
    raw: &[u8],
) -> Result<Option<Checks>, StoreError> {
    // Lower ones came with the letter. Only what stands at the top can be the last server's.
    let Some(first) = authentication_results(raw).into_iter().next() else {
        return Ok(None);
    };
    if !is_of_house(account, &first.server) {
        return Ok(None);
    }
    if is_strict(account, &first.server) {
        return Ok(Some(first));
    }
    Ok(writes_always(reading, account.id, &first.server)?.then_some(first))
}

/// Whether a server has a name of the house that the account's mail comes from.
fn is_of_house(account: &Account, server: &str) -> bool {
    let Some(theirs) = registered(server) else {
        return false;
    };
    houses(account).iter().any(|house| {
        house == theirs
            || SAME_HOUSE
                .iter()
                .any(|(own, other)| own == house && *other == theirs)
    })
}

/// Whether it is one that is known to let nobody else speak in its name.
fn is_strict(account: &Account, server: &str) -> bool {
    let theirs = registered(server).unwrap_or_default();
    let host = account.incoming.as_ref().map(|server| server.host.as_str());
    let house = host.and_then(registered).unwrap_or_default();
    SAME_HOUSE
        .iter()
        .any(|(own, other)| *own == house && *other == theirs)
}

fn houses(account: &Account) -> Vec<String> {
    let host = account
        .incoming
        .as_ref()
        .map(|server| server.host.to_ascii_lowercase());
    let domain = account
        .email
        .rsplit_once('@')
        .map(|(_, domain)| domain.to_ascii_lowercase());
    [host, domain]
        .into_iter()
        .flatten()
        .filter_map(|name| registered(&name).map(str::to_owned))
        .collect()
}

/// A server that writes at all writes on every letter; whoever forges its word forges it on one. So it is believed when
/// nearly all of the newest letters of the inbox bear it.
fn writes_always(reading: &Reading<'_>, account: AccountId, server: &str) -> Result<bool, StoreError> {
    let Some(inbox) = reading.mailbox_with_role(account, Role::Inbox)? else {
        return Ok(false);
    };
    let (mut seen, mut bearing) = (0, 0);
    for email in reading.newest_in(inbox.id, SAMPLE)? {
        let Ok(Some(raw)) = reading.raw(email) else {
            continue;
        };
        seen += 1;
        bearing += usize::from(
            authentication_results(&raw)
                .first()
                .is_some_and(|first| first.server == server),
        );
    }
    Ok(seen >= ENOUGH && bearing * 10 >= seen * NEARLY_ALL)
}

/// What the word comes to for the domain that the letter says it is from.
pub(super) fn verdict(word: &Checks, domain: &str) -> Option<Verdict> {
    let own = registered(domain);
    let aligned = |name: &str| {
        let name = name.rsplit_once('@').map_or(name, |(_, domain)| domain);
        own.is_some() && registered(name) == own
    };
    let found = |method: &'static str| word.checks.iter().filter(move |check| check.method == method);
    let passed = |method: &'static str| found(method).filter(|check| check.result == "pass");
    if passed("dmarc").any(|check| check.property("header.from").is_none_or(aligned)) {
        return Some(Verdict::Vouched);
    }
    if found("dmarc").any(|check| check.result == "fail") {
        return Some(Verdict::Failed);
    }
    let signers: Vec<&str> = passed("dkim")
        .filter_map(|check| check.property("header.d").or_else(|| check.property("header.i")))
        .collect();
    if signers.iter().any(|signer| aligned(signer)) {
        return Some(Verdict::Vouched);
    }
    if passed("spf").any(|check| check.property("smtp.mailfrom").is_some_and(aligned)) {
        return Some(Verdict::Vouched);
    }
    if let Some(other) = signers.first() {
        let other = other.rsplit_once('@').map_or(*other, |(_, domain)| domain);
        return Some(Verdict::ByOther(other.to_owned()));
    }
    match word.checks.is_empty() {
        true => None,
        false => Some(Verdict::Nobody),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(value: &str) -> Option<Verdict> {
        let raw = format!("Authentication-Results: mx.example; {value}\r\n\r\n");
        verdict(
            &authentication_results(raw.as_bytes()).remove(0),
            "news.fjord.test",
        )
    }

    #[test]
    fn a_server_s_word_is_about_the_domain_that_is_shown() {
        for (value, expected) in [
            ("dmarc=pass header.from=news.fjord.test", Some(Verdict::Vouched)),
            ("dmarc=pass header.from=evil.test", Some(Verdict::Nobody)),
            (
                "dmarc=fail header.from=news.fjord.test; dkim=pass header.d=fjord.test",
                Some(Verdict::Failed),
            ),
            ("dkim=pass header.d=fjord.test", Some(Verdict::Vouched)),
            ("dkim=pass header.i=@mail.fjord.test", Some(Verdict::Vouched)),
            (
                "dkim=pass header.d=sender.test",
                Some(Verdict::ByOther("sender.test".into())),
            ),
            (
                "dkim=pass header.d=sender.test; spf=pass smtp.mailfrom=x@fjord.test",
                Some(Verdict::Vouched),
            ),
            ("spf=pass smtp.mailfrom=x@sender.test", Some(Verdict::Nobody)),
            ("dkim=fail header.d=fjord.test", Some(Verdict::Nobody)),
            ("none", None),
        ] {
            assert_eq!(told(value), expected, "{value}");
        }
    }
}
