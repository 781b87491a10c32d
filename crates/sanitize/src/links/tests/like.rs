//! Names that are made to be taken for others, next to names that are known well and less well.

use super::*;

fn among(given: &str, domains: &[(&str, Standing)]) -> Vec<LinkWarning> {
    let domains: Vec<Domain> = domains
        .iter()
        .map(|(name, standing)| domain(name, *standing))
        .collect();
    let known = Known {
        registered: &registered,
        listed: &listed,
        domains: &domains,
    };
    look_at(given, &known).unwrap().warnings
}

#[test]
fn who_has_written_some_letters_is_still_told_from_whom_they_imitate() {
    let like = |name: &str| vec![LinkWarning::LooksLike(name.to_owned())];
    let domains = [
        ("harbour-bank.com", Standing::Writes(9)),
        ("harbour-bamk.com", Standing::Writes(4)),
        ("evil.com", Standing::Writes(30)),
        ("paypa1.com", Standing::Writes(30)),
        ("paypal.com", Standing::House),
    ];
    assert_eq!(
        among("https://harbour-bamk.com/", &domains),
        like("harbour-bank.com"),
        "four letters make no house"
    );
    assert_eq!(
        among("https://harbour-bank.com/", &domains),
        [],
        "and the true one looks like nobody"
    );
    assert_eq!(among("https://paypa1.com/", &domains), like("paypal.com"));
    assert_eq!(among("https://paypal.com/", &domains), []);
    assert_eq!(
        among("https://harbour-bank.com.evil.com/", &domains),
        [LinkWarning::BeginsLike("harbour-bank.com".into())],
        "however many letters its owner has written"
    );
}

#[test]
fn another_ending_and_a_name_within_another_are_told() {
    let known = [
        ("harbour-bank.com", Standing::Known),
        ("kustwerk.com", Standing::Own),
        ("online.com", Standing::Own),
        ("global.com", Standing::House),
    ];
    for (given, expected) in [
        (
            "https://harbour-bank.co/",
            Some(LinkWarning::LooksLike("harbour-bank.com".into())),
        ),
        (
            "https://harbour-bank.cm/",
            Some(LinkWarning::LooksLike("harbour-bank.com".into())),
        ),
        // Another country, and another kind of house.
        ("https://harbour-bank.org/", None),
        ("https://harbour-bank.co.uk/", None),
        (
            "https://kustwerk-signin.com/",
            Some(LinkWarning::Holds("kustwerk.com".into())),
        ),
        (
            "https://www.my-kustwerk.org/",
            Some(LinkWarning::Holds("kustwerk.com".into())),
        ),
        ("https://kustwerker.com/", None),
        // The person's own is a word that others have too; that of a house is one that is forged.
        ("https://shop-online.com/", None),
        (
            "https://global-pay.com/",
            Some(LinkWarning::Holds("global.com".into())),
        ),
        // Whom one has written to may be called by a word of the language.
        ("https://old-harbour-bank.com/", None),
        ("https://kustwerk.com/", None),
    ] {
        assert_eq!(among(given, &known).into_iter().next(), expected, "{given}");
    }
}

#[test]
fn houses_that_are_often_forged_are_told_apart_from_their_doubles_and_from_nobody_else() {
    let houses: Vec<(&str, Standing)> = often_forged().map(|name| (name, Standing::House)).collect();
    assert!(houses.len() > 50);
    for (name, _) in &houses {
        assert_eq!(
            among(&format!("https://{name}/"), &houses),
            [],
            "{name} is itself"
        );
    }
    for (given, house) in [
        ("https://login.rnicrosoft.com/", "microsoft.com"),
        ("https://arnazon.com/", "amazon.com"),
        ("https://dh1.com/", "dhl.com"),
        ("https://netfIix.com/", "netflix.com"),
    ] {
        assert_eq!(
            among(given, &houses),
            [LinkWarning::LooksLike(house.into())],
            "{given}"
        );
    }
    for given in [
        "https://maps.example.com/",
        "https://apples.com/",
        "https://dhs.com/",
        "https://ups.com/",
    ] {
        assert_eq!(among(given, &houses), [], "{given}");
    }
}

