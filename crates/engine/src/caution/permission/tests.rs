//! For whom a permission holds, and which are offered.

use waxwing_mime::authentication_results;

use super::*;

fn server(value: &str) -> Checks {
    let raw = format!("Authentication-Results: mx.example; {value}\r\n\r\n");
    authentication_results(raw.as_bytes()).remove(0)
}

fn seal(domain: &str, state: SealState, loose: &[&str]) -> Seal {
    Seal {
        domain: domain.to_owned(),
        selector: String::new(),
        covers: vec!["from".to_owned()],
        loose: loose.iter().map(|&name| name.to_owned()).collect(),
        state,
    }
}

#[test]
fn a_seal_that_leaves_the_sender_open_stands_for_nobody_and_pins_nobody() {
    let good = seal("shop.test", SealState::Good, &[]);
    let bare = Seal {
        covers: vec!["subject".to_owned()],
        ..good.clone()
    };
    let (sure, open) = (
        stand(None, &[good], "shop.test"),
        stand(None, &[bare], "shop.test"),
    );
    assert!(sure.sender);
    assert!(!open.sender && open.all.is_empty(), "another From stands above");
    let pinned = |vouching: &Vouching| to_pin("kettles.lists.test", "news@shop.test".to_owned(), vouching);
    assert_eq!(pinned(&sure).as_deref(), Some("news@shop.test"));
    assert_eq!(
        pinned(&open),
        None,
        "the list is known by nobody who may be anybody"
    );
}

#[test]
fn a_permission_holds_only_for_whom_somebody_vouches() {
    let of = |whose: AllowedFor, pinned: &str, vouching: &Vouching| {
        let pinned = pinned.to_owned();
        holds(&Given { whose, pinned }, "news@shop.test", vouching)
    };
    let sender = || AllowedFor::Sender("news@shop.test".into());
    let list = || AllowedFor::List("kettles.lists.test".into());
    let sealed = stand(None, &[seal("mail.shop.test", SealState::Good, &[])], "shop.test");
    assert!(of(sender(), "yes", &sealed), "its own seal");
    assert!(!of(list(), "yes", &sealed), "which says nothing of the list");
    assert!(
        of(list(), "news@shop.test", &sealed),
        "unless the list was allowed over a letter of theirs"
    );
    for (what, checks, seals) in [
        ("nobody", None, vec![]),
        (
            "another domain",
            None,
            vec![seal("evil.test", SealState::Good, &[])],
        ),
        (
            "a seal that leaves the subject open",
            None,
            vec![seal("shop.test", SealState::Good, &["subject"])],
        ),
        (
            "a broken seal",
            None,
            vec![seal("shop.test", SealState::Broken, &[])],
        ),
        (
            "a seal that was not asked about",
            None,
            vec![seal("shop.test", SealState::Unasked, &[])],
        ),
        (
            "a server that saw a failure",
            Some(server(
                "dmarc=fail header.from=shop.test; dkim=pass header.d=shop.test",
            )),
            vec![],
        ),
        (
            "a server that saw another",
            Some(server("dkim=pass header.d=evil.test")),
            vec![],
        ),
    ] {
        let vouching = stand(checks.as_ref(), &seals, "shop.test");
        assert!(
            !of(sender(), "yes", &vouching),
            "{what} does not vouch for the shop"
        );
        assert!(
            !of(list(), "news@shop.test", &vouching),
            "nor {what} for the list"
        );
    }
    let said = stand(
        Some(&server("dmarc=pass header.from=shop.test")),
        &[],
        "shop.test",
    );
    assert!(of(sender(), "yes", &said) && of(AllowedFor::Domain("shop.test".into()), "yes", &said));
    let carried = stand(
        Some(&server(
            "dmarc=fail header.from=shop.test; dkim=pass header.d=lists.test",
        )),
        &[],
        "shop.test",
    );
    assert!(
        of(list(), "yes", &carried),
        "the list vouches for its own letters"
    );
    assert!(!of(sender(), "yes", &carried), "and not for who wrote them");
}

