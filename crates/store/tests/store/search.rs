//! Search: in any language, in any part of a letter, with any query.

use proptest::prelude::*;
use waxwing_model::{
    Address, EmailId, Keyword, Keywords, Listing, ListingFilter, ListingGrouping, ListingOrder,
    ListingSource, Role,
};
use waxwing_store::{BodyFacts, FaultKind, NewEmail, Reading, Wrong};

use crate::scene::{Scene, mailbox};

pub(crate) fn with_text(scene: &Scene, number: u32, subject: &str, text: &str) -> EmailId {
    let id = scene.add(&NewEmail {
        subject: subject.to_owned(),
        ..scene.letter(number)
    });
    let facts = BodyFacts {
        text: text.to_owned(),
        ..BodyFacts::default()
    };
    scene.store.write(|w| w.put_body(id, b"raw", &facts)).unwrap();
    id
}

pub(crate) fn found(scene: &Scene, query: &str) -> Vec<EmailId> {
    scene.store.read(|r| r.search(query, 100, 0)).unwrap()
}

#[test]
fn words_are_found_whatever_the_script_and_the_accents() {
    let scene = Scene::new();
    let cases = [
        (
            "The red kettle whistles",
            &["kettle", "KETTLE", "ket", "red kett", "\"red kettle\""][..],
            "kettles",
        ),
        (
            "Crème brûlée à la Straße",
            &["creme", "brulee", "Crème", "cre\u{300}me", "straße"],
            "brulees",
        ),
        ("decomposed cafe\u{301} here", &["café", "cafe", "caf"], "cafes"),
        ("Zażółć gęślą jaźń", &["zazołc", "gesla"], "jaz\u{301}nk"),
        ("Привет, как дела", &["привет", "ДЕЛА", "дел"], "делам"),
        (
            "東京都に行きました",
            &["東京", "京都", "東京都", "行きました", "都", "た", "東"],
            "京東",
        ),
        ("会议改到星期三", &["会议", "星期", "三", "改到星期三"], "期星"),
        (
            "오늘 회의가 있습니다",
            &["회의", "회의가", "오늘 회의", "회"],
            "의회",
        ),
        ("ขอบคุณสำหรับน้ำใจ", &["ขอบคุณ", "สำหรับ", "น้ำใจ", "น้ำ"], "คุณขอบ"),
        ("नमस्ते दुनिया", &["नमस्ते", "दुनिया", "दुनि"], "दुनियाx"),
        ("مرحبا بالعالم", &["مرحبا", "بالعالم"], "عالمب"),
        (
            "The new iPhone東京tower案内",
            &["iphone", "東京tower", "tower案内", "案内", "東京"],
            "東tower",
        ),
        (
            "write to pia.lind@shore.example today",
            &["pia.lind@shore.example", "pia.lind", "shore"],
            "pia.lund",
        ),
    ];
    for (place, (text, queries, wrong)) in (1..).zip(cases) {
        let id = with_text(&scene, place, "-", text);
        for query in queries {
            assert!(found(&scene, query).contains(&id), "{query:?} is in {text:?}");
        }
        assert!(
            !found(&scene, wrong).contains(&id),
            "{wrong:?} is not in {text:?}"
        );
    }
}

