//! What a row tells of its whole conversation: who has written in it, wherever their letters lie, and how many letters it shows.
//! That as many stand in the view that opens it is the browser's to see (`ui/tests/browser/people.spec.ts`).

use waxwing_model::{
    Address, Change, EmailId, Keywords, Listing, ListingFilter, ListingGrouping, ListingOrder, ListingSource,
    MailboxId, NewAccount, OrderBy, Role, Row,
};
use waxwing_store::{NewEmail, NewMailbox};

use crate::scene::{Scene, lena, letter, mailbox};

mod counting;

const AMARA: (&str, &str) = ("Amara Okafor", "amara@lighthouse.example");
const JONAS: (&str, &str) = ("Jonas Brandt", "jonas@orchard.example");
const MIKA: (&str, &str) = ("Mika", "mika@island.example");
const LENA: (&str, &str) = ("Lena Vogt", "lena@harbour.example");

/// Lena's account with the other folders that matter.
struct Folders {
    scene: Scene,
    sent: MailboxId,
    drafts: MailboxId,
    junk: MailboxId,
    /// One of her own, which stands in Trash.
    thrown: MailboxId,
}

impl Folders {
    fn new() -> Self {
        let scene = Scene::new();
        let [sent, drafts, junk, thrown] = scene
            .store
            .write(|w| {
                let mut folder = |name: &str, role, parent| {
                    w.insert_mailbox(&NewMailbox {
                        parent,
                        ..mailbox(scene.account, name, role)
                    })
                };
                Ok([
                    folder("Sent", Some(Role::Sent), None)?,
                    folder("Drafts", Some(Role::Drafts), None)?,
                    folder("Junk", Some(Role::Junk), None)?,
                    folder("Thrown", None, Some(scene.trash))?,
                ])
            })
            .unwrap();
        Self {
            scene,
            sent,
            drafts,
            junk,
            thrown,
        }
    }

    /// A letter of the conversation that letter 1 begins, read.
    fn new_letter(&self, number: u32, who: (&str, &str), mailbox: MailboxId) -> NewEmail {
        NewEmail {
            from: vec![Address::new(who.0, who.1)],
            to: vec![Address::new(AMARA.0, AMARA.1)],
            references: match number {
                1 => Vec::new(),
                _ => vec!["1@orchard.example".to_owned()],
            },
            keywords: Keywords::only("$seen"),
            ..letter(self.scene.account, mailbox, number)
        }
    }

    fn add(&self, number: u32, who: (&str, &str), mailbox: MailboxId) -> EmailId {
        self.scene.add(&self.new_letter(number, who, mailbox))
    }

    /// The only row of a folder.
    fn row(&self, mailbox: MailboxId) -> Row {
        self.row_of(ListingSource::Mailbox { mailbox })
    }

    fn row_of(&self, source: ListingSource) -> Row {
        let mut rows = self.rows(&listing(source));
        assert_eq!(rows.len(), 1, "one conversation is one row: {rows:?}");
        rows.remove(0)
    }

    fn rows(&self, listing: &Listing) -> Vec<Row> {
        self.scene.store.read(|r| r.page(listing, 0, 50)).unwrap()
    }
}

fn listing(source: ListingSource) -> Listing {
    Listing {
        source,
        filter: ListingFilter::ALL,
        order: ListingOrder::NEWEST,
        grouping: ListingGrouping::Conversations,
    }
}

/// Names in their order; oneself in brackets, and the sender of the newest unread with a star.
fn people(row: &Row) -> String {
    let people = row.people.iter().map(|one| {
        let star = if one.newest_unread { "*" } else { "" };
        match one.own {
            true => format!("({}){star}", one.name),
            false => format!("{}{star}", one.name),
        }
    });
    people.collect::<Vec<_>>().join(", ")
}

