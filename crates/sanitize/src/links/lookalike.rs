//! Hosts that are made to be taken for others: by signs that look alike (the skeletons of UTS #39), by one sign more or
//! less, by another ending, or by another's name within theirs.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_security::skeleton;

use super::clean::lines;
use super::{Domain, Known, LinkWarning, Standing, host};

const OF_HOUSES: &str = include_str!("../../data/of_houses.txt");

/// Houses that are often forged (`data/houses.txt`), with whether others have their names too.
static HOUSES: LazyLock<HashMap<&str, Name>> = LazyLock::new(|| houses().collect());

/// Whether others have the name of a house too, so that it says nothing of who is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Name {
    /// Theirs alone.
    Own,
    /// A word, a place or a family, or something with which others offer help.
    Word,
    /// Nobody is meant by it but where the whole domain stands there.
    Whole,
}

/// The houses of the list in their order.
fn houses() -> impl Iterator<Item = (&'static str, Name)> {
    lines(include_str!("../../data/houses.txt")).map(|line| match line.split_once(' ') {
        None => (line, Name::Own),
        Some((domain, "word")) => (domain, Name::Word),
        // Whatever else somebody writes there: the least is told.
        Some((domain, _)) => (domain, Name::Whole),
    })
}

/// Their domains.
pub(super) fn often_forged() -> impl Iterator<Item = &'static str> {
    houses().map(|(domain, _)| domain)
}

fn name_of(domain: &Domain) -> Name {
    let listed = HOUSES.get(domain.name.as_str()).copied();
    listed
        .filter(|_| domain.standing == Standing::House)
        .unwrap_or(Name::Own)
}

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
    let parts = Parts::new(host, before);
    if let Some(like) = others().find(|domain| parts.begin_like(domain)) {
        return Some(LinkWarning::BeginsLike(like.name.clone()));
    }
    if lines(OF_HOUSES).any(|honest| honest == owner) {
        return None;
    }
    let (label, ending) = owner.split_once('.')?;
    if let Some(like) = better().find(|domain| is_near(domain, label, ending)) {
        return Some(looks_like(like));
    }
    let lures = |domain: &Domain| before.split('.').any(|part| lures(part, domain)) || lures(label, domain);
    others()
        .filter(|domain| domain.standing >= Standing::Own)
        .find(|domain| holds(label, domain) || lures(domain))
        .map(|like| LinkWarning::Holds(like.name.clone()))
}

/// A host, made ready to look for others' names in it: in the shape in which it is seen, with a dot at both ends.
struct Parts {
    whole: String,
    /// What stands before the domain that somebody has registered.
    before: String,
}

impl Parts {
    fn new(host: &str, before: &str) -> Self {
        let dotted = |name: &str| format!(".{}.", seen(&host::written(name.trim_end_matches('.'))));
        Self {
            whole: dotted(host),
            before: dotted(before),
        }
    }

    /// Whether a known name stands there as if it were the host's, with its dots or with hyphens for them: before a dot
    /// (`paypal.com.evil.example`), or with more behind it (`paypal.com-secure.example`), which reaches into what is registered. A
    /// name on another ending (`paypal.com.au`) is registered as a whole, and none of that.
    fn begin_like(&self, known: &Domain) -> bool {
        let name = seen(&host::written(&known.name));
        let hyphened = name.replace('.', "-");
        let label = known.name.split('.').next().unwrap_or_default();
        let is_whole = name_of(known) == Name::Whole;
        let is_house = known.standing == Standing::House && !is_whole;
        // With hyphens for dots, short names are words (`made-in-de`).
        let is_plain = is_house || label.chars().count() >= LONG;
        let holds = |found: &str| self.before.contains(found);
        holds(&format!(".{name}."))
            || holds(&format!(".{hyphened}."))
            || self.whole.contains(&format!(".{name}-"))
            || is_plain && (holds(&format!("-{name}.")) || self.whole.contains(&format!(".{hyphened}-")))
            // Libraries show others' pages under such names (`www-nature-com.proxy.example`).
            || known.standing >= Standing::Own
                && !is_whole
                && (holds(&format!("-{hyphened}.")) || holds(&format!("-{hyphened}-")))
    }
}

/// Whether a part of a name has the words of a house that is often forged, and one beside them by which people are led to sign in or
/// to pay: `microsoft-support`, `dhl-tracking`. Without such a word it may well be what a service calls its customer.
fn lures(part: &str, known: &Domain) -> bool {
    let name = known.name.split('.').next().unwrap_or_default();
    known.standing == Standing::House
        && name_of(known) != Name::Whole
        && name != part
        && format!("-{part}-").contains(&format!("-{name}-"))
        && lines(include_str!("../../data/lures.txt")).any(|lure| part.split('-').any(|word| word == lure))
}

/// Whether a domain differs from a known one by one sign of its name, or by one sign that its ending has or has not:
/// `paypall.com`, `paypal.co`. Endings of the same length are those of other countries.
fn is_near(known: &Domain, label: &str, ending: &str) -> bool {
    name_of(known) != Name::Whole
        && known.name.split_once('.').is_some_and(|(name, rest)| {
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
    name_of(known) == Name::Own
        && name.len() >= long
        && name != label
        && format!("-{label}-").contains(&format!("-{name}-"))
}

/// What a name looks like, so that those that look alike are equal.
pub(crate) fn seen(name: &str) -> String {
    let once: String = skeleton(&name.to_lowercase()).collect();
    // The skeleton of a digit is a capital letter.
    let twice = skeleton(&once.to_lowercase()).collect::<String>();
    // The skeletons know "rn" for "m", and not this.
    twice.to_lowercase().replace("vv", "w")
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
