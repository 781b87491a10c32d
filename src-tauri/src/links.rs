//! Which links may leave the app, and how a mailto: link becomes a letter.

use tauri::Url;
use waxwing_model::{Address, DraftContent};

/// A link that the system's browser may open.
pub fn for_browser(link: &str) -> Option<Url> {
    let url = Url::parse(link).ok()?;
    let has_host = url.host_str().is_some_and(|host| !host.is_empty());
    (matches!(url.scheme(), "http" | "https") && has_host).then_some(url)
}

/// A link that the system opens, as it is handed to it, and what to say where no program takes it: a page; files of a server; a number,
/// which is dialled and no more.
pub fn for_system(link: &str) -> Option<(String, &'static str)> {
    if let Some(number) = waxwing_engine::dialled(link) {
        return Some((number, "No program on this computer calls telephone numbers."));
    }
    if let Some(page) = for_browser(link) {
        return Some((page.into(), "The browser could not be opened."));
    }
    let url = Url::parse(link).ok().filter(|url| url.scheme() == "ftp")?;
    url.host_str().filter(|host| !host.is_empty())?;
    Some((
        url.into(),
        "No program on this computer opens addresses of files (ftp).",
    ))
}

/// A letter from a mailto: link (RFC 6068). Only to, cc, bcc, subject and body count; anything else, attachments
/// above all, is not the link's business.
pub fn mailto(link: &str) -> Option<DraftContent> {
    let url = Url::parse(link).ok().filter(|url| url.scheme() == "mailto")?;
    let mut content = DraftContent {
        to: addresses(&unescape(url.path())),
        ..DraftContent::default()
    };
    // "+" is a plus here and not a space (RFC 6068, section 5), so this is not the form encoding.
    for pair in url.query().unwrap_or_default().split('&') {
        let Some((name, value)) = pair.split_once('=') else {
            continue;
        };
        let value = unescape(value);
        match name.to_ascii_lowercase().as_str() {
            "to" => content.to.extend(addresses(&value)),
            "cc" => content.cc.extend(addresses(&value)),
            "bcc" => content.bcc.extend(addresses(&value)),
            "subject" => content.subject = value.replace(['\r', '\n'], " "),
            "body" => content.html = paragraphs(&value),
            _ => {}
        }
    }
    Some(content)
}

fn addresses(list: &str) -> Vec<Address> {
    list.split(',')
        .map(str::trim)
        .filter(|address| !address.is_empty() && !address.chars().any(char::is_control))
        .map(|address| Address {
            name: None,
            email: address.to_owned(),
        })
        .collect()
}

/// Percent-encoding taken off (RFC 3986, section 2.1).
pub fn unescape(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let escaped = (first == b'%')
            .then(|| after.get(..2))
            .flatten()
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match escaped {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn paragraphs(text: &str) -> String {
    text.lines()
        .map(|line| {
            let escaped = line
                .replace('&', "&amp;")
                .replace('<', "&lt;")
                .replace('>', "&gt;");
            if escaped.is_empty() {
                "<div><br></div>".to_owned()
            } else {
                format!("<div>{escaped}</div>")
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_web_goes_to_the_browser() {
        assert!(
            for_browser("https://waxwing.example/a?b#c").is_some(),
            "a web page may be opened"
        );
        for link in [
            "file:///etc/passwd",
            "javascript:alert(1)",
            "smb://host/share",
            "ms-settings:about",
            "https:",
            "x",
        ] {
            assert!(for_browser(link).is_none(), "{link} stays here");
        }
    }

    #[test]
    fn the_system_gets_pages_files_and_numbers_alone() {
        for (link, goal) in [
            ("https://waxwing.example/a", Some("https://waxwing.example/a")),
            ("ftp://files.example/a b", Some("ftp://files.example/a%20b")),
            ("tel:+49 30-12", Some("tel:+493012")),
            ("tel:*21*0900#", Some("tel:*21*0900%23")),
            ("tel:--help", None),
            ("tel:112;x;ext=-x", None),
            ("ftp:", None),
            ("file:///etc/passwd", None),
            ("data:text/html,x", None),
            ("javascript:alert(1)", None),
            ("mailto:lena@post.example", None),
            ("smb://host/share", None),
            ("vscode://x", None),
        ] {
            let handed = for_system(link).map(|(goal, _)| goal);
            assert_eq!(handed.as_deref(), goal, "{link}");
        }
    }

    #[test]
    fn a_mailto_link_becomes_a_letter_and_nothing_more() {
        let letter = mailto("mailto:jonas@post.example,amara%2Btest@post.example?cc=lena@post.example&subject=1+1%3D2%0D%0ABcc:%20x@y&body=a%0Ab%3Cb%3E&attach=/etc/passwd").unwrap();
        assert_eq!(letter.to.len(), 2, "both recipients are there");
        assert_eq!(letter.to[1].email, "amara+test@post.example", "escapes are read");
        assert_eq!(letter.cc[0].email, "lena@post.example");
        assert_eq!(
            letter.subject, "1+1=2  Bcc: x@y",
            "a line break cannot make a header of the subject's rest"
        );
        assert_eq!(
            letter.html, "<div>a</div><div>b&lt;b&gt;</div>",
            "the body is text and not HTML"
        );
        assert!(letter.bcc.is_empty(), "nobody else gets it");
    }

    #[test]
    fn what_is_no_mailto_link_is_no_letter() {
        assert_eq!(mailto("https://waxwing.example"), None);
        assert_eq!(mailto("jonas@post.example"), None);
    }
}