#[test]
fn a_row_names_all_who_wrote_wherever_their_letters_lie_and_counts_them() {
    let folders = Folders::new();
    let inbox = folders.scene.inbox;
    let first = folders.add(1, AMARA, folders.scene.archive);
    folders.add(2, LENA, folders.sent);
    let newest = folders.add(4, AMARA, inbox);
    let middle = folders.add(3, JONAS, inbox);
    let row = folders.row(inbox);
    assert_eq!(people(&row), "Amara Okafor, (Lena Vogt), Jonas Brandt");
    assert_eq!((row.letters, row.more_letters), (4, false));
    assert_eq!(
        row.emails,
        [newest, middle],
        "what is done with the row is done with the folder's own letters"
    );
    assert_eq!(row.mailboxes, [inbox]);
    assert_eq!(row.size, 200, "nor is the size another's");
    assert_eq!(row.avatar, Address::new(AMARA.0, AMARA.1), "the newest letter's");
    let row = folders.row(folders.scene.archive);
    assert_eq!((row.letters, row.emails), (4, vec![first]));
    let row = folders.row(folders.sent);
    assert_eq!(
        people(&row),
        "Amara Okafor",
        "in Sent it is told to whom one wrote"
    );
    assert_eq!(row.letters, 4, "the conversation that is opened is the same");
}

#[test]
fn what_is_unread_or_starred_elsewhere_is_not_so_in_the_row() {
    let folders = Folders::new();
    folders.add(1, AMARA, folders.scene.inbox);
    folders.scene.add(&NewEmail {
        keywords: Keywords::only("$flagged"),
        ..folders.new_letter(2, JONAS, folders.scene.archive)
    });
    let row = folders.row(folders.scene.inbox);
    assert_eq!((row.unread, row.starred), (false, false));
    assert_eq!(
        people(&row),
        "Amara Okafor, Jonas Brandt*",
        "but who wrote it is known"
    );
}

#[test]
fn the_newest_unread_letter_has_its_writer_marked_and_no_other() {
    let folders = Folders::new();
    let unread = |number, who| {
        folders.scene.add(&NewEmail {
            keywords: Keywords::none(),
            ..folders.new_letter(number, who, folders.scene.inbox)
        })
    };
    unread(1, AMARA);
    let newest = unread(3, JONAS);
    folders.add(4, MIKA, folders.scene.inbox);
    unread(2, MIKA);
    let row = folders.row(folders.scene.inbox);
    assert_eq!(people(&row), "Amara Okafor, Mika, Jonas Brandt*");
    let seen = Keywords::only("$seen");
    folders
        .scene
        .store
        .write(|w| w.set_keywords(newest, &seen))
        .unwrap();
    let row = folders.row(folders.scene.inbox);
    assert_eq!(people(&row), "Amara Okafor, Mika*, Jonas Brandt");
}

#[test]
fn oneself_is_named_once_by_whichever_address_one_wrote() {
    let folders = Folders::new();
    let other = NewAccount {
        email: "lv@office.example".to_owned(),
        ..lena()
    };
    folders.scene.store.write(|w| w.insert_account(&other)).unwrap();
    folders.add(1, JONAS, folders.scene.inbox);
    folders.add(2, LENA, folders.sent);
    folders.add(3, ("L. Vogt", "LV@Office.example"), folders.sent);
    folders.add(4, ("", "lena+shop@harbour.example"), folders.sent);
    let row = folders.row(folders.scene.inbox);
    assert_eq!(people(&row), "Jonas Brandt, (Lena Vogt)");
    assert_eq!(row.letters, 4);
}

#[test]
fn taken_out_and_put_back_by_hand_and_joined_by_a_late_parent_it_is_told_anew() {
    let folders = Folders::new();
    let scene = &folders.scene;
    let tell = || {
        let row = folders.row(scene.inbox);
        (people(&row), row.letters)
    };
    folders.add(2, AMARA, scene.inbox);
    let other = scene.add(&NewEmail {
        references: vec!["9@orchard.example".to_owned()],
        ..folders.new_letter(3, JONAS, scene.archive)
    });
    assert_eq!(tell(), ("Amara Okafor".to_owned(), 1));
    scene.told();
    // It names both, and came late.
    let parent = scene.add(&NewEmail {
        message_id: Some("9@orchard.example".to_owned()),
        references: vec!["1@orchard.example".to_owned()],
        ..folders.new_letter(2, MIKA, scene.archive)
    });
    assert_eq!(tell(), ("Amara Okafor, Mika, Jonas Brandt".to_owned(), 3));
    let tells_of_letters =
        |told: &[Change]| told.iter().any(|change| matches!(change, Change::Emails { .. }));
    assert!(tells_of_letters(&scene.told()), "whoever lists it hears of it");
    assert!(scene.store.write(|w| w.take_out(&[other, parent])).unwrap());
    assert_eq!(tell(), ("Amara Okafor".to_owned(), 1));
    assert!(tells_of_letters(&scene.told()));
    let mine = folders.row(scene.inbox).email;
    assert!(scene.store.write(|w| w.unite(&[mine, other, parent])).unwrap());
    assert_eq!(tell(), ("Amara Okafor, Mika, Jonas Brandt".to_owned(), 3));
}

