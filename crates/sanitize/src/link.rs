//! URLs: which may be followed, which would leave this computer, and which are ours. Nothing is fetched here.

use std::borrow::Cow;

use url::Url;

use crate::links::Number;
use crate::lower::lower;

/// A link that may stay, written as a browser would read it: to the web, to files (ftp), to a person (mailto) or to a telephone (tel), and
/// nothing else.
pub(crate) fn allowed(href: &str) -> Option<Url> {
    let url = Url::parse(&bare(href)).ok()?;
    match url.scheme() {
        "http" | "https" | "ftp" if url.has_host() => Some(url),
        "tel" => Number::of(&url).map(|_| url),
        "mailto" => Some(url),
        _ => None,
    }
}

/// What stands before the name of a place within the letter. Nobody serves anything there: whoever hears of the press goes to
/// the place.
const PLACE: &str = "letter://localhost/here#";
/// Octets of the name of a place.
const LONGEST_NAME: usize = 200;

/// A link to a place within the letter.
pub(crate) fn place(href: &str) -> Option<String> {
    let bare = bare(href);
    let name = crate::image::percent_decoded(bare.strip_prefix('#')?)?;
    let escaped: String = name
        .bytes()
        .map(|byte| match byte {
            byte if is_plain(byte) => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect();
    (1..=LONGEST_NAME)
        .contains(&name.len())
        .then(|| format!("{PLACE}{escaped}"))
}

/// Whether this is a link to a place, as [`place`] writes it.
pub(crate) fn is_place(href: &str) -> bool {
    href.strip_prefix(PLACE)
        .is_some_and(|name| !name.is_empty() && name.bytes().all(|byte| is_plain(byte) || byte == b'%'))
}

fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.')
}

/// Whether a link would run a script.
pub(crate) fn is_script(href: &str) -> bool {
    matches!(
        scheme(&bare(href)).as_deref(),
        Some("javascript" | "vbscript" | "livescript" | "mocha")
    )
}

/// Whether following this would reach another computer, as far as can be told without a base.
pub(crate) fn is_remote(url: &str) -> bool {
    remote(url).is_some()
}

/// The http or https URL that a browser would ask for. `//host/…` counts as https.
pub(crate) fn remote(url: &str) -> Option<Url> {
    let bare = bare(url);
    let mut start = bare.chars();
    let is_slash = |character: Option<char>| matches!(character, Some('/' | '\\'));
    let whole = if is_slash(start.next()) && is_slash(start.next()) {
        Cow::Owned(format!("https://{}", start.as_str()))
    } else {
        bare
    };
    Url::parse(&whole)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https" | "ftp" | "ws" | "wss"))
}

/// Whether a URL is in the scheme behind which the app itself serves pictures.
pub(crate) fn is_ours(url: &str) -> bool {
    url.starts_with("letter://localhost/") || url.starts_with("http://letter.localhost/")
}

/// The scheme in lower case.
pub(crate) fn scheme(url: &str) -> Option<Cow<'_, str>> {
    let (scheme, _) = url.split_once(':')?;
    let known = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|one| one.is_ascii_alphanumeric() || matches!(one, '+' | '-' | '.'));
    known.then(|| lower(scheme))
}

