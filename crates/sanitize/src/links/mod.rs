//! A link, looked at before it opens: where it truly leads, what on it only tells who follows it, and what is odd about
//! it. All of it is told from the address, the text it stands under and what the caller knows; nobody is asked.

mod clean;
mod host;
mod legible;
mod lookalike;
mod said;
mod telephone;

use url::{Host, Url};

pub(crate) use self::telephone::Number;
use crate::link;
use crate::trackers::LinkSeen;

/// What the caller knows of hosts.
#[derive(Clone, Copy)]
pub struct Known<'k> {
    /// The part of a host that somebody has registered.
    pub registered: &'k dyn Fn(&str) -> Option<String>,
    /// Whether a host ends as hosts are known to end. A word in a sentence could be one by its looks alone.
    pub listed: &'k dyn Fn(&str) -> bool,
    /// Registered domains that others may be made to look like.
    pub domains: &'k [Domain],
}

/// A registered domain, and how well it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Domain {
    pub name: String,
    pub standing: Standing,
}

/// How well a domain is known, the best last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// So many letters came from there. Anybody can send some.
    Writes(u32),
    /// Of a provider at which people have their addresses.
    Provider,
    /// Of somebody whom the person has written to, or of a provider at which they have an address themselves.
    Known,
    /// The person's own.
    Own,
    /// Of a house whose name is often forged.
    House,
}

/// Houses in whose name letters are forged most (`data/houses.txt`).
pub fn often_forged() -> impl Iterator<Item = &'static str> {
    lookalike::often_forged()
}

impl std::fmt::Debug for Known<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Known")
            .field("domains", &self.domains)
            .finish_non_exhaustive()
    }
}

/// What a link leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    Page,
    /// Files of a server (ftp).
    Files,
    /// A telephone.
    Number,
}

/// What there is to know of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkLook {
    pub kind: LinkKind,
    /// As it would be opened: led straight to its goal, or to the page that guards it, and without what only tells who
    /// follows it.
    pub address: String,
    /// As the letter has it.
    pub given: String,
    /// Where it leads in the end, in ASCII, as the network knows it; the number that would be dialled.
    pub host: String,
    /// In its own script, where that is another.
    pub written: Option<String>,
    /// The part of the host that tells whose it is.
    pub owner: Option<String>,
    /// Parameters that are left out.
    pub removed: Vec<String>,
    /// Hosts in between that need not hear of it.
    pub passed: Vec<String>,
    pub warnings: Vec<LinkWarning>,
}

/// Why a person should look twice.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum LinkWarning {
    /// The text of the link names this host, and it leads to another.
    OtherHost(String),
    /// The host looks like this one, and is another.
    LooksLike(String),
    /// The host begins like this one, and belongs to somebody else.
    BeginsLike(String),
    /// Its name holds that of this one, and belongs to somebody else.
    Holds(String),
    /// Signs of several scripts stand in one word.
    MixedScripts,
    /// It is written in another script; some signs look like those of ours.
    OtherScript,
    /// A number stands where a name should.
    Number,
    /// Something that is no host stands before it, to be taken for one.
    Pretends(String),
    /// It asks a page of this host first, which leads on to here.
    LeadsOn(String),
    /// It only leads on, and does not say where to.
    Short,
    /// A port of its own.
    Port(u16),
    /// It stands under more text than was looked at.
    LongText,
    /// What would be dialled tells the telephone to do something.
    Code,
    /// The text of the link names this number, and another one would be dialled.
    OtherNumber(String),
}

/// Looks at a link that was seen in a letter, with the text that it stands under there.
pub fn look_at_seen(link: &LinkSeen, known: &Known<'_>) -> Option<LinkLook> {
    let mut look = look(&link.given, Some(link), known)?;
    if link.cut {
        look.warnings.push(LinkWarning::LongText);
    }
    Some(look)
}

/// Looks at a link by itself. `None`: it leads to no page, no files and no telephone, and is not opened.
pub fn look_at(given: &str, known: &Known<'_>) -> Option<LinkLook> {
    look(given, None, known)
}

