//! What can be left out of a link: parameters that only tell who follows it, and pages that only lead on. They stand in
//! lists of our own (`data/parameters.txt`, `data/redirectors.txt`), as do those that do not say whereto (`data/short.txt`).

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use url::Url;

use crate::image::percent_decoded;

const PARAMETERS: &str = include_str!("../../data/parameters.txt");
const REDIRECTORS: &str = include_str!("../../data/redirectors.txt");
const SHORT: &str = include_str!("../../data/short.txt");
/// Pages that lead to pages that lead on are followed so far.
const DEEPEST: usize = 4;

struct Parameter {
    name: &'static str,
    /// `name` is a beginning.
    open: bool,
    /// Empty: anywhere.
    at: Vec<&'static str>,
}

struct Redirector {
    host: &'static str,
    path: &'static str,
    parameter: &'static str,
    /// It looks at the page before it leads there, for the reader's sake.
    guards: bool,
}

/// Where a link leads in the end, as far as its address tells.
pub(super) struct Goal {
    pub(super) url: Url,
    /// What is to be opened: the goal, or the page that guards the way there.
    pub(super) opens: Url,
    /// Hosts that it would have asked before what opens.
    pub(super) passed: Vec<String>,
}

static KNOWN: LazyLock<Vec<Parameter>> = LazyLock::new(|| {
    lines(PARAMETERS)
        .filter_map(|line| {
            let mut words = line.split_whitespace();
            let name = words.next()?;
            Some(Parameter {
                open: name.ends_with('*'),
                name: name.trim_end_matches('*'),
                at: words.filter_map(|word| word.strip_prefix('@')).collect(),
            })
        })
        .collect()
});

static LEADING_ON: LazyLock<Vec<Redirector>> = LazyLock::new(|| {
    lines(REDIRECTORS)
        .filter_map(|line| {
            let mut words = line.split_whitespace();
            Some(Redirector {
                host: words.next()?,
                path: words.next()?,
                parameter: words.next()?,
                guards: words.next() == Some("guards"),
            })
        })
        .collect()
});