#[test]
fn where_each_letter_has_a_row_it_tells_of_that_letter_alone() {
    let folders = Folders::new();
    folders.add(1, AMARA, folders.scene.inbox);
    folders.add(2, LENA, folders.sent);
    let list = Listing {
        grouping: ListingGrouping::Messages,
        ..listing(ListingSource::Mailbox {
            mailbox: folders.scene.inbox,
        })
    };
    let rows = folders.rows(&list);
    assert_eq!((people(&rows[0]).as_str(), rows[0].letters), ("Amara Okafor", 1));
}

#[test]
fn all_inboxes_stars_and_what_is_found_tell_the_same() {
    let folders = Folders::new();
    let scene = &folders.scene;
    scene.add(&NewEmail {
        keywords: Keywords::only("$seen").with("$flagged"),
        ..folders.new_letter(1, AMARA, scene.inbox)
    });
    folders.add(2, LENA, folders.sent);
    folders.add(3, JONAS, scene.archive);
    for source in [
        ListingSource::AllInboxes,
        ListingSource::Starred,
        ListingSource::Search {
            query: "from:amara".to_owned(),
        },
        ListingSource::Search {
            query: "in:sent".to_owned(),
        },
    ] {
        let row = folders.row_of(source);
        assert_eq!(
            (people(&row).as_str(), row.letters, row.emails.len()),
            ("Amara Okafor, (Lena Vogt), Jonas Brandt", 3, 1)
        );
    }
}

#[test]
fn a_list_by_name_begins_its_rows_with_the_name_that_it_stands_by() {
    let folders = Folders::new();
    folders.add(1, LENA, folders.sent);
    folders.add(2, MIKA, folders.scene.archive);
    // Under another name than the first time.
    folders.add(3, ("Amara", AMARA.1), folders.scene.archive);
    folders.add(4, AMARA, folders.scene.inbox);
    let list = Listing {
        order: ListingOrder {
            by: OrderBy::Sender,
            reversed: false,
        },
        ..listing(ListingSource::Mailbox {
            mailbox: folders.scene.inbox,
        })
    };
    let rows = folders.rows(&list);
    assert_eq!(people(&rows[0]), "Amara Okafor, (Lena Vogt), Mika");
    assert_eq!(rows[0].letters, 4);
}

#[test]
fn a_conversation_that_goes_on_and_on_says_that_there_is_more() {
    let folders = Folders::new();
    let scene = &folders.scene;
    folders.add(1, JONAS, scene.inbox);
    scene
        .store
        .write(|w| {
            for number in 2..400 {
                let who = if number == 399 { MIKA } else { AMARA };
                w.insert_email(&folders.new_letter(number, who, scene.archive))?;
            }
            Ok(())
        })
        .unwrap();
    let row = folders.row(scene.inbox);
    assert_eq!(people(&row), "Jonas Brandt, Amara Okafor, Mika");
    assert!(row.more_letters && row.letters > 100, "{}", row.letters);
    let row = folders.row(scene.archive);
    assert!(
        row.more_letters && row.letters >= 398,
        "never fewer than its own: {}",
        row.letters
    );
    scene.store.write(|w| w.set_mailboxes(row.email, &[])).unwrap();
    folders
        .scene
        .store
        .write(|w| w.remove_email(folders.row(scene.inbox).email))
        .unwrap();
    let row = folders.row(scene.archive);
    assert!(!row.more_letters, "the one that is shown nowhere is known");
    let hidden = scene.number("SELECT id FROM email WHERE id NOT IN (SELECT email_id FROM membership)");
    scene.store.write(|w| w.remove_email(EmailId(hidden))).unwrap();
    let row = folders.row(scene.archive);
    assert_eq!(
        (row.letters, row.more_letters),
        (397, false),
        "where all are the folder's own, all are counted"
    );
}
