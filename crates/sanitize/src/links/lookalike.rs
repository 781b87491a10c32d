//! Hosts that are made to be taken for others: by signs that look alike (the skeletons of UTS #39), by one sign more or
//! less, or by another's name at their beginning.

use unicode_security::skeleton;

use super::{Known, LinkWarning, host};

/// Shorter names are near to too many others.
const LONG: usize = 6;

/// What a host warns of, next to the domains that the person knows.
pub(super) fn warning(host: &str, owner: Option<&str>, known: &Known<'_>) -> Option<LinkWarning> {
    let owner = owner?;
    if known.domains.iter().any(|domain| domain == owner) {
        return None;
    }
    let own = seen(&host::written(owner));
    if let Some(like) = known
        .domains
        .iter()
        .find(|domain| seen(&host::written(domain)) == own)
    {
        return Some(LinkWarning::LooksLike(like.clone()));
    }
    let before = host.strip_suffix(owner).unwrap_or_default();
    let before = format!(".{before}");
    if let Some(like) = known.domains.iter().find(|domain| {
        before.contains(&format!(".{domain}.")) || before.contains(&format!(".{}.", domain.replace('.', "-")))
    }) {
        return Some(LinkWarning::BeginsLike(like.clone()));
    }
    let (label, rest) = owner.split_once('.')?;
    known
        .domains
        .iter()
        .find(|domain| {
            domain.split_once('.').is_some_and(|(known, ending)| {
                ending == rest && known.chars().count() >= LONG && is_one_away(known, label)
            })
        })
        .map(|like| LinkWarning::LooksLike(like.clone()))
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
