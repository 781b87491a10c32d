//! How many letters a row counts: as many as the view of its conversation shows.

use super::*;

#[test]
fn trash_and_junk_count_only_where_they_are_looked_at() {
    let folders = Folders::new();
    let scene = &folders.scene;
    folders.add(1, AMARA, scene.inbox);
    folders.add(2, JONAS, scene.trash);
    folders.add(3, MIKA, folders.junk);
    folders.add(4, MIKA, folders.thrown);
    let row = folders.row(scene.inbox);
    assert_eq!((people(&row).as_str(), row.letters), ("Amara Okafor", 1));
    let row = folders.row(scene.trash);
    assert_eq!(
        (people(&row).as_str(), row.letters),
        ("Amara Okafor, Jonas Brandt", 2)
    );
    let row = folders.row(folders.thrown);
    assert_eq!((people(&row).as_str(), row.letters), ("Amara Okafor, Mika", 2));
    let row = folders.row_of(ListingSource::Search {
        query: "from:mika in:junk".to_owned(),
    });
    assert_eq!((people(&row).as_str(), row.letters), ("Amara Okafor, Mika", 2));
}

#[test]
fn a_letter_that_lies_in_trash_and_elsewhere_too_counts() {
    let folders = Folders::new();
    let scene = &folders.scene;
    folders.add(1, AMARA, scene.inbox);
    let both = folders.add(2, JONAS, scene.trash);
    let mailboxes = [scene.trash, scene.archive];
    scene.store.write(|w| w.set_mailboxes(both, &mailboxes)).unwrap();
    assert_eq!(folders.row(scene.inbox).letters, 2);
    scene.store.write(|w| w.set_mailboxes(both, &[])).unwrap();
    let row = folders.row(scene.inbox);
    assert_eq!(
        (people(&row).as_str(), row.letters),
        ("Amara Okafor", 1),
        "what is shown nowhere is not told of"
    );
}

#[test]
fn a_draft_counts_and_nobody_has_written_it_yet() {
    let folders = Folders::new();
    let scene = &folders.scene;
    folders.add(1, AMARA, scene.inbox);
    scene.add(&NewEmail {
        keywords: Keywords::only("$seen").with("$draft"),
        ..folders.new_letter(2, LENA, folders.drafts)
    });
    let row = folders.row(scene.inbox);
    assert_eq!((people(&row).as_str(), row.letters), ("Amara Okafor", 2));
    let row = folders.row(folders.drafts);
    assert_eq!((people(&row).as_str(), row.letters), ("Amara Okafor", 2));
    let row = folders.row_of(ListingSource::Search {
        query: "letter".to_owned(),
    });
    assert_eq!((people(&row).as_str(), row.letters), ("Amara Okafor", 2));
}

#[test]
fn a_letter_in_two_folders_counts_once() {
    let folders = Folders::new();
    let scene = &folders.scene;
    let all = scene
        .store
        .write(|w| w.insert_mailbox(&mailbox(scene.account, "All Mail", Some(Role::All))))
        .unwrap();
    let first = folders.add(1, AMARA, scene.inbox);
    let second = folders.add(2, LENA, folders.sent);
    scene
        .store
        .write(|w| {
            w.set_mailboxes(first, &[scene.inbox, all])?;
            w.set_mailboxes(second, &[folders.sent, all])
        })
        .unwrap();
    for mailbox in [scene.inbox, all] {
        let row = folders.row(mailbox);
        assert_eq!(
            (people(&row).as_str(), row.letters),
            ("Amara Okafor, (Lena Vogt)", 2)
        );
    }
    let row = folders.row_of(ListingSource::Search {
        query: "letter".to_owned(),
    });
    assert_eq!(
        (people(&row).as_str(), row.letters),
        ("Amara Okafor, (Lena Vogt)", 2)
    );
}

#[test]
fn what_was_sent_and_came_back_counts_once() {
    let folders = Folders::new();
    let scene = &folders.scene;
    folders.add(1, AMARA, scene.inbox);
    let own = NewEmail {
        sent_at: Some(2000),
        ..folders.new_letter(2, LENA, folders.sent)
    };
    let came = NewEmail {
        mailbox: scene.inbox,
        received_at: 2500,
        ..own.clone()
    };
    scene.add(&own);
    scene.add(&came);
    for mailbox in [scene.inbox, folders.sent] {
        assert_eq!(folders.row(mailbox).letters, 2, "{mailbox:?}");
    }
    let found = folders.row_of(ListingSource::Search {
        query: "letter".to_owned(),
    });
    assert_eq!((found.letters, found.emails.len()), (2, 3));
    let other = NewEmail {
        sent_at: Some(2001),
        ..came
    };
    scene.add(&other);
    assert_eq!(folders.row(scene.inbox).letters, 3, "that one is another");
}