fn look(given: &str, seen: Option<&LinkSeen>, known: &Known<'_>) -> Option<LinkLook> {
    if let Some(number) = number(given) {
        return Some(look_at_number(given, &number, seen));
    }
    let mut url = web(given)?;
    let mut warnings = Vec::new();
    if !url.username().is_empty() || url.password().is_some() {
        warnings.push(LinkWarning::Pretends(clean::unescaped(url.username())));
    }
    let clean::Goal {
        url: goal,
        mut opens,
        passed,
    } = clean::goal(&url);
    url = goal;
    let is_guarded = opens != url;
    let removed = clean::clean(&mut url, known.registered);
    // A person's name at a host is told to that host, and never has a place in a letter.
    for url in [&mut url, &mut opens] {
        let _ = url.set_username("");
        let _ = url.set_password(None);
    }
    let host = url.host_str()?.to_owned();
    let owner = (known.registered)(&host);
    let written = host::written(&host);
    match url.host()? {
        Host::Ipv4(_) | Host::Ipv6(_) => warnings.push(LinkWarning::Number),
        Host::Domain(_) => {
            warnings.extend(host::script_warning(&written));
            warnings.extend(lookalike::warning(&host, owner.as_deref(), known));
        }
    }
    let other = seen.and_then(|seen| {
        let owner = owner.as_deref();
        said::other_host(&seen.text, &host, owner, known)
            .or_else(|| said::other_host_apart(&seen.apart, &host, owner, known))
    });
    warnings.extend(other.map(LinkWarning::OtherHost));
    if let Some(port) = url.port() {
        warnings.push(LinkWarning::Port(port));
    }
    if let Some(inner) = clean::leads_on(&url, known.registered) {
        warnings.push(LinkWarning::LeadsOn(inner));
    } else if clean::is_short(&host) {
        warnings.push(LinkWarning::Short);
    }
    Some(LinkLook {
        kind: match url.scheme() {
            "ftp" => LinkKind::Files,
            _ => LinkKind::Page,
        },
        // What a guard was given is signed, so nothing is taken off there.
        removed: if is_guarded { Vec::new() } else { removed },
        address: if is_guarded { opens } else { url }.into(),
        given: given.to_owned(),
        written: (written != host).then_some(written),
        owner,
        host,
        passed,
        warnings,
    })
}

fn look_at_number(given: &str, number: &Number, seen: Option<&LinkSeen>) -> LinkLook {
    let other = seen.and_then(|seen| number.other_in(&seen.text));
    let code = number.is_code().then_some(LinkWarning::Code);
    LinkLook {
        kind: LinkKind::Number,
        address: number.address(),
        given: given.to_owned(),
        host: number.shown().to_owned(),
        written: None,
        owner: None,
        removed: Vec::new(),
        passed: Vec::new(),
        warnings: code
            .into_iter()
            .chain(other.map(LinkWarning::OtherNumber))
            .collect(),
    }
}

/// What a link to a telephone would dial, as a link that does nothing else.
pub fn dialled(link: &str) -> Option<String> {
    number(link).map(|number| number.address())
}

fn number(link: &str) -> Option<Number> {
    Number::of(&Url::parse(&link::bare(link)).ok()?)
}

/// What a word looks like: words that look alike are equal here (the skeletons of UTS #39).
pub fn look_alike(word: &str) -> String {
    lookalike::seen(word)
}

/// A link for a letter's frame: cleaned if that is wanted, and where it leads, for whoever rests on it.
pub(crate) fn for_frame(href: &str, cleaned: bool) -> (String, String) {
    if let Some(number) = number(href) {
        return (href.to_owned(), number.shown().to_owned());
    }
    let Some(mut url) = web(href) else {
        let told = href.strip_prefix("mailto:").unwrap_or(href);
        return (
            href.to_owned(),
            legible::legible(told.split('?').next().unwrap_or_default()),
        );
    };
    let clean::Goal { url: goal, opens, .. } = clean::goal(&url);
    url = goal;
    let is_guarded = opens != url;
    let _ = clean::clean(&mut url, &|host| Some(last_two(host)));
    let title = shown(&url);
    match cleaned {
        true => (if is_guarded { opens } else { url }.into(), title),
        false => (href.to_owned(), title),
    }
}

/// An address as a person reads it: the host first, in ASCII, so that no other script can pretend anything, and a port of its own.
fn shown(url: &Url) -> String {
    let mut shown = url.host_str().unwrap_or_default().to_owned();
    if let Some(port) = url.port() {
        shown.push_str(&format!(":{port}"));
    }
    let path: String = legible::legible(url.path()).chars().take(80).collect();
    if path != "/" {
        shown.push_str(&path);
    }
    shown
}

/// Near enough to whoever has registered a host, where only a few well-known ones are asked for.
fn last_two(host: &str) -> String {
    let mut labels: Vec<&str> = host.rsplit('.').take(2).collect();
    labels.reverse();
    labels.join(".")
}

fn web(href: &str) -> Option<Url> {
    let url = Url::parse(&link::bare(href)).ok()?;
    (matches!(url.scheme(), "http" | "https" | "ftp") && url.host_str().is_some_and(|host| !host.is_empty()))
        .then_some(url)
}

#[cfg(test)]
mod tests;
