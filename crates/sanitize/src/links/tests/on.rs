//! Pages on the way that stay there, addresses that stay whole, and texts that name more than one thing.

use super::*;

#[test]
fn pages_that_guard_the_way_are_looked_through_and_not_passed_over() {
    for (given, shown) in [
        (
            "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fshop.example%2Fa%3Futm_source%3Dx&data=05",
            "shop.example/a",
        ),
        (
            "https://urldefense.proofpoint.com/v2/url?u=https-3A__shop.example_a-2Db&d=x",
            "shop.example/a-b",
        ),
        (
            "https://urldefense.com/v3/__https://shop.example/a__;!!AbC!x$",
            "shop.example/a",
        ),
    ] {
        let found = look(given, "shop.example");
        assert_eq!(found.address, given, "whoever guards is asked");
        assert_eq!((found.passed, found.removed), (vec![], vec![]), "{given}");
        assert_eq!(
            (found.host.as_str(), found.warnings),
            ("shop.example", vec![]),
            "{given}"
        );
        assert_eq!(for_frame(given, true), (given.to_owned(), shown.to_owned()));
        let told = look(given, "paypal.com").warnings;
        assert_eq!(told, [LinkWarning::OtherHost("paypal.com".into())], "{given}");
    }
    let within = look(
        "https://www.google.com/url?q=https%3A%2F%2Feur01.safelinks.protection.outlook.com%2F%3Furl%3Dhttps%253A%252F%252Fshop.example%252F",
        "x",
    );
    assert_eq!(
        (within.address.as_str(), within.host.as_str()),
        (
            "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fshop.example%2F",
            "shop.example"
        )
    );
    assert_eq!(
        within.passed,
        ["www.google.com"],
        "only who stands before it is passed over"
    );
}

#[test]
fn what_is_signed_or_leaves_a_list_stays_whole() {
    for given in [
        "https://files.example/a?utm_source=x&X-Amz-Signature=00",
        "https://files.example/a?fbclid=x&Policy=e30&Key-Pair-Id=K",
        "https://files.example/a?sig=00&mc_eid=2",
        "https://files.example/a?Signature=00&utm_source=1",
        "https://news.example/unsubscribe?mkt_tok=abc",
        "https://news.example/page?mkt_unsubscribe=1&mkt_tok=abc",
        "https://news.example/list/Opt-Out?mc_eid=abc",
        "https://shop.example/a?pk_id=7",
    ] {
        let found = look(given, "x");
        assert_eq!((found.address.as_str(), found.removed), (given, vec![]));
    }
    let campaign = look("https://shop.example/a?pk_campaign=x&pk_id=7&mtm_kwd=y", "x");
    assert_eq!(campaign.address, "https://shop.example/a?pk_id=7");
}

#[test]
fn an_owner_is_not_whose_name_ends_like_another() {
    assert_eq!(
        warnings("https://evilpaypal.com/", "paypal.com").last(),
        Some(&LinkWarning::OtherHost("paypal.com".into()))
    );
    let known = Known {
        registered: &registered,
        listed: &listed,
        domains: &[],
    };
    let seen = LinkSeen {
        given: "https://kustwerk.example/".into(),
        text: "kustwerk.example".into(),
        apart: "kust werk.example".into(),
        ..LinkSeen::default()
    };
    assert_eq!(
        look_at_seen(&seen, &known).unwrap().warnings,
        [],
        "a name set in two pieces"
    );
}

#[test]
fn a_text_too_long_to_be_judged_is_told_of() {
    let known = Known {
        registered: &registered,
        listed: &listed,
        domains: &[],
    };
    let mut seen = LinkSeen {
        given: "https://evil.example/".into(),
        text: "x".into(),
        cut: true,
        ..LinkSeen::default()
    };
    let told = |seen: &LinkSeen| look_at_seen(seen, &known).unwrap().warnings;
    assert_eq!(told(&seen), [LinkWarning::LongText]);
    seen.cut = false;
    seen.text = "https://evil.example/?bank.example".into();
    seen.apart = "https://evil.example/? bank.example".into();
    assert_eq!(
        told(&seen),
        [LinkWarning::OtherHost("bank.example".into())],
        "what is set apart is judged by itself"
    );
}

#[test]
fn a_fragment_is_cleaned_as_a_query_is_and_its_place_stays() {
    let at = |rest: &str| format!("https://shop.example/a{rest}");
    for (given, opened, removed) in [
        ("#utm_source=x&UTM_Medium=mail", "", 2),
        ("?id=7&utm_source=x#utm_source=x", "?id=7", 1),
        ("#part&utm_source=x", "#part", 1),
        ("#id=7&utm_source=x&q=a%20b", "#id=7&q=a%20b", 1),
        // Programs that are one page have their paths and queries there.
        ("#/orders?utm_source=x", "#/orders", 1),
        ("#/orders?id=7&fbclid=1", "#/orders?id=7", 1),
        ("#!/orders?fbclid=1&id=7#foot", "#!/orders?id=7#foot", 1),
        ("#/orders&utm_source=x", "#/orders", 1),
        ("#?utm_source=x", "", 1),
        // What the browser is told is no page's.
        (
            "#:~:text=utm_source=x&text=gclid=1",
            "#:~:text=utm_source=x&text=gclid=1",
            0,
        ),
        ("#utm_source=x:~:text=lamp", "#:~:text=lamp", 1),
        (
            "#/orders?utm_source=x:~:text=what?,fbclid=1",
            "#/orders:~:text=what?,fbclid=1",
            1,
        ),
        // A page about links may have places of such names, and what is signed holds as a whole.
        ("#utm_source", "#utm_source", 0),
        ("#xutm_source=1", "#xutm_source=1", 0),
        ("#/orders/utm_source=x/7", "#/orders/utm_source=x/7", 0),
        ("#utm_source=x&signature=00", "#utm_source=x&signature=00", 0),
        ("?sig=00&utm_source=x#utm_source=x", "?sig=00&utm_source=x", 1),
        ("#/unsubscribe?utm_source=x", "#/unsubscribe?utm_source=x", 0),
        ("#", "#", 0),
    ] {
        let found = look(&at(given), "x");
        assert_eq!(found.address, at(opened), "{given}");
        assert_eq!(found.removed.len(), removed, "{given}: {:?}", found.removed);
    }
}
