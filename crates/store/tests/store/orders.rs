//! In which order the rows of a list stand: letters of one moment as the server numbered them, and every order beside the
//! one by date, also after anything was written since it was first asked for.

use std::collections::BTreeMap;

use waxwing_model::{
    Address, EmailId, Keywords, Listing, ListingFilter, ListingGrouping, ListingOrder, ListingSource,
    MailboxId, OrderBy, Role, ThreadId,
};
use waxwing_store::{NewEmail, Reading, StoreError};

use crate::by_hand::assert_sorted;
use crate::scene::{Scene, letter, mailbox};

fn listing(mailbox: MailboxId, by: OrderBy) -> Listing {
    Listing {
        source: ListingSource::Mailbox { mailbox },
        filter: ListingFilter::ALL,
        order: ListingOrder { by, reversed: false },
        grouping: ListingGrouping::Messages,
    }
}

fn listed(r: &Reading<'_>, listing: &Listing) -> Result<Vec<EmailId>, StoreError> {
    Ok(r.page(listing, 0, 100)?
        .into_iter()
        .map(|row| row.email)
        .collect())
}

/// Numbers of one second, in the windows of a first synchronisation: the newest window first, each from its oldest.
fn in_windows(scene: &Scene) -> BTreeMap<u32, EmailId> {
    let mut known = BTreeMap::new();
    for window in [[7, 8, 9], [4, 5, 6], [1, 2, 3]] {
        let new: Vec<NewEmail> = window
            .iter()
            .map(|uid| NewEmail {
                uid: Some(*uid),
                received_at: 1000,
                ..scene.letter(*uid)
            })
            .collect();
        let ids = scene.store.write(|w| w.insert_emails(scene.inbox, &new)).unwrap();
        known.extend(window.into_iter().zip(ids));
    }
    known
}

#[test]
fn letters_of_one_second_stand_as_the_server_numbered_them_whichever_came_here_first() {
    let scene = Scene::new();
    let known = in_windows(&scene);
    let newest_first: Vec<EmailId> = known.values().rev().copied().collect();
    let mut list = listing(scene.inbox, OrderBy::Date);
    for grouping in [ListingGrouping::Messages, ListingGrouping::Conversations] {
        list.grouping = grouping;
        let rows = scene.store.read(|r| listed(r, &list)).unwrap();
        assert_eq!(rows, newest_first, "{grouping:?}");
        list.order.reversed = true;
        let rows = scene.store.read(|r| listed(r, &list)).unwrap();
        assert_eq!(
            rows,
            known.values().copied().collect::<Vec<_>>(),
            "{grouping:?}, turned round"
        );
        list.order.reversed = false;
    }
    let found = Listing {
        source: ListingSource::Search {
            query: "letter".to_owned(),
        },
        ..list
    };
    let rows = scene.store.read(|r| listed(r, &found)).unwrap();
    assert_eq!(rows, newest_first, "and so they are found");
}

#[test]
fn a_letter_without_a_number_stands_last_of_its_second_until_the_server_has_numbered_it() {
    let scene = Scene::new();
    let known = in_windows(&scene);
    let moved = scene.add(&NewEmail {
        received_at: 1000,
        uid: Some(77),
        ..letter(scene.account, scene.archive, 30)
    });
    let list = listing(scene.inbox, OrderBy::Date);
    let place = |email| scene.store.read(|r| r.position_of_email(&list, email)).unwrap();
    scene
        .store
        .write(|w| w.set_mailboxes(moved, &[scene.inbox]))
        .unwrap();
    assert_eq!(
        place(moved),
        Some(0),
        "it has just come, and its number in the archive says nothing here"
    );
    scene
        .store
        .write(|w| w.put_location(moved, scene.inbox, 10))
        .unwrap();
    assert_eq!(place(moved), Some(0));
    scene
        .store
        .write(|w| w.put_location(known[&3], scene.inbox, 11))
        .unwrap();
    assert_eq!(
        place(known[&3]),
        Some(0),
        "a folder that was numbered anew is in its new order"
    );
    scene
        .store
        .write(|w| {
            w.set_mailboxes(known[&5], &[])?;
            w.set_mailboxes(known[&5], &[scene.inbox])
        })
        .unwrap();
    assert_eq!(
        place(known[&5]),
        Some(6),
        "one that is shown again stands where its number says"
    );
    let of = Listing {
        grouping: ListingGrouping::Conversations,
        ..list.clone()
    };
    assert_sorted(&scene, &of, &[scene.inbox]);
}

#[test]
fn each_order_is_what_its_name_says() {
    let scene = Scene::new();
    let add = |number: u32, name: &str, subject: &str, size: u32| {
        scene.add(&NewEmail {
            from: vec![Address::new(name, format!("{number}@orchard.example"))],
            subject: subject.to_owned(),
            size,
            keywords: if number == 2 {
                Keywords::none()
            } else {
                Keywords::only("$seen")
            },
            has_attachment: number == 1,
            ..scene.letter(number)
        })
    };
    let one = add(1, "Östen", "Winter timetable", 10);
    let two = add(2, "amara", "Re: Aw: boats", 30);
    let three = add(3, "Zoë", "Boats", 20);
    scene
        .store
        .write(|w| w.set_keywords(three, &Keywords::only("$flagged").with("$seen")))
        .unwrap();
    for (by, expected) in [
        (OrderBy::Date, [three, two, one]),
        (OrderBy::Sender, [two, one, three]),
        (OrderBy::Subject, [three, two, one]),
        (OrderBy::Size, [two, three, one]),
        (OrderBy::Unread, [two, three, one]),
        (OrderBy::Starred, [three, two, one]),
        (OrderBy::Attachment, [one, three, two]),
    ] {
        let rows = scene
            .store
            .read(|r| listed(r, &listing(scene.inbox, by)))
            .unwrap();
        assert_eq!(rows, expected, "by {by:?}");
    }
    let mut reversed = listing(scene.inbox, OrderBy::Subject);
    reversed.order.reversed = true;
    let rows = scene.store.read(|r| listed(r, &reversed)).unwrap();
    assert_eq!(
        rows,
        [one, three, two],
        "what is alike stands newest first both ways"
    );
}

