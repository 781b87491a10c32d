//! Lists by name and the letters that are to oneself: a list is sorted by the name that its rows begin with, and one's own
//! addresses are those that letters reach.

use waxwing_model::{
    Address, EmailId, Keywords, Listing, ListingFilter, ListingGrouping, ListingOrder, ListingSource,
    OrderBy, Role,
};
use waxwing_store::NewEmail;

use crate::scene::{Scene, letter, mailbox};

const AMARA: (&str, &str) = ("Amara", "amara@lighthouse.example");
const JONAS: (&str, &str) = ("Jonas", "jonas@orchard.example");
const LENA: (&str, &str) = ("Lena", "lena@harbour.example");
const MIKA: (&str, &str) = ("Mika", "mika@island.example");

fn people(all: &[(&str, &str)]) -> Vec<Address> {
    all.iter()
        .map(|(name, email)| Address::new(*name, *email))
        .collect()
}

/// A letter, and what it answers.
fn from(scene: &Scene, number: u32, who: (&str, &str), answers: Option<u32>) -> NewEmail {
    NewEmail {
        from: people(&[who]),
        references: answers
            .map(|first| format!("{first}@orchard.example"))
            .into_iter()
            .collect(),
        ..scene.letter(number)
    }
}

fn by_name(source: ListingSource) -> Listing {
    Listing {
        source,
        filter: ListingFilter::ALL,
        order: ListingOrder {
            by: OrderBy::Sender,
            reversed: false,
        },
        grouping: ListingGrouping::Conversations,
    }
}

/// The names of each row, one beside the other.
fn names(scene: &Scene, listing: &Listing) -> Vec<String> {
    let rows = scene.store.read(|r| r.page(listing, 0, 50)).unwrap();
    let names = rows.iter().map(|row| {
        let people = row.people.iter().map(|one| one.name.as_str());
        people.collect::<Vec<_>>().join(", ")
    });
    names.collect()
}

#[test]
fn conversations_stand_by_the_name_that_their_rows_begin_with() {
    let scene = Scene::new();
    let inbox = by_name(ListingSource::Mailbox { mailbox: scene.inbox });
    scene.add(&from(&scene, 1, AMARA, None));
    scene.add(&from(&scene, 2, JONAS, Some(1)));
    scene.add(&from(&scene, 3, LENA, None));
    scene.add(&from(&scene, 4, AMARA, Some(3)));
    scene.add(&from(&scene, 5, JONAS, None));
    let expected = ["Amara, Jonas", "Jonas", "Lena, Amara"];
    assert_eq!(names(&scene, &inbox), expected);
    // Kept, and put right: the answer comes first, and then an older letter of the same conversation.
    scene.add(&from(&scene, 9, MIKA, Some(6)));
    assert_eq!(names(&scene, &inbox), [&expected[..], &["Mika"]].concat());
    scene.add(&from(&scene, 6, AMARA, None));
    assert_eq!(
        names(&scene, &inbox),
        ["Amara, Mika", "Amara, Jonas", "Jonas", "Lena, Amara"],
        "and what is alike stands newest first"
    );
    let turned = Listing {
        order: ListingOrder {
            by: OrderBy::Sender,
            reversed: true,
        },
        ..inbox
    };
    assert_eq!(names(&scene, &turned)[0], "Lena, Amara");
}

#[test]
fn a_letter_that_names_nobody_leaves_its_conversation_to_the_next() {
    let scene = Scene::new();
    scene.add(&NewEmail {
        from: Vec::new(),
        ..scene.letter(1)
    });
    scene.add(&NewEmail {
        from: vec![Address::new("", ""), Address::new("Zoë", "zoe@island.example")],
        ..from(&scene, 2, MIKA, Some(1))
    });
    scene.add(&from(&scene, 3, AMARA, Some(1)));
    scene.add(&from(&scene, 4, MIKA, None));
    for grouping in [ListingGrouping::Conversations, ListingGrouping::Messages] {
        let list = Listing {
            grouping,
            ..by_name(ListingSource::Mailbox { mailbox: scene.inbox })
        };
        let expected: &[&str] = match grouping {
            ListingGrouping::Conversations => &["Mika", "Zoë, Amara"],
            ListingGrouping::Messages => &["", "Amara", "Mika", "Zoë"],
        };
        assert_eq!(names(&scene, &list), expected, "{grouping:?}");
    }
}

#[test]
fn what_is_found_and_what_has_a_star_is_sorted_by_whom_one_wrote_to_as_its_rows_say() {
    let scene = Scene::new();
    let sent = scene
        .store
        .write(|w| w.insert_mailbox(&mailbox(scene.account, "Sent", Some(Role::Sent))))
        .unwrap();
    let star = Keywords::only("$flagged");
    let own = |number: u32, to: &[(&str, &str)], bcc: &[(&str, &str)]| NewEmail {
        from: people(&[LENA]),
        to: people(to),
        bcc: people(bcc),
        keywords: star.clone(),
        ..letter(scene.account, sent, number)
    };
    scene.add(&own(1, &[MIKA], &[]));
    scene.add(&own(2, &[], &[AMARA]));
    scene.add(&NewEmail {
        keywords: star.clone(),
        ..from(&scene, 3, JONAS, None)
    });
    for source in [
        ListingSource::Starred,
        ListingSource::Search {
            query: "letter".to_owned(),
        },
    ] {
        let list = by_name(source);
        assert_eq!(names(&scene, &list), ["Amara", "Jonas", "Mika"], "{list:?}");
    }
}

#[test]
fn letters_to_an_address_of_ones_own_with_a_tag_are_to_oneself() {
    let scene = Scene::new();
    let to = |number: u32, to: &[(&str, &str)], cc: &[(&str, &str)]| {
        scene.add(&NewEmail {
            to: people(to),
            cc: people(cc),
            ..scene.letter(number)
        })
    };
    let hers: Vec<EmailId> = vec![
        to(1, &[LENA], &[]),
        to(2, &[("", "Lena+Shop@Harbour.example")], &[]),
        to(3, &[MIKA], &[AMARA, ("Lena", "lena+a+b@harbour.example")]),
        to(
            4,
            &[
                ("Mika \"the boat\" P.", "mika@island.example"),
                ("", "lena+x@harbour.example"),
            ],
            &[],
        ),
    ];
    let others = [
        ("", "lena@harbour.example.org"),
        ("", "magdalena@harbour.example"),
        ("", "lenas@harbour.example"),
        ("", "lena-shop@harbour.example"),
        ("", "lena+shop@orchard.example"),
        ("lena@harbour.example", "mika@island.example"),
        ("\",\"email\":\"lena@harbour.example", "mika@island.example"),
    ];
    for (number, other) in (5..).zip(others) {
        to(number, &[other], &[]);
    }
    for source in [
        ListingSource::Mailbox { mailbox: scene.inbox },
        ListingSource::Search {
            query: "letter".to_owned(),
        },
    ] {
        let list = Listing {
            source,
            filter: ListingFilter {
                to_me: true,
                ..ListingFilter::ALL
            },
            order: ListingOrder::OLDEST,
            grouping: ListingGrouping::Messages,
        };
        let rows = scene.store.read(|r| r.page(&list, 0, 50)).unwrap();
        let listed: Vec<EmailId> = rows.iter().map(|row| row.email).collect();
        assert_eq!(listed, hers, "{list:?}");
    }
}
