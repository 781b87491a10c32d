//! Links as honest people and others write them.

use super::*;

mod like;
mod on;
mod shown;
mod within;

fn registered(host: &str) -> Option<String> {
    let mut labels: Vec<&str> = host.rsplit('.').take(2).collect();
    labels.reverse();
    let number = host
        .bytes()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b':' | b'[' | b']'));
    (labels.len() == 2 && !number).then(|| labels.join("."))
}

fn listed(host: &str) -> bool {
    [".com", ".example", ".test"]
        .iter()
        .any(|ending| host.ends_with(ending))
}

fn domain(name: &str, standing: Standing) -> Domain {
    Domain {
        name: name.to_owned(),
        standing,
    }
}

fn look(given: &str, text: &str) -> LinkLook {
    let domains = [
        "paypal.com",
        "harbour-bank.example",
        "kustwerk.example",
        "xn--grn-ioa.example",
    ]
    .map(|name| domain(name, Standing::Known));
    let known = Known {
        registered: &registered,
        listed: &listed,
        domains: &domains,
    };
    let seen = LinkSeen {
        given: given.to_owned(),
        text: text.to_owned(),
        ..LinkSeen::default()
    };
    look_at_seen(&seen, &known).unwrap_or_else(|| panic!("{given} is a link"))
}

fn warnings(given: &str, text: &str) -> Vec<LinkWarning> {
    look(given, text).warnings
}

#[test]
fn honest_links_open_without_a_word() {
    for (given, text) in [
        ("https://kustwerk.example/plans?page=2#top", "the plans"),
        ("https://www.kustwerk.example/", "kustwerk.example"),
        ("https://kustwerk.example/", "https://www.kustwerk.example/plans"),
        ("https://pad.example/x", "notes.txt"),
        ("https://nodejs.example/", "Node.js"),
        ("https://shop.example/", "ASP.NET"),
        ("https://shop.example/", "Write to lena@kustwerk.example"),
        ("https://shop.example/", "Version 2.0"),
        ("https://shop.example/", "see e.g. the plans"),
        (
            "https://shop.example/",
            "It is over.Then came notes.txt and Node.js",
        ),
        (
            "https://shop.example/",
            "All of shop.example, and shop.example/plans too",
        ),
        (
            "https://shop.example/",
            "https://shop.example/?from=paypal.com,paypal.com",
        ),
        ("https://xn--grn-ioa.example/", "grün.example"),
        ("https://paypal.com/", "PayPal"),
        ("https://www.paypal.com/", "www.paypal.com."),
    ] {
        assert_eq!(warnings(given, text), [], "{text} → {given}");
    }
}

#[test]
fn signs_that_are_not_seen_or_look_like_dots_hide_no_host() {
    for text in [
        "paypal\u{2063}.com",
        "pay\u{fe0f}pal.com",
        "paypal\u{34f}.com",
        "pay\u{3164}pal.com",
        "paypal\u{2024}com",
        "paypal\u{ff0e}com",
        "paypal\u{3002}com",
        "paypal\u{ff61}com",
        "paypal.\u{200a}com",
        "paypal\u{2009}.com",
        "\u{ff50}aypal.com",
        "www\u{2024}paypal\u{2024}com",
    ] {
        assert!(
            matches!(warnings("https://evil.test/", text).as_slice(), [LinkWarning::OtherHost(host)] if host.ends_with("paypal.com")),
            "{text:?} gives {:?}",
            warnings("https://evil.test/", text)
        );
    }
    assert_eq!(
        warnings("https://shop.example/", "Look\u{2009}here. And there"),
        []
    );
}

#[test]
fn a_text_that_names_another_host_is_told() {
    for text in [
        "paypal.com",
        "www.paypal.com",
        "https://www.paypal.com/login",
        "Log in at https://www.paypal.com now",
        "pay\u{ad}pal.com",
        "<https://paypal.com>",
        "PAYPAL.COM/signin",
        "Log in at paypal.com now",
        "paypal.com x",
        "evil.example or paypal.com",
        "https://evil.example https://paypal.com",
        "→paypal.com|login",
        "Login:https://paypal.com/",
    ] {
        let told = warnings("https://evil.example/", text);
        assert!(
            matches!(told.as_slice(), [LinkWarning::OtherHost(host)] if host.ends_with("paypal.com")),
            "{text}: {told:?}"
        );
    }
}

#[test]
fn hosts_made_to_look_like_known_ones_are_told() {
    let like = |domain: &str| LinkWarning::LooksLike(domain.to_owned());
    for (given, expected) in [
        ("https://paypa1.com/", vec![like("paypal.com")]),
        // Hosts have no capitals, so the I of this one is no l.
        ("https://paypaI.com/", vec![like("paypal.com")]),
        ("https://paypall.com/", vec![like("paypal.com")]),
        ("https://papyal.com/", vec![like("paypal.com")]),
        (
            "https://harbour-bamk.example/",
            vec![like("harbour-bank.example")],
        ),
        (
            "https://paypal.com.evil.example/",
            vec![LinkWarning::BeginsLike("paypal.com".into())],
        ),
        (
            "https://paypal-com.evil.example/",
            vec![LinkWarning::BeginsLike("paypal.com".into())],
        ),
        // Cyrillic а for a, wholly or in part.
        (
            "https://pаypаl.com/",
            vec![LinkWarning::MixedScripts, like("paypal.com")],
        ),
        (
            "https://xn--pypl-53dc.com/",
            vec![LinkWarning::MixedScripts, like("paypal.com")],
        ),
        (
            "https://раураl.com/",
            vec![LinkWarning::MixedScripts, like("paypal.com")],
        ),
        ("https://пример.example/", vec![LinkWarning::OtherScript]),
        ("https://münchen.example/", vec![]),
        ("https://日本語.example/", vec![LinkWarning::OtherScript]),
        ("https://grün.example/", vec![]),
        ("https://grun.example/", vec![]),
    ] {
        assert_eq!(warnings(given, "x"), expected, "{given}");
    }
}

