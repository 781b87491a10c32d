//! Message lists: what stands in a row, and which letters a source has. That pages, counts and positions agree
//! with the letters is `truth`'s.

use waxwing_model::{
    Address, EmailId, Keywords, Listing, ListingFilter, ListingGrouping, ListingOrder, ListingSource, Role,
    Row,
};
use waxwing_store::NewEmail;

use crate::scene::{Scene, lena, letter, mailbox};

fn listing(source: ListingSource) -> Listing {
    Listing {
        source,
        filter: ListingFilter::ALL,
        order: ListingOrder::NEWEST,
        grouping: ListingGrouping::Conversations,
    }
}

fn page(scene: &Scene, listing: &Listing) -> Vec<Row> {
    let (count, rows) = scene
        .store
        .read(|r| Ok((r.count(listing)?, r.page(listing, 0, 50)?)))
        .unwrap();
    assert_eq!(
        usize::try_from(count).unwrap(),
        rows.len(),
        "the count is that of the rows"
    );
    rows
}

fn names(row: &Row) -> Vec<&str> {
    row.people.iter().map(|one| one.name.as_str()).collect()
}

fn from(name: &str, email: &str) -> Vec<Address> {
    vec![Address::new(name, email)]
}

fn conversation(scene: &Scene) -> [EmailId; 3] {
    let references = vec!["1@orchard.example".to_owned()];
    let first = NewEmail {
        has_attachment: true,
        keywords: Keywords::only("$seen"),
        ..scene.letter(1)
    };
    let second = NewEmail {
        from: from("", "amara@lighthouse.example"),
        references: references.clone(),
        keywords: Keywords::only("$seen").with("$flagged"),
        ..scene.letter(2)
    };
    let third = NewEmail {
        from: from("Jonas B.", "Jonas@Orchard.example"),
        references,
        preview: "See you".to_owned(),
        keywords: Keywords::only("$answered"),
        ..scene.letter(3)
    };
    [&first, &second, &third].map(|new| scene.add(new))
}

#[test]
fn a_row_tells_the_conversation() {
    let scene = Scene::new();
    let [first, second, third] = conversation(&scene);
    let rows = page(&scene, &listing(ListingSource::Mailbox { mailbox: scene.inbox }));
    let [row] = &rows[..] else {
        panic!("one conversation is one row: {rows:?}")
    };
    assert_eq!(row.email, third, "the newest letter stands for it");
    assert_eq!(row.emails, [third, second, first], "newest first");
    assert_eq!(
        names(row),
        ["Jonas Brandt", "amara@lighthouse.example"],
        "oldest first, each address once"
    );
    assert_eq!(
        row.avatar.email, "Jonas@Orchard.example",
        "the newest letter's sender"
    );
    assert_eq!(
        (row.subject.as_str(), row.preview.as_str()),
        ("letter number3", "See you")
    );
    assert_eq!(
        (row.unread, row.starred, row.answered, row.has_attachment),
        (true, true, true, true)
    );
    assert_eq!((row.received_at, row.account), (3000, scene.account));
}

#[test]
fn a_row_has_only_the_letters_that_the_source_shows() {
    let scene = Scene::new();
    let [first, second, third] = conversation(&scene);
    scene
        .store
        .write(|w| w.set_mailboxes(third, &[scene.archive]))
        .unwrap();
    let rows = page(&scene, &listing(ListingSource::Mailbox { mailbox: scene.inbox }));
    assert_eq!(rows[0].emails, [second, first], "the newest was archived");
    assert!(!rows[0].unread, "what is unread is elsewhere");
    let unread = Listing {
        filter: ListingFilter::UNREAD,
        ..listing(ListingSource::Mailbox { mailbox: scene.inbox })
    };
    assert_eq!(page(&scene, &unread), [], "so nothing here is unread");
    let letters = Listing {
        grouping: ListingGrouping::Messages,
        order: ListingOrder::OLDEST,
        ..listing(ListingSource::Mailbox { mailbox: scene.inbox })
    };
    let rows = page(&scene, &letters);
    assert_eq!(
        rows.iter().map(|row| row.email).collect::<Vec<_>>(),
        [first, second],
        "a row a letter"
    );
}

#[test]
fn sent_letters_show_who_gets_them() {
    let scene = Scene::new();
    let sent = scene
        .store
        .write(|w| w.insert_mailbox(&mailbox(scene.account, "Sent", Some(Role::Sent))))
        .unwrap();
    scene.add(&NewEmail {
        to: from("Amara", "amara@lighthouse.example"),
        ..letter(scene.account, sent, 1)
    });
    scene.add(&NewEmail {
        to: Vec::new(),
        bcc: from("Secret", "secret@lighthouse.example"),
        ..letter(scene.account, sent, 2)
    });
    let rows = page(&scene, &listing(ListingSource::Mailbox { mailbox: sent }));
    assert_eq!(
        names(&rows[0]),
        ["Secret"],
        "those in Bcc when there is nobody else"
    );
    assert_eq!(names(&rows[1]), ["Amara"]);
    assert_eq!(rows[1].avatar.email, "amara@lighthouse.example");
}