pub(super) fn lines(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Begins what a browser is told and a page never sees, as which words it is to show (`#:~:text=`).
const DIRECTIVE: &str = ":~:";

/// Takes known parameters off, and gives their names. Every other octet of the address stays as it is.
pub(super) fn clean(url: &mut Url, registered: &dyn Fn(&str) -> Option<String>) -> Vec<String> {
    let mut removed = Vec::new();
    if leaves(url) {
        return removed;
    }
    let owner = url.host_str().and_then(registered).unwrap_or_default();
    let query = url
        .query()
        .and_then(|query| cleaned(query, &owner, &mut removed, |_| true));
    if let Some(kept) = query {
        url.set_query(Some(kept.as_str()).filter(|kept| !kept.is_empty()));
    }
    let fragment = url
        .fragment()
        .and_then(|fragment| fragment_cleaned(fragment, &owner, &mut removed));
    if let Some(kept) = fragment {
        url.set_fragment(Some(kept.as_str()).filter(|kept| !kept.is_empty()));
    }
    removed
}

/// What is left of pairs when the known ones are gone, as far as they may. `None`: nothing is to go.
fn cleaned(
    pairs: &str,
    owner: &str,
    removed: &mut Vec<String>,
    may_go: impl Fn(&str) -> bool,
) -> Option<String> {
    if is_signed(pairs) {
        return None;
    }
    let mut some = false;
    let kept: Vec<&str> = pairs
        .split('&')
        .filter(|pair| {
            let name = pair.split('=').next().unwrap_or_default();
            let known = may_go(pair) && KNOWN.iter().any(|parameter| parameter.is(name, owner));
            some |= known;
            if known && !removed.iter().any(|other| other == name) {
                removed.push(name.to_owned());
            }
            !known
        })
        .collect();
    some.then(|| kept.join("&"))
}

/// The same for a fragment, which scripts of a page read: pairs as in a query (`#utm_source=x`), or the place in a page or in a program that
/// is one page, with its own query (`#/orders?id=7&utm_source=x`). A place stays what it is.
fn fragment_cleaned(fragment: &str, owner: &str, removed: &mut Vec<String>) -> Option<String> {
    let (shown, directive) = match fragment.find(DIRECTIVE) {
        Some(at) => fragment.split_at(at),
        None => (fragment, ""),
    };
    let kept = match shown.split_once('?') {
        Some((place, query)) => match cleaned(query, owner, removed, |_| true)? {
            query if query.is_empty() => place.to_owned(),
            query => format!("{place}?{query}"),
        },
        // A page that tells of such parameters has places of their names.
        None => cleaned(shown, owner, removed, |pair| pair.contains('='))?,
    };
    Some(kept + directive)
}

/// Whether a signature stands among pairs: it holds only for all of them.
fn is_signed(pairs: &str) -> bool {
    const NAMES: [&str; 5] = ["sig", "signature", "hmac", "policy", "key-pair-id"];
    const BEGINNINGS: [&str; 2] = ["x-amz-", "x-goog-"];
    pairs.split('&').any(|pair| {
        let name = pair.split('=').next().unwrap_or_default().to_ascii_lowercase();
        NAMES.contains(&name.as_str()) || BEGINNINGS.iter().any(|start| name.starts_with(start))
    })
}

/// Whether a list is left there: the page has to know who leaves.
fn leaves(url: &Url) -> bool {
    let address = unescaped(url.as_str()).to_ascii_lowercase();
    ["unsubscribe", "optout", "opt-out", "opt_out"]
        .iter()
        .any(|word| address.contains(word))
}

impl Parameter {
    fn is(&self, name: &str, owner: &str) -> bool {
        let named = match self.open {
            true => name
                .get(..self.name.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(self.name)),
            false => name.eq_ignore_ascii_case(self.name),
        };
        named
            && (self.at.is_empty()
                || self.at.iter().any(|at| match at.strip_suffix('.') {
                    Some(label) => owner.split('.').next() == Some(label),
                    None => owner == *at,
                }))
    }
}

/// Where a link leads in the end, and what of the way there is gone. A page that guards it is not passed over: whoever put
/// it there wants the goal looked at when it is opened, and what is bad may turn out only then.
pub(super) fn goal(url: &Url) -> Goal {
    let mut url = url.clone();
    let mut guard = None;
    let mut passed = Vec::new();
    for _ in 0..DEEPEST {
        let Some((next, guards)) = next(&url) else { break };
        if guards && guard.is_none() {
            guard = Some(url.clone());
        }
        if let Some(host) = url.host_str().filter(|_| guard.is_none()) {
            passed.push(host.to_owned());
        }
        url = next;
    }
    Goal {
        opens: guard.unwrap_or_else(|| url.clone()),
        url,
        passed,
    }
}

fn next(url: &Url) -> Option<(Url, bool)> {
    let host = url.host_str()?;
    let redirector = LEADING_ON.iter().find(|known| {
        let ours = host
            .strip_suffix(known.host)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
        ours && url.path().starts_with(known.path) && leads(url, known.parameter).is_some()
    })?;
    Some((leads(url, redirector.parameter)?, redirector.guards))
}

fn leads(url: &Url, parameter: &str) -> Option<Url> {
    let address = match parameter {
        // What is escaped there is escaped at the goal, unless all of it was.
        "?" => {
            let whole = url.query()?;
            match web(whole) {
                Some(goal) => return Some(goal),
                None => unescaped(whole),
            }
        }
        // Pages that are shown quickly: the host is the first word of the rest.
        "amp" => format!("https://{}", url.path().strip_prefix("/amp/s/")?),
        // A parameter in base64, behind a number of its own.
        "a1" => encoded(value(url, "u")?.get(2..)?)?,
        // Proofpoint's second way: "-" for "%" and "_" for "/".
        "v2" => unescaped(&value(url, "u")?.replace('-', "%").replace('_', "/")),
        // Its third: between two underscores, with signs that were taken out listed behind. Where some were, only they know.
        "v3" => {
            let path = url.path().strip_prefix("/v3/__")?;
            let (address, rest) = path.split_once("__;")?;
            if !rest.starts_with('!') {
                return None;
            }
            // A path makes one slash of two.
            match address.split_once(":/") {
                Some((scheme, rest)) if !rest.starts_with('/') => format!("{scheme}://{rest}"),
                _ => address.to_owned(),
            }
        }
        name => value(url, name)?,
    };
    web(&address)
}

fn value(url: &Url, name: &str) -> Option<String> {
    url.query_pairs()
        .find(|(known, _)| known == name)
        .map(|(_, value)| value.into_owned())
}

/// The host of an address within this one that is not its own: the page may lead on to it.
pub(super) fn leads_on(url: &Url, registered: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let host = url.host_str()?;
    if SHOWS.contains(&host) {
        return None;
    }
    let own = registered(host);
    let another = |inner: Url| {
        let host = inner.host_str()?.to_owned();
        (registered(&host) != own).then_some(host)
    };
    translated(host)
        .or_else(|| within_path(url))
        .and_then(another)
        .or_else(|| {
            url.query_pairs()
                .filter_map(|(_, value)| web(&value).or_else(|| web(&encoded(&value)?)))
                .find_map(another)
        })
}

/// Sites that show what once stood at the addresses in theirs.
const SHOWS: [&str; 2] = ["web.archive.org", "archive.org"];

/// Whether a host only leads on, to pages that its addresses do not name.
pub(super) fn is_short(host: &str) -> bool {
    let bare = host.strip_prefix("www.").unwrap_or(host);
    lines(SHORT).any(|known| known == bare)
}

/// The address that a path holds: `/click/https://shop.example/lamps`, escaped or not.
fn within_path(url: &Url) -> Option<Url> {
    let path = unescaped(url.path());
    let at = ["https:/", "http:/"]
        .into_iter()
        .filter_map(|scheme| path.find(scheme))
        .min()?;
    let (scheme, rest) = path.get(at..)?.split_once(":/")?;
    web(&format!("{scheme}://{}", rest.trim_start_matches('/')))
}

/// The site that a translator shows: its dots stand there as hyphens, and its hyphens twice.
fn translated(host: &str) -> Option<Url> {
    let name = host.strip_suffix(".translate.goog")?;
    let name = name.replace("--", "\n").replace('-', ".").replace('\n', "-");
    web(&format!("https://{name}/"))
}

/// A value in base64, if it is text.
fn encoded(value: &str) -> Option<String> {
    let bare = value.trim_end_matches('=').replace('+', "-").replace('/', "_");
    String::from_utf8(URL_SAFE_NO_PAD.decode(bare).ok()?).ok()
}

fn web(address: &str) -> Option<Url> {
    let url = Url::parse(address).ok()?;
    (matches!(url.scheme(), "http" | "https") && url.has_host()).then_some(url)
}

/// Percent-encoding taken off, for the eye.
pub(super) fn unescaped(text: &str) -> String {
    match percent_decoded(text) {
        Some(decoded) => decoded.into_owned(),
        None => text.to_owned(),
    }
}