#[test]
fn in_sent_a_list_by_name_is_sorted_by_whom_letters_go_to() {
    let scene = Scene::new();
    let sent = scene
        .store
        .write(|w| w.insert_mailbox(&mailbox(scene.account, "Sent", Some(Role::Sent))))
        .unwrap();
    let to = |number: u32, name: &str| {
        scene.add(&NewEmail {
            to: vec![Address::new(name, "someone@orchard.example")],
            ..letter(scene.account, sent, number)
        })
    };
    let zoe = to(1, "Zoë");
    let amara = to(2, "Amara");
    let rows = scene
        .store
        .read(|r| listed(r, &listing(sent, OrderBy::Sender)))
        .unwrap();
    assert_eq!(rows, [amara, zoe]);
}

#[test]
fn what_is_found_and_what_has_a_star_is_narrowed_and_sorted_too() {
    let scene = Scene::new();
    for number in 1..=6 {
        scene.add(&NewEmail {
            keywords: Keywords::only("$flagged"),
            size: 100 * (number % 4),
            has_attachment: number % 2 == 0,
            to: vec![Address::new(
                "",
                if number > 4 {
                    "other@orchard.example"
                } else {
                    "Lena@Harbour.example"
                },
            )],
            ..scene.letter(number)
        });
    }
    for source in [
        ListingSource::Starred,
        ListingSource::Search {
            query: "letter".to_owned(),
        },
    ] {
        let list = Listing {
            source,
            filter: ListingFilter {
                attachment: true,
                to_me: true,
                ..ListingFilter::ALL
            },
            ..listing(scene.inbox, OrderBy::Size)
        };
        let sizes: Vec<u32> = scene
            .store
            .read(|r| Ok(r.page(&list, 0, 9)?.into_iter().map(|row| row.size).collect()))
            .unwrap();
        assert_eq!(sizes, [200, 0], "{list:?}: numbers 2 and 4");
    }
}

#[test]
fn the_inboxes_of_some_accounts_are_a_list() {
    let scene = Scene::new();
    let mut inboxes = vec![(scene.account, scene.inbox)];
    for _ in 0..2 {
        let new = scene.store.write(|w| {
            let account = w.insert_account(&crate::scene::lena())?;
            Ok((
                account,
                w.insert_mailbox(&mailbox(account, "Inbox", Some(Role::Inbox)))?,
            ))
        });
        inboxes.push(new.unwrap());
    }
    for (number, (account, inbox)) in (1..).zip(&inboxes) {
        scene.add(&letter(*account, *inbox, number));
    }
    let list = Listing {
        source: ListingSource::Inboxes {
            accounts: vec![inboxes[0].0, inboxes[2].0],
        },
        ..listing(scene.inbox, OrderBy::Subject)
    };
    assert_sorted(&scene, &list, &[inboxes[0].1, inboxes[2].1]);
    let none = Listing {
        source: ListingSource::Inboxes { accounts: Vec::new() },
        ..list
    };
    assert_eq!(
        scene.store.read(|r| r.count(&none)).unwrap(),
        0,
        "no account, no letter"
    );
}

#[test]
fn a_list_by_date_tells_where_a_day_begins_and_no_other_list_does() {
    let scene = Scene::new();
    for number in 1..=5 {
        scene.add(&scene.letter(number));
    }
    let at = |list: &Listing, moment| scene.store.read(|r| r.position_of_moment(list, moment)).unwrap();
    for filter in [
        ListingFilter::ALL,
        ListingFilter {
            to_me: true,
            ..ListingFilter::ALL
        },
    ] {
        for source in [
            ListingSource::AllInboxes,
            ListingSource::Search {
                query: "letter".to_owned(),
            },
        ] {
            let mut list = Listing {
                source,
                filter,
                ..listing(scene.inbox, OrderBy::Date)
            };
            assert_eq!(at(&list, 3500), Some(2), "4 and 5 are newer: {list:?}");
            assert_eq!(at(&list, 3000), Some(2), "a letter of that very moment is meant");
            assert_eq!(at(&list, 0), Some(5), "behind the last: {list:?}");
            list.order.reversed = true;
            assert_eq!(at(&list, 3500), Some(3), "1, 2 and 3 are older: {list:?}");
        }
    }
    assert_eq!(at(&listing(scene.inbox, OrderBy::Size), 3000), None);
}

#[test]
fn an_order_is_put_right_after_more_was_written_than_is_read_one_by_one() {
    let scene = Scene::new();
    let mut list = listing(scene.inbox, OrderBy::Subject);
    list.filter.to_me = true;
    assert_sorted(&scene, &list, &[scene.inbox]);
    let new: Vec<NewEmail> = (1..=300).map(|number| scene.letter(number)).collect();
    scene.store.write(|w| w.insert_emails(scene.inbox, &new)).unwrap();
    assert_sorted(&scene, &list, &[scene.inbox]);
    let thread: ThreadId = scene.store.read(|r| Ok(r.page(&list, 7, 1)?[0].thread)).unwrap();
    assert_eq!(scene.store.read(|r| r.position(&list, thread)).unwrap(), Some(7));
    scene.store.write(|w| w.remove_mailbox(scene.inbox)).unwrap();
    assert_eq!(
        scene.store.read(|r| r.count(&list)).unwrap(),
        0,
        "the mailbox went, and all its rows"
    );
}
