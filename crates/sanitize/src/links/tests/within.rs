//! Names of others within a host: those that are meant to deceive, next to those that are really used.

use super::*;

/// As the public suffix list has it, for the endings of these tests.
fn owner(host: &str) -> Option<String> {
    let count = match [".com.au", ".co.uk", ".github.io"]
        .iter()
        .any(|ending| host.ends_with(ending))
    {
        true => 3,
        false => 2,
    };
    let mut labels: Vec<&str> = host.rsplit('.').take(count).collect();
    labels.reverse();
    (labels.len() == count).then(|| labels.join("."))
}

fn told(host: &str) -> Vec<LinkWarning> {
    let mut domains: Vec<Domain> = often_forged().map(|name| domain(name, Standing::House)).collect();
    domains.extend([
        domain("kustwerk.example", Standing::Own),
        domain("harbour-bank.example", Standing::Known),
        domain("nature.com", Standing::Writes(12)),
        domain("wikipedia.org", Standing::Writes(3)),
        domain("in.de", Standing::Known),
    ]);
    let known = Known {
        registered: &owner,
        listed: &listed,
        domains: &domains,
    };
    look_at(&format!("https://{host}/x"), &known).unwrap().warnings
}

#[test]
fn a_known_name_at_the_beginning_is_told_whatever_hangs_on_it() {
    for (host, name) in [
        ("paypal.com-secure.evil.example", "paypal.com"),
        ("www.paypal.com-login.evil.example", "paypal.com"),
        ("paypal.com-secure.example", "paypal.com"),
        ("secure-paypal.com.evil.example", "paypal.com"),
        ("paypal-com-login.evil.example", "paypal.com"),
        ("www-paypal-com.evil.example", "paypal.com"),
        ("paypa1.com-secure.evil.example", "paypal.com"),
        ("dhl.com-parcel.example", "dhl.com"),
        ("kustwerk.example-secure.evil.example", "kustwerk.example"),
        ("login.kustwerk.example-secure.evil.example", "kustwerk.example"),
        ("kustvverk.example-secure.evil.example", "kustwerk.example"),
        ("harbour-bank.example-login.evil.example", "harbour-bank.example"),
        ("nature.com-papers.example", "nature.com"),
    ] {
        assert_eq!(told(host), [LinkWarning::BeginsLike(name.into())], "{host}");
    }
}

#[test]
fn a_house_that_is_named_beside_a_lure_is_told() {
    for (host, name) in [
        ("microsoft-support.evil.example", "microsoft.com"),
        ("login.microsoft-support.evil.example", "microsoft.com"),
        ("secure-apple-id.evil.example", "apple.com"),
        ("apple-support.example", "apple.com"),
        ("dhl-tracking.evil.example", "dhl.com"),
        ("konto-deutsche-bank.evil.example", "deutsche-bank.de"),
        ("paypal-anything.example", "paypal.com"),
    ] {
        assert_eq!(told(host), [LinkWarning::Holds(name.into())], "{host}");
    }
}

#[test]
fn two_signs_that_look_like_one_are_that_one() {
    for (host, name) in [
        ("vvikipedia.org", "wikipedia.org"),
        ("en.vvikipedia.org", "wikipedia.org"),
        ("kustvverk.example", "kustwerk.example"),
        ("vvellsfargo.com", "wellsfargo.com"),
    ] {
        assert_eq!(told(host), [LinkWarning::LooksLike(name.into())], "{host}");
    }
}

#[test]
fn hosts_that_are_really_used_open_without_a_word() {
    for host in [
        // A house on the ending of another country, and what it keeps below its own name.
        "paypal.com.au",
        "www.paypal.com.au",
        "amazon.com.au",
        "www.ebay.co.uk",
        "apple-pay.apple.com",
        "microsoft-support.microsoft.com",
        "login-live.microsoftonline.com",
        "kustwerk-my.sharepoint.com",
        "kustwerk-com.mail.protection.outlook.com",
        // Houses' own domains of other names.
        "amazon-adsystem.com",
        "aax.amazon-adsystem.com",
        "www.google-analytics.com",
        "www.paypal-community.com",
        "images-eu.ssl-images-amazon.com",
        "www.zalando-lounge.de",
        // What services call their customers, and the person's own house at one.
        "microsoft.github.io",
        "linkedin.zoom.example",
        "netflix-news.sender.example",
        "kustwerk-support.zendesk.example",
        "kustwerk.atlassian.example",
        "paypal.service.example",
        // Libraries, and words.
        "www-nature-com.proxy.library.example",
        "made-in-de.shop.example",
        "in-de-luft.example",
        "pineapple-support.example",
        "apple-orchard.example",
        "fb-com.mail.example",
        "savvy.example",
        "kustwerk.example",
        "plans.kustwerk.example",
        "en.wikipedia.org",
    ] {
        assert_eq!(told(host), [], "{host}");
    }
}
