//! What is found beyond the words of a letter: its files, its list, copies; parentheses and days; searches that are kept;
//! and what a server has found.

use waxwing_model::{
    Address, Change, EmailId, Keyword, Keywords, Listing, ListingFilter, ListingGrouping, ListingOrder,
    ListingSource, OrderBy,
};
use waxwing_store::{BodyFacts, FileFact, NewEmail, Papers, SavedSearch, Unindexed};

use crate::scene::Scene;
use crate::search::{found, with_text};

fn plan() -> BodyFacts {
    BodyFacts {
        text: "see the file".to_owned(),
        list: "Rust Nieuws <nieuws.rust.example>".to_owned(),
        has_attachment: true,
        files: vec![FileFact {
            name: "Bauplan-2026.pdf".to_owned(),
            kinds: "document pdf".to_owned(),
            readable: true,
        }],
        ..BodyFacts::default()
    }
}

#[test]
fn a_letter_is_found_by_its_files_its_list_and_who_got_a_copy() {
    let scene = Scene::new();
    let id = scene.add(&NewEmail {
        cc: vec![Address::new("Amara Okafor", "amara@lighthouse.example")],
        keywords: Keywords::only(Keyword::SEEN).with("$forwarded").with("work"),
        message_id: Some("plan-1@harbour.example".to_owned()),
        ..scene.letter(1)
    });
    scene.store.write(|w| w.put_body(id, b"raw", &plan())).unwrap();
    with_text(&scene, 2, "another", "nothing of the kind");
    for query in [
        "bauplan",
        "filename:bauplan",
        "filename:plan-2026 OR filename:bauplan-2026.pdf",
        "type:pdf",
        "list:nieuws",
        "list:nieuws.rust.example",
        "cc:amara",
        "to:amara",
        "body:file",
        "is:forwarded",
        "tag:work",
        "account:lena@harbour.example has:attachment",
        "id:<plan-1@harbour.example>",
        "(cc:amara OR cc:nobody) -(another OR kettle)",
    ] {
        assert_eq!(found(&scene, query), [id], "{query}");
    }
    assert_eq!(found(&scene, "account:lena").len(), 2, "both are of the account");
    for query in [
        "body:bauplan",
        "cc:jonas",
        "account:nobody",
        "id:plan-2@harbour.example",
        "type:image",
    ] {
        assert_eq!(found(&scene, query), [], "{query}");
    }
}

#[test]
fn words_are_beginnings_and_what_is_literal_is_not() {
    let scene = Scene::new();
    let id = with_text(&scene, 1, "Rechnungsnummer", "4711-0815 INV2026117 lamps Züge");
    for query in ["Rechnung ", "lamp ", "\"4711-0815\"", "4711-0815 ", "züge", "zug"] {
        assert_eq!(found(&scene, query), [id], "{query}");
    }
    for query in ["\"rechnung\"", "471 ", "\"lamp\""] {
        assert_eq!(found(&scene, query), [], "{query} is meant as it stands");
    }
}

#[test]
fn days_months_and_years_are_spans() {
    let scene = Scene::new();
    let day = |text: &str| scene.number(&format!("SELECT unixepoch('{text}', 'utc') * 1000"));
    let march = scene.add(&NewEmail {
        received_at: day("2020-03-31") + 80_000_000,
        ..scene.letter(1)
    });
    let april = scene.add(&NewEmail {
        received_at: day("2020-04-01"),
        ..scene.letter(2)
    });
    let cases: [(&str, &[EmailId]); 8] = [
        ("on:2020-03-31", &[march]),
        ("on:2020-04", &[april]),
        ("on:2020", &[april, march]),
        ("on:2021", &[]),
        ("older:1y", &[april, march]),
        ("newer:1y", &[]),
        ("newer:2020-04-01", &[april]),
        ("before:2020-04 after:2020-03", &[march]),
    ];
    for (query, expected) in cases {
        assert_eq!(found(&scene, query), expected, "{query}");
    }
}

#[test]
fn what_stands_in_files_is_found_once_they_have_been_read() {
    let scene = Scene::new();
    let id = scene.add(&scene.letter(1));
    let plain = scene.add(&scene.letter(2));
    scene.store.write(|w| w.put_body(id, b"raw", &plan())).unwrap();
    scene
        .store
        .write(|w| w.put_body(plain, b"raw", &BodyFacts::default()))
        .unwrap();
    assert_eq!(
        scene.store.read(|r| r.unopened(10)).unwrap(),
        [id],
        "one has a file to be read"
    );
    assert_eq!(found(&scene, "anchorage"), []);
    let papers = |text: &str| Papers {
        text: text.to_owned(),
        ..Papers::default()
    };
    scene
        .store
        .write(|w| w.put_papers(id, Some(&papers("the anchorage"))))
        .unwrap();
    assert_eq!(
        found(&scene, "anchorage filename:bauplan file"),
        [id],
        "beside all the rest"
    );
    assert_eq!(
        scene.store.read(|r| r.unopened(10)).unwrap(),
        [],
        "it is not read again"
    );
    scene
        .store
        .write(|w| w.put_papers(plain, Some(&papers("anchorage"))))
        .unwrap();
    assert_eq!(
        found(&scene, "anchorage"),
        [id],
        "nobody has asked for those of another"
    );
    scene.store.write(|w| w.leave_all_to_be_indexed()).unwrap();
    while scene
        .store
        .write(|w| w.index_waiting(Unindexed::All, 100))
        .unwrap()
        > 0
    {}
    assert_eq!(found(&scene, "bauplan"), [id]);
    assert_eq!(
        scene.store.read(|r| r.search_waiting()).unwrap(),
        (0, 1),
        "its files are read anew"
    );
    let begun = || scene.store.write(|w| w.begun_papers()).unwrap();
    scene.store.write(|w| w.begin_papers(&[id, plain])).unwrap();
    assert_eq!(begun(), [id, plain], "one of them ended the program");
    assert_eq!(
        scene.store.read(|r| r.search_waiting()).unwrap(),
        (0, 1),
        "none is struck for what another may have done"
    );
    scene.store.write(|w| w.begin_papers(&[id])).unwrap();
    assert_eq!(begun(), [id], "its files ended the program");
    assert_eq!(begun(), [], "which is said once");
    assert_eq!(
        scene.store.read(|r| r.search_waiting()).unwrap(),
        (0, 0),
        "and are not tried again"
    );
}

