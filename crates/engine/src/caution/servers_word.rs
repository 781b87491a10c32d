//! What the account's own server says of where a letter comes from (RFC 8601), and how it is known that it is the server
//! who says it: docs/adr/0041-whose-word-about-senders-is-believed.md.

use std::collections::{HashMap, HashSet};
use std::sync::Mutex;

use waxwing_mime::{Check, Checks, authentication_results};
use waxwing_model::{Account, AccountId, EmailId, Role};
use waxwing_remote::discover::registered;
use waxwing_store::{Reading, StoreError};

use super::who::Verdict;
use crate::engine::locked;

/// Letters that are looked at to learn how a server calls itself, of each of the last days that have any: who gets a hundred a day
/// must still see several days. And how many of them must bear its word.
const OF_A_DAY: usize = 4;
const LAST_DAYS: usize = 7;
const ENOUGH: usize = 6;
/// From how many houses, and on how many days, these must have come: one stranger can send many letters in an hour.
const HOUSES: usize = 6;
const DAYS: usize = 3;
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

/// Whether servers write always, by account and name, as of the newest letter of the inbox. It is learned from whole letters.
#[derive(Default)]
pub(crate) struct Learned(Mutex<HashMap<(AccountId, String), Judged>>);

/// The newest letter that was looked at, and whether the server is believed.
type Judged = (Option<EmailId>, bool);

/// The word of the account's own server about a letter, where it has one.
pub(super) fn word(
    reading: &Reading<'_>,
    account: &Account,
    raw: &[u8],
    learned: &Learned,
) -> Result<Option<Checks>, StoreError> {
    // Lower ones came with the letter. Only what stands at the top can be the last server's.
    let mut all = authentication_results(raw).into_iter();
    let Some(first) = all.next() else {
        return Ok(None);
    };
    if !is_of_house(account, &first.server) {
        return Ok(None);
    }
    if is_strict(account, &first.server) {
        // Some write a field for each thing that they found out. Where others' fields in their name are taken away, those
        // right below are theirs too.
        return Ok(Some(joined(first, all)));
    }
    match writes_always(reading, account.id, &first.server, learned)? {
        true => Ok(Some(first)),
        false => Ok(alarm(first)),
    }
}

/// What is heard of a server that is not known to write always: that the shown domain asks not to believe the letter. Whoever forges
/// this accuses nobody but themselves, and nobody is vouched for.
fn alarm(mut said: Checks) -> Option<Checks> {
    let vouches = |check: &Check| check.method == "dmarc" && check.result == "pass";
    let is_alarm = |check: &Check| check.method == "dmarc" && check.result == "fail";
    if said.checks.iter().any(vouches) {
        return None;
    }
    said.checks.retain(is_alarm);
    (!said.checks.is_empty()).then_some(said)
}

/// With what the fields right below say in the name of the same house.
fn joined(mut first: Checks, below: impl Iterator<Item = Checks>) -> Checks {
    let house = registered(&first.server).map(str::to_owned);
    let run = below.take_while(|next| registered(&next.server) == house.as_deref());
    first.checks.extend(run.flat_map(|next| next.checks));
    first
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

/// A letter of the inbox, as far as it tells of the server.
struct Sample {
    bears: bool,
    house: Option<String>,
    day: i64,
}

fn writes_always(
    reading: &Reading<'_>,
    account: AccountId,
    server: &str,
    learned: &Learned,
) -> Result<bool, StoreError> {
    let Some(inbox) = reading.mailbox_with_role(account, Role::Inbox)? else {
        return Ok(false);
    };
    let newest = reading.newest_in(inbox.id, 1)?.first().copied();
    let of = (account, server.to_owned());
    let known = locked(&learned.0).get(&of).copied();
    if let Some((_, always)) = known.filter(|(as_of, _)| *as_of == newest) {
        return Ok(always);
    }
    let mut letters = Vec::new();
    for day in reading.newest_days_in(inbox.id, DAY, LAST_DAYS)? {
        letters.extend(spread(&day, OF_A_DAY));
    }
    let mut seen = Vec::new();
    for email in reading.emails(&letters)? {
        let Ok(Some(raw)) = reading.raw(email.id) else {
            continue;
        };
        let checks = authentication_results(&raw);
        seen.push(Sample {
            bears: checks.first().is_some_and(|first| first.server == server),
            house: email.from.first().and_then(super::remote_content::domain),
            day: email.received_at / DAY,
        });
    }
    let always = is_always(&seen);
    locked(&learned.0).insert(of, (newest, always));
    Ok(always)
}

const DAY: i64 = 24 * 60 * 60 * 1_000;

/// So many of a day at the most, from its whole length: whoever writes last in the evening is one of many then.
fn spread(day: &[EmailId], count: usize) -> impl Iterator<Item = EmailId> {
    let taken = count.min(day.len());
    let last = day.len().saturating_sub(1);
    let steps = taken.saturating_sub(1).max(1);
    (0..taken).filter_map(move |place| day.get(place * last / steps).copied())
}

/// A server that writes at all writes on every letter; whoever forges its word forges it on single ones. So it is believed
/// when nearly all that are looked at of the inbox's last days bear it, and these did not come from a few, nor at once.
fn is_always(seen: &[Sample]) -> bool {
    let bearing: Vec<&Sample> = seen.iter().filter(|one| one.bears).collect();
    let houses: HashSet<&String> = bearing.iter().filter_map(|one| one.house.as_ref()).collect();
    let days: HashSet<i64> = bearing.iter().map(|one| one.day).collect();
    seen.len() >= ENOUGH
        && bearing.len() * 10 >= seen.len() * NEARLY_ALL
        && houses.len() >= HOUSES
        && days.len() >= DAYS
}

/// The domains whose seals the server has found to hold.
pub(super) fn signers(word: &Checks) -> Vec<String> {
    let passed = word
        .checks
        .iter()
        .filter(|check| check.method == "dkim" && check.result == "pass");
    passed
        .filter_map(|check| check.property("header.d").or_else(|| check.property("header.i")))
        .map(|signer| {
            signer
                .rsplit_once('@')
                .map_or(signer, |(_, domain)| domain)
                .to_owned()
        })
        .collect()
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
    let signers = signers(word);
    if signers.iter().any(|signer| aligned(signer)) {
        return Some(Verdict::Vouched);
    }
    if passed("spf").any(|check| check.property("smtp.mailfrom").is_some_and(aligned)) {
        return Some(Verdict::Vouched);
    }
    if let Some(other) = signers.first() {
        return Some(Verdict::ByOther(other.clone()));
    }
    // Of a letter about which nothing was found out, our own look tells more.
    let judged = |check: &Check| matches!(check.result.as_str(), "pass" | "fail");
    let told = found("dmarc").any(judged)
        || found("dkim").any(judged)
        || found("spf").any(|check| judged(check) && check.property("smtp.mailfrom").is_some_and(aligned));
    told.then_some(Verdict::Nobody)
}

#[cfg(test)]
mod tests;