#[test]
fn operators_look_where_they_say() {
    let scene = Scene::new();
    let from_amara = scene.add(&NewEmail {
        from: vec![Address::new("Amara Okafor", "amara@lighthouse.example")],
        subject: "boat for jonas".to_owned(),
        ..scene.letter(1)
    });
    let from_jonas = scene.add(&NewEmail {
        subject: "red boat".to_owned(),
        ..scene.letter(2)
    });
    assert_eq!(found(&scene, "boat"), [from_jonas, from_amara], "newest first");
    assert_eq!(found(&scene, "from:jonas boat"), [from_jonas]);
    assert_eq!(found(&scene, "jonas boat"), [from_jonas, from_amara], "anywhere");
    assert_eq!(found(&scene, "subject:jonas"), [from_amara]);
    assert_eq!(found(&scene, "to:lena -red"), [from_amara]);
    assert_eq!(found(&scene, "boat -from:amara"), [from_jonas]);
    assert_eq!(found(&scene, "from:\"amara okafor\""), [from_amara]);
    assert_eq!(
        found(&scene, "from:amara@lighthouse"),
        [from_amara],
        "while it is being typed"
    );
    assert_eq!(scene.store.read(|r| r.search_count("boat")).unwrap(), 2);
    assert_eq!(
        scene.store.read(|r| r.search("boat", 1, 1)).unwrap(),
        [from_amara],
        "a page of one"
    );
}

#[test]
fn a_folder_and_an_account_that_are_not_there_are_told() {
    let scene = Scene::new();
    let faults = |query: &str| {
        let faults = scene.store.read(|r| r.query_faults(query)).unwrap();
        let told = faults.into_iter().map(|fault| (fault.piece, fault.kind));
        told.collect::<Vec<_>>()
    };
    let told = |piece: &str, wrong| vec![(piece.to_owned(), FaultKind::Value(wrong))];
    assert_eq!(faults("in:nosuch kettle"), told("in:nosuch", Wrong::Folder));
    assert_eq!(faults("-account:xx "), told("-account:xx", Wrong::Account));
    for query in [
        "in:nosuch",
        "in:archive in:Trash account:lena kettle",
        "account:xx",
        "in:(inbox OR archive) ",
    ] {
        assert_eq!(faults(query), [], "{query}: it may still be typed, or is there");
    }
}

#[test]
fn a_letter_is_found_by_whom_answers_go_to() {
    let scene = Scene::new();
    let form = scene.add(&NewEmail {
        from: vec![Address::new("Form", "noreply@shop.example")],
        reply_to: vec![Address::new("Amara Okafor", "amara@lighthouse.example")],
        ..scene.letter(1)
    });
    let plain = scene.add(&NewEmail {
        from: vec![Address::new("Jonas", "jonas@harbour.example")],
        reply_to: vec![Address::new("Jonas", "JONAS@harbour.example")],
        ..scene.letter(2)
    });
    for query in [
        "okafor",
        "from:amara",
        "amara@lighthouse.example ",
        "from:amara@lighthouse.example ",
        "from:noreply",
    ] {
        assert_eq!(found(&scene, query), [form], "{query}");
    }
    assert_eq!(found(&scene, "-from:amara"), [plain]);
    assert_eq!(
        found(&scene, "\"example jonas\""),
        [],
        "one who wrote is not there twice"
    );
    scene.store.write(|w| w.rebuild_search()).unwrap();
    assert_eq!(found(&scene, "from:okafor"), [form], "also from lines made ready");
}

#[test]
fn a_letter_is_found_by_who_sent_it_for_somebody_else() {
    let scene = Scene::new();
    let dictated = scene.add(&NewEmail {
        from: vec![Address::new("Jonas Brandt", "jonas@harbour.example")],
        sent_by: Some(Address::new("Amara Okafor", "office@lighthouse.example")),
        ..scene.letter(1)
    });
    let own = scene.add(&scene.letter(2));
    for query in [
        "okafor",
        "from:amara",
        "from:office@lighthouse.example ",
        "from:harbour",
    ] {
        assert_eq!(found(&scene, query), [dictated], "{query}");
    }
    assert_eq!(found(&scene, "-from:amara"), [own]);
    assert_eq!(found(&scene, "to:amara"), []);
    scene.store.write(|w| w.rebuild_search()).unwrap();
    assert_eq!(
        found(&scene, "from:okafor"),
        [dictated],
        "also from lines made ready"
    );
}