#[test]
fn all_inboxes_are_merged_and_no_other_mailbox() {
    let scene = Scene::new();
    let mut expected = vec![scene.add(&scene.letter(2)), scene.add(&scene.letter(4))];
    scene.add(&letter(scene.account, scene.archive, 9));
    for offset in [1, 3] {
        let id = scene.store.write(|w| {
            let other = w.insert_account(&lena())?;
            let inbox = w.insert_mailbox(&mailbox(other, "INBOX", Some(Role::Inbox)))?;
            w.insert_email(&letter(other, inbox, offset))
        });
        expected.push(id.unwrap());
    }
    let rows = page(&scene, &listing(ListingSource::AllInboxes));
    let moments: Vec<_> = rows.iter().map(|row| row.received_at / 1000).collect();
    assert_eq!(moments, [4, 3, 2, 1], "by moment, whichever the account");
    scene
        .store
        .read(|r| {
            let list = listing(ListingSource::AllInboxes);
            for (place, row) in (0..).zip(&rows) {
                assert_eq!(r.position(&list, row.thread)?, Some(place));
            }
            assert_eq!(r.page(&list, 1, 2)?, rows[1..3]);
            Ok(())
        })
        .unwrap();
}

#[test]
fn without_any_account_every_list_is_empty() {
    let scene = Scene::new();
    scene.store.write(|w| w.remove_account(scene.account)).unwrap();
    for source in [
        ListingSource::AllInboxes,
        ListingSource::Starred,
        ListingSource::Search {
            query: "x".to_owned(),
        },
        ListingSource::Mailbox { mailbox: scene.inbox },
    ] {
        assert_eq!(page(&scene, &listing(source)), []);
    }
}

#[test]
fn stars_are_gathered_from_everywhere_but_trash_and_junk() {
    let scene = Scene::new();
    let [_, second, third] = conversation(&scene);
    let star = Keywords::only("$flagged").with("$seen");
    let archived = scene.add(&NewEmail {
        keywords: star.clone(),
        ..letter(scene.account, scene.archive, 9)
    });
    let twice = scene.add(&NewEmail {
        keywords: star.clone(),
        ..scene.letter(8)
    });
    let trashed = scene.add(&NewEmail {
        keywords: star,
        ..letter(scene.account, scene.trash, 7)
    });
    scene
        .store
        .write(|w| {
            w.set_mailboxes(twice, &[scene.inbox, scene.archive, scene.trash])?;
            w.set_keywords(third, &Keywords::only("$flagged"))
        })
        .unwrap();
    let rows = page(&scene, &listing(ListingSource::Starred));
    let emails: Vec<_> = rows.iter().map(|row| row.emails.clone()).collect();
    assert_eq!(
        emails,
        [vec![archived], vec![twice], vec![third, second]],
        "and only those with a star"
    );
    assert!(
        !emails.concat().contains(&trashed),
        "what is in Trash has had its time"
    );
    let unread = Listing {
        filter: ListingFilter::UNREAD,
        ..listing(ListingSource::Starred)
    };
    assert_eq!(
        page(&scene, &unread).len(),
        1,
        "one conversation has an unread star"
    );
}

#[test]
fn what_is_found_is_listed_like_a_mailbox() {
    let scene = Scene::new();
    let [first, second, third] = conversation(&scene);
    let other = scene.add(&letter(scene.account, scene.archive, 9));
    let list = listing(ListingSource::Search {
        query: "letter".to_owned(),
    });
    let rows = page(&scene, &list);
    let emails: Vec<_> = rows.iter().map(|row| row.emails.clone()).collect();
    assert_eq!(emails, [vec![other], vec![third, second, first]]);
    let oldest = Listing {
        order: ListingOrder::OLDEST,
        ..list.clone()
    };
    assert_eq!(page(&scene, &oldest)[1].email, other, "turned round");
    let letters = Listing {
        grouping: ListingGrouping::Messages,
        ..list
    };
    assert_eq!(page(&scene, &letters).len(), 4, "a row a letter");
}

#[test]
fn a_row_names_the_folders_that_show_its_letters() {
    let scene = Scene::new();
    let [_, _, third] = conversation(&scene);
    let deleted = scene.add(&letter(scene.account, scene.trash, 9));
    scene
        .store
        .write(|w| w.set_mailboxes(third, &[scene.archive]))
        .unwrap();
    let found = page(
        &scene,
        &listing(ListingSource::Search {
            query: "letter".to_owned(),
        }),
    );
    let told: Vec<_> = found
        .iter()
        .map(|row| (row.email, row.mailboxes.clone()))
        .collect();
    assert_eq!(
        told,
        [
            (deleted, vec![scene.trash]),
            (third, vec![scene.archive, scene.inbox])
        ],
        "those of the newest first, each once"
    );
    let inbox = page(&scene, &listing(ListingSource::AllInboxes));
    assert!(
        inbox.iter().all(|row| row.mailboxes == [scene.inbox]),
        "in a folder it is that one: {inbox:?}"
    );
}
