//! What a letter would tell of its reader, and to whom: pixels, services that count readers (`data/trackers.txt`), and
//! addresses that are one person's alone. Nothing is asked; it is read from the addresses themselves.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use md5::{Digest as _, Md5};
use sha2::{Digest as _, Sha256};
use url::Url;

const COUNTERS: &str = include_str!("../data/trackers.txt");
/// Links of one letter that are looked at, and octets of a link's text.
const MOST: usize = 2_000;
const LONGEST: usize = 400;
/// A word of an address that is as long as this, with letters and digits in it, is somebody's number.
const TELLING: usize = 20;

struct Counter {
    service: &'static str,
    host: &'static str,
    path: &'static str,
}

static KNOWN: LazyLock<Vec<Counter>> = LazyLock::new(|| {
    COUNTERS
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut words = line.split('|').map(str::trim);
            Some(Counter {
                service: words.next()?,
                host: words.next().filter(|host| !host.is_empty())?,
                path: words.next()?,
            })
        })
        .collect()
});

/// How a letter would have told that it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TrackerKind {
    /// A picture that nobody can see.
    Pixel,
    /// A picture of a service that counts readers.
    Counter,
    /// A picture like any other, whose address is this reader's alone.
    Personal,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tracker {
    pub host: String,
    /// The service behind it, where it is a known one.
    pub service: Option<&'static str>,
    pub kind: TrackerKind,
}

/// A link and what it stands under.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LinkSeen {
    /// As the letter has it.
    pub given: String,
    /// As it stands in the frame.
    pub shown: String,
    pub text: String,
}

/// What was found in a letter beyond the counts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Details {
    /// Hosts of pictures that a reader may ask for, with how many each has.
    pub hosts: BTreeMap<String, u32>,
    pub trackers: Vec<Tracker>,
    pub links: Vec<LinkSeen>,
    /// Links whose address is this reader's alone.
    pub personal_links: u32,
    inside: Option<LinkSeen>,
}

impl Details {
    /// Adds what was found in another part of the same letter.
    pub(crate) fn add(&mut self, other: Details) {
        self.hosts_of_styles(other.hosts);
        self.trackers.extend(other.trackers);
        self.links.extend(other.links);
        self.personal_links = self.personal_links.saturating_add(other.personal_links);
    }

    pub(crate) fn hosts_of_styles(&mut self, hosts: BTreeMap<String, u32>) {
        for (host, count) in hosts {
            let known = self.hosts.entry(host).or_default();
            *known = known.saturating_add(count);
        }
    }

    pub(crate) fn is_counter(&self, url: &Url) -> bool {
        service(url).is_some()
    }

    pub(crate) fn tracker(&mut self, url: &Url, kind: TrackerKind) {
        if self.trackers.len() < MOST
            && let Some(host) = url.host_str()
        {
            self.trackers.push(Tracker {
                host: host.to_owned(),
                service: service(url),
                kind,
            });
        }
    }

    pub(crate) fn picture(&mut self, url: &Url, reader: &[String]) {
        let Some(host) = url.host_str() else { return };
        *self.hosts.entry(host.to_owned()).or_default() += 1;
        if names(url, reader) {
            self.tracker(url, TrackerKind::Personal);
        }
    }

    /// A link begins; `given` is its address as the letter has it, `shown` as the frame does.
    pub(crate) fn link(&mut self, given: &str, shown: &str, reader: &[String]) {
        self.link_ends();
        if let Ok(url) = Url::parse(given)
            && matches!(url.scheme(), "http" | "https")
            && (names(&url, reader) || has_number(&url))
        {
            self.personal_links = self.personal_links.saturating_add(1);
        }
        self.inside = Some(LinkSeen {
            given: given.to_owned(),
            shown: shown.to_owned(),
            text: String::new(),
        });
    }

    pub(crate) fn text(&mut self, text: &str) {
        if let Some(link) = &mut self.inside {
            let room = LONGEST.saturating_sub(link.text.len());
            let end = text.floor_char_boundary(room.min(text.len()));
            link.text.push_str(text.get(..end).unwrap_or_default());
        }
    }

    pub(crate) fn link_ends(&mut self) {
        if let Some(link) = self.inside.take()
            && self.links.len() < MOST
        {
            self.links.push(link);
        }
    }
}

fn service(url: &Url) -> Option<&'static str> {
    let host = url.host_str()?;
    KNOWN
        .iter()
        .find(|counter| {
            let theirs = host
                .strip_suffix(counter.host)
                .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
            theirs && url.path().starts_with(counter.path)
        })
        .map(|counter| counter.service)
}

/// Whether an address names the reader: by their own address, written out or in one of the usual disguises.
fn names(url: &Url, reader: &[String]) -> bool {
    if reader.is_empty() {
        return false;
    }
    let whole = url.as_str();
    let written = crate::image::percent_decoded(whole).unwrap_or(std::borrow::Cow::Borrowed(whole));
    let lower = written.to_ascii_lowercase();
    reader.iter().any(|address| {
        let address = address.to_lowercase();
        let bytes = address.as_bytes();
        !address.is_empty()
            && (lower.contains(&address)
                || whole.contains(&URL_SAFE_NO_PAD.encode(bytes))
                || written.contains(&STANDARD_NO_PAD.encode(bytes))
                || lower.contains(&hex(&Md5::digest(bytes)))
                || lower.contains(&hex(&Sha256::digest(bytes))))
    })
}

