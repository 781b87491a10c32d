//! The hosts that the text of a link names, where it names some: "https://bank.example" over a link to somewhere else.

use url::Url;

use super::Known;

/// Endings of file names that could be hosts by their looks.
const FILES: [&str; 22] = [
    "ai", "cc", "css", "doc", "docx", "htm", "html", "jpg", "js", "md", "net", "pdf", "pl", "png", "ps",
    "py", "rs", "sh", "so", "txt", "xlsx", "zip",
];

/// A host that the text names and that belongs to somebody else than the one it leads to. Every word is judged: one that
/// is true must not stand for another that is not.
pub(super) fn other_host(text: &str, host: &str, owner: Option<&str>, known: &Known<'_>) -> Option<String> {
    find(text, known, |said| said == host, owner)
}

/// The same in a text that is taken apart, where a name may be set in several pieces: the last one looks like a name too.
pub(super) fn other_host_apart(
    text: &str,
    host: &str,
    owner: Option<&str>,
    known: &Known<'_>,
) -> Option<String> {
    find(text, known, |said| host.ends_with(said), owner)
}

fn find(
    text: &str,
    known: &Known<'_>,
    is_same: impl Fn(&str) -> bool,
    owner: Option<&str>,
) -> Option<String> {
    let visible = visible(text);
    let is_alone = visible.split_whitespace().count() == 1;
    let judged = |said: Said| {
        let theirs = (known.registered)(&said.host);
        let same = is_same(&said.host) || theirs.is_some() && theirs.as_deref() == owner;
        // What nobody could have registered is no host, and in a sentence two words may have lost their blank.
        let meant = theirs.is_some() && (is_alone || said.is_plain || (known.listed)(&said.host));
        (!same && meant).then_some(said.host)
    };
    // Styles and marks can turn a text round, and one that is a host from its end is nothing from its beginning.
    let turned = |word: &str| {
        let word: String = word.chars().rev().collect();
        said(&word).filter(|said| (is_alone || said.is_plain) && (known.listed)(&said.host))
    };
    visible
        .split_whitespace()
        .flat_map(pieces)
        .find_map(|word| turned(word).or_else(|| said(word)).and_then(judged))
}

/// A text as it is seen: without signs that show nothing, with a dot wherever something looks like one, and without the
/// hair's breadth that some put beside it.
fn visible(text: &str) -> String {
    let mut visible = String::with_capacity(text.len());
    let mut thin = false;
    for one in text.chars() {
        match one {
            one if shows_nothing(one) => {}
            '\u{2006}' | '\u{2008}'..='\u{200a}' | '\u{202f}' | '\u{205f}' => thin = true,
            '.' | '\u{3002}' | '\u{ff0e}' | '\u{ff61}' | '\u{2024}' | '\u{fe52}' | '\u{a4f8}' | '\u{701}'
            | '\u{702}' => {
                visible.push('.');
                thin = false;
            }
            one => {
                if std::mem::take(&mut thin) && !visible.ends_with('.') {
                    visible.push(' ');
                }
                visible.push(one);
            }
        }
    }
    visible
}

/// Signs that a renderer leaves out (Unicode's `Default_Ignorable_Code_Point`).
fn shows_nothing(one: char) -> bool {
    matches!(
        one,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}'
    )
}

struct Said {
    host: String,
    /// It is written as an address, and cannot be anything else.
    is_plain: bool,
}

/// A word without the signs around it; more than one where signs that no host has stand between.
fn pieces(word: &str) -> impl Iterator<Item = &str> {
    // Behind a scheme any sign may be a part of the address.
    let lower = word.to_ascii_lowercase();
    let scheme = ["http://", "https://"]
        .into_iter()
        .filter_map(|scheme| lower.find(scheme))
        .min();
    let (before, address) = word
        .split_at_checked(scheme.unwrap_or(word.len()))
        .unwrap_or((word, ""));
    before
        .split(|one: char| {
            !one.is_alphanumeric() && !matches!(one, '.' | '-' | '_' | '/' | '?' | '#' | ':' | '@' | '%')
        })
        .chain([address])
        .map(|piece| piece.trim_matches(|one: char| !one.is_alphanumeric() && one != '/'))
        .filter(|piece| piece.contains('.'))
}

fn said(word: &str) -> Option<Said> {
    let lower = word.to_ascii_lowercase();
    let has_scheme = lower.starts_with("http://") || lower.starts_with("https://");
    let whole = match has_scheme {
        true => word.to_owned(),
        false => {
            let word = word.trim_matches('/');
            let lower = lower.trim_matches('/');
            let host = lower.split(['/', '?', '#', ':']).next().unwrap_or_default();
            let ending = host.rsplit_once('.')?.1;
            let is_www = host.starts_with("www.");
            let named = ending.chars().count() >= 2 && ending.chars().all(char::is_alphabetic);
            if lower.contains('@') || !named || !is_www && is_file(lower, host, ending) {
                return None;
            }
            format!("https://{word}")
        }
    };
    let url = Url::parse(&whole).ok()?;
    Some(Said {
        host: url.host_str()?.to_owned(),
        is_plain: has_scheme || lower.starts_with("www."),
    })
}

/// `notes.txt` and `Node.js` are no hosts; `notes.txt/page` is one.
fn is_file(word: &str, host: &str, ending: &str) -> bool {
    // ".net" is a good ending of a host, but for ASP.NET and its like.
    let short = ending == "net" && host.matches('.').count() == 1 && host.len() <= 7;
    word == host && FILES.contains(&ending) && (ending != "net" || short)
}