#[test]
fn what_a_letter_is_can_be_asked_beside_what_it_says() {
    let scene = Scene::new();
    let day = |text: &str| scene.number(&format!("SELECT unixepoch('{text}', 'utc') * 1000"));
    let small = scene.add(&NewEmail {
        subject: "boat of old".to_owned(),
        received_at: day("2020-03-01"),
        size: 400,
        keywords: Keywords::only(Keyword::SEEN).with(Keyword::ANSWERED),
        ..scene.letter(1)
    });
    let large = scene.add(&NewEmail {
        subject: "boat with plans".to_owned(),
        received_at: day("2020-03-02") - 1,
        size: 6_000_000,
        has_attachment: true,
        mailbox: scene.archive,
        ..scene.letter(2)
    });
    let starred = scene.add(&NewEmail {
        subject: "kettle".to_owned(),
        received_at: day("2020-03-02"),
        keywords: Keywords::only(Keyword::FLAGGED),
        ..scene.letter(3)
    });
    // A letter that two folders show is in both of them.
    scene
        .store
        .write(|w| w.set_mailboxes(starred, &[scene.inbox, scene.trash]))
        .unwrap();
    let cases: [(&str, &[EmailId]); 40] = [
        ("has:attachment", &[large]),
        ("boat -has:attachment", &[small]),
        ("HAS:Attachments", &[large]),
        ("is:unread", &[starred, large]),
        ("is:read", &[small]),
        ("-is:read", &[starred, large]),
        ("is:starred", &[starred]),
        ("is:answered", &[small]),
        ("is:unread boat", &[large]),
        ("boat OR is:starred", &[starred, large, small]),
        ("kettle OR plans", &[starred, large]),
        ("boat old OR plans -is:read", &[large]),
        ("-boat is:unread", &[starred]),
        ("-boat", &[starred]),
        ("-kettle", &[large, small]),
        ("-kettle -in:archive", &[small]),
        ("-kettle sort:best", &[large, small]),
        ("-(kettle)", &[large, small]),
        ("-boat -kettle", &[]),
        ("-from:nobody boat", &[large, small]),
        ("-subject:boat", &[starred]),
        ("in:archive", &[large]),
        ("in:ARCHIVE ", &[large]),
        ("in:arch", &[large]),
        ("in:arch boat", &[]),
        ("in:trash", &[starred]),
        ("in:inbox", &[starred, small]),
        ("-in:trash in:inbox", &[small]),
        ("in:trash in:inbox", &[starred]),
        ("in:trash OR in:archive", &[starred, large]),
        ("in:nowhere", &[]),
        ("after:2020-03-02", &[starred]),
        ("before:2020-03-02", &[large, small]),
        ("after:2020-03-01 before:2020/3/2", &[large, small]),
        ("after:2020 before:2020-03", &[]),
        ("before:2021 after:2020-03-02", &[starred]),
        ("larger:5M", &[large]),
        ("smaller:0.5k", &[starred, small]),
        ("has:wings", &[]),
        ("before:noon", &[]),
    ];
    for (query, expected) in cases {
        assert_eq!(found(&scene, query), expected, "{query}");
    }
    assert_eq!(
        found(&scene, "after:today"),
        [],
        "no letter of the spring is of today, whenever this runs"
    );
    assert_eq!(found(&scene, "before:yesterday").len(), 3);
}