#[test]
fn what_is_offered_is_what_would_hold() {
    let of = |list, sender, domains: &[&str]| {
        let seals: Vec<Seal> = domains
            .iter()
            .map(|domain| seal(domain, SealState::Good, &[]))
            .collect();
        let Holds { sender, list } = would_hold(list, sender, &stand(None, &seals, "shop.test"));
        (sender, list)
    };
    let list = Some("kettles.lists.test");
    assert_eq!(of(None, "news@shop.test", &["shop.test"]), (true, false));
    assert_eq!(of(None, "news@shop.test", &[]), (false, false), "nobody vouches");
    assert_eq!(of(list, "news@shop.test", &[]), (false, false));
    assert_eq!(
        of(list, "news@shop.test", &["lists.test"]),
        (false, true),
        "the list vouches, and not for who wrote"
    );
    assert_eq!(
        of(list, "news@shop.test", &["shop.test"]),
        (true, true),
        "one that signs nothing is known by its sender"
    );
    assert_eq!(
        of(None, "", &["shop.test"]),
        (false, false),
        "nobody is not a sender"
    );
}

#[test]
fn a_list_is_known_by_its_own_domain_or_by_one_sender_and_never_by_a_provider() {
    let allowed_over = |list: &str, sender: &str, vouching: &Vouching| Given {
        whose: AllowedFor::List(list.to_owned()),
        pinned: to_pin(list, sender.to_owned(), vouching).unwrap_or_else(|| "yes".to_owned()),
    };
    let sealed = |sender: &str, domains: &[&str]| {
        let seals: Vec<Seal> = domains
            .iter()
            .map(|domain| seal(domain, SealState::Good, &[]))
            .collect();
        stand(None, &seals, sender.rsplit_once('@').unwrap().1)
    };
    // A list that leaves letters as they are: the author's provider has signed too.
    let (ann, eve) = ("ann@gmail.com", "eve@gmail.com");
    let both = sealed(ann, &["gmail.com", "lists.test"]);
    let given = allowed_over("kettles.lists.test", ann, &both);
    assert_eq!(
        given.pinned, "yes",
        "the list vouches itself, so nobody else has to"
    );
    assert!(holds(&given, ann, &both), "for its letters");
    assert!(
        holds(
            &given,
            "bo@aol.com",
            &sealed("bo@aol.com", &["aol.com", "lists.test"])
        ),
        "whoever wrote them"
    );
    for author in [ann, eve] {
        assert!(
            !holds(&given, author, &sealed(author, &["gmail.com"])),
            "{author} has named the list, and it says nothing of that"
        );
    }
    // One that signs nothing is known by who wrote.
    let alone = sealed(ann, &["gmail.com"]);
    let given = allowed_over("kettles.lists.test", ann, &alone);
    assert!(holds(&given, ann, &alone), "who wrote, it is sure");
    assert!(
        !holds(&given, eve, &sealed(eve, &["gmail.com"])),
        "and another customer of their provider is another"
    );
    assert!(
        !holds(&given, ann, &sealed(ann, &["evil.test"])),
        "as is whoever shows their address"
    );
    // What carries letters for others vouches for no list of another.
    let news = "news@shop.test";
    let carried = sealed(news, &["carrier.test"]);
    let given = allowed_over("kettles.lists.test", news, &carried);
    for sender in [news, "x@evil.test", "x@carrier.test"] {
        assert!(
            !holds(&given, sender, &sealed(sender, &["carrier.test"])),
            "{sender} is a customer like any other"
        );
    }
    // A provider of everybody's mail is the list of nobody.
    let given = allowed_over("kettles.gmail.com", ann, &alone);
    assert!(holds(&given, ann, &alone), "the one who wrote again");
    assert!(
        !holds(&given, eve, &sealed(eve, &["gmail.com"])),
        "and nobody else there"
    );
    for pinned in ["yes", "gmail.com", ""] {
        let given = Given {
            whose: AllowedFor::List("kettles.lists.test".into()),
            pinned: pinned.to_owned(),
        };
        assert!(!holds(&given, ann, &alone), "{pinned:?} is no sender");
        assert!(!holds(&given, pinned, &alone), "{pinned:?} is none at all");
    }
}