#[test]
fn the_lists_of_houses_are_in_order() {
    let houses = include_str!("../../../data/houses.txt");
    let own = include_str!("../../../data/of_houses.txt");
    let lines = |list: &'static str| list.lines().filter(|line| !line.starts_with('#'));
    for list in [houses, own] {
        let names: Vec<&str> = lines(list).filter_map(|line| line.split(' ').next()).collect();
        assert!(
            names.is_sorted_by(|one, next| one < next),
            "sorted, and each once"
        );
        for name in names {
            let url = url::Url::parse(&format!("https://{name}/")).expect(name);
            assert_eq!(
                url.host_str(),
                Some(name),
                "as a browser writes it, in lower case"
            );
            assert!(name.contains('.'), "{name}");
        }
    }
    for line in lines(houses) {
        let mark = line.split_once(' ').map(|(_, mark)| mark);
        assert!(matches!(mark, None | Some("word" | "whole")), "{line}");
    }
    for line in lines(own) {
        assert!(!line.contains(' '), "{line}");
        assert!(often_forged().all(|house| house != line), "{line} stands in both");
        let domains: Vec<(&str, Standing)> = often_forged().map(|name| (name, Standing::House)).collect();
        assert_eq!(among(&format!("https://{line}/"), &domains), [], "{line}");
    }
    assert_eq!(often_forged().count(), lines(houses).count());
    assert!(
        often_forged().all(|name| !name.contains(' ')),
        "the marks are no part of the names"
    );
}

#[test]
fn a_text_that_is_turned_round_is_read_from_its_end() {
    for text in [
        "moc.lapyap.www//:sptth",
        "won moc.lapyap.www ta nigoL",
        "moc.lapyap",
    ] {
        let told = warnings("https://evil.example/", text);
        assert!(
            matches!(told.as_slice(), [LinkWarning::OtherHost(host)] if host.ends_with("paypal.com")),
            "{text}: {told:?}"
        );
    }
    for text in ["It goes on.Then it ends", "version 2.moc"] {
        assert_eq!(warnings("https://shop.example/", text), [], "{text}");
    }
}

#[test]
fn pages_that_lead_on_are_passed_over_or_told() {
    let evil = "aHR0cHM6Ly9ldmlsLmV4YW1wbGUvcGF5"; // https://evil.example/pay
    for (given, passed) in [
        (
            format!("https://www.bing.com/ck/a?!&&p=8a7c&u=a1{evil}&ntb=1"),
            "www.bing.com",
        ),
        (
            "https://www.google.com/amp/s/evil.example/pay".to_owned(),
            "www.google.com",
        ),
    ] {
        let found = look(&given, "x");
        assert_eq!(
            (found.address.as_str(), found.passed),
            ("https://evil.example/pay", vec![passed.to_owned()])
        );
    }
    for given in [
        "https://go.shop.example/c/https%3A%2F%2Fevil.test%2Fpay".to_owned(),
        "https://go.shop.example/c/https://evil.test/pay".to_owned(),
        "https://evil-test.translate.goog/?_x_tr_sl=auto".to_owned(),
        "https://go.shop.example/c?to=aHR0cHM6Ly9ldmlsLnRlc3QvcGF5".to_owned(),
    ] {
        assert_eq!(
            warnings(&given, "x"),
            [LinkWarning::LeadsOn("evil.test".into())],
            "{given}"
        );
    }
    for given in ["https://bit.ly/3xyz", "https://www.tinyurl.com/3xyz"] {
        assert_eq!(warnings(given, "x"), [LinkWarning::Short], "{given}");
    }
    for given in [
        "https://web.archive.org/web/2020/https://shop.test/",
        "https://pics.shop.example/c/https://www.shop.example/a",
        "https://shop.example/a?q=aGVsbG8gd29ybGQ",
        "https://rabbit.ly/3xyz",
    ] {
        assert_eq!(warnings(given, "x"), [], "{given}");
    }
}