/// Whether there is a word in the address that is too long and too mixed to be one.
fn has_number(url: &Url) -> bool {
    let path = url.path().split(['/', '.', '-', '_', '~']);
    let query = url
        .query()
        .unwrap_or_default()
        .split(['&', '=', '.', '-', '_', '~', '%']);
    path.chain(query).any(|word| {
        word.len() >= TELLING
            && word.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && word.bytes().filter(u8::is_ascii_digit).count() >= 3
            && word.bytes().any(|byte| byte.is_ascii_alphabetic())
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use crate::{Details, Links, Options, RemoteImages, TrackerKind, examine_parts};

    fn found(html: &str) -> Details {
        let reader = ["lena@waxwing.test".to_owned()];
        let options = Options {
            links: Links::Cleaned,
            reader: &reader,
            ..Options::blocked()
        };
        examine_parts(&[html.to_owned()], &options).2
    }

    fn kinds(html: &str) -> Vec<(TrackerKind, Option<&'static str>)> {
        found(html)
            .trackers
            .iter()
            .map(|tracker| (tracker.kind, tracker.service))
            .collect()
    }

    #[test]
    fn pixels_counters_and_pictures_for_one_reader_are_told_apart() {
        for (html, expected) in [
            (
                "<img src=https://a.example/p.gif width=1 height=1>",
                vec![(TrackerKind::Pixel, None)],
            ),
            (
                "<img src=https://x.list-manage.com/track/open.php?u=1 width=1>",
                vec![(TrackerKind::Pixel, Some("Mailchimp"))],
            ),
            (
                "<img src=https://u1.ct.sendgrid.net/wf/open?upn=1>",
                vec![(TrackerKind::Counter, Some("SendGrid"))],
            ),
            ("<img src=https://notlist-manage.com/track/open.php>", vec![]),
            ("<img src=https://x.list-manage.com/pictures/a.png>", vec![]),
            (
                "<img src=https://a.example/b.png?m=Lena%40waxwing.test>",
                vec![(TrackerKind::Personal, None)],
            ),
            (
                "<img src=https://a.example/bGVuYUB3YXh3aW5nLnRlc3Q/b.png>",
                vec![(TrackerKind::Personal, None)],
            ),
            (
                "<img src=https://a.example/b.png?h=2f1d3ae5e4a6a5d7e4e56fa8ba4eb3c0>",
                vec![],
            ),
            ("<img src=https://a.example/b.png>", vec![]),
            ("<img src=cid:a>", vec![]),
        ] {
            assert_eq!(kinds(html), expected, "{html}");
        }
    }

    #[test]
    fn hosts_are_counted_and_named_those_of_styles_too() {
        let details = found(
            "<img src=https://a.example/1.png><img src=//a.example/2.png><img src=https://b.example/p.gif width=1 height=1>\
             <p style='background:url(https://c.example/3.png)'>x</p><style>p{background:url(http://c.example/4.png)}</style>",
        );
        let hosts: Vec<_> = details
            .hosts
            .iter()
            .map(|(host, count)| (host.as_str(), *count))
            .collect();
        assert_eq!(
            hosts,
            [("a.example", 2), ("c.example", 2)],
            "pixels are counted apart"
        );
    }

    #[test]
    fn counters_are_never_loaded() {
        let options = Options {
            remote_images: RemoteImages::Allowed,
            remote_image: &|url| Some(format!("letter://localhost/{}", url.len())),
            ..Options::blocked()
        };
        let html = "<img src=https://u1.ct.sendgrid.net/wf/open?upn=1><img src=https://a.example/b.png>";
        let (safe, findings, _) = examine_parts(&[html.to_owned()], &options);
        assert_eq!((findings.remote_images, findings.trackers), (1, 1));
        assert_eq!(
            safe.fragment().matches("letter://").count(),
            1,
            "{}",
            safe.fragment()
        );
    }

    #[test]
    fn links_are_remembered_with_their_text_and_those_of_one_reader_counted() {
        let details = found(
            "<a href='https://a.example/?utm_source=x&u=lena@waxwing.test' title='harmless.example'>Read <b>on</b></a> beside \
             <a href=https://a.example/c/9f8e7d6c5b4a39281706f5e4>more</a> <a href=https://a.example/plain>x</a>",
        );
        let texts: Vec<_> = details.links.iter().map(|link| link.text.as_str()).collect();
        assert_eq!(texts, ["Read on", "more", "x"]);
        assert_eq!(details.links[0].shown, "https://a.example/?u=lena@waxwing.test");
        assert_eq!(details.personal_links, 2);
    }

    #[test]
    fn a_link_says_where_it_leads_and_not_what_its_sender_says_of_it() {
        let options = Options {
            links: Links::Told,
            ..Options::blocked()
        };
        let html = "<a href='https://evil.example/a?utm_source=x' title='https://bank.example'>bank</a>";
        let (safe, _, _) = examine_parts(&[html.to_owned()], &options);
        let shown = safe.fragment();
        assert!(shown.contains("title=\"evil.example/a\""), "{shown}");
        assert!(shown.contains("utm_source"), "told, not cleaned");
        assert!(!shown.contains("bank.example"), "the sender's own word is gone");
    }
}