/// A URL without what a browser leaves out before it looks at it: control characters and blanks around it,
/// tabs and line ends anywhere (WHATWG URL, basic URL parser).
pub(crate) fn bare(url: &str) -> Cow<'_, str> {
    let trimmed = url.trim_matches(|character: char| character <= ' ');
    if trimmed.contains(['\t', '\n', '\r']) {
        Cow::Owned(trimmed.replace(['\t', '\n', '\r'], ""))
    } else {
        Cow::Borrowed(trimmed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(href: &str) -> Option<String> {
        super::allowed(href).map(String::from)
    }

    #[test]
    fn links_to_the_web_and_to_people_stay() {
        assert_eq!(
            allowed(" https://waxwing.example/a b ").as_deref(),
            Some("https://waxwing.example/a%20b")
        );
        assert_eq!(
            allowed("mailto:lena@example.org").as_deref(),
            Some("mailto:lena@example.org")
        );
        for href in [
            "tel:+49-30-123456",
            "tel:*21*0900123456#",
            "ftp://files.example/a",
        ] {
            assert_eq!(
                allowed(href).as_deref(),
                Some(href),
                "it is shown before it opens"
            );
        }
        assert_eq!(allowed(&format!("tel:{}", "1".repeat(400))), None);
        assert_eq!(
            allowed("HTTP:\\\\example.org").as_deref(),
            Some("http://example.org/"),
            "as a browser reads it"
        );
    }

    #[test]
    fn every_other_scheme_goes() {
        for href in [
            "javascript:alert(1)",
            "java\nscript:alert(1)",
            "\u{1}javascript:1",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "ftp:",
            "sftp://example.org/",
            "letter://localhost/x",
            "cid:a",
            "#top",
            "page.html",
            "//example.org",
            "about:blank",
            "blob:https://example.org/1",
            "tel:",
            "tel:1\u{202e}12",
            "sms:112",
            "callto:112",
            "ms-settings:about",
            "view-source:https://example.org",
            "http:",
            "",
        ] {
            assert_eq!(allowed(href), None, "{href:?} must not be a link");
        }
    }

    #[test]
    fn each_way_to_run_a_script_is_counted() {
        for href in ["javascript:x", "VBScript:x", "live\nscript:x", " mocha:x"] {
            assert!(is_script(href), "{href:?}");
        }
        for href in [
            "https://example.org/javascript:x",
            "data:text/javascript,x",
            "script",
        ] {
            assert!(!is_script(href), "{href:?}");
        }
    }

    #[test]
    fn ours_is_only_what_the_app_serves() {
        for url in ["letter://localhost/token/1", "http://letter.localhost/token/1"] {
            assert!(is_ours(url), "{url}");
        }
        for url in [
            "letter://evil.example/1",
            "letter://localhost.evil.example/1",
            "letter:x",
            "http://letter.localhost.evil.example/1",
            "https://letter.localhost/token/1",
        ] {
            assert!(!is_ours(url), "{url}");
        }
    }

    #[test]
    fn a_place_in_the_letter_is_not_a_place_elsewhere() {
        for (href, place) in [
            ("#top", Some("letter://localhost/here#top")),
            (" #a b/\"<", Some("letter://localhost/here#a%20b%2F%22%3C")),
            ("#%C3%BC", Some("letter://localhost/here#%C3%BC")),
            ("#", None),
            ("page.html#x", None),
            ("https://a.example/#x", None),
            ("letter://localhost/here#x", None),
        ] {
            assert_eq!(super::place(href).as_deref(), place, "{href}");
            assert!(place.is_none_or(is_place), "{href}");
        }
        assert_eq!(super::place(&format!("#{}", "a".repeat(201))), None);
        for other in [
            "letter://localhost/here#",
            "letter://localhost/token/cid/x",
            "letter://localhost/here#a/b",
            "https://a.example/",
        ] {
            assert!(!is_place(other), "{other}");
        }
    }

    #[test]
    fn remote_urls_are_known_in_all_their_spellings() {
        for url in [
            "http://x.example/a",
            "HTTPS://x.example",
            "//x.example/a",
            "\\\\x.example\\a",
            "/\\x.example",
            " ht\ntp://x.example",
            "http:x.example",
            "https:/x.example",
            "ftp://x.example/",
        ] {
            assert!(is_remote(url), "{url:?} would leave this computer");
        }
        for url in ["cid:a", "data:image/png;base64,AA", "a.png", "/a.png", "#a", ""] {
            assert!(!is_remote(url), "{url:?} stays here");
        }
    }
}