#[test]
fn numbers_names_before_the_host_and_ports_are_told() {
    assert_eq!(warnings("http://203.0.113.7/a", "x"), [LinkWarning::Number]);
    assert_eq!(
        warnings("http://3405803783/a", "x"),
        [LinkWarning::Number],
        "however it is written"
    );
    assert_eq!(warnings("http://[2001:db8::1]/a", "x"), [LinkWarning::Number]);
    let told = look("https://www.paypal.com%2Flogin@evil.example/a", "x");
    assert_eq!(
        told.warnings,
        [LinkWarning::Pretends("www.paypal.com/login".into())]
    );
    assert_eq!(
        (told.host.as_str(), told.address.as_str()),
        ("evil.example", "https://evil.example/a")
    );
    assert_eq!(
        warnings("https://shop.example:8443/", "x"),
        [LinkWarning::Port(8443)]
    );
}

#[test]
fn only_the_web_is_opened() {
    let known = Known {
        registered: &registered,
        listed: &listed,
        domains: &[],
    };
    for given in [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "ms-settings:x",
        "smb://host/share",
        "letter://localhost/1",
        "vbscript:x",
        "mailto:lena@kustwerk.example",
        "https:",
        "//x",
        "",
    ] {
        assert_eq!(look_at(given, &known), None, "{given}");
    }
}

#[test]
fn what_tells_who_follows_a_link_is_left_out_and_nothing_else() {
    for (given, opened, removed) in [
        (
            "https://shop.example/a?utm_source=x&id=7&UTM_Medium=mail",
            "https://shop.example/a?id=7",
            2,
        ),
        (
            "https://shop.example/a?fbclid=1&mc_eid=2#part",
            "https://shop.example/a#part",
            2,
        ),
        (
            "https://shop.example/a?q=a%20b+c&d=%C3%A9&empty&gclid=",
            "https://shop.example/a?q=a%20b+c&d=%C3%A9&empty",
            1,
        ),
        (
            "https://shop.example/a?si=1&feature=2",
            "https://shop.example/a?si=1&feature=2",
            0,
        ),
        (
            "https://youtube.com/watch?v=1&si=2",
            "https://youtube.com/watch?v=1",
            1,
        ),
        (
            "https://www.amazon.com/x?ref_=1&k=2",
            "https://www.amazon.com/x?k=2",
            1,
        ),
        (
            "https://shop.example/a?xutm_source=1",
            "https://shop.example/a?xutm_source=1",
            0,
        ),
    ] {
        let found = look(given, "x");
        assert_eq!(found.address, opened, "{given}");
        assert_eq!(found.removed.len(), removed, "{given}: {:?}", found.removed);
    }
}

#[test]
fn pages_that_only_lead_on_are_passed_over() {
    for (given, opened) in [
        (
            "https://www.google.com/url?q=https://shop.example/a%3Fb%3D1&sa=D",
            "https://shop.example/a?b=1",
        ),
        (
            "https://l.facebook.com/l.php?u=https%3A%2F%2Fshop.example%2F&h=AT0",
            "https://shop.example/",
        ),
        (
            "https://href.li/?https://shop.example/a%20b?c=d%26e",
            "https://shop.example/a%20b?c=d%26e",
        ),
        (
            "https://href.li/?https%3A%2F%2Fshop.example%2Fa",
            "https://shop.example/a",
        ),
        (
            "https://www.google.com/url?q=https%3A%2F%2Fl.facebook.com%2Fl.php%3Fu%3Dhttps%253A%252F%252Fshop.example%252F",
            "https://shop.example/",
        ),
    ] {
        let found = look(given, "x");
        assert_eq!(found.address, opened, "{given}");
        assert!(
            !found.passed.is_empty(),
            "{given}: whoever is passed over is named"
        );
        assert_eq!(found.warnings, [], "{given}");
    }
    let script = look("https://www.google.com/url?q=javascript:alert(1)", "x");
    assert_eq!(script.host, "www.google.com", "nothing but the web is led on to");
    let unknown = look("https://click.example/go?to=https%3A%2F%2Fshop.test%2F", "x");
    assert_eq!(unknown.warnings, [LinkWarning::LeadsOn("shop.test".into())]);
    assert_eq!(
        unknown.host, "click.example",
        "who is not known is asked, and told of"
    );
    let lying = look(
        "https://www.google.com/url?q=https://evil.example/",
        "www.google.com",
    );
    assert_eq!(lying.warnings, [LinkWarning::OtherHost("www.google.com".into())]);
}

#[test]
fn a_frame_s_link_is_clean_and_says_where_it_leads() {
    assert_eq!(
        for_frame(
            "https://www.google.com/url?q=https%3A%2F%2Fshop.example%2Fa%2520b%3Futm_source%3Dx",
            true
        ),
        (
            "https://shop.example/a%20b".to_owned(),
            "shop.example/a b".to_owned()
        )
    );
    assert_eq!(
        for_frame("https://xn--pypl-53dc.com/", true),
        (
            "https://xn--pypl-53dc.com/".to_owned(),
            "xn--pypl-53dc.com".to_owned()
        ),
        "no other script pretends anything"
    );
    assert_eq!(
        for_frame("mailto:lena@kustwerk.example?subject=x", true),
        (
            "mailto:lena@kustwerk.example?subject=x".to_owned(),
            "lena@kustwerk.example".to_owned()
        )
    );
}