#[test]
fn a_list_that_was_gathered_is_gathered_anew_after_each_write() {
    let scene = Scene::new();
    let first = with_text(&scene, 1, "boat", "-");
    let listing = |query: &str| Listing {
        source: ListingSource::Search {
            query: query.to_owned(),
        },
        filter: ListingFilter::ALL,
        order: ListingOrder::NEWEST,
        grouping: ListingGrouping::Messages,
    };
    let shown = |query: &str| -> (u32, Vec<EmailId>) {
        let listing = listing(query);
        let read = |r: &Reading<'_>| Ok((r.count(&listing)?, r.page(&listing, 0, 10)?));
        let (count, rows) = scene.store.read(read).unwrap();
        (count, rows.iter().map(|row| row.email).collect())
    };
    assert_eq!(shown("boat"), (1, vec![first]));
    assert_eq!(shown("is:unread"), (1, vec![first]), "lists do not meet");
    assert_eq!(shown("boat"), (1, vec![first]), "nor when one is asked for again");
    let second = with_text(&scene, 2, "boat", "-");
    assert_eq!(shown("boat"), (2, vec![second, first]), "what came is there");
    let seen = Keywords::only(Keyword::SEEN);
    scene.store.write(|w| w.set_keywords(second, &seen)).unwrap();
    assert_eq!(
        shown("is:unread"),
        (1, vec![first]),
        "what was read is not unread"
    );
    scene.store.write(|w| w.remove_email(first)).unwrap();
    assert_eq!(shown("boat"), (1, vec![second]), "what is gone is gone");
}

#[test]
fn what_one_has_written_is_found_under_the_name_it_went_to() {
    let scene = Scene::new();
    let sent = scene
        .store
        .write(|w| w.insert_mailbox(&mailbox(scene.account, "Sent", Some(Role::Sent))))
        .unwrap();
    let amara = Address::new("Amara Okafor", "amara@lighthouse.example");
    scene.add(&NewEmail {
        mailbox: sent,
        from: vec![Address::new("Lena Vogt", "lena@harbour.example")],
        to: vec![amara.clone()],
        ..scene.letter(1)
    });
    let listing = Listing {
        source: ListingSource::Search {
            query: "in:sent".to_owned(),
        },
        filter: ListingFilter::ALL,
        order: ListingOrder::NEWEST,
        grouping: ListingGrouping::Conversations,
    };
    let rows = scene.store.read(|r| r.page(&listing, 0, 10)).unwrap();
    let shown: Vec<_> = rows
        .iter()
        .map(|row| (row.people[0].name.as_str(), row.people.len(), &row.avatar))
        .collect();
    assert_eq!(shown, [("Amara Okafor", 1, &amara)], "not lena on every row");
}

#[test]
fn an_operator_that_is_not_known_is_looked_for_as_it_stands() {
    let scene = Scene::new();
    let id = with_text(&scene, 1, "-", "She has:wings and of:lena");
    with_text(&scene, 2, "-", "nothing of the kind");
    for query in ["has:wings", "of:lena", "has:wings of:lena", "\"has wings\""] {
        assert_eq!(found(&scene, query), [id], "{query}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_query_is_an_error(
        query in prop_oneof![
            ".{0,40}",
            "[-\"()*^:+ {}',~a東ไ\\u{301}\0]{0,20}",
            "((from|to|subject|AND|OR|NOT|NEAR|body|sender)[: (\"]{0,2}){0,6}",
            "([-(]?(from|to|cc|body|filename|type|list|tag|account|id|on|older|newer|subject|has|is|in|after|before|larger|smaller|sort):(\"?[a-z]{0,3}|attachment|unread|best|2026-0[1-9]|7d|9m|[0-9]{1,12}[kmg]?)\"?\\)?( OR)? ){0,5}",
        ]
    ) {
        thread_local! {
            static SCENE: Scene = {
                let scene = Scene::new();
                with_text(&scene, 1, "letter", "AND OR NOT NEAR body");
                scene
            };
        }
        SCENE.with(|scene| scene.store.read(|r| r.search(&query, 10, 0))).unwrap();
    }

    #[test]
    fn a_word_of_the_text_is_always_found(words in proptest::collection::vec("[a-zà-öа-яあ-んก-ฮ一-三]{1,6}", 1..8)) {
        let scene = Scene::new();
        let id = with_text(&scene, 1, "-", &words.join(" "));
        for word in &words {
            prop_assert_eq!(found(&scene, word), vec![id], "{} in {:?}", word, &words);
        }
        let phrase = format!("\"{}\"", words.join(" "));
        prop_assert_eq!(found(&scene, &phrase), vec![id], "{}", phrase);
    }
}
