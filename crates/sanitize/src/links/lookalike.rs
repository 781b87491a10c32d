//! Hosts that are made to be taken for others: by signs that look alike (the skeletons of UTS #39), by one sign more or
//! less, by another ending, or by another's name within theirs.

use unicode_security::skeleton;

use super::{Domain, Known, LinkWarning, Standing, host};

/// Shorter names are near to too many others.
const LONG: usize = 6;
/// Shorter ones are words that others have in their names too, where they are not known to be forged.
const LONG_OWN: usize = 8;

/// What a host warns of, next to the domains that the person knows. Nobody is held against one that is known less well than
/// they are: who forges a name has written a few letters too.
pub(super) fn warning(host: &str, owner: Option<&str>, known: &Known<'_>) -> Option<LinkWarning> {
    let owner = owner?;
    let own = known.domains.iter().find(|domain| domain.name == owner);
    let standing = own.map_or(Standing::Writes(0), |domain| domain.standing);
    if standing >= Standing::Provider {
        return None;
    }
    let others = || known.domains.iter().filter(|domain| domain.name != owner);
    let better = || others().filter(|domain| domain.standing > standing);
    let looks_like = |domain: &Domain| LinkWarning::LooksLike(domain.name.clone());
    let shape = seen(&host::written(owner));
    if let Some(like) = better().find(|domain| seen(&host::written(&domain.name)) == shape) {
        return Some(looks_like(like));
    }
    // It is plain who of the two names the other, however well each is known.
    let before = host.strip_suffix(owner).unwrap_or_default();
    let before = format!(".{before}");
    let begins_like = |domain: &&Domain| {
        let name = &domain.name;
        before.contains(&format!(".{name}.")) || before.contains(&format!(".{}.", name.replace('.', "-")))
    };
    if let Some(like) = others().find(begins_like) {
        return Some(LinkWarning::BeginsLike(like.name.clone()));
    }
    let (label, ending) = owner.split_once('.')?;
    if let Some(like) = better().find(|domain| is_near(&domain.name, label, ending)) {
        return Some(looks_like(like));
    }
    others()
        .filter(|domain| domain.standing >= Standing::Own)
        .find(|domain| holds(label, domain))
        .map(|like| LinkWarning::Holds(like.name.clone()))
}

/// Whether a domain differs from a known one by one sign of its name, or by one sign that its ending has or has not:
/// `paypall.com`, `paypal.co`. Endings of the same length are those of other countries.
fn is_near(known: &str, label: &str, ending: &str) -> bool {
    known.split_once('.').is_some_and(|(name, rest)| {
        let is_long = name.chars().count() >= LONG;
        let other_ending = name == label && rest.len() != ending.len() && is_one_away(rest, ending);
        is_long && (rest == ending && is_one_away(name, label) || other_ending)
    })
}

/// Whether a name has all words of a known one among its own: `paypal-signin`, `my-harbour-bank`.
fn holds(label: &str, known: &Domain) -> bool {
    let Some((name, _)) = known.name.split_once('.') else {
        return false;
    };
    let long = match known.standing {
        Standing::Own => LONG_OWN,
        _ => LONG,
    };
    name.len() >= long && name != label && format!("-{label}-").contains(&format!("-{name}-"))
}

/// What a name looks like, so that those that look alike are equal.
pub(crate) fn seen(name: &str) -> String {
    let once: String = skeleton(&name.to_lowercase()).collect();
    // The skeleton of a digit is a capital letter.
    skeleton(&once.to_lowercase()).collect::<String>().to_lowercase()
}

/// Whether one sign was put in, left out, changed, or changed places with its neighbour.
fn is_one_away(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if one == other {
        return false;
    }
    let same_before = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let one_rest = one.get(same_before..).unwrap_or_default();
    let other_rest = other.get(same_before..).unwrap_or_default();
    let without = |rest: &[char], count: usize| rest.get(count..).map(<[char]>::to_vec);
    let changed = without(one_rest, 1).is_some() && without(one_rest, 1) == without(other_rest, 1);
    let added = without(one_rest, 1).is_some_and(|rest| rest == other_rest)
        || without(other_rest, 1).is_some_and(|rest| rest == one_rest);
    let turned = match (one_rest, other_rest) {
        ([a, b, one_end @ ..], [c, d, other_end @ ..]) => a == d && b == c && one_end == other_end,
        _ => false,
    };
    changed || added || turned
}
