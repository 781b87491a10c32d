//! Links that open after a look stay links in what is shown and in what is sent, and no others do.

mod inspect;

use inspect::dangers;
use waxwing_sanitize::{Options, SafeHtml, for_sending, sanitize};

fn clean(html: &str) -> SafeHtml {
    let (safe, _) = sanitize(html, &Options::blocked());
    let found = dangers(safe.fragment(), safe.style_sheet());
    assert!(found.is_empty(), "{html} left {found:?}");
    safe
}

#[test]
fn every_kind_of_link_that_opens_after_a_look_stays_one() {
    for kept in [
        "https://lamps.example/",
        "http://lamps.example/a?b=c#d",
        "ftp://files.example/plans/",
        "mailto:lena@example.org?subject=Lamps",
        "tel:+4930123456",
        "tel:*21*0900123456%23",
    ] {
        let html = format!("<p><a href=\"{kept}\">here</a></p>");
        let href = format!("href=\"{kept}\"");
        let safe = clean(&html);
        assert!(safe.fragment().contains(&href), "{}", safe.fragment());
        let sent = for_sending(&html);
        assert!(sent.contains(&href), "sent: {sent}");
    }
    for gone in [
        "file:///etc/passwd",
        "vscode://x",
        "sms:112",
        "tel:0800-FLOWERS",
        "tel:",
        "ftp:",
        "ftps://a.example/",
        "sftp://a.example/",
        "callto:112",
        "facetime:lena@example.org",
        "data:text/html,x",
    ] {
        let safe = clean(&format!("<p><a href=\"{gone}\">here</a></p>"));
        assert!(!safe.fragment().contains("href"), "{gone}: {}", safe.fragment());
    }
}
