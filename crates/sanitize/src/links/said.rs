//! The host that the text of a link names, where it names one: "https://bank.example" over a link to somewhere else.

use url::Url;

use super::Known;

/// Endings of file names that could be hosts by their looks.
const FILES: [&str; 22] = [
    "ai", "cc", "css", "doc", "docx", "htm", "html", "jpg", "js", "md", "net", "pdf", "pl", "png", "ps",
    "py", "rs", "sh", "so", "txt", "xlsx", "zip",
];

/// A host that the text names and that belongs to somebody else than the one it leads to.
pub(super) fn other_host(text: &str, host: &str, owner: Option<&str>, known: &Known<'_>) -> Option<String> {
    let said = said(text)?;
    let theirs = (known.registered)(&said);
    let same = said == host || theirs.is_some() && theirs.as_deref() == owner;
    // What nobody could have registered is no host.
    (!same && theirs.is_some()).then_some(said)
}

/// A text that is an address, or has one with its scheme in it.
fn said(text: &str) -> Option<String> {
    let visible: String = text
        .chars()
        .filter(|one| !matches!(one, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}'))
        .collect();
    let words: Vec<&str> = visible.split_whitespace().collect();
    let plain = |word: &str| {
        word.trim_matches([
            '(', ')', '<', '>', '"', '\'', ',', ';', '.', '[', ']', '«', '»', '“', '”',
        ])
        .to_owned()
    };
    let with_scheme = words.iter().map(|word| plain(word)).find(|word| {
        let word = word.to_ascii_lowercase();
        word.starts_with("http://") || word.starts_with("https://") || word.starts_with("www.")
    });
    let word = match (with_scheme, words.as_slice()) {
        (Some(word), _) => word,
        (None, [one]) => plain(one),
        _ => return None,
    };
    let lower = word.to_ascii_lowercase();
    let whole = match lower.starts_with("http://") || lower.starts_with("https://") {
        true => word,
        false => {
            let host = lower.split(['/', '?', '#', ':']).next().unwrap_or_default();
            let ending = host.rsplit_once('.')?.1;
            let is_www = host.starts_with("www.");
            let named = ending.chars().count() >= 2 && ending.chars().all(char::is_alphabetic);
            if host.contains('@') || lower.contains('@') || !named || !is_www && is_file(&lower, host, ending)
            {
                return None;
            }
            format!("https://{word}")
        }
    };
    let url = Url::parse(&whole).ok()?;
    url.host_str().map(str::to_owned)
}

/// `notes.txt` and `Node.js` are no hosts; `notes.txt/page` is one.
fn is_file(word: &str, host: &str, ending: &str) -> bool {
    // ".net" is a good ending of a host, but for ASP.NET and its like.
    let short = ending == "net" && host.matches('.').count() == 1 && host.len() <= 7;
    word == host && FILES.contains(&ending) && (ending != "net" || short)
}