#[test]
fn searches_are_kept_in_their_order() {
    let scene = Scene::new();
    let [boats, lamps] = [("Boats", "boat"), ("Lamps", "lamp is:unread")]
        .map(|(name, query)| scene.store.write(|w| w.insert_saved_search(name, query)).unwrap());
    assert_eq!(scene.told(), [Change::Searches, Change::Searches], "each is told");
    let names = || -> Vec<String> {
        let all = scene.store.read(|r| r.saved_searches()).unwrap();
        all.into_iter().map(|search| search.name).collect()
    };
    assert_eq!(names(), ["Boats", "Lamps"]);
    scene
        .store
        .write(|w| w.order_saved_searches(&[lamps, boats]))
        .unwrap();
    let changed = SavedSearch {
        id: boats,
        name: "Ships".to_owned(),
        query: "ship".to_owned(),
    };
    scene.store.write(|w| w.update_saved_search(&changed)).unwrap();
    assert_eq!(names(), ["Lamps", "Ships"]);
    scene.store.write(|w| w.remove_saved_search(lamps)).unwrap();
    assert_eq!(scene.store.read(|r| r.saved_searches()).unwrap(), [changed]);
    scene.store.write(|w| w.remove_saved_search(lamps)).unwrap_err();
    with_text(&scene, 1, "-", "a ship");
    assert_eq!(
        scene.store.read(|r| r.search_conversations("ship")).unwrap(),
        (1, 1)
    );
}

#[test]
fn what_a_server_has_found_is_listed_for_its_query_alone() {
    let scene = Scene::new();
    let here = with_text(&scene, 1, "-", "sandbank");
    let there = scene.add(&scene.letter(2));
    let read = scene.add(&NewEmail {
        keywords: Keywords::only(Keyword::SEEN),
        ..scene.letter(3)
    });
    let query = "sandbank is:unread";
    scene.store.show_beside(query, vec![there, read]);
    assert_eq!(
        found(&scene, query),
        [there, here],
        "by their dates, and only what is unread"
    );
    assert_eq!(
        found(&scene, "sandbank is:unread "),
        [there, here],
        "the space is none of the server's"
    );
    assert_eq!(
        scene.store.read(|r| r.search_here(query)).unwrap(),
        [here],
        "what a server has found is not here because of that"
    );
    assert_eq!(found(&scene, "sandbank"), [here], "another query has its own");
    let listing = Listing {
        source: ListingSource::Search {
            query: query.to_owned(),
        },
        filter: ListingFilter::ALL,
        order: ListingOrder::NEWEST,
        grouping: ListingGrouping::Messages,
    };
    assert_eq!(
        scene.store.read(|r| r.count(&listing)).unwrap(),
        2,
        "in lists too"
    );
    scene.store.show_beside("another", Vec::new());
    assert_eq!(
        scene.store.read(|r| r.count(&listing)).unwrap(),
        1,
        "until something else is asked"
    );
    let by_size = Listing {
        order: ListingOrder {
            by: OrderBy::Size,
            reversed: true,
        },
        ..listing
    };
    assert_eq!(scene.store.read(|r| r.count(&by_size)).unwrap(), 1);
    scene.store.show_beside(query, vec![there]);
    assert_eq!(
        scene.store.read(|r| r.count(&by_size)).unwrap(),
        2,
        "a list in another order has them at once"
    );
    let all = found(&scene, "letter");
    assert_eq!(all.first(), Some(&read));
    scene.store.show_beside("letter", vec![read]);
    assert_eq!(found(&scene, "letter"), all, "none is found twice");
}

#[test]
fn what_is_found_in_two_folders_is_found_once_among_others_of_its_moment() {
    let scene = Scene::new();
    let at_once = |number: u32| NewEmail {
        received_at: 1000,
        uid: Some(number),
        ..scene.letter(number)
    };
    let [first, second, third] = [1, 2, 3].map(|number| scene.add(&at_once(number)));
    scene
        .store
        .write(|w| {
            w.set_mailboxes(first, &[scene.inbox, scene.archive])?;
            w.put_location(first, scene.archive, 40)
        })
        .unwrap();
    let all = found(&scene, "letter");
    assert_eq!(
        all,
        [first, third, second],
        "by the highest of its numbers, and once"
    );
    let page = scene.store.read(|r| r.search("letter", 2, 1)).unwrap();
    assert_eq!(page, all[1..]);
}
